//! A QR code with everything that a layout of somebody else's prints around it, as a line of JSON.
//!
//! In: the [`Content`] that a label would have, and its symbol. Out: a line with text, version, level, modules, handle, and the
//! masked fields of the label, and no other field of the order.

use super::product::{SymbolForm, SymbolPlace};
use crate::label::symbol_alone::{QUIET, SymbolAlone};
use crate::label::{Amount, Content, FreightTerms, Payment};
use crate::summary::Masked;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::Serialize;
use std::io;

/// A symbol, and what its label would print.
pub(super) struct AloneSymbol<'a> {
    pub(super) content: &'a Content<'a>,
    pub(super) symbol: &'a SymbolAlone,
    /// Whether the sender is printed.
    pub(super) sender: bool,
}

impl AloneSymbol<'_> {
    /// Appends the picture and then the line, or the line with the picture in it. Returns the length of a line that goes
    /// beside the picture.
    pub(super) fn append(
        &self,
        form: SymbolForm,
        place: SymbolPlace,
        out: &mut Vec<u8>,
    ) -> io::Result<usize> {
        let mut picture = Vec::new();
        match form {
            SymbolForm::Modules => {}
            SymbolForm::Png => self.symbol.png(&mut picture)?,
            SymbolForm::Svg => picture.extend_from_slice(self.symbol.svg().as_bytes()),
            SymbolForm::Zpl => self.symbol.zpl(&mut picture),
        }
        if place == SymbolPlace::File {
            out.extend_from_slice(&picture);
            let start = out.len();
            self.line(None, out);
            return Ok(out.len() - start);
        }
        let text = |bytes| String::from_utf8(bytes).map_err(io::Error::other);
        let within = match form {
            SymbolForm::Modules => None,
            SymbolForm::Png => Some(WithinLine::Png(STANDARD.encode(&picture))),
            SymbolForm::Svg => Some(WithinLine::Svg(text(picture)?)),
            SymbolForm::Zpl => Some(WithinLine::Zpl(text(picture)?)),
        };
        self.line(within, out);
        Ok(0)
    }

    fn line(&self, picture: Option<WithinLine>, out: &mut Vec<u8>) {
        let Self { content, symbol, sender } = self;
        let amount =
            |of: fn(&Payment) -> Option<&Amount>| content.payment.and_then(of).map(Amount::to_string);
        let line = SymbolLine {
            waybill: content.waybill,
            handle: content.handle,
            day: content.day,
            text: content.payload,
            version: symbol.choice.version.number(),
            level: symbol.choice.level.to_string(),
            size: symbol.modules.size(),
            quiet: QUIET,
            dots: symbol.choice.dots,
            module_um: symbol.choice.module_um,
            rows: symbol.rows().collect(),
            fields: Fields {
                recipient: content.summary.recipient().into(),
                sender: content.summary.sender().filter(|_| *sender).map(Into::into),
                routing: content.routing.as_deref(),
                hub: content.hub.as_deref(),
                goods: &content.goods,
                remark: &content.remark,
                piece: content.piece.map(|piece| piece.to_string()),
                cod: amount(|payment| payment.collect.as_ref()),
                declared: amount(|payment| payment.declared.as_ref()),
                payment: content.payment.and_then(|payment| payment.terms).map(FreightTerms::name),
            },
            picture,
        };
        // Serialising these types cannot fail: no maps, no custom serialisers.
        out.extend(serde_json::to_vec(&line).unwrap_or_default());
        out.push(b'\n');
    }
}

/// The picture of a symbol within a line.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum WithinLine {
    /// PNG in Base64 (RFC 4648).
    Png(String),
    /// SVG.
    Svg(String),
    /// A ZPL graphic field.
    Zpl(String),
}

#[derive(Serialize)]
struct SymbolLine<'a> {
    waybill: &'a str,
    handle: &'a str,
    day: &'a str,
    text: &'a str,
    version: u8,
    level: String,
    /// Modules on a side, without the quiet zone.
    size: usize,
    /// Modules of quiet zone on each side.
    quiet: usize,
    /// Dots of the printer in a module.
    dots: u32,
    module_um: u32,
    rows: Vec<String>,
    fields: Fields<'a>,
    #[serde(flatten)]
    picture: Option<WithinLine>,
}

#[derive(Serialize)]
struct Fields<'a> {
    recipient: MaskedFields<'a>,
    sender: Option<MaskedFields<'a>>,
    routing: Option<&'a str>,
    hub: Option<&'a str>,
    goods: &'a str,
    remark: &'a str,
    /// Which of several parcels it is, such as 1/3.
    #[serde(skip_serializing_if = "Option::is_none")]
    piece: Option<String>,
    /// What the courier collects for the sender.
    #[serde(skip_serializing_if = "Option::is_none")]
    cod: Option<String>,
    /// The declared value.
    #[serde(skip_serializing_if = "Option::is_none")]
    declared: Option<String>,
    /// Who pays for the carriage.
    #[serde(skip_serializing_if = "Option::is_none")]
    payment: Option<&'static str>,
}

#[derive(Serialize)]
struct MaskedFields<'a> {
    name: &'a str,
    phone: &'a str,
    address: &'a str,
}

impl<'a> From<&'a Masked> for MaskedFields<'a> {
    fn from(masked: &'a Masked) -> Self {
        Self { name: &masked.name, phone: &masked.phone, address: &masked.address }
    }
}
