//! The zones of a page from top to bottom: carrier, routing code, hub, Code 128, recipient, sender, goods and
//! signature next to the QR code, the carrier's footer.

use crate::label::area::Area;
use crate::label::page::Page;
use crate::label::template::Template;
use crate::symbol::{QUIET_ZONE, Version};

/// Margin that not every printer can reach.
const MARGIN_MM: f32 = 2.0;
/// The least width of goods, remark and signature beside the QR code: twelve ideographs of the smallest legible size.
const NOTES_MM: f32 = 30.8;
/// The height of the handle below the QR code, in dots at 203 dpi.
pub(super) const HANDLE: i32 = 26;
/// The thickness of the rules around the QR code's zone, in dots at 203 dpi.
pub(super) const RULE: i32 = 3;

/// The zones of a page, separated by rules.
#[derive(Clone)]
pub(in crate::label) struct Zones {
    pub(super) frame: Area,
    pub(super) carrier: Area,
    pub(super) routing: Area,
    pub(super) hub: Area,
    pub(super) barcode: Area,
    pub(super) recipient: Area,
    pub(super) sender: Option<Area>,
    /// Goods, remark and signature; the QR code.
    pub(super) notes: Area,
    pub(super) signature: Option<Area>,
    pub(super) symbol: Area,
    pub(super) footer: Option<Area>,
    /// Side in dots of the QR code's box, without its quiet zone; `None` if texts go first.
    pub(in crate::label) code: Option<i32>,
}

/// The amount of room for the sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::label) enum Room {
    /// The sender is not shown.
    None,
    /// Name, phone, and two lines of address on the smallest label.
    Usual,
    /// Two more lines, for a long address. Carrier, routing code and bars become a little lower; the recipient
    /// keeps its size.
    Ample,
}

/// What gets the room that both could use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::label) enum First {
    /// The QR code: all that the page has, up to the template's box.
    Code,
    /// Texts: the code has a box of 26 mm at most (29 for the largest payload).
    Texts,
}

/// The minimum height of a zone in millimetres, and its share of the remaining height.
type Height = (f32, f32);

impl Zones {
    pub(in crate::label) fn new(template: &Template, page: &Page, sender: Room, first: First) -> Self {
        let tall = page.height_mm as f32 - 2.0 * MARGIN_MM;
        let left = page.dots(MARGIN_MM);
        let width = page.dots(page.width_mm as f32) - 2 * left;
        let when = |shown: bool, zone| if shown { zone } else { (0.0, 0.0) };
        let sent = match sender {
            Room::None => (0.0, 0.0),
            Room::Usual => (12.5, 2.0),
            Room::Ample => (17.9, 4.0),
        };
        let around = Around::of(page);
        let widest = around.widest(template, page, width);
        let block = match first {
            First::Code => (around.height_mm(page, widest), 0.0),
            First::Texts => (39.0, 1.5),
        };
        let plan = |[carrier, routing, barcode]: [Height; 3]| {
            [
                carrier,
                routing,
                when(template.hub, (6.5, 0.5)),
                barcode,
                (20.5, 4.0),
                sent,
                block,
                when(!template.footer.is_empty(), (4.5, 0.5)),
            ]
        };
        let needed = |plan: &[Height]| plan.iter().map(|zone| zone.0).sum::<f32>();
        let (usual, low) =
            (plan([(9.5, 1.5), (14.5, 3.0), (17.5, 3.0)]), plan([(8.0, 1.0), (13.0, 2.0), (16.5, 2.0)]));
        let lower = needed(&usual) > tall || (sender == Room::Ample && first == First::Texts);
        let mut plan = if lower { low } else { usual };
        if first == First::Code {
            // What no other zone needs.
            plan[6].0 -= (needed(&plan) - tall).max(0.0);
        }
        let need = needed(&plan);
        let shares: f32 = plan.iter().map(|zone| zone.1).sum();
        let mut top = MARGIN_MM;
        let zone = plan.map(|(least, share)| {
            let end = top + least + share * (tall - need).max(0.0) / shares;
            let (y, bottom) = (page.dots(top), page.dots(end));
            top = end;
            Area { x: left, y, width, height: bottom - y }
        });
        let [carrier, routing, hub, barcode, recipient, sent, bottom, footer] = zone;
        let frame = Area { x: left, y: carrier.y, width, height: footer.bottom() - carrier.y };
        let code = (first == First::Code).then(|| around.tallest(widest, bottom.height));
        let column = match code {
            Some(side) => around.width(side),
            None => page.dots((template.texts_first_mm() + 8.0 * 0.8).max(34.5)).min(width * 3 / 5),
        };
        let symbol = Area { x: bottom.right() - column, width: column, ..bottom };
        let notes = Area { width: width - column, ..bottom };
        let signing = page.dots(13.0).min(bottom.height / 2);
        let signature = (!template.signature.is_empty()).then(|| Area {
            y: notes.bottom() - signing,
            height: signing,
            ..notes
        });
        let notes = Area { height: notes.height - signature.map_or(0, |area| area.height), ..notes };
        Self {
            frame,
            carrier,
            routing,
            hub,
            barcode,
            recipient,
            sender: (sender != Room::None).then_some(sent),
            notes,
            signature,
            symbol,
            footer: (footer.height > 0).then_some(footer),
            code,
        }
    }

