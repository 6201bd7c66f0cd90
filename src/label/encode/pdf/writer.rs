//! The PDF file: pages are streamed; fonts and the cross-reference table follow.

use super::face::Face;
use super::grid::{PdfGrid, points};
use super::label::PdfLabel;
use super::ops;
use pdf_writer::{Chunk, Content, Filter, Finish, Name, Rect, Ref, Str, TextStr};
use std::io::{self, Write};

const CATALOG: Ref = Ref::new(1);
const PAGES: Ref = Ref::new(2);
const INFO: Ref = Ref::new(3);
const FIRST_FREE: i32 = 4;

/// The page format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    /// One label per page, of the label's size.
    #[default]
    Label,
    /// A4, 210 × 297 mm, as many labels as fit.
    A4,
    /// Letter, 215.9 × 279.4 mm, as many labels as fit.
    Letter,
}

/// A PDF file being written. It is complete when [`finish`](Self::finish) has returned.
pub struct PdfWriter<W: Write> {
    out: W,
    paper: Paper,
    /// Number of bytes written, and the offset of each object.
    written: u64,
    objects: Vec<Option<u64>>,
    pages: Vec<Ref>,
    faces: Vec<Face>,
    /// The unfinished page: its content, and the number of labels on it.
    open: Option<(Content, usize, [f32; 2])>,
}

impl<W: Write> PdfWriter<W> {
    /// Starts a file on `out`.
    ///
    /// # Errors
    /// I/O errors of `out`.
    pub fn new(out: W, paper: Paper) -> io::Result<Self> {
        let (objects, pages, faces) = (vec![None; FIRST_FREE as usize], Vec::new(), Vec::new());
        let mut pdf = Self { out, paper, written: 0, objects, pages, faces, open: None };
        // Bytes above 127 in a comment mark the file as binary.
        pdf.write(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")?;
        Ok(pdf)
    }

    /// Appends a label.
    ///
    /// # Errors
    /// I/O errors of `out`.
    pub fn add(&mut self, label: &PdfLabel) -> io::Result<()> {
        let size = [label.page.width_mm, label.page.height_mm].map(|mm| points(mm as f32));
        let sheet = match self.paper {
            Paper::Label => size,
            Paper::A4 => [210.0, 297.0].map(points),
            Paper::Letter => [612.0, 792.0],
        };
        let grid = PdfGrid::new(sheet, size);
        let (mut ops, mut count, _) = match self.open.take() {
            Some(open) if open.2 == sheet && open.1 < grid.room() => open,
            other => {
                self.open = other;
                self.close_page()?;
                (Content::new(), 0, sheet)
            }
        };
        ops.save_state().transform(grid.place(count));
        let dot = size[0] / label.dots[0];
        // From here on the unit is a dot and y points downwards, as in the printer.
        ops.transform([dot, 0.0, 0.0, -dot, 0.0, size[1]]);
        ops::draw(&mut ops, label, &mut self.faces);
        ops.restore_state();
        count += 1;
        self.open = Some((ops, count, sheet));
        if count >= grid.room() { self.close_page() } else { Ok(()) }
    }

    /// Writes the last page, the fonts and the cross-reference table; returns `out`.
    ///
    /// # Errors
    /// I/O errors of `out`.
    pub fn finish(mut self) -> io::Result<W> {
        self.close_page()?;
        let mut fonts = Vec::new();
        for face in std::mem::take(&mut self.faces) {
            let refs = [(); 5].map(|()| self.object());
            face.write(refs, &mut |id, chunk| self.chunk(id, chunk))?;
            fonts.push((face, refs[0]));
        }
        // The resource dictionary of all pages.
        let mut chunk = Chunk::new();
        let mut pages = chunk.pages(PAGES);
        pages.count(self.pages.len() as i32).kids(self.pages.iter().copied());
        let mut resources = pages.resources();
        let mut dictionary = resources.fonts();
        for (face, reference) in &fonts {
            dictionary.pair(Name(face.name().as_bytes()), *reference);
        }
        dictionary.finish();
        resources.finish();
        pages.finish();
        self.chunk(PAGES, &chunk)?;
        let mut chunk = Chunk::new();
        let mut catalog = chunk.indirect(CATALOG).dict();
        catalog.pair(Name(b"Type"), Name(b"Catalog")).pair(Name(b"Pages"), PAGES);
        // A viewer that fits pages to its paper shrinks the modules of the codes.
        let mut wishes = catalog.insert(Name(b"ViewerPreferences")).dict();
        wishes.pair(Name(b"PrintScaling"), Name(b"None")).pair(Name(b"PickTrayByPDFSize"), true);
        wishes.finish();
        catalog.finish();
        self.chunk(CATALOG, &chunk)?;
        let mut chunk = Chunk::new();
        chunk
            .indirect(INFO)
            .dict()
            .pair(Name(b"Title"), TextStr("Labels"))
            .pair(Name(b"Producer"), Str(b"wayseal"));
        self.chunk(INFO, &chunk)?;
        self.index()?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn close_page(&mut self) -> io::Result<()> {
        let Some((ops, _, [width, height])) = self.open.take() else { return Ok(()) };
        let (page, content) = (self.object(), self.object());
        let packed = fdeflate::compress_to_vec(&ops.finish());
        let mut chunk = Chunk::new();
        chunk.stream(content, &packed).filter(Filter::FlateDecode);
        self.chunk(content, &chunk)?;
        let mut chunk = Chunk::new();
        let sheet = Rect::new(0.0, 0.0, width, height);
        chunk.page(page).parent(PAGES).contents(content).media_box(sheet).crop_box(sheet).trim_box(sheet);
        self.chunk(page, &chunk)?;
        self.pages.push(page);
        Ok(())
    }

    fn object(&mut self) -> Ref {
        self.objects.push(None);
        Ref::new(self.objects.len() as i32 - 1)
    }

    /// Writes one object.
    fn chunk(&mut self, id: Ref, chunk: &Chunk) -> io::Result<()> {
        self.objects[id.get() as usize] = Some(self.written);
        self.write(chunk.as_bytes())
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)?;
        self.written += bytes.len() as u64;
        Ok(())
    }

    /// Writes the cross-reference table and the trailer (ISO 32000-1, 7.5.4 and 7.5.5). Entries have twenty bytes.
    fn index(&mut self) -> io::Result<()> {
        let from = self.written;
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", self.objects.len());
        for offset in self.objects.iter().skip(1) {
            table += &match offset {
                Some(offset) => format!("{offset:010} 00000 n \n"),
                None => "0000000000 65535 f \n".to_owned(),
            };
        }
        table += &format!(
            "trailer\n<< /Size {} /Root {} 0 R /Info {} 0 R >>\nstartxref\n{from}\n%%EOF\n",
            self.objects.len(),
            CATALOG.get(),
            INFO.get()
        );
        self.write(table.as_bytes())
    }
}
