//! The root in a PKCS #11 token, here SoftHSM2.
//!
//! `.ci/parts/70-features.sh` sets up the token "wayseal" with the PIN 123456 and "wayseal-2" with the PIN 654321, and runs
//! this test with SOFTHSM2_CONF and WAYSEAL_TOKEN_MODULE set.
#![cfg(feature = "hsm")]

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::object::{Attribute, KeyType, ObjectClass};
use cryptoki::session::UserType;
use std::path::PathBuf;
use wayseal::authority::custody::{Authority, CustodyError, Lock, Unlock, Work};
use wayseal::authority::day_keys::{DayCache, DayKeys, Days, IssueError};
use wayseal::authority::root::Root;
use wayseal::authority::token::{SecretString, Token, TokenError};
use wayseal::authority::token_ref::TokenRef;
use wayseal::keys::{Day, Generation, KeyPath, Node, Tier};
use wayseal::secret::Key;

const TOKEN: &str = "wayseal";
const PIN: &str = "123456";
/// The second officer's token and PIN.
const OTHER_TOKEN: &str = "wayseal-2";
const OTHER_PIN: &str = "654321";

fn module() -> PathBuf {
    assert!(
        std::env::var_os("SOFTHSM2_CONF").is_some(),
        "run .ci/parts/70-features.sh, which sets up a token"
    );
    std::env::var_os("WAYSEAL_TOKEN_MODULE").expect("WAYSEAL_TOKEN_MODULE").into()
}

fn open(label: &str, pin: &str) -> Result<Token, TokenError> {
    Token::open(&module(), label, || Ok(SecretString::from(pin)))
}

// One test, because a process initializes the module once.
#[test]
fn the_root_stays_in_its_token_and_gives_the_same_day_keys() {
    // A missing module or token is an error before the PIN is asked for.
    let asked = || -> Result<SecretString, TokenError> { panic!("asked too early") };
    let nowhere = Token::open(&PathBuf::from("/nowhere/module.so"), TOKEN, asked).unwrap_err();
    assert!(matches!(nowhere, TokenError::Module(..)), "{nowhere}");
    let nobody = Token::open(&module(), "another", asked).unwrap_err();
    assert!(matches!(nobody, TokenError::NoToken(_)), "{nobody}");
    assert!(matches!(open(TOKEN, "654321").unwrap_err(), TokenError::Pin));

    let token = open(TOKEN, PIN).unwrap();

    // An imported key of known bytes: HMAC in the token equals HKDF-Expand of the key tree.
    let library = Pkcs11::new(module()).unwrap();
    let _already = library.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK));
    let slots = library.get_slots_with_initialized_token().unwrap();
    let slot =
        slots.into_iter().find(|slot| library.get_token_info(*slot).unwrap().label() == TOKEN).unwrap();
    let session = library.open_rw_session(slot).unwrap();
    let _already = session.login(UserType::User, Some(&SecretString::from(PIN)));
    let bring = |id: [u8; 16], extractable: bool| {
        session
            .create_object(&[
                Attribute::Class(ObjectClass::SECRET_KEY),
                Attribute::KeyType(KeyType::GENERIC_SECRET),
                Attribute::Token(true),
                Attribute::Id(id.to_vec()),
                Attribute::Sensitive(!extractable),
                Attribute::Extractable(extractable),
                Attribute::Sign(true),
                Attribute::Value(vec![0x51; 32]),
            ])
            .unwrap()
    };
    let at = |id| TokenRef { token: TOKEN.into(), id };
    let known = bring([1; 16], false);
    let key = token.key(&at([1; 16])).unwrap();
    let root = Node::new(KeyPath::root(Generation::EVEN), &[0x51; 32]);
    for (tier, day) in [(Tier::Origin, 0), (Tier::Delivery, 2519), (Tier::Contact, u16::MAX)] {
        let mut expected = Node::empty();
        root.derive(KeyPath::day(Generation::EVEN, tier, Day::new(day)), &mut expected).unwrap();
        let mut given = Key::zero();
        key.day_key(tier, Day::new(day), &mut given).unwrap();
        assert_eq!(given.expose(), expected.key().expose(), "{tier:?} {day}");
    }
    session.destroy_object(known).unwrap();

    // An extractable key is refused.
    let weak = bring([2; 16], true);
    assert!(matches!(token.key(&at([2; 16])), Err(TokenError::Weak)));
    session.destroy_object(weak).unwrap();

    // A key generated in the token: not extractable, for signing only, and found again by the envelope's reference.
    let made = token.generate().unwrap();
    let place = made.at().clone();
    let handle = session.find_objects(&[Attribute::Id(place.id.to_vec())]).unwrap()[0];
    use cryptoki::object::AttributeType as Type;
    let wanted =
        [Type::Sensitive, Type::AlwaysSensitive, Type::Extractable, Type::NeverExtractable, Type::Local];
    assert_eq!(
        session.get_attributes(handle, &wanted).unwrap(),
        [
            Attribute::Sensitive(true),
            Attribute::AlwaysSensitive(true),
            Attribute::Extractable(false),
            Attribute::NeverExtractable(true),
            Attribute::Local(true),
        ]
    );
    assert!(session.get_attributes(handle, &[Type::Value]).unwrap().is_empty(), "the token gave its key");
    let uses = [Type::Sign, Type::Encrypt, Type::Decrypt, Type::Wrap, Type::Unwrap, Type::Derive];
    let signs_only: Vec<_> = session.get_attributes(handle, &uses).unwrap();
    assert_eq!(
        signs_only,
        [
            Attribute::Sign(true),
            Attribute::Encrypt(false),
            Attribute::Decrypt(false),
            Attribute::Wrap(false),
            Attribute::Unwrap(false),
            Attribute::Derive(false),
        ]
    );

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("authority.age");
    let authority = Authority::with_root(Root::from_tokens(6, [made])).unwrap();
    authority.store(&path, Lock::Passphrase("horse".into(), Work::Quick)).unwrap();
    let mut back = Authority::load(&path, |_| Ok(Unlock::Passphrase("horse".into()))).unwrap();
    assert_eq!((back.generation(), back.roots()[0].tokens().next()), (6, Some(&place)));
    let mut out = Node::empty();
    let without = back.day_key(Tier::Delivery, Day::new(2519), &mut out);
    assert!(matches!(without, Err(IssueError::NoToken)), "the token is not connected yet");
    back.connect(&token).unwrap();
    let days = Days::ending(Day::new(2519), 14);
    let (one, two) = (DayCache::new(&authority, days).unwrap(), DayCache::new(&back, days).unwrap());
    for (tier, day) in [(Tier::Origin, 2506), (Tier::Contact, 2519)] {
        let (mut first, mut second) = (Node::empty(), Node::empty());
        one.day_key(tier, Day::new(day), &mut first).unwrap();
        two.day_key(tier, Day::new(day), &mut second).unwrap();
        assert_eq!(first.key().expose(), second.key().expose());
        assert_eq!(first.path(), KeyPath::day(Generation::from(6), tier, Day::new(day)));
    }

    // After it was retired and destroyed, the token has no such key.
    token.destroy(&place).unwrap();
    assert!(matches!(token.key(&place), Err(TokenError::NoKey(_))));
    assert!(matches!(back.connect(&token), Err(CustodyError::Token(TokenError::NoKey(_)))));

    two_officers(&token, &session);
}

