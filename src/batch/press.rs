//! Makes the label of an order: mask, seal, compose, encode.
//!
//! In go an order and a sealer's keys for the day; out comes a label as a file, a page or print commands. A label is
//! drawn only if its summary passes the check of the masks. The keys seal and are never written out.

use super::check::{self, Check};
use super::columns::Column;
use super::notice::{Notice, Notices};
use super::order::Order;
use super::product::{Product, ProductForm};
use super::reject::{Reason, Reject};
use super::symbol_line::AloneSymbol;
use crate::error::{Field, SealError};
use crate::keys::{Day, DeliveryCode, KeyLevel, Node, Region, Site, Tenant, Tier};
use crate::label::pdf::PdfLabel;
use crate::label::{
    Codes, ComposeError, Composer, Content, Format, Page, PrintJob, Template, TemplateError, Zone,
};
use crate::payload::{Handle, Payload, PayloadText};
use crate::sealer::{DestinationKeys, Sealer};
use crate::signed::grant::Grant;
use crate::summary::Summary;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use thiserror::Error;

/// A sealer's keys for one day: its origin leaf, and the leaves for each destination.
pub struct SealingKeys {
    sealer: Sealer,
    lanes: HashMap<(Region, Site), DestinationKeys>,
    /// The origin leaf, if labels' delivery codes are asked for.
    codes: Option<Box<Node>>,
    /// The day, as printed.
    day: String,
}

impl SealingKeys {
    /// Selects the keys for a day from a sealer's grant.
    ///
    /// # Errors
    /// [`SealingKeysError`] if the grant has no keys for that day, or is not a sealer's.
    pub fn new(grant: &Grant, day: Day) -> Result<Self, SealingKeysError> {
        Self::for_tenant(grant, day, None)
    }

    /// The same; with a tenant, the labels are sealed for that tenant of the sealer.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn for_tenant(grant: &Grant, day: Day, tenant: Option<Tenant>) -> Result<Self, SealingKeysError> {
        let today = |node: &&Node| node.path().level() == KeyLevel::Sealer && node.path().day_of() == day;
        let leaves = || grant.nodes.iter().filter(today);
        let of = |tier| leaves().filter(move |node| node.path().tier() == tier);
        let error = |source| SealingKeysError { day, from: grant.from, until: grant.until, source };
        let Some(origin) = of(Tier::Origin).next() else {
            return Err(error(None));
        };
        let sealer = match tenant {
            Some(tenant) => Sealer::for_tenant(origin, tenant),
            None => Sealer::new(origin),
        };
        let sealer = sealer.map_err(|cause| error(Some(cause)))?;
        let at = |node: &Node| (node.path().region_of(), node.path().site_of());
        let contacts: HashMap<_, _> = of(Tier::Contact).map(|node| (at(node), node)).collect();
        let mut lanes = HashMap::new();
        for delivery in of(Tier::Delivery) {
            let place = at(delivery);
            lanes.insert(
                place,
                DestinationKeys::new(delivery, contacts.get(&place).copied())
                    .map_err(|cause| error(Some(cause)))?,
            );
        }
        let day = sealer.day().to_string();
        Ok(Self { sealer, lanes, codes: None, day })
    }

    /// The same, which also gives the delivery code of each label. `grant` is the one that the keys are from.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn with_codes(mut self, grant: &Grant) -> Result<Self, SealingKeysError> {
        let day = self.day();
        let is_origin = |node: &&Node| {
            let path = node.path();
            path.level() == KeyLevel::Sealer && path.tier() == Tier::Origin && path.day_of() == day
        };
        let missing = SealingKeysError { day, from: grant.from, until: grant.until, source: None };
        let origin = grant.nodes.iter().find(is_origin).ok_or(missing)?;
        // Filled in place: moving a node would leave a copy of its key on the stack.
        let mut leaf = Box::new(Node::empty());
        leaf.set(origin.path(), origin.key().expose());
        self.codes = Some(leaf);
        Ok(self)
    }

    /// The delivery code of a label; `None` if codes were not [asked for](Self::with_codes).
    #[must_use]
    pub fn code(&self, label: &PayloadText) -> Option<DeliveryCode> {
        let leaf = self.codes.as_ref()?;
        let payload = Payload::parse(label.as_bytes()).ok()?;
        let header = &payload.bytes()[payload.layout().header.clone()];
        DeliveryCode::derive(leaf, header).ok()
    }

    /// Seals an order, and returns with the payload what people should know of it. Without `contact` the payload has no
    /// contact section: no phones and no sender.
    ///
    /// # Errors
    /// [`Reject`] if the grant has no key for the station, or the record cannot be sealed.
    pub fn seal(&self, order: &Order, contact: bool) -> Result<(PayloadText, Notices), Reject> {
        let place = (order.station.region, order.station.site);
        let reject = |column, reason| Reject::new(order.line, column, reason);
        let lane = self.lanes.get(&place).ok_or(reject(Column::Station, Reason::NoLane))?;
        let contact = order.contact().filter(|_| contact);
        let sealed = self
            .sealer
            .seal(lane, &order.waybill, &order.delivery(), contact.as_ref())
            .map_err(|error| reject(column_of(error), error.into()))?;
        // A template without a contact section leaves the sender out too.
        let left_out = if contact.is_some() { sealed.left_out } else { order.sender_contact() };
        let notices = order
            .notices()
            .with(Notice::SenderNameLeftOut, left_out.sender_name)
            .with(Notice::SenderPhoneLeftOut, left_out.sender_phone);
        Ok((sealed.text, notices))
    }

    /// The day of sealing.
    #[must_use]
    pub const fn day(&self) -> Day {
        self.sealer.day()
    }
}

