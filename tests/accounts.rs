//! Every order is on labels, in a reject, or kept for the old way, whatever its cells are: exactly one of them.

use crate::common::command::text;
use crate::common::print_room::{DAY, PrintRoom};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

const STATIONS: &str = "code,region,site,divisions,postcodes,sealed_from\n\
    SZ-NS-012,755,12,广东省深圳市南山区;广东省广州市,518000-518099,\n\
    SZ-FT-003,755,3,440304,,2026-12-01\n\
    BJ-DC-001,10,1,北京市,,\n";
const RANGES: &str = "first,last\nSF1390004216500,SF1390004217999\n";
const HEADER: &str = "手机,网点,运单号,收件人,省,市,区,详细地址,件数,子单号,代收金额,付款方式";

/// SplitMix64, so that a case that fails can be had again by its seed.
struct Cases(u64);

impl Cases {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    fn of<'a>(&mut self, cells: &[&'a str]) -> &'a str {
        cells[self.next() as usize % cells.len()]
    }

    /// A row whose phone is its name, and its own number if it has one.
    fn row(&mut self, at: usize) -> (String, Option<String>) {
        let station =
            self.of(&["SZ-NS-012", "sz-ns-012 ", "#SZ-NS-012", "", "", "SZ-FT-003", "NOWHERE", "BJ-DC-001"]);
        let own = match self.next() % 4 {
            0 => String::new(),
            1 => format!("JD00{:011}", at + 1_234_567),
            2 => format!("yt88 {:011}", at + 1_234_567),
            _ => self.of(&["YT8800000099999", "12", "运单", "000000000000"]).to_owned(),
        };
        let division = self.of(&[
            "广东省,深圳市,南山区",
            "广东,深圳,南山",
            "广东省,深圳市,福田区",
            "浙江省,绍兴市,新昌县",
            ",,",
        ]);
        let name = self.of(&["王芳", "王芳", "王芳", "王芳", ""]);
        let detail = self.of(&["人民路1号", "广东省深圳市南山区人民路1号", "人民路1号"]);
        let pieces = self.of(&["", "", "1", "3", "2件", "0", "many"]);
        let child =
            if self.next().is_multiple_of(3) { format!("YT99{:011}", at + 1_234_567) } else { String::new() };
        let cod = self.of(&["", "", "", "299", "¥1", "不"]);
        let terms = self.of(&["", "", "到付", "月结", "赊"]);
        let row =
            format!("1381{at:07},{station},{own},{name},{division},{detail},{pieces},{child},{cod},{terms}");
        let number = own.replace(' ', "").to_uppercase();
        (row, (number.len() == 15).then_some(number))
    }
}

/// The phones of a file's rows.
fn phones(room: &PrintRoom, name: &str) -> Vec<String> {
    let rows = fs::read_to_string(room.at(name)).unwrap_or_default();
    rows.lines().skip(1).map(|row| row.split(',').next().unwrap().to_owned()).collect()
}

