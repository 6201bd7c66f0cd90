//! Three other ways to label parcels, each implemented and tried: plain text, one shared key, an online look-up.

use crate::network::{Label, Network};
use std::collections::{HashMap, HashSet};
use wayseal::secret::{Key, aead};

/// What an insider has besides pictures of the labels.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// A device or a machine of the carrier, switched on and logged in.
    Device,
    /// A device whose log-in has expired.
    OldDevice,
    /// Nothing.
    Nothing,
}

/// The same month, labelled in the other ways.
pub struct Worlds<'n> {
    network: &'n Network,
    shared: Key,
    /// For each label its nonce, its sealed record and the tag.
    sealed: Vec<Sealed>,
    server: Server<'n>,
}

type Sealed = ([u8; 12], Vec<u8>, [u8; aead::TAG_LEN]);

/// Records by waybill number, for anyone who is logged in: as in the breach of 2020, there is no check of whose parcel
/// it is.
struct Server<'n> {
    sessions: HashSet<u32>,
    records: HashMap<&'n str, &'n Label>,
}

impl<'n> Server<'n> {
    fn look_up(&self, session: u32, waybill: &str) -> Option<&'n Label> {
        self.sessions.contains(&session).then(|| self.records.get(waybill).copied()).flatten()
    }
}

/// The records read with each of the other ways.
#[derive(Clone, Copy)]
pub struct Read {
    pub plain: usize,
    pub shared: usize,
    pub online: usize,
}

const LIVE: u32 = 1;
const ENDED: u32 = 2;

impl<'n> Worlds<'n> {
    pub fn of(network: &'n Network) -> Self {
        let mut shared = Key::zero();
        getrandom::fill(shared.expose_mut()).expect("the operating system's random source");
        let sealed = network
            .labels
            .iter()
            .zip(0u64..)
            .map(|(label, number)| {
                let mut nonce = [0; 12];
                nonce[4..].copy_from_slice(&number.to_be_bytes());
                let mut record = plain(label).into_bytes();
                let tag = aead::seal(&shared, &nonce, b"", &mut record);
                (nonce, record, tag)
            })
            .collect();
        let records = network.labels.iter().map(|label| (label.waybill.as_str(), label)).collect();
        Self { network, shared, sealed, server: Server { sessions: HashSet::from([LIVE]), records } }
    }

    /// The records that an insider with these means reads.
    pub fn read(&self, means: Means) -> Read {
        let labels = &self.network.labels;
        let plain_read = labels.iter().filter(|label| tells(&plain(label), label)).count();
        let shared = if means == Means::Nothing {
            // Without the key, a key of zeros is tried all the same.
            self.opened(&Key::zero())
        } else {
            self.opened(&self.shared)
        };
        let session = match means {
            Means::Device => LIVE,
            Means::OldDevice => ENDED,
            Means::Nothing => 0,
        };
        let online =
            labels.iter().filter(|label| self.server.look_up(session, &label.waybill).is_some()).count();
        Read { plain: plain_read, shared, online }
    }

    fn opened(&self, key: &Key) -> usize {
        let opens = |((nonce, sealed, tag), label): &(&Sealed, &Label)| {
            let mut record = sealed.clone();
            aead::open(key, nonce, b"", &mut record, tag).is_ok()
                && std::str::from_utf8(&record).is_ok_and(|text| tells(text, label))
        };
        self.sealed.iter().zip(&self.network.labels).filter(opens).count()
    }
}

/// The text of a label in plain text.
fn plain(label: &Label) -> String {
    format!("{} {} {} {}", label.waybill, label.person.name, label.person.phone, label.person.detail)
}

fn tells(text: &str, label: &Label) -> bool {
    text.contains(&label.person.phone) && text.contains(&label.person.detail)
}
