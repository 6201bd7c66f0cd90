//! The fonts of a label, and the cache of rasterised glyphs.

use super::faces::Faces;
use super::file::{BadFont, File, FontBytes};
use super::found::FoundGlyph;
use super::glyph::{Glyph, GlyphKey, MISSING, Slot};
use super::letters::{Letter, Letters, Look};
use super::outline;
use harfrust::Font;
use rustc_hash::FxHashMap;
use skrifa::instance::{LocationRef, Size};
use skrifa::{GlyphId, MetadataProvider};
use std::sync::Arc;

static BOLD: &[u8] = include_bytes!("bold.otf");
static REGULAR: &[u8] = include_bytes!("regular.otf");

/// The face for routing codes and fixed words.
const BOLD_AT: u8 = 0;
/// The face for running text, the first with a large character set.
const REGULAR_AT: u8 = 1;

/// Fonts with their rasterised glyphs.
pub struct Fonts {
    files: Vec<File>,
    /// The same fonts, prepared for shaping.
    shaped: Vec<Font>,
    glyphs: Vec<Glyph>,
    /// The index in `glyphs` of each key.
    slots: FxHashMap<GlyphKey, Slot>,
    faces: Faces,
    letters: Letters,
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fonts").field("glyphs", &self.glyphs.len()).finish_non_exhaustive()
    }
}

impl Fonts {
    /// The embedded faces, followed by `given` ones (TrueType or OpenType) for characters that they lack.
    ///
    /// # Errors
    /// [`BadFont`] if one of `given` is not a font.
    pub fn new(given: Vec<Arc<Vec<u8>>>) -> Result<Self, BadFont> {
        let embedded = [BOLD, REGULAR].map(FontBytes::Embedded);
        let files: Vec<File> =
            embedded.into_iter().chain(given.into_iter().map(FontBytes::Given)).map(File).collect();
        let shaped = files.iter().map(|file| match &file.0 {
            FontBytes::Embedded(bytes) => Font::new(*bytes, 0),
            FontBytes::Given(bytes) => Font::new(bytes.clone() as Arc<dyn AsRef<[u8]> + Send + Sync>, 0),
        });
        let shaped = shaped.collect::<Option<Vec<_>>>().ok_or(BadFont)?;
        if files.len() >= usize::from(MISSING) || files.iter().any(|file| file.font().is_none()) {
            return Err(BadFont);
        }
        let (glyphs, slots) = (Vec::new(), FxHashMap::default());
        Ok(Self { files, shaped, glyphs, slots, faces: Faces::default(), letters: Letters::default() })
    }

    /// The files, in the order of [`GlyphKey::face`].
    #[must_use]
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// The face prepared for shaping.
    pub(in crate::label) fn shaped(&self, face: u8) -> &Font {
        &self.shaped[usize::from(face)]
    }

    /// Rasterises a glyph unless it is cached.
    pub fn slot(&mut self, key: GlyphKey) -> Slot {
        let (files, glyphs) = (&self.files, &mut self.glyphs);
        *self.slots.entry(key).or_insert_with(|| {
            glyphs.push(make(files, key));
            Slot::last_of(glyphs.len())
        })
    }

    /// The dots and advance of a cached glyph.
    ///
    /// # Panics
    /// May panic if `slot` comes from other fonts.
    #[must_use]
    pub fn glyph(&self, slot: Slot) -> &Glyph {
        &self.glyphs[slot.number()]
    }

    /// The face and glyph of a single character; `None` if no font has it.
    pub(in crate::label) fn find(&mut self, character: char, bold: bool) -> Option<FoundGlyph> {
        let files = &self.files;
        self.faces.of(character, || {
            let from = |first: u8| {
                let mut faces = files.iter().zip(0..).skip(usize::from(first));
                faces.find_map(|(file, face)| FoundGlyph::new(file, face, character))
            };
            [from(REGULAR_AT), from(BOLD_AT)]
        })[usize::from(bold)]
    }

    /// Whether a face has a character.
    pub(in crate::label) fn has(&self, face: u8, character: char) -> bool {
        let file = self.files.get(usize::from(face));
        file.and_then(File::font).is_some_and(|font| font.charmap().map(character).is_some())
    }

    /// Whether the bold face has every character of a text.
    pub(in crate::label) fn bold_has(&mut self, text: &str) -> bool {
        text.chars().all(|character| self.find(character, true).is_some_and(|found| found.face == BOLD_AT))
    }

