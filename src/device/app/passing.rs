//! Passing parcels to a colleague: asking, giving and taking a pass, as a file or as the digits of a QR code.

use super::code::DeviceCode;
use super::device::{Device, bounded};
use super::failure::DeviceFailure;
use super::received::Received;
use crate::device::log::TakenKind;
use crate::device::session::{AskedPass, GiveError, GivenLabel, GivenPass};
use crate::signed::digits::DigitsKind;
use crate::signed::grant::{PASS_LABELS, Purpose};
use crate::signed::pass_request::RequestError;

/// What a colleague's device shows as digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PassCode {
    /// It asks for a pass: [`Device::give`] answers it.
    Request = 1,
    /// It gives one: [`Device::take`] takes it.
    Pass = 2,
}

impl PassCode {
    /// What a scanned text may be; `None` for a label, a bar code, or anything else.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        DigitsKind::of(text).map(|kind| match kind {
            DigitsKind::Request => Self::Request,
            DigitsKind::Pass => Self::Pass,
        })
    }
}

impl Device {
    /// The most labels of one pass.
    pub const PASS_LABELS: usize = PASS_LABELS;

    /// The most bytes of the file of a pass of so many labels.
    #[must_use]
    pub const fn pass_size(labels: usize) -> usize {
        // A certificate and an envelope, and of each label its header and two keys.
        16_384 + 160 * labels
    }

    /// Asks a colleague for parcels: a file to send, or digits to show as a QR code. A request before it is answered no more.
    ///
    /// # Errors
    /// [`DeviceFailure`]: `no_passes` if the grant has no key by which the device names itself, and those of the session.
    pub fn ask(&mut self, now: u64) -> Result<AskedPass, DeviceFailure> {
        self.session().ask(now)?.ok_or_else(|| DeviceFailure::of(DeviceCode::NoPasses))
    }

    /// The name of the device that asks, by the file or the digits of its request.
    ///
    /// # Errors
    /// [`DeviceFailure`]: `request_refused`, `request_old`, `asker_refused`.
    pub fn asked(&self, request: &[u8], now: u64) -> Result<String, DeviceFailure> {
        bounded(request)?;
        Ok(self.desk.held().asked(request, now)?.name().to_owned())
    }

    /// Gives labels to the colleague who asked: loaded ones by handle, others by the text of their code. Each is charged to this device and
    /// on its log before the pass is returned. A label that does not open here stops all of it.
    ///
    /// # Errors
    /// [`DeviceFailure`]: those of [`Device::asked`]; `no_passes`; `argument` without a label, `too_large` for more than
    /// [`Device::PASS_LABELS`]; `budget_short` with what is left in `count`; a label's own refusal with its place, from 1, in `count`. No
    /// key is given out then.
    pub fn give(
        &mut self,
        request: &[u8],
        labels: &[GivenLabel<'_>],
        purpose: Purpose,
        now: u64,
    ) -> Result<GivenPass, DeviceFailure> {
        bounded(request)?;
        Ok(self.session().give(request, labels, purpose, now)?)
    }

    /// Takes a pass, from its file or its digits. A locked device takes it too, and opens its labels beside the loaded ones.
    ///
    /// # Errors
    /// [`DeviceFailure`]; nothing is changed then.
    pub fn take_pass(&mut self, pass: &[u8], now: u64) -> Result<Received, DeviceFailure> {
        bounded(pass)?;
        let accepted = self.session().take_pass(pass, now)?;
        Ok(Received {
            kind: TakenKind::Pass,
            number: accepted.serial,
            added: accepted.added,
            erased: accepted.erased,
        })
    }

    /// Takes what may be a grant or a pass: an envelope tells only whoever it is sealed to.
    pub(super) fn take_sealed(&mut self, bytes: &[u8], now: u64) -> Result<Received, DeviceFailure> {
        let failure = match self.take_grant(bytes, now) {
            Err(failure) if matches!(failure.code, DeviceCode::EnvelopeRefused | DeviceCode::Locked) => {
                failure
            }
            taken => return taken,
        };
        match self.take_pass(bytes, now) {
            // It is no pass for this device either.
            Err(other)
                if matches!(
                    other.code,
                    DeviceCode::EnvelopeRefused | DeviceCode::GrantRefused | DeviceCode::RoleRefused
                ) =>
            {
                Err(failure)
            }
            taken => taken,
        }
    }
}

impl From<GiveError> for DeviceFailure {
    fn from(error: GiveError) -> Self {
        let message = error.to_string();
        let (code, count) = match error {
            GiveError::Request(RequestError::Newer) => (DeviceCode::Unsupported, 0),
            GiveError::Request(_) => (DeviceCode::RequestRefused, 0),
            GiveError::Asked => (DeviceCode::RequestOld, 0),
            GiveError::Asking(_) => (DeviceCode::AskerRefused, 0),
            GiveError::NoKey => (DeviceCode::NoPasses, 0),
            GiveError::Labels { given: 0, .. } => (DeviceCode::Argument, 0),
            GiveError::Labels { .. } => (DeviceCode::TooLarge, 0),
            GiveError::Label { at, outcome } => {
                (Self::from(outcome).code, u32::try_from(at).unwrap_or(u32::MAX))
            }
            GiveError::Budget { left, .. } => (DeviceCode::BudgetShort, left),
            // What its certificate does not let it sign.
            GiveError::Pass(_) => (DeviceCode::PurposeNotGranted, 0),
            GiveError::Session(error) => return error.into(),
        };
        Self { code, count, message }
    }
}
