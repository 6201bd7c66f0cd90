//! The screen of a handheld, 40 × 20 and more.

use crate::cli::commands::courier::app::{App, Next, View};
use crate::cli::commands::courier::shown_record::ShownRecord;
use crate::cli::commands::courier::typed::Typed;
use crate::cli::commands::courier::typed_numbers::ShownCode;
use crate::cli::console;
use crate::cli::failure::Failure;
use crate::cli::language::contact;
use crate::cli::language::courier as text;
use ratatui::Frame;
use ratatui::crossterm::event::{self, Event, KeyCode, KeyEventKind, KeyModifiers};
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Text};
use ratatui::widgets::{Block, Paragraph, Wrap};
use std::time::{Duration, Instant};
use unicode_width::UnicodeWidthStr as _;

/// How long to wait for a key before looking at the clock.
const TICK: Duration = Duration::from_millis(200);

/// Lines between the bars from which on a record is spaced out: the least that holds all of one.
const ROOMY: u16 = 18;

/// Runs until the courier ends it; the terminal is as before then, also after an error.
pub fn run(mut app: App) -> Result<u8, Failure> {
    let language = app.language;
    let mut terminal = ratatui::try_init()
        .map_err(|error| Failure::output(text::no_terminal(language, language.system(&error))))?;
    let result = (|| -> std::io::Result<()> {
        let mut line = Typed::default();
        loop {
            terminal.draw(|frame| draw(frame, &app, &line))?;
            if !event::poll(TICK)? {
                app.tick();
                line.tick(Instant::now());
                if line.ended_by_tab(Instant::now()) && app.line(&line.finish()) == Next::End {
                    return Ok(());
                }
                continue;
            }
            let shown = matches!(app.view, View::Record(_));
            // A scanner types a hundred characters at once: they are taken before the next drawing.
            while event::poll(Duration::ZERO)? {
                if take(event::read()?, &mut line, &mut app) == Next::End {
                    return Ok(());
                }
            }
            app.tick();
            if shown && !matches!(app.view, View::Record(_)) {
                // The terminal keeps two frames: both are drawn over.
                terminal.draw(|frame| draw(frame, &app, &line))?;
            }
        }
    })();
    ratatui::restore();
    // What nobody has read is not lost with the screen.
    for advice in app.unread.drain(..) {
        console::warn(&format!("{}: {advice}", language.of(text::REFUSED_FROM_THE_INBOX)));
    }
    result.map_err(|error| Failure::output(text::terminal_failed(language, language.system(&error))))?;
    Ok(0)
}

/// One event. A wedge scanner types a code and Enter.
pub fn take(event: Event, line: &mut Typed, app: &mut App) -> Next {
    let key = match event {
        Event::Paste(text) => {
            line.paste(&text, Instant::now());
            return Next::Go;
        }
        Event::Key(key) if key.kind != KeyEventKind::Release => key,
        _ => return Next::Go,
    };
    match key.code {
        KeyCode::Char('c') if key.modifiers.contains(KeyModifiers::CONTROL) => return Next::End,
        KeyCode::Char(character) => line.push(character, Instant::now()),
        KeyCode::Backspace => line.rub_out(),
        // Between the two codes of a label, or after the last: what follows it shows which.
        KeyCode::Tab => line.push('\t', Instant::now()),
        KeyCode::Enter => return app.line(&line.finish()),
        KeyCode::F(1) => app.sign_off(),
        KeyCode::F(2) => app.next_purpose(),
        KeyCode::F(3) => app.list(),
        KeyCode::F(4) => app.outcomes(),
        KeyCode::F(5) => app.take_back(),
        KeyCode::F(7) => app.hand_over(""),
        KeyCode::Esc => {
            line.clear();
            app.hide();
        }
        _ => {}
    }
    Next::Go
}

