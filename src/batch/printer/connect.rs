//! Connects to a printer, whatever kind of address it has.

use super::address::PrinterAddress;
use super::clock::SystemClock;
use super::device::DeviceLink;
#[cfg(feature = "spool")]
use super::ipp::IppSpooler;
use super::link::Link;
use super::session::{LabelSession, Patience, PrintError, PrinterEvent, PrinterSession};
#[cfg(any(feature = "spool", windows))]
use super::spooler::SpoolerSession;
use super::state::UnknownCause;
use super::status::Dialect;
use super::tcp::TcpLink;
#[cfg(windows)]
use super::winspool::WindowsSpooler;
use std::io;

/// Hears what happens while a session waits.
pub(super) type Tell = Box<dyn FnMut(PrinterEvent) + Send>;

/// Begins a session with a printer.
///
/// # Errors
/// [`PrintError`] if it cannot be reached, or reports a fault that nobody mends. Nothing was sent then.
pub(super) fn begin(
    address: &PrinterAddress,
    dialect: Option<Dialect>,
    length: u64,
    patience: Patience,
    tell: Tell,
) -> Result<Box<dyn LabelSession>, PrintError> {
    let unreachable = |error: io::Error| PrintError { cause: UnknownCause::Unreachable(error), untouched: 1 };
    let clock = Box::new(SystemClock::default());
    let link: Box<dyn Link> = match address {
        PrinterAddress::Tcp(host) => Box::new(TcpLink::connect(host).map_err(unreachable)?),
        PrinterAddress::File(path) => Box::new(DeviceLink::open(path).map_err(unreachable)?),
        #[cfg(feature = "spool")]
        PrinterAddress::Ipp(uri) => {
            let spooler = IppSpooler::new(uri).map_err(unreachable)?;
            return Ok(Box::new(SpoolerSession::new(spooler, clock, patience, tell)));
        }
        #[cfg(windows)]
        PrinterAddress::Windows(name) => {
            let spooler = WindowsSpooler::open(name).map_err(unreachable)?;
            return Ok(Box::new(SpoolerSession::new(spooler, clock, patience, tell)));
        }
    };
    Ok(Box::new(PrinterSession::begin(link, clock, dialect, length, patience, tell)?))
}
