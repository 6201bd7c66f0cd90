use super::*;
use crate::batch::columns::{ColumnChoices, Fields, LabelParts, Mapping};
use crate::batch::input::RowSource;
use crate::batch::notice::Notice;
use crate::batch::recipient::ReadingRules;
use crate::batch::reject::{Reason, Reject};
use crate::batch::stations::Stations;
use crate::record::{Delivery, Division};
use crate::summary::{Masked, Summary};
use std::io::Cursor;

const STATIONS: &str = "code,region,site\nS1,7,9\nS2,7,10\n";

fn order(header: &str, row: &str) -> Result<Order, Reject> {
    let text = format!("{header}\n{row}\n").into_bytes();
    let mut source = RowSource::stream(Box::new(Cursor::new(text))).unwrap();
    // These rows are about other fields than the address.
    let mut choices = ColumnChoices::default();
    choices.may_lack.add(Column::Detail);
    let mapping = Mapping::new(source.header(), &choices).unwrap();
    let stations = Stations::parse(STATIONS.as_bytes()).unwrap();
    let row = source.next_row().unwrap().unwrap();
    Order::new(&mapping, &stations, ReadingRules::default(), row).map_err(|rejected| *rejected.reject)
}

#[test]
fn columns_are_matched_in_both_languages() {
    let chinese =
        order("运单号,网点,收件人,手机,详细地址", "YT8866203715418,S1,王芳,13812345678,人民路1号").unwrap();
    let english =
        order("waybill,station,name,phone,detail", "YT8866203715418,S1,王芳,13812345678,人民路1号").unwrap();
    for order in [chinese, english] {
        let delivery = order.delivery();
        assert_eq!((delivery.name, delivery.detail), ("王芳", "人民路1号"));
        assert_eq!(order.contact().unwrap().phone, "13812345678");
    }
}

#[test]
fn full_width_phones_can_be_dialled() {
    let order =
        order("waybill,station,name,phone", "YT8866203715418,S1,王芳,１３８１２３４５６７８").unwrap();
    assert_eq!(order.contact().unwrap().phone, "13812345678");
}

#[test]
fn numbers_of_other_countries_may_begin_with_any_digit() {
    let header = "waybill,station,name,phone,country,sender_name,sender_phone,sender_country";
    for (phone, country) in
        [("4155550123", "US"), ("89161728881", "RU"), ("6914620168", "gr"), ("85223456789", "")]
    {
        let row = format!("YT8866203715418,S1,王芳,{phone},{country},Ann,2125550123,US");
        assert_eq!(order(header, &row).unwrap().contact().unwrap().phone, phone);
    }
    let sender = "YT8866203715418,S1,王芳,13812345678,,李明,75526543299,";
    assert_eq!(order(header, sender).unwrap_err().column, Column::SenderPhone);
}

#[test]
fn bad_rows_say_line_and_column_and_nothing_of_the_content() {
    let header = "waybill,station,name,phone,country";
    for (row, column) in [
        ("6.93217E+12,S1,王芳,138,", "waybill"),
        ("000000000000,S1,王芳,138,", "waybill"),
        ("YT8866203715418,S3,王芳,138,", "station"),
        ("YT8866203715418,S1,,138,", "name"),
        ("YT8866203715418,S1,王芳,1.38123E+10,", "phone"),
        ("YT8866203715418,S1,王芳,75526543299,", "phone"),
        ("YT8866203715418,S1,王芳,75526543299,cn", "phone"),
        ("YT8866203715418,S1,王芳,138,Atlantis", "country"),
    ] {
        let said = order(header, row).unwrap_err().to_string();
        assert!(said.starts_with(&format!("line 2, {column}: ")), "{said}");
        assert!(!said.contains("王芳") && !said.contains("138"), "{said}");
    }
}

