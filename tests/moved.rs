//! The bar code that belongs to a label: own ones confirmed, moved codes found, and nobody else's taken for it, over generated
//! pictures of every layout.

use crate::common::station::Place;
use image::imageops;
use image::{GrayImage, Luma};
use wayseal::label::{Composer, Content, Dpi, Page, Template, code128};
use wayseal::read::beside;
use wayseal::read::image::Gray;
use wayseal::record::Country;
use wayseal::summary::{Person, Summary};

const PERSON: Person<'_> = Person {
    name: "王芳",
    phone: "13812345678",
    country: Country::CN,
    postcode: "",
    division: ["浙江省", "绍兴市", "新昌县"],
    street: "羽林街道",
    detail: "天峰东湾58号",
};

/// A label's number and the text of its QR code.
struct Sealed {
    number: String,
    text: String,
}

/// Labels of a station, as many as are needed.
fn sealed(count: u64) -> Vec<Sealed> {
    let place = Place::new(&[], None);
    (1..=count)
        .map(|number| Sealed { number: format!("YT{number:013}"), text: place.label(number, 12, "王芳") })
        .collect()
}

/// One way in which labels are laid out.
#[derive(Clone, Copy, Debug)]
struct Layout {
    template: &'static str,
    size: Page,
    sender: bool,
}

fn layouts() -> Vec<Layout> {
    let templates = ["", "hub = false\nfooter = \"\"\n", "symbol_mm = 29.0\n"];
    let sizes = [Page::SMALL, Page::MEDIUM, Page::LARGE]
        .into_iter()
        .flat_map(|size| [Dpi::D203, Dpi::D300].map(|dpi| Page::new(size, dpi)));
    sizes
        .flat_map(|size| templates.map(|template| (template, size)))
        .flat_map(|(template, size)| [true, false].map(|sender| Layout { template, size, sender }))
        .collect()
}

/// A label whose bar code has one number and whose QR code another's text.
fn draw(layout: &Layout, number: &str, text: &str) -> GrayImage {
    let template = Template::parse(layout.template).unwrap();
    let mut composer = Composer::new(&template, layout.size, Vec::new()).unwrap();
    let sender = layout.sender.then_some(&PERSON);
    let summary = Summary::new(&PERSON, sender).unwrap();
    let show = |text| summary.show(text, &PERSON, sender);
    let content = Content {
        waybill: number,
        routing: Some(show("755-A12-008")),
        hub: Some(show("华南转运中心 → 南山")),
        summary: &summary,
        payload: text,
        handle: "7K3QX9M2TD",
        goods: show(""),
        remark: show(""),
        piece: None,
        payment: None,
        day: "2026-11-24",
    };
    let label = composer.compose(&content).unwrap();
    let canvas = label.canvas;
    GrayImage::from_fn(canvas.width() as u32, canvas.height() as u32, |x, y| {
        let byte = canvas.bits()[y as usize * canvas.stride() + x as usize / 8];
        Luma([if byte >> (7 - x % 8) & 1 == 1 { 0 } else { 255 }])
    })
}

/// The layout with a larger symbol: its box, bar code and symbol in millimetres from the left and the top, at 8 dots each.
fn large(narrow: bool, number: &str, text: &str) -> GrayImage {
    use wayseal::symbol::{EcLevel, MaskPattern, Symbol, Version};
    let (width, height, across, bars_y, x, y) =
        if narrow { (76, 130, 32.5, 38.0, 54.5, 99.0) } else { (100, 150, 36.0, 44.0, 76.8, 117.0) };
    let version = Version::new(if text.len() > 121 { 6 } else { 5 }).unwrap();
    let symbol = Symbol::encode(text.as_bytes(), version, EcLevel::M, MaskPattern::DEFAULT).unwrap();
    let dots = (across * 8.0 / symbol.size() as f32) as i64;
    let mut page = GrayImage::from_pixel(width * 8, height * 8, Luma([255]));
    let mut fill = |left: i64, top: i64, wide: i64, tall: i64| {
        for y in top..top + tall {
            for x in left..left + wide {
                page.put_pixel(x as u32, y as u32, Luma([0]));
            }
        }
    };
    let side = symbol.size() as i64 * dots;
    let (left, top) = ((x * 8.0) as i64 - side / 2, (y * 8.0) as i64 - side / 2);
    for row in 0..symbol.size() {
        for column in 0..symbol.size() {
            if symbol.is_dark(column, row) {
                fill(left + column as i64 * dots, top + row as i64 * dots, dots, dots);
            }
        }
    }
    let bars = code128::encode(number).unwrap();
    let module = if narrow { 2 } else { 4 };
    let whole: i64 = bars.iter().map(|width| i64::from(*width) * module).sum();
    let mut at = i64::from(width) * 4 - whole / 2;
    for (index, wide) in bars.iter().enumerate() {
        let wide = i64::from(*wide) * module;
        if index % 2 == 0 {
            fill(at, (bars_y * 8.0) as i64 - 50, wide, 100);
        }
        at += wide;
    }
    page
}

