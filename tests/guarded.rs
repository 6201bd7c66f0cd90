//! The memory of the command stays off the disk.

#![cfg(target_os = "linux")]

use crate::common::station::Place;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};
use wayseal::signed::grant::Purpose;

fn of(child: &Child, file: &str) -> String {
    std::fs::read_to_string(format!("/proc/{}/{file}", child.id())).unwrap()
}

/// Waits until a process has become the command and has set its limit of core dumps.
fn begun(child: &Child) -> String {
    for _ in 0..500 {
        let limits = of(child, "limits");
        let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
        if core.split_whitespace().skip(4).take(2).eq(["0", "0"]) {
            return limits;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("core dumps are not off: {}", of(child, "limits"));
}

#[test]
fn no_core_of_the_command_is_written_and_none_reads_its_memory() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("wayseal");
    std::fs::copy(env!("CARGO_BIN_EXE_wayseal"), &program).unwrap();
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = Command::new(&program);
    command.args(["wedge-test"]).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    if rustix::process::geteuid().is_root() {
        command.uid(65534);
    }
    let mut child = command.spawn().unwrap();
    begun(&child);
    // The files of a process that is not to be read are root's.
    let mut is_shut = false;
    for _ in 0..100 {
        is_shut = std::fs::metadata(format!("/proc/{}/maps", child.id())).unwrap().uid() == 0;
        if is_shut {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    drop(child.stdin.take());
    child.wait().unwrap();
    assert!(is_shut, "others of the same user read its memory");
}

#[test]
fn a_courier_s_memory_is_locked_where_the_system_lets() {
    let place = Place::new(&[Purpose::Deliver], None);
    let mut command = Command::new(env!("CARGO_BIN_EXE_wayseal"));
    command.arg("courier").arg("--state").arg(place.state());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    begun(&child);
    let locked = || {
        let status = of(&child, "status");
        let line = status.lines().find(|line| line.starts_with("VmLck:")).unwrap().to_owned();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap()
    };
    let lets = |limits: &str| {
        let line = limits.lines().find(|line| line.starts_with("Max locked memory")).unwrap();
        line.split_whitespace().nth(3) == Some("unlimited")
    };
    let mut done = false;
    for _ in 0..100 {
        done = locked() > 0 || !lets(&of(&child, "limits"));
        if done {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    println!("locked: {} kB, no limit: {}", locked(), lets(&of(&child, "limits")));
    drop(child.stdin.take());
    child.wait().unwrap();
    assert!(done, "no limit, and no memory is locked");
}
