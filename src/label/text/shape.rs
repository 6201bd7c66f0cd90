//! Text that needs shaping: split into items of one face and one script, each shaped separately.

use super::direction::is_ignorable;
use super::placed::{Extent, PlacedGlyph};
use crate::label::font::{Fonts, Look, MISSING};
use harfrust::{Buffer, Direction, Script, ShapeOptions, ShaperFont, Tag};
use std::ops::Range;
use unicode_script::{Script as Unicode, UnicodeScript};

/// A run of one face and one script.
pub(super) struct ShapedPiece {
    range: Range<usize>,
    face: Option<u8>,
    script: Unicode,
}

/// The items of a run, in logical order.
pub(super) fn pieces(fonts: &mut Fonts, text: &str, run: Range<usize>, bold: bool) -> Vec<ShapedPiece> {
    let mut pieces: Vec<ShapedPiece> = Vec::new();
    for (offset, character) in text[run.clone()].char_indices() {
        let at = run.start + offset;
        let end = at + character.len_utf8();
        let script = character.script();
        let shared = matches!(script, Unicode::Common | Unicode::Inherited);
        if let Some(last) = pieces.last_mut() {
            // Marks and joiners stay with their base character; digits and spaces use the current face if it has
            // them.
            let stays = script == Unicode::Inherited
                || is_ignorable(character)
                || shared && last.face.is_some_and(|face| fonts.has(face, character));
            let face = if stays { last.face } else { fonts.find(character, bold).map(|found| found.face) };
            let same = shared || script == last.script || last.script == Unicode::Common;
            if stays || face == last.face && same {
                last.range.end = end;
                if !shared {
                    last.script = script;
                }
                continue;
            }
        }
        let face = fonts.find(character, bold).map(|found| found.face);
        pieces.push(ShapedPiece {
            range: at..end,
            face,
            script: if shared { Unicode::Common } else { script },
        });
    }
    pieces
}

/// How a text is shaped.
#[derive(Clone, Copy)]
pub(super) struct TextStyle {
    pub(super) px: u16,
    pub(super) look: Look,
}

impl TextStyle {
    /// Appends the glyphs of an item from left to right.
    pub(super) fn piece(
        self,
        fonts: &mut Fonts,
        text: &str,
        piece: &ShapedPiece,
        backwards: bool,
        extent: &mut Extent,
        out: &mut Vec<PlacedGlyph>,
    ) {
        let part = &text[piece.range.clone()];
        let Some(face) = piece.face else {
            let shown = part.char_indices().filter(|(_, character)| !is_ignorable(*character));
            let shown: Vec<_> = shown.map(|(offset, _)| piece.range.start + offset).collect();
            for at in if backwards { shown.into_iter().rev().collect() } else { shown } {
                let key = self.look.key(MISSING, self.px, 0);
                let slot = fonts.slot(key);
                out.push(PlacedGlyph { key, slot, x: extent.width, y: 0, at: at as u32 });
                extent.width += fonts.glyph(slot).advance;
                extent.missing += 1;
            }
            return;
        };
        let mut buffer = Buffer::new();
        buffer.push_str(part);
        buffer.set_direction(if backwards { Direction::RightToLeft } else { Direction::LeftToRight });
        buffer.set_script(script_tag(piece.script));
        let font = fonts.shaped(face);
        let scale = f32::from(self.px) / f32::from(font.units_per_em().max(1));
        // Shaping fails only if a direction is missing or a plan does not match, which cannot happen here.
        if harfrust::shape(&ShaperFont::new(font), &mut buffer, ShapeOptions::new()).is_err() {
            return;
        }
        let from = extent.width as f32;
        let mut pen = 0.0;
        for (info, position) in buffer.glyph_infos().iter().zip(buffer.glyph_positions()) {
            let dots = |units: i32| units as f32 * scale;
            let id = u16::try_from(info.glyph_id).unwrap_or(0);
            extent.missing += usize::from(id == 0);
            let face = if id == 0 { MISSING } else { face };
            let key = self.look.key(face, self.px, id);
            out.push(PlacedGlyph {
                key,
                slot: fonts.slot(key),
                x: (from + pen + dots(position.x_offset)).round() as i32,
                y: dots(position.y_offset).round() as i32,
                at: piece.range.start as u32 + info.cluster,
            });
            pen += dots(position.x_advance);
        }
        extent.width = (from + pen).round() as i32;
    }
}

fn script_tag(script: Unicode) -> Option<Script> {
    let tag: [u8; 4] = script.short_name().as_bytes().try_into().ok()?;
    Script::from_iso15924_tag(Tag::new(&tag))
}