    /// The glyph of a single character, or a box if no font has it. `None` if bold is requested and the bold face
    /// lacks the character, or if `alone` says that it needs shaping.
    pub(in crate::label) fn letter(
        &mut self,
        character: char,
        px: u16,
        look: Look,
        alone: impl FnOnce(char) -> bool,
    ) -> Option<Letter> {
        if let Some(letter) = self.letters.get(character, px, look) {
            return Some(letter);
        }
        if !alone(character) {
            return None;
        }
        let found = self.find(character, look == Look::Bold);
        let (face, id) = found.map_or((MISSING, 0), |found| (found.face, found.id));
        if look == Look::Bold && face != BOLD_AT {
            return None;
        }
        let key = look.key(face, px, id);
        let slot = self.slot(key);
        let letter = Letter { slot, key, advance: self.glyph(slot).advance };
        self.letters.insert(character, px, look, letter);
        Some(letter)
    }

    /// The advance of a [`letter`](Self::letter), without rasterising it.
    pub(in crate::label) fn advance(
        &mut self,
        character: char,
        px: u16,
        look: Look,
        alone: impl FnOnce(char) -> bool,
    ) -> Option<i32> {
        let square = (character as usize, usize::from(look == Look::Bold));
        if self.letters.squares.has(square) {
            return Some(i32::from(px));
        }
        if let Some(letter) = self.letters.get(character, px, look) {
            return Some(letter.advance);
        }
        if !alone(character) {
            return None;
        }
        let found = self.find(character, look == Look::Bold);
        if look == Look::Bold && found.is_none_or(|found| found.face != BOLD_AT) {
            return None;
        }
        match found {
            Some(found) if !found.square => {
                self.letter(character, px, look, |_| true).map(|letter| letter.advance)
            }
            Some(_) => {
                self.letters.squares.insert(square);
                Some(i32::from(px))
            }
            // The box of a missing character is as wide as an ideograph.
            None => Some(i32::from(px)),
        }
    }
}

fn make(files: &[File], key: GlyphKey) -> Glyph {
    let file = files.get(usize::from(key.face)).and_then(File::font);
    let Some(font) = file else {
        return Glyph { key, dots: outline::missing(key.px), advance: i32::from(key.px) };
    };
    let smear = if key.heavy { usize::from(key.px / 20).max(1) } else { 0 };
    let metrics = font.glyph_metrics(Size::new(f32::from(key.px)), LocationRef::default());
    let advance = metrics.advance_width(GlyphId::from(key.id)).unwrap_or(f32::from(key.px));
    Glyph { key, dots: outline::trace(&font, key.id, key.px, smear), advance: advance.round() as i32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All characters of GB 2312, generated from their encoding.
    fn gb2312() -> String {
        let pairs = (0xB0..=0xF7).flat_map(|row| (0xA1..=0xFE).map(move |cell| [row, cell]));
        // The last five cells of row D7 are unassigned.
        let pairs = pairs.filter(|pair| !(pair[0] == 0xD7 && pair[1] > 0xF9));
        encoding_rs::GBK.decode(&pairs.flatten().collect::<Vec<u8>>()).0.into_owned()
    }

    fn lacking(text: &str) -> String {
        let mut fonts = Fonts::new(Vec::new()).unwrap();
        text.chars().filter(|character| fonts.find(*character, false).is_none()).collect()
    }

    #[test]
    fn all_of_gb2312_is_there() {
        let text = gb2312();
        assert_eq!(text.chars().count(), 6763);
        assert_eq!(lacking(&text), "");
    }

    #[test]
    fn every_name_of_the_division_table_is_there() {
        let names = |code| crate::record::division::names(crate::record::DivisionCode::new(code)?);
        let all: Vec<String> = (110_000..830_000).filter_map(names).map(|names| names.concat()).collect();
        assert!(all.len() > 3_000, "{}", all.len());
        assert_eq!(lacking(&all.concat()), "");
    }

    #[test]
    fn surnames_and_rare_characters_of_names_are_there() {
        for names in [include_str!("names.txt"), include_str!("surnames.txt")] {
            assert_eq!(lacking(&names.replace('\n', "")), "");
        }
        assert_eq!(lacking("㛃䶮𬎆喆翀犇堃昇燊頔 ЖΩé￥·ー"), "");
    }

    #[test]
    fn the_embedded_faces_are_two_megabytes_at_most() {
        assert!(BOLD.len() + REGULAR.len() <= 2_000_000, "{}", BOLD.len() + REGULAR.len());
    }

    #[test]
    fn a_file_that_is_no_font_is_refused() {
        assert_eq!(Fonts::new(vec![Arc::new(vec![1, 2, 3])]).err(), Some(BadFont));
    }
}
