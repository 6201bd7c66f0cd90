//! Parcels that go from one device to another, on the courier's screen: a code to show, and what a scanned one does.

use super::app::{App, View};
use super::typed_numbers::{ShownCode, numbered};
use crate::cli::clock::now;
use crate::cli::language::{giving, outcome};
use crate::cli::qr_picture::QrPicture;
use wayseal::device::log::EntryOutcome;
use wayseal::device::session::{GiveError, GivenLabel};
use wayseal::files::{self, Access};
use wayseal::payload::Handle;
use wayseal::signed::digits::DigitsKind;

/// The file of the pass that was given last, in the state folder, and the pictures of codes that a small screen has no room for.
const GIVEN: &str = "given.pass";
const GIVEN_PICTURE: &str = "given.png";
const ASKED_PICTURE: &str = "asked.png";

impl App {
    /// Asks a colleague for parcels, or, with numbers of the list, gives them to the colleague who asked.
    pub fn hand_over(&mut self, numbers: &str) {
        if numbers.is_empty() { self.ask() } else { self.give(numbers) }
    }

    /// What a colleague's device shows: it asks, or it gives.
    pub fn take_code(&mut self, kind: DigitsKind, digits: &str) {
        self.session.conceal();
        match kind {
            DigitsKind::Request => match self.session.asked(digits.as_bytes(), now()) {
                Ok(request) => {
                    let title = giving::asks(self.language, request.name());
                    self.show(false, &title, self.language.of(giving::GIVE_WHICH));
                    self.asked = Some(digits.to_owned());
                }
                Err(error) => {
                    let advice = giving::not_given(&error, self.language);
                    self.show(true, self.language.of(giving::NOT_GIVEN), &advice);
                }
            },
            DigitsKind::Pass => match self.session.take_pass(digits.as_bytes(), now()) {
                Ok(accepted) => {
                    let advice = giving::taken(self.language, accepted.added);
                    self.show(false, self.language.of(giving::TAKEN), &advice);
                }
                Err(error) => {
                    let advice = outcome::said(&error, self.language);
                    let title = self.language.of(crate::cli::language::courier::NOTHING_CAN_BE_OPENED);
                    self.show(true, title, &advice);
                }
            },
        }
        self.collect();
    }

    fn ask(&mut self) {
        self.session.conceal();
        match self.session.ask(now()) {
            Ok(Some(asked)) => self.show_code(
                self.language.of(giving::ASK).to_owned(),
                self.language.of(giving::SHOW_IT).to_owned(),
                self.language.of(giving::ASKED_SMALL),
                asked.digits,
                ASKED_PICTURE,
            ),
            Ok(None) => {
                let advice = self.language.of(giving::NO_KEY_TO_ASK);
                self.show(true, self.language.of(giving::ASK), advice);
            }
            Err(error) => {
                let advice = outcome::said(&error, self.language);
                self.show(true, self.language.of(giving::ASK), &advice);
            }
        }
    }

    fn give(&mut self, numbers: &str) {
        self.session.conceal();
        let title = self.language.of(giving::NOT_GIVEN);
        let Some(asked) = self.asked.take() else {
            return self.show(true, title, self.language.of(giving::NOTHING_ASKED));
        };
        let listed = |number: usize| self.parcels().get(number.checked_sub(1)?).map(|parcel| parcel.handle);
        let handles: Option<Vec<Handle>> =
            numbered(numbers).and_then(|numbers| numbers.into_iter().map(listed).collect());
        let Some(handles) = handles else {
            self.asked = Some(asked);
            return self.show(true, title, self.language.of(giving::GIVE_WHICH));
        };
        if let Some(first) = handles.first() {
            self.turn_to(first);
        }
        let labels: Vec<_> = handles.iter().map(GivenLabel::Handle).collect();
        match self.session.give(asked.as_bytes(), &labels, self.purpose, now()) {
            Ok(pass) => {
                let advice = giving::given(self.language, pass.labels, &pass.to, pass.until);
                let file = self.state.join(GIVEN);
                if let Err(error) = files::write(&file, &pass.file, Access::Owner) {
                    self.unread.push_back(self.language.file(&error));
                }
                match pass.digits {
                    Some(digits) => {
                        let small = self.language.of(giving::GIVEN_SMALL);
                        self.show_code(pass.to, advice, small, digits, GIVEN_PICTURE);
                    }
                    None => {
                        let file = self.language.of(giving::GIVEN_AS_FILE);
                        self.show(false, &pass.to, &format!("{advice}; {file}"));
                    }
                }
            }
            Err(error) => {
                // The colleague's code stays good for another choice.
                self.asked = Some(asked);
                let advice = match error {
                    GiveError::Label { outcome: EntryOutcome::NotLoaded, .. } => {
                        self.language.of(giving::NOT_LOADED_HERE).to_owned()
                    }
                    error => giving::not_given(&error, self.language),
                };
                self.show(true, title, &advice);
            }
        }
        self.keep_list();
        self.collect();
    }

    /// Shows a code, and draws it into a file for a screen that has no room for it.
    fn show_code(
        &mut self,
        title: String,
        advice: String,
        small: &'static str,
        digits: String,
        picture: &str,
    ) {
        let path = self.state.join(picture);
        let drawn = QrPicture::of(&digits, self.language).and_then(|code| {
            code.write(&path, self.language)?;
            Ok(code.lines())
        });
        // No room for it is no failure: the view says so.
        let lines = drawn.unwrap_or_else(|error| {
            self.unread.push_back(error.message(self.language));
            Vec::new()
        });
        self.view = View::Shown(Box::new(ShownCode { title, advice, small, digits, lines }));
    }
}
