//! Measures the masks: `cargo bench --bench masks -- FILE…`
//!
//! A file has one of three formats. Annotated addresses: one character and its tag per line, and an empty line
//! between records, as in leodotnet/neural-chinese-address-parsing. A table with the columns `street`, `hidden`,
//! `country`, `detail` and `city`: its streets must stay readable, and its hidden parts, separated by `|`, must not
//! be printed. A table with the columns `name`, `phone`, `country`, `province`, `city`, `district`, `detail`, `goods`,
//! `remark` and `tells`, which is `goods`, `remark`, `both` (together) or empty: what tells must not be printed, and
//! what does not must be. Exit code 1 if a hidden part of a table is printed.

use std::process::ExitCode;
use wayseal::record::Country;
use wayseal::summary::{Person, Summary, check, mask};

fn main() -> ExitCode {
    let files: Vec<_> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    if files.is_empty() {
        println!("usage: cargo bench --bench masks -- FILE …");
        return ExitCode::SUCCESS;
    }
    println!("| file | figure | count | of | share |\n|---|---|---|---|---|");
    let leaks: usize = files.iter().map(|file| figures(file)).sum();
    ExitCode::from(u8::from(leaks > 0))
}

fn figures(file: &str) -> usize {
    let text = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{file}: {error}"));
    let first = text.lines().next().unwrap_or_default();
    match first {
        _ if first.split('\t').any(|column| column == "tells") => texts(file, &text),
        _ if first.contains('\t') => table(file, &text),
        _ => annotated(file, &text),
    }
}

fn row(file: &str, figure: &str, count: usize, of: usize) {
    println!("| {file} | {figure} | {count} | {of} | {:.2} % |", 100.0 * count as f64 / of.max(1) as f64);
}

fn person<'a>(country: &str, city: &'a str, detail: &'a str) -> Person<'a> {
    let country = country.as_bytes().try_into().ok().and_then(Country::new).unwrap_or(Country::CN);
    let division = ["", city, ""];
    Person { name: "欧阳靖", phone: "13812345678", country, postcode: "", division, street: "", detail }
}

fn plain(text: &str) -> Vec<char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Counts for a table: readable streets, and hidden parts that are printed.
fn table(file: &str, text: &str) -> usize {
    let mut lines = text.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let header = lines.next().unwrap_or_default();
    let column = |name: &str| header.iter().position(|known| *known == name).unwrap_or(usize::MAX);
    let [country, city, detail, street, hidden] =
        ["country", "city", "detail", "street", "hidden"].map(column);
    let (mut rows, mut readable, mut leaks, mut refused) = (0, 0, 0, 0);
    for line in lines {
        let cell = |at: usize| line.get(at).copied().unwrap_or_default();
        let person = person(cell(country), cell(city), cell(detail));
        let masked = mask(&person);
        let printed = plain(masked.address.strip_prefix(cell(city)).unwrap_or(&masked.address));
        rows += 1;
        readable += usize::from(has(&printed, &plain(cell(street))));
        let leaked = cell(hidden).split('|').any(|part| has(&printed, &plain(part)));
        if leaked {
            eprintln!("{file}: {} is printed of {}", &*masked.address, cell(detail));
        }
        leaks += usize::from(leaked);
        refused += usize::from(check(&person, &masked).is_err());
    }
    row(file, "street readable", readable, rows);
    row(file, "a hidden part printed", leaks, rows);
    row(file, "refused by the check", refused, rows);
    leaks
}

/// Counts for free texts: those that tell and are printed, and those that tell nothing and are not.
fn texts(file: &str, text: &str) -> usize {
    let mut lines = text.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let header = lines.next().unwrap_or_default();
    let column = |name: &str| header.iter().position(|known| *known == name).unwrap_or(usize::MAX);
    let people =
        ["name", "phone", "country", "province", "city", "district", "detail", "goods", "remark", "tells"];
    let columns = people.map(column);
    let (mut telling, mut told, mut plain, mut hidden) = (0, 0, 0, 0);
    for line in lines {
        let cells = columns.map(|at| line.get(at).copied().unwrap_or_default());
        let [name, phone, country, province, city, district, detail, goods, remark, tells] = cells;
        let mut person = person(country, city, detail);
        (person.name, person.phone, person.division) = (name, phone, [province, city, district]);
        let Ok(summary) = Summary::new(&person, None) else { continue };
        let [goods_hidden, remark_hidden] =
            summary.show_both([goods, remark], &person, None).map(|text| text.is_hidden());
        let printed = match tells {
            "goods" => !goods_hidden,
            "remark" => !remark_hidden,
            "both" => !goods_hidden && !remark_hidden,
            _ => {
                plain += 1;
                if goods_hidden || remark_hidden {
                    eprintln!("{file}: hidden beside {name}: {goods} / {remark}");
                    hidden += 1;
                }
                continue;
            }
        };
        telling += 1;
        if printed {
            eprintln!("{file}: printed beside {name}: {goods} / {remark}");
            told += 1;
        }
    }
    row(file, "texts that tell printed", told, telling);
    row(file, "texts that tell nothing hidden", hidden, plain);
    told
}

