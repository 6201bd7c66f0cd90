//! `wayseal demo`: the whole story, on embedded defaults.

use super::authority::{init, next_serial};
use super::failure::Failure;
use super::language::Language;
use super::orders::orders;
use super::scan::address;
use super::{pictures, say, today};
use clap::Args;
use std::path::{Path, PathBuf};
use wayseal::authority::custody::{Authority, Lock, Unlock, Work};
use wayseal::authority::day_keys::Days;
use wayseal::authority::issue::{Limits, Scope, Terms, issue};
use wayseal::batch::input::Source;
use wayseal::batch::press::{Desk, Press};
use wayseal::batch::seen::Seen;
use wayseal::batch::stations::Stations;
use wayseal::error::Refusal;
use wayseal::files::{self, Access};
use wayseal::keys::{Day, SealerId, Tier};
use wayseal::label::{Dpi, Page, Template};
use wayseal::payload::Payload;
use wayseal::signed::grant::Grant;
use wayseal::signed::grant::{SCANNER_DAYS, SEALER_DAYS};
use wayseal::verifier::{Buffer, Verifier, Want};

const ORDERS: &[u8] = include_bytes!("../../samples/orders.csv");
const STATIONS: &[u8] = include_bytes!("../../samples/stations.csv");

/// A passphrase that is written down here: a demonstration has nothing to hide.
const PASSPHRASE: &str = "demonstration";

#[derive(Args)]
pub struct Demo {
    /// The folder
    #[arg(default_value = "wayseal-demo")]
    folder: PathBuf,
    /// The day of sealing, such as 2026-11-24; today if not given
    #[arg(long)]
    day: Option<Day>,
}

impl Demo {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        let day = self.day.map_or_else(today, Ok)?;
        let folder = &self.folder;
        let stations = Stations::parse(STATIONS).map_err(Failure::input)?;
        let root = root(&folder.join("authority"), language)?;
        say(&format!(
            "{}\n   {}",
            language.pick(
                "1  The authority holds the root and hands out keys.",
                "一、授权机构保管根密钥，发放授权。"
            ),
            folder.join("authority").display()
        ))?;

