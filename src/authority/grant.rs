//! Grants: nodes of the key tree with their limits, signed by the authority.
//!
//! ```text
//! file       CBOR [ "wayseal grant", 1, body, signature ]          RFC 8949
//! signature  Ed25519 over "WS1 grant" ‖ 00 ‖ body                  RFC 8032; body are the exact bytes
//! body       CBOR { role, to, serial, generation, from, until, tiers, nodes }
//! nodes      44 bytes a node: level ‖ tier ‖ day ‖ region ‖ site ‖ leaf ‖ key
//! ```

use crate::authority::custody::Authority;
use crate::files::{self, Access, FileError};
use crate::keys::{Day, Generation, Node, Tier};
use ciborium::Value;
use ed25519_dalek::{Signature, Signer as _, VerifyingKey};
use std::fmt;
use std::path::Path;
use zeroize::{Zeroize as _, Zeroizing};

const MAGIC: &str = "wayseal grant";
const VERSION: u64 = 1;
/// What is signed begins so: a grant's signature is of nothing else.
const CONTEXT: &[u8] = b"WS1 grant\0";

/// The largest grant read: a sealer's for 30,000 stations, three days and two tiers, has 8 MB.
const FILE_MAX: u64 = 64 * 1024 * 1024;

/// What a grant is for. The nodes decide what it opens; the role is what people call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A print station: leaves and an origin leaf a day.
    Sealer,
    /// A courier's handheld: site keys.
    Scanner,
    /// A hub's: region keys.
    Region,
    /// A service that rings for the courier: contact keys.
    Relay,
    /// Day keys, to issue one day's grants.
    DayIssuer,
}

impl Role {
    const ALL: [Self; 5] = [Self::Sealer, Self::Scanner, Self::Region, Self::Relay, Self::DayIssuer];

    /// The name in grants and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sealer => "sealer",
            Self::Scanner => "scanner",
            Self::Region => "region",
            Self::Relay => "relay",
            Self::DayIssuer => "day-issuer",
        }
    }
}

/// A grant: who, what, from when to when.
#[derive(Debug)]
pub struct Grant {
    /// What it is for.
    pub role: Role,
    /// The device or person it is for.
    pub to: String,
    /// Larger with each grant: a lower one than the one held is refused by a device.
    pub serial: u64,
    /// The generation of the root.
    pub generation: u32,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub until: Day,
    /// The tiers, ascending.
    pub tiers: Vec<Tier>,
    /// The keys.
    pub nodes: Vec<Node>,
}

impl Grant {
    /// The signed file of a grant.
    ///
    /// # Errors
    /// [`GrantError::Form`] if CBOR cannot be written, which only a lack of memory does.
    pub fn sign(&self, authority: &Authority) -> Result<Zeroizing<Vec<u8>>, GrantError> {
        let mut nodes = Vec::with_capacity(self.nodes.len() * Node::BUNDLED);
        for node in &self.nodes {
            let mut bytes = Zeroizing::new([0; Node::BUNDLED]);
            node.write(&mut bytes);
            nodes.extend_from_slice(&bytes[..]);
        }
        let tiers = self.tiers.iter().map(|tier| Value::from(*tier as u8)).collect();
        let mut map = Value::Map(vec![
            ("role".into(), self.role.name().into()),
            ("to".into(), self.to.as_str().into()),
            ("serial".into(), self.serial.into()),
            ("generation".into(), self.generation.into()),
            ("from".into(), self.from.0.into()),
            ("until".into(), self.until.0.into()),
            ("tiers".into(), Value::Array(tiers)),
            ("nodes".into(), Value::Bytes(nodes)),
        ]);
        // Room for all of it, so that growing leaves no copy of a key behind.
        let room = self.nodes.len() * Node::BUNDLED + self.to.len() + 256;
        let mut body = Zeroizing::new(Vec::with_capacity(room));
        let written = ciborium::into_writer(&map, &mut *body);
        wipe(&mut map);
        written.map_err(|_| GrantError::Form)?;

        let signature = authority.signing().sign(&signed(&body));
        let mut file = Value::Array(vec![
            MAGIC.into(),
            VERSION.into(),
            Value::Bytes(body.to_vec()),
            Value::Bytes(signature.to_bytes().to_vec()),
        ]);
        let mut bytes = Zeroizing::new(Vec::with_capacity(body.len() + 256));
        let written = ciborium::into_writer(&file, &mut *bytes);
        wipe(&mut file);
        written.map_err(|_| GrantError::Form)?;
        Ok(bytes)
    }

    /// Reads a grant and checks that the authority signed it, before anything of it is used.
    ///
    /// # Errors
    /// [`GrantError`]: no grant, a newer version, another authority's, or a form that none has.
    pub fn verify(bytes: &[u8], authority: &VerifyingKey) -> Result<Self, GrantError> {
        let mut file: Value = ciborium::from_reader(bytes).map_err(|_| GrantError::Form)?;
        let result = Self::verify_value(&file, authority);
        wipe(&mut file);
        result
    }

    fn verify_value(file: &Value, authority: &VerifyingKey) -> Result<Self, GrantError> {
        let Some([magic, version, rest @ ..]) = file.as_array().map(Vec::as_slice) else {
            return Err(GrantError::Form);
        };
        if magic.as_text() != Some(MAGIC) {
            return Err(GrantError::Form);
        }
        if version.as_integer() != Some(VERSION.into()) {
            return Err(GrantError::Newer);
        }
        let [Value::Bytes(body), Value::Bytes(signature)] = rest else { return Err(GrantError::Form) };
        let signature = Signature::from_slice(signature).map_err(|_| GrantError::Form)?;
        authority.verify_strict(&signed(body), &signature).map_err(|_| GrantError::Signature)?;
        let mut map: Value = ciborium::from_reader(&body[..]).map_err(|_| GrantError::Form)?;
        let grant = Self::from_map(&map);
        wipe(&mut map);
        grant.ok_or(GrantError::Form)
    }

