//! A station with its authority, auditor, sealer and depot.

use std::error::Error;
use std::num::NonZeroU32;
use wayseal::authority::auditor::{Auditor, LogBefore};
use wayseal::authority::custody::Authority;
use wayseal::authority::day_keys::Days;
use wayseal::authority::issue::{GrantTerms, Limits, Scope, issue, let_give};
use wayseal::authority::root::Root;
use wayseal::device::exchange::{BundleWriter, HandIn};
use wayseal::device::operators::{OperatorList, Pin, PinHash};
use wayseal::keys::{Day, DeliveryCode, Node, Region, SealerId, Site, Tier};
use wayseal::payload::{Payload, Waybill};
use wayseal::record::{Contact, Country, Delivery, Division};
use wayseal::sealer::{DestinationKeys, Sealer};
use wayseal::signed::envelope::{self, Identity};
use wayseal::signed::grant::{Grant, Purpose, Reopen};
use wayseal::signed::moment::Moment;
use wayseal::signed::revocation::RevocationList;
use wayseal::signed::stations::sign_stations;
use wayseal::symbol::{EcLevel, MaskPattern, Symbol, Version};

type Failed = Box<dyn Error>;

/// Days of a scanner's grant.
const DAYS: u16 = 14;

pub struct Place {
    authority: Authority,
    auditor: Auditor,
    depot: Identity,
    list: RevocationList,
    serial: u64,
    challenge: Option<[u8; 32]>,
}

fn day(now: u64) -> Result<Day, Failed> {
    Day::from_unix(now).ok_or_else(|| "a time before 2020".into())
}

fn station() -> (Region, Site) {
    // Both are within twelve bits.
    (Region::new(755).unwrap(), Site::new(12).unwrap())
}

/// A number below `below`.
fn chance(below: usize) -> Result<usize, Failed> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes)?;
    Ok((u64::from_be_bytes(bytes) % below as u64) as usize)
}

fn ideograph() -> Result<char, Failed> {
    Ok(('\u{4e00}'..='\u{9fff}').nth(chance(20_992)?).unwrap_or('一'))
}

impl Place {
    pub fn new() -> Result<Self, Failed> {
        Ok(Self {
            authority: Authority::generate(0)?,
            auditor: Auditor::generate()?,
            depot: Identity::generate(),
            list: RevocationList::none(),
            serial: 0,
            challenge: None,
        })
    }

    pub fn enrol(&self, device: &str) -> String {
        self.auditor.enrol(device, self.authority.public()).text().to_string()
    }

    /// A grant of fourteen days that end today, sealed to the recipient unless it is `-`.
    pub fn grant(
        &mut self,
        device: &str,
        recipient: &str,
        now: u64,
        budget: Option<u32>,
        reopen: &str,
    ) -> Result<Vec<u8>, Failed> {
        self.serial += 1;
        let mut terms = GrantTerms::new(device, self.serial, now);
        terms.purposes = vec![Purpose::Deliver, Purpose::Call];
        terms.budget = budget;
        terms.reopening.again = reopen.parse::<Reopen>()?;
        // During a change-over keys of both roots are held.
        terms.top_up = self.authority.roots().len() > 1;
        let scope = Scope::Scanner { tiers: &[Tier::Delivery, Tier::Contact], stations: &[station()] };
        let mut grant = issue(&self.authority, terms, &scope, Days::ending(day(now)?, DAYS), Limits::Kept)?;
        if recipient == "-" {
            return Ok(grant.sign(&self.authority)?.to_vec());
        }
        grant.device = recipient.to_owned();
        Ok(envelope::seal(&grant.sign(&self.authority)?, recipient)?)
    }

    fn sealed(&self, mut grant: Grant, recipient: &str) -> Result<Vec<u8>, Failed> {
        grant.device = recipient.to_owned();
        Ok(envelope::seal(&grant.sign(&self.authority)?, recipient)?)
    }

