//! Invariants of every label's layout, whatever its content: everything is on the page, nothing overlaps, and the codes
//! have their quiet zones.

use crate::common::sample::Sample;
use wayseal::label::{ComposeError, Composed, Composer, Content, Dpi, Page, Template, Zone, code128};
use wayseal::record::Country;
use wayseal::summary::{Person, Summary};
use wayseal::symbol::{self, QUIET_ZONE};

/// White margin at the edges, where many printers cannot print.
const MARGIN_MM: f32 = 1.5;

/// Left, top, right and bottom, in dots.
#[derive(Clone, Copy, Debug)]
struct Bounds([i32; 4]);

impl Bounds {
    fn meets(&self, other: &Self) -> bool {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        a < g && e < c && b < h && f < d
    }

    fn is_white(&self, label: &Composed<'_>) -> bool {
        let [left, top, right, bottom] = self.0;
        (top..bottom).all(|y| (left..right).all(|x| !black(label, x, y)))
    }
}

fn black(label: &Composed<'_>, x: i32, y: i32) -> bool {
    let canvas = label.canvas;
    assert!(x >= 0 && y >= 0 && (x as usize) < canvas.width() && (y as usize) < canvas.height());
    canvas.bits()[y as usize * canvas.stride() + x as usize / 8] >> (7 - x % 8) & 1 == 1
}

/// The box of a line of text: the part of the em that ideographs and letters without descenders take.
fn texts(label: &Composed<'_>) -> Vec<(Bounds, String)> {
    let of = |run: &wayseal::label::drawing::GlyphRun| {
        let px = i32::from(run.px);
        let bounds = [run.x, run.baseline - px * 7 / 10, run.x + run.width, run.baseline];
        (Bounds(bounds), label.drawing.text(run).to_owned())
    };
    label.drawing.runs().iter().map(of).collect()
}

fn holds(label: &Composed<'_>, case: &str) {
    let (width, height) = (label.canvas.width() as i32, label.canvas.height() as i32);
    let edge = (MARGIN_MM * label.page.dpi.dots_per_mm()) as i32;
    for strip in [
        [0, 0, width, edge],
        [0, height - edge, width, height],
        [0, 0, edge, height],
        [width - edge, 0, width, height],
    ] {
        assert!(Bounds(strip).is_white(label), "{case}: something is at the edge");
    }

    let symbol = label.symbol;
    let (side, quiet) = (symbol.choice.side_dots() as i32, QUIET_ZONE as i32 * symbol.choice.dots as i32);
    let Bounds([left, top, right, bottom]) = Bounds([symbol.x, symbol.y, symbol.x + side, symbol.y + side]);
    let around = Bounds([left - quiet, top - quiet, right + quiet, bottom + quiet]);
    for strip in [
        [around.0[0], around.0[1], around.0[2], top],
        [around.0[0], bottom, around.0[2], around.0[3]],
        [around.0[0], top, left, bottom],
        [right, top, around.0[2], bottom],
    ] {
        assert!(Bounds(strip).is_white(label), "{case}: something is in the QR code's quiet zone");
    }
    assert!(black(label, left, top) && black(label, right - 1, top) && black(label, left, bottom - 1));

    let bars = label.bars;
    let quiet = code128::QUIET as i32 * bars.module;
    for side in [bars.x - quiet, bars.x + bars.width] {
        let strip = Bounds([side, bars.y, side + quiet, bars.y + bars.height]);
        assert!(strip.is_white(label), "{case}: something is in the bar code's quiet zone");
    }
    let codes = [around, Bounds([bars.x - quiet, bars.y, bars.x + bars.width + quiet, bars.y + bars.height])];

    let texts = texts(label);
    assert!(texts.len() >= 8, "{case}: the control");
    for (at, (bounds, text)) in texts.iter().enumerate() {
        let [left, top, right, bottom] = bounds.0;
        assert!(
            left >= edge && top >= edge && right <= width - edge && bottom <= height - edge,
            "{case}: {text}"
        );
        assert!(!codes.iter().any(|code| code.meets(bounds)), "{case}: {text} lies upon a code");
        for (other, beside) in &texts[at + 1..] {
            assert!(!bounds.meets(other), "{case}: {text} lies upon {beside}");
        }
        for rect in label.drawing.rects().iter().filter(|rect| rect.black && rect.width.min(rect.height) <= 6)
        {
            let rule = Bounds([rect.x, rect.y, rect.x + rect.width, rect.y + rect.height]);
            assert!(!rule.meets(bounds), "{case}: a rule goes through {text}");
        }
    }
}

