//! Columns of text on a terminal.

/// Pads text with spaces to a width in terminal columns; an ideograph takes two columns.
pub fn pad(text: &str, width: usize) -> String {
    let used = unicode_width::UnicodeWidthStr::width(text);
    format!("{text}{}", " ".repeat(width.saturating_sub(used)))
}
