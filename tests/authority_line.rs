//! The security line's commands over its days: devices, revocation, shares, rotation, grants for many devices, audit.
//!
//! After each of them no key is on the disk outside its envelope.

use crate::common::command::{said, stations, wayseal};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use wayseal::authority::custody::{Authority, Unlock};
use wayseal::authority::day_keys::Days;
use wayseal::authority::issue::{GrantTerms, Limits, Scope, issue};
use wayseal::authority::root::Root;
use wayseal::device::state::DeviceState;
use wayseal::error::Refusal;
use wayseal::keys::{AliasKey, Day, Node, Region, SealerId, Site, Tier};
use wayseal::payload::{PayloadText, Waybill};
use wayseal::record::{Country, Delivery, Division};
use wayseal::sealer::{DestinationKeys, Sealer};
use wayseal::signed::envelope::Identity;
use wayseal::signed::grant::{Grant, Role};
use wayseal::verifier::{Buffer, Verifier, Want};

/// A folder with an authority sealed to an age identity, which opens fast, without scrypt.
struct Line(tempfile::TempDir);

impl Line {
    fn new() -> Self {
        let line = Self(tempfile::tempdir().unwrap());
        let identity = Identity::generate();
        line.write("custodian", identity.file().as_bytes(), 0o600);
        fs::copy(stations(), line.path("stations.csv")).unwrap();
        line.good(&["authority", "init", "--recipient", &identity.recipient()]);
        line
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: &[u8], mode: u32) {
        fs::write(self.path(name), bytes).unwrap();
        fs::set_permissions(self.path(name), fs::Permissions::from_mode(mode)).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        wayseal(self.0.path(), arguments)
    }

    fn good(&self, arguments: &[&str]) -> String {
        let out = self.run(arguments);
        assert!(out.status.success(), "{arguments:?}: {}", said(&out));
        String::from_utf8(out.stdout).unwrap()
    }

    /// Runs a command that must be refused with this exit code and this text.
    fn bad(&self, arguments: &[&str], code: i32, words: &[&str]) {
        let out = self.run(arguments);
        assert_eq!(out.status.code(), Some(code), "{arguments:?}: {}", said(&out));
        for word in words {
            assert!(said(&out).contains(word), "{word} in {}", said(&out));
        }
    }

    /// An `authority` command, opened with the custodian's identity.
    fn with_root<'a>(&self, arguments: &[&'a str]) -> Vec<&'a str> {
        [&["authority"], arguments, &["--identity", "custodian"]].concat()
    }

    fn authority(&self) -> Authority {
        let text = fs::read_to_string(self.path("custodian")).unwrap();
        let identity = Identity::parse(&text).unwrap();
        Authority::load(&self.path("authority/authority.age"), |_| Ok(Unlock::Identity(identity))).unwrap()
    }

    fn device(&self, name: &str) -> String {
        self.good(&["device", "init", "--folder", name, "--name", name]).trim().to_owned()
    }

    fn scanner<'a>(&self, recipient: &'a str, more: &[&'a str], output: &'a str) {
        let common = ["grant", "scanner", "--to", "pda-17", "--device", recipient, "--station", "SZ-NS-012"];
        self.good(&self.with_root(&[&common[..], more, &["-o", output]].concat()));
    }

    /// All files below the folder, hidden ones too.
    fn files(&self) -> Vec<PathBuf> {
        let (mut files, mut folders) = (Vec::new(), vec![self.0.path().to_owned()]);
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { folders.push(path) } else { files.push(path) }
            }
        }
        files
    }
}

