//! Makes what is asked for of an order: a label of some format, or its payload alone.

use super::check::Check;
use super::columns::Column;
use super::order::Order;
use super::press::{Desk, Press};
use super::product::Kind;
use super::reject::{Reason, Reject};
use crate::label::{Codes, Job, Page, Template, TemplateError};

pub use super::product::{Form, Made, Make, UnknownMake};

/// Makes labels or payloads, on one thread.
pub struct Maker<'a> {
    desk: &'a Desk,
    /// None for payloads, which need no fonts.
    press: Option<(Press, Form)>,
    contact: bool,
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
            return Err(Reject::new(order.line, Column::Waybill, Reason::Unread));
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
