//! Sending jobs to a printer: raw TCP, as port 9100 takes it, or a file: a device, a named pipe, a spool.
//!
//! In go finished jobs, each sent whole; out comes what the network or the file system says. A printer that takes
//! nothing is waited for, but not for ever. What a job says is not looked at.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Write};
use std::net::{Shutdown, TcpStream, ToSocketAddrs};
use std::path::PathBuf;
use std::time::Duration;

/// How long a printer may take to answer.
const ANSWER: Duration = Duration::from_secs(10);
/// How long it may take nothing: time to put in a new roll.
const PATIENCE: Duration = Duration::from_secs(300);
/// How long it may take to close its side after the last label; many never do.
const CLOSING: Duration = Duration::from_secs(2);

/// Where jobs go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrinterAddress {
    /// `host:port`.
    Tcp(String),
    /// A device or a spool file, to which jobs are appended.
    File(PathBuf),
}

impl PrinterAddress {
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

    /// Sends a job whole. A file that has no room for all of it is left as it was.
    ///
    /// # Errors
    /// What the network or the file system says: a printer may have a part of the job.
    pub fn send(&mut self, job: &[u8]) -> io::Result<()> {
        match self {
            Self::Tcp(stream) => stream.write_all(job).map_err(|error| match error.kind() {
                // What a write that has waited for too long is called differs from system to system.
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
                        // If this fails too, the error of the write says enough.
                        let _cut = file.set_len(known.len());
                    }
                })
            }
        }
    }

    /// Ends the jobs: waits a little for the printer to say that it has them all.
    ///
    /// # Errors
    /// The printer has broken the connection off, and may lack the last labels.
    pub fn finish(&mut self) -> io::Result<()> {
        let Self::Tcp(stream) = self else { return Ok(()) };
        stream.shutdown(Shutdown::Write)?;
        stream.set_read_timeout(Some(CLOSING))?;
        let mut said = [0; 256];
        loop {
            match stream.read(&mut said) {
                Ok(0) => return Ok(()),
                // Whatever it reports of itself.
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
        // Closed with bytes that nobody reads: a reset.
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
        // A device that is full, and no file to cut.
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
