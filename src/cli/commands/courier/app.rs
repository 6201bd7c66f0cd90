//! The courier's screen without a terminal: what an entered line does, and what is shown after it.

use super::day_list::{DayList, DayParcel};
use super::typed_numbers::{ShownCode, after_seven};
use crate::cli::bar_codes::BarCodes;
use crate::cli::clock::now;
use crate::cli::doubts::{Doubt, Doubts};
use crate::cli::language::contact::dialled;
use crate::cli::language::courier as text;
use crate::cli::language::scan::ENTRIES_SKIPPED;
use crate::cli::language::wedge as wedge_text;
use crate::cli::language::{Language, outcome};
use crate::cli::pictures::claimed;
use crate::cli::record_text::address;
use std::cell::Cell;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use wayseal::device::session::{Attempt, ParcelOutcome, ScanOutcome, Session, SignOff, TakeBack};
use wayseal::error::Refusal;
use wayseal::files::FileError;
use wayseal::keys::DeliveryCode;
use wayseal::payload::Handle;
use wayseal::read::wedge::{self, Burst, WedgeDamage, WedgeError};
use wayseal::record::PhoneNumber;
use wayseal::signed::digits::DigitsKind;
use wayseal::signed::grant::Purpose;
use wayseal::verifier::Opened;
use zeroize::Zeroizing;

pub struct App {
    pub session: Session,
    /// Those of other carriers; the one that fits a label takes the place of `session`.
    others: Vec<Session>,
    pub language: Language,
    pub purpose: Purpose,
    pub view: View,
    /// What the last line changed about the record that stays on the screen.
    pub remark: Option<Remark>,
    /// What was refused from the inbox and not yet read.
    pub unread: VecDeque<String>,
    /// How many parcels the list shows at once.
    pub fit: Cell<usize>,
    conceal: Duration,
    /// Whether each sign-off asks for the recipient's delivery code.
    asks_code: bool,
    bar_codes: BarCodes,
    day: DayList,
    /// The parcel of which something was said last.
    said: Option<(Handle, String)>,
    /// The digits of the colleague who asks for parcels.
    pub asked: Option<String>,
    /// The state folder.
    pub state: PathBuf,
    /// What was refused last: a second scan of the same is no misread.
    doubts: Doubts,
}

/// What a line says about the record on the screen, which stays.
pub struct Remark {
    /// Its name for a program.
    pub event: &'static str,
    /// What the courier reads.
    pub text: String,
}

/// What is shown.
pub enum View {
    /// Nothing was scanned yet.
    Ready,
    /// A record, until it is hidden.
    Record(Box<ShownRecord>),
    /// A parcel of the list, masked, of which something can be said: its record is hidden, or it was chosen.
    Parcel { title: String, handle: Handle, waybill: String, masked: String },
    /// What became of a parcel is asked.
    Outcomes { handle: Handle, waybill: String },
    /// A parcel is signed off, and waits for its delivery code; whether one was typed that is none.
    Code { handle: Handle, waybill: String, is_slip: bool },
    /// A code for a colleague's scanner.
    Shown(Box<ShownCode>),
    /// A sentence and what to do; whether it is a refusal.
    Notice { refused: bool, title: String, advice: String },
    /// Why a file of the inbox was refused, until it is read.
    Inbox(String),
    /// Today's parcels, or those of them whose phone ends with these digits; from the first that is shown on.
    List(Option<String>, usize),
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
    /// Whether a bar code that belongs to the label has its number; if not, none was compared.
    pub compared: bool,
    since: Instant,
}

/// Whether the session continues.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Next {
    Go,
    End,
}

impl App {
    /// A session at work in its state folder.
    pub fn new(
        session: Session,
        state: &Path,
        language: Language,
        conceal: Duration,
        asks_code: bool,
    ) -> Result<Self, FileError> {
        let mut app = Self {
            session,
            others: Vec::new(),
            language,
            purpose: Purpose::Deliver,
            view: View::Ready,
            remark: None,
            unread: VecDeque::new(),
            fit: Cell::new(1),
            conceal,
            asks_code,
            bar_codes: BarCodes::default(),
            day: DayList::open(state, now())?,
            said: None,
            asked: None,
            state: state.to_owned(),
            doubts: Doubts::default(),
        };
        app.keep_list();
        app.collect();
        Ok(app)
    }

    /// With the devices of other carriers.
    pub fn with(mut self, others: Vec<Session>) -> Self {
        self.others = others;
        self.keep_list();
        self.collect();
        self
    }

