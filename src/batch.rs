//! Files of orders in, labels out.
//!
//! Rows are read one at a time, each becomes an order, a payload and a label, and labels are written in the order of the
//! rows, in parts that are complete or not there. A row that gives no label is counted and kept with its reason. A batch
//! that was stopped resumes where its manifest says, and its labels are bit for bit the same. It takes a sealer's
//! grant; it opens nothing but what it has just made, to check it.
//!
//! - [`input`]: a file of orders, whatever its encoding, to rows.
//! - [`columns`]: which column holds what.
//! - [`excel`]: what Excel does to numbers, undone or refused.
//! - [`order`]: a row to an order; [`reject`]: or to the reason why not.
//! - [`stations`]: a carrier's station codes to regions and sites.
//! - [`product`]: what is made of an order, and what holds it.
//! - [`press`]: an order to a label; [`make`]: or to what else is asked for; [`check`]: and read back.
//! - [`pipeline`]: rows to labels on every core, in order; [`seen`]: duplicate waybill numbers.
//! - [`output`]: labels to files; [`rejects`]: rows that gave no label, to be corrected and fed in again.
//! - [`manifest`]: which files are finished; [`run`]: a batch from its beginning or from where it was stopped.

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
pub mod product;
pub mod reject;
pub mod rejects;
pub mod run;
pub mod seen;
pub mod stations;
