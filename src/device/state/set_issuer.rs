//! Who signed what a device holds.

use crate::keys::Day;
use crate::signed::certificate::Certificate;

/// The issuer under whose certificate a set's grant was signed, or the device that gave a pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SetIssuer {
    /// The first serial of its block.
    pub signer: u64,
    /// The name by which a revocation list names it.
    pub name: String,
    /// The last day of its certificate.
    pub until: Day,
    /// Of a device that an issuer certified: the issuer's name, and the last day of its certificate.
    pub by: Option<(String, Day)>,
}

impl SetIssuer {
    /// Of the certificate that a grant or a pass was signed under.
    pub fn of(certificate: &Certificate) -> Self {
        let terms = certificate.terms();
        let by = certificate.by().map(|by| (by.terms().name.clone(), by.terms().until));
        Self { signer: *terms.serials.start(), name: terms.name.clone(), until: terms.until, by }
    }
}
