//! Files in, labels out.
//!
//! Imports everything from [`label`](crate::label) down, and [`authority`](crate::authority) for grants.
//!
//! - [`input`]: a file of orders, whatever its encoding, to rows.
//! - [`columns`]: which column holds what.
//! - [`excel`]: what Excel does to numbers, undone or refused.
//! - [`order`]: a row to an order, or to the reason why not.
//! - [`seen`]: waybill numbers that stand twice.
//! - [`rejects`]: rows that gave no label, to be corrected and fed in again.
//! - [`stations`]: a carrier's station codes to regions and sites.
//! - [`press`]: an order to a label; [`make`]: or to what else is asked for; [`check`]: and read back.
//! - [`pipeline`]: rows to labels on every core, in order.
//! - [`output`]: labels to files; [`manifest`]: which of them are finished; [`run`]: a batch from its beginning
//!   or from where it was stopped.

pub mod check;
pub mod columns;
pub mod excel;
pub mod input;
pub mod make;
pub mod manifest;
pub mod order;
pub mod output;
pub mod pipeline;
pub mod points;
pub mod press;
pub mod rejects;
pub mod run;
pub mod seen;
pub mod stations;
