//! `wayseal log report`: what all devices did.

mod findings;
mod granted;
mod page;
mod table;
