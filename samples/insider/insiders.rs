//! The insiders: the grant that each holds, and how many records of the month it opens.

use crate::network::{FIRST, Label, Network};
use crate::others::{Means, Read, Worlds};
use std::collections::HashMap;
use std::thread;
use wayseal::authority::day_keys::Days;
use wayseal::authority::issue::{Destination, GrantTerms, Limits, Scope, issue, issuer};
use wayseal::keys::{Day, Node, Region, SealerId, Tier};
use wayseal::payload::Payload;
use wayseal::signed::grant::Grant;
use wayseal::signed::grant::{DESK_DAYS, Purpose, REGION_DAYS, SCANNER_DAYS, SEALER_DAYS};
use wayseal::verifier::{Buffer, Verifier, Want};

/// The stations that a hub's desk serves.
const DESK_STATIONS: u32 = 10;

const BOTH: [Tier; 2] = [Tier::Delivery, Tier::Contact];

/// An insider. Each has pictures of all labels of the month.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Insider {
    /// Stole a courier's scanner on the month's last day.
    Scanner,
    /// Was lent a courier's account for the whole month, with its budget a day.
    Account,
    /// Stole a region's device.
    Region,
    /// Stole a hub's desk that relabels and returns.
    Desk,
    /// Took over a print station on a day.
    PrintStation,
    /// Copied the day issuer's keys.
    DayIssuer,
    /// Photographs labels at a hub.
    Photographer,
    /// Collects labels from the refuse, and buys a scanner a month later.
    Refuse,
}

/// The measurement of one kind of insider.
pub struct Row {
    pub insider: Insider,
    pub grants: Vec<Grant>,
    /// The day on which each holder tries.
    pub days: Vec<Day>,
    /// The records that opened, for each holder tried.
    pub opened: Vec<usize>,
    /// The records that should open by the books, for each holder.
    pub expected: Vec<usize>,
    pub others: Read,
}

impl Insider {
    pub const ALL: [Self; 8] = [
        Self::Scanner,
        Self::Account,
        Self::Region,
        Self::Desk,
        Self::PrintStation,
        Self::DayIssuer,
        Self::Photographer,
        Self::Refuse,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Scanner => "a stolen courier scanner",
            Self::Account => "a lent account, a month long",
            Self::Region => "a stolen region device",
            Self::Desk => "a stolen desk of ten stations",
            Self::PrintStation => "a compromised print station",
            Self::DayIssuer => "a dump of the day issuer",
            Self::Photographer => "photographs at a hub",
            Self::Refuse => "refuse, a month later",
        }
    }

    pub const fn holds(self) -> &'static str {
        match self {
            Self::Scanner => "site keys of 14 days, both tiers",
            Self::Account => "the same, renewed daily, within its budget",
            Self::Region => "region keys of 2 days, delivery",
            Self::Desk => "site keys of 14 days, both tiers; its sealer's leaves",
            Self::PrintStation => "its own leaves of 3 days",
            Self::DayIssuer => "the day keys of 1 day",
            Self::Photographer => "nothing",
            Self::Refuse => "site keys of that later day",
        }
    }

    const fn means(self) -> Means {
        match self {
            Self::Photographer => Means::Nothing,
            Self::Refuse => Means::OldDevice,
            _ => Means::Device,
        }
    }
}

/// Tries an insider's grants on every label of the month, holder by holder.
pub fn measure(network: &Network, worlds: &Worlds<'_>, insider: Insider) -> Result<Row, String> {
    let holders = if insider == Insider::Photographer { 1 } else { network.scale.holders };
    let mut row = Row {
        insider,
        grants: Vec::new(),
        days: Vec::new(),
        opened: Vec::new(),
        expected: Vec::new(),
        others: worlds.read(insider.means()),
    };
    for holder in 0..holders {
        let case = Case::new(network, insider, holder);
        if insider == Insider::Account {
            row.opened.push(within_budget(network, &case)?);
        } else {
            case.check_own_sealer(network)?;
            let grant = case.grant(network)?;
            let nodes = grant.as_ref().map_or(&[][..], |grant| &grant.nodes);
            row.opened.push(opened(network, nodes, case.today));
            if let Some(grant) = grant {
                row.grants.push(grant);
                row.days.push(case.today);
            }
        }
        row.expected.push(case.expected(network));
    }
    Ok(row)
}

/// One holder of one grant.
struct Case {
    insider: Insider,
    /// The number of his scanner, region, sealer or day.
    number: u32,
    /// The day on which he tries.
    today: Day,
    days: Days,
}

