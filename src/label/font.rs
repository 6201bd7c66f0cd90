//! Fonts: characters to glyphs, glyphs to dots.
//!
//! The embedded faces are subsets of Noto Sans CJK SC (SIL OFL 1.1, see `font/OFL.txt`), made by
//! `font/build.sh`; the files that a user gives come after them.

mod faces;
mod letters;
mod outline;

pub use outline::Dots;

use faces::Faces;
use letters::Letters;
pub(super) use letters::{Letter, Look};

use harfrust::Font;
use rustc_hash::FxHashMap;
use skrifa::{
    FontRef, GlyphId, MetadataProvider,
    instance::{LocationRef, Size},
};
use std::hash::{Hash, Hasher};
use std::num::NonZeroU32;
use std::sync::Arc;

static BOLD: &[u8] = include_bytes!("font/bold.otf");
static REGULAR: &[u8] = include_bytes!("font/regular.otf");

/// The face of routing codes and fixed words.
const BOLD_AT: u8 = 0;
/// The face of running text, first of those that have more than a few characters.
const REGULAR_AT: u8 = 1;
/// Stands for the face of a character that no font has.
pub const MISSING: u8 = u8::MAX;

/// Which of the two weights a text is set in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weight {
    /// Running text.
    Regular,
    /// Names, codes and fixed words. A text that the small bold face does not have whole is set in the
    /// regular face made heavier, so that one word has one face.
    Bold,
}

/// A font file that cannot be used: neither TrueType nor OpenType.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadFont;

/// A font file.
#[derive(Clone, Debug)]
pub struct File(Bytes);

#[derive(Clone, Debug)]
enum Bytes {
    Embedded(&'static [u8]),
    Given(Arc<Vec<u8>>),
}

impl File {
    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match &self.0 {
            Bytes::Embedded(bytes) => bytes,
            Bytes::Given(bytes) => bytes,
        }
    }

    /// Whether two are the same file.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        std::ptr::eq(self.bytes(), other.bytes()) || self.bytes() == other.bytes()
    }

    /// The font in it, the first of a collection.
    pub(super) fn font(&self) -> Option<FontRef<'_>> {
        FontRef::from_index(self.bytes(), 0).ok()
    }
}

/// A glyph at a size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Which face, or [`MISSING`].
    pub face: u8,
    /// Made heavier.
    pub heavy: bool,
    /// Dots to the em.
    pub px: u16,
    /// Its number in the face.
    pub id: u16,
}

impl Hash for Key {
    /// All of it at once: a label has a hundred.
    fn hash<H: Hasher>(&self, state: &mut H) {
        let face = u64::from(self.face) << 1 | u64::from(self.heavy);
        state.write_u64(face << 32 | u64::from(self.px) << 16 | u64::from(self.id));
    }
}

/// A glyph ready to be set.
#[derive(Clone, Debug)]
pub struct Glyph {
    /// Which it is.
    pub key: Key,
    /// What is printed.
    pub dots: Dots,
    /// How far the pen moves, in dots.
    pub advance: i32,
}

/// The fonts of a label and the dots made of them so far.
pub struct Fonts {
    files: Vec<File>,
    /// The same files, prepared for shaping.
    shaped: Vec<Font>,
    glyphs: Vec<Glyph>,
    /// Where in `glyphs` each is.
    slots: FxHashMap<Key, Slot>,
    faces: Faces,
    letters: Letters,
}

/// The place of a glyph among those made so far: found once, it is looked up no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot(NonZeroU32);

impl Slot {
    /// Its number, counted from zero in the order of making.
    pub(super) fn number(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// The glyph of a character by itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    /// Its face.
    pub(super) face: u8,
    /// Its number in the face.
    pub(super) id: u16,
    /// Whether it is as wide as the em, as ideographs are: its advance at a size is the size.
    pub(super) square: bool,
}

impl Found {
    fn new(file: &File, face: u8, character: char) -> Option<Self> {
        let font = file.font()?;
        let glyph = font.charmap().map(character)?;
        let (size, location) = (Size::unscaled(), LocationRef::default());
        let em = f32::from(font.metrics(size, location).units_per_em);
        let square = font.glyph_metrics(size, location).advance_width(glyph) == Some(em);
        Some(Self { face, id: u16::try_from(glyph.to_u32()).ok()?, square })
    }
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fonts").field("glyphs", &self.glyphs.len()).finish_non_exhaustive()
    }
}

