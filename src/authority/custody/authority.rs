//! The authority: its roots and its signing key, and their envelope.

use super::error::CustodyError;
use super::list_mark::ListMark;
use crate::authority::day_keys::{DayKeys, IssueError};
use crate::authority::root::Root;
use crate::authority::token_ref::TokenRef;
use crate::files::{self, Access};
use crate::keys::{Day, Node, Tier};
use crate::secret::Key;
use crate::signed::certificate::{Certificate, SignsGrants};
use crate::signed::envelope::{Lock, Locked, Unlock, open_locked, seal_locked};
use crate::signed::grant::SEALER_DAYS;
use crate::signed::signer::{Signature, SigningKey, Signs, VerifyingKey};
use std::fmt;
use std::path::Path;
use zeroize::Zeroizing;

const MAGIC: &[u8] = b"wayseal authority";
const VERSION: u8 = 3;
/// The most roots held: the newest and earlier ones.
const ROOTS_MAX: usize = 4;
/// The most tokens of a root.
const TOKENS_MAX: usize = 2;
/// The most age recipients of an envelope, and the longest.
const RECIPIENTS_MAX: usize = 16;
const RECIPIENT_MAX: usize = 128;
/// In place of a day: the root is in use.
const IN_USE: u16 = u16::MAX;
/// Days for which a root is kept after its last labels were sealed, unless the caller names others: returns,
/// complaints and enquiries need it.
pub const RETENTION_DAYS: u16 = 30;
/// The length of the longest content, so that its buffer never grows, which would leave an unwiped copy.
const ROOM: usize = MAGIC.len()
    + 1
    + 32
    + ListMark::LEN
    + 1
    + RECIPIENTS_MAX * (1 + RECIPIENT_MAX)
    + 1
    + ROOTS_MAX * (4 + 2 + 1 + TOKENS_MAX * (16 + 1 + 255));

/// The largest envelope file read, in bytes.
const ENVELOPE_MAX: u64 = 64 * 1024;

/// The roots of the key tree, the newest first, and the key that signs grants.
pub struct Authority {
    signing: SigningKey,
    list: ListMark,
    recipients: Vec<String>,
    roots: Vec<Root>,
}

impl Authority {
    /// A new authority from the operating system's random source.
    ///
    /// # Errors
    /// [`CustodyError::Random`] if that source fails.
    pub fn generate(generation: u32) -> Result<Self, CustodyError> {
        Self::with_root(Root::generate(generation).map_err(CustodyError::Random)?)
    }

    /// A new authority with a given root, such as one in a token.
    ///
    /// # Errors
    /// [`CustodyError::Random`].
    pub fn with_root(root: Root) -> Result<Self, CustodyError> {
        let mut seed = Key::zero();
        getrandom::fill(seed.expose_mut()).map_err(CustodyError::Random)?;
        let signing = SigningKey::from_bytes(seed.expose());
        Ok(Self { signing, list: ListMark::default(), recipients: Vec::new(), roots: vec![root] })
    }

    /// Adds a new root. Grants are made from it by default, and from an older root on request. The signing key stays
    /// the same, so that devices keep the pinned key. `today` is the last day from which labels of the old root count.
    ///
    /// # Errors
    /// [`CustodyError::Rotation`] unless the root has the next generation and fewer than four are held.
    pub fn rotate(&mut self, root: Root, today: Day) -> Result<(), CustodyError> {
        if Some(root.number()) != self.generation().checked_add(1) || self.roots.len() == ROOTS_MAX {
            return Err(CustodyError::Rotation);
        }
        if let Some(old) = self.roots.first_mut() {
            old.supersede(today);
        }
        self.roots.insert(0, root);
        Ok(())
    }

    /// The last day on which a label sealed under a root but the newest is younger than `retention` days; `None` if only
    /// the newest is held. Sealers hold keys two days ahead, so labels are sealed that long after the change.
    #[must_use]
    pub fn older_roots_needed_until(&self, retention: u16) -> Option<Day> {
        let last = self.roots.iter().skip(1).filter_map(Root::superseded).max()?;
        Some(Day::new(last.number().saturating_add(SEALER_DAYS - 1).saturating_add(retention)))
    }

    /// What is remembered of the newest revocation list.
    #[must_use]
    pub const fn list(&self) -> ListMark {
        self.list
    }

    /// Remembers the newest revocation list; the caller stores the envelope.
    pub const fn remember_list(&mut self, mark: ListMark) {
        self.list = mark;
    }

