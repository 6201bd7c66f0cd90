//! Judges pictures with neighbours of every kind: labels turned beside a label, and strips of bars on and around it. None of them is
//! the label's own bar code.

use super::drawing::{Layout, SealedText, draw, large, on_a_table, sealed, strip, turned, without_bars};
use super::judging::printed;
use crate::common::sample::Sample;
use image::imageops;
use image::{GrayImage, Luma};
use wayseal::label::{Dpi, Page};

/// A layout of a label, and where its symbol's centre is, in parts of its width and height.
struct Form {
    name: &'static str,
    drawn: fn(&SealedText) -> GrayImage,
    symbol: (f32, f32),
}

fn of_size(size: (u32, u32)) -> Layout {
    Layout { template: "", size: Page::new(size, Dpi::D203), sender: true }
}

const FORMS: [Form; 4] = [
    Form {
        name: "medium",
        drawn: |of| draw(&of_size(Page::MEDIUM), &of.number, &of.text),
        symbol: (0.76, 0.795),
    },
    Form {
        name: "narrow",
        drawn: |of| draw(&of_size(Page::SMALL), &of.number, &of.text),
        symbol: (0.705, 0.775),
    },
    Form {
        name: "large symbol",
        drawn: |of| large(false, &of.number, &of.text),
        symbol: (76.8 / 100.0, 117.0 / 150.0),
    },
    Form {
        name: "narrow with a large symbol",
        drawn: |of| large(true, &of.number, &of.text),
        symbol: (54.5 / 76.0, 99.0 / 130.0),
    },
];

/// How a neighbour lies.
#[derive(Clone, Copy, Debug)]
enum Lies {
    Quarters(u32),
    Askew(f32),
}

const LIES: [Lies; 6] = [
    Lies::Quarters(0),
    Lies::Quarters(1),
    Lies::Quarters(2),
    Lies::Quarters(3),
    Lies::Askew(12.0),
    Lies::Askew(-35.0),
];

impl Lies {
    fn of(self, paper: &GrayImage) -> GrayImage {
        match self {
            Self::Quarters(0) => paper.clone(),
            Self::Quarters(1) => imageops::rotate90(paper),
            Self::Quarters(2) => imageops::rotate180(paper),
            Self::Quarters(_) => imageops::rotate270(paper),
            // With room for its corners.
            Self::Askew(degrees) => {
                turned(&on_a_table(paper, paper.width().max(paper.height()) / 3), degrees)
            }
        }
    }
}

/// Two pieces of paper on a table, the second on one side of the first.
fn beside(label: &GrayImage, other: &GrayImage, side: &str) -> GrayImage {
    const GAP: u32 = 24;
    let ((width, height), (wide, tall)) = (label.dimensions(), other.dimensions());
    let across = matches!(side, "right" | "left");
    let size = if across {
        (width + wide + 3 * GAP, height.max(tall) + 2 * GAP)
    } else {
        (width.max(wide) + 2 * GAP, height + tall + 3 * GAP)
    };
    let (ours, theirs) = match side {
        "right" => ((GAP, GAP), (width + 2 * GAP, GAP)),
        "left" => ((wide + 2 * GAP, GAP), (GAP, GAP)),
        "above" => ((GAP, tall + 2 * GAP), (GAP, GAP)),
        _ => ((GAP, GAP), (GAP, height + 2 * GAP)),
    };
    let mut table = GrayImage::from_pixel(size.0, size.1, Luma([150]));
    for (paper, (x, y)) in [(label, ours), (other, theirs)] {
        imageops::replace(&mut table, paper, x.into(), y.into());
    }
    table
}

