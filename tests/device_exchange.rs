//! The exchange with a depot: a device fetches and hands in over HTTP from a plain server, by whose hand nothing gets better or worse.

use crate::common::station::{DAY, NOW, Place};
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;
use wayseal::device::app::{Device, DeviceCode, LabelScan};
use wayseal::device::exchange::{BundleWriter, FetchRequest, HandIn};
use wayseal::device::store::MemoryStore;
use wayseal::keys::Day;
use wayseal::signed::grant::Purpose;
use wayseal::signed::moment::Moment;
use wayseal::signed::revocation::RevocationList;

/// What the depot does to the answer that it carries.
type Carrier = Arc<Mutex<Box<dyn FnMut(Vec<u8>) -> Vec<u8> + Send>>>;

/// A depot with what an authority and an auditor left there.
struct Depot {
    items: Vec<(&'static str, Vec<u8>)>,
    challenge: Option<[u8; 32]>,
    handed: Vec<Vec<u8>>,
    asked: Vec<FetchRequest>,
}

fn served(depot: &Arc<Mutex<Depot>>, carrier: &Carrier) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (depot, carrier) = (depot.clone(), carrier.clone());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
            let (head, body) = message(&mut stream);
            let mut depot = depot.lock().unwrap();
            if head.starts_with("POST /fetch ") {
                depot.asked.push(FetchRequest::parse(&body).unwrap());
            } else {
                assert!(head.starts_with("POST /hand-in "), "{head}");
                depot.handed.push(body);
                depot.challenge = None;
            }
            let mut bundle = BundleWriter::new(depot.challenge);
            for (name, item) in &depot.items {
                bundle.add(name, item).unwrap();
            }
            let answer = carrier.lock().unwrap()(bundle.finish());
            let head =
                format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", answer.len());
            stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&answer)).unwrap();
        }
    });
    address
}

/// A head and a body of the length that it names.
fn message(stream: &mut TcpStream) -> (String, Vec<u8>) {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).unwrap();
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap();
    let length =
        head.lines().find_map(|line| line.strip_prefix("Content-Length: ")).unwrap().parse().unwrap();
    let mut body = vec![0; length];
    stream.read_exact(&mut body).unwrap();
    (head, body)
}

/// The caller's transport: a request without TLS.
fn post(address: SocketAddr, path: &str, body: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let head = format!("POST /{path} HTTP/1.1\r\nHost: depot\r\nContent-Length: {}\r\n\r\n", body.len());
    stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body)).unwrap();
    message(&mut stream).1
}

