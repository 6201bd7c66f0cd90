//! Files that somebody damaged or made up: each parser gets them by the hundred, changed from valid ones, and may refuse, but not
//! panic and not take long. `tests/fuzz` runs the same parsers by coverage.

#[path = "fuzz/parsers.rs"]
mod parsers;

use crate::common::station::{DAY, NOW, Place};
use crate::fonts;
use crate::workbooks::book::{Ods, Xlsx, cell};
use parsers::PARSERS;
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::time::Duration;
use wayseal::authority::shares;
use wayseal::batch::manifest::{BatchJob, GrantNote, Input, Manifest};
use wayseal::device::session::Attempt;
use wayseal::device::state::DeviceState;
use wayseal::signed::envelope::Identity;
use wayseal::signed::grant::Purpose;
use wayseal::signed::moment::Moment;
use wayseal::signed::revocation::RevocationList;
use wayseal::signed::stations::sign_stations;

/// Changed files of each parser: fewer where nothing is optimised, since the fuzz targets try thousands.
const TRIES: u32 = if cfg!(debug_assertions) { 48 } else { 600 };
/// The most of a processor's time that one file may take: of the clock's, a busy machine takes any.
const TIME: Duration = Duration::from_secs(10);

#[test]
fn no_parser_panics_or_lingers_on_a_file_that_was_changed() {
    let seeds = seeds();
    for (name, parse) in PARSERS {
        let own: Vec<&[u8]> = seeds.iter().filter(|(of, _)| *of == name).map(|(_, seed)| &seed[..]).collect();
        assert!(!own.is_empty(), "no valid file for {name}");
        let mut random = Random(0x9e37_79b9_7f4a_7c15);
        // A large file takes longer, and has fewer places that matter.
        let tries = if own.iter().any(|seed| seed.len() > 1 << 14) { TRIES / 6 } else { TRIES };
        for turn in 0..tries {
            let mut bytes = own[random.below(own.len())].to_vec();
            if turn > 0 {
                random.change(&mut bytes);
            }
            let begun = spent();
            let done = panic::catch_unwind(AssertUnwindSafe(|| parse(&bytes)));
            let kept = || {
                let path = std::env::temp_dir().join(format!("wayseal-{name}-{turn}"));
                fs::write(&path, &bytes).unwrap();
                path
            };
            assert!(done.is_ok(), "{name} panics on {}", kept().display());
            let took = spent() - begun;
            assert!(took < TIME, "{name} takes {took:?} for {}", kept().display());
        }
    }
}

/// What this thread took of a processor so far.
fn spent() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec as u32)
}

/// Writes the valid files as the corpus of the fuzz targets.
#[test]
#[ignore = "writes tests/fuzz/corpus"]
fn the_corpus_is_written() {
    for (at, (name, seed)) in seeds().iter().enumerate() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(name);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("seed-{at}")), seed).unwrap();
    }
}

/// A generator by xorshift: the same files each time.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    /// Changes bytes, cuts, doubles or moves parts; up to four times.
    fn change(&mut self, bytes: &mut Vec<u8>) {
        const ODD: [&[u8]; 8] = [
            b"\xff\xff\xff\xff",
            b"\0",
            b"\x7f\xff",
            b"\n",
            b"\"",
            b",",
            b"99999999999999999999",
            b"\xe2\x80\xae",
        ];
        for _ in 0..=self.below(4) {
            let (at, to) = (self.below(bytes.len() + 1), self.below(bytes.len() + 1));
            let (low, high) = (at.min(to), at.max(to).min(at.min(to) + 64));
            match self.below(6) {
                0 if low < bytes.len() => bytes[low] ^= 1 << self.below(8),
                1 if low < bytes.len() => bytes[low] = self.next() as u8,
                2 => drop(bytes.drain(low..high)),
                3 => bytes.truncate(low),
                4 => {
                    let part = bytes[low..high].to_vec();
                    let place = self.below(bytes.len() + 1);
                    bytes.splice(place..place, part);
                }
                _ => {
                    let odd = ODD[self.below(ODD.len())];
                    let end = (low + odd.len()).min(bytes.len());
                    bytes.splice(low..if self.below(2) == 0 { low } else { end }, odd.iter().copied());
                }
            }
        }
    }
}

