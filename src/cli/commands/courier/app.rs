//! The courier's screen without a terminal: what an entered line does, and what is shown after it.

use crate::cli::clock::now;
use crate::cli::language::contact::dialled;
use crate::cli::language::courier as text;
use crate::cli::language::scan::ENTRIES_SKIPPED;
use crate::cli::language::{Language, outcome};
use crate::cli::record_text::address;
use std::time::{Duration, Instant};
use wayseal::device::session::{Attempt, Parcel, ScanOutcome, Session, SignOff};
use wayseal::payload::{Handle, Waybill};
use wayseal::read::wedge::{self, WedgeError, WedgeLine};
use wayseal::record::PhoneNumber;
use wayseal::signed::grant::Purpose;
use wayseal::verifier::Opened;
use zeroize::Zeroizing;

pub struct App {
    pub session: Session,
    pub language: Language,
    pub purpose: Purpose,
    pub view: View,
    conceal: Duration,
    /// The bar code that was scanned last, for the next QR code.
    printed: Option<String>,
}

/// What is shown.
pub enum View {
    /// Nothing was scanned yet.
    Ready,
    /// A record, until it is hidden.
    Record(Box<ShownRecord>),
    /// A sentence and what to do; whether it is a refusal.
    Notice { refused: bool, title: String, advice: String },
    /// Today's parcels.
    List,
}

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
    since: Instant,
}

/// Whether the session continues.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Next {
    Go,
    End,
}

impl App {
    pub fn new(session: Session, language: Language, conceal: Duration) -> Self {
        Self { session, language, purpose: Purpose::Deliver, view: View::Ready, conceal, printed: None }
    }

    /// Does what a line says: a key, a bar code, or the text of a QR code.
    pub fn line(&mut self, line: &str) -> Next {
        match line.trim() {
            "" => self.hide(),
            "0" => return Next::End,
            "1" => self.sign_off(),
            "2" => self.next_purpose(),
            "3" => self.list(),
            text => match wedge::parse(line) {
                Ok(WedgeLine::Payload(payload, _)) => self.scan(&payload),
                Ok(WedgeLine::Waybill(number)) => self.bar_code(number),
                Err(WedgeError::NotOurs) if Waybill::parse(text).is_ok() => self.bar_code(text.to_owned()),
                // An unreadable text is logged as an attempt, too.
                Err(error) => {
                    self.scan(text);
                    self.typed_wrongly(&error);
                }
            },
        }
        Next::Go
    }

    /// A bar code: the next QR code must be of the same waybill.
    fn bar_code(&mut self, number: String) {
        self.session.conceal();
        let title = format!("{} {number}", self.language.of(text::BAR_CODE));
        self.show(false, &title, self.language.of(text::SCAN_QR_NEXT));
        self.printed = Some(number);
    }

    /// A scanner whose keyboard layout is not the host's is not reported as a damaged label.
    fn typed_wrongly(&mut self, error: &WedgeError) {
        let set = match error {
            WedgeError::Damaged(damage) => !damage.is_none(),
            WedgeError::Ambiguous(..) => true,
            _ => false,
        };
        if set {
            let advice = text::wrong_layout(self.language, error);
            self.show(true, self.language.of(text::SCANNER_SET_WRONGLY), &advice);
        }
    }

    pub fn scan(&mut self, text: &str) {
        let printed = self.printed.take();
        let attempt = Attempt { purpose: self.purpose, printed: printed.as_deref(), ..Attempt::new(text) };
        let language = self.language;
        // The old record is wiped before the next one is opened.
        self.view = View::Ready;
        self.view = match self.session.scan(&attempt) {
            Ok(ScanOutcome::Opened { record, handle, times, .. }) => {
                View::Record(Box::new(ShownRecord::of(&record, handle, times, language)))
            }
            Ok(outcome) => {
                let (title, advice) = outcome::told(&outcome, language).unwrap_or_default();
                View::Notice { refused: true, title: title.to_owned(), advice: advice.to_owned() }
            }
            Err(error) => View::Notice {
                refused: true,
                title: language.of(text::NOTHING_CAN_BE_OPENED).to_owned(),
                advice: outcome::said(&error, language),
            },
        };
        self.session.conceal();
        self.notices();
    }

