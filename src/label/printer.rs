//! Sending jobs to a printer: raw TCP, as port 9100 takes it, or a file: a device, a named pipe, a spool.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::path::PathBuf;
use std::time::Duration;

/// How long a printer may take to answer, and to take a part of a job.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where jobs go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// `host:port`.
    Tcp(String),
    /// A device or a spool file, to which jobs are appended.
    File(PathBuf),
}

impl Target {
    /// `tcp://host`, `tcp://host:9100`, or a path.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text.strip_prefix("tcp://") {
            Some(address) => {
                let address = address.trim_end_matches('/');
                // An IPv6 address stands in brackets, and its colons are not the port's.
                let port = address.rsplit(']').next().is_some_and(|rest| rest.contains(':'));
                Self::Tcp(if port { address.to_owned() } else { format!("{address}:9100") })
            }
            None => Self::File(PathBuf::from(text)),
        }
    }
}

/// An open way to a printer.
#[derive(Debug)]
pub enum Printer {
    /// By network.
    Tcp(TcpStream),
    /// By a device or file.
    File(File),
}

impl Printer {
    /// Connects to a printer or opens its file.
    ///
    /// # Errors
    /// What the network or the file system says.
    pub fn open(target: &Target) -> io::Result<Self> {
        match target {
            Target::File(path) => Ok(Self::File(OpenOptions::new().append(true).create(true).open(path)?)),
            Target::Tcp(address) => {
                let mut last = io::Error::new(io::ErrorKind::NotFound, "the name has no address");
                for address in address.to_socket_addrs()? {
                    match TcpStream::connect_timeout(&address, PATIENCE) {
                        Ok(stream) => {
                            stream.set_write_timeout(Some(PATIENCE))?;
                            return Ok(Self::Tcp(stream));
                        }
                        Err(error) => last = error,
                    }
                }
                Err(last)
            }
        }
    }

    /// Sends a job whole.
    ///
    /// # Errors
    /// What the network or the file system says: the printer may have a part of the job.
    pub fn send(&mut self, job: &[u8]) -> io::Result<()> {
        match self {
            Self::Tcp(stream) => stream.write_all(job).and_then(|()| stream.flush()),
            Self::File(file) => file.write_all(job).and_then(|()| file.flush()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn jobs_arrive_whole_and_in_order() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let target = Target::parse(&format!("tcp://{}", listener.local_addr().unwrap()));
        let reader = std::thread::spawn(move || {
            let mut got = Vec::new();
            listener.accept().unwrap().0.read_to_end(&mut got).unwrap();
            got
        });
        let mut printer = Printer::open(&target).unwrap();
        printer.send(b"^XA^XZ").unwrap();
        printer.send(b"^XA^FS^XZ").unwrap();
        drop(printer);
        assert_eq!(reader.join().unwrap(), b"^XA^XZ^XA^FS^XZ");
    }

    #[test]
    fn a_port_need_not_be_given() {
        for (text, address) in [
            ("tcp://10.0.0.7", "10.0.0.7:9100"),
            ("tcp://zebra:6101", "zebra:6101"),
            ("tcp://[fe80::1]", "[fe80::1]:9100"),
            ("tcp://[fe80::1]:9101/", "[fe80::1]:9101"),
        ] {
            assert_eq!(Target::parse(text), Target::Tcp(address.to_owned()));
        }
        assert_eq!(Target::parse("/dev/usb/lp0"), Target::File("/dev/usb/lp0".into()));
    }

    #[test]
    fn a_printer_that_is_not_there_is_an_error() {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        assert!(Printer::open(&Target::Tcp(port.to_string())).is_err());
        assert!(Printer::open(&Target::parse("/nonexistent/folder/lp0")).is_err());
    }
}
