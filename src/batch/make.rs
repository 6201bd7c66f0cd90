//! Makes the requested product of an order: a label in some format, or its payload alone.
//!
//! In go [orders](Order) and a sealer's keys; out come bytes, appended to a buffer. One [`Maker`] serves one thread.

use super::check::Check;
use super::columns::Column;
use super::order::Order;
use super::press::{Press, SealingKeys};
use super::product::{ContainerKind, SymbolPlace};
use super::reject::{Reason, Reject};
use crate::label::{Codes, Page, PrintJob, Template, TemplateError};

pub use super::product::{Product, ProductForm, ProductKind, UnknownMake};

/// Appends what a payload says of parcels and payment: the label is drawn by somebody else. No character needs escaping.
fn terms(order: &Order, out: &mut Vec<u8>) {
    let mut put = |text: String| out.extend_from_slice(text.as_bytes());
    if let Some(piece) = order.piece {
        put(format!(",\"piece\":{},\"pieces\":{}", piece.at(), piece.of()));
    }
    let Some(payment) = order.payment() else { return };
    for (name, amount) in [("cod", &payment.collect), ("declared", &payment.declared)] {
        if let Some(amount) = amount {
            put(format!(",\"{name}\":\"{} {}\"", amount.currency(), amount.digits()));
        }
    }
    if let Some(terms) = payment.terms {
        put(format!(",\"payment\":\"{}\"", terms.name()));
    }
}

/// Makes labels or payloads on one thread.
pub struct Maker<'a> {
    desk: &'a SealingKeys,
    /// `None` for payloads, so that no fonts are loaded for them.
    press: Option<(Press, ProductForm)>,
    contact: bool,
    /// Whether a payload's line has the label's delivery code.
    codes: bool,
}

impl<'a> Maker<'a> {
    /// A maker of one kind of product for one kind of container. Payloads use neither template nor page.
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
            ProductKind::Symbol(form) => {
                let place = if kind == ContainerKind::Lines { SymbolPlace::Line } else { SymbolPlace::File };
                Some((Press::new(template, page)?, ProductForm::Symbol(form, place)))
            }
            ProductKind::Payload => None,
        };
        Ok(Self { desk, press, contact: template.contact, codes: false })
    }

    /// Writes the delivery code of each label into its payload's line, if the keys give codes.
    pub fn set_codes(&mut self, codes: bool) {
        self.codes = codes;
    }

    /// Begins a chunk of orders. Printer commands after this refer to nothing sent before it.
    pub fn begin(&mut self) {
        if let Some((press, _)) = &mut self.press {
            press.begin();
        }
    }

    /// Appends the product of an order to `out`. With a check, the product is then read back and opened.
    ///
    /// # Errors
    /// [`Reject`]; `out` may then end in a partial product, which the caller truncates.
    pub fn make(
        &mut self,
        order: &Order,
        check: Option<&Check<'_>>,
        out: &mut Vec<u8>,
    ) -> Result<Product, Reject> {
        if let Some((press, form)) = &mut self.press {
            return press.draw(order, self.desk, *form, check, out);
        }
        let (text, notices) = self.desk.seal(order, self.contact)?;
        if check.is_some_and(|check| !check.opens(text.as_bytes())) {
            return Err(Reject::new(order.line, Column::Waybill, Reason::Unread));
        }
        let (handle, code) = (text.handle(), self.desk.code(&text));
        // Written by hand, for speed: no character of waybills, handles and Base45 needs escaping in JSON.
        for part in [
            b"{\"waybill\":\"",
            order.waybill.text().as_bytes(),
            b"\",\"handle\":\"",
            handle.printed().as_bytes(),
            b"\",\"text\":\"",
            text.as_bytes(),
            b"\"",
        ] {
            out.extend_from_slice(part);
        }
        if let Some(code) = code.as_ref().filter(|_| self.codes) {
            out.extend_from_slice(b",\"code\":\"");
            out.extend_from_slice(code.text().as_bytes());
            out.push(b'"');
        }
        terms(order, out);
        out.extend_from_slice(b"}\n");
        Ok(Product {
            leaf: None,
            handle,
            code,
            chars: text.as_bytes().len(),
            missing: 0,
            withheld: 0,
            notices,
            beside: 0,
        })
    }
}
