//! The file of labels of a pass: their texts, one a line.

use crate::cli::settings::resolved::TEXT_MAX;
use std::path::Path;
use wayseal::files::{self, FileError};

/// The lines of a file that are not empty.
pub fn label_lines(path: &Path) -> Result<Vec<String>, FileError> {
    let bytes = files::read(path, TEXT_MAX)?;
    let lines =
        bytes.split(|byte| *byte == b'\n').map(|line| String::from_utf8_lossy(line).trim().to_owned());
    Ok(lines.filter(|line| !line.is_empty()).collect())
}
