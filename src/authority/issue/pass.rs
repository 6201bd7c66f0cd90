//! Passes: the keys of named labels, made from their texts.

use super::limits::{Limits, keep_limits};
use super::terms::{GrantKeys, GrantTerms};
use crate::authority::day_keys::{DayKeys, Days, IssueError, below};
use crate::error::Refusal;
use crate::keys::{Day, Generation, KeyPath, Node, Tier};
use crate::payload::Payload;
use crate::signed::grant::{Grant, PASS_LABELS, PassLabel, Role};
use crate::verifier::{Buffer, Verifier, Want};

/// Makes a pass for labels of any day that the keys reach; the caller signs it. Each label is opened first, so that a
/// made-up text gets no key, and nothing of its record is kept. `days` are those of the pass.
///
/// # Errors
/// [`IssueError::Label`] with the number of the text, from 1, and why it does not open; [`IssueError::Labels`] for none
/// or more than a pass holds; a limit of the role.
pub fn pass(
    keys: &(impl DayKeys + ?Sized),
    terms: GrantTerms,
    texts: &[impl AsRef<str>],
    tiers: &[Tier],
    days: Days,
    limit: Limits,
) -> Result<Grant, IssueError> {
    let mut tiers = tiers.to_vec();
    tiers.sort_unstable();
    tiers.dedup();
    if limit == Limits::Kept {
        keep_limits(Role::Pass, &tiers, days, terms.issued)?;
    }
    if texts.is_empty() || texts.len() > PASS_LABELS {
        return Err(IssueError::Labels { given: texts.len(), most: PASS_LABELS });
    }
    let today = Day::from_unix(terms.issued).ok_or(IssueError::Clock)?;
    // Allocated once: a vector that grows leaves an unwiped copy of the keys.
    let mut labels = Vec::with_capacity(texts.len());
    for (at, text) in texts.iter().enumerate() {
        let wrong = |refusal| IssueError::Label { at: at + 1, refusal };
        let text = text.as_ref().as_bytes();
        let payload = Payload::parse(text).map_err(wrong)?;
        let header = payload.header();
        if header.generation != Generation::from(keys.generation()) {
            return Err(wrong(Refusal::OtherGeneration));
        }
        let day = header.day(today).ok_or(wrong(Refusal::DayNotInHand))?;
        let mut nodes = [Node::empty(), Node::empty()];
        let mut day_key = Node::empty();
        for (tier, node) in tiers.iter().zip(&mut nodes) {
            let site = KeyPath::day(header.generation, *tier, day).region(header.region).site(header.site);
            match keys.day_key(*tier, day, &mut day_key) {
                Ok(()) => below(&day_key, site, node)?,
                Err(IssueError::NoDay(_)) => keys.node(site, node)?,
                Err(error) => return Err(error),
            }
        }
        let verifier = Verifier::new(&nodes[..tiers.len()], today);
        // Whatever the tiers reach: a label without a contact has a delivery section alone.
        let mut buffer = Buffer::new();
        verifier.open(text, Want::Held, &mut buffer).map_err(wrong)?;
        labels.push(PassLabel::of(&payload));
        if let Some(label) = labels.last_mut() {
            verifier.load(&payload, Want::Held, label.keys_mut()).map_err(wrong)?;
        }
    }
    let generation = keys.generation();
    Ok(terms.grant(GrantKeys { role: Role::Pass, generation, tiers, days, nodes: Vec::new(), labels }))
}
