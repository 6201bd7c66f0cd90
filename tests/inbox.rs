//! A courier's inbox, to which others can write: what is no plain file is left as it is, and stops nothing.

use crate::common::station::{DAY, NOW, Place, at, told};
use rustix::fs::{CWD, FileType, Mode, mknodat};
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use wayseal::signed::grant::Purpose;

#[test]
fn no_entry_of_an_inbox_stops_a_scan_or_is_written_through() {
    let place = Place::new(&[Purpose::Deliver], None);
    let label = place.label(1, 12, "王芳");
    let inbox = place.state().join("inbox");
    let victim = place.path().join("diary");
    fs::write(&victim, "diary").unwrap();
    for ending in ["head", "list", "grant"] {
        let entry = |name: &str| inbox.join(format!("{name}.{ending}"));
        symlink(&victim, entry("a-link")).unwrap();
        symlink("nowhere", entry("b-dangling")).unwrap();
        symlink("../log", entry("c-log")).unwrap();
        symlink("/dev/zero", entry("d-endless")).unwrap();
        fs::hard_link(&victim, entry("e-second-name")).unwrap();
        fs::create_dir(entry("f-folder")).unwrap();
        mknodat(CWD, entry("g-pipe"), FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
        fs::File::create(entry("h-large")).unwrap().set_len(65 << 20).unwrap();
    }
    let log = place.state().join("log");
    let before = fs::read(&log).unwrap();
    // What comes after them is still taken.
    fs::write(inbox.join("z.grant"), place.grant(DAY, NOW, &[Purpose::Deliver], None)).unwrap();
    let mut session = place.open();
    assert_eq!(told(&mut session, &at(&label)), "王芳 1");
    assert!(fs::read(&log).unwrap().starts_with(&before), "the log was written through a link");
    assert_eq!(fs::read_to_string(&victim).unwrap(), "diary");
    let notices = session.notices();
    assert_eq!(notices.len(), 24, "{notices:?}");
    // Each is noticed once, stays, and is kept on record with its reason.
    assert_eq!(told(&mut session, &at(&label).with_now(NOW + 10)), "王芳 2");
    assert!(session.notices().is_empty());
    assert_eq!(fs::read_dir(&inbox).unwrap().count(), 24);
    let kept = fs::read_to_string(place.state().join("refused")).unwrap();
    assert_eq!(kept.lines().count(), 24);
    for reason in ["\"a-link.head\" cannot take", "a hard link", "no regular file", "larger than"] {
        assert!(kept.contains(reason), "{reason}: {kept}");
    }
}

#[cfg(feature = "cli")]
#[test]
fn a_scan_says_why_a_file_of_the_inbox_was_refused_also_where_it_reads_no_label() {
    use crate::common::command::{said, wayseal};
    let place = Place::new(&[Purpose::Deliver], None);
    let scan = |name: &str| {
        fs::write(place.state().join("inbox").join(name), "noise").unwrap();
        fs::write(place.path().join("no-label.txt"), "nothing").unwrap();
        let out = wayseal(place.path(), &["scan", "no-label.txt", "--state", "pda"]).output().unwrap();
        said(&out)
    };
    for (name, why) in
        [("a.grant", "not a grant"), ("b.list", "not a revocation list"), ("c.head", "the head is")]
    {
        let told = scan(name);
        assert!(told.contains(name) && told.contains(why), "{told}");
    }
}

#[test]
fn the_record_of_refusals_shows_a_name_s_control_characters_as_codes() {
    let place = Place::new(&[Purpose::Deliver], None);
    let mut session = place.open();
    fs::write(place.state().join("inbox/\u{1b}[2J\u{202e}.grant"), "noise").unwrap();
    // A reason quotes the path of what is no plain file.
    fs::create_dir(place.state().join("inbox/\u{9b}1m\u{2066}\n.list")).unwrap();
    session.refresh(NOW).unwrap();
    let kept = fs::read_to_string(place.state().join("refused")).unwrap();
    assert!(kept.contains(r"\u{1b}[2J\u{202e}.grant"), "{kept:?}");
    assert!(kept.contains(r"\u009b1m\u2066\u000a.list"), "{kept:?}");
    assert_eq!(kept.lines().count(), 2, "{kept:?}");
    assert!(!kept.contains(['\u{1b}', '\u{9b}', '\u{202e}', '\u{2066}']), "{kept:?}");
}

#[test]
fn a_file_that_a_killed_call_had_taken_is_read_by_the_next() {
    let place = Place::new(&[Purpose::Deliver], Some(1));
    let mut session = place.open();
    let label = place.label(1, 12, "王芳");
    assert_eq!(told(&mut session, &at(&label)), "王芳 1");
    let taken = place.state().join("taken");
    fs::create_dir_all(&taken).unwrap();
    fs::write(taken.join("a.grant"), "noise").unwrap();
    session.refresh(NOW).unwrap();
    assert_eq!(session.notices().len(), 1);
    assert_eq!(fs::read_dir(&taken).unwrap().count(), 0);
}

#[test]
fn folders_of_a_new_device_are_its_owners_alone() {
    let place = Place::new(&[Purpose::Deliver], None);
    let mode = fs::metadata(place.state().join("inbox")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}

/// Whichever command opens a device says what its inbox refused, also where the command itself fails.
#[cfg(feature = "cli")]
#[test]
fn each_command_of_a_device_says_why_a_file_of_the_inbox_was_refused() {
    use crate::common::command::{printed, wayseal};
    let place = Place::new(&[Purpose::Deliver], None);
    place.open();
    fs::write(place.path().join("no-label.txt"), "nothing").unwrap();
    fs::write(place.path().join("depot.key"), place.depot.file().as_bytes()).unwrap();
    fs::set_permissions(place.path().join("depot.key"), fs::Permissions::from_mode(0o600)).unwrap();
    let depot = place.depot.recipient();
    let challenge = "00".repeat(32);
    for (at, arguments) in [
        &["courier", "load", "no-label.txt", "--state", "pda", "--depot", &depot][..],
        &["courier", "unlock", "--state", "pda", "--depot-key", "depot.key"],
        &["courier", "ask", "--state", "pda"],
        &["courier", "give", "no-label.txt", "--state", "pda", "--request", "no-label.txt", "-o", "a.pass"],
        &["courier", "take", "no-label.txt", "--state", "pda"],
        &["courier", "shift", "--state", "pda", "--end"],
        &["log", "hand-in", "--state", "pda", "--challenge", &challenge, "-o", "answer"],
        &["log", "accept", "no-label.txt", "--state", "pda"],
        &["courier", "--state", "pda"],
        &["scan", "no-label.txt", "--state", "pda"],
    ]
    .into_iter()
    .enumerate()
    {
        let name = format!("{at}.list");
        fs::write(place.state().join("inbox").join(&name), "noise").unwrap();
        let out = wayseal(place.path(), arguments).stdin(std::process::Stdio::null()).output().unwrap();
        let told = printed(&out);
        let line = format!("Refused from the inbox: {name}: the file is not a revocation list");
        assert_eq!(told.matches(&line).count(), 1, "{arguments:?}: {told}");
    }
}
