//! Payload to record.
