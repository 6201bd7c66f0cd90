//! Masks of a file of recipients: `cargo bench --bench masks -- recipients_zh.jsonl recipients_intl.jsonl`
//!
//! Masks every recipient and looks through what would be printed with patterns of its own: the whole name, a
//! phone, a number of a building, unit, floor or room. Exit code 1 if anything is found. Prints how much of the
//! addresses is left for people to sort by, and the instructions' time a mask with its check takes.

use serde_json::Value;
use std::fs;
use std::process::ExitCode;
use std::time::Instant;
use wayseal::record::Country;
use wayseal::summary::{Person, Summary, check, mask};

fn main() -> ExitCode {
    let files: Vec<_> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    if files.is_empty() {
        println!("usage: cargo bench --bench masks -- FILE.jsonl …");
        return ExitCode::SUCCESS;
    }
    println!("| file | recipients | name | phone | door | division alone | refused | µs a mask |");
    println!("|---|---|---|---|---|---|---|---|");
    let found: usize = files.iter().map(|file| scan(file)).sum();
    ExitCode::from(u8::from(found > 0))
}

/// Prints a file's row; returns how many leaks and refusals it has.
fn scan(file: &str) -> usize {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{file}: {error}"));
    let records: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{file}: {error}")))
        .collect();
    let (mut names, mut phones, mut doors, mut coarse, mut refused) = (0, 0, 0, 0, 0);
    let began = Instant::now();
    for record in &records {
        let Ok(summary) = Summary::new(&person(record), None) else {
            refused += 1;
            continue;
        };
        std::hint::black_box(&summary);
    }
    let time = began.elapsed().as_secs_f64() * 1e6 / records.len().max(1) as f64;
    for record in &records {
        let person = person(record);
        let Ok(summary) = Summary::new(&person, None) else { continue };
        let masked = summary.recipient();
        let printed = format!("{} {} {}", &*masked.name, &*masked.phone, &*masked.address);
        let name = plain(person.name);
        names += usize::from(name.chars().count() > 2 && plain(&printed).contains(&name));
        phones += usize::from(digit_run(&printed) >= 7);
        doors += usize::from(tells_a_door(&masked.address));

        coarse += usize::from(check(&person, &mask(&person)).is_err());
    }
    println!(
        "| {file} | {} | {names} | {phones} | {doors} | {coarse} | {refused} | {time:.2} |",
        records.len()
    );
    names + phones + doors + refused
}

fn person(record: &Value) -> Person<'_> {
    let field = |name: &str| record[name].as_str().unwrap_or_default();
    let country = field("country").as_bytes().try_into().ok().and_then(Country::new);
    Person {
        name: field("name"),
        phone: field("phone"),
        country: country.unwrap_or(Country::CN),
        division: ["province", "city", "district"].map(field),
        street: field("street"),
        detail: field("detail"),
    }
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn digit_run(text: &str) -> usize {
    text.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0)
}

/// A digit or numeral before a mark of a building, unit, floor or room.
fn tells_a_door(address: &str) -> bool {
    let marks = ["栋", "幢", "单元", "室", "号楼", "楼", "层", "#", "座", "户"];
    marks.iter().any(|mark| {
        address.match_indices(mark).any(|(at, _)| {
            address[..at].chars().next_back().is_some_and(|c| c.is_ascii_digit() || c.is_ascii_uppercase())
        })
    })
}