#[test]
fn a_passphrase_comes_from_a_file_a_descriptor_or_the_environment_and_is_never_waited_for() {
    let line = Line(tempfile::tempdir().unwrap());
    line.write("passphrase", b"correct horse\n", 0o600);
    let init = ["authority", "init"];
    line.bad(&init, 3, &["--passphrase-file", "--passphrase-fd", "WAYSEAL_PASSPHRASE", "terminal"]);
    assert!(!line.path("authority").exists(), "nothing was begun");
    let out = line.command(&init).env("WAYSEAL_PASSPHRASE", "correct horse").output().unwrap();
    assert!(out.status.success(), "{}", said(&out));
    assert_eq!(
        fs::metadata(line.path("authority/authority.age")).unwrap().permissions().mode() & 0o777,
        0o600
    );

    let binary = env!("CARGO_BIN_EXE_wayseal");
    let shell = format!("'{binary}' authority grant day-issuer -o day.grant --passphrase-fd 3 3<passphrase");
    let mut shell_command = Command::new("sh");
    shell_command.args(["-c", &shell]).current_dir(line.0.path()).env_clear().stdin(Stdio::null());
    let out = shell_command.output().unwrap();
    assert!(out.status.success(), "{}", said(&out));

    line.write("wrong", b"battery staple\n", 0o600);
    let grant =
        |file: &'static str| ["authority", "grant", "day-issuer", "-o", "x.grant", "--passphrase-file", file];
    line.bad(&grant("wrong"), 3, &["the passphrase does not open"]);
    line.write("open", b"correct horse\n", 0o644);
    line.bad(&grant("open"), 3, &["others can read it", "chmod 600"]);
    // Refused before a passphrase is asked for: a file that others can read, a truncated one, one of a newer format.
    let envelope = line.path("authority/authority.age");
    let whole = fs::read(&envelope).unwrap();
    fs::set_permissions(&envelope, fs::Permissions::from_mode(0o640)).unwrap();
    line.bad(&grant("passphrase"), 3, &["others can read it"]);
    line.write("authority/authority.age", &whole[..whole.len() - 9], 0o600);
    line.bad(&grant("passphrase"), 3, &["damaged", "shares restore"]);
    line.write("authority/authority.age", b"age-encryption.org/v9\n", 0o600);
    line.bad(&grant("passphrase"), 3, &["newer program"]);
    assert!(!line.path("x.grant").exists());
}

#[test]
fn a_device_takes_its_own_newest_grant_and_no_other() {
    let line = Line::new();
    let recipient = line.device("pda-17");
    line.scanner(&recipient, &[], "one.grant");
    let accept = |file: &'static str| ["device", "accept", "--folder", "pda-17", file];
    line.bad(&["authority", "show", "one.grant"], 3, &["sealed to a device", "--identity"]);
    let shown = line.good(&["authority", "show", "one.grant", "--identity", "pda-17/identity"]);
    assert!(shown.contains("pda-17") && shown.contains(&recipient), "{shown}");
    assert!(line.good(&accept("one.grant")).contains("keys added 14"));
    assert!(line.good(&accept("one.grant")).contains("keys added 0"), "the same again");

    line.scanner(&recipient, &["--top-up"], "two.grant");
    line.good(&accept("two.grant"));
    line.bad(&accept("one.grant"), 3, &["older than"]);
    let other = line.device("pda-18");
    line.scanner(&other, &[], "other.grant");
    line.bad(&accept("other.grant"), 3, &["sealed to another device"]);
    line.good(&line.with_root(&[
        "grant",
        "scanner",
        "--to",
        "pda-99",
        "--station",
        "SZ-NS-012",
        "-o",
        "plain.grant",
    ]));
    line.bad(&accept("plain.grant"), 3, &["is for pda-99", "this device is pda-17"]);
    // Truncated, altered, readable by others.
    let whole = fs::read(line.path("two.grant")).unwrap();
    line.write("cut.grant", &whole[..whole.len() - 5], 0o600);
    line.bad(&accept("cut.grant"), 3, &["damaged"]);
    line.write("open.grant", &whole, 0o644);
    line.bad(&accept("open.grant"), 3, &["others can read it"]);
    line.bad(
        &line.with_root(&["grant", "day-issuer", "--device", "age1nobody", "-o", "x.grant"]),
        2,
        &["age recipient"],
    );
}

