//! Lines of text as bitmaps: nearly all bytes of a self-contained label. Repeated lines, such as a station's or a
//! sender's, are cached as commands.

use super::language::PrinterLanguage;
use super::parts;
use crate::label::area::Area;
use crate::label::canvas::Canvas;
use crate::label::compose::Sketch;
use crate::label::drawing::GlyphRun;
use crate::label::text::PlacedGlyph;
use rustc_hash::FxBuildHasher;
use std::hash::{BuildHasher as _, Hasher as _};

/// Most cached lines.
const KEPT: usize = 2048;

/// The cache of lines.
#[derive(Default)]
pub(super) struct NativeLines {
    /// By the hash of a line. Empty before the second label, since a job may have only one.
    kept: Vec<NativeLine>,
    /// By position: the hash of its last line, and of the last different one. A line is cached when it repeats.
    /// Most lines, such as addresses, occur once; they displace nothing, and their data stays out of the
    /// processor's cache.
    hashes: Vec<[u64; 2]>,
    /// The positions of the current label's lines.
    boxes: Vec<Area>,
    labels: u64,
}

/// A line of text as a bitmap.
#[derive(Default)]
struct NativeLine {
    glyphs: Vec<PlacedGlyph>,
    /// Offset from the start of the line.
    area: Area,
    commands: Vec<u8>,
}

impl NativeLines {
    /// Appends a label's lines. Appends nothing and returns false if the label has more than lines and bars, or if
    /// a line overlaps another, one of `taken`, or the page's edge.
    pub(super) fn add(
        &mut self,
        language: PrinterLanguage,
        label: &Sketch<'_>,
        taken: &[Area],
        canvas: &mut Canvas,
        out: &mut Vec<u8>,
    ) -> bool {
        self.labels += 1;
        if self.labels > 1 {
            self.kept.resize_with(KEPT, NativeLine::default);
            self.hashes.resize(KEPT, [0; 2]);
        }
        self.boxes.clear();
        let (start, page) = (out.len(), Area::of_page(label.page));
        let plain = label.own.picture.is_none() && parts::is_bars(&label.own, label.bars);
        let whole = plain
            && label.own.runs.iter().all(|run| {
                let Some(area) = self.line(language, label, run, canvas, out) else { return run.black };
                let apart = !taken.iter().chain(&self.boxes).any(|other| other.meets(&area));
                self.boxes.push(area);
                run.black && apart && page.holds(&area)
            });
        if !whole {
            out.truncate(start);
        }
        whole
    }

    /// Appends a line and returns its area; `None` for a line of spaces.
    fn line(
        &mut self,
        language: PrinterLanguage,
        label: &Sketch<'_>,
        run: &GlyphRun,
        canvas: &mut Canvas,
        out: &mut Vec<u8>,
    ) -> Option<Area> {
        let glyphs = label.own.drawing.glyphs(run);
        let at_pen = |area: Area, sign: i32| Area {
            x: area.x + sign * run.x,
            y: area.y + sign * run.baseline,
            ..area
        };
        let hash = hash(glyphs);
        let at = hash as usize % KEPT;
        // Where a line is cut depends on its place, which the cache does not have.
        let known = self.hashes.get_mut(at).filter(|_| run.clip.is_none());
        let here = known.as_ref().is_some_and(|[own, _]| *own == hash);
        if let Some(kept) = self.kept.get(at).filter(|kept| here && kept.is(glyphs)) {
            let area = at_pen(kept.area, 1);
            language.at(area.x, area.y, out);
            out.extend_from_slice(&kept.commands);
            return Some(area);
        }
        let area = parts::ink(&label.own, label.fonts, run)?;
        language.at(area.x, area.y, out);
        parts::draw(area, &[label.own.only(run)], label.fonts, language.black(), canvas);
        let commands = out.len();
        language.picture(canvas, out);
        if let (Some([own, other]), Some(kept)) = (known, self.kept.get_mut(at))
            && std::mem::replace(other, hash) == hash
        {
            *own = hash;
            kept.glyphs.clear();
            kept.glyphs.extend_from_slice(glyphs);
            kept.area = at_pen(area, -1);
            kept.commands.clear();
            kept.commands.extend_from_slice(&out[commands..]);
        }
        Some(area)
    }
}

impl NativeLine {
    fn is(&self, glyphs: &[PlacedGlyph]) -> bool {
        let alike = |(one, other): (&PlacedGlyph, &PlacedGlyph)| {
            (one.key, one.x, one.y) == (other.key, other.x, other.y)
        };
        !glyphs.is_empty() && self.glyphs.len() == glyphs.len() && self.glyphs.iter().zip(glyphs).all(alike)
    }
}

fn hash(glyphs: &[PlacedGlyph]) -> u64 {
    let mut hasher = FxBuildHasher.build_hasher();
    for glyph in glyphs {
        hasher.write_u64(u64::from(glyph.slot.number() as u32) << 32 | u64::from(glyph.x as u32));
    }
    hasher.finish()
}