    /// A grant of a station by which its device gives passes.
    pub fn passing(
        &mut self,
        device: &str,
        recipient: &str,
        site: u16,
        now: u64,
        budget: Option<u32>,
    ) -> Result<Vec<u8>, Failed> {
        self.serial += 1;
        let mut terms = GrantTerms::new(device, self.serial, now);
        terms.budget = budget;
        let stations = [(station().0, Site::new(site).ok_or("no site")?)];
        let scope = Scope::Scanner { tiers: &[Tier::Delivery, Tier::Contact], stations: &stations };
        let mut grant = issue(&self.authority, terms, &scope, Days::ending(day(now)?, DAYS), Limits::Kept)?;
        let_give(&mut grant, &self.authority)?;
        self.sealed(grant, recipient)
    }

    /// A desk's grant of the station.
    pub fn desk(&mut self, device: &str, recipient: &str, now: u64) -> Result<Vec<u8>, Failed> {
        self.serial += 1;
        let mut terms = GrantTerms::new(device, self.serial, now);
        terms.purposes = vec![Purpose::Return, Purpose::Relabel];
        let scope = Scope::Desk { stations: &[station()] };
        let grant = issue(&self.authority, terms, &scope, Days::ending(day(now)?, DAYS), Limits::Kept)?;
        self.sealed(grant, recipient)
    }

    /// A desk's keys of today to seal with, for the station; they demand signed stations.
    pub fn sealing_grant(&mut self, device: &str, recipient: &str, now: u64) -> Result<Vec<u8>, Failed> {
        self.serial += 1;
        let mut terms = GrantTerms::new(device, self.serial, now);
        terms.stations = now - 100;
        let sealer = SealerId::new(900).ok_or("no sealer")?;
        let scope = Scope::Sealer { sealer, destinations: &[station()] };
        let grant = issue(&self.authority, terms, &scope, Days::from(day(now)?, 1), Limits::Kept)?;
        self.sealed(grant, recipient)
    }

    /// The signature of a file of stations.
    pub fn stations(&self, stations: &[u8], now: u64) -> String {
        sign_stations(now, stations, None, &self.authority)
    }

    fn sealing(&self, now: u64) -> Result<Vec<Node>, Failed> {
        let sealer = SealerId::new(7).ok_or("no sealer")?;
        let scope = Scope::Sealer { sealer, destinations: &[station()] };
        let today = day(now)?;
        let issued = (u64::from(today.number()) + Day::UNIX_OFFSET) * 86_400;
        let terms = GrantTerms::new("sealer-7", 1, issued);
        Ok(issue(&self.authority, terms, &scope, Days::from(today, 1), Limits::Kept)?.nodes)
    }

    /// The text of a label that is sealed today, and the name and phone of its invented recipient.
    pub fn label(&self, number: &str, now: u64) -> Result<(String, String, String), Failed> {
        // Far more names than labels are ever made here: a test that searches memory for one finds no other label's.
        let name = format!("欧阳{}{}{}", ideograph()?, ideograph()?, ideograph()?);
        let phone = format!("139{:08}-{:04}", chance(100_000_000)?, chance(10_000)?);
        let nodes = self.sealing(now)?;
        let node = |tier| nodes.iter().find(|node: &&Node| node.path().tier() == tier).ok_or("no key");
        let lane = DestinationKeys::new(node(Tier::Delivery)?, Some(node(Tier::Contact)?))?;
        let delivery = Delivery {
            name: &name,
            country: Country::CN,
            postcode: "",
            division: Division::Names { province: "广东省", city: "深圳市", district: "南山区" },
            street: "粤海街道",
            detail: "科技园路9号3栋1203室",
            note: "",
        };
        let contact = Contact { phone: &phone, sender_phone: "", sender_name: "" };
        let waybill = Waybill::parse(number).map_err(|_| "no waybill number")?;
        let label = Sealer::new(node(Tier::Origin)?)?.seal(&lane, &waybill, &delivery, Some(&contact))?;
        Ok((label.text.as_str().to_owned(), name, phone))
    }