#[test]
fn an_order_without_address_or_phone_is_refused_unless_it_may_lack_it() {
    let refused = |row: &str, may_lack: Fields| {
        let text = format!("waybill,station,name,phone,city,detail\nYT8866203715418,S1,王芳,{row}\n");
        let mut source = RowSource::stream(Box::new(Cursor::new(text.into_bytes()))).unwrap();
        let choices = ColumnChoices { may_lack, ..ColumnChoices::default() };
        let mapping = Mapping::new(source.header(), &choices).unwrap();
        let stations = Stations::parse(STATIONS.as_bytes()).unwrap();
        let order =
            Order::new(&mapping, &stations, ReadingRules::default(), source.next_row().unwrap().unwrap());
        order
            .err()
            .map(|rejected| (rejected.reject.column, matches!(rejected.reject.reason, Reason::Missing)))
    };
    let none = Fields::default();
    assert_eq!(refused("13812345678,,人民路1号", none), None);
    assert_eq!(refused("13812345678,深圳市,", none), None);
    assert_eq!(refused("13812345678,,", none), Some((Column::Detail, true)));
    assert_eq!(refused(",,人民路1号", none), Some((Column::Phone, true)));
    assert_eq!(refused("13812345678,,", none.with(Column::Detail)), None);
    assert_eq!(refused(",,人民路1号", none.with(Column::Phone)), None);
}

#[test]
fn countries_are_known_by_name() {
    let of = |country: &str| {
        let row = format!("YT8866203715418,S1,Anna Berg,+14155550100,{country}");
        order("waybill,station,name,phone,country", &row).map(|order| order.delivery().country)
    };
    for (name, code) in
        [("United States", "US"), ("usa", "US"), ("us", "US"), ("中国", "CN"), ("ドイツ", "DE")]
    {
        assert_eq!(of(name).unwrap().as_str(), code, "{name}");
    }
    assert_eq!(of("Atlantis").unwrap_err().column, Column::Country);
}

/// What a label has of an order: what is sealed, and what is printed.
fn on_label(order: &Order, parts: LabelParts) -> (String, String) {
    let delivery = order.delivery();
    let contact = order.contact().filter(|_| parts.contact);
    let contact = contact.map(|it| [it.phone, it.sender_phone, it.sender_name].map(str::to_owned));
    let Delivery { name, country, postcode, street, detail, note, .. } = &delivery;
    let division = match delivery.division {
        Division::Code(code) => code.number().to_string(),
        Division::Names { province, city, district } => format!("{province} {city} {district}"),
    };
    let sealed = format!(
        "{:?} {name} {country} {postcode} {division} {street} {detail} {note} {contact:?}",
        order.station.code
    );
    let sender = order.sender().filter(|_| parts.sender);
    let summary = Summary::on(order.terms(true), &order.recipient(), sender.as_ref()).unwrap();
    let person = |it: &Masked| format!("{} {} {}", &*it.name, &*it.phone, &*it.address);
    let if_so = |is: bool, text: &str| if is { text.to_owned() } else { String::new() };
    let printed = format!(
        "{} {:?} {:?} {} {} {}",
        person(summary.recipient()),
        summary.sender().map(person),
        order.routing(),
        if_so(parts.hub, order.hub().unwrap_or_default()),
        if_so(parts.goods, order.goods()),
        if_so(parts.remark, order.remark()),
    );
    (sealed, order.waybill.text().to_string() + &if_so(parts.printed, &printed))
}

