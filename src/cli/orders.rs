//! Orders of a file, held whole.

use crate::cli::failure::Failure;
use crate::cli::language::Language;
use std::path::Path;
use wayseal::batch::columns::{Column, ColumnChoices, examine_rows};
use wayseal::batch::gather::{Gather, Gathered};
use wayseal::batch::input::{InputError, Row, RowSource};
use wayseal::batch::order::Order;
use wayseal::batch::pipeline::supply;
use wayseal::batch::recipient::ReadingRules;
use wayseal::batch::reject::{Reason, Reject};
use wayseal::batch::seen::Seen;
use wayseal::batch::stations::Stations;

/// Rows that are looked at before the first order.
const AHEAD: usize = 1000;
/// Bytes of memory that they may take.
const AHEAD_BYTES: usize = 4 << 20;

/// The orders of a source, and the rows that are none.
pub fn orders(
    path: &Path,
    source: Result<RowSource, InputError>,
    choices: &ColumnChoices,
    stations: &Stations,
    rules: ReadingRules,
    seen: &mut Seen,
    language: Language,
) -> Result<Vec<Result<Order, Reject>>, Failure> {
    let fail = |error: &InputError| Failure::input(format!("{}: {}", path.display(), language.input(error)));
    let problems = |error: &_| Failure::input(format!("{}: {}", path.display(), language.mapping(error)));
    let mut source = source.map_err(|error| fail(&error))?;
    // Columns of unknown names are looked at in some rows: all of a file may be more than the memory holds.
    let (mut ahead, mut held) = (Vec::new(), 0);
    while ahead.len() < AHEAD && held < AHEAD_BYTES {
        let Some(row) = source.next_row() else { break };
        let row = row.map_err(|error| fail(&error))?;
        held += row.held();
        ahead.push(row);
    }
    let mut choices = choices.clone();
    supply(&mut choices, stations, false);
    let mapping = examine_rows(source.header(), &ahead, &choices).map_err(|error| problems(&error))?;
    let mut orders = Vec::new();
    let mut gather = Gather::default();
    let mut order = |gathered: Gathered| {
        let (row, _) = gathered.split();
        let order = Order::new(&mapping, stations, rules, row).map_err(|rejected| *rejected.reject);
        orders.push(order.and_then(|order| {
            if seen.is_new(&order.waybill) {
                Ok(order)
            } else {
                Err(Reject::new(order.line, Column::Waybill, Reason::Duplicate))
            }
        }));
    };
    for row in ahead.into_iter().map(Ok).chain(source) {
        let row: Row = row.map_err(|error| fail(&error))?;
        if let Some(gathered) = gather.push(&mapping, row) {
            order(gathered);
        }
    }
    if let Some(gathered) = gather.finish(&mapping) {
        order(gathered);
    }
    Ok(orders)
}
