//! Parts that the table, JSON and the page share.

use crate::cli::language::Language;
use crate::cli::language::damage::{figure_name, said};
use crate::cli::language::enquiry;
use crate::cli::language::report as text;
use wayseal::authority::decoys::DecoyOpening;
use wayseal::authority::deliveries::CodeVerdict;
use wayseal::authority::report::{CodeCounts, DeviceReport, DoubledOperator, Figures, Shift};
use wayseal::keys::Day;
use wayseal::payload::Handle;
use wayseal::signed::moment::Moment;

/// Labels opened by several devices that JSON and the page list.
pub const SHARED_SHOWN: usize = 50;

/// The damage of a device's log, its broken budgets and its outlying figures, as sentences for a supervisor.
pub fn sentences(device: &DeviceReport, middle: &Figures, shift: Shift, language: Language) -> Vec<String> {
    let damage = device.damage.iter().take(3).map(|damage| said(damage, language));
    let findings = device.findings.iter().map(|(figure, _)| {
        let value = |value: f64| match figure.is_share() {
            true => format!("{:.0} %", value * 100.0),
            false => format!("{value:.0}"),
        };
        let (own, usual) = (value(device.figures.of(*figure)), value(middle.of(*figure)));
        text::where_usual(language, figure_name(*figure, language), own, usual)
    });
    let beyond = device.beyond.iter().map(|beyond| {
        let [from, until] = [beyond.from, beyond.until].map(|time| clock(time, shift));
        text::beyond_budget(language, beyond.labels, beyond.budget, from, until)
    });
    let foreign = Some(device.foreign_heads).filter(|count| *count > 0);
    let foreign = foreign.map(|count| text::foreign_heads(language, count));
    damage.chain(beyond).chain(foreign).chain(findings).collect()
}

/// What the authority said of a device's delivery codes; `None` if it said nothing.
pub fn said_of_codes(codes: &CodeCounts, language: Language) -> Option<String> {
    let [right, wrong, none, unknown] = CodeVerdict::ALL.map(|verdict| codes.of(verdict));
    (!codes.is_empty()).then(|| text::codes_said(language, right, wrong, none, unknown))
}

/// An opening of a decoy, as a sentence for a supervisor.
pub fn decoy(opening: &DecoyOpening, shift: Shift, language: Language) -> String {
    let time = clock(opening.time, shift);
    let hand = match opening.operator {
        0 => opening.device.clone(),
        operator => format!("{} #{operator}", opening.device),
    };
    let said = enquiry::opened_by(language, hand, time, &opening.waybill, opening.cause.name());
    format!("{}: {said}", language.of(enquiry::DECOY_OPENED))
}

/// A time by the local clock: day, hour and minute.
fn clock(time: u64, shift: Shift) -> String {
    let local = (time.cast_signed() + i64::from(shift.ahead) * 60).cast_unsigned();
    let day = Day::from_unix(local).map_or_else(String::new, |day| day.to_string());
    format!("{day} {:02}:{:02}", local % 86_400 / 3600, local / 60 % 60)
}

pub fn handle(bytes: [u8; 16]) -> String {
    Handle::from(bytes).printed().to_string()
}

/// That a number was at work on two devices at once.
pub fn doubled_said(doubled: &DoubledOperator, language: Language) -> String {
    let [one, two] = &doubled.devices;
    text::doubled(language, doubled.operator, one, two, doubled.times, Moment(doubled.first))
}
