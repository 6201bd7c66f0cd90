//! What becomes of the columns of a file, as a table.

use super::columns::pad;
use super::language::Language;
use super::language::columns as text;
use unicode_width::UnicodeWidthStr as _;
use wayseal::batch::columns::{Accounting, ColumnUse};

/// A row a column: its name, its fields, whether it is sealed and printed, or why it is not.
pub fn table(accounting: &Accounting, language: Language) -> Vec<String> {
    let heads = [text::COLUMN, text::FIELD, text::SEALED, text::PRINTED].map(|head| language.of(head));
    let yes = |is: bool| if is { language.of(text::YES) } else { "" };
    let row = |column: &ColumnUse| {
        [
            column.column.clone(),
            column.fields.join(" "),
            yes(column.sealed).to_owned(),
            yes(column.printed).to_owned(),
            language.remark_on(column).to_owned(),
        ]
    };
    let mut rows = vec![[heads[0], heads[1], heads[2], heads[3], ""].map(ToOwned::to_owned)];
    rows.extend(accounting.columns.iter().map(row));
    let width = |at: usize| rows.iter().map(|row| row[at].width()).max().unwrap_or_default();
    let widths = [width(0), width(1), width(2), width(3)];
    let line = |row: &[String; 5]| {
        let cells = row.iter().zip(widths).map(|(cell, width)| pad(cell, width));
        let text = cells.chain([row[4].clone()]).collect::<Vec<_>>().join("  ");
        text.trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}
