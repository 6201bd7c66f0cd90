//! Grants of devices, of offices and of many devices, and what opens the authority.

use super::line::{Line, label};
use crate::common::command::said;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Stdio};
use wayseal::keys::{Day, Region, Site};
use wayseal::signed::grant::{Grant, Purpose, Role};

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
fn a_regions_office_grants_many_devices_of_its_region_while_the_root_is_away() {
    let line = Line::new();
    fs::create_dir(line.path("south")).unwrap();
    let office = ["grant", "region-issuer", "--to", "south", "--region", "755", "--budget", "300"];
    line.good(&line.with_root(&[&office[..], &["-o", "south/office.grant"]].concat()));
    let public = line.authority().public();
    fs::rename(line.path("authority/authority.age"), line.path("offline")).unwrap();
    let grants = |devices: &'static str, out: &'static str| {
        let issuer =
            ["authority", "grant", "--issuer", "south/office.grant", "--devices", devices, "--out", out];
        line.run(&issuer)
    };
    line.write("devices.csv", b"to,stations,budget\npda-17,SZ-NS-012,300\npda-18,SZ-FT-003,100\n", 0o600);
    let out = grants("devices.csv", "grants");
    assert!(out.status.success(), "{}", said(&out));
    line.good(&["device", "init", "--folder", "pda-17", "--name", "pda-17"]);
    for name in ["grants/pda-17.grant", "grants/pda-18.grant"] {
        let shown = line.good(&["authority", "show", name, "--json"]);
        assert!(shown.contains(r#""keys":14"#), "{shown}");
    }
    // They may give each other passes, unless it is asked otherwise.
    let gives = |name: &str| Grant::load(&line.path(name), &public, None).unwrap().issuer_key.is_some();
    assert!(gives("grants/pda-17.grant") && gives("grants/pda-18.grant"));
    // No budget is more than the ceiling; that line is named, and the other one is made.
    line.write("more.csv", b"to,stations,budget\npda-19,SZ-NS-012,\npda-20,SZ-NS-012,9\n", 0o600);
    let out = grants("more.csv", "more");
    assert_eq!(out.status.code(), Some(1), "{}", said(&out));
    assert!(said(&out).contains("exceeds the certificate"), "{}", said(&out));
    assert!(line.path("more/pda-20.grant").exists() && !line.path("more/pda-19.grant").exists());
    // Nor another region's whole, nor a sealer.
    let issuer = ["authority", "grant", "region", "--issuer", "south/office.grant", "--region", "10"];
    line.bad(
        &[&issuer[..], &["--days", "1", "-o", "no.grant"]].concat(),
        2,
        &["its own days and regions only"],
    );
    let issuer =
        ["authority", "grant", "sealer", "--id", "7", "--issuer", "south/office.grant", "--days", "1"];
    line.bad(&[&issuer[..], &["-o", "no.grant"]].concat(), 2, &[]);
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
    let desks = "to,role,stations,regions,budget\ndesk-1,desk,SZ-NS-012;SZ-FT-003,,200\nhub-desk,desk,,755,200\n\
         both,desk,SZ-NS-012,755,\nneither,desk,,,\npda-18,,SZ-NS-012,,\n";
    line.write("desks.csv", desks.as_bytes(), 0o600);
    let made = line.with_root(&["grant", "--devices", "desks.csv", "--out", "desks"]);
    line.bad(&made, 1, &["line 3:", "--beyond-limits", "line 4: a desk has stations, or", "line 5:"]);
    let lifted = line.with_root(&[
        "grant",
        "--devices",
        "desks.csv",
        "--out",
        "lifted",
        "--beyond-limits",
        "--no-passes",
    ]);
    line.bad(&lifted, 1, &["line 4: a desk has stations, or", "line 5:"]);
    let public = line.authority().public();
    for (name, keys, gives) in [
        ("desks/desk-1", 2 * 2 * 14, true),
        ("desks/pda-18", 14, true),
        ("lifted/desk-1", 2 * 2 * 14, false),
        ("lifted/hub-desk", 2 * 7, false),
        ("lifted/pda-18", 14, false),
    ] {
        let grant = Grant::load(&line.path(&format!("{name}.grant")), &public, None).unwrap();
        assert_eq!((grant.nodes.len(), grant.issuer_key.is_some()), (keys, gives), "{name}");
        if grant.role == Role::Desk {
            assert_eq!(grant.purposes, [Purpose::Return, Purpose::Relabel], "{name}");
        }
    }
    assert!(!line.path("desks/hub-desk.grant").exists());
    // Passes of many devices at once, of labels sealed thirty days ago.
    let root = line.authority();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let sealed = Day::new(Day::from_unix(now).unwrap().number() - 30);
    let place = (Region::new(755).unwrap(), Site::new(12).unwrap());
    let label = |name: &str| label(root.root(root.generation()).unwrap(), place, sealed, name);
    let of = |names: [&str; 2]| names.map(|name| format!("{}\n", label(name).as_str())).concat();
    line.write("one.txt", of(["王芳", "李四"]).as_bytes(), 0o600);
    line.write("two.txt", (of(["赵六", "钱七"]) + "WS1:ABC\n").as_bytes(), 0o600);
    let roster = "to,role,labels,tiers\npda-17,pass,one.txt,delivery\npda-18,pass,two.txt,\npda-19,pass,,\npda-20,pass,gone.txt,\n";
    line.write("passes.csv", roster.as_bytes(), 0o600);
    let made = line.with_root(&["grant", "--devices", "passes.csv", "--out", "passes"]);
    line.bad(&made, 1, &["line 3:", "line 4: labels: a pass names", "line 5: labels: "]);
    let pass = Grant::load(&line.path("passes/pda-17.grant"), &public, None).unwrap();
    assert_eq!((pass.role, pass.labels.len(), pass.nodes.len(), pass.top_up), (Role::Pass, 2, 0, true));
    // A file of labels that changed is another run.
    line.write("one.txt", of(["王芳", "周八"]).as_bytes(), 0o600);
    line.bad(&made, 5, &["another run"]);
    // Whether they give passes is part of what a run is.
    let other = line.with_root(&["grant", "--devices", "desks.csv", "--out", "desks", "--no-passes"]);
    line.bad(&other, 5, &["another run"]);
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
