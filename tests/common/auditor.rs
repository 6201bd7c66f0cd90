//! Fixtures for logs: an auditor with one device, and a week of twelve devices, one of which is lent out.

use super::command::{code, text, wayseal};
use super::label::{CONTACT, DELIVERY, sealed};
use super::print_room::public_key_file;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use wayseal::authority::auditor::Auditor;
use wayseal::authority::custody::Authority;
use wayseal::authority::day_keys::Days;
use wayseal::authority::issue::{GrantTerms, Limits, Scope, issue};
use wayseal::device::log::{EntryCause, EntryDetail, EntryOutcome, LabelHeader, Log, LogEntry, chain};
use wayseal::keys::{Alias, Day, Generation, Region, SealerId, Site, Tier};
use wayseal::payload::{ContactClass, Header, Waybill};
use wayseal::record::{Contact, Delivery};
use wayseal::signed::grant::Purpose;

pub struct Desk {
    folder: tempfile::TempDir,
    root: Authority,
    day: Day,
    now: u64,
    serial: std::cell::Cell<u64>,
}

impl Desk {
    /// An auditor in `auditor`, and the device `pda-17` in `pda` with a grant of today.
    pub fn new() -> Self {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
        let desk = Self {
            folder: super::folder::folder(),
            root: Authority::generate(0).unwrap(),
            day: Day::from_unix(now).unwrap(),
            now,
            serial: 0.into(),
        };
        fs::write(desk.at("authority.pub"), public_key_file(&desk.root)).unwrap();
        desk.ok(&["log", "auditor"]);
        desk.ok(&["log", "enrol", "pda-17", "--authority", "authority.pub", "-o", "pda-17.enrolment"]);
        desk.ok(&["courier", "init", "--enrolment", "pda-17.enrolment", "--state", "pda"]);
        fs::write(desk.at("pda/inbox/first.grant"), desk.grant()).unwrap();
        desk
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        wayseal(self.folder.path(), arguments)
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    pub fn ok(&self, arguments: &[&str]) {
        let out = self.run(arguments);
        assert_eq!(code(&out), 0, "{arguments:?}: {}{}", text(&out.stdout), text(&out.stderr));
    }

    pub fn secret(&self, name: &str) {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(self.at(name), fs::Permissions::from_mode(0o600)).unwrap();
    }

    pub fn challenge(&self) -> String {
        let out = self.run(&["log", "challenge", "pda-17"]);
        assert_eq!(code(&out), 0);
        text(&out.stdout).trim().to_owned()
    }

    pub fn grant(&self) -> Vec<u8> {
        self.serial.set(self.serial.get() + 1);
        let mut terms = GrantTerms::new("pda-17", self.serial.get(), self.now);
        terms.purposes = vec![Purpose::Deliver, Purpose::Enquiry];
        let station = (Region::new(755).unwrap(), Site::new(12).unwrap());
        let scope = Scope::Scanner { tiers: &[Tier::Delivery, Tier::Contact], stations: &[station] };
        let grant = issue(&self.root, terms, &scope, Days::ending(self.day, 14), Limits::Kept).unwrap();
        grant.sign(&self.root).unwrap().to_vec()
    }

    /// The code of a label for the device's station, sealed today.
    pub fn label(&self, number: u64) -> String {
        self.label_to(number, "13812345678")
    }

    /// Such a label for a phone.
    pub fn label_to(&self, number: u64, phone: &str) -> String {
        let station = [(Region::new(755).unwrap(), Site::new(12).unwrap())];
        let scope = Scope::Sealer { sealer: SealerId::new(7).unwrap(), destinations: &station };
        let terms = GrantTerms::new("sealer-7", 1, self.now);
        let grant = issue(&self.root, terms, &scope, Days::from(self.day, 1), Limits::Kept).unwrap();
        let delivery = Delivery { street: "", detail: "科技园路9号", ..DELIVERY };
        sealed(&grant, station[0], number + 1, &delivery, &Contact { phone, ..CONTACT })
    }

    /// Scans labels through a pipe and returns how many were shown.
    pub fn opened_labels(&self, labels: std::ops::Range<u64>) -> usize {
        let lines: String = labels.map(|number| self.label(number) + "\n").collect();
        fs::write(self.at("lines"), lines).unwrap();
        let input = fs::File::open(self.at("lines")).unwrap();
        let out = self.command(&["courier", "--state", "pda"]).stdin(input).output().unwrap();
        assert_eq!(code(&out), 0, "{}", text(&out.stderr));
        text(&out.stdout).matches("13812345678").count()
    }

    /// The number of whole records in the log's file, and of those that were shown.
    pub fn entries(&self) -> (u64, u64) {
        let log = fs::read(self.at("pda/log")).unwrap();
        let (records, _) = log[128..].as_chunks::<128>();
        let entries = records.iter().map(|record| LogEntry::read(record[..96].try_into().unwrap()).unwrap());
        let shown = entries.filter(|entry| entry.mark.shows()).count();
        (records.len() as u64, shown as u64)
    }

    pub fn copy(&self, from: &str, to: &str) -> PathBuf {
        let to = self.at(to);
        fs::create_dir_all(&to).unwrap();
        for entry in fs::read_dir(self.at(from)).unwrap().map(Result::unwrap) {
            if entry.path().is_file() {
                fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
            }
        }
        to
    }

    pub fn put_back(&self, from: &std::path::Path, to: &str) {
        for entry in fs::read_dir(self.at(to)).unwrap().map(Result::unwrap) {
            if entry.path().is_file() {
                fs::remove_file(entry.path()).unwrap();
            }
        }
        for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
            fs::copy(entry.path(), self.at(to).join(entry.file_name())).unwrap();
        }
    }
}

