//! Judges the pictures: the bar code that belongs to a label is found, and nobody else's taken for it.

use super::drawing::{
    Bars, Layout, SealedText, VIEWS, draw, foreign, glued, large, layouts, on_a_table, sealed, strip,
    without_bars,
};
use crate::common::sample::Sample;
use image::imageops;
use image::{GrayImage, Luma};
use wayseal::label::{Dpi, Page};
use wayseal::read::beside;
use wayseal::read::image::Gray;

/// The number of the bar code that belongs to a label, as the reader has it.
pub fn printed(picture: &GrayImage, text: &str) -> Option<String> {
    let gray = Gray { width: picture.width(), height: picture.height(), pixels: picture.as_raw().clone() };
    beside::printed(&gray, &[text]).remove(0)
}

/// Pictures judged: of a label's own bar code, and of one whose code was moved onto it.
pub struct Judged {
    pub own: usize,
    pub moved: usize,
}

/// Every own bar code is confirmed and every moved code found, whatever the layout.
pub fn own_and_moved(mut sample: Sample) -> Judged {
    let labels = sealed(12);
    let mut judged = Judged { own: 0, moved: 0 };
    let mut missed = Vec::new();
    let mut judge = |case: String, picture: &dyn Fn() -> GrayImage, bars: &SealedText, code: &SealedText| {
        if !sample.takes() {
            return;
        }
        let is_own = bars.number == code.number;
        *(if is_own { &mut judged.own } else { &mut judged.moved }) += 1;
        match printed(&picture(), &code.text) {
            Some(number) => assert_eq!(number, bars.number, "{case}"),
            None => missed.push(case),
        }
    };
    let mut at = 0;
    let mut next = || {
        at += 1;
        (&labels[at % 12], &labels[(at * 5 + 3) % 12])
    };
    for layout in layouts() {
        let (one, other) = next();
        let of = |bars: &SealedText| on_a_table(&draw(&layout, &bars.number, &one.text), 80);
        judge(format!("{layout:?}, own"), &|| of(one), one, one);
        judge(format!("{layout:?}, moved"), &|| of(other), other, one);
    }
    for narrow in [true, false] {
        let (one, other) = next();
        for (bars, code) in [(one, one), (other, one)] {
            for view in VIEWS {
                let picture = || view.of(&large(narrow, &bars.number, &code.text));
                judge(format!("large symbol, narrow {narrow}, {view:?}"), &picture, bars, code);
            }
        }
    }
    let usual = Layout { template: "", size: Page::new(Page::MEDIUM, Dpi::D203), sender: true };
    let small = Layout { size: Page::new(Page::SMALL, Dpi::D203), ..usual };
    for layout in [usual, small] {
        let (one, other) = next();
        for view in VIEWS {
            let picture = || view.of(&draw(&layout, &other.number, &one.text));
            judge(format!("{:?}, {view:?}", layout.size), &picture, other, one);
        }
    }
    // A code that was cut out and glued on askew.
    for (at, layout) in [usual, small].into_iter().cycle().take(50).enumerate() {
        let (one, other) = next();
        let of = |label: &SealedText| draw(&layout, &label.number, &label.text);
        let picture = || on_a_table(&glued(&of(other), &of(one), at), 60);
        judge(format!("glued askew {at}, {:?}", layout.size), &picture, other, one);
    }
    assert_eq!(missed, Vec::<String>::new(), "{} own, {} moved", judged.own, judged.moved);
    judged
}

