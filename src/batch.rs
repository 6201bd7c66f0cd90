//! Files in, labels out.
