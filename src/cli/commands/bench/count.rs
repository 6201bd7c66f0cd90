//! Repeats one kind of work and does nothing else, for a tool that counts instructions: `benches/instructions.sh`
//! holds the counts to a budget.

use crate::cli::arguments::bench::Counted;
use crate::cli::commands::bench::work::{BenchKeys, BenchLabel, DAY, orders};
use std::hint::black_box;
use wayseal::label::native::PrinterLanguage;
use wayseal::label::{Codes, Composer, Dpi, Format, Page, PrintJob, Template};
use wayseal::sealer::Plain;
use wayseal::symbol::{EcLevel, MaskPattern, Version};
use wayseal::verifier::{Buffer, Verifier, Want};

pub const ORDERS: usize = 60;

impl Counted {
    /// Repeats it `times` times.
    pub fn run(self, times: usize) {
        let keys = BenchKeys::default();
        let orders = orders(ORDERS);
        let turns = || (0..times).map(|turn| turn % ORDERS);
        let plains = || {
            orders.iter().map(|order| {
                let mut plain = Plain::empty();
                let _whole = plain
                    .encode(&order.delivery(), order.contact().as_ref())
                    .expect("an order of the sample");
                plain
            })
        };
        let texts = || orders.iter().map(|order| keys.seal(order)).collect::<Vec<_>>();
        match self {
            Self::Seal => turns().for_each(|turn| _ = black_box(keys.seal(&orders[turn]))),
            Self::SealEncoded => {
                let plains: Vec<_> = plains().collect();
                turns().for_each(|turn| {
                    let text = keys.sealer.seal_encoded(&keys.lane, &orders[turn].waybill, &plains[turn]);
                    black_box(text.expect("an order of the sample"));
                });
            }
            Self::Open => {
                let texts = texts();
                let verifier = Verifier::new(&keys.station, DAY);
                let mut buffer = Buffer::new();
                turns().for_each(|turn| {
                    let opened = verifier.open(texts[turn].as_bytes(), Want::Both, &mut buffer);
                    black_box(opened.expect("what was sealed").day);
                });
            }
            Self::Codec => turns().for_each(|turn| {
                let mut plain = Plain::empty();
                let order = &orders[turn];
                let _whole = plain
                    .encode(&order.delivery(), order.contact().as_ref())
                    .expect("an order of the sample");
                black_box(plain.class());
            }),
            Self::Mask => turns().for_each(|turn| {
                let (recipient, sender) = (orders[turn].recipient(), orders[turn].sender());
                let summary = wayseal::summary::Summary::new(&recipient, sender.as_ref());
                black_box(summary.expect("an order of the sample"));
            }),
            Self::Symbol => {
                let texts = texts();
                let version = Version::new(10).expect("a version of this crate");
                let template =
                    wayseal::symbol::SymbolTemplate::new(version, EcLevel::M, MaskPattern::DEFAULT);
                turns().for_each(|turn| {
                    black_box(template.encode(texts[turn].as_bytes()).expect("it holds the longest"));
                });
            }
            Self::Compose | Self::Png | Self::Zpl | Self::ZplNative => {
                let page = Page::new(Page::MEDIUM, Dpi::D203);
                let mut composer =
                    Composer::new(&Template::default(), page, Vec::new()).expect("the default");
                let labels: Vec<_> = orders.iter().map(|order| BenchLabel::new(&keys, order)).collect();
                let (mut job, mut out) = (PrintJob::stream(PrinterLanguage::Zpl), Vec::new());
                // Once round first, so that every glyph is drawn before anything is counted.
                for turn in (0..ORDERS).chain(turns()) {
                    if matches!(self, Self::ZplNative) {
                        let sketch = composer.sketch(&labels[turn].content(&orders[turn])).expect("it fits");
                        out.clear();
                        assert!(job.add(&sketch, &mut out), "no commands in a waybill number of the sample");
                        black_box(&out);
                        continue;
                    }
                    let composed = composer.compose(&labels[turn].content(&orders[turn])).expect("it fits");
                    let format = match self {
                        Self::Png => Format::Png,
                        Self::Zpl => Format::Zpl,
                        _ => continue,
                    };
                    black_box(format.encode(&composed, Codes::Dots).expect("a page"));
                }
            }
        }
    }
}
