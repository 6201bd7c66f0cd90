//! A raw TCP connection, mostly to port 9100.

use super::link::{Heard, Link, LinkKind};
use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, TcpStream, ToSocketAddrs as _};
use std::time::Duration;

/// Timeout for connecting.
const CONNECT: Duration = Duration::from_secs(10);
/// Bytes that the system holds for the printer. Few, so that what the system has taken is nearly what the printer has
/// taken, and a stall is seen when it begins.
#[cfg(target_os = "linux")]
const HELD: usize = 16 * 1024;

/// A connection.
pub(super) struct TcpLink(TcpStream);

impl TcpLink {
    pub(super) fn connect(host: &str) -> io::Result<Self> {
        let mut last = io::Error::new(io::ErrorKind::NotFound, "the name has no address");
        for address in host.to_socket_addrs()? {
            match TcpStream::connect_timeout(&address, CONNECT) {
                Ok(stream) => {
                    #[cfg(target_os = "linux")]
                    rustix::net::sockopt::set_socket_send_buffer_size(&stream, HELD)?;
                    return Ok(Self(stream));
                }
                Err(error) => last = error,
            }
        }
        Err(last)
    }
}

impl Link for TcpLink {
    fn kind(&self) -> LinkKind {
        LinkKind::Connection
    }

    fn write(&mut self, bytes: &[u8], wait: Duration) -> io::Result<usize> {
        self.0.set_write_timeout(Some(wait.max(Duration::from_millis(1))))?;
        match self.0.write(bytes) {
            Err(error) if is_timeout(&error) => Ok(0),
            Ok(0) if !bytes.is_empty() => Err(io::ErrorKind::WriteZero.into()),
            written => written,
        }
    }

    fn read(&mut self, into: &mut [u8], wait: Duration) -> io::Result<Heard> {
        self.0.set_read_timeout(Some(wait.max(Duration::from_millis(1))))?;
        match self.0.read(into) {
            Ok(0) => Ok(Heard::Closed),
            Ok(read) => Ok(Heard::Bytes(read)),
            Err(error) if is_timeout(&error) => Ok(Heard::Nothing),
            Err(error) => Err(error),
        }
    }

    fn finish(&mut self) -> io::Result<()> {
        self.0.shutdown(Shutdown::Write)
    }

    fn fault(&mut self) -> io::Result<()> {
        self.0.take_error()?.map_or(Ok(()), Err)
    }
}

/// The error kind of a timeout differs between systems.
fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut | io::ErrorKind::Interrupted)
}