struct People {
    name: &'static str,
    phone: &'static str,
    country: Country,
    division: [&'static str; 3],
    street: &'static str,
    detail: &'static str,
}

impl People {
    fn person(&self) -> Person<'_> {
        let Self { name, phone, country, division, street, detail } = *self;
        Person { name, phone, country, postcode: "", division, street, detail }
    }
}

const EASY: People = People {
    name: "王芳",
    phone: "13812345678",
    country: Country::CN,
    division: ["浙江省", "绍兴市", "新昌县"],
    street: "羽林街道",
    detail: "天峰东湾58号",
};

fn people() -> Vec<People> {
    vec![
        EASY,
        People { name: "王", phone: "", detail: "", street: "", division: ["", "", ""], ..EASY },
        People {
            name: "阿布都热合曼·买买提吐尔逊",
            phone: "+998 90 123 45 67 转 8012",
            division: ["新疆维吾尔自治区", "巴音郭楞蒙古自治州", "焉耆回族自治县"],
            street: "七个星镇",
            detail: "霍拉山村与国道314线交叉口往东第三条巷子红色大门对面的小超市旁边的农机修理合作社仓库",
            ..EASY
        },
        People {
            name: "Maximilian Featherstonehaugh-Cholmondeley",
            phone: "+44 7700 900456",
            country: Country::new(*b"GB").unwrap(),
            division: ["England", "Greater London", "Southwark"],
            street: "Peckham",
            detail: "Rear of the Old Cotton Mill Courtyard between Bournemouth Road and Copeland Industrial Park",
        },
        People {
            name: "Александр Преображенский-Воскресенский",
            phone: "+7 912 345-67-89",
            country: Country::new(*b"RU").unwrap(),
            division: ["Ханты-Мансийский автономный округ", "Нижневартовск", ""],
            street: "улица Маршала Жукова",
            detail: "за торговым центром у железнодорожного переезда, вход со двора",
        },
    ]
}

fn payload(length: usize) -> String {
    let body = "6BFOXN%TSMAHN-HX2MV44Z8A./K1U9BE$7P*QW0RJ3+DY5GILC:S";
    format!("WS1:{}", body.chars().cycle().take(length - 4).collect::<String>())
}

#[test]
fn every_label_keeps_to_its_page_and_its_zones() {
    let (mut drawn, mut cases) = (0, 0);
    let mut sample = Sample::unless_optimised(7);
    for template in ["", "footer = \"\"\nsignature = \"\"\nhub = false\n", "symbol_mm = 24.0\nbadge = \"\"\n"]
    {
        let template = Template::parse(template).unwrap();
        for size in [Page::SMALL, Page::MEDIUM, Page::LARGE] {
            for dpi in [Dpi::D203, Dpi::D300] {
                let mut composer = Composer::new(&template, Page::new(size, dpi), Vec::new()).unwrap();
                for (at, recipient) in people().iter().enumerate() {
                    for (chars, sender, waybill) in [
                        (121, None, "YT8866203715418"),
                        (154, Some(&people()[(at + 1) % 5]), "JD0037509151480-1-3-"),
                        (220, Some(recipient), "SF1304857296031"),
                        (310, Some(&people()[2]), "SF1304857296031"),
                    ] {
                        if !sample.takes() {
                            continue;
                        }
                        cases += 1;
                        let (recipient, sender) = (recipient.person(), sender.map(People::person));
                        let summary = Summary::new(&recipient, sender.as_ref()).unwrap();
                        let show = |text| summary.show(text, &recipient, sender.as_ref());
                        let hard = at % 2 == 1;
                        let content = Content {
                            waybill,
                            routing: (!hard).then(|| show("755-A12-008")),
                            hub: Some(show(if hard { "" } else { "华南转运中心 → 南山" })),
                            summary: &summary,
                            payload: &payload(chars),
                            handle: "7K3QX9M2TD",
                            goods: show(if hard {
                                "手工编织羊毛围巾与配套礼盒，共两件"
                            } else {
                                ""
                            }),
                            remark: show(if hard { "易碎，轻放；请勿重压" } else { "" }),
                            piece: None,
                            payment: None,
                            day: "2026-11-24",
                        };
                        let case = format!("{size:?} at {dpi:?}, {chars} characters, person {at}");
                        match composer.compose(&content) {
                            Ok(label) => {
                                holds(&label, &case);
                                drawn += 1;
                            }
                            // Content that does not fit is refused, never truncated; usual content fits.
                            Err(ComposeError::NoFit(_)) if template.symbol_mm < 26.0 => {}
                            Err(ComposeError::Symbol) if size == Page::SMALL && chars == 310 => {}
                            Err(error) => panic!("{case}: {error}"),
                        }
                    }
                }
            }
        }
    }
    assert!(10 * drawn > 7 * cases && cases > 50, "{drawn} of {cases}");
}

