//! The courier's screen as lines: for a pipe, and for a wedge scanner without a screen.

use crate::cli::commands::courier::app::{App, Next, View};
use crate::cli::console::say;
use crate::cli::failure::Failure;
use crate::cli::language::contact;
use crate::cli::language::courier as text;
use crate::cli::language::failure;
use serde_json::{Value, json};
use std::io::BufRead as _;
use wayseal::device::session::Parcel;

/// The longest line that is read: no code is longer.
pub const LINE_MAX: u64 = 4096;

/// Answers line by line until the input or the courier ends it.
pub fn run(mut app: App, json: bool) -> Result<u8, Failure> {
    if !json {
        say(&app.status())?;
    }
    let mut input = std::io::stdin().lock();
    loop {
        let mut line = Vec::new();
        let read = std::io::Read::take(&mut input, LINE_MAX).read_until(b'\n', &mut line);
        let len = read.map_err(|error| {
            let (language, name) = (app.language, app.language.of(failure::STANDARD_INPUT));
            Failure::input(failure::cannot_read(language, name, language.system(&error)))
        })?;
        if len == 0 || app.line(&String::from_utf8_lossy(&line)) == Next::End {
            return Ok(0);
        }
        if json {
            say(&event(&app).to_string())?;
        } else {
            show(&app)?;
        }
        // The record is printed; it is wiped here.
        if let View::Record(_) = app.view {
            app.session.conceal();
        }
    }
}

/// What is shown, for a program.
fn event(app: &App) -> Value {
    let parcel = |parcel: &Parcel| {
        json!({
            "waybill": parcel.waybill.to_string(), "name": &*parcel.name, "address": &*parcel.address,
            "delivered": parcel.delivered,
        })
    };
    match &app.view {
        View::Ready => json!({"event": "ready"}),
        View::Record(record) => json!({
            "event": "record", "waybill": record.waybill, "times": record.times, "name": *record.name,
            "phone": *record.phone, "tel": *record.tel, "address": *record.address, "note": *record.note,
        }),
        View::Notice { refused, title, advice } => {
            json!({"event": if *refused { "refused" } else { "notice" }, "title": title, "advice": advice})
        }
        View::List => json!({
            "event": "list", "parcels": app.session.parcels().iter().map(parcel).collect::<Vec<_>>(),
        }),
    }
}

/// What is shown, for a courier.
pub fn show(app: &App) -> Result<(), Failure> {
    match &app.view {
        View::Ready => say(&app.status()),
        View::Record(record) => {
            let again = app.language.of(text::OPENING);
            let times = if record.times > 1 { format!("  {again} {}", record.times) } else { String::new() };
            say(&format!("{}{times}", record.waybill))?;
            for text in [&record.name, &record.phone, &record.address, &record.note] {
                if !text.is_empty() {
                    say(text)?;
                }
            }
            if record.is_virtual {
                say(app.language.of(contact::NUMBER_EXPIRES))?;
            }
            Ok(())
        }
        View::Notice { title, advice, .. } => say(&format!("{title}: {advice}")),
        View::List => app.session.parcels().iter().try_for_each(|parcel| say(&app.row(parcel))),
    }
}