/// No bar code that lies beside, above or on a label is taken for its own; returns the number of pictures.
pub fn strangers(mut sample: Sample) -> usize {
    let labels = sealed(4);
    let mut judged = 0;
    let usual = Layout { template: "", size: Page::new(Page::MEDIUM, Dpi::D203), sender: true };
    let small = Layout { size: Page::new(Page::SMALL, Dpi::D203), ..usual };
    let mut quiet = |case: String, picture: &dyn Fn() -> GrayImage, code: &SealedText| {
        if !sample.takes() {
            return;
        }
        judged += 1;
        let number = printed(&picture(), &code.text);
        assert!(number.as_deref().is_none_or(|number| number == code.number), "{case}: {number:?}");
    };
    for (at, one) in labels.iter().enumerate() {
        let other = &labels[(at + 1) % labels.len()];
        assert_ne!(one.number, other.number);
        let forms = [
            ("medium", draw(&usual, &one.number, &one.text)),
            ("small", draw(&small, &one.number, &one.text)),
            ("large symbol", large(false, &one.number, &one.text)),
            ("large symbol, narrow", large(true, &one.number, &one.text)),
        ];
        let (form, label) = &forms[at % 4];
        for (seen, label) in [("", label.clone()), (", bars covered", without_bars(label))] {
            let (width, height) = label.dimensions();
            let paper = strip(&other.number, 2 + at as u32 % 3, 60 + 10 * at as u32);
            let room = paper.width().max(paper.height()) + 40;
            let right = |at: u32| i64::from(room + at);
            let put = |x: i64, y: i64, paper: &GrayImage| {
                let mut table = on_a_table(&label, room);
                imageops::overlay(&mut table, paper, x, y);
                table
            };
            let middle = i64::from(room + width / 2) - i64::from(paper.width() / 2);
            let places = [
                ("above", middle, i64::from(room) - i64::from(paper.height()) - 8),
                ("above to the left", right(10), i64::from(room) - i64::from(paper.height()) - 8),
                ("below", middle, right(height + 8)),
                ("right", right(width + 8), right(height / 4)),
                ("left", 8, right(height / 4)),
            ];
            for (place, x, y) in places {
                quiet(format!("{form}{seen}, a bar code {place}"), &|| put(x, y, &paper), one);
            }
            // An old label that lies along the other way, wherever it lies on this one.
            let old = imageops::rotate90(&strip(&other.number, 2, 80));
            for (x, y) in [(width / 8, height / 6), (width / 2, height / 8), (2, height / 3)] {
                let picture = || put(right(x), right(y), &old);
                quiet(format!("{form}{seen}, an old label at {x}, {y}"), &picture, one);
            }
            // Another label beside, above and below, whose own code is covered.
            let mut neighbour = draw(&usual, &other.number, &other.text);
            let (wide, tall) = neighbour.dimensions();
            for y in tall * 2 / 3..tall {
                for x in wide / 2..wide {
                    neighbour.put_pixel(x, y, Luma([200]));
                }
            }
            let both = |ours: (u32, u32), theirs: (u32, u32)| {
                let mut table = GrayImage::from_pixel(width + wide + 100, height + tall + 100, Luma([150]));
                for (label, (x, y)) in [(&label, ours), (&neighbour, theirs)] {
                    imageops::replace(&mut table, label, i64::from(x) + 20, i64::from(y) + 20);
                }
                table
            };
            for (place, x, y) in
                [("right", width + 30, 0), ("lower right", width + 30, height / 3), ("below", 0, height + 30)]
            {
                quiet(format!("{form}{seen}, a label {place}"), &|| both((0, 0), (x, y)), one);
            }
            for (place, x, y) in [("left", wide + 30, 0), ("above", 0, tall + 30)] {
                quiet(format!("{form}{seen}, a label {place}"), &|| both((x, y), (0, 0)), one);
            }
        }
    }
    judged
}

/// No label of a carrier's own layout is accused, whatever other bar codes are on it; returns the number of pictures.
pub fn foreign_layouts(mut sample: Sample) -> usize {
    let labels = sealed(2);
    let (own, other) = (&labels[0], &labels[1]);
    let mut judged = 0;
    // Where a label of ours has its bar code: what else carriers print there, beside their own number elsewhere.
    let symbols = [(30.0, 80.0, 120.0), (26.0, 80.0, 118.0), (36.0, 76.8, 117.0)];
    let theirs =
        ["755-A12-008", "SKU-10045-B", "LOT20261129", "6901234567892", "16901234567899", &*other.number];
    for symbol in symbols {
        let (x, y) = (50.0, 42.0);
        for there in theirs {
            let elsewhere: [&[Bars<'_>]; 5] = [
                &[(&own.number, 45.0, 142.0, false)],
                &[(&own.number, 30.0, 120.0, false)],
                &[(&own.number, 8.0, 90.0, true)],
                &[(&own.number, 50.0, 65.0, false)],
                &[],
            ];
            for bars in elsewhere {
                // Another parcel's number alone, where the label's own belongs, is what a moved code looks like.
                if !sample.takes() || bars.is_empty() && there == other.number {
                    continue;
                }
                judged += 1;
                let bars = [bars, &[(there, x, y, false)]].concat();
                let picture = on_a_table(&foreign(&own.text, symbol, &bars), 60);
                let number = printed(&picture, &own.text);
                let is_quiet = number.as_deref().is_none_or(|number| number == own.number);
                assert!(is_quiet, "{symbol:?}, {bars:?}: {number:?}");
            }
        }
    }
    judged
}
