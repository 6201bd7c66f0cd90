//! The key by which a scanner or a desk gives passes of labels that it opens itself.

use crate::authority::day_keys::IssueError;
use crate::device::state::last_use;
use crate::keys::{Day, KeyLevel, Region};
use crate::signed::certificate::{Ceilings, Certificate, CertificateTerms, REGIONS_MAX, SignsGrants};
use crate::signed::grant::{GIVEN_DAYS, Grant, Purpose, Role, RoleRules};
use crate::signed::issuer_key::IssuerKey;

/// Puts a key into a scanner's or a desk's grant by which the device signs passes, within its tiers, purposes, regions and days, and
/// within those of the issuer who signs, if it is not the authority; a grant of another role is left as it is, and so is one of an issuer
/// who may certify no such device. A pass of its holds the keys of labels that the device opens, which it needs to make one: the
/// certificate lets another device of the authority take them.
///
/// # Errors
/// [`IssueError::Random`], [`IssueError::Clock`].
pub fn let_give(grant: &mut Grant, signer: &impl SignsGrants) -> Result<(), IssueError> {
    if !RoleRules::of(grant.role).gives {
        return Ok(());
    }
    let today = Day::from_unix(grant.issued).ok_or(IssueError::Clock)?;
    let issuer = signer.certificate().map(Certificate::terms);
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
        regions = issuer.map_or_else(Vec::new, |issuer| issuer.regions.clone());
    }
    let mut purposes = match grant.role {
        // A desk sees no record: what it gives is for couriers to deliver, or for another desk.
        Role::Desk => vec![Purpose::Deliver, Purpose::Return, Purpose::Relabel],
        _ => grant.purposes.clone(),
    };
    let (mut until, mut days) = (last_use(grant.role, grant.from, grant.until).max(today), GIVEN_DAYS);
    if let Some(issuer) = issuer {
        purposes.retain(|purpose| issuer.ceilings.purposes.contains(purpose));
        (until, days) = (until.min(issuer.until), days.min(issuer.ceilings.days));
    }
    let ceilings = Ceilings {
        roles: vec![Role::Pass],
        tiers: grant.tiers.clone(),
        purposes,
        // A given label is charged to the giver, and a pass names its labels.
        budget: None,
        days,
    };
    let terms = CertificateTerms {
        role: grant.role,
        name: grant.to.clone(),
        generation: grant.generation,
        issued: grant.issued,
        from: today,
        until,
        regions,
        serials: 0..=0,
        ceilings,
    };
    if terms.ceilings.purposes.is_empty() || issuer.is_some_and(|issuer| !issuer.certifies(&terms)) {
        return Ok(());
    }
    grant.issuer_key = Some(IssuerKey::generate_giving(signer, terms).map_err(IssueError::Random)?);
    Ok(())
}
