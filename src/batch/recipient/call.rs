//! The number that the courier calls: from the phone cell, from a virtual number's columns, with the extension that
//! stands elsewhere.

use super::aside::BracketedDigits;
use super::fault::RecipientFault;
use super::fold::folded;
use super::marks::masks_phone;
use super::party::Party;
use super::phone::{PhoneCell, joined};
use super::reading::Draft;
use super::rules::ReadingRules;
use super::validity::{DAYS_NEEDED, Validity};
use crate::batch::columns::Column;
use crate::batch::notice::Notice;
use crate::batch::traits::is_mobile;
use crate::keys::Day;
use crate::record::PhoneNumber;
use zeroize::Zeroizing;

/// Digits of a number that is dialled although its cell has a masked one beside it.
const WHOLE: usize = 10;

/// Reads the recipient's number.
pub(super) fn recipient(draft: &mut Draft<'_>, rules: ReadingRules) -> Result<(), (Column, RecipientFault)> {
    let apart = [Column::VirtualPhone, Column::Extension, Column::PhoneValidity];
    let is_home = is_home(draft.cell(Column::Country));
    let phone = draft.cell(Column::Phone);
    if is_mobile(phone) && is_home && apart.iter().all(|column| draft.written(*column).is_empty()) {
        return Ok(());
    }
    let own = Found::of(phone, is_home);
    let other = Found::of(draft.cell(Column::VirtualPhone), is_home);
    let (found, column, is_apart) = match (own, other) {
        (Found::Number(own), other) => {
            let is_other = other.number().is_some_and(|other| main(other) != main(&own.number));
            if is_other {
                draft.tell(Notice::VirtualPhoneUnused);
            }
            (own, Column::Phone, is_other)
        }
        (own, Found::Number(other)) => {
            draft.tell(Notice::VirtualPhone);
            if let Found::None(rest) = &own
                && !rest.is_empty()
            {
                draft.note(rest, Notice::PhoneRest);
            }
            (other, Column::VirtualPhone, false)
        }
        (Found::Masked, _) | (_, Found::Masked) => return Err((Column::Phone, RecipientFault::Masked)),
        (Found::Empty, Found::Empty) => return Ok(()),
        (own, _) if rules.allow_missing_phone => {
            draft.tell(Notice::PhoneDropped);
            if let Found::None(rest) = own
                && !rest.is_empty()
            {
                draft.note(&rest, Notice::PhoneRest);
            }
            draft.set(Column::Phone, Zeroizing::default());
            return Ok(());
        }
        _ => return Err((Column::Phone, RecipientFault::NotDialable)),
    };
    let mut number = found.number;
    let cell = draft.cell(column);
    if column == Column::Phone && masks_phone(cell) {
        draft.tell(Notice::VirtualPhone);
    } else if found.rest.is_empty() && number.as_str() != cell {
        draft.tell(Notice::PhoneRespelled);
    }
    if !found.rest.is_empty() {
        draft.note(&found.rest, Notice::PhoneRest);
    }
    // The columns of extension and validity belong to the virtual number, where there is one.
    if !is_apart {
        if let Some(whole) = with_extension(draft, &number) {
            number = whole;
        }
        validity(draft, rules.day)?;
    }
    if number.as_str() != draft.cell(Column::Phone) {
        draft.set(Column::Phone, number);
    }
    Ok(())
}

/// Reads the sender's number. What is none is not sealed, and said.
pub(super) fn sender(draft: &mut Draft<'_>) -> Result<(), (Column, RecipientFault)> {
    let phone = draft.cell(Column::SenderPhone);
    let is_home = is_home(draft.cell(Column::SenderCountry));
    if phone.is_empty() || is_home && is_mobile(phone) {
        return Ok(());
    }
    let number = match Found::of(phone, is_home) {
        Found::Masked => return Err((Column::SenderPhone, RecipientFault::Masked)),
        Found::Number(found) => {
            if !found.rest.is_empty() {
                draft.tell(Notice::SenderReduced);
            }
            found.number
        }
        Found::None(_) => {
            draft.tell(Notice::SenderReduced);
            Zeroizing::default()
        }
        Found::Empty => return Ok(()),
    };
    if number.as_str() != draft.cell(Column::SenderPhone) {
        draft.set(Column::SenderPhone, number);
    }
    Ok(())
}

