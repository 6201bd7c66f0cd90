//! An order to a label: seal, choose the symbol, compose, encode.

use super::check::{self, Check};
use super::columns::Column;
use super::order::Order;
use super::product::{Product, ProductForm};
use super::reject::{Reason, Reject};
use crate::error::SealError;
use crate::keys::{Day, KeyLevel, Node, Region, Site, Tier};
use crate::label::pdf::PdfLabel;
use crate::label::{
    Codes, ComposeError, Composer, Content, Format, Page, PrintJob, Template, TemplateError, Zone,
};
use crate::payload::{Handle, PayloadText};
use crate::sealer::{DestinationKeys, Sealer};
use crate::signed::grant::Grant;
use crate::summary::Summary;
use std::collections::HashMap;
use std::fmt;
use thiserror::Error;

/// What a sealer holds for one day: itself and its lanes.
pub struct SealingKeys {
    sealer: Sealer,
    lanes: HashMap<(Region, Site), DestinationKeys>,
    /// The day, as it is printed.
    day: String,
}

impl SealingKeys {
    /// The desk of a sealer's grant on a day.
    ///
    /// # Errors
    /// [`DeskError`] if the grant has no keys for that day, or is no sealer's.
    pub fn new(grant: &Grant, day: Day) -> Result<Self, DeskError> {
        let today = |node: &&Node| node.path().level() == KeyLevel::Sealer && node.path().day_of() == day;
        let leaves = || grant.nodes.iter().filter(today);
        let of = |tier| leaves().filter(move |node| node.path().tier() == tier);
        let error = |source| DeskError { day, from: grant.from, until: grant.until, source };
        let Some(origin) = of(Tier::Origin).next() else {
            return Err(error(None));
        };
        let sealer = Sealer::new(origin).map_err(|cause| error(Some(cause)))?;
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
        Ok(Self { sealer, lanes, day })
    }

    /// The payload of an order; without `contact` phones and the sender are not sealed into it.
    ///
    /// # Errors
    /// [`Reject`].
    pub fn seal(&self, order: &Order, contact: bool) -> Result<PayloadText, Reject> {
        let place = (order.station.region, order.station.site);
        let reject = |column, reason| Reject::new(order.line, column, reason);
        let lane = self.lanes.get(&place).ok_or(reject(Column::Station, Reason::NoLane))?;
        self.sealer
            .seal(lane, &order.waybill, &order.delivery(), order.contact().filter(|_| contact).as_ref())
            .map_err(|error| reject(column_of(error), error.into()))
    }

    /// The day sealed on.
    #[must_use]
    pub const fn day(&self) -> Day {
        self.sealer.day()
    }
}

impl fmt::Debug for SealingKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Desk").field("day", &self.day()).finish_non_exhaustive()
    }
}

/// The column that an error of the sealer is about.
fn column_of(error: SealError) -> Column {
    use crate::error::Field;
    let (SealError::Empty(field) | SealError::Character(field) | SealError::Form(field)) = error else {
        return if error == SealError::Dummy { Column::Waybill } else { Column::Detail };
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
        // Of a field that is new in the core the message says which it is.
        _ => Column::Detail,
    }
}

/// The column to shorten.
const fn column_of_zone(error: ComposeError) -> Column {
    let ComposeError::TooLong(zone) = error else { return Column::Waybill };
    match zone {
        Zone::Routing => Column::Routing,
        Zone::Hub => Column::Hub,
        Zone::Recipient => Column::Detail,
        Zone::Sender => Column::SenderDetail,
        Zone::Goods => Column::Goods,
        Zone::Remark => Column::Remark,
    }
}

/// A grant that has no keys for the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error(
    "the grant seals from {from} to {until}, and today is {day}; check the clock, then ask the authority for a \
     sealer's grant of today"
)]
pub struct DeskError {
    day: Day,
    from: Day,
    until: Day,
    /// Why a key of that day is not used, if there is one.
    source: Option<SealError>,
}

