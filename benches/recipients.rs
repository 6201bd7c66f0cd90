//! False alarms of the readers of recipients on cells that are known to be good: `cargo bench --bench recipients --
//! FILE…`
//!
//! A file of JSON lines has an order on each line, by the names of columns. Of any other file each line is an address, which
//! goes to one recipient with a virtual number. Every refusal of a recipient is counted by its reason, and every notice; with
//! `--show` the line is printed beside it. Nothing of the files is kept.

use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use wayseal::batch::columns::Mapping;
use wayseal::batch::input::RowSource;
use wayseal::batch::order::Order;
use wayseal::batch::recipient::ReadingRules;
use wayseal::batch::reject::Reason;
use wayseal::batch::stations::Stations;

fn main() {
    let (options, files): (Vec<_>, Vec<_>) =
        std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    if files.is_empty() {
        println!("usage: cargo bench --bench recipients -- [--show] FILE …");
        return;
    }
    let show = options.iter().any(|option| option == "--show");
    for file in files {
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
        let mut counts = Counts::default();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let parsed = serde_json::from_str::<Map<String, Value>>(line);
            let cells = parsed.unwrap_or_else(|_| address(line));
            if let Some(said) = counts.add(cells)
                && show
            {
                println!("{said}: {line}");
            }
        }
        println!(
            "{}: {} orders, {} refused",
            file.rsplit('/').next().unwrap_or(&file),
            counts.orders,
            counts.refused
        );
        for (kind, orders) in &counts.kinds {
            println!("  {orders:>6} {kind}");
        }
    }
}

/// An address that goes to a recipient with a virtual number.
fn address(line: &str) -> Map<String, Value> {
    let order = json!({"name": "林知夏", "phone": "13812345678-1234", "detail": line});
    order.as_object().cloned().unwrap_or_default()
}

#[derive(Default)]
struct Counts {
    orders: u64,
    refused: u64,
    kinds: BTreeMap<String, u64>,
}

impl Counts {
    /// Counts an order; what is said of its recipient, if anything is.
    fn add(&mut self, mut cells: Map<String, Value>) -> Option<String> {
        cells.retain(|_, cell| cell.is_string());
        cells.insert("waybill".to_owned(), "YT8866203715418".into());
        cells.insert("station".to_owned(), "S1".into());
        let line = Value::Object(cells).to_string() + "\n";
        let mut source = RowSource::stream(Box::new(Cursor::new(line.into_bytes()))).expect("a JSON line");
        let mapping = Mapping::new(source.header(), &wayseal::batch::columns::ColumnChoices::default())
            .expect("columns");
        let stations = Stations::parse(b"code,region,site\nS1,7,9\n").expect("stations");
        let row = source.next_row().expect("a row").expect("a row");
        self.orders += 1;
        let said = match Order::new(&mapping, &stations, ReadingRules::default(), row) {
            Ok(order) => order.notices().iter().map(|notice| notice.name().to_owned()).collect(),
            Err(rejected) => match rejected.reject.reason {
                Reason::Recipient(fault) => {
                    self.refused += 1;
                    vec![format!("refused, {}: {fault}", rejected.reject.column)]
                }
                // What is wrong with the order otherwise is no alarm of these readers.
                _ => Vec::new(),
            },
        };
        for kind in &said {
            *self.kinds.entry(kind.clone()).or_default() += 1;
        }
        (!said.is_empty()).then(|| said.join(", "))
    }
}
