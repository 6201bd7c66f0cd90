//! The scope of a grant, over random key trees: it opens its own tiers, days and destinations, and nothing else.
//!
//! The oracle below compares numbers and shares no code with the library, which opens real labels with real keys.

use crate::common::label::{CONTACT, DELIVERY};
use crate::common::tree::Tree;
use proptest::prelude::*;
use wayseal::authority::custody::Authority;
use wayseal::authority::day_keys::Days;
use wayseal::authority::issue::{GrantTerms, Limits, Scope, issue};
use wayseal::device::state::DeviceState;
use wayseal::error::Refusal;
use wayseal::keys::{AliasKey, Day, Generation, KeyPath, Node, Region, SealerId, Site, Tier};
use wayseal::payload::{Payload, PayloadText, Waybill};
use wayseal::record::{Contact, Delivery};
use wayseal::sealer::{DestinationKeys, Sealer};
use wayseal::signed::grant::Role;
use wayseal::signed::moment::Moment;
use wayseal::verifier::{Buffer, Verifier, Want};

const NAME: &str = "欧阳修远";
const PHONE: &str = "13812345678";

/// A place in the tree, in plain numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Place {
    day: u16,
    region: u16,
    site: u16,
    sealer: u32,
}

/// One key of a grant. Numbers below its level are ignored.
#[derive(Clone, Copy, Debug)]
struct Held {
    kind: Kind,
    tier: Tier,
    at: Place,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Sealer,
    Site,
    Region,
    Day,
}

/// The oracle: whether a key opens this tier of a label.
fn opens(held: &Held, tier: Tier, label: &Place) -> bool {
    let depth = match held.kind {
        Kind::Day => 0,
        Kind::Region => 1,
        Kind::Site => 2,
        Kind::Sealer => 3,
    };
    let own = [held.at.region, held.at.site].map(u32::from).into_iter().chain([held.at.sealer]);
    let its = [label.region, label.site].map(u32::from).into_iter().chain([label.sealer]);
    held.tier as u8 == tier as u8
        && held.at.day == label.day
        && own.zip(its).take(depth).all(|(own, its)| own == its)
}

/// The real keys of one root.
impl Tree {
    fn path(&self, tier: Tier, at: &Place, kind: Kind) -> KeyPath {
        let day = KeyPath::day(self.0.path().generation_of(), tier, Day::new(at.day));
        let region = day.region(Region::new(at.region).unwrap());
        let site = region.site(Site::new(at.site).unwrap());
        match kind {
            Kind::Day => day,
            Kind::Region => region,
            Kind::Site => site,
            Kind::Sealer => {
                let aliases = self.node(self.path(Tier::Delivery, at, Kind::Site));
                let id = SealerId::new(at.sealer).unwrap();
                site.sealer(AliasKey::try_from(&aliases).unwrap().alias(id))
            }
        }
    }

    fn held(&self, held: &Held) -> Node {
        self.node(self.path(held.tier, &held.at, held.kind))
    }

    fn origin(&self, at: &Place) -> Node {
        let id = SealerId::new(at.sealer).unwrap();
        self.node(KeyPath::origin(self.0.path().generation_of(), Day::new(at.day), id))
    }

    fn label(&self, at: &Place, with_contact: bool) -> PayloadText {
        let leaf = |tier| self.node(self.path(tier, at, Kind::Sealer));
        let lane = DestinationKeys::new(&leaf(Tier::Delivery), Some(&leaf(Tier::Contact))).unwrap();
        let delivery = Delivery { name: NAME, ..DELIVERY };
        let contact = Contact { phone: PHONE, ..CONTACT };
        Sealer::new(&self.origin(at))
            .unwrap()
            .seal(
                &lane,
                &Waybill::parse("SF1234567890123").unwrap(),
                &delivery,
                with_contact.then_some(&contact),
            )
            .unwrap()
            .text
    }
}

/// Which of the two sections these keys open.
fn opened(nodes: &[Node], today: Day, text: &PayloadText) -> Result<(bool, bool), Refusal> {
    let mut buffer = Buffer::new();
    let opened = Verifier::new(nodes, today).open(text.as_bytes(), Want::Held, &mut buffer)?;
    if let Some(delivery) = &opened.delivery {
        assert_eq!(delivery.name, NAME);
    }
    if let Some(contact) = &opened.contact {
        assert_eq!(contact.phone, PHONE);
    }
    Ok((opened.delivery.is_some(), opened.contact.is_some()))
}

