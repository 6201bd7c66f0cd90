//! Sealing leaves no secret on the stack below its caller: neither of short texts nor of long ones, whose arrays take a larger frame.

use super::{DAY, MASK, Search, hash_key, hmac_state, keystream, polyval, schedule, site};
use std::collections::BTreeSet;
use std::hint::black_box;
use std::os::unix::fs::FileExt;
use std::{fs, thread};
use wayseal::keys::{AliasKey, Generation, KeyPath, Node, Prk, SealerId, Tier};
use wayseal::payload::{Payload, Waybill};
use wayseal::record::{Contact, Country, Delivery, Division, DivisionCode, encode_contact, encode_delivery};
use wayseal::sealer::{DestinationKeys, Sealer};
use wayseal::secret::{Key, scrubbed};

/// Bytes of stack below the caller that are searched: more than the deepest frame of an unoptimised build.
const SEARCHED: usize = 600 << 10;

/// A record whose texts no other test of this process has.
fn record(detail: &str) -> (Delivery<'_>, Contact<'static>) {
    let delivery = Delivery {
        name: "司马青衫",
        country: Country::CN,
        postcode: "",
        division: Division::Code(DivisionCode::new(330_106).unwrap()),
        street: "",
        detail,
        note: "",
    };
    (delivery, Contact { phone: "15190286374", sender_phone: "", sender_name: "" })
}

/// The keys of a sealer for one station.
struct Keys {
    sealer: Sealer,
    destination: DestinationKeys,
    leaves: [Node; 2],
}

impl Keys {
    fn new() -> Self {
        let id = SealerId::new(9).unwrap();
        let nodes = [Tier::Delivery, Tier::Contact].map(|tier| {
            Node::new(
                site(tier),
                &std::array::from_fn(|at| (at as u8).wrapping_mul(0x3b) ^ 0xd2 ^ tier as u8),
            )
        });
        let alias = AliasKey::try_from(&nodes[0]).unwrap().alias(id);
        let leaves = nodes.map(|node| {
            let mut leaf = Node::empty();
            node.derive(node.path().sealer(alias), &mut leaf).unwrap();
            leaf
        });
        let destination = DestinationKeys::new(&leaves[0], Some(&leaves[1])).unwrap();
        let sealer =
            Sealer::new(&Node::new(KeyPath::origin(Generation::EVEN, DAY, id), &[0x4e; 32])).unwrap();
        Self { sealer, destination, leaves }
    }

    fn seal(&self, detail: &str) -> String {
        let (delivery, contact) = record(detail);
        let waybill = Waybill::parse("YT8800777000123").unwrap();
        let sealed = self.sealer.seal(&self.destination, &waybill, &delivery, Some(&contact));
        sealed.unwrap().text.as_str().to_owned()
    }

    /// Every secret of a label's sealing, computed anew and masked.
    fn needles(&self, text: &str, detail: &str) -> Vec<(&'static str, Vec<u8>)> {
        let (delivery, contact) = record(detail);
        let payload = Payload::parse(text.as_bytes()).unwrap();
        let mut plain = [[0; 172]; 2];
        let used = [
            encode_delivery(&delivery, &mut plain[0]).unwrap(),
            encode_contact(&contact, &mut plain[1]).unwrap(),
        ];
        let texts = [delivery.name, detail, contact.phone];
        let mut needles: Vec<_> = texts.map(|text| ("plaintext", text.as_bytes().to_vec())).into();
        for at in 0..2 {
            // A phone alone is six bytes long: too short to be looked for.
            if used[at] >= super::WINDOW {
                needles.push(("encoded", plain[at][..used[at]].to_vec()));
            }
            for (kind, pad) in [("inner", 0x36), ("outer", 0x5c)] {
                needles.push((kind, hmac_state(self.leaves[at].key(), pad)));
            }
            let mut key = Key::zero();
            Prk::new(self.leaves[at].key())
                .label_key(&payload.bytes()[payload.layout().header.clone()], &mut key);
            needles.push(("label", key.expose().to_vec()));
            needles.push(("schedule", schedule(key.expose())[32..].to_vec()));
            let hash = hash_key(&key);
            needles.extend([("hash", hash.to_vec()), ("hash", polyval(hash).to_vec())]);
            needles.push(("keystream", keystream(&key)[..used[at].max(super::WINDOW)].to_vec()));
        }
        needles.iter_mut().flat_map(|(_, needle)| needle).for_each(|byte| *byte ^= MASK);
        needles
    }
}

