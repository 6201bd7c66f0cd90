//! Synthetic photographs of real labels: nineteen defects of print and camera in five severities. Equal seeds give
//! equal frames.

use crate::random::Random;
use crate::sheet::{Hills, Sheet};
use wayseal::keys::{Alias, Generation, Region, Site};
use wayseal::label::{Composer, Content, Dpi, Page, Template};
use wayseal::payload::{ContactClass, HEADER_MAX, Header, PREFIX, Payload, SIZES, Waybill, base45};
use wayseal::read::image::Gray;
use wayseal::record::Country;
use wayseal::summary::{Person, Shown, Summary};
use wayseal::symbol::Choice;

/// A defect: its name, and whether it comes from the printer or the parcel instead of the camera.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Defect(pub &'static str, pub bool);

pub const KINDS: [Defect; 19] = [
    Defect("dead_dots", true),
    Defect("density_high", true),
    Defect("density_low", true),
    Defect("scratches", true),
    Defect("smear", true),
    Defect("wrinkle", true),
    Defect("stain", true),
    Defect("torn_corner", true),
    Defect("speckle", true),
    Defect("defocus", false),
    Defect("motion", false),
    Defect("noise", false),
    Defect("shadow", false),
    Defect("glare", false),
    Defect("perspective", false),
    Defect("rotation", false),
    Defect("low_resolution", false),
    Defect("jpeg", false),
    Defect("curved", false),
];

/// A frame and the text of its code.
pub struct Frame {
    pub picture: Gray,
    pub text: String,
}

/// Generates frames from composed labels.
pub struct Generator {
    composer: Composer,
    summary: Summary,
    /// The routing code, the hub, and the goods.
    texts: [Shown<'static>; 3],
    seed: u64,
}

/// Pixels of the print per millimetre: two per dot at 203 dpi.
const FINE: f32 = 16.0;
/// Size in pixels of the area around the symbol's centre.
const REACH: usize = 660;
/// Side of a frame in pixels.
const SIDE: usize = 480;

/// A symbol given explicitly, and the box in which it competes.
pub struct Given {
    /// Length of the payload in bytes.
    pub bytes: usize,
    /// Version, level and dots per module.
    pub choice: Choice,
    /// Side in micrometres of the area that is damaged and photographed, independent of the symbol's size.
    pub box_um: u32,
}

impl Generator {
    pub fn new(seed: u64) -> Self {
        Self::on(Page::new(Page::MEDIUM, Dpi::D203), seed)
    }

    /// A generator for labels of a page size.
    pub fn on(page: Page, seed: u64) -> Self {
        let composer = Composer::new(&Template::default(), page, Vec::new()).expect("the default template");
        let person = Person {
            name: "王小明",
            phone: "13812345678",
            country: Country::CN,
            postcode: "",
            division: ["广东省", "深圳市", "南山区"],
            street: "粤海街道",
            detail: "科技园路18号阳光花园3栋2单元401",
        };
        let summary = Summary::new(&person, Some(&person)).expect("a person of the samples");
        let show = |text| summary.show(text, &person, Some(&person));
        let texts = ["755-A12-008", "深圳南山转运中心", "日用品"].map(show);
        Self { composer, summary, texts, seed }
    }

    /// The frame `index` of a defect, with a severity from 1 to 5.
    pub fn frame(&mut self, kind: usize, severity: usize, index: usize) -> Frame {
        self.make(kind, severity, index, None)
    }

    /// The same with a given symbol. Defects and camera depend on the box only.
    pub fn frame_of(&mut self, kind: usize, severity: usize, index: usize, given: &Given) -> Frame {
        self.make(kind, severity, index, Some(given))
    }

