//! Labels that no sealer made.

use super::line::{Line, label};
use crate::common::command::said;
use crate::common::label::DELIVERY;
use wayseal::authority::custody::Authority;
use wayseal::authority::day_keys::Days;
use wayseal::authority::issue::{GrantTerms, Limits, Scope, issue};
use wayseal::authority::root::Root;
use wayseal::keys::{AliasKey, Day, Node, Region, SealerId, Site, Tier};
use wayseal::payload::{PayloadText, Waybill};
use wayseal::record::Delivery;
use wayseal::sealer::{DestinationKeys, Sealer};

#[test]
fn an_audit_names_the_labels_that_no_sealer_made() {
    let line = Line::new();
    let authority = line.authority();
    let place = (Region::new(755).unwrap(), Site::new(12).unwrap());
    let genuine = label(&authority.roots()[0], place, Day::new(2519), "张三");
    // From another root with the same generation bit: a counterfeit without any key of the network.
    let counterfeit = label(&Root::generate(2).unwrap(), place, Day::new(2519), "张三");
    let forged = forged(&authority, place);
    let texts = [&genuine, &forged, &counterfeit].map(|text| text.as_str().to_owned()).join("\n");
    line.write("sample.txt", format!("{texts}\nnothing\n").as_bytes(), 0o600);
    let out = line.run(&line.with_root(&["audit", "sample.txt", "--json", "--day", "2026-11-24"]));
    assert_eq!(out.status.code(), Some(1), "{}", said(&out));
    let lines: Vec<serde_json::Value> = String::from_utf8(out.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!((&lines[0]["made"], &lines[0]["sealer"]), (&"by_sealer".into(), &7.into()));
    assert_eq!((&lines[1]["made"], &lines[1]["sealer"]), (&"by_no_sealer".into(), &7.into()));
    assert_eq!(lines[2]["refusal"], "tampered");
    assert_eq!(lines[3]["refusal"], "not_ours");
}

/// A label in the name of sealer 7, as a holder of the station's delivery key can make it.
fn forged(authority: &Authority, place: (Region, Site)) -> PayloadText {
    let terms = GrantTerms::new("pda", 1, (2519 + Day::UNIX_OFFSET) * 86_400);
    let scope = Scope::Scanner { tiers: &[Tier::Delivery], stations: &[place] };
    let grant = issue(authority, terms, &scope, Days::from(Day::new(2519), 1), Limits::Kept).unwrap();
    let site = &grant.nodes[0];
    let sealer = SealerId::new(7).unwrap();
    let mut leaf = Node::empty();
    site.derive(site.path().sealer(AliasKey::try_from(site).unwrap().alias(sealer)), &mut leaf).unwrap();
    let origin = wayseal::keys::KeyPath::origin(site.path().generation_of(), Day::new(2519), sealer);
    let lane = DestinationKeys::new(&leaf, None).unwrap();
    let delivery = Delivery { name: "李鬼", ..DELIVERY };
    let waybill = Waybill::parse("SF1234567890123").unwrap();
    Sealer::new(&Node::new(origin, &[0; 32])).unwrap().seal(&lane, &waybill, &delivery, None).unwrap().text
}