    /// Does what a line says: a key, or what a scanner sent.
    pub fn line(&mut self, line: &str) -> Next {
        self.remark = None;
        let text = line.trim();
        if let View::Outcomes { handle, waybill } = &self.view
            && let Some(outcome) = chosen(text)
        {
            let (handle, waybill) = (*handle, waybill.clone());
            self.conclude(&handle, &waybill, outcome, None);
            return Next::Go;
        }
        if let View::Code { handle, waybill, .. } = &self.view
            && let Some(typed) = typed_code(text)
        {
            let (handle, waybill) = (*handle, waybill.clone());
            self.sign_off_with(handle, waybill, typed);
            return Next::Go;
        }
        if let Some(kind) = DigitsKind::of(text) {
            self.take_code(kind, text);
            return Next::Go;
        }
        match text {
            "" => self.hide(),
            "0" => return Next::End,
            "1" => self.sign_off(),
            "2" => self.next_purpose(),
            "3" => self.list(),
            "4" => self.outcomes(),
            "5" => self.take_back(),
            text if after_seven(text).is_some() => self.hand_over(after_seven(text).unwrap_or_default()),
            text if text.strip_prefix("3 ").is_some_and(is_number) => self.choose_from_list(&text[2..]),
            text if text.strip_prefix("6 ").is_some_and(is_number) => self.find_by_phone(&text[2..]),
            text if text.strip_prefix("1 ").and_then(typed_code).is_some() => {
                self.sign_off_typed(&text[2..]);
            }
            text => match wedge::burst(line) {
                Ok(Burst::Label { text, damage, bar_code }) => self.label(&text, damage, bar_code),
                Ok(Burst::BarCode(number)) => self.bar_code(&number),
                Err(error) => self.unreadable(text, &error),
            },
        }
        Next::Go
    }

    /// A bar code: that of the label before, or the next QR code must be of the same waybill.
    fn bar_code(&mut self, number: &str) {
        if self.bar_codes.scanned(number, Instant::now()) {
            if let View::Record(record) = &mut self.view {
                record.compared = true;
            }
            let text = self.language.of(text::BAR_CODE_MATCHES).to_owned();
            if matches!(self.view, View::Record(_)) || !self.choose_by_bar_code(&text, number, number) {
                self.remark_or_show("bar_code_matches", text, number);
            }
            return;
        }
        self.session.conceal();
        let title = format!("{} {number}", self.language.of(text::BAR_CODE));
        // A parcel of the day can be signed off by its bar code alone; it may be the first of a label's two codes as well.
        if !self.choose_by_bar_code(&title, number, self.language.of(text::SIGN_OFF_OR_QR)) {
            self.show(false, &title, self.language.of(text::SCAN_QR_NEXT));
        }
    }

    /// Turns to the day's parcel with a number, if there is one.
    fn choose_by_bar_code(&mut self, title: &str, number: &str, advice: &str) -> bool {
        let found = self.day.find(&number.trim().to_ascii_uppercase());
        let Some((handle, waybill)) = found.map(|parcel| (parcel.handle, parcel.waybill.clone())) else {
            return false;
        };
        self.view = View::Parcel { title: title.to_owned(), handle, waybill, masked: advice.to_owned() };
        true
    }

    /// A line that is no label's. A record on the screen stays: the line may be the second copy of its scan.
    fn unreadable(&mut self, line: &str, error: &WedgeError) {
        let (title, advice) = match error {
            WedgeError::NotOurs => (text::NOT_OPENED, self.language.refusal(Refusal::NotOurs).to_owned()),
            _ => (text::SCAN_AGAIN, wedge_text::said(error, self.language)),
        };
        let title = self.language.of(title);
        // An unreadable text is logged as an attempt, too.
        let logged = self.session.scan(&Attempt { purpose: self.purpose, ..Attempt::new(line) }).map(drop);
        self.session.conceal();
        match (logged, &self.view) {
            (Err(error), _) => {
                let advice = outcome::said(&error, self.language);
                self.show(true, self.language.of(text::NOTHING_CAN_BE_OPENED), &advice);
            }
            (Ok(()), View::Record(_)) => {
                self.remark = Some(Remark { event: "unreadable", text: format!("{title}: {advice}") });
            }
            (Ok(()), _) => self.show(true, title, &advice),
        }
        self.collect();
    }

    /// The QR code of a label, and the bar code that came in the same burst.
    fn label(&mut self, payload: &str, damage: WedgeDamage, bar_code: Option<String>) {
        let at = Instant::now();
        let waybill = claimed(payload);
        let printed = self.bar_codes.beside(&waybill, damage, bar_code, at);
        let attempt = Attempt { purpose: self.purpose, printed: printed.as_deref(), ..Attempt::new(payload) };
        let (view, is_repeated) = self.answer(&attempt, damage, at);
        self.session.conceal();
        match (&self.view, &view) {
            // One opening: the record stays, with the time that it has left.
            (View::Record(shown), View::Record(record)) if is_repeated && shown.handle == record.handle => {
                let text = self.language.of(text::REPEATED).to_owned();
                self.remark = Some(Remark { event: "repeated", text });
            }
            _ => self.view = view,
        }
        self.keep_list();
        self.collect();
    }

