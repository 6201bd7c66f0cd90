//! What is measured on: orders that all differ, and the keys of one sealer and one station.
//!
//! The people are those of `samples/orders.csv`. Each time round, every waybill and every digit of a detail
//! and a phone is another, since work repeated on one input looks faster than it is.

use std::fmt::Write as _;
use std::io::Cursor;
use wayseal::batch::columns::{ColumnChoices, Mapping};
use wayseal::batch::input::RowSource;
use wayseal::batch::order::Order;
use wayseal::batch::recipient::ReadingRules;
use wayseal::batch::stations::Stations;
use wayseal::keys::{AliasKey, Day, Generation, KeyPath, Node, Region, SealerId, Site, Tier};
use wayseal::payload::PayloadText;
use wayseal::sealer::{DestinationKeys, Sealer};

pub const DAY: Day = Day::new(2519);
pub const ORDERS: &str = include_str!("../../../../samples/orders.csv");
pub const STATIONS: &[u8] = include_bytes!("../../../../samples/stations.csv");

/// `count` orders as CSV, UTF-8.
pub fn csv(count: usize) -> String {
    let mut lines = ORDERS.lines();
    let header = lines.next().unwrap_or_default();
    let rows: Vec<&str> = lines.collect();
    let mut text = format!("{header}\n");
    let mut state = 1u64;
    let mut digit = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(b'1' + (state >> 33) as u8 % 9)
    };
    for (number, row) in rows.iter().cycle().take(count).enumerate() {
        let mut cells: Vec<String> = row.split(',').map(str::to_owned).collect();
        cells[0] = format!("YT88{:011}", 20_371_541_000 + number);
        // Seven cells on is the phone's end and the address; the first digits of a phone say its kind.
        for (at, keep) in [(3, 3), (10, 0)] {
            cells[at] = cells[at]
                .chars()
                .enumerate()
                .map(|(place, c)| if place >= keep && c.is_ascii_digit() { digit() } else { c })
                .collect();
        }
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{}", cells.join(","));
    }
    text
}

/// `count` orders.
pub fn orders(count: usize) -> Vec<Order> {
    let stations = Stations::parse(STATIONS).unwrap();
    let mut source = RowSource::stream(Box::new(Cursor::new(csv(count).into_bytes()))).unwrap();
    let mapping = Mapping::new(source.header(), &ColumnChoices::default()).unwrap();
    let mut orders = Vec::with_capacity(count);
    while let Some(row) = source.next_row() {
        orders.push(
            Order::new(&mapping, &stations, ReadingRules::default(), row.unwrap())
                .map_err(|r| r.reject)
                .unwrap(),
        );
    }
    orders
}

/// A sealer, its lane to one station, and that station's keys of both tiers.
pub struct BenchKeys {
    pub sealer: Sealer,
    pub lane: DestinationKeys,
    pub station: [Node; 2],
}

impl Default for BenchKeys {
    fn default() -> Self {
        let root = Node::new(KeyPath::root(Generation::EVEN), &[0x51; 32]);
        let derive = |path| {
            let mut node = Node::empty();
            root.derive(path, &mut node).unwrap();
            node
        };
        let site = |tier| {
            let path = KeyPath::day(Generation::EVEN, tier, DAY);
            derive(path.region(Region::new(755).unwrap()).site(Site::new(12).unwrap()))
        };
        let station = [site(Tier::Delivery), site(Tier::Contact)];
        let id = SealerId::new(7).unwrap();
        let alias = AliasKey::try_from(&station[0]).unwrap().alias(id);
        let [delivery, contact] = [0, 1].map(|tier: usize| derive(station[tier].path().sealer(alias)));
        Self {
            sealer: Sealer::new(&derive(KeyPath::origin(Generation::EVEN, DAY, id))).unwrap(),
            lane: DestinationKeys::new(&delivery, Some(&contact)).unwrap(),
            station,
        }
    }
}

impl BenchKeys {
    /// The payload of an order.
    pub fn seal(&self, order: &Order) -> PayloadText {
        self.sealer
            .seal(&self.lane, &order.waybill, &order.delivery(), order.contact().as_ref())
            .unwrap()
            .text
    }
}

/// A label of an order: what is printed on it, but for what the order holds itself.
pub struct BenchLabel {
    waybill: wayseal::bytes::Text<34>,
    summary: wayseal::summary::Summary,
    payload: PayloadText,
    handle: wayseal::bytes::Text<10>,
}

impl BenchLabel {
    /// Masks and seals an order.
    pub fn new(keys: &BenchKeys, order: &Order) -> Self {
        let payload = keys.seal(order);
        Self {
            waybill: order.waybill.text(),
            summary: wayseal::summary::Summary::new(&order.recipient(), order.sender().as_ref()).unwrap(),
            handle: wayseal::payload::Payload::parse(payload.as_bytes()).unwrap().handle().printed(),
            payload,
        }
    }

    /// What a composer takes.
    pub fn content<'l>(&'l self, order: &'l Order) -> wayseal::label::Content<'l> {
        let (recipient, sender) = (order.recipient(), order.sender());
        let show = |text| self.summary.show(text, &recipient, sender.as_ref());
        let texts = [order.goods(), order.remark()];
        let [goods, remark] = self.summary.show_both(texts, &recipient, sender.as_ref());
        wayseal::label::Content {
            waybill: &self.waybill,
            routing: order.routing().map(show),
            hub: order.hub().map(show),
            summary: &self.summary,
            payload: self.payload.as_str(),
            handle: &self.handle,
            goods,
            remark,
            piece: None,
            payment: None,
            day: "2026-11-24",
        }
    }
}
