//! Every parser of a file that somebody else may have written, each as a function of bytes that may not panic.
//!
//! Where a signature or check sum would stop nearly every input, the bytes become what is signed, under a key that the parser
//! pins, so that the code after the check is reached too. The fuzz targets and `tests/hostile.rs` call the same functions.

use std::io::Cursor;
use std::path::Path;
use wayseal::authority::auditor::Auditor;
use wayseal::authority::shares;
use wayseal::batch::input::{self, InputOptions, RowSource, Survey};
use wayseal::batch::manifest::Manifest;
use wayseal::batch::points::Points;
use wayseal::batch::printer::job::PrintFile;
use wayseal::batch::stations::Stations;
use wayseal::batch::waybills::NumberRanges;
use wayseal::device::log::enrolment::Enrolment;
use wayseal::device::log::head::{Answer, SignedHead};
use wayseal::device::log::verify as log_verify;
use wayseal::device::state::DeviceState;
use wayseal::label::logo::Logo;
use wayseal::label::{Dpi, Page, Template};
use wayseal::read::frames::Frames;
use wayseal::read::{image, wedge};
use wayseal::secret::Key;
use wayseal::signed::envelope::{self, EnvelopeError, Identity};
use wayseal::signed::grant::Grant;
use wayseal::signed::revocation::{Additions, RevocationList};
use wayseal::signed::signer::{SigningKey, Signs as _};
use wayseal::signed::stations::verify_stations;

