//! What reaches a terminal: nothing of somebody else's steers it, hides in it or begins a line.

use crate::common::command::{code, printed, wayseal};
use crate::common::sources::{parse, sources};
use std::fs;
use std::path::Path;
use std::process::Output;
use syn::visit::{self, Visit};

/// What prints without the console of the command, and why it may.
const EXCEPTIONS: [(&str, &str); 2] = [
    // The labels of a batch: sealing refuses hidden characters, and a template has none.
    ("src/batch/output/part.rs", "stdout"),
    // Part of a test.
    ("src/core/tests.rs", "eprintln"),
];

/// Escapes, a forged line, and text that is turned around.
const HOSTILE: &str = "\u{1b}]0;x\u{7}\u{9b}2J\u{202e}\u{2066}\u{2028}\u{200b}\nwayseal: all well";

#[test]
fn the_console_alone_prints() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut wrong = Vec::new();
    let mut read = 0;
    for file in sources(&root.join("src")) {
        let name = file.strip_prefix(root).unwrap().display().to_string();
        if name == "src/cli/console.rs" || name.ends_with("/fakes.rs") {
            continue;
        }
        read += 1;
        let mut prints = Prints::default();
        prints.visit_file(&parse(&file));
        let allowed = |what: &String| EXCEPTIONS.contains(&(name.as_str(), what.as_str()));
        wrong.extend(
            prints.found.into_iter().filter(|what| !allowed(what)).map(|what| format!("{name}: {what}")),
        );
    }
    assert!(read > 300, "only {read} files: the test no longer reads the sources");
    assert!(wrong.is_empty(), "prints without src/cli/console.rs: {wrong:#?}");
}

#[test]
fn each_way_to_print_is_found() {
    for print in [
        "println!(\"{x}\")",
        "std::eprint!(\"a\")",
        "dbg!(x)",
        "writeln!(io::stdout(), \"a\")",
        "std::io::stderr().lock().write_all(b)",
        "Box::new(stdout())",
        "bar.println(x)",
        "bar.set_prefix(x)",
        "format!(\"{:?}\", io::stdout())",
        "Line::raw(x)",
    ] {
        let mut prints = Prints::default();
        prints.visit_expr(&syn::parse_str(print).unwrap());
        assert_eq!(prints.found.len(), 1, "{print}");
    }
}

/// Nothing hidden, and no line that another party began.
fn check_plain(out: &Output) -> String {
    let printed = printed(out);
    for line in printed.lines() {
        let hidden = |c: char| {
            c.is_control()
                || matches!(c, '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        };
        assert!(!line.contains(hidden), "{line:?}");
        assert!(!line.starts_with("wayseal: all well"), "{printed}");
    }
    printed
}

#[test]
fn names_of_files_and_arguments_are_shown_as_codes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let picture = format!("{HOSTILE}.png");
    fs::write(path.join(&picture), "noise").unwrap();
    fs::write(path.join("list.csv"), "to\n").unwrap();
    // A key of TOML may hold anything, in escapes of four digits.
    let key: String = HOSTILE.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect();
    fs::write(path.join("odd.toml"), format!("\"{key}\" = 1\n")).unwrap();
    let unknown = format!("--{HOSTILE}");
    let mut said = 0;
    for arguments in [
        vec!["inspect", &picture],
        vec!["inspect", "--json", &picture],
        vec!["log", "verify", &picture, "--auditor", HOSTILE],
        vec!["inspect", &unknown],
        vec!["inspect", "--day", HOSTILE, "x"],
        vec!["seal", "list.csv", "--grant", &picture, "--out", "o", "--stations", &picture],
        vec!["device", "show", "--folder", HOSTILE],
        vec!["mask", "list.csv", "--stations", &picture],
        vec!["mask", "--config", "odd.toml", "x"],
        vec![HOSTILE],
    ] {
        let out = wayseal(path, &arguments).output().unwrap();
        let printed = check_plain(&out);
        assert_ne!(code(&out), 0, "{arguments:?}");
        said += usize::from(printed.contains("\\u001b]0;x"));
    }
    assert!(said > 6, "only {said} commands name what they refuse: the test no longer shows them anything");
}

#[test]
fn json_that_shows_a_hostile_name_is_json_and_means_the_name() {
    let folder = tempfile::tempdir().unwrap();
    let picture = format!("{HOSTILE}.png");
    fs::write(folder.path().join(&picture), "noise").unwrap();
    let out = wayseal(folder.path(), &["inspect", "--json", &picture]).output().unwrap();
    let line: serde_json::Value = serde_json::from_str(&check_plain(&out)).unwrap();
    assert_eq!(line["file"], picture);
}

#[test]
fn columns_of_a_file_are_shown_as_codes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let cell = HOSTILE.replace('\n', "\r\n");
    let orders = format!("waybill,station,name,\"{cell}\"\nYT8800123456789,\"{cell}\",\"{cell}\",1\n");
    fs::write(path.join("orders.csv"), orders).unwrap();
    fs::write(path.join("stations.csv"), format!("code,name,region,site\n\"{cell}\",b,1,1\n")).unwrap();
    let out = wayseal(path, &["mask", "orders.csv", "--stations", "stations.csv"]).output().unwrap();
    check_plain(&out);
    assert_ne!(code(&out), 0);
}

#[test]
fn help_names_the_program_and_not_its_caller() {
    use std::os::unix::process::CommandExt as _;
    let folder = tempfile::tempdir().unwrap();
    let out = wayseal(folder.path(), &["--help"]).arg0(HOSTILE).output().unwrap();
    assert_eq!(code(&out), 0);
    assert!(check_plain(&out).contains("Usage: wayseal "));
}

/// Whether a function is that of a standard stream: `io::stdout`, or its name alone.
fn is_stream(names: &[String]) -> bool {
    let [before @ .., name] = names else { return false };
    ["stdout", "stderr"].contains(&name.as_str()) && before.last().is_none_or(|module| module == "io")
}

/// Macros and functions that reach a standard stream or the screen.
#[derive(Default)]
struct Prints {
    found: Vec<String>,
}

impl<'ast> Visit<'ast> for Prints {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if module.ident != "tests" {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        let name = call.path.segments.last().unwrap().ident.to_string();
        if ["print", "println", "eprint", "eprintln", "dbg"].contains(&name.as_str()) {
            self.found.push(name);
            return;
        }
        let parts = syn::punctuated::Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated;
        if let Ok(parts) = call.parse_body_with(parts) {
            parts.iter().for_each(|part| self.visit_expr(part));
        } else if ["stdout ()", "stderr ()"].iter().any(|call_of| call.tokens.to_string().contains(call_of)) {
            self.found.push(name);
        }
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        // Of a progress bar; what it shows without them is numbers.
        if ["println", "set_prefix"].contains(&call.method.to_string().as_str()) {
            self.found.push(call.method.to_string());
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        if let syn::Expr::Path(function) = &*call.func {
            let names: Vec<_> = function.path.segments.iter().map(|part| part.ident.to_string()).collect();
            let draws = names.ends_with(&["Line".to_owned(), "raw".to_owned()]);
            if is_stream(&names) || draws {
                self.found.extend(names.last().cloned());
            }
        }
        visit::visit_expr_call(self, call);
    }
}