/// The same key under the path of the label: the holder of a device can write any path beside a key.
fn relabelled(tree: &Tree, held: &Held, label: &PayloadText, at: &Place) -> Node {
    let alias = Payload::parse(label.as_bytes()).unwrap().header().alias;
    let mut path = tree.path(held.tier, at, held.kind);
    if held.kind == Kind::Sealer {
        path = path.sealer(alias);
    }
    Node::new(path, tree.held(held).key().expose())
}

// Two values of each number, far or near, so that keys match labels about as often as not.
prop_compose! {
    fn places()(
        pairs in (any::<[u16; 2]>(), prop::array::uniform2(0u16..4096), prop::array::uniform2(0u16..4096),
            prop::array::uniform2(0u32..1 << 24)),
        near in any::<bool>(),
    ) -> ([u16; 2], [u16; 2], [u16; 2], [u32; 2]) {
        let (mut days, regions, sites, sealers) = pairs;
        if near {
            // Days whose bits in a label's header are equal or adjacent.
            days[1] = days[0] ^ 1;
        }
        (days, regions, sites, sealers)
    }
}

fn pick(of: &([u16; 2], [u16; 2], [u16; 2], [u32; 2]), bits: u8) -> Place {
    let at = |place: u8| usize::from(bits >> place & 1);
    Place { day: of.0[at(0)], region: of.1[at(1)], site: of.2[at(2)], sealer: of.3[at(3)] }
}

fn kinds() -> impl Strategy<Value = Kind> {
    prop::sample::select(vec![Kind::Sealer, Kind::Site, Kind::Region, Kind::Day])
}

