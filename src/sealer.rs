//! Record to payload.
