//! What a file may cost: each kind has a largest size, and is refused above it before it takes memory. What is within it takes
//! little memory and time, whatever it holds: `optimised/within.rs`.

use crate::common::command::{code, printed, sample, stations};
use crate::common::print_room::PrintRoom;
use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Output};

/// The memory that the process may map, in KiB: its code, stacks and buffers are half of it.
const MEMORY: u32 = 1_200_000;
/// The seconds of a processor that no file may take.
const SECONDS: u32 = 40;

/// Runs the command in the room with little memory and time; one that takes more ends by a signal.
pub fn run(room: &PrintRoom, arguments: &[&str]) -> Output {
    let limited = format!("ulimit -v {MEMORY}; ulimit -t {SECONDS}; exec \"$@\"");
    Command::new("bash")
        .args(["-c", &limited, "bash", env!("CARGO_BIN_EXE_wayseal")])
        .args(arguments)
        .args(["--lang", "en"])
        .env_clear()
        .env("WAYSEAL_PASSPHRASE", "none")
        .current_dir(room.path())
        .output()
        .unwrap()
}

/// The files that are read whole, each with a command that reads it and the most bytes: `docs/threat-model.md` has the same table.
const WHOLE: [(&str, &[&str], u64); 20] = [
    ("grant", &["authority", "show", "FILE", "--authority", "authority.pub"], 64 << 20),
    ("authority.pub", &["authority", "show", "sealer.grant", "--authority", "FILE"], 4096),
    (
        "identity",
        &["authority", "show", "sealer.grant", "--authority", "authority.pub", "--identity", "FILE"],
        4096,
    ),
    ("passphrase", &["authority", "init", "--folder", "new", "--passphrase-file", "FILE"], 4096),
    ("configuration", &["mask", "orders.csv", "--config", "FILE"], 1 << 20),
    ("columns", &["mask", "orders.csv", "--columns", "FILE"], 1 << 20),
    ("stations", &["mask", "orders.csv", "--stations", "FILE"], 64 << 20),
    ("points", &["mask", "orders.csv", "--stations", "points/stations.csv"], 64 << 20),
    ("template", &["mask", "orders.csv", "--template", "FILE"], 1 << 20),
    (
        "font",
        &[
            "seal",
            "orders.csv",
            "--grant",
            "sealer.grant",
            "--authority",
            "authority.pub",
            "--day",
            "2026-11-24",
            "--dry-run",
            "--font",
            "FILE",
        ],
        64 << 20,
    ),
    (
        "waybill ranges",
        &[
            "seal",
            "orders.csv",
            "--grant",
            "sealer.grant",
            "--authority",
            "authority.pub",
            "--day",
            "2026-11-24",
            "--out",
            "o",
            "--waybills",
            "FILE",
        ],
        16 << 20,
    ),
    ("log", &["log", "verify", "FILE"], 256 << 20),
    ("print job", &["print", "FILE", "--to", "file:/dev/null"], 512 << 20),
    ("enrolment", &["courier", "init", "--enrolment", "FILE", "--state", "pda"], 4096),
    ("share", &["authority", "shares", "restore", "--folder", "new", "--no-list", "FILE", "FILE"], 64 << 10),
    ("picture", &["inspect", "FILE"], 256 << 20),
    ("devices", &["authority", "grant", "--devices", "FILE", "--out", "o"], 256 << 20),
    ("list", &["device", "accept", "--folder", "device", "FILE"], 64 << 20),
    ("depot key", &["courier", "unlock", "--state", "device", "--depot-key", "FILE"], 4096),
    ("envelope", &["authority", "shares", "make", "--need", "2", "a", "b", "--folder", "envelope"], 64 << 10),
];

#[test]
fn a_file_above_its_bound_is_refused_before_it_takes_memory() {
    let room = PrintRoom::new();
    fs::copy(sample("orders.csv"), room.at("orders.csv")).unwrap();
    fs::copy(stations(), room.at("stations.csv")).unwrap();
    fs::create_dir(room.at("points")).unwrap();
    fs::copy(stations(), room.at("points/stations.csv")).unwrap();
    fs::create_dir(room.at("envelope")).unwrap();
    let out =
        run(&room, &["device", "init", "--folder", "device", "--name", "d", "--authority", "authority.pub"]);
    assert_eq!(code(&out), 0, "{}", printed(&out));
    let out = run(&room, &["log", "auditor"]);
    assert_eq!(code(&out), 0, "{}", printed(&out));
    let mut wrong = Vec::new();
    for (kind, command, most) in WHOLE {
        let name = match kind {
            "points" => "points/points.csv",
            "envelope" => "envelope/authority.age",
            "picture" => "large.png",
            _ => "large",
        };
        // Sparse: it has a length and no content.
        let file = File::create(room.at(name)).unwrap();
        file.set_len(most + 1).unwrap();
        file.set_permissions(fs::Permissions::from_mode(0o600)).unwrap();
        let command: Vec<&str> =
            command.iter().map(|word| if *word == "FILE" { name } else { *word }).collect();
        let out = run(&room, &command);
        let said = printed(&out);
        let refused = matches!(code(&out), 1..=5) && said.contains(&format!("larger than {most} bytes"));
        if !refused {
            wrong.push(format!("{kind}: {said}"));
        }
        fs::remove_file(room.at(name)).unwrap();
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_device_without_an_end_is_read_no_further_than_a_file() {
    let room = PrintRoom::new();
    for command in [
        &["authority", "show", "sealer.grant", "--authority", "/dev/zero"][..],
        &["mask", "orders.csv", "--stations", "/dev/zero"],
        &["mask", "orders.csv", "--config", "/dev/zero"],
    ] {
        let out = run(&room, command);
        assert!(matches!(code(&out), 3 | 4), "{command:?}: {}", printed(&out));
        assert!(printed(&out).contains("larger than"), "{}", printed(&out));
    }
}
