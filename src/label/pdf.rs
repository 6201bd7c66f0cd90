//! PDF 1.7 (ISO 32000-1): a page a label, the printer's dots as an image mask, and over them the text,
//! invisible, so that it is found and copied.

use crate::label::Composed;
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr, types};
use std::collections::BTreeMap;

const FONT: Name<'_> = Name(b"F");
const DOTS: Name<'_> = Name(b"D");
const CATALOG: Ref = Ref::new(1);
const PAGES: Ref = Ref::new(2);
const TYPE0: Ref = Ref::new(3);
const CID: Ref = Ref::new(4);
const DESCRIPTOR: Ref = Ref::new(5);
const CMAP: Ref = Ref::new(6);

/// A PDF in the making.
pub struct File {
    pdf: Pdf,
    next: i32,
    pages: Vec<Ref>,
    /// Characters used, each with its code.
    codes: BTreeMap<char, u16>,
}

impl Default for File {
    fn default() -> Self {
        Self::new()
    }
}

impl File {
    /// A file without pages.
    #[must_use]
    pub fn new() -> Self {
        Self { pdf: Pdf::new(), next: 7, pages: Vec::new(), codes: BTreeMap::new() }
    }

    fn object(&mut self) -> Ref {
        self.next += 1;
        Ref::new(self.next - 1)
    }

    /// Adds a page of the label's own size.
    pub fn page(&mut self, label: &Composed<'_>) {
        let (page, content, image) = (self.object(), self.object(), self.object());
        let points = |mm: u32| mm as f32 * 72.0 / 25.4;
        let (width, height) = (points(label.page.width_mm), points(label.page.height_mm));
        let dot = width / label.canvas.width() as f32;
        let mut ops = Content::new();
        ops.save_state().transform([width, 0.0, 0.0, height, 0.0, 0.0]).x_object(DOTS).restore_state();
        ops.begin_text().set_text_rendering_mode(types::TextRenderingMode::Invisible);
        for line in label.texts {
            let characters = line.text.chars().count();
            let mut bytes = Vec::with_capacity(characters * 2);
            for character in line.text.chars() {
                let next = self.codes.len() as u16 + 1;
                bytes.extend(self.codes.entry(character).or_insert(next).to_be_bytes());
            }
            let size = line.px as f32 * dot;
            // Every code is one em wide; the scale makes the line as long as it is in print.
            let scale = line.width as f32 * dot * 100.0 / (size * characters.max(1) as f32);
            ops.set_font(FONT, size).set_horizontal_scaling(scale);
            ops.set_text_matrix([
                1.0,
                0.0,
                0.0,
                1.0,
                line.x as f32 * dot,
                height - line.baseline as f32 * dot,
            ]);
            ops.show(Str(&bytes));
        }
        ops.end_text();
        self.pdf.stream(content, &ops.finish());
        let packed = fdeflate::compress_to_vec(label.canvas.bits());
        let mut mask = self.pdf.image_xobject(image, &packed);
        mask.bits_per_component(1).pair(Name(b"ImageMask"), true);
        mask.filter(Filter::FlateDecode);
        mask.width(label.canvas.width() as i32).height(label.canvas.height() as i32);
        // A set bit is ink; a mask's own sense is the reverse.
        mask.decode([1.0, 0.0]);
        mask.finish();
        let mut entry = self.pdf.page(page);
        entry.parent(PAGES).contents(content).media_box(Rect::new(0.0, 0.0, width, height));
        let mut resources = entry.resources();
        resources.x_objects().pair(DOTS, image);
        resources.fonts().pair(FONT, TYPE0);
        resources.finish();
        entry.finish();
        self.pages.push(page);
    }

    /// The whole file.
    #[must_use]
    pub fn finish(mut self) -> Vec<u8> {
        self.pdf.catalog(CATALOG).pages(PAGES);
        self.pdf.pages(PAGES).count(self.pages.len() as i32).kids(self.pages.iter().copied());
        let info = types::SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };
        let name = Name(b"NotoSansCJKsc-Regular");
        self.pdf
            .type0_font(TYPE0)
            .base_font(name)
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(CID)
            .to_unicode(CMAP);
        let mut cid = self.pdf.cid_font(CID);
        cid.subtype(types::CidFontType::Type0).base_font(name).system_info(info);
        cid.font_descriptor(DESCRIPTOR).default_width(1000.0);
        cid.finish();
        let mut descriptor = self.pdf.font_descriptor(DESCRIPTOR);
        descriptor.name(name).flags(types::FontFlags::SYMBOLIC).bbox(Rect::new(0.0, -120.0, 1000.0, 880.0));
        descriptor.italic_angle(0.0).ascent(880.0).descent(-120.0).cap_height(733.0).stem_v(80.0);
        descriptor.finish();
        let mut cmap = types::UnicodeCmap::new(Name(b"Adobe-Identity-UCS"), info);
        for (character, code) in &self.codes {
            cmap.pair(*code, *character);
        }
        self.pdf.cmap(CMAP, &cmap.finish());
        let title = self.object();
        self.pdf.document_info(title).title(TextStr("Labels"));
        self.pdf.finish()
    }
}
