//! What a device takes, told by its first bytes.

use super::failure::DeviceFailure;
use crate::device::log::TakenKind;
use crate::signed::digits::DigitsKind;
use crate::signed::envelope;

/// What was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Received {
    /// What it is.
    pub kind: TakenKind,
    /// The serial of a grant or pass, the number of a list, the count of entries of a head.
    pub number: u64,
    /// Of a grant: keys that were not held before.
    pub added: usize,
    /// Of a grant: keys that were held before and are erased now.
    pub erased: usize,
}

/// What became of one thing that was brought: its name, and whether it was taken.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Receipt {
    /// The name that it came under.
    pub name: String,
    /// What was taken, or why not. A refusal changed nothing.
    pub taken: Result<Received, DeviceFailure>,
}

impl Received {
    pub(super) const fn of(kind: TakenKind, number: u64) -> Self {
        Self { kind, number, added: 0, erased: 0 }
    }
}

/// What bytes claim to be; each kind is verified when it is taken. `None` for what a device does not take.
pub(super) fn kind(bytes: &[u8]) -> Option<TakenKind> {
    let start = &bytes[..bytes.len().min(40)];
    // A CBOR array whose first element is a name.
    let is_named = |name: &[u8]| start.windows(name.len()).any(|window| window == name);
    if bytes.starts_with(b"wayseal.log/") {
        Some(TakenKind::Head)
    } else if bytes.starts_with(b"wayseal.operators\n") {
        Some(TakenKind::Operators)
    } else if is_named(b"wayseal revocations") {
        Some(TakenKind::List)
    } else if std::str::from_utf8(bytes)
        .is_ok_and(|text| DigitsKind::of(text.trim()) == Some(DigitsKind::Pass))
    {
        Some(TakenKind::Pass)
    } else if envelope::is_sealed(bytes) || is_named(b"wayseal grant") {
        Some(TakenKind::Grant)
    } else {
        None
    }
}
