//! What is on the disk after each command.

use super::line::Line;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use wayseal::signed::envelope::Identity;
use wayseal::signed::grant::Grant;

#[test]
fn no_key_is_on_the_disk_outside_its_envelope_after_any_command() {
    let line = Line::new();
    let recipient = line.device("pda-17");
    line.scanner(&recipient, &[], "one.grant");
    line.good(&["device", "accept", "--folder", "pda-17", "one.grant"]);
    line.good(&line.with_root(&["grant", "day-issuer", "--device", &recipient, "-o", "day.grant"]));
    line.write(
        "devices.csv",
        format!("to,stations,device\npda-17,SZ-NS-012,{recipient}\n").as_bytes(),
        0o600,
    );
    line.good(&line.with_root(&["grant", "--devices", "devices.csv", "--top-up", "--out", "grants"]));
    line.good(&line.with_root(&["shares", "make", "--need", "2", "share-1", "share-2"]));
    line.good(&line.with_root(&["revoke", "--sealer", "7"]));
    let custodian =
        Identity::parse(&fs::read_to_string(line.path("custodian")).unwrap()).unwrap().recipient();
    line.good(&line.with_root(&["rotate", "--recipient", &custodian]));

    let authority = line.authority();
    let mut needles: Vec<[u8; 32]> =
        authority.roots().iter().map(|root| *root.node().unwrap().key().expose()).collect();
    let text = fs::read_to_string(line.path("pda-17/identity")).unwrap();
    let identity = Identity::parse(&text).unwrap();
    for file in ["one.grant", "day.grant", "grants/pda-17.grant"] {
        let grant = Grant::load(&line.path(file), &authority.public(), Some(&identity)).unwrap();
        needles.extend(grant.nodes.iter().map(|node| *node.key().expose()));
    }
    assert_eq!(needles.len(), 2 + 14 + 3 + 1);
    // Control: the search finds the keys of a grant that is written without an envelope on request.
    line.good(&line.with_root(&[
        "grant",
        "scanner",
        "--generation",
        "0",
        "--station",
        "SZ-NS-012",
        "-o",
        "plain.grant",
    ]));
    let mut found = Vec::new();
    for path in line.files() {
        let bytes = fs::read(&path).unwrap();
        let has = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
        for needle in &needles {
            let digits: String = needle[..8].iter().map(|byte| format!("{byte:02x}")).collect();
            if has(&needle[..8]) || has(&needle[24..]) || has(digits.as_bytes()) {
                found.push(path.clone());
            }
        }
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o077;
        let public = ["authority.pub", "revocations", "stations.csv"];
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        assert!(mode == 0 || public.contains(&name.as_str()), "{name} is readable by others");
        assert!(!name.starts_with(".wayseal-"), "a temporary file is left: {name}");
    }
    found.dedup();
    assert_eq!(found, [line.path("plain.grant")], "keys outside their envelope");
}
