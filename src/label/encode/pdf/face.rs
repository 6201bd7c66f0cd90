//! An embedded font (ISO 32000-1, 9.7): the used glyphs, renumbered in the order of first use.

use crate::label::font::File;
use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Chunk, Filter, Finish, Name, Rect, Ref, Str};
use skrifa::raw::ReadError;
use skrifa::{FontRef, GlyphId, MetadataProvider, instance::LocationRef, instance::Size, string::StringId};
use std::collections::BTreeMap;
use std::io;
use subsetter::GlyphRemapper;

const INFO: SystemInfo<'_> =
    SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// A font face and its used glyphs.
pub(super) struct Face {
    file: File,
    name: String,
    glyphs: GlyphRemapper,
    /// By code: the advance in thousandths of an em, and the text.
    used: BTreeMap<u16, (f32, String)>,
}

impl Face {
    pub(super) fn new(file: File, at: usize) -> Self {
        Self { file, name: format!("F{at}"), glyphs: GlyphRemapper::new(), used: BTreeMap::new() }
    }

    pub(super) fn is(&self, file: &File) -> bool {
        self.file.is(file)
    }

    /// The resource name of the font in content streams.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The code of a glyph, and its advance in thousandths of an em.
    pub(super) fn glyph(&mut self, id: u16, meaning: &str) -> (u16, f32) {
        let code = self.glyphs.remap(id);
        let file = &self.file;
        let (advance, said) =
            self.used.entry(code).or_insert_with(|| (advance(file, id), meaning.to_owned()));
        if said.is_empty() {
            said.push_str(meaning);
        }
        (code, *advance)
    }

    /// Writes the font's objects; the first of `refs` is the font dictionary.
    pub(super) fn write(
        &self,
        [font_at, cid_at, descriptor_at, file_at, cmap_at]: [Ref; 5],
        write: &mut dyn FnMut(Ref, &Chunk) -> io::Result<()>,
    ) -> io::Result<()> {
        let font = self.file.font().ok_or(BadSubset::Unreadable)?;
        let subset = subsetter::subset(self.file.bytes(), 0, &self.glyphs).map_err(BadSubset::NotCut)?;
        let cut = FontRef::new(&subset).map_err(BadSubset::NotReadBack)?;
        let cff = cut.table_data(skrifa::Tag::new(b"CFF ")).map(|table| table.as_bytes().to_vec());
        let name = font.localized_strings(StringId::POSTSCRIPT_NAME).english_or_first();
        let name: String = name.map(|name| name.chars().collect()).unwrap_or_default();
        let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(60).collect();
        let name = format!("WAYSEA+{name}");
        let name = Name(name.as_bytes());

        let mut chunk = Chunk::new();
        let mut entry = chunk.type0_font(font_at);
        entry
            .base_font(name)
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(cid_at)
            .to_unicode(cmap_at);
        entry.finish();
        write(font_at, &chunk)?;

        let mut chunk = Chunk::new();
        let mut entry = chunk.cid_font(cid_at);
        entry.subtype(if cff.is_some() { CidFontType::Type0 } else { CidFontType::Type2 });
        entry.base_font(name).system_info(INFO).font_descriptor(descriptor_at).default_width(1000.0);
        if cff.is_none() {
            entry.cid_to_gid_map_predefined(Name(b"Identity"));
        }
        let mut widths = entry.widths();
        for (code, (advance, _)) in &self.used {
            widths.consecutive(*code, [*advance]);
        }
        widths.finish();
        entry.finish();
        write(cid_at, &chunk)?;

        let metrics = font.metrics(Size::new(1000.0), LocationRef::default());
        let bounds = metrics.bounds.unwrap_or_default();
        let mut chunk = Chunk::new();
        let mut entry = chunk.font_descriptor(descriptor_at);
        entry.name(name).flags(FontFlags::SYMBOLIC).italic_angle(0.0).stem_v(80.0);
        entry.bbox(Rect::new(bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max));
        entry.ascent(metrics.ascent).descent(metrics.descent);
        entry.cap_height(metrics.cap_height.unwrap_or(metrics.ascent));
        if cff.is_some() {
            entry.font_file3(file_at)
        } else {
            entry.font_file2(file_at)
        };
        entry.finish();
        write(descriptor_at, &chunk)?;

        let packed = fdeflate::compress_to_vec(cff.as_deref().unwrap_or(&subset));
        let mut chunk = Chunk::new();
        let mut entry = chunk.stream(file_at, &packed);
        entry.filter(Filter::FlateDecode);
        if cff.is_some() {
            entry.pair(Name(b"Subtype"), Name(b"CIDFontType0C"));
        } else {
            entry.pair(Name(b"Length1"), subset.len() as i32);
        }
        entry.finish();
        write(file_at, &chunk)?;

        let mut cmap = UnicodeCmap::new(Name(b"Adobe-Identity-UCS"), INFO);
        for (code, (_, said)) in &self.used {
            if !said.is_empty() {
                cmap.pair_with_multiple(*code, said.chars());
            }
        }
        let mut chunk = Chunk::new();
        let bytes = cmap.finish();
        chunk.stream(cmap_at, &bytes);
        write(cmap_at, &chunk)
    }
}

/// The error of embedding a font.
#[derive(Debug, thiserror::Error)]
#[error("a font file cannot be reduced to the used glyphs")]
enum BadSubset {
    Unreadable,
    NotCut(#[source] subsetter::Error),
    NotReadBack(#[source] ReadError),
}

impl From<BadSubset> for io::Error {
    fn from(error: BadSubset) -> Self {
        Self::new(io::ErrorKind::InvalidData, error)
    }
}

fn advance(file: &File, id: u16) -> f32 {
    let font = file.font();
    let metrics = font.as_ref().map(|font| font.glyph_metrics(Size::new(1000.0), LocationRef::default()));
    metrics.and_then(|metrics| metrics.advance_width(GlyphId::from(id))).unwrap_or(1000.0)
}
