//! Which of several parcels it is, and its payment: large, at the top of the notes.

use crate::label::area::Area;
use crate::label::content::Content;
use crate::label::error::{ComposeError, Zone};
use crate::label::font::Weight;
use crate::label::payment::FreightTerms;
use crate::label::pen::{Align, Pen, Style};
use crate::label::template::Template;

/// Draws the lines at the top of `area`, and returns what is left of it: all, if there is nothing to say.
pub(super) fn terms(
    pen: &mut Pen<'_>,
    area: Area,
    template: &Template,
    content: &Content<'_>,
) -> Result<Area, ComposeError> {
    let mut left = area;
    let piece = content.piece.filter(|_| template.pieces);
    let payment = content.payment.filter(|_| template.payment);
    if let Some(amount) = payment.and_then(|payment| payment.collect.as_ref()) {
        let text = format!("{}{amount}", template.cod_label);
        left = line(pen, left, &text, &[48, 44, 40, 36, 32, 28, 24], Zone::Payment)?;
    }
    let paid = payment.and_then(|payment| payment.terms).map(|terms| match terms {
        FreightTerms::Collect => template.collect.as_str(),
        FreightTerms::Prepaid => template.prepaid.as_str(),
        FreightTerms::Account => template.account.as_str(),
    });
    let piece = piece.map(|piece| format!("{}{piece}", template.piece_label));
    let zone = if piece.is_some() { Zone::Piece } else { Zone::Payment };
    let text = [piece.as_deref(), paid].into_iter().flatten().collect::<Vec<_>>().join("   ");
    if !text.is_empty() {
        left = line(pen, left, &text, &[40, 36, 32, 28, 24], zone)?;
    }
    if let Some(amount) = payment.and_then(|payment| payment.declared.as_ref()) {
        let text = format!("{}{amount}", template.declared_label);
        left = line(pen, left, &text, &[28, 26, 24, 22, 20], Zone::Payment)?;
    }
    Ok(left)
}

/// Draws a line in the largest size that fits, and returns the area below it.
fn line(pen: &mut Pen<'_>, area: Area, text: &str, sizes: &[i32], zone: Zone) -> Result<Area, ComposeError> {
    let px = pen.one_line(text, area.width, sizes, Weight::Bold).ok_or(ComposeError::TooLong(zone))?;
    let height = px * 6 / 5;
    if height > area.height {
        return Err(ComposeError::TooLong(zone));
    }
    pen.text((area.x, area.width), area.y + height / 2, text, Style::bold(px, Align::Left));
    Ok(Area { y: area.y + height, height: area.height - height, ..area })
}
