//! The sender, whom a recipient may ask the carrier for: sealed, or named in what the batch says. And what is too long.

use crate::common::command::text;
use crate::common::print_room::PrintRoom;
use wayseal::error::{Field, RecordSection, SealError};
use wayseal::payload::Waybill;
use wayseal::record::{Contact, Country, Delivery, Division};
use wayseal::sealer::{LeftOut, Plain};

const PHONE: &str = "13812345678";
const COMPANY: &str = "深圳市前海云帆跨境电子商务有限公司福田第三分公司";

fn delivery(detail: &str) -> Delivery<'_> {
    let division = Division::Names { province: "广东省", city: "深圳市", district: "南山区" };
    Delivery { name: "王芳", country: Country::CN, postcode: "", division, street: "", detail, note: "" }
}

fn left_out(phone: &str, sender_phone: &str, sender_name: &str) -> LeftOut {
    let contact = Contact { phone, sender_phone, sender_name };
    Plain::empty().encode(&delivery("1栋"), Some(&contact)).unwrap()
}

#[test]
fn the_sealer_returns_what_it_leaves_out_of_the_sender() {
    let of = |sender_name, sender_phone| {
        let mut left_out = LeftOut::default();
        (left_out.sender_name, left_out.sender_phone) = (sender_name, sender_phone);
        left_out
    };
    assert_eq!(left_out(PHONE, "13760000797", "云帆书店"), of(false, false));
    assert_eq!(left_out(PHONE, "", ""), of(false, false));
    // A sender needs no phone of the recipient.
    assert_eq!(left_out("", "13760000797", "云帆书店"), of(false, false));
    assert_eq!(left_out("", "13760000797", COMPANY), of(true, false));
    assert_eq!(left_out("", "", COMPANY), of(false, false));
    assert_eq!(left_out("", "", &COMPANY.repeat(2)), of(true, false));
    assert_eq!(left_out(PHONE, "13760000797", COMPANY), of(true, false));
    // The name is short, and fits when the phone does not.
    assert_eq!(left_out("+44 20 7946 0958 ext 12", "tel. 0755-26543299 (9-17h)", "李伟"), of(false, true));
    assert_eq!(left_out("+44 20 7946 0958 ext 12345", "13760000797", "云帆书店"), of(true, true));
    assert_eq!(left_out("+44 20 7946 0958 ext 12345", "13760000797", ""), of(false, true));
}

#[test]
fn what_is_too_long_is_the_section_and_its_longest_field_and_by_how_much() {
    let seal = |delivery: &Delivery<'_>, phone: &str| {
        let contact = Contact { phone, sender_phone: "", sender_name: "" };
        let (sealer, lane) = crate::seal_open::sealer(7);
        sealer.seal(&lane, &Waybill::parse("SF1234567890123").unwrap(), delivery, Some(&contact))
    };
    let excess = |delivery: &Delivery<'_>, phone| match seal(delivery, phone) {
        Err(SealError::TooLong(excess)) => excess,
        other => panic!("{other:?}"),
    };
    // Two numbers in one cell.
    let phones = excess(&delivery("科技园路9号3栋2单元1501室"), "13812345678 / 0755-26543299 转 8001");
    assert_eq!((phones.section, phones.field), (RecordSection::Contact, Field::Phone));
    let long = "Q".repeat(300);
    for field in [Field::Name, Field::Division, Field::Street, Field::Detail, Field::Note, Field::Postcode] {
        let mut order = delivery("科技园路9号");
        match field {
            Field::Name => order.name = &long,
            Field::Street => order.street = &long,
            Field::Detail => order.detail = &long,
            Field::Note => order.note = &long,
            Field::Postcode => order.postcode = &long,
            _ => order.division = Division::Names { province: "", city: &long, district: "" },
        }
        let excess = excess(&order, PHONE);
        assert_eq!((excess.section, excess.field), (RecordSection::Delivery, field));
    }
    // As many bytes as are too many are those between the encoded section and the room of this label, beyond the
    // longest section of any label as well.
    let number = Waybill::parse("SF1234567890123").unwrap();
    let room = 204 - wayseal::payload::Header::len_with(&number) - 2 * 12 - 6;
    let (mut counted, mut beyond) = (0, 0);
    let mut before = 0;
    for length in 100..400 {
        let detail = "Ж".repeat(length);
        let order = delivery(&detail);
        let mut plain = Plain::empty();
        let encoded = plain.encode(&order, None).map(|_| plain.delivery_len());
        let Err(error) = seal(&order, PHONE) else {
            assert!(encoded.unwrap() <= room);
            continue;
        };
        let SealError::TooLong(excess) = error else { panic!("{error:?}") };
        if let Ok(encoded) = encoded {
            assert_eq!(usize::from(excess.bytes), encoded - room, "{length} characters");
            counted += 1;
        } else {
            assert!(excess.bytes >= before && excess.bytes <= before + 2, "{before}, then {}", excess.bytes);
            beyond += 1;
        }
        before = excess.bytes;
    }
    assert!(counted > 3 && beyond > 20, "{counted} and {beyond}");
}

