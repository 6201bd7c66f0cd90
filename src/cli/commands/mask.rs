//! `wayseal mask`: the summaries that would be printed.

use super::seal::template_of;
use crate::cli::console::{say, warn};
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::mask as text;
use crate::cli::orders::orders;
use crate::cli::settings::mask::MaskPlan;
use crate::cli::stations_file::stations_of;
use serde_json::json;
use std::collections::BTreeMap;
use wayseal::batch::input::{self, RowSource};
use wayseal::batch::notice::{Notice, NoticeCounts};
use wayseal::batch::order::Order;
use wayseal::batch::seen::Seen;
use wayseal::summary::{Masked, Person, Summary, union};
use zeroize::Zeroizing;

impl MaskPlan {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        let stations = stations_of(&self.stations, language)?;
        let building = template_of(self.template.as_deref(), &[], language)?.building;
        let mut failed = false;
        let paths = input::files(&self.orders).map_err(|error| Failure::input(language.input(&error)))?;
        let mut seen = Seen::default();
        let mut people = People::default();
        let mut notices = NoticeCounts::default();
        for path in &paths {
            let source = RowSource::open_as(path, &self.input);
            for remark in source.iter().flat_map(RowSource::remarks) {
                warn(&format!("{}: {}", path.display(), language.remark(remark)));
            }
            for order in orders(path, source, &self.columns, &stations, self.rules, &mut seen, language)? {
                let order = match order {
                    Ok(order) => order,
                    Err(reject) => {
                        warn(&format!("{}: {}", path.display(), language.reject(&reject)));
                        failed = true;
                        continue;
                    }
                };
                let (recipient, sender) = (order.recipient(), order.sender());
                notices.count(order.notices());
                match Summary::on(order.terms(building), &recipient, sender.as_ref()) {
                    Ok(summary) if !(self.check || self.union) => {
                        let texts = [order.goods(), order.remark()];
                        let [goods, remark] = summary.show_both(texts, &recipient, sender.as_ref());
                        let person = |masked: &Masked| json!({"name": &*masked.name, "phone": &*masked.phone, "address": &*masked.address});
                        let mut line = json!({
                            "waybill": &*order.waybill.text(),
                            "recipient": person(summary.recipient()),
                            "sender": summary.sender().map(person),
                            "goods": &*goods,
                            "remark": &*remark,
                        });
                        if !order.notices().is_empty() {
                            let names = order.notices().iter().map(Notice::name).collect::<Vec<_>>();
                            line["notices"] = json!(names);
                        }
                        say(&line.to_string())?;
                    }
                    Ok(summary) => {
                        if self.union {
                            people.add(order, summary);
                        }
                    }
                    Err(violation) => {
                        let line = language.of(text::LINE);
                        warn(&format!("{}: {line} {}: {violation}", path.display(), order.line));
                        failed = true;
                    }
                }
            }
        }
        for (one, other, told) in people.beyond() {
            warn(&format!(
                "{} {one} · {} {other}: {told}",
                language.of(text::WAYBILL),
                language.of(text::WAYBILL)
            ));
            failed = true;
        }
        for (notice, labels) in notices.iter() {
            warn(&language.notice(notice, labels));
        }
        Ok(u8::from(failed))
    }
}

/// The labels of a batch by the person who they are for, or from: one phone is one person.
#[derive(Default)]
struct People {
    labels: Vec<(Order, Summary)>,
    by_phone: BTreeMap<u64, Vec<(usize, bool)>>,
}

impl People {
    pub fn add(&mut self, order: Order, summary: Summary) {
        let at = self.labels.len();
        let people = [Some(order.recipient()), order.sender()];
        for (person, is_sender) in people.into_iter().zip([false, true]) {
            if let Some(key) = person.and_then(|person| significant(person.phone)) {
                self.by_phone.entry(key).or_default().push((at, is_sender));
            }
        }
        self.labels.push((order, summary));
    }

    /// The waybills of labels that together tell more than one mask, with what they tell.
    pub fn beyond(&self) -> impl Iterator<Item = (String, String, String)> {
        self.by_phone.values().filter(|places| places.len() > 1).filter_map(|places| {
            let people: Vec<(Person<'_>, &Masked)> = places
                .iter()
                .filter_map(|(at, is_sender)| {
                    let (order, summary) = &self.labels[*at];
                    if *is_sender {
                        order.sender().zip(summary.sender())
                    } else {
                        Some((order.recipient(), summary.recipient()))
                    }
                })
                .collect();
            let labels: Vec<_> = people.iter().map(|(person, masked)| (person, *masked)).collect();
            let told = union(&labels).err()?;
            let waybill = |place: usize| self.labels[places[place].0].0.waybill.to_string();
            Some((waybill(told.label), waybill(told.by), told.to_string()))
        })
    }
}

/// The digits of the first number in a field, without what spellings add: 00, +86, the 0 of an area code. One of
/// fewer than eight is no key.
fn significant(phone: &str) -> Option<u64> {
    let value = |c: char| match c {
        '0'..='9' => Some(c as u8 - b'0'),
        '０'..='９' => Some((c as u32 - '０' as u32) as u8),
        _ => None,
    };
    let mut numbers = phone.split(|c| value(c).is_none() && !"+-() .（）－".contains(c));
    let whole = numbers.find(|part| part.chars().filter_map(value).count() >= 8)?;
    let digits = Zeroizing::new(whole.chars().filter_map(value).collect::<Vec<_>>());
    let short = digits.strip_prefix(&[0, 0]).unwrap_or(&digits);
    let short = short.strip_prefix(&[8, 6]).filter(|rest| rest.len() >= 9).unwrap_or(short);
    let short = short.strip_prefix(&[0]).unwrap_or(short);
    // A one in front keeps leading zeros apart; E.164 has fifteen digits at most.
    Some(short.iter().take(18).fold(1, |number, digit| number * 10 + u64::from(*digit)))
}
