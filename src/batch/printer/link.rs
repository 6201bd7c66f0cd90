//! A connection to a printer, as the session sees it: every call returns within the time that it is given.

use std::io;
use std::time::Duration;

/// What a link can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// Both ways, and its end is noticed.
    Connection,
    /// Bytes go in, and nothing comes back.
    OneWay,
}

/// What was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// So many bytes.
    Bytes(usize),
    /// Nothing in the time given.
    Nothing,
    /// The printer says nothing more: it closed its side.
    Closed,
}

/// A connection to a printer.
pub trait Link: Send {
    /// What it can tell.
    fn kind(&self) -> LinkKind;

    /// Writes the beginning of `bytes`, and returns how much; 0 if the printer took nothing in the time given. The same
    /// bytes are then offered again.
    ///
    /// # Errors
    /// The system's.
    fn write(&mut self, bytes: &[u8], wait: Duration) -> io::Result<usize>;

    /// Reads what the printer says.
    ///
    /// # Errors
    /// The system's.
    fn read(&mut self, into: &mut [u8], wait: Duration) -> io::Result<Heard>;

    /// Tells the printer that nothing more comes.
    ///
    /// # Errors
    /// The system's.
    fn finish(&mut self) -> io::Result<()>;

    /// An error that the connection has had since, such as a reset.
    ///
    /// # Errors
    /// That error.
    fn fault(&mut self) -> io::Result<()>;

    /// A whole label begins: a link that can take back what is incomplete remembers this point.
    fn mark(&mut self) {}

    /// The label that began is incomplete, and is taken back if the link can do so. Whether it did.
    fn take_back(&mut self) -> bool {
        false
    }
}
