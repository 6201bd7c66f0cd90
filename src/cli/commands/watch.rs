//! `wayseal watch`: seals each file of orders that comes into a folder.
//!
//! ```text
//! FOLDER/orders.csv ──▶ FOLDER/working/orders.csv ──▶ FOLDER/done/orders.csv        sealed; rejects to failed/
//!                                                 └──▶ FOLDER/failed/orders.csv      not sealed; orders.txt says why
//! ```
//!
//! Each step is one rename, so that a file is in one place whatever ends the process, and the manifest of its labels says how
//! far it is. What `working/` holds at the beginning is resumed. The folder is polled, by one means everywhere: a network
//! share or Windows gives no events that could be relied on, and whether a file is whole takes time to see anyway.
//!
//! - `inbox`: which files have arrived whole; `job`: a file that was taken, on its way; `printing`: its labels to a printer.
//! - `work`: the loop.

mod inbox;
mod job;
mod printing;
mod report;
mod work;