#[test]
fn each_field_goes_where_it_is_declared_to_go() {
    const ROW: [(Column, &str, &str); 25] = [
        (Column::Waybill, "YT8866203715418", "YT8866203715419"),
        (Column::Station, "S1", "S2"),
        (Column::Name, "王芳", "李芳"),
        (Column::Phone, "13812345678", "13812345679"),
        (Column::Country, "CN", "SG"),
        (Column::Postcode, "518000", "518001"),
        (Column::Province, "广东省", "浙江省"),
        (Column::City, "深圳市", "广州市"),
        (Column::District, "南山区", "福田区"),
        (Column::Street, "粤海街道", "沙河街道"),
        (Column::Detail, "科技路1号", "高新路2号"),
        (Column::Note, "放前台", "放门口"),
        (Column::SenderName, "赵云", "孙权"),
        (Column::SenderPhone, "13760000797", "13760000798"),
        (Column::SenderProvince, "江苏省", "福建省"),
        (Column::SenderCity, "南京市", "无锡市"),
        (Column::SenderDistrict, "鼓楼区", "玄武区"),
        (Column::SenderStreet, "中央路街道", "湖南路街道"),
        (Column::SenderDetail, "中央路1号", "湖南路2号"),
        (Column::Routing, "755-A03", "755-A04"),
        (Column::Hub, "深圳集包", "广州集包"),
        (Column::Goods, "书", "笔"),
        (Column::Remark, "易碎", "轻放"),
        (Column::Discreet, "0", "1"),
        (Column::Order, "A1", "A2"),
    ];
    let header = ROW.map(|(column, ..)| column.name()).join(",");
    let of = |changed: Option<Column>| {
        let cells = ROW.map(|(column, one, other)| if changed == Some(column) { other } else { one });
        order(&header, &cells.join(",")).unwrap()
    };
    let mut payload = LabelParts::ALL;
    payload.printed = false;
    let mut bare = LabelParts::ALL;
    (bare.contact, bare.hub, bare.goods, bare.remark, bare.sender) = (false, false, false, false, false);
    for parts in [LabelParts::ALL, payload, bare] {
        let before = on_label(&of(None), parts);
        for (column, ..) in ROW {
            let after = on_label(&of(Some(column)), parts);
            let to = column.destination(parts, true);
            let changed = (before.0 != after.0, before.1 != after.1);
            if to.read {
                // It decides about something else.
                assert!(!to.sealed && !to.printed, "{column}");
            } else if column == Column::Country {
                assert!(changed.0 && to.sealed, "{column}");
            } else {
                assert_eq!((to.sealed, to.printed), changed, "{column} {parts:?}");
            }
        }
    }
}

#[test]
fn the_routing_of_a_station_that_is_over_gives_way_to_its_successors() {
    let stations =
        "code,region,site,routing,hub,until,successor\nA,755,1,755-A,,2026-11-24,B\nB,755,2,755-B,,,\n";
    let stations = Stations::parse(stations.as_bytes()).unwrap();
    let of = |day: &str, own: &str| {
        let text = format!(
            "waybill,station,name,phone,detail,routing,hub\nYT8866203715418,A,王芳,13812345678,人民路1号,{own},集包\n"
        );
        let mut source = RowSource::stream(Box::new(Cursor::new(text.into_bytes()))).unwrap();
        let mapping = Mapping::new(source.header(), &ColumnChoices::default()).unwrap();
        let rules = ReadingRules::on(day.parse().unwrap());
        let order = Order::new(&mapping, &stations, rules, source.next_row().unwrap().unwrap()).unwrap();
        let succeeded = order.notices().holds(Notice::StationSucceeded);
        (
            order.station.code.clone(),
            order.routing().map(str::to_owned),
            order.hub().map(str::to_owned),
            succeeded,
        )
    };
    let some = |text: &str| Some(text.to_owned());
    // B has no line for the hub, so that the order's stays.
    assert_eq!(of("2026-11-24", "755-X"), ("A".to_owned(), some("755-X"), some("集包"), false));
    assert_eq!(of("2026-11-25", "755-X"), ("B".to_owned(), some("755-B"), some("集包"), true));
    assert_eq!(of("2026-11-25", ""), ("B".to_owned(), some("755-B"), some("集包"), true));
}

#[test]
fn an_address_in_one_cell_is_split_and_nothing_of_it_lost() {
    let header = "运单号,网点,收件人,手机,收货地址";
    let of =
        |address: &str| order(header, &format!("YT8866203715418,S1,王芳,13812345678,{address}")).unwrap();
    let split = of("浙江省绍兴市新昌县人民路1号");
    assert!(matches!(split.delivery().division, Division::Code(code) if code.number() == 330_624));
    assert_eq!(split.delivery().detail, "人民路1号");
    assert_eq!(split.recipient().division, ["浙江省", "绍兴市", "新昌县"]);
    let whole = of("新昌人民路1号");
    assert_eq!(whole.delivery().detail, "新昌人民路1号");
}
