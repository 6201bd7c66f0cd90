//! Every parser of a file that somebody else may have written, each as a function of bytes that may not panic.
//!
//! Where a signature or check sum would stop nearly every input, the bytes become what is signed, under a key that the parser
//! pins, so that the code after the check is reached too. The fuzz targets and `tests/hostile.rs` call the same functions.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use std::io::Cursor;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use wayseal::authority::auditor::Auditor;
use wayseal::authority::custody::Authority;
use wayseal::authority::day_keys::Days;
use wayseal::authority::enquiry::EnquiryLog;
use wayseal::authority::issue::{Destination, GrantTerms, Limits, Scope, issue};
use wayseal::authority::shares;
use wayseal::batch::input::{self, InputOptions, RowSource, Survey};
use wayseal::batch::manifest::{Manifest, ManifestFile};
use wayseal::batch::manifest_key::ManifestKey;
use wayseal::batch::points::Points;
use wayseal::batch::printer::job::PrintFile;
use wayseal::batch::return_places::ReturnPlaces;
use wayseal::batch::stations::Stations;
use wayseal::batch::waybills::NumberRanges;
use wayseal::device::log::enrolment::Enrolment;
use wayseal::device::log::head::{Answer, SignedHead};
use wayseal::device::log::verify as log_verify;
use wayseal::device::operators::OperatorList;
use wayseal::device::state::{DeviceState, RoadState};
use wayseal::keys::{Day, Region, SealerId, Site};
use wayseal::label::logo::Logo;
use wayseal::label::{Dpi, Page, Template};
use wayseal::read::frames::Frames;
use wayseal::read::{image, wedge};
use wayseal::secret::Key;
use wayseal::signed::certificate::{Ceilings, CertificateTerms, serials};
use wayseal::signed::envelope::{self, EnvelopeError, Identity};
use wayseal::signed::grant::{Grant, Role};
use wayseal::signed::issuer_key::IssuerKey;
use wayseal::signed::moment::Moment;
use wayseal::signed::revocation::{Additions, RevocationList};
use wayseal::signed::signer::{SigningKey, Signs as _};
use wayseal::signed::stations::verify_stations;

