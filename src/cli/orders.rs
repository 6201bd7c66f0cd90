//! Orders of a file, held whole.

use crate::cli::failure::Failure;
use crate::cli::language::Language;
use std::path::Path;
use wayseal::batch::columns::{Column, Mapping};
use wayseal::batch::input::{InputError, RowSource};
use wayseal::batch::order::Order;
use wayseal::batch::recipient::ReadingRules;
use wayseal::batch::reject::{Reason, Reject};
use wayseal::batch::seen::Seen;
use wayseal::batch::stations::Stations;

/// The orders of a source, and the rows that are none.
pub fn orders(
    path: &Path,
    source: Result<RowSource, InputError>,
    stations: &Stations,
    rules: ReadingRules,
    seen: &mut Seen,
    language: Language,
) -> Result<Vec<Result<Order, Reject>>, Failure> {
    let fail = |error: &InputError| Failure::input(format!("{}: {}", path.display(), language.input(error)));
    let mut source = source.map_err(|error| fail(&error))?;
    let mapping = Mapping::new(source.header(), &[])
        .map_err(|error| Failure::input(format!("{}: {}", path.display(), language.mapping(&error))))?;
    let mut orders = Vec::new();
    while let Some(row) = source.next_row() {
        let row = row.map_err(|error| fail(&error))?;
        let order = Order::new(&mapping, stations, rules, row).map_err(|rejected| rejected.reject);
        orders.push(order.and_then(|order| {
            if seen.is_new(&order.waybill) {
                Ok(order)
            } else {
                Err(Reject::new(order.line, Column::Waybill, Reason::Duplicate))
            }
        }));
    }
    Ok(orders)
}
