//! The commands `authority grant` and `authority show`: roles, limits, and a day issuer's grants.

use crate::common::command::{said, stations, wayseal};
use crate::common::demonstration;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Output;

struct Place(tempfile::TempDir);

impl Place {
    /// An authority made by the demonstration, whose passphrase is quick to check.
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        let passphrase = place.0.path().join("passphrase");
        fs::write(&passphrase, "demonstration\n").unwrap();
        fs::set_permissions(&passphrase, fs::Permissions::from_mode(0o600)).unwrap();
        demonstration::of_today(place.0.path());
        place
    }

    fn run(&self, arguments: &[&str]) -> Output {
        wayseal(self.0.path(), arguments).output().unwrap()
    }

    fn grant(&self, arguments: &[&str]) -> Output {
        let mut all = vec!["authority", "grant"];
        all.extend(arguments);
        all.extend(["--folder", "wayseal-demo/authority", "--passphrase-file", "passphrase"]);
        self.run(&all)
    }

    fn show(&self, grant: &str) -> serde_json::Value {
        let pin = "wayseal-demo/authority/authority.pub";
        let out = self.run(&["authority", "show", grant, "--json", "--authority", pin]);
        assert!(out.status.success(), "{}", said(&out));
        serde_json::from_slice(&out.stdout).unwrap()
    }
}

#[test]
fn each_role_gets_its_grant_and_show_prints_it_without_its_keys() {
    let place = Place::new();
    let stations = stations();
    let cases: [(&[&str], &str, u64); 5] = [
        (&["sealer", "--id", "7", "--stations", &stations, "--days", "1"], "sealer", 0),
        (&["scanner", "--station", "SZ-NS-012", "--stations", &stations], "scanner", 14),
        (&["region", "--region", "755"], "region", 2),
        (&["relay", "--station", "SZ-NS-012", "--stations", &stations, "--days", "3"], "relay", 3),
        (&["day-issuer"], "day-issuer", 3),
    ];
    let mut serials = Vec::new();
    for (arguments, role, keys) in cases {
        let file = format!("{role}.grant");
        let mut arguments = arguments.to_vec();
        arguments.extend([
            "-o",
            &file,
            "--to",
            "somebody",
            "--budget",
            "300",
            "--purposes",
            "return,deliver",
            "--reopen",
            "refuse",
            "--after-delivery",
            "count",
        ]);
        let out = place.grant(&arguments);
        assert!(out.status.success(), "{role}: {}", said(&out));
        let shown = place.show(&file);
        assert_eq!(shown["role"], role);
        assert_eq!((&shown["to"], &shown["budget"]), (&"somebody".into(), &300.into()));
        assert_eq!((&shown["reopen"], &shown["after_delivery"]), (&"refuse".into(), &"count".into()));
        assert_eq!(shown["purposes"], serde_json::json!(["deliver", "return"]));
        assert!(keys == 0 || shown["keys"] == keys, "{shown}");
        serials.push(shown["serial"].as_u64().unwrap());
    }
    assert!(serials.is_sorted_by(|a, b| a < b), "{serials:?}");

    // Neither output has any part of a key. The key is that of the file's last node.
    let bytes = fs::read(place.0.path().join("region.grant")).unwrap();
    let text = place.show("region.grant").to_string();
    let digits: String = bytes[bytes.len() - 120..].iter().map(|byte| format!("{byte:02x}")).collect();
    assert!((0..digits.len() - 12).all(|at| !text.contains(&digits[at..at + 12])));
}

#[test]
fn limits_apply_unless_they_are_lifted() {
    let place = Place::new();
    let stations = stations();
    for (arguments, advice) in [
        (&["sealer", "--id", "7", "--stations", &stations, "--days", "4"][..], "at most 3 days"),
        (&["scanner", "--station", "SZ-NS-012", "--stations", &stations, "--days", "15"], "at most 14 days"),
        (&["region", "--region", "755", "--days", "3"], "at most 2 days"),
        (&["region", "--region", "755", "--tiers", "delivery,contact"], "holds one tier"),
        (&["day-issuer", "--day", "2198-01-01"], "check the clock"),
    ] {
        let mut arguments = arguments.to_vec();
        arguments.extend(["-o", "out.grant"]);
        let out = place.grant(&arguments);
        assert_eq!(out.status.code(), Some(2), "{arguments:?}");
        assert!(said(&out).contains(advice) && said(&out).contains("--beyond-limits"), "{}", said(&out));
        assert!(!place.0.path().join("out.grant").exists());
        arguments.push("--beyond-limits");
        assert!(place.grant(&arguments).status.success(), "{arguments:?}");
        fs::remove_file(place.0.path().join("out.grant")).unwrap();
    }
}

#[test]
fn a_day_issuer_makes_grants_with_the_root_offline() {
    let place = Place::new();
    let stations = stations();
    assert!(place.grant(&["day-issuer", "-o", "today.grant"]).status.success());
    let pin = place.0.path().join("authority.pub");
    fs::rename(place.0.path().join("wayseal-demo/authority/authority.pub"), &pin).unwrap();
    fs::remove_dir_all(place.0.path().join("wayseal-demo/authority")).unwrap();
    let day = |more: &[&str]| {
        let mut arguments = vec!["authority", "grant", "scanner", "--station", "SZ-NS-012"];
        arguments.extend(["--stations", &stations, "-o", "scanner.grant", "--authority", "authority.pub"]);
        arguments.extend(more);
        place.run(&arguments)
    };
    let out = day(&["--issuer", "today.grant", "--days", "1"]);
    assert!(out.status.success(), "{}", said(&out));
    demonstration::keep_labels(place.0.path(), 24);
    let labels = ["scan", "wayseal-demo/labels", "--grant", "scanner.grant", "--authority", "authority.pub"];
    let scanned = place.run(&labels);
    let scanned = String::from_utf8(scanned.stdout).unwrap();
    assert!(scanned.contains("opened") && scanned.contains("other_station"), "{scanned}");

    let out = day(&["--issuer", "today.grant"]);
    assert_eq!(out.status.code(), Some(2));
    assert!(said(&out).contains("its own days and regions only"), "{}", said(&out));
    let out = day(&["--issuer", "scanner.grant", "--days", "1"]);
    assert_eq!(out.status.code(), Some(3));
    assert!(said(&out).contains("cannot make grants"), "{}", said(&out));
}
