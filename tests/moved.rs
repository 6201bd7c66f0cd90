//! The bar code that belongs to a label: own ones confirmed, moved codes found, and nobody else's taken for it, over generated
//! pictures of every layout.

use crate::common::station::Place;
use image::imageops;
use image::{GrayImage, Luma};
use wayseal::label::{Composer, Content, Dpi, Page, Template, code128};
use wayseal::read::beside;
use wayseal::read::image::Gray;
use wayseal::record::Country;
use wayseal::summary::{Person, Summary};

const PERSON: Person<'_> = Person {
    name: "王芳",
    phone: "13812345678",
    country: Country::CN,
    postcode: "",
    division: ["浙江省", "绍兴市", "新昌县"],
    street: "羽林街道",
    detail: "天峰东湾58号",
};

/// A label's number and the text of its QR code.
struct SealedText {
    number: String,
    text: String,
}

/// Labels of a station, as many as are needed.
fn sealed(count: u64) -> Vec<SealedText> {
    let place = Place::new(&[], None);
    (1..=count)
        .map(|number| SealedText {
            number: format!("YT{number:013}"), text: place.label(number, 12, "王芳")
        })
        .collect()
}

/// One way in which labels are laid out.
#[derive(Clone, Copy, Debug)]
struct Layout {
    template: &'static str,
    size: Page,
    sender: bool,
}

fn layouts() -> Vec<Layout> {
    let templates = ["", "hub = false\nfooter = \"\"\n", "symbol_mm = 29.0\n"];
    let sizes = [Page::SMALL, Page::MEDIUM, Page::LARGE].into_iter().map(|size| Page::new(size, Dpi::D203));
    sizes
        .flat_map(|size| templates.map(|template| (template, size)))
        .flat_map(|(template, size)| [true, false].map(|sender| Layout { template, size, sender }))
        .collect()
}

/// A label whose bar code has one number and whose QR code another's text.
fn draw(layout: &Layout, number: &str, text: &str) -> GrayImage {
    let template = Template::parse(layout.template).unwrap();
    let mut composer = Composer::new(&template, layout.size, Vec::new()).unwrap();
    let sender = layout.sender.then_some(&PERSON);
    let summary = Summary::new(&PERSON, sender).unwrap();
    let show = |text| summary.show(text, &PERSON, sender);
    let content = Content {
        waybill: number,
        routing: Some(show("755-A12-008")),
        hub: Some(show("华南转运中心 → 南山")),
        summary: &summary,
        payload: text,
        handle: "7K3QX9M2TD",
        goods: show(""),
        remark: show(""),
        piece: None,
        payment: None,
        day: "2026-11-24",
    };
    let label = composer.compose(&content).unwrap();
    let canvas = label.canvas;
    GrayImage::from_fn(canvas.width() as u32, canvas.height() as u32, |x, y| {
        let byte = canvas.bits()[y as usize * canvas.stride() + x as usize / 8];
        Luma([if byte >> (7 - x % 8) & 1 == 1 { 0 } else { 255 }])
    })
}

/// The layout with a larger symbol: its box, bar code and symbol in millimetres from the left and the top, at 8 dots each.
fn large(narrow: bool, number: &str, text: &str) -> GrayImage {
    use wayseal::symbol::{EcLevel, MaskPattern, Symbol, Version};
    let (width, height, across, bars_y, x, y) =
        if narrow { (76, 130, 32.5, 38.0, 54.5, 99.0) } else { (100, 150, 36.0, 44.0, 76.8, 117.0) };
    let version = Version::new(if text.len() > 121 { 6 } else { 5 }).unwrap();
    let symbol = Symbol::encode(text.as_bytes(), version, EcLevel::M, MaskPattern::DEFAULT).unwrap();
    let dots = (across * 8.0 / symbol.size() as f32) as i64;
    let mut page = GrayImage::from_pixel(width * 8, height * 8, Luma([255]));
    let mut fill = |left: i64, top: i64, wide: i64, tall: i64| {
        for y in top..top + tall {
            for x in left..left + wide {
                page.put_pixel(x as u32, y as u32, Luma([0]));
            }
        }
    };
    let side = symbol.size() as i64 * dots;
    let (left, top) = ((x * 8.0) as i64 - side / 2, (y * 8.0) as i64 - side / 2);
    for row in 0..symbol.size() {
        for column in 0..symbol.size() {
            if symbol.is_dark(column, row) {
                fill(left + column as i64 * dots, top + row as i64 * dots, dots, dots);
            }
        }
    }
    let bars = code128::encode(number).unwrap();
    let module = if narrow { 3 } else { 4 };
    let whole: i64 = bars.iter().map(|width| i64::from(*width) * module).sum();
    let mut at = i64::from(width) * 4 - whole / 2;
    for (index, wide) in bars.iter().enumerate() {
        let wide = i64::from(*wide) * module;
        if index % 2 == 0 {
            fill(at, (bars_y * 8.0) as i64 - 50, wide, 100);
        }
        at += wide;
    }
    page
}

