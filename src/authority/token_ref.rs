//! The reference to a root in a PKCS #11 token.

/// The reference to a key in a token, which the authority's envelope stores instead of the root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRef {
    /// The token's label.
    pub token: String,
    /// The key's identifier, `CKA_ID`.
    pub id: [u8; 16],
}
