//! Properties of whole labels: opening gives what was sealed, and nothing else opens.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::string::string_regex;
use std::sync::OnceLock;
use wayseal::error::{Refusal, SealError};
use wayseal::keys::{AliasKey, Day, Generation, KeyPath, Node, Region, SealerId, Site, Tier};
use wayseal::payload::{PREFIX, Payload, SIZES, Waybill, base45};
use wayseal::record::{Contact, Country, Delivery, Division, DivisionCode};
use wayseal::sealer::{DestinationKeys, Sealer};
use wayseal::verifier::{Buffer, Opened, Verifier, Want};

const DAY: Day = Day::new(2519);

/// A sealer, its keys for one destination, and the site keys of that station.
struct Line {
    sealer: Sealer,
    lane: DestinationKeys,
    station: [Node; 2],
    root: Node,
}

fn line() -> &'static Line {
    static LINE: OnceLock<Line> = OnceLock::new();
    LINE.get_or_init(|| {
        let root = Node::new(KeyPath::root(Generation::ODD), &[0x3c; 32]);
        let derive = |path| {
            let mut node = Node::empty();
            root.derive(path, &mut node).unwrap();
            node
        };
        let id = SealerId::new(0xabcdef).unwrap();
        let station = [Tier::Delivery, Tier::Contact].map(|tier| {
            let day = KeyPath::day(Generation::ODD, tier, DAY);
            derive(day.region(Region::new(4095).unwrap()).site(Site::new(1).unwrap()))
        });
        let alias = AliasKey::try_from(&station[0]).unwrap().alias(id);
        let [delivery, contact] = [0, 1].map(|tier: usize| derive(station[tier].path().sealer(alias)));
        let lane = DestinationKeys::new(&delivery, Some(&contact)).unwrap();
        let sealer = Sealer::new(&derive(KeyPath::origin(Generation::ODD, DAY, id))).unwrap();
        Line { sealer, lane, station, root }
    })
}

/// A plausible record.
#[derive(Clone, Debug)]
struct Given {
    waybill: String,
    country: [u8; 2],
    code: Option<u32>,
    texts: [String; 8],
    contact: Option<[String; 3]>,
}

impl Given {
    fn delivery(&self) -> Delivery<'_> {
        let [name, postcode, province, city, district, street, detail, note] = &self.texts;
        Delivery {
            name,
            country: Country::new(self.country).unwrap(),
            postcode,
            division: match self.code {
                Some(code) => Division::Code(DivisionCode::new(code).unwrap()),
                None => Division::Names { province, city, district },
            },
            street,
            detail,
            note,
        }
    }

    fn contact(&self) -> Option<Contact<'_>> {
        let [phone, sender_phone, sender_name] = self.contact.as_ref()?;
        Some(Contact { phone, sender_phone, sender_name })
    }

    fn sealed(&self) -> Result<String, SealError> {
        let waybill = Waybill::parse(&self.waybill)?;
        let contact = self.contact();
        let text = line().sealer.seal(&line().lane, &waybill, &self.delivery(), contact.as_ref())?.text;
        Ok(text.as_str().to_owned())
    }
}

/// Texts of the scripts that the codecs are made for, and of others.
fn text(most: usize) -> impl Strategy<Value = String> {
    let of = |class: &str| string_regex(&format!("{class}{{0,{most}}}")).unwrap();
    prop_oneof![
        4 => of("[ 0-9A-Z路号栋单元室街道村镇区一-龥]"),
        2 => of("[ -~À-ÿ]"),
        1 => of("[а-яё 0-9.]"),
        1 => of("[가-힣 ]"),
        1 => of("[ぁ-んァ-ヶ亜-腕]"),
        1 => of("\\PC"),
    ]
}

fn phone() -> impl Strategy<Value = String> {
    "1[0-9]{10}|0[0-9]{2,3}-?[0-9]{7,8}(-[0-9]{1,8})?|\\+?[0-9][0-9 ().-]{0,12}|[0-9]{3}转[0-9]{2,4}"
}

fn waybill() -> impl Strategy<Value = String> {
    "(YT|SF|JD|JT)[0-9]{13}|JD[0-9]{13}-1-[1-9]-|[743][0-9]{14}|[0-9]{6,14}|[A-Z]{2}[0-9]{9}[A-Z]{2}|DPK[0-9]{12}\
     |LP[0-9]{14}|JDV[A-Z][0-9]{11}|[0-9A-Z-]{6,20}"
}

fn given() -> impl Strategy<Value = Given> {
    let country = prop_oneof![3 => Just(*b"CN"), 1 => select(vec![*b"DE", *b"JP", *b"AA", *b"ZZ"])];
    let code = prop_oneof![Just(None), (0..1_000_000u32).prop_map(Some)];
    let names = [text(4), text(4), text(4), text(5), text(14), text(6)];
    let postcode = "|[0-9]{1,11}|[A-Z0-9 -]{1,7}";
    let name = text(5).prop_filter("a name is not empty", |name| !name.is_empty());
    let contact = proptest::option::of((phone(), prop_oneof![Just(String::new()), phone()], text(3)));
    (waybill(), country, code, name, postcode, names, contact).prop_map(
        |(waybill, country, code, name, postcode, [a, b, c, d, e, f], contact)| {
            // Names of divisions are used only without a code.
            let [a, b, c] = if code.is_some() { [const { String::new() }; 3] } else { [a, b, c] };
            let texts = [name, postcode, a, b, c, d, e, f];
            Given { waybill, country, code, texts, contact: contact.map(|(a, b, c)| [a, b, c]) }
        },
    )
}

/// A label that can be sealed.
fn label() -> impl Strategy<Value = (Given, String)> {
    given().prop_filter_map("no label holds it", |given| given.sealed().ok().map(|text| (given, text)))
}