/// Valid files, by the parser that reads them.
fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let place = Place::new(&[Purpose::Deliver], Some(9));
    let grant = place.grant(DAY, NOW, &[Purpose::Deliver], Some(9));
    let identity = Identity::generate();
    let enrolment = place.auditor.enrol("pda-1", place.root.public()).text().to_string();
    let mut session = place.open();
    for number in 1..6 {
        let label = place.label(number, 12, "王芳");
        session.scan(&Attempt { now: NOW, ..Attempt::new(&label) }).unwrap();
    }
    drop(session);
    let log = fs::read(place.state().join("log")).unwrap();
    let mut state = DeviceState::new(place.root.public(), "pda-1", identity.recipient());
    let _ = state.accept(&grant, NOW);
    let mut list = RevocationList::none();
    list.revoke_holders([("pda-2".to_owned(), DAY)]);
    let list = list.sign_next(Moment(NOW), DAY, &place.root).unwrap();
    let names = ["waybill", "station", "name", "phone", "detail"];
    let header = format!("<row r=\"1\">{}</row>", names.map(cell).concat());
    let row = "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>x</text:p></table:table-cell></table:table-row>";
    let mut png = std::io::Cursor::new(Vec::new());
    image::GrayImage::from_fn(40, 20, |x, y| image::Luma([((x * y) % 251) as u8]))
        .write_to(&mut png, image::ImageFormat::Png)
        .unwrap();
    let mut jpeg = std::io::Cursor::new(Vec::new());
    image::GrayImage::from_fn(40, 20, |x, y| image::Luma([((x * y) % 251) as u8]))
        .write_to(&mut jpeg, image::ImageFormat::Jpeg)
        .unwrap();
    let sample =
        |name: &str| fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name)).unwrap();
    let shares = shares::make(&place.root, 2, 3).unwrap();
    let signature = sign_stations(NOW, b"code", None, &place.root);
    let digest = "ab".repeat(32);
    // The bodies that the parsers sign themselves are parts of the signed files.
    let mut single = place.issued(DAY, NOW, &[Purpose::Deliver], Some(9));
    single.nodes.truncate(1);
    let single = strings(&single.sign(&place.root).unwrap());
    let certificate = strings(&strings(&parsers::stop_key().1)[0]).swap_remove(0);
    let body = strings(&list).swap_remove(0);
    let job = BatchJob::new(
        vec![Input::new("orders.csv".to_owned(), Some([1; 32]), &parsers::manifest_key())],
        DAY,
        GrantNote::new("sealer-7".to_owned(), 1, digest.clone()),
        digest.clone(),
        digest.clone(),
        vec![("dpi".to_owned(), "203".to_owned())],
    );
    let mut road = place.open();
    road.load(&Attempt { now: NOW, ..Attempt::new(&place.label(9, 12, "王芳")) }).unwrap();
    road.lock(&place.depot.recipient(), NOW).unwrap();
    drop(road);
    let road = fs::read(place.state().join("state.road")).unwrap();
    vec![
        ("grant", single[..2].concat()),
        ("grant", grant.clone()),
        ("list", body.clone()),
        ("list", list.clone()),
        ("additions", list),
        ("additions", body),
        ("certificate", certificate),
        ("stations_signature", signature.into_bytes()),
        ("stations_signature", format!("stations {digest}\npoints none\n").into_bytes()),
        ("envelope", wayseal::signed::envelope::seal(b"grant", &identity.recipient()).unwrap()),
        ("identity", identity.file().as_bytes().to_vec()),
        ("enrolment", enrolment.clone().into_bytes()),
        ("answer", format!("5 {0} {0}", "ab".repeat(32)).into_bytes()),
        (
            "head",
            b"wayseal log pda-1\n5\nq83vq83v\ntime 1795478400\n\n\xe2\x80\x94 wayseal-audit AAAA\n".to_vec(),
        ),
        ("head", format!("pda-1\n5\n{}=\ntime 1795478400", "A".repeat(43)).into_bytes()),
        ("operators", format!("3\n1007 {}== {}=", "A".repeat(22), "A".repeat(43)).into_bytes()),
        (
            "enquiries",
            b"1\t1795478400\t00ff\topened\tanna;ben\tcase 5\n2\t1795478460\t00ff\ttampered\tanna;ben\tcase 6\n"
                .to_vec(),
        ),
        ("log", log),
        ("state", state.to_bytes().to_vec()),
        ("road", road),
        ("share", shares[0].as_bytes().to_vec()),
        (
            "manifest",
            b"{\"format\": 1, \"job\": {\"day\": \"2026-11-24\"}, \"parts\": [], \"rows\": 5}".to_vec(),
        ),
        ("manifest", serde_json::to_vec(&Manifest::new(job)).unwrap()),
        ("stations", sample("stations.csv")),
        ("stations", b"A,1,2,44;4403;US,518*;TW:106*,2026-11-24\nB,1,3,,518000-518099,\n".to_vec()),
        ("points", "country,name,code\nTW,松禾門市,184523\n".into()),
        ("ranges", b"from,to\nYT8800100000000,YT8800100000999\n".to_vec()),
        ("return_places", b"A,,,\nB,7,YT1,YT9\n".to_vec()),
        ("orders", sample("orders.csv")),
        ("orders", b"{\"waybill\": \"YT1\", \"name\": \"a\", \"phone\": 138}\n[1]\n".to_vec()),
        ("workbook", Xlsx::of(&header).bytes()),
        ("workbook", Ods { sheets: vec![("s", row)] }.bytes()),
        ("template", sample("template.toml")),
        ("font", fonts::simple()),
        ("logo", png.get_ref().clone()),
        ("frames", jpeg.into_inner()),
        ("frames", png.into_inner()),
        ("lines", b"^XA^FO1,1^BCN,100^FDYT8800123456789^FS^XZ\nSIZE 100 mm,150 mm\r\nPRINT 1,1\r\n".to_vec()),
        ("lines", b"]Q1WS1:ABC123\tYT8800123456789".to_vec()),
    ]
}

/// The byte strings of a CBOR array (RFC 8949) of numbers, texts and byte strings, or of a byte string alone.
fn strings(file: &[u8]) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut rest = file;
    while let [head, after @ ..] = rest {
        let more = match head & 31 {
            24 => 1,
            25 => 2,
            26 => 4,
            _ => 0,
        };
        let (number, after) = after.split_at(more);
        let value = match more {
            0 => usize::from(head & 31),
            _ => number.iter().fold(0, |value, byte| value << 8 | usize::from(*byte)),
        };
        rest = match head >> 5 {
            major @ (2 | 3) => {
                let (content, after) = after.split_at(value);
                if major == 2 {
                    found.push(content.to_vec());
                }
                after
            }
            _ => after,
        };
    }
    found
}
