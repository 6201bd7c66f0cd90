//! The command `wayseal` as a process, and its output.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The command in `folder`, in English, with an empty environment and an empty standard input.
pub fn wayseal(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wayseal"));
    command.args(arguments).current_dir(folder).env_clear();
    if !arguments.contains(&"--lang") {
        command.args(["--lang", "en"]);
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// The absolute path of the sample file of stations.
pub fn stations() -> String {
    sample("stations.csv").display().to_string()
}

/// The absolute path of a file in `samples`.
pub fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name)
}

pub fn code(out: &Output) -> i32 {
    out.status.code().expect("ended by a signal")
}

/// The text of output bytes, which must be UTF-8.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The text of standard error.
pub fn said(out: &Output) -> String {
    text(&out.stderr)
}

/// Standard output and standard error, one after the other.
pub fn printed(out: &Output) -> String {
    text(&out.stdout) + &text(&out.stderr)
}
