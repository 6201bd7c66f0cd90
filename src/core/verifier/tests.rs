//! The buffer's state after a label with valid tags and a malformed plaintext, which only a sealer could produce.

use super::section::{Section, label_key};
use super::*;
use crate::error::Refusal;
use crate::keys::{AliasKey, Day, Generation, KeyPath, Node, Region, SealerId, Site, Tier};
use crate::payload::{PREFIX, Payload, TAG_LEN, Waybill, base45};
use crate::record::{Contact, Country, Delivery, Division};
use crate::sealer::{DestinationKeys, Sealer};
use crate::secret::{Key, aead};

const DAY: Day = Day::new(2519);

fn node(path: KeyPath) -> Node {
    let mut node = Node::empty();
    Node::new(KeyPath::root(Generation::EVEN), &[0x51; 32]).derive(path, &mut node).unwrap();
    node
}

fn station() -> [Node; 2] {
    let site = |tier| {
        let (region, site) = (Region::new(755).unwrap(), Site::new(12).unwrap());
        node(KeyPath::day(Generation::EVEN, tier, DAY).region(region).site(site))
    };
    [site(Tier::Delivery), site(Tier::Contact)]
}

/// The text of a label whose `section` is filled with one bits.
fn label(station: &[Node; 2], broken: Section) -> std::string::String {
    let id = SealerId::new(7).unwrap();
    let alias = AliasKey::try_from(&station[0]).unwrap().alias(id);
    let [delivery, contact] = [0, 1].map(|at| node(station[at].path().sealer(alias)));
    let sealer = Sealer::new(&node(KeyPath::origin(Generation::EVEN, DAY, id))).unwrap();
    let lane = DestinationKeys::new(&delivery, Some(&contact)).unwrap();
    let record = Delivery {
        name: "欧阳修远",
        country: Country::CN,
        postcode: "",
        division: Division::Names { province: "广东省", city: "深圳市", district: "南山区" },
        street: "",
        detail: "科技园路9号3栋2单元1501室",
        note: "",
    };
    let phones = Contact { phone: "13812345678", sender_phone: "", sender_name: "" };
    let waybill = Waybill::parse("SF1304857296031").unwrap();
    let text = sealer.seal(&lane, &waybill, &record, Some(&phones)).unwrap().text;

    let payload = Payload::parse(text.as_bytes()).unwrap();
    let mut bytes = payload.bytes().to_vec();
    let layout = payload.layout();
    // Each tag covers everything before it, so the contact section is sealed again after the delivery section.
    for (which, leaf, section, tag) in [
        (Section::Delivery, &delivery, &layout.delivery, &layout.delivery_tag),
        (Section::Contact, &contact, &layout.contact, &layout.contact_tag),
    ] {
        let mut key = Key::zero();
        label_key(&payload, (leaf, leaf.path()), &mut key).unwrap();
        let mut plain = payload.bytes()[section.clone()].to_vec();
        let mut own = [0; TAG_LEN];
        own.copy_from_slice(&payload.bytes()[tag.clone()]);
        aead::open(&key, &aead::NONCE, &payload.bytes()[..section.start], &mut plain, &own).unwrap();
        if which == broken {
            // No phone has the number of all ones, and no delivery ends with one bits.
            let from = if which == Section::Contact { 0 } else { plain.len() - 1 };
            plain[from..].fill(0xff);
        }
        let sealed = aead::seal(&key, &aead::NONCE, &bytes[..section.start], &mut plain);
        bytes[section.clone()].copy_from_slice(&plain);
        bytes[tag.clone()].copy_from_slice(&sealed);
    }
    let mut out = std::vec![0; base45::encoded_len(bytes.len())];
    base45::encode(&bytes, &mut out);
    PREFIX.to_owned() + core::str::from_utf8(&out).unwrap()
}

#[test]
fn nothing_is_left_of_a_label_whose_content_is_none() {
    let station = station();
    for broken in [Section::Delivery, Section::Contact] {
        let text = label(&station, broken);
        let verifier = Verifier::new(&station, DAY);
        let mut buffer = Buffer::new();
        assert_eq!(verifier.open(text.as_bytes(), Want::Both, &mut buffer).err(), Some(Refusal::Tampered));
        let Buffer { payload, delivery, contact } = &buffer;
        let left = payload.expose().iter().chain(delivery.expose()).chain(contact.expose());
        assert_eq!(left.filter(|byte| **byte != 0).count(), 0);

        let mut keys = LabelKeys::empty();
        let payload = Payload::parse(text.as_bytes()).unwrap();
        verifier.load(&payload, Want::Both, &mut keys).unwrap();
        assert_eq!(keys.open(&payload, Want::Held, &mut buffer).err(), Some(Refusal::Tampered));
        let Buffer { payload, delivery, contact } = &buffer;
        let left = payload.expose().iter().chain(delivery.expose()).chain(contact.expose());
        assert_eq!(left.filter(|byte| **byte != 0).count(), 0);

        // With only the other section requested, the label opens.
        let other = if broken == Section::Delivery { Want::Contact } else { Want::Delivery };
        assert!(verifier.open(text.as_bytes(), other, &mut buffer).is_ok());
    }
}
