//! The courier's screen as lines: for a pipe, and for a wedge scanner without a screen.

use super::day_list::DayParcel;
use crate::cli::commands::courier::app::{App, Next, View};
use crate::cli::console::say;
use crate::cli::failure::Failure;
use crate::cli::language::contact;
use crate::cli::language::courier as text;
use crate::cli::typed_lines;
use serde_json::{Value, json};

/// Answers line by line until the input or the courier ends it.
pub fn run(mut app: App, json: bool) -> Result<u8, Failure> {
    if !json {
        say(&app.status())?;
        say_unread(&mut app)?;
    }
    let mut input = std::io::stdin().lock();
    loop {
        let Some(line) = typed_lines::next(&mut input, app.language)? else { return Ok(0) };
        if app.line(&line) == Next::End {
            return Ok(0);
        }
        if json {
            let mut event = event(&app);
            if !app.unread.is_empty() {
                event["inbox"] = json!(app.unread);
                app.unread.clear();
            }
            say(&event.to_string())?;
        } else {
            show(&app)?;
            say_unread(&mut app)?;
        }
        // The record is printed; it is wiped here.
        if let View::Record(_) = app.view {
            app.session.conceal();
        }
    }
}

/// Says what the inbox refused; with that it is read.
fn say_unread(app: &mut App) -> Result<(), Failure> {
    let title = app.language.of(text::REFUSED_FROM_THE_INBOX);
    if let View::Inbox(_) = app.view {
        app.view = View::Ready;
    }
    app.unread.drain(..).try_for_each(|advice| say(&format!("{title}: {advice}")))
}

/// What is shown, for a program.
fn event(app: &App) -> Value {
    let parcel = |(number, parcel): (usize, &DayParcel)| {
        json!({
            "number": number, "waybill": parcel.waybill, "name": parcel.name, "address": parcel.address,
            "place": parcel.place, "phone": parcel.phone, "delivered": parcel.delivered, "outcome": parcel.outcome,
        })
    };
    // The record was said before, and stays.
    if let (Some(remark), View::Record(record)) = (&app.remark, &app.view) {
        return json!({"event": remark.event, "waybill": record.waybill, "advice": remark.text});
    }
    match &app.view {
        View::Ready | View::Inbox(_) => json!({"event": "ready"}),
        View::Record(record) => json!({
            "event": "record", "waybill": record.waybill, "times": record.times, "name": *record.name,
            "phone": *record.phone, "tel": *record.tel, "address": *record.address, "note": *record.note,
            "bar_code": if record.compared { "same" } else { "not_compared" },
        }),
        View::Code { waybill, .. } => {
            json!({"event": "code", "waybill": waybill, "advice": app.code_advice()})
        }
        View::Notice { refused, title, advice } => {
            json!({"event": if *refused { "refused" } else { "notice" }, "title": title, "advice": advice})
        }
        View::Shown(code) => {
            json!({"event": "show", "title": code.title, "advice": code.advice, "digits": code.digits})
        }
        View::Parcel { title, waybill, masked, .. } => {
            json!({"event": "notice", "title": title, "advice": masked, "waybill": waybill})
        }
        View::Outcomes { waybill, .. } => {
            json!({"event": "outcomes", "waybill": waybill, "advice": text::outcomes(app.language)})
        }
        View::List(..) => {
            json!({"event": "list", "parcels": app.listed().into_iter().map(parcel).collect::<Vec<_>>()})
        }
    }
}

/// What is shown, for a courier.
pub fn show(app: &App) -> Result<(), Failure> {
    if let (Some(remark), View::Record(record)) = (&app.remark, &app.view) {
        return say(&format!("{}: {}", record.waybill, remark.text));
    }
    match &app.view {
        View::Ready => say(&app.status()),
        View::Inbox(_) => Ok(()),
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
            if !record.compared {
                say(app.language.of(text::NOT_COMPARED))?;
            }
            Ok(())
        }
        View::Code { waybill, .. } => say(&format!("{waybill}: {}", app.code_advice())),
        View::Notice { title, advice, .. } => say(&format!("{title}: {advice}")),
        View::Shown(code) => {
            say(&format!("{}: {}", code.title, code.advice))?;
            say(&code.digits)
        }
        View::Parcel { title, masked, .. } => say(&format!("{title}: {masked}")),
        View::Outcomes { waybill, .. } => say(&format!("{waybill}: {}", text::outcomes(app.language))),
        View::List(..) => {
            app.listed().into_iter().try_for_each(|(number, parcel)| say(&app.row(number, parcel)))
        }
    }
}