#[test]
fn every_order_is_on_labels_or_in_a_reject_or_kept() {
    let (mut labelled, mut rejected, mut kept) = (0, 0, 0);
    for seed in 0..25 {
        let room = PrintRoom::new();
        room.write("stations.csv", STATIONS);
        room.write("waybills.csv", RANGES);
        let mut cases = Cases(seed);
        let (mut orders, mut own) = (format!("{HEADER}\n"), BTreeMap::new());
        for at in 0..80 {
            let (row, number) = cases.row(at);
            writeln!(orders, "{row}").unwrap();
            own.insert(format!("1381{at:07}"), number);
        }
        room.write("orders.csv", &orders);
        let mut arguments =
            vec!["seal", "orders.csv", "--out", "labels.jsonl", "--unsealed", "old.csv", "--day", DAY];
        arguments.extend([
            "--grant",
            "sealer.grant",
            "--authority",
            "authority.pub",
            "--stations",
            "stations.csv",
            "--json",
        ]);
        let numbered = seed % 2 == 0;
        if numbered {
            arguments.extend(["--waybills", "waybills.csv"]);
        }
        let out = room.command(&arguments).output().unwrap();
        let finished: Value = serde_json::from_str(text(&out.stdout).lines().last().unwrap()).unwrap();
        let count = |name: &str| finished[name].as_u64().unwrap() as usize;

        let (rejects, old) = (phones(&room, "labels.jsonl.rejects.csv"), phones(&room, "old.csv"));
        assert_eq!((rejects.len(), old.len()), (count("rejected"), count("unsealed")), "seed {seed}");
        let apart: BTreeSet<&String> = rejects.iter().chain(&old).collect();
        assert_eq!(apart.len(), rejects.len() + old.len(), "seed {seed}: an order is in two places");

        let labels = fs::read_to_string(room.at("labels.jsonl")).unwrap();
        let labels: Vec<Value> = labels.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let numbers: BTreeSet<&str> = labels.iter().map(|label| label["waybill"].as_str().unwrap()).collect();
        assert_eq!((numbers.len(), labels.len()), (labels.len(), count("labels")), "seed {seed}");
        // An order of three parcels has three labels or none; each has a first.
        let orders =
            labels.iter().filter(|label| label["piece"].as_u64().is_none_or(|piece| piece == 1)).count();
        assert_eq!(orders + rejects.len() + old.len(), 80, "seed {seed}");
        let pieces: u64 = labels
            .iter()
            .filter(|label| label["piece"].as_u64().is_none_or(|piece| piece == 1))
            .map(|label| label["pieces"].as_u64().unwrap_or(1))
            .sum();
        assert_eq!(pieces as usize, labels.len(), "seed {seed}");
        // The number of an order is on a label exactly if the order is in no other place; the first of two equal ones.
        for (phone, number) in &own {
            let Some(number) = number.as_deref().filter(|number| !number.starts_with("YT88000000999")) else {
                continue;
            };
            let on_label = numbers.iter().any(|known| known.starts_with(number));
            assert_eq!(on_label, !apart.contains(phone), "seed {seed}: {phone}");
        }
        (labelled, rejected, kept) = (labelled + orders, rejected + rejects.len(), kept + old.len());
    }
    assert!(
        labelled > 100 && rejected > 300 && kept > 100,
        "{labelled}, {rejected} and {kept}: the cases are too alike"
    );
}

/// Single cells do not stop a batch; their labels are counted, and the same from a file, all of whose cells were looked at
/// before, as from a stream.
#[test]
fn stray_addresses_and_phones_in_unused_columns_are_counted() {
    let room = PrintRoom::new();
    let mut orders = "运单号,网点,收件人,手机,省,市,区,详细地址,颜色,备用,来源\n".to_owned();
    for at in 0..1500 {
        let spare = if at % 500 == 499 { "0755-26543299" } else { "无" };
        let source = if at == 40 || at == 1400 { "人民路2号" } else { "直播" };
        writeln!(
            orders,
            "YT88{at:011},SZ-NS-012,王芳,1571200{at:04},广东省,深圳市,南山区,人民路1号,蓝色,{spare},{source}"
        )
        .unwrap();
    }
    room.write("orders.csv", orders);
    let stream = || fs::File::open(room.at("orders.csv")).unwrap();
    for (input, out) in [("orders.csv", "file.jsonl"), ("-", "stream.jsonl")] {
        let out = room.seal(&[input, "--out", out, "--json"]).stdin(stream()).output().unwrap();
        let finished: Value = serde_json::from_str(text(&out.stdout).lines().last().unwrap()).unwrap();
        let counted = (&finished["labels"], &finished["notices"]["unused_personal"]);
        assert_eq!(counted, (&1500.into(), &5.into()), "{input}: {}", text(&out.stderr));
    }
}