    /// The delivery code that the recipient of a label was sent.
    pub fn code(&self, text: &str, now: u64) -> Result<String, Failed> {
        let payload = Payload::parse(text.as_bytes()).map_err(|refusal| refusal.to_string())?;
        let nodes = self.sealing(now)?;
        let leaf = nodes.iter().find(|node| node.path().tier() == Tier::Origin).ok_or("no key")?;
        Ok(DeliveryCode::derive(leaf, &payload.bytes()[..payload.header().len()])?.text().to_string())
    }

    pub fn list(&mut self, now: u64) -> Result<Vec<u8>, Failed> {
        let until = Day::new(day(now)?.number() + DAYS);
        Ok(self.list.sign_next(Moment(now), until, &self.authority)?)
    }

    pub fn operators(&self, number: u64, operator: u32, pin: &str) -> Result<String, Failed> {
        let mut list = OperatorList::default();
        list.number = number;
        let pin = Pin::new(pin).ok_or("no PIN")?;
        list.set(NonZeroU32::new(operator).ok_or("no operator")?, PinHash::new(&pin)?);
        Ok(self.auditor.sign_operators(&list))
    }

    pub fn challenge(&mut self) -> Result<[u8; 32], Failed> {
        let mut challenge = [0; 32];
        getrandom::fill(&mut challenge)?;
        self.challenge = Some(challenge);
        Ok(challenge)
    }

    /// The signed head of a log that was handed in with the answer to the last challenge; after a lost key with the log before it.
    pub fn hand_in(&mut self, now: u64, bytes: &[u8], before: Option<&[u8]>) -> Result<String, Failed> {
        let given = HandIn::parse(bytes)?;
        let answer = given.answer.ok_or("no answer")?;
        let challenge = self.challenge.take().ok_or("no challenge")?;
        let before =
            before.map(HandIn::parse).transpose()?.map(|before| LogBefore { log: before.log, last: None });
        Ok(self.auditor.sign_after(given.log, &answer, &challenge, None, before, now)?.1)
    }

    /// The entries of a log, by name, or its damage.
    pub fn log(&self, bytes: &[u8]) -> Result<String, Failed> {
        let verified = self.auditor.verify(HandIn::parse(bytes)?.log, None)?;
        if !verified.damage.is_empty() {
            return Err(format!("{:?}", verified.damage).into());
        }
        Ok(verified.entries.iter().map(|entry| entry.mark.name()).collect::<Vec<_>>().join(" "))
    }

    /// A depot's answer, with a challenge.
    pub fn bundle(&mut self, items: &[Vec<u8>]) -> Result<Vec<u8>, Failed> {
        let mut bundle = BundleWriter::new(Some(self.challenge()?));
        for (number, item) in items.iter().enumerate() {
            bundle.add(&format!("item-{number}"), item)?;
        }
        Ok(bundle.finish())
    }

    /// The modules of a label's QR code, row by row, `1` for dark.
    pub fn symbol(&self, text: &str) -> Result<String, Failed> {
        let versions = (1..=40).filter_map(Version::new);
        let symbols = versions.filter_map(|version| {
            Symbol::encode(text.as_bytes(), version, EcLevel::M, MaskPattern::DEFAULT).ok()
        });
        let symbol = symbols.into_iter().next().ok_or("no symbol")?;
        let rows = (0..symbol.size()).map(|y| {
            (0..symbol.size()).map(|x| if symbol.is_dark(x, y) { '1' } else { '0' }).collect::<String>()
        });
        Ok(rows.collect::<Vec<_>>().join(" "))
    }

    /// Goes over to a new root; labels of today are sealed under it.
    pub fn rotate(&mut self, now: u64) -> Result<String, Failed> {
        let next = self.authority.generation() + 1;
        self.authority.rotate(Root::generate(next)?, day(now)?)?;
        Ok(next.to_string())
    }

    /// The depot's recipient, and its identity.
    pub fn lock(&self) -> (String, String) {
        (self.depot.recipient(), self.depot.file().to_string())
    }
}
