//! The masked summary.
