//! Glyphs that a printer stores, each at its first use in a round.

use crate::label::area::Area;
use crate::label::canvas::Canvas;
use crate::label::encode::zpl;
use crate::label::font::{Dots, Fonts, Glyph as Made, GlyphKey};
use crate::label::text::PlacedGlyph;

/// The commands of the glyphs met so far.
#[derive(Default)]
pub(super) struct Glyphs {
    /// By the place that the label's fonts have made them at.
    single: Vec<Option<Stored>>,
    /// Stars side by side, of a few sizes.
    rows: Vec<Stored>,
}

/// A glyph that a printer stores, or some of it side by side.
pub(super) struct Stored {
    key: GlyphKey,
    /// How many it is, by their place in [`zpl::ROWS`].
    row: usize,
    /// Its box, from the pen.
    pub(super) area: Area,
    /// The round in which the printer was last given it.
    pub(super) round: u32,
    /// Bytes that it takes in the printer.
    pub(super) size: usize,
    /// What stores it.
    pub(super) store: Vec<u8>,
    /// None if it has no name to be stored by.
    pub(super) recall: Option<zpl::Recall>,
}

/// How many stars, by their place in [`zpl::ROWS`], one picture is of: of glyphs that begin with one, as many as come
/// next as far from each other as one is wide.
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
    /// A glyph, or a row of it, kept from an earlier label or made now.
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
        // Another composer's fonts may have another glyph there.
        if place.as_ref().is_some_and(|known| known.key != glyph.key) {
            *place = None;
        }
        place.get_or_insert_with(|| make(canvas))
    }
}

impl Stored {
    fn new(glyph: &Made, row: usize, canvas: &mut Canvas) -> Self {
        let Dots { bitmap, left, top } = &glyph.dots;
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
