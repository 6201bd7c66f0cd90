//! Payload text to QR modules.
