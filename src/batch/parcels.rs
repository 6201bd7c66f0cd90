//! The parcels of an order, and their waybill numbers.
//!
//! In go the cells `waybill`, `pieces` and `children`, and numbers that the carrier assigned in advance; out comes one number
//! for each label. The first parcel has the order's own number, and each other one a child number of the carrier: from the
//! column `children`, by JD's own rule (`JD…-1-3-`), or from the numbers assigned in advance.

use super::columns::Column;
use super::number::{NumberError, number};
use crate::error::{Field, SealError};
use crate::label::Piece;
use crate::payload::Waybill;
use thiserror::Error;

/// The most parcels of one order.
pub const PIECES_MAX: u16 = 200;

/// The numbers of an order's parcels, at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcels {
    first: Waybill,
    others: Vec<Waybill>,
    /// The one parcel of a row whose number says which of several it is.
    alone: Option<Piece>,
}

impl Parcels {
    /// An order of one parcel.
    #[must_use]
    pub const fn one(number: Waybill) -> Self {
        Self { first: number, others: Vec::new(), alone: None }
    }

    /// An order that is checked before it has a number.
    pub(super) fn pending() -> Option<Self> {
        Waybill::parse("PENDING-1").ok().map(Self::one)
    }

    /// The number of labels.
    #[must_use]
    pub fn count(&self) -> usize {
        1 + self.others.len()
    }

    /// The numbers, in the order of the labels.
    pub fn numbers(&self) -> impl Iterator<Item = Waybill> {
        std::iter::once(self.first).chain(self.others.iter().copied())
    }

    /// The number and the place of a parcel, counted from 0; no place if the order has one parcel.
    #[must_use]
    pub fn at(&self, index: usize) -> (Waybill, Option<Piece>) {
        let number = index.checked_sub(1).and_then(|other| self.others.get(other)).unwrap_or(&self.first);
        let piece = match self.others.len() {
            0 => self.alone,
            others => Piece::new(index as u16 + 1, others as u16 + 1),
        };
        (*number, piece)
    }
}

/// Why an order has no parcels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ParcelsError {
    /// A number is malformed or missing.
    #[error(transparent)]
    Number(#[from] NumberError),
    /// Parcels and numbers do not fit each other.
    #[error(transparent)]
    Fault(#[from] ParcelsFault),
}

/// Why the number of parcels, or their numbers, cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ParcelsFault {
    /// `pieces` is not a number from 1 to [`PIECES_MAX`].
    #[error("not a number of parcels from 1 to {PIECES_MAX}")]
    Count,
    /// The order has more parcels than numbers, or more numbers than parcels.
    #[error(
        "{pieces} parcels and {numbers} numbers; each parcel needs its own number of the carrier: put the child numbers into \
         the column `children`, or let them be handed out from the numbers that the carrier assigned"
    )]
    Numbers {
        /// Parcels.
        pieces: u16,
        /// Numbers, the order's own included.
        numbers: u16,
    },
    /// The number itself says another count of parcels.
    #[error("the waybill number says {0} parcels, and `pieces` another number; correct one of them")]
    Contradiction(u16),
    /// Two parcels have one number.
    #[error("two parcels of the order have one number; correct `children`")]
    Repeated,
}

/// What an order says of its parcels.
pub struct ParcelCells {
    own: Option<Waybill>,
    children: Vec<Waybill>,
    pieces: Option<u16>,
}

