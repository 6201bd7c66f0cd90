//! `wayseal log report`: what all devices did.

mod findings;
mod page;
mod table;
