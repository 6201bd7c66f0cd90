//! Workbooks made to exhaust memory, read by a process that may take little of it.

use crate::book::{Ods, Xlsx, cell};
use crate::common::command::{printed, stations};
use crate::common::print_room::PrintRoom;
use std::io::Read as _;
use std::process::Command;

/// The memory that the process may map to write to, in KiB; its stacks and buffers are most of it. Its code is not of it, which is
/// larger the less it is optimised.
const MEMORY: u32 = 266_000;

#[test]
fn no_workbook_takes_more_memory_than_its_bounds() {
    let room = PrintRoom::new();
    let names = ["waybill", "station", "name", "phone", "detail"];
    let header = format!("<row r=\"1\">{}</row>", names.map(cell).concat());
    let far = |at: &str, row: u32| {
        format!("{header}<row r=\"{row}\"><c r=\"{at}\" t=\"inlineStr\"><is><t>x</t></is></c></row>")
    };
    let rows = "<row><c><v>1</v></c><c><v>2</v></c></row>".repeat(1_100_000);
    let text = "x".repeat(500_000);
    let strings = format!("<si><t>{text}</t></si>").repeat(700);
    let blank = "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"string\"><text:p>x</text:p></table:table-cell></table:table-row>";
    let endless = b"<worksheet><sheetData>".chain(std::io::repeat(b'>').take(1 << 28));
    for (name, content) in [
        ("sparse.xlsx", Xlsx::of(&far("XFD1048576", 1_048_576)).bytes()),
        ("sparse-rows.xlsx", Xlsx::of(&far("E1048576", 1_048_576)).bytes()),
        ("wide.xlsx", Xlsx::of(&far("ZZ40000", 40_000)).bytes()),
        ("many.xlsx", Xlsx::of(&(header.clone() + &rows)).bytes()),
        ("strings.xlsx", Xlsx { strings: &strings, ..Xlsx::of(&header) }.bytes()),
        ("endless.xlsx", Xlsx::of("").bytes_with(&mut { endless })),
        ("blank.ods", Ods { sheets: vec![("s", blank)] }.bytes()),
    ] {
        room.write(name, content);
        let out = Command::new("bash")
            .args([
                "-c",
                &format!("ulimit -d {MEMORY}; exec \"$@\""),
                "bash",
                env!("CARGO_BIN_EXE_wayseal"),
                "mask",
                name,
            ])
            .args(["--stations", &stations()])
            .current_dir(room.path())
            .output()
            .unwrap();
        // Rejects or an error, not a signal.
        assert!(matches!(out.status.code(), Some(1 | 4)), "{name}: {}: {}", out.status, printed(&out));
    }
}