    fn make(&mut self, kind: usize, severity: usize, index: usize, given: Option<&Given>) -> Frame {
        let place = (kind * 8 + severity) as u64 * 100_003 + index as u64;
        let mut random = Random::new(self.seed.wrapping_mul(0xd134_2543_de82_ef95) ^ place << 20);
        random.next();
        let (mut sheet, text, side) = self.print(&mut random, given);
        let name = KINDS[kind].0;
        damage(&mut sheet, name, severity, side, &mut random);
        let picture = photograph(&sheet, name, severity, side, &mut random);
        Frame { picture, text }
    }

    /// A label with a random payload, the symbol in the centre; its text, and the side of the symbol or of its box
    /// in pixels.
    fn print(&mut self, random: &mut Random, given: Option<&Given>) -> (Sheet, String, f32) {
        // Most addresses fit the two smaller payload sizes.
        let usual = SIZES[[0, 1, 1, 1, 2, 2, 0, 1, 2, 3][random.below(10)]];
        let size = given.map_or(usual, |given| given.bytes);
        let digits: String = (0..13).map(|_| char::from(b'0' + random.below(10) as u8)).collect();
        let waybill = format!("SF1{}", &digits[..12]);
        let header = Header {
            generation: Generation::EVEN,
            contact: ContactClass::new(1).expect("six bytes"),
            day_low: random.below(512) as u16,
            region: Region::new(random.below(4096) as u16).expect("12 bits"),
            site: Site::new(random.below(4096) as u16).expect("12 bits"),
            alias: Alias::new(random.below(1 << 24) as u32).expect("24 bits"),
            waybill: Waybill::parse(&waybill).expect("a waybill's shape"),
            salt: std::array::from_fn(|_| random.next() as u8),
        };
        let mut bytes: Vec<u8> = (0..size + HEADER_MAX).map(|_| random.next() as u8).collect();
        header.write(&mut bytes);
        let mut body = [0; 320];
        let length = base45::encode(&bytes[..size], &mut body);
        let text = format!("{PREFIX}{}", std::str::from_utf8(&body[..length]).expect("Base45 is ASCII"));
        let payload = Payload::parse(text.as_bytes()).expect("a payload that parses");

        let content = Content {
            waybill: &waybill,
            routing: Some(self.texts[0]),
            hub: Some(self.texts[1]),
            summary: &self.summary,
            payload: &text,
            handle: &payload.handle().printed(),
            goods: self.texts[2],
            remark: Shown::default(),
            piece: None,
            payment: None,
            day: "2026-11-24",
        };
        let label = match given {
            Some(given) => self.composer.compose_with(&content, given.choice),
            None => self.composer.compose(&content),
        };
        let label = label.expect("it fits the label");
        let canvas = label.canvas;
        let dots_mm = label.page.dpi.dots_per_mm();
        let black = |x: f32, y: f32| {
            let (x, y) = (x as usize, y as usize);
            canvas.bits()[y * canvas.stride() + x / 8] >> (7 - x % 8) & 1 == 1
        };
        let dots = label.symbol.choice.side_dots() as i32;
        let (cx, cy) = ((label.symbol.x + dots / 2) as f32, (label.symbol.y + dots / 2) as f32);
        let side = 2 * REACH;
        let (ink, paper) = (random.range(20.0, 60.0), random.range(195.0, 240.0));
        let (height, width) = (canvas.height() as f32, canvas.width() as f32);
        // A pixel lies within one dot or overlaps several.
        let dot = dots_mm / FINE;
        let taps = if dot.recip().fract() == 0.0 { 1 } else { 4 };
        let at = |pixel: usize, tap: usize| {
            ((pixel as f32 - REACH as f32 + (tap as f32 + 0.5) / taps as f32) * dot).floor()
        };
        let value = |x: f32, y: f32| {
            if x < 0.0 || y < 0.0 || x >= width || y >= height {
                // The cardboard around the label.
                150.0
            } else if black(x, y) {
                ink
            } else {
                paper
            }
        };
        let pixels = (0..side * side)
            .map(|place| {
                let (x, y) = (place % side, place / side);
                let total: f32 =
                    (0..taps * taps).map(|tap| value(cx + at(x, tap % taps), cy + at(y, tap / taps))).sum();
                total / (taps * taps) as f32
            })
            .collect();
        let across = given.map_or(dots as f32 / dots_mm, |given| given.box_um as f32 / 1000.0);
        (Sheet { side, pixels }, text, across * FINE)
    }
}

/// Defects of printer and transport. Lengths are in pixels of the print, two per dot.
fn damage(sheet: &mut Sheet, name: &str, severity: usize, symbol: f32, random: &mut Random) {
    let s = severity as f32;
    let middle = sheet.side as f32 / 2.0;
    let (low, high) = (middle - symbol / 2.0, middle + symbol / 2.0);
    let paper = 225.0;
    match name {
        // A dead heating element leaves a white line along the paper.
        "dead_dots" => {
            let lines = 2 + 4 * severity;
            for _ in 0..lines {
                let x = random.range(low, high);
                let width = if random.unit() < 0.15 * s { 4.0 } else { 2.0 };
                let x = (x / 2.0).floor() * 2.0;
                sheet.each(|px, _, pixel| {
                    if px >= x && px < x + width {
                        *pixel = pixel.max(paper);
                    }
                });
            }
        }
        "density_high" => sheet.morph(0.7 * s, true),
        "density_low" => {
            sheet.morph(0.6 * s, false);
            let hills = Hills::new(random, 60.0);
            sheet.each(|x, y, pixel| {
                *pixel += (paper - *pixel) * (0.09 * s + 0.04 * s * hills.at(x, y)).clamp(0.0, 0.9);
            });
        }
        "scratches" => {
            for _ in 0..3 * severity {
                let from = [random.range(low, high), random.range(low, high)];
                let angle = random.range(0.0, std::f32::consts::TAU);
                let length = random.range(0.4, 1.2) * symbol;
                let to = [from[0] + angle.cos() * length, from[1] + angle.sin() * length];
                let value = if random.unit() < 0.7 { paper } else { 60.0 };
                let width = random.range(2.0, 4.0 + 1.5 * s);
                sheet.stroke(from, to, width, value);
            }
        }
        // Ink smeared along the paper.
        "smear" => {
            let reach = (5.0 * s) as usize;
            let side = sheet.side;
            let band = (random.range(low, middle), random.range(0.3, 0.7) * symbol);
            for x in 0..side {
                if (x as f32) < band.0 || x as f32 > band.0 + band.1 {
                    continue;
                }
                let mut held = paper;
                for y in 0..side {
                    let pixel = &mut sheet.pixels[y * side + x];
                    if *pixel < held {
                        held = *pixel;
                    } else {
                        held += (paper - held) / reach as f32;
                        *pixel = pixel.min(held + 25.0);
                    }
                }
            }
        }
        // A wrinkled ribbon leaves slanted stripes without ink.
        "wrinkle" => {
            for _ in 0..1 + severity {
                let x = random.range(low - 0.2 * symbol, high);
                let slope = random.range(-0.6, 0.6);
                let width = random.range(4.0, 5.0 + 5.0 * s);
                let wave = random.range(0.0, 6.0);
                sheet.each(|px, py, pixel| {
                    let centre = x + slope * (py - middle) + wave * (py / 40.0).sin();
                    if (px - centre).abs() < width / 2.0 {
                        *pixel = pixel.max(paper - 10.0);
                    }
                });
            }
        }
        "stain" => {
            for _ in 0..1 + severity / 2 {
                let (x, y) = (random.range(low, high), random.range(low, high));
                let radius = symbol * random.range(0.06, 0.07 + 0.035 * s);
                let hills = Hills::new(random, radius * 0.7);
                let (value, cover) = if random.unit() < 0.5 {
                    (random.range(30.0, 90.0), random.range(0.5, 0.7 + 0.06 * s))
                } else {
                    (random.range(180.0, 235.0), random.range(0.6, 0.8 + 0.04 * s))
                };
                sheet.each(|px, py, pixel| {
                    let distance = ((px - x).powi(2) + (py - y).powi(2)).sqrt();
                    if distance < radius * (1.0 + 0.4 * hills.at(px, py)) {
                        *pixel += (value - *pixel) * cover.min(1.0);
                    }
                });
            }
        }
        // A torn corner shows the surface below.
        "torn_corner" => {
            let (right, bottom) =
                [(false, false), (true, false), (false, true), (true, true)][random.below(4)];
            let corner = [if right { high } else { low }, if bottom { high } else { low }];
            let out = [if right { 1.0 } else { -1.0 }, if bottom { 1.0 } else { -1.0 }];
            let reach = symbol * (0.04 + 0.052 * s) * random.range(0.8, 1.2);
            let tilt = random.range(0.6, 1.5);
            let hills = Hills::new(random, 12.0);
            let under = if random.unit() < 0.5 { 150.0 } else { 235.0 };
            sheet.each(|px, py, pixel| {
                let (dx, dy) = ((corner[0] - px) * out[0], (corner[1] - py) * out[1]);
                if dx * tilt + dy / tilt < reach * 1.4 + 5.0 * hills.at(px, py) {
                    *pixel = under;
                }
            });
        }
        "speckle" => {
            let spots = (symbol * symbol * 0.0006 * s) as usize;
            for _ in 0..spots {
                let (x, y) = (random.range(low, high), random.range(low, high));
                let radius = random.range(1.0, 2.5 + 0.6 * s);
                let value = if random.unit() < 0.5 { 40.0 } else { paper };
                let reach = radius as i32 + 1;
                for oy in -reach..=reach {
                    for ox in -reach..=reach {
                        if ((ox * ox + oy * oy) as f32) < radius * radius {
                            let (px, py) = ((x as i32 + ox) as usize, (y as i32 + oy) as usize);
                            sheet.pixels[py * sheet.side + px] = value;
                        }
                    }
                }
            }
        }
        _ => {}
    }
}

/// The camera: projection, lens, light, sensor and file format.
fn photograph(sheet: &Sheet, name: &str, severity: usize, symbol: f32, random: &mut Random) -> Gray {
    let s = severity as f32;
    let is = |other: &str| name == other;
    // Width of the symbol in frame pixels: 3.5 to 6 per module.
    let mut across = random.range(170.0, 270.0);
    if is("low_resolution") {
        across = random.range(150.0, 165.0) - 20.0 * s;
    }
    let zoom = symbol / across;
    let mut turn = random.range(-0.2, 0.2);
    if is("rotation") {
        turn = random.range(0.0, std::f32::consts::TAU);
    }
    let tilt = if is("perspective") { 0.16 * s } else { random.range(0.0, 0.08) };
    let toward = random.range(0.0, std::f32::consts::TAU);
    let bend = if is("curved") { 0.22 * s } else { 0.0 };
    let offset = [random.range(-40.0, 40.0), random.range(-40.0, 40.0)];
    let (sin, cos) = turn.sin_cos();
    let (tsin, tcos) = toward.sin_cos();
    let middle = sheet.side as f32 / 2.0;
    let look = |x: f32, y: f32| {
        let x = (x - SIDE as f32 / 2.0 - offset[0]) * zoom;
        let y = (y - SIDE as f32 / 2.0 - offset[1]) * zoom;
        // Tilt about an axis: u is perpendicular to it, foreshortened, and farther away on one side.
        let (u, v) = (x * tcos + y * tsin, -x * tsin + y * tcos);
        let depth = 1.0 / (tilt.cos() - tilt.sin() * u / (symbol * 3.0)).max(0.15);
        let (u, v) = (u * depth, v * depth);
        let (mut x, y) = (u * tcos - v * tsin, u * tsin + v * tcos);
        if bend > 0.0 {
            // On a cylinder: x in the image corresponds to an arc length.
            let radius = symbol / (2.0 * bend);
            x = radius * (x / radius).clamp(-0.999, 0.999).asin();
        }
        (middle + x * cos - y * sin, middle + x * sin + y * cos)
    };
    let mut pixels = Vec::with_capacity(SIDE * SIDE);
    let taps = if zoom > 3.5 { 3 } else { 2 };
    for y in 0..SIDE {
        for x in 0..SIDE {
            let mut total = 0.0;
            for tap in 0..taps * taps {
                let part = |i: usize| (i as f32 + 0.5) / taps as f32 - 0.5;
                let (px, py) = look(x as f32 + part(tap % taps), y as f32 + part(tap / taps));
                total += sheet.at(px, py);
            }
            pixels.push(total / (taps * taps) as f32);
        }
    }
    let mut photo = Sheet { side: SIDE, pixels };
    let module = across / 45.0;
    photo.blur(if is("defocus") { module * (0.22 + 0.11 * s) } else { random.range(0.4, 0.8) });
    if is("motion") {
        photo.motion(module * (0.4 + 0.32 * s), random.range(0.0, std::f32::consts::PI));
    }
    light(&mut photo, name, s, across, random);
    let noise = if is("noise") { 9.0 * s } else { random.range(2.0, 4.0) };
    photo.each(|_, _, pixel| *pixel += noise * random.normal());
    let pixels: Vec<u8> = photo.pixels.iter().map(|value| value.clamp(0.0, 255.0) as u8).collect();
    let side = SIDE as u32;
    let pixels = if is("jpeg") { jpeg(pixels, [45, 25, 15, 9, 5][severity - 1]) } else { pixels };
    Gray { width: side, height: side, pixels }
}

fn light(photo: &mut Sheet, name: &str, s: f32, across: f32, random: &mut Random) {
    let middle = SIDE as f32 / 2.0;
    match name {
        "shadow" => {
            let angle = random.range(0.0, std::f32::consts::TAU);
            let (sin, cos) = angle.sin_cos();
            let edge = random.range(-0.3, 0.3) * across;
            let soft = random.range(3.0, 40.0);
            let dark = 1.0 - 0.17 * s;
            let slope = 0.1 * s / across;
            photo.each(|x, y, pixel| {
                let along = (x - middle) * cos + (y - middle) * sin;
                let part = 1.0 / (1.0 + (-(along - edge) / soft).exp());
                let gain = dark + (1.0 - dark) * part - slope * (along * 0.5).abs();
                *pixel *= gain.max(0.05);
            });
        }
        "glare" => {
            for _ in 0..1 + (s / 3.0) as usize {
                let (x, y) = (random.range(-0.45, 0.45) * across, random.range(-0.45, 0.45) * across);
                let (long, short) =
                    (random.range(0.06, 0.08 + 0.055 * s), random.range(0.05, 0.06 + 0.035 * s));
                let (sin, cos) = random.range(0.0, std::f32::consts::PI).sin_cos();
                photo.each(|px, py, pixel| {
                    let (dx, dy) = (px - middle - x, py - middle - y);
                    let (u, v) =
                        ((dx * cos + dy * sin) / (long * across), (dy * cos - dx * sin) / (short * across));
                    *pixel += 330.0 * (-(u * u + v * v)).exp();
                });
            }
        }
        // The other defects have ordinary light.
        _ => {
            let (gx, gy) = (random.range(-0.1, 0.1), random.range(-0.1, 0.1));
            let gain = random.range(0.75, 1.05);
            photo.each(|x, y, pixel| *pixel *= gain + gx * (x / middle - 1.0) + gy * (y / middle - 1.0));
        }
    }
}

/// Encodes and decodes as JPEG.
fn jpeg(pixels: Vec<u8>, quality: u8) -> Vec<u8> {
    let side = SIDE as u32;
    let mut file = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut file, quality)
        .encode(&pixels, side, side, image::ExtendedColorType::L8)
        .expect("a grey picture");
    image::load_from_memory(&file).expect("a JPEG of ours").into_luma8().into_raw()
}