pub fn draw(frame: &mut Frame<'_>, app: &App, line: &Typed) {
    let keys = app.language.of(text::KEYS);
    let [top, middle, bottom] =
        Layout::vertical([Constraint::Length(1), Constraint::Min(3), Constraint::Length(1)])
            .areas(frame.area());
    let bar = Style::new().add_modifier(Modifier::REVERSED);
    frame.render_widget(paragraph(&format!(" {}", app.status())).style(bar), top);
    // Text that waits for Enter replaces the list of keys.
    let waits = line.shown(usize::from(bottom.width).saturating_sub(12));
    let below = if line.lacks_end(Instant::now()) {
        format!(" {}", app.language.of(text::NO_SUFFIX))
    } else if let (true, View::List(..)) = (waits.is_empty(), &app.view) {
        format!(" {}", app.language.of(text::LIST_KEYS))
    } else if let (true, View::Inbox(_)) = (waits.is_empty(), &app.view) {
        format!(" {}", app.language.of(text::READ_BY_ENTER))
    } else if waits.is_empty() {
        format!(" {keys}")
    } else {
        format!(" {}: {waits}▏", app.language.of(text::TYPED))
    };
    frame.render_widget(paragraph(&below).style(bar), bottom);
    // A small screen has no lines to spare.
    let margin = u16::from(middle.height >= ROOMY);
    let middle = middle.inner(ratatui::layout::Margin { horizontal: 1, vertical: margin });
    let notice = |refused: bool, title: &str, advice: &str, frame: &mut Frame<'_>| {
        let mut style = Style::new().add_modifier(Modifier::BOLD);
        if refused {
            style = style.add_modifier(Modifier::REVERSED);
        }
        let title = format!(" {title} ");
        let lines = [line_of(&title, style), Line::default(), line_of(advice, Style::new())];
        frame.render_widget(Paragraph::new(Text::from_iter(lines)).wrap(Wrap { trim: true }), middle);
    };
    match &app.view {
        View::Ready => {
            let ready = app.language.of(text::SCAN_A_LABEL);
            frame.render_widget(paragraph(ready).centered(), centre(middle));
        }
        View::Record(record) if margin == 0 => draw_compact(frame, middle, record, app),
        View::Record(record) => draw_record(frame, middle, record, app),
        View::Code { waybill, is_slip, .. } => notice(*is_slip, waybill, app.code_advice(), frame),
        View::Notice { refused, title, advice } => notice(*refused, title, advice, frame),
        View::Inbox(advice) => {
            notice(true, app.language.of(text::REFUSED_FROM_THE_INBOX), advice, frame);
        }
        View::Shown(code) if fits(code, middle) => draw_code(frame, middle, code),
        View::Shown(code) => notice(false, &code.title, &format!("{}; {}", code.advice, code.small), frame),
        View::Parcel { title, masked, .. } => notice(false, title, masked, frame),
        View::Outcomes { waybill, .. } => notice(false, waybill, &text::outcomes(app.language), frame),
        View::List(..) => draw_list(frame, middle, app),
    }
}

/// Whether there is room for a code and the two lines above it.
fn fits(code: &ShownCode, area: Rect) -> bool {
    let width = code.lines.first().map_or(usize::MAX, |line| line.chars().count());
    width <= usize::from(area.width) && code.lines.len() + 2 <= usize::from(area.height)
}

/// A code for a colleague's scanner.
fn draw_code(frame: &mut Frame<'_>, area: Rect, code: &ShownCode) {
    let title = format!(" {} ", code.title);
    let mut lines = vec![
        owned(line_of(&title, Style::new().add_modifier(Modifier::BOLD))),
        owned(line_of(&code.advice, Style::new())),
    ];
    lines.extend(code.lines.iter().map(|line| owned(line_of(line, Style::new()))));
    frame.render_widget(Paragraph::new(lines), area);
}

/// A line of the screen, whatever its text holds.
fn line_of(text: &str, style: Style) -> Line<'_> {
    Line::styled(console::text(text), style)
}

/// Lines of the screen that are one text.
fn paragraph(text: &str) -> Paragraph<'_> {
    Paragraph::new(console::text(text))
}

/// The same line with a text of its own.
fn owned(line: Line<'_>) -> Line<'static> {
    Line::styled(line.to_string(), line.style)
}

/// A record on a screen of few lines: what the courier needs first is on top, and the last lines are kept.
fn draw_compact(frame: &mut Frame<'_>, area: Rect, record: &ShownRecord, app: &App) {
    let bold = Style::new().add_modifier(Modifier::BOLD);
    let foot = foot(record, app);
    let [body, below] =
        Layout::vertical([Constraint::Min(3), Constraint::Length(foot.len() as u16)]).areas(area);
    let mut lines = vec![line_of(&record.name, bold.add_modifier(Modifier::REVERSED))];
    let more = [(&record.phone, bold), (&record.address, bold)];
    let shown = more.into_iter().filter(|(text, _)| !text.is_empty());
    lines.extend(shown.map(|(text, style)| line_of(text, style)));
    let note = format!("[{}]", record.note.as_str());
    if !record.note.is_empty() {
        lines.push(line_of(&note, Style::new()));
    }
    if record.is_virtual {
        lines.push(line_of(app.language.of(contact::NUMBER_EXPIRES), Style::new()));
    }
    frame.render_widget(Paragraph::new(lines).wrap(Wrap { trim: true }), body);
    frame.render_widget(Paragraph::new(foot), below);
}

/// The lines below a record: its number, what was compared or remarked, and when it hides.
fn foot(record: &ShownRecord, app: &App) -> Vec<Line<'static>> {
    let left = app.left().unwrap_or_default().as_secs() + 1;
    let mut number = record.waybill.clone();
    if record.times > 1 {
        number.push_str(&text::opening_number(app.language, record.times));
    }
    let remark = match &app.remark {
        Some(remark) => remark.text.clone(),
        None if record.compared => app.language.of(text::BAR_CODE_MATCHES).to_owned(),
        None => app.language.of(text::NOT_COMPARED).to_owned(),
    };
    let hides = format!("{} {left} s", app.language.of(text::HIDES_IN));
    [number, remark, hides].map(|text| owned(line_of(&text, Style::new()))).into()
}

