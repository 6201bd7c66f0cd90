//! Who decides which authority is trusted, where passphrases come from, and which stations parcels go to: never whoever can
//! put a file into the working folder.

use crate::common::command::{code, printed, said, text, wayseal};
use crate::common::demonstration;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Output;

/// A sealer's working folder, an authority made by the demonstration, and a stranger's.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        for name in ["carrier", "stranger", "work"] {
            fs::create_dir(place.at(name)).unwrap();
        }
        demonstration::of_today(&place.at("carrier"));
        place.write("passphrase", "demonstration\n", 0o600);
        place
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>, mode: u32) {
        fs::write(self.at(name), content).unwrap();
        fs::set_permissions(self.at(name), fs::Permissions::from_mode(mode)).unwrap();
    }

    /// The digits of the carrier's key, as they are said.
    fn digits(&self) -> String {
        let key = fs::read_to_string(self.at("carrier/wayseal-demo/authority/authority.pub")).unwrap();
        let digits: Vec<_> = key.trim().rsplit(' ').next().unwrap().chars().collect();
        digits.chunks(4).take(5).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
    }

    fn run(&self, arguments: &[&str], more: &[(&str, &Path)]) -> Output {
        wayseal(&self.at("work"), arguments).envs(more.iter().copied()).output().unwrap()
    }

    /// The authority's command.
    fn authority(&self, arguments: &[&str]) -> Output {
        let own = ["--folder", "../carrier/wayseal-demo/authority", "--passphrase-file", "../passphrase"];
        self.run(&[&["authority"], arguments, &own].concat(), &[])
    }

    fn show(&self, more: &[&str]) -> Output {
        let grant = "../carrier/wayseal-demo/sealer.grant";
        self.run(&[&["authority", "show", grant], more].concat(), &[])
    }
}

const PUBLIC: &str = "../carrier/wayseal-demo/authority/authority.pub";

#[test]
fn a_dropped_configuration_sets_no_key_pin_or_secret() {
    let place = Place::new();
    place.write("work/dropped.pub", fs::read(place.at("work").join(PUBLIC)).unwrap(), 0o644);
    for key in ["authority", "identity", "passphrase_file"] {
        place.write("work/wayseal.toml", format!("{key} = \"dropped.pub\"\n"), 0o644);
        for command in [
            &["authority", "show", "../carrier/wayseal-demo/sealer.grant"][..],
            &["seal", "orders.csv", "--grant", "g", "--out", "o"],
            &["log", "verify", "a"],
            &["device", "show"],
            &["authority", "shares", "make", "--need", "2", "a", "b"],
        ] {
            let out = place.run(command, &[]);
            assert_eq!(code(&out), 3, "{key} {command:?}: {}", printed(&out));
            assert!(said(&out).contains(&format!("`{key}`")), "{}", said(&out));
            assert!(said(&out).contains("--config wayseal.toml"), "{}", said(&out));
        }
        // What needs no settings is not stopped by it.
        assert_eq!(code(&place.run(&["wedge-test"], &[])), 0);
    }
    // A column that is printed as it is could be anybody's address.
    for (key, value) in [("remark", "\"note\""), ("goods", "\"detail\""), ("allow_missing", "[\"detail\"]")] {
        place.write("work/wayseal.toml", format!("[columns]\n{key} = {value}\n"), 0o644);
        let out = place.run(&["mask", "orders.csv"], &[]);
        assert_eq!(code(&out), 3, "{}", printed(&out));
        assert!(said(&out).contains(&format!("`columns.{key}`")), "{}", said(&out));
    }
    let allowed = "template = \"label.toml\"\nstations = \"stations.csv\"\n[columns]\nphone = \"Tel\"\n";
    place.write("work/wayseal.toml", allowed, 0o644);
    assert_eq!(code(&place.show(&["--authority", PUBLIC])), 0);
}

#[test]
fn new_keys_are_made_without_any_configuration_of_the_folder() {
    let place = Place::new();
    place.write("work/pw", "dropped\n", 0o600);
    place.write("work/stranger.pub", "noise", 0o644);
    place.write("work/wayseal.toml", "passphrase_file = \"pw\"\nauthority = \"stranger.pub\"\n", 0o644);
    let by = |passphrase: &str, arguments: &[&str]| {
        wayseal(&place.at("work"), arguments).env("WAYSEAL_PASSPHRASE", passphrase).output().unwrap()
    };
    let out = by("the carrier's", &["authority", "init"]);
    assert_eq!(code(&out), 0, "{}", printed(&out));
    let out = place.run(&["device", "init", "--folder", "pda", "--name", "pda"], &[]);
    assert_eq!(code(&out), 0, "{}", printed(&out));
    assert!(said(&out).contains("authority/authority.pub in the working folder"), "{}", said(&out));
    fs::remove_file(place.at("work/wayseal.toml")).unwrap();
    let shares =
        |passphrase| code(&by(passphrase, &["authority", "shares", "make", "--need", "2", "a", "b"]));
    assert_eq!((shares("dropped"), shares("the carrier's")), (3, 0));
}

#[test]
fn a_named_configuration_counts_and_its_paths_are_its_folders() {
    let place = Place::new();
    place.write("conf.toml", "authority = \"carrier/wayseal-demo/authority/authority.pub\"\n", 0o644);
    let out = place.show(&["--config", "../conf.toml"]);
    assert_eq!(code(&out), 0, "{}", printed(&out));
    assert!(said(&out).contains(&place.digits()) && said(&out).contains("../conf.toml"), "{}", said(&out));
    let out = place.show(&["--config", "../none.toml"]);
    assert_eq!(code(&out), 4);
    assert!(said(&out).contains("none.toml: no such configuration file"), "{}", said(&out));
}

