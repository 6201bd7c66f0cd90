//! One vector: a reader, a text, and the result that must follow.

use super::bits::hex;
use super::label::{Label, Node, handle, printed};
use super::record::{Contact, Record};
use serde::Serialize;
use serde_json::Value;

#[derive(Clone, Serialize)]
pub struct Vector {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    #[serde(flatten)]
    pub reader: Reader,
    pub text: String,
    pub expect: &'static str,
    #[serde(flatten)]
    pub opened: Option<Opened>,
}

impl Vector {
    pub fn refused(
        name: impl Into<String>,
        expect: &'static str,
        reader: &Reader,
        text: impl Into<String>,
    ) -> Self {
        Self {
            name: name.into(),
            note: None,
            reader: reader.clone(),
            text: text.into(),
            expect,
            opened: None,
        }
    }

    pub fn note(mut self, note: &str) -> Self {
        self.note = Some(note.into());
        self
    }

    pub fn json(&self) -> String {
        serde_json::to_string(self).unwrap()
    }
}

/// A reader: its day, keys, revoked sealers, and the sections wanted.
#[derive(Clone, Serialize)]
pub struct Reader {
    pub day: u16,
    pub nodes: Vec<Held>,
    pub revoked: Vec<(u32, u16)>,
    pub want: &'static str,
}

#[derive(Clone, Serialize)]
pub struct Held {
    generation: u8,
    bundle: String,
}

impl Reader {
    pub fn new(day: u16, nodes: &[Node], want: &'static str) -> Self {
        let held = |node: &Node| Held { generation: node.generation, bundle: node.bundle() };
        Self { day, nodes: nodes.iter().map(held).collect(), revoked: Vec::new(), want }
    }

    /// The label's own station, with site keys of both tiers.
    pub fn station(label: &Label) -> Self {
        Self::new(label.day, &[label.above(1, 3), label.above(2, 3)], "both")
    }

    pub fn revoking(mut self, revoked: &[(u32, u16)]) -> Self {
        self.revoked = revoked.to_vec();
        self
    }
}

#[derive(Clone, Serialize)]
pub struct Opened {
    waybill: String,
    sealed_on: u16,
    region: u16,
    site: u16,
    alias: u32,
    handle: String,
    printed: String,
    delivery: Option<Value>,
    contact: Option<Value>,
    skipped: Skipped,
}

/// The kinds of the entries that a reader of this version skips.
#[derive(Clone, Default, Serialize)]
pub struct Skipped {
    pub delivery: Vec<u8>,
    pub contact: Vec<u8>,
}

impl Opened {
    pub fn of(label: &Label, waybill: &str, delivery: Option<&Record>, contact: Option<&Contact>) -> Self {
        let handle = handle(&label.payload());
        Self {
            waybill: waybill.into(),
            sealed_on: label.day,
            region: label.region,
            site: label.site,
            alias: label.alias(),
            handle: hex(&handle),
            printed: printed(&handle),
            delivery: delivery.map(Record::json),
            contact: contact.map(Contact::json),
            skipped: Skipped::default(),
        }
    }

    pub fn skipping(mut self, delivery: &[u8], contact: &[u8]) -> Self {
        self.skipped = Skipped { delivery: delivery.to_vec(), contact: contact.to_vec() };
        self
    }

    /// Replaces the handle by that of other bytes.
    pub fn renamed(&mut self, handle: &[u8; 16]) {
        (self.handle, self.printed) = (hex(handle), printed(handle));
    }
}
