//! Forgery, role by role: who can make a label that opens. `docs/threat-model.md` describes the same.
//!
//! A forger has all keys of his role and writes any bytes: paths, headers, salts.

use crate::common::label::{CONTACT, DELIVERY};
use crate::common::tree::Tree;
use wayseal::authority::audit::{AuditError, Finding, MadeBy, examine};
use wayseal::error::Refusal;
use wayseal::keys::{
    Alias, AliasKey, Day, Generation, KeyPath, Node, NotBelow, Prk, Region, SaltKey, SealerId, Site, Tier,
};
use wayseal::payload::{HEADER_MAX, PREFIX, Payload, PayloadText, Waybill, base45};
use wayseal::record::{CONTACT_SIZES, Contact, Delivery, encode_contact};
use wayseal::sealer::{DestinationKeys, Sealer};
use wayseal::secret::{Key, aead};
use wayseal::verifier::{Buffer, Verifier, Want};

const DAY: Day = Day::new(2519);
const VICTIM: u32 = 7;
const NAME: &str = "欧阳修远";
const PHONE: &str = "13812345678";
const FORGED_NAME: &str = "张三";
const FORGED_PHONE: &str = "13900001234";

#[test]
fn a_scanner_can_forge_for_its_station_and_the_salt_exposes_it() {
    for held in [station(Tier::Delivery, 755, 12), region(Tier::Delivery, 755)] {
        let text = forge(&held, 755, 12).unwrap();
        assert_eq!(name(&text, 755, 12), Ok(FORGED_NAME.to_owned()), "from {:?}", held.path());
        // The authority can see it; a scanner offline cannot.
        let made_by = authority_recomputes(&text);
        assert_eq!(made_by.sealer, VICTIM, "the forgery names its victim");
        assert_ne!(made_by.salt, made_by.recomputed);
        assert_eq!(audited(text.as_bytes()), Ok((VICTIM, MadeBy::ByNoSealer)));
    }
    assert_eq!(audited(genuine(VICTIM, 755, 12).as_bytes()), Ok((VICTIM, MadeBy::BySealer)));
    // Without any key there is nothing to find: the label does not open.
    let lie = Node::new(station(Tier::Delivery, 755, 12).path(), &[9; 32]);
    let counterfeit = forge(&lie, 755, 12).unwrap();
    assert_eq!(audited(counterfeit.as_bytes()), Err(Refusal::Tampered));
    let genuine = authority_recomputes(&genuine(VICTIM, 755, 12));
    assert_eq!((genuine.sealer, genuine.salt), (VICTIM, genuine.recomputed));
}

#[test]
fn a_scanner_can_forge_for_no_other_station_and_a_region_device_for_no_other_region() {
    let own = station(Tier::Delivery, 755, 12);
    assert_eq!(forge(&own, 755, 13).unwrap_err(), NotBelow);
    assert_eq!(forge(&region(Tier::Delivery, 755), 756, 12).unwrap_err(), NotBelow);
    // With its key under the path of the other station or region.
    let lie = Node::new(station(Tier::Delivery, 755, 13).path(), own.key().expose());
    assert_eq!(name(&forge(&lie, 755, 13).unwrap(), 755, 13), Err(Refusal::Tampered));
    let lie = Node::new(region(Tier::Delivery, 756).path(), region(Tier::Delivery, 755).key().expose());
    assert_eq!(name(&forge(&lie, 756, 12).unwrap(), 756, 12), Err(Refusal::Tampered));
    // A region device can forge for every station of its region.
    let text = forge(&region(Tier::Delivery, 755), 755, 4000).unwrap();
    assert_eq!(name(&text, 755, 4000), Ok(FORGED_NAME.to_owned()));
}

