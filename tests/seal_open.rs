//! A record from sealer to scanner, and all that must not open it.

use crate::common::label::DELIVERY;
use wayseal::error::{Refusal, SealError};
use wayseal::keys::{AliasKey, Day, Generation, KeyPath, Node, Region, SealerId, Site, Tier};
use wayseal::payload::{PREFIX, Payload, PayloadText, Waybill, base45};
use wayseal::record::{Contact, Delivery};
use wayseal::sealer::{DestinationKeys, Sealer};
use wayseal::verifier::{Buffer, Revoked, Verifier, Want};

const DAY: Day = Day::new(2519);
const REGION: u16 = 755;
const SITE: u16 = 12;
const NAME: &str = "欧阳修远";
const PHONE: &str = "13812345678";
const DETAIL: &str = "科技园路9号3栋2单元1501室";

fn root() -> Node {
    Node::new(KeyPath::root(Generation::EVEN), &[0x51; 32])
}

fn site_path(tier: Tier, day: Day, region: u16, site: u16) -> KeyPath {
    KeyPath::day(Generation::EVEN, tier, day)
        .region(Region::new(region).unwrap())
        .site(Site::new(site).unwrap())
}

fn derive(path: KeyPath) -> Node {
    let mut node = Node::empty();
    root().derive(path, &mut node).unwrap();
    node
}

/// The site keys of a station on a day, for delivery and contact.
fn station(day: Day, region: u16, site: u16) -> [Node; 2] {
    [Tier::Delivery, Tier::Contact].map(|tier| derive(site_path(tier, day, region, site)))
}

pub fn sealer(id: u32) -> (Sealer, DestinationKeys) {
    let id = SealerId::new(id).unwrap();
    let origin = derive(KeyPath::origin(Generation::EVEN, DAY, id));
    let [delivery, contact] = station(DAY, REGION, SITE);
    let alias = AliasKey::try_from(&delivery).unwrap().alias(id);
    let leaf = |site: &Node| derive(site.path().sealer(alias));
    let lane = DestinationKeys::new(&leaf(&delivery), Some(&leaf(&contact))).unwrap();
    (Sealer::new(&origin).unwrap(), lane)
}

fn delivery() -> Delivery<'static> {
    Delivery { name: NAME, detail: DETAIL, note: "放前台", ..DELIVERY }
}

fn contact() -> Contact<'static> {
    Contact { phone: PHONE, sender_phone: "0755-26543210", sender_name: "云帆书店" }
}

fn label() -> PayloadText {
    let (sealer, lane) = sealer(7);
    let waybill = Waybill::parse("SF1234567890123").unwrap();
    sealer.seal(&lane, &waybill, &delivery(), Some(&contact())).unwrap().text
}

fn refusal(nodes: &[Node], text: &[u8], want: Want) -> Refusal {
    let mut buffer = Buffer::new();
    Verifier::new(nodes, DAY).open(text, want, &mut buffer).unwrap_err()
}

#[test]
fn the_station_reads_what_the_sealer_wrote() {
    let text = label();
    for (nodes, day) in
        [(station(DAY, REGION, SITE), DAY), (station(DAY, REGION, SITE), Day::new(DAY.number() + 14))]
    {
        let mut buffer = Buffer::new();
        let opened = Verifier::new(&nodes, day).open(text.as_bytes(), Want::Both, &mut buffer).unwrap();
        let (delivery, contact) = (opened.delivery.unwrap(), opened.contact.unwrap());
        assert_eq!((delivery.name, delivery.street, delivery.note), (NAME, "粤海街道", "放前台"));
        assert_eq!(delivery.detail, DETAIL);
        assert_eq!(
            (contact.phone, contact.sender_phone, contact.sender_name),
            (PHONE, "0755-26543210", "云帆书店")
        );
        assert_eq!(&*opened.header.waybill.text(), "SF1234567890123");
        assert_eq!(opened.day, DAY);
    }
}

