//! What becomes of a parcel, on the courier's screen: signed off with a code or without, another outcome, or taken back.

use super::app::{App, View};
use super::typed_code::{TypedCode, typed_code};
use crate::cli::clock::now;
use crate::cli::language::{courier as text, outcome};
use wayseal::device::session::{ParcelOutcome, Session, SignOff, TakeBack};
use wayseal::keys::DeliveryCode;
use wayseal::payload::Handle;

impl App {
    /// Signs off the parcel on the screen, or asks for its delivery code first.
    pub fn sign_off(&mut self) {
        let Some((handle, waybill)) = self.on_screen() else { return };
        if self.asks_code {
            self.session.conceal();
            self.view = View::Code { handle, waybill, is_slip: false };
        } else {
            self.finish_sign_off(&handle, &waybill, None);
        }
    }

    /// Signs off the parcel on the screen with a code that was typed with it.
    pub fn sign_off_typed(&mut self, code: &str) {
        if let (Some((handle, waybill)), Some(typed)) = (self.on_screen(), typed_code(code)) {
            self.sign_off_with(handle, waybill, typed);
        }
    }

    /// The parcel on the screen; a notice if there is none.
    fn on_screen(&mut self) -> Option<(Handle, String)> {
        match &self.view {
            View::Record(record) => Some((record.handle, record.waybill.clone())),
            View::Code { handle, waybill, .. }
            | View::Parcel { handle, waybill, .. }
            | View::Outcomes { handle, waybill } => Some((*handle, waybill.clone())),
            _ => {
                let advice = self.language.of(text::SCAN_FIRST);
                self.show(true, self.language.of(text::NOTHING_TO_SIGN_OFF), advice);
                None
            }
        }
    }

    /// Signs off with what was typed, if it is a code or nothing; a slip is asked for again, and signs nothing off.
    pub fn sign_off_with(&mut self, handle: Handle, waybill: String, typed: TypedCode) {
        match typed {
            TypedCode::None => self.finish_sign_off(&handle, &waybill, None),
            TypedCode::Code(code) => self.finish_sign_off(&handle, &waybill, Some(code)),
            TypedCode::Slip => {
                self.session.conceal();
                self.view = View::Code { handle, waybill, is_slip: true };
            }
        }
    }

    fn finish_sign_off(&mut self, handle: &Handle, waybill: &str, code: Option<DeliveryCode>) {
        self.conclude(handle, waybill, ParcelOutcome::Delivered, code);
    }

    /// Turns to the carrier's session that knows a parcel, if the one at hand does not.
    pub fn turn_to(&mut self, handle: &Handle) {
        let knows = |session: &Session| session.parcels().iter().any(|parcel| parcel.handle == *handle);
        if !knows(&self.session)
            && let Some(other) = self.others.iter_mut().find(|other| knows(other))
        {
            std::mem::swap(&mut self.session, other);
        }
    }

    /// Says what became of a parcel.
    pub fn conclude(
        &mut self,
        handle: &Handle,
        waybill: &str,
        outcome: ParcelOutcome,
        code: Option<DeliveryCode>,
    ) {
        self.turn_to(handle);
        let is_coded = code.is_some();
        let (refused, title) = match self.session.conclude(handle, outcome, code, now()) {
            Ok(SignOff::Done) if outcome != ParcelOutcome::Delivered => {
                self.said = Some((*handle, waybill.to_owned()));
                (false, text::outcome(outcome, self.language).to_owned())
            }
            Ok(SignOff::Done) if is_coded => {
                self.said = Some((*handle, waybill.to_owned()));
                (false, self.language.of(text::SIGNED_OFF_WITH_CODE).to_owned())
            }
            Ok(SignOff::Done) => {
                self.said = Some((*handle, waybill.to_owned()));
                (false, self.language.of(text::SIGNED_OFF).to_owned())
            }
            Ok(SignOff::Already) => (false, self.language.of(text::SIGNED_OFF_BEFORE).to_owned()),
            Ok(SignOff::NotOpened) => (true, self.language.of(text::NOT_OPENED_HERE).to_owned()),
            Ok(SignOff::CodeGiven) => (true, self.language.of(text::CODE_GIVEN_BEFORE).to_owned()),
            Ok(_) => (true, self.language.of(text::SCAN_TO_SIGN_OFF).to_owned()),
            Err(error) => (true, outcome::said(&error, self.language)),
        };
        self.show(refused, &title, waybill);
        self.keep_list();
    }

    /// Asks what became of the parcel on the screen, if it was not delivered to its recipient.
    pub fn outcomes(&mut self) {
        if let Some((handle, waybill)) = self.on_screen() {
            self.session.conceal();
            self.view = View::Outcomes { handle, waybill };
        }
    }

    /// Takes back what was said last, of the parcel on the screen or of the last one.
    pub fn take_back(&mut self) {
        let on_screen = match &self.view {
            View::Record(record) => Some((record.handle, record.waybill.clone())),
            View::Parcel { handle, waybill, .. } => Some((*handle, waybill.clone())),
            _ => self.said.take(),
        };
        let Some((handle, waybill)) = on_screen else {
            return self.show(
                true,
                self.language.of(text::NOTHING_TO_TAKE_BACK),
                self.language.of(text::CHOOSE_FIRST),
            );
        };
        self.session.conceal();
        self.turn_to(&handle);
        let (refused, title, advice) = match self.session.take_back(&handle, now()) {
            Ok(TakeBack::Done) => (false, self.language.of(text::TAKEN_BACK).to_owned(), ""),
            Ok(TakeBack::Erased) => {
                (false, self.language.of(text::TAKEN_BACK).to_owned(), self.language.of(text::KEY_IS_ERASED))
            }
            Ok(TakeBack::Nothing) => (true, self.language.of(text::NOTHING_TO_TAKE_BACK).to_owned(), ""),
            Ok(_) => (
                true,
                self.language.of(text::TOO_LATE_TO_TAKE_BACK).to_owned(),
                self.language.of(text::ASK_THE_STATION),
            ),
            Err(error) => (true, outcome::said(&error, self.language), ""),
        };
        self.show(refused, &title, format!("{waybill} {advice}").trim_end());
        self.keep_list();
    }

    /// What is asked of the courier while a parcel waits for its delivery code.
    pub fn code_advice(&self) -> &'static str {
        let is_slip = matches!(self.view, View::Code { is_slip: true, .. });
        self.language.of(if is_slip { text::CODE_IS_A_SLIP } else { text::CODE_ASKED })
    }
}