/// Name and address, as large as a terminal writes: spaced, bold, apart.
fn draw_record(frame: &mut Frame<'_>, area: Rect, record: &ShownRecord, app: &App) {
    let bold = Style::new().add_modifier(Modifier::BOLD);
    let foot_lines = foot(record, app);
    let [name, phone, address, note, foot] = Layout::vertical([
        Constraint::Length(3),
        Constraint::Length(match (record.phone.is_empty(), record.is_virtual) {
            (true, _) => 0,
            (false, false) => 2,
            (false, true) => 5,
        }),
        Constraint::Min(3),
        Constraint::Length(if record.note.is_empty() { 0 } else { 2 }),
        Constraint::Length(foot_lines.len() as u16),
    ])
    .areas(area);
    // Spaced if it fits, so that strokes stand apart.
    let spaced = spaced(&console::text(&record.name));
    let wide = if spaced.width() + 2 <= usize::from(name.width) { spaced } else { record.name.clone() };
    let band = Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD);
    frame.render_widget(Block::new().style(band), name);
    let inner = Rect { y: name.y + 1.min(name.height.saturating_sub(1)), height: 1.min(name.height), ..name };
    frame.render_widget(paragraph(&wide).centered().style(band), inner);
    let [_, phone, hint] =
        Layout::vertical([Constraint::Length(1), Constraint::Length(1), Constraint::Min(0)]).areas(phone);
    frame.render_widget(paragraph(&record.phone).style(bold).centered(), phone);
    if record.is_virtual {
        let expires = app.language.of(contact::NUMBER_EXPIRES);
        frame.render_widget(paragraph(expires).wrap(Wrap { trim: true }), hint);
    }
    let [_, address] = Layout::vertical([Constraint::Length(1), Constraint::Min(0)]).areas(address);
    frame.render_widget(paragraph(&record.address).style(bold).wrap(Wrap { trim: true }), address);
    let remark = format!("[{}]", record.note.as_str());
    frame.render_widget(paragraph(&remark).wrap(Wrap { trim: true }), note);
    frame.render_widget(Paragraph::new(foot_lines), foot);
}

/// The end of a place that fits, which names street and building: spaced if there is room.
fn place_end(place: &str, width: usize) -> String {
    let wide = spaced(place);
    if wide.width() <= width {
        return wide.as_str().to_owned();
    }
    let mut from = place.char_indices().map(|(at, _)| at).filter(|at| place[*at..].width() <= width);
    place[from.next().unwrap_or(place.len())..].to_owned()
}

/// A page of today's parcels; Enter shows the next.
fn draw_list(frame: &mut Frame<'_>, area: Rect, app: &App) {
    let fit = usize::from(area.height / 2).max(1);
    app.fit.set(fit);
    let listed = app.listed();
    let lines: Vec<Line<'static>> = listed
        .into_iter()
        .skip(app.first_listed())
        .take(fit)
        .flat_map(|(number, parcel)| {
            let mark = App::mark(parcel);
            // The place and the building alone, where they are known: sorting needs no person.
            let place = match &*parcel.place {
                "" => format!("{} {}", parcel.name, parcel.address),
                place => place_end(place, usize::from(area.width).saturating_sub(6)),
            };
            let said = text::said_of(&parcel.outcome, app.language);
            [
                owned(line_of(&format!("{number:>4}  {place}"), Style::new().add_modifier(Modifier::BOLD))),
                owned(line_of(&format!("    {mark} {} {said}", parcel.waybill), Style::new())),
            ]
        })
        .collect();
    if lines.is_empty() {
        let none = app.language.of(text::NO_PARCELS_YET);
        return frame.render_widget(paragraph(none).centered(), centre(area));
    }
    frame.render_widget(Paragraph::new(lines), area);
}

fn spaced(text: &str) -> zeroize::Zeroizing<String> {
    let mut spaced = String::with_capacity(text.len() * 2);
    for character in text.chars() {
        if !spaced.is_empty() && !character.is_ascii() {
            spaced.push(' ');
        }
        spaced.push(character);
    }
    zeroize::Zeroizing::new(spaced)
}

fn centre(area: Rect) -> Rect {
    Rect { y: area.y + area.height / 2, height: 1.min(area.height), ..area }
}