/// A label on a grey table, with room around it.
fn on_a_table(label: &GrayImage, room: u32) -> GrayImage {
    let mut table = GrayImage::from_pixel(label.width() + 2 * room, label.height() + 2 * room, Luma([150]));
    imageops::replace(&mut table, label, room.into(), room.into());
    table
}

/// A picture turned by an angle, on white.
fn turned(picture: &GrayImage, degrees: f32) -> GrayImage {
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let (sin, cos) = degrees.to_radians().sin_cos();
    GrayImage::from_fn(picture.width(), picture.height(), |x, y| {
        let (x, y) = (x as f32 - width / 2.0, y as f32 - height / 2.0);
        let (x, y) = (x * cos + y * sin + width / 2.0, y * cos - x * sin + height / 2.0);
        if x < 0.0 || y < 0.0 || x >= width - 1.0 || y >= height - 1.0 {
            return Luma([255]);
        }
        let (left, top) = (x as u32, y as u32);
        let (right, lower) = (x.fract(), y.fract());
        let at = |x: u32, y: u32| f32::from(picture.get_pixel(x, y).0[0]);
        let upper = at(left, top) * (1.0 - right) + at(left + 1, top) * right;
        let below = at(left, top + 1) * (1.0 - right) + at(left + 1, top + 1) * right;
        Luma([(upper * (1.0 - lower) + below * lower) as u8])
    })
}

fn printed(picture: &GrayImage, text: &str) -> Option<String> {
    let gray = Gray { width: picture.width(), height: picture.height(), pixels: picture.as_raw().clone() };
    beside::printed(&gray, &[text]).remove(0)
}

/// Every way a label is photographed here: straight, smaller, turned by quarters and by a little.
fn views(label: &GrayImage) -> Vec<(String, GrayImage)> {
    let table = on_a_table(label, 120);
    let small = |share: f32| {
        let size = |side: u32| (side as f32 * share) as u32;
        imageops::resize(&table, size(table.width()), size(table.height()), imageops::FilterType::Triangle)
    };
    vec![
        ("straight".into(), table.clone()),
        ("at 70 %".into(), small(0.7)),
        ("at 140 %".into(), small(1.4)),
        ("by 90°".into(), imageops::rotate90(&table)),
        ("by 180°".into(), imageops::rotate180(&table)),
        ("by 270°".into(), imageops::rotate270(&table)),
        ("by 7°".into(), turned(&table, 7.0)),
        ("by -20°".into(), turned(&table, -20.0)),
    ]
}

#[test]
fn a_moved_code_is_found_and_a_label_is_never_accused_whatever_its_layout() {
    let labels = sealed(12);
    let (mut own, mut moved) = ((0, 0), (0, 0));
    let mut judge = |case: &str, picture: &GrayImage, bars: &Sealed, code: &Sealed| {
        let number = printed(picture, &code.text);
        let count = if bars.number == code.number { &mut own } else { &mut moved };
        count.1 += 1;
        match number {
            Some(number) => {
                assert_eq!(number, bars.number, "{case}");
                count.0 += 1;
            }
            None => eprintln!("not compared: {case}"),
        }
    };
    let mut at = 0;
    let mut next = || {
        at += 1;
        (&labels[at % 12], &labels[(at * 5 + 3) % 12])
    };
    for layout in layouts() {
        let (one, other) = next();
        judge(&format!("{layout:?}, own"), &on_a_table(&draw(&layout, &one.number, &one.text), 80), one, one);
        let picture = on_a_table(&draw(&layout, &other.number, &one.text), 80);
        judge(&format!("{layout:?}, moved"), &picture, other, one);
    }
    for narrow in [true, false] {
        for (_, bars, code) in (0..3)
            .flat_map(|_| [(), ()].map(|()| next()))
            .flat_map(|(one, other)| [(0, one, one), (1, other, one)])
        {
            let label = large(narrow, &bars.number, &code.text);
            for (view, picture) in views(&label) {
                judge(&format!("large symbol, narrow {narrow}, {view}"), &picture, bars, code);
            }
        }
    }
    let usual = Layout { template: "", size: Page::MEDIUM, sender: true };
    let small = Layout { size: Page::SMALL, ..usual };
    for layout in [usual, small] {
        let (one, other) = next();
        for (view, picture) in views(&draw(&layout, &other.number, &one.text)) {
            judge(&format!("{:?}, {view}", layout.size), &picture, other, one);
        }
    }
    eprintln!("own {own:?}, moved {moved:?}");
    assert!(moved.1 >= 100, "{moved:?}");
    assert_eq!(moved.0, moved.1, "moved codes found");
    assert_eq!(own.0, own.1, "own bar codes confirmed");
}
