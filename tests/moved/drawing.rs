//! Draws labels in every layout, and photographs of them: of a label whose code is another's, and of bar codes beside it.

use crate::common::station::Place;
use image::imageops;
use image::{GrayImage, Luma};
use wayseal::label::{Composer, Content, Dpi, Page, Template, code128};
use wayseal::record::Country;
use wayseal::summary::{Person, Summary};
use wayseal::symbol::{EcLevel, MaskPattern, Symbol, Version};

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
pub struct SealedText {
    pub number: String,
    pub text: String,
}

/// Labels of a station, as many as are needed.
pub fn sealed(count: u64) -> Vec<SealedText> {
    let place = Place::new(&[], None);
    (1..=count)
        .map(|number| SealedText {
            number: format!("YT{number:013}"), text: place.label(number, 12, "王芳")
        })
        .collect()
}

/// One way in which labels are laid out.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    pub template: &'static str,
    pub size: Page,
    pub sender: bool,
}

pub fn layouts() -> Vec<Layout> {
    let templates = ["", "hub = false\nfooter = \"\"\n", "symbol_mm = 29.0\n"];
    let sizes = [Page::SMALL, Page::MEDIUM, Page::LARGE].into_iter().map(|size| Page::new(size, Dpi::D203));
    sizes
        .flat_map(|size| templates.map(|template| (template, size)))
        .flat_map(|(template, size)| [true, false].map(|sender| Layout { template, size, sender }))
        .collect()
}

/// A label whose bar code has one number and whose QR code another's text.
pub fn draw(layout: &Layout, number: &str, text: &str) -> GrayImage {
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
pub fn large(narrow: bool, number: &str, text: &str) -> GrayImage {
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
    let module = if narrow { 3 } else { 4 };
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

/// A label with another's symbol glued over its own: turned by up to seven degrees and up to two millimetres aside.
pub fn glued(label: &GrayImage, other: &GrayImage, at: usize) -> GrayImage {
    let (width, height) = label.dimensions();
    // The symbol's column: on a narrow label it takes more of the width.
    let [left, top, across, tall] = if width < 700 { [44, 61, 53, 33] } else { [54, 64, 44, 31] };
    let (left, top) = (width * left / 100, height * top / 100);
    let cut = imageops::crop_imm(other, left, top, width * across / 100, height * tall / 100).to_image();
    let cut = turned(&cut, (at as f32 * 5.0) % 15.0 - 7.0);
    let mut label = label.clone();
    let aside = |at: usize| (at * 7 % 33) as i64 - 16;
    imageops::replace(&mut label, &cut, i64::from(left) + aside(at), i64::from(top) + aside(at + 3));
    label
}

/// A label on a grey table, with room around it.
pub fn on_a_table(label: &GrayImage, room: u32) -> GrayImage {
    let mut table = GrayImage::from_pixel(label.width() + 2 * room, label.height() + 2 * room, Luma([150]));
    imageops::replace(&mut table, label, room.into(), room.into());
    table
}

/// A picture turned by an angle, on white.
pub fn turned(picture: &GrayImage, degrees: f32) -> GrayImage {
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

/// A way in which a label is photographed here.
#[derive(Clone, Copy, Debug)]
pub enum View {
    Straight,
    /// Smaller or larger, in percent.
    Scaled(u32),
    /// Turned by quarters, clockwise.
    Quarters(u32),
    /// Turned by a little, in degrees.
    Turned(f32),
}

pub const VIEWS: [View; 8] = [
    View::Straight,
    View::Scaled(70),
    View::Scaled(140),
    View::Quarters(1),
    View::Quarters(2),
    View::Quarters(3),
    View::Turned(7.0),
    View::Turned(-20.0),
];

impl View {
    /// The label on a table, seen so.
    pub fn of(self, label: &GrayImage) -> GrayImage {
        let table = on_a_table(label, 120);
        match self {
            Self::Straight => table,
            Self::Scaled(percent) => {
                let size = |side: u32| side * percent / 100;
                let (width, height) = (size(table.width()), size(table.height()));
                imageops::resize(&table, width, height, imageops::FilterType::Triangle)
            }
            Self::Quarters(1) => imageops::rotate90(&table),
            Self::Quarters(2) => imageops::rotate180(&table),
            Self::Quarters(_) => imageops::rotate270(&table),
            Self::Turned(degrees) => turned(&table, degrees),
        }
    }
}

/// The bars of a number on a piece of white paper.
pub fn strip(number: &str, module: u32, tall: u32) -> GrayImage {
    let bars = code128::encode(number).unwrap();
    let whole: u32 = bars.iter().map(|width| u32::from(*width) * module).sum();
    let mut paper = GrayImage::from_pixel(whole + 20 * module, tall + 20, Luma([255]));
    let mut x = 10 * module;
    for (index, wide) in bars.iter().enumerate() {
        let wide = u32::from(*wide) * module;
        for x in x..x + wide {
            for y in 10..10 + tall {
                paper.put_pixel(x, y, Luma([if index % 2 == 0 { 0 } else { 255 }]));
            }
        }
        x += wide;
    }
    paper
}

/// Covers a label's own bar code, so that only others are to be read.
pub fn without_bars(label: &GrayImage) -> GrayImage {
    let mut covered = label.clone();
    let (width, height) = label.dimensions();
    for y in height / 5..height * 2 / 5 {
        for x in width / 10..width * 9 / 10 {
            covered.put_pixel(x, y, Luma([200]));
        }
    }
    covered
}

/// A bar code on a label of somebody else's layout: its number, where its centre is in millimetres, and whether it stands on end.
pub type Bars<'a> = (&'a str, f32, f32, bool);

/// A label of 100 × 150 mm at 8 dots each that is laid out in any way: a symbol of a side around a centre, in millimetres, and
/// bar codes wherever.
pub fn foreign(text: &str, (side, x, y): (f32, f32, f32), bars: &[Bars<'_>]) -> GrayImage {
    let version = Version::new(if text.len() > 121 { 6 } else { 5 }).unwrap();
    let symbol = Symbol::encode(text.as_bytes(), version, EcLevel::M, MaskPattern::DEFAULT).unwrap();
    let dots = (side * 8.0 / symbol.size() as f32) as u32;
    let mut page = GrayImage::from_pixel(800, 1200, Luma([255]));
    let mut code =
        GrayImage::from_pixel(symbol.size() as u32 * dots, symbol.size() as u32 * dots, Luma([255]));
    for (column, row, pixel) in code.enumerate_pixels_mut() {
        *pixel =
            Luma([if symbol.is_dark((column / dots) as usize, (row / dots) as usize) { 0 } else { 255 }]);
    }
    let mut put = |picture: &GrayImage, x: f32, y: f32| {
        let left = (x * 8.0) as i64 - i64::from(picture.width() / 2);
        imageops::replace(&mut page, picture, left, (y * 8.0) as i64 - i64::from(picture.height() / 2));
    };
    put(&code, x, y);
    for (number, x, y, is_on_end) in bars {
        let strip = strip(number, 3, 96);
        put(&if *is_on_end { imageops::rotate90(&strip) } else { strip }, *x, *y);
    }
    page
}