/// The bars of goods: EAN-13 on a piece of white paper.
fn ean(digits: [u8; 13], module: u32, tall: u32) -> GrayImage {
    const LEFT_ODD: [u8; 10] = [0x0d, 0x19, 0x13, 0x3d, 0x23, 0x31, 0x2f, 0x3b, 0x37, 0x0b];
    const PARITY: [u8; 10] = [0x00, 0x0b, 0x0d, 0x0e, 0x13, 0x19, 0x1c, 0x15, 0x16, 0x1a];
    let mut bits: Vec<bool> = vec![true, false, true];
    let push = |bits: &mut Vec<bool>, code: u8| bits.extend((0..7).rev().map(|at| code >> at & 1 == 1));
    for (at, digit) in digits[1..7].iter().enumerate() {
        let odd = LEFT_ODD[usize::from(*digit)];
        let is_even = PARITY[usize::from(digits[0])] >> (5 - at) & 1 == 1;
        // Even parity is the right-hand code backwards.
        let even = (0..7).fold(0, |code, at| code | (!odd >> at & 1) << (6 - at));
        push(&mut bits, if is_even { even } else { odd });
    }
    bits.extend([false, true, false, true, false]);
    digits[7..].iter().for_each(|digit| push(&mut bits, !LEFT_ODD[usize::from(*digit)] & 0x7f));
    bits.extend([true, false, true]);
    let mut paper = GrayImage::from_pixel((bits.len() as u32 + 20) * module, tall + 20, Luma([255]));
    for (at, _) in bits.iter().enumerate().filter(|(_, bit)| **bit) {
        for x in (at as u32 + 10) * module..(at as u32 + 11) * module {
            for y in 10..10 + tall {
                paper.put_pixel(x, y, Luma([0]));
            }
        }
    }
    paper
}

/// No neighbour is taken for a label's own bar code; returns the number of pictures.
pub fn neighbours(mut sample: Sample) -> usize {
    let labels = sealed(4);
    let mut judged = 0;
    let mut quiet = |case: String, picture: &dyn Fn() -> GrayImage, code: &SealedText| {
        if !sample.takes() {
            return;
        }
        judged += 1;
        let number = printed(&picture(), &code.text);
        assert!(number.as_deref().is_none_or(|number| number == code.number), "{case}: {number:?}");
    };
    for (at, form) in FORMS.iter().enumerate() {
        let (one, other) = (&labels[at], &labels[(at + 1) % labels.len()]);
        let label = (form.drawn)(one);
        for (seen, label) in [("", label.clone()), (", bars covered", without_bars(&label))] {
            // Another label, lying in any way on any side, with its own codes to be read.
            for neighbour in &FORMS[..2] {
                let paper = (neighbour.drawn)(other);
                for (lies, side) in
                    LIES.iter().flat_map(|lies| ["right", "left", "above", "below"].map(|side| (lies, side)))
                {
                    let case = format!("{}{seen}, a {} label {side}, {lies:?}", form.name, neighbour.name);
                    quiet(case, &|| beside(&label, &lies.of(&paper), side), one);
                }
            }
            // Strips on the label around its symbol, in millimetres from the symbol's centre, and goods' bars anywhere.
            let code = strip(&other.number, 2, 56);
            let goods = ean([6, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2], 2, 56);
            let (width, height) = label.dimensions();
            let symbol = (width as f32 * form.symbol.0, height as f32 * form.symbol.1);
            let put = |paper: &GrayImage, (x, y): (f32, f32)| {
                let mut table = on_a_table(&label, 160);
                let left = (160.0 + symbol.0 + x * 8.0) as i64 - i64::from(paper.width() / 2);
                let top = (160.0 + symbol.1 + y * 8.0) as i64 - i64::from(paper.height() / 2);
                imageops::overlay(&mut table, paper, left, top);
                table
            };
            let above = [(0.0, -22.0), (-6.0, -24.0), (4.0, -30.0), (-3.0, -40.0)];
            let around = [(-34.0, -6.0), (-34.0, 10.0), (0.0, 22.0)];
            for place in above.into_iter().chain(around) {
                quiet(format!("{}{seen}, a strip at {place:?}", form.name), &|| put(&code, place), one);
                quiet(format!("{}{seen}, goods at {place:?}", form.name), &|| put(&goods, place), one);
            }
            // Goods' bars where the label's own are.
            let own = (width as f32 / 2.0 - symbol.0, height as f32 * 0.29 - symbol.1);
            let place = (own.0 / 8.0, own.1 / 8.0);
            quiet(format!("{}{seen}, goods over the bars", form.name), &|| put(&goods, place), one);
        }
    }
    judged
}