/// A label with another's symbol glued over its own: turned by up to seven degrees and up to two millimetres aside.
fn glued(label: &GrayImage, other: &GrayImage, at: usize) -> GrayImage {
    let (width, height) = label.dimensions();
    // The symbol's column: on a narrow label it takes more of the width.
    let [left, top, across, tall] = if width < 700 { [44, 61, 53, 33] } else { [54, 64, 44, 31] };
    let (left, top) = (width * left / 100, height * top / 100);
    let cut = imageops::crop_imm(other, left, top, width * across / 100, height * tall / 100).to_image();
    let cut = turned(&cut, (at as f32 * 5.0) % 15.0 - 7.0);
    let mut label = label.clone();
    let aside = |at: usize| (at * 7 % 33) as i64 - 16;
    imageops::replace(&mut label, &cut, i64::from(left) + aside(at), i64::from(top) + aside(at + 3));
    label
}

/// A label on a grey table, with room around it.
fn on_a_table(label: &GrayImage, room: u32) -> GrayImage {
    let mut table = GrayImage::from_pixel(label.width() + 2 * room, label.height() + 2 * room, Luma([150]));
    imageops::replace(&mut table, label, room.into(), room.into());
    table
}

/// A picture turned by an angle, on white.
fn turned(picture: &GrayImage, degrees: f32) -> GrayImage {
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let (sin, cos) = degrees.to_radians().sin_cos();
    GrayImage::from_fn(picture.width(), picture.height(), |x, y| {
        let (x, y) = (x as f32 - width / 2.0, y as f32 - height / 2.0);
        let (x, y) = (x * cos + y * sin + width / 2.0, y * cos - x * sin + height / 2.0);
        if x < 0.0 || y < 0.0 || x >= width - 1.0 || y >= height - 1.0 {
            return Luma([255]);
        }
        let (left, top) = (x as u32, y as u32);
        let (right, lower) = (x.fract(), y.fract());
        let at = |x: u32, y: u32| f32::from(picture.get_pixel(x, y).0[0]);
        let upper = at(left, top) * (1.0 - right) + at(left + 1, top) * right;
        let below = at(left, top + 1) * (1.0 - right) + at(left + 1, top + 1) * right;
        Luma([(upper * (1.0 - lower) + below * lower) as u8])
    })
}

fn printed(picture: &GrayImage, text: &str) -> Option<String> {
    let gray = Gray { width: picture.width(), height: picture.height(), pixels: picture.as_raw().clone() };
    beside::printed(&gray, &[text]).remove(0)
}

/// Every way a label is photographed here: straight, smaller, turned by quarters and by a little.
fn views(label: &GrayImage) -> Vec<(String, GrayImage)> {
    let table = on_a_table(label, 120);
    let small = |share: f32| {
        let size = |side: u32| (side as f32 * share) as u32;
        imageops::resize(&table, size(table.width()), size(table.height()), imageops::FilterType::Triangle)
    };
    vec![
        ("straight".into(), table.clone()),
        ("at 70 %".into(), small(0.7)),
        ("at 140 %".into(), small(1.4)),
        ("by 90°".into(), imageops::rotate90(&table)),
        ("by 180°".into(), imageops::rotate180(&table)),
        ("by 270°".into(), imageops::rotate270(&table)),
        ("by 7°".into(), turned(&table, 7.0)),
        ("by -20°".into(), turned(&table, -20.0)),
    ]
}