    /// The age recipients that the envelope was sealed to; none if it was under a passphrase.
    #[must_use]
    pub fn recipients(&self) -> &[String] {
        &self.recipients
    }

    /// Removes all roots but the newest, at the end of a change-over, and returns them. The caller destroys those in a
    /// token; those in memory wipe themselves when dropped.
    pub fn retire(&mut self) -> Vec<Root> {
        self.roots.split_off(1)
    }

    /// Writes the envelope, readable by its owner only.
    ///
    /// # Errors
    /// [`CustodyError`].
    pub fn store(&self, path: &Path, lock: Lock) -> Result<(), CustodyError> {
        let recipients = match &lock {
            Lock::Recipients(recipients) => &recipients[..],
            Lock::Passphrase(..) => &[],
        };
        if recipients.len() > RECIPIENTS_MAX || recipients.iter().any(|one| one.len() > RECIPIENT_MAX) {
            return Err(CustodyError::Recipients { most: RECIPIENTS_MAX });
        }
        let plain = self.content_for(recipients);
        let sealed = seal_locked(&plain, lock)?;
        files::write(path, &sealed, Access::Owner).map_err(CustodyError::File)
    }

    /// Opens an envelope. `unlock` is called for a passphrase or an identity after the file was checked.
    ///
    /// # Errors
    /// [`CustodyError`], a different one for a file that others can read, a wrong passphrase, a damaged file and a
    /// newer version.
    pub fn load(
        path: &Path,
        unlock: impl FnOnce(Locked) -> Result<Unlock, CustodyError>,
    ) -> Result<Self, CustodyError> {
        let sealed = files::read_secret(path, ENVELOPE_MAX).map_err(CustodyError::File)?;
        Self::parse(&open_locked(&sealed, unlock)?)
    }

    /// The plaintext of the envelope, also for a backup in shares.
    pub(crate) fn content(&self) -> Zeroizing<Vec<u8>> {
        self.content_for(&self.recipients)
    }

    /// The content names its recipients, so that a command that changes it can seal it to the same again.
    fn content_for(&self, recipients: &[String]) -> Zeroizing<Vec<u8>> {
        let mut plain = Zeroizing::new(Vec::with_capacity(ROOM));
        plain.extend_from_slice(MAGIC);
        plain.push(VERSION);
        plain.extend_from_slice(&Zeroizing::new(self.signing.to_bytes())[..]);
        plain.extend_from_slice(&self.list.to_bytes());
        plain.push(recipients.len() as u8);
        for recipient in recipients {
            plain.push(recipient.len() as u8);
            plain.extend_from_slice(recipient.as_bytes());
        }
        plain.push(self.roots.len() as u8);
        for root in &self.roots {
            plain.extend_from_slice(&root.number().to_be_bytes());
            plain.extend_from_slice(&root.superseded().map_or(IN_USE, Day::number).to_be_bytes());
            // 0 for a root in the envelope, otherwise the number of tokens that it is in.
            plain.push(root.tokens().count() as u8);
            if let Some(node) = root.node() {
                plain.extend_from_slice(node.key().expose());
            }
            for at in root.tokens() {
                plain.extend_from_slice(&at.id);
                plain.push(at.token.len() as u8);
                plain.extend_from_slice(at.token.as_bytes());
            }
        }
        plain
    }

    pub(crate) fn parse(plain: &[u8]) -> Result<Self, CustodyError> {
        let rest = plain.strip_prefix(MAGIC).ok_or(CustodyError::Damaged)?;
        let (&version, rest) = rest.split_first().ok_or(CustodyError::Damaged)?;
        match version {
            VERSION => read(rest).ok_or(CustodyError::Damaged),
            newer if newer > VERSION => Err(CustodyError::Newer),
            _ => Err(CustodyError::Damaged),
        }
    }

    /// The generation of the newest root.
    #[must_use]
    pub fn generation(&self) -> u32 {
        self.roots.first().map_or(0, Root::number)
    }

    /// The roots, the newest first: more than one during a change-over.
    #[must_use]
    pub fn roots(&self) -> &[Root] {
        &self.roots
    }

    /// The root of a generation.
    #[must_use]
    pub fn root(&self, generation: u32) -> Option<&Root> {
        self.roots.iter().find(|root| root.number() == generation)
    }

    /// The key that devices pin.
    #[must_use]
    pub fn public(&self) -> VerifyingKey {
        self.signing.verifying_key()
    }

