//! What labels print of people: case by case, for composed addresses, in all spellings; and what the check refuses.

use std::collections::HashSet;
use wayseal::bytes::Text;
use wayseal::error::Field;
use wayseal::record::Country;
use wayseal::summary::{Masked, Person, Summary, Terms, Told, check, holds_name, holds_phone, mask, union};

const CASES: &str = include_str!("masks/cases.tsv");
const TEXTS: &str = include_str!("masks/texts.tsv");
const PEOPLE: &str = include_str!("masks/people.tsv");
const ORDINARY: &str = include_str!("masks/ordinary.txt");

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
        let [field, code, input, printed, reason] = columns[..] else { panic!("five columns: {line}") };
        Case { field, country: country(code), input, printed, reason }
    })
}

fn country(code: &str) -> Country {
    Country::new(code.as_bytes().try_into().unwrap()).unwrap()
}

fn person<'a>(
    name: &'a str,
    phone: &'a str,
    code: &str,
    division: [&'a str; 3],
    detail: &'a str,
) -> Person<'a> {
    Person { name, phone, country: country(code), postcode: "", division, street: "", detail }
}

fn person_of<'a>(case: &Case<'a>) -> Person<'a> {
    let mut person = person("王芳", "13812345678", case.country.as_str(), [""; 3], "");
    match case.field {
        "name" => person.name = case.input,
        "phone" => person.phone = case.input,
        "address" => person.detail = case.input,
        other => panic!("no such field: {other}"),
    }
    person
}

fn text<const N: usize>(text: &str) -> Text<N> {
    let mut out = Text::new();
    out.push_str(text).unwrap();
    out
}