impl Case {
    fn new(network: &Network, insider: Insider, holder: u32) -> Self {
        let scale = &network.scale;
        let spread = |of: u32| holder * of / scale.holders;
        let last = scale.last();
        // A day of the month that at least two days follow.
        let day = Day::new(FIRST.number() + spread(u32::from(scale.days) - 2) as u16);
        let (number, today, days) = match insider {
            Insider::Scanner | Insider::Account => {
                (spread(scale.scanners), last, Days::ending(last, SCANNER_DAYS))
            }
            Insider::Desk => (spread(scale.stations), last, Days::ending(last, DESK_DAYS)),
            Insider::Region => (spread(network.regions()) + 1, last, Days::ending(last, REGION_DAYS)),
            Insider::PrintStation => (spread(scale.sealers) + 1, day, Days::from(day, SEALER_DAYS)),
            Insider::DayIssuer => (0, day, Days::from(day, 1)),
            Insider::Photographer => (0, last, Days::from(last, 1)),
            Insider::Refuse => {
                let later = Day::new(last.number() + 30);
                (spread(scale.scanners), later, Days::ending(later, SCANNER_DAYS))
            }
        };
        Self { insider, number, today, days }
    }

    /// The grant that the authority makes for him, within its limits.
    fn grant(&self, network: &Network) -> Result<Option<Grant>, String> {
        let mut terms =
            GrantTerms::new(format!("{} {}", self.insider.name(), self.number), 1, noon(self.today));
        terms.budget = (self.insider == Insider::Account).then(|| network.scale.budget());
        let stations = [network.home(self.number)];
        let served = self.served(network);
        let regions: Vec<_> = Region::new(self.number as u16).into_iter().collect();
        let destinations = network.stations();
        let scope = match self.insider {
            Insider::Scanner | Insider::Account | Insider::Refuse => {
                Scope::Scanner { tiers: &BOTH, stations: &stations }
            }
            Insider::Desk => {
                terms.purposes = vec![Purpose::Return, Purpose::Relabel];
                Scope::Desk { stations: &served }
            }
            Insider::Region => Scope::Region { tiers: &BOTH[..1], regions: &regions },
            Insider::PrintStation => {
                let sealer = SealerId::new(self.number).ok_or("no such sealer")?;
                Scope::Sealer { sealer, destinations: &destinations }
            }
            Insider::DayIssuer => {
                // Its serial is the number of its block of serials too.
                terms.serial = terms.issued;
                return issuer(&network.authority, terms, &Scope::DayIssuer, self.days, Limits::Kept)
                    .map(Some)
                    .map_err(|error| error.to_string());
            }
            Insider::Photographer => return Ok(None),
        };
        issue(&network.authority, terms, &scope, self.days, Limits::Kept)
            .map(Some)
            .map_err(|error| error.to_string())
    }

    /// The stations that a desk serves.
    fn served(&self, network: &Network) -> Vec<Destination> {
        let all = network.scale.stations;
        (0..DESK_STATIONS.min(all)).map(|next| Network::station((self.number + next) % all)).collect()
    }

    /// A desk has a sealer's grant beside its own, with a number that replaces labels and seals nothing else: it must open no
    /// label of the month.
    fn check_own_sealer(&self, network: &Network) -> Result<(), String> {
        if self.insider != Insider::Desk {
            return Ok(());
        }
        let (all, sealer) = (network.stations(), SealerId::new(network.scale.sealers + 1));
        let scope = Scope::Sealer { sealer: sealer.ok_or("no such sealer")?, destinations: &all };
        let terms = GrantTerms::new("a desk's sealer", 2, noon(self.today));
        let days = Days::from(self.today, SEALER_DAYS);
        let grant = issue(&network.authority, terms, &scope, days, Limits::Kept);
        let count = opened(network, &grant.map_err(|error| error.to_string())?.nodes, self.today);
        if count == 0 { Ok(()) } else { Err(format!("a desk's sealer opens {count} records of others")) }
    }

