//! Fonts that somebody made: what they draw stays in its line, and off the codes.

use crate::common::command::printed;
use crate::common::print_room::{DAY, PrintRoom};
use std::fs;

/// A table's tag and content.
type Table = ([u8; 4], Vec<u8>);

/// A TrueType font (ISO/IEC 14496-22) of one outline for each letter of Devanagari, with `upem` units an em.
fn font(outline: &[(i16, i16)], upem: u16) -> Vec<u8> {
    let be =
        |values: &[i32]| values.iter().flat_map(|value| (*value as i16).to_be_bytes()).collect::<Vec<u8>>();
    let least = |of: fn(&(i16, i16)) -> i16| i32::from(outline.iter().map(of).min().unwrap());
    let most = |of: fn(&(i16, i16)) -> i16| i32::from(outline.iter().map(of).max().unwrap());
    let bounds = [least(|p| p.0), least(|p| p.1), most(|p| p.0), most(|p| p.1)];
    // One contour of points on the curve, with two bytes a coordinate.
    let mut glyph = be(&[1, bounds[0], bounds[1], bounds[2], bounds[3], outline.len() as i32 - 1, 0]);
    glyph.extend(outline.iter().map(|_| 1u8));
    for axis in [|p: &(i16, i16)| p.0, |p: &(i16, i16)| p.1] {
        let mut before = 0;
        for point in outline {
            glyph.extend(axis(point).wrapping_sub(before).to_be_bytes());
            before = axis(point);
        }
    }
    glyph.resize(glyph.len().next_multiple_of(4), 0);
    // Every letter has the same glyph: cmap format 13.
    let (first, last) = (0x0901_u32, 0x097f_u32);
    let mut cmap = Vec::new();
    cmap.extend(be(&[0, 1, 3, 10]));
    cmap.extend(12u32.to_be_bytes());
    cmap.extend(be(&[13, 0]));
    for value in [16 + 12, 0, 1, first, last, 1] {
        cmap.extend(value.to_be_bytes());
    }
    let mut head = be(&[0, 1, 0, 0, 0, 0]);
    head.extend(0x5f0f_3cf5_u32.to_be_bytes());
    head.extend(be(&[0, i32::from(upem), 0, 0, 0, 0, 0, 0, 0, 0]));
    head.extend(be(&bounds));
    head.extend(be(&[0, 8, 2, 1, 0]));
    let mut hhea = be(&[1, 0, 800, -200, 0, 500, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
    hhea.extend(2u16.to_be_bytes());
    let mut maxp = be(&[1, 0, 2, outline.len() as i32, 1, 0, 0, 2]);
    maxp.resize(32, 0);
    let mut loca = Vec::new();
    [0, 0, glyph.len() as u32].iter().for_each(|at| loca.extend(at.to_be_bytes()));
    let advance = i32::from(upem) / 2;
    let tables: [Table; 7] = [
        (*b"cmap", cmap),
        (*b"glyf", glyph),
        (*b"head", head),
        (*b"hhea", hhea),
        (*b"hmtx", be(&[advance, 0, advance, 0])),
        (*b"loca", loca),
        (*b"maxp", maxp),
    ];
    let mut file = 0x0001_0000_u32.to_be_bytes().to_vec();
    file.extend(be(&[tables.len() as i32, 64, 2, 48]));
    let mut at = 12 + 16 * tables.len();
    for (tag, content) in &tables {
        file.extend(tag);
        [0, at as u32, content.len() as u32].iter().for_each(|value| file.extend(value.to_be_bytes()));
        at += content.len().next_multiple_of(4);
    }
    for (_, content) in &tables {
        file.extend(content);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    file
}

/// A font of squares of half an em.
pub fn simple() -> Vec<u8> {
    font(&[(0, 0), (0, 500), (400, 500), (400, 0)], 1000)
}

/// What a hostile font draws for each letter: a square of many ems, a bar across the page, one far below, a needle.
fn hostile() -> [(&'static str, Vec<u8>); 4] {
    [
        ("square", font(&[(-30000, -30000), (-30000, 30000), (30000, 30000), (30000, -30000)], 1000)),
        ("bar", font(&[(-3900, 0), (-3900, 400), (3900, 400), (3900, 0)], 1000)),
        ("below", font(&[(0, -3900), (0, 900), (900, 900), (900, -3900)], 1000)),
        ("tiny units", font(&[(-30000, -30000), (-30000, 30000), (30000, 30000), (30000, -30000)], 16)),
    ]
}

const ORDER: &str = "waybill,station,name,phone,province,city,district,detail\n\
                     YT8800123456789,SZ-NS-012,खगघङ,13712340987,广东省,深圳市,南山区,कखगघ 9 号楼 1501 室\n";

#[test]
fn a_font_that_paints_over_everything_leaves_the_codes_readable() {
    let room = PrintRoom::new();
    room.write("orders.csv", ORDER);
    room.write("simple.ttf", simple());
    for (name, bytes) in hostile() {
        room.write("hostile.ttf", bytes);
        for format in ["png", "svg", "pdf", "zpl", "tspl", "cpcl", "zpl-native", "tspl-native"] {
            // Each label of a given font is read back.
            let out = format!("{name}-{format}").replace(' ', "-");
            room.sealed(&["orders.csv", "--format", format, "--out", &out, "--font", "hostile.ttf"], 0);
        }
    }
}

/// Where nothing but a code may be, in dots of a label of 100 × 150 mm at 203 dpi: left, top, right and bottom.
const CODES: [[u32; 4]; 2] = [[100, 345, 700, 488], [452, 760, 768, 1080]];

/// A folder with lines of a given font beside both codes: the routing code above the bars, the remark to the left of the symbol.
fn beside_the_codes() -> PrintRoom {
    let room = PrintRoom::new();
    room.write("stations.csv", "code,region,site,divisions,routing\nSZ-NS-012,755,12,,खगघ\n");
    let remark = "कखगघङचछजझञटठडढणतथदधन".repeat(2);
    let header = "waybill,station,name,phone,province,city,district,detail,remark";
    let order = "YT8800123456789,SZ-NS-012,王芳,13712340987,广东省,深圳市,南山区,绿地 9 号楼 1501 室";
    room.write("orders.csv", format!("{header}\n{order},{remark}\n"));
    room.write("simple.ttf", simple());
    room
}

/// The file of the label in this format and with this font.
fn labelled(room: &PrintRoom, font: &str, format: &str) -> Vec<u8> {
    let out = format!("{font}-{format}");
    let own = ["seal", "orders.csv", "--day", DAY, "--grant", "sealer.grant", "--authority", "authority.pub"];
    let more = ["--stations", "stations.csv", "--font", font, "--format", format, "--out", &out];
    let sealed = room.command(&[&own[..], &more].concat()).output().unwrap();
    assert!(sealed.status.success(), "{font}: {}", printed(&sealed));
    fs::read(room.at(&format!("{out}/YT8800123456789.{format}"))).unwrap()
}

#[test]
fn no_dot_of_a_given_font_is_on_a_code() {
    let room = beside_the_codes();
    let codes = |font: &str| {
        let page = image::load_from_memory(&labelled(&room, font, "png")).unwrap().to_luma8();
        CODES.map(|[left, top, right, bottom]| {
            image::imageops::crop_imm(&page, left, top, right - left, bottom - top).to_image()
        })
    };
    let untouched = codes("simple.ttf");
    assert!(untouched.iter().all(|code| code.pixels().any(|dot| dot.0[0] == 0)), "no code is there");
    for (name, bytes) in hostile() {
        let font = format!("{name}.ttf").replace(' ', "-");
        room.write(&font, bytes);
        assert!(codes(&font) == untouched, "{name} paints on a code");
    }
}

#[test]
fn no_vector_of_a_given_font_is_on_a_code() {
    let room = beside_the_codes();
    for (name, bytes) in hostile() {
        let font = format!("{name}.ttf").replace(' ', "-");
        room.write(&font, bytes);
        let svg = String::from_utf8(labelled(&room, &font, "svg")).unwrap();
        let document = roxmltree::Document::parse(&svg).unwrap();
        let cuts: Vec<_> = document.descendants().filter(|node| node.has_tag_name("clipPath")).collect();
        assert!(cuts.len() > 1, "{name}: {svg}");
        for cut in cuts {
            let cut = cut.first_element_child().unwrap();
            let at = |name| cut.attribute(name).unwrap().parse::<i64>().unwrap();
            let (right, bottom) = (at("x") + at("width"), at("y") + at("height"));
            for code in CODES.map(|sides| sides.map(i64::from)) {
                let beside = right <= code[0] || code[2] <= at("x");
                assert!(beside || bottom <= code[1] || code[3] <= at("y"), "{name}: {cut:?} is on {code:?}");
            }
        }
    }
}

#[test]
fn a_font_that_keeps_to_its_line_is_not_cut() {
    let room = PrintRoom::new();
    room.write("orders.csv", ORDER);
    room.write("simple.ttf", simple());
    room.sealed(&["orders.csv", "--format", "svg", "--out", "labels", "--font", "simple.ttf"], 0);
    let svg = fs::read_to_string(room.at("labels/YT8800123456789.svg")).unwrap();
    assert!(svg.contains("id=\"g2-1\"") && !svg.contains("clipPath"), "{svg}");
}

#[test]
fn what_leaves_its_line_is_cut_in_vectors_too() {
    let room = PrintRoom::new();
    room.write("orders.csv", ORDER);
    for (name, bytes) in hostile() {
        room.write("hostile.ttf", bytes);
        let out = name.replace(' ', "-");
        room.sealed(&["orders.csv", "--format", "svg", "--out", &out, "--font", "hostile.ttf"], 0);
        let svg = fs::read_to_string(room.at(&format!("{out}/YT8800123456789.svg"))).unwrap();
        let document = roxmltree::Document::parse(&svg).unwrap();
        let drawn = document.descendants().filter(|node| node.has_tag_name("use"));
        let foreign: Vec<_> = drawn
            .filter(|node| {
                node.attribute(("http://www.w3.org/1999/xlink", "href"))
                    .is_some_and(|href| href.starts_with("#g2-"))
            })
            .collect();
        assert!(!foreign.is_empty(), "{name}");
        for glyph in foreign {
            assert!(glyph.ancestors().any(|node| node.attribute("clip-path").is_some()), "{name}: {svg}");
        }
    }
}
