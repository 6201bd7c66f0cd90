//! Glyphs stored in the printer, each sent at its first use in a round.

use crate::label::area::Area;
use crate::label::canvas::Canvas;
use crate::label::encode::zpl;
use crate::label::font::{Dots, Fonts, Glyph as Made, GlyphKey};
use crate::label::text::PlacedGlyph;

/// The cached commands of glyphs.
#[derive(Default)]
pub(super) struct Glyphs {
    /// By the glyph's index in the label's fonts.
    single: Vec<Option<Stored>>,
    /// Rows of stars in a few sizes.
    rows: Vec<Stored>,
}

/// A glyph, or a row of it, stored in the printer.
pub(super) struct Stored {
    key: GlyphKey,
    /// The number of repetitions, as an index of [`zpl::ROWS`].
    row: usize,
    /// The bounding box, relative to the pen.
    pub(super) area: Area,
    /// The round in which the printer last stored it.
    pub(super) round: u32,
    /// Bytes of printer memory that it uses.
    pub(super) size: usize,
    /// The command that stores it.
    pub(super) store: Vec<u8>,
    /// `None` if no name can be formed for it.
    pub(super) recall: Option<zpl::Recall>,
}

/// The number of stars that one bitmap can cover, as an index of [`zpl::ROWS`]: as many of the next `glyphs` as
/// follow at a distance of one star width.
pub(super) fn row(glyphs: &[PlacedGlyph], fonts: &Fonts) -> usize {
    let Some(first) = glyphs.first() else { return 0 };
    let advance = fonts.glyph(first.slot).advance;
    let places = (first.x..).step_by(usize::try_from(advance).unwrap_or_default().max(1));
    let alike = glyphs.iter().zip(places);
    let alike = alike.take_while(|(glyph, x)| (glyph.key, glyph.x, glyph.y) == (first.key, *x, first.y));
    let count = alike.count();
    zpl::ROWS.iter().rposition(|row| *row <= count).unwrap_or_default()
}

impl Glyphs {
    /// A glyph, or a row of it: cached, or made now.
    pub(super) fn of(
        &mut self,
        glyph: &PlacedGlyph,
        row: usize,
        fonts: &Fonts,
        canvas: &mut Canvas,
    ) -> &mut Stored {
        let make = |canvas| Stored::new(fonts.glyph(glyph.slot), row, canvas);
        if row > 0 {
            let alike = |known: &Stored| (known.key, known.row) == (glyph.key, row);
            let at = self.rows.iter().position(alike).unwrap_or_else(|| {
                self.rows.push(make(canvas));
                self.rows.len() - 1
            });
            return &mut self.rows[at];
        }
        let at = glyph.slot.number();
        if self.single.len() <= at {
            self.single.resize_with(at + 1, || None);
        }
        let place = &mut self.single[at];
        // Another composer's fonts may assign the index to another glyph.
        if place.as_ref().is_some_and(|known| known.key != glyph.key) {
            *place = None;
        }
        place.get_or_insert_with(|| make(canvas))
    }
}

impl Stored {
    fn new(glyph: &Made, row: usize, canvas: &mut Canvas) -> Self {
        let Dots { bitmap, left, top, .. } = &glyph.dots;
        let one = Area::of_dots(bitmap, *left, -*top);
        let more = (zpl::ROWS[row] as i32 - 1) * glyph.advance;
        let area = Area { width: if one.width == 0 { 0 } else { one.width + more }, ..one };
        canvas.reset(area.width as usize, area.height as usize, false);
        for at in 0..zpl::ROWS[row] as i32 {
            canvas.blit(bitmap, at * glyph.advance, 0, true);
        }
        let mut store = Vec::new();
        let name = zpl::name(glyph.key, row);
        if let Some(name) = &name {
            zpl::store(name, canvas, &mut store);
        }
        let recall = name.as_ref().map(zpl::recall);
        Self { key: glyph.key, row, area, round: 0, size: canvas.bits().len(), store, recall }
    }
}
