//! Labels made through the public interface, and by the command.

use crate::common::command::printed as said;
use crate::common::print_room::PrintRoom;
use std::fs;
use std::process::Output;
use wayseal::label::{ComposeError, Composer, Dpi, Page, Template, TemplateError, Zone};
use wayseal::payload::{ContactClass, Payload};

const HEADER: &str = "waybill,station,name,phone,province,city,district,detail,sender_name,sender_phone,\
                      sender_detail,routing,hub,goods,remark";
const ROW: &str = "YT8800001000001,SZ-NS-012,王小芳,13812345678,浙江省,绍兴市,新昌县,人民路12号3栋1501室,\
                   云帆书店,0755-26543299,泰然九路3号2栋";

#[test]
fn pages_too_small_for_the_zones_are_refused() {
    let composer = |size| Composer::new(&Template::default(), Page::new(size, Dpi::D203), Vec::new());
    assert!(composer(Page::SMALL).is_ok());
    assert!(matches!(composer((50, 130)), Err(TemplateError::Size)));
    assert!(matches!(composer((100, 80)), Err(TemplateError::Size)));
}

#[test]
fn errors_name_the_field_and_the_remedy() {
    let said = ComposeError::TooLong(Zone::Recipient).to_string();
    assert!(said.contains("the recipient") && said.contains("larger label"), "{said}");
}

/// A folder with one order; `rest` has its last columns.
fn place(rest: &str) -> PrintRoom {
    let place = PrintRoom::new();
    fs::write(place.path().join("orders.csv"), format!("{HEADER}\n{ROW},{rest}\n")).unwrap();
    place
}

fn seal(place: &PrintRoom, arguments: &[&str]) -> Output {
    place.seal(&[&["orders.csv"], arguments].concat()).output().unwrap()
}

/// The text of the label's code: read from its picture, and sealed as a payload.
fn codes(place: &PrintRoom, arguments: &[&str]) -> [String; 2] {
    let labels = seal(place, &[arguments, &["--out", "labels/", "--overwrite"]].concat());
    assert!(labels.status.success(), "{}", said(&labels));
    let picture = place.command(&["inspect", "--json", "labels"]).output().unwrap();
    let payloads = seal(place, &[arguments, &["--out", "labels.jsonl", "--overwrite"]].concat());
    assert!(payloads.status.success(), "{}", said(&payloads));
    [picture.stdout, fs::read(place.path().join("labels.jsonl")).unwrap()].map(|json| {
        let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
        json["text"].as_str().unwrap().to_owned()
    })
}

#[test]
fn a_template_without_contact_seals_no_phone() {
    let place = place(",,,");
    fs::write(place.path().join("template.toml"), "contact = false\n").unwrap();
    let class = |text: &String| Payload::parse(text.as_bytes()).unwrap().header().contact;
    for text in codes(&place, &["--template", "template.toml"]) {
        assert_eq!(class(&text), ContactClass::NONE);
    }
    for text in codes(&place, &[]) {
        assert_ne!(class(&text), ContactClass::NONE, "the control");
    }
}

#[test]
fn a_code_that_tells_what_is_masked_is_refused_in_both_languages() {
    for (rest, column, english, chinese) in [
        (",送3栋1501室,,", "hub", "the building or room", "楼栋或房号"),
        ("26543299,,,", "routing", "the phone", "电话"),
    ] {
        let place = place(rest);
        for (language, word) in [("en", english), ("zh", chinese)] {
            let out = seal(&place, &["--lang", language, "--dry-run"]);
            let said = said(&out);
            assert_eq!(out.status.code(), Some(1), "{said}");
            assert!(said.contains(column) && said.contains(word) && said.contains("note"), "{said}");
            assert!(!said.contains("1501") && !said.contains("王小芳") && !said.contains("5678"), "{said}");
        }
    }
}

#[test]
fn goods_and_remarks_that_tell_are_hidden_and_counted_in_both_languages() {
    for (rest, count) in [
        (",,,请打138-1234-5678", "1"),
        (",,送王小芳的书,", "1"),
        // One label, however many of its texts.
        (",,送王小芳的书,放3栋1501室门口", "1"),
        (",,杯子,轻放", ""),
    ] {
        let place = place(rest);
        for (language, word) in [("en", "as ***"), ("zh", "印为 ***")] {
            let out = seal(&place, &["--lang", language, "--dry-run"]);
            let said = crate::common::command::printed(&out);
            assert!(out.status.success(), "{said}");
            let line = said.lines().find(|line| line.contains("***")).unwrap_or_default();
            assert_eq!(line.contains(word) && line.contains(count), !count.is_empty(), "{said}");
            assert!(!said.contains("1501") && !said.contains("王小芳") && !said.contains("5678"), "{said}");
        }
    }
}

#[test]
fn a_text_that_the_template_leaves_out_is_not_looked_at() {
    let place = place(",,,请打13812345678");
    fs::write(place.path().join("template.toml"), "remark = false\n").unwrap();
    let out = seal(&place, &["--dry-run", "--template", "template.toml"]);
    assert!(out.status.success(), "{}", said(&out));
}

