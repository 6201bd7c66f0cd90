//! Opens one label with the authority's keys, on the log.

use super::case::{Case, Officers};
use super::entry::EnquiryEntry;
use super::error::EnquiryError;
use super::log::EnquiryLog;
use crate::authority::custody::Authority;
use crate::authority::day_keys::{DayKeys as _, below};
use crate::authority::root::Root;
use crate::error::Refusal;
use crate::keys::{Day, Generation, KeyPath, Node, Tier};
use crate::payload::Payload;
use crate::verifier::{Buffer, Opened, Verifier, Want};
use base16ct::lower::encode_string;

/// Opens the label of a text into `buffer`, both sections, after the entry is on the log. A text that is no label leaves none; a label that does
/// not open does. `now` is in seconds since 1970.
///
/// # Errors
/// [`EnquiryError`]; the buffer holds nothing then.
pub fn open_one<'b>(
    authority: &Authority,
    text: &str,
    (now, case, officers): (u64, &Case, &Officers),
    log: &mut EnquiryLog,
    buffer: &'b mut Buffer,
) -> Result<Opened<'b>, EnquiryError> {
    buffer.wipe();
    let payload = Payload::parse(text.as_bytes())?;
    let today = Day::from_unix(now).ok_or(Refusal::DayNotInHand)?;
    let mut nodes = [Node::empty(), Node::empty()];
    let judged = reach(authority, &payload, today, &mut nodes).and_then(|()| {
        // A buffer of its own, so that nothing of the record is the caller's before the entry is written.
        let opened =
            Verifier::new(&nodes, today).open(text.as_bytes(), Want::Held, &mut Buffer::new()).map(|_| ());
        opened.map_err(EnquiryError::Label)
    });
    let (outcome, judged) = match judged {
        Ok(()) => ("opened", Ok(())),
        Err(EnquiryError::Label(refusal)) => (refusal.name(), Err(refusal)),
        // A token that fails is no attempt to open.
        Err(error) => return Err(error),
    };
    log.append(authority, |number| EnquiryEntry {
        number,
        time: now,
        officers: officers.names().to_vec(),
        handle: encode_string(payload.handle().bytes()),
        outcome: outcome.to_owned(),
        case: case.text().to_owned(),
    })?;
    judged?;
    Ok(Verifier::new(&nodes, today).open(text.as_bytes(), Want::Held, buffer)?)
}

/// The keys of the label's station and day, both tiers.
fn reach(
    authority: &Authority,
    payload: &Payload,
    today: Day,
    nodes: &mut [Node; 2],
) -> Result<(), EnquiryError> {
    let header = payload.header();
    // The newest of the roots that share the label's bit.
    let own = |root: &&Root| Generation::from(root.number()) == header.generation;
    let root = authority.roots().iter().find(own).ok_or(Refusal::OtherGeneration)?;
    let day = header.day(today).ok_or(Refusal::DayNotInHand)?;
    let mut day_key = Node::empty();
    for (tier, node) in [Tier::Delivery, Tier::Contact].into_iter().zip(nodes) {
        root.day_key(tier, day, &mut day_key)?;
        let site = KeyPath::day(header.generation, tier, day).region(header.region).site(header.site);
        below(&day_key, site, node)?;
    }
    Ok(())
}
