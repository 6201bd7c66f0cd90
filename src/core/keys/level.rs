//! The levels of the tree, as the `info` of each derivation encodes them.

/// Domain separation: the first bytes of every HKDF `info` and every MAC input.
pub const DOMAIN: [u8; 3] = *b"WS1";

/// The level of a node: the fourth byte of the `info` that derives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum KeyLevel {
    /// The root: 32 random bytes.
    Root = 0,
    /// One tier on one day: `tier u8 ‖ day u16`.
    Day = 1,
    /// One region: `u16`, 12 bits used.
    Region = 2,
    /// One site of a region: `u16`, 12 bits used.
    Site = 3,
    /// One sealer, the leaf: `alias u32`, 24 bits used; in tier 0 the sealer's own number.
    Sealer = 4,
    /// The key of one label, used once: the header with its salt.
    Label = 5,
    /// The alias key of a tier 1 site. No identifier.
    Alias = 6,
    /// The salt key of an origin leaf or of a tenant. No identifier.
    Salt = 7,
    /// A tenant of a sealer, below its origin leaf: `u32`.
    Tenant = 8,
    /// The delivery code of one label, below an origin leaf: the header with its salt.
    DeliveryCode = 9,
}