    /// Scans, and says what came of it, and whether it was sent twice. The words of a refusal follow from what one misread character could do: what a
    /// scanner typed has no check but the label's own, so that only a second scan of the same text is certain.
    fn answer(&mut self, attempt: &Attempt<'_>, damage: WedgeDamage, at: Instant) -> (View, bool) {
        let language = self.language;
        let notice = |title: &str, advice: String| {
            (View::Notice { refused: true, title: title.to_owned(), advice }, false)
        };
        let chosen = Session::choose(&mut self.session, &mut self.others, attempt);
        match chosen.and_then(|()| self.session.scan(attempt)) {
            Ok(ScanOutcome::Opened { record, handle, times, repeated, .. }) => {
                self.doubts.clear();
                let compared = attempt.printed.is_some();
                let record = ShownRecord::of(&record, handle, times, compared, language);
                (View::Record(Box::new(record)), repeated)
            }
            Ok(outcome) => {
                let doubt = match &outcome {
                    ScanOutcome::Refused(refusal) => self.doubts.judge(attempt.text, damage, *refusal, at),
                    _ => Doubt::Nothing,
                };
                if let (ScanOutcome::Refused(refusal), Doubt::Misread | Doubt::Setting) = (&outcome, doubt) {
                    let advice = outcome::doubted(doubt, attempt.text, *refusal, language);
                    return notice(language.of(text::SCAN_AGAIN), advice);
                }
                let (title, advice) = outcome::told(&outcome, language).unwrap_or_default();
                notice(title, advice.to_owned())
            }
            Err(error) => notice(language.of(text::NOTHING_CAN_BE_OPENED), outcome::said(&error, language)),
        }
    }

    /// Takes what the inbox brought and was refused. It waits until nothing of a parcel is on the screen.
    pub fn collect(&mut self) {
        let others = self.others.iter_mut().flat_map(Session::notices);
        for (file, error) in self.session.notices().into_iter().chain(others) {
            self.unread.push_back(format!("{file}: {}", outcome::said(&error, self.language)));
        }
        if matches!(self.view, View::Ready) {
            self.show_unread();
        }
    }

    fn show_unread(&mut self) {
        self.view = match self.unread.front() {
            Some(advice) => View::Inbox(advice.clone()),
            None => View::Ready,
        };
    }

    /// Writes the day's list, if it changed.
    pub fn keep_list(&mut self) {
        let sessions = || std::iter::once(&self.session).chain(&self.others);
        let known = sessions().flat_map(|session| session.parcels().iter());
        let said = |handle: &Handle| sessions().find_map(|session| session.said(handle));
        if let Err(error) = self.day.update(known, said, now()) {
            self.unread.push_back(self.language.file(&error));
        }
    }

