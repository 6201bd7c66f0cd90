//! A chart of rates: a bar each, and a line where one is compared.

use std::fmt::Write as _;

pub const WIDTH: f64 = 760.0;
pub const ROW: f64 = 34.0;
pub const LEFT: f64 = 210.0;

/// An SVG of `bars`, names and rates, on a logarithmic scale from 100, with a line at `mark`.
pub fn draw(title: &str, bars: &[(String, f64)], mark: f64, mark_name: &str) -> String {
    let most = bars.iter().map(|(_, rate)| *rate).fold(mark, f64::max);
    let span = (most / 100.0).log10().max(1.0);
    let x = |rate: f64| LEFT + (WIDTH - LEFT - 90.0) * ((rate / 100.0).max(1.0).log10() / span);
    let height = 64.0 + ROW * bars.len() as f64 + 24.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" font-family=\"sans-serif\" \
         font-size=\"14\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><text x=\"12\" y=\"26\" \
         font-size=\"16\">{}</text>",
        escape(title)
    );
    let rows = || bars.iter().enumerate().map(|(row, bar)| (48.0 + ROW * row as f64, bar));
    // Writing to a String cannot fail.
    for (y, (name, rate)) in rows() {
        let _ = write!(
            svg,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text><rect x=\"{LEFT}\" y=\"{y}\" width=\"{:.1}\" \
             height=\"{}\" fill=\"#2f6f9f\"/>",
            LEFT - 8.0,
            y + 16.0,
            escape(name),
            x(*rate) - LEFT,
            ROW - 12.0,
        );
    }
    let (at, bottom) = (x(mark), height - 28.0);
    let _ = write!(
        svg,
        "<path d=\"M{at:.1} 40V{bottom}\" stroke=\"#b03030\" stroke-width=\"2\"/><text x=\"{at:.1}\" y=\"{}\" \
         text-anchor=\"middle\" fill=\"#b03030\">{} {mark:.0}/s</text>",
        height - 10.0,
        escape(mark_name)
    );
    // Over the line, with white around them.
    svg.push_str("<g stroke=\"#fff\" stroke-width=\"5\" paint-order=\"stroke\">");
    for (y, (_, rate)) in rows() {
        let _ = write!(svg, "<text x=\"{:.1}\" y=\"{}\">{rate:.0}</text>", x(*rate) + 6.0, y + 16.0);
    }
    svg.push_str("</g></svg>\n");
    svg
}

pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
