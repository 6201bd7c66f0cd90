//! Every test file is compiled: targets are listed by hand in Cargo.toml, and Cargo does not report a file left out.

use std::fs;
use std::path::Path;

#[test]
fn each_file_of_this_folder_is_a_module_or_a_target() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let main = fs::read_to_string(root.join("tests/main.rs")).unwrap();
    let mut seen = 0;
    for entry in fs::read_dir(root.join("tests")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "rs") {
            continue;
        }
        seen += 1;
        let name = path.file_stem().unwrap().to_str().unwrap();
        let is_module = main.lines().any(|line| line == format!("mod {name};"));
        let is_target = manifest.lines().any(|line| line == format!("path = \"tests/{name}.rs\""));
        assert!(is_module != is_target, "tests/{name}.rs: a module of main.rs, or a target in Cargo.toml");
    }
    assert!(seen > 20, "only {seen} files found");
}