/// Joins the extension that stands in brackets after name and address, and takes off what repeats the phone's own. What
/// is not known for an extension stays where it is.
pub(super) fn extensions(draft: &mut Draft<'_>, party: &Party, found: [Option<BracketedDigits>; 2]) {
    if found.iter().all(Option::is_none) {
        return;
    }
    let columns = [party.name, party.detail];
    let [in_name, in_address] = [0, 1].map(|at: usize| found[at].as_ref().map(|found| &found.digits));
    let number = draft.cell(party.phone);
    let own = PhoneNumber::of(number).extension;
    let is_named = found.iter().flatten().any(|digits| digits.named);
    let agreed = match (in_name, in_address) {
        (Some(one), Some(other)) => (one == other).then_some(one),
        (one, other) => one.or(other).filter(|_| is_named),
    };
    let joined = match own {
        Some(_) => None,
        None if number.is_empty() => None,
        None => agreed.and_then(|digits| joined(number, digits)),
    };
    let extension = joined.as_ref().map(|whole| whole.as_str()).or(Some(number));
    let extension = extension.and_then(|whole| PhoneNumber::of(whole).extension).map(str::to_owned);
    let extension = extension.map(Zeroizing::new);
    let disagrees =
        [in_name, in_address].into_iter().flatten().any(|digits| Some(digits) != extension.as_ref())
            && (is_named || in_name.is_some() && (own.is_some() || in_address.is_some()));
    let stays = [in_name, in_address].map(|digits| digits.is_some() && digits != extension.as_ref());
    if disagrees {
        draft.tell(Notice::ExtensionsDisagree);
    }
    if let Some(whole) = joined {
        draft.set(party.phone, whole);
        draft.tell(Notice::ExtensionJoined);
    } else if found.iter().zip(stays).any(|(found, stays)| found.is_some() && !stays) {
        draft.tell(Notice::RepeatRemoved);
    }
    for ((column, found), stays) in columns.into_iter().zip(found).zip(stays) {
        if let Some(found) = found.filter(|_| stays) {
            let whole = Zeroizing::new(format!("{}{}", draft.cell(column), found.bracket.as_str()));
            draft.set(column, whole);
        }
    }
}

/// Whether a printed text names the number's extension after a word for one. Of four digits and more the check of
/// printed texts knows them wherever they stand.
pub(in crate::batch) fn names_extension(text: &str, number: &str) -> bool {
    let Some(own) = PhoneNumber::of(number).extension else { return false };
    let text = folded(text);
    text.match_indices(['机', '转', '機', '轉', 't', 'T', '按', '拨']).any(|(at, word)| {
        let after = text[at + word.len()..].trim_start_matches(|c: char| !c.is_alphanumeric() || c == '号');
        after.strip_prefix(own).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
    })
}

/// The number with the extension of its own column, if that has one.
fn with_extension(draft: &mut Draft<'_>, number: &str) -> Option<Zeroizing<String>> {
    let cell = draft.written(Column::Extension);
    let digits: String = folded(cell).chars().filter(char::is_ascii_digit).collect();
    if matches!(digits.as_str(), "" | "0") {
        return None;
    }
    if PhoneNumber::of(number).extension == Some(digits.as_str()) {
        return None;
    }
    let joined = joined(number, cell);
    draft.tell(if joined.is_some() { Notice::ExtensionJoined } else { Notice::ExtensionsDisagree });
    joined
}

/// Refuses a number that has ended, and says which may end before the parcel is there.
fn validity(draft: &mut Draft<'_>, day: Option<Day>) -> Result<(), (Column, RecipientFault)> {
    let cell = draft.written(Column::PhoneValidity);
    let (false, Some(day)) = (cell.is_empty(), day) else { return Ok(()) };
    let validity = Validity::read(cell);
    if validity.ends_before(day) {
        return Err((Column::PhoneValidity, RecipientFault::Expired));
    }
    let needed = Day::new(day.number().saturating_add(DAYS_NEEDED));
    if validity.ends_before(needed) {
        draft.tell(Notice::PhoneExpires);
    } else if validity == Validity::Unknown {
        draft.tell(Notice::ValidityUnread);
    }
    Ok(())
}

/// What a cell of a phone holds.
enum Found {
    Empty,
    /// Digits are hidden, and no whole number stands beside them.
    Masked,
    /// No number that can be dialled, but perhaps words for the courier.
    None(Zeroizing<String>),
    Number(PhoneCell),
}

impl Found {
    fn of(cell: &str, is_home: bool) -> Self {
        if cell.is_empty() {
            return Self::Empty;
        }
        if masks_phone(cell) {
            let parts = cell.split(|c: char| c.is_whitespace() || ",，;；/、|()（）".contains(c));
            let whole = Zeroizing::new(parts.filter(|part| !masks_phone(part)).collect::<Vec<_>>().join(" "));
            let read = PhoneCell::read(&whole, is_home);
            let digits = read.number.bytes().filter(u8::is_ascii_digit).count();
            return if digits >= WHOLE { Self::Number(read) } else { Self::Masked };
        }
        let read = PhoneCell::read(cell, is_home);
        if read.is_dialable() { Self::Number(read) } else { Self::None(read.rest) }
    }

    fn number(&self) -> Option<&str> {
        if let Self::Number(read) = self { Some(&read.number) } else { None }
    }
}

/// Whether an order stays in mainland China.
pub(super) fn is_home(country: &str) -> bool {
    country.is_empty() || country.eq_ignore_ascii_case("CN")
}

/// The digits of a number without its extension.
pub(super) fn main(number: &str) -> impl PartialEq + use<> {
    let digits = PhoneNumber::of(number).main.bytes().filter(u8::is_ascii_digit);
    Zeroizing::new(digits.collect::<Vec<u8>>())
}
