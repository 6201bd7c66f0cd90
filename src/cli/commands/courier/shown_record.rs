//! A record on the courier's screen.

use crate::cli::language::Language;
use crate::cli::language::contact::dialled;
use crate::cli::language::scan::ENTRIES_SKIPPED;
use crate::cli::record_text::address;
use std::time::Instant;
use wayseal::payload::Handle;
use wayseal::record::PhoneNumber;
use wayseal::verifier::Opened;
use zeroize::Zeroizing;

/// A record that is shown. Its texts are wiped on drop.
pub struct ShownRecord {
    pub handle: Handle,
    pub waybill: String,
    pub name: Zeroizing<String>,
    /// As the courier reads it.
    pub phone: Zeroizing<String>,
    /// By which a telephone dials it.
    pub tel: Zeroizing<String>,
    /// Whether it has an extension, as a number has that rings for some days only.
    pub is_virtual: bool,
    pub address: Zeroizing<String>,
    pub note: Zeroizing<String>,
    /// Which opening it is.
    pub times: u32,
    /// Whether a bar code that belongs to the label has its number; if not, none was compared.
    pub compared: bool,
    pub since: Instant,
}

impl ShownRecord {
    pub fn of(record: &Opened<'_>, handle: Handle, times: u32, compared: bool, language: Language) -> Self {
        let delivery = record.delivery.as_ref();
        // With the note, as what else there is to know. The buffer does not grow: a grown one would leave a copy.
        let more = if record.skipped.is_empty() { "" } else { language.of(ENTRIES_SKIPPED) };
        let said = delivery.map_or("", |delivery| delivery.note);
        let mut note = Zeroizing::new(String::with_capacity(said.len() + more.len()));
        note.push_str(said);
        note.push_str(more);
        let text = |text: Option<&str>| Zeroizing::new(text.unwrap_or_default().to_owned());
        let phone = record.contact.as_ref().map(|contact| contact.phone);
        Self {
            handle,
            waybill: record.header.waybill.text().to_string(),
            name: text(delivery.map(|delivery| delivery.name)),
            phone: Zeroizing::new(phone.map(dialled).unwrap_or_default()),
            tel: Zeroizing::new(
                phone.map(|phone| PhoneNumber::of(phone).tel().to_string()).unwrap_or_default(),
            ),
            is_virtual: phone.is_some_and(|phone| PhoneNumber::of(phone).extension.is_some()),
            address: Zeroizing::new(delivery.map(address).unwrap_or_default()),
            note,
            times,
            compared,
            since: Instant::now(),
        }
    }
}
