//! Enquiries by two officers, on a log; and decoys, whose openings are named at the hand-in.

use crate::common::command::{said, text, wayseal};
use crate::common::station::{DAY, NOW, Place, at, told};
use std::path::Path;
use wayseal::authority::custody::Authority;
use wayseal::authority::decoys::Decoys;
use wayseal::authority::enquiry::{CASE_MAX, Case, EnquiryError, EnquiryLog, Officers, open_one};
use wayseal::authority::shares;
use wayseal::error::Refusal;
use wayseal::keys::Day;
use wayseal::payload::Payload;
use wayseal::signed::envelope::{EnvelopeError, Identity, Lock, Unlock};
use wayseal::signed::grant::Purpose;
use wayseal::verifier::Buffer;

fn officers() -> Officers {
    Officers::new(["share 1".to_owned(), "share 3".to_owned()]).unwrap()
}

/// Opens a label for an enquiry, and returns the recipient's name or the error.
fn enquire(root: &Authority, path: &Path, text: &str, case: &str) -> Result<String, EnquiryError> {
    let mut log = EnquiryLog::open(path, &root.public())?;
    let (case, mut buffer) = (Case::new(case).unwrap(), Buffer::new());
    let opened = open_one(root, text, (NOW, &case, &officers()), &mut log, &mut buffer)?;
    assert_eq!(opened.contact.as_ref().unwrap().phone, "13812345678");
    Ok(opened.delivery.as_ref().unwrap().name.to_owned())
}

#[test]
fn an_enquiry_opens_a_label_of_any_day_and_every_attempt_is_on_the_log_first() {
    let place = Place::new(&[Purpose::Deliver], None);
    let path = place.path().join("enquiries");
    let long_ago = place.label_of(Day::new(DAY.number() - 120), 1, 14, "王芳");
    let mut forged = place.label(2, 12, "李四");
    let with = if &forged[60..61] == "A" { "B" } else { "A" };
    forged.replace_range(60..61, with);
    assert_eq!(enquire(&place.root, &path, &long_ago, "complaint 7").unwrap(), "王芳");
    let refused = enquire(&place.root, &path, &forged, "complaint 8").unwrap_err();
    assert!(matches!(refused, EnquiryError::Label(Refusal::Tampered)), "{refused}");
    // What is no label opens nothing, and there is nothing to note.
    let not_ours = enquire(&place.root, &path, "https://example.com", "complaint 9").unwrap_err();
    assert!(matches!(not_ours, EnquiryError::Label(Refusal::NotOurs)), "{not_ours}");

    let log = EnquiryLog::open(&path, &place.root.public()).unwrap();
    let told: Vec<_> = log
        .entries()
        .iter()
        .map(|entry| (entry.number, &*entry.outcome, &*entry.case, entry.officers.join(",")))
        .collect();
    assert_eq!(
        told,
        [
            (1, "opened", "complaint 7", "share 1,share 3".to_owned()),
            (2, "tampered", "complaint 8", "share 1,share 3".to_owned())
        ]
    );
    let written = std::fs::read_to_string(&path).unwrap();
    for personal in ["王芳", "李四", "13812345678", "科技园", "YT0000000000001"] {
        assert!(!written.contains(personal), "{written}");
    }
    // A log that cannot be written opens nothing: here a folder is in its place.
    let blocked = place.path().join("blocked");
    std::fs::create_dir(&blocked).unwrap();
    assert!(matches!(enquire(&place.root, &blocked, &long_ago, "x"), Err(EnquiryError::File(_))));
}