impl Fonts {
    /// The embedded faces, then `given` ones (TrueType or OpenType) for what they lack.
    ///
    /// # Errors
    /// [`BadFont`] if one of `given` is not a font.
    pub fn new(given: Vec<Arc<Vec<u8>>>) -> Result<Self, BadFont> {
        let embedded = [BOLD, REGULAR].map(Bytes::Embedded);
        let files: Vec<File> =
            embedded.into_iter().chain(given.into_iter().map(Bytes::Given)).map(File).collect();
        let shaped = files.iter().map(|file| match &file.0 {
            Bytes::Embedded(bytes) => Font::new(*bytes, 0),
            Bytes::Given(bytes) => Font::new(bytes.clone() as Arc<dyn AsRef<[u8]> + Send + Sync>, 0),
        });
        let shaped = shaped.collect::<Option<Vec<_>>>().ok_or(BadFont)?;
        if files.len() >= usize::from(MISSING) || files.iter().any(|file| file.font().is_none()) {
            return Err(BadFont);
        }
        let (glyphs, slots) = (Vec::new(), FxHashMap::default());
        Ok(Self { files, shaped, glyphs, slots, faces: Faces::default(), letters: Letters::default() })
    }

    /// The files, in the order of [`Key::face`].
    #[must_use]
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// A face, prepared for shaping.
    pub(super) fn shaped(&self, face: u8) -> &Font {
        &self.shaped[usize::from(face)]
    }

    /// Makes a glyph, if it is not among those made.
    pub fn slot(&mut self, key: Key) -> Slot {
        let (files, glyphs) = (&self.files, &mut self.glyphs);
        *self.slots.entry(key).or_insert_with(|| {
            glyphs.push(make(files, key));
            // Counted from one, so that none takes no room.
            Slot(NonZeroU32::MIN.saturating_add(glyphs.len() as u32 - 1))
        })
    }

    /// The dots and the advance of a glyph that these fonts made.
    ///
    /// # Panics
    /// If other fonts made it, and these have not as many.
    #[must_use]
    pub fn glyph(&self, slot: Slot) -> &Glyph {
        &self.glyphs[slot.number()]
    }

    /// The face and glyph for a character by itself; `None` if no font has it.
    pub(super) fn find(&mut self, character: char, bold: bool) -> Option<Found> {
        let files = &self.files;
        self.faces.of(character, || {
            let from = |first: u8| {
                let mut faces = files.iter().zip(0..).skip(usize::from(first));
                faces.find_map(|(file, face)| Found::new(file, face, character))
            };
            [from(REGULAR_AT), from(BOLD_AT)]
        })[usize::from(bold)]
    }

    /// Whether a face has a character.
    pub(super) fn has(&self, face: u8, character: char) -> bool {
        let file = self.files.get(usize::from(face));
        file.and_then(File::font).is_some_and(|font| font.charmap().map(character).is_some())
    }

    /// Whether the bold face has the whole of a text.
    pub(super) fn bold_has(&mut self, text: &str) -> bool {
        text.chars().all(|character| self.find(character, true).is_some_and(|found| found.face == BOLD_AT))
    }
}

fn make(files: &[File], key: Key) -> Glyph {
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

    /// Every character of GB 2312, by way of its encoding.
    fn gb2312() -> String {
        let pairs = (0xB0..=0xF7).flat_map(|row| (0xA1..=0xFE).map(move |cell| [row, cell]));
        // Five cells at the end of row D7 are empty.
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
        for names in [include_str!("font/names.txt"), include_str!("font/surnames.txt")] {
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