/// A parser's name, and the parser.
pub type Parser = (&'static str, fn(&[u8]));

/// All of them.
pub const PARSERS: [Parser; 24] = [
    ("grant", grant),
    ("list", list),
    ("additions", additions),
    ("certificate", certificate),
    ("stations_signature", stations_signature),
    ("envelope", envelope),
    ("identity", identity),
    ("enrolment", enrolment),
    ("answer", answer),
    ("head", head),
    ("log", log),
    ("state", state),
    ("share", share),
    ("manifest", manifest),
    ("stations", stations),
    ("points", points),
    ("ranges", ranges),
    ("orders", orders),
    ("workbook", workbook),
    ("template", template),
    ("font", font),
    ("logo", logo),
    ("frames", frames),
    ("lines", lines),
];

/// The authority whose key is pinned.
fn authority() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

/// The head of a CBOR item (RFC 8949, 3).
fn head_of(major: u8, value: usize, out: &mut Vec<u8>) {
    match value {
        0..24 => out.push(major << 5 | value as u8),
        24..256 => out.extend([major << 5 | 24, value as u8]),
        _ => {
            out.push(major << 5 | 26);
            out.extend((value as u32).to_be_bytes());
        }
    }
}

/// A file of the authority: an array of a magic text, version 1, byte strings, and the signature of a context and a body.
fn signed(magic: &str, parts: &[&[u8]], context: &[u8], body: &[u8]) -> Vec<u8> {
    let mut file = Vec::new();
    head_of(4, parts.len() + 3, &mut file);
    head_of(3, magic.len(), &mut file);
    file.extend_from_slice(magic.as_bytes());
    file.push(1);
    let signature = authority().sign(&[context, body].concat()).to_bytes();
    for part in parts.iter().copied().chain([&signature[..]]) {
        head_of(2, part.len(), &mut file);
        file.extend_from_slice(part);
    }
    file
}

/// A grant as a file, and as the signed body of one without nodes or with one.
pub fn grant(bytes: &[u8]) {
    let pinned = authority().verifying_key();
    let _ = Grant::verify(bytes, &pinned);
    let (body, nodes) = bytes.split_at(bytes.len().saturating_sub(44));
    for (body, nodes) in [(bytes, &[][..]), (body, nodes)] {
        let _ = Grant::verify(&signed("wayseal grant", &[body, nodes], b"WS1 grant\0", body), &pinned);
    }
}

/// A revocation list.
pub fn list(bytes: &[u8]) {
    let pinned = authority().verifying_key();
    let _ = RevocationList::verify(bytes, &pinned);
    let _ =
        RevocationList::verify(&signed("wayseal revocations", &[bytes], b"WS1 revoked\0", bytes), &pinned);
}

/// Additions to a revocation list.
pub fn additions(bytes: &[u8]) {
    let _ = Additions::verify(bytes, &authority().verifying_key());
}

/// An issuer's certificate.
pub fn certificate(bytes: &[u8]) {
    let mut certificate = vec![0x82];
    let signature = authority().sign(&[b"WS1 issuer\0", bytes].concat()).to_bytes();
    for part in [bytes, &signature] {
        head_of(2, part.len(), &mut certificate);
        certificate.extend_from_slice(part);
    }
    let pinned = authority().verifying_key();
    for certificate in [bytes, &certificate] {
        // A grant and additions of a certified key: magic, version, body, nodes, signature, certificate.
        for (magic, parts) in [("wayseal grant", 2), ("wayseal revocations", 1)] {
            let mut file = Vec::new();
            head_of(4, parts + 4, &mut file);
            head_of(3, magic.len(), &mut file);
            file.extend_from_slice(magic.as_bytes());
            file.push(1);
            for part in [&[][..]; 2][..parts].iter().copied().chain([&signature[..], certificate]) {
                head_of(2, part.len(), &mut file);
                file.extend_from_slice(part);
            }
            let _ = Grant::verify(&file, &pinned);
            let _ = Additions::verify(&file, &pinned);
        }
    }
}

/// A signature of a file of stations.
pub fn stations_signature(bytes: &[u8]) {
    let _ = verify_stations(bytes, &authority().verifying_key(), b"code", None);
}

/// An age envelope, to a device and under a passphrase that nobody gives.
pub fn envelope(bytes: &[u8]) {
    let identity =
        Identity::parse("AGE-SECRET-KEY-1GQ9778VQXMMJVE8SK7J6VT8UJ4HDQAJUVSFCWCM02D8GEWQ72PVQ2Y5J33");
    for bytes in [bytes, &[b"age-encryption.org/v1\n", bytes].concat()] {
        let _ = envelope::open(bytes, identity.as_ref());
        let _ = envelope::open_locked(bytes, |_| Err::<_, EnvelopeError>(EnvelopeError::NoIdentity));
    }
}

/// An identity's file.
pub fn identity(bytes: &[u8]) {
    let _ = Identity::parse(&String::from_utf8_lossy(bytes));
}

/// A device's enrolment.
pub fn enrolment(bytes: &[u8]) {
    let _ = Enrolment::parse(&String::from_utf8_lossy(bytes));
    let _ = Auditor::parse(&String::from_utf8_lossy(bytes));
}

/// A device's answer to a challenge.
pub fn answer(bytes: &[u8]) {
    let _ = String::from_utf8_lossy(bytes).parse::<Answer>();
}

/// An auditor's signed head.
pub fn head(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let _ = SignedHead::verify(&text, &authority().verifying_key());
}

/// A device's log, and one with the header of a log.
pub fn log(bytes: &[u8]) {
    let mut first = Key::zero();
    first.expose_mut().fill(7);
    let _ = log_verify::device(bytes);
    let _ = log_verify::verify(bytes, &first, None);
}

/// A device's state, out of its envelope.
pub fn state(bytes: &[u8]) {
    if let Ok(state) = DeviceState::from_bytes(bytes) {
        assert_eq!(state.to_bytes()[..], *bytes);
    }
}

/// A share of a backup.
pub fn share(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let _ = shares::restore(&[text.clone().into(), text.into()]);
}

/// A batch's manifest.
pub fn manifest(bytes: &[u8]) {
    with_file(bytes, "json", |path| {
        let _ = Manifest::day_noted(path);
        let _ = Manifest::load(path, |_| None);
    });
}

/// A file of stations.
pub fn stations(bytes: &[u8]) {
    for bytes in [bytes, &[b"code,region,site,divisions,postcodes,sealed_from\n", bytes].concat()] {
        let _ = Stations::parse(bytes);
    }
}

/// A file of pick-up points.
pub fn points(bytes: &[u8]) {
    let _ = Points::parse(bytes);
    let _ = Points::parse(&[b"country,name,code\n", bytes].concat());
}

/// A file of ranges of waybill numbers.
pub fn ranges(bytes: &[u8]) {
    let _ = NumberRanges::parse(bytes);
}

/// Orders as text: CSV and JSON Lines.
pub fn orders(bytes: &[u8]) {
    if let Ok(mut rows) = RowSource::stream(Box::new(Cursor::new(bytes.to_vec()))) {
        while let Some(row) = rows.next_row() {
            let _ = row;
        }
    }
    let _ = input::parse(bytes);
}

/// Orders as a workbook.
pub fn workbook(bytes: &[u8]) {
    let options = InputOptions::default();
    with_file(bytes, "xlsx", |path| {
        let Ok(survey) = Survey::read(path, &options) else { return };
        let Ok(mut rows) = RowSource::surveyed(path, &survey, &options) else { return };
        while let Some(row) = rows.next_row() {
            let _ = row;
        }
    });
}

/// A label's template.
pub fn template(bytes: &[u8]) {
    let _ = Template::parse(&String::from_utf8_lossy(bytes));
}

/// A font, which shapes and draws a text of scripts that the embedded fonts lack.
pub fn font(bytes: &[u8]) {
    let mut template = Template::default();
    template.carrier = "خط भाष".to_owned();
    let page = Page::new(Page::MEDIUM, Dpi::D203);
    let _ = wayseal::label::Composer::new(&template, page, vec![std::sync::Arc::new(bytes.to_vec())]);
}

/// A carrier's logo.
pub fn logo(bytes: &[u8]) {
    if let Ok(logo) = Logo::read(bytes) {
        let _ = logo.scaled(80, 200);
    }
}

/// A picture, and frames of a video.
pub fn frames(bytes: &[u8]) {
    let _ = image::load(bytes);
    let mut frames = Frames::new(bytes);
    while let Ok(Some(_)) = frames.next(&mut |_| false) {}
}

/// A wedge scanner's line, and a job for a printer.
pub fn lines(bytes: &[u8]) {
    let _ = wedge::burst(&String::from_utf8_lossy(bytes));
    let _ = PrintFile::parse(bytes);
}

/// Hands a file of these bytes to a parser that reads one.
fn with_file(bytes: &[u8], ending: &str, parse: impl FnOnce(&Path)) {
    let folder = std::env::temp_dir();
    let path =
        folder.join(format!("wayseal-{}-{:?}.{ending}", std::process::id(), std::thread::current().id()));
    std::fs::write(&path, bytes).unwrap();
    parse(&path);
    std::fs::remove_file(&path).unwrap();
}
