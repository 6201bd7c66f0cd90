//! `wayseal seal --preview`: what a batch would be, without a label of it: what becomes of each column, how many orders go
//! to each station, how many are rejected, and the first label.

use super::begin;
use super::job::shown;
use super::template::template_of;
use crate::cli::accounting;
use crate::cli::columns::pad;
use crate::cli::console::say;
use crate::cli::failure::Failure;
use crate::cli::language::preview as text;
use crate::cli::language::seal as seal_text;
use crate::cli::language::{Language, settings};
use crate::cli::settings::seal::SealPlan;
use crate::cli::stations_file::signed_stations;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::collections::BTreeMap;
use std::path::Path;
use wayseal::batch::columns::{Accounting, ColumnChoices, LabelParts, Mapping};
use wayseal::batch::make::ProductKind;
use wayseal::batch::manifest_key::ManifestKey;
use wayseal::batch::output::ContainerKind;
use wayseal::batch::pipeline::{self, BatchPlan, OrderFile, RowOutcome, supply};
use wayseal::batch::run::RunError;
use wayseal::batch::stations::Stations;
use wayseal::batch::waybills::NumberSupply;
use wayseal::files::{self, Access};
use wayseal::keys::Day;
use wayseal::label::{Format, Template};
use wayseal::payload::{Payload, Waybill};
use wayseal::read::image::{self, Gray};

/// Rejects that are shown; a batch has all in its file.
const REJECTS: usize = 10;
/// Dots of a picture beside each other in a terminal: two a character.
const DOTS: u32 = 200;

/// What a batch would be.
#[derive(Default)]
struct Preview {
    columns: Vec<(String, Accounting)>,
    orders: u64,
    rejected: u64,
    /// Orders that are not sealed yet.
    unsealed: u64,
    /// Labels beyond the first of an order.
    more_labels: u64,
    rejects: Vec<String>,
    /// Labels by the code of their station.
    stations: BTreeMap<String, u64>,
    first: Option<Waybill>,
    /// The first label, a PNG.
    label: Vec<u8>,
}

impl SealPlan {
    /// Shows a preview in the terminal for `-`, or writes it to a file.
    pub fn preview(&self, to: &Path, language: Language) -> Result<u8, Failure> {
        let ending = to.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let terminal = to == Path::new("-");
        if !terminal && !matches!(ending, "png" | "html") {
            return Err(Failure::usage(language.of(text::PNG_OR_HTML)));
        }
        if self.orders.iter().any(|path| path == Path::new("-")) {
            return Err(Failure::usage(language.of(text::NEEDS_A_FILE)));
        }
        let preview = self.look(language)?;
        let write = |bytes: &[u8]| {
            files::write(to, bytes, Access::Owner).map_err(|error| Failure::output(language.file(&error)))
        };
        match ending {
            "png" if !terminal => write(&preview.label)?,
            "html" if !terminal => write(preview.page(language).as_bytes())?,
            _ => preview.lines(language).iter().try_for_each(|line| say(line))?,
        }
        Ok(u8::from(preview.rejected > 0))
    }

    /// Reads and seals all orders, and keeps none.
    fn look(&self, language: Language) -> Result<Preview, Failure> {
        let file = signed_stations(&self.stations, || self.trust.pinned(language), language)?;
        let grant = self.trust.grant(&self.grant, language)?;
        file.check(&grant, language)?;
        let stations = file.stations;
        let day = self.day.or(self.today);
        let day = day.ok_or_else(|| Failure::usage(language.of(settings::CLOCK_OUT_OF_RANGE)))?;
        let desk = self.sealing_keys(&grant, day, language)?;
        let template = template_of(self.template.as_deref(), &self.fonts, language)?;
        let inputs = self.inputs(&stations, language)?;
        let mut choices = self.columns.clone();
        supply(&mut choices, &stations, self.waybills.is_some());
        let mut preview = Preview {
            columns: self.accountings(&inputs, &template, &choices, language)?,
            ..Preview::default()
        };
        let page = template.page(self.size, self.dpi);
        let plan = |make, kind| {
            let mut plan = BatchPlan::new(&inputs, &stations, &desk, &template, page, make, kind);
            self.choose(&mut plan);
            plan
        };
        let fail = |error| begin::failure(&RunError::Plan(error), language);
        let mut all = plan(ProductKind::Payload, ContainerKind::Lines);
        let pending = NumberSupply::default();
        let ranges = self.ranges(language)?;
        let numbers = match ranges.as_ref().zip(self.waybills.as_deref()) {
            Some(ranges) => {
                all.numbers = Some(&pending);
                let key = ManifestKey::new(&grant, day)
                    .ok_or_else(|| Failure::key(language.of(seal_text::NO_MANIFEST_KEY)))?;
                Some(self.hand_out(&all, ranges, &key, language)?)
            }
            None => None,
        };
        all.numbers = numbers.as_ref();
        pipeline::run(&all, &mut |done| {
            for outcome in &done.outcomes {
                match outcome {
                    RowOutcome::Piece(..) => preview.more_labels += 1,
                    RowOutcome::Unsealed(_) => {
                        preview.orders += 1;
                        preview.unsealed += 1;
                    }
                    RowOutcome::Label(entry) => {
                        preview.orders += 1;
                        preview.first = preview.first.or(Some(entry.waybill));
                        let station = station(&done.bytes[entry.body.clone()], &stations, day);
                        *preview.stations.entry(station.unwrap_or_default()).or_default() += 1;
                    }
                    RowOutcome::Rejected(rejected) => {
                        preview.orders += 1;
                        preview.rejected += 1;
                        if preview.rejects.len() < REJECTS {
                            preview.rejects.push(language.reject(&rejected.reject));
                        }
                    }
                    RowOutcome::Joined => {}
                }
            }
            true
        })
        .map_err(fail)?;
        if preview.first.is_some() {
            let mut one = plan(ProductKind::label(Format::Png), ContainerKind::Stream);
            one.numbers = numbers.as_ref();
            one.only = preview.first;
            one.limit = Some(1);
            pipeline::run(&one, &mut |done| {
                for outcome in &done.outcomes {
                    if let RowOutcome::Label(entry) = outcome {
                        preview.label = done.bytes[entry.body.clone()].to_vec();
                    }
                }
                true
            })
            .map_err(fail)?;
        }
        Ok(preview)
    }