#[test]
fn every_node_above_the_leaf_opens_and_each_tier_opens_its_own_part() {
    let text = label();
    let tier = |tier| {
        let site = site_path(tier, DAY, REGION, SITE);
        let day = KeyPath::day(Generation::EVEN, tier, DAY);
        [site, day.region(Region::new(REGION).unwrap()), day, KeyPath::root(Generation::EVEN)]
    };
    for path in tier(Tier::Delivery) {
        let nodes = [derive(path)];
        let mut buffer = Buffer::new();
        let opened = Verifier::new(&nodes, DAY).open(text.as_bytes(), Want::Delivery, &mut buffer).unwrap();
        assert_eq!(opened.delivery.unwrap().name, NAME);
        assert!(opened.contact.is_none());
    }
    for path in tier(Tier::Contact) {
        let nodes = [derive(path)];
        let mut buffer = Buffer::new();
        let opened = Verifier::new(&nodes, DAY).open(text.as_bytes(), Want::Contact, &mut buffer).unwrap();
        assert_eq!(opened.contact.unwrap().phone, PHONE);
        assert!(opened.delivery.is_none());
    }
}

#[test]
fn others_are_refused_each_for_its_reason() {
    let text = label();
    let text = text.as_bytes();
    let own = || station(DAY, REGION, SITE);
    let [delivery, contact] = own();
    let odd = Node::new(KeyPath::root(Generation::ODD), &[0x51; 32]);
    assert_eq!(refusal(&[odd], text, Want::Held), Refusal::OtherGeneration);
    assert_eq!(refusal(&station(DAY, REGION, SITE + 1), text, Want::Held), Refusal::OtherStation);
    assert_eq!(refusal(&station(DAY, REGION + 1, SITE), text, Want::Held), Refusal::OtherStation);
    assert_eq!(
        refusal(&station(Day::new(DAY.number() - 1), REGION, SITE), text, Want::Held),
        Refusal::DayNotInHand
    );
    assert_eq!(refusal(&[contact], text, Want::Delivery), Refusal::TierNotGranted);
    assert_eq!(refusal(&[delivery], text, Want::Both), Refusal::TierNotGranted);
    assert_eq!(refusal(&[], text, Want::Held), Refusal::OtherGeneration);
    // The origin key derives salts and opens nothing.
    let origin = derive(KeyPath::origin(Generation::EVEN, DAY, SealerId::new(7).unwrap()));
    assert_eq!(refusal(&[origin], text, Want::Held), Refusal::OtherStation);
    // Keys with the right path from another root.
    let foreign = own().map(|node| Node::new(node.path(), &[0x77; 32]));
    assert_eq!(refusal(&foreign, text, Want::Held), Refusal::Tampered);
}

#[test]
fn another_sealers_leaf_opens_nothing() {
    let text = label();
    let [delivery, _] = station(DAY, REGION, SITE);
    let alias = AliasKey::try_from(&delivery).unwrap().alias(SealerId::new(8).unwrap());
    let leaf = derive(delivery.path().sealer(alias));
    assert_eq!(refusal(&[leaf], text.as_bytes(), Want::Held), Refusal::OtherStation);
}

#[test]
fn no_changed_byte_opens() {
    let label = label();
    let payload = Payload::parse(label.as_bytes()).unwrap();
    let nodes = station(DAY, REGION, SITE);
    let root = [root()];
    for place in 0..payload.bytes().len() {
        for bit in 0..8 {
            let mut bytes = payload.bytes().to_vec();
            bytes[place] ^= 1 << bit;
            let mut text = PREFIX.as_bytes().to_vec();
            text.resize(PREFIX.len() + base45::encoded_len(bytes.len()), 0);
            base45::encode(&bytes, &mut text[PREFIX.len()..]);
            let mut buffer = Buffer::new();
            // The station's keys, and keys that cover everything.
            for nodes in [&nodes[..], &root[..]] {
                let opened = Verifier::new(nodes, DAY).open(&text, Want::Both, &mut buffer);
                assert!(opened.is_err(), "byte {place} bit {bit}");
            }
        }
    }
}

