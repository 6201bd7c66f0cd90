//! A sealer's folder: its grant for station SZ-NS-012, and its authority's public key.

use super::command::{stations, wayseal};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;
use wayseal::authority::custody::Authority;
use wayseal::authority::day_keys::Days;
use wayseal::authority::issue::{GrantTerms, Limits, Scope, issue};
use wayseal::keys::{Day, Region, SealerId, Site};

/// The day of sealing.
pub const DAY: &str = "2026-11-24";

pub struct PrintRoom(tempfile::TempDir);

impl PrintRoom {
    /// All print rooms of a process share one authority and one grant, so that they make the same labels.
    pub fn new() -> Self {
        static FILES: OnceLock<[Vec<u8>; 2]> = OnceLock::new();
        let [grant, authority] = FILES.get_or_init(|| {
            let root = Authority::generate(0).unwrap();
            let day: Day = DAY.parse().unwrap();
            let destinations = [(Region::new(755).unwrap(), Site::new(12).unwrap())];
            let scope = Scope::Sealer { sealer: SealerId::new(7).unwrap(), destinations: &destinations };
            let issued = (u64::from(day.number()) + Day::UNIX_OFFSET) * 86_400;
            let terms = GrantTerms::new("sealer-7", 1, issued);
            let grant = issue(&root, terms, &scope, Days::from(day, 1), Limits::Kept).unwrap();
            [grant.sign(&root).unwrap().to_vec(), public_key_file(&root)]
        });
        let room = Self(tempfile::tempdir().unwrap());
        room.write("authority.pub", authority);
        room.write("sealer.grant", grant);
        // Readable by its owner alone, because a grant that others can read is refused.
        #[cfg(unix)]
        fs::set_permissions(room.at("sealer.grant"), std::os::unix::fs::PermissionsExt::from_mode(0o600))
            .unwrap();
        room
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.at(name), content).unwrap();
    }

    /// A command in the folder.
    pub fn command(&self, arguments: &[&str]) -> Command {
        wayseal(self.path(), arguments)
    }

    /// `seal` with the folder's grant, on its day.
    pub fn seal(&self, arguments: &[&str]) -> Command {
        let own = ["--day", DAY, "--grant", "sealer.grant", "--authority", "authority.pub", "--stations"];
        self.command(&[&["seal"], arguments, &own, &[&stations()]].concat())
    }

    /// The same, with the expected exit code.
    pub fn sealed(&self, arguments: &[&str], code: i32) -> Output {
        let out = self.seal(arguments).output().unwrap();
        assert_eq!(out.status.code(), Some(code), "{arguments:?}: {}", super::command::printed(&out));
        out
    }
}

/// The file of an authority's public key, for pinning.
pub fn public_key_file(root: &Authority) -> Vec<u8> {
    let key: String = root.public().as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("wayseal-authority {key}\n").into_bytes()
}
