//! The sign-off of a parcel, with the delivery code that its recipient told.

use super::error::SessionError;
use super::outcome::{SignOff, SignedLabel};
use super::work::Session;
use crate::device::log::{EntryCause, EntryDetail, EntryOutcome, LabelHeader, LogEntry};
use crate::keys::DeliveryCode;
use crate::payload::{Handle, Payload};
use crate::signed::grant::Purpose;

impl Session {
    /// Signs a parcel off as delivered, with the delivery code that its recipient told, if any: by default its label opens no more
    /// for delivery, and its keys are erased if it was loaded. The entry holds the label's header and the code, which the
    /// authority judges: no device can. A slip of the code is found before this, by [`DeliveryCode::parse`].
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn sign_off<'a>(
        &mut self,
        label: impl Into<SignedLabel<'a>>,
        code: Option<DeliveryCode>,
        now: u64,
    ) -> Result<SignOff, SessionError> {
        self.begin(now)?;
        let (handle, header) = match label.into() {
            SignedLabel::Handle(handle) => (*handle, self.header(handle)),
            SignedLabel::Text(text) => match Payload::parse(text.as_bytes()) {
                Ok(payload) => (payload.handle(), Some(payload.header().into())),
                Err(refusal) => return Ok(SignOff::NoLabel(refusal)),
            },
        };
        if self.tally.delivered(&handle) {
            return Ok(SignOff::Already);
        }
        let Some(station) = self.tally.station(&handle).or_else(|| self.loaded.station(&handle)) else {
            return Ok(SignOff::NotOpened);
        };
        let Some(header) = header else { return Ok(SignOff::TextNeeded) };
        // Entry first: after a kill in between, `open` erases the key by the log.
        self.note(&LogEntry {
            cause: EntryCause::Asked(Purpose::Deliver),
            station: Some(station),
            handle: *handle.bytes(),
            detail: EntryDetail::SignOff { header, code },
            ..LogEntry::of_device(now, EntryOutcome::Delivered, self.tally.serial())
        })?;
        self.loaded.erase_where(|loaded| *loaded == handle)?;
        for parcel in self.parcels.iter_mut().filter(|parcel| parcel.handle == handle) {
            parcel.delivered = true;
        }
        Ok(SignOff::Done)
    }

    /// The header of a label that was opened in this session, or is loaded.
    fn header(&self, handle: &Handle) -> Option<LabelHeader> {
        self.parcels.iter().find(|parcel| parcel.handle == *handle)?.header
    }
}
