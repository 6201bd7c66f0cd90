//! Parses where labels go: the kind of container follows from the name.
//!
//! In goes a path such as `labels.zip`, `-` or a printer's address; out comes an [`OutputTarget`], or why the requested
//! product does not fit into it. Nothing is opened or created here.

use crate::batch::printer::PrinterAddress;
use crate::batch::printer::address::AddressError;
use crate::batch::product::{ContainerKind, ProductKind, SymbolForm};
use crate::label::Format;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// The most labels in one ZIP, TAR or PDF.
pub const PART: u64 = 50_000;
/// The most labels in one folder.
pub const FOLDER: u64 = 10_000;

/// Where labels go.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OutputTarget {
    /// The kind of container.
    pub kind: ContainerKind,
    /// Its path; `None` for the standard output.
    pub path: Option<PathBuf>,
    /// Whether it is a regular file or folder, which can be resumed, and not a device or pipe.
    pub kept: bool,
    /// The product.
    pub make: ProductKind,
    /// Whether only the owner may read the files: with delivery codes in them.
    pub private: bool,
    /// The printer's address, if the target is a printer.
    pub printer: Option<PrinterAddress>,
}

impl OutputTarget {
    /// A printer by its [name](PrinterAddress::parse). The language is ZPL unless `asked` says otherwise.
    ///
    /// # Errors
    /// [`TargetError`] if `asked` is not a printer language, or the name is no printer's.
    pub fn printer(name: &str, asked: Option<ProductKind>) -> Result<Self, TargetError> {
        let make = asked.unwrap_or(ProductKind::label(Format::Zpl));
        if !matches!(make, ProductKind::Label(format, _) if format.concatenates()) {
            return Err(TargetError::Mismatch(ContainerKind::Stream, make));
        }
        let printer =
            Some(PrinterAddress::parse(name).map_err(|error| TargetError::Printer(name.to_owned(), error))?);
        Ok(Self {
            kind: ContainerKind::Stream,
            path: Some(name.into()),
            kept: false,
            make,
            private: false,
            printer,
        })
    }

    /// The target for a path: `-` is the standard output; otherwise the extension selects ZIP, TAR, PDF, JSON Lines or print
    /// commands, and anything else is a folder. Pictures on the standard output are written as one TAR.
    ///
    /// # Errors
    /// [`TargetError`] if the target cannot hold the product asked for.
    pub fn new(path: &Path, asked: Option<ProductKind>) -> Result<Self, TargetError> {
        use Format::{Cpcl, Pdf, Png, Tspl, Zpl};
        let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
        let stdout = path == Path::new("-");
        let device = path.metadata().is_ok_and(|known| !known.is_file() && !known.is_dir());
        let folder = path.is_dir() || path.as_os_str().as_encoded_bytes().ends_with(b"/");
        let (kind, usual) = match ending.as_deref() {
            _ if folder => (ContainerKind::Folder, ProductKind::label(Png)),
            _ if stdout || device => {
                let make = asked.ok_or(TargetError::NoFormat)?;
                let kind = match make {
                    ProductKind::Payload | ProductKind::Symbol(_) => ContainerKind::Lines,
                    ProductKind::Label(Zpl | Tspl | Cpcl, _) => ContainerKind::Stream,
                    ProductKind::Label(Pdf, _) => ContainerKind::Pdf,
                    ProductKind::Label(..) => ContainerKind::Tar,
                };
                (kind, make)
            }
            Some("zip") => (ContainerKind::Zip, ProductKind::label(Png)),
            Some("tar") => (ContainerKind::Tar, ProductKind::label(Png)),
            Some("pdf") => (ContainerKind::Pdf, ProductKind::label(Pdf)),
            Some("jsonl" | "ndjson") => (ContainerKind::Lines, ProductKind::Payload),
            Some("zpl") => (ContainerKind::Stream, ProductKind::label(Zpl)),
            Some("tspl" | "prn") => (ContainerKind::Stream, ProductKind::label(Tspl)),
            Some("cpcl") => (ContainerKind::Stream, ProductKind::label(Cpcl)),
            Some(_) | None => (ContainerKind::Folder, ProductKind::label(Png)),
        };
        let make = asked.unwrap_or(usual);
        let goes = match kind {
            ContainerKind::Folder | ContainerKind::Zip | ContainerKind::Tar => {
                !matches!(make, ProductKind::Payload | ProductKind::Symbol(SymbolForm::Modules))
            }
            ContainerKind::Pdf => matches!(make, ProductKind::Label(Pdf, _)),
            ContainerKind::Lines => matches!(make, ProductKind::Payload | ProductKind::Symbol(_)),
            ContainerKind::Stream => matches!(make, ProductKind::Label(format, _) if format.concatenates()),
        };
        if !goes {
            return Err(TargetError::Mismatch(kind, make));
        }
        let path = (!stdout).then(|| path.to_owned());
        Ok(Self { kind, path, kept: !stdout && !device, make, private: false, printer: None })
    }

    /// Whether the target is split into parts of a number of labels.
    #[must_use]
    pub const fn rolls(&self) -> bool {
        self.kept
            && matches!(
                self.kind,
                ContainerKind::Folder | ContainerKind::Zip | ContainerKind::Tar | ContainerKind::Pdf
            )
    }

