//! The key by which a scanner or a desk gives passes of labels that it opens itself.

use crate::authority::day_keys::IssueError;
use crate::device::state::last_use;
use crate::keys::{Day, KeyLevel, Region};
use crate::signed::certificate::{Ceilings, CertificateTerms, REGIONS_MAX};
use crate::signed::grant::{GIVEN_DAYS, Grant, Purpose, Role, RoleRules};
use crate::signed::issuer_key::IssuerKey;
use crate::signed::signer::Signs;

/// Puts a key into a scanner's or a desk's grant by which the device signs passes, within its tiers, purposes, regions and days; a
/// grant of another role is left as it is. A pass of its holds the keys of labels that the device opens, which it needs to make one:
/// the certificate lets another device of the authority take them.
///
/// # Errors
/// [`IssueError::Random`], [`IssueError::Clock`].
pub fn let_give(grant: &mut Grant, authority: &impl Signs) -> Result<(), IssueError> {
    if !RoleRules::of(grant.role).gives {
        return Ok(());
    }
    let today = Day::of_unix(grant.issued).ok_or(IssueError::Clock)?;
    let mut regions: Vec<Region> = grant
        .nodes
        .iter()
        .map(crate::keys::Node::path)
        .filter(|path| path.level() >= KeyLevel::Region)
        .map(|path| path.region_of())
        .collect();
    regions.sort_unstable();
    regions.dedup();
    if regions.len() > REGIONS_MAX {
        // Their keys bound a pass all the same.
        regions.clear();
    }
    let purposes = match grant.role {
        // A desk sees no record: what it gives is for couriers to deliver, or for another desk.
        Role::Desk => vec![Purpose::Deliver, Purpose::Return, Purpose::Relabel],
        _ => grant.purposes.clone(),
    };
    let ceilings = Ceilings {
        roles: vec![Role::Pass],
        tiers: grant.tiers.clone(),
        purposes,
        // A given label is charged to the giver, and a pass names its labels.
        budget: None,
        days: GIVEN_DAYS,
    };
    let terms = CertificateTerms {
        role: grant.role,
        name: grant.to.clone(),
        generation: grant.generation,
        issued: grant.issued,
        from: today,
        until: last_use(grant.role, grant.from, grant.until).max(today),
        regions,
        serials: 0..=0,
        ceilings,
    };
    grant.issuer_key = Some(IssuerKey::generate_giving(authority, terms).map_err(IssueError::Random)?);
    Ok(())
}
