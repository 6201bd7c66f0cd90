//! Where labels go, by the name that is given for it.

use crate::batch::product::{Kind, Make};
use crate::label::{Format, printer};
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Labels in one ZIP, TAR or PDF.
pub const PART: u64 = 50_000;
/// Labels in one folder.
pub const FOLDER: u64 = 10_000;

/// Where labels go.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Target {
    /// What holds them.
    pub kind: Kind,
    /// Its name; none for the standard output.
    pub path: Option<PathBuf>,
    /// Whether it is a file that can be gone on with, and not a device or pipe.
    pub kept: bool,
    /// What is made.
    pub make: Make,
    /// The printer, if it is one.
    pub printer: Option<printer::Target>,
}

impl Target {
    /// A printer: `tcp://host`, or the path of a device or spool file; of ZPL if nothing else is asked for.
    ///
    /// # Errors
    /// [`TargetError`] if what is asked for is no printer's language.
    pub fn printer(name: &str, asked: Option<Make>) -> Result<Self, TargetError> {
        let make = asked.unwrap_or(Make::label(Format::Zpl));
        if !matches!(make, Make::Label(format, _) if format.concatenates()) {
            return Err(TargetError::Mismatch(Kind::Stream, make));
        }
        let printer = Some(printer::Target::parse(name));
        Ok(Self { kind: Kind::Stream, path: Some(name.into()), kept: false, make, printer })
    }

    /// The target that a name stands for: `-`, or by its ending a ZIP, a TAR, a PDF, JSON Lines or a printer's
    /// job, else a folder. Pictures on the standard output are one TAR.
    ///
    /// # Errors
    /// [`TargetError`] if what is asked for does not go in there.
    pub fn new(path: &Path, asked: Option<Make>) -> Result<Self, TargetError> {
        use Format::{Pdf, Png, Tspl, Zpl};
        let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
        let stdout = path == Path::new("-");
        let device = path.metadata().is_ok_and(|known| !known.is_file() && !known.is_dir());
        let folder = path.is_dir() || path.as_os_str().as_encoded_bytes().ends_with(b"/");
        let (kind, usual) = match ending.as_deref() {
            _ if folder => (Kind::Folder, Make::label(Png)),
            _ if stdout || device => {
                let make = asked.ok_or(TargetError::NoFormat)?;
                let kind = match make {
                    Make::Payload => Kind::Lines,
                    Make::Label(Zpl | Tspl, _) => Kind::Stream,
                    Make::Label(Pdf, _) => Kind::Pdf,
                    Make::Label(..) => Kind::Tar,
                };
                (kind, make)
            }
            Some("zip") => (Kind::Zip, Make::label(Png)),
            Some("tar") => (Kind::Tar, Make::label(Png)),
            Some("pdf") => (Kind::Pdf, Make::label(Pdf)),
            Some("jsonl" | "ndjson") => (Kind::Lines, Make::Payload),
            Some("zpl") => (Kind::Stream, Make::label(Zpl)),
            Some("tspl" | "prn") => (Kind::Stream, Make::label(Tspl)),
            Some(_) | None => (Kind::Folder, Make::label(Png)),
        };
        let make = asked.unwrap_or(usual);
        let goes = match kind {
            Kind::Folder | Kind::Zip | Kind::Tar => make != Make::Payload,
            Kind::Pdf => matches!(make, Make::Label(Pdf, _)),
            Kind::Lines => make == Make::Payload,
            Kind::Stream => matches!(make, Make::Label(format, _) if format.concatenates()),
        };
        if !goes {
            return Err(TargetError::Mismatch(kind, make));
        }
        let path = (!stdout).then(|| path.to_owned());
        Ok(Self { kind, path, kept: !stdout && !device, make, printer: None })
    }

    /// Whether the target is begun anew after a number of labels.
    #[must_use]
    pub const fn rolls(&self) -> bool {
        self.kept && matches!(self.kind, Kind::Folder | Kind::Zip | Kind::Tar | Kind::Pdf)
    }

    /// The name of a part, counted from 1: `labels.zip`, `labels-0002.zip`; folders are `labels/0001`.
    #[must_use]
    pub fn part(&self, number: u64) -> PathBuf {
        let path = self.path.as_deref().unwrap_or(Path::new("-"));
        match (self.kind, number) {
            (Kind::Folder, _) => path.join(format!("{number:04}")),
            (_, 0 | 1) => path.to_owned(),
            _ => {
                let mut name = path.file_stem().unwrap_or_default().to_owned();
                name.push(format!("-{number:04}"));
                if let Some(ending) = path.extension() {
                    name.push(".");
                    name.push(ending);
                }
                path.with_file_name(name)
            }
        }
    }

    /// The name of a file that goes with the target, as `labels.zip.manifest.json` does with `labels.zip`.
    #[must_use]
    pub fn beside(&self, ending: &str) -> Option<PathBuf> {
        let path = self.path.as_deref().filter(|_| self.kept)?;
        let mut name = path.file_name()?.to_owned();
        name.push(".");
        name.push(ending);
        Some(path.with_file_name(name))
    }
}

/// Why labels do not go where they were sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TargetError {
    /// The standard output or a device says nothing of a format.
    #[error("the name does not say what is to be made")]
    NoFormat,
    /// What was asked for does not go in there.
    #[error("{make} does not go in there, only {takes}", make = .1, takes = takes(*.0))]
    Mismatch(Kind, Make),
}

const fn takes(kind: Kind) -> &'static str {
    match kind {
        Kind::Folder | Kind::Zip | Kind::Tar => "labels; payloads go to a .jsonl file or the standard output",
        Kind::Pdf => "pdf",
        Kind::Lines => "payload",
        Kind::Stream => "zpl or tspl",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_says_what_is_made() {
        for (name, kind, make) in [
            ("labels", Kind::Folder, Make::label(Format::Png)),
            ("labels.2026", Kind::Folder, Make::label(Format::Png)),
            ("a/labels.ZIP", Kind::Zip, Make::label(Format::Png)),
            ("labels.pdf", Kind::Pdf, Make::label(Format::Pdf)),
            ("labels.jsonl", Kind::Lines, Make::Payload),
            ("labels.zpl", Kind::Stream, Make::label(Format::Zpl)),
        ] {
            let target = Target::new(Path::new(name), None).unwrap();
            assert_eq!((target.kind, target.make), (kind, make), "{name}");
            assert!(target.kept);
        }
        assert_eq!(Target::new(Path::new("-"), None), Err(TargetError::NoFormat));
        assert_eq!(Target::new(Path::new("-"), Some(Make::label(Format::Png))).unwrap().kind, Kind::Tar);
        assert!(Target::new(Path::new("x.pdf"), Some(Make::label(Format::Png))).is_err());
        assert!(Target::new(Path::new("x.zip"), Some(Make::Payload)).is_err());
    }

    #[test]
    fn parts_and_what_goes_with_them_are_named_alike() {
        let zip = Target::new(Path::new("out/labels.zip"), None).unwrap();
        assert_eq!(zip.part(1), Path::new("out/labels.zip"));
        assert_eq!(zip.part(12), Path::new("out/labels-0012.zip"));
        assert_eq!(zip.beside("manifest.json").unwrap(), Path::new("out/labels.zip.manifest.json"));
        let folder = Target::new(Path::new("out/labels/"), None).unwrap();
        assert_eq!(folder.part(2), Path::new("out/labels/0002"));
        assert_eq!(folder.beside("rejects.csv").unwrap(), Path::new("out/labels.rejects.csv"));
    }
}