#[test]
fn a_sealer_can_seal_under_its_own_alias_only() {
    let own = alias(9, 755, 12);
    let leaf = |tier| derive(station(tier, 755, 12).path().sealer(own));
    let origin = derive(KeyPath::origin(Generation::EVEN, DAY, SealerId::new(9).unwrap()));
    let seal = |alias: Alias| {
        let path = |tier| station(tier, 755, 12).path().sealer(alias);
        let as_alias = |tier| Node::new(path(tier), leaf(tier).key().expose());
        let lane = DestinationKeys::new(&as_alias(Tier::Delivery), Some(&as_alias(Tier::Contact))).unwrap();
        write(&origin, &lane, FORGED_NAME, FORGED_PHONE)
    };
    assert_eq!(name(&seal(own), 755, 12), Ok(FORGED_NAME.to_owned()));
    // A label under its own alias is genuine: the authority finds the sealer.
    let made_by = authority_recomputes(&seal(own));
    assert_eq!((made_by.sealer, made_by.salt), (9, made_by.recomputed));
    assert_eq!(audited(seal(own).as_bytes()), Ok((9, MadeBy::BySealer)));
    assert_eq!(name(&seal(alias(VICTIM, 755, 12)), 755, 12), Err(Refusal::Tampered));
}

#[test]
fn who_photographs_labels_can_repeat_them_and_nothing_else() {
    let (one, two) = (genuine(VICTIM, 755, 12), genuine(9, 755, 12));
    let payload = |text: &PayloadText| Payload::parse(text.as_bytes()).unwrap();
    let (one, two) = (payload(&one), payload(&two));
    let layout = one.layout().clone();
    assert_eq!(layout, *two.layout());
    // Any part of one label put into another: header, each section, each tag, sections with their tags.
    let both = layout.delivery.start..layout.contact_tag.end;
    for part in [
        layout.header.clone(),
        layout.delivery.clone(),
        layout.delivery_tag.clone(),
        layout.contact.clone(),
        layout.contact_tag.clone(),
        layout.delivery.start..layout.delivery_tag.end,
        layout.contact.start..layout.contact_tag.end,
        both,
    ] {
        let mut mixed = one.bytes().to_vec();
        mixed[part.clone()].copy_from_slice(&two.bytes()[part.clone()]);
        assert_eq!(opened(&text(&mixed), 755, 12).unwrap_err(), Refusal::Tampered, "{part:?}");
    }
    // A copy of a label opens to the record of the original.
    assert_eq!(opened(&text(one.bytes()), 755, 12).unwrap().0, NAME);
}

#[test]
fn a_relay_can_change_the_phone_of_a_label_it_saw_but_no_address() {
    let genuine = genuine(VICTIM, 755, 12);
    let contact = station(Tier::Contact, 755, 12);
    // With its key under the path of the delivery key.
    let lie = Node::new(station(Tier::Delivery, 755, 12).path(), contact.key().expose());
    assert_eq!(name(&forge(&lie, 755, 12).unwrap(), 755, 12), Err(Refusal::Tampered));

    // The contact section has its own key, so a holder of that key can write another one after a genuine delivery
    // section. The salt covers both plaintexts and exposes it.
    let payload = Payload::parse(genuine.as_bytes()).unwrap();
    let layout = payload.layout().clone();
    let mut bytes = payload.bytes().to_vec();
    let mut leaf = Node::empty();
    contact.derive(contact.path().sealer(payload.header().alias), &mut leaf).unwrap();
    let mut key = Key::zero();
    Prk::new(leaf.key()).label_key(&bytes[layout.header.clone()], &mut key);
    let mut plain = [0; CONTACT_SIZES[2]];
    let forged = Contact { phone: FORGED_PHONE, sender_phone: "", sender_name: "" };
    encode_contact(&forged, &mut plain).unwrap();
    let (before, rest) = bytes.split_at_mut(layout.contact.start);
    let (section, tag) = rest.split_at_mut(layout.contact.len());
    section.copy_from_slice(&plain[..section.len()]);
    tag.copy_from_slice(&aead::seal(&key, &aead::NONCE, before, section));

    let forged = text(&bytes);
    assert_eq!(opened(&forged, 755, 12), Ok((NAME.to_owned(), FORGED_PHONE.to_owned())));
    let made_by = authority_recomputes_bytes(&forged);
    assert_ne!(made_by.salt, made_by.recomputed);
    assert_eq!(audited(&forged), Ok((VICTIM, MadeBy::ByNoSealer)));
}