    /// The path of a part, counted from 1: `labels.zip`, `labels-0002.zip`; folders are `labels/0001`.
    #[must_use]
    pub fn part(&self, number: u64) -> PathBuf {
        let path = self.path.as_deref().unwrap_or(Path::new("-"));
        match (self.kind, number) {
            (ContainerKind::Folder, _) => path.join(format!("{number:04}")),
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

    /// The name of a part as the manifest has it, relative to the manifest's folder. `only` says that the batch has no other
    /// part: a folder then holds its labels itself.
    #[must_use]
    pub fn part_name(&self, number: u64, only: bool) -> String {
        let part = match &self.path {
            Some(path) if only && self.kind == ContainerKind::Folder => path.clone(),
            _ => self.part(number),
        };
        let around = self.path.as_deref().and_then(Path::parent).filter(|_| self.kept);
        part.strip_prefix(around.unwrap_or(Path::new(""))).unwrap_or(&part).display().to_string()
    }

    /// The path of a file that the manifest names.
    #[must_use]
    pub fn located(&self, name: &str) -> PathBuf {
        let around = self.path.as_deref().and_then(Path::parent).filter(|_| self.kept);
        around.unwrap_or(Path::new("")).join(name)
    }

    /// The path of a companion file, such as `labels.zip.manifest.json` for `labels.zip`; `None` if the target is not kept.
    #[must_use]
    pub fn beside(&self, ending: &str) -> Option<PathBuf> {
        let path = self.path.as_deref().filter(|_| self.kept)?;
        let mut name = path.file_name()?.to_owned();
        name.push(".");
        name.push(ending);
        Some(path.with_file_name(name))
    }
}

/// Why a target cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TargetError {
    /// The standard output or a device, without a product asked for.
    #[error("the name does not say what to make")]
    NoFormat,
    /// The container cannot hold the product.
    #[error("{make} cannot be written there, only {takes}", make = .1, takes = takes(*.0))]
    Mismatch(ContainerKind, ProductKind),
    /// The name is no printer's.
    #[error("{0:?}: {1}")]
    Printer(String, #[source] AddressError),
}

/// The products that a container can hold, for the message.
const fn takes(kind: ContainerKind) -> &'static str {
    match kind {
        ContainerKind::Folder | ContainerKind::Zip | ContainerKind::Tar => {
            "labels and pictures of symbols; payloads and symbols go to a .jsonl file or the standard output"
        }
        ContainerKind::Pdf => "pdf",
        ContainerKind::Lines => "payload, symbol, symbol-png, symbol-svg or symbol-zpl",
        ContainerKind::Stream => "zpl, tspl or cpcl",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_says_what_is_made() {
        for (name, kind, make) in [
            ("labels", ContainerKind::Folder, ProductKind::label(Format::Png)),
            ("labels.2026", ContainerKind::Folder, ProductKind::label(Format::Png)),
            ("a/labels.ZIP", ContainerKind::Zip, ProductKind::label(Format::Png)),
            ("labels.pdf", ContainerKind::Pdf, ProductKind::label(Format::Pdf)),
            ("labels.jsonl", ContainerKind::Lines, ProductKind::Payload),
            ("labels.zpl", ContainerKind::Stream, ProductKind::label(Format::Zpl)),
            ("labels.cpcl", ContainerKind::Stream, ProductKind::label(Format::Cpcl)),
        ] {
            let target = OutputTarget::new(Path::new(name), None).unwrap();
            assert_eq!((target.kind, target.make), (kind, make), "{name}");
            assert!(target.kept);
        }
        assert_eq!(OutputTarget::new(Path::new("-"), None), Err(TargetError::NoFormat));
        assert_eq!(
            OutputTarget::new(Path::new("-"), Some(ProductKind::label(Format::Png))).unwrap().kind,
            ContainerKind::Tar
        );
        assert!(OutputTarget::new(Path::new("x.pdf"), Some(ProductKind::label(Format::Png))).is_err());
        assert!(OutputTarget::new(Path::new("x.zip"), Some(ProductKind::Payload)).is_err());
    }

    #[test]
    fn parts_and_what_goes_with_them_are_named_alike() {
        let zip = OutputTarget::new(Path::new("out/labels.zip"), None).unwrap();
        assert_eq!(zip.part(1), Path::new("out/labels.zip"));
        assert_eq!(zip.part(12), Path::new("out/labels-0012.zip"));
        assert_eq!(zip.beside("manifest.json").unwrap(), Path::new("out/labels.zip.manifest.json"));
        let folder = OutputTarget::new(Path::new("out/labels/"), None).unwrap();
        assert_eq!(folder.part(2), Path::new("out/labels/0002"));
        assert_eq!(zip.part_name(12, false), "labels-0012.zip");
        assert_eq!((&*folder.part_name(2, false), &*folder.part_name(1, true)), ("labels/0002", "labels"));
        assert_eq!(folder.located("labels/0002"), Path::new("out/labels/0002"));
        assert_eq!(folder.beside("rejects.csv").unwrap(), Path::new("out/labels.rejects.csv"));
    }
}