    /// Connects the roots in this token, whole or in part, to their keys there.
    ///
    /// # Errors
    /// [`CustodyError::Token`].
    #[cfg(feature = "hsm")]
    pub fn connect(&mut self, token: &crate::authority::token::Token) -> Result<(), CustodyError> {
        for root in &mut self.roots {
            let there: Vec<_> = root.tokens().filter(|at| at.token == token.label()).cloned().collect();
            for at in there {
                root.connect(token.key(&at)?);
            }
        }
        Ok(())
    }
}

fn read(bytes: &[u8]) -> Option<Authority> {
    let (signing, rest) = bytes.split_first_chunk()?;
    let (list, rest) = rest.split_first_chunk()?;
    let (&count, mut rest) = rest.split_first()?;
    if usize::from(count) > RECIPIENTS_MAX {
        return None;
    }
    let mut recipients = Vec::with_capacity(RECIPIENTS_MAX);
    for _ in 0..count {
        recipients.push(text(&mut rest)?.to_owned());
    }
    let (&count, mut rest) = rest.split_first()?;
    if !(1..=ROOTS_MAX).contains(&usize::from(count)) {
        return None;
    }
    let mut roots = Vec::with_capacity(ROOTS_MAX);
    for _ in 0..count {
        let (generation, place) = rest.split_first_chunk()?;
        let generation = u32::from_be_bytes(*generation);
        let (superseded, place) = place.split_first_chunk()?;
        let superseded = Some(u16::from_be_bytes(*superseded)).filter(|day| *day != IN_USE).map(Day::new);
        let (&tokens, mut place) = place.split_first()?;
        if tokens == 0 {
            let (key, after) = place.split_first_chunk()?;
            roots.push(Root::held(generation, superseded, key));
            rest = after;
            continue;
        }
        if usize::from(tokens) > TOKENS_MAX {
            return None;
        }
        let mut places = Vec::with_capacity(TOKENS_MAX);
        for _ in 0..tokens {
            let (id, after) = place.split_first_chunk()?;
            place = after;
            places.push(TokenRef { token: text(&mut place)?.to_owned(), id: *id });
        }
        roots.push(Root::in_tokens(generation, superseded, places));
        rest = place;
    }
    // The newest root must be first, since grants are made from it.
    let descending = roots.is_sorted_by(|newer: &Root, older| newer.number() > older.number());
    let (signing, list) = (SigningKey::from_bytes(signing), ListMark::from_bytes(list));
    (rest.is_empty() && descending).then_some(Authority { signing, list, recipients, roots })
}

/// A text with its length in a byte.
fn text<'a>(bytes: &mut &'a [u8]) -> Option<&'a str> {
    let (&len, rest) = bytes.split_first()?;
    let (text, rest) = rest.split_at_checked(usize::from(len))?;
    *bytes = rest;
    std::str::from_utf8(text).ok()
}

impl Signs for Authority {
    fn sign(&self, message: &[u8]) -> Signature {
        Signs::sign(&self.signing, message)
    }
}

impl SignsGrants for Authority {
    fn certificate(&self) -> Option<&Certificate> {
        None
    }
}

/// Day keys of the newest root.
impl DayKeys for Authority {
    fn generation(&self) -> u32 {
        Self::generation(self)
    }

    fn day_key(&self, tier: Tier, day: Day, out: &mut Node) -> Result<(), IssueError> {
        self.roots.first().ok_or(IssueError::NoDay(day))?.day_key(tier, day, out)
    }
}