    /// Whether all zones are on the page.
    pub(in crate::label) fn fit(&self, page: &Page) -> bool {
        self.frame.bottom() <= page.dots(page.height_mm as f32 - MARGIN_MM)
    }
}

/// What surrounds the QR code and its quiet zone, in dots.
struct Around {
    /// Rules at both sides, and what aligning the code to a byte may take.
    across: i32,
    /// A rule, the handle, and what its descent takes.
    down: i32,
    /// Air that the handle gets if there is any.
    air: i32,
}

impl Around {
    fn of(page: &Page) -> Self {
        let [rule, handle, air] = [RULE, HANDLE, 10].map(|dots| page.dpi.scale(dots));
        Self { across: 2 * rule + 8, down: rule + handle + handle / 4, air }
    }

    /// The largest box that leaves the texts their width, at most the template's.
    fn widest(&self, template: &Template, page: &Page, width: i32) -> i32 {
        let most = (template.symbol_mm * page.dpi.dots_per_inch() as f32 / 25.4) as i32;
        largest(most, width - page.dots(NOTES_MM) - self.across)
    }

    /// The largest box in a zone of this height, at most `side`.
    fn tallest(&self, side: i32, height: i32) -> i32 {
        largest(side, height - self.down)
    }

    /// The width of the zone of a box.
    fn width(&self, side: i32) -> i32 {
        whole(side) + self.across
    }

    /// The height of the zone of a box, in millimetres.
    fn height_mm(&self, page: &Page, side: i32) -> f32 {
        (whole(side) + self.down + self.air) as f32 / page.dpi.dots_per_mm()
    }
}

/// Modules of the smallest version that holds a payload.
const SMALLEST: i32 = 37;
const QUIET: i32 = 2 * QUIET_ZONE as i32;

/// The largest box, at most `most`, whose symbols fit `room` with their quiet zones.
fn largest(most: i32, room: i32) -> i32 {
    (0..=most).rev().find(|side| whole(*side) <= room).unwrap_or(0)
}

/// The largest symbol of whole dots in a box, with its quiet zone.
fn whole(side: i32) -> i32 {
    let sizes = Version::all().map(|version| version.size() as i32).filter(|size| *size >= SMALLEST);
    sizes.map(|size| side / size * (size + QUIET)).max().unwrap_or(side)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::label::page::Dpi;

    fn zones(size: (u32, u32), sender: Room, template: &str) -> Zones {
        let template = Template::parse(template).unwrap();
        Zones::new(&template, &Page::new(size, Dpi::D203), sender, First::Code)
    }

    #[test]
    fn the_code_has_all_that_the_fields_leave() {
        let side = |size, sender| zones(size, sender, "").code.unwrap();
        // Seven dots a module for version 5, seven for version 6 where the page is wide.
        for sender in [Room::None, Room::Usual] {
            assert_eq!(side(Page::SMALL, sender) / 37, 7);
            assert!(side(Page::MEDIUM, sender) >= 7 * 41 && side(Page::LARGE, sender) >= 7 * 41);
        }
        assert!(side(Page::SMALL, Room::Ample) >= 6 * 37);
        assert_eq!(zones(Page::MEDIUM, Room::Usual, "symbol_mm = 30.0").code, Some(239));
    }

    #[test]
    fn every_symbol_of_a_box_fits_its_zone() {
        for width in 70..=110 {
            for height in 125..=160 {
                for dpi in [Dpi::D203, Dpi::D300] {
                    for sender in [Room::None, Room::Usual, Room::Ample] {
                        let page = Page::new((width, height), dpi);
                        let zones = Zones::new(&Template::default(), &page, sender, First::Code);
                        let side = whole(zones.code.unwrap());
                        let around = Around::of(&page);
                        assert!(zones.symbol.width >= side + around.across, "{width}x{height}");
                        assert!(zones.symbol.height >= side + around.down, "{width}x{height} {sender:?}");
                        assert!(zones.notes.width >= page.dots(NOTES_MM), "{width}x{height}");
                        assert!(zones.fit(&page), "{width}x{height}");
                    }
                }
            }
        }
    }
}
