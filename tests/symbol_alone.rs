//! QR codes without their labels, read by decoders that are not ours, with the masked fields of the label.

use crate::common::command::text;
use crate::common::print_room::PrintRoom;
use serde_json::Value;
use std::fs;
use std::io::Read as _;

const ORDERS: &str = "waybill,station,name,phone,province,city,district,detail,routing,hub,goods,remark,sender_name,sender_phone,sender_province,sender_city,sender_district,sender_detail\n\
    YT8800001000000,SZ-NS-012,王芳,15140260600,广东省,深圳市,南山区,绿地世纪城19-1-1900,755-A12-008,南山,衣服,轻放,李伟,13912345678,浙江省,杭州市,西湖区,文三路90号2栋301\n\
    YT8800001000001,SZ-NS-012,John Smith,15140260601,广东省,深圳市,南山区,科技园路1号8栋2单元1203,755-A12-008,,,,,,,,,\n";

/// Reads a picture with `rqrr`.
fn decoded(width: usize, height: usize, dark: impl Fn(usize, usize) -> bool) -> String {
    let mut image =
        rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| if dark(x, y) { 0 } else { 255 });
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1, "one symbol");
    grids[0].decode().unwrap().1
}

/// The symbol of a line's modules, six dots each with the quiet zone.
fn of_modules(line: &Value) -> String {
    let (size, quiet) = (line["size"].as_u64().unwrap() as usize, line["quiet"].as_u64().unwrap() as usize);
    let rows: Vec<&str> = line["rows"].as_array().unwrap().iter().map(|row| row.as_str().unwrap()).collect();
    assert!(rows.len() == size && rows.iter().all(|row| row.len() == size.div_ceil(4)));
    let is_dark = |x: usize, y: usize| {
        let digit = u8::from_str_radix(&rows[y][x / 4..=x / 4], 16).unwrap();
        digit >> (3 - x % 4) & 1 == 1
    };
    let side = (size + 2 * quiet) * 6;
    decoded(side, side, |x, y| {
        let inside = |at: usize| (at / 6).checked_sub(quiet).filter(|at| *at < size);
        inside(x).zip(inside(y)).is_some_and(|(x, y)| is_dark(x, y))
    })
}

fn of_png(bytes: &[u8]) -> (String, usize) {
    let picture = image::load_from_memory(bytes).unwrap().into_luma8();
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    (decoded(width, height, |x, y| picture.get_pixel(x as u32, y as u32).0[0] < 128), width)
}

/// An SVG's path of runs, six dots a unit.
fn of_svg(svg: &str) -> String {
    let side: usize = svg.split("viewBox=\"0 0 ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    let path = svg.split(" d=\"").nth(1).unwrap().split('"').next().unwrap();
    let mut dark = vec![false; side * side];
    for run in path.split('M').skip(1) {
        let numbers: Vec<usize> =
            run.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
        let [x, y, long, 1, back] = numbers[..] else { panic!("{run}") };
        assert_eq!(long, back);
        dark[y * side + x..][..long].fill(true);
    }
    decoded(side * 6, side * 6, |x, y| dark[y / 6 * side + x / 6])
}

