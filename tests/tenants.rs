//! A service that seals for tenants through the command, and the audit that names them.

use crate::common::command::{printed, text, wayseal};
use crate::common::print_room::{DAY, PrintRoom};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Output;
use wayseal::authority::custody::{Authority, Unlock};
use wayseal::authority::day_keys::Days;
use wayseal::authority::issue::{GrantTerms, Limits, Scope, issue};
use wayseal::keys::{Day, Region, SealerId, Site};
use wayseal::signed::envelope::Identity;

const ORDERS: &str = "waybill,station,name,phone,detail\n\
    YT8801000000001,SZ-NS-012,王芳,13812345678,人民路1号\n";

/// The one payload of a file, which was sealed for a tenant, or for the sealer itself.
fn payload(room: &PrintRoom, out: &str, tenant: &[&str]) -> String {
    room.write("orders.csv", ORDERS);
    room.sealed(&[&["orders.csv", "--out", out], tenant].concat(), 0);
    fs::read_to_string(room.at(out)).unwrap()
}

#[test]
fn each_tenant_has_its_own_labels_and_the_same_again() {
    let room = PrintRoom::new();
    let own = payload(&room, "own.jsonl", &[]);
    let first = payload(&room, "first.jsonl", &["--tenant", "1"]);
    let second = payload(&room, "second.jsonl", &["--tenant", "2"]);
    assert!(own != first && first != second && own != second);
    assert_eq!(payload(&room, "again.jsonl", &["--tenant", "1"]), first);
    // The manifest names the tenant, and no batch of one tenant resumes as another's.
    let manifest: Value =
        serde_json::from_slice(&fs::read(room.at("first.jsonl.manifest.json")).unwrap()).unwrap();
    assert!(manifest["job"]["settings"].as_array().unwrap().contains(&serde_json::json!(["--tenant", "1"])));
    let resumed = room.sealed(&["orders.csv", "--out", "first.jsonl", "--resume", "--tenant", "2"], 4);
    assert!(printed(&resumed).contains("--tenant"), "{}", printed(&resumed));
    let events =
        room.sealed(&["orders.csv", "--out", "-", "--format", "payload", "--json", "--tenant", "7"], 0);
    let finished = text(&events.stderr).lines().chain(text(&events.stdout).lines()).find_map(|line| {
        serde_json::from_str::<Value>(line).ok().filter(|event| event["event"] == "finished")
    });
    assert_eq!(finished.unwrap()["tenant"], 7);
}

/// An authority in a folder, opened by an identity, with a sealer's grant of it beside.
struct Service(tempfile::TempDir);

impl Service {
    fn new() -> Self {
        let service = Self(tempfile::tempdir().unwrap());
        let identity = Identity::generate();
        service.own("custodian", identity.file().as_bytes());
        service.run(&["authority", "init", "--recipient", &identity.recipient()], 0);
        let file = service.at().join("authority/authority.age");
        let root = Authority::load(&file, |_| Ok(Unlock::Identity(identity))).unwrap();
        let day: Day = DAY.parse().unwrap();
        let destinations = [(Region::new(755).unwrap(), Site::new(12).unwrap())];
        let scope = Scope::Sealer { sealer: SealerId::new(7).unwrap(), destinations: &destinations };
        let terms = GrantTerms::new("service", 1, (u64::from(day.number()) + Day::UNIX_OFFSET) * 86_400);
        let grant = issue(&root, terms, &scope, Days::from(day, 1), Limits::Kept).unwrap();
        service.own("sealer.grant", &grant.sign(&root).unwrap());
        service.own("orders.csv", ORDERS.as_bytes());
        service
    }

    fn at(&self) -> &Path {
        self.0.path()
    }

    fn own(&self, name: &str, bytes: &[u8]) {
        use std::os::unix::fs::PermissionsExt as _;
        fs::write(self.at().join(name), bytes).unwrap();
        fs::set_permissions(self.at().join(name), fs::Permissions::from_mode(0o600)).unwrap();
    }

    fn run(&self, arguments: &[&str], code: i32) -> Output {
        let out = wayseal(self.at(), arguments).output().unwrap();
        assert_eq!(out.status.code(), Some(code), "{arguments:?}: {}", printed(&out));
        out
    }

    fn seal(&self, out: &str, tenant: &[&str]) {
        let stations = crate::common::command::stations();
        let own = ["--grant", "sealer.grant", "--day", DAY, "--stations", &stations];
        self.run(&[&["seal", "orders.csv", "--out", out], &own[..], tenant].concat(), 0);
    }

    fn audit(&self, arguments: &[&str], code: i32) -> Output {
        let own = ["authority", "audit", "--identity", "custodian", "--day", DAY];
        self.run(&[&own[..], arguments].concat(), code)
    }
}

#[test]
fn the_audit_names_the_tenant_whose_salt_fits_and_no_other() {
    let service = Service::new();
    service.seal("own.jsonl", &[]);
    service.seal("shop.jsonl", &["--tenant", "4294967295"]);
    service.seal("other.jsonl", &["--tenant", "3"]);
    service
        .own("tenants.txt", "# the service's books\n1, Lane Books\n4294967295, 王记茶庄\n\n2\n".as_bytes());
    let labels = ["own.jsonl", "shop.jsonl", "other.jsonl"];
    let out = service.audit(&[&labels[..], &["--json", "--tenants", "tenants.txt"]].concat(), 1);
    let lines: Vec<Value> =
        text(&out.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&lines[0]["made"], &lines[0]["tenant"]), (&"by_sealer".into(), &Value::Null));
    assert_eq!((&lines[1]["made"], &lines[1]["tenant"]), (&"by_sealer".into(), &4_294_967_295_u32.into()));
    assert_eq!(lines[1]["tenant_name"], "王记茶庄");
    // A tenant that is not in the file cannot be told from a forger.
    assert_eq!((&lines[2]["made"], &lines[2]["tenant"]), (&"by_no_sealer".into(), &Value::Null));
    let said = service.audit(&["shop.jsonl", "--tenants", "tenants.txt"], 0);
    assert!(
        text(&said.stdout).contains("made by sealer 7 for its tenant 4294967295 王记茶庄"),
        "{}",
        printed(&said)
    );
    // Without the file, a tenant's label is one that its sealer did not make.
    service.audit(&["shop.jsonl"], 1);

    for (file, words) in [
        ("1\nshop\n", "tenants.txt, line 2: shop is not a tenant's number"),
        ("4294967296\n", "line 1: 4294967296"),
        ("1,a\n2\n1,b\n", "line 3: tenant 1 is on line 1 too"),
    ] {
        service.own("tenants.txt", file.as_bytes());
        let out = service.audit(&["own.jsonl", "--tenants", "tenants.txt"], 4);
        assert!(printed(&out).contains(words), "{}", printed(&out));
    }
}
