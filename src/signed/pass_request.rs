//! A request for a pass: a device asks a colleague's for the keys of parcels that change hands.
//!
//! In: a device's certified key, and an age recipient made for this one answer. Out: a file, short enough for a QR code, by which the other device
//! knows that it seals to a device of the same authority and not to whoever holds up a code.
//!
//! ```text
//! file       CBOR [ "wayseal request", 1, body, signature, certificate ]
//! signature  Ed25519 by the certified key over "WS1 request" ‖ 00 ‖ body
//! body       CBOR map: 1 the age recipient, 2 time of asking, seconds since 1970
//! ```

use super::certificate::{CERTIFICATE_MAX, Certificate, SignsGrants};
use super::certified::{CertifiedError, CertifiedForm};
use super::envelope;
use super::fields::{FieldsReader, FieldsWriter};
use super::signer::VerifyingKey;
use thiserror::Error;

/// The longest request, in bytes.
pub const REQUEST_MAX: usize = CERTIFICATE_MAX + 512;

const FORM: CertifiedForm =
    CertifiedForm { magic: "wayseal request", version: 1, context: b"WS1 request\0", longest: REQUEST_MAX };

/// A device's request for a pass.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PassRequest {
    /// The age recipient that the pass is to be sealed to, used for one pass.
    pub recipient: String,
    /// When it was asked, in seconds since 1970-01-01 UTC by the asking device's clock.
    pub asked: u64,
    /// The certificate of the asking device, which names it.
    pub certificate: Certificate,
}

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RequestError {
    /// Not a request, or a damaged one.
    #[error("the text is no request for a pass, or it is damaged; have it shown again")]
    Form,
    /// Written by a newer program.
    #[error("the request was written by a newer program; update this one")]
    Newer,
    /// Not signed by a device of the authority that is pinned here.
    #[error("the request is not by a device of this authority; give it nothing, and report it")]
    Signature,
}

impl PassRequest {
    /// The signed file of a request; `None` for a key without a certificate.
    #[must_use]
    pub fn sign(recipient: &str, asked: u64, key: &impl SignsGrants) -> Option<Vec<u8>> {
        let certificate = key.certificate()?;
        let mut body = FieldsWriter::with_room(256, 2);
        body.next().text(recipient);
        body.next().uint(asked);
        let body = body.finish();
        Some(FORM.sign(&body, key, certificate))
    }

    /// Reads a request, and verifies certificate and signature before its body is parsed.
    ///
    /// # Errors
    /// [`RequestError`], also for the certificate of an issuer or a stop key: those ask for nothing.
    pub fn verify(bytes: &[u8], authority: &VerifyingKey) -> Result<Self, RequestError> {
        let (body, certificate) = FORM.verify(bytes, authority).map_err(|error| match error {
            CertifiedError::Form => RequestError::Form,
            CertifiedError::Newer => RequestError::Newer,
            CertifiedError::Signature => RequestError::Signature,
        })?;
        if !certificate.terms().gives() {
            return Err(RequestError::Signature);
        }
        let (recipient, asked) = fields(body).ok_or(RequestError::Form)?;
        Ok(Self { recipient, asked, certificate })
    }

    /// The name of the device that asks, as its grants have it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.certificate.terms().name
    }
}

fn fields(body: &[u8]) -> Option<(String, u64)> {
    let mut body = FieldsReader::new(body).filter(|body| body.left() == 2)?;
    let recipient = body.next()?.text()?.to_owned();
    let asked = body.next()?.uint()?;
    body.end()?;
    envelope::is_recipient(&recipient).then_some((recipient, asked))
}
