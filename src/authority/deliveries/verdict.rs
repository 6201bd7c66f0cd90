//! Whether the code of a sign-off is the one that the recipient was sent.

use super::relabellings::Relabellings;
use crate::authority::day_keys::{DayKeys, IssueError, below};
use crate::device::log::SpokenCode;
use crate::keys::{AliasKey, Day, DeliveryCode, Generation, KeyPath, Node, Tier};
use crate::payload::{HEADER_MAX, Handle, Header};
use crate::secret::scrubbed;

/// A sign-off: the label, its header, and the code that the courier typed.
#[derive(Clone, Debug)]
pub struct SignOffEntry {
    /// The label's handle.
    pub handle: Handle,
    /// The label's header.
    pub header: Header,
    /// The code; `None` if none was given.
    pub code: Option<SpokenCode>,
}

/// What is known of a delivery's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CodeVerdict {
    /// It is the first label's.
    Right,
    /// It is another.
    Wrong,
    /// None was given.
    NotGiven,
    /// The first label is not known: a relabelling is missing, or two contradict each other.
    Unknown,
}

impl CodeVerdict {
    /// All verdicts.
    pub const ALL: [Self; 4] = [Self::Right, Self::Wrong, Self::NotGiven, Self::Unknown];

    /// The stable name for machines.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Wrong => "wrong",
            Self::NotGiven => "not_given",
            Self::Unknown => "unknown",
        }
    }
}

/// Judges the code of a sign-off. `today` resolves the days of headers.
///
/// # Errors
/// [`IssueError`] if the keys do not reach the first label's day.
pub fn judge(
    keys: &impl DayKeys,
    relabellings: &Relabellings,
    entry: &SignOffEntry,
    today: Day,
) -> Result<CodeVerdict, IssueError> {
    let Some(code) = entry.code else { return Ok(CodeVerdict::NotGiven) };
    let Some(first) = relabellings.first(entry.handle, &entry.header) else {
        return Ok(CodeVerdict::Unknown);
    };
    let Some(day) = first.day(today).filter(|_| first.generation == Generation::from(keys.generation()))
    else {
        return Ok(CodeVerdict::Unknown);
    };
    scrubbed(|| {
        let (mut day_key, mut site) = (Node::empty(), Node::empty());
        keys.day_key(Tier::Delivery, day, &mut day_key)?;
        below(&day_key, day_key.path().region(first.region).site(first.site), &mut site)?;
        let Ok(aliases) = AliasKey::try_from(&site) else { return Ok(CodeVerdict::Unknown) };
        let sealer = aliases.sealer(first.alias);
        // The chain ends at a label that replaced another, and the entry that says which is missing.
        if relabellings.is_desk(sealer) {
            return Ok(CodeVerdict::Unknown);
        }
        keys.day_key(Tier::Origin, day, &mut day_key)?;
        let mut leaf = Node::empty();
        below(&day_key, KeyPath::origin(first.generation, day, sealer), &mut leaf)?;
        let mut bytes = [0; HEADER_MAX];
        let len = first.write(&mut bytes);
        Ok(match DeliveryCode::derive(&leaf, &bytes[..len]) {
            Ok(right) if code.is(&right) => CodeVerdict::Right,
            Ok(_) => CodeVerdict::Wrong,
            Err(_) => CodeVerdict::Unknown,
        })
    })
}
