//! The device: from enrolment to hand-in.

use super::code::DeviceCode;
use super::failure::DeviceFailure;
use super::received::{Receipt, Received, kind};
use crate::device::desk::Desk;
use crate::device::exchange::{Bundle, ExchangeError, FetchRequest, HandIn};
use crate::device::log::TakenKind;
use crate::device::log::enrolment::Enrolment;
use crate::device::session::{DeviceStatus, LoadTerms, Session};
use crate::device::store::{Keys, NodeKeys, Store};
use crate::signed::grant::Role;
use std::fmt;
use std::sync::Arc;

/// A device, open. Dropping it wipes what it holds and frees its store.
pub struct Device {
    pub(super) desk: Desk,
    /// When the authority signed the file of stations that a desk goes by.
    pub(super) stations: Option<u64>,
}

impl Device {
    /// The most bytes of one thing that is taken.
    pub const TAKE_MAX: usize = 64 << 20;

    /// Makes a device in an empty store from the file of its enrolment, which is erased after that. With a key store the device gets an
    /// identity, and its grants are sealed to the age recipient that is returned; without one the recipient is empty.
    ///
    /// # Errors
    /// [`DeviceFailure`]: `argument` for bytes that are no enrolment, `already_enrolled`, and those of the store.
    pub fn enrol(
        store: impl Store + 'static,
        keys: Option<&dyn Keys>,
        enrolment: &[u8],
    ) -> Result<String, DeviceFailure> {
        let enrolment = parsed(enrolment)?;
        match keys {
            Some(keys) => Ok(Session::enrol_with(store, keys, &enrolment)?),
            None => Ok(Session::enrol_in(store, &enrolment).map(|()| String::new())?),
        }
    }

    /// The log of a device whose key the key store has lost, as it is: it goes in without an answer, and the auditor verifies it from its
    /// first key.
    ///
    /// # Errors
    /// [`DeviceFailure`]: `not_enrolled` without a log.
    pub fn lost_log(store: &impl Store) -> Result<Vec<u8>, DeviceFailure> {
        Ok(Session::lost_log(store)?)
    }

    /// Makes the device anew after the key store lost its key, under a name that no log here had. What the lost key protected is
    /// erased; the old log stays beside until a head of the new one is signed, and the first entry of the new one names its count and
    /// its last MAC. No budget counts before that head. After a kill it is called again.
    ///
    /// # Errors
    /// [`DeviceFailure`]: `keystore_not_lost`, `name_used`, and those of [`Device::enrol`].
    pub fn enrol_anew(
        store: impl Store + 'static,
        keys: &dyn Keys,
        enrolment: &[u8],
    ) -> Result<String, DeviceFailure> {
        Ok(Session::enrol_anew(store, keys, &parsed(enrolment)?)?)
    }

    /// Opens a device; this alone waits for the key store. `now` is the device's clock here and in every call, in seconds since
    /// 1970-01-01 UTC.
    ///
    /// # Errors
    /// [`DeviceFailure`]: `not_enrolled`, `busy`, `keystore_lost`, and those of the store.
    pub fn open(
        store: impl Store + 'static,
        keys: Option<&dyn Keys>,
        now: u64,
    ) -> Result<Self, DeviceFailure> {
        let session = match keys {
            Some(keys) => Session::open_with(store, keys, now)?,
            None => Session::open_in(store, now)?,
        };
        Ok(Self { desk: Desk::of(session), stations: None })
    }

    /// The same with the nodes of stations held by a key store, which every scan of such a label asks. What a device opened without one
    /// keeps is moved there.
    ///
    /// # Errors
    /// [`DeviceFailure`], as [`Device::open`]. In later calls `keystore_unavailable` if the key store does not answer, and `no_grant` if
    /// it has lost the nodes: then the grant is taken again.
    pub fn open_holding(
        store: impl Store + 'static,
        keys: Option<&dyn Keys>,
        nodes: Arc<dyn NodeKeys>,
        now: u64,
    ) -> Result<Self, DeviceFailure> {
        let session = Session::open_holding(store, keys, nodes, now)?;
        Ok(Self { desk: Desk::of(session), stations: None })
    }

    pub(super) const fn session(&mut self) -> &mut Session {
        self.desk.session()
    }

    /// Takes whatever a device takes: a grant, a pass or its digits, a revocation list or additions to it, a signed head, a list of
    /// operators.
    ///
    /// # Errors
    /// [`DeviceFailure`]: `unknown_file` for anything else. Nothing is changed then.
    pub fn take(&mut self, bytes: &[u8], now: u64) -> Result<Received, DeviceFailure> {
        bounded(bytes)?;
        match kind(bytes) {
            Some(TakenKind::Head) => self.take_head(bytes, now),
            Some(TakenKind::List) => self.take_list(bytes, now),
            Some(TakenKind::Operators) => self.take_operators(bytes, now),
            Some(TakenKind::Pass) => self.take_pass(bytes, now),
            Some(_) => self.take_sealed(bytes, now),
            None => Err(DeviceFailure::new(
                DeviceCode::UnknownFile,
                "neither a grant nor a pass, a list, a head or a list of operators",
            )),
        }
    }

    /// Takes a grant or a pass, in its envelope if it has one.
    ///
    /// # Errors
    /// [`DeviceFailure`]; nothing is changed then.
    pub fn take_grant(&mut self, bytes: &[u8], now: u64) -> Result<Received, DeviceFailure> {
        bounded(bytes)?;
        let accepted = self.session().take_grant(bytes, now)?;
        let kind = if accepted.role == Role::Pass { TakenKind::Pass } else { TakenKind::Grant };
        Ok(Received { kind, number: accepted.serial, added: accepted.added, erased: accepted.erased })
    }

