//! Files in, labels out.
//!
//! Imports everything from [`label`](crate::label) down, and [`authority`](crate::authority) for grants.
//!
//! - [`input`]: a file of orders, whatever its encoding, to rows.
//! - [`order`]: a row to an order, or to the reason why not.
//! - [`stations`]: a carrier's station codes to regions and sites.
//! - [`press`]: an order to a label.

pub mod input;
pub mod order;
pub mod press;
pub mod stations;
