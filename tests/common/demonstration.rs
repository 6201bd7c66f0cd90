//! The files of `wayseal demo`: an authority whose passphrase is quick to check, grants, and a hundred labels.

use super::command::{said, text, wayseal};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

/// The day of the demonstration that [`of_a_day`] copies.
pub const DAY: &str = "2026-11-24";

/// Copies the demonstration of [`DAY`] into `folder`, as `wayseal-demo`, and gives what it printed, in English.
pub fn of_a_day(folder: &Path) -> &'static str {
    static MADE: OnceLock<Made> = OnceLock::new();
    let made = MADE.get_or_init(|| Made::new(&["--day", DAY]));
    made.copy(folder);
    &made.story
}

/// Copies a demonstration of today, from another authority, into `folder`, as `wayseal-demo`.
pub fn of_today(folder: &Path) {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| Made::new(&[])).copy(folder);
}

/// Removes all labels but the first of a copy, by name, where a test has to read each; returns how many are left.
pub fn keep_labels(folder: &Path, count: usize) -> usize {
    let mut labels: Vec<_> = fs::read_dir(folder.join("wayseal-demo/labels"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    labels.sort();
    labels.drain(count..).for_each(|label| fs::remove_file(label).unwrap());
    labels.len()
}

/// The files of a demonstration, made once in each test process: it draws and reads a hundred pictures, which is slow.
struct Made {
    story: String,
    files: Vec<(String, fs::Permissions, Vec<u8>)>,
}

impl Made {
    fn new(arguments: &[&str]) -> Self {
        let place = tempfile::tempdir().unwrap();
        let out = wayseal(place.path(), &[&["demo"], arguments].concat()).output().unwrap();
        assert!(out.status.success(), "{}", said(&out));
        let (mut files, mut folders) = (Vec::new(), vec![place.path().join("wayseal-demo")]);
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let name = path.strip_prefix(place.path()).unwrap().to_str().unwrap().to_owned();
                files.push((name, fs::metadata(&path).unwrap().permissions(), fs::read(&path).unwrap()));
            }
        }
        assert!(files.len() > 100, "{} files", files.len());
        Self { story: text(&out.stdout), files }
    }

    fn copy(&self, folder: &Path) {
        for (name, permissions, bytes) in &self.files {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, bytes).unwrap();
            fs::set_permissions(&path, permissions.clone()).unwrap();
        }
    }
}
