//! What an entry says beside its label and outcome, by the entry's form.

use super::label_header::LabelHeader;
use super::outcome::EntryOutcome;
use super::spoken_code::SpokenCode;
use super::taken::TakenKind;

/// Bytes of an entry that depend on its form.
pub(super) const DETAIL: usize = 16 + LabelHeader::ROOM;

/// What stands in place of a delivery code that was not given; seven digits are a smaller number.
const NO_CODE: u32 = 0xff_ffff;

/// What an entry says beside its label and outcome; it decides the entry's form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryDetail {
    /// Nothing more.
    Plain,
    /// Of a sign-off: what its delivery code is judged by.
    SignOff {
        /// The label's header.
        header: LabelHeader,
        /// The code that the courier was told; `None` if none was given.
        code: Option<SpokenCode>,
    },
    /// Of a label that another takes the place of. The entry's handle and station are the old label's.
    Replaced {
        /// The handle of the new label.
        new: [u8; 16],
        /// The header of the old label.
        old: LabelHeader,
    },
    /// Of something signed that the device took, or of a pass that it gave.
    Taken {
        /// What it is.
        kind: TakenKind,
        /// The serial of a grant or pass, the number of a list, the count of entries of a head, or of the log before.
        number: u64,
        /// The SHA-256 of its signed bytes, out of any envelope; of the log before the MAC of its last entry.
        digest: [u8; 32],
    },
    /// Of a lock, which seals the keys of stations to the depot.
    Locked {
        /// Labels that may be shown until the next hand-in; `None` for no limit.
        budget: Option<u32>,
        /// The digest of what the locked device goes by: [`RoadState::pins`](crate::device::state::RoadState::pins).
        digest: [u8; 32],
    },
}

impl EntryDetail {
    /// The entry's form.
    pub(super) const fn form(&self) -> u8 {
        match self {
            Self::Plain => 1,
            Self::SignOff { .. } => 2,
            Self::Replaced { .. } => 3,
            Self::Taken { .. } => 4,
            Self::Locked { .. } => 5,
        }
    }

    /// Whether a device says this with an outcome: an outcome has one form.
    pub(super) const fn goes_with(&self, mark: EntryOutcome) -> bool {
        match mark {
            EntryOutcome::Delivered | EntryOutcome::HandedOver | EntryOutcome::Left => {
                matches!(self, Self::SignOff { .. })
            }
            EntryOutcome::Relabelled | EntryOutcome::Returned => matches!(self, Self::Replaced { .. }),
            EntryOutcome::Unanswered => matches!(self, Self::Taken { kind: TakenKind::LogBefore, .. }),
            EntryOutcome::PassGiven => matches!(self, Self::Taken { kind: TakenKind::Pass, .. }),
            EntryOutcome::Taken => {
                matches!(self, Self::Taken { kind, .. } if !matches!(kind, TakenKind::LogBefore))
            }
            EntryOutcome::Locked => matches!(self, Self::Locked { .. }),
            _ => matches!(self, Self::Plain),
        }
    }

    /// The encoded detail, filled up with zeros.
    pub(super) fn write(&self) -> [u8; DETAIL] {
        let mut out = [0; DETAIL];
        match self {
            Self::Plain => {}
            Self::SignOff { header, code } => {
                out[..LabelHeader::ROOM].copy_from_slice(&header.write());
                let number = code.map_or(NO_CODE, SpokenCode::number);
                out[LabelHeader::ROOM..][..3].copy_from_slice(&number.to_be_bytes()[1..]);
            }
            Self::Replaced { new, old } => {
                out[..16].copy_from_slice(new);
                out[16..].copy_from_slice(&old.write());
            }
            Self::Taken { kind, number, digest } => {
                out[0] = *kind as u8;
                out[1..9].copy_from_slice(&number.to_be_bytes());
                out[9..41].copy_from_slice(digest);
            }
            Self::Locked { budget, digest } => {
                out[..4].copy_from_slice(&budget.unwrap_or(0).to_be_bytes());
                out[4..36].copy_from_slice(digest);
            }
        }
        out
    }

    /// Decodes the detail of a form; `None` for bytes that no device writes.
    pub(super) fn read(form: u8, bytes: &[u8; DETAIL]) -> Option<Self> {
        let detail = match form {
            1 => Self::Plain,
            2 => {
                let (header, rest) = bytes.split_first_chunk()?;
                let code = match u32::from_be_bytes([0, rest[0], rest[1], rest[2]]) {
                    NO_CODE => None,
                    number => Some(SpokenCode::read(number)?),
                };
                Self::SignOff { header: LabelHeader::read(header)?, code }
            }
            3 => {
                let (new, old) = bytes.split_first_chunk()?;
                Self::Replaced { new: *new, old: LabelHeader::read(old.first_chunk()?)? }
            }
            4 => Self::Taken {
                kind: TakenKind::try_from(bytes[0]).ok()?,
                number: u64::from_be_bytes(*bytes[1..].first_chunk()?),
                digest: *bytes[9..].first_chunk()?,
            },
            5 => {
                let (budget, digest) = bytes.split_first_chunk()?;
                let budget = Some(u32::from_be_bytes(*budget)).filter(|budget| *budget > 0);
                Self::Locked { budget, digest: *digest.first_chunk()? }
            }
            _ => return None,
        };
        // What stands in no field is zero.
        (detail.write() == *bytes).then_some(detail)
    }
}
