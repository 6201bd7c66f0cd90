//! The salt of a label: a MAC of the label's content, so that no random source is needed.

use super::level::{DOMAIN, KeyLevel};
use super::{Day, Node, Prk, Tier, WrongNode};
use crate::secret::Key;
use crate::secret::mac::{MAC_LEN, Mac};
use core::fmt;

/// Bytes of a label's salt.
pub const SALT_LEN: usize = 6;

/// The key for the salts of one sealer and day. Scanners never hold it.
///
/// ```text
/// salt key = HKDF-Expand(origin leaf, "WS1" ‖ 07, 32)
///
/// tenant key          = HKDF-Expand(origin leaf, "WS1" ‖ 08 ‖ tenant u32, 32)
/// salt key of a tenant = HKDF-Expand(tenant key, "WS1" ‖ 07, 32)
/// ```
pub struct SaltKey(Mac);

/// The number of a tenant: somebody for whom a service seals with its own keys.
///
/// Each tenant's salts have a key of their own, so that no tenant seals a label with another's salt. Tenants hold no
/// key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tenant(u32);

impl Tenant {
    /// The tenant with this number.
    #[must_use]
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// The number.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }
}

impl TryFrom<&Node> for SaltKey {
    type Error = WrongNode;

    /// The salt key of an origin leaf.
    ///
    /// # Errors
    /// Any other node.
    fn try_from(leaf: &Node) -> Result<Self, WrongNode> {
        check_origin(leaf)?;
        Ok(Self::below(leaf.key()))
    }
}

/// Whether a node is an origin leaf.
pub(super) fn check_origin(leaf: &Node) -> Result<(), WrongNode> {
    let is_origin = leaf.path().level() == KeyLevel::Sealer && leaf.path().tier() == Tier::Origin;
    if is_origin { Ok(()) } else { Err(WrongNode) }
}

impl SaltKey {
    /// The salt key of a tenant of the sealer with this origin leaf.
    ///
    /// # Errors
    /// Any other node.
    pub fn for_tenant(leaf: &Node, tenant: Tenant) -> Result<Self, WrongNode> {
        check_origin(leaf)?;
        let mut key = Key::zero();
        let info: [&[u8]; 3] = [&DOMAIN, &[KeyLevel::Tenant as u8], &tenant.0.to_be_bytes()];
        Prk::new(leaf.key()).expand(&info, &mut key);
        Ok(Self::below(&key))
    }

    fn below(parent: &Key) -> Self {
        let mut key = Key::zero();
        Prk::new(parent).expand(&[&DOMAIN, &[KeyLevel::Salt as u8]], &mut key);
        Self(Mac::new(&key))
    }

    /// Computes the salt of a label from its whole content:
    ///
    /// ```text
    /// HMAC-SHA256(salt key, "WS1" ‖ 07 ‖ len u8 ‖ H ‖ len u8 ‖ D ‖ len u8 ‖ C)[..6]
    /// H = day u16 ‖ header without its salt          D, C = the padded plaintexts
    /// ```
    ///
    /// The same record always gives the same label, whatever a clock, a random source or a VM snapshot does. Two
    /// different records share a salt, and so a label key, only with probability 2⁻⁴⁸.
    #[must_use]
    pub fn salt(&self, day: Day, header: &[u8], delivery: &[u8], contact: &[u8]) -> [u8; SALT_LEN] {
        let mut tag = [0; MAC_LEN];
        self.0
            .message()
            .update(&DOMAIN)
            // At most 172 bytes, so the length fits one byte.
            .update(&[KeyLevel::Salt as u8, header.len() as u8 + 2])
            .update(&day.number().to_be_bytes())
            .update(header)
            .update(&[delivery.len() as u8])
            .update(delivery)
            .update(&[contact.len() as u8])
            .update(contact)
            .tag(&mut tag);
        let mut salt = [0; SALT_LEN];
        salt.copy_from_slice(&tag[..SALT_LEN]);
        salt
    }
}

impl fmt::Debug for SaltKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SaltKey(..)")
    }
}
