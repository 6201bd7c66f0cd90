//! The report as an HTML page: one file with style and charts, which loads nothing else.

use crate::cli::commands::log::report::findings::{
    SHARED_SHOWN, decoy, doubled_said, handle, said_of_codes, sentences,
};
use crate::cli::language::enquiry::decoys_counted;
use crate::cli::language::report as text;
use crate::cli::language::{Bilingual, Language};
use std::fmt::Write as _;
use wayseal::authority::decoys::DecoyOpening;
use wayseal::authority::report::{DeviceReport, Report, Shift};
use wayseal::files;
use wayseal::keys::Day;

const STYLE: &str = "
:root{--ink:#1b1f24;--soft:#5c6670;--line:#d9dee3;--paper:#fff;--alarm:#b3261e;--alarmbg:#fdecea;
--a:#2f6f9f;--b:#e0a030;--c:#b3261e;--heat:47,111,159}
@media(prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#9aa4ae;--line:#3a4148;--paper:#16191d;
--alarm:#ff8a80;--alarmbg:#3b1f1d;--a:#6aa9d8;--b:#e8b45a;--c:#ff8a80;--heat:106,169,216}}
body{font:16px/1.5 system-ui,'Noto Sans CJK SC','PingFang SC',sans-serif;color:var(--ink);background:var(--paper);
margin:2rem auto;max-width:62rem;padding:0 1rem}
h1{font-size:1.6rem;margin:0 0 .2rem}h2{font-size:1.15rem;margin:2.2rem 0 .3rem}
p{margin:.3rem 0}.soft{color:var(--soft)}
.alarm{border-left:6px solid var(--alarm);background:var(--alarmbg);padding:.8rem 1rem;margin:1rem 0}
.alarm b{color:var(--alarm);font-size:1.2rem}.alarm ul{margin:.3rem 0 0;padding-left:1.2rem}
.chart{overflow-x:auto;padding-top:.5rem}svg{overflow:visible}svg text{fill:var(--ink);font:13px system-ui,'Noto Sans CJK SC',sans-serif}
svg .soft{fill:var(--soft)}svg .out{fill:var(--alarm);font-weight:700}
table{border-collapse:collapse;font-size:.9rem;width:100%}th,td{text-align:right;padding:.25rem .5rem;
border-bottom:1px solid var(--line);vertical-align:top}th:first-child,td:first-child{text-align:left}
th,td:first-child{white-space:nowrap}.words th,.words td{text-align:left}tr.out td,b.out{color:var(--alarm);font-weight:700}
tr.out td{background:var(--alarmbg)}
@media(max-width:40rem){body{margin:1rem auto}svg{width:100%;height:auto}svg text{font-size:24px}}
.key i{display:inline-block;width:.8em;height:.8em;margin:0 .3em 0 1em}";

/// Width of a device's name, and height of its line.
pub const NAME: f64 = 130.0;
pub const ROW: f64 = 26.0;

pub fn write(
    data: &Report,
    (opened, decoys): (&[DecoyOpening], usize),
    shift: Shift,
    language: Language,
) -> String {
    let say = |text: Bilingual| language.of(text);
    let mut page = String::new();
    let lang = say(text::EN);
    let title = say(text::WHO_OPENED_WHICH_LABELS);
    let clock = |minutes: u32| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    // Writing to a string does not fail.
    let _ = write!(
        page,
        "<!doctype html><html lang=\"{lang}\"><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style><h1>{title}</h1>\
         <p class=soft>{}{} {}, {} {}–{}</p>",
        period(data, language),
        data.devices.len(),
        say(text::DEVICES),
        say(text::SHIFT),
        clock(shift.from),
        clock(shift.until),
    );
    let out: Vec<&DeviceReport> = data.devices.iter().filter(|device| stands_out(device)).collect();
    let summary = if out.is_empty() && data.devices.len() < 3 {
        say(text::TOO_FEW_DEVICES)
    } else if out.is_empty() {
        say(text::NO_DEVICE_STANDS_OUT)
    } else {
        say(text::RED_EXPLAINED)
    };
    let _ = write!(page, "<p>{summary}</p>");
    for device in out {
        let _ =
            write!(page, "<div class=alarm><b>{}</b> {}<ul>", escape(&device.name()), say(text::UNUSUAL),);
        for sentence in sentences(device, &data.middle, shift, language) {
            let _ = write!(page, "<li>{}</li>", escape(&sentence));
        }
        page.push_str("</ul></div>");
    }

    if decoys > 0 {
        let counted = decoys_counted(language, opened.len(), decoys);
        let _ = write!(page, "<h2>{counted}</h2>");
        for opening in opened {
            let _ = write!(page, "<div class=alarm>{}</div>", escape(&decoy(opening, shift, language)));
        }
    }

    let _ =
        write!(page, "<h2>{}</h2><p class=soft>{}</p>", say(text::FATES_TITLE), say(text::FATES_EXPLAINED),);
    fates(&mut page, data, language);
    let _ =
        write!(page, "<h2>{}</h2><p class=soft>{}</p>", say(text::HOURS_TITLE), say(text::HOURS_EXPLAINED),);
    hours(&mut page, data, shift);
    counts(&mut page, data, language);
    for doubled in &data.doubled {
        let _ = write!(page, "<p><b class=out>{}</b></p>", escape(&doubled_said(doubled, language)));
    }
    shared(&mut page, data, language);
    page.push_str("</html>\n");
    page
}

/// The first and the last day of the logs.
fn period(data: &Report, language: Language) -> String {
    let date = |day: i64| {
        // Days are counted from 2020 in labels, and from 1970 here.
        let day = Day::from_unix(u64::try_from(day).ok()?.checked_mul(86_400)?)?;
        let (year, month, day) = day.date();
        Some(format!("{year}-{month:02}-{day:02}"))
    };
    match data.days.and_then(|(first, last)| Some((date(first)?, date(last)?))) {
        Some((first, last)) if first == last => format!("{first}, "),
        Some((first, last)) => format!("{first} {} {last}, ", language.of(text::TO)),
        None => String::new(),
    }
}

pub fn stands_out(device: &DeviceReport) -> bool {
    !device.findings.is_empty() || device.is_broken()
}

/// Bars: signed off here, signed off elsewhere, never.
fn fates(page: &mut String, data: &Report, language: Language) {
    let kinds = [
        ("a", language.of(text::SIGNED_OFF_HERE)),
        ("b", language.of(text::SIGNED_OFF_ELSEWHERE)),
        ("c", language.of(text::NEVER_SIGNED_OFF)),
    ];
    page.push_str("<p class=key>");
    for (colour, word) in kinds {
        let _ = write!(page, "<i style=\"background:var(--{colour})\"></i>{word}");
    }
    page.push_str("</p>");
    let labels = |device: &DeviceReport| device.delivered + device.elsewhere + device.never;
    let most = f64::from(data.devices.iter().map(labels).max().unwrap_or(0).max(1));
    let scale = 720.0 / most;
    svg(page, data, 900.0, 0.0, |page, device, y| {
        let mut x = NAME;
        for ((colour, word), count) in
            kinds.into_iter().zip([device.delivered, device.elsewhere, device.never])
        {
            let width = f64::from(count) * scale;
            let _ = write!(
                page,
                "<rect x=\"{x:.1}\" y=\"{:.0}\" width=\"{width:.1}\" height=\"{:.0}\" fill=\"var(--{colour})\">\
                 <title>{}: {count} {word}</title></rect>",
                y + 3.0,
                ROW - 6.0,
                escape(&device.name()),
            );
            x += width;
        }
        let _ = write!(
            page,
            "<text class=soft x=\"{:.1}\" y=\"{:.0}\">{}</text>",
            x + 6.0,
            y + 18.0,
            labels(device)
        );
    });
}

/// A square for each device and hour.
pub fn hours(page: &mut String, data: &Report, shift: Shift) {
    let most = data.devices.iter().flat_map(|device| device.hours).max().unwrap_or(0).max(1);
    let cell = 30.0;
    svg(page, data, NAME + 24.0 * cell + 8.0, 22.0, |page, device, y| {
        for (hour, count) in device.hours.into_iter().enumerate() {
            // The square root of the share, so that low counts stay visible.
            let shade = (f64::from(count) / f64::from(most)).sqrt();
            let _ = write!(
                page,
                "<rect x=\"{:.0}\" y=\"{:.0}\" width=\"{:.0}\" height=\"{:.0}\" fill=\"rgba(var(--heat),{shade:.2})\">\
                 <title>{} {hour:02}:00: {count}</title></rect>",
                NAME + hour as f64 * cell + 1.0,
                y + 2.0,
                cell - 2.0,
                ROW - 4.0,
                escape(&device.name()),
            );
        }
    });
    // The hours and the frame go into the drawing that was just closed.
    page.truncate(page.len() - "</svg></div>".len());
    for hour in (0..24).step_by(3) {
        let x = NAME + f64::from(hour) * cell;
        let _ = write!(page, "<text class=soft x=\"{x:.0}\" y=\"14\">{hour:02}</text>");
    }
    let at = |minutes: u32| NAME + f64::from(minutes) / 60.0 * cell;
    let height = data.devices.len() as f64 * ROW;
    let frames = if shift.from <= shift.until {
        vec![(shift.from, shift.until)]
    } else {
        vec![(0, shift.until), (shift.from, 1440)]
    };
    for (from, until) in frames {
        let _ = write!(
            page,
            "<rect x=\"{:.1}\" y=\"21\" width=\"{:.1}\" height=\"{:.0}\" fill=\"none\" stroke=\"var(--soft)\" \
             stroke-width=\"1.5\"/>",
            at(from),
            at(until) - at(from),
            height + 2.0,
        );
    }
    page.push_str("</svg></div>");
}

/// A drawing with a line for each device, its name in front.
pub fn svg(
    page: &mut String,
    data: &Report,
    width: f64,
    top: f64,
    mut line: impl FnMut(&mut String, &DeviceReport, f64),
) {
    let height = top + data.devices.len() as f64 * ROW + 4.0;
    let _ = write!(
        page,
        "<div class=chart><svg width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\">"
    );
    for (index, device) in data.devices.iter().enumerate() {
        let y = top + index as f64 * ROW;
        let class = if stands_out(device) { "out" } else { "name" };
        let name: String = device.name().chars().take(16).collect();
        let _ = write!(page, "<text class={class} x=\"0\" y=\"{:.0}\">{}</text>", y + 18.0, escape(&name));
        line(page, device, y);
    }
    page.push_str("</svg></div>");
}

pub fn counts(page: &mut String, data: &Report, language: Language) {
    let heads = text::PAGE_HEADS.map(|head| language.of(head));
    let words = language.of(text::COUNTS_EXPLAINED);
    let _ = write!(
        page,
        "<h2>{}</h2><p class=soft>{words}</p><div class=chart><table><tr>",
        language.of(text::COUNTS)
    );
    for head in heads {
        let _ = write!(page, "<th>{head}</th>");
    }
    page.push_str("</tr>");
    for device in &data.devices {
        let class = if stands_out(device) { "out" } else { "in" };
        let _ = write!(page, "<tr class={class}><td>{}</td>", escape(&device.name()));
        for count in device.counts() {
            let _ = write!(page, "<td>{count}</td>");
        }
        page.push_str("</tr>");
    }
    page.push_str("</table></div>");
    for device in &data.devices {
        if let Some(codes) = said_of_codes(&device.codes, language) {
            let _ = write!(page, "<p>{}: {codes}</p>", escape(&device.device));
        }
    }
}

pub fn shared(page: &mut String, data: &Report, language: Language) {
    let title = language.of(text::SHARED_TITLE);
    let _ = write!(page, "<h2>{title}: {}</h2>", data.shared.len());
    if data.shared.is_empty() {
        return;
    }
    let _ = write!(
        page,
        "<p class=soft>{}</p><div class=chart><table class=words><tr><th>{}</th><th>{}</th></tr>",
        language.of(text::SHARED_EXPLAINED),
        language.of(text::UNDER_THE_LABELS_CODE),
        language.of(text::OPENED_BY),
    );
    let out: Vec<&str> =
        data.devices.iter().filter(|device| stands_out(device)).map(|device| &*device.device).collect();
    for shared in data.shared.iter().take(SHARED_SHOWN) {
        let devices: Vec<String> = shared
            .devices
            .iter()
            .map(|(device, times)| match out.contains(&device.as_str()) {
                true => format!("<b class=out>{} × {times}</b>", escape(device)),
                false => format!("{} × {times}", escape(device)),
            })
            .collect();
        let _ = write!(page, "<tr><td>{}</td><td>{}</td></tr>", handle(shared.handle), devices.join(", "));
    }
    page.push_str("</table></div>");
    if let Some(more @ 1..) = data.shared.len().checked_sub(SHARED_SHOWN) {
        let _ = write!(page, "<p class=soft>{}</p>", text::fewer_openings(language, more));
    }
}

pub fn escape(text: &str) -> String {
    files::shown(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