#[test]
fn who_is_revoked_gets_no_further_day_and_an_older_list_is_refused() {
    let line = Line::new();
    let recipient = line.device("pda-17");
    line.scanner(&recipient, &[], "before.grant");
    line.good(&["device", "accept", "--folder", "pda-17", "before.grant"]);
    let revoke = |more: &[&'static str]| line.good(&line.with_root(&[&["revoke"], more].concat()));
    revoke(&["--sealer", "7", "--from", "2026-01-20"]);
    fs::copy(line.path("authority/revocations"), line.path("first.list")).unwrap();
    line.write("more.csv", b"what,whom,from\nsealer,8,2026-01-21\nscanner,lost,2026-01-01\n", 0o600);
    revoke(&["--file", "more.csv"]);
    let list = line.good(&["authority", "revoke", "--list"]);
    let number = list.strip_prefix("list ").and_then(|rest| rest.split(',').next()).unwrap().to_owned();
    for entry in ["sealer,7,2026-01-20", "sealer,8,2026-01-21", "scanner,lost,2026-01-01"] {
        assert!(list.contains(entry), "{list}");
    }
    line.write("bad.csv", b"sealer,8,2026-01-21\nsealer,many,2026-01-21\n", 0o600);
    line.bad(
        &line.with_root(&["revoke", "--file", "bad.csv"]),
        4,
        &["bad.csv, line 2", "nothing was revoked"],
    );

    let grant = |more: &[&'static str]| line.with_root(&[&["grant"], more, &["-o", "no.grant"]].concat());
    line.bad(&grant(&["sealer", "--id", "7"]), 2, &["revoked from 2026-01-20"]);
    line.bad(&grant(&["scanner", "--to", "lost", "--station", "SZ-NS-012"]), 2, &["revoked from 2026-01-01"]);
    assert!(!line.path("no.grant").exists());
    line.good(&grant(&["sealer", "--id", "9"]));

    // A grant made after the list requires that list.
    line.scanner(&recipient, &["--top-up"], "since.grant");
    line.good(&["device", "accept", "--folder", "pda-17", "since.grant"]);
    let shown = || line.good(&["device", "show", "--folder", "pda-17"]);
    let wanted = format!("requires revocation list {number} or newer, and none is held");
    assert!(shown().contains(&wanted), "{}", shown());
    line.good(&["device", "accept", "--folder", "pda-17", "authority/revocations"]);
    assert!(shown().contains("keys in use 14"), "{}", shown());
    line.bad(
        &["device", "accept", "--folder", "pda-17", "first.list"],
        3,
        &[&format!("older than {number}")],
    );
}

#[test]
fn no_grant_is_made_without_the_newest_revocation_list() {
    let line = Line::new();
    let list = line.path("authority/revocations");
    let grant = |to: &'static str| {
        line.with_root(&["grant", "scanner", "--to", to, "--station", "SZ-NS-012", "-o", "new.grant"])
    };
    fs::copy(line.path("authority/authority.age"), line.path("envelope-before")).unwrap();
    let mut lists = Vec::new();
    for name in ["lost", "gone"] {
        line.good(&line.with_root(&["revoke", "--scanner", name]));
        lists.push(fs::read(&list).unwrap());
    }
    let number = || {
        let shown = line.good(&["authority", "revoke", "--list"]);
        shown.strip_prefix("list ").unwrap().split(',').next().unwrap().parse::<u64>().unwrap()
    };
    let newest = number();
    line.write("devices.csv", b"to,stations\npda-17,SZ-NS-012\n", 0o600);

    // Removed, put back from a copy, signed by somebody else: no grant, and no list that forgets names in silence.
    let words = ["newest revocation list", "put the newest one back"];
    for there in [None, Some(&lists[0])] {
        fs::remove_file(&list).unwrap();
        if let Some(older) = there {
            fs::write(&list, older).unwrap();
        }
        line.bad(&grant("lost"), 3, &words);
        line.bad(&grant("pda-17"), 3, &words);
        line.bad(&line.with_root(&["revoke", "--sealer", "9"]), 3, &words);
        line.bad(&line.with_root(&["grant", "--devices", "devices.csv", "--out", "grants"]), 3, &words);
        fs::write(&list, there.unwrap_or(&lists[0])).unwrap();
    }
    assert!(!line.path("new.grant").exists());
    fs::write(&list, &lists[1]).unwrap();
    line.bad(&grant("lost"), 2, &["revoked"]);
    line.good(&grant("pda-17"));

    // An envelope that was put back from before the lists takes them as newer.
    fs::copy(line.path("envelope-before"), line.path("authority/authority.age")).unwrap();
    line.bad(&grant("gone"), 2, &["revoked"]);
    line.good(&line.with_root(&["revoke", "--sealer", "9"]));
    assert!(number() > newest);
    line.bad(&grant("gone"), 2, &["revoked"]);

    // Lost everywhere: the next list names what is named now, and its number is higher.
    let before = number();
    fs::remove_file(&list).unwrap();
    line.bad(&grant("pda-17"), 3, &words);
    line.good(&line.with_root(&["revoke", "--list-is-lost", "--scanner", "lost", "--scanner", "gone"]));
    assert!(number() > before);
    line.bad(&grant("gone"), 2, &["revoked"]);
}

#[test]
fn an_issuer_needs_the_list_that_it_was_certified_with() {
    let line = Line::new();
    line.good(&line.with_root(&["revoke", "--scanner", "lost", "--from", "2026-01-01"]));
    fs::create_dir(line.path("desk")).unwrap();
    line.good(&line.with_root(&["grant", "day-issuer", "-o", "desk/today.grant"]));
    let grant = |to: &'static str| {
        let common =
            ["authority", "grant", "scanner", "--issuer", "desk/today.grant", "--days", "1", "--to", to];
        [&common[..], &["--station", "SZ-NS-012", "-o", "desk/new.grant"]].concat()
    };
    line.bad(&grant("pda-17"), 3, &["newest revocation list"]);
    fs::copy(line.path("authority/revocations"), line.path("desk/revocations")).unwrap();
    line.bad(&grant("lost"), 2, &["revoked"]);
    line.good(&grant("pda-17"));
}

