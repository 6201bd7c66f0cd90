//! What printers say of themselves: status and count of labels, in ZPL and TSPL.
//!
//! In go the bytes that a printer returned; out comes a [`PrinterStatus`] or a [`LabelCount`], or `None` while the answer
//! is incomplete. What is asked is in [`Dialect`]; the answers are those of Zebra's *ZPL II Programming Guide* (`~HS`,
//! `^HH`, `odometer.total_label_count`) and TSC's *TSPL Programming Manual* (`<ESC>!?`, `LABEL`).

use crate::label::Format;
use std::fmt;

/// A fault that a printer reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PrinterFault {
    /// No paper.
    Paper,
    /// The paper is jammed.
    Jam,
    /// No ribbon.
    Ribbon,
    /// The print head or the cover is open.
    Head,
    /// Paused by its button.
    Paused,
    /// A printed label waits to be taken.
    Waiting,
    /// Too hot or too cold.
    Temperature,
    /// Its memory is full or damaged.
    Memory,
    /// Another fault.
    Other,
}

impl fmt::Display for PrinterFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Paper => "no paper",
            Self::Jam => "paper jam",
            Self::Ribbon => "no ribbon",
            Self::Head => "the print head is open",
            Self::Paused => "paused",
            Self::Waiting => "a label waits to be taken",
            Self::Temperature => "too hot or too cold",
            Self::Memory => "memory full or damaged",
            Self::Other => "a fault",
        })
    }
}

/// The status of a printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PrinterStatus {
    /// The fault, if there is one; the one to mend first.
    pub fault: Option<PrinterFault>,
    /// Labels that it has received and not printed, as far as it says.
    pub waiting: u64,
    /// Whether it is printing or receiving.
    pub busy: bool,
}

/// What a printer has counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LabelCount {
    /// Labels.
    Labels(u64),
    /// Paper, in tenths of a millimetre, and how much one step of the counter is.
    Paper {
        /// The length.
        length: u64,
        /// One step.
        step: u64,
    },
}

/// How a printer of some language is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// ZPL.
    Zpl,
    /// TSPL.
    Tspl,
}

impl Dialect {
    /// The dialect of a printer's language; `None` for CPCL, in which there is no count to ask for.
    #[must_use]
    pub const fn of(language: Format) -> Option<Self> {
        match language {
            Format::Zpl => Some(Self::Zpl),
            Format::Tspl => Some(Self::Tspl),
            Format::Cpcl | Format::Png | Format::Svg | Format::Pdf => None,
        }
    }

    /// Asks for the status. A printer of this language that does not know the command prints nothing for it.
    #[must_use]
    pub const fn ask_status(self) -> &'static [u8] {
        match self {
            Self::Zpl => b"~HS",
            Self::Tspl => b"\x1b!?",
        }
    }

    /// Asks for the count of labels, in the order in which to try. Only a printer that gave its status is asked.
    #[must_use]
    pub const fn ask_count(self) -> &'static [&'static [u8]] {
        match self {
            Self::Zpl => &[b"! U1 getvar \"odometer.total_label_count\"\r\n", b"^XA^HH^XZ\r\n"],
            Self::Tspl => &[b"OUT \"LABELS=\"+STR$(LABEL)\r\n"],
        }
    }

    /// The status in what was returned.
    #[must_use]
    pub fn status(self, said: &[u8]) -> Option<PrinterStatus> {
        match self {
            Self::Zpl => host_status(said),
            Self::Tspl => Some(status_byte(*said.last()?)),
        }
    }

    /// The count in what was returned.
    #[must_use]
    pub fn count(self, said: &[u8]) -> Option<LabelCount> {
        let text = String::from_utf8_lossy(said);
        match self {
            Self::Zpl => quoted_number(&text).map(LabelCount::Labels).or_else(|| configuration(&text)),
            Self::Tspl => {
                let rest = text.rsplit_once("LABELS=")?.1;
                let end = rest.find(['\r', '\n'])?;
                rest[..end].trim().parse().ok().map(LabelCount::Labels)
            }
        }
    }
}

/// The answer to `~HS`: three strings of fields, each between STX and ETX.
fn host_status(said: &[u8]) -> Option<PrinterStatus> {
    let text = String::from_utf8_lossy(said);
    let mut strings = text.split('\x02').skip(1).filter_map(|part| Some(part.split_once('\x03')?.0));
    let first: Vec<&str> = strings.next()?.split(',').map(str::trim).collect();
    let second: Vec<&str> = strings.next()?.split(',').map(str::trim).collect();
    strings.next()?;
    if (first.len(), second.len()) != (12, 11) {
        return None;
    }
    let number = |text: &str| text.parse::<u64>().ok();
    let set = |text: &str| number(text) == Some(1);
    let fault = [
        (set(first[1]), PrinterFault::Paper),
        (set(second[3]), PrinterFault::Ribbon),
        (set(second[2]), PrinterFault::Head),
        (set(first[9]), PrinterFault::Memory),
        (set(first[10]) || set(first[11]), PrinterFault::Temperature),
        (set(second[7]), PrinterFault::Waiting),
        (set(first[2]), PrinterFault::Paused),
    ];
    Some(PrinterStatus {
        fault: fault.into_iter().find(|(is, _)| *is).map(|(_, fault)| fault),
        waiting: number(first[4])? + number(second[8])?,
        busy: set(first[5]) || set(first[7]),
    })
}