/// A header, and orders that differ in phone and sender.
fn orders() -> String {
    let mut orders =
        "waybill,station,name,phone,city,detail,sender_name,sender_phone,sender_city\n".to_owned();
    for (number, phone, sender, of_sender, city) in [
        ("01", PHONE, COMPANY, "13760000797", "深圳市"),
        ("02", PHONE, "Nordlicht Versandhandel Berlin und Hamburg GmbH", "13760000797", "Hamburg"),
        ("03", PHONE, "云帆书店", "13760000797", "深圳市"),
        ("04", "", "云帆书店", "", "深圳市"),
        ("05", PHONE, "", "13760000797", "深圳市"),
        ("06", PHONE, "", "", ""),
    ] {
        orders += &format!(
            "SF55500000000{number},SZ-NS-012,王芳,{phone},深圳市,人民路1号,{sender},{of_sender},{city}\n"
        );
    }
    orders
}

#[test]
fn senders_that_are_left_out_are_counted_and_with_explain_named() {
    let room = PrintRoom::new();
    room.write("orders.csv", orders());
    let out = room.sealed(&["orders.csv", "--out", "labels.zip", "--allow-missing", "phone"], 0);
    let summary = text(&out.stdout);
    assert!(summary.contains("2 senders without a name"), "{summary}");
    assert!(!summary.contains("without a phone") && summary.contains("1 labels show no sender"), "{summary}");
    assert!(!summary.contains("SF555"), "{summary}");

    let out = room.sealed(&["orders.csv", "--out", "again.zip", "--explain", "--allow-missing", "phone"], 0);
    let explained = text(&out.stdout);
    for number in ["01", "02"] {
        let line = format!("SF55500000000{number}: the sender's name is not sealed");
        assert!(explained.contains(&line), "{explained}");
    }
    assert!(
        ["03", "04", "06"].iter().all(|number| !explained.contains(&format!("SF55500000000{number}:"))),
        "{explained}"
    );

    let out = room.sealed(&["orders.csv", "--out", "events.zip", "--json", "--allow-missing", "phone"], 0);
    let events = text(&out.stdout);
    let of = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
    let named = events.lines().map(of).filter(|event| event["notice"] == "sender_name_left_out").count();
    let finished = of(events.lines().last().unwrap());
    assert_eq!((named, &finished["notices"]["sender_name_left_out"]), (2, &2.into()));

    let out = room.sealed(&["orders.csv", "--out", "zh.zip", "--lang", "zh", "--allow-missing", "phone"], 0);
    assert!(text(&out.stdout).contains("2 个寄件人未存入姓名"));
}

#[test]
fn a_template_without_contact_section_says_which_senders_it_does_not_seal() {
    let room = PrintRoom::new();
    room.write("orders.csv", orders());
    room.write("template.toml", "contact = false\n");
    let out = room.sealed(
        &["orders.csv", "--out", "labels.zip", "--template", "template.toml", "--allow-missing", "phone"],
        0,
    );
    let summary = text(&out.stdout);
    assert!(summary.contains("4 senders without a name"), "{summary}");
    assert!(summary.contains("4 senders without a phone"), "{summary}");
}

#[test]
fn of_more_numbers_in_one_cell_the_first_is_sealed_as_the_phone() {
    let room = PrintRoom::new();
    let header = "waybill,station,name,phone,detail\n";
    let row = "SF5550000000001,SZ-NS-012,王芳,13812345678 或 13987654321 或家里 0755-26543299,人民路1号\n";
    room.write("orders.csv", format!("{header}{row}"));
    let out = room.sealed(&["orders.csv", "--out", "labels.zip"], 0);
    assert!(text(&out.stdout).contains("1 labels have a second number"), "{}", text(&out.stdout));
}