#[test]
fn a_duty_officer_lists_a_theft_by_one_command_and_the_next_list_contains_it() {
    let line = Line::new();
    let recipient = line.device("pda-17");
    line.scanner(&recipient, &[], "one.grant");
    line.good(&["device", "accept", "--folder", "pda-17", "one.grant"]);
    line.good(&line.with_root(&["grant", "stop", "--to", "duty", "-o", "stop.grant"]));
    fs::rename(line.path("authority/authority.age"), line.path("offline")).unwrap();
    let revoke = ["authority", "revoke", "--stop", "stop.grant", "--scanner", "pda-17", "-o", "theft"];
    line.good(&revoke);
    line.good(&["device", "accept", "--folder", "pda-17", "theft"]);
    let shown = line.good(&["device", "show", "--folder", "pda-17"]);
    assert!(shown.contains("the device is revoked"), "{shown}");
    // It is no key of another kind, nor does another kind's key stop anybody.
    line.bad(&["authority", "revoke", "--stop", "stop.grant", "-o", "none"], 2, &["nothing is named"]);
    let grant = ["authority", "grant", "scanner", "--issuer", "stop.grant", "--days", "1"];
    line.bad(&[&grant[..], &["--station", "SZ-NS-012", "-o", "no.grant"]].concat(), 2, &[]);

    fs::rename(line.path("offline"), line.path("authority/authority.age")).unwrap();
    line.bad(&["authority", "revoke", "--stop", "one.grant", "--scanner", "x", "-o", "none"], 3, &[]);
    fs::create_dir(line.path("authority/additions")).unwrap();
    fs::copy(line.path("theft"), line.path("authority/additions/theft")).unwrap();
    let grant = ["grant", "scanner", "--to", "pda-17", "--station", "SZ-NS-012", "-o", "new.grant"];
    line.bad(&line.with_root(&grant), 2, &["revoked"]);
    line.good(&line.with_root(&["revoke", "--sealer", "9"]));
    let list = line.good(&["authority", "revoke", "--list"]);
    assert!(list.contains("scanner,pda-17,") && list.contains("sealer,9,"), "{list}");
}

