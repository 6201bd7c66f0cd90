//! Whether a grant keeps within the certificate that it is signed under.

use super::content::Grant;
use super::rules::RoleRules;
use crate::keys::{KeyLevel, Region};
use crate::signed::certificate::CertificateTerms;

/// Whether the holder of a certificate may sign this grant.
pub(super) fn keeps_within(grant: &Grant, certificate: &CertificateTerms) -> bool {
    let ceilings = &certificate.ceilings;
    let days = grant.until.number().saturating_sub(grant.from.number()).saturating_add(1);
    let budget = ceilings.budget.is_none_or(|most| grant.budget.is_some_and(|budget| budget <= most));
    let regions = &certificate.regions;
    let in_regions = || {
        let there = |region: Region| regions.binary_search(&region).is_ok();
        grant.labels.iter().all(|label| label.region().is_some_and(there))
            && grant.nodes.iter().all(|node| {
                // A day's key, and an origin leaf, are of no region.
                node.path().level() != KeyLevel::Day && there(node.path().region_of())
            })
    };
    !RoleRules::of(grant.role).signs
        && ceilings.roles.contains(&grant.role)
        && grant.generation == certificate.generation
        && certificate.serials.contains(&grant.serial)
        && certificate.from <= grant.from
        && grant.until <= certificate.until
        && days <= ceilings.days
        && certificate.signs_at(grant.issued)
        && grant.tiers.iter().all(|tier| ceilings.tiers.contains(tier))
        && grant.purposes.iter().all(|purpose| ceilings.purposes.contains(purpose))
        && budget
        && (regions.is_empty() || in_regions())
}