        let destinations: Vec<_> =
            stations.all().iter().map(|station| (station.region, station.site)).collect();
        let seven = SealerId::new(7).ok_or_else(|| Failure::usage("no sealer"))?;
        // Issued on the day that is played.
        let issued = (u64::from(day.0) + Day::UNIX_OFFSET) * 86_400;
        let grant = |name: &str, scope: Scope<'_>, days| {
            let serial = next_serial(&folder.join("authority"), issued)?;
            issue(&root, Terms::new(name, serial, issued), &scope, days, Limits::Kept).map_err(Failure::usage)
        };
        let scope = Scope::Sealer { sealer: seven, destinations: &destinations };
        let sealer = grant("sealer-7", scope, Days::from(day, SEALER_DAYS))?;
        sealer.store(&folder.join("sealer.grant"), &root).map_err(Failure::output)?;

        let labels = folder.join("labels");
        std::fs::create_dir_all(&labels)
            .map_err(|error| Failure::output(format!("cannot make {}: {error}", labels.display())))?;
        let desk = Desk::new(&sealer, day).map_err(Failure::key)?;
        let mut press =
            Press::new(&Template::default(), Page::new(Page::MEDIUM, Dpi::D203)).map_err(Failure::output)?;
        let (mut sealed, mut rejected) = (0, 0);
        let mut first = None;
        let sample = Source::stream(Box::new(ORDERS));
        for order in
            orders(Path::new("samples/orders.csv"), sample, &stations, &mut Seen::default(), language)?
        {
            match order.and_then(|order| press.print(&order, &desk).map(|printed| (order, printed))) {
                Ok((order, printed)) => {
                    let path = labels.join(format!("{}.png", order.waybill));
                    files::write(&path, &printed.png, Access::Everyone).map_err(Failure::output)?;
                    sealed += 1;
                    first.get_or_insert((order, path));
                }
                Err(reject) => {
                    rejected += 1;
                    eprintln!("   {}", language.reject(&reject));
                }
            }
        }
        let (order, picture) = first.ok_or_else(|| Failure::output("no label was sealed"))?;
        say(&format!(
            "{} {sealed} {}\n   {}",
            language.pick("2  The print station sealed", "二、打单方封装了"),
            language.pick("orders into labels.", "张面单。"),
            labels.display()
        ))?;

        let summary = wayseal::summary::Summary::on(order.terms(false), &order.recipient(), order.sender().as_ref())
            .map_err(Failure::output)?;
        let masked = summary.recipient();
        say(&format!(
            "{}\n   {}  {}  {}",
            language.pick("3  What is printed of the first recipient:", "三、第一张面单上印出的收件人："),
            masked.name,
            masked.phone,
            masked.address
        ))?;

        let (_, texts) = pictures::read(&picture).map_err(|error| Failure::input(error.to_string()))?;
        let text = texts.first().map_or("", String::as_str);
        let payload = Payload::parse(text.as_bytes()).map_err(Failure::input)?;
        let header = payload.header();
        say(&format!(
            "{}\n   {} · {} · {} {}/{} · {} {}",
            language.pick("4  What anyone can read from its code:", "四、任何人从二维码能读到的："),
            header.waybill,
            day,
            language.pick("station", "网点"),
            header.region.number(),
            header.site.number(),
            payload.bytes().len(),
            language.pick("bytes, the rest sealed", "字节，其余为密文")
        ))?;

        let station = &order.station;
        let scanner = |name: &str, at: &wayseal::batch::stations::Station, tiers: &[Tier]| {
            let scope = Scope::Scanner { tiers, stations: &[(at.region, at.site)] };
            let grant = grant(name, scope, Days::ending(day, SCANNER_DAYS))?;
            grant.store(&folder.join(format!("{name}.grant")), &root).map_err(Failure::output)?;
            Ok::<Grant, Failure>(grant)
        };
        let own = scanner("scanner", station, &[Tier::Delivery, Tier::Contact])?;
        let mut buffer = Buffer::new();
        let opened = Verifier::new(&own.nodes, day)
            .open(text.as_bytes(), Want::Held, &mut buffer)
            .map_err(Failure::key)?;
        say(&format!(
            "{} {}{}",
            language.pick("5  What the courier of", "五、"),
            station.name,
            language.pick(" reads:", " 的派送员读到的：")
        ))?;
        if let Some(delivery) = &opened.delivery {
            say(&format!("   {}  {}", delivery.name, address(delivery)))?;
        }
        if let Some(contact) = &opened.contact {
            say(&format!("   {}", contact.phone))?;
        }
        buffer.wipe();

        let next = stations.all().iter().find(|other| other.code != station.code);
        let next = next.ok_or_else(|| Failure::input("only one station"))?;
        let other = scanner("next-station", next, &[Tier::Delivery])?;
        let refusal = Verifier::new(&other.nodes, day).open(text.as_bytes(), Want::Held, &mut buffer);
        let refusal = refusal.err().ok_or_else(|| Failure::key("another station opened the label"))?;
        debug_assert_eq!(refusal, Refusal::OtherStation);
        say(&format!(
            "{} {}{}\n   {}: {}",
            language.pick("6  What the courier of", "六、"),
            next.name,
            language.pick(" gets:", " 的派送员得到的："),
            refusal.name(),
            language.refusal(refusal)
        ))?;

        // Every picture is read again and opened with a key that reaches all of the day.
        let mut unread = 0;
        for path in pictures::list(std::slice::from_ref(&labels))? {
            let read = pictures::read(&path);
            let text = read.ok().and_then(|(_, texts)| texts.into_iter().next());
            let nodes = root.root(0).and_then(|root| root.node()).map_or(&[][..], std::slice::from_ref);
            let opens = |text: String| {
                Verifier::new(nodes, day).open(text.as_bytes(), Want::Held, &mut buffer).is_ok()
            };
            if !text.is_some_and(opens) {
                unread += 1;
                eprintln!("   {}: {}", path.display(), language.pick("not read back", "未能读回"));
            }
        }
        say(&format!("\n{} {}", language.pick("Look at", "请看"), picture.display()))?;
        Ok(u8::from(rejected + unread > 0))
    }
}

/// The demonstration's authority: the one that is there, or a new one.
fn root(folder: &Path, language: Language) -> Result<Authority, Failure> {
    let envelope = folder.join("authority.age");
    if envelope.exists() {
        return Authority::load(&envelope, |_| Ok(Unlock::Passphrase(PASSPHRASE.into())))
            .map_err(Failure::key);
    }
    init(folder, || Authority::generate(0), language, || Ok(Lock::Passphrase(PASSPHRASE.into(), Work::Quick)))
}
