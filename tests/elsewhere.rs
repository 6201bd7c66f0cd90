//! The last target of `cargo test`: lists the checks that it did not run, and the script of each. Fails if a listed script
//! does not exist, or a script of `.ci` is not listed.
//!
//! It has no harness, so that its list is printed without `--nocapture`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

/// Scripts below `.ci`, and what each runs.
const SCRIPTS: &[(&str, &str)] = &[
    ("run", "formatting, clippy, this, documentation, the core for bare metal, and then `parts`"),
    ("parts/10-demo.sh", "the demonstration in a release build, its labels read by zbarimg and ZXing"),
    (
        "parts/15-supply-chain.sh",
        "licences, doubled versions, sources and number of the crates; the packages",
    ),
    ("parts/16-features.sh", "each feature alone, with its unit tests"),
    ("parts/17-targets.sh", "`device` and `read` for Android and WebAssembly"),
    ("parts/20-backends.sh", "PDF, SVG, ZPL, TSPL and CPCL drawn by other people's software"),
    ("parts/25-consumer.sh", "a program outside the tree that opens a label"),
    (
        "parts/30-firmware.sh",
        "the core on a Cortex-M4F in QEMU: size, instructions, stack, what is left in RAM",
    ),
    ("parts/40-fuzz.sh", "the fuzz targets, for seconds"),
    ("parts/45-spoolers.sh", "queues of Debian's CUPS"),
    ("parts/50-windows.sh", "the command for Windows, under wine"),
    ("parts/55-batch.sh", "batches killed at random moments"),
    ("parts/60-instructions.sh", "instructions of a seal, an opening and a label, held to their budget"),
    (
        "parts/65-optimised.sh",
        "tests/optimised.rs: every picture of a moved code, of somebody else's bar code, and of every size; every label of the demonstration; every fault of a device's store; every label of every page; files made to take memory and time; the commands of the READMEs and the guide",
    ),
    ("parts/70-features.sh", "tests/hsm.rs with a PKCS #11 token, tests/parquet.rs, and docs/ceremony.md"),
    ("parts/75-insider.sh", "the insider's simulation, reduced"),
    ("parts/76-interop.sh", "the second implementation, in Python, over vectors and fresh labels"),
    ("parts/80-c.sh", "the interface for C, under valgrind and for Android"),
    ("parts/85-android.sh", "the Kotlin library and app for Android, on a JVM"),
    ("long/benches.sh", "the benchmarks"),
    ("long/bounds.sh", "the longest time that a hostile file of each kind takes"),
    ("long/fuzz.sh", "the fuzz targets, for ten minutes each"),
    ("long/mutants.sh", "mutants of keys, payload, grants, the device's state and log"),
    ("long/nextest.sh", "these tests, each in a process of its own"),
    ("long/pairs.sh", "each pair of features"),
    ("long/printers.sh", "a hundred runs of each of eight faulty printers"),
    (
        "long/soak.sh",
        "a hundred killed batches; keys left in memory by any command; the order of a device's writes",
    ),
];

const NAME: &str = "each_script_that_is_named_is_there";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    // Test runners call a test binary with these arguments.
    if has("--list") {
        if !has("--ignored") {
            println!("{NAME}: test");
        }
        return ExitCode::SUCCESS;
    }
    let filters: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with('-')).collect();
    if has("--ignored")
        || !(filters.is_empty() || filters.iter().any(|filter| NAME.contains(filter.as_str())))
    {
        return ExitCode::SUCCESS;
    }
    let ci = Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci");
    // A package from the registry has no `.ci`.
    if !ci.exists() {
        println!("no .ci here: its scripts come with the repository");
        return ExitCode::SUCCESS;
    }
    let named: BTreeSet<String> = SCRIPTS.iter().map(|(script, _)| (*script).to_owned()).collect();
    let there = scripts(&ci);
    println!("\nNot run by `cargo test`, but by `.ci/run` and, where it takes long, by a script of its own:");
    for (script, what) in SCRIPTS {
        println!("    .ci/{script:<26} {what}");
    }
    let mut code = ExitCode::SUCCESS;
    for script in named.symmetric_difference(&there) {
        let fault = if named.contains(script) { "is named here and not there" } else { "is not named here" };
        eprintln!("tests/elsewhere.rs: .ci/{script} {fault}");
        code = ExitCode::FAILURE;
    }
    println!();
    code
}

/// `run`, and every script of `parts` and `long`.
fn scripts(ci: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    if ci.join("run").is_file() {
        found.insert("run".to_owned());
    }
    for folder in ["parts", "long"] {
        for entry in fs::read_dir(ci.join(folder)).into_iter().flatten() {
            let name = entry.expect("a readable folder").file_name().into_string().expect("a name in UTF-8");
            if name.ends_with(".sh") {
                found.insert(format!("{folder}/{name}"));
            }
        }
    }
    found
}