#[test]
fn every_case_is_printed_as_it_says() {
    let mut wrong = Vec::new();
    let mut seen = HashSet::new();
    for case in cases() {
        assert!(seen.insert((case.field, case.input, case.country)), "twice: {}", case.input);
        let person = person_of(&case);
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
    assert!(seen.len() >= 700, "only {} cases", seen.len());
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_check_refuses_what_shows_all() {
    let mut refused = 0;
    for case in cases() {
        let person = person_of(&case);
        let mut masked = mask(&person);
        let digits = case.input.chars().any(|c| c.is_ascii_digit());
        match case.field {
            // Typed as its mask: 王**.
            "name" if case.input == case.printed => continue,
            "name" if !case.input.is_empty() => masked.name = text(&format!("{}**", case.input)),
            "phone" if digits => masked.phone = text(&format!("{}******", case.input)),
            // What is printed whole hides nothing.
            // A crossing is public to its end.
            "address" if case.input.ends_with("交叉口") => continue,
            "address" if !case.printed.contains(case.input) && digits && !case.printed.contains("***,") => {
                masked.address = text(&format!("{}***", case.input));
            }
            _ => continue,
        }
        assert!(check(&person, &masked).is_err(), "passes in full: {}", case.input);
        refused += 1;
    }
    assert!(refused > 300, "{refused}");
}

#[test]
fn the_check_refuses_parts_of_houses_in_words() {
    for (code, detail) in [
        ("GB", "Rose House, Second Floor"),
        ("GB", "Rose House, Ground Floor"),
        ("GB", "Rose House, LGF"),
        ("DE", "Rosenhof, Dritter Stock"),
        ("DE", "Rosenhof, Keller"),
        ("FR", "Villa Rose, premier étage"),
        ("ES", "Casa Rosa, segunda planta"),
        ("ES", "Casa Rosa, bajo"),
        ("IT", "Casa Rosa, primo piano"),
        ("PL", "Dom Rosa, trzecie piętro"),
        ("RU", "Дом Роза, второй этаж"),
        ("TR", "Gül Apartmanı, ikinci kat"),
        ("HU", "Rózsa ház, második emelet"),
        ("NL", "Rozenhof, derde verdieping"),
        ("CN", "玫瑰园东户"),
        ("CN", "玫瑰园三寝"),
        ("CN", "玫瑰园三作业队"),
        ("CN", "玫瑰园天台"),
        ("JP", "ローズ弐番館"),
        ("KR", "장미아파트 별관"),
        ("US", "Maple Street, leave with neighbor Robin Marlow"),
        ("CN", "云杉公寓独居女生请打电话"),
    ] {
        let person = person("王芳", "13812345678", code, ["Town", "", ""], detail);
        let mut masked = mask(&person);
        masked.address = text(&format!("Town{detail}***"));
        assert!(Summary::from_masked((&person, masked), None).is_err(), "{detail}");
    }
}

/// Addresses put together of parts, and what of each must not be printed.
struct Composer(u64);

impl Composer {
    fn below(&mut self, count: usize) -> usize {
        // Knuth's MMIX generator; its high bits.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % count as u64) as usize
    }

    fn of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }

    fn number(&mut self) -> String {
        let number = 1 + self.below(300);
        match self.below(4) {
            0 => number.to_string().chars().map(|c| char::from_u32(c as u32 + 0xfee0).unwrap()).collect(),
            1 => number
                .to_string()
                .chars()
                .map(|c| "〇一二三四五六七八九".chars().nth(c as usize - 48).unwrap())
                .collect(),
            _ => number.to_string(),
        }
    }

    fn address(&mut self) -> (String, String) {
        let road = ["文汇", "解放", "学院", "八一南", "花园", "人民东", "环城", "五常"];
        let place = ["翠苑", "云杉", "阳光", "东方", "金色水岸", "九堡", "幸福里", "望江门"];
        let mut public = String::new();
        if self.below(4) > 0 {
            public += self.of(&road);
            public += self.of(&["路", "大道", "街", "巷"]);
            if self.below(2) == 0 {
                public += &format!("{}号", self.number());
            }
        }
        if self.below(4) > 0 {
            public += self.of(&place);
            public += self.of(&["小区", "花园", "大厦", "公寓", "新村", "家园", "苑", "村"]);
        }
        let mut hidden = String::new();
        for _ in 0..1 + self.below(3) {
            hidden += self.of(&["", "第", "附", "-", " ", "东", "后面"]);
            hidden += &self.number();
            hidden +=
                self.of(&["栋", "幢", "单元", "室", "号楼", "楼", "层", "座", "户", "排", "#", "-1", "组"]);
        }
        hidden += self.of(&["", "张三家", "请打电话", "独居女生", "东户", "放门口", "B座", "密码1234"]);
        (public, hidden)
    }
}

#[test]
fn every_printed_piece_of_composed_addresses_has_its_proof() {
    let mut composer = Composer(7);
    let (mut printed, mut refused) = (0, 0);
    for _ in 0..100_000 {
        let (public, hidden) = composer.address();
        let detail = format!("{public}{hidden}");
        let person = person("欧阳靖", "13812345678", "CN", ["浙江省", "杭州市", "西湖区"], &detail);
        let masked = mask(&person);
        assert_eq!(check(&person, &masked), Ok(()), "{detail}: {}", &*masked.address);
        // Nothing after the first of what is hidden, whatever that begins with.
        let rest = masked.address.trim_start_matches("浙江省杭州市西湖区").trim_end_matches("***");
        assert!(rest.chars().count() <= public.chars().count() + 1, "{detail}: {}", &*masked.address);
        printed += usize::from(!rest.is_empty());
        let mut more = masked;
        more.address = text(&format!("浙江省杭州市西湖区{detail}***"));
        refused += usize::from(check(&person, &more).is_err());
    }
    assert!(printed > 80_000, "{printed} show a road or place");
    assert_eq!(refused, 100_000);
}

#[test]
fn one_person_has_one_mask_however_it_is_typed() {
    let division = ["广东省", "深圳市", "南山区"];
    let typed = |name, phone, division, detail| {
        let person =
            Person {
                name, phone, country: Country::CN, postcode: "", division, street: "粤海街道", detail
            };
        Summary::new(&person, None).unwrap()
    };
    let first = typed("王小芳", "13812345678", division, "科技园路138号东方大厦3栋2单元1501室");
    for (name, phone, detail) in [
        ("王 小芳", "+86 138 1234 5678", "科技园路 138号 东方大厦 3栋 2单元 1501室"),
        (" 王小芳 ", "138-1234-5678", "科技园路１３８号东方大厦３栋２单元１５０１室"),
        ("王　小　芳", "（+86）138－1234－5678", "科技园路138号东方大厦3-2-1501"),
        ("王小芳(家)", "8613812345678", " 科技园路138号东方大厦（3栋2单元1501室）"),
        ("王小芳", "0086 138 1234 5678转12", "科技园路138号东方大厦3栋（电话联系）"),
        ("王\u{200b}小芳", "+86+86 13812345678", "科 技 园 路 1 3 8 号 东 方 大 厦 3 栋"),
        ("\u{202d}王小芳\u{202c}", "\u{202d}13812345678\u{202c}", "科技\u{200b}园路138号东方大厦\u{fe0f}3栋"),
        ("王小芳，", "138/1234/5678", "科技园路1 38号东方大厦-3-2-1501"),
        ("收货人：王小芳", "138·1234·5678", "地址：科技园路138号东方大厦三栋"),
        ("王小芳女士", "①③⑧①②③④⑤⑥⑦⑧", "科技园路①③⑧号东方大厦③栋"),
        ("王小芳 收", "一三八一二三四五六七八", "科技园路一三八号东方大厦三栋"),
        ("王-小-芳", "1 3 8 1 2 3 4 5 6 7 8", "广东省深圳市南山区粤海街道科技园路138号东方大厦3栋"),
        ("王小芳", "(138)12345678", "科技園路138號東方大廈3棟"),
    ] {
        assert_eq!(typed(name, phone, division, detail), first, "{name} {phone} {detail}");
    }
    let traditional =
        typed("王小芳", "13812345678", ["廣東省", "深圳市", "南山區"], "科技園路138號東方大廈3棟");
    assert_eq!(traditional, first);
}

#[test]
fn spellings_side_by_side_tell_no_more_than_one() {
    let details =
        ["文三路138号东方大厦3号楼", "文三路 138 号 东方大厦（3号楼）", "文三路一三八号東方大廈三号楼"];
    let people =
        details.map(|detail| person("欧阳靖", "13812345678", "CN", ["浙江省", "杭州市", "西湖区"], detail));
    let masks = people.each_ref().map(mask);
    let labels: Vec<_> = people.iter().zip(&masks).collect();
    assert_eq!(union(&labels), Ok(()));
}

#[test]
fn a_second_mask_that_tells_more_is_found() {
    type Change = (Field, fn(&mut Masked));

    let person =
        person("欧阳修远", "13812345678", "CN", ["广东省", "深圳市", "南山区"], "科技园路9号3栋1501室");
    let own = mask(&person);
    let cases: [Change; 4] = [
        (Field::Name, |masked| masked.name = text("欧阳修*")),
        (Field::Phone, |masked| masked.phone = text("138******78")),
        (Field::Phone, |masked| masked.phone = text("******45678")),
        (Field::Detail, |masked| masked.address = text("广东省深圳市南山区科技园路9号3栋***")),
    ];
    for (field, change) in cases {
        let mut other = own.clone();
        change(&mut other);
        let found = union(&[(&person, &own), (&person, &other)]).unwrap_err();
        assert_eq!((found.label, found.by, found.field), (0, 1, field), "{other:?}");
    }
}

#[test]
fn division_columns_are_printed_as_far_as_they_are_known() {
    for (district, printed) in [
        ("余杭区", "浙江省杭州市余杭区文三路***"),
        ("余杭", "浙江省杭州市余杭文三路***"),
        ("张军", "浙江省杭州市***"),
        ("东户", "浙江省杭州市***"),
        ("lan@example.com", "浙江省杭州市文三路***"),
        ("余杭区幸福里小区东户", "浙江省杭州市***"),
        ("高新区", "浙江省杭州市高新区文三路***"),
    ] {
        let person = person("张军", "13812345678", "CN", ["浙江省", "杭州市", district], "文三路");
        assert_eq!(&*mask(&person).address, printed, "{district}");
        assert_eq!(check(&person, &mask(&person)), Ok(()), "{district}");
    }
}

#[test]
fn a_name_in_the_address_is_hidden_unless_a_road_is_called_so() {
    for (name, detail, printed) in [
        ("张 军", "文汇路电信营业厅张军收", "文汇路电信营业厅***"),
        ("张军", "文汇路电信营业厅張軍收", "文汇路电信营业厅***"),
        ("Zhang Jun", "文汇路电信营业厅zhangjun", "文汇路电信营业厅***"),
        ("张建军", "文汇路建军家", "文汇路***"),
        ("中山", "中山路12号", "中山路***"),
        ("王府", "王府井大街99号", "王府井大街***"),
        ("解放", "解放路解放小区3栋", "解放路解放小区***"),
    ] {
        let person = person(name, "13812345678", "CN", [""; 3], detail);
        assert_eq!(&*mask(&person).address, printed, "{name}: {detail}");
        assert_eq!(check(&person, &mask(&person)), Ok(()), "{name}: {detail}");
    }
}

#[test]
fn terms_show_the_building_or_nothing_but_the_division() {
    let person = person(
        "王芳",
        "13812345678",
        "CN",
        ["浙江省", "杭州市", "西湖区"],
        "文三路138号东方大厦3号楼2单元1502室",
    );
    let printed = |terms: Terms<'_>| {
        let masked = terms.mask(&person);
        terms.check(&person, &masked).unwrap();
        masked.address.to_string()
    };
    assert_eq!(printed(Terms::default()), "浙江省杭州市西湖区文三路138号东方大厦***");
    let building = Terms::default().with_building(true);
    assert_eq!(printed(building), "浙江省杭州市西湖区文三路138号东方大厦3号楼***");
    assert_eq!(printed(Terms::default().with_discreet(true)), "浙江省杭州市西湖区***");
    // The check knows which rule holds.
    assert!(check(&person, &building.mask(&person)).is_err());
}

