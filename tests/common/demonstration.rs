//! The files of `wayseal demo`: an authority whose passphrase is quick to check, grants, and a hundred labels.

use super::command::{said, wayseal};
use std::fs::{self, File};
use std::path::Path;
use std::sync::OnceLock;
use std::time::{SystemTime, UNIX_EPOCH};

/// The day of the demonstration that [`of_a_day`] copies.
pub const DAY: &str = "2026-11-24";

/// Copies the demonstration of [`DAY`] into `folder`, as `wayseal-demo`, and gives what it printed, in English.
pub fn of_a_day(folder: &Path) -> &'static str {
    static MADE: OnceLock<Made> = OnceLock::new();
    let made = MADE.get_or_init(|| Made::new("day", &["--day", DAY]));
    made.copy(folder);
    &made.story
}

/// Copies a demonstration of today, from another authority, into `folder`, as `wayseal-demo`.
pub fn of_today(folder: &Path) {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| Made::new("today", &[])).copy(folder);
}

/// Asserts that a README's block of `text` is in what the demonstration printed.
pub fn is_shown_by(document: &str, story: &str) {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(document)).unwrap();
    let shown = text.split_once("```text\n").unwrap().1.split_once("```").unwrap().0;
    assert!(shown.lines().count() >= 5 && story.contains("other_station"), "{story}");
    assert!(story.contains(shown), "{document} shows\n{shown}\nand the command prints\n{story}");
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

/// The files of a demonstration: it draws and reads a hundred pictures, which is slow, so that all tests share what one of them made,
/// also those of other processes.
struct Made {
    story: String,
    files: Vec<(String, fs::Permissions, Vec<u8>)>,
}

impl Made {
    /// Reads the demonstration that this build of the command made before, or has it make one. `kind` names its folder below the
    /// tests' temporary files; whoever holds the lock beside that makes or reads it.
    fn new(kind: &str, arguments: &[&str]) -> Self {
        let command = Path::new(env!("CARGO_BIN_EXE_wayseal"));
        // Of another profile is another demonstration.
        let profile = command.parent().and_then(Path::file_name).unwrap().to_str().unwrap();
        let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("demonstration-{kind}-{profile}"));
        let lock = File::create(place.with_extension("lock")).unwrap();
        lock.lock().unwrap();
        let build = fs::metadata(command).unwrap();
        let today = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() / 86_400;
        let stamp = format!("{:?} {} {today}", build.modified().unwrap(), build.len());
        if fs::read_to_string(place.join("stamp")).ok().as_ref() != Some(&stamp) {
            // Made elsewhere and moved: what a killed test had begun may still be written to.
            let making = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
            let out = wayseal(making.path(), &[&["demo"], arguments].concat()).output().unwrap();
            assert!(out.status.success(), "{}", said(&out));
            fs::write(making.path().join("story"), &out.stdout).unwrap();
            fs::write(making.path().join("stamp"), &stamp).unwrap();
            if place.exists() {
                fs::remove_dir_all(&place).unwrap();
            }
            fs::rename(making.keep(), &place).unwrap();
        }
        Self::read(&place)
    }

    fn read(place: &Path) -> Self {
        let (mut files, mut folders) = (Vec::new(), vec![place.join("wayseal-demo")]);
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let name = path.strip_prefix(place).unwrap().to_str().unwrap().to_owned();
                files.push((name, fs::metadata(&path).unwrap().permissions(), fs::read(&path).unwrap()));
            }
        }
        assert!(files.len() > 100, "{} files", files.len());
        Self { story: fs::read_to_string(place.join("story")).unwrap(), files }
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
