//! The network and its month: stations, scanners, sealers, and every label.

use std::thread;
use wayseal::authority::custody::Authority;
use wayseal::authority::day_keys::DayKeys as _;
use wayseal::authority::issue::Destination;
use wayseal::keys::{AliasKey, Day, Generation, KeyPath, Node, Region, SealerId, Site, Tier};
use wayseal::payload::{PayloadText, Waybill};
use wayseal::record::{Contact, Country, Delivery, Division};
use wayseal::sealer::{DestinationKeys, Sealer};

/// The first day of the month.
pub const FIRST: Day = Day::new(2500);
/// The number of stations in a region.
const SITES: u32 = 50;

/// The size of the network.
#[derive(Clone, Copy)]
pub struct Scale {
    pub labels: u32,
    pub stations: u32,
    pub days: u16,
    pub scanners: u32,
    pub sealers: u32,
    /// The number of holders tried for each kind of insider, spread over the network.
    pub holders: u32,
    pub seed: u64,
}

impl Scale {
    pub const FULL: Self = Self {
        labels: 400_000,
        stations: 2000,
        days: 30,
        scanners: 5000,
        sealers: 300,
        holders: 20,
        seed: 2020,
    };
    pub const REDUCED: Self =
        Self { labels: 20_000, stations: 200, scanners: 500, sealers: 30, holders: 6, ..Self::FULL };
    /// A district of the full network: as many labels and scanners a station.
    pub const DISTRICT: Self =
        Self { labels: 20_000, stations: 100, scanners: 250, sealers: 15, holders: 10, ..Self::FULL };

    pub fn last(&self) -> Day {
        Day::new(FIRST.number() + self.days - 1)
    }

    /// The labels that one courier may open in a day: twice his share.
    pub fn budget(&self) -> u32 {
        (2 * self.labels).div_ceil(u32::from(self.days) * self.scanners)
    }
}

/// The recipient of a parcel.
pub struct Person {
    pub name: String,
    pub phone: String,
    pub detail: String,
}

/// A label, and its entry in the carrier's books.
pub struct Label {
    pub text: PayloadText,
    pub waybill: String,
    pub day: Day,
    pub station: Destination,
    pub sealer: SealerId,
    pub person: Person,
}

/// The network and its month.
pub struct Network {
    pub scale: Scale,
    pub authority: Authority,
    pub labels: Vec<Label>,
}

impl Network {
    pub fn new(scale: Scale) -> Self {
        let authority = Authority::generate(0).expect("the operating system's random source");
        let days: Vec<u16> = (0..scale.days).collect();
        let workers = thread::available_parallelism().map_or(1, usize::from);
        let authority_of_all = &authority;
        let labels = thread::scope(|scope| {
            let threads: Vec<_> = days
                .chunks(days.len().div_ceil(workers))
                .map(|days| {
                    scope.spawn(move || {
                        days.iter()
                            .flat_map(|day| one_day(authority_of_all, &scale, *day))
                            .collect::<Vec<_>>()
                    })
                })
                .collect();
            threads.into_iter().flat_map(|thread| thread.join().expect("sealing")).collect()
        });
        Self { scale, authority, labels }
    }

    /// The station with a number.
    pub fn station(number: u32) -> Destination {
        let region = Region::new((number / SITES + 1) as u16).expect("few regions");
        (region, Site::new((number % SITES + 1) as u16).expect("few sites"))
    }

    pub fn stations(&self) -> Vec<Destination> {
        (0..self.scale.stations).map(Self::station).collect()
    }

    /// The station of a scanner.
    pub fn home(&self, scanner: u32) -> Destination {
        Self::station(scanner % self.scale.stations)
    }

    pub fn regions(&self) -> u32 {
        self.scale.stations.div_ceil(SITES)
    }
}

/// The labels of a day, by station.
fn one_day(authority: &Authority, scale: &Scale, index: u16) -> Vec<Label> {
    let day = Day::new(FIRST.number() + index);
    let generation = Generation::from(authority.generation());
    let mut dice = Dice(scale.seed ^ u64::from(index) << 32);
    let days = u32::from(scale.days);
    let count = scale.labels / days + u32::from(u32::from(index) < scale.labels % days);
    let mut parcels: Vec<(u32, u32)> =
        (0..count).map(|_| (dice.below(scale.stations), dice.below(scale.sealers))).collect();
    parcels.sort_unstable();

    let mut keys = [Node::empty(), Node::empty(), Node::empty()];
    for (tier, key) in [Tier::Origin, Tier::Delivery, Tier::Contact].into_iter().zip(&mut keys) {
        authority.day_key(tier, day, key).expect("the authority reaches every day");
    }
    let [origin, delivery, contact] = keys;
    let derive = |parent: &Node, path: KeyPath| {
        let mut node = Node::empty();
        parent.derive(path, &mut node).expect("below");
        node
    };
    parcels
        .into_iter()
        .zip(0..)
        .map(|((station, sealer), number)| {
            let place = Network::station(station);
            let id = SealerId::new(sealer + 1).expect("few sealers");
            let site = |day_key: &Node| derive(day_key, day_key.path().region(place.0).site(place.1));
            let sites = [site(&delivery), site(&contact)];
            let alias = AliasKey::try_from(&sites[0]).expect("a site").alias(id);
            let leaves = sites.each_ref().map(|site| derive(site, site.path().sealer(alias)));
            let lane = DestinationKeys::new(&leaves[0], Some(&leaves[1])).expect("two leaves of one sealer");
            let leaf = derive(&origin, KeyPath::origin(generation, day, id));
            let person = dice.person();
            let waybill = format!("YT88{:02}{number:09}", index + 1);
            let text = Sealer::new(&leaf)
                .and_then(|sealer| {
                    let (delivery, contact) = records(&person);
                    sealer.seal(&lane, &Waybill::parse(&waybill)?, &delivery, Some(&contact))
                })
                .expect("a record that fits")
                .text;
            Label { text, waybill, day, station: place, sealer: id, person }
        })
        .collect()
}

fn records(person: &Person) -> (Delivery<'_>, Contact<'_>) {
    let delivery = Delivery {
        name: &person.name,
        country: Country::CN,
        postcode: "",
        division: Division::Names { province: "河北省", city: "邯郸市", district: "丛台区" },
        street: "",
        detail: &person.detail,
        note: "",
    };
    (delivery, Contact { phone: &person.phone, sender_phone: "", sender_name: "" })
}

/// Pseudorandom numbers, the same in every run with one seed (SplitMix64, Steele and others 2014).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    fn below(&mut self, limit: u32) -> u32 {
        (self.next() % u64::from(limit)) as u32
    }

    fn person(&mut self) -> Person {
        let mut of = |text: &str| {
            let at = self.below(text.chars().count() as u32) as usize;
            text.chars().nth(at).unwrap_or('王')
        };
        let surname = of("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗");
        let given = [of("小晓明丽建海春志文雅"), of("芳伟娜敏静强磊洋艳勇")];
        let road = of("春夏秋冬和平光明幸福");
        Person {
            name: [surname, given[0], given[1]].iter().collect(),
            phone: format!("1{}{:09}", 3 + self.below(7), self.below(1_000_000_000)),
            detail: format!(
                "{road}兴路{}号{}栋{}室",
                1 + self.below(300),
                1 + self.below(30),
                101 + self.below(2400)
            ),
        }
    }
}
