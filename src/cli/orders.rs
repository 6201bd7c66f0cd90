//! Orders of a file, held whole, and which columns hold what.

use super::failure::Failure;
use super::language::Language;
use std::path::Path;
use wayseal::batch::columns::{Column, Mapping};
use wayseal::batch::input::{InputError, Source};
use wayseal::batch::order::Order;
use wayseal::batch::reject::{Reason, Reject};
use wayseal::batch::seen::Seen;
use wayseal::batch::stations::Stations;

/// The orders of a source, and the rows that are none.
pub fn orders(
    path: &Path,
    source: Result<Source, InputError>,
    stations: &Stations,
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
        let order = Order::new(&mapping, stations, row).map_err(|rejected| rejected.reject);
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

/// A column of an order and what the file names it: `phone=联系人手机`.
pub fn column(text: &str) -> Result<(Column, String), String> {
    let (name, theirs) = text.split_once('=').unwrap_or((text, ""));
    let known = name.trim().parse::<Column>().ok().filter(|_| !theirs.trim().is_empty());
    known.map(|column| (column, theirs.trim().to_owned())).ok_or_else(|| {
        let names: Vec<&str> = Column::all().map(Column::name).collect();
        format!("a column is COLUMN=NAME, such as phone=Tel; COLUMN is one of {}", names.join(", "))
    })
}