    /// The records that should open by the books: the rules of the key tree as comparisons of numbers.
    fn expected(&self, network: &Network) -> usize {
        let days = self.days.from..=self.days.until;
        let served = self.served(network);
        let own = |label: &&Label| match self.insider {
            Insider::Scanner | Insider::Refuse => {
                days.contains(&label.day) && label.station == network.home(self.number)
            }
            Insider::Desk => days.contains(&label.day) && served.contains(&label.station),
            Insider::Region => {
                days.contains(&label.day) && u32::from(label.station.0.number()) == self.number
            }
            Insider::PrintStation => days.contains(&label.day) && label.sealer.number() == self.number,
            Insider::DayIssuer => label.day == self.days.from,
            Insider::Account | Insider::Photographer => false,
        };
        if self.insider != Insider::Account {
            return network.labels.iter().filter(own).count();
        }
        // Each day, the labels sealed by then and not older than the keys, up to the budget.
        let mut waiting = std::collections::VecDeque::new();
        let mut count = 0;
        for day in FIRST.number()..=network.scale.last().number() {
            let today =
                |label: &&Label| label.day.number() == day && label.station == network.home(self.number);
            waiting.extend(network.labels.iter().filter(today).map(|label| label.day.number()));
            waiting.retain(|sealed| sealed + SCANNER_DAYS > day);
            // The newest first.
            for _ in 0..network.scale.budget() {
                count += usize::from(waiting.pop_back().is_some());
            }
        }
        count
    }
}

/// Seconds since 1970 at noon of a day.
fn noon(day: Day) -> u64 {
    (Day::UNIX_OFFSET + u64::from(day.number())) * 86_400 + 43_200
}

/// The number of records that these keys open, with every label tried.
fn opened(network: &Network, nodes: &[Node], today: Day) -> usize {
    let index = Index::new(nodes);
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let share = network.labels.len().div_ceil(workers);
    thread::scope(|scope| {
        let tries = |labels: &[Label]| {
            let mut buffer = Buffer::new();
            labels
                .iter()
                .filter(|label| opens(index.candidates(label, nodes), today, label, &mut buffer))
                .count()
        };
        let threads: Vec<_> =
            network.labels.chunks(share).map(|labels| scope.spawn(move || tries(labels))).collect();
        threads.into_iter().map(|thread| thread.join().expect("opening")).sum()
    })
}

/// Whether a label opens to the record that was sealed.
fn opens(nodes: &[Node], today: Day, label: &Label, buffer: &mut Buffer) -> bool {
    let opened = Verifier::new(nodes, today).open(label.text.as_bytes(), Want::Held, buffer);
    opened.is_ok_and(|record| {
        record.delivery.is_some_and(|delivery| {
            delivery.name == label.person.name && delivery.detail == label.person.detail
        })
    })
}

/// A sealer's many leaves, sorted by the fields of a header, as a thief would do. The keys of other grants are all tried
/// on every label.
struct Index {
    leaves: HashMap<(Day, u16, u16), (usize, usize)>,
}

impl Index {
    fn new(nodes: &[Node]) -> Self {
        let mut leaves = HashMap::new();
        if nodes.len() > 1000 {
            for (place, node) in nodes.iter().enumerate() {
                let path = node.path();
                let key = (path.day_of(), path.region_of().number(), path.site_of().number());
                let span = leaves.entry(key).or_insert((place, place + 1));
                *span = (span.0.min(place), span.1.max(place + 1));
            }
        }
        Self { leaves }
    }

    fn candidates<'k>(&self, label: &Label, nodes: &'k [Node]) -> &'k [Node] {
        if self.leaves.is_empty() {
            return nodes;
        }
        let Ok(payload) = Payload::parse(label.text.as_bytes()) else { return nodes };
        let header = payload.header();
        let key = (label.day, header.region.number(), header.site.number());
        // A label that matches no leaf is tried with the first few all the same.
        let (from, to) = self.leaves.get(&key).copied().unwrap_or((0, 4.min(nodes.len())));
        &nodes[from..to]
    }
}

/// A lent account: each day with its renewed grant, the newest labels first, until the day's budget is spent.
fn within_budget(network: &Network, case: &Case) -> Result<usize, String> {
    let mut open = vec![false; network.labels.len()];
    let mut buffer = Buffer::new();
    for day in FIRST.number()..=network.scale.last().number() {
        let today = Day::new(day);
        let renewed = Case { days: Days::ending(today, SCANNER_DAYS), today, ..*case };
        let grant = renewed.grant(network)?.ok_or("a scanner has a grant")?;
        let mut left = grant.budget.unwrap_or(0);
        for (label, open) in network.labels.iter().zip(&mut open).rev() {
            if left == 0 {
                break;
            }
            // A label is photographed after it is printed, and no budget is spent on one twice.
            if *open || label.day > today {
                continue;
            }
            if opens(&grant.nodes, today, label, &mut buffer) {
                *open = true;
                left -= 1;
            }
        }
    }
    Ok(open.into_iter().filter(|open| *open).count())
}
