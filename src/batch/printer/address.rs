//! Parses the name of a printer.
//!
//! In goes what somebody typed; out comes a [`PrinterAddress`], or an [`AddressError`] with the spelling that was probably
//! meant. A name that could be a new file is one only with a `/` in it or an ending: `lp0` is a device that somebody
//! forgot the path of, and a file of that name would swallow the labels.

use std::fmt;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// The port of raw printing.
const PORT: u16 = 9100;

/// The destination of labels.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PrinterAddress {
    /// `host:port`, raw TCP.
    Tcp(String),
    /// A device, a named pipe, or a spool file, to which labels are appended.
    File(PathBuf),
    /// A printer or a queue of CUPS, by its `ipp://` address.
    #[cfg(feature = "spool")]
    Ipp(String),
    /// A printer of Windows, by its name.
    #[cfg(windows)]
    Windows(String),
}

impl PrinterAddress {
    /// Parses `tcp://host`, `tcp://host:port`, `host:port`, `ipp://…`, `lp:name`, or a path; on Windows, also the name of a
    /// printer.
    ///
    /// # Errors
    /// [`AddressError`] for a name that is none of these.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        if let Some(host) = text.strip_prefix("tcp://").or_else(|| text.strip_prefix("socket://")) {
            let host = host.trim_end_matches('/');
            if host.is_empty() || host.contains(['/', ' ']) {
                return Err(AddressError::NoHost);
            }
            // An IPv6 address is in brackets; its colons do not start a port.
            let port = host.rsplit(']').next().is_some_and(|rest| rest.contains(':'));
            return Ok(Self::Tcp(if port { host.to_owned() } else { format!("{host}:{PORT}") }));
        }
        #[cfg(feature = "spool")]
        {
            if let Some(name) = text.strip_prefix("lp:") {
                let name = name.trim_start_matches('/');
                return if name.is_empty() {
                    Err(AddressError::NoHost)
                } else {
                    Ok(Self::Ipp(super::ipp::local(name)))
                };
            }
            if text.strip_prefix("ipp://").is_some_and(|host| !host.is_empty() && !host.starts_with('/')) {
                return Ok(Self::Ipp(text.to_owned()));
            }
        }
        if let Some((scheme, _)) = text.split_once("://") {
            return Err(AddressError::Scheme(scheme.to_owned()));
        }
        let path = Path::new(text);
        if path.is_dir() {
            return Err(AddressError::Folder);
        }
        if path.exists() || text.contains(['/', '\\']) {
            return Ok(Self::File(path.to_owned()));
        }
        if is_host_and_port(text) {
            return Ok(Self::Tcp(text.to_owned()));
        }
        // Windows has printers of any name, and whether one is there is seen when it is opened.
        #[cfg(windows)]
        if !text.is_empty() && !has_file_ending(text) && Path::new(text).parent() == Some(Path::new("")) {
            return Ok(Self::Windows(text.to_owned()));
        }
        Err(AddressError::NoFile(Meant::of(text)))
    }
}

impl fmt::Display for PrinterAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(host) => write!(f, "tcp://{host}"),
            Self::File(path) => path.display().fmt(f),
            #[cfg(feature = "spool")]
            Self::Ipp(uri) => f.write_str(uri),
            #[cfg(windows)]
            Self::Windows(name) => f.write_str(name),
        }
    }
}

/// Why a name is no printer's.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum AddressError {
    /// Nothing after `tcp://`, or no host.
    #[error("the address has no host; it is tcp://HOST or tcp://HOST:PORT")]
    NoHost,
    /// An unknown way to reach a printer.
    #[error("printers are not reached by {0}://; they are by tcp://, ipp:// or a path")]
    Scheme(String),
    /// A folder.
    #[error("it is a folder, and no device or file")]
    Folder,
    /// No such file, and not the path of a new one.
    #[error("there is no such file or printer; meant is probably {0}")]
    NoFile(Meant),
}

/// What was probably meant by a name: spellings that would work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meant(Vec<String>);

