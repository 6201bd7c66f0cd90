//! `wayseal relabel` and `wayseal return`: a desk that gives parcels new labels and shows nobody's data.

mod bench;
mod dispatch;
mod out;