#[test]
fn where_no_street_is_known_the_postal_area_is_printed() {
    for (code, division, postcode, detail, printed) in [
        ("US", ["APO", "AE", ""], "09012", "PSC 1234 Box 5678", "APO AE 09012***"),
        ("GB", ["", "London", ""], "SW1A 2AA", "PO Box 17", "London SW1A***"),
        ("IE", ["", "Dublin", ""], "D02X285", "PO Box 17", "Dublin D02***"),
        ("US", ["CA", "Fresno", ""], "93701-1234", "PO Box 17", "CA Fresno 93701***"),
        ("US", ["CA", "Fresno", ""], "93701", "48 Maple Street Apt 5C", "CA Fresno *** Maple Street***"),
    ] {
        let mut person = person("Dana Whitfield", "", code, division, detail);
        person.postcode = postcode;
        assert_eq!(&*mask(&person).address, printed, "{detail}");
        assert_eq!(check(&person, &mask(&person)), Ok(()), "{detail}");
    }
}

#[test]
fn one_character_of_a_firm_hides_no_text() {
    let (recipient, _) = people("A");
    let hides = |name: &str, text: &str| {
        let sender = person(name, "0755-26543299", "CN", ["广东省", "深圳市", "福田区"], "泰然九路12号5栋");
        let summary = Summary::new(&recipient, Some(&sender)).unwrap();
        summary.show(text, &recipient, Some(&sender)).is_hidden()
    };
    assert!(!hides("云帆书店", "书"));
    assert!(hides("云帆书店", "云帆"));
    assert!(hides("云帆书", "书"));
}

