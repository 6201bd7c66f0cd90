//! Grants and revocation.
