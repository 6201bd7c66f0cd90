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
use super::likeness::{Likeness, likeness};
use super::placed::{PixelPoint, Placed, places};
use crate::payload::Payload;
use std::ops::RangeInclusive;

/// Where the centre of a bar code is: how far to the left of the symbol's centre, in sides of the symbol, and how many times
/// as high above it; and its least width, in sides of the symbol.
struct Family {
    left: RangeInclusive<f32>,
    slope: RangeInclusive<f32>,
    width: f32,
}

/// The layouts of labels, with room for a symbol that was glued on two millimetres aside. A label's own bar codes are at, for
/// symbols of 23 to 29 mm, 1.04 to 1.32 and 2.00 to 3.07 (100 mm wide), 0.64 to 0.81 and 2.79 to 3.65 (76 mm); for symbols of 29 to
/// 36 mm at 0.75 to 0.83 and about 2.7, 0.51 to 0.57 and about 3.7. What lies above or below a label is outside of these. Bars of
/// twelve characters and more are 45 mm wide at least; narrower ones are other stickers'.
const FAMILIES: [Family; 3] = [
    Family { left: 0.94..=1.50, slope: 1.8..=3.2, width: 1.6 },
    Family { left: 0.58..=0.94, slope: 2.3..=4.1, width: 1.3 },
    Family { left: 0.38..=0.58, slope: 2.9..=5.3, width: 1.25 },
];

/// How high a bar code is at most, in sides of the symbol.
const ABOVE_MAX: f32 = 4.15;

/// What is searched along a row, in sides of the symbol from its centre: half of the widest bar code beyond its centre.
const LEFT: f32 = 3.6;
const RIGHT: f32 = 1.2;

/// Rows where bar codes of labels are, and those where a label of another layout may have its own, from the symbol's centre.
const ROWS: RangeInclusive<f32> = -4.1..=-1.0;
const OTHER_ROWS: RangeInclusive<f32> = -1.0..=1.7;
/// The same for bars that stand on end, from the symbol's centre to either side.
const SIDE_ROWS: RangeInclusive<f32> = -3.4..=3.4;

/// Height of a row that is read, and the distance between two, in sides of the symbol.
const ROW: f32 = 0.04;
const STEP: f32 = 0.08;

/// Samples of a row for each pixel: bars of two pixels would be blurred by one.
const FINE: f32 = 2.0;

/// Angles at which a symbol may have been glued on, in degrees.
const TURNS: [f32; 4] = [5.0, -5.0, 10.0, -10.0];

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
    let straight = along(picture, placed, &ROWS, claimed);
    if straight.iter().any(|code| code.number == claimed && code.is_in_place()) {
        return Some(claimed.to_owned());
    }
    // A symbol that was glued on may be askew. At a bar code's own angle it is read in the most rows; at others it
    // would seem to be elsewhere.
    let mut best = straight;
    for turn in TURNS {
        for code in along(picture, &placed.turned(turn.to_radians()), &ROWS, claimed) {
            match best.iter_mut().find(|other| other.number == code.number) {
                Some(other) if other.rows >= code.rows => {}
                Some(other) => *other = code,
                None => best.push(code),
            }
        }
    }
    let in_place: Vec<&BarsFound> = best.iter().filter(|code| code.is_in_place()).collect();
    match in_place[..] {
        _ if in_place.iter().any(|code| code.number == claimed) => Some(claimed.to_owned()),
        [code] => {
            // Of a layout of somebody else's this may be another code, and the waybill's is elsewhere on the label.
            if likeness(&code.number, claimed) != Likeness::Other {
                return None;
            }
            let is_own = |code: &BarsFound| code.number == claimed && code.is_on_label();
            let has_own = |placed: &Placed, rows| along(picture, placed, rows, claimed).iter().any(is_own);
            let quarters = [90.0_f32, -90.0].map(|turn| placed.turned(turn.to_radians()));
            let elsewhere = best.iter().any(is_own)
                || has_own(placed, &OTHER_ROWS)
                || quarters.iter().any(|placed| has_own(placed, &SIDE_ROWS));
            (!elsewhere).then(|| code.number.clone())
        }
        // None, or two where one belongs: neither is known to be the label's.
        _ => None,
    }
}

/// A bar code along the symbol's axes.
struct BarsFound {
    number: String,
    /// The middles of the first and the last row in which it was read.
    first: PixelPoint,
    last: PixelPoint,
    width: f32,
    rows: usize,
}

impl BarsFound {
    /// The centre, after a turn of the axes that makes the bars upright: the middles of slanted bars move from row to row.
    fn centre(&self) -> PixelPoint {
        let (x, y) = ((self.first.0 + self.last.0) / 2.0, (self.first.1 + self.last.1) / 2.0);
        let (sin, cos) = (self.last.0 - self.first.0).atan2(self.last.1 - self.first.1).sin_cos();
        if self.rows < ROWS_MIN { (x, y) } else { (x * cos - y * sin, x * sin + y * cos) }
    }

    fn is_in_place(&self) -> bool {
        let (x, y) = self.centre();
        let is_of = |family: &Family| {
            family.left.contains(&-x) && family.slope.contains(&(y / x)) && self.width >= family.width
        };
        self.rows >= ROWS_MIN && -y <= ABOVE_MAX && FAMILIES.iter().any(is_of)
    }

    /// Whether it can be on the symbol's own label, wherever that has its codes: bars of a label to the left begin 2.5 sides away, those
    /// of one to the right 1.7.
    fn is_on_label(&self) -> bool {
        (-2.4..=1.7).contains(&self.centre().0)
    }
}

/// The bar codes in rows along a symbol's axes, the right way up. The search ends when the claimed number is in place.
fn along(picture: &Gray, placed: &Placed, rows: &RangeInclusive<f32>, claimed: &str) -> Vec<BarsFound> {
    let mut codes: Vec<BarsFound> = Vec::new();
    let mut y = *rows.start();
    while y <= *rows.end() && !codes.iter().any(|code| code.number == claimed && code.is_in_place()) {
        if let Some((number, left, right)) = code128::row(&strip(picture, placed, y)) {
            let [left, right] = [left, right].map(|share| share * (LEFT + RIGHT) - LEFT);
            let middle = ((left + right) / 2.0, y);
            // The same number may be on two labels: only rows that follow each other are one bar code.
            let same = codes.iter_mut().rev().find(|bars| {
                bars.number == number && (bars.last.0 - middle.0).abs() < 0.2 && y - bars.last.1 < 3.5 * STEP
            });
            match same {
                Some(bars) => {
                    bars.last = middle;
                    bars.rows += 1;
                }
                None => codes.push(BarsFound {
                    number,
                    first: middle,
                    last: middle,
                    width: right - left,
                    rows: 1,
                }),
            }
        }
        y += STEP;
    }
    codes
}

/// A row of the picture along the symbol's axes, as a low picture of its own. What is outside of the picture is white.
fn strip(picture: &Gray, placed: &Placed, y: f32) -> Gray {
    const LINES: u32 = 3;
    let width = ((LEFT + RIGHT) * placed.side() * FINE).ceil().clamp(64.0, 12_000.0) as u32;
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
fn sample(picture: &Gray, (x, y): PixelPoint) -> f32 {
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