    fn remark_or_show(&mut self, event: &'static str, text: String, advice: &str) {
        match self.view {
            View::Record(_) => self.remark = Some(Remark { event, text }),
            _ => self.show(false, &text, advice),
        }
    }

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
    fn sign_off_typed(&mut self, code: &str) {
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
    fn sign_off_with(&mut self, handle: Handle, waybill: String, typed: TypedCode) {
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
    fn conclude(
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

    /// Chooses a parcel by its number in the list.
    fn choose_from_list(&mut self, number: &str) {
        let at = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        self.choose(at);
    }

    /// Chooses the parcel whose phone ends with these digits, or lists those that do.
    fn find_by_phone(&mut self, digits: &str) {
        let ends = |parcel: &DayParcel| !parcel.phone.is_empty() && parcel.phone.ends_with(digits);
        let mut found =
            self.parcels().iter().enumerate().filter(|(_, parcel)| ends(parcel)).map(|(at, _)| at);
        match (found.next(), found.next()) {
            (one, None) => self.choose(one),
            _ => {
                self.session.conceal();
                self.view = View::List(Some(digits.to_owned()), 0);
            }
        }
    }

    /// Turns to a parcel of the list.
    fn choose(&mut self, at: Option<usize>) {
        self.session.conceal();
        match at.and_then(|at| self.parcels().get(at)) {
            Some(parcel) => {
                let title = parcel.waybill.clone();
                let place = if parcel.place.is_empty() { &parcel.address } else { &parcel.place };
                let masked = format!("{}  {place}", parcel.name);
                let (handle, waybill) = (parcel.handle, parcel.waybill.clone());
                self.view = View::Parcel { title, handle, waybill, masked };
            }
            None => {
                self.show(true, self.language.of(text::NO_SUCH_PARCEL), self.language.of(text::CHOOSE_FIRST))
            }
        }
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
        self.view = if let View::List(..) = self.view { View::Ready } else { View::List(None, 0) };
    }

    /// Hides what is shown; what the inbox refused is read then.
    pub fn hide(&mut self) {
        self.session.conceal();
        match &self.view {
            View::Record(record) => {
                let masked = self.day.find(&record.waybill);
                let masked = masked.map(|parcel| format!("{}  {}", parcel.name, parcel.address));
                let title = format!("{} {}", self.language.of(text::HIDDEN), record.waybill);
                let (handle, waybill) = (record.handle, record.waybill.clone());
                self.view = View::Parcel { title, handle, waybill, masked: masked.unwrap_or_default() };
            }
            View::List(digits, first) if first + self.fit.get() < self.listed().len() => {
                self.view = View::List(digits.clone(), first + self.fit.get());
            }
            View::Inbox(_) => {
                self.unread.pop_front();
                self.show_unread();
            }
            _ => self.show_unread(),
        }
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

    pub fn show(&mut self, refused: bool, title: &str, advice: &str) {
        self.view = View::Notice { refused, title: title.to_owned(), advice: advice.to_owned() };
    }

    /// The line on top: device, purpose, parcels, budget, lock.
    pub fn status(&self) -> String {
        let parcels = self.parcels();
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
        if !self.unread.is_empty() {
            let word = self.language.of(text::UNREAD);
            status.push_str(&format!("  {word} {}", self.unread.len()));
        }
        status
    }

    /// What is asked of the courier while a parcel waits for its delivery code.
    pub fn code_advice(&self) -> &'static str {
        let is_slip = matches!(self.view, View::Code { is_slip: true, .. });
        self.language.of(if is_slip { text::CODE_IS_A_SLIP } else { text::CODE_ASKED })
    }

    /// The day's parcels, those of before a restart included.
    pub fn parcels(&self) -> &[DayParcel] {
        self.day.parcels()
    }

    /// The parcels that the list has, with their numbers, as they are sorted.
    pub fn listed(&self) -> Vec<(usize, &DayParcel)> {
        let digits = match &self.view {
            View::List(digits, _) => digits.as_deref().unwrap_or_default(),
            _ => "",
        };
        let mut listed = self.day.by_place();
        listed.retain(|(_, parcel)| parcel.phone.ends_with(digits));
        listed
    }

    /// The first parcel of the list that is shown.
    pub const fn first_listed(&self) -> usize {
        match self.view {
            View::List(_, first) => first,
            _ => 0,
        }
    }

    /// What stands before a parcel in the list: signed off, given to a colleague, said why not, or open.
    pub fn mark(parcel: &DayParcel) -> &'static str {
        match (parcel.delivered, &*parcel.outcome) {
            (true, _) => "✓",
            (false, "") => "·",
            (false, "given") => "→",
            (false, _) => "✗",
        }
    }

    /// A parcel's line of the list.
    pub fn row(&self, number: usize, parcel: &DayParcel) -> String {
        let mark = Self::mark(parcel);
        let said = text::said_of(&parcel.outcome, self.language);
        // The place and the building alone, where they are known: sorting needs no person.
        let place = match &*parcel.place {
            "" => format!("{}  {}", parcel.name, parcel.address),
            place => place.to_owned(),
        };
        format!("{mark} {number}  {}  {place}  {said}", parcel.waybill).trim_end().to_owned()
    }
}

/// The outcome that a number stands for where outcomes are asked.
fn chosen(text: &str) -> Option<ParcelOutcome> {
    let number = text.parse::<usize>().ok()?;
    ParcelOutcome::ALL
        .into_iter()
        .filter(|outcome| *outcome != ParcelOutcome::Delivered)
        .nth(number.checked_sub(1)?)
}

/// Whether a text is a number of a few digits.
fn is_number(text: &str) -> bool {
    (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// What a courier typed where a delivery code is asked for.
enum TypedCode {
    None,
    Code(DeliveryCode),
    /// Digits that are no code.
    Slip,
}

/// Reads a delivery code as it is typed: with blanks and hyphens, and in the full-width digits of a Chinese keyboard. `None` for
/// what is meant for something else: a key of the menu, or a scan.
fn typed_code(text: &str) -> Option<TypedCode> {
    let digits: String = text
        .chars()
        .filter(|character| !character.is_whitespace() && *character != '-')
        .map(|character| match u32::from(character).checked_sub(u32::from('０')) {
            Some(digit @ 0..=9) => char::from_digit(digit, 10).unwrap_or(character),
            _ => character,
        })
        .collect();
    match digits.len() {
        0 => Some(TypedCode::None),
        2..=9 if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some(DeliveryCode::parse(&digits).map_or(TypedCode::Slip, TypedCode::Code))
        }
        _ => None,
    }
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
