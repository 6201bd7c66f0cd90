//! The address of a person, without what else stands in its cell.

use super::aside::{BracketedDigits, Field, FieldKind, Holds, Parts, parts};
use super::call::{is_home, main};
use super::fault::RecipientFault;
use super::party::Party;
use super::phone::PhoneCell;
use super::place::{Beginning, Division, beginning};
use super::reading::Draft;
use crate::batch::columns::Column;
use crate::batch::notice::Notice;
use zeroize::Zeroizing;

/// Reads an address; returns the digits in brackets after it, which may be an extension.
pub(super) fn read(draft: &mut Draft<'_>, party: &Party) -> Option<BracketedDigits> {
    let cell = draft.written(party.detail);
    // Of an address that moved an identity number into the note, the rest is read.
    let changed = draft.reading.cell(party.detail).map(|cell| Zeroizing::new(cell.to_owned()));
    let cell = changed.as_ref().map_or(cell, |cell| cell.as_str());
    let traits = draft.traits(party.detail);
    if !traits.may_be_parted() && ends_plainly(cell) {
        return None;
    }
    let Parts { own, remarks, fields, labelled, extension } = parts(cell, Holds::Address);
    let address = without_repeats(draft, party, &cell[own]);
    if labelled {
        draft.tell(Notice::RepeatRemoved);
    }
    for remark in remarks {
        set_aside(draft, party, &cell[remark], Notice::RemarkMoved);
    }
    for field in &fields {
        set_field_aside(draft, party, cell, field);
    }
    if address.len() < cell.len() {
        let address = Zeroizing::new(address.to_owned());
        draft.set(party.detail, address);
    }
    extension
}

/// Takes off the columns' names that the address repeats.
///
/// # Errors
/// [`RecipientFault::TwoPlaces`].
pub(super) fn place(draft: &mut Draft<'_>, party: &Party) -> Result<(), (Column, RecipientFault)> {
    let address = draft.cell(party.detail);
    if !is_home(draft.cell(party.country)) || !address.starts_with(|c: char| !c.is_ascii()) {
        return Ok(());
    }
    let columns = party.division.map(|column| draft.cell(column));
    let (kept, rest) = if columns.iter().all(|column| column.is_empty()) {
        // The whole address in one cell.
        let Some(named) = Division::at_the_beginning_of(address) else { return Ok(()) };
        let names = [named.province, named.city, named.district];
        if names.iter().any(|name| name.is_empty()) {
            return Ok(());
        }
        match beginning(named.rest, [names[0], names[1], names[2], ""]) {
            // No column says which of the two is right.
            Beginning::Other => return Ok(()),
            beginning => (address.len() - named.rest.len(), beginning),
        }
    } else {
        (0, beginning(address, columns))
    };
    match rest {
        Beginning::Free => Ok(()),
        Beginning::Other => Err((party.detail, RecipientFault::TwoPlaces)),
        Beginning::Repeated(len) => {
            let text = Zeroizing::new(format!("{}{}", &address[..kept], &address[kept + len..]));
            draft.set(party.detail, text);
            draft.tell(Notice::DivisionRepeated);
            Ok(())
        }
    }
}

/// Puts a text into the note; of a sender it is left out.
pub(super) fn set_aside(draft: &mut Draft<'_>, party: &Party, text: &str, notice: Notice) {
    if party.is_recipient {
        draft.note(text, notice);
    } else {
        draft.tell(Notice::SenderReduced);
    }
}

/// Puts a labelled field into the note, unless a column holds the same.
pub(super) fn set_field_aside(draft: &mut Draft<'_>, party: &Party, cell: &str, field: &Field) {
    let value = &cell[field.value.clone()];
    let repeats = match field.kind {
        FieldKind::Name => value == draft.cell(party.name),
        FieldKind::Phone => {
            let read = PhoneCell::read(value, is_home(draft.cell(party.country)));
            read.rest.is_empty() && main(&read.number) == main(draft.cell(party.phone))
        }
        FieldKind::Postcode => party.is_recipient && value == draft.cell(Column::Postcode),
        FieldKind::Address => value == draft.cell(party.detail),
        FieldKind::Note => party.is_recipient && draft.cell(Column::Note).contains(value),
    };
    if value.is_empty() || repeats {
        draft.tell(Notice::RepeatRemoved);
    } else {
        set_aside(draft, party, &cell[field.whole.clone()], Notice::RemarkMoved);
    }
}

/// An address without the name and the phone that repeat the columns at its end.
fn without_repeats<'a>(draft: &mut Draft<'_>, party: &Party, address: &'a str) -> &'a str {
    let mut address = address;
    loop {
        let Some((before, last)) = address.rsplit_once(is_sign) else { return address };
        let before = before.trim_end_matches(is_sign);
        let digits = last.bytes().filter(u8::is_ascii_digit).count();
        let is_phone = digits >= 7 && digits == last.len() && main(last) == main(draft.cell(party.phone));
        if before.is_empty() || last.is_empty() || !is_phone && last != draft.cell(party.name) {
            return address;
        }
        draft.tell(Notice::RepeatRemoved);
        address = before;
    }
}

/// Whether an address ends as most do, with a number or its unit: no remark follows.
fn ends_plainly(address: &str) -> bool {
    let unit = |c| matches!(c, '号' | '號' | '室' | '栋' | '幢' | '楼' | '层' | '座' | '户' | '元' | '房');
    address.ends_with(|c: char| c.is_ascii_alphanumeric() || unit(c))
}

fn is_sign(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | '，' | ';' | '；' | '、' | '|')
}