#[test]
fn the_users_own_configuration_counts_in_any_folder() {
    let place = Place::new();
    let own = place.at("home/.config/wayseal");
    fs::create_dir_all(&own).unwrap();
    place.write("home/.config/wayseal/wayseal.toml", "authority = \"pinned.pub\"\n", 0o644);
    place.write("home/.config/wayseal/pinned.pub", fs::read(place.at("work").join(PUBLIC)).unwrap(), 0o644);
    place.write("work/wayseal.toml", "template = \"label.toml\"\n", 0o644);
    let home = place.at("home");
    let config = place.at("home/.config");
    let show = ["authority", "show", "../carrier/wayseal-demo/sealer.grant"];
    for more in [("HOME", &*home), ("XDG_CONFIG_HOME", &*config)] {
        let out = place.run(&show, &[more]);
        assert_eq!(code(&out), 0, "{}", printed(&out));
        assert!(said(&out).contains(&place.digits()), "{}", said(&out));
    }
    // A relative folder is no user's.
    let out = place.run(&show, &[("XDG_CONFIG_HOME", Path::new("../home/.config"))]);
    assert_eq!(code(&out), 3);
    // In the user's own folder the file is the user's.
    let out = wayseal(&own, &["authority", "show", "../../../carrier/wayseal-demo/sealer.grant"])
        .env("HOME", &home)
        .output()
        .unwrap();
    assert_eq!(code(&out), 0, "{}", printed(&out));
}

#[test]
fn the_pin_of_the_working_folder_is_said_with_its_digits() {
    let place = Place::new();
    fs::create_dir(place.at("work/authority")).unwrap();
    place.write("work/authority/authority.pub", fs::read(place.at("work").join(PUBLIC)).unwrap(), 0o644);
    let out = place.show(&[]);
    assert_eq!(code(&out), 0, "{}", printed(&out));
    assert_eq!(said(&out).matches(&place.digits()).count(), 1, "{}", said(&out));
    assert!(said(&out).contains("authority/authority.pub in the working folder"), "{}", said(&out));
    // What is typed needs no word, but where a device pins it.
    let out = place.show(&["--authority", PUBLIC]);
    assert_eq!((code(&out), said(&out)), (0, String::new()));
    let out = place.run(&["device", "init", "--folder", "pda", "--name", "pda", "--authority", PUBLIC], &[]);
    assert_eq!(code(&out), 0, "{}", printed(&out));
    assert!(said(&out).contains(&place.digits()), "{}", said(&out));
}

#[test]
fn stations_that_somebody_changed_are_refused_where_a_signature_lies_beside_or_a_grant_demands_it() {
    let place = Place::new();
    let sample = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/stations.csv")).unwrap();
    place.write("work/stations.csv", &sample, 0o644);
    let grant = |name: &str, more: &[&str]| {
        place.authority(&[&["grant", "sealer", "--id", "7", "--days", "1", "-o", name], more].concat())
    };
    assert_eq!(code(&grant("early.grant", &["--signed-stations"])), 3);
    let out = place.authority(&["sign-stations", "stations.csv"]);
    assert_eq!(code(&out), 0, "{}", printed(&out));
    assert!(text(&out.stdout).contains("stations.csv.sig"), "{}", text(&out.stdout));
    for (name, more) in [("free.grant", &[][..]), ("bound.grant", &["--signed-stations"])] {
        let out = grant(name, more);
        assert_eq!(code(&out), 0, "{}", printed(&out));
    }
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/orders.csv"), place.at("work/orders.csv"))
        .unwrap();
    let seal = |grant: &str| {
        let out = place.run(
            &["seal", "orders.csv", "--grant", grant, "--authority", PUBLIC, "--dry-run", "--limit", "3"],
            &[],
        );
        (code(&out), said(&out))
    };
    assert_eq!((seal("free.grant").0, seal("bound.grant").0), (0, 0));
    let signature = fs::read(place.at("work/stations.csv.sig")).unwrap();

    // Rerouted: two stations change their sites.
    let text = String::from_utf8(sample.clone()).unwrap();
    let changed = text.replacen("SZ-NS-012", "SZ-NS-999", 1);
    assert_ne!(changed, text);
    place.write("work/stations.csv", &changed, 0o644);
    for grant in ["free.grant", "bound.grant"] {
        let (code, said) = seal(grant);
        assert_eq!(code, 3, "{said}");
        assert!(said.contains("stations.csv.sig: the file of stations is not the one"), "{said}");
    }
    assert_eq!(code(&grant("late.grant", &[])), 3);
    // Without the signature only the grant that demands one is of no use.
    fs::remove_file(place.at("work/stations.csv.sig")).unwrap();
    assert_ne!(seal("free.grant").0, 3);
    assert_eq!(seal("bound.grant").0, 3);
    // Pick-up points that appear beside a signed file are none that were signed.
    place.write("work/stations.csv", &sample, 0o644);
    place.write("work/stations.csv.sig", &signature, 0o644);
    place.write("work/points.csv", "code,name,station\n", 0o644);
    let (code, said) = seal("free.grant");
    assert_eq!(code, 3, "{said}");
    assert!(said.contains("pick-up points"), "{said}");
}
