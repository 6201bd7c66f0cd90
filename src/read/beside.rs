//! The bar code that belongs to a label, by its place: above the QR code and to the left, along its axes.
//!
//! In go a picture and the texts of its codes; out comes the number in each label's own bar code, if there is one where a
//! label of ours has it. Other bar codes of a picture are no label's: a neighbour's, an old label's, or that of goods.
//!
//! A device knows no template, so that places are in sides of the symbol, which every layout shares in part:
//!
//! ```text
//!   ┌────────────────────┐
//!   │ ▌▐▌▐█▐▌█▐▌▐▌       │   x: the bar code is centred on the label, the symbol at its right edge
//!   │                    │   y: recipient and sender lie between
//!   │             ▄▄▄▄▄  │
//!   │             █ 1 █  │   a wide label with a small symbol, a narrow label, or a large symbol:
//!   │             ▀▀▀▀▀  │   the further to the left, the higher
//!   └────────────────────┘
//! ```

use super::code128;
use super::image::Gray;
use super::placed::{Placed, Point, places};
use crate::payload::Payload;
use std::ops::RangeInclusive;

/// Where the centre of a bar code is, in sides of the symbol: to its left, and how high above its centre.
struct Family {
    left: RangeInclusive<f32>,
    above: RangeInclusive<f32>,
}

/// The layouts of labels. `bar_codes_are_where_labels_have_them` measures them.
const FAMILIES: [Family; 3] = [
    Family { left: 0.98..=1.45, above: 1.8..=4.0 },
    Family { left: 0.62..=0.98, above: 1.4..=3.1 },
    Family { left: 0.40..=0.62, above: 1.1..=2.5 },
];

/// How far a bar code can be from the symbol's centre: what is searched, in sides of the symbol.
const LEFT: f32 = 3.2;
const RIGHT: f32 = 1.2;
const ABOVE: f32 = 4.1;
const BELOW: f32 = -1.0;

/// Height of a row that is read, and the distance between two, in sides of the symbol.
const ROW: f32 = 0.04;
const STEP: f32 = 0.1;

/// Angles at which a symbol may have been glued on, in degrees.
const TURNS: [f32; 5] = [0.0, 5.0, -5.0, 10.0, -10.0];

/// Rows in which a number must be read: one alone may be a misread.
const ROWS_MIN: usize = 2;

/// The waybill number in the bar code that belongs to each label, in the order of the payloads' texts; `None` if it is not
/// known: no bar code is where a label has it, or the label is not of our layout.
#[must_use]
pub fn printed(picture: &Gray, texts: &[&str]) -> Vec<Option<String>> {
    places(picture, texts)
        .into_iter()
        .zip(texts)
        .map(|(placed, text)| {
            let claimed = Payload::parse(text.as_bytes()).ok()?.header().waybill.text().to_string();
            of_label(picture, &placed?, &claimed)
        })
        .collect()
}

fn of_label(picture: &Gray, placed: &Placed, claimed: &str) -> Option<String> {
    TURNS.into_iter().find_map(|turn| {
        let placed = placed.turned(turn.to_radians());
        let codes = along(picture, &placed);
        let in_place = codes.iter().filter(|code| code.is_in_place());
        let numbers: Vec<&str> = in_place.map(|code| code.number.as_str()).collect();
        // Of a layout of somebody else's this may be another code, and the waybill's is elsewhere on the label.
        let elsewhere = codes.iter().any(|code| code.number == claimed && code.is_on_label());
        match numbers[..] {
            _ if numbers.contains(&claimed) => Some(Some(claimed.to_owned())),
            [] => None,
            [_] if elsewhere => Some(None),
            [number] => Some(Some(number.to_owned())),
            // Two where one belongs: neither is known to be the label's.
            _ => Some(None),
        }
    })?
}

/// A bar code along the symbol's axes.
struct Code {
    number: String,
    /// The mean of the middles of its rows.
    centre: Point,
    rows: usize,
}

impl Code {
    fn is_in_place(&self) -> bool {
        let (x, y) = self.centre;
        self.rows >= ROWS_MIN
            && FAMILIES.iter().any(|family| family.left.contains(&-x) && family.above.contains(&-y))
    }

    /// Whether it can be on the symbol's own label, wherever that has its codes.
    fn is_on_label(&self) -> bool {
        self.centre.0.abs() <= 1.7
    }
}

/// The bar codes around a symbol that lie along its axes, the right way up.
fn along(picture: &Gray, placed: &Placed) -> Vec<Code> {
    let mut codes: Vec<Code> = Vec::new();
    let mut y = -ABOVE;
    while y <= -BELOW {
        if let Some((number, x)) = code128::row(&strip(picture, placed, y)) {
            let x = x * (LEFT + RIGHT) - LEFT;
            // The same number may be on two labels: only rows that follow each other are one bar code.
            let same = codes.iter_mut().rev().find(|code| {
                let (middle, rows) = (code.centre, code.rows as f32);
                code.number == number && (middle.0 - x).abs() < 0.2 && y - middle.1 < (rows + 3.0) * STEP
            });
            match same {
                Some(code) => {
                    let rows = code.rows as f32;
                    code.centre = (
                        (code.centre.0 * rows + x) / (rows + 1.0),
                        (code.centre.1 * rows + y) / (rows + 1.0),
                    );
                    code.rows += 1;
                }
                None => codes.push(Code { number, centre: (x, y), rows: 1 }),
            }
        }
        y += STEP;
    }
    codes
}

/// A row of the picture along the symbol's axes, as a low picture of its own. What is outside of the picture is white.
fn strip(picture: &Gray, placed: &Placed, y: f32) -> Gray {
    const LINES: u32 = 3;
    let width = ((LEFT + RIGHT) * placed.side()).ceil().clamp(64.0, 6000.0) as u32;
    let mut pixels = Vec::with_capacity((width * LINES) as usize);
    // Bars are long, so that a mean along them removes noise without loss.
    let row: Vec<u8> = (0..width)
        .map(|at| {
            let x = (at as f32 + 0.5) / width as f32 * (LEFT + RIGHT) - LEFT;
            let sum: f32 = [-1.0, -0.5, 0.0, 0.5, 1.0]
                .into_iter()
                .map(|part| sample(picture, placed.pixel((x, y + part * ROW / 2.0))))
                .sum();
            (sum / 5.0) as u8
        })
        .collect();
    for _ in 0..LINES {
        pixels.extend_from_slice(&row);
    }
    Gray { width, height: LINES, pixels }
}

/// The grey at a point, between the four pixels around it.
fn sample(picture: &Gray, (x, y): Point) -> f32 {
    let (left, top) = ((x - 0.5).floor(), (y - 0.5).floor());
    let (right_share, lower_share) = (x - 0.5 - left, y - 0.5 - top);
    let at = |x: f32, y: f32| {
        if x < 0.0 || y < 0.0 || x >= picture.width as f32 || y >= picture.height as f32 {
            return 255.0;
        }
        let at = y as usize * picture.width as usize + x as usize;
        picture.pixels.get(at).map_or(255.0, |grey| f32::from(*grey))
    };
    let upper = at(left, top) * (1.0 - right_share) + at(left + 1.0, top) * right_share;
    let lower = at(left, top + 1.0) * (1.0 - right_share) + at(left + 1.0, top + 1.0) * right_share;
    upper * (1.0 - lower_share) + lower * lower_share
}
