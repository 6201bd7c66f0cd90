//! Files of orders in, files of labels out.
//!
//! Rows are read one at a time; each becomes an order, a payload and a label, and labels are written in the order of the
//! rows. An output file is complete or absent. A rejected row is counted, and kept with its reason. An interrupted batch
//! resumes from its manifest, and gives bit for bit the same labels. The input is a sealer's grant and files of orders; a
//! sealer's keys cannot open what others sealed, and the only labels opened here are those just made, to check them.
//!
//! - [`input`]: parses a file of orders, whatever its format and encoding, to rows.
//! - [`columns`]: finds which column holds which field.
//! - [`excel`]: repairs or refuses what Excel does to cells.
//! - [`order`]: validates a row; [`reject`]: says why a row gave no label.
//! - [`recipient`]: reads recipient and sender as platforms and shops give them.
//! - [`notice`]: what people should know of an order that has a label.
//! - [`number`]: normalises waybill numbers; [`parcels`]: the numbers of an order's parcels; [`payment`]: what is collected.
//! - [`waybills`]: hands out numbers that the carrier assigned in advance; `shortage`: how many an order lacks.
//! - [`gather`]: joins rows of one order.
//! - [`countries`]: country codes of the names that exports use.
//! - [`stations`]: maps a carrier's station codes to regions and sites; [`points`]: its pick-up points.
//! - `symbol_line`: a QR code with its label's masked fields, for another layout.
//! - [`product`]: the kinds of products and containers.
//! - [`press`]: seals and draws a label; [`make`]: makes any product; [`check`]: reads labels back.
//! - [`pipeline`]: rows to labels on every core, in order; [`seen`]: finds duplicate waybill numbers.
//! - [`printer`]: sends labels to printers, and says of each what is known of it.
//! - [`output`]: writes labels to files; [`rejects`]: writes rejected rows, to be corrected and fed in again.
//! - [`manifest`]: records which files are finished; [`manifest_key`]: authenticates it; [`recheck`]: compares it with the disk;
//! - [`run`]: runs or resumes a batch; `closer`: syncs its parts.

pub mod check;
mod closer;
pub mod codes;
pub mod columns;
pub mod countries;
pub mod excel;
pub mod gather;
mod hashing;
pub mod input;
mod locate;
pub mod make;
pub mod manifest;
pub mod manifest_key;
pub mod notice;
pub mod number;
pub mod order;
pub mod output;
pub mod parcels;
pub mod payment;
pub mod pipeline;
pub mod points;
pub mod press;
pub mod printer;
pub mod product;
pub mod recheck;
pub mod recipient;
pub mod reject;
pub mod rejects;
pub mod return_places;
pub mod run;
pub mod seen;
mod shortage;
pub mod stations;
mod symbol_line;
mod traits;
pub mod waybills;
