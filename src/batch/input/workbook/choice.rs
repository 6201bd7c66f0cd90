//! Which sheet of a workbook is read.
//!
//! One that is named; else the only one with content; else the only one whose columns have known names, if no other could
//! hold orders. Whatever could lose orders in silence is refused until a sheet is named.

use super::ahead::first_rows;
use super::book::Book;
use super::row::RowCells;
use crate::batch::input::error::InputError;
use crate::batch::input::header::{clean_name, is_header};
use crate::batch::input::options::InputOptions;
use crate::batch::input::remark::InputRemark;

/// What the first rows of a sheet look like.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SheetContent {
    Nothing,
    /// One row, or one column: a note.
    Note,
    /// Several rows of several columns, without known names.
    Table,
    /// A table with known names of columns.
    Orders,
}

/// The index of the sheet, and what people should know of the others.
pub(super) fn choose(book: &Book, options: &InputOptions) -> Result<(usize, Vec<InputRemark>), InputError> {
    let names: Vec<String> = book.sheets().iter().map(|sheet| clean_name(&sheet.name)).collect();
    let contents: Vec<SheetContent> =
        (0..names.len()).map(|at| content(book, at, options)).collect::<Result<_, _>>()?;
    let filled = |at: &usize| contents[*at] != SheetContent::Nothing;
    let of = |kept: &dyn Fn(usize) -> bool| {
        (0..names.len()).filter(filled).filter(|at| kept(*at)).collect::<Vec<_>>()
    };
    let read = match &options.sheet {
        Some(said) => {
            let number = || {
                said.parse::<usize>()
                    .ok()
                    .and_then(|number| number.checked_sub(1))
                    .filter(|at| *at < names.len())
            };
            let named = names.iter().position(|name| name == said);
            named.or_else(number).ok_or_else(|| InputError::NoSheet(names.clone()))?
        }
        None => {
            let orders = of(&|at| contents[at] == SheetContent::Orders);
            let shown = of(&|at| !book.sheets()[at].hidden);
            // A table without known names may continue the one before; a hidden one is usually a list to choose from.
            let tables = of(&|at| contents[at] == SheetContent::Table && !book.sheets()[at].hidden);
            match (&orders[..], &shown[..]) {
                ([only], _) if tables.is_empty() && shown.contains(only) => *only,
                ([], [only]) => *only,
                ([], []) => return Err(InputError::NoTable),
                _ => {
                    return Err(InputError::Sheets(
                        of(&|_| true).into_iter().map(|at| names[at].clone()).collect(),
                    ));
                }
            }
        }
    };
    let others: Vec<String> = of(&|at| at != read).into_iter().map(|at| names[at].clone()).collect();
    let remark = (!others.is_empty()).then(|| InputRemark::Sheet { read: names[read].clone(), others });
    Ok((read, remark.into_iter().collect()))
}

fn content(book: &Book, at: usize, options: &InputOptions) -> Result<SheetContent, InputError> {
    let found = InputOptions { header_row: None, ..options.clone() };
    let mut rows = book.rows(at)?;
    let rows = first_rows(&mut *rows, &mut RowCells::new(), &found)?;
    let wide = rows.iter().filter(|row| row.cells().filter(|cell| !cell.is_empty()).count() > 1).count();
    Ok(if rows.is_empty() {
        SheetContent::Nothing
    } else if rows.iter().any(|row| is_header(row.cells(), &found)) {
        SheetContent::Orders
    } else if wide > 1 {
        SheetContent::Table
    } else {
        SheetContent::Note
    })
}