#[test]
fn a_restored_backup_asks_for_the_newest_list_and_grants_nobody_on_it() {
    let line = Line::new();
    line.good(&line.with_root(&["revoke", "--scanner", "first"]));
    line.good(&line.with_root(&["shares", "make", "--need", "2", "one", "two"]));
    fs::copy(line.path("authority/revocations"), line.path("first.list")).unwrap();
    line.good(&line.with_root(&["revoke", "--scanner", "lost"]));
    fs::rename(line.path("authority"), line.path("burnt")).unwrap();
    let custodian =
        Identity::parse(&fs::read_to_string(line.path("custodian")).unwrap()).unwrap().recipient();
    let restore = |more: &[&'static str]| {
        let common = ["authority", "shares", "restore", "--recipient", &custodian].map(str::to_owned);
        let all = common.into_iter().chain(more.iter().chain(&["one", "two"]).map(|&one| one.to_owned()));
        all.collect::<Vec<_>>()
    };
    let bad = |more: &[&'static str], code, words: &[&str]| {
        let arguments = restore(more);
        line.bad(&arguments.iter().map(String::as_str).collect::<Vec<_>>(), code, words);
        assert!(!line.path("authority").exists(), "nothing was begun");
    };
    bad(&[], 2, &["give the newest revocation list with --list"]);
    // The backup itself knows of a list.
    bad(&["--no-list"], 3, &["give the newest one with --list"]);
    bad(&["--list", "nothing"], 3, &[]);
    bad(&["--list", "custodian"], 3, &["not a revocation list"]);
    let arguments = restore(&["--list", "burnt/revocations"]);
    line.good(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    for name in ["first", "lost"] {
        let grant = ["grant", "scanner", "--to", name, "--station", "SZ-NS-012", "-o", "new.grant"];
        line.bad(&line.with_root(&grant), 2, &["revoked"]);
    }
    // An older list in its place is refused from now on.
    fs::copy(line.path("first.list"), line.path("authority/revocations")).unwrap();
    let grant = ["grant", "scanner", "--station", "SZ-NS-012", "-o", "new.grant"];
    line.bad(&line.with_root(&grant), 3, &["newest revocation list"]);
}

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

fn label(root: &Root, place: (Region, Site), day: Day, name: &str) -> PayloadText {
    let sealer = SealerId::new(7).unwrap();
    let terms = GrantTerms::new("press", 1, (u64::from(day.number()) + Day::UNIX_OFFSET) * 86_400);
    let scope = Scope::Sealer { sealer, destinations: &[place] };
    let grant = issue(root, terms, &scope, Days::from(day, 1), Limits::Kept).unwrap();
    let node = |tier| grant.nodes.iter().find(|node| node.path().tier() == tier).unwrap();
    let lane = DestinationKeys::new(node(Tier::Delivery), Some(node(Tier::Contact))).unwrap();
    let delivery = Delivery {
        name,
        country: Country::CN,
        postcode: "",
        division: Division::Names { province: "广东省", city: "深圳市", district: "南山区" },
        street: "粤海街道",
        detail: "科技园路9号3栋2单元1501室",
        note: "",
    };
    let waybill = Waybill::parse("SF1234567890123").unwrap();
    Sealer::new(node(Tier::Origin)).unwrap().seal(&lane, &waybill, &delivery, None).unwrap().text
}

#[test]
fn many_devices_are_granted_in_one_run_that_can_be_resumed() {
    let line = Line::new();
    let recipient = line.device("pda-17");
    let roster = format!(
        "to,role,stations,regions,tiers,id,device,budget,reopen,after_delivery\n\
         pda-17,,SZ-NS-012,,delivery;contact,,{recipient},300,refuse,allow\n\
         hub,region,,755,,,,\nshop,sealer,,,,7,,\nring,relay,SZ-NS-012,,,,,\nnowhere,,XX-1,,,,,\npda-17,,SZ-NS-012,,,,,\n\
         ../up,,SZ-NS-012,,,,,\nonce,,SZ-NS-012,,,,,,once\n"
    );
    line.write("devices.csv", roster.as_bytes(), 0o600);
    let many = line.with_root(&["grant", "--devices", "devices.csv", "--out", "grants"]);
    line.bad(
        &many,
        1,
        &[
            "line 6: stations: no station XX-1",
            "line 7: to: pda-17 is a duplicate",
            "line 8: to:",
            "line 9: reopen: not allow, count or refuse",
        ],
    );
    line.good(&["device", "accept", "--folder", "pda-17", "grants/pda-17.grant"]);
    for (name, role, keys) in
        [("hub", Role::Region, 2), ("shop", Role::Sealer, 75), ("ring", Role::Relay, 14)]
    {
        let grant =
            Grant::load(&line.path(&format!("grants/{name}.grant")), &line.authority().public(), None);
        let grant = grant.unwrap();
        assert_eq!((grant.role, grant.nodes.len(), grant.to.as_str()), (role, keys, name));
    }
    let again = line.run(&many);
    assert!(String::from_utf8(again.stdout).unwrap().contains("grants made 0, existing 4"));
    let top_up = line.with_root(&["grant", "--devices", "devices.csv", "--out", "grants", "--top-up"]);
    line.bad(&top_up, 5, &["another run"]);

    // No grant has expired yet; when all have, `prune` removes the run's grants together.
    let prune = ["authority", "prune", "grants"];
    assert!(line.good(&prune).contains("erased: 0"));
    let run = fs::read_to_string(line.path("grants/run")).unwrap();
    let over = run.lines().find(|line| line.starts_with("over ")).unwrap();
    line.write("grants/run", run.replace(over, "over 2026-01-01").as_bytes(), 0o600);
    assert!(line.good(&prune).contains("erased: 4"));
    assert_eq!(fs::read_dir(line.path("grants")).unwrap().count(), 0);
}

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
    let delivery = Delivery {
        name: "李鬼",
        country: Country::CN,
        postcode: "",
        division: Division::Names { province: "广东省", city: "深圳市", district: "南山区" },
        street: "粤海街道",
        detail: "科技园路9号",
        note: "",
    };
    let waybill = Waybill::parse("SF1234567890123").unwrap();
    Sealer::new(&Node::new(origin, &[0; 32])).unwrap().seal(&lane, &waybill, &delivery, None).unwrap().text
}

