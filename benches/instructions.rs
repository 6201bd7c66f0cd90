//! A given number of seals, openings or compositions and nothing else, for a tool that counts instructions:
//! `cargo bench --bench instructions -- seal 1000`. `benches/instructions.sh` runs it under callgrind and
//! holds the counts to `benches/instructions.txt`.
#![allow(missing_docs)]

mod common;

use common::{DAY, Keys, Label, orders, plain};
use std::hint::black_box;
use wayseal::label::{Codes, Composer, Dpi, Format, Page, Template};
use wayseal::verifier::{Buffer, Verifier, Want};

const ORDERS: usize = 60;

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let what = arguments.next();
    let Some(count) = arguments.next().and_then(|count| count.parse().ok()) else {
        println!("usage: instructions seal|seal_encoded|open|codec|symbol|compose|png COUNT");
        return;
    };
    let keys = Keys::default();
    let orders = orders(ORDERS);
    let turns = || (0..count).map(|turn: usize| turn % ORDERS);
    match what.as_deref() {
        Some("seal") => turns().for_each(|turn| _ = black_box(keys.seal(&orders[turn]))),
        Some("seal_encoded") => {
            let plains: Vec<_> = orders.iter().map(plain).collect();
            turns().for_each(|turn| {
                let text = keys.sealer.seal_encoded(&keys.lane, &orders[turn].waybill, &plains[turn]);
                black_box(text.expect("an order of the sample"));
            });
        }
        Some("open") => {
            let texts: Vec<_> = orders.iter().map(|order| keys.seal(order)).collect();
            let verifier = Verifier::new(&keys.station, DAY);
            let mut buffer = Buffer::new();
            turns().for_each(|turn| {
                let opened = verifier.open(texts[turn].as_bytes(), Want::Both, &mut buffer);
                black_box(opened.expect("what was sealed").day);
            });
        }
        Some("codec") => turns().for_each(|turn| _ = black_box(plain(&orders[turn]))),
        Some("symbol") => {
            use wayseal::symbol::{Level, Mask, Template, Version};
            let texts: Vec<_> = orders.iter().map(|order| keys.seal(order)).collect();
            let version = Version::new(10).expect("a version of this crate");
            let template = Template::new(version, Level::M, Mask::DEFAULT);
            turns().for_each(|turn| {
                black_box(template.encode(texts[turn].as_bytes()).expect("it holds the longest"));
            });
        }
        Some(what @ ("compose" | "png")) => {
            let mut composer =
                Composer::new(&Template::default(), Page::new(Page::MEDIUM, Dpi::D203), Vec::new())
                    .expect("the default template");
            let labels: Vec<_> = orders.iter().map(|order| Label::new(&keys, order)).collect();
            // Once round first, so that every glyph is drawn before anything is counted.
            for turn in (0..ORDERS).chain(turns()) {
                let composed = composer.compose(&labels[turn].content(&orders[turn])).expect("it fits");
                if what == "png" {
                    black_box(Format::Png.encode(&composed, Codes::Dots).expect("a page"));
                }
            }
        }
        other => println!("{} is not counted here", other.unwrap_or("nothing")),
    }
}