fn tiers() -> impl Strategy<Value = Tier> {
    prop::sample::select(vec![Tier::Delivery, Tier::Contact])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_grant_opens_what_is_its_own_and_nothing_else(
        root in any::<[u8; 32]>(),
        odd in any::<bool>(),
        of in places(),
        grant in prop::collection::vec((kinds(), tiers(), 0u8..16), 1..6),
        label in 0u8..16,
        with_contact in any::<bool>(),
    ) {
        let tree = Tree(Node::new(KeyPath::root(Generation::from(u32::from(odd))), &root));
        let at = pick(&of, label);
        let text = tree.label(&at, with_contact);
        let grant: Vec<Held> =
            grant.into_iter().map(|(kind, tier, place)| Held { kind, tier, at: pick(&of, place) }).collect();
        let nodes: Vec<Node> = grant.iter().map(|held| tree.held(held)).collect();

        let delivery = grant.iter().any(|held| opens(held, Tier::Delivery, &at));
        let contact = with_contact && grant.iter().any(|held| opens(held, Tier::Contact, &at));
        let found = opened(&nodes, Day::new(at.day), &text);
        prop_assert_eq!(found.unwrap_or((false, false)), (delivery, contact));

        // Each key alone; and each key that does not reach the label, under the label's path.
        for held in &grant {
            let alone = [tree.held(held)];
            let reaches = (opens(held, Tier::Delivery, &at), with_contact && opens(held, Tier::Contact, &at));
            prop_assert_eq!(opened(&alone, Day::new(at.day), &text).unwrap_or((false, false)), reaches);
            if reaches == (false, false) {
                let expected =
                    if held.tier == Tier::Contact && !with_contact { Refusal::TierNotGranted } else { Refusal::Tampered };
                let lie = [relabelled(&tree, held, &text, &at)];
                prop_assert_eq!(opened(&lie, Day::new(at.day), &text), Err(expected));
            }
        }
    }

    #[test]
    fn a_sealers_grant_never_opens_another_sealers_label(
        root in any::<[u8; 32]>(),
        of in places(),
        days in prop::collection::vec(0u8..16, 1..4),
        label in 0u8..16,
    ) {
        let at = pick(&of, label);
        // The whole grant of another sealer: origin leaf and both leaves, also for this station.
        let other = of.3[usize::from(of.3[0] == at.sealer)];
        prop_assume!(other != at.sealer);
        let tree = Tree(Node::new(KeyPath::root(Generation::EVEN), &root));
        let text = tree.label(&at, true);
        let places = days.into_iter().map(|bits| pick(&of, bits)).chain([at]);
        let mut nodes = Vec::new();
        for place in places.map(|place| Place { sealer: other, ..place }) {
            nodes.push(tree.origin(&place));
            for tier in [Tier::Delivery, Tier::Contact] {
                let held = Held { kind: Kind::Sealer, tier, at: place };
                prop_assert_eq!(
                    opened(&[relabelled(&tree, &held, &text, &at)], Day::new(at.day), &text),
                    Err(Refusal::Tampered)
                );
                nodes.push(tree.held(&held));
            }
        }
        prop_assert!(opened(&nodes, Day::new(at.day), &text).is_err());
    }

    #[test]
    fn the_two_broad_roles_open_one_tier_or_one_day(
        root in any::<[u8; 32]>(),
        of in places(),
        label in 0u8..16,
        relay in kinds(),
    ) {
        let tree = Tree(Node::new(KeyPath::root(Generation::ODD), &root));
        let (at, first) = (pick(&of, label), pick(&of, 0));
        let text = tree.label(&at, true);
        // A relay holds contact keys alone, of any level.
        let held = Held { kind: relay, tier: Tier::Contact, at: first };
        let reached = opens(&held, Tier::Contact, &at);
        prop_assert_eq!(opened(&[tree.held(&held)], Day::new(at.day), &text).ok(), reached.then_some((false, true)));
        // A day issuer holds the day keys of each tier; that of the origin tier opens nothing.
        let day = [Tier::Origin, Tier::Delivery, Tier::Contact]
            .map(|tier| tree.held(&Held { kind: Kind::Day, tier, at: first }));
        let whole = (first.day == at.day).then_some((true, true));
        prop_assert_eq!(opened(&day, Day::new(at.day), &text).ok(), whole);
        prop_assert!(opened(&day[..1], Day::new(at.day), &text).is_err());
    }

    #[test]
    fn what_is_granted_and_taken_opens_what_its_terms_say_and_nothing_else(
        root in any::<[u8; 32]>(),
        odd in any::<bool>(),
        of in places(),
        role in prop::sample::select(vec![Role::Sealer, Role::Scanner, Role::Region, Role::Relay]),
        tiers in prop::sample::subsequence(vec![Tier::Delivery, Tier::Contact], 1..=2),
        (count, late) in (1u16..4, 0u16..4),
        grant in 0u8..16,
        label in 0u8..16,
    ) {
        let tree = Tree(Node::new(KeyPath::root(Generation::from(u32::from(odd))), &root));
        let authority = Authority::generate(odd.into()).unwrap();
        // Days within the range of both clock and calendar.
        let held = pick(&of, grant);
        let until = Day::new(held.day.clamp(600, 60_000));
        let at = Place { day: (until.number() + 1).saturating_sub(late), ..pick(&of, label) };
        let text = tree.label(&at, true);

        let (region, site) = (Region::new(held.region).unwrap(), Site::new(held.site).unwrap());
        let (stations, regions) = ([(region, site)], [region]);
        let scope = match role {
            Role::Sealer => Scope::Sealer { sealer: SealerId::new(held.sealer).unwrap(), destinations: &stations },
            Role::Scanner => Scope::Scanner { tiers: &tiers, stations: &stations },
            Role::Region => Scope::Region { tiers: &tiers, regions: &regions },
            _ => Scope::Relay { stations: &stations },
        };
        let now = Moment::start_of(until).0;
        let made = issue(&tree, GrantTerms::new("pda", 1, now), &scope, Days::ending(until, count), Limits::Lifted);
        let mut device = DeviceState::new(authority.public(), "pda", "");
        device.accept(&made.unwrap().sign(&authority).unwrap(), now).unwrap();
        let session = device.session(role, now).unwrap();
        let found = opened(&session.sets[0].nodes, session.today, &text).unwrap_or((false, false));

        // The oracle: numbers only.
        let in_days = at.day <= until.number() && at.day + count > until.number();
        let there = held.region == at.region && (role == Role::Region || held.site == at.site);
        let expected = match role {
            // On the day of sealing alone, and its own labels.
            Role::Sealer => {
                let own = there && held.sealer == at.sealer && at.day == until.number();
                (own, own)
            }
            Role::Relay => (false, there && in_days),
            _ => {
                let reaches = |tier| there && in_days && tiers.contains(&tier);
                (reaches(Tier::Delivery), reaches(Tier::Contact))
            }
        };
        prop_assert_eq!(found, expected);
    }
}