    fn from_map(map: &Value) -> Option<Self> {
        let map = map.as_map()?;
        let field =
            |name: &str| map.iter().find(|(key, _)| key.as_text() == Some(name)).map(|(_, value)| value);
        let number = |name: &str| u64::try_from(field(name)?.as_integer()?).ok();
        let day = |name: &str| Some(Day(u16::try_from(number(name)?).ok()?));
        let role = field("role")?.as_text()?;
        let generation = u32::try_from(number("generation")?).ok()?;
        let tiers = field("tiers")?.as_array()?.iter();
        let tiers =
            tiers.map(|tier| Tier::new(u8::try_from(tier.as_integer()?).ok()?)).collect::<Option<_>>()?;
        let bundle = field("nodes")?.as_bytes()?;
        let (chunks, []) = bundle.as_chunks::<{ Node::BUNDLED }>() else { return None };
        let mut nodes = Vec::with_capacity(chunks.len());
        for chunk in chunks {
            nodes.push(Node::empty());
            if !nodes.last_mut()?.read(Generation::of(generation), chunk) {
                return None;
            }
        }
        Some(Self {
            role: Role::ALL.into_iter().find(|known| known.name() == role)?,
            to: field("to")?.as_text()?.to_owned(),
            serial: number("serial")?,
            generation,
            from: day("from")?,
            until: day("until")?,
            tiers,
            nodes,
        })
    }

    /// Writes the signed file, readable by its owner only.
    ///
    /// # Errors
    /// [`GrantError::File`].
    pub fn store(&self, path: &Path, authority: &Authority) -> Result<(), GrantError> {
        files::write(path, &self.sign(authority)?, Access::Owner).map_err(GrantError::File)
    }

    /// Reads a grant's file and checks it against the pinned key of the authority.
    ///
    /// # Errors
    /// As [`Grant::verify`], and [`GrantError::File`], also if others can read the file.
    pub fn load(path: &Path, authority: &VerifyingKey) -> Result<Self, GrantError> {
        let bytes = Zeroizing::new(files::read_secret(path, FILE_MAX).map_err(GrantError::File)?);
        Self::verify(&bytes, authority)
    }
}

fn signed(body: &[u8]) -> Zeroizing<Vec<u8>> {
    Zeroizing::new([CONTEXT, body].concat())
}

/// Overwrites every byte string of a value: CBOR's values do not wipe themselves.
fn wipe(value: &mut Value) {
    match value {
        Value::Bytes(bytes) => bytes.zeroize(),
        Value::Array(values) => values.iter_mut().for_each(wipe),
        Value::Map(pairs) => pairs.iter_mut().for_each(|(_, value)| wipe(value)),
        _ => {}
    }
}

/// Why a grant is not used.
#[derive(Debug)]
#[non_exhaustive]
pub enum GrantError {
    /// The file cannot be read or written, or others can read it.
    File(FileError),
    /// Not a grant, or one cut or altered.
    Form,
    /// Written by a newer program.
    Newer,
    /// Not signed by the authority that is pinned here.
    Signature,
}

impl fmt::Display for GrantError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(error) => error.fmt(f),
            Self::Form => {
                f.write_str("the file is no grant, or a damaged one; ask the authority for it again")
            }
            Self::Newer => f.write_str("the grant was written by a newer program; update this one"),
            Self::Signature => f.write_str(
                "the grant is not signed by the authority pinned here; check --authority, then ask the \
                 authority for the grant again",
            ),
        }
    }
}

impl std::error::Error for GrantError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{Path as KeyPath, Region, Site};

    fn grant() -> Grant {
        let site = KeyPath::day(Generation::of(4), Tier::Delivery, Day(2500))
            .region(Region::new(9).unwrap())
            .site(Site::new(3).unwrap());
        Grant {
            role: Role::Scanner,
            to: "pda-17".into(),
            serial: 12,
            generation: 4,
            from: Day(2500),
            until: Day(2500),
            tiers: vec![Tier::Delivery],
            nodes: vec![Node::new(site, &[0xab; 32])],
        }
    }

    #[test]
    fn a_signed_grant_comes_back() {
        let authority = Authority::generate(4).unwrap();
        let bytes = grant().sign(&authority).unwrap();
        let back = Grant::verify(&bytes, &authority.public()).unwrap();
        assert_eq!((back.role, back.to.as_str(), back.serial), (Role::Scanner, "pda-17", 12));
        assert_eq!(back.nodes[0].path(), grant().nodes[0].path());
        assert_eq!(back.nodes[0].key().expose(), &[0xab; 32]);
    }

    #[test]
    fn no_altered_or_cut_grant_and_no_other_authoritys_is_used() {
        let authority = Authority::generate(4).unwrap();
        let bytes = grant().sign(&authority).unwrap();
        let other = Authority::generate(4).unwrap();
        assert!(matches!(Grant::verify(&bytes, &other.public()), Err(GrantError::Signature)));
        for place in 0..bytes.len() {
            let mut altered = bytes.to_vec();
            altered[place] ^= 0x40;
            assert!(Grant::verify(&altered, &authority.public()).is_err(), "{place}");
            assert!(Grant::verify(&bytes[..place], &authority.public()).is_err(), "{place}");
        }
    }

    #[test]
    fn debug_shows_no_key() {
        let shown = format!("{:?}", grant());
        assert!(!shown.contains("171") && !shown.contains("ab, ab"), "{shown}");
    }
}
