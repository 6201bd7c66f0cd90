//! An SVG to dots: parsed as XML 1.0, and every path outside of the text is drawn.

use super::numbers::SIDE_MAX;
use crate::label::Canvas;
use roxmltree::{Document, Node, ParsingOptions};

/// The most elements and attributes of a label.
const NODES_MAX: u32 = 100_000;

/// What the paths of a label draw; `None` if the file is not XML or not of that form.
pub(super) fn drawn(file: &[u8]) -> Option<Canvas> {
    let text = std::str::from_utf8(file).ok()?;
    let options = ParsingOptions { allow_dtd: false, nodes_limit: NODES_MAX, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).ok()?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" {
        return None;
    }
    let mut sides = root.attribute("viewBox")?.strip_prefix("0 0 ")?.split(' ').map(str::parse::<usize>);
    let (width, height) = (sides.next()?.ok()?, sides.next()?.ok()?);
    if sides.next().is_some() || width.max(height) > SIDE_MAX {
        return None;
    }
    let mut canvas = Canvas::new(width, height);
    for path in root.children().filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "path"))) {
        fill(path, &mut canvas)?;
    }
    Some(canvas)
}

/// Fills each rectangle of a path: `M x y h width v height h -width z`.
fn fill(path: Node<'_, '_>, canvas: &mut Canvas) -> Option<()> {
    let black = path.attribute("fill") != Some("#fff");
    let mut rest = path.attribute("d")?;
    while !rest.is_empty() {
        let mut next = |before: &str, after: &str| -> Option<i32> {
            let tail = rest.strip_prefix(before)?;
            let end = tail.find(after)?;
            rest = &tail[end..];
            tail[..end].parse().ok()
        };
        let (x, y) = (next("M", " ")?, next(" ", "h")?);
        let (width, height, back) = (next("h", "v")?, next("v", "h")?, next("h", "z")?);
        rest = &rest[1..];
        if width < 1 || height < 1 || back != -width {
            return None;
        }
        canvas.fill(x, y, width, height, black);
    }
    Some(())
}
