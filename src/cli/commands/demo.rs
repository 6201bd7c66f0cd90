//! `wayseal demo`: every step from the authority to the scan, on the embedded sample. It makes all its keys itself in one
//! folder, so that it needs no settings.

use crate::cli::arguments::demo::DemoArgs;
use crate::cli::clock::today;
use crate::cli::commands::authority::folder::{init, next_serial};
use crate::cli::console::{say, warn};
use crate::cli::failure::Failure;
use crate::cli::language::demo as text;
use crate::cli::language::{Language, failure};
use crate::cli::orders::orders;
use crate::cli::pictures;
use crate::cli::record_text::address;
use std::path::Path;
use wayseal::authority::custody::{Authority, Lock, Unlock, Work};
use wayseal::authority::day_keys::Days;
use wayseal::authority::issue::{GrantTerms, Limits, Scope, issue};
use wayseal::batch::columns::ColumnChoices;
use wayseal::batch::input::RowSource;
use wayseal::batch::press::{Press, SealingKeys};
use wayseal::batch::recipient::ReadingRules;
use wayseal::batch::seen::Seen;
use wayseal::batch::stations::Stations;
use wayseal::error::Refusal;
use wayseal::files::{self, Access};
use wayseal::keys::{Day, SealerId, Tier};
use wayseal::label::{Dpi, Page, Template};
use wayseal::payload::Payload;
use wayseal::signed::grant::{Grant, SCANNER_DAYS, SEALER_DAYS};
use wayseal::verifier::{Buffer, Verifier, Want};

pub const ORDERS: &[u8] = include_bytes!("../../../samples/orders.csv");

pub const STATIONS: &[u8] = include_bytes!("../../../samples/stations.csv");

/// A passphrase that is written down here: a demonstration has nothing to hide.
const PASSPHRASE: &str = "demonstration";

impl DemoArgs {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        let day = self.day.map_or_else(|| today(language), Ok)?;
        let folder = &self.folder;
        let stations = Stations::parse(STATIONS).map_err(Failure::input)?;
        let root = root(&folder.join("authority"), language)?;
        say(&format!("{}\n   {}", language.of(text::STEP_1_AUTHORITY), folder.join("authority").display()))?;

