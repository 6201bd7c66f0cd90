//! `wayseal mask`: the summaries that would be printed.

use super::config::Config;
use super::failure::Failure;
use super::language::Language;
use super::say;
use super::seal::orders;
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use wayseal::batch::input::{self, Source};
use wayseal::batch::seen::Seen;
use wayseal::summary::{Masked, Summary};

#[derive(Args)]
pub struct Mask {
    /// Files and folders of orders; - is the standard input
    #[arg(required = true)]
    orders: Vec<PathBuf>,
    /// The file of stations
    #[arg(long, value_name = "FILE")]
    stations: Option<PathBuf>,
    /// Print only the orders whose masks hide too little
    #[arg(long)]
    check: bool,
}

impl Mask {
    pub fn run(self, config: &Config, language: Language) -> Result<u8, Failure> {
        let stations = config.stations(self.stations.as_deref())?;
        let mut failed = false;
        let paths = input::files(&self.orders).map_err(|error| Failure::input(language.input(&error)))?;
        let mut seen = Seen::default();
        for path in &paths {
            for order in orders(path, Source::open(path), &stations, &mut seen, language)? {
                let order = match order {
                    Ok(order) => order,
                    Err(reject) => {
                        eprintln!("{}: {}", path.display(), language.reject(&reject));
                        failed = true;
                        continue;
                    }
                };
                match Summary::new(&order.recipient(), order.sender().as_ref()) {
                    Ok(summary) if !self.check => {
                        let person = |masked: &Masked| json!({"name": &*masked.name, "phone": &*masked.phone, "address": &*masked.address});
                        say(&json!({
                            "waybill": &*order.waybill.text(),
                            "recipient": person(summary.recipient()),
                            "sender": summary.sender().map(person),
                        })
                        .to_string())?;
                    }
                    Ok(_) => {}
                    Err(violation) => {
                        eprintln!("{}: line {}: {violation}", path.display(), order.line);
                        failed = true;
                    }
                }
            }
        }
        Ok(u8::from(failed))
    }
}
