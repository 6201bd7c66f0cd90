//! Asking a colleague for parcels, and taking the pass.
//!
//! A request holds a recipient that is made for one answer; its identity is in the file `asking` until the pass is taken. A locked device
//! takes a pass on the road: it keeps the labels' keys beside those of the loaded parcels, and locks anew, so that the log names what
//! it goes by.

use super::error::SessionError;
use super::keys::KeyAccess;
use super::locking;
use super::work::Session;
use crate::device::log::{LogEntry, TakenKind};
use crate::device::state::Accepted;
use crate::signed::digits::{DigitsKind, from_digits, to_digits};
use crate::signed::envelope::{self, EnvelopeError, Identity};
use crate::signed::pass_request::PassRequest;
use zeroize::Zeroizing;

/// A request for a colleague's pass.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AskedPass {
    /// The file.
    pub file: Vec<u8>,
    /// The same as digits, for a QR code.
    pub digits: String,
}

impl Session {
    /// Asks for a pass; `None` if the device's grant has no key by which it names itself. A request before it is answered no more.
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn ask(&mut self, now: u64) -> Result<Option<AskedPass>, SessionError> {
        self.refresh(now)?;
        self.on_shift(now)?;
        let device = self.access.device().ok_or(SessionError::Damaged)?;
        device.today(now).map_err(SessionError::Keys)?;
        let Some(key) = device.giving(now) else { return Ok(None) };
        let identity = Identity::generate();
        let Some(file) = PassRequest::sign(&identity.recipient(), now, key) else { return Ok(None) };
        self.folder.store_asking(&identity)?;
        Ok(Some(AskedPass { digits: to_digits(DigitsKind::Request, &file), file }))
    }

    /// Takes a pass, from its file or its digits: one that this device asked a colleague for, or another for this device. On the road it
    /// opens the labels that it names beside the loaded parcels.
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn take_pass(&mut self, pass: &[u8], now: u64) -> Result<Accepted, SessionError> {
        self.begin(now)?;
        let digits = std::str::from_utf8(pass).ok().and_then(|text| {
            let text = text.trim();
            (DigitsKind::of(text) == Some(DigitsKind::Pass)).then(|| from_digits(DigitsKind::Pass, text))?
        });
        let pass = digits.unwrap_or_else(|| Zeroizing::new(pass.to_vec()));
        let asking = self.folder.asking()?;
        let plain = match envelope::open(&pass, asking.as_ref()) {
            Err(EnvelopeError::OtherIdentity | EnvelopeError::NoIdentity) => {
                envelope::open(&pass, self.identity.as_ref())?
            }
            opened => opened?,
        };
        let recipient = asking.as_ref().map(Identity::recipient);
        let accepted = self.keep_pass(&plain, recipient.as_deref(), now)?;
        if envelope::is_sealed(&pass)
            && asking.is_some_and(|asking| envelope::open(&pass, Some(&asking)).is_ok())
        {
            // Its one answer came.
            self.folder.erase_asking()?;
        }
        Ok(accepted)
    }

    fn keep_pass(&mut self, plain: &[u8], asked: Option<&str>, now: u64) -> Result<Accepted, SessionError> {
        let device = self.access.device_mut().ok_or(SessionError::Damaged)?;
        let accepted = device.accept_pass(plain, asked, now).map_err(SessionError::Keys)?;
        let taken = LogEntry::taken(TakenKind::Pass, accepted.serial, plain, now, accepted.serial);
        if let KeyAccess::Stations(_) = self.access {
            self.note(&taken)?;
            self.store()?;
        } else {
            self.keep_on_the_road(&taken, now).inspect_err(|_| self.folder.0.fail())?;
        }
        Ok(accepted)
    }

    /// Keeps a pass that the device holds for a moment, and locks anew.
    fn keep_on_the_road(&mut self, taken: &LogEntry, now: u64) -> Result<(), SessionError> {
        let KeyAccess::Locked(Some(road)) = &mut self.access else { return Err(SessionError::Damaged) };
        let sets = road.device.passes(now);
        let floor = road.device.floor().0;
        road.device.forget_passes();
        let sets = sets.map_err(SessionError::Keys)?;
        // Kept first, and of no account until the log names it.
        road.passes = self.passed.add(&sets, floor)?.into_bytes();
        self.folder.store_next_road(road)?;
        let budget = self.loaded.terms().and_then(|terms| terms.budget);
        let entry = locking::entry(now, self.tally.serial(), budget, road);
        self.note(taken)?;
        self.note(&entry)?;
        self.folder.settle_road()?;
        // What was delivered already opens no more.
        self.erase_delivered()
    }

    /// Erases the keys of labels of passes that are signed off.
    pub(super) fn erase_delivered(&mut self) -> Result<(), SessionError> {
        let tally = &self.tally;
        self.passed.erase_where(|header| tally.is_delivered(header))
    }

    /// The waybill numbers of the labels that a locked device opens by passes.
    pub fn passed(&self) -> impl Iterator<Item = String> {
        self.passed
            .headers()
            .filter_map(|header| header.parse())
            .map(|header| header.waybill.text().to_string())
    }
}
