//! Opening of hostile input with a station's keys: arbitrary texts, and texts sealed with those keys, so that the
//! code after the tag check is reached too. Opening must refuse or succeed, and never panic.

use std::sync::OnceLock;
use wayseal_core::error::Refusal;
use wayseal_core::keys::{
    Alias, AliasKey, Day, Generation, KeyPath, Node, Prk, Region, SealerId, Site, Tier,
};
use wayseal_core::payload::{ContactClass, HEADER_MAX, Header, Layout, PREFIX, Waybill, base45};
use wayseal_core::secret::{Key, aead};
use wayseal_core::verifier::{Buffer, Revoked, Verifier, Want};

const DAY: Day = Day::new(2519);

/// Site keys of both tiers, the leaves below them, and the leaves' alias.
struct Keys {
    sites: [Node; 2],
    leaves: [Node; 2],
    alias: Alias,
}

fn keys() -> &'static Keys {
    static KEYS: OnceLock<Keys> = OnceLock::new();
    KEYS.get_or_init(|| {
        let root = Node::new(KeyPath::root(Generation::EVEN), &[7; 32]);
        let derive = |path| {
            let mut node = Node::empty();
            root.derive(path, &mut node).unwrap();
            node
        };
        let sites = [Tier::Delivery, Tier::Contact].map(|tier| {
            let day = KeyPath::day(Generation::EVEN, tier, DAY);
            derive(day.region(Region::new(755).unwrap()).site(Site::new(12).unwrap()))
        });
        let alias = AliasKey::try_from(&sites[0]).unwrap().alias(SealerId::new(7).unwrap());
        let leaves = [0, 1].map(|tier: usize| derive(sites[tier].path().sealer(alias)));
        Keys { sites, leaves, alias }
    })
}

/// One input.
pub fn run(data: &[u8]) {
    let _ = open(data, Want::Both, false);
    let _ = open(data, Want::Held, true);
    let [class, rest @ ..] = data else { return };
    if let Some(text) = sealed(class & 3, rest) {
        let opened = open(&text, Want::Both, false);
        assert!(matches!(opened, Ok(()) | Err(Refusal::Tampered | Refusal::Unsupported)), "{opened:?}");
        // A revoked sealer is refused before a label of a later version, and after one that is not canonical.
        let expected =
            if opened == Err(Refusal::Tampered) { Refusal::Tampered } else { Refusal::SealerRevoked };
        assert_eq!(open(&text, Want::Both, true), Err(expected));
    }
}

fn open(text: &[u8], want: Want, revoking: bool) -> Result<(), Refusal> {
    let list = [Revoked { sealer: SealerId::new(7).unwrap(), from: DAY }];
    let verifier = Verifier::new(&keys().sites, DAY).with_revoked(if revoking { &list } else { &[] });
    let mut buffer = Buffer::new();
    let opened = verifier.open(text, want, &mut buffer)?;
    let delivery = opened.delivery.as_ref().map_or(0, |delivery| delivery.name.len());
    let contact = opened
        .contact
        .as_ref()
        .map_or(0, |contact| contact.phone.len() + contact.sender_phone.len() + contact.sender_name.len());
    assert!(delivery + contact > 0);
    Ok(())
}

/// The contact plaintext, as long as its class, then the delivery plaintext, cut or padded to 100 bytes in total.
fn sealed(class: u8, plain: &[u8]) -> Option<Vec<u8>> {
    let class = ContactClass::new(class)?;
    let header = Header {
        generation: Generation::EVEN,
        contact: class,
        day_low: DAY.low(),
        region: Region::new(755)?,
        site: Site::new(12)?,
        alias: keys().alias,
        waybill: Waybill::parse("SF1234567890123").ok()?,
        salt: [1; 6],
    };
    let mut payload = vec![0; 100];
    let layout = Layout::new(header.len(), class, payload.len())?;
    let mut head = [0; HEADER_MAX];
    let len = header.write(&mut head);
    payload[layout.header.clone()].copy_from_slice(&head[..len]);
    let (contact, delivery) = plain.split_at(class.len().min(plain.len()));
    let sections = [
        (delivery, layout.delivery, layout.delivery_tag, 0),
        (contact, layout.contact, layout.contact_tag, 1),
    ];
    for (plain, section, tag, tier) in sections {
        if section.is_empty() {
            continue;
        }
        let len = plain.len().min(section.len());
        payload[section.start..section.start + len].copy_from_slice(&plain[..len]);
        let mut key = Key::zero();
        Prk::new(keys().leaves[tier].key()).label_key(&head[..header.len()], &mut key);
        let (before, rest) = payload.split_at_mut(section.start);
        let sum = aead::seal(&key, &aead::NONCE, before, &mut rest[..section.len()]);
        payload[tag].copy_from_slice(&sum);
    }
    let mut text = PREFIX.as_bytes().to_vec();
    text.resize(PREFIX.len() + base45::encoded_len(payload.len()), 0);
    base45::encode(&payload, &mut text[PREFIX.len()..]);
    Some(text)
}
