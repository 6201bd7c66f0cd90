//! Recipients as platforms and shops give them: what is sealed of each, what is refused, and what is said of it.

use crate::common::auditor::Desk;
use crate::common::command::{code, said, text, wayseal};
use crate::common::print_room::PrintRoom;
use proptest::prelude::*;
use proptest::sample::select;
use std::io::Cursor;
use wayseal::batch::columns::{Column, Mapping};
use wayseal::batch::input::RowSource;
use wayseal::batch::notice::Notice;
use wayseal::batch::order::Order;
use wayseal::batch::recipient::{CiphertextSource, IdentityKind, ReadingRules, RecipientFault};
use wayseal::batch::reject::{Reason, Reject};
use wayseal::batch::stations::Stations;
use wayseal::keys::Day;
use wayseal::summary::{Person, Summary};

const NAME: &str = "许知遥";
const PHONE: &str = "13712340987";
const ADDRESS: &str = "云栖路26号松涛苑5栋1803";

/// The cells of an order, by the names of their columns.
struct Cells(Vec<(&'static str, String)>);

impl Cells {
    /// An order within Shenzhen.
    fn new(name: &str, phone: &str, address: &str) -> Self {
        let home = [("省", "广东省"), ("市", "深圳市"), ("区", "南山区")];
        let mut cells = Self::abroad("", name, phone, address);
        cells.0.extend(home.map(|(column, cell)| (column, cell.to_owned())));
        cells
    }

    fn abroad(country: &str, name: &str, phone: &str, address: &str) -> Self {
        let cells = [
            ("运单号", "YT8866203715418"),
            ("网点", "S1"),
            ("国家", country),
            ("收件人", name),
            ("手机", phone),
            ("详细地址", address),
        ];
        Self(cells.map(|(column, cell)| (column, cell.to_owned())).to_vec())
    }

    fn with(mut self, column: &'static str, cell: &str) -> Self {
        self.0.retain(|(other, _)| *other != column);
        self.0.push((column, cell.to_owned()));
        self
    }

    fn read(&self) -> Result<Order, Reject> {
        self.read_by(ReadingRules::on(Day::from_date(2026, 11, 24).unwrap()))
    }

    fn read_by(&self, rules: ReadingRules) -> Result<Order, Reject> {
        let (header, cells): (Vec<&str>, Vec<&str>) =
            self.0.iter().map(|(column, cell)| (*column, cell.as_str())).unzip();
        let object = header
            .iter()
            .zip(&cells)
            .map(|(name, cell)| ((*name).to_owned(), serde_json::Value::from(*cell)))
            .collect::<serde_json::Map<_, _>>();
        let line = serde_json::Value::Object(object).to_string() + "\n";
        let mut source = RowSource::stream(Box::new(Cursor::new(line.into_bytes()))).unwrap();
        let mut choices = wayseal::batch::columns::ColumnChoices::default();
        if rules.allow_missing_phone {
            choices.may_lack.add(Column::Phone);
        }
        let mapping = Mapping::new(source.header(), &choices).unwrap();
        let stations = Stations::parse(b"code,region,site\nS1,7,9\n").unwrap();
        let row = source.next_row().unwrap().unwrap();
        Order::new(&mapping, &stations, rules, row).map_err(|rejected| *rejected.reject)
    }
}

fn order(name: &str, phone: &str, address: &str) -> Order {
    let read = Cells::new(name, phone, address).read();
    read.unwrap_or_else(|reject| panic!("{name} {phone} {address}: {reject}"))
}

/// Name, phone, address and note that are sealed.
fn sealed(order: &Order) -> [String; 4] {
    let delivery = order.delivery();
    let phone = order.contact().map_or("", |contact| contact.phone);
    [delivery.name, phone, delivery.detail, delivery.note].map(str::to_owned)
}

fn fault(cells: &Cells) -> (Column, RecipientFault) {
    match cells.read() {
        Err(Reject { column, reason: Reason::Recipient(fault), .. }) => (column, fault),
        Err(reject) => panic!("{reject}"),
        Ok(_) => panic!("sealed: {:?}", cells.0),
    }
}

fn notices(order: &Order) -> Vec<Notice> {
    order.notices().iter().collect()
}

#[test]
fn a_recipient_that_the_platform_masked_is_refused() {
    for (name, phone, address, column) in [
        ("许**", "137****0987", "***", Column::Detail),
        (NAME, PHONE, "云栖路**号松涛苑****", Column::Detail),
        (NAME, PHONE, "云栖路×号", Column::Detail),
        (NAME, PHONE, "●●●●●●", Column::Detail),
        (NAME, "137****0987", ADDRESS, Column::Phone),
        (NAME, "137＊＊＊＊0987", ADDRESS, Column::Phone),
        (NAME, "137xxxx0987", ADDRESS, Column::Phone),
        (NAME, "137••••0987", ADDRESS, Column::Phone),
        (NAME, "***********", ADDRESS, Column::Phone),
        (NAME, "137****0987-1234", ADDRESS, Column::Phone),
    ] {
        assert_eq!(
            fault(&Cells::new(name, phone, address)),
            (column, RecipientFault::Masked),
            "{phone} {address}"
        );
    }
    let abroad = Cells::abroad("TW", "H****n", "******78", "*****區***路");
    assert_eq!(fault(&abroad), (Column::Detail, RecipientFault::Masked));
    let sender = Cells::new(NAME, PHONE, ADDRESS).with("寄件人", "木作坊").with("寄件人电话", "137****0987");
    assert_eq!(fault(&sender), (Column::SenderPhone, RecipientFault::Masked));
}

#[test]
fn a_masked_name_alone_is_sealed_and_counted() {
    for name in ["许**", "H****n", "********", "许＊＊"] {
        let order = order(name, PHONE, ADDRESS);
        assert_eq!(sealed(&order), [name, PHONE, ADDRESS, ""]);
        assert_eq!(notices(&order), [Notice::MaskedName]);
    }
}

#[test]
fn cipher_text_is_refused_with_the_platform_that_decrypts_it() {
    use CiphertextSource::{Douyin, Pinduoduo, Platform};
    for (cell, source) in [
        ("~CmBBBBM9TzyHgOfmhcTClprKF=~4~", Pinduoduo),
        ("$CmBBBBM9TzyIgOfmhcTFubkjhR=$4$", Pinduoduo),
        ("#W/oMpiDH#k/eJ4NUTVP9oLSVj4=#1##", Douyin),
        ("$137$OuzUzCOT9h1rlEe3kKDY=$1$$", Douyin),
        ("CRKBBBBD5f3xWyGCCCCCcc6vM1yGCCCC+9bmZ", Platform),
        ("CRKBBBBDf2npXiGDCCCCo9zU0S==", Platform),
        ("07db4b1c9e3f5a7788d2c4e6f0a1b2c3", Platform),
        ("eyJhbGciOiJIUzI1NiIsInR5cCI6", Platform),
    ] {
        let wrong = RecipientFault::Ciphertext(source);
        assert_eq!(fault(&Cells::new(cell, PHONE, ADDRESS)), (Column::Name, wrong), "{cell}");
        assert_eq!(fault(&Cells::new(NAME, cell, ADDRESS)), (Column::Phone, wrong), "{cell}");
        assert_eq!(fault(&Cells::new(NAME, PHONE, cell)), (Column::Detail, wrong), "{cell}");
        assert!(wrong.to_string().contains("decrypt") && wrong.to_string().contains("print"));
    }
    for (cell, wrong) in [
        ("%E8%AE%B8%E7%9F%A5%E9%81%A5", RecipientFault::PercentEncoded),
        ("&#35768;&#30693;&#36965;", RecipientFault::HtmlEncoded),
        ("云栖路26号&amp;松涛苑", RecipientFault::HtmlEncoded),
        ("\\u8bb8\\u77e5\\u9065", RecipientFault::Escaped),
        ("{{receiver_name}}", RecipientFault::Template),
        ("${name}", RecipientFault::Template),
        ("undefined", RecipientFault::Template),
    ] {
        assert_eq!(fault(&Cells::new(cell, PHONE, ADDRESS)), (Column::Name, wrong), "{cell}");
    }
}

#[test]
fn a_virtual_number_in_columns_of_its_own_is_the_one_that_is_called() {
    let cells =
        Cells::new("许**", "137****0987", ADDRESS).with("虚拟号", "17012349876").with("分机号", "3071");
    let order = cells.with("虚拟号有效期", "2026-12-01 00:00:00").read().unwrap();
    assert_eq!(sealed(&order)[1], "17012349876-3071");
    let told = [Notice::ExtensionJoined, Notice::VirtualPhone, Notice::PhoneExpires, Notice::MaskedName];
    assert_eq!(notices(&order), told);

    let order = Cells::new(NAME, PHONE, ADDRESS).with("分机", "3071").read().unwrap();
    assert_eq!(
        (sealed(&order)[1].as_str(), notices(&order)),
        ("13712340987-3071", vec![Notice::ExtensionJoined])
    );

    // A number that can be dialled keeps its place, and the extension is the other's.
    let cells = Cells::new(NAME, PHONE, ADDRESS).with("隐私号", "17012349876").with("分机号", "3071");
    let order = cells.read().unwrap();
    assert_eq!((sealed(&order)[1].as_str(), notices(&order)), (PHONE, vec![Notice::VirtualPhoneUnused]));

    // Masked, with the whole number beside it.
    let both = self::order(NAME, "137****0987 17012349876转3071", ADDRESS);
    assert_eq!((sealed(&both)[1].as_str(), notices(&both)), ("17012349876-3071", vec![Notice::VirtualPhone]));

    // No other column holds a phone.
    let mut alone = Cells::new(NAME, "", ADDRESS).with("安全号", "17012349876-3071");
    alone.0.retain(|(column, _)| *column != "手机");
    assert_eq!(sealed(&alone.read().unwrap())[1], "17012349876-3071");
}

#[test]
fn a_virtual_number_that_ends_is_said_or_refused() {
    let until = |end: &str| Cells::new(NAME, "17012349876-3071", ADDRESS).with("有效期", end);
    assert_eq!(notices(&until("2026-12-08").read().unwrap()), [Notice::PhoneExpires]);
    assert_eq!(notices(&until("2026-12-09").read().unwrap()), []);
    assert_eq!(notices(&until("2026/11/24 08:00").read().unwrap()), [Notice::PhoneExpires]);
    assert_eq!(notices(&until("永久").read().unwrap()), []);
    assert_eq!(notices(&until("30天").read().unwrap()), [Notice::ValidityUnread]);
    assert_eq!(fault(&until("2026-11-23")), (Column::PhoneValidity, RecipientFault::Expired));
}

#[test]
fn an_extension_in_brackets_is_joined_where_two_places_agree() {
    let joined = |name, phone, address| {
        let order = order(name, phone, address);
        ([0, 1, 2].map(|at| sealed(&order)[at].clone()), notices(&order))
    };
    let at = |name: &str, phone: &str, address: &str| [name, phone, address].map(str::to_owned);
    let address = format!("{ADDRESS}[3071]");
    assert_eq!(
        joined("许知遥[3071]", PHONE, &address),
        (at(NAME, "13712340987-3071", ADDRESS), vec![Notice::ExtensionJoined])
    );
    assert_eq!(
        joined("许知遥【分机3071】", PHONE, ADDRESS),
        (at(NAME, "13712340987-3071", ADDRESS), vec![Notice::ExtensionJoined])
    );
    assert_eq!(
        joined(NAME, "13712340987-3071", "云栖路26号松涛苑(3071)"),
        (at(NAME, "13712340987-3071", "云栖路26号松涛苑"), vec![Notice::RepeatRemoved])
    );
    // One place alone may mean something else.
    for (name, address) in [("许知遥[3071]", ADDRESS), (NAME, address.as_str())] {
        assert_eq!(joined(name, PHONE, address), (at(name, PHONE, address), vec![]));
    }
    assert_eq!(
        joined("许知遥[4821]", PHONE, &address),
        (at("许知遥[4821]", PHONE, &address), vec![Notice::ExtensionsDisagree])
    );
}

#[test]
fn no_digit_of_an_extension_is_printed() {
    for (phone, masked) in [
        ("13712340987-3071", "1******0987"),
        ("95013987654321-3071", "******4321"),
        ("0755-26543210-8012", "0755-******10"),
    ] {
        let order = order(NAME, phone, ADDRESS);
        let summary = Summary::on(order.terms(false), &order.recipient(), None).unwrap();
        assert_eq!(&*summary.recipient().phone, masked);
        for remark in ["打通后按分机3071", "转8012"] {
            if phone.ends_with(&remark[remark.len() - 4..]) {
                let read = Cells::new(NAME, phone, ADDRESS).with("备注", remark).read();
                let told =
                    matches!(&read, Err(Reject { column: Column::Remark, reason: Reason::Told(_), .. }));
                assert!(told, "{remark}");
            }
        }
    }
    let short = Cells::new(NAME, "13712340987-30", ADDRESS).with("备注", "分机：30").read();
    assert!(matches!(short, Err(Reject { column: Column::Remark, reason: Reason::Told(_), .. })));
}

#[test]
fn what_cannot_be_dialled_is_no_phone() {
    for phone in ["-", "无", "0", "尾号0987", "11111111111", "没有", "/", "110"] {
        assert_eq!(
            fault(&Cells::new(NAME, phone, ADDRESS)),
            (Column::Phone, RecipientFault::NotDialable),
            "{phone}"
        );
    }
    let sender =
        Cells::new(NAME, PHONE, ADDRESS).with("寄件人", "木作坊").with("寄件人电话", "无").read().unwrap();
    assert_eq!((sender.contact().unwrap().sender_phone, notices(&sender)), ("", vec![Notice::SenderReduced]));
}

#[test]
fn an_order_that_may_lack_a_phone_is_sealed_without_what_cannot_be_dialled() {
    let mut rules = ReadingRules::default();
    rules.allow_missing_phone = true;
    for (phone, note) in [("-", ""), ("尾号0987", "尾号0987")] {
        let order = Cells::new(NAME, phone, ADDRESS).read_by(rules).unwrap();
        assert!(order.contact().is_none() && order.delivery().note == note);
        assert!(notices(&order).contains(&Notice::PhoneDropped));
    }
    assert!(Cells::new(NAME, "137****0987", ADDRESS).read_by(rules).is_err());
}

#[test]
fn the_first_number_is_the_phone_and_the_rest_goes_into_the_note() {
    for (phone, first, note) in [
        ("13712340987(妈妈13698761234)", PHONE, "妈妈13698761234"),
        ("13712340987转3071 备用13698761234转5678", "13712340987-3071", "备用13698761234转5678"),
        ("13712340987/13698761234", PHONE, "13698761234"),
        ("许女士 13712340987", PHONE, "许女士"),
        ("95013987654", "95013987654", ""),
        ("4001234567转8", "4001234567-8", ""),
    ] {
        let order = order(NAME, phone, ADDRESS);
        assert_eq!(sealed(&order), [NAME, first, ADDRESS, note], "{phone}");
        assert_eq!(notices(&order).contains(&Notice::PhoneRest), !note.is_empty());
    }
    let order = Cells::new(NAME, "13712340987/13698761234", ADDRESS).with("留言", "放门口").read().unwrap();
    assert_eq!(sealed(&order)[3], "放门口 13698761234");
}

#[test]
fn identity_numbers_are_refused_or_sealed_in_the_note() {
    use IdentityKind::{Brazil, China, Korea, Turkey};
    let home = Cells::new("许知遥44030518000202004X", PHONE, ADDRESS);
    assert_eq!(fault(&home), (Column::Name, RecipientFault::Identity(China)));
    for (country, name, address, column, kind) in [
        ("BR", "Livia Prado CPF 529.982.247-25", "Rua das Flores 5", Column::Name, Brazil),
        ("KR", "박서준(P210987654321)", "월드컵로 5", Column::Name, Korea),
        ("TR", "Deniz Aksoy", "Lale Sok. 5 T.C. 12345678950", Column::Detail, Turkey),
    ] {
        let cells = Cells::abroad(country, name, "+90 532 123 45 67", address);
        assert_eq!(fault(&cells), (column, RecipientFault::Identity(kind)), "{name}");
    }
    for column in ["备注", "物品", "留言", "寄件人"] {
        let cells = Cells::new(NAME, PHONE, ADDRESS).with(column, "证件 44030518000202004X");
        assert!(matches!(fault(&cells).1, RecipientFault::Identity(China)), "{column}");
    }

    let mut rules = ReadingRules::default();
    rules.allow_identity = true;
    let order = home.read_by(rules).unwrap();
    assert_eq!(sealed(&order), [NAME, PHONE, ADDRESS, "44030518000202004X"]);
    assert_eq!(notices(&order), [Notice::IdentitySealed]);
    // A printed text is no place for one, whatever is allowed.
    assert!(Cells::new(NAME, PHONE, ADDRESS).with("备注", "44030518000202004X").read_by(rules).is_err());
}

#[test]
fn a_division_is_sealed_once_and_two_places_are_refused() {
    for address in ["广东省深圳市南山区云栖路26号松涛苑5栋1803", "深圳市南山区云栖路26号松涛苑5栋1803"]
    {
        let order = order(NAME, PHONE, address);
        assert_eq!((sealed(&order)[2].as_str(), notices(&order)), (ADDRESS, vec![Notice::DivisionRepeated]));
        assert_eq!(order.recipient().division, ["广东省", "深圳市", "南山区"]);
    }
    for address in ["浙江省杭州市西湖区云栖路26号", "广东省深圳市福田区云栖路26号", "杭州市西湖区云栖路26号"]
    {
        assert_eq!(
            fault(&Cells::new(NAME, PHONE, address)),
            (Column::Detail, RecipientFault::TwoPlaces),
            "{address}"
        );
    }
    // Twice in one cell.
    let whole =
        Cells::abroad("", NAME, PHONE, "广东省深圳市南山区广东省深圳市南山区云栖路26号").read().unwrap();
    assert_eq!((whole.delivery().detail, whole.recipient().division[2]), ("云栖路26号", "南山区"));
}

#[test]
fn remarks_and_labels_are_taken_off_names_and_addresses() {
    for (name, address, sealed_as, notice) in [
        ("许知遥（放门口）", ADDRESS, [NAME, ADDRESS, "放门口"], Notice::RemarkMoved),
        ("送货上门 许知遥", ADDRESS, [NAME, ADDRESS, "送货上门"], Notice::RemarkMoved),
        ("收货人：许知遥", ADDRESS, [NAME, ADDRESS, ""], Notice::RepeatRemoved),
        ("团长阿珍-许知遥", ADDRESS, [NAME, ADDRESS, "团长阿珍"], Notice::RemarkMoved),
        ("许知遥13712340987", ADDRESS, [NAME, ADDRESS, ""], Notice::RepeatRemoved),
        (NAME, "云栖路26号松涛苑5栋1803 请打电话", [NAME, ADDRESS, "请打电话"], Notice::RemarkMoved),
        (NAME, "云栖路26号松涛苑5栋1803 许知遥 13712340987", [NAME, ADDRESS, ""], Notice::RepeatRemoved),
        (
            NAME,
            "收货地址：云栖路26号松涛苑5栋1803 收货人：许知遥 电话：13712340987",
            [NAME, ADDRESS, ""],
            Notice::RepeatRemoved,
        ),
    ] {
        let order = order(name, PHONE, address);
        let [name, _, address, note] = sealed(&order);
        assert_eq!([&name, &address, &note], sealed_as);
        assert_eq!(notices(&order), [notice]);
    }
    let order = order("收货人：许知遥（放门口）", PHONE, ADDRESS);
    let summary = Summary::on(order.terms(false), &order.recipient(), None).unwrap();
    assert_eq!(&*summary.recipient().name, "许**");
}

#[test]
fn what_is_in_order_is_sealed_as_it_stands() {
    for (country, name, phone, address) in [
        ("", NAME, PHONE, "云栖路26号5*1803"),
        ("", "🌸小桃酱🌸", PHONE, ADDRESS),
        ("", "阿布都·买买提", "0755-26543210-8012", ADDRESS),
        ("KR", "박서준", "0507-1234-5678", "테헤란로 152 9층"),
        ("DE", "Jule Hartwig", "+49 1512 3456789", "Packstation 145, Postnummer 8731946"),
        ("US", "SGT Dana Whitfield", "+1 480 555 0142", "PSC 1234 Box 5678"),
        ("GB", "Anne-Marie O'Neill-Smythe", "+44 (0)20 7946 0018", "Flat 2/1, 5 Llanfairpwllgwyngyll Rd"),
    ] {
        let order = Cells::abroad(country, name, phone, address).read().unwrap();
        assert_eq!(sealed(&order), [name, phone, address, ""]);
        assert!(order.notices().is_empty(), "{name}");
    }
}

#[test]
fn a_batch_says_what_it_did_and_rejects_are_as_they_came() {
    let place = PrintRoom::new();
    let rows = "运单号,网点,收件人,手机,省,市,区,详细地址\n\
        YT8800000000011,SZ-NS-012,许知遥（放门口）,13712340987转3071,广东省,深圳市,南山区,云栖路26号\n\
        YT8800000000012,SZ-NS-012,收货人：许**,137****0987,广东省,深圳市,南山区,云栖路26号\n\
        YT8800000000013,SZ-NS-012,~CmBBBBM9TzyHgOfmhcTClprKF=~4~,13712340987,广东省,深圳市,南山区,云栖路26号\n";
    place.write("orders.csv", rows);
    let out = place.sealed(&["orders.csv", "--out", "labels"], 1);
    let (printed, errors) = (text(&out.stdout), said(&out));
    assert!(printed.starts_with("3 orders = 1 labels + 2 rejected"), "{printed}");
    assert!(printed.contains("1 labels have remarks of name or address in the note"), "{printed}");
    assert!(errors.contains("line 3, phone: masked by the platform: export it decrypted"), "{errors}");
    assert!(errors.contains("line 4, name: cipher text of Pinduoduo"), "{errors}");
    assert!(!errors.contains("许") && !errors.contains("0987") && !errors.contains("CmBB"), "{errors}");
    let rejects = std::fs::read_to_string(place.at("labels.rejects.csv")).unwrap();
    assert!(rejects.contains("收货人：许**,137****0987,"), "{rejects}");

    let out = place.sealed(&["orders.csv", "--out", "-", "--format", "payload", "--json", "--lang", "zh"], 1);
    let events = said(&out);
    for event in [
        "\"notice\":\"remark_moved\"",
        "\"notice\":\"phone_respelled\"",
        "\"column\":\"phone\"",
        "已被平台脱敏",
        "拼多多",
    ] {
        assert!(events.contains(event), "{event}: {events}");
    }

    let stations = crate::common::command::stations();
    let out =
        wayseal(place.path(), &["mask", "orders.csv", "--check", "--stations", &stations]).output().unwrap();
    assert_eq!((code(&out), text(&out.stdout).as_str()), (1, ""));
    assert!(
        said(&out).contains("masked by the platform") && said(&out).contains("remarks of name or address")
    );
}

#[test]
fn a_courier_sees_the_extension_and_a_telephone_dials_it() {
    let desk = Desk::new();
    std::fs::write(desk.at("lines"), desk.label_to(1, "13712340987-3071") + "\n").unwrap();
    let shown = |arguments: &[&str]| {
        let input = std::fs::File::open(desk.at("lines")).unwrap();
        let out = desk
            .command(&[&["courier", "--state", "pda"], arguments].concat())
            .stdin(input)
            .output()
            .unwrap();
        assert_eq!(code(&out), 0, "{}", said(&out));
        text(&out.stdout)
    };
    let (english, chinese) = (shown(&[]), shown(&["--lang", "zh"]));
    for screen in [&english, &chinese] {
        assert!(screen.contains("\n137 1234 0987 转 3071\n"), "{screen}");
    }
    assert!(english.contains("if it no longer rings, ask the station"), "{english}");
    assert!(chinese.contains("平台只把新号码给网点，不给快递员"), "{chinese}");
    let line = shown(&["--json"]);
    let record: serde_json::Value = serde_json::from_str(line.trim()).unwrap();
    assert_eq!((&record["event"], &record["tel"]), (&"record".into(), &"tel:13712340987,,3071".into()));
}

#[test]
fn a_scan_shows_the_extension_and_gives_what_a_telephone_dials() {
    let place = tempfile::tempdir().unwrap();
    crate::common::demonstration::of_a_day(place.path());
    let rows =
        "运单号,网点,收件人,手机,详细地址\nYT8800000000011,SZ-NS-012,许知遥,13712340987转3071,云栖路26号\n";
    std::fs::write(place.path().join("orders.csv"), rows).unwrap();
    let demo = |file: &str| format!("wayseal-demo/{file}");
    let (authority, sealer, scanner) =
        (demo("authority/authority.pub"), demo("sealer.grant"), demo("scanner.grant"));
    let run = |arguments: &[&str]| {
        let day = ["--authority", &authority, "--day", crate::common::demonstration::DAY];
        let out = wayseal(place.path(), &[arguments, &day].concat()).output().unwrap();
        assert_eq!(code(&out), 0, "{}", said(&out));
        text(&out.stdout)
    };
    let stations = crate::common::command::stations();
    run(&["seal", "orders.csv", "--grant", &sealer, "--stations", &stations, "--out", "labels"]);
    let scan = ["scan", "labels/YT8800000000011.png", "--grant", &scanner];
    assert!(run(&scan).contains("137 1234 0987 转 3071"));
    let record: serde_json::Value =
        serde_json::from_str(run(&[&scan[..], &["--json"]].concat()).trim()).unwrap();
    let contact = &record["contact"];
    let expected = ("13712340987-3071".into(), "tel:13712340987,,3071".into());
    assert_eq!((&contact["phone"], &contact["tel"]), (&expected.0, &expected.1));
}

fn spelt(main: &str, extension: &str, style: usize) -> String {
    let wide = |text: &str| {
        text.chars().map(|c| char::from_u32(c as u32 - 0x30 + 0xff10).unwrap()).collect::<String>()
    };
    let circled = |text: &str| {
        let one = |c: char| if c == '0' { '⓪' } else { char::from_u32(c as u32 - 0x31 + 0x2460).unwrap() };
        text.chars().map(one).collect::<String>()
    };
    match style {
        0 => format!("{main}-{extension}"),
        1 => format!("{main}转{extension}"),
        2 => format!("{main},{extension}"),
        3 => format!("{main}_{extension}"),
        4 => format!("{main}#{extension}#"),
        5 => format!("{main} ext. {extension}"),
        6 => format!("{main}【分机{extension}】"),
        7 => format!("{}－{}", wide(main), wide(extension)),
        8 => format!("{main}转{}", circled(extension)),
        9 => format!("{main} 转 {extension}"),
        10 => format!("{main}（转{extension}）"),
        11 => format!("{main}[{extension}]"),
        12 => format!("{main}，，{extension}"),
        13 => format!("{main} 分机号：{extension}"),
        14 => format!("{main}—{extension}"),
        _ => format!("电话：{main} Extension {extension}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn every_spelling_of_every_virtual_number_is_sealed_as_one(
        main in select(vec!["1[3-9][0-9]{9}", "95013[0-9]{6,10}", "400[0-9]{7}", "0755-2[0-9]{7}"])
            .prop_flat_map(|form| proptest::string::string_regex(form).unwrap()),
        extension in "[0-9]{1,8}",
        style in 0_usize..16,
    ) {
        prop_assume!(main.chars().filter(char::is_ascii_digit).any(|c| c != '1'));
        // A phone of which the waybill's number holds a part is refused with its order.
        let digits: String = format!("{main}{extension}").chars().filter(char::is_ascii_digit).collect();
        prop_assume!(!digits.as_bytes().windows(7).any(|row| b"8866203715418".windows(7).any(|own| own == row)));
        // Full-width digits are repaired before, without a word.
        prop_assume!(style != 7 || !main.contains('-'));
        let phone = spelt(&main, &extension, style);
        let order = order(NAME, &phone, ADDRESS);
        let whole = format!("{main}-{extension}");
        prop_assert_eq!(order.contact().unwrap().phone, whole.as_str(), "{}", phone);
        prop_assert_eq!(order.delivery().note, "");
        prop_assert_eq!(notices(&order), if phone == whole || style == 7 { vec![] } else { vec![Notice::PhoneRespelled] });
    }

    #[test]
    fn every_mask_of_a_phone_or_an_address_is_refused(
        mark in select(vec!['*', '＊', '×', '•', '●', '█']), from in 0_usize..9, count in 2_usize..8,
    ) {
        let phone: String = PHONE.chars().enumerate().map(|(at, c)| if (from..from + count).contains(&at) { mark } else { c }).collect();
        prop_assert_eq!(fault(&Cells::new(NAME, &phone, ADDRESS)), (Column::Phone, RecipientFault::Masked));
        let address: String = ADDRESS.chars().enumerate().map(|(at, c)| if (from..from + count).contains(&at) { mark } else { c }).collect();
        prop_assert_eq!(fault(&Cells::new(NAME, PHONE, &address)), (Column::Detail, RecipientFault::Masked));
    }

    #[test]
    fn every_resident_identity_number_is_refused_in_every_cell(
        first in "(11|31|44|65)[0-9]{4}", year in 1930_u32..2020, month in 1_u32..13, day in 1_u32..29, serial in "[0-9]{3}",
        column in select(vec!["收件人", "手机", "详细地址", "留言", "备注", "物品"]),
    ) {
        let head = format!("{first}{year}{month:02}{day:02}{serial}");
        let sum = head.bytes().fold(0, |sum, digit| (sum * 2 + u32::from(digit - b'0')) % 11);
        let check = match (12 - sum * 2 % 11) % 11 { 10 => "X".to_owned(), digit => digit.to_string() };
        let cells = Cells::new(NAME, PHONE, ADDRESS).with(column, &format!("{NAME} {head}{check}"));
        prop_assert_eq!(fault(&cells).1, RecipientFault::Identity(IdentityKind::China));
    }

    #[test]
    fn no_text_makes_a_reader_panic_and_all_of_it_is_read_twice_alike(
        name in any::<String>(), phone in any::<String>(), address in any::<String>(), rest in "[\\PC转分机()（）\\[\\]【】*#~$-]{0,24}",
    ) {
        let cells = Cells::new(&name, &phone, &address).with("分机号", &rest).with("虚拟号", &rest).with("有效期", &rest);
        let read = cells.read().map(|order| sealed(&order)).map_err(|reject| reject.to_string());
        prop_assert_eq!(&read, &cells.read().map(|order| sealed(&order)).map_err(|reject| reject.to_string()));
        // What was read is in order: read again, nothing more is taken off.
        if let Ok([name, phone, address, _]) = read
            && !phone.is_empty()
        {
            let again = Cells::new(&name, &phone, &address).read().map(|order| sealed(&order)[1].clone());
            prop_assert_eq!(again.ok(), Some(phone));
        }
    }
}

#[test]
fn the_person_of_the_summary_is_the_one_that_is_sealed() {
    let order = order("收货人：许知遥", "13712340987转3071", "广东省深圳市南山区云栖路26号");
    let Person { name, phone, detail, .. } = order.recipient();
    assert_eq!([name, phone, detail], [NAME, "13712340987-3071", "云栖路26号"]);
}