/// The number of devices in the week.
pub const DEVICES: usize = 12;
/// The device that its courier lends out after work.
pub const LENT: &str = "pda-09";

/// The logs of a station's week. Each courier opens and delivers 60 to 110 parcels a day, in his shift. Some labels are
/// opened twice, some parcels are not delivered, and a colleague takes over a few. One account is also used at night,
/// to look up what the others deliver.
pub fn lent_account(desk: &Desk) -> Vec<String> {
    let key = fs::read_to_string(desk.at("auditor/auditor.key")).unwrap();
    let auditor = Auditor::parse(&key).unwrap();
    let mut random = Random(0x5eed);
    // Monday, 2026-11-16, midnight in China.
    let monday = 1_794_787_200 - 8 * 3600;
    let mut days: Vec<Vec<LogEntry>> = (0..DEVICES).map(|_| Vec::new()).collect();
    for day in 0..6 {
        let midnight = monday + day * 86_400;
        let mut all = Vec::new();
        for courier in 0..DEVICES {
            for parcel in 0..random.within(60, 110) {
                let mut handle = [0; 16];
                handle[..3].copy_from_slice(&[day as u8, courier as u8, parcel as u8]);
                all.push(handle);
                let time = midnight + random.within(8 * 3600, 19 * 3600);
                let own = &mut days[courier];
                own.push(entry(time, EntryOutcome::Opened, Purpose::Deliver, handle));
                if random.within(0, 100) < 8 {
                    own.push(entry(time + 300, EntryOutcome::Again, Purpose::Deliver, handle));
                }
                if random.within(0, 100) < 94 {
                    let by = if random.within(0, 100) < 4 { (courier + 1) % DEVICES } else { courier };
                    days[by].push(delivery(time + 600, handle));
                }
            }
        }
        let lent = LENT[4..].parse::<usize>().unwrap() - 1;
        for _ in 0..random.within(50, 80) {
            let handle = all[random.within(0, all.len() as u64) as usize];
            let time = midnight + random.within(22 * 3600, 24 * 3600 + 3 * 3600);
            days[lent].push(entry(time, EntryOutcome::Opened, Purpose::Enquiry, handle));
        }
    }
    let mut files = Vec::new();
    for (index, mut entries) in days.into_iter().enumerate() {
        entries.sort_by_key(|entry| entry.time);
        let device = format!("pda-{:02}", index + 1);
        let enrolment = auditor.enrol(&device, desk.root.public());
        let folder = desk.at(&device);
        drop(Log::create(&folder, &device, &enrolment.first).unwrap());
        let mut bytes = fs::read(folder.join(Log::FILE)).unwrap();
        let (mut key, mut before) = (enrolment.first, chain::origin(&bytes));
        for (index, entry) in (0..).zip(&entries) {
            let content = entry.write();
            before = chain::mac(&key, index, &before, &content);
            bytes.extend(content);
            bytes.extend(before);
            chain::advance(&mut key);
        }
        fs::write(folder.join(Log::FILE), bytes).unwrap();
        files.push(format!("{device}/log"));
    }
    files
}

fn entry(time: u64, mark: EntryOutcome, purpose: Purpose, handle: [u8; 16]) -> LogEntry {
    LogEntry::by_device(time, mark, 1).with_cause(EntryCause::Asked(purpose)).with_handle(handle)
}

/// A sign-off without a delivery code.
fn delivery(time: u64, handle: [u8; 16]) -> LogEntry {
    let header = Header {
        generation: Generation::EVEN,
        contact: ContactClass::new(2).unwrap(),
        day_low: 471,
        region: Region::new(755).unwrap(),
        site: Site::new(12).unwrap(),
        alias: Alias::new(0xabcdef).unwrap(),
        waybill: Waybill::parse("SF1234567890123").unwrap(),
        salt: [9; 6],
    };
    let detail = EntryDetail::SignOff { header: LabelHeader::from(&header), code: None };
    entry(time, EntryOutcome::Delivered, Purpose::Deliver, handle).with_detail(detail)
}

/// Pseudorandom numbers, the same in each run (xorshift, Marsaglia 2003).
struct Random(u64);

impl Random {
    fn within(&mut self, from: u64, until: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        from + self.0 % (until - from)
    }
}