#[test]
fn a_delivery_key_alone_cannot_keep_the_contact_of_a_label_it_changes() {
    // The contact section's tag covers the delivery section before it: a courier with the delivery tier alone who
    // rewrites an address makes the contact section fail for all who hold both tiers.
    let genuine = genuine(VICTIM, 755, 12);
    let payload = Payload::parse(genuine.as_bytes()).unwrap();
    let layout = payload.layout().clone();
    let mut bytes = payload.bytes().to_vec();
    let site = station(Tier::Delivery, 755, 12);
    let mut leaf = Node::empty();
    site.derive(site.path().sealer(payload.header().alias), &mut leaf).unwrap();
    let mut key = Key::zero();
    Prk::new(leaf.key()).label_key(&bytes[layout.header.clone()], &mut key);
    let (header, rest) = bytes.split_at_mut(layout.delivery.start);
    let (section, rest) = rest.split_at_mut(layout.delivery.len());
    let mut tag = [0; aead::TAG_LEN];
    tag.copy_from_slice(&rest[..aead::TAG_LEN]);
    aead::open(&key, &aead::NONCE, header, section, &tag).unwrap();
    // Another record, sealed again under the label's own key, which the delivery leaf gives.
    section[1] ^= 1;
    rest[..aead::TAG_LEN].copy_from_slice(&aead::seal(&key, &aead::NONCE, header, section));
    assert_eq!(opened(&text(&bytes), 755, 12).unwrap_err(), Refusal::Tampered);
    let made_by = authority_recomputes_delivery(&text(&bytes));
    assert_ne!(made_by.salt, made_by.recomputed);
    assert_eq!(audited(&text(&bytes)), Ok((VICTIM, MadeBy::ContactBroken)));
}

/// The tree whose day keys `authority audit` uses.
fn tree() -> Tree {
    Tree::of_bytes(0x51)
}

fn derive(path: KeyPath) -> Node {
    tree().node(path)
}

fn region(tier: Tier, region: u16) -> Node {
    derive(KeyPath::day(Generation::EVEN, tier, DAY).region(Region::new(region).unwrap()))
}

fn station(tier: Tier, at: u16, site: u16) -> Node {
    derive(region(tier, at).path().site(Site::new(site).unwrap()))
}

fn alias(sealer: u32, region: u16, site: u16) -> Alias {
    AliasKey::try_from(&station(Tier::Delivery, region, site)).unwrap().alias(SealerId::new(sealer).unwrap())
}

/// A genuine label, sealed with the grant of `sealer`.
fn genuine(sealer: u32, region: u16, site: u16) -> PayloadText {
    let origin = derive(KeyPath::origin(Generation::EVEN, DAY, SealerId::new(sealer).unwrap()));
    let leaf = |tier| derive(station(tier, region, site).path().sealer(alias(sealer, region, site)));
    let lane = DestinationKeys::new(&leaf(Tier::Delivery), Some(&leaf(Tier::Contact))).unwrap();
    write(&origin, &lane, NAME, PHONE)
}

/// A label without contact section in the victim's name, from a delivery key above the leaf. The forger invents an
/// origin leaf, since he has none.
fn forge(held: &Node, region: u16, site: u16) -> Result<PayloadText, NotBelow> {
    let at = KeyPath::day(Generation::EVEN, Tier::Delivery, DAY)
        .region(Region::new(region).unwrap())
        .site(Site::new(site).unwrap());
    let mut leaf = Node::empty();
    held.derive(at.sealer(alias(VICTIM, region, site)), &mut leaf)?;
    let origin = KeyPath::origin(Generation::EVEN, DAY, SealerId::new(VICTIM).unwrap());
    Ok(write(&Node::new(origin, &[0; 32]), &DestinationKeys::new(&leaf, None).unwrap(), FORGED_NAME, ""))
}

fn write(origin: &Node, lane: &DestinationKeys, name: &str, phone: &str) -> PayloadText {
    let delivery = Delivery { name, ..DELIVERY };
    let contact = Contact { phone, ..CONTACT };
    let waybill = Waybill::parse("SF1234567890123").unwrap();
    let contact = (!phone.is_empty()).then_some(&contact);
    Sealer::new(origin).unwrap().seal(lane, &waybill, &delivery, contact).unwrap().text
}