#[test]
fn a_building_before_its_street_is_not_printed_whatever_stands_around() {
    for flat in ["Flat 12", "Apt 4B", "Unit 9", "3", "2/1"] {
        for building in ["Cotton Mill Court", "Rosewood Lodge", "Harbour View", "Elm Gardens"] {
            for (street, shown) in [("88 Rye Lane", "Rye Lane"), ("7A Quay Street", "Quay Street")] {
                for (before, after) in [("", ""), ("c/o Marlow, ", ""), ("", ", Bermondsey")] {
                    let detail = format!("{before}{flat}, {building}, {street}{after}");
                    let person = person("Nobody Else", "", "GB", ["", "London", ""], &detail);
                    let masked = mask(&person);
                    assert_eq!(check(&person, &masked), Ok(()), "{detail}");
                    assert_eq!(&*masked.address, format!("London *** {shown}***"), "{detail}");
                }
            }
        }
    }
    // What may be the street itself is printed: nothing else may be.
    for (detail, printed) in [
        ("Flat 12, Cotton Mill Court", "London *** Cotton Mill Court***"),
        ("12 Cotton Mill Court, Rye Lane", "London *** Cotton Mill Court, Rye Lane***"),
        ("Flat 12, Rosewood Lodge", "London *** Rosewood Lodge***"),
        ("Rosewood Lodge, Rye Lane", "London *** Rye Lane***"),
    ] {
        let person = person("Nobody Else", "", "GB", ["", "London", ""], detail);
        assert_eq!(&*mask(&person).address, printed, "{detail}");
    }
}

