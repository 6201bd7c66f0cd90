//! Where a root in a token is found.

/// Where a token's key is: what the envelope keeps of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRef {
    /// The token's label.
    pub token: String,
    /// The key's identifier, `CKA_ID`.
    pub id: [u8; 16],
}