/// A text of which sixty characters are printed.
const LONG: People = People {
    name: "欧阳修远",
    phone: "0851-86543212",
    division: ["贵州省", "黔西南布依族苗族自治州", "兴义市"],
    street: "桔山街道",
    detail: "瑞金大道北段峰林国际商贸城万峰大道桔园新村金州体育中心富康花园阳光未来城市广场B座1203室",
    ..EASY
};

fn content<'a>(summary: &'a Summary, routing: bool, payload: &'a str) -> Content<'a> {
    let (person, nothing) = (EASY.person(), None);
    let plain = |text| summary.show(text, &person, nothing);
    Content {
        waybill: "YT8866203715418",
        routing: routing.then(|| plain("755-A12-008")),
        hub: None,
        summary,
        payload,
        handle: "7K3QX9M2TD",
        goods: plain(""),
        remark: plain(""),
        piece: None,
        payment: None,
        day: "2026-11-24",
    }
}

#[test]
fn sixty_characters_of_sender_and_of_recipient_fit_every_label() {
    let template = Template::default();
    let summary = Summary::new(&LONG.person(), Some(&LONG.person())).unwrap();
    let sender = &*summary.sender().unwrap().address;
    assert_eq!(sender.trim_end_matches('*').chars().count(), 60, "{sender}");
    let easy = Summary::new(&EASY.person(), Some(&EASY.person())).unwrap();
    let payload = payload(154);
    for size in [Page::SMALL, Page::MEDIUM, Page::LARGE] {
        for dpi in [Dpi::D203, Dpi::D300] {
            let mut composer = Composer::new(&template, Page::new(size, dpi), Vec::new()).unwrap();
            let before = composer.compose(&content(&easy, true, &payload)).unwrap().canvas.bits().to_vec();
            for routing in [true, false] {
                let case = format!("{size:?} at {dpi:?}, routing {routing}");
                let long = content(&summary, routing, &payload);
                let label = composer.compose(&long).unwrap_or_else(|error| panic!("{case}: {error}"));
                holds(&label, &case);
                let said: String = texts(&label).into_iter().map(|(_, text)| text).collect();
                assert_eq!(said.matches(sender).count(), 2, "{case}: {said}");
                let least = label.drawing.runs().iter().map(|run| f32::from(run.px)).fold(f32::MAX, f32::min);
                assert!(least >= 2.4 * dpi.dots_per_mm(), "{case}: {least} dots to the em");
                assert_eq!(composer.sketch(&long).unwrap().missing, 0, "{case}");
            }
            // The next label has its usual zones again.
            let after = composer.compose(&content(&easy, true, &payload)).unwrap();
            assert!(after.canvas.bits() == before, "{size:?} at {dpi:?}");
        }
    }
}

/// Numbers of 6 to 34 characters, about the most that labels take: digits, and letters as wide as there are.
fn numbers() -> impl Iterator<Item = String> {
    [6, 14, 18, 19, 20, 21, 26, 29, 30, 34].into_iter().flat_map(|length| {
        let of = |letters: &'static str| letters.chars().cycle().take(length).collect::<String>();
        ["1234567890", "W0"].map(of)
    })
}

#[test]
fn a_waybill_number_is_whole_with_its_bars_or_the_label_that_it_needs_is_named() {
    let (easy, payload) = (Summary::new(&EASY.person(), None).unwrap(), payload(154));
    let (mut drawn, mut refused) = (0, 0);
    let mut sample = Sample::unless_optimised(3);
    for template in ["", "footer = \"\"\nhub = false\n"] {
        let template = Template::parse(template).unwrap();
        for size in [(70, 125), Page::SMALL, Page::MEDIUM, (114, 150)] {
            for dpi in [Dpi::D203, Dpi::D300] {
                let mut composer = Composer::new(&template, Page::new(size, dpi), Vec::new()).unwrap();
                for waybill in numbers() {
                    if !sample.takes() {
                        continue;
                    }
                    let case = format!("{waybill} on {size:?} at {dpi:?}");
                    let content = Content { waybill: &waybill, ..content(&easy, true, &payload) };
                    // What docs/waybills.md says.
                    let most = match size.0 {
                        _ if waybill.starts_with('1') => 34,
                        70 => 18,
                        76 => 20,
                        100 => 29,
                        _ => 34,
                    };
                    let least_mm = match composer.compose(&content) {
                        Ok(label) => {
                            assert!(label.bars.module as f32 >= 0.249 * dpi.dots_per_mm(), "{case}");
                            assert!(waybill.len() <= most, "{case}");
                            holds(&label, &case);
                            let spaced = |text: &str| text.replace(' ', "");
                            let run = label
                                .drawing
                                .runs()
                                .iter()
                                .find(|run| spaced(label.drawing.text(run)) == waybill);
                            let run = run.unwrap_or_else(|| panic!("{case}: no number"));
                            assert!(f32::from(run.px) >= 2.4 * dpi.dots_per_mm(), "{case}: {}", run.px);
                            drawn += 1;
                            continue;
                        }
                        Err(ComposeError::Bars { least_mm }) => least_mm,
                        Err(error) => panic!("{case}: {error}"),
                    };
                    // As said, and not a millimetre less.
                    assert!(least_mm > size.0 && waybill.len() > most, "{case}: {least_mm}");
                    let fits = |width| {
                        let page = Page::new((width, 150), dpi);
                        Composer::new(&template, page, Vec::new()).unwrap().sketch(&content).is_ok()
                    };
                    assert!(fits(least_mm) && !fits(least_mm - 1), "{case}: {least_mm}");
                    refused += 1;
                }
            }
        }
    }
    assert!(drawn > 70 && refused > 12, "{drawn} {refused}");
}