#[test]
fn a_carrier_that_alters_cuts_and_repeats_gains_nothing() {
    let place = Place::new(&[Purpose::Deliver], None);
    let enrolment = place.auditor.enrol("pda-18", place.root.public()).text();
    let files = MemoryStore::new();
    Device::enrol(files.clone(), None, enrolment.as_bytes()).unwrap();
    let mut grant = place.issued(DAY, NOW, &[Purpose::Deliver], Some(2));
    grant.to = "pda-18".to_owned();
    let list =
        RevocationList::none().sign_next(Moment(NOW), Day::new(DAY.number() + 7), &place.root).unwrap();
    let depot = Arc::new(Mutex::new(Depot {
        items: vec![("pda-18.grant", grant.sign(&place.root).unwrap().to_vec()), ("new.list", list.clone())],
        challenge: None,
        handed: Vec::new(),
        asked: Vec::new(),
    }));
    let carrier: Carrier = Arc::new(Mutex::new(Box::new(|answer| answer)));
    let carries = |by: Box<dyn FnMut(Vec<u8>) -> Vec<u8> + Send>| *carrier.lock().unwrap() = by;
    let address = served(&depot, &carrier);
    let mut device = Device::open(files, None, NOW).unwrap();
    let request = |device: &Device| device.fetch_request(NOW).to_string().into_bytes();

    // Nothing of an answer that is cut anywhere or has a byte more is taken.
    for cut in [0, 1, 16, 40, 90, 400] {
        carries(Box::new(move |answer| answer[..cut.min(answer.len() - 1)].to_vec()));
        let answer = post(address, "fetch", &request(&device));
        assert_eq!(device.take_bundle(&answer, NOW).unwrap_err().code, DeviceCode::UnknownFile, "{cut}");
    }
    carries(Box::new(|mut answer| {
        answer.push(0);
        answer
    }));
    let answer = post(address, "fetch", &request(&device));
    assert_eq!(device.take_bundle(&answer, NOW).unwrap_err().code, DeviceCode::UnknownFile);
    // An item with a changed byte is refused, and the other one is taken or refused by itself.
    for place_of_byte in [150, 700, 1500] {
        carries(Box::new(move |mut answer| {
            let at = answer.len() - place_of_byte.min(answer.len() / 2);
            answer[at] ^= 1;
            answer
        }));
        let answer = post(address, "fetch", &request(&device));
        if let Ok((receipts, challenge)) = device.take_bundle(&answer, NOW) {
            assert!(receipts.iter().any(|receipt| receipt.taken.is_err()) && challenge.is_none());
        }
    }
    assert_eq!(device.status(NOW).left, None, "an altered grant was taken");
    // Whole.
    carries(Box::new(|answer| answer));
    let answer = post(address, "fetch", &request(&device));
    let (receipts, challenge) = device.take_bundle(&answer, NOW).unwrap();
    assert!(receipts[0].taken.is_ok() && challenge.is_none(), "{receipts:?}");
    let text = place.label(1, 12, "王芳");
    device.scan(&LabelScan::new(&text, NOW)).unwrap();
    device.scan(&LabelScan::new(&place.label(2, 12, "李四"), NOW)).unwrap();
    // The same again brings no budget back.
    device.take_bundle(&answer, NOW).unwrap();
    assert_eq!(device.status(NOW).left, Some(0));
    assert_eq!(
        device.scan(&LabelScan::new(&place.label(3, 12, "赵六"), NOW)).unwrap_err().code,
        DeviceCode::BudgetSpent
    );

    // The hand-in: the auditor's challenge comes with an answer, a carrier's own one makes nothing.
    depot.lock().unwrap().challenge = Some([7; 32]);
    carries(Box::new(|answer| {
        let digits = "07".repeat(32);
        String::from_utf8_lossy(&answer).replace(&digits, &"08".repeat(32)).into_bytes()
    }));
    depot.lock().unwrap().items.clear();
    let answer = post(address, "fetch", &request(&device));
    let (_, challenge) = device.take_bundle(&answer, NOW).unwrap();
    assert_eq!(challenge, Some([8; 32]));
    let handed = device.hand_in(&challenge.unwrap()).unwrap();
    let read = HandIn::parse(&handed).unwrap();
    let sign = |read: &HandIn<'_>| {
        place.auditor.sign(read.log, read.answer.as_ref().unwrap(), &[7; 32], None, NOW + 10)
    };
    assert!(sign(&read).is_err(), "an answer to a challenge that the auditor did not give");
    carries(Box::new(|answer| answer));
    let answer = post(address, "fetch", &request(&device));
    let (_, challenge) = device.take_bundle(&answer, NOW).unwrap();
    let answer = post(address, "hand-in", &device.hand_in(&challenge.unwrap()).unwrap());
    assert_eq!(device.take_bundle(&answer, NOW).unwrap().0.len(), 0, "the head is not signed yet");
    let handed = depot.lock().unwrap().handed.pop().unwrap();
    let (head, note) = sign(&HandIn::parse(&handed).unwrap()).unwrap();
    depot.lock().unwrap().items.push(("pda-18.head", note.into_bytes()));
    let answer = post(address, "fetch", &request(&device));
    let (receipts, _) = device.take_bundle(&answer, NOW + 20).unwrap();
    assert_eq!(receipts[0].taken.as_ref().unwrap().number, head.count);
    assert_eq!(device.status(NOW + 20).left, Some(2));
    let asked = depot.lock().unwrap().asked.pop().unwrap();
    assert_eq!((asked.device.as_str(), asked.grant, asked.list, asked.head), ("pda-18", 3, NOW, 0));
}

#[test]
fn an_item_that_is_nothing_is_refused_by_itself() {
    let place = Place::new(&[Purpose::Deliver], None);
    let enrolment = place.auditor.enrol("pda-18", place.root.public()).text();
    let files = MemoryStore::new();
    Device::enrol(files.clone(), None, enrolment.as_bytes()).unwrap();
    let mut device = Device::open(files, None, NOW).unwrap();
    let mut bundle = BundleWriter::new(None);
    for number in 0..3 {
        bundle.add(&format!("{number}.grant"), b"no grant").unwrap();
    }
    let (receipts, _) = device.take_bundle(&bundle.finish(), NOW).unwrap();
    assert!(
        receipts.iter().all(|receipt| receipt.taken.as_ref().unwrap_err().code == DeviceCode::UnknownFile)
    );
    assert_eq!(receipts.len(), 3);
}