/// Runs `work` on a thread of its own, and returns its result and a masked copy of the stack that it left.
fn left_by<T: Send>(work: impl FnOnce() -> T + Send) -> (T, Vec<u8>) {
    let thread = thread::Builder::new().stack_size(2 * SEARCHED);
    thread::scope(|scope| {
        let run = move || {
            let mut copy = vec![0; SEARCHED];
            let memory = fs::File::open("/proc/self/mem").unwrap();
            let result = call(work);
            let top = std::ptr::from_ref(black_box(&copy)).addr();
            let read = memory.read_at(&mut copy, (top - SEARCHED) as u64);
            assert_eq!(read.unwrap(), SEARCHED);
            copy.iter_mut().for_each(|byte| *byte ^= MASK);
            (result, copy)
        };
        thread.spawn_scoped(scope, run).unwrap().join().unwrap()
    })
}

/// In a frame of its own, all of it below the one that copies the stack.
#[inline(never)]
fn call<T>(work: impl FnOnce() -> T) -> T {
    black_box(work())
}

/// Whether four characters of the text in a row lie there as the search for the shortest encoding holds them: a code point in the
/// low bits of each word.
fn has_points(copy: &[u8], text: &str) -> bool {
    let points: Vec<u32> = text.chars().map(u32::from).collect();
    let words: Vec<u32> = copy
        .chunks_exact(4)
        .map(|word| u32::from_ne_bytes(word.try_into().unwrap()) ^ u32::from_ne_bytes([MASK; 4]))
        .map(|word| word & 0x1f_ffff)
        .collect();
    points.windows(4).any(|run| words.windows(4).any(|at| at == run))
}

#[test]
fn sealing_leaves_nothing_on_the_stack() {
    let keys = Keys::new();
    let short = "古荡湾新村17幢2单元402室";
    let long = "一号二号三号".repeat(21);
    for detail in [short, long.as_str()] {
        let (text, copy) = left_by(|| keys.seal(detail));
        let search = Search::new(&keys.needles(&text, detail));
        assert_eq!(search.kinds_in(&copy), BTreeSet::new(), "of {} characters", detail.chars().count());
        assert!(!has_points(&copy, detail), "of {} characters", detail.chars().count());
    }
}

/// The control: the same secrets are found where nothing is wiped, and are not where [`scrubbed`] runs the same work.
#[test]
fn what_is_not_wiped_is_found() {
    let keys = Keys::new();
    let detail = "文三路和学院路口报刊亭3号";
    let text = keys.seal(detail);
    let header = Payload::parse(text.as_bytes()).unwrap();
    let header = &header.bytes()[header.layout().header.clone()];
    let search = Search::new(&keys.needles(&text, detail));
    let crypt = || {
        let mut key = Key::zero();
        Prk::new(keys.leaves[0].key()).label_key(header, &mut key);
        black_box(keystream(&key));
    };
    let encode = || {
        let mut plain = [0; 172];
        black_box(encode_delivery(&record(detail).0, &mut plain).unwrap());
    };
    let found = search.kinds_in(&left_by(crypt).1);
    assert!(found.contains("keystream"), "{found:?}");
    let copy = left_by(encode).1;
    assert!(has_points(&copy, detail) && search.kinds_in(&copy).contains("encoded"));
    assert_eq!(search.kinds_in(&left_by(|| scrubbed(crypt)).1), BTreeSet::new());
    let copy = left_by(|| scrubbed(encode)).1;
    assert!(!has_points(&copy, detail) && search.kinds_in(&copy).is_empty());
}
