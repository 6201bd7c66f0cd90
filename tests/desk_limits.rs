//! What bounds a desk: files of stations that its sealer's grant demands, keys of whole regions, and what a scanner types.

use crate::common::command::{code, printed, said, text, wayseal};
use crate::common::desk::{desk_grant, folder, sealer_grant, to};
use crate::common::print_room::public_key_file;
use crate::common::station::{DAY, NOW, Place};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use wayseal::authority::custody::Authority;
use wayseal::authority::day_keys::{Days, IssueError};
use wayseal::authority::issue::{GrantTerms, Limits, Scope, issue};
use wayseal::device::desk::{Desk, DeskOutcome, DeskScan, ReturnPlace};
use wayseal::device::log::{EntryOutcome, Log, LogEntry};
use wayseal::device::session::SessionError;
use wayseal::device::state::Refused;
use wayseal::error::Refusal;
use wayseal::keys::{Day, Region, SealerId};
use wayseal::read::wedge::KeyboardLayout;
use wayseal::signed::grant::{Grant, Purpose};
use wayseal::signed::moment::Moment;
use wayseal::signed::revocation::RevocationList;
use wayseal::signed::stations::sign_stations;
use wayseal::verifier::Revoked;

const STATIONS: &str = "code,region,site,name,routing,hub\nA,755,12,A,755-A12,\nB,755,13,B,755-A13,Hub B\n";

/// The grant of a desk for whole regions.
fn region_grant(place: &Place, day: Day, now: u64, regions: &[Region]) -> Result<Grant, IssueError> {
    let terms = GrantTerms::new("desk-1", 1, now).with_purposes([Purpose::Return, Purpose::Relabel]);
    issue(&place.root, terms, &Scope::RegionDesk { regions }, Days::ending(day, 7), Limits::Lifted)
}

fn entries(place: &Place, folder: &Path) -> Vec<LogEntry> {
    let verified = place.auditor.verify(&std::fs::read(folder.join(Log::FILE)).unwrap(), None).unwrap();
    assert_eq!(verified.damage, []);
    verified.entries
}

#[test]
fn a_desk_seals_by_signed_stations_where_its_sealers_grant_demands_them() {
    let place = Place::new(&[], None);
    let grants = [desk_grant(&place, DAY, NOW, None), sealer_grant(&place, DAY, NOW, 2, NOW - 100)];
    let folder = folder(&place, &grants);
    let label = place.label(1, 12, "王芳");
    // Neither in the session that took the grant nor after a restart, which reads the demand from the state's file.
    for restart in 0..2 {
        let mut desk = Desk::open(&folder, NOW).unwrap();
        for stations in [None, Some(NOW - 101)] {
            let scan = DeskScan::new(&label, NOW).with_stations(stations);
            let error = desk.relabel(&scan, &to(13)).unwrap_err();
            let SessionError::Keys(Refused::Stations { signed, least }) = error else { panic!("{error}") };
            assert_eq!((signed, least), (stations.map(Moment), Moment(NOW - 100)), "{restart}");
            let back = |_: &wayseal::device::desk::ReturnedLabel<'_>| -> Option<ReturnPlace<'static>> {
                panic!("the label was opened")
            };
            assert!(desk.give_back(&scan, back).is_err());
            assert!(desk.check(stations, NOW).is_err());
        }
        assert_eq!(desk.spent(), 0);
    }
    let mut desk = Desk::open(&folder, NOW).unwrap();
    let scan = DeskScan::new(&label, NOW).with_stations(Some(NOW - 100));
    assert!(matches!(desk.relabel(&scan, &to(13)).unwrap(), DeskOutcome::Made(_)));
    // A later grant that demands nothing takes the demand off; one that demands more sets it anew.
    for (serial, demanded, is_taken) in [(3, 0, true), (4, NOW, false)] {
        let grant = sealer_grant(&place, DAY, NOW, serial, demanded);
        std::fs::write(folder.join("inbox/new.grant"), &grant.sign(&place.root).unwrap()[..]).unwrap();
        let next = place.label(serial, 12, "王芳");
        let scan = DeskScan::new(&next, NOW).with_stations(Some(NOW - 100));
        assert_eq!(desk.relabel(&scan, &to(13)).is_ok(), is_taken, "{demanded}");
    }
    drop(desk);
    let marks: Vec<EntryOutcome> = entries(&place, &folder).iter().map(|entry| entry.mark).collect();
    let refused = marks.iter().filter(|mark| **mark == EntryOutcome::NoKeys).count();
    let opened = marks.iter().filter(|mark| **mark == EntryOutcome::Opened).count();
    assert_eq!((refused, opened), (9, 2), "{marks:?}");
}