impl fmt::Debug for SealingKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SealingKeys").field("day", &self.day()).finish_non_exhaustive()
    }
}

/// The column that a sealing error concerns.
fn column_of(error: SealError) -> Column {
    let field = match error {
        SealError::Empty(field) | SealError::Character(field) | SealError::Form(field) => field,
        SealError::TooLong(excess) => excess.field,
        SealError::Dummy => Field::Waybill,
        _ => Field::Detail,
    };
    match field {
        Field::Name => Column::Name,
        Field::Phone => Column::Phone,
        Field::Country => Column::Country,
        Field::Postcode => Column::Postcode,
        Field::Division => Column::Province,
        Field::Street => Column::Street,
        Field::Note => Column::Note,
        Field::SenderName => Column::SenderName,
        Field::SenderPhone => Column::SenderPhone,
        Field::Waybill => Column::Waybill,
        // `Field` is non-exhaustive; the error's own text names a field that is unknown here.
        _ => Column::Detail,
    }
}

/// The column to shorten if a zone overflows.
const fn column_of_zone(error: ComposeError) -> Column {
    let ComposeError::TooLong(zone) = error else { return Column::Waybill };
    match zone {
        Zone::Routing => Column::Routing,
        Zone::Hub => Column::Hub,
        Zone::Recipient => Column::Detail,
        Zone::Sender => Column::SenderDetail,
        Zone::Goods => Column::Goods,
        Zone::Remark => Column::Remark,
        Zone::Piece => Column::Pieces,
        Zone::Payment => Column::Cod,
    }
}

/// The grant has no keys for the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error(
    "the grant seals from {from} to {until}, and today is {day}; check the clock, then ask the authority for a \
     sealer's grant of today"
)]
pub struct SealingKeysError {
    day: Day,
    from: Day,
    until: Day,
    /// Why the key of that day cannot be used, if there is one.
    source: Option<SealError>,
}

/// Draws labels for one template and page.
pub struct Press {
    composer: Composer,
    template: Template,
    /// For a printer that draws the codes itself; `None` for pictures.
    job: Option<PrintJob>,
}

/// A finished label.
#[non_exhaustive]
pub struct Printed {
    /// The picture, a PNG file.
    pub png: Vec<u8>,
    /// The label's handle.
    pub handle: Handle,
    /// Characters without a glyph in any font.
    pub missing: usize,
    /// Texts printed as `***`, since they might reveal what the masks hide.
    pub withheld: usize,
}

impl Press {
    /// A press for a template and page.
    ///
    /// # Errors
    /// [`TemplateError`].
    pub fn new(template: &Template, page: Page) -> Result<Self, TemplateError> {
        let composer = Composer::new(template, page, Vec::new())?;
        Ok(Self { composer, template: template.clone(), job: None })
    }

    /// Makes print commands from here on: the printer draws the codes itself.
    pub fn set_job(&mut self, job: PrintJob) {
        self.job = Some(job);
    }

    /// Begins a chunk: print commands after this refer to nothing sent before it.
    pub fn begin(&mut self) {
        if let Some(job) = &mut self.job {
            job.begin();
        }
    }

    /// Draws the label of an order as a PNG.
    ///
    /// # Errors
    /// [`Reject`], as [`draw`](Self::draw).
    pub fn print(&mut self, order: &Order, desk: &SealingKeys) -> Result<Printed, Reject> {
        let mut png = Vec::new();
        let made = self.draw(order, desk, ProductForm::File(Format::Png, Codes::Dots), None, &mut png)?;
        Ok(Printed { png, handle: made.handle, missing: made.missing, withheld: made.withheld })
    }