impl ParcelCells {
    /// Reads the cells of an order.
    ///
    /// # Errors
    /// The column to correct, and the reason.
    pub fn read<'a>(cell: impl Fn(Column) -> &'a str) -> Result<Self, (Column, ParcelsError)> {
        let own = cell(Column::Waybill);
        let own = if own.trim().is_empty() {
            None
        } else {
            Some(number(own).map_err(|error| (Column::Waybill, error.into()))?)
        };
        let pieces = pieces(cell(Column::Pieces)).map_err(|fault| (Column::Pieces, fault.into()))?;
        let list = cell(Column::Children);
        let mut children = Vec::new();
        for text in list.split(SEPARATORS).filter(|text| !text.trim().is_empty()) {
            let child = number(text).map_err(|error| (Column::Children, error.into()))?;
            // Some lists begin with the order's own number.
            if Some(child) != own {
                children.push(child);
            }
        }
        Ok(Self { own, children, pieces })
    }

    /// How many numbers the order lacks.
    ///
    /// # Errors
    /// As [`with`](Self::with), for what no further number can mend.
    pub fn lacking(&self) -> Result<usize, (Column, ParcelsError)> {
        let pieces = usize::from(self.count());
        if self.rule(self.count())?.is_some() {
            return Ok(0);
        }
        let numbers = usize::from(self.own.is_some()) + self.children.len();
        pieces.checked_sub(numbers).ok_or_else(|| self.numbers_fault())
    }

    /// The parcels, with as many more numbers as are [lacking](Self::lacking).
    ///
    /// # Errors
    /// The column to correct, and the reason: numbers that are lacking, surplus, repeated or contradictory.
    pub fn with(self, more: &[Waybill]) -> Result<Parcels, (Column, ParcelsError)> {
        if let Some(parcels) = self.rule(self.count())? {
            return Ok(parcels);
        }
        if self.lacking()? > more.len() {
            return Err(match self.own {
                None if self.children.is_empty() => (Column::Waybill, none()),
                _ => self.numbers_fault(),
            });
        }
        let lacking = self.lacking()?;
        let more = more.iter().copied().take(lacking);
        let mut numbers = self.own.into_iter().chain(self.children).chain(more);
        let first = numbers.next().ok_or((Column::Waybill, none()))?;
        let others: Vec<Waybill> = numbers.collect();
        let repeated = |(at, number): (usize, &Waybill)| *number == first || others[..at].contains(number);
        if others.iter().enumerate().any(repeated) {
            return Err((Column::Children, ParcelsFault::Repeated.into()));
        }
        Ok(Parcels { first, others, alone: None })
    }

    /// The number of parcels: what `pieces` says, else one for each number.
    fn count(&self) -> u16 {
        let numbers = usize::from(self.own.is_some()) + self.children.len();
        self.pieces.unwrap_or_else(|| u16::try_from(numbers).unwrap_or(u16::MAX).max(1))
    }

    fn numbers_fault(&self) -> (Column, ParcelsError) {
        let numbers = (usize::from(self.own.is_some()) + self.children.len()).try_into().unwrap_or(u16::MAX);
        (Column::Children, ParcelsFault::Numbers { pieces: self.count(), numbers }.into())
    }

    /// The parcels by JD's rule: the number, then `-`, the place, `-`, the count, `-`.
    fn rule(&self, pieces: u16) -> Result<Option<Parcels>, (Column, ParcelsError)> {
        let Some(own) = self.own.filter(|_| self.children.is_empty() && self.pieces.is_some()) else {
            return Ok(None);
        };
        let text = own.text();
        if let Some(piece) = piece_of(&text) {
            if piece.of() != pieces && pieces != 1 {
                return Err((Column::Pieces, ParcelsFault::Contradiction(piece.of()).into()));
            }
            // The row is one of the parcels.
            let alone = (pieces > 1).then_some(piece);
            return Ok(Some(Parcels { first: own, others: Vec::new(), alone }));
        }
        let digits = text.strip_prefix("JD").unwrap_or_default();
        // With ten parcels or more the number is too long for a label.
        if !(2..=9).contains(&pieces)
            || digits.len() != 13
            || !digits.bytes().all(|byte| byte.is_ascii_digit())
        {
            return Ok(None);
        }
        let numbers: Option<Vec<Waybill>> =
            (1..=pieces).map(|at| Waybill::parse(&format!("{}-{at}-{pieces}-", &*text)).ok()).collect();
        let parcels = numbers.and_then(|mut numbers| {
            let first = (!numbers.is_empty()).then(|| numbers.remove(0))?;
            Some(Parcels { first, others: numbers, alone: None })
        });
        Ok(parcels)
    }
}

const fn none() -> ParcelsError {
    ParcelsError::Number(NumberError::Seal(SealError::Empty(Field::Waybill)))
}

/// What may stand between child numbers.
const SEPARATORS: [char; 11] = [',', ';', '，', '；', '、', '|', '/', '\n', '\r', '\t', ' '];

fn pieces(cell: &str) -> Result<Option<u16>, ParcelsFault> {
    let text: String = cell
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '０'..='９' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            c => c,
        })
        .collect();
    let text = text.strip_suffix(['件', '个', '箱', '包']).unwrap_or(&text);
    let text = text.strip_suffix(".0").unwrap_or(text);
    if text.is_empty() {
        return Ok(None);
    }
    match text.parse() {
        Ok(pieces @ 1..=PIECES_MAX) => Ok(Some(pieces)),
        _ => Err(ParcelsFault::Count),
    }
}