#[test]
fn a_moved_code_is_found_and_a_label_is_never_accused_whatever_its_layout() {
    let labels = sealed(12);
    let (mut own, mut moved, mut missed) = ((0, 0), (0, 0), Vec::new());
    let mut judge = |case: &str, picture: &GrayImage, bars: &SealedText, code: &SealedText| {
        let number = printed(picture, &code.text);
        let count = if bars.number == code.number { &mut own } else { &mut moved };
        count.1 += 1;
        match number {
            Some(number) => {
                assert_eq!(number, bars.number, "{case}");
                count.0 += 1;
            }
            None => missed.push(case.to_owned()),
        }
    };
    let mut at = 0;
    let mut next = || {
        at += 1;
        (&labels[at % 12], &labels[(at * 5 + 3) % 12])
    };
    for layout in layouts() {
        let (one, other) = next();
        judge(&format!("{layout:?}, own"), &on_a_table(&draw(&layout, &one.number, &one.text), 80), one, one);
        let picture = on_a_table(&draw(&layout, &other.number, &one.text), 80);
        judge(&format!("{layout:?}, moved"), &picture, other, one);
    }
    for narrow in [true, false] {
        let (one, other) = next();
        for (bars, code) in [(one, one), (other, one)] {
            let label = large(narrow, &bars.number, &code.text);
            for (view, picture) in views(&label) {
                judge(&format!("large symbol, narrow {narrow}, {view}"), &picture, bars, code);
            }
        }
    }
    let usual = Layout { template: "", size: Page::new(Page::MEDIUM, Dpi::D203), sender: true };
    let small = Layout { size: Page::new(Page::SMALL, Dpi::D203), ..usual };
    for layout in [usual, small] {
        let (one, other) = next();
        for (view, picture) in views(&draw(&layout, &other.number, &one.text)) {
            judge(&format!("{:?}, {view}", layout.size), &picture, other, one);
        }
    }
    // A code that was cut out and glued on askew.
    for (at, layout) in [usual, small].into_iter().cycle().take(50).enumerate() {
        let (one, other) = next();
        let label =
            glued(&draw(&layout, &other.number, &other.text), &draw(&layout, &one.number, &one.text), at);
        judge(&format!("glued askew {at}, {:?}", layout.size), &on_a_table(&label, 60), other, one);
    }
    // Every moved code is found, and every own bar code confirmed.
    assert_eq!(missed, Vec::<String>::new(), "{own:?} {moved:?}");
    assert!(moved.1 >= 100, "{moved:?}");
}

/// The bars of a number on a piece of white paper.
fn strip(number: &str, module: u32, tall: u32) -> GrayImage {
    let bars = code128::encode(number).unwrap();
    let whole: u32 = bars.iter().map(|width| u32::from(*width) * module).sum();
    let mut paper = GrayImage::from_pixel(whole + 20 * module, tall + 20, Luma([255]));
    let mut x = 10 * module;
    for (index, wide) in bars.iter().enumerate() {
        let wide = u32::from(*wide) * module;
        for x in x..x + wide {
            for y in 10..10 + tall {
                paper.put_pixel(x, y, Luma([if index % 2 == 0 { 0 } else { 255 }]));
            }
        }
        x += wide;
    }
    paper
}

/// Covers a label's own bar code, so that only others are to be read.
fn without_bars(label: &GrayImage) -> GrayImage {
    let mut covered = label.clone();
    let (width, height) = label.dimensions();
    for y in height / 5..height * 2 / 5 {
        for x in width / 10..width * 9 / 10 {
            covered.put_pixel(x, y, Luma([200]));
        }
    }
    covered
}

#[test]
fn a_bar_code_that_is_not_the_labels_raises_no_alarm() {
    let labels = sealed(4);
    let mut judged = 0;
    let usual = Layout { template: "", size: Page::new(Page::MEDIUM, Dpi::D203), sender: true };
    let small = Layout { size: Page::new(Page::SMALL, Dpi::D203), ..usual };
    let mut quiet = |case: &str, picture: &GrayImage, code: &SealedText| {
        judged += 1;
        let number = printed(picture, &code.text);
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
                quiet(&format!("{form}{seen}, a bar code {place}"), &put(x, y, &paper), one);
            }
            // An old label that lies along the other way, wherever it lies on this one.
            let old = imageops::rotate90(&strip(&other.number, 2, 80));
            for (x, y) in [(width / 8, height / 6), (width / 2, height / 8), (2, height / 3)] {
                quiet(
                    &format!("{form}{seen}, an old label at {x}, {y}"),
                    &put(right(x), right(y), &old),
                    one,
                );
            }
            // Another label beside, above and below, whose own code is covered.
            let mut neighbour = draw(&usual, &other.number, &other.text);
            let (wide, tall) = neighbour.dimensions();
            for y in tall * 2 / 3..tall {
                for x in wide / 2..wide {
                    neighbour.put_pixel(x, y, Luma([200]));
                }
            }
            for (place, x, y) in
                [("right", width + 30, 0), ("lower right", width + 30, height / 3), ("below", 0, height + 30)]
            {
                let mut table = GrayImage::from_pixel(width + wide + 100, height + tall + 100, Luma([150]));
                imageops::replace(&mut table, &label, 20, 20);
                imageops::replace(&mut table, &neighbour, i64::from(x) + 20, i64::from(y) + 20);
                quiet(&format!("{form}{seen}, a label {place}"), &table, one);
            }
            for (place, x, y) in [("left", wide + 30, 0), ("above", 0, tall + 30)] {
                let mut table = GrayImage::from_pixel(width + wide + 100, height + tall + 100, Luma([150]));
                imageops::replace(&mut table, &neighbour, 20, 20);
                imageops::replace(&mut table, &label, i64::from(x) + 20, i64::from(y) + 20);
                quiet(&format!("{form}{seen}, a label {place}"), &table, one);
            }
        }
    }
    assert!(judged > 100, "{judged}");
}
