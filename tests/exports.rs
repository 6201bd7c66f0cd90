//! Exports of shops and carriers, as they come: `samples/exports` has one of each system.

use crate::common::command::text;
use crate::common::print_room::PrintRoom;
use std::fs;
use std::path::PathBuf;
use wayseal::batch::columns::{Column, ColumnChoices, ColumnRole, Fields, Mapping, examine};
use wayseal::batch::gather::{Gather, Gathered};
use wayseal::batch::input::RowSource;

fn sample(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples/exports").join(name)
}

/// Exports have no station, and most no waybill number: both come from elsewhere.
fn supplied() -> ColumnChoices {
    let mut choices = ColumnChoices::default();
    choices.supplied = Fields::default().with(Column::Waybill).with(Column::Station);
    choices
}

/// The mapping of a sample, and its orders.
fn read(name: &str) -> (Mapping, Vec<Gathered>) {
    let (mapping, _) = examine(&mut RowSource::open(&sample(name)).unwrap(), &supplied())
        .unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut source = RowSource::open(&sample(name)).unwrap();
    let (mut gather, mut orders) = (Gather::default(), Vec::new());
    while let Some(row) = source.next_row() {
        orders.extend(gather.push(&mapping, row.unwrap()));
    }
    orders.extend(gather.finish(&mapping));
    (mapping, orders)
}

/// The fields of the first order that are compared.
const FIELDS: [Column; 8] = [
    Column::Order,
    Column::Name,
    Column::Phone,
    Column::Country,
    Column::City,
    Column::Detail,
    Column::Note,
    Column::Goods,
];

