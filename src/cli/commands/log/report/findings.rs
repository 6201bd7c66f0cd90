//! Parts that the table, JSON and the page share.

use crate::cli::language::Language;
use crate::cli::language::damage::{figure_name, said};
use crate::cli::language::report as text;
use wayseal::authority::deliveries::CodeVerdict;
use wayseal::authority::report::{CodeCounts, DeviceReport, Figures};
use wayseal::payload::Handle;

/// Labels opened by several devices that JSON and the page list.
pub const SHARED_SHOWN: usize = 50;

/// The damage of a device's log and its outlying figures, as sentences for a supervisor.
pub fn sentences(device: &DeviceReport, middle: &Figures, language: Language) -> Vec<String> {
    let damage = device.damage.iter().take(3).map(|damage| said(damage, language));
    let findings = device.findings.iter().map(|(figure, _)| {
        let value = |value: f64| match figure.is_share() {
            true => format!("{:.0} %", value * 100.0),
            false => format!("{value:.0}"),
        };
        let (own, usual) = (value(device.figures.of(*figure)), value(middle.of(*figure)));
        text::where_usual(language, figure_name(*figure, language), own, usual)
    });
    damage.chain(findings).collect()
}

/// What the authority said of a device's delivery codes; `None` if it said nothing.
pub fn said_of_codes(codes: &CodeCounts, language: Language) -> Option<String> {
    let [right, wrong, none, unknown] = CodeVerdict::ALL.map(|verdict| codes.of(verdict));
    (!codes.is_empty()).then(|| text::codes_said(language, right, wrong, none, unknown))
}

pub fn handle(bytes: [u8; 16]) -> String {
    Handle::from(bytes).printed().to_string()
}
