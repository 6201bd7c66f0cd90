//! Reads the people of a row, or says why no label is made of them.

use super::fault::RecipientFault;
use super::party::{Party, RECIPIENT, SENDER};
use super::reading::{Draft, Reading};
use super::rules::ReadingRules;
use super::{address, call, ciphertext, identity, marks, name};
use crate::batch::columns::{Column, Mapping};
use crate::batch::input::Row;
use crate::batch::notice::Notice;
use crate::batch::traits::{CellTraits, IDENTITY_MIN, is_mobile};
use zeroize::Zeroizing;

/// Reads recipient and sender of a row whose cells Excel has not damaged; `traits` are those of its cells.
///
/// # Errors
/// The column to correct, and what is wrong with it.
pub(in crate::batch) fn read(
    mapping: &Mapping,
    row: &Row,
    traits: &CellTraits,
    rules: ReadingRules,
) -> Result<Reading, (Column, RecipientFault)> {
    let mut draft = Draft::new(mapping, row, traits);
    identities(&mut draft, rules)?;
    for party in [&RECIPIENT, &SENDER] {
        legible(&mut draft, party)?;
        if party.is_recipient {
            call::recipient(&mut draft, rules)?;
        } else {
            call::sender(&mut draft)?;
        }
        let extensions = [name::read(&mut draft, party), address::read(&mut draft, party)];
        call::extensions(&mut draft, party, extensions);
        address::place(&mut draft, party)?;
    }
    Ok(draft.reading)
}

/// Refuses cipher text, encodings and masked addresses.
fn legible(draft: &mut Draft<'_>, party: &Party) -> Result<(), (Column, RecipientFault)> {
    for column in [party.name, party.phone].into_iter().chain(party.places()) {
        let cell = draft.written(column);
        if cell.is_empty() || column == party.phone && is_mobile(cell) {
            continue;
        }
        let traits = draft.written_traits(column);
        if traits.may_be_encoded()
            && let Some(fault) = ciphertext::fault(cell)
        {
            return Err((column, fault));
        }
        if !traits.may_be_masked() {
            continue;
        }
        if column == party.name && marks::masks_name(cell) {
            draft.tell(Notice::MaskedName);
        } else if column != party.name && column != party.phone && marks::masks_address(cell) {
            return Err((column, RecipientFault::Masked));
        }
    }
    Ok(())
}

/// Refuses identity numbers, or moves them into the note, which is sealed and never printed.
fn identities(draft: &mut Draft<'_>, rules: ReadingRules) -> Result<(), (Column, RecipientFault)> {
    const PRINTED: [Column; 2] = [Column::Goods, Column::Remark];
    const SEALED: [Column; 12] = [
        Column::Name,
        Column::Phone,
        Column::District,
        Column::Street,
        Column::Detail,
        Column::Note,
        Column::VirtualPhone,
        Column::Extension,
        Column::SenderName,
        Column::SenderPhone,
        Column::SenderStreet,
        Column::SenderDetail,
    ];
    for column in PRINTED.into_iter().chain(SEALED) {
        // Most cells are shorter than any identity number, or empty.
        while draft.cell(column).len() >= IDENTITY_MIN && draft.traits(column).may_identify() {
            let sender = [Column::SenderName, Column::SenderPhone, Column::SenderDetail].contains(&column);
            let country = draft.cell(if sender { Column::SenderCountry } else { Column::Country });
            let is_phone = matches!(column, Column::Phone | Column::SenderPhone | Column::VirtualPhone);
            let text = draft.cell(column);
            if is_phone && is_mobile(text) {
                break;
            }
            let Some((kind, range)) = identity::find(identity::Cell { text, country, is_phone }) else {
                break;
            };
            let stays = !rules.allow_identity || sender || PRINTED.contains(&column);
            if stays {
                return Err((column, RecipientFault::Identity(kind)));
            }
            if column == Column::Note {
                draft.tell(Notice::IdentitySealed);
                break;
            }
            let number = Zeroizing::new(text[range.clone()].to_owned());
            let rest = Zeroizing::new(without(text, range));
            draft.set(column, rest);
            draft.note(&number, Notice::IdentitySealed);
        }
    }
    Ok(())
}

/// A text without a range, and without the label and brackets around it.
fn without(text: &str, range: std::ops::Range<usize>) -> String {
    const WORDS: [&str; 9] =
        ["身份证号码", "身份证号", "身份证", "证件号", "清关号", "CPF", "T.C. Kimlik No", "T.C.", "통관부호"];
    let sign = |c: char| c.is_whitespace() || "()（）[]【】:：-,，;；/".contains(c);
    let mut before = text[..range.start].trim_end_matches(sign);
    before = WORDS.iter().find_map(|word| before.strip_suffix(word)).unwrap_or(before).trim_end_matches(sign);
    let after = text[range.end..].trim_start_matches(sign);
    if before.is_empty() || after.is_empty() {
        format!("{before}{after}")
    } else {
        format!("{before} {after}")
    }
}
