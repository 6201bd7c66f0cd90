//! The bar code that belongs to a label: own ones confirmed, moved codes found, and nobody else's taken for it, over generated
//! pictures.
//!
//! Reading is slow without optimisation, so that a sample is judged here; `optimised.rs` judges every picture, optimised.

pub mod drawing;
pub mod judging;
pub mod neighbours;

use crate::common::sample::Sample;
use judging::{foreign_layouts, own_and_moved, strangers};
use neighbours::neighbours;

#[test]
fn a_moved_code_is_found_and_an_own_bar_code_confirmed() {
    let judged = own_and_moved(Sample::one_of(31));
    assert!(judged.own >= 1 && judged.moved >= 3, "{} own, {} moved", judged.own, judged.moved);
}

#[test]
fn a_bar_code_that_is_not_the_labels_raises_no_alarm() {
    let judged = strangers(Sample::one_of(29));
    assert!(judged >= 4, "{judged}");
}

#[test]
fn no_neighbour_is_taken_for_a_labels_own_bar_code_however_it_lies() {
    let judged = neighbours(Sample::one_of(101));
    assert!(judged >= 5, "{judged}");
}

#[test]
fn a_label_of_a_carriers_own_layout_is_not_accused() {
    let judged = foreign_layouts(Sample::one_of(17));
    assert!(judged >= 4, "{judged}");
}