#[test]
fn a_desk_has_keys_of_whole_regions_beyond_its_limits_alone_and_for_seven_days() {
    let place = Place::new(&[], None);
    let regions = [Region::new(755).unwrap()];
    let scope = Scope::RegionDesk { regions: &regions };
    let make = |days, limit| {
        let terms = GrantTerms::new("desk-1", 1, NOW).with_purposes([Purpose::Relabel]);
        issue(&place.root, terms, &scope, Days::ending(DAY, days), limit)
    };
    assert!(matches!(make(1, Limits::Kept), Err(IssueError::Regions { .. })));
    assert!(matches!(make(8, Limits::Lifted), Err(IssueError::Days { most: 7, .. })));

    // It relabels what any station of the region has, tells the sealer, and its keys are of use for seven days each.
    let grants = [region_grant(&place, DAY, NOW, &regions).unwrap(), sealer_grant(&place, DAY, NOW, 2, 0)];
    let folder = folder(&place, &grants);
    let mut desk = Desk::open(&folder, NOW).unwrap();
    for (age, site, is_opened) in [(0, 12, true), (6, 40, true), (7, 12, false)] {
        let label = place.label_of(Day::new(DAY.number() - age), u64::from(age) + 1, site, "王芳");
        let scan = DeskScan::new(&label, NOW);
        let mut sealer = None;
        let outcome = desk.give_back(&scan, |label| {
            sealer = label.sealer;
            Some(ReturnPlace::new(to(13)))
        });
        assert_eq!(matches!(outcome.unwrap(), DeskOutcome::Made(_)), is_opened, "{age} days");
        assert_eq!(sealer, SealerId::new(7).filter(|_| is_opened));
    }
    drop(desk);
    // A week later the keys are gone, though a desk's keys of stations last for two.
    let later = NOW + 7 * 86_400;
    let label = place.label_of(DAY, 9, 12, "王芳");
    let mut desk = Desk::open(&folder, later).unwrap();
    let scan = DeskScan::new(&label, later);
    assert!(matches!(desk.relabel(&scan, &to(13)), Err(SessionError::Keys(Refused::Over { .. }))));
}

#[test]
fn a_revoked_sealers_label_is_not_replaced_and_a_revoked_desk_replaces_none() {
    let place = Place::new(&[], None);
    let grants = [desk_grant(&place, DAY, NOW, None), sealer_grant(&place, DAY, NOW, 2, 0)];
    let folder = folder(&place, &grants);
    let mut desk = Desk::open(&folder, NOW).unwrap();
    let mut list = RevocationList::none();
    list.revoke_sealers([Revoked { sealer: SealerId::new(7).unwrap(), from: DAY }]);
    let until = Day::new(DAY.number() + 14);
    let put = |list: &mut RevocationList, now| {
        let signed = list.sign_next(Moment(now), until, &place.root).unwrap();
        std::fs::write(folder.join("inbox/new.list"), signed).unwrap();
    };
    put(&mut list, NOW);
    let label = place.label(1, 12, "王芳");
    let scan = DeskScan::new(&label, NOW);
    let outcome = desk.relabel(&scan, &to(13)).unwrap();
    let revoked = EntryOutcome::Refused(Refusal::SealerRevoked);
    assert!(matches!(&outcome, DeskOutcome::NotOpened(mark) if *mark == revoked), "{outcome:?}");
    list.revoke_holders([("desk-1".to_owned(), DAY)]);
    put(&mut list, NOW + 1);
    let scan = DeskScan::new(&label, NOW + 1);
    let error = desk.relabel(&scan, &to(13)).unwrap_err();
    assert!(matches!(error, SessionError::Keys(Refused::Revoked { from: DAY })), "{error}");
    assert_eq!(desk.spent(), 0);
}

/// A desk of today at the command, with its labels.
struct AtWork {
    place: Place,
    folder: PathBuf,
    today: Day,
    now: u64,
}