#[test]
fn no_key_is_on_the_disk_outside_its_envelope_after_any_command() {
    let line = Line::new();
    let recipient = line.device("pda-17");
    line.scanner(&recipient, &[], "one.grant");
    line.good(&["device", "accept", "--folder", "pda-17", "one.grant"]);
    line.good(&line.with_root(&["grant", "day-issuer", "--device", &recipient, "-o", "day.grant"]));
    line.write(
        "devices.csv",
        format!("to,stations,device\npda-17,SZ-NS-012,{recipient}\n").as_bytes(),
        0o600,
    );
    line.good(&line.with_root(&["grant", "--devices", "devices.csv", "--top-up", "--out", "grants"]));
    line.good(&line.with_root(&["shares", "make", "--need", "2", "share-1", "share-2"]));
    line.good(&line.with_root(&["revoke", "--sealer", "7"]));
    let custodian =
        Identity::parse(&fs::read_to_string(line.path("custodian")).unwrap()).unwrap().recipient();
    line.good(&line.with_root(&["rotate", "--recipient", &custodian]));

    let authority = line.authority();
    let mut needles: Vec<[u8; 32]> =
        authority.roots().iter().map(|root| *root.node().unwrap().key().expose()).collect();
    let text = fs::read_to_string(line.path("pda-17/identity")).unwrap();
    let identity = Identity::parse(&text).unwrap();
    for file in ["one.grant", "day.grant", "grants/pda-17.grant"] {
        let grant = Grant::load(&line.path(file), &authority.public(), Some(&identity)).unwrap();
        needles.extend(grant.nodes.iter().map(|node| *node.key().expose()));
    }
    assert_eq!(needles.len(), 2 + 14 + 3 + 1);
    // Control: the search finds the keys of a grant that is written without an envelope on request.
    line.good(&line.with_root(&[
        "grant",
        "scanner",
        "--generation",
        "0",
        "--station",
        "SZ-NS-012",
        "-o",
        "plain.grant",
    ]));
    let mut found = Vec::new();
    for path in line.files() {
        let bytes = fs::read(&path).unwrap();
        let has = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
        for needle in &needles {
            let digits: String = needle[..8].iter().map(|byte| format!("{byte:02x}")).collect();
            if has(&needle[..8]) || has(&needle[24..]) || has(digits.as_bytes()) {
                found.push(path.clone());
            }
        }
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o077;
        let public = ["authority.pub", "revocations", "stations.csv"];
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        assert!(mode == 0 || public.contains(&name.as_str()), "{name} is readable by others");
        assert!(!name.starts_with(".wayseal-"), "a temporary file is left: {name}");
    }
    found.dedup();
    assert_eq!(found, [line.path("plain.grant")], "keys outside their envelope");
}
