//! The name of a person, without what else stands in its cell.

use super::aside::{BracketedDigits, Holds, Parts, parts};
use super::call::{is_home, main};
use super::party::Party;
use super::phone::PhoneCell;
use super::reading::Draft;
use super::{address, fold};
use crate::batch::notice::Notice;
use zeroize::Zeroizing;

/// Most bytes of a name in which nothing is looked for: four ideographs.
const SHORT: usize = 12;

/// Reads a name; returns the digits in brackets after it, which may be an extension.
pub(super) fn read(draft: &mut Draft<'_>, party: &Party) -> Option<BracketedDigits> {
    let cell = draft.cell(party.name);
    let traits = draft.traits(party.name);
    if !traits.may_be_parted() && !traits.may_hold_phone() && cell.len() <= SHORT && !cell.starts_with("团长")
    {
        return None;
    }
    let cell = Zeroizing::new(cell.to_owned());
    let Parts { own, remarks, fields, labelled, extension } = parts(&cell, Holds::Name);
    let mut name = &cell[own];
    if labelled {
        draft.tell(Notice::RepeatRemoved);
    }
    for remark in remarks {
        address::set_aside(draft, party, &cell[remark], Notice::RemarkMoved);
    }
    for field in &fields {
        address::set_field_aside(draft, party, &cell, field);
    }
    if traits.may_hold_phone()
        && let Some(begin) = name.find(|c: char| fold::ascii(c).is_ascii_digit())
    {
        let read = PhoneCell::read(&name[begin..], is_home(draft.cell(party.country)));
        let before = name[..begin].trim_end_matches(|c: char| !c.is_alphabetic());
        if read.is_dialable()
            && !before.is_empty()
            && read.number.bytes().filter(u8::is_ascii_digit).count() >= 7
        {
            if main(&read.number) == main(draft.cell(party.phone)) && read.rest.is_empty() {
                draft.tell(Notice::RepeatRemoved);
            } else {
                address::set_aside(draft, party, &name[begin..], Notice::PhoneRest);
            }
            name = before;
        }
    }
    if name.len() < cell.len() {
        let name = Zeroizing::new(name.to_owned());
        draft.set(party.name, name);
    }
    extension
}