impl AtWork {
    fn new(demanded: impl Fn(u64) -> u64) -> Self {
        let place = Place::new(&[], None);
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
        let today = Day::from_unix(now).unwrap();
        let grants =
            [desk_grant(&place, today, now, None), sealer_grant(&place, today, now, 2, demanded(now))];
        let folder = folder(&place, &grants);
        std::fs::write(place.path().join("stations.csv"), STATIONS).unwrap();
        Self { place, folder, today, now }
    }

    fn label(&self, number: u64) -> String {
        self.place.label_of(self.today, number, 12, "王芳")
    }

    /// What the command makes of lines that a scanner types.
    fn typed(&self, lines: &str) -> Output {
        self.run(&["relabel", "-", "--state", "desk", "--to", "B", "-o", "out", "--json"], lines)
    }

    fn run(&self, arguments: &[&str], lines: &str) -> Output {
        let mut child = wayseal(self.place.path(), arguments).stdin(Stdio::piped()).spawn().unwrap();
        // A command that refuses before it reads closes the pipe.
        let _written = child.stdin.take().unwrap().write_all(lines.as_bytes());
        child.wait_with_output().unwrap()
    }
}

/// The outcomes that a run told, in order.
fn outcomes(out: &Output) -> Vec<String> {
    let of = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        line["outcome"].as_str().unwrap().to_owned()
    };
    text(&out.stdout).lines().map(of).collect()
}

#[test]
fn relabel_and_return_refuse_unsigned_stations_before_the_first_label() {
    let work = AtWork::new(|now| now - 60);
    let path = work.place.path();
    let sign = |at: u64, signer: &Authority| {
        let signature = sign_stations(at, STATIONS.as_bytes(), None, signer);
        std::fs::write(path.join("stations.csv.sig"), signature).unwrap();
    };
    let run = |command: &str| {
        let arguments = [command, "-", "--state", "desk", "--to", "B", "-o", "out"];
        wayseal(path, &arguments).output().unwrap()
    };
    let log = || std::fs::metadata(work.folder.join(Log::FILE)).unwrap().len();
    for command in ["relabel", "return"] {
        let out = run(command);
        assert_eq!(code(&out), 3, "{}", printed(&out));
        assert!(said(&out).contains("a file of stations that the authority signed"), "{}", said(&out));
    }
    let before = log();
    sign(work.now - 61, &work.place.root);
    let out = run("return");
    assert_eq!(code(&out), 3);
    assert!(said(&out).contains("demands one of"), "{}", said(&out));
    // Another authority's signature, and one of another file, are refused by name, whatever the grant demands.
    let stranger = Authority::generate(0).unwrap();
    sign(work.now, &stranger);
    assert_eq!(code(&run("relabel")), 3);
    sign(work.now, &work.place.root);
    std::fs::write(path.join("stations.csv"), STATIONS.replace("755-A13", "755-A14")).unwrap();
    let out = run("relabel");
    assert!(code(&out) == 3 && said(&out).contains("stations.csv.sig"), "{}", said(&out));
    assert_eq!(log(), before, "something was tried without the stations");
    std::fs::write(path.join("stations.csv"), STATIONS).unwrap();
    let out = work.typed(&work.label(1));
    assert_eq!((code(&out), outcomes(&out)), (0, vec!["made".to_owned()]), "{}", printed(&out));
}

#[test]
fn a_grant_of_regions_is_made_by_the_command_beyond_limits_alone() {
    let place = Place::new(&[], None);
    let path = place.path();
    std::fs::write(path.join("authority.pub"), public_key_file(&place.root)).unwrap();
    let authority = |arguments: &[&str]| {
        let mut command = wayseal(path, &[&["authority"], arguments].concat());
        command.env("WAYSEAL_PASSPHRASE", "correct horse battery staple");
        command.output().unwrap()
    };
    assert_eq!(code(&authority(&["init"])), 0);
    let grant = |more: &[&str]| {
        authority(
            &[&["grant", "desk", "--to", "desk-1", "-o", "desk.grant", "--region", "755"], more].concat(),
        )
    };
    let out = grant(&[]);
    assert_eq!(code(&out), 2, "{}", printed(&out));
    assert!(said(&out).contains("--beyond-limits"), "{}", said(&out));
    let out = grant(&["--beyond-limits", "--days", "8"]);
    assert!(code(&out) == 2 && !path.join("desk.grant").exists(), "{}", printed(&out));
    let out = grant(&["--beyond-limits"]);
    assert_eq!(code(&out), 0, "{}", printed(&out));
    // Seven days, two tiers.
    assert!(text(&out.stdout).contains("14 keys"), "{}", text(&out.stdout));
    let out = grant(&["--station", "SZ-NS-012"]);
    assert_eq!(code(&out), 2, "{}", printed(&out));
}

