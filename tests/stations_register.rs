//! The register of stations in the authority's folder: a split and a merge in the middle of a week, and what a careless edit of the
//! file of stations would give again, all by the command.

use crate::common::command::{printed, wayseal};
use std::fs;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};
use wayseal::keys::Day;

/// A folder with an authority and a file of stations.
struct Office(tempfile::TempDir);

impl Office {
    fn new() -> Self {
        let office = Self(tempfile::tempdir().unwrap());
        office.run(&["authority", "init"], 0);
        office
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn stations(&self, rows: &[&str]) {
        let rows: String = rows.iter().map(|row| format!("{row}\n")).collect();
        fs::write(self.at("stations.csv"), format!("code,region,site,from,until,successor\n{rows}")).unwrap();
    }

    fn run(&self, arguments: &[&str], code: i32) -> String {
        let out = wayseal(self.0.path(), arguments).env("WAYSEAL_PASSPHRASE", "of a test").output().unwrap();
        let told = printed(&out);
        assert_eq!(out.status.code(), Some(code), "{arguments:?}: {told}");
        told
    }

    /// The courier's grant of a morning.
    fn grant(&self, station: &str, code: i32) -> String {
        let told =
            self.run(&["authority", "grant", "scanner", "--station", station, "-o", "pda.grant"], code);
        let made = fs::remove_file(self.at("pda.grant")).is_ok();
        assert_eq!(made, code == 0, "{told}");
        told
    }

    fn register(&self) -> String {
        fs::read_to_string(self.at("authority/stations.register")).unwrap()
    }
}

fn today() -> Day {
    Day::from_unix(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()).unwrap()
}

#[test]
fn after_a_split_and_a_merge_in_mid_week_no_code_or_place_that_was_removed_is_given_again() {
    let office = Office::new();
    // Monday.
    let monday = ["A,755,12,,,", "D,755,15,,,", "E,755,16,,,"];
    office.stations(&monday);
    for station in ["A", "D", "E"] {
        office.grant(station, 0);
    }
    assert_eq!(office.register().lines().count(), 4, "{}", office.register());
    // Wednesday: A was split into B and C, D and E are one, F.
    let (over, begins) = (Day::new(today().number() - 1), today());
    let split = [
        &*format!("A,755,12,,{over},B;C"),
        &*format!("B,755,13,{begins},,"),
        &*format!("C,755,14,{begins},,"),
        &*format!("D,755,15,,{over},F"),
        &*format!("E,755,16,,{over},F"),
        &*format!("F,755,17,{begins},,"),
    ];
    office.stations(&split);
    // Of A its own days alone, of each half none before it began, and of F those of both that it follows.
    assert!(office.grant("A", 0).contains(", 13 keys"), "the parcels of before");
    for station in ["B", "C"] {
        let told = office.grant(station, 0);
        assert!(
            told.contains(", 1 keys") && !told.contains("with the keys"),
            "nobody opens the other half: {told}"
        );
    }
    let told = office.grant("F", 0);
    assert!(told.contains(", 27 keys"), "{told}");
    for code in ["D", "E"] {
        assert!(told.contains(&format!("with the keys of station {code}, which was over after")), "{told}");
    }
    let whole = office.register();
    assert_eq!(whole.lines().count(), 7, "{whole}");
    assert!(whole.contains(&format!("755 12 {over} - A")), "{whole}");

    // Thursday: somebody tidies the rows that are over away, and gives what they had to a new station.
    let tidied = [split[1], split[2], split[5]];
    for (row, before) in [("A,755,99,,,", "A"), ("X,755,12,,,", "A"), ("Y,755,16,,,", "E")] {
        office.stations(&[&tidied[..], &[row]].concat());
        let told = office.grant("B", 4);
        assert!(told.contains(&format!("of station {before} (755-")), "{row}: {told}");
        assert!(told.contains("was removed from the file") && told.contains(&over.to_string()), "{told}");
        // In Chinese, for many devices, and for a sealer the same.
        let arguments = ["authority", "grant", "sealer", "--id", "7", "-o", "press.grant", "--lang", "zh"];
        assert!(office.run(&arguments, 4).contains("已从文件中删除的网点"), "{row}");
        fs::write(office.at("devices.csv"), "to,stations\npda-1,B\n").unwrap();
        let told = office.run(&["authority", "grant", "--devices", "devices.csv", "--out", "grants"], 4);
        assert!(told.contains("was removed from the file") && !office.at("grants").exists(), "{told}");
        assert_eq!(office.register(), whole, "a refusal changes nothing");
    }
    // The rows away, and new codes at new places: the register keeps what was, and grants are made.
    office.stations(&[&tidied[..], &["X,755,98,,,"]].concat());
    for station in ["B", "F", "X"] {
        office.grant(station, 0);
    }
    let kept = office.register();
    for gone in ["A", "D", "E"] {
        let line = kept.lines().find(|line| line.ends_with(&format!(" {gone}"))).unwrap();
        assert!(line.contains(&format!("{over} {}", today())), "{kept}");
    }
    // Its own row put back is the station that it was.
    office.stations(&[&split[..], &["X,755,98,,,"]].concat());
    assert!(office.grant("F", 0).contains("with the keys of station D"));
    // And a place of it for another is a duplicate in the file, or refused by the file's own rule.
    office.stations(&[&split[..], &["Z,755,12,,,"]].concat());
    office.grant("B", 4);

    // A register that was cut is not believed.
    office.stations(&split);
    let cut = &kept[..kept.find("755 16 ").unwrap() + 12];
    fs::write(office.at("authority/stations.register"), cut).unwrap();
    assert!(office.grant("B", 4).contains("not a register of stations"));
}

#[test]
fn an_office_with_a_folder_of_its_own_keeps_a_register_of_its_own() {
    let office = Office::new();
    office.stations(&["A,755,12,,,", "B,755,13,,,"]);
    fs::create_dir(office.at("south")).unwrap();
    let issuer = ["authority", "grant", "region-issuer", "--to", "south", "--region", "755", "--budget", "9"];
    office.run(&[&issuer[..], &["-o", "south/office.grant"]].concat(), 0);
    let grant = |station: &str, code: i32| {
        let arguments = ["authority", "grant", "scanner", "--issuer", "south/office.grant", "--station"];
        let more = [station, "--budget", "5", "-o", "south/pda.grant"];
        let told = office.run(&[&arguments[..], &more].concat(), code);
        assert_eq!(fs::remove_file(office.at("south/pda.grant")).is_ok(), code == 0, "{told}");
        told
    };
    grant("A", 0);
    assert!(office.at("south/stations.register").exists());
    office.stations(&["B,755,13,,,", "A,755,14,,,"]);
    assert!(grant("B", 4).contains("of station A (755-12)"));
}