#[test]
fn texts_that_share_something_with_what_is_hidden_are_not_printed() {
    let mut wrong = Vec::new();
    let mut count = [0, 0];
    for line in TEXTS.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<_> = line.split('\t').collect();
        let [label, place, text, expected] = columns[..] else { panic!("four columns: {line}") };
        let (recipient, sender) = people(label);
        let summary = Summary::new(&recipient, Some(&sender)).unwrap();
        let hidden = match place {
            "code" => summary.show_code(text, &recipient, Some(&sender)).is_err(),
            _ => summary.show(text, &recipient, Some(&sender)).is_hidden(),
        };
        count[usize::from(expected == "hidden")] += 1;
        if hidden != (expected == "hidden") {
            wrong.push(line);
        }
    }
    assert!(count[0] > 60 && count[1] > 600, "{count:?}");
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// The people of the labels that texts are tried on: recipient and sender.
fn people(label: &str) -> (Person<'static>, Person<'static>) {
    let one = |role: &str| {
        let line = PEOPLE.lines().find(|line| line.starts_with(&format!("{label}\t{role}\t"))).unwrap();
        let columns: Vec<_> = line.split('\t').collect();
        let [_, _, name, phone, code, province, city, district, detail] = columns[..] else {
            panic!("nine columns: {line}")
        };
        person(name, phone, code, [province, city, district], detail)
    };
    (one("recipient"), one("sender"))
}

#[test]
fn ordinary_goods_and_remarks_are_printed_beside_anybody() {
    let labels: std::collections::BTreeSet<_> = PEOPLE.lines().skip(1).map(|line| &line[..1]).collect();
    let (mut hidden, mut count) = (Vec::new(), 0);
    for label in &labels {
        let (recipient, sender) = people(label);
        let summary = Summary::new(&recipient, Some(&sender)).unwrap();
        for text in ORDINARY.lines() {
            count += 1;
            if summary.show(text, &recipient, Some(&sender)).is_hidden() {
                hidden.push(format!("{label} {text}"));
            }
        }
    }
    assert!(count > 14_000, "{count}");
    // Each of these shares four digits, a word or two characters with somebody by chance.
    assert_eq!(hidden, ["B 轮胎 205/55R16", "B Lipstick #05 rose", "G 轮胎 205/55R16", "M 北极虾 90/120"]);
}

#[test]
fn what_two_texts_tell_together_is_in_neither() {
    let (recipient, sender) = people("A");
    let summary = Summary::new(&recipient, Some(&sender)).unwrap();
    let hidden =
        |texts: [&str; 2]| summary.show_both(texts, &recipient, Some(&sender)).map(|text| text.is_hidden());
    for texts in
        [["15", "01"], ["381", "234"], ["耳机 381", "234 套"], ["大米 15", "01，谢谢"], ["三八", "一二三"]]
    {
        for text in texts {
            assert!(!summary.show(text, &recipient, Some(&sender)).is_hidden(), "{text}");
        }
        assert_eq!(hidden(texts), [true, true], "{texts:?}");
        // A long text before and after.
        let before = format!("{}{}", "大米、".repeat(40), texts[0]);
        let after = format!("{}{}", texts[1], "，大米".repeat(40));
        assert_eq!(hidden([&before, &after]), [true, true], "{texts:?}");
    }
    for texts in [["", "01"], ["15", ""], ["15件", "01"], ["大米 2", "3件"], ["381双套", "234"]] {
        assert_eq!(hidden(texts), [false, false], "{texts:?}");
    }
    // What tells alone is hidden alone.
    assert_eq!(hidden(["大米", "小芳"]), [false, true]);
}