/// A root in two tokens: each day key is the sum of both parts, and neither token alone gives one.
fn two_officers(token: &Token, session: &cryptoki::session::Session) {
    let other = open(OTHER_TOKEN, OTHER_PIN).unwrap();
    let [one, two] = [token, &other].map(|token| token.generate().unwrap());
    let places = [&one, &two].map(|key| key.at().clone());
    let (tier, day) = (Tier::Delivery, Day::new(2519));
    let [mut first, mut second] = [Key::zero(), Key::zero()];
    one.day_key(tier, day, &mut first).unwrap();
    two.day_key(tier, day, &mut second).unwrap();

    let authority = Authority::with_root(Root::from_tokens(6, [one, two])).unwrap();
    let mut sum = Node::empty();
    authority.day_key(tier, day, &mut sum).unwrap();
    let parts = first.expose().iter().zip(second.expose());
    let expected: Vec<u8> = parts.map(|(first, second)| first ^ second).collect();
    assert_eq!(sum.key().expose()[..], expected[..]);
    assert_ne!(first.expose(), second.expose());
    assert_eq!(sum.path(), KeyPath::day(Generation::from(6), tier, day));

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("authority.age");
    authority.store(&path, Lock::Passphrase("horse".into(), Work::Quick)).unwrap();
    let load = || Authority::load(&path, |_| Ok(Unlock::Passphrase("horse".into()))).unwrap();
    // With none, the first or the second alone: no key. With both: the same.
    for connected in [&[][..], &[token], &[&other]] {
        let mut back = load();
        assert!(back.roots()[0].tokens().eq(&places), "the envelope names both");
        connected.iter().for_each(|token| back.connect(token).unwrap());
        let mut out = Node::empty();
        let alone = back.day_key(tier, day, &mut out);
        assert!(matches!(alone, Err(IssueError::NoToken)), "{alone:?}");
        assert_eq!(out.key().expose(), &[0; 32], "a part of the key was given out");
    }
    let mut back = load();
    [&other, token].iter().for_each(|token| back.connect(token).unwrap());
    let mut out = Node::empty();
    back.day_key(tier, day, &mut out).unwrap();
    assert_eq!(out.key().expose(), sum.key().expose());

    token.destroy(&places[0]).unwrap();
    assert!(matches!(load().connect(token), Err(CustodyError::Token(TokenError::NoKey(_)))));
    other.destroy(&places[1]).unwrap();
    let left = session.find_objects(&[Attribute::Class(ObjectClass::SECRET_KEY)]).unwrap();
    assert!(left.is_empty(), "keys are left in the token");
}