    /// What the inbox brought and was refused.
    pub fn notices(&mut self) {
        if let Some((file, error)) = self.session.notices().pop() {
            let advice = format!("{file}: {}", outcome::said(&error, self.language));
            self.show(true, self.language.of(text::REFUSED_FROM_THE_INBOX), &advice);
        }
    }

    /// Signs off the parcel on the screen.
    pub fn sign_off(&mut self) {
        let View::Record(record) = &self.view else {
            let advice = self.language.of(text::SCAN_FIRST);
            self.show(true, self.language.of(text::NOTHING_TO_SIGN_OFF), advice);
            return;
        };
        let (handle, waybill) = (record.handle, record.waybill.clone());
        let (refused, title) = match self.session.sign_off(&handle, now()) {
            Ok(SignOff::Done) => (false, self.language.of(text::SIGNED_OFF).to_owned()),
            Ok(SignOff::Already) => (false, self.language.of(text::SIGNED_OFF_BEFORE).to_owned()),
            Ok(SignOff::NotOpened) => (true, self.language.of(text::NOT_OPENED_HERE).to_owned()),
            Err(error) => (true, outcome::said(&error, self.language)),
        };
        self.show(refused, &title, &waybill);
    }

    /// The next purpose that the grant names.
    pub fn next_purpose(&mut self) {
        let granted = self.session.terms(now()).map(|terms| terms.purposes).unwrap_or_default();
        let at = granted.iter().position(|purpose| *purpose == self.purpose);
        let next = granted.get(at.map_or(0, |at| (at + 1) % granted.len().max(1)));
        self.purpose = next.copied().unwrap_or(self.purpose);
        let title = self.language.of(text::PURPOSE);
        self.show(false, title, outcome::purpose(self.purpose, self.language));
    }

    /// Today's parcels, or back from them.
    pub fn list(&mut self) {
        self.session.conceal();
        self.view = if let View::List = self.view { View::Ready } else { View::List };
    }

    /// Hides what is shown.
    pub fn hide(&mut self) {
        self.session.conceal();
        self.view = match &self.view {
            View::Record(record) => {
                let parcel = self.session.parcels().iter().find(|parcel| parcel.handle == record.handle);
                let masked = parcel.map(|parcel| format!("{}  {}", parcel.name, parcel.address));
                View::Notice {
                    refused: false,
                    title: format!("{} {}", self.language.of(text::HIDDEN), record.waybill),
                    advice: masked.unwrap_or_default(),
                }
            }
            _ => View::Ready,
        };
    }

    /// Hides a record whose time is over; leaves every other view.
    pub fn tick(&mut self) {
        if matches!(&self.view, View::Record(record) if record.since.elapsed() >= self.conceal) {
            self.hide();
        }
    }

    /// How long a record is still to be seen.
    pub fn left(&self) -> Option<Duration> {
        match &self.view {
            View::Record(record) => Some(self.conceal.saturating_sub(record.since.elapsed())),
            _ => None,
        }
    }

    fn show(&mut self, refused: bool, title: &str, advice: &str) {
        self.view = View::Notice { refused, title: title.to_owned(), advice: advice.to_owned() };
    }

    /// The line on top: device, purpose, parcels, budget, lock.
    pub fn status(&self) -> String {
        let parcels = self.session.parcels();
        let delivered = parcels.iter().filter(|parcel| parcel.delivered).count();
        let mut status = format!(
            "{}  {}  {delivered}/{}",
            self.session.log().device(),
            outcome::purpose(self.purpose, self.language),
            parcels.len()
        );
        if let Some(budget) = self.session.terms(now()).and_then(|terms| terms.budget) {
            let word = self.language.of(text::LEFT);
            status.push_str(&format!("  {word} {}", budget.saturating_sub(self.session.spent())));
        }
        if self.session.is_locked() {
            status.push_str(self.language.of(text::LOCKED));
        }
        status
    }

    /// A parcel's line of the list.
    pub fn row(&self, parcel: &Parcel) -> String {
        let mark = if parcel.delivered { "✓" } else { "·" };
        format!("{mark} {}  {}  {}", parcel.waybill, parcel.name, parcel.address)
    }
}

impl ShownRecord {
    pub fn of(record: &Opened<'_>, handle: Handle, times: u32, language: Language) -> Self {
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
            since: Instant::now(),
        }
    }
}
