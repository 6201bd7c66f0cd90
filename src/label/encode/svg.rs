//! SVG 1.1: everything as vectors, in dots. Text is drawn with glyph outlines, each defined once, so that it looks
//! the same without the font. Its characters are in `aria-label`.

use crate::label::area::Area;
use crate::label::compose::Composed;
use crate::label::drawing::GlyphRun;
use crate::label::font::{File, GlyphKey, MISSING};
use skrifa::{
    GlyphId, MetadataProvider,
    instance::{LocationRef, Size},
    outline::{DrawSettings, OutlinePen},
};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Outline units per em.
const EM: f32 = 1000.0;

/// Encodes the label as an SVG file.
#[must_use]
pub fn encode(label: &Composed<'_>) -> String {
    let (width, height) = (label.canvas.width(), label.canvas.height());
    let mut body = String::new();
    rects(&mut body, label);
    codes(&mut body, label);
    let mut outlines = BTreeMap::new();
    for (run, number) in label.drawing.runs().iter().zip(0..) {
        if let Some(clip) = &run.clip {
            let Area { x, y, width, height } = clip;
            let _ = write!(
                body,
                "<clipPath id=\"c{number}\"><rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/></clipPath>\n\
                 <g clip-path=\"url(#c{number})\">"
            );
        }
        text(&mut body, label, run, &mut outlines);
        if run.clip.is_some() {
            body.push_str("</g>\n");
        }
    }
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
         width=\"{}mm\" height=\"{}mm\" viewBox=\"0 0 {width} {height}\">\n<defs>\n",
        label.page.width_mm, label.page.height_mm
    );
    for ((face, id), name) in &outlines {
        let path = label.fonts.get(usize::from(*face)).map(|file| outline(file, *id)).unwrap_or_default();
        // Writing to a String cannot fail.
        let _ = writeln!(out, "<path id=\"{name}\" d=\"{path}\"/>");
    }
    let _ =
        write!(out, "</defs>\n<rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n{body}</svg>\n");
    out
}

const fn colour(black: bool) -> &'static str {
    if black { "#000" } else { "#fff" }
}

/// Rules, bars and badges: one path per run of equal colour.
fn rects(out: &mut String, label: &Composed<'_>) {
    let rects = label.drawing.rects();
    for group in rects.chunk_by(|a, b| a.black == b.black) {
        let black = group.first().is_some_and(|rect| rect.black);
        let _ = write!(out, "<path shape-rendering=\"crispEdges\" fill=\"{}\" d=\"", colour(black));
        for rect in group {
            let _ = write!(out, "M{} {}h{}v{}h-{2}z", rect.x, rect.y, rect.width, rect.height);
        }
        out.push_str("\"/>\n");
    }
}

/// The symbol's modules, and the logo's dots.
fn codes(out: &mut String, label: &Composed<'_>) {
    let (symbol, modules) = (label.symbol, label.modules);
    let dots = symbol.choice.dots as usize;
    out.push_str("<path shape-rendering=\"crispEdges\" d=\"");
    for y in 0..modules.size() {
        let mut x = 0;
        while x < modules.size() {
            let long = (x..modules.size()).take_while(|x| modules.is_dark(*x, y)).count();
            if long > 0 {
                let (left, top) = (symbol.x + (x * dots) as i32, symbol.y + (y * dots) as i32);
                let _ = write!(out, "M{left} {top}h{0}v{dots}h-{0}z", long * dots);
            }
            x += long + 1;
        }
    }
    if let Some((logo, left, top)) = label.drawing.picture() {
        for (x, y, long) in logo.runs() {
            let _ = write!(out, "M{} {}h{long}v1h-{long}z", left + x, top + y);
        }
    }
    out.push_str("\"/>\n");
}

fn text(out: &mut String, label: &Composed<'_>, run: &GlyphRun, outlines: &mut BTreeMap<(u8, u16), String>) {
    let _ = write!(out, "<g fill=\"{}\" role=\"img\" aria-label=\"", colour(run.black));
    label.drawing.text(run).chars().for_each(|character| attribute(out, character));
    let scale = f32::from(run.px) / EM;
    let heavy = label.drawing.glyphs(run).iter().any(|glyph| glyph.key.heavy);
    let stroke = if heavy {
        format!(" stroke=\"{}\" stroke-width=\"{}\"", colour(run.black), EM / 24.0)
    } else {
        String::new()
    };
    let _ = writeln!(out, "\"{stroke}>");
    for glyph in label.drawing.glyphs(run) {
        let (x, y) = (run.x + glyph.x, run.baseline - glyph.y);
        let GlyphKey { face, id, .. } = glyph.key;
        if face == MISSING {
            let (size, px) = (f32::from(run.px) * 0.8, f32::from(run.px));
            let (x, y) = (x as f32 + px / 10.0 + 1.0, y as f32 - px * 0.7 + 1.0);
            let _ = writeln!(
                out,
                "<rect x=\"{x}\" y=\"{y}\" width=\"{0}\" height=\"{0}\" fill=\"none\" stroke=\"{1}\" \
                 stroke-width=\"2\"/>",
                size - 2.0,
                colour(run.black)
            );
            continue;
        }
        let name = outlines.entry((face, id)).or_insert_with(|| format!("g{face}-{id}"));
        let _ = writeln!(
            out,
            "<use xlink:href=\"#{name}\" transform=\"translate({x} {y}) scale({scale} -{scale})\"/>"
        );
    }
    out.push_str("</g>\n");
}

/// A character of an attribute. XML 1.0 has no place for some, however they are written (2.2 `Char`); the replacement
/// character says that one was there.
fn attribute(out: &mut String, character: char) {
    match character {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '"' => out.push_str("&quot;"),
        ' '..='\u{fffd}' | '\u{10000}'.. => out.push(character),
        _ => out.push(char::REPLACEMENT_CHARACTER),
    }
}

/// The outline of a glyph in thousandths of an em, y upwards; empty for a space.
fn outline(file: &File, id: u16) -> String {
    let mut path = SvgPath(String::new());
    if let Some(glyph) = file.font().as_ref().and_then(|font| font.outline_glyphs().get(GlyphId::from(id))) {
        let settings = DrawSettings::unhinted(Size::new(EM), LocationRef::default());
        // An unreadable outline is blank, as in print.
        let _ = glyph.draw(settings, &mut path);
    }
    path.0
}

/// SVG path data in integers.
struct SvgPath(String);

impl SvgPath {
    fn step(&mut self, letter: char, points: &[f32]) {
        self.0.push(letter);
        for (at, value) in points.iter().enumerate() {
            let _ = write!(self.0, "{}{}", if at == 0 { "" } else { " " }, value.round());
        }
    }
}

impl OutlinePen for SvgPath {
    fn move_to(&mut self, x: f32, y: f32) {
        self.step('M', &[x, y]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.step('L', &[x, y]);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.step('Q', &[cx, cy, x, y]);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.step('C', &[ax, ay, bx, by, x, y]);
    }

    fn close(&mut self) {
        self.0.push('z');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attribute_holds_what_xml_has_a_place_for() {
        let mut out = String::new();
        "a\u{0}\u{b}\u{1b}\t\n\u{fffe}\u{ffff}<&\"'>é\u{1f600}".chars().for_each(|c| attribute(&mut out, c));
        let replaced = "\u{fffd}".repeat(7);
        assert_eq!(out, format!("a{replaced}&lt;&amp;&quot;'>é\u{1f600}"));
    }
}
