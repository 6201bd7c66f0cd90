//! Cells that a spreadsheet would take for formulas, guarded in files of rejects.
//!
//! A spreadsheet evaluates a cell of a CSV that begins with `=`, `+`, `-` or `@`, and what it evaluates may call programs.
//! Rejects are opened in one to be corrected, so such a cell is written with an apostrophe before it, which is taken off
//! when the file is read again. A cell that has apostrophes before such a character already gets one more: every text
//! is read back as it was.

/// The columns added to rejects; a file that has the first two is one of rejects.
pub const ADDED: [&str; 5] = ["reject_line", "reject_reason", "reject_text", "reject_input", "reject_sealed"];

/// What stands before the cell in a file that a spreadsheet may open. The cell itself is not copied: it may be personal.
#[must_use]
pub fn guard(cell: &str) -> &'static str {
    if is_formula(cell) { "'" } else { "" }
}

/// The cell as it was before it had its [guard].
#[must_use]
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(cell)
}

/// Whether a file with these columns is one of rejects.
pub(super) fn is_of_rejects(header: &[String]) -> bool {
    ADDED[..2].iter().all(|added| header.iter().any(|name| name == added))
}

/// Whether a spreadsheet takes the cell, or the cell without apostrophes before it, for a formula. Full-width signs are
/// typed for the others in East Asia; a tab or line break in front is skipped.
fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_begin_with_an_apostrophe_and_nothing_else_does() {
        for (cell, written) in [
            ("=cmd|'/C calc'!A0", "'=cmd|'/C calc'!A0"),
            ("+86 13812345678", "'+86 13812345678"),
            ("-1", "'-1"),
            ("@SUM(1)", "'@SUM(1)"),
            ("\t=1", "'\t=1"),
            ("'=1", "''=1"),
            ("＝1", "'＝1"),
            ("王芳", "王芳"),
            ("'s-Hertogenbosch", "'s-Hertogenbosch"),
            ("", ""),
        ] {
            assert_eq!(format!("{}{cell}", guard(cell)), written);
            assert_eq!(unguarded(written), cell);
        }
    }

    proptest! {
        #[test]
        fn every_cell_is_read_back_as_it_was(cell in "'{0,3}[=+@a王\t-]{0,2}[a='王 ]{0,4}") {
            let written = format!("{}{cell}", guard(&cell));
            prop_assert_eq!(unguarded(&written), &*cell);
            prop_assert!(!written.starts_with(['=', '+', '-', '@', '\t', '\r']));
        }
    }
}
