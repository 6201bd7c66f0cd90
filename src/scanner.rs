//! Images in, records out.
