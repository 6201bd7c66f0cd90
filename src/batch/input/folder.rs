//! Expands folders to the files of orders in them.

use super::error::InputError;
use std::path::PathBuf;

/// Replaces each folder by the files directly in it with the extension `csv`, `tsv`, `txt`, `jsonl`, `ndjson`, `xlsx`,
/// `xlsm`, `xls`, `ods` or `parquet`, sorted by name. Hidden files and Excel's lock files (`~$…`) are left out. Other paths are kept as they are.
///
/// # Errors
/// [`InputError`] if a folder cannot be read or has no such file.
pub fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, InputError> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let before = files.len();
        for entry in path.read_dir()? {
            let file = entry?.path();
            let hidden = file.file_name().is_none_or(|name| {
                let name = name.as_encoded_bytes();
                name.starts_with(b".") || name.starts_with(b"~$")
            });
            let known = file.extension().and_then(|ending| ending.to_str()).is_some_and(|ending| {
                ["csv", "tsv", "txt", "jsonl", "ndjson", "xlsx", "xlsm", "xls", "ods", "parquet"]
                    .iter()
                    .any(|known| ending.eq_ignore_ascii_case(known))
            });
            if known && !hidden && file.is_file() {
                files.push(file);
            }
        }
        if files.len() == before {
            return Err(InputError::EmptyFolder);
        }
        files[before..].sort();
    }
    Ok(files)
}
