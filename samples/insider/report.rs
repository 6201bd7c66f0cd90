//! The output of a run: a table, a chart, and the labels and grants as files.

use crate::colluders::{Colluding, HANDS};
use crate::insiders::Row;
use crate::network::{Network, Scale};
use serde_json::json;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use wayseal::keys::Node;
use wayseal::signed::grant::Grant;

/// The table in Markdown.
pub fn table(scale: &Scale, rows: &[Row]) -> String {
    let mut out = format!(
        "{} labels, {} stations, {} days, {} scanners, {} sealers; budget {} labels a day; median (and most) of {} \
         holders each\n\n",
        number(scale.labels as usize),
        number(scale.stations as usize),
        scale.days,
        number(scale.scanners as usize),
        scale.sealers,
        scale.budget(),
        scale.holders
    );
    out.push_str("| insider, with a picture of every label | holds | Wayseal | online look-up | one shared key | plain text |\n");
    out.push_str("|---|---|--:|--:|--:|--:|\n");
    for row in rows {
        let [median, most] = middle_and_most(&row.opened);
        let own =
            if median == most { number(most) } else { format!("{} ({})", number(median), number(most)) };
        let Row { insider, others, .. } = row;
        // Writing to a string does not fail.
        let _infallible = writeln!(
            out,
            "| {} | {} | **{own}** | {} | {} | {} |",
            insider.name(),
            insider.holds(),
            number(others.online),
            number(others.shared),
            number(others.plain)
        );
    }
    out
}

/// The row of operators who collude, and what the report on the logs says of them.
pub fn colluding(colluding: &Colluding) -> String {
    let [median, most] = middle_and_most(&colluding.opened);
    let own = if median == most { number(most) } else { format!("{} ({})", number(median), number(most)) };
    let mut out = format!(
        "| three operators' numbers in one hand, a month long | one device, each number within its budget | **{own}** | | | |\n\n\
         The report on the logs names {} of {HANDS} numbers, and {} honest ones:\n",
        colluding.named.len(),
        colluding.accused,
    );
    for (name, figure, by) in &colluding.named {
        let _infallible = writeln!(out, "- {name}: {}, {by:.0} median deviations", figure.name());
    }
    out
}

/// The chart as SVG: a group of bars for each insider, with lengths by the logarithm of the records.
pub fn chart(scale: &Scale, rows: &[Row]) -> String {
    const LEFT: usize = 250;
    const WIDTH: usize = 460;
    const BAR: usize = 11;
    const GROUP: usize = 4 * BAR + 20;
    let worlds = [
        ("Wayseal", "#0b7a4b"),
        ("online look-up", "#c98a1b"),
        ("one shared key", "#b5533c"),
        ("plain text", "#7a1f1f"),
    ];
    let height = 70 + rows.len() * GROUP + 30;
    let most = (scale.labels as f64 + 1.0).ln();
    let length = |records: usize| ((records as f64 + 1.0).ln() / most * WIDTH as f64).round() as usize;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {height}\" font-family=\"sans-serif\" \
         font-size=\"13\">\n<title>Records that open for an insider, of {}</title>\n<rect width=\"100%\" \
         height=\"100%\" fill=\"#fff\"/>\n<text x=\"12\" y=\"24\" font-size=\"16\" font-weight=\"bold\">Records that \
         open for an insider, of {} (logarithmic)</text>\n",
        LEFT + WIDTH + 90,
        number(scale.labels as usize),
        number(scale.labels as usize)
    );
    for (place, (world, colour)) in worlds.iter().enumerate() {
        let x = LEFT + place * 125;
        let _infallible = writeln!(
            out,
            "<rect x=\"{x}\" y=\"40\" width=\"11\" height=\"11\" fill=\"{colour}\"/><text x=\"{}\" y=\"50\">{world}</text>",
            x + 16
        );
    }
    for (place, row) in rows.iter().enumerate() {
        let top = 70 + place * GROUP;
        let [_, own] = middle_and_most(&row.opened);
        let _infallible = writeln!(
            out,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
            LEFT - 12,
            top + 2 * BAR + 4,
            row.insider.name()
        );
        let records = [own, row.others.online, row.others.shared, row.others.plain];
        for (bar, (records, (_, colour))) in records.into_iter().zip(worlds).enumerate() {
            let y = top + bar * BAR;
            let long = length(records).max(1);
            let _infallible = writeln!(
                out,
                "<rect x=\"{LEFT}\" y=\"{y}\" width=\"{long}\" height=\"{}\" fill=\"{colour}\"/><text x=\"{}\" \
                 y=\"{}\" font-size=\"10\">{}</text>",
                BAR - 1,
                LEFT + long + 5,
                y + BAR - 2,
                number(records)
            );
        }
    }
    out.push_str("</svg>\n");
    out
}

/// Writes the labels and grants as files, so that another program can count again.
///
/// `labels.jsonl` has one label a line with its entry in the books, `grants/` the signed grants with this run's keys,
/// `bundles/` the nodes of each grant as lines `generation hex`, and `counts.jsonl` the counts.
pub fn emit(network: &Network, rows: &[Row], folder: &Path) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("cannot write {}: {error}", folder.display());
    for part in ["grants", "bundles"] {
        fs::create_dir_all(folder.join(part)).map_err(failed)?;
    }
    let mut lines = String::new();
    for label in &network.labels {
        let line = json!({
            "text": label.text.as_str(), "waybill": label.waybill, "day": label.day.number(),
            "region": label.station.0.number(), "site": label.station.1.number(), "sealer": label.sealer.number(),
            "name": label.person.name, "phone": label.person.phone,
        });
        let _infallible = writeln!(lines, "{line}");
    }
    fs::write(folder.join("labels.jsonl"), lines).map_err(failed)?;
    let mut counts = String::new();
    for (kind, row) in rows.iter().enumerate() {
        for (holder, grant) in row.grants.iter().enumerate() {
            let name = format!("{kind}-{holder}");
            let signed = grant.sign(&network.authority).map_err(|error| error.to_string())?;
            fs::write(folder.join(format!("grants/{name}.grant")), &*signed).map_err(failed)?;
            fs::write(folder.join(format!("bundles/{name}.txt")), bundles(grant)).map_err(failed)?;
            let line = json!({
                "grant": name, "insider": row.insider.name(), "day": row.days[holder].number(), "opened": row.opened[holder],
            });
            let _infallible = writeln!(counts, "{line}");
        }
    }
    fs::write(folder.join("counts.jsonl"), counts).map_err(failed)
}

fn bundles(grant: &Grant) -> String {
    let mut lines = String::new();
    for node in &grant.nodes {
        let mut bundle = [0; Node::BUNDLED];
        node.write(&mut bundle);
        let hex: String = bundle.iter().map(|byte| format!("{byte:02x}")).collect();
        let _infallible = writeln!(lines, "{} {hex}", grant.generation & 1);
    }
    lines
}

fn middle_and_most(counts: &[usize]) -> [usize; 2] {
    let mut sorted = counts.to_vec();
    sorted.sort_unstable();
    [sorted[sorted.len() / 2], sorted.last().copied().unwrap_or(0)]
}

/// 400000 as 400,000.
fn number(value: usize) -> String {
    let digits = value.to_string();
    let comma = |(at, digit): (usize, char)| {
        (at > 0 && (digits.len() - at).is_multiple_of(3)).then_some(',').into_iter().chain([digit])
    };
    digits.chars().enumerate().flat_map(comma).collect()
}
