//! The sealer's alias: a keyed permutation of the sealer's number. Labels show the alias, so they do not identify
//! the sender across sites and days.

use super::level::{DOMAIN, KeyLevel};
use super::{Alias, Node, Prk, SealerId, Tier, WrongNode};
use crate::secret::Key;
use crate::secret::mac::{MAC_LEN, Mac};
use core::fmt;

/// Rounds of the Feistel network.
const ROUNDS: u8 = 8;

/// The permutation key of one site and day, for an 8-round Feistel network:
///
/// ```text
/// alias key  = HKDF-Expand(site key of tier 1, "WS1" ‖ 06, 32)
/// L₀ ‖ R₀    = number, 12 + 12 bits
/// Lᵢ₊₁ ‖ Rᵢ₊₁ = Rᵢ ‖ Lᵢ ⊕ F(i, Rᵢ)        i = 0 … 7
/// F(i, half) = first 12 bits of HMAC-SHA256(alias key, "WS1" ‖ 06 ‖ i u8 ‖ half u16)
/// alias      = L₈ ‖ R₈
/// ```
pub struct AliasKey(Mac);

impl TryFrom<&Node> for AliasKey {
    type Error = WrongNode;

    /// The alias key of a site node of tier 1.
    ///
    /// # Errors
    /// Any other node.
    fn try_from(site: &Node) -> Result<Self, WrongNode> {
        if site.path().level() != KeyLevel::Site || site.path().tier() != Tier::Delivery {
            return Err(WrongNode);
        }
        let mut key = Key::zero();
        Prk::new(site.key()).expand(&[&DOMAIN, &[KeyLevel::Alias as u8]], &mut key);
        Ok(Self(Mac::new(&key)))
    }
}

impl AliasKey {
    /// From the alias key itself, for a site whose own key stays in a key store.
    #[must_use]
    pub fn from_key(key: &Key) -> Self {
        Self(Mac::new(key))
    }

    /// Computes the alias of a sealer.
    #[must_use]
    pub fn alias(&self, sealer: SealerId) -> Alias {
        let (mut left, mut right) = halves(sealer.number());
        for round in 0..ROUNDS {
            (left, right) = (right, left ^ self.round(round, right));
        }
        Alias(whole(left, right))
    }

    /// Inverts the permutation: the sealer of an alias.
    #[must_use]
    pub fn sealer(&self, alias: Alias) -> SealerId {
        let (mut left, mut right) = halves(alias.number());
        for round in (0..ROUNDS).rev() {
            (left, right) = (right ^ self.round(round, left), left);
        }
        SealerId(whole(left, right))
    }

    fn round(&self, round: u8, half: u16) -> u16 {
        let [high, low] = half.to_be_bytes();
        let mut tag = [0; MAC_LEN];
        self.0.message().update(&DOMAIN).update(&[KeyLevel::Alias as u8, round, high, low]).tag(&mut tag);
        // A half has twelve bits.
        u16::from_be_bytes([tag[0], tag[1]]) >> 4
    }
}

impl fmt::Debug for AliasKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AliasKey(..)")
    }
}

fn halves(number: u32) -> (u16, u16) {
    ((number >> 12) as u16 & 0xfff, number as u16 & 0xfff)
}

fn whole(left: u16, right: u16) -> u32 {
    u32::from(left) << 12 | u32::from(right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{Day, Generation, KeyPath, Region, Site};

    #[test]
    fn the_permutation_runs_backwards() {
        let path =
            KeyPath::day(Generation::EVEN, Tier::Delivery, Day::new(9)).region(Region(1)).site(Site(2));
        let key = AliasKey::try_from(&Node::new(path, &[3; 32])).unwrap();
        for number in (0..1 << 24).step_by(40_009).chain([0xff_ffff]) {
            let sealer = SealerId::new(number).unwrap();
            assert_eq!(key.sealer(key.alias(sealer)), sealer);
        }
    }

    #[test]
    fn only_a_site_of_the_delivery_tier_has_one() {
        let day = |tier| KeyPath::day(Generation::EVEN, tier, Day::new(9));
        for path in [
            day(Tier::Contact).region(Region(1)).site(Site(2)),
            day(Tier::Delivery).region(Region(1)),
            day(Tier::Delivery),
        ] {
            assert!(AliasKey::try_from(&Node::new(path, &[3; 32])).is_err());
        }
    }
}