impl fmt::Debug for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authority").field("roots", &self.roots).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signed::envelope::{EnvelopeError, Identity, Work};
    use crate::signed::revocation::RevocationList;

    fn quick(passphrase: &str) -> Lock {
        Lock::Passphrase(passphrase.into(), Work::Quick)
    }

    fn correct(locked: Locked) -> Result<Unlock, CustodyError> {
        assert_eq!(locked, Locked::Passphrase);
        Ok(Unlock::Passphrase("correct horse".into()))
    }

    fn store(folder: &Path) -> (Authority, std::path::PathBuf) {
        let path = folder.join("authority.age");
        let authority = Authority::generate(1).unwrap();
        authority.store(&path, quick("correct horse")).unwrap();
        (authority, path)
    }

    #[test]
    fn what_is_stored_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let (authority, path) = store(folder.path());
        let back = Authority::load(&path, correct).unwrap();
        assert_eq!(*back.content(), *authority.content());
        assert_eq!((back.public(), back.generation()), (authority.public(), 1));
        assert!(authority.content().len() <= ROOM);
    }

    #[test]
    fn any_one_of_its_recipients_opens_it_and_nobody_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("authority.age");
        let [one, two, other] = [(); 3].map(|()| Identity::generate());
        let authority = Authority::generate(1).unwrap();
        authority.store(&path, Lock::Recipients(vec![one.recipient(), two.recipient()])).unwrap();
        let load = |identity: &Identity| {
            Authority::load(&path, |locked| {
                assert_eq!(locked, Locked::Identity);
                Ok(Unlock::Identity(Identity::parse(&identity.file()).unwrap()))
            })
        };
        for identity in [&one, &two] {
            let back = load(identity).unwrap();
            assert_eq!(*back.content_for(&[]), *authority.content());
            // A command that changes the envelope seals it to the same again, whoever of them runs it.
            assert_eq!(back.recipients(), [one.recipient(), two.recipient()]);
        }
        assert!(matches!(load(&other), Err(CustodyError::Identity)));
        let nobody = authority.store(&path, Lock::Recipients(vec!["age1nobody".into()]));
        assert!(matches!(nobody, Err(CustodyError::Envelope(_))));
    }

    #[test]
    fn wrong_passphrase_damage_and_a_newer_version_differ() {
        let folder = tempfile::tempdir().unwrap();
        let (authority, path) = store(folder.path());
        let load = || Authority::load(&path, |_| Ok(Unlock::Passphrase("correct horse".into()))).unwrap_err();
        let other = Authority::load(&path, |_| Ok(Unlock::Passphrase("wrong".into()))).unwrap_err();
        assert!(matches!(other, CustodyError::Passphrase), "{other:?}");

        let whole = std::fs::read(&path).unwrap();
        for cut in [20, 60, 120, whole.len() - 3] {
            files::write(&path, &whole[..cut], Access::Owner).unwrap();
            let error = load();
            assert!(matches!(error, CustodyError::Envelope(EnvelopeError::Damaged(_))), "{cut}: {error:?}");
        }
        files::write(&path, b"age-encryption.org/v9\n", Access::Owner).unwrap();
        assert!(matches!(load(), CustodyError::Newer));

        let mut plain = authority.content().to_vec();
        assert!(Authority::parse(&plain).is_ok());
        assert!(matches!(Authority::parse(&plain[..plain.len() - 1]), Err(CustodyError::Damaged)));
        plain[MAGIC.len()] = VERSION + 1;
        assert!(matches!(Authority::parse(&plain), Err(CustodyError::Newer)));
    }

    #[test]
    fn files_are_checked_before_the_passphrase_is_asked_for() {
        let asked = |_| -> Result<Unlock, CustodyError> { panic!("asked too early") };
        let folder = tempfile::tempdir().unwrap();
        let missing = Authority::load(&folder.path().join("none"), asked).unwrap_err();
        assert!(matches!(missing, CustodyError::File(_)));
        let path = folder.path().join("noise");
        files::write(&path, b"not an envelope", Access::Owner).unwrap();
        assert!(!matches!(Authority::load(&path, asked).unwrap_err(), CustodyError::Passphrase));
    }

    #[test]
    fn keys_are_independent_and_a_rotation_keeps_all_but_the_root() {
        let mut authority = Authority::generate(7).unwrap();
        let content = authority.content();
        let signing = &content[MAGIC.len() + 1..][..32];
        let root = authority.roots()[0].node().unwrap().key().expose().to_vec();
        assert_ne!(signing, root);

        let wrong = authority.rotate(Root::generate(9).unwrap(), Day::new(2500));
        assert!(matches!(wrong, Err(CustodyError::Rotation)));
        let public = authority.public();
        assert_eq!(authority.older_roots_needed_until(30), None);
        authority.rotate(Root::generate(8).unwrap(), Day::new(2500)).unwrap();
        let mark = ListMark::of(&RevocationList::none(), b"signed");
        authority.remember_list(mark);
        let mut back = Authority::parse(&authority.content()).unwrap();
        assert_eq!((back.public(), back.generation(), back.list()), (public, 8, mark));
        assert_eq!(back.older_roots_needed_until(30), Some(Day::new(2532)));
        assert_eq!(back.root(7).unwrap().node().unwrap().key().expose()[..], root[..]);
        assert_ne!(back.root(8).unwrap().node().unwrap().key().expose()[..], root[..]);
        assert_eq!(back.retire().len(), 1);
        assert!(back.root(7).is_none());
        assert!(!back.content().windows(32).any(|window| window == root), "the old root is erased");
    }
}