/// A label whose contact is only a mobile number, so that all have one class.
fn label_to_a_mobile() -> impl Strategy<Value = (Given, String)> {
    (given(), "1[0-9]{10}").prop_filter_map("no label holds it", |(mut given, phone)| {
        given.contact = Some([phone, String::new(), String::new()]);
        given.sealed().ok().map(|text| (given, text))
    })
}

fn open(nodes: &[Node], text: &[u8], want: Want) -> Result<(), Refusal> {
    Verifier::new(nodes, DAY).open(text, want, &mut Buffer::new()).map(|_| ())
}

fn same_delivery(opened: &Opened<'_>, given: &Given) -> Result<(), TestCaseError> {
    let (delivery, given) = (opened.delivery.as_ref().unwrap(), given.delivery());
    prop_assert_eq!(
        [delivery.name, delivery.postcode, delivery.street, delivery.detail, delivery.note],
        [given.name, given.postcode, given.street, given.detail, given.note]
    );
    prop_assert_eq!(delivery.country, given.country);
    match (&delivery.division, &given.division) {
        (Division::Code(read), Division::Code(written)) => prop_assert_eq!(read, written),
        (
            Division::Names { province, city, district },
            Division::Names { province: a, city: b, district: c },
        ) => prop_assert_eq!([province, city, district], [a, b, c]),
        _ => prop_assert!(false, "a code for names, or names for a code"),
    }
    Ok(())
}

fn with_body(payload: &[u8]) -> Vec<u8> {
    let mut text = PREFIX.as_bytes().to_vec();
    text.resize(PREFIX.len() + base45::encoded_len(payload.len()), 0);
    base45::encode(payload, &mut text[PREFIX.len()..]);
    text
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 192,
        // Failures are printed, not stored in a file.
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_is_sealed_is_what_opens((given, text) in label()) {
        let mut buffer = Buffer::new();
        let opened = Verifier::new(&line().station, DAY).open(text.as_bytes(), Want::Both, &mut buffer).unwrap();
        prop_assert_eq!(&*opened.header.waybill.text(), given.waybill.as_str());
        prop_assert_eq!(opened.day, DAY);
        same_delivery(&opened, &given)?;
        prop_assert_eq!(opened.contact.is_some(), given.contact.is_some());
        if let (Some(read), Some([phone, sender_phone, sender_name])) = (&opened.contact, &given.contact) {
            prop_assert_eq!(read.phone, phone);
            // If they do not fit, the sender's name is dropped first, and then his phone.
            let sender = (read.sender_phone, read.sender_name);
            let ways = [(sender_phone.as_str(), sender_name.as_str()), (sender_phone, ""), ("", "")];
            prop_assert!(ways.contains(&sender), "{:?}", sender);
        }
        // Each tier alone; and sealing again gives the same text.
        prop_assert_eq!(open(&line().station[..1], text.as_bytes(), Want::Delivery), Ok(()));
        let contact = open(&line().station[1..], text.as_bytes(), Want::Contact);
        prop_assert_eq!(contact.is_ok(), given.contact.is_some());
        prop_assert!(SIZES.contains(&Payload::parse(text.as_bytes()).unwrap().bytes().len()));
        prop_assert_eq!(given.sealed().unwrap(), text);
    }

    #[test]
    fn no_change_of_a_byte_opens((_, text) in label(), place: Index, change in 1..=255u8) {
        let mut payload = Payload::parse(text.as_bytes()).unwrap().bytes().to_vec();
        *place.get_mut(&mut payload[..]) ^= change;
        let changed = with_body(&payload);
        // The station's keys, and keys that cover everything.
        prop_assert!(open(&line().station, &changed, Want::Both).is_err());
        prop_assert!(open(std::slice::from_ref(&line().root), &changed, Want::Both).is_err());
    }

    #[test]
    fn no_change_of_several_bytes_opens(
        (_, text) in label(),
        changes in proptest::collection::vec((any::<Index>(), any::<u8>()), 1..12),
    ) {
        let payload = Payload::parse(text.as_bytes()).unwrap().bytes().to_vec();
        let mut changed = payload.clone();
        changes.iter().for_each(|(place, byte)| *place.get_mut(&mut changed[..]) = *byte);
        prop_assume!(changed != payload);
        prop_assert!(open(std::slice::from_ref(&line().root), &with_body(&changed), Want::Both).is_err());
    }

    #[test]
    fn no_change_of_a_character_opens((_, text) in label(), place: Index, other: u8, kind in 0..4u8) {
        let mut changed = text.clone().into_bytes();
        let at = place.index(changed.len());
        match kind {
            0 => changed[at] = other,
            1 => changed.insert(at, other),
            2 => drop(changed.remove(at)),
            _ => changed.swap(at, (at + usize::from(other)) % text.len()),
        }
        prop_assume!(changed != text.as_bytes());
        prop_assert!(open(std::slice::from_ref(&line().root), &changed, Want::Both).is_err());
    }

    #[test]
    fn sections_of_two_labels_do_not_mix((_, first) in label_to_a_mobile(), (_, second) in label_to_a_mobile()) {
        let [first, second] = [&first, &second].map(|text| Payload::parse(text.as_bytes()).unwrap());
        let [a, b] = [&first, &second].map(|payload| payload.bytes().split_at(payload.layout().contact.start));
        prop_assume!(a.1 != b.1);
        let mixed = with_body(&[a.0, b.1].concat());
        prop_assert_eq!(open(&line().station, &mixed, Want::Both), Err(Refusal::Tampered));
        prop_assert_eq!(open(&line().station, &mixed, Want::Contact), Err(Refusal::Tampered));
    }
}
