//! The courier's screen without a terminal: what an entered line does, and what is shown after it.

use super::day_list::DayList;
use super::shown_record::ShownRecord;
use super::typed_code::{chosen, typed_code};
use super::typed_numbers::{ShownCode, after_seven};
use crate::cli::bar_codes::BarCodes;
use crate::cli::clock::now;
use crate::cli::device_session::refusal;
use crate::cli::doubts::{Doubt, Doubts};
use crate::cli::language::courier as text;
use crate::cli::language::wedge as wedge_text;
use crate::cli::language::{Language, outcome};
use crate::cli::pictures::claimed;
use std::cell::Cell;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use wayseal::device::session::{Attempt, ScanOutcome, Session};
use wayseal::error::Refusal;
use wayseal::files::FileError;
use wayseal::payload::Handle;
use wayseal::read::wedge::{self, Burst, WedgeDamage, WedgeError};
use wayseal::signed::digits::DigitsKind;
use wayseal::signed::grant::Purpose;

pub struct App {
    pub session: Session,
    /// Those of other carriers; the one that fits a label takes the place of `session`.
    pub(super) others: Vec<Session>,
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
    pub(super) asks_code: bool,
    bar_codes: BarCodes,
    pub(super) day: DayList,
    /// The parcel of which something was said last.
    pub(super) said: Option<(Handle, String)>,
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
        let logged = self.session.scan(&Attempt::new(line).with_purpose(self.purpose)).map(drop);
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
        let attempt = Attempt::new(payload).with_purpose(self.purpose).with_printed(printed.as_deref());
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
            self.unread.push_back(refusal(&file, &error, self.language));
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

    /// The next purpose that the grant names.
    pub fn next_purpose(&mut self) {
        let granted = self.session.terms(now()).map(|terms| terms.purposes).unwrap_or_default();
        let at = granted.iter().position(|purpose| *purpose == self.purpose);
        let next = granted.get(at.map_or(0, |at| (at + 1) % granted.len().max(1)));
        self.purpose = next.copied().unwrap_or(self.purpose);
        let title = self.language.of(text::PURPOSE);
        self.show(false, title, outcome::purpose(self.purpose, self.language));
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
}

/// Whether a text is a number of a few digits.
fn is_number(text: &str) -> bool {
    (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}
