//! A folder with an authority, and labels under its roots.

use crate::common::command::{said, stations, wayseal};
use crate::common::label::DELIVERY;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Command, Output};
use wayseal::authority::custody::{Authority, Unlock};
use wayseal::authority::day_keys::Days;
use wayseal::authority::issue::{GrantTerms, Limits, Scope, issue};
use wayseal::authority::root::Root;
use wayseal::keys::{Day, Region, SealerId, Site, Tier};
use wayseal::payload::{PayloadText, Waybill};
use wayseal::record::Delivery;
use wayseal::sealer::{DestinationKeys, Sealer};
use wayseal::signed::envelope::Identity;

/// A folder with an authority sealed to an age identity, which opens fast, without scrypt.
pub struct Line(pub tempfile::TempDir);

impl Line {
    pub fn new() -> Self {
        let line = Self(tempfile::tempdir().unwrap());
        let identity = Identity::generate();
        line.write("custodian", identity.file().as_bytes(), 0o600);
        fs::copy(stations(), line.path("stations.csv")).unwrap();
        line.good(&["authority", "init", "--recipient", &identity.recipient()]);
        line
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: &[u8], mode: u32) {
        fs::write(self.path(name), bytes).unwrap();
        fs::set_permissions(self.path(name), fs::Permissions::from_mode(mode)).unwrap();
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        wayseal(self.0.path(), arguments)
    }

    pub fn good(&self, arguments: &[&str]) -> String {
        let out = self.run(arguments);
        assert!(out.status.success(), "{arguments:?}: {}", said(&out));
        String::from_utf8(out.stdout).unwrap()
    }

    /// Runs a command that must be refused with this exit code and this text.
    pub fn bad(&self, arguments: &[&str], code: i32, words: &[&str]) {
        let out = self.run(arguments);
        assert_eq!(out.status.code(), Some(code), "{arguments:?}: {}", said(&out));
        for word in words {
            assert!(said(&out).contains(word), "{word} in {}", said(&out));
        }
    }

    /// An `authority` command, opened with the custodian's identity.
    pub fn with_root<'a>(&self, arguments: &[&'a str]) -> Vec<&'a str> {
        [&["authority"], arguments, &["--identity", "custodian"]].concat()
    }

    pub fn authority(&self) -> Authority {
        let text = fs::read_to_string(self.path("custodian")).unwrap();
        let identity = Identity::parse(&text).unwrap();
        Authority::load(&self.path("authority/authority.age"), |_| Ok(Unlock::Identity(identity))).unwrap()
    }

    pub fn device(&self, name: &str) -> String {
        self.good(&["device", "init", "--folder", name, "--name", name]).trim().to_owned()
    }

    pub fn scanner<'a>(&self, recipient: &'a str, more: &[&'a str], output: &'a str) {
        let common = ["grant", "scanner", "--to", "pda-17", "--device", recipient, "--station", "SZ-NS-012"];
        self.good(&self.with_root(&[&common[..], more, &["-o", output]].concat()));
    }

    /// All files below the folder, hidden ones too.
    pub fn files(&self) -> Vec<PathBuf> {
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

pub fn label(root: &Root, place: (Region, Site), day: Day, name: &str) -> PayloadText {
    let sealer = SealerId::new(7).unwrap();
    let terms = GrantTerms::new("press", 1, (u64::from(day.number()) + Day::UNIX_OFFSET) * 86_400);
    let scope = Scope::Sealer { sealer, destinations: &[place] };
    let grant = issue(root, terms, &scope, Days::from(day, 1), Limits::Kept).unwrap();
    let node = |tier| grant.nodes.iter().find(|node| node.path().tier() == tier).unwrap();
    let lane = DestinationKeys::new(node(Tier::Delivery), Some(node(Tier::Contact))).unwrap();
    let delivery = Delivery { name, ..DELIVERY };
    let waybill = Waybill::parse("SF1234567890123").unwrap();
    Sealer::new(node(Tier::Origin)).unwrap().seal(&lane, &waybill, &delivery, None).unwrap().text
}