#[test]
fn a_return_to_a_named_place_says_on_the_label_that_it_is_one() {
    let work = AtWork::new(|_| 0);
    let header = "station,name,phone,province,city,district,detail\n";
    let names = ["Returns of the shop", "退货组"];
    for (number, (language, name)) in
        (1..).zip(["en", "zh"].into_iter().flat_map(|it| names.map(|name| (it, name))))
    {
        let row = format!("B,{name},021-55556666,上海市,上海市,浦东新区,世纪大道100号\n");
        std::fs::write(work.place.path().join("returns.csv"), header.to_owned() + &row).unwrap();
        let arguments = ["return", "-", "--state", "desk", "--places", "returns.csv", "-o", "out", "--json"];
        let out = work.run(&[&arguments[..], &["--lang", language]].concat(), &work.label(number));
        assert_eq!((code(&out), outcomes(&out)), (0, vec!["made".to_owned()]), "{}", printed(&out));
        // It has no sender, and that is all that there is to say: its remark is printed.
        let told: serde_json::Value = serde_json::from_str(text(&out.stdout).trim()).unwrap();
        assert_eq!(told["notes"].as_array().unwrap().len(), 1, "{language} {name}: {told}");
    }
}

#[test]
fn a_desk_takes_what_a_scanner_types_as_a_courier_does() {
    let work = AtWork::new(|_| 0);
    let label = |number| work.label(number);
    let number = |number: u64| format!("YT{number:013}");
    let made = |count: usize| vec!["made".to_owned(); count];
    // Both codes in one line, the code twice, with a suffix, through another keyboard, after its bar code and before it.
    let wide: String = label(3)
        .chars()
        .map(|key| if key == ' ' { '\u{3000}' } else { char::from_u32(key as u32 + 0xfee0).unwrap() })
        .collect();
    let lines = [
        format!("{}\t{}", label(1), number(1)),
        format!("{0}{0}\\r\\n", label(2)),
        wide,
        KeyboardLayout::Russian.typed(&label(4), false),
        format!("]Q1{};", label(5)),
    ];
    let out = work.typed(&lines.join("\n"));
    assert_eq!((code(&out), outcomes(&out)), (0, made(5)), "{}", printed(&out));
    let out = work.typed(&[label(6), number(6), number(7), label(7)].join("\n"));
    let expected = ["made", "bar_code_matches", "bar_code", "made"];
    assert_eq!((code(&out), outcomes(&out)), (0, expected.map(str::to_owned).to_vec()), "{}", printed(&out));
    // The code of another parcel glued over its own; goods beside it accuse nobody.
    let out = work.typed(&format!("{}\t{}\n6901234567892\n{}", label(8), number(9), label(8)));
    let expected = ["wrong_waybill", "bar_code", "made"];
    assert_eq!((code(&out), outcomes(&out)), (1, expected.map(str::to_owned).to_vec()), "{}", printed(&out));
    // A text that is damaged is to be scanned again, and is no forgery; both copies of it.
    let mut wrong = label(10).into_bytes();
    let last = wrong.len() - 1;
    wrong[last] = if wrong[last] == b'0' { b'1' } else { b'0' };
    let wrong = String::from_utf8(wrong).unwrap();
    let out = work.typed(&format!("{wrong}\n{wrong}\n{}", &label(10)[..50]));
    let told = text(&out.stdout);
    assert_eq!(code(&out), 1);
    assert!(!told.contains("set the parcel aside") && told.matches("scan again").count() >= 3, "{told}");
    assert_eq!(outcomes(&out), ["tampered", "tampered", "damaged"].map(str::to_owned), "{told}");
    let log = entries(&work.place, &work.folder);
    let relabelled = log.iter().filter(|entry| entry.mark == EntryOutcome::Relabelled).count();
    assert_eq!(relabelled, 8);
}