/// A parser's name, and the parser.
pub type Parser = (&'static str, fn(&[u8]));

/// All of them.
pub const PARSERS: [Parser; 28] = [
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
    ("operators", operators),
    ("enquiries", enquiries),
    ("log", log),
    ("state", state),
    ("road", road),
    ("share", share),
    ("manifest", manifest),
    ("stations", stations),
    ("points", points),
    ("ranges", ranges),
    ("return_places", return_places),
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

/// The key of a duty officer, certified for a century, and its certificate as a byte string.
pub fn stop_key() -> &'static (IssuerKey, Vec<u8>) {
    static KEY: OnceLock<(IssuerKey, Vec<u8>)> = OnceLock::new();
    KEY.get_or_init(|| {
        let none = Ceilings { roles: vec![], tiers: vec![], purposes: vec![], budget: None, days: 0 };
        let terms = CertificateTerms {
            role: Role::Stop,
            name: "desk".to_owned(),
            generation: 0,
            issued: 0,
            from: Day::new(0),
            until: Day::new(u16::MAX),
            regions: vec![],
            serials: serials(1 << 22).unwrap_or_else(|| panic!("a block of serials")),
            ceilings: none,
        };
        let key = IssuerKey::generate(&authority(), terms).unwrap();
        let mut entries = RevocationList::none();
        (entries.number, entries.issued, entries.until) = (1, Moment(1 << 31), Day::new(u16::MAX));
        let file = Additions::sign(&entries, &key).unwrap();
        // What follows the signature, a byte string of 64.
        let signature = file.windows(2).position(|head| head == [0x58, 64]).unwrap();
        (key, file[signature + 66..].to_vec())
    })
}

/// Additions to a revocation list: a file of them, and the body of one.
pub fn additions(bytes: &[u8]) {
    let pinned = authority().verifying_key();
    let _ = Additions::verify(bytes, &pinned);
    let (key, certificate) = stop_key();
    let signature = key.sign(&[b"WS1 stop\0", bytes].concat()).to_bytes();
    let mut file = Vec::new();
    head_of(4, 5, &mut file);
    head_of(3, 19, &mut file);
    file.extend_from_slice(b"wayseal revocations");
    file.push(1);
    for part in [bytes, &signature] {
        head_of(2, part.len(), &mut file);
        file.extend_from_slice(part);
    }
    file.extend_from_slice(certificate);
    if let Ok(read) = Additions::verify(&file, &pinned) {
        assert_eq!(Additions::sign(&read.entries, key).ok().as_deref(), Some(&file[..]));
    }
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

/// A signature of a file of stations, and the lines of one.
pub fn stations_signature(bytes: &[u8]) {
    let pinned = authority().verifying_key();
    for first in [&b""[..], b"wayseal stations 1\nissued 7\n"] {
        let lines = [first, bytes].concat();
        let digits = hex(&authority().sign(&[b"WS1 stations\0", &lines[..]].concat()).to_bytes());
        let file = [&lines, &b"signature "[..], digits.as_bytes(), b"\n"].concat();
        for text in [bytes, &file] {
            let _ = verify_stations(text, &pinned, b"code", None);
            let _ = verify_stations(text, &pinned, b"code", Some(b"points"));
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    base16ct::lower::encode_string(bytes)
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

/// A note that the auditor signed, of these lines.
fn note(text: &str) -> String {
    let pinned = authority().verifying_key();
    let id = Sha256::digest([b"wayseal-audit\n\x01", &pinned.as_bytes()[..]].concat());
    let signature = [&id[..4], &authority().sign(text.as_bytes()).to_bytes()].concat();
    format!("{text}\n\u{2014} wayseal-audit {}\n", STANDARD.encode(signature))
}

/// An auditor's signed head: a note, its lines, and what follows the name of a head.
pub fn head(bytes: &[u8]) {
    let pinned = authority().verifying_key();
    let text = String::from_utf8_lossy(bytes);
    for text in [text.clone().into_owned(), note(&text), note(&format!("wayseal.log/{text}\n"))] {
        if let Ok(head) = SignedHead::verify(&text, &pinned) {
            assert_eq!(SignedHead::verify(&head.sign(&authority()), &pinned), Ok(head));
        }
    }
}

/// An auditor's list of operators, in the same ways.
pub fn operators(bytes: &[u8]) {
    let pinned = authority().verifying_key();
    let text = String::from_utf8_lossy(bytes);
    for text in [text.clone().into_owned(), note(&text), note(&format!("wayseal.operators\n{text}\n"))] {
        if let Ok(list) = OperatorList::verify(&text, &pinned) {
            assert_eq!(OperatorList::verify(&list.sign(&authority()), &pinned), Ok(list));
        }
    }
}

/// A log of enquiries, and one whose lines are signed as they stand.
pub fn enquiries(bytes: &[u8]) {
    let mut signed = Vec::new();
    let mut before = [0; 32];
    for line in String::from_utf8_lossy(bytes).lines() {
        let signature = authority().sign(&[b"wayseal enquiry 1\n", &before[..], line.as_bytes()].concat());
        let line = format!("{line}\t{}", hex(&signature.to_bytes()));
        before = Sha256::digest(&line).into();
        signed.extend([line.as_bytes(), b"\n"].concat());
    }
    for bytes in [bytes, &signed] {
        with_file(bytes, "log", |path| drop(EnquiryLog::open(path, &authority().verifying_key())));
    }
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

/// What a locked device goes by.
pub fn road(bytes: &[u8]) {
    if let Ok(road) = RoadState::from_bytes(bytes) {
        assert_eq!(road.to_bytes()[..], *bytes);
    }
}

/// A share of a backup.
pub fn share(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let _ = shares::restore(&[text.clone().into(), text.into()]);
}

/// The key of the manifests of one sealer and day.
pub fn manifest_key() -> ManifestKey {
    static GRANT: OnceLock<Grant> = OnceLock::new();
    let day = Day::new(2519);
    let grant = GRANT.get_or_init(|| {
        let station: Destination = (Region::new(1).unwrap(), Site::new(1).unwrap());
        let scope = Scope::Sealer { sealer: SealerId::new(7).unwrap(), destinations: &[station] };
        let terms = GrantTerms::new("sealer-7", 1, (u64::from(day.number()) + Day::UNIX_OFFSET) * 86_400);
        issue(&Authority::generate(0).unwrap(), terms, &scope, Days::from(day, 1), Limits::Kept).unwrap()
    });
    ManifestKey::new(grant, day).unwrap()
}

/// A batch's manifest, and the same written by the holder of its key.
pub fn manifest(bytes: &[u8]) {
    with_file(bytes, "json", |path| {
        let _ = Manifest::day_noted(path);
        let _ = Manifest::parts_listed(path);
        let _ = Manifest::load(path, |_| Some(manifest_key()));
        let Ok(written) = serde_json::from_slice::<Manifest>(bytes) else { return };
        ManifestFile::new(path.to_owned(), Arc::new(manifest_key())).store(&written).unwrap();
        let Ok(Some((read, _))) = Manifest::load(path, |_| Some(manifest_key())) else {
            assert!(written.job.day.parse::<Day>().is_err(), "its owner's manifest is refused");
            return;
        };
        let _ = read.goes_on(&written.job);
        if read.adds_up() {
            let _ = read.labelled();
        }
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

/// A table of places of return.
pub fn return_places(bytes: &[u8]) {
    let _ = ReturnPlaces::parse(bytes);
    let _ = ReturnPlaces::parse(&[b"station,sealer,from,until\n", bytes].concat());
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