impl Meant {
    fn of(text: &str) -> Self {
        let mut meant = Vec::new();
        let word = !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_".contains(&b));
        let numbered = |stem: &str| {
            text.strip_prefix(stem)
                .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
        };
        if numbered("lp") || numbered("usblp") {
            meant.push(format!("/dev/usb/{text}"));
        } else if ["ttyUSB", "ttyACM", "ttyS", "rfcomm", "hidraw"].into_iter().any(numbered) {
            meant.push(format!("/dev/{text}"));
        } else if word && !(text.contains('.') && has_file_ending(text)) {
            meant.push(format!("tcp://{text}"));
        }
        if cfg!(feature = "spool") && !text.is_empty() && !has_file_ending(text) && !text.contains(':') {
            // As CUPS writes the name of a printer that has spaces in it.
            meant.push(format!("lp:{}", text.replace(' ', "_")));
        }
        meant.push(format!("./{text}"));
        Self(meant)
    }

    /// The spellings, the likeliest first.
    #[must_use]
    pub fn spellings(&self) -> &[String] {
        &self.0
    }
}

impl fmt::Display for Meant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, spelling) in self.0.iter().enumerate() {
            let between = if at == 0 { "" } else { " or " };
            write!(f, "{between}{spelling:?}")?;
        }
        Ok(())
    }
}

fn has_file_ending(text: &str) -> bool {
    let ending = text.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["zpl", "tspl", "cpcl", "prn", "txt", "bin", "spool", "out"].contains(&ending)
}

/// `host:port` or `[address]:port`.
fn is_host_and_port(text: &str) -> bool {
    let Some((host, port)) = text.rsplit_once(':') else { return false };
    let named = |b: u8| b.is_ascii_alphanumeric() || b".-_".contains(&b);
    let host = match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(address) => address.bytes().all(|b| b.is_ascii_hexdigit() || b".:%".contains(&b)),
        // A single letter is a drive of Windows.
        None => host.len() > 1 && host.bytes().all(named),
    };
    host && port.parse::<u16>().is_ok_and(|port| port > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_need_not_be_given() {
        for (text, address) in [
            ("tcp://10.0.0.7", "10.0.0.7:9100"),
            ("tcp://zebra:6101", "zebra:6101"),
            ("socket://zebra", "zebra:9100"),
            ("tcp://[fe80::1]", "[fe80::1]:9100"),
            ("tcp://[fe80::1]:9101/", "[fe80::1]:9101"),
            ("127.0.0.1:9100", "127.0.0.1:9100"),
            ("zebra-3.print.local:9100", "zebra-3.print.local:9100"),
            ("[::1]:9100", "[::1]:9100"),
        ] {
            assert_eq!(PrinterAddress::parse(text), Ok(PrinterAddress::Tcp(address.to_owned())), "{text}");
        }
    }

    #[test]
    fn a_path_is_a_file_if_it_is_there_or_looks_like_one() {
        for text in ["/dev/usb/lp0", "./spool", "jobs/today.zpl", "Cargo.toml"] {
            assert_eq!(PrinterAddress::parse(text), Ok(PrinterAddress::File(text.into())), "{text}");
        }
        assert_eq!(PrinterAddress::parse("src"), Err(AddressError::Folder));
    }

    #[test]
    fn a_name_that_is_nothing_is_refused_with_what_was_meant() {
        for (text, meant) in [
            ("lp0", "/dev/usb/lp0"),
            ("ttyUSB1", "/dev/ttyUSB1"),
            ("10.0.0.7", "tcp://10.0.0.7"),
            ("zebra", "tcp://zebra"),
            ("zebra.local", "tcp://zebra.local"),
            ("Zebra ZD421", if cfg!(feature = "spool") { "lp:Zebra_ZD421" } else { "./Zebra ZD421" }),
            ("labels.zpl", "./labels.zpl"),
            ("打印机", if cfg!(feature = "spool") { "lp:打印机" } else { "./打印机" }),
            ("127.0.0.1:", "./127.0.0.1:"),
            ("127.0.0.1:99999", "./127.0.0.1:99999"),
            ("", "./"),
        ] {
            let Err(AddressError::NoFile(Meant(spellings))) = PrinterAddress::parse(text) else {
                panic!("{text} is taken")
            };
            assert_eq!(spellings[0], meant);
        }
        assert_eq!(PrinterAddress::parse("tcp://"), Err(AddressError::NoHost));
        assert_eq!(PrinterAddress::parse("usb://zebra"), Err(AddressError::Scheme("usb".to_owned())));
    }
}
