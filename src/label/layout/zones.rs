//! The zones of a page from top to bottom: carrier, routing code, hub, Code 128, recipient, sender, goods and
//! signature next to the QR code, the carrier's footer.

use crate::label::area::Area;
use crate::label::page::Page;
use crate::label::template::Template;

/// Margin that not every printer can reach.
const MARGIN_MM: f32 = 2.0;

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

impl Zones {
    pub(in crate::label) fn new(template: &Template, page: &Page, sender: Room) -> Self {
        let tall = page.height_mm as f32 - 2.0 * MARGIN_MM;
        // The minimum height of each zone in millimetres, and its share of the remaining height.
        let when = |shown: bool, zone| if shown { zone } else { (0.0, 0.0) };
        let sent = match sender {
            Room::None => (0.0, 0.0),
            Room::Usual => (12.5, 2.0),
            Room::Ample => (17.9, 4.0),
        };
        let plan = |[carrier, routing, barcode]: [(f32, f32); 3]| {
            [
                carrier,
                routing,
                when(template.hub, (6.5, 0.5)),
                barcode,
                (20.5, 4.0),
                sent,
                (39.0, 1.5),
                when(!template.footer.is_empty(), (4.5, 0.5)),
            ]
        };
        let needed = |plan: &[(f32, f32)]| plan.iter().map(|zone| zone.0).sum::<f32>();
        let (usual, low) =
            (plan([(9.5, 1.5), (14.5, 3.0), (17.5, 3.0)]), plan([(8.0, 1.0), (13.0, 2.0), (16.5, 2.0)]));
        let plan = if sender == Room::Ample || needed(&usual) > tall { low } else { usual };
        let need = needed(&plan);
        let shares: f32 = plan.iter().map(|zone| zone.1).sum();
        let left = page.dots(MARGIN_MM);
        let width = page.dots(page.width_mm as f32) - 2 * left;
        let mut top = MARGIN_MM;
        let zone = plan.map(|(least, share)| {
            let end = top + least + share * (tall - need).max(0.0) / shares;
            let (y, bottom) = (page.dots(top), page.dots(end));
            top = end;
            Area { x: left, y, width, height: bottom - y }
        });
        let [carrier, routing, hub, barcode, recipient, sent, bottom, footer] = zone;
        let frame = Area { x: left, y: carrier.y, width, height: footer.bottom() - carrier.y };
        let column = page.dots((template.symbol_mm + 8.0 * 0.8).max(34.5)).min(width * 3 / 5);
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
        }
    }

    /// Whether all zones are on the page.
    pub(in crate::label) fn fit(&self, page: &Page) -> bool {
        self.frame.bottom() <= page.dots(page.height_mm as f32 - MARGIN_MM)
    }
}
