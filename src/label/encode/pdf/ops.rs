//! A label as content stream operators (ISO 32000-1, clauses 8 and 9). The unit is a dot, and y points downwards.

use super::face::Face;
use super::label::PdfLabel;
use crate::label::drawing::GlyphRun;
use crate::label::font::{File, MISSING};
use crate::label::text::{PlacedGlyph, is_rtl, is_simple};
use pdf_writer::{Content, Name, Str, TextStr, types::TextRenderingMode};

/// Draws a label and adds its glyphs to the faces.
pub(super) fn draw(ops: &mut Content, label: &PdfLabel, faces: &mut Vec<Face>) {
    let mut black = None;
    for rect in label.drawing.rects() {
        // One path per colour: fewer bytes, and no seams between neighbours.
        if black != Some(rect.black) {
            if black.is_some() {
                ops.fill_nonzero();
            }
            ops.set_fill_gray(if rect.black { 0.0 } else { 1.0 });
            black = Some(rect.black);
        }
        ops.rect(rect.x as f32, rect.y as f32, rect.width as f32, rect.height as f32);
    }
    if black.is_some() {
        ops.fill_nonzero();
    }
    ops.set_fill_gray(0.0);
    symbol(ops, label);
    picture(ops, label);
    for run in label.drawing.runs() {
        let Some(clip) = &run.clip else {
            text(ops, label, run, faces);
            continue;
        };
        ops.save_state();
        ops.rect(clip.x as f32, clip.y as f32, clip.width as f32, clip.height as f32);
        ops.clip_nonzero().end_path();
        text(ops, label, run, faces);
        ops.restore_state();
    }
}

fn symbol(ops: &mut Content, label: &PdfLabel) {
    let [left, top, dots] = label.symbol;
    for (row, y) in label.modules.rows().iter().zip(0..) {
        let mut x = 0;
        while x < label.modules.size() {
            let dark = |x: usize| row >> (63 - x) & 1 == 1;
            let long = (x..label.modules.size()).take_while(|x| dark(*x)).count();
            if long > 0 {
                let at = |module: usize| module as i32 * dots;
                ops.rect((left + at(x)) as f32, (top + y * dots) as f32, at(long) as f32, dots as f32);
            }
            x += long + 1;
        }
    }
    ops.fill_nonzero();
}

fn picture(ops: &mut Content, label: &PdfLabel) {
    let Some((dots, left, top)) = label.drawing.picture() else { return };
    for (x, y, long) in dots.runs() {
        ops.rect((left + x) as f32, (top + y) as f32, long as f32, 1.0);
    }
    ops.fill_nonzero();
}

fn text(ops: &mut Content, label: &PdfLabel, run: &GlyphRun, faces: &mut Vec<Face>) {
    let (said, glyphs) = (label.drawing.text(run), label.drawing.glyphs(run));
    let grey = if run.black { 0.0 } else { 1.0 };
    ops.set_fill_gray(grey).set_stroke_gray(grey);
    // Where glyphs do not map to single characters, the text is added as `ActualText`. Not for right-to-left text:
    // viewers reorder it themselves and would reverse it twice.
    let shaped = !is_simple(said) && !is_rtl(said);
    if shaped {
        ops.begin_marked_content_with_properties(Name(b"Span")).properties().actual_text(TextStr(said));
    }
    ops.begin_text();
    let mut rest = glyphs;
    while let Some(first) = rest.first() {
        let long = rest.iter().take_while(|glyph| joins(first, glyph)).count();
        let (stretch, after) = rest.split_at(long);
        if let Some(file) = label.fonts.get(usize::from(first.key.face)) {
            show_segment(ops, file, run, said, (glyphs, stretch), faces);
        }
        rest = after;
    }
    ops.end_text();
    if shaped {
        ops.end_marked_content();
    }
    for missing in glyphs.iter().filter(|glyph| glyph.key.face == MISSING) {
        boxed(ops, run, missing);
    }
}

fn joins(first: &PlacedGlyph, glyph: &PlacedGlyph) -> bool {
    (glyph.key.face, glyph.key.heavy, glyph.y) == (first.key.face, first.key.heavy, first.y)
}

/// Glyphs of one face on one baseline.
fn show_segment(
    ops: &mut Content,
    file: &File,
    run: &GlyphRun,
    said: &str,
    (all, glyphs): (&[PlacedGlyph], &[PlacedGlyph]),
    faces: &mut Vec<Face>,
) {
    let at = faces.iter().position(|face| face.is(file)).unwrap_or_else(|| {
        faces.push(Face::new(file.clone(), faces.len()));
        faces.len() - 1
    });
    let Some(face) = faces.get_mut(at) else { return };
    let (first, size) = (&glyphs[0], f32::from(run.px));
    ops.set_font(Name(face.name().as_bytes()), size);
    if first.key.heavy {
        ops.set_text_rendering_mode(TextRenderingMode::FillStroke).set_line_width(size / 24.0);
    } else {
        ops.set_text_rendering_mode(TextRenderingMode::Fill);
    }
    // Flip y again, so that letters are upright.
    let (x, y) = ((run.x + first.x) as f32, (run.baseline - first.y) as f32);
    ops.set_text_matrix([1.0, 0.0, 0.0, -1.0, x, y]);
    let mut show = ops.show_positioned();
    let mut items = show.items();
    let mut pen = first.x as f32;
    for glyph in glyphs {
        let aside = glyph.x as f32 - pen;
        if aside.abs() > 0.01 {
            items.adjust(-aside * 1000.0 / size);
        }
        let (code, width) = face.glyph(glyph.key.id, meaning(said, all, glyph));
        items.show(Str(&code.to_be_bytes()));
        pen = glyph.x as f32 + width * size / 1000.0;
    }
}

/// The characters of a glyph: those of its cluster for the first glyph of a cluster, otherwise none.
fn meaning<'t>(said: &'t str, all: &[PlacedGlyph], glyph: &PlacedGlyph) -> &'t str {
    let first = all.iter().find(|other| other.at == glyph.at);
    if !first.is_some_and(|first| first.x == glyph.x && first.key == glyph.key) {
        return "";
    }
    let from = glyph.at as usize;
    let next = all.iter().map(|other| other.at as usize).filter(|at| *at > from).min();
    said.get(from..next.unwrap_or(said.len())).unwrap_or_default()
}

/// A hollow box for a missing character, as in print.
fn boxed(ops: &mut Content, run: &GlyphRun, glyph: &PlacedGlyph) {
    let size = f32::from(run.px);
    let (x, y) = ((run.x + glyph.x) as f32 + size / 10.0, run.baseline as f32 - size * 0.7);
    ops.set_line_width(2.0).rect(x + 1.0, y + 1.0, size * 0.8 - 2.0, size * 0.8 - 2.0).stroke();
}