/// A folder with a number of orders of usual length.
fn many(rows: usize) -> PrintRoom {
    let place = PrintRoom::new();
    let mut orders = format!("{HEADER}\n");
    for row in 1..=rows {
        orders += &ROW.replace("YT8800001000001", &waybill(row));
        orders += ",,,,\n";
    }
    fs::write(place.path().join("orders.csv"), orders).unwrap();
    place
}

fn waybill(row: usize) -> String {
    format!("YT88000010{row:05}")
}

#[test]
fn an_explanation_says_what_was_chosen_of_what_and_nothing_of_anybody() {
    let place = many(3);
    let out = seal(&place, &["--dry-run", "--explain"]);
    let text = said(&out);
    assert!(out.status.success(), "{text}");
    assert!(text.contains("3 labels of 100 × 150 mm at 203 dpi"), "{text}");
    let chosen: Vec<_> = text.lines().filter(|line| line.ends_with("chosen")).collect();
    assert!(matches!(chosen[..], [line] if line.contains("dots") && line.contains("holds")), "{text}");
    assert!(text.contains("less") && text.contains("hold too few"), "{text}");
    let chinese = said(&seal(&place, &["--dry-run", "--explain", "--lang", "zh", "--dpi", "300"]));
    assert!(
        chinese.contains("选用") && chinese.contains("容量不足") && chinese.contains("300 dpi"),
        "{chinese}"
    );
    for text in [&text, &chinese] {
        assert!(!text.contains("王") && !text.contains("5678") && !text.contains("YT88"), "{text}");
    }

    let out = seal(&place, &["--dry-run", "--explain", "--json", "--size", "76x130"]);
    let events = String::from_utf8(out.stdout).unwrap();
    let symbol: serde_json::Value = events
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .find(|event: &serde_json::Value| event["event"] == "symbol")
        .unwrap();
    assert_eq!(symbol["labels"], 3);
    let choices = symbol["choices"].as_array().unwrap();
    let score = |choice: &serde_json::Value| choice["score"].as_f64().unwrap();
    assert!(choices.len() > 5 && choices[0]["chosen"] == true);
    assert!(choices.iter().all(|choice| score(choice) <= score(&choices[0])));
    // Every version and level is listed, as a choice or as rejected.
    assert_eq!(choices.len() + symbol["rejected"].as_array().unwrap().len(), 40);
}

#[test]
fn a_template_sets_the_page_and_flags_go_first() {
    let place = many(1);
    fs::write(place.path().join("template.toml"), "size = \"76x130\"\ndpi = 300\n").unwrap();
    let explained = |flags: &[&str]| {
        let out = seal(&place, &[&["--dry-run", "--explain", "--template", "template.toml"], flags].concat());
        assert!(out.status.success(), "{}", said(&out));
        said(&out)
    };
    assert!(explained(&[]).contains("76 × 130 mm at 300 dpi"));
    assert!(explained(&["--size", "100x180"]).contains("100 × 180 mm at 300 dpi"));
    assert!(explained(&["--dpi", "203"]).contains("76 × 130 mm at 203 dpi"));
}

#[test]
fn what_is_wrong_with_a_template_is_said_in_both_languages() {
    for (toml, english, chinese) in [
        ("carrier = \"13812345678\"", "digits", "号码"),
        ("footer = \"{name}\"", "placeholder", "占位符"),
        ("symbol_mm = 10.0", "from 20 to 40", "20 至 40"),
        (
            "carrier = \"一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十\"",
            "`carrier`",
            "`carrier`",
        ),
        ("size = \"50x50\"", "at least 70x125", "70x125 至"),
        ("dpi = 600", "203 or 300", "203 或 300"),
        ("logo = \"missing.png\"", "missing.png", "找不到"),
        ("name = true", "name", "未知的键"),
    ] {
        let place = many(1);
        fs::write(place.path().join("template.toml"), format!("{toml}\n")).unwrap();
        for (language, word) in [("en", english), ("zh", chinese)] {
            let out = seal(&place, &["--dry-run", "--template", "template.toml", "--lang", language]);
            let text = said(&out);
            assert!(matches!(out.status.code(), Some(2 | 4)), "{text}");
            assert!(text.contains(word) && !text.contains("panic"), "{toml}: {text}");
        }
    }
}

#[test]
fn what_does_not_fit_a_label_is_said_in_both_languages() {
    let place =
        place(",这是一个非常非常长的集散点名称无论如何也放不进这一行里去所以应当拒收并说明该怎么办才好,,");
    for (language, word) in [("en", "the hub does not fit"), ("zh", "集散点在面单上放不下")] {
        let out = seal(&place, &["--dry-run", "--size", "76x130", "--lang", language]);
        let text = said(&out);
        assert!(out.status.code() == Some(1) && text.contains(word) && text.contains("hub"), "{text}");
    }
}
