//! `wayseal bench`: labels a second on this machine.

mod chart;
mod count;
mod rates;
mod usual;
mod work;
