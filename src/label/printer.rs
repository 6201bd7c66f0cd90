//! Sends jobs to a printer: over raw TCP (port 9100), or to a file such as a device, a named pipe or a spool.
//!
//! In: finished jobs, each sent whole. Out: the errors of the network or the file system. Waits for a printer that
//! accepts no data, up to a limit. The content of a job is not inspected.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Write};
use std::net::{Shutdown, TcpStream, ToSocketAddrs};
use std::path::PathBuf;
use std::time::Duration;

/// Timeout for connecting.
const ANSWER: Duration = Duration::from_secs(10);
/// Timeout for a write: long enough to replace the paper roll.
const PATIENCE: Duration = Duration::from_secs(300);
/// Timeout for the printer to close the connection after the last label; many printers never do.
const CLOSING: Duration = Duration::from_secs(2);

/// The destination of jobs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrinterAddress {
    /// `host:port`.
    Tcp(String),
    /// A device or spool file. Jobs are appended.
    File(PathBuf),
}

impl PrinterAddress {
    /// Parses `tcp://host`, `tcp://host:9100`, or a path.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text.strip_prefix("tcp://") {
            Some(address) => {
                let address = address.trim_end_matches('/');
                // An IPv6 address is in brackets; its colons do not start a port.
                let port = address.rsplit(']').next().is_some_and(|rest| rest.contains(':'));
                Self::Tcp(if port { address.to_owned() } else { format!("{address}:9100") })
            }
            None => Self::File(PathBuf::from(text)),
        }
    }
}

/// An open connection to a printer.
#[derive(Debug)]
pub enum Printer {
    /// Over the network.
    Tcp(TcpStream),
    /// A device or file.
    File(File),
}

impl Printer {
    /// Connects to a printer or opens its file.
    ///
    /// # Errors
    /// I/O errors of the network or the file system.
    pub fn open(target: &PrinterAddress) -> io::Result<Self> {
        match target {
            PrinterAddress::File(path) => {
                Ok(Self::File(OpenOptions::new().append(true).create(true).open(path)?))
            }
            PrinterAddress::Tcp(address) => {
                let mut last = io::Error::new(io::ErrorKind::NotFound, "the name has no address");
                for address in address.to_socket_addrs()? {
                    match TcpStream::connect_timeout(&address, ANSWER) {
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

    /// Sends a whole job. A file that has no room for all of it is restored to its previous length.
    ///
    /// # Errors
    /// I/O errors of the network or the file system. A network printer may have received part of the job.
    pub fn send(&mut self, job: &[u8]) -> io::Result<()> {
        match self {
            Self::Tcp(stream) => stream.write_all(job).map_err(|error| match error.kind() {
                // The error kind of a write timeout differs between systems.
                io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => io::Error::new(
                    io::ErrorKind::TimedOut,
                    "the printer took nothing for five minutes; see whether it is paused or out of labels",
                ),
                _ => error,
            }),
            Self::File(file) => {
                let known = file.metadata()?;
                file.write_all(job).inspect_err(|_| {
                    if known.is_file() {
                        // If this fails too, the error of the write is reported.
                        let _cut = file.set_len(known.len());
                    }
                })
            }
        }
    }

    /// Ends the jobs: waits briefly for the printer to close the connection.
    ///
    /// # Errors
    /// The printer reset the connection and may lack the last labels.
    pub fn finish(&mut self) -> io::Result<()> {
        let Self::Tcp(stream) = self else { return Ok(()) };
        stream.shutdown(Shutdown::Write)?;
        stream.set_read_timeout(Some(CLOSING))?;
        let mut said = [0; 256];
        loop {
            match stream.read(&mut said) {
                Ok(0) => return Ok(()),
                // Status messages of the printer are ignored.
                Ok(_) => {}
                Err(error) => match error.kind() {
                    io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => return Ok(()),
                    io::ErrorKind::Interrupted => {}
                    _ => return Err(error),
                },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jobs_arrive_whole_and_in_order() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let target = PrinterAddress::parse(&format!("tcp://{}", listener.local_addr().unwrap()));
        let reader = std::thread::spawn(move || {
            let mut got = Vec::new();
            listener.accept().unwrap().0.read_to_end(&mut got).unwrap();
            got
        });
        let mut printer = Printer::open(&target).unwrap();
        printer.send(b"^XA^XZ").unwrap();
        printer.send(b"^XA^FS^XZ").unwrap();
        printer.finish().unwrap();
        assert_eq!(reader.join().unwrap(), b"^XA^XZ^XA^FS^XZ");
    }

    #[test]
    fn a_printer_that_breaks_off_is_an_error() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let target = PrinterAddress::parse(&format!("tcp://{}", listener.local_addr().unwrap()));
        let mut printer = Printer::open(&target).unwrap();
        let (mut stream, _) = listener.accept().unwrap();
        printer.send(&[b' '; 64]).unwrap();
        // Closing with unread bytes causes a reset.
        stream.read_exact(&mut [0; 1]).unwrap();
        drop(stream);
        let sent = (0..1000).try_for_each(|_| printer.send(&[b' '; 4096]));
        assert!(sent.and_then(|()| printer.finish()).is_err());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_spool_holds_no_part_of_a_label() {
        let place = tempfile::tempdir().unwrap();
        let spool = place.path().join("spool");
        let mut printer = Printer::open(&PrinterAddress::File(spool.clone())).unwrap();
        printer.send(b"^XA^XZ").unwrap();
        // A full device, which cannot be truncated.
        let mut full = Printer::open(&PrinterAddress::parse("/dev/full")).unwrap();
        assert!(full.send(b"^XA^XZ").is_err());
        printer.send(b"^XA^FS^XZ").unwrap();
        assert_eq!(std::fs::read(spool).unwrap(), b"^XA^XZ^XA^FS^XZ");
    }

    #[test]
    fn a_port_need_not_be_given() {
        for (text, address) in [
            ("tcp://10.0.0.7", "10.0.0.7:9100"),
            ("tcp://zebra:6101", "zebra:6101"),
            ("tcp://[fe80::1]", "[fe80::1]:9100"),
            ("tcp://[fe80::1]:9101/", "[fe80::1]:9101"),
        ] {
            assert_eq!(PrinterAddress::parse(text), PrinterAddress::Tcp(address.to_owned()));
        }
        assert_eq!(PrinterAddress::parse("/dev/usb/lp0"), PrinterAddress::File("/dev/usb/lp0".into()));
    }

    #[test]
    fn a_printer_that_is_not_there_is_an_error() {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        assert!(Printer::open(&PrinterAddress::Tcp(port.to_string())).is_err());
        assert!(Printer::open(&PrinterAddress::parse("/nonexistent/folder/lp0")).is_err());
    }
}