/// Draws labels on one kind of page.
pub struct Press {
    composer: Composer,
    template: Template,
    /// For a printer that draws the codes itself.
    job: Option<PrintJob>,
}

/// A finished label.
#[non_exhaustive]
pub struct Printed {
    /// The picture, a PNG file.
    pub png: Vec<u8>,
    /// The label's handle.
    pub handle: Handle,
    /// Characters that no font had.
    pub missing: usize,
    /// Texts that are printed as `***`.
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

    /// Draws labels for a printer that draws the codes itself.
    pub fn set_job(&mut self, job: PrintJob) {
        self.job = Some(job);
    }

    /// Labels from here on rely on nothing that a printer was sent before.
    pub fn begin(&mut self) {
        if let Some(job) = &mut self.job {
            job.begin();
        }
    }

    /// Draws the label of an order as a PNG.
    ///
    /// # Errors
    /// [`Reject`].
    pub fn print(&mut self, order: &Order, desk: &SealingKeys) -> Result<Printed, Reject> {
        let mut png = Vec::new();
        let made = self.draw(order, desk, ProductForm::File(Format::Png, Codes::Dots), None, &mut png)?;
        Ok(Printed { png, handle: made.handle, missing: made.missing, withheld: made.withheld })
    }

    /// Appends the label of an order, or gives what a page needs of it; with a check, it is read back and opened.
    ///
    /// # Errors
    /// [`Reject`]; then `out` may hold a beginning.
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
        let show = |text| summary.show(text, &recipient, sender.as_ref());
        // What parcels are sorted by cannot be replaced.
        let code = |column, text| {
            let shown = summary.show_code(text, &recipient, sender.as_ref());
            shown.map_err(|told| reject(column, Reason::Told(told)))
        };
        let [goods, remark] = [(self.template.goods, order.goods()), (self.template.remark, order.remark())]
            .map(|(printed, text)| show(if printed { text } else { "" }));
        let withheld = [goods, remark].iter().filter(|text| text.is_hidden()).count();
        let text = desk.seal(order, self.template.contact)?;
        let encode = |error: &dyn fmt::Display| reject(Column::Waybill, Reason::Encode(error.to_string()));

        let handle = text.handle();
        let content = Content {
            waybill: &order.waybill.text(),
            routing: order.routing().map(|text| code(Column::Routing, text)).transpose()?,
            hub: order.hub().filter(|_| self.template.hub).map(|text| code(Column::Hub, text)).transpose()?,
            summary: &summary,
            payload: text.as_str(),
            handle: &handle.printed(),
            goods,
            remark,
            day: &desk.day,
        };
        let chars = text.as_bytes().len();
        let refuse = |error| reject(column_of_zone(error), Reason::Draw(error));
        // To be read back a label has to be drawn.
        if let Some(job) = self.job.as_mut().filter(|_| verify.is_none()) {
            let label = self.composer.sketch(&content).map_err(refuse)?;
            if job.add(&label, out) {
                return Ok(Product { leaf: None, handle, chars, missing: label.missing, withheld });
            }
        }
        let label = self.composer.compose(&content).map_err(refuse)?;
        let missing = label.missing;
        let (mut leaf, start) = (None, out.len());
        match form {
            ProductForm::File(format, codes) => {
                format.append(&label, codes, out).map_err(|error| encode(&error))?
            }
            ProductForm::Leaf => leaf = Some(Box::new(PdfLabel::new(&label))),
        }
        if let Some(verify) = verify {
            let text = text.as_str();
            let reads = match form {
                ProductForm::File(Format::Png, _) => verify.reads_file(&out[start..], text),
                _ => verify.reads(&check::gray(label.canvas), text),
            };
            if !reads {
                return Err(reject(Column::Waybill, Reason::Unread));
            }
        }
        Ok(Product { leaf, handle, chars, missing, withheld })
    }
}