/// A `^GFA` field: hexadecimal with ZPL's repeat counts, or zlib in Base64.
fn of_zpl(zpl: &str) -> (String, usize) {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let field = zpl.strip_prefix("^GFA,").unwrap().strip_suffix("^FS\n").unwrap();
    let [total, same, stride, data] = field.splitn(4, ',').collect::<Vec<_>>()[..] else { panic!("{zpl}") };
    let (total, stride): (usize, usize) = (total.parse().unwrap(), stride.parse().unwrap());
    assert_eq!(same, total.to_string());
    let bits = match data.strip_prefix(":Z64:") {
        Some(packed) => miniz_oxide::inflate::decompress_to_vec_zlib(
            &STANDARD.decode(packed.split(':').next().unwrap()).unwrap(),
        )
        .unwrap(),
        None => {
            let (mut digits, mut run) = (String::new(), 0);
            for c in data.chars() {
                match c {
                    'G'..='Y' => run += c as usize - 'F' as usize,
                    'g'..='z' => run += (c as usize - 'f' as usize) * 20,
                    ',' => {
                        digits.push('0');
                        while digits.len() % (stride * 2) != 0 {
                            digits.push('0');
                        }
                    }
                    ':' => digits.extend_from_within(digits.len() - stride * 2..),
                    digit => {
                        digits.extend(std::iter::repeat_n(digit, run.max(1)));
                        run = 0;
                    }
                }
            }
            (0..digits.len())
                .step_by(2)
                .map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap())
                .collect()
        }
    };
    assert_eq!(bits.len(), total);
    let side = total / stride;
    (decoded(side, side, |x, y| bits[y * stride + x / 8] << (x % 8) & 0x80 != 0), side)
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn each_form_of_a_symbol_gives_its_text() {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let room = PrintRoom::new();
    room.write("orders.csv", ORDERS);
    room.sealed(&["orders.csv", "--out", "payloads.jsonl"], 0);
    let payloads = lines(&fs::read_to_string(room.at("payloads.jsonl")).unwrap());
    for dpi in ["203", "300"] {
        for form in ["symbol", "symbol-png", "symbol-svg", "symbol-zpl"] {
            let out = room
                .sealed(&["orders.csv", "--out", "-", "--format", form, "--verify", "1", "--dpi", dpi], 0);
            for (line, payload) in lines(&text(&out.stdout)).iter().zip(&payloads) {
                for same in ["waybill", "handle", "text"] {
                    assert_eq!(line[same], payload[same], "{form}");
                }
                let expected = line["text"].as_str().unwrap();
                assert_eq!(of_modules(line), expected);
                let side = line["size"].as_u64().unwrap() + 2 * line["quiet"].as_u64().unwrap();
                let dots = (side * line["dots"].as_u64().unwrap()) as usize;
                let members = ["png", "svg", "zpl"].map(|member| line[member].as_str());
                match (form, members) {
                    ("symbol", [None, None, None]) => {}
                    ("symbol-png", [Some(png), None, None]) => {
                        assert_eq!(of_png(&STANDARD.decode(png).unwrap()), (expected.to_owned(), dots));
                    }
                    ("symbol-svg", [None, Some(svg), None]) => assert_eq!(of_svg(svg), expected),
                    ("symbol-zpl", [None, None, Some(zpl)]) => {
                        assert_eq!(of_zpl(zpl), (expected.to_owned(), dots));
                    }
                    other => panic!("{other:?}"),
                }
            }
        }
    }
}

#[test]
fn the_masked_fields_are_those_that_the_label_prints() {
    let room = PrintRoom::new();
    room.write("orders.csv", ORDERS);
    room.sealed(&["orders.csv", "--out", "labels", "--format", "svg"], 0);
    let out = room.sealed(&["orders.csv", "--out", "-", "--format", "symbol"], 0);
    let squeezed = |text: &str| text.replace(' ', "");
    for (line, order) in lines(&text(&out.stdout)).iter().zip(ORDERS.lines().skip(1)) {
        let svg = fs::read_to_string(room.at(&format!("labels/{}.svg", line["waybill"].as_str().unwrap())))
            .unwrap();
        let printed: String = svg
            .split("aria-label=\"")
            .skip(1)
            .map(|rest| squeezed(&rest.split('"').next().unwrap().replace("&amp;", "&")))
            .collect();
        let fields = &line["fields"];
        let mut texts: Vec<&Value> = ["routing", "hub", "goods", "remark"].map(|name| &fields[name]).to_vec();
        for who in ["recipient", "sender"] {
            texts.extend(["name", "phone", "address"].map(|name| &fields[who][name]));
        }
        let texts: Vec<&str> = texts.into_iter().filter_map(Value::as_str).collect();
        assert!(texts.len() >= 6, "{fields}");
        for text in texts {
            assert!(printed.contains(&squeezed(text)), "{text} is not on the label: {printed}");
        }
        // What the masks hide is nowhere in the line.
        let whole = line.to_string();
        for hidden in order
            .split(',')
            .filter(|cell| cell.contains("栋") || cell.contains("-1-") || cell.starts_with("15140260"))
        {
            assert!(!whole.contains(hidden), "{hidden}");
        }
        assert_eq!(fields["sender"].is_null(), order.ends_with(','));
    }
}

