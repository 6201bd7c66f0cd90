//! Why no label is made of a recipient, or of a sender.

use thiserror::Error;

/// What a courier could not find or call, or what must not be on a waybill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RecipientFault {
    /// A part of the phone or the address is hidden: `138****5678`.
    #[error("masked by the platform: export it decrypted, or print it with the platform's component")]
    Masked,
    /// Cipher text of a shop platform.
    #[error("{0}")]
    Ciphertext(CiphertextSource),
    /// Percent-encoding or quoted-printable: `%E9%99%88`.
    #[error("URL-encoded, not text; decode the export")]
    PercentEncoded,
    /// Character references of HTML: `&#38472;`.
    #[error("has HTML entities in place of characters; decode the export")]
    HtmlEncoded,
    /// Escapes of JSON: a backslash and `u9648`.
    #[error("has escapes in place of characters; decode the export")]
    Escaped,
    /// A field of a template, or a program's word for no value: `{{name}}`.
    #[error("a field that the export did not fill in; export it again")]
    Template,
    /// No number can be dialled.
    #[error("no number that can be dialled; give the whole number, or the virtual number with its extension")]
    NotDialable,
    /// The virtual number ended before the day of sealing.
    #[error("the virtual number has expired; ask the platform for another, and export again")]
    Expired,
    /// An identity number.
    #[error("{0}")]
    Identity(IdentityKind),
    /// Columns and address name two places.
    #[error(
        "the address names another place than the columns of province, city and district; correct the one that is wrong"
    )]
    TwoPlaces,
}

/// Whose cipher text it is, as far as its form says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CiphertextSource {
    /// `~…~` and `$…$`.
    #[error(
        "cipher text of Pinduoduo, for which Wayseal has no key: decrypt it there (pdd.open.decrypt.batch), or print it \
         with the platform's component"
    )]
    Pinduoduo,
    /// `#…##` and `$…$$`.
    #[error(
        "cipher text of Douyin, for which Wayseal has no key: decrypt it there (order.batchDecrypt), or print it with \
         the platform's component"
    )]
    Douyin,
    /// Base64 or hexadecimal digits, as Taobao, JD and others give them.
    #[error(
        "cipher text of a shop platform, for which Wayseal has no key: decrypt it there (Taobao: taobao.top.oaid.decrypt; \
         JD: jingdong.jos.order.oaid.decrypt), or print it with the platform's component"
    )]
    Platform,
}

/// Whose identity number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum IdentityKind {
    /// China's resident identity number (GB 11643).
    #[error("holds an identity number, which must not be on a waybill; take it out")]
    China,
    /// Brazil's CPF.
    #[error("holds a CPF, which must not be on a waybill; take it out")]
    Brazil,
    /// Turkey's T.C. kimlik no.
    #[error("holds a T.C. identity number, which must not be on a waybill; take it out")]
    Turkey,
    /// Korea's customs code, `P` and twelve digits, or its resident number.
    #[error("holds a Korean customs code or resident number, which must not be on a waybill; take it out")]
    Korea,
}
