//! Plays the authority, the auditor and a sealer for the tests: commands on standard input, a line each with arguments parted by spaces,
//! and an answer of one line, `ok …` or `no …`. Bytes are hexadecimal.
//!
//! Recipients are invented here and told hidden, each byte with 0x55, so that a test which searches memory for one has not put it there.

mod place;

use place::Place;
use std::io::{BufRead as _, Write as _};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut place = Place::new()?;
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let words: Vec<&str> = line.split(' ').collect();
        match answer(&mut place, &words) {
            Ok(answer) => writeln!(out, "ok {answer}")?,
            Err(error) => writeln!(out, "no {}", error.to_string().replace('\n', " "))?,
        }
        out.flush()?;
    }
    Ok(())
}

fn answer(place: &mut Place, words: &[&str]) -> Result<String, Box<dyn std::error::Error>> {
    Ok(match words {
        ["enrol", device] => hex(place.enrol(device).as_bytes()),
        ["grant", device, recipient, now, budget, reopen] => {
            hex(&place.grant(device, recipient, now.parse()?, budget.parse().ok(), reopen)?)
        }
        ["label", number, now] => {
            let (text, name, phone) = place.label(number, now.parse()?)?;
            format!("{} {} {}", hex(text.as_bytes()), hidden(&name), hidden(&phone))
        }
        ["code", text, now] => place.code(&String::from_utf8(unhex(text)?)?, now.parse()?)?,
        ["passing", device, recipient, site, now, budget] => {
            hex(&place.passing(device, recipient, site.parse()?, now.parse()?, budget.parse().ok())?)
        }
        ["desk", device, recipient, now] => hex(&place.desk(device, recipient, now.parse()?)?),
        ["sealing", device, recipient, now] => hex(&place.sealing_grant(device, recipient, now.parse()?)?),
        ["stations", stations, now] => hex(place.stations(&unhex(stations)?, now.parse()?).as_bytes()),
        ["list", now] => hex(&place.list(now.parse()?)?),
        ["operators", number, operator, pin] => {
            hex(place.operators(number.parse()?, operator.parse()?, pin)?.as_bytes())
        }
        ["challenge"] => hex(&place.challenge()?),
        ["symbol", text] => place.symbol(&String::from_utf8(unhex(text)?)?)?,
        ["hand-in", now, bytes] => hex(place.hand_in(now.parse()?, &unhex(bytes)?, None)?.as_bytes()),
        ["hand-in", now, bytes, before] => {
            hex(place.hand_in(now.parse()?, &unhex(bytes)?, Some(&unhex(before)?))?.as_bytes())
        }
        ["log", bytes] => place.log(&unhex(bytes)?)?,
        ["bundle", items @ ..] => {
            let items: Result<Vec<Vec<u8>>, _> = items.iter().map(|item| unhex(item)).collect();
            hex(&place.bundle(&items?)?)
        }
        ["rotate", now] => place.rotate(now.parse()?)?,
        ["lock"] => {
            let (recipient, identity) = place.lock();
            format!("{recipient} {}", hex(identity.as_bytes()))
        }
        _ => return Err("no such command".into()),
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn hidden(text: &str) -> String {
    hex(&text.bytes().map(|byte| byte ^ 0x55).collect::<Vec<u8>>())
}

fn unhex(text: &str) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| Ok(u8::from_str_radix(std::str::from_utf8(pair)?, 16)?)).collect()
}
