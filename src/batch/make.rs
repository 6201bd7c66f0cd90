//! Makes what is asked for of an order: a label of some format, or its payload alone.

use super::check::Check;
use super::columns::Column;
use super::order::Order;
use super::press::{Press, SealingKeys};
use super::product::ContainerKind;
use super::reject::{Reason, Reject};
use crate::label::{Codes, Page, PrintJob, Template, TemplateError};

pub use super::product::{Product, ProductForm, ProductKind, UnknownMake};

/// Makes labels or payloads, on one thread.
pub struct Maker<'a> {
    desk: &'a SealingKeys,
    /// None for payloads, which need no fonts.
    press: Option<(Press, ProductForm)>,
    contact: bool,
}

impl<'a> Maker<'a> {
    /// A maker for a template and page, which payloads do not need, of what goes into such a container.
    ///
    /// # Errors
    /// [`TemplateError`].
    pub fn new(
        make: ProductKind,
        kind: ContainerKind,
        desk: &'a SealingKeys,
        template: &Template,
        page: Page,
    ) -> Result<Self, TemplateError> {
        let press = match make {
            ProductKind::Label(..) if kind == ContainerKind::Pdf => {
                Some((Press::new(template, page)?, ProductForm::Leaf))
            }
            ProductKind::Label(format, codes) => {
                let mut press = Press::new(template, page)?;
                if let (Codes::Native, Some(language)) = (codes, format.language()) {
                    let stream = kind == ContainerKind::Stream;
                    press.set_job(if stream {
                        PrintJob::stream(language)
                    } else {
                        PrintJob::alone(language)
                    });
                }
                Some((press, ProductForm::File(format, codes)))
            }
            ProductKind::Payload => None,
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
    ) -> Result<Product, Reject> {
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
        Ok(Product { leaf: None, handle, chars: text.as_bytes().len(), missing: 0, withheld: 0 })
    }
}
