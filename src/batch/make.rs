//! What is made of an order: a label of some format, or its payload alone.

use super::check::Check;
use super::order::{Column, Order, Reason, Reject};
use super::output::Kind;
use super::press::{Desk, Press};
use crate::label::pdf::Leaf;
use crate::label::{Codes, Format, Job, Page, Template, TemplateError};
use crate::payload::Handle;
use std::fmt;
use std::str::FromStr;

/// What is made of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Make {
    /// A label.
    Label(Format, Codes),
    /// A line of JSON: waybill number, handle, text of the QR code.
    Payload,
}

impl Make {
    /// A label whose codes are dots.
    #[must_use]
    pub const fn label(format: Format) -> Self {
        Self::Label(format, Codes::Dots)
    }

    /// Orders that are made one after the other: as many as make about a megabyte at most, which stays near the
    /// processor. Labels of a printer that stores what they have in common share it for so many.
    #[must_use]
    pub const fn chunk(self) -> usize {
        match self {
            Self::Label(_, Codes::Dots) => 16,
            Self::Label(Format::Tspl, Codes::Native) => 48,
            Self::Label(_, Codes::Native) | Self::Payload => 256,
        }
    }

    /// What the names of files end in.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Label(format, _) => format.name(),
            Self::Payload => "jsonl",
        }
    }
}

impl fmt::Display for Make {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Label(format, Codes::Dots) => format.fmt(f),
            Self::Label(format, Codes::Native) => write!(f, "{format}-native"),
            Self::Payload => f.write_str("payload"),
        }
    }
}

/// A name of nothing that is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownMake;

impl fmt::Display for UnknownMake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("one of png, svg, pdf, zpl, tspl, zpl-native, tspl-native, payload")
    }
}

impl std::error::Error for UnknownMake {}

impl FromStr for Make {
    type Err = UnknownMake;

    fn from_str(name: &str) -> Result<Self, UnknownMake> {
        if name == "payload" {
            return Ok(Self::Payload);
        }
        let (format, codes) = match name.strip_suffix("-native") {
            Some(format) => (format, Codes::Native),
            None => (name, Codes::Dots),
        };
        let format: Format = format.parse().map_err(|_| UnknownMake)?;
        if codes == Codes::Native && !format.concatenates() {
            return Err(UnknownMake);
        }
        Ok(Self::Label(format, codes))
    }
}

/// Makes labels or payloads, on one thread.
pub struct Maker<'a> {
    desk: &'a Desk,
    /// None for payloads, which need no fonts.
    press: Option<(Press, Form)>,
    contact: bool,
}

/// In which form a label is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The bytes of a file.
    File(Format, Codes),
    /// What a page of a PDF needs.
    Leaf,
}

/// What was made.
#[derive(Debug)]
pub struct Made {
    /// What a page needs; else the label is bytes.
    pub leaf: Option<Box<Leaf>>,
    /// The label's handle.
    pub handle: Handle,
    /// Characters of its QR code.
    pub chars: usize,
    /// Characters that no font had.
    pub missing: usize,
    /// Texts that are printed as `***`, since they may tell what the masks hide.
    pub withheld: usize,
}

impl<'a> Maker<'a> {
    /// A maker for a template and page, which payloads do not need, of what goes into such a container.
    ///
    /// # Errors
    /// [`TemplateError`].
    pub fn new(
        make: Make,
        kind: Kind,
        desk: &'a Desk,
        template: &Template,
        page: Page,
    ) -> Result<Self, TemplateError> {
        let press = match make {
            Make::Label(..) if kind == Kind::Pdf => Some((Press::new(template, page)?, Form::Leaf)),
            Make::Label(format, codes) => {
                let mut press = Press::new(template, page)?;
                if let (Codes::Native, Some(language)) = (codes, format.language()) {
                    let stream = kind == Kind::Stream;
                    press.set_job(if stream { Job::stream(language) } else { Job::alone(language) });
                }
                Some((press, Form::File(format, codes)))
            }
            Make::Payload => None,
        };
        Ok(Self { desk, press, contact: template.contact })
    }

    /// Begins a chunk of orders: what is made of them relies on nothing before.
    pub fn begin(&mut self) {
        if let Some((press, _)) = &mut self.press {
            press.begin();
        }
    }

    /// Appends what is made of an order; with a check, what was made is read back and opened.
    ///
    /// # Errors
    /// [`Reject`]; then `out` may hold a beginning.
    pub fn make(
        &mut self,
        order: &Order,
        check: Option<&Check<'_>>,
        out: &mut Vec<u8>,
    ) -> Result<Made, Reject> {
        if let Some((press, form)) = &mut self.press {
            return press.draw(order, self.desk, *form, check, out);
        }
        let text = self.desk.seal(order, self.contact)?;
        if check.is_some_and(|check| !check.opens(text.as_bytes())) {
            return Err(Reject { line: order.line, column: Column::Waybill, reason: Reason::Unread });
        }
        let handle = text.handle();
        // Waybills, handles and Base45 have no character that JSON would escape.
        for part in [
            b"{\"waybill\":\"",
            order.waybill.text().as_bytes(),
            b"\",\"handle\":\"",
            handle.printed().as_bytes(),
            b"\",\"text\":\"",
            text.as_bytes(),
            b"\"}\n",
        ] {
            out.extend_from_slice(part);
        }
        Ok(Made { leaf: None, handle, chars: text.as_bytes().len(), missing: 0, withheld: 0 })
    }
}
