//! The positive control of the residue scan: opens a label with the same core functions but without wiping, and
//! dumps the RAM to `control.bin` whenever a secret is in use or was just left on the stack. The scan must find
//! them there.

use super::{DAY, SITE, check, derive, meter, semihosting::File, site, some, station};
use aes_gcm::{KeyInit, aes::Aes256};
use wayseal_core::keys::{Generation, Node, KeyPath, Prk, Region, Tier};
use wayseal_core::payload::{PAYLOAD_MAX, Payload, TAG_LEN};
use wayseal_core::record::{DELIVERY_MAX, TEXT_MAX, decode_contact, decode_delivery};
use wayseal_core::secret::{Key, aead};

fn dump(file: &File) {
    file.append(meter::RAM, meter::RAM_LEN);
}

/// Opens both sections without wiping.
#[inline(never)]
pub fn reveal(text: &[u8]) {
    let file = File::create(b"control.bin\0");
    regions(&file);
    let mut nodes = [Node::empty(), Node::empty()];
    station(SITE, &mut nodes);
    nodes.iter().for_each(|node| ready(node, &file));
    let parsed = Payload::parse(text);
    let payload = some(parsed.as_ref().ok());
    let layout = payload.layout();
    let mut plain = [0; PAYLOAD_MAX];
    plain[..payload.bytes().len()].copy_from_slice(payload.bytes());
    for (tier, section, tag) in [
        (Tier::Delivery, &layout.delivery, &layout.delivery_tag),
        (Tier::Contact, &layout.contact, &layout.contact_tag),
    ] {
        let mut key = Key::zero();
        keys(&nodes[tier as usize - 1], tier, payload, &mut key, &file);
        let mut expected = [0; TAG_LEN];
        expected.copy_from_slice(&payload.bytes()[tag.clone()]);
        let aad = &payload.bytes()[..section.start];
        let opened = aead::open(&key, &aead::NONCE, aad, &mut plain[section.clone()], &expected);
        // H and the tag's mask are in the dead frames; the plaintext is in this one.
        dump(&file);
        check(b"control", opened.is_ok());
        schedule(&key, &file);
        keystream(&key, &file);
    }
    texts(&plain[layout.delivery.clone()], &plain[layout.contact.clone()], &file);
}

/// The region keys, which a scanner derives through but does not keep.
#[inline(never)]
fn regions(file: &File) {
    for (index, tier) in [(1, Tier::Delivery), (2, Tier::Contact)] {
        let mut region = Node::empty();
        let path = KeyPath::day(Generation::EVEN, tier, DAY).region(some(Region::new(755)));
        derive(index, path, &mut region);
        ready(&region, file);
    }
}

/// A node's key, its two HMAC states, and the padded key in the frames of the hash.
#[inline(never)]
fn ready(node: &Node, file: &File) {
    let prk = Prk::new(node.key());
    dump(file);
    drop(prk);
}

/// The leaf key and label key of a tier.
#[inline(never)]
fn keys(node: &Node, tier: Tier, payload: &Payload, key: &mut Key, file: &File) {
    let mut leaf = Node::empty();
    let path = site(tier, SITE).sealer(payload.header().alias);
    check(b"control", node.derive(path, &mut leaf).is_ok());
    ready(&leaf, file);
    Prk::new(leaf.key()).label_key(&payload.bytes()[payload.layout().header.clone()], key);
    dump(file);
}

/// The AES key schedule of a key.
#[inline(never)]
fn schedule(key: &Key, file: &File) {
    let cipher = Aes256::new(key.expose().into());
    dump(file);
    drop(cipher);
}

/// The encryption of a zero block.
#[inline(never)]
fn keystream(key: &Key, file: &File) {
    let mut zeros = [0; DELIVERY_MAX];
    let _tag = aead::seal(key, &aead::NONCE, &[], &mut zeros);
    dump(file);
}

#[inline(never)]
fn texts(delivery: &[u8], contact: &[u8], file: &File) {
    let mut text = [0; TEXT_MAX];
    check(b"control", decode_delivery(delivery, &mut text).is_ok());
    dump(file);
    check(b"control", decode_contact(contact, &mut text).is_ok());
    dump(file);
}
