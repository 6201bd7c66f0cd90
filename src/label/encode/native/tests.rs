use super::{PrintJob, PrinterLanguage, append, parts};
use crate::label::canvas::{Bitmap, Canvas};
use crate::label::encode::zpl;
use crate::label::{Bars, Composer, Content, Dpi, Page, Template};
use crate::record::Country;
use crate::summary::{Person, Summary};

/// A label of a day, with a sender or without.
fn with_content<T>(sent: bool, day: &str, then: impl FnOnce(&Content<'_>) -> T) -> T {
    let person = Person {
        name: "孙静杰",
        phone: "15800007385",
        postcode: "",
        country: Country::CN,
        division: ["浙江省", "绍兴市", "新昌县"],
        street: "羽林街道",
        detail: "天峰东湾58号",
    };
    let summary = Summary::new(&person, sent.then_some(&person)).unwrap();
    let show = |text| summary.show(text, &person, None);
    then(&Content {
        waybill: "SF1304857296031",
        routing: Some(show("755-A12-008")),
        // The accent has to be shaped.
        hub: Some(show("华南转运中心 → Cafe\u{301}")),
        summary: &summary,
        payload: &format!("WS1:{}", "A".repeat(150)),
        handle: "7K3QX9M2TD",
        goods: show("服装 ×2"),
        remark: show("易碎，轻放"),
        piece: None,
        payment: None,
        day,
    })
}

fn composer(size: (u32, u32), dpi: Dpi) -> Composer {
    Composer::new(&Template::default(), Page::new(size, dpi), Vec::new()).unwrap()
}

/// What a job is given for a label.
fn added(job: &mut PrintJob, composer: &mut Composer, sent: bool, day: &str) -> Vec<u8> {
    let mut out = Vec::new();
    with_content(sent, day, |content| assert!(job.add(&composer.sketch(content).unwrap(), &mut out)));
    out
}

#[test]
fn rules_and_pictures_together_are_the_page_but_for_its_codes() {
    for (size, dpi) in [(Page::SMALL, Dpi::D203), (Page::MEDIUM, Dpi::D203), (Page::LARGE, Dpi::D300)] {
        for sent in [false, true] {
            with_content(sent, "2026-11-24", |content| {
                let mut composer = composer(size, dpi);
                let sketch = composer.sketch(content).unwrap();
                let page = sketch.page;
                let dots = |mm: f64| page.dots(mm as f32) as usize;
                let mut drawn = Canvas::new(dots(page.width_mm), dots(page.height_mm));
                let mut boxes = 0;
                for layer in [sketch.form, sketch.own] {
                    let rules = parts::rules(&layer, sketch.fonts, Some(sketch.bars));
                    for rule in &rules {
                        drawn.fill(rule.x, rule.y, rule.width, rule.height, true);
                    }
                    for group in parts::groups(&layer, sketch.fonts, &rules, page) {
                        let mut canvas = Canvas::new(0, 0);
                        parts::draw(group, &[layer], sketch.fonts, true, &mut canvas);
                        let picture = Bitmap { stride: canvas.stride(), bits: canvas.bits().to_vec() };
                        drawn.blit(&picture, group.x, group.y, true);
                        boxes += 1;
                    }
                }
                assert!((10..30).contains(&boxes), "{boxes}");
                let label = composer.compose(content).unwrap();
                let mut whole = label.canvas.clone();
                let (bars, symbol) = (label.bars, label.symbol);
                whole.fill(bars.x, bars.y, bars.width, bars.height, false);
                let side = symbol.choice.side_dots() as i32;
                whole.fill(symbol.x, symbol.y, side, side, false);
                assert!(drawn == whole);
            });
        }
    }
}

#[test]
fn a_label_that_stays_whole_is_the_same_whatever_was_before_it() {
    let mut composer = composer(Page::MEDIUM, Dpi::D203);
    for language in [PrinterLanguage::Zpl, PrinterLanguage::Tspl] {
        let mut job = PrintJob::alone(language);
        for (sent, day) in [(true, "2026-11-24"), (true, "2026-11-25"), (false, "2026-11-24")] {
            let alone = added(&mut PrintJob::alone(language), &mut composer, sent, day);
            // Its lines are met, kept, and taken from where they are kept.
            for time in 0..4 {
                assert!(added(&mut job, &mut composer, sent, day) == alone, "{language:?}, {day}, {time}");
            }
        }
    }
}

#[test]
fn a_picture_is_the_same_in_either_language() {
    // TSPL prints what is not set.
    let mut composer = composer(Page::MEDIUM, Dpi::D203);
    let out = with_content(true, "2026-11-24", |content| {
        let sketch = composer.sketch(content).unwrap();
        let area = parts::ink(&sketch.own, sketch.fonts, &sketch.own.runs[0]).unwrap();
        [true, false].map(|black| {
            let mut canvas = Canvas::new(0, 0);
            parts::draw(area, &[sketch.own], sketch.fonts, black, &mut canvas);
            canvas.bits().to_vec()
        })
    });
    assert!(
        out[0].iter().any(|byte| *byte != 0) && out[0].iter().zip(&out[1]).all(|(one, other)| *one == !other)
    );
}

#[test]
fn a_stream_recalls_what_it_has_stored_and_stores_it_once() {
    let mut composer = composer(Page::MEDIUM, Dpi::D203);
    let mut job = PrintJob::stream(PrinterLanguage::Zpl);
    let rows: Vec<String> = with_content(true, "2026-11-24", |content| {
        let sketch = composer.sketch(content).unwrap();
        let glyphs = sketch.own.runs.iter().flat_map(|run| sketch.own.drawing.glyphs(run));
        let names = glyphs.flat_map(|glyph| (1..zpl::ROWS.len()).filter_map(|row| zpl::name(glyph.key, row)));
        names.map(|name| String::from_utf8_lossy(&name).into_owned()).collect()
    });
    let names = |out: Vec<u8>, command: &str| -> Vec<String> {
        let text = String::from_utf8(out).unwrap();
        text.split(command).skip(1).map(|rest| rest[..8].to_owned()).collect()
    };
    for round in 0..2 {
        job.begin();
        let first = added(&mut job, &mut composer, true, "2026-11-24");
        let stored = names(first.clone(), "~DGR:");
        let recalled = names(first, "^XGR:");
        assert!(
            recalled.len() > stored.len() && recalled.iter().all(|name| stored.contains(name)),
            "{round}"
        );
        // The stars of an address are one picture.
        assert!(stored.iter().any(|name| rows.contains(name)));
        let second = added(&mut job, &mut composer, true, "2026-11-24");
        assert!(names(second.clone(), "~DGR:").is_empty());
        assert_eq!(names(second, "^XGR:"), recalled);
        // Another day is another form, which the printer is given.
        let forms = |out: Vec<u8>| names(out, "^DFR:").len();
        assert_eq!(forms(added(&mut job, &mut composer, true, "2026-11-24")), 0);
        assert_eq!(forms(added(&mut job, &mut composer, true, "2026-11-25")), 1);
    }
}

#[test]
fn rows_of_stars_have_names_of_their_own() {
    let mut composer = composer(Page::MEDIUM, Dpi::D203);
    with_content(true, "2026-11-24", |content| {
        let sketch = composer.sketch(content).unwrap();
        let glyphs = sketch.own.runs.iter().flat_map(|run| sketch.own.drawing.glyphs(run));
        let keys: Vec<_> = glyphs.map(|glyph| glyph.key).collect();
        let mut names: Vec<_> = keys.iter().map(|key| zpl::name(*key, 0).unwrap()).collect();
        names.sort_unstable();
        names.dedup();
        for row in 1..zpl::ROWS.len() {
            assert!(keys.iter().all(|key| !names.contains(&zpl::name(*key, row).unwrap())));
        }
        assert_eq!(zpl::name(keys[0], zpl::ROWS.len()), None);
    });
}

#[test]
fn a_label_bears_its_own_day() {
    let mut later = composer(Page::MEDIUM, Dpi::D203);
    let canvas = |composer: &mut Composer, day: &str| {
        with_content(false, day, |content| composer.compose(content).unwrap().canvas.clone())
    };
    let before = canvas(&mut later, "2026-11-24");
    let after = canvas(&mut later, "2026-11-25");
    assert!(before != after && after == canvas(&mut composer(Page::MEDIUM, Dpi::D203), "2026-11-25"));
    assert!(before == canvas(&mut later, "2026-11-24"));
}

#[test]
fn a_number_with_commands_in_it_is_not_printed_natively() {
    let label = crate::label::selftest::TestLabel::new(Page::new(Page::MEDIUM, Dpi::D203)).unwrap();
    let mut composed = label.composed();
    let mut out = Vec::new();
    assert!(append(&composed, PrinterLanguage::Zpl, &mut out) && !out.is_empty());
    let bars = Bars { text: "A^XZ".into(), ..Bars::default() };
    composed.bars = &bars;
    out.clear();
    assert!(!append(&composed, PrinterLanguage::Zpl, &mut out) && out.is_empty());
    assert!(append(&composed, PrinterLanguage::Tspl, &mut out) && !out.is_empty());
}
