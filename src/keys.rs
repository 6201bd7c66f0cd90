//! The key tree.