#[test]
fn a_sender_that_fits_no_zone_is_refused_and_never_cut() {
    let detail = "峰林国际商贸物流产业园区".repeat(12);
    let long = People { detail: detail.as_str().to_owned().leak(), ..LONG };
    let summary = Summary::new(&EASY.person(), Some(&long.person())).unwrap();
    let mut composer =
        Composer::new(&Template::default(), Page::new(Page::SMALL, Dpi::D203), Vec::new()).unwrap();
    let payload = payload(154);
    let refused = Some(ComposeError::TooLong(Zone::Sender));
    assert_eq!(composer.compose(&content(&summary, true, &payload)).err(), refused);
    assert_eq!(composer.sketch(&content(&summary, true, &payload)).err(), refused);
}

#[test]
fn the_lowest_label_has_all_of_its_zones_on_the_page() {
    let (easy, payload) = (Summary::new(&EASY.person(), Some(&EASY.person())).unwrap(), payload(154));
    for dpi in [Dpi::D203, Dpi::D300] {
        let mut composer =
            Composer::new(&Template::default(), Page::new((76, 125), dpi), Vec::new()).unwrap();
        holds(&composer.compose(&content(&easy, true, &payload)).unwrap(), "76 × 125 mm");
    }
}

/// Goods, remarks and routing codes of every length: what stood on a label whose code has a small box stands on one whose
/// code has all the room.
#[test]
fn no_text_drops_off_a_label_for_the_codes_sake() {
    let words = "手工编织羊毛围巾与配套礼盒，内附保养说明书；请勿重压，易碎轻放，当面验收后签字，谢谢";
    let long = |chars: usize| &*words.chars().cycle().take(chars).collect::<String>().leak();
    let (person, payload) = (EASY.person(), payload(154));
    let summary = Summary::new(&person, Some(&person)).unwrap();
    let show = |text| summary.show(text, &person, Some(&person));
    let (mut large, mut small, mut neither) = (0, 0, 0);
    for size in [(70, 125), Page::SMALL, Page::MEDIUM] {
        let of = |template: &str| {
            let template = Template::parse(template).unwrap();
            Composer::new(&template, Page::new(size, Dpi::D203), Vec::new()).unwrap()
        };
        let (mut texts, mut code) = (of("symbol_mm = 26.0\n"), of(""));
        for (goods, remark) in [(4, 8), (20, 20), (44, 10), (10, 60), (90, 0), (60, 60), (90, 90), (120, 160)]
        {
            for routing in ["755-A12-008", "粤港澳大湾区深圳南山集散中心"] {
                let (goods, remark) = (long(goods), long(remark));
                let content = Content {
                    goods: show(goods),
                    remark: show(remark),
                    routing: Some(show(routing)),
                    ..content(&summary, true, &payload)
                };
                let before = texts.sketch(&content).is_ok();
                let case = format!("{size:?}: {goods}, {remark}, {routing}");
                match code.compose(&content) {
                    Ok(label) => {
                        holds(&label, &case);
                        let least = symbol::choose(154, 26_000, 203).unwrap();
                        assert!(label.symbol.choice.dots >= least.dots, "{case}");
                        let roomy = label.symbol.choice.side_dots() > 208;
                        *if roomy { &mut large } else { &mut small } += 1;
                    }
                    Err(_) => {
                        assert!(!before, "{case} is refused for the code's sake");
                        neither += 1;
                    }
                }
            }
        }
    }
    assert!(large > 15 && small > 2 && neither > 3, "{large} {small} {neither}");
}
