//! The root: shares, a change-over, and the end of an old one.

use super::line::{Line, label};
use crate::common::command::said;
use std::fs;
use wayseal::authority::custody::Authority;
use wayseal::authority::day_keys::Days;
use wayseal::authority::issue::{GrantTerms, Limits, Scope, issue};
use wayseal::authority::root::Root;
use wayseal::device::state::DeviceState;
use wayseal::error::Refusal;
use wayseal::keys::{Day, Region, Site, Tier};
use wayseal::payload::PayloadText;
use wayseal::signed::envelope::Identity;
use wayseal::signed::grant::Role;
use wayseal::verifier::{Buffer, Verifier, Want};

#[test]
fn a_root_is_not_erased_while_labels_that_are_kept_need_it() {
    let line = Line::new();
    line.good(&line.with_root(&["retire"]));
    line.good(&line.with_root(&["rotate"]));
    let recipients = line.authority().recipients().to_vec();
    assert_eq!(recipients.len(), 1, "sealed to the same custodian again");
    line.bad(&line.with_root(&["retire"]), 2, &["returns and enquiries until", "--although-needed"]);
    // Sealers hold keys of two days to come.
    line.bad(&line.with_root(&["retire", "--retention", "0"]), 2, &["returns and enquiries until"]);
    assert_eq!(line.authority().roots().len(), 2);
    line.good(&line.with_root(&["retire", "--although-needed"]));
    assert_eq!(line.authority().roots().len(), 1);
}

#[test]
fn shares_restore_the_authority_that_made_them() {
    let line = Line::new();
    let root = *line.authority().roots()[0].node().unwrap().key().expose();
    line.good(&line.with_root(&["shares", "make", "--need", "2", "one", "two", "three"]));
    line.bad(
        &line.with_root(&["shares", "make", "--need", "2", "one", "four"]),
        2,
        &["one", "never replaced"],
    );
    line.bad(
        &line.with_root(&["shares", "make", "--need", "3", "five", "six"]),
        2,
        &["no more than are made"],
    );
    fs::rename(line.path("authority"), line.path("lost")).unwrap();
    let recipient =
        Identity::parse(&fs::read_to_string(line.path("custodian")).unwrap()).unwrap().recipient();
    let restore = |shares: &[&'static str]| -> Vec<String> {
        let common =
            ["authority", "shares", "restore", "--no-list", "--recipient", &recipient].map(str::to_owned);
        common.into_iter().chain(shares.iter().map(|&share| share.to_owned())).collect()
    };
    let run = |arguments: Vec<String>| line.run(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    let few = run(restore(&["two"]));
    assert_eq!(few.status.code(), Some(3));
    assert!(said(&few).contains("2 different shares are needed, and 1 were given"), "{}", said(&few));
    assert!(!line.path("authority").exists());
    let out = run(restore(&["three", "one"]));
    assert!(out.status.success(), "{}", said(&out));
    assert_eq!(
        fs::read(line.path("authority/authority.pub")).unwrap(),
        fs::read(line.path("lost/authority.pub")).unwrap()
    );
    assert_eq!(line.authority().roots()[0].node().unwrap().key().expose(), &root);
}

#[test]
fn labels_of_both_roots_are_read_during_a_change_over() {
    let line = Line::new();
    let mut authority = line.authority();
    let today = Day::new(2519);
    let now = (u64::from(today.number()) + Day::UNIX_OFFSET) * 86_400;
    let place = (Region::new(755).unwrap(), Site::new(12).unwrap());
    let mut device = DeviceState::new(authority.public(), "pda-17", "");
    let mut serial = 0;
    let mut take = |authority: &Authority, root: &Root, day: Day, device: &mut DeviceState| {
        let issued = (u64::from(day.number()) + Day::UNIX_OFFSET) * 86_400;
        serial += 1;
        let mut terms = GrantTerms::new("pda-17", serial, issued);
        terms.top_up = true;
        let scope = Scope::Scanner { tiers: &[Tier::Delivery], stations: &[place] };
        let grant = issue(root, terms, &scope, Days::ending(day, 2), Limits::Kept).unwrap();
        device.accept(&grant.sign(authority).unwrap(), issued).unwrap();
    };
    let opens = |device: &DeviceState, text: &PayloadText, now: u64| -> Result<String, Refusal> {
        let session = device.session(Role::Scanner, now).unwrap();
        let mut buffer = Buffer::new();
        let opened = Verifier::new(&session.sets[0].nodes, session.today).open(
            text.as_bytes(),
            Want::Held,
            &mut buffer,
        )?;
        Ok(opened.delivery.unwrap().name.to_owned())
    };
    let mut labels = Vec::new();
    for (at, name) in ["张三", "李四", "王五"].into_iter().enumerate() {
        if at > 0 {
            authority.rotate(Root::generate(authority.generation() + 1).unwrap(), today).unwrap();
        }
        let root = &authority.roots()[0];
        labels.push(label(root, place, today, name));
        take(&authority, root, today, &mut device);
        let read = |label: &PayloadText| opens(&device, label, now);
        assert_eq!(read(&labels[at]), Ok(name.to_owned()), "the newest root's");
        if at == 1 {
            assert_eq!(read(&labels[0]), Ok("张三".to_owned()), "and the one's before");
            // The older root still makes grants, also for the same day.
            take(&authority, authority.root(0).unwrap(), today, &mut device);
            assert_eq!(opens(&device, &labels[1], now), Ok("李四".to_owned()));
        }
    }
    // Roots 0 and 2 share the generation bit of a label. No key of root 0 is held any more, so none is tried.
    assert_eq!(opens(&device, &labels[0], now), Err(Refusal::Tampered));
    assert_eq!(opens(&device, &labels[1], now), Ok("李四".to_owned()));
}