#[test]
fn what_tells_is_found_wherever_it_stands_in_a_long_text() {
    let (recipient, sender) = people("A");
    let summary = Summary::new(&recipient, Some(&sender)).unwrap();
    for told in ["王小芳", "xiaofang", "381234", "3号楼2单元", "shiwulou"] {
        for before in [0, 30, 54, 57, 60, 63, 90, 93, 96, 99, 117, 120, 123, 150, 156, 300, 1002] {
            let text = format!("{}{told}，{}", "，大米".repeat(before / 3), "，大米".repeat(60));
            assert!(summary.show(&text, &recipient, Some(&sender)).is_hidden(), "{told} after {before}");
        }
    }
    let long = "大米、面粉、".repeat(200);
    assert!(!summary.show(&long, &recipient, Some(&sender)).is_hidden());
}

#[test]
fn a_code_that_tells_is_refused_and_a_number_alone_passes() {
    let (recipient, sender) = people("A");
    let summary = Summary::new(&recipient, Some(&sender)).unwrap();
    let code = |text| summary.show_code(text, &recipient, Some(&sender)).map(|shown| shown.len());
    for (text, told) in
        [("5栋B座", Told::Address), ("东户", Told::Address), ("小芳", Told::Name), ("345678", Told::Phone)]
    {
        assert_eq!(code(text), Err(told), "{text}");
    }
    // A letter of the code's own is no floor.
    for text in ["1501", "755-A12-008", "451-F15", "深圳南山转运中心", "381"] {
        assert_eq!(code(text), Ok(text.len()), "{text}");
    }
    // Where nothing of an address is printed, its division is public all the same.
    let hidden =
        person("王小芳", "13812345678", "CN", ["广东省", "深圳市", "南山区"], "3号楼广东省深圳市南山区");
    let summary = Summary::new(&hidden, None).unwrap();
    assert!(summary.show_code("深圳南山转运中心", &hidden, None).is_ok());
    for (waybill, holds) in [
        ("13812345678", true),
        ("0755-26543299", true),
        ("YT87654321831", true),
        ("YT381234000000", false),
        ("SF1390004216501", false),
    ] {
        assert_eq!(holds_phone(waybill, &recipient) || holds_phone(waybill, &sender), holds, "{waybill}");
    }
    let smith = people("B").0;
    for (waybill, person, holds) in [
        ("WANGXIAOFANG1", &recipient, true),
        ("XIAOFANG-0001", &recipient, true),
        ("SMITH00012345", &smith, true),
        ("JOHN-SMITH-01", &smith, true),
        ("YT8866203715418", &recipient, false),
        ("JDVA0087815325", &recipient, false),
        ("SHUNFENG00123", &recipient, false),
    ] {
        assert_eq!(holds_name(waybill, person), holds, "{waybill}");
    }
}

/// A waybill's number holds a phone if seven digits in a row of one are in a row in the other, in either direction.
#[test]
fn a_waybill_holds_a_phone_by_seven_digits_in_a_row() {
    let mut dice = Composer(1);
    let mut count = [0, 0];
    for _ in 0..20_000 {
        let digits: String = (0..11).map(|_| char::from(b'0' + dice.below(10) as u8)).collect();
        let phone = match dice.below(4) {
            0 => format!("+86 {} {}", &digits[..3], &digits[3..]),
            1 => format!("{}-{}", &digits[..4], &digits[4..]),
            2 => format!("(0){digits}"),
            _ => digits.clone(),
        };
        let (from, len) = (dice.below(6), 4 + dice.below(7));
        let shared = &digits[from..(from + len).min(11)];
        let turned: String = shared.chars().rev().collect();
        let shared = if dice.below(2) == 0 { shared } else { &turned };
        let prefix = dice.of(&["", "YT", "BA", "JDVA", "SI", "ONE", "1Z", "YT-"]);
        let waybill = format!("{prefix}{}{shared}{}", dice.below(1000), dice.below(100));
        let own: Vec<u8> = phone.bytes().filter(u8::is_ascii_digit).collect();
        let row: Vec<u8> = waybill.bytes().skip(prefix.len()).collect();
        let same = |row: &[u8]| own.windows(7).any(|known| known == row || known.iter().rev().eq(row));
        let told = row.windows(7).any(same);
        let who = person("王小芳", &phone, "CN", ["", "", ""], "");
        // A prefix may have digits, or letters that are taken for some.
        if prefix != "1Z" {
            assert_eq!(holds_phone(&waybill, &who), told, "{waybill} {phone}");
        }
        count[usize::from(told)] += 1;
    }
    assert!(count[0] > 1000 && count[1] > 1000, "{count:?}");
}