/// The place that JD's form of a number says, `-1-3-`.
fn piece_of(number: &str) -> Option<Piece> {
    let (rest, of) = number.strip_suffix('-')?.rsplit_once('-')?;
    let (_, at) = rest.rsplit_once('-')?;
    Piece::new(at.parse().ok()?, of.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(own: &str, pieces: &str, children: &str) -> Result<ParcelCells, (Column, ParcelsError)> {
        let (own, pieces, children) = (own.to_owned(), pieces.to_owned(), children.to_owned());
        ParcelCells::read(move |column| match column {
            Column::Waybill => own.clone().leak(),
            Column::Pieces => pieces.clone().leak(),
            Column::Children => children.clone().leak(),
            _ => "",
        })
    }

    fn printed(
        own: &str,
        pieces: &str,
        children: &str,
        more: &[&str],
    ) -> Result<Vec<String>, (Column, ParcelsError)> {
        let more: Vec<Waybill> = more.iter().map(|number| Waybill::parse(number).unwrap()).collect();
        let parcels = cells(own, pieces, children)?.with(&more)?;
        let label = |(number, piece): (Waybill, Option<Piece>)| match piece {
            Some(piece) => format!("{number} {piece}"),
            None => number.to_string(),
        };
        Ok((0..parcels.count()).map(|at| label(parcels.at(at))).collect())
    }

    #[test]
    fn each_parcel_has_its_own_number_of_the_carrier() {
        let of = |own, pieces, children, more: &[&str]| printed(own, pieces, children, more).unwrap();
        assert_eq!(of("SF1390004216500", "", "", &[]), ["SF1390004216500"]);
        assert_eq!(of("SF1390004216500", "1", "", &[]), ["SF1390004216500"]);
        let three = ["SF1390004216500 1/3", "SF1390004216511 2/3", "SF1390004216512 3/3"];
        assert_eq!(of("SF1390004216500", "3件", "SF1390004216511, sf1390004216512", &[]), three);
        assert_eq!(
            of("SF1390004216500", "３", "SF1390004216500、SF1390004216511、SF1390004216512", &[]),
            three
        );
        assert_eq!(of("SF1390004216500", "", "SF1390004216511;SF1390004216512", &[]), three);
        assert_eq!(of("SF1390004216500", "3", "", &["SF1390004216511", "SF1390004216512"]), three);
        assert_eq!(of("", "3", "", &["SF1390004216500", "SF1390004216511", "SF1390004216512"]), three);
        let jd = ["JD0012345678901-1-2- 1/2", "JD0012345678901-2-2- 2/2"];
        assert_eq!(of("JD0012345678901", "2", "", &[]), jd);
        assert_eq!(of("JD0012345678901-2-2-", "2", "", &[]), jd[1..]);
        // Without `pieces` nothing is said of them, as on labels before.
        assert_eq!(of("JD0012345678901-2-2-", "", "", &[]), ["JD0012345678901-2-2-"]);
        assert_eq!(of("JD0012345678901-1-1-", "1", "", &[]), ["JD0012345678901-1-1-"]);
    }

    #[test]
    fn parcels_without_a_number_are_refused_with_the_remedy() {
        let fault = |own, pieces, children| match printed(own, pieces, children, &[]) {
            Err((column, ParcelsError::Fault(fault))) => (column, fault),
            other => panic!("{other:?}"),
        };
        let numbers = |pieces, numbers| (Column::Children, ParcelsFault::Numbers { pieces, numbers });
        assert_eq!(fault("SF1390004216500", "3", ""), numbers(3, 1));
        assert_eq!(fault("SF1390004216500", "3", "SF1390004216511"), numbers(3, 2));
        assert_eq!(fault("SF1390004216500", "1", "SF1390004216511"), numbers(1, 2));
        assert_eq!(fault("JD0012345678901", "12", ""), numbers(12, 1));
        for pieces in ["0", "-1", "201", "two", "1.5"] {
            assert_eq!(fault("SF1390004216500", pieces, ""), (Column::Pieces, ParcelsFault::Count));
        }
        let repeated = "SF1390004216511,SF1390004216511";
        assert_eq!(fault("SF1390004216500", "3", repeated), (Column::Children, ParcelsFault::Repeated));
        assert_eq!(fault("JD0012345678901-1-3-", "2", ""), (Column::Pieces, ParcelsFault::Contradiction(3)));
        assert!(matches!(printed("", "", "", &[]), Err((Column::Waybill, ParcelsError::Number(_)))));
    }

    #[test]
    fn what_is_lacking_is_counted_before_numbers_are_handed_out() {
        let lacking = |own, pieces, children| cells(own, pieces, children).unwrap().lacking().unwrap();
        assert_eq!(lacking("", "", ""), 1);
        assert_eq!(lacking("", "3", ""), 3);
        assert_eq!(lacking("SF1390004216500", "3", ""), 2);
        assert_eq!(lacking("SF1390004216500", "3", "SF1390004216511"), 1);
        assert_eq!(lacking("JD0012345678901", "3", ""), 0);
    }
}