/// The answer to `<ESC>!?`: a byte of flags.
const fn status_byte(flags: u8) -> PrinterStatus {
    let fault = match flags {
        _ if flags & 0x04 != 0 => Some(PrinterFault::Paper),
        _ if flags & 0x02 != 0 => Some(PrinterFault::Jam),
        _ if flags & 0x08 != 0 => Some(PrinterFault::Ribbon),
        _ if flags & 0x41 != 0 => Some(PrinterFault::Head),
        _ if flags & 0x80 != 0 => Some(PrinterFault::Other),
        _ if flags & 0x10 != 0 => Some(PrinterFault::Paused),
        _ => None,
    };
    PrinterStatus { fault, waiting: 0, busy: flags & 0x20 != 0 }
}

/// The answer to a `getvar`: a number in quotes.
fn quoted_number(text: &str) -> Option<u64> {
    let (before, _) = text.rsplit_once('"')?;
    let (_, number) = before.rsplit_once('"')?;
    number.trim().parse().ok()
}

/// The answer to `^HH`: the configuration label as text, in which one line is the paper ever used.
fn configuration(text: &str) -> Option<LabelCount> {
    // Whole only with its end.
    let (text, _) = text.rsplit_once('\x03')?;
    let line = text.lines().find(|line| line.contains("NONRESET CNTR"))?;
    let mut words = line.split_whitespace();
    let number: u64 = words.next()?.replace(',', "").parse().ok()?;
    let step = match words.next()? {
        "IN" => 254,
        "CM" => 100,
        _ => return None,
    };
    Some(LabelCount::Paper { length: number * step, step })
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDLE: &[u8] =
        b"\x02030,0,0,1245,000,0,0,0,000,0,0,0\x03\r\n\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n";

    fn with(field: (usize, usize), value: &str) -> Option<PrinterStatus> {
        let text = String::from_utf8(IDLE.to_vec()).unwrap();
        let mut lines: Vec<Vec<String>> =
            text.lines().map(|line| line.split(',').map(ToOwned::to_owned).collect()).collect();
        let old = &mut lines[field.0][field.1];
        *old = match (old.starts_with('\x02'), old.ends_with('\x03')) {
            (_, true) => format!("{value}\x03"),
            (true, _) => format!("\x02{value}"),
            _ => value.to_owned(),
        };
        let text: String = lines.iter().map(|line| line.join(",") + "\r\n").collect();
        Dialect::Zpl.status(text.as_bytes())
    }

    #[test]
    fn a_host_status_is_read_field_by_field() {
        let idle = Dialect::Zpl.status(IDLE).unwrap();
        assert_eq!(idle, PrinterStatus { fault: None, waiting: 0, busy: false });
        for (field, fault) in [
            ((0, 1), PrinterFault::Paper),
            ((0, 2), PrinterFault::Paused),
            ((0, 9), PrinterFault::Memory),
            ((0, 10), PrinterFault::Temperature),
            ((0, 11), PrinterFault::Temperature),
            ((1, 2), PrinterFault::Head),
            ((1, 3), PrinterFault::Ribbon),
            ((1, 7), PrinterFault::Waiting),
        ] {
            assert_eq!(with(field, "1").unwrap().fault, Some(fault), "{field:?}");
        }
        assert_eq!(with((0, 4), "007").unwrap().waiting, 7);
        assert_eq!(with((1, 8), "00000012").unwrap().waiting, 12);
        assert!(with((0, 5), "1").unwrap().busy && with((0, 7), "1").unwrap().busy);
        assert_eq!(with((0, 4), "x"), None);
    }

    #[test]
    fn an_answer_that_is_cut_is_no_answer() {
        // Without its last ETX and line end an answer is cut; the line end alone says nothing.
        for end in 0..IDLE.len() - 2 {
            assert_eq!(Dialect::Zpl.status(&IDLE[..end]), None, "{end}");
        }
        assert_eq!(Dialect::Zpl.count(b"\"12"), None);
        assert_eq!(Dialect::Tspl.count(b"LABELS=12"), None);
        assert_eq!(Dialect::Tspl.status(b""), None);
    }

    #[test]
    fn counts_are_labels_or_paper() {
        assert_eq!(Dialect::Zpl.count(b"\"1204\""), Some(LabelCount::Labels(1204)));
        assert_eq!(Dialect::Zpl.count(b"\"?\""), None);
        let label = b"\x02\r\n  +10.0               DARKNESS\r\n  9,371 IN            NONRESET CNTR\r\n  23,802 CM           NONRESET CNTR\r\n\x03\r\n";
        let inches = LabelCount::Paper { length: 9371 * 254, step: 254 };
        assert_eq!(Dialect::Zpl.count(label), Some(inches));
        assert_eq!(Dialect::Tspl.count(b"LABELS=77\r\n"), Some(LabelCount::Labels(77)));
    }

    #[test]
    fn every_flag_of_a_status_byte_has_its_fault() {
        for (flags, fault, busy) in [
            (0x00, None, false),
            (0x01, Some(PrinterFault::Head), false),
            (0x02, Some(PrinterFault::Jam), false),
            (0x04, Some(PrinterFault::Paper), false),
            (0x08, Some(PrinterFault::Ribbon), false),
            (0x10, Some(PrinterFault::Paused), false),
            (0x20, None, true),
            (0x25, Some(PrinterFault::Paper), true),
            (0x80, Some(PrinterFault::Other), false),
        ] {
            let status = Dialect::Tspl.status(&[flags]).unwrap();
            assert_eq!((status.fault, status.busy), (fault, busy), "{flags:02x}");
        }
    }
}