#[test]
fn a_log_of_enquiries_that_was_edited_is_not_believed_and_opens_nothing_more() {
    let place = Place::new(&[Purpose::Deliver], None);
    let path = place.path().join("enquiries");
    let label = place.label(1, 12, "王芳");
    for case in ["one", "two", "three", "four"] {
        enquire(&place.root, &path, &label, case).unwrap();
    }
    let whole = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = whole.split_inclusive('\n').collect();
    let edits = [
        (whole.replace("\ttwo\t", "\ttoo\t"), 2),
        (lines[1..].concat(), 1),
        ([lines[0], lines[2], lines[3]].concat(), 2),
        ([lines[1], lines[0], lines[2], lines[3]].concat(), 1),
        (format!("{whole}{}", lines[3]), 5),
        (whole.trim_end().to_owned(), 4),
        (whole.replacen("share 1", "share 2", 1), 1),
    ];
    for (edited, line) in edits {
        std::fs::write(&path, &edited).unwrap();
        let error = enquire(&place.root, &path, &label, "five").unwrap_err();
        assert!(matches!(error, EnquiryError::Damaged(at) if at == line), "{line}: {error}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), edited, "nothing is added to it");
    }
    // Another authority's lines are none.
    std::fs::write(&path, &whole).unwrap();
    let other = Authority::generate(0).unwrap();
    assert!(matches!(EnquiryLog::open(&path, &other.public()), Err(EnquiryError::Damaged(1))));
    // A tail that was cut off is the one thing that it does not show: the number in the case's file does.
    std::fs::write(&path, lines[..2].concat()).unwrap();
    assert_eq!(EnquiryLog::open(&path, &place.root.public()).unwrap().entries().len(), 2);
}

#[test]
fn a_case_is_one_line_and_an_officer_alone_is_not_enough() {
    for text in ["", "  ", "two\nlines", "tab\tinside", &"x".repeat(CASE_MAX + 1)] {
        assert!(matches!(Case::new(text), Err(EnquiryError::Case)), "{text:?}");
    }
    Case::new(&"查".repeat(CASE_MAX)).unwrap();
    for names in [&[][..], &["share 2"], &["share 2", "share 2"]] {
        let names = names.iter().map(|name| (*name).to_owned());
        assert!(matches!(Officers::new(names), Err(EnquiryError::Officers)));
    }
}

#[test]
fn two_officers_open_one_label_by_their_shares_and_one_person_with_the_passphrase_does_not() {
    let place = Place::new(&[Purpose::Deliver], None);
    let folder = place.path().join("authority");
    std::fs::create_dir(&folder).unwrap();
    let secret = Lock::Passphrase("of a test".into(), wayseal::signed::envelope::Work::Quick);
    place.root.store(&folder.join("authority.age"), secret).unwrap();
    std::fs::write(folder.join("authority.pub"), crate::common::print_room::public_key_file(&place.root))
        .unwrap();
    let shares = |root: &Authority, name: &str| {
        for (at, share) in shares::make(root, 2, 3).unwrap().iter().enumerate() {
            let path = place.path().join(format!("{name}-{at}"));
            wayseal::files::write(&path, share.as_bytes(), wayseal::files::Access::Owner).unwrap();
        }
    };
    shares(&place.root, "share");
    shares(&Authority::generate(0).unwrap(), "other");
    let label = place.label(1, 12, "王芳");
    let run = |more: &[&str], code: i32| {
        let arguments = [&["authority", "open-one", &label, "--case", "complaint 7"], more].concat();
        let mut command = wayseal(place.path(), &arguments);
        let out = command.env("WAYSEAL_PASSPHRASE", "of a test").output().unwrap();
        let told = text(&out.stdout) + &said(&out);
        assert_eq!(out.status.code(), Some(code), "{more:?}: {told}");
        assert_eq!(told.contains("王芳"), code == 0, "{told}");
        told
    };
    assert!(run(&[], 2).contains("one person alone opens no label here"));
    assert!(run(&["--lang", "zh"], 2).contains("不能由一人打开面单"));
    run(&["--share", "share-0"], 3);
    run(&["--share", "share-0", "--share", "share-0"], 3);
    assert!(run(&["--share", "other-0", "--share", "other-1"], 3).contains("another authority's"));
    let told = run(&["--share", "share-0", "--share", "share-2"], 0);
    for part in ["YT0000000000001", "科技园路9号3栋1203室", "13812345678", "enquiry 1 is on the log"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let out = wayseal(place.path(), &["authority", "enquiries"]).output().unwrap();
    let listed = text(&out.stdout);
    assert!(out.status.success(), "{}", said(&out));
    assert!(
        listed.contains("opened  share 1, share 3  complaint 7") && listed.contains("1 enquiries"),
        "{listed}"
    );
    let log = folder.join("enquiries");
    let edited = std::fs::read_to_string(&log).unwrap().replace("complaint 7", "complaint 8");
    std::fs::write(&log, edited).unwrap();
    let out = wayseal(place.path(), &["authority", "enquiries"]).output().unwrap();
    assert_eq!(out.status.code(), Some(3));
    assert!(said(&out).contains("line 1 of the log of enquiries"), "{}", said(&out));
    assert!(run(&["--share", "share-0", "--share", "share-1"], 3).contains("nothing is opened"));
}

#[test]
fn an_opening_of_a_decoy_is_named_and_the_list_of_decoys_opens_for_the_auditor_alone() {
    let place = Place::new(&[Purpose::Deliver, Purpose::Enquiry], None);
    let decoy = place.label(7, 12, "钱七");
    let own = place.label(8, 12, "王芳");
    let mut decoys = Decoys::default();
    decoys.add(&Payload::parse(decoy.as_bytes()).unwrap());
    let (auditor, courier) = (Identity::generate(), Identity::generate());
    let path = place.path().join("decoys");
    decoys.store(&path, Lock::Recipients(vec![auditor.recipient()])).unwrap();
    let load = |identity: &Identity| {
        Decoys::load(&path, |_| -> Result<Unlock, Box<dyn std::error::Error>> {
            Ok(Unlock::Identity(Identity::parse(&identity.file()).unwrap()))
        })
    };
    let refused = load(&courier).unwrap_err();
    assert!(matches!(refused.downcast_ref(), Some(EnvelopeError::OtherIdentity)), "{refused}");
    let handle: String = Payload::parse(decoy.as_bytes())
        .unwrap()
        .handle()
        .bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let sealed = std::fs::read(&path).unwrap();
    assert!(!sealed.windows(32).any(|window| window == handle.as_bytes()), "the list is ciphertext");
    let decoys = load(&auditor).unwrap();

    // A decoy opens as any other label does.
    let mut session = place.open();
    assert_eq!(told(&mut session, &at(&own)), "王芳 1");
    assert_eq!(told(&mut session, &at(&decoy)), "钱七 1");
    drop(session);
    let log = std::fs::read(place.state().join("log")).unwrap();
    let logs = [place.auditor.verify(&log, None).unwrap()];
    let opened = decoys.opened(&logs);
    let named: Vec<_> =
        opened.iter().map(|it| (&*it.device, &*it.waybill, it.time, it.cause.name())).collect();
    assert_eq!(named, [("pda-17", "YT0000000000007", NOW, "deliver")]);
    assert!(Decoys::default().opened(&logs).is_empty());
}

#[test]
fn the_report_names_the_device_that_opened_a_decoy() {
    let place = Place::new(&[Purpose::Deliver], None);
    let texts = [place.label(7, 12, "钱七"), place.label(8, 12, "王芳")];
    let mut session = place.open();
    for label in &texts {
        told(&mut session, &at(label));
    }
    drop(session);
    let owner = wayseal::files::Access::Owner;
    std::fs::create_dir(place.path().join("auditor")).unwrap();
    let key = place.auditor.text();
    wayseal::files::write(&place.path().join("auditor/auditor.key"), key.as_bytes(), owner).unwrap();
    let run = |arguments: &[&str], code: i32| {
        let mut command = wayseal(place.path(), arguments);
        let out = command.env("WAYSEAL_PASSPHRASE", "of a test").output().unwrap();
        let told = text(&out.stdout) + &said(&out);
        assert_eq!(out.status.code(), Some(code), "{arguments:?}: {told}");
        told
    };
    for (file, label, number) in [("one.txt", &texts[0], 7), ("none.txt", &place.label(9, 12, "孙八"), 9)] {
        std::fs::write(place.path().join(file), label).unwrap();
        let list = format!("decoys-{number}");
        let told = run(&["authority", "decoys", file, "-o", &list], 0);
        assert!(told.contains("1 decoys, 0 labels not read"), "{told}");
        assert!(run(&["authority", "decoys", file, "-o", &list], 2).contains("exists already"));
    }
    let told = run(&["log", "report", "pda/log", "--decoys", "decoys-7", "--html", "report.html"], 1);
    let named =
        "DECOY OPENED: pda-17 opened YT0000000000007 at 2026-11-24 19:00, deliver: nobody lives there";
    assert!(told.contains(named) && told.contains("1 openings of 1 decoys"), "{told}");
    assert!(std::fs::read_to_string(place.path().join("report.html")).unwrap().contains(named));
    let json =
        run(&["log", "report", "pda/log", "--decoys", "decoys-7", "--decoys", "decoys-9", "--json"], 1);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (&json["decoys"], &json["decoys_opened"][0]["waybill"]),
        (&2.into(), &"YT0000000000007".into())
    );
    // A decoy that nobody opened is no alarm.
    assert!(run(&["log", "report", "pda/log", "--decoys", "decoys-9"], 0).contains("0 openings of 1 decoys"));
    run(&["log", "report", "pda/log"], 0);
    // What is no label is told, and is in the exit code.
    std::fs::write(place.path().join("mixed.txt"), format!("{}\nhttps://example.com\n", texts[0])).unwrap();
    let told = run(&["authority", "decoys", "mixed.txt", "-o", "mixed"], 1);
    assert!(told.contains("mixed.txt:2: ") && told.contains("1 labels not read"), "{told}");
}
