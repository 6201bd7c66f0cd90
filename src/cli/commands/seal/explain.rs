//! `--explain`: which symbols a batch has, and why these. Counts and lengths, and nothing of any order.

use crate::cli::language::Language;
use crate::cli::language::explain as text;
use crate::cli::settings::seal::SealPlan;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use wayseal::batch::notice::Notices;
use wayseal::label::{Composer, Page, Template};
use wayseal::payload::Waybill;
use wayseal::symbol::{
    Choice, Considered, EcLevel, MODULE_MIN_UM, NoFit, Unfit, Version, choose, considered, least_dots,
};

/// Labels by the characters of their QR codes, which alone decide about the symbol.
#[derive(Default)]
pub struct Symbols(BTreeMap<usize, u64>);

impl Symbols {
    pub fn count(&mut self, chars: usize) {
        *self.0.entry(chars).or_default() += 1;
    }
}

/// Labels with notices that are listed one by one; the summary counts all.
const LISTED: usize = 20;

/// Labels with notices, by their waybill numbers.
#[derive(Default)]
pub struct NoticedLabels {
    first: Vec<(Waybill, Notices)>,
    more: u64,
}

impl NoticedLabels {
    pub fn add(&mut self, waybill: Waybill, notices: Notices) {
        if notices.is_empty() {
            return;
        }
        if self.first.len() < LISTED {
            self.first.push((waybill, notices));
        } else {
            self.more += 1;
        }
    }

    /// A line for each label.
    pub fn text(&self, language: Language) -> String {
        let mut lines = String::new();
        for (waybill, notices) in &self.first {
            let notices: Vec<_> = notices.iter().map(|notice| language.notice_in_short(notice)).collect();
            lines += "\n";
            lines += &text::label_notices(language, waybill, notices.join(language.of(text::EMPTY)));
        }
        if self.more > 0 {
            lines += "\n";
            lines += &text::more_labels(language, self.more);
        }
        lines
    }
}

/// What there is to say of the symbols of one length.
struct Explained {
    chars: usize,
    labels: u64,
    box_um: u32,
    chosen: Choice,
    /// All that would do, the best first.
    choices: Vec<(Choice, usize)>,
    others: Vec<(Considered, Unfit)>,
}

impl Explained {
    pub fn new(chars: usize, labels: u64, box_um: u32, dpi: u32) -> Result<Self, NoFit> {
        let chosen = choose(chars, box_um, dpi)?;
        let (mut choices, mut others) = (Vec::new(), Vec::new());
        for one in considered(chars, box_um, dpi) {
            match one.choice() {
                Ok(choice) => choices.push((choice, one.capacity())),
                Err(unfit) => others.push((one, unfit)),
            }
        }
        choices.sort_by_key(|(choice, _)| std::cmp::Reverse(choice.rank()));
        Ok(Self { chars, labels, box_um, chosen, choices, others })
    }

    /// Why a choice is not the chosen one.
    pub fn why(&self, choice: &Choice, language: Language) -> String {
        let less = self.chosen.score - choice.score;
        if choice == &self.chosen {
            language.of(text::CHOSEN).to_owned()
        } else if less > 0 {
            let points = tenths(less);
            text::less(language, points)
        } else {
            language.of(text::SAME_SCORE).to_owned()
        }
    }

    pub fn text(&self, language: Language) -> String {
        let Self { chars, labels, box_um, chosen, .. } = self;
        let name = |choice: &Choice| format!("{}-{}", choice.version, choice.level);
        let mut text = text::of_length(language, labels, chars, mm(*box_um));
        text += &name(chosen);
        for (choice, capacity) in &self.choices {
            let Choice { dots, module_um, score, .. } = choice;
            let mark = if choice == chosen { '>' } else { ' ' };
            let (name, score) = (name(choice), tenths(*score));
            let (module, side, why) = (mm(*module_um), mm(choice.side_um()), self.why(choice, language));
            text += &text::choice(language, mark, name, dots, module, side, capacity, score, why);
        }
        let list = |unfit| {
            let mut names = Vec::new();
            for version in Version::all() {
                let of: Vec<_> = self
                    .others
                    .iter()
                    .filter(|(one, why)| one.version == version && *why == unfit)
                    .map(|(one, _)| one)
                    .collect();
                let capacity = |one: &Considered| match unfit {
                    Unfit::Holds => format!(" ({})", one.capacity()),
                    Unfit::Module => String::new(),
                };
                match of.first() {
                    Some(first) if of.len() == EcLevel::ALL.len() => {
                        names.push(format!("{version}{}", capacity(first)));
                    }
                    _ => {
                        names.extend(of.iter().map(|one| format!("{version}-{}{}", one.level, capacity(one))))
                    }
                }
            }
            names.join(language.of(text::EMPTY))
        };
        for (unfit, title) in
            [(Unfit::Holds, text::HOLD_TOO_FEW_CHARACTERS), (Unfit::Module, text::MODULES_TOO_SMALL)]
        {
            let list = list(unfit);
            if !list.is_empty() {
                text += &format!("\n    {}{list}", language.of(title));
            }
        }
        text
    }

    pub fn json(&self) -> Value {
        let choice = |(choice, capacity): &(Choice, usize)| {
            json!({
                "version": choice.version.number(), "level": choice.level.to_string(), "dots": choice.dots,
                "module_um": choice.module_um, "side_um": choice.side_um(), "capacity": capacity,
                "score": f64::from(choice.score) / 10.0, "chosen": choice == &self.chosen,
            })
        };
        let other = |(one, unfit): &(Considered, Unfit)| {
            json!({
                "version": one.version.number(), "level": one.level.to_string(), "dots": one.dots,
                "capacity": one.capacity(),
                "rejected": match unfit { Unfit::Holds => "capacity", Unfit::Module => "module" },
            })
        };
        json!({
            "event": "symbol", "characters": self.chars, "labels": self.labels, "box_um": self.box_um,
            "choices": self.choices.iter().map(choice).collect::<Vec<_>>(),
            "rejected": self.others.iter().map(other).collect::<Vec<_>>(),
        })
    }
}

impl SealPlan {
    /// The explanation of all symbols of a batch: lines for people, events for machines.
    pub fn explanation(
        symbols: &Symbols,
        template: &Template,
        page: Page,
        language: Language,
    ) -> (String, Vec<Value>) {
        let dpi = page.dpi.dots_per_inch();
        let (width, height, least) = (page.width_mm, page.height_mm, least_dots(dpi));
        let labels: u64 = symbols.0.values().sum();
        let mut text = text::page(language, labels, width, height, dpi, least, mm(MODULE_MIN_UM));
        let mut events = Vec::new();
        // A template that makes no label has been refused by now.
        let composer = Composer::new(template, page, Vec::new()).ok();
        for (&chars, &labels) in &symbols.0 {
            // What does not fit is a rejected row, which says so.
            let box_um = composer.as_ref().map_or(0, |composer| composer.symbol_um(chars));
            if let Ok(explained) = Explained::new(chars, labels, box_um, dpi) {
                text += "\n";
                text += &explained.text(language);
                events.push(explained.json());
            }
        }
        (text, events)
    }
}

/// Micrometres as millimetres.
pub fn mm(um: u32) -> String {
    let hundredths = (um + 5) / 10;
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

pub fn tenths(score: u32) -> String {
    format!("{}.{}", score / 10, score % 10)
}
