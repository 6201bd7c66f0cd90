//! The label as a picture.
