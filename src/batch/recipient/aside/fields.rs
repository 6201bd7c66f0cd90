//! Labelled fields within a cell: `电话：13812345678`.

use super::parts::{Field, FieldKind, Holds, Parts};
use super::range::without_brackets;
use super::words::{LABELS, WHOSE};
use std::ops::Range;

/// Splits a cell at labels; what is under no label, or under the label of its own kind, is itself.
pub(super) fn take_fields(cell: &str, holds: Holds, parts: &mut Parts) {
    let own = if holds == Holds::Name { FieldKind::Name } else { FieldKind::Address };
    if !(cell.contains([':', '：']) || holds == Holds::Name && cell.contains([' ', '\u{3000}'])) {
        return;
    }
    let labels = labels(cell, holds);
    let Some((first, _, _)) = labels.first() else { return };
    let head = without_brackets(cell, 0..first.start);
    let mut taken = if head.is_empty() { None } else { Some(head) };
    for (at, (label, kind, value)) in labels.iter().enumerate() {
        let end = labels.get(at + 1).map_or(cell.len(), |next| next.0.start);
        let whole = without_brackets(cell, label.start..end);
        let value = without_brackets(cell, *value..end);
        if *kind == own && taken.is_none() && !value.is_empty() {
            taken = Some(value);
            parts.labelled = true;
        } else {
            parts.fields.push(Field { kind: *kind, whole, value });
        }
    }
    match taken {
        Some(range) => parts.own = range,
        // Labels alone: it stays as it is.
        None => parts.fields.clear(),
    }
}

/// The labels of a cell in order: range, kind, and where the value begins. Before a name a blank may stand for the colon.
fn labels(cell: &str, holds: Holds) -> Vec<(Range<usize>, FieldKind, usize)> {
    let mut found: Vec<(Range<usize>, FieldKind, usize)> = Vec::new();
    let mut at = 0;
    while let Some(c) = cell[at..].chars().next() {
        let label = LABELS.iter().find_map(|(label, kind)| {
            let rest = cell[at..].strip_prefix(label)?;
            let value = rest.trim_start().strip_prefix([':', '：']).or_else(|| {
                let leads = holds == Holds::Name && at == 0 && *kind == FieldKind::Name;
                rest.strip_prefix([' ', '\u{3000}']).filter(|_| leads)
            })?;
            let own = WHOSE.iter().find(|word| cell[..at].ends_with(**word)).map_or(0, |word| word.len());
            Some((at - own..at + label.len(), *kind, cell.len() - value.len()))
        });
        at = label.as_ref().map_or(at + c.len_utf8(), |label| label.2);
        found.extend(label);
    }
    found
}
