//! Which orders of a batch lack waybill numbers, so that those are handed out before the first label is made.
//!
//! In goes a plan; out come the rows that lack numbers. An order that is rejected for its row, or is not sealed yet, needs
//! none.

use super::columns::Mapping;
use super::gather::Gather;
use super::input::Row;
use super::order::{Order, is_early, parcels_of};
use super::parcels::Parcels;
use super::pipeline::{BatchPlan, PlanError};
use super::waybills::Lacking;
use crate::payload::Waybill;

/// A number that is checked in place of those that are not handed out yet.
const PENDING: &str = "PENDING-1";

/// Reads the orders of a plan, and returns the rows that lack numbers.
///
/// # Errors
/// [`PlanError`].
pub fn lacking(plan: &BatchPlan<'_>) -> Result<Vec<Lacking>, PlanError> {
    let mut lacking = Vec::new();
    let mut orders = 0;
    for file in plan.inputs {
        let error = |error| PlanError::Input(file.path.clone(), error);
        let mut source = file.open().map_err(error)?;
        let mapping = plan.mapping(&file.path, source.header())?;
        let mut gather = Gather::default();
        loop {
            let row = source.next_row().transpose().map_err(error)?;
            let last = row.is_none();
            let order = match row {
                Some(row) => gather.push(&mapping, row),
                None => gather.finish(&mapping),
            };
            if let Some(order) = order {
                // An order without a number cannot be selected, unless it has got one before.
                if plan.limit.is_some_and(|limit| plan.from.is_none() && orders >= limit) {
                    return Ok(lacking);
                }
                let numbers = numbers(plan, &mapping, order.row);
                lacking.extend((numbers > 0).then_some(Lacking { row: orders, numbers }));
                orders += 1;
            }
            if last {
                break;
            }
        }
    }
    Ok(lacking)
}

/// How many numbers the order of a row lacks; none if it gives no label anyway.
fn numbers(plan: &BatchPlan<'_>, mapping: &Mapping, row: Row) -> usize {
    let lacking = match parcels_of(mapping, &row) {
        Ok(cells) => cells.lacking().unwrap_or(0),
        Err(_) => 0,
    };
    if lacking == 0 || is_early(plan.stations, plan.desk.day(), mapping, &row) {
        return 0;
    }
    let Ok(pending) = Waybill::parse(PENDING) else { return lacking };
    match Order::numbered(mapping, plan.stations, plan.rules, row, Ok(Parcels::one(pending))) {
        Ok(_) => lacking,
        Err(_) => 0,
    }
}
