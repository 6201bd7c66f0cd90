//! What became of a parcel: its sign-off, with the delivery code that its recipient told, or why it was not delivered; and what was said
//! by mistake is taken back.

use super::error::SessionError;
use super::keys::KeyAccess;
use super::outcome::{ParcelOutcome, SignOff, SignedLabel, TakeBack};
use super::work::Session;
use crate::device::log::{EntryCause, EntryDetail, EntryOutcome, LabelHeader, LogEntry, SpokenCode};
use crate::error::Refusal;
use crate::keys::DeliveryCode;
use crate::payload::{Handle, Payload};
use crate::signed::grant::Purpose;

impl Session {
    /// Signs a parcel off as delivered: [`conclude`](Self::conclude).
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn sign_off<'a>(
        &mut self,
        label: impl Into<SignedLabel<'a>>,
        code: Option<DeliveryCode>,
        now: u64,
    ) -> Result<SignOff, SessionError> {
        self.conclude(label, ParcelOutcome::Delivered, code, now)
    }

    /// Says what became of a parcel. If it is signed off, with the delivery code that its recipient told, if any, its label opens no more
    /// for delivery by default, and its keys are erased if it was loaded; otherwise it opens in the next round. The entry of a parcel holds
    /// the label's header and the code, which the authority judges: no device can. A slip of the code is found before this,
    /// by [`DeliveryCode::parse`]; with a parcel that is not signed off a code is not kept.
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn conclude<'a>(
        &mut self,
        label: impl Into<SignedLabel<'a>>,
        outcome: ParcelOutcome,
        code: Option<DeliveryCode>,
        now: u64,
    ) -> Result<SignOff, SessionError> {
        self.begin(now)?;
        self.on_shift(now)?;
        let (handle, header) = match self.named(label.into()) {
            Ok(named) => named,
            Err(refusal) => return Ok(SignOff::NoLabel(refusal)),
        };
        if self.tally.delivered(&handle) {
            return Ok(SignOff::Already);
        }
        let Some(station) = self.tally.station(&handle).or_else(|| self.loaded.station(&handle)) else {
            return Ok(SignOff::NotOpened);
        };
        let Some(header) = header else { return Ok(SignOff::TextNeeded) };
        let mark = outcome.mark();
        let code = code.filter(|_| mark.signs_off()).map(SpokenCode::from);
        if code.is_some() && self.tally.is_coded(&handle) {
            return Ok(SignOff::CodeGiven);
        }
        // Entry first: after a kill in between, `open` erases the key by the log.
        self.note(&LogEntry {
            cause: EntryCause::Asked(Purpose::Deliver),
            station: Some(station),
            handle: *handle.bytes(),
            // A parcel that was not delivered has no code to be judged.
            detail: if mark.signs_off() { EntryDetail::SignOff { header, code } } else { EntryDetail::Plain },
            ..LogEntry::by_device(now, mark, self.tally.serial())
        })?;
        if mark.signs_off() {
            self.loaded.erase_where(|loaded| *loaded == handle)?;
            self.passed.erase_where(|passed| *passed == header)?;
        }
        self.follow(&handle);
        Ok(SignOff::Done)
    }

    /// Takes back what was said last of a parcel: by the same operator, in the same shift, and before the log is handed in.
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn take_back<'a>(
        &mut self,
        label: impl Into<SignedLabel<'a>>,
        now: u64,
    ) -> Result<TakeBack, SessionError> {
        self.begin(now)?;
        self.on_shift(now)?;
        let Ok((handle, _)) = self.named(label.into()) else { return Ok(TakeBack::Nothing) };
        let Some(said) = self.tally.said(&handle) else { return Ok(TakeBack::Nothing) };
        let is_of_the_shift = said.operator == self.tally.operator(now)
            && self.tally.shift_begun().is_none_or(|begun| said.time >= begun);
        if !said.since || !is_of_the_shift {
            return Ok(TakeBack::Over);
        }
        let station = self.tally.station(&handle).or_else(|| self.loaded.station(&handle));
        self.note(&LogEntry {
            cause: EntryCause::Asked(Purpose::Deliver),
            station,
            handle: *handle.bytes(),
            ..LogEntry::by_device(now, EntryOutcome::TakenBack, self.tally.serial())
        })?;
        self.follow(&handle);
        let is_erased = matches!(self.access, KeyAccess::Locked(_)) && said.mark.signs_off();
        Ok(if is_erased { TakeBack::Erased } else { TakeBack::Done })
    }

    /// Brings the day's list up to what the log says of a parcel.
    pub(super) fn follow(&mut self, handle: &Handle) {
        let (said, delivered) = (self.tally.said(handle), self.tally.delivered(handle));
        for parcel in self.parcels.iter_mut().filter(|parcel| parcel.handle == *handle) {
            parcel.outcome = said.map(|said| said.mark);
            parcel.delivered = delivered;
        }
    }

    /// The handle of a label, and its header if it is known.
    fn named(&self, label: SignedLabel<'_>) -> Result<(Handle, Option<LabelHeader>), Refusal> {
        match label {
            SignedLabel::Handle(handle) => Ok((*handle, self.header(handle))),
            SignedLabel::Text(text) => {
                let payload = Payload::parse(text.as_bytes())?;
                Ok((payload.handle(), Some(payload.header().into())))
            }
        }
    }

    /// The header of a label that was opened in this session, or is loaded.
    fn header(&self, handle: &Handle) -> Option<LabelHeader> {
        self.parcels.iter().find(|parcel| parcel.handle == *handle)?.header
    }
}