#[test]
fn no_changed_character_opens() {
    let label = label();
    let nodes = station(DAY, REGION, SITE);
    let mut buffer = Buffer::new();
    for place in 0..label.as_bytes().len() {
        for other in base45::ALPHABET.iter().chain(b"a~\n\xff\0") {
            let mut text = label.as_bytes().to_vec();
            if text[place] == *other {
                continue;
            }
            text[place] = *other;
            assert!(Verifier::new(&nodes, DAY).open(&text, Want::Both, &mut buffer).is_err());
        }
    }
}

#[test]
fn one_record_has_one_label_and_another_record_another_salt() {
    assert_eq!(label().as_str(), label().as_str());
    let (sealer, lane) = sealer(7);
    let waybill = Waybill::parse("SF1234567890123").unwrap();
    let mut other = delivery();
    other.note = "放门口";
    let other = sealer.seal(&lane, &waybill, &other, Some(&contact())).unwrap().text;
    let salt = |text: &PayloadText| Payload::parse(text.as_bytes()).unwrap().header().salt;
    assert_ne!(salt(&label()), salt(&other));
}

#[test]
fn a_revoked_sealer_is_refused_from_its_day_on_and_only_then() {
    let text = label();
    let nodes = station(DAY, REGION, SITE);
    let open = |revoked: &[Revoked]| {
        let mut buffer = Buffer::new();
        let verifier = Verifier::new(&nodes, DAY).with_revoked(revoked);
        verifier.open(text.as_bytes(), Want::Held, &mut buffer).map(|opened| opened.day)
    };
    let entry = |id, from| Revoked { sealer: SealerId::new(id).unwrap(), from: Day::new(from) };
    assert_eq!(open(&[entry(7, DAY.number())]), Err(Refusal::SealerRevoked));
    assert_eq!(open(&[entry(3, 0), entry(7, DAY.number() - 9)]), Err(Refusal::SealerRevoked));
    assert_eq!(open(&[entry(7, DAY.number() + 1)]), Ok(DAY));
    assert_eq!(open(&[entry(6, 0), entry(8, 0)]), Ok(DAY));
}

#[test]
fn keys_that_do_not_belong_together_seal_nothing() {
    let (sealer, _) = sealer(7);
    let [delivery, contact] = station(DAY, REGION, SITE);
    assert!(matches!(Sealer::new(&delivery), Err(SealError::Keys)));
    assert!(matches!(DestinationKeys::new(&delivery, None), Err(SealError::Keys)));
    let alias = AliasKey::try_from(&delivery).unwrap().alias(SealerId::new(7).unwrap());
    let other = AliasKey::try_from(&delivery).unwrap().alias(SealerId::new(8).unwrap());
    let leaf = derive(delivery.path().sealer(alias));
    assert!(matches!(
        DestinationKeys::new(&leaf, Some(&derive(contact.path().sealer(other)))),
        Err(SealError::Keys)
    ));
    let tomorrow = KeyPath::day(Generation::EVEN, Tier::Delivery, Day::new(DAY.number() + 1))
        .region(Region::new(REGION).unwrap())
        .site(Site::new(SITE).unwrap())
        .sealer(alias);
    let lane = DestinationKeys::new(&derive(tomorrow), None).unwrap();
    let waybill = Waybill::parse("SF1234567890123").unwrap();
    let sealed = sealer.seal(&lane, &waybill, &self::delivery(), None);
    assert!(matches!(sealed, Err(SealError::Keys)));
}

#[test]
fn nothing_shows_in_debug() {
    let text = label();
    let nodes = station(DAY, REGION, SITE);
    let mut buffer = Buffer::new();
    let opened = Verifier::new(&nodes, DAY).open(text.as_bytes(), Want::Both, &mut buffer).unwrap();
    let shown = format!("{opened:?} {:?} {:?} {nodes:?}", opened.delivery, opened.contact);
    for secret in [NAME, PHONE, "科技园", "云帆", "26543210"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