    /// What becomes of the columns of each file on labels as they would be made.
    fn accountings(
        &self,
        inputs: &[OrderFile],
        template: &Template,
        choices: &ColumnChoices,
        language: Language,
    ) -> Result<Vec<(String, Accounting)>, Failure> {
        let parts = LabelParts::of(template, self.make);
        let of = |input: &OrderFile| {
            let name = shown(&input.path);
            let source = input
                .open()
                .map_err(|error| Failure::input(format!("{name}: {}", language.input(&error))))?;
            let mapping = Mapping::new(source.header(), choices)
                .map_err(|error| Failure::input(format!("{name}: {}", language.mapping(&error))))?;
            Ok((name, Accounting::new(&mapping, parts)))
        };
        inputs.iter().map(of).collect()
    }
}

/// The station of a payload, by its code.
fn station(line: &[u8], stations: &Stations, day: Day) -> Option<String> {
    let line: serde_json::Value = serde_json::from_slice(line).ok()?;
    let payload = Payload::parse(line["text"].as_str()?.as_bytes()).ok()?;
    let header = payload.header();
    Some(stations.at(header.region, header.site, day)?.code.clone())
}

impl Preview {
    /// For a terminal.
    fn lines(&self, language: Language) -> Vec<String> {
        let mut lines = Vec::new();
        for (file, accounting) in &self.columns {
            lines.push(format!("{file}: {}", language.accounted(accounting)));
            lines.extend(accounting::table(accounting, language));
            lines.push(String::new());
        }
        let width = self.stations.keys().map(String::len).max().unwrap_or_default();
        let count = |(station, labels): (&String, &u64)| {
            format!("{}  {}", pad(station, width), text::labels(language, labels))
        };
        lines.extend(self.stations.iter().map(count));
        lines.extend(self.rejects.iter().cloned());
        if let Ok(picture) = image::load(&self.label) {
            lines.push(String::new());
            lines.extend(braille(&picture));
        }
        lines.push(self.summary(language));
        lines
    }

    fn summary(&self, language: Language) -> String {
        text::summary(
            language,
            self.orders,
            self.orders - self.rejected - self.unsealed + self.more_labels,
            self.rejected,
            self.unsealed,
        )
    }

    /// As a page of HTML.
    fn page(&self, language: Language) -> String {
        let mut body = format!("<p>{}</p>", escaped(&self.summary(language)));
        if !self.label.is_empty() {
            body += &format!("<img src=\"data:image/png;base64,{}\">", STANDARD.encode(&self.label));
        }
        for (file, accounting) in &self.columns {
            let table = accounting::table(accounting, language).join("\n");
            let head = format!("{file}: {}", language.accounted(accounting));
            body += &format!("<h2>{}</h2><pre>{}</pre>", escaped(&head), escaped(&table));
        }
        let counts = self
            .stations
            .iter()
            .map(|(station, labels)| format!("{station}  {}", text::labels(language, labels)));
        let list = counts.chain(self.rejects.iter().cloned()).collect::<Vec<_>>().join("\n");
        body += &format!("<pre>{}</pre>", escaped(&list));
        format!("<!doctype html><meta charset=\"utf-8\"><title>wayseal</title>{body}\n")
    }
}

fn escaped(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(files::shown).collect();
    lines.join("\n").replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A picture in Braille patterns, two by four dots a character.
fn braille(picture: &Gray) -> Vec<String> {
    let step = picture.width.div_ceil(DOTS).max(1);
    let (width, height) = (picture.width / step, picture.height / step);
    // A dot is dark if a third of what it stands for is.
    let dark = |x: u32, y: u32| {
        let pixel = |at: u32| {
            let (x, y) = (x * step + at % step, y * step + at / step);
            picture.pixels.get((y * picture.width + x) as usize).is_some_and(|pixel| *pixel < 128)
        };
        x < width && y < height && 3 * (0..step * step).filter(|at| pixel(*at)).count() as u32 > step * step
    };
    /// The bits of a pattern, by column and row.
    const BITS: [[u32; 4]; 2] = [[0, 1, 2, 6], [3, 4, 5, 7]];
    let row = |y: u32| -> String {
        let pattern = |x: u32| {
            let bits = (0..2).flat_map(|dx| (0..4).map(move |dy| (dx, dy)));
            let bit = |(dx, dy): (u32, u32)| {
                u32::from(dark(2 * x + dx, 4 * y + dy)) << BITS[dx as usize][dy as usize]
            };
            char::from_u32(0x2800 + bits.map(bit).sum::<u32>()).unwrap_or(' ')
        };
        (0..width.div_ceil(2)).map(pattern).collect()
    };
    (0..height.div_ceil(4)).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_in_braille_has_its_dark_dots() {
        let mut pixels = vec![255; 4 * 4];
        pixels[0] = 0;
        pixels[4 * 3 + 3] = 0;
        assert_eq!(braille(&Gray { width: 4, height: 4, pixels }), ["\u{2801}\u{2880}"]);
    }
}
