//! Columns of text on a terminal.

/// Text filled up with spaces to a width in columns, of which an ideograph takes two.
pub fn pad(text: &str, width: usize) -> String {
    let used = unicode_width::UnicodeWidthStr::width(text);
    format!("{text}{}", " ".repeat(width.saturating_sub(used)))
}
