//! Revocation lists: who is on one gets nothing, and none is forgotten.

use super::line::Line;
use std::fs;
use wayseal::signed::envelope::Identity;

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
