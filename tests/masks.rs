//! Masks of GB/T 41833-2022, case by case, and what the check refuses.

use std::collections::HashSet;
use wayseal::bytes::Text;
use wayseal::record::Country;
use wayseal::summary::{Person, Summary, check, mask};

const CASES: &str = include_str!("masks/cases.tsv");

struct Case<'a> {
    field: &'a str,
    country: Country,
    input: &'a str,
    printed: &'a str,
    reason: &'a str,
}

fn cases() -> impl Iterator<Item = Case<'static>> {
    CASES.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let columns: Vec<_> = line.split('\t').collect();
        let [field, country, input, printed, reason] = columns[..] else { panic!("five columns: {line}") };
        let country = Country::new(country.as_bytes().try_into().unwrap()).unwrap();
        Case { field, country, input, printed, reason }
    })
}

fn person<'a>(case: &Case<'a>) -> Person<'a> {
    let mut person = Person {
        name: "王芳",
        phone: "13812345678",
        country: case.country,
        division: [""; 3],
        street: "",
        detail: "",
    };
    match case.field {
        "name" => person.name = case.input,
        "phone" => person.phone = case.input,
        "address" => person.detail = case.input,
        other => panic!("no such field: {other}"),
    }
    person
}

#[test]
fn every_case_is_printed_as_it_says() {
    let mut wrong = Vec::new();
    let mut seen = HashSet::new();
    for case in cases() {
        assert!(seen.insert((case.field, case.input, case.country)), "twice: {}", case.input);
        let person = person(&case);
        let masked = mask(&person);
        let printed: &str = match case.field {
            "name" => &masked.name,
            "phone" => &masked.phone,
            _ => &masked.address,
        };
        if printed != case.printed {
            wrong.push(format!("{}: {printed}, not {} ({})", case.input, case.printed, case.reason));
        }
        if let Err(violation) = check(&person, &masked) {
            wrong.push(format!("{}: {printed}: {violation}", case.input));
        }
    }
    assert!(seen.len() >= 150, "only {} cases", seen.len());
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_check_refuses_what_shows_all() {
    let mut refused = 0;
    for case in cases() {
        let person = person(&case);
        let mut masked = mask(&person);
        let digits = case.input.chars().any(|c| c.is_numeric() && !('一'..='龥').contains(&c));
        match case.field {
            "name" if !case.input.is_empty() => masked.name = text(&format!("{}**", case.input)),
            "phone" if case.input.chars().any(|c| c.is_ascii_digit()) => {
                masked.phone = text(&format!("{}******", case.input));
            }
            // A road's number may be shown.
            "address" if digits && !case.printed.contains(case.input) => {
                masked.address = text(&format!("{}***", case.input));
            }
            _ => continue,
        }
        assert!(check(&person, &masked).is_err(), "passes in full: {}", case.input);
        refused += 1;
    }
    assert!(refused > 150, "{refused}");
}

fn text<const N: usize>(text: &str) -> Text<N> {
    let mut out = Text::new();
    out.push_str(text).unwrap();
    out
}

#[test]
fn what_the_check_doubts_is_printed_up_to_its_first_number() {
    // A storey in a yard's number: the masker takes it for the yard's, the check does not.
    let detail = "萧皋西路ⅡF二十一号院B";
    let division = ["江苏省", "苏州市", "吴江区"];
    let person =
        Person { name: "王芳", phone: "13812345678", country: Country::CN, division, street: "", detail };
    assert!(check(&person, &mask(&person)).is_err());
    let summary = Summary::new(&person, None).unwrap();
    assert_eq!(&*summary.recipient().address, "江苏省苏州市吴江区萧皋西路***");
}

#[test]
fn one_person_has_one_mask_however_it_is_typed() {
    let typed = |name, phone, detail| {
        let division = ["广东省", "深圳市", "南山区"];
        let person = Person { name, phone, country: Country::CN, division, street: "粤海街道", detail };
        Summary::new(&person, None).unwrap()
    };
    let first = typed("王小芳", "13812345678", "科技园路9号3栋2单元1501室");
    for (name, phone, detail) in [
        ("王 小芳", "+86 138 1234 5678", "科技园路 9号 3栋 2单元 1501室"),
        (" 王小芳 ", "138-1234-5678", "科技园路９号３栋２单元１５０１室"),
        ("王　小　芳", "（+86）138－1234－5678", "科技园路9号3栋2单元1501"),
        ("王小芳(家)", "8613812345678", " 科技园路9号3-2-1501"),
        ("王小芳", "0086 138 1234 5678转12", "科技园路9号3栋（电话联系）"),
        ("王\u{200b}小芳", "+86+86 13812345678", "科 技 园 路 9 号 3 栋 2 单 元 1501 室"),
        ("\u{202d}王小芳\u{202c}", "\u{202d}13812345678\u{202c}", "科技\u{200b}园路9号\u{200b}3栋2单元"),
        ("王小芳，", "138/1234/5678", "科技园路9号-3-2-1501"),
    ] {
        assert_eq!(typed(name, phone, detail), first, "{name} {phone} {detail}");
    }
}
