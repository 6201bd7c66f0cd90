//! The script that a document's blocks are, and its run.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// The script of a document: its blocks marked `sh`, concatenated.
pub fn script(document: &str) -> String {
    let mut script = String::new();
    let mut runs = None;
    for line in document.lines() {
        match (line.strip_prefix("```"), runs) {
            (Some(language), None) => runs = Some(language == "sh"),
            (Some(_), Some(_)) => runs = None,
            (None, Some(true)) => script = script + line + "\n",
            (None, _) => {}
        }
    }
    assert_eq!(runs, None, "a block is not closed");
    script
}

#[allow(dead_code, reason = "tests/transcripts.rs runs none")]
/// Runs a document's script and asserts that each command of it succeeds.
pub fn run(document: &str, least: usize) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let script = script(&fs::read_to_string(root.join(document)).unwrap());
    let calls = script.lines().filter(|line| line.contains("wayseal ")).count();
    assert!(calls >= least, "{document}: only {calls} commands found");
    assert!(!script.contains("://"), "{document}: a block that runs names an address of a network");

    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(root.join("samples"), folder.path().join("samples")).unwrap();
    let command = Path::new(env!("CARGO_BIN_EXE_wayseal")).parent().unwrap();
    let path = format!("{}:{}", command.display(), std::env::var("PATH").unwrap_or_default());
    let out = Command::new("bash")
        .args(["-euo", "pipefail", "-x", "-c", &format!("umask 077\n{script}")])
        .current_dir(folder.path())
        .env_clear()
        .env("PATH", path)
        .env("HOME", folder.path())
        .env("LC_ALL", "C.UTF-8")
        .env("WAYSEAL_PASSPHRASE", "a passphrase")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(
        out.status.success(),
        "{document}: {}\n{}\n{}",
        out.status,
        String::from_utf8_lossy(&out.stdout),
        String::from_utf8_lossy(&out.stderr)
    );
}