        let destinations: Vec<_> =
            stations.all().iter().map(|station| (station.region, station.site)).collect();
        let seven = SealerId::new(7).ok_or_else(|| Failure::usage(language.of(text::SAMPLE_DAMAGED)))?;
        // Issued on the day of the demonstration, not today.
        let issued = (u64::from(day.number()) + Day::UNIX_OFFSET) * 86_400;
        let grant = |name: &str, scope: Scope<'_>, days| {
            let serial = next_serial(&folder.join("authority"), issued, None, language)?;
            issue(&root, GrantTerms::new(name, serial, issued), &scope, days, Limits::Kept)
                .map_err(|error| Failure::usage(language.issue(&error)))
        };
        let scope = Scope::Sealer { sealer: seven, destinations: &destinations };
        let sealer = grant("sealer-7", scope, Days::from(day, SEALER_DAYS))?;
        sealer
            .store(&folder.join("sealer.grant"), &root)
            .map_err(|error| Failure::output(language.grant(&error)))?;

        let labels = folder.join("labels");
        std::fs::create_dir_all(&labels).map_err(|error| {
            Failure::output(failure::cannot_make_folder(language, labels.display(), language.system(&error)))
        })?;
        let desk =
            SealingKeys::new(&sealer, day).map_err(|error| Failure::key(language.desk(&error, &sealer)))?;
        let mut press = Press::new(&Template::default(), Page::new(Page::MEDIUM, Dpi::D203))
            .map_err(|error| Failure::output(language.template(&error)))?;
        let (mut sealed, mut rejected) = (0, 0);
        let mut first = None;
        let sample = RowSource::stream(Box::new(ORDERS));
        let rules = ReadingRules::on(day);
        for order in orders(
            Path::new("samples/orders.csv"),
            sample,
            &ColumnChoices::default(),
            &stations,
            rules,
            &mut Seen::default(),
            language,
        )? {
            match order.and_then(|order| press.print(&order, &desk).map(|printed| (order, printed))) {
                Ok((order, printed)) => {
                    let path = labels.join(format!("{}.png", order.waybill));
                    files::write(&path, &printed.png, Access::Everyone)
                        .map_err(|error| Failure::output(language.file(&error)))?;
                    sealed += 1;
                    first.get_or_insert((order, path));
                }
                Err(reject) => {
                    rejected += 1;
                    warn(&format!("   {}", language.reject(&reject)));
                }
            }
        }
        let (order, picture) = first.ok_or_else(|| Failure::output(language.of(text::SAMPLE_DAMAGED)))?;
        say(&format!(
            "{} {sealed} {}\n   {}",
            language.of(text::STEP_2_SEALED),
            language.of(text::ORDERS_INTO_LABELS),
            labels.display()
        ))?;

        let summary =
            wayseal::summary::Summary::on(order.terms(false), &order.recipient(), order.sender().as_ref())
                .map_err(Failure::output)?;
        let masked = summary.recipient();
        say(&format!(
            "{}\n   {}  {}  {}",
            language.of(text::STEP_3_PRINTED),
            masked.name,
            masked.phone,
            masked.address
        ))?;

        let read = pictures::read(&picture).map_err(|error| {
            Failure::input(format!("{}: {}", picture.display(), language.no_code(&error)))
        })?;
        let text = read.labels.first().map_or("", |(text, _)| text.as_str());
        let payload =
            Payload::parse(text.as_bytes()).map_err(|refusal| Failure::input(language.refusal(refusal)))?;
        let header = payload.header();
        say(&format!(
            "{}\n   {} · {} · {} {}/{} · {} {}",
            language.of(text::STEP_4_READABLE),
            header.waybill,
            day,
            language.of(text::STATION),
            header.region.number(),
            header.site.number(),
            payload.bytes().len(),
            language.of(text::BYTES_THE_REST_SEALED)
        ))?;

        let station = &order.station;
        let scanner = |name: &str, at: &wayseal::batch::stations::Station, tiers: &[Tier]| {
            let scope = Scope::Scanner { tiers, stations: &[(at.region, at.site)] };
            let grant = grant(name, scope, Days::ending(day, SCANNER_DAYS))?;
            let path = folder.join(format!("{name}.grant"));
            grant.store(&path, &root).map_err(|error| Failure::output(language.grant(&error)))?;
            Ok::<Grant, Failure>(grant)
        };
        let own = scanner("scanner", station, &[Tier::Delivery, Tier::Contact])?;
        let mut buffer = Buffer::new();
        let opened = Verifier::new(&own.nodes, day)
            .open(text.as_bytes(), Want::Held, &mut buffer)
            .map_err(|refusal| Failure::key(language.refusal(refusal)))?;
        say(&format!("{} {}{}", language.of(text::STEP_5_COURIER), station.name, language.of(text::READS)))?;
        if let Some(delivery) = &opened.delivery {
            say(&format!("   {}  {}", delivery.name, address(delivery)))?;
        }
        if let Some(contact) = &opened.contact {
            say(&format!("   {}", contact.phone))?;
        }
        buffer.wipe();

        let next = stations.all().iter().find(|other| other.code != station.code);
        let next = next.ok_or_else(|| Failure::input(language.of(text::SAMPLE_DAMAGED)))?;
        let other = scanner("next-station", next, &[Tier::Delivery])?;
        let refusal = Verifier::new(&other.nodes, day).open(text.as_bytes(), Want::Held, &mut buffer);
        let refusal = refusal.err().ok_or_else(|| Failure::key(language.of(text::OTHER_STATION_OPENED)))?;
        debug_assert_eq!(refusal, Refusal::OtherStation);
        say(&format!(
            "{} {}{}\n   {}: {}",
            language.of(text::STEP_6_OTHER_COURIER),
            next.name,
            language.of(text::GETS),
            refusal.name(),
            language.refusal(refusal)
        ))?;

        // Every picture is read again and opened with a key that reaches all of the day.
        let mut unread = 0;
        for path in pictures::list(std::slice::from_ref(&labels), language)?.files {
            let read = pictures::read(&path);
            let text = read.ok().and_then(|read| read.labels.into_iter().next().map(|(text, _)| text));
            let nodes = root.root(0).and_then(|root| root.node()).map_or(&[][..], std::slice::from_ref);
            let opens = |text: String| {
                Verifier::new(nodes, day).open(text.as_bytes(), Want::Held, &mut buffer).is_ok()
            };
            if !text.is_some_and(opens) {
                unread += 1;
                warn(&format!("   {}: {}", path.display(), language.of(text::NOT_READ_BACK)));
            }
        }
        say("")?;
        say(&format!("{} {}", language.of(text::LOOK_AT), picture.display()))?;
        Ok(u8::from(rejected + unread > 0))
    }
}

/// The demonstration's authority: the one that is there, or a new one.
pub fn root(folder: &Path, language: Language) -> Result<Authority, Failure> {
    let envelope = folder.join("authority.age");
    if envelope.exists() {
        return Authority::load(&envelope, |_| Ok(Unlock::Passphrase(PASSPHRASE.into())))
            .map_err(|error| Failure::key(language.custody(&error)));
    }
    init(folder, || Authority::generate(0), language, || Ok(Lock::Passphrase(PASSPHRASE.into(), Work::Quick)))
}