    /// Takes a revocation list, or additions to one.
    ///
    /// # Errors
    /// [`DeviceFailure`]; nothing is changed then.
    pub fn take_list(&mut self, bytes: &[u8], now: u64) -> Result<Received, DeviceFailure> {
        bounded(bytes)?;
        self.session().take_list(bytes, now)?;
        Ok(Received::of(TakenKind::List, self.status(now).list))
    }

    /// Takes the auditor's signed head of this device's log, from which the budget counts anew.
    ///
    /// # Errors
    /// [`DeviceFailure`]; nothing is changed then.
    pub fn take_head(&mut self, bytes: &[u8], now: u64) -> Result<Received, DeviceFailure> {
        let note = text(bytes)?;
        self.session().accept_head(note, now)?;
        Ok(Received::of(TakenKind::Head, self.status(now).handed_in))
    }

    /// Takes the auditor's list of operators, after which nothing opens without a shift.
    ///
    /// # Errors
    /// [`DeviceFailure`]; nothing is changed then.
    pub fn take_operators(&mut self, bytes: &[u8], now: u64) -> Result<Received, DeviceFailure> {
        let note = text(bytes)?;
        self.session().take_operators(note, now)?;
        Ok(Received::of(TakenKind::Operators, self.status(now).operators))
    }

    /// Takes what lies in the store's inbox, as every scan does too; what was refused since the last call, by file.
    ///
    /// # Errors
    /// [`DeviceFailure`] of the store or the log.
    pub fn refresh(&mut self, now: u64) -> Result<Vec<Receipt>, DeviceFailure> {
        let session = self.session();
        session.refresh(now)?;
        let refused = session.notices().into_iter();
        Ok(refused.map(|(name, error)| Receipt { name, taken: Err(error.into()) }).collect())
    }

    /// What the device asks a depot for: who it is, and what it has.
    #[must_use]
    pub fn fetch_request(&self, now: u64) -> FetchRequest {
        let status = self.status(now);
        FetchRequest {
            device: status.device,
            recipient: status.recipient,
            grant: status.grant,
            list: status.list,
            operators: status.operators,
            head: status.handed_in,
            entries: status.entries,
        }
    }

    /// Takes a depot's answer: each of its items is verified by itself and taken or refused by itself. The challenge that came with it, if
    /// one did, is the second value: answer it with [`Device::hand_in`].
    ///
    /// # Errors
    /// [`DeviceFailure`]: the answer is none, or the store or the log fails; what was taken before that stays.
    pub fn take_bundle(
        &mut self,
        bytes: &[u8],
        now: u64,
    ) -> Result<(Vec<Receipt>, Option<[u8; 32]>), DeviceFailure> {
        let bundle = Bundle::parse(bytes).map_err(of_exchange)?;
        let mut receipts = Vec::new();
        for (name, item) in bundle.items() {
            let taken = self.take(item, now);
            if let Err(failure) = &taken
                && matches!(failure.code, DeviceCode::DiskFull | DeviceCode::Storage)
            {
                return Err(failure.clone());
            }
            receipts.push(Receipt { name: name.to_owned(), taken });
        }
        Ok((receipts, bundle.challenge()))
    }

    /// The hand-in: the answer to the auditor's challenge, and the log.
    ///
    /// # Errors
    /// [`DeviceFailure`] of the store.
    pub fn hand_in(&self, challenge: &[u8; 32]) -> Result<Vec<u8>, DeviceFailure> {
        Ok(HandIn::bytes(&self.desk.held().answer(challenge), &self.log_bytes()?))
    }

    /// The answer to a challenge alone: `COUNT HEAD PROOF`.
    #[must_use]
    pub fn answer(&self, challenge: &[u8; 32]) -> String {
        self.desk.held().answer(challenge).to_string()
    }

    /// The bytes of the log.
    ///
    /// # Errors
    /// [`DeviceFailure`] of the store.
    pub fn log_bytes(&self) -> Result<Vec<u8>, DeviceFailure> {
        Ok(self.desk.held().log_bytes()?)
    }

    /// What is to be seen of the device now.
    #[must_use]
    pub fn status(&self, now: u64) -> DeviceStatus {
        self.desk.held().status(now)
    }

    /// The terms of the grant in use, `None` without one.
    #[must_use]
    pub fn terms(&self, now: u64) -> Option<LoadTerms> {
        self.desk.held().terms(now)
    }

    /// Wipes the record that was shown.
    pub fn conceal(&mut self) {
        self.session().conceal();
    }

    /// Closes the device: the same as dropping it.
    pub fn close(self) {}
}

impl fmt::Debug for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Device(..)")
    }
}

fn parsed(enrolment: &[u8]) -> Result<Enrolment, DeviceFailure> {
    let text = std::str::from_utf8(enrolment).ok().and_then(Enrolment::parse);
    text.ok_or_else(|| {
        DeviceFailure::new(DeviceCode::Argument, "not an enrolment, or damaged; ask the auditor for it again")
    })
}

pub(super) fn bounded(bytes: &[u8]) -> Result<(), DeviceFailure> {
    if bytes.len() > Device::TAKE_MAX { Err(DeviceFailure::of(DeviceCode::TooLarge)) } else { Ok(()) }
}

fn text(bytes: &[u8]) -> Result<&str, DeviceFailure> {
    bounded(bytes)?;
    std::str::from_utf8(bytes).map_err(|_| DeviceFailure::new(DeviceCode::UnknownFile, "not a text"))
}

fn of_exchange(error: ExchangeError) -> DeviceFailure {
    let code = if error == ExchangeError::Large { DeviceCode::TooLarge } else { DeviceCode::UnknownFile };
    DeviceFailure::new(code, error.to_string())
}