/// Whether a part stands in a text; one of digits as a whole number, 7 not in 73.
fn has(text: &[char], part: &[char]) -> bool {
    let digit = |c: Option<&char>| c.is_some_and(char::is_ascii_digit);
    let whole = |from: usize| {
        let to = from + part.len();
        !(digit(part.first()) && digit(text[..from].last()) || digit(part.last()) && digit(text.get(to)))
    };
    !part.is_empty()
        && (0..=text.len().saturating_sub(part.len()))
            .any(|from| text[from..].starts_with(part) && whole(from))
}

/// A segment of an annotated address: its tag, and for each character whether it is printed.
struct AddressSegment {
    tag: String,
    text: String,
    all: bool,
    any: bool,
}

/// Counts for annotated addresses.
fn annotated(file: &str, text: &str) -> usize {
    let (mut records, mut bare, mut units, mut leaks, mut refused) = (0, 0, 0, 0, 0);
    let (mut roads, mut places, mut numbers) = ([0; 2], [0; 2], [0; 2]);
    for block in text.split("\n\n").filter(|block| !block.trim().is_empty()) {
        let mut parts = parts(block);
        let detail: String = parts.iter().map(|part| part.text.as_str()).collect();
        let person = person("CN", "", &detail);
        let masked = mask(&person);
        refused += usize::from(check(&person, &masked).is_err());
        align(&mut parts, &masked.address);
        let is_unit =
            |part: &AddressSegment| matches!(&*part.tag, "houseno" | "cellno" | "floorno" | "roomno");
        records += 1;
        let shown = |part: &AddressSegment| {
            part.all
                && matches!(
                    &*part.tag,
                    "road" | "subRoad" | "poi" | "subpoi" | "community" | "town" | "devZone"
                )
        };
        bare += usize::from(!parts.iter().any(shown));
        let first = parts.iter().position(is_unit);
        if let Some(first) = first {
            units += 1;
            leaks += usize::from(parts.iter().any(|part| is_unit(part) && part.any));
            for part in &parts[..first] {
                let count = match &*part.tag {
                    "road" => &mut roads,
                    "poi" => &mut places,
                    _ => continue,
                };
                count[0] += usize::from(part.all);
                count[1] += 1;
            }
        }
        for run in parts.windows(3) {
            let road = matches!(&*run[0].tag, "road" | "subRoad");
            if road && run[1].tag == "roadno" && matches!(&*run[2].tag, "poi" | "subpoi" | "houseno") {
                numbers[0] += usize::from(run[1].all);
                numbers[1] += 1;
            }
        }
    }
    row(file, "a part of building, unit, floor or room printed", leaks, units);
    row(file, "nothing left but the division", bare, records);
    row(file, "roads before what is hidden printed", roads[0], roads[1]);
    row(file, "places before what is hidden printed", places[0], places[1]);
    row(file, "numbers of roads before a place printed", numbers[0], numbers[1]);
    row(file, "refused by the check", refused, records);
    0
}

fn parts(block: &str) -> Vec<AddressSegment> {
    let mut parts: Vec<AddressSegment> = Vec::new();
    for (character, tag) in block.lines().filter_map(|line| line.rsplit_once(' ')) {
        match parts.last_mut().filter(|_| !tag.starts_with("B-")) {
            Some(part) => part.text += character,
            None => {
                let tag = tag.get(2..).unwrap_or_default().to_owned();
                parts.push(AddressSegment { tag, text: character.to_owned(), all: true, any: false });
            }
        }
    }
    parts
}

/// A character as it is compared: 4区 is printed as 四区.
fn digit(character: char) -> char {
    let value = "一二三四五六七八九".chars().position(|known| known == character);
    value.and_then(|value| char::from_digit(value as u32 + 1, 10)).unwrap_or(character)
}

/// Marks the printed characters: those of the mask, matched in the order of the address.
fn align(parts: &mut [AddressSegment], masked: &str) {
    let known: Vec<(char, usize)> = parts
        .iter()
        .enumerate()
        .flat_map(|(at, part)| plain(&part.text).into_iter().map(move |c| (c, at)))
        .collect();
    let mut shown = vec![false; known.len()];
    let mut next = 0;
    for character in plain(masked) {
        if let Some(found) = known[next..].iter().position(|(c, _)| digit(*c) == digit(character)) {
            shown[next + found] = true;
            next += found + 1;
        }
    }
    for ((_, at), shown) in known.iter().zip(&shown) {
        parts[*at].all &= shown;
        parts[*at].any |= shown;
    }
    for part in parts.iter_mut().filter(|part| plain(&part.text).is_empty()) {
        part.all = false;
    }
}