/// The name and phone that the scanner of a station with both tiers reads.
fn opened(text: &[u8], region: u16, site: u16) -> Result<(String, String), Refusal> {
    let nodes = [Tier::Delivery, Tier::Contact].map(|tier| station(tier, region, site));
    let mut buffer = Buffer::new();
    let opened = Verifier::new(&nodes, DAY).open(text, Want::Both, &mut buffer)?;
    let phone = opened.contact.map_or("", |contact| contact.phone).to_owned();
    Ok((opened.delivery.unwrap().name.to_owned(), phone))
}

fn name(text: &PayloadText, region: u16, site: u16) -> Result<String, Refusal> {
    opened(text.as_bytes(), region, site).map(|(name, _)| name)
}

fn text(bytes: &[u8]) -> Vec<u8> {
    let mut text = PREFIX.as_bytes().to_vec();
    text.resize(PREFIX.len() + base45::encoded_len(bytes.len()), 0);
    base45::encode(bytes, &mut text[PREFIX.len()..]);
    text
}

/// The verdict of `authority audit`, compared with a second computation of the salt below.
fn audited(text: &[u8]) -> Result<(u32, MadeBy), Refusal> {
    let found = examine(&tree(), &Payload::parse(text).unwrap(), DAY, &[]);
    let Finding { sealer, day, made, tenant, .. } = found.map_err(|error| match error {
        AuditError::Label(refusal) => refusal,
        error => panic!("not examined: {error}"),
    })?;
    assert_eq!((day, tenant), (DAY, None));
    Ok((sealer.number(), made))
}

/// What the authority finds with its keys.
struct Maker {
    sealer: u32,
    salt: [u8; 6],
    recomputed: [u8; 6],
}

fn authority_recomputes(text: &PayloadText) -> Maker {
    authority_recomputes_bytes(text.as_bytes())
}

fn authority_recomputes_bytes(text: &[u8]) -> Maker {
    recompute(text, true)
}

/// The same for a label whose contact section is broken, which then counts as zeros.
fn authority_recomputes_delivery(text: &[u8]) -> Maker {
    recompute(text, false)
}

fn recompute(text: &[u8], with_contact: bool) -> Maker {
    let payload = Payload::parse(text).unwrap();
    let (header, layout, bytes) = (payload.header(), payload.layout(), payload.bytes());
    let decrypt = |tier, section: &std::ops::Range<usize>| {
        let site = derive(
            KeyPath::day(header.generation, tier, header.day(DAY).unwrap())
                .region(header.region)
                .site(header.site),
        );
        let leaf = derive(site.path().sealer(header.alias));
        let mut key = Key::zero();
        Prk::new(leaf.key()).label_key(&bytes[layout.header.clone()], &mut key);
        let mut plain = bytes[section.clone()].to_vec();
        let mut tag = [0; aead::TAG_LEN];
        tag.copy_from_slice(&bytes[section.end..section.end + aead::TAG_LEN]);
        aead::open(&key, &aead::NONCE, &bytes[..section.start], &mut plain, &tag).unwrap();
        plain
    };
    let delivery = decrypt(Tier::Delivery, &layout.delivery);
    let contact = match layout.contact.len() {
        0 => Vec::new(),
        _ if with_contact => decrypt(Tier::Contact, &layout.contact),
        len => vec![0; len],
    };
    let site = station(Tier::Delivery, header.region.number(), header.site.number());
    let sealer = AliasKey::try_from(&site).unwrap().sealer(header.alias);
    let origin = derive(KeyPath::origin(header.generation, header.day(DAY).unwrap(), sealer));
    let mut head = [0; HEADER_MAX];
    let unsalted = header.write(&mut head) - header.salt.len();
    let recomputed = SaltKey::try_from(&origin).unwrap().salt(DAY, &head[..unsalted], &delivery, &contact);
    Maker { sealer: sealer.number(), salt: header.salt, recomputed }
}