#[test]
fn each_export_is_known_by_its_header_without_a_mapping() {
    type Case = (&'static str, Option<&'static str>, usize, [&'static str; 8]);
    #[rustfmt::skip]
    let cases: [Case; 17] = [
        ("shopify.csv", Some("Shopify"), 2, ["#1001", "Anna Berg", "+1 217-555-0100", "US", "Springfield", "1 Main St Apt 5B", "Nordlicht LLC; ring twice", "Enamel Mug - Blue; Tea Towel"]),
        ("woocommerce.csv", Some("WooCommerce"), 1, ["2001", "Jonas Weiss", "+49 40 1234567", "DE", "Bremen", "Hafenstraße 12, 3. OG", "leave at the back", "Notebook A5; Fountain pen"]),
        ("woocommerce-fields.csv", Some("WooCommerce"), 2, ["2002", "Luc Dubois", "+33 1 23 45 67 89", "FR", "Lyon", "4 place du Marché Bât. B", "Atelier Nord", "name:Cahier|quantity:1"]),
        ("amazon.txt", Some("Amazon"), 2, ["104-3563777-5518068", "Mary Smith", "+1 206-555-0142", "US", "New York", "350 Fifth Avenue Suite 21", "", "Snow shovel; Ice scraper"]),
        ("shipstation.csv", Some("ShipStation"), 1, ["3001", "Grace Hill", "512-555-0117", "US", "Austin", "12 Maple Street Unit 4", "Hill Studio", ""]),
        ("shipstation-groups.csv", Some("ShipStation"), 1, ["3002", "Lena Aziz", "617-555-0161", "US", "Boston", "8 Harbor Road", "gate code at the bell", "Print, small; Print, large"]),
        ("shipstation.jsonl", Some("ShipStation"), 1, ["3003", "Ida Lund", "+49 431 555012", "DE", "Kiel", "Lindenweg 7 2. OG", "", ""]),
        ("easypost.csv", Some("EasyPost"), 1, ["4001", "Noah Green", "415-555-0123", "US", "San Francisco", "417 Market Street Floor 5", "", ""]),
        ("odoo.csv", Some("Odoo"), 2, ["WH/OUT/00012", "Sofia Rossi", "+39 06 5550123", "Italia", "Roma", "Via Roma 3 Scala B", "", "[D-1] Desk lamp; [D-2] Bulb E27"]),
        ("erpnext.csv", Some("ERPNext"), 1, ["MAT-DN-2026-00012", "Priya Nair", "+91 98450 12345", "India", "Bengaluru", "14 Gandhi Road 2nd Cross", "", ""]),
        ("taobao.csv", Some("淘宝"), 2, ["5118609024991031607", "王芳", "'13812345678", "", "", "广东省 深圳市 南山区 粤海街道 高新南七道18号3栋1204", "放门卫", "陶瓷马克杯"]),
        ("jd.csv", Some("京东"), 1, ["312345678901", "张敏", "15680557051", "", "", "广东省广州市天河区天河南街道科技园路114号阳光花园18栋1004室", "下班后送", "保温杯"]),
        ("kuaidi100.csv", Some("快递100"), 2, ["K1001", "刘洋", "13764656492", "", "", "北京市东城区东华门街道人民路298号7栋401室", "云深科技", "文件"]),
        ("sto.csv", Some("申通"), 1, ["S1001", "赵婷", "18173833652", "", "上海市", "新泾镇泉口路1号3栋", "", "书"]),
        ("smartstore.csv", Some("스마트스토어"), 2, ["2026112171234560", "김하늘", "010-1234-5678", "KR", "", "서울특별시 강남구 테헤란로 123 (역삼동, 하늘아파트) 101동 1201호", "문 앞에 놓아주세요", "도자기 머그컵; 접시"]),
        ("excel-zh.csv", None, 1, ["", "李伟", "15777129422", "", "", "广东省深圳市福田区沙头街道中山路47号2701室", "", "书；笔"]),
        ("excel-en.csv", None, 1, ["", "Anna Berg", "+1 217 5550100", "United States", "Springfield", "1 Main St Apt 5B", "", "Mug"]),
    ];
    let files = fs::read_dir(sample(""))
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().path().extension().is_none_or(|ending| ending != "md"));
    assert_eq!(files.count(), cases.len(), "a sample is not tested");
    for (name, export, count, expected) in cases {
        let (mapping, orders) = read(name);
        assert_eq!((mapping.export(), orders.len()), (export, count), "{name}");
        let cells = FIELDS.map(|field| mapping.place(field).map_or("", |at| orders[0].row.cell(at)));
        assert_eq!(cells, expected, "{name}");
        // The whole header is known, so that nothing is left to the looks of cells; how an order is paid is a field of its
        // own, and no export's.
        let unknown: Vec<&str> = mapping
            .columns()
            .iter()
            .filter(|column| column.role == ColumnRole::Unknown && column.name != "支付方式")
            .map(|column| &*column.name)
            .collect();
        assert!(unknown.is_empty(), "{name}: {unknown:?}");
    }
}

#[test]
fn the_second_choice_of_a_field_is_taken_where_the_first_is_blank() {
    let (mapping, orders) = read("kuaidi100.csv");
    let phone = mapping.place(Column::Phone).unwrap();
    assert_eq!(orders[1].row.cell(phone), "021-65432100");
    let (mapping, orders) = read("taobao.csv");
    let detail = mapping.place(Column::Detail).unwrap();
    assert!(orders[1].row.cell(detail).starts_with("广东省 广州市"), "the address was changed");
    assert!(mapping.has_other_phone(&orders[1].row) && !mapping.has_other_phone(&orders[0].row));
}

#[test]
fn an_order_without_any_shipping_address_goes_to_the_billing_address_as_a_whole() {
    let (mapping, orders) = read("woocommerce-fields.csv");
    let cells = FIELDS.map(|field| mapping.place(field).map_or("", |at| orders[1].row.cell(at)));
    assert_eq!(
        cells,
        [
            "2003",
            "Emma Petit",
            "+33 4 56 78 90 12",
            "FR",
            "Lyon",
            "7 quai Perrache",
            "Librairie Petit; sonner deux fois",
            "name:Stylo|quantity:2"
        ]
    );
    assert!(mapping.takes_other_address(&orders[1].row) && !mapping.takes_other_address(&orders[0].row));

    // One cell of a shipping address is one, however little it says: nothing of the billing address is added to it.
    let place = PrintRoom::new();
    let export = fs::read_to_string(sample("woocommerce-fields.csv")).unwrap();
    let header = export.lines().next().unwrap();
    let mut orders = format!("Tracking,Station,{header}\n");
    let columns: Vec<&str> = header.split(',').collect();
    let billing = export.lines().last().unwrap();
    let shipping = columns.iter().enumerate().filter(|(_, name)| {
        name.starts_with("shipping_")
            && !["shipping_total", "shipping_tax_total", "shipping_method"].contains(name)
    });
    let mut rejected = 0;
    for (at, name) in shipping {
        let mut cells: Vec<&str> = billing.split(',').collect();
        cells[at] = if *name == "shipping_country" { "FR" } else { "Annecy" };
        rejected += 1;
        orders += &format!("YT88000010000{rejected:02},SZ-NS-012,{}\n", cells.join(","));
    }
    assert_eq!(rejected, 9);
    orders += &format!("YT8800001000010,SZ-NS-012,{billing}\n");
    place.write("orders.csv", orders);
    let out = place.sealed(&["orders.csv", "--out", "labels.jsonl"], 1);
    let said = text(&out.stdout);
    assert!(said.starts_with("10 orders = 1 labels + 9 rejected"), "{said}");
    assert!(said.contains("1 labels go to the billing address"), "{said}");
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(place.at("labels.jsonl.manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["notices"]["other_address"], 1);
    let columns = manifest["columns"][0]["accounting"]["columns"].as_array().unwrap();
    let of = |name: &str| columns.iter().find(|column| column["column"] == name).unwrap();
    assert_eq!(
        (&of("billing_address_1")["as"][0], &of("billing_address_1")["sealed"]),
        (&"detail".into(), &true.into())
    );
    assert_eq!(of("billing_email")["unused"], "not_needed");

    // What the user says of a part of either address is not completed from the other one.
    for own in [["--column", "province=billing_state"], ["--ignore", "billing_postcode"]] {
        let out = place.sealed(&[&["orders.csv", "--dry-run"][..], &own].concat(), 1);
        let said = text(&out.stdout);
        assert!(said.starts_with("10 orders = 0 labels + 10 rejected"), "{own:?}: {said}");
    }
}

#[test]
fn what_only_the_billing_address_has_a_column_for_goes_with_it() {
    let export = fs::read_to_string(sample("woocommerce-fields.csv")).unwrap();
    let lacking = ["shipping_state", "shipping_postcode", "shipping_company"];
    let header: Vec<&str> = export.lines().next().unwrap().split(',').collect();
    let cut = |line: &str| {
        let cells = line.split(',').zip(&header).filter(|(_, name)| !lacking.contains(name));
        cells.map(|(cell, _)| cell).collect::<Vec<_>>().join(",")
    };
    let billing = export.lines().last().unwrap();
    assert_eq!(cut(billing).split(',').count() + 3, header.len());
    let place = PrintRoom::new();
    place.write(
        "orders.csv",
        format!("Tracking,Station,{}\nYT8800001000001,SZ-NS-012,{}\n", cut(&header.join(",")), cut(billing)),
    );
    let out = place.sealed(&["orders.csv", "--out", "labels.jsonl"], 0);
    assert!(text(&out.stdout).contains("1 labels go to the billing address"), "{}", text(&out.stdout));
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(place.at("labels.jsonl.manifest.json")).unwrap()).unwrap();
    let columns = manifest["columns"][0]["accounting"]["columns"].as_array().unwrap();
    for (name, field) in
        [("billing_state", "province"), ("billing_postcode", "postcode"), ("billing_company", "note")]
    {
        let column = columns.iter().find(|column| column["column"] == name).unwrap();
        assert_eq!((&column["as"][0], &column["sealed"]), (&field.into(), &true.into()), "{name}");
    }
}

#[test]
fn an_export_of_one_country_says_so_where_it_has_no_column_of_countries() {
    let place = PrintRoom::new();
    let export = fs::read_to_string(sample("smartstore.csv")).unwrap();
    let numbers = ["Waybill,Station", "YT8800001000001,SZ-NS-012", ",", "YT8800001000002,SZ-NS-012"];
    let rows = export.lines().skip(1).zip(numbers).map(|(line, own)| format!("{own},{line}\n"));
    place.write("orders.csv", rows.collect::<String>());
    let own = ["--ignore", "송장번호", "--column", "waybill=Waybill"];
    let out = place.sealed(&[&["orders.csv", "--out", "labels.jsonl"][..], &own].concat(), 0);
    assert!(
        text(&out.stdout).starts_with("3 rows = 2 labels + 0 rejected + 1 joined"),
        "{}",
        text(&out.stdout)
    );
    // A postcode of five digits is none of China's, which an order without a country would go to.
    let out = place
        .sealed(&[&["orders.csv", "--dry-run", "--column", "country=반품안심케어"][..], &own].concat(), 1);
    assert!(text(&out.stdout).contains("0 labels + 2 rejected"), "{}", text(&out.stdout));
}

#[test]
fn an_export_with_numbers_and_stations_is_sealed_as_it_is() {
    let place = PrintRoom::new();
    let shopify = fs::read_to_string(sample("shopify.csv")).unwrap();
    let lines: Vec<String> = shopify
        .lines()
        .zip(["Tracking,Station", "YT8800001000001,SZ-NS-012", ",", "YT8800001000002,SZ-NS-012"])
        .map(|(line, own)| format!("{own},{line}"))
        .collect();
    place.write("orders.csv", lines.join("\n") + "\n");
    let out = place.sealed(&["orders.csv", "--out", "labels.jsonl"], 0);
    let said = text(&out.stdout);
    assert!(said.starts_with("3 rows = 2 labels + 0 rejected + 1 joined"), "{said}");
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(place.at("labels.jsonl.manifest.json")).unwrap()).unwrap();
    assert_eq!(
        (&manifest["rows"], &manifest["labels"], &manifest["joined"]),
        (&3.into(), &2.into(), &1.into())
    );
    let columns = &manifest["columns"][0]["accounting"];
    assert_eq!(columns["export"], "Shopify");
    assert_eq!(columns["columns"].as_array().unwrap().len(), 81);

    // A payload prints no goods: they are said to be unused.
    assert!(text(&out.stderr).contains("Lineitem name"), "{}", text(&out.stderr));
    let out = place.sealed(&["orders.csv", "--dry-run", "--json"], 0);
    let events: Vec<serde_json::Value> =
        text(&out.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let columns = events.iter().find(|event| event["event"] == "columns").unwrap();
    let of = |name: &str| {
        columns["columns"].as_array().unwrap().iter().find(|column| column["column"] == name).unwrap().clone()
    };
    assert_eq!(
        of("Shipping Name"),
        serde_json::json!({"column": "Shipping Name", "as": ["name"], "sealed": true, "printed": true})
    );
    assert_eq!(
        of("Lineitem name"),
        serde_json::json!({"column": "Lineitem name", "as": ["goods"], "printed": true})
    );
    assert_eq!(of("Email")["unused"], "not_needed");
    let out = place.sealed(&["orders.csv", "--dry-run"], 0);
    assert!(text(&out.stderr).contains("COLUMN") && text(&out.stderr).contains("Shipping Address2"));
}

#[test]
fn an_address_under_an_unknown_name_stops_the_batch_before_anything_is_written() {
    let place = PrintRoom::new();
    let header = "运单号,网点,收件人,手机,详细地址";
    let row = "YT8800001000001,SZ-NS-012,李伟,15777120001,人民路1号";
    place.write("orders.csv", format!("{header},备用地点\n{row},广东省深圳市福田区中山路1号2701室\n"));
    for command in ["seal", "mask"] {
        let run = |more: &[&str], code: i32| {
            let out = if command == "seal" {
                place.sealed(&[&["orders.csv", "--out", "labels.jsonl"], more].concat(), code)
            } else {
                let stations = crate::common::command::stations();
                let out = place.command(&[&["mask", "orders.csv", "--stations", &stations], more].concat());
                let out = { out }.output().unwrap();
                assert_eq!(out.status.code(), Some(code), "{}", text(&out.stderr));
                out
            };
            text(&out.stderr).to_owned()
        };
        let said = run(&[], 4);
        assert!(said.contains("备用地点") && said.contains("--ignore '备用地点'"), "{command}: {said}");
        assert!(said.contains("--column detail='详细地址+备用地点'"), "{command}: {said}");
        let written = place.at("labels.jsonl").exists() || place.at("labels.jsonl.manifest.json").exists();
        assert!(command == "mask" || !written);
        run(&["--ignore", "备用地点"], 0);
        place.write("columns.toml", "ignore = [\"备用地点\"]\n");
        if command == "mask" {
            run(&["--columns", "columns.toml"], 0);
        }
    }
}

#[test]
fn all_problems_of_a_mapping_are_told_at_once_with_what_to_type() {
    let place = PrintRoom::new();
    place.write(
        "orders.csv",
        "运单号,站,收件人,固话号码,电话,手机,first,last,备注,备注\nYT8800001000001,SZ-NS-012,李伟,,15777120001,,a,b,,\n",
    );
    let out = place.sealed(&["orders.csv", "--out", "l.jsonl", "--column", "note=留言"], 4);
    let said = text(&out.stderr);
    for part in [
        "`station`: --column station=",
        "each of 电话, 手机 could be `phone`: --column phone='电话', or --column phone='电话|手机'",
        "no column of an address",
        "--allow-missing detail",
        "the file has no column 留言",
        "more than one column is called 备注: 9, 10",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    place.write("two.csv", "waybill,station,first,last,phone,a1,a2\nYT8800001000001,SZ-NS-012,John,Smith,15777120001,Road 1,Apt 5B\n");
    let joined = ["two.csv", "--dry-run", "--column", "name=first+last", "--column", "detail=a1+a2"];
    place.sealed(&joined, 0);
}

#[test]
fn a_preview_shows_columns_stations_and_the_first_label_and_writes_none() {
    let place = PrintRoom::new();
    place.write("orders.csv", "运单号,网点,收件人,手机,详细地址,品名,价格\nYT8800001000001,SZ-NS-012,李伟,15777120001,人民路1号,书,9.00\nYT8800001000002,NOWHERE,王芳,15777120002,人民路2号,笔,3.00\n");
    let before = fs::read_dir(place.path()).unwrap().count();
    let out = place.sealed(&["orders.csv", "--preview"], 1);
    let said = text(&out.stdout);
    for part in [
        "价格",
        "not used",
        "SZ-NS-012  1 labels",
        "line 3, station",
        "2 orders = 1 labels + 1 rejected",
        "\u{28ff}",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!said.contains("15777120001") && !said.contains("李伟"), "{said}");
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), before);
    place.sealed(&["orders.csv", "--preview", "first.png"], 1);
    place.sealed(&["orders.csv", "--preview", "first.html"], 1);
    assert!(fs::read(place.at("first.png")).unwrap().starts_with(b"\x89PNG"));
    assert!(fs::read_to_string(place.at("first.html")).unwrap().contains("data:image/png;base64,"));
    place.sealed(&["orders.csv", "--preview", "first.pdf"], 2);
}

#[test]
fn rows_of_a_rejected_order_are_fed_in_again_together() {
    let place = PrintRoom::new();
    let header = "运单号,网点,收件人,手机,详细地址,品名";
    let row = |station: &str, goods: &str| {
        format!("YT8800001000001,{station},李伟,15777120001,人民路1号,{goods}\n")
    };
    place.write("orders.csv", format!("{header}\n{}{}", row("NOWHERE", "书"), row("NOWHERE", "笔")));
    let out = place.sealed(&["orders.csv", "--out", "a.jsonl"], 1);
    assert!(
        text(&out.stdout).starts_with("2 rows = 0 labels + 1 rejected + 1 joined"),
        "{}",
        text(&out.stdout)
    );
    let rejects = fs::read_to_string(place.at("a.jsonl.rejects.csv")).unwrap();
    assert!(rejects.contains("人民路1号,书,") && rejects.contains("人民路1号,笔,"), "{rejects}");
    place.write("again.csv", rejects.replace("NOWHERE", "SZ-NS-012"));
    let out = place.sealed(&["again.csv", "--out", "b.jsonl"], 0);
    assert!(
        text(&out.stdout).starts_with("2 rows = 1 labels + 0 rejected + 1 joined"),
        "{}",
        text(&out.stdout)
    );
}

#[test]
fn joined_rows_are_counted_and_a_limit_counts_orders() {
    let place = PrintRoom::new();
    let mut orders = "运单号,网点,收件人,手机,详细地址,品名\n".to_owned();
    for number in 0..600_u64 {
        for item in 0..=number % 3 {
            orders += &format!(
                "YT88{:011},SZ-NS-012,李伟,157771{number:05},人民路{number}号,品{item}\n",
                number + 1
            );
        }
    }
    place.write("orders.csv", orders);
    place.sealed(&["orders.csv", "--out", "whole.jsonl", "--part", "100"], 0);
    let whole: serde_json::Value =
        serde_json::from_slice(&fs::read(place.at("whole.jsonl.manifest.json")).unwrap()).unwrap();
    assert_eq!(
        (&whole["rows"], &whole["labels"], &whole["joined"]),
        (&1200.into(), &600.into(), &600.into())
    );
    let out = place.sealed(&["orders.csv", "--dry-run", "--limit", "5"], 0);
    assert!(
        text(&out.stdout).starts_with("9 rows = 5 labels + 0 rejected + 4 joined"),
        "{}",
        text(&out.stdout)
    );
}
