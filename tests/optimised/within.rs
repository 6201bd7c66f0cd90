//! Files within their bounds take little memory and time, whatever they hold.

use crate::bounds::run;
use crate::common::command::{code, printed, sample};
use crate::common::print_room::PrintRoom;
use std::fs;

#[test]
fn a_table_of_stations_takes_little_whatever_it_holds() {
    let room = PrintRoom::new();
    fs::copy(sample("orders.csv"), room.at("orders.csv")).unwrap();
    let many = |rows: u32, row: &dyn Fn(u32) -> String| {
        let mut table = "code,region,site,divisions\n".to_owned();
        (0..rows).for_each(|at| table += &row(at));
        table
    };
    let place = |at: u32| format!("s{at},{},{}", at >> 12, at & 4095);
    let tables = [
        ("many", many(140_000, &|at| place(at) + ",\n"), "more than 131072 stations"),
        ("served", many(3, &|at| format!("{},{}\n", place(at), "US:x;".repeat(600_000))), "1048576"),
        ("wide", format!("code,region,site{}\n", ",a".repeat(70)), "64 columns"),
        ("cells", "a,b\n".repeat(4_000_000), "4194304"),
        ("one", format!("code,region,site\n\"{}", "x".repeat(60 << 20)), "line"),
    ];
    for (name, table, said) in tables {
        room.write("stations.csv", table);
        let out = run(&room, &["mask", "orders.csv", "--stations", "stations.csv"]);
        assert_eq!(code(&out), 4, "{name}: {}", printed(&out));
        let printed = printed(&out);
        assert!(printed.replace(',', "").contains(&said.replace(',', "")), "{name}: {printed}");
    }
}

#[test]
fn a_log_of_garbage_is_judged_in_seconds() {
    let room = PrintRoom::new();
    for command in [
        &["log", "auditor"][..],
        &["log", "enrol", "pda", "--authority", "authority.pub", "-o", "enrolment"],
        &["courier", "init", "--enrolment", "enrolment", "--state", "pda"],
    ] {
        let out = run(&room, command);
        assert_eq!(code(&out), 0, "{}", printed(&out));
    }
    let mut log = fs::read(room.at("pda/log")).unwrap();
    let mut noise = 1_u64;
    while log.len() < 20 << 20 {
        noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        log.extend(noise.to_be_bytes());
    }
    room.write("garbage.log", log);
    let out = run(&room, &["log", "verify", "garbage.log"]);
    assert_eq!(code(&out), 1, "{:?}", out.status);
    assert!(printed(&out).contains("edited or replaced"), "{}", printed(&out));
}
