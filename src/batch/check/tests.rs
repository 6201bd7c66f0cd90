//! What is parsed from a label's file is what was drawn, and what was changed is not.

use super::{cpcl, pdf, svg, tspl, zpl};
use crate::label::selftest::TestLabel;
use crate::label::{Canvas, Codes, Composed, Dpi, Format, Page};

/// The dots of the QR code.
fn symbol(canvas: &Canvas, label: &Composed<'_>) -> Vec<bool> {
    let (symbol, side) = (label.symbol, label.modules.size() * label.symbol.choice.dots as usize);
    let (left, top) = (symbol.x as usize, symbol.y as usize);
    let dark = |x: usize, y: usize| canvas.bits()[y * canvas.stride() + x / 8] << (x % 8) & 0x80 != 0;
    (top..top + side)
        .flat_map(|y| (left..left + side).map(move |x| (x, y)))
        .map(|(x, y)| dark(x, y))
        .collect()
}

fn drawn(format: Format, file: &[u8], label: &Composed<'_>) -> Option<Canvas> {
    match format {
        Format::Svg => svg::drawn(file),
        Format::Pdf => pdf::drawn(file, label.canvas.width()),
        Format::Zpl => zpl::drawn(file),
        Format::Tspl => tspl::drawn(file),
        Format::Cpcl => cpcl::drawn(file),
        _ => None,
    }
}

#[test]
fn each_format_is_drawn_as_it_was() {
    for dpi in [Dpi::D203, Dpi::D300] {
        for size in [Page::SMALL, Page::MEDIUM, Page::LARGE] {
            let test = TestLabel::new(Page::new(size, dpi)).unwrap();
            let label = test.composed();
            let expected = symbol(label.canvas, &label);
            assert!(expected.contains(&true) && expected.contains(&false));
            for format in [Format::Svg, Format::Pdf, Format::Zpl, Format::Tspl, Format::Cpcl] {
                let file = format.encode(&label, Codes::Dots).unwrap();
                let canvas = drawn(format, &file, &label).unwrap_or_else(|| panic!("{format} is not read"));
                assert!(symbol(&canvas, &label) == expected, "{format}");
                if matches!(format, Format::Zpl | Format::Cpcl) {
                    assert!(&canvas == label.canvas);
                }
            }
        }
    }
}

/// Changes of a file that a check of the dots before they were encoded would not see.
#[test]
fn what_was_changed_in_a_file_is_seen() {
    let test = TestLabel::new(Page::new(Page::MEDIUM, Dpi::D203)).unwrap();
    let label = test.composed();
    let expected = symbol(label.canvas, &label);
    let is_same = |format: Format, file: &[u8]| {
        drawn(format, file, &label).is_some_and(|canvas| symbol(&canvas, &label) == expected)
    };
    let file = |format: Format| format.encode(&label, Codes::Dots).unwrap();
    let replaced = |file: &[u8], was: &[u8], now: &[u8]| -> Vec<u8> {
        let at =
            memchr::memmem::find(file, was).unwrap_or_else(|| panic!("no {}", String::from_utf8_lossy(was)));
        [&file[..at], now, &file[at + was.len()..]].concat()
    };
    for (format, was, now) in [
        // A control character, an entity that is not there, a tag that is not closed, another shape.
        (Format::Svg, &b"aria-label=\""[..], &b"aria-label=\"\x01"[..]),
        (Format::Svg, b"aria-label=\"", b"aria-label=\"&nothing;"),
        (Format::Svg, b"</g>", b""),
        (Format::Svg, b"crispEdges\" d=\"", b"crispEdges\" transform=\"scale(2)\" d=\"m"),
        (Format::Pdf, b"startxref", b"startxrex"),
        (Format::Pdf, b"xref\n0 ", b"xref\n1 "),
        (Format::Pdf, b"/MediaBox [0 0 ", b"/MediaBox [0 0 1"),
        (Format::Pdf, b"/FlateDecode", b"/LZWDecode  "),
        (Format::Zpl, b"^FO0,0", b"^FO1,0"),
        (Format::Zpl, b"^XZ", b"^XZ^JUF"),
        (Format::Zpl, b":Z64:eA", b":Z64:eB"),
        (Format::Zpl, b"^LH0,0", b"^LH9,0"),
        (Format::Tspl, b"PRINT 1,1", b"PRINT 9,1"),
        (Format::Tspl, b"BITMAP 0,0", b"BITMAP 8,0"),
        (Format::Tspl, b"CLS\r\n", b"CLS\r\nFORMFEED\r\n"),
    ] {
        let whole = file(format);
        assert!(is_same(format, &whole), "{format}");
        let changed = replaced(&whole, was, now);
        assert!(!is_same(format, &changed), "{format}: {}", String::from_utf8_lossy(now));
    }
    // Cut off anywhere, nothing panics and nothing is read.
    for format in [Format::Svg, Format::Pdf, Format::Zpl, Format::Tspl, Format::Cpcl] {
        let whole = file(format);
        for end in (0..whole.len()).step_by(whole.len() / 97 + 1) {
            assert!(!is_same(format, &whole[..end]), "{format} of {end} bytes");
        }
    }
}

#[test]
fn the_texts_of_native_codes_are_compared() {
    let test = TestLabel::new(Page::new(Page::MEDIUM, Dpi::D203)).unwrap();
    let label = test.composed();
    let (text, number) = (label.symbol.text.as_str(), label.bars.text.as_str());
    for format in [Format::Zpl, Format::Tspl] {
        let job = format.encode(&label, Codes::Native).unwrap();
        let codes = |job: &[u8]| {
            if matches!(format, Format::Zpl | Format::Cpcl) { zpl::codes(job) } else { tspl::codes(job) }
        };
        assert!(codes(&job).is_some_and(|codes| codes.are(text, number)), "{format}");
        let lossy = job.iter().map(|byte| char::from(*byte)).collect::<String>();
        let bytes = |text: String| -> Vec<u8> { text.chars().map(|c| c as u8).collect() };
        assert!(codes(&bytes(lossy.clone())).is_some_and(|codes| codes.are(text, number)));
        for changed in [
            lossy.replacen(text, &format!("{text}A"), 1),
            lossy.replacen(number, &number[1..], 1),
            lossy.replacen(text, "", 1),
            format!("{lossy}{lossy}"),
        ] {
            assert!(!codes(&bytes(changed)).is_some_and(|codes| codes.are(text, number)), "{format}");
        }
    }
}
