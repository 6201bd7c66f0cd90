//! Shifts: an operator begins one with number and PIN, and stands in each entry until it ends.

use super::error::SessionError;
use super::tally::SHIFT_MAX;
use super::work::Session;
use crate::device::log::{EntryOutcome, LogEntry, TakenKind};
use crate::device::operators::{Operator, OperatorList, OperatorsError, Pin};
use crate::device::state::DeviceState;

/// Wrong PINs after which the device begins no shift until the auditor signs its log's head.
const PINS_MAX: u32 = 5;

/// What came of the attempt to begin a shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ShiftBegin {
    /// The shift began; it ends by itself after sixteen hours.
    Begun,
    /// Number and PIN do not belong together; with the number of further attempts.
    Wrong(u32),
    /// Too many PINs were wrong: hand the log in.
    Closed,
    /// The device knows no operators, and asks for none.
    NoOperators,
}

impl Session {
    /// Begins an operator's shift, which ends the one before. Every attempt is on the log.
    ///
    /// # Errors
    /// [`SessionError`]: also if the newest list of operators is gone.
    pub fn begin_shift(
        &mut self,
        operator: Operator,
        pin: &Pin,
        now: u64,
    ) -> Result<ShiftBegin, SessionError> {
        self.refresh(now)?;
        if self.tally.operators() == 0 {
            return Ok(ShiftBegin::NoOperators);
        }
        let knows = self.newest_operators()?.knows(operator, pin);
        if self.tally.refused_pins() >= PINS_MAX {
            // Whatever the PIN: the answer tells nothing of it.
            return Ok(ShiftBegin::Closed);
        }
        let mark = if knows { EntryOutcome::ShiftBegun } else { EntryOutcome::PinRefused };
        self.note(&LogEntry {
            operator: operator.get(),
            ..LogEntry::by_device(now, mark, self.tally.serial())
        })?;
        Ok(match PINS_MAX.saturating_sub(self.tally.refused_pins()) {
            _ if knows => ShiftBegin::Begun,
            0 => ShiftBegin::Closed,
            left => ShiftBegin::Wrong(left),
        })
    }

    /// Ends the shift; whether there was one.
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn end_shift(&mut self, now: u64) -> Result<bool, SessionError> {
        self.begin(now)?;
        let operator = self.tally.last_operator();
        if operator == 0 {
            return Ok(false);
        }
        self.note(&LogEntry {
            operator,
            ..LogEntry::by_device(now, EntryOutcome::ShiftEnded, self.tally.serial())
        })?;
        Ok(true)
    }

    /// The operator whose shift it is; `None` without one.
    #[must_use]
    pub fn operator(&self, now: u64) -> Option<Operator> {
        Operator::new(self.tally.operator(now))
    }

    /// Whether the device asks for an operator before it opens anything.
    #[must_use]
    pub const fn asks_operator(&self) -> bool {
        self.tally.operators() > 0
    }

    /// Accepts the auditor's list of operators. From then on nothing is opened without a shift.
    ///
    /// # Errors
    /// [`SessionError::Operators`] for a list that the auditor did not sign, or one older than the newest.
    pub fn take_operators(&mut self, note: &str, now: u64) -> Result<(), SessionError> {
        self.begin(now)?;
        let auditor = self.access.device().and_then(DeviceState::auditor).ok_or(SessionError::Damaged)?;
        let list = OperatorList::verify(note, auditor)?;
        let (given, newest) = (list.number, self.tally.operators());
        if given < newest || given == 0 {
            return Err(OperatorsError::Older { given, newest }.into());
        }
        if given > newest {
            // Entry first: from then on no older list is believed, and without this one nothing opens.
            let serial = self.tally.serial();
            self.note(&LogEntry::taken(TakenKind::Operators, given, note.as_bytes(), now, serial))?;
        }
        self.folder.store_operators(note)?;
        self.operators = Some(list);
        Ok(())
    }

    /// An error if the device asks for an operator and it is nobody's shift.
    pub(super) fn on_shift(&self, now: u64) -> Result<(), SessionError> {
        if !self.asks_operator() {
            return Ok(());
        }
        self.newest_operators()?;
        let begun = self.tally.shift_begun().ok_or(SessionError::NoShift)?;
        if now < begun.saturating_add(SHIFT_MAX) { Ok(()) } else { Err(SessionError::NoShift) }
    }

    /// The list that the log names as the newest.
    fn newest_operators(&self) -> Result<&OperatorList, SessionError> {
        let newest = self.tally.operators();
        let given = self.operators.as_ref().map_or(0, |list| list.number);
        let list = self.operators.as_ref().filter(|list| list.number == newest);
        list.ok_or_else(|| OperatorsError::Older { given, newest }.into())
    }
}
