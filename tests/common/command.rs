//! The command as a process, and what it printed.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The command in `folder`, in English, with an empty environment and nothing to read.
pub fn wayseal(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wayseal"));
    command.args(arguments).current_dir(folder).env_clear();
    if !arguments.contains(&"--lang") {
        command.args(["--lang", "en"]);
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// The file of stations that the project ships, by its absolute path.
pub fn stations() -> String {
    sample("stations.csv").display().to_string()
}

/// A file of `samples`, by its absolute path.
pub fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name)
}

pub fn code(out: &Output) -> i32 {
    out.status.code().expect("ended by a signal")
}

/// What a process printed or wrote, which must be UTF-8.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Its messages.
pub fn said(out: &Output) -> String {
    text(&out.stderr)
}

/// All that it printed.
pub fn printed(out: &Output) -> String {
    text(&out.stdout) + &text(&out.stderr)
}