#[test]
fn a_picture_and_its_line_are_side_by_side_in_every_container() {
    let room = PrintRoom::new();
    room.write("orders.csv", ORDERS);
    let out = room.sealed(&["orders.csv", "--out", "-", "--format", "symbol"], 0);
    let expected: Vec<String> = text(&out.stdout).lines().map(|line| format!("{line}\n")).collect();
    for (out, form) in [("s", "symbol-png"), ("s.zip", "symbol-svg"), ("s.tar", "symbol-zpl")] {
        let arguments = ["orders.csv", "--out", out, "--format", form];
        room.sealed(&arguments, 0);
        // What was written is found again as it was.
        room.sealed(&[&arguments[..], &["--resume"]].concat(), 0);
    }
    let mut zip = zip::ZipArchive::new(fs::File::open(room.at("s.zip")).unwrap()).unwrap();
    let mut tar = tar::Archive::new(fs::File::open(room.at("s.tar")).unwrap());
    let mut of_tar: Vec<(String, String)> = Vec::new();
    for entry in tar.entries().unwrap() {
        let mut entry = entry.unwrap();
        let mut content = String::new();
        entry.read_to_string(&mut content).unwrap();
        of_tar.push((entry.path().unwrap().display().to_string(), content));
    }
    for (at, line) in expected.iter().enumerate() {
        let waybill = format!("YT880000100000{at}");
        let payload: Value = serde_json::from_str(line).unwrap();
        let mut read = |name: &str| {
            let mut content = String::new();
            zip.by_name(name).unwrap().read_to_string(&mut content).unwrap();
            content
        };
        assert_eq!(&read(&format!("{waybill}.json")), line);
        assert_eq!(of_svg(&read(&format!("{waybill}.svg"))), payload["text"]);
        assert_eq!(of_tar[2 * at].0, format!("{waybill}.zpl"));
        assert_eq!(of_zpl(&of_tar[2 * at].1).0, payload["text"]);
        assert_eq!(of_tar[2 * at + 1], (format!("{waybill}.json"), line.clone()));
        assert_eq!(&fs::read_to_string(room.at(&format!("s/{waybill}.json"))).unwrap(), line);
        assert_eq!(of_png(&fs::read(room.at(&format!("s/{waybill}.png"))).unwrap()).0, payload["text"]);
    }
    // Replacing removes both.
    room.sealed(&["orders.csv", "--out", "s", "--format", "png", "--overwrite"], 0);
    assert!(!room.at("s/YT8800001000000.json").exists() && room.at("s/YT8800001000000.png").exists());
    let out = room.sealed(&["orders.csv", "--out", "folder", "--format", "symbol"], 2);
    assert!(text(&out.stderr).contains("--out"), "{}", text(&out.stderr));
}

#[test]
fn parcels_and_payment_are_in_the_line_for_the_layout_to_print() {
    let room = PrintRoom::new();
    room.write(
        "orders.csv",
        "waybill,station,name,phone,detail,pieces,children,cod,payment,declared\n\
         SF1390004216501,SZ-NS-012,王芳,13812345678,人民路1号,2,SF1390004216601,299,到付,2000\n\
         SF1390004216502,SZ-NS-012,王芳,13812345678,人民路1号,,,,,\n",
    );
    let out = room.sealed(&["orders.csv", "--out", "-", "--format", "symbol"], 0);
    let lines = lines(&text(&out.stdout));
    let said = |at: usize| {
        ["piece", "cod", "payment", "declared"].map(|name| lines[at]["fields"][name].as_str().unwrap_or("-"))
    };
    assert_eq!(said(0), ["1/2", "¥299", "collect", "¥2000"]);
    assert_eq!(said(1), ["2/2", "-", "collect", "-"]);
    assert_eq!(said(2), ["-"; 4]);
}