    /// Appends the label of an order to `out`, or returns it as a page, by `form`. With a check the label is read back and
    /// opened.
    ///
    /// # Errors
    /// [`Reject`] if the masks hide too little, the record does not fit, the label cannot be drawn, or the check fails;
    /// `out` may then end in a partial label, which the caller truncates.
    pub fn draw(
        &mut self,
        order: &Order,
        desk: &SealingKeys,
        form: ProductForm,
        verify: Option<&Check<'_>>,
        out: &mut Vec<u8>,
    ) -> Result<Product, Reject> {
        let reject = |column, reason| Reject::new(order.line, column, reason);
        let (recipient, sender) = (order.recipient(), order.sender());
        let terms = order.terms(self.template.building);
        let summary = Summary::on(terms, &recipient, sender.as_ref()).map_err(|violation| {
            reject(column_of(SealError::Form(violation.field)), Reason::Mask(violation))
        })?;
        // Sorting needs the routing code and the hub: they cannot be replaced by stars, so the order is rejected.
        let code = |column, text| {
            let shown = summary.show_code(text, &recipient, sender.as_ref());
            shown.map_err(|told| reject(column, Reason::Told(told)))
        };
        let texts = [(self.template.goods, order.goods()), (self.template.remark, order.remark())]
            .map(|(printed, text)| if printed { text } else { "" });
        let [goods, remark] = summary.show_both(texts, &recipient, sender.as_ref());
        let withheld = [goods, remark].iter().filter(|text| text.is_hidden()).count();
        let payment = order.payment();
        if payment.is_some() && !self.template.payment {
            return Err(reject(Column::Payment, Reason::PaymentHidden));
        }
        let (text, sealed) = desk.seal(order, self.template.contact)?;
        let notices = |missing: usize| {
            sealed.with(Notice::WithheldText, withheld > 0).with(Notice::MissingGlyphs, missing > 0)
        };
        let encode = |error| reject(Column::Waybill, Reason::Encode(Arc::new(error)));

        let (handle, delivery_code) = (text.handle(), desk.code(&text));
        let content = Content {
            waybill: &order.waybill.text(),
            routing: order.routing().map(|text| code(Column::Routing, text)).transpose()?,
            hub: order.hub().filter(|_| self.template.hub).map(|text| code(Column::Hub, text)).transpose()?,
            summary: &summary,
            payload: text.as_str(),
            handle: &handle.printed(),
            goods,
            remark,
            piece: order.piece,
            payment: payment.as_ref(),
            day: &desk.day,
        };
        let chars = text.as_bytes().len();
        let refuse = |error| reject(column_of_zone(error), Reason::Draw(error));
        if let ProductForm::Symbol(form, place) = form {
            let symbol = self.composer.symbol(content.payload).map_err(refuse)?;
            if verify.is_some_and(|verify| !verify.reads(&check::gray(&symbol.canvas()), content.payload)) {
                return Err(reject(Column::Waybill, Reason::Unread));
            }
            let alone = AloneSymbol { content: &content, symbol: &symbol, sender: self.template.sender };
            let beside = alone.append(form, place, out).map_err(encode)?;
            return Ok(Product {
                leaf: None,
                handle,
                code: delivery_code,
                chars,
                missing: 0,
                withheld,
                notices: notices(0),
                beside,
            });
        }
        let start = out.len();
        if let (Some(job), ProductForm::File(format, _)) = (self.job.as_mut(), form) {
            let label = self.composer.sketch(&content).map_err(refuse)?;
            if job.add(&label, out) {
                let same = |check: &Check<'_>, language| {
                    check.reads_commands(language, &out[start..], content.payload, content.waybill)
                };
                if verify.zip(format.language()).is_some_and(|(check, language)| !same(check, language)) {
                    return Err(reject(Column::Waybill, Reason::Unread));
                }
                let missing = label.missing;
                let notices = notices(missing);
                return Ok(Product {
                    leaf: None,
                    handle,
                    code: delivery_code,
                    chars,
                    missing,
                    withheld,
                    notices,
                    beside: 0,
                });
            }
        }
        let label = self.composer.compose(&content).map_err(refuse)?;
        let missing = label.missing;
        let mut leaf = None;
        match form {
            ProductForm::File(format, codes) => format.append(&label, codes, out).map_err(encode)?,
            ProductForm::Leaf => leaf = Some(Box::new(PdfLabel::new(&label))),
            // Returned above, without a label.
            ProductForm::Symbol(..) => {}
        }
        if let Some(verify) = verify {
            let (text, width) = (text.as_str(), label.canvas.width());
            let reads = match (form, &leaf) {
                (ProductForm::File(format, _), _) => verify.reads_label(format, &out[start..], width, text),
                (_, Some(page)) => verify.reads_page(page, width, text),
                _ => false,
            };
            if !reads {
                return Err(reject(Column::Waybill, Reason::Unread));
            }
        }
        Ok(Product {
            leaf,
            handle,
            code: delivery_code,
            chars,
            missing,
            withheld,
            notices: notices(missing),
            beside: 0,
        })
    }
}
