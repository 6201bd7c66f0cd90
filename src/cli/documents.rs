//! Tests: every `wayseal …` line that a document shows is one that the command takes.

use super::arguments::command_line::{Arguments, Command};
use super::language::Language;
use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser as _};
use std::fs;
use std::path::{Path, PathBuf};

/// README.md and its like, the core's, `docs/*.md`, and every document below `samples/`.
fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![
        (root.to_owned(), false),
        (root.join("src/core"), false),
        (root.join("docs"), true),
        (root.join("samples"), true),
    ];
    while let Some((folder, deep)) = folders.pop() {
        // A package of the registry has no samples but their files of orders.
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if deep && !path.ends_with("target") {
                    folders.push((path, true));
                }
            } else if path.extension().is_some_and(|ending| ending == "md") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

const RECIPIENT: &str = "age1vgg7l7zjlcfx74xxh6zlefpu65wvgq9yt7pyy5lx8up58rp3sdzsd9jqqp";

/// A call of the command that a document shows.
struct Call {
    line: usize,
    /// Words after `wayseal`.
    words: Vec<String>,
    /// A whole line to copy, and not a command's name within a sentence.
    whole: bool,
}

/// The calls in a document: in blocks of a shell, in indented blocks, and in code within sentences.
fn calls(document: &str) -> Vec<Call> {
    let mut found = Vec::new();
    // A block's language, within a block.
    let mut fence: Option<&str> = None;
    let mut is_indented = false;
    let mut script = Passage::default();
    let mut sentences = Passage::default();
    // A blank line ends the last paragraph.
    for (at, line) in document.lines().chain([""]).enumerate() {
        let is_blank = line.trim().is_empty();
        if let Some(language) = line.trim_start().strip_prefix("```") {
            fence = if fence.is_some() { None } else { Some(language) };
            found.extend(sentences.inline_calls());
            continue;
        }
        is_indented =
            fence.is_none() && line.starts_with("    ") && (is_indented || sentences.text.is_empty());
        let is_shell = fence.is_some_and(|language| {
            let mut words = language.split_whitespace();
            let is_shell = ["", "sh", "console", "text"].contains(&words.next().unwrap_or_default());
            // A build without the feature does not know the token's options.
            is_shell && (cfg!(feature = "hsm") || words.all(|word| word != "hsm"))
        });
        if is_shell || is_indented {
            script.push(at + 1, line);
            if let Some(open) = script.text.trim_end().strip_suffix('\\') {
                script.text = open.to_owned();
                continue;
            }
            let Passage { line, text } = std::mem::take(&mut script);
            found.extend(commands(&text).into_iter().map(|words| Call { line, words, whole: true }));
        } else if fence.is_none() {
            if is_blank {
                found.extend(sentences.inline_calls());
            } else {
                sentences.push(at + 1, line);
            }
        }
    }
    found
}

/// Lines that belong together.
#[derive(Default)]
struct Passage {
    /// The first line's number.
    line: usize,
    text: String,
}

impl Passage {
    fn push(&mut self, number: usize, line: &str) {
        if self.text.is_empty() {
            self.line = number;
        }
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// The calls between backticks, which may go over the end of a line; empties the text.
    fn inline_calls(&mut self) -> Vec<Call> {
        let Self { line, text } = std::mem::take(self);
        let mut found = Vec::new();
        let mut number = line;
        for (at, part) in text.split('`').enumerate() {
            if at % 2 == 1 {
                let calls = commands(&part.replace('\n', " "));
                found.extend(calls.into_iter().map(|words| Call { line: number, words, whole: false }));
            }
            number += part.matches('\n').count();
        }
        found
    }
}

/// Of a line of a shell, the words after each `wayseal` that it runs, or `cargo run … --`.
fn commands(line: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for simple in simple_commands(line) {
        // Of this package's command, and not of an example or another package.
        let is_cargo = simple.iter().take(2).eq(["cargo", "run"])
            && !simple.iter().any(|word| ["--example", "--manifest-path"].contains(&word.as_str()));
        let name = if is_cargo { "--" } else { "wayseal" };
        let before = |word: &String| {
            word == name
                || is_cargo
                || word.contains('=')
                || ["!", "time", "/usr/bin/time", "-v", "$"].contains(&word.as_str())
        };
        if let Some(at) = simple.iter().take_while(|word| before(word)).position(|word| word == name) {
            found.push(simple[at + 1..].to_vec());
        }
    }
    found
}

/// The words of each simple command of a line: quotes are taken off, comments and redirections left out. It knows as much
/// of the shell as the documents use.
fn simple_commands(line: &str) -> Vec<Vec<String>> {
    let mut found = vec![Vec::new()];
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut redirected = false;
    let mut characters = line.chars().peekable();
    let end_word = |word: &mut Option<String>, redirected: &mut bool, found: &mut Vec<Vec<String>>| {
        if let Some(word) = word.take()
            && !std::mem::take(redirected)
        {
            found.last_mut().unwrap().push(word);
        }
    };
    while let Some(c) = characters.next() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => word.get_or_insert_default().push(c),
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, '#') if word.is_none() => break,
            (None, '$') if characters.peek() == Some(&'(') => {
                characters.next();
                word = None;
                found.push(Vec::new());
            }
            (None, '|' | '&' | ';' | '(' | ')') => {
                end_word(&mut word, &mut redirected, &mut found);
                found.push(Vec::new());
            }
            (None, '<' | '>') => {
                // A descriptor's number belongs to the redirection.
                if word.as_ref().is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit())) {
                    word = None;
                }
                end_word(&mut word, &mut redirected, &mut found);
                redirected = true;
            }
            (None, c) if c.is_whitespace() => end_word(&mut word, &mut redirected, &mut found),
            (None, c) => word.get_or_insert_default().push(c),
        }
    }
    end_word(&mut word, &mut redirected, &mut found);
    found
}

/// Why the command does not take a call, if it does not.
fn refused(call: &Call) -> Option<String> {
    // What a variable holds is an age recipient, where a value has a form that is checked.
    let value = |word: &String| if word.starts_with('$') { RECIPIENT.to_owned() } else { word.clone() };
    let words = ["wayseal".to_owned()].into_iter().chain(call.words.iter().map(value));
    let error = Arguments::try_parse_from(words).err()?;
    // A sentence may name a command without all that it needs, and `…` stands for what is left out.
    let is_part = !call.whole || call.words.iter().any(|word| word == "…");
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => None,
        ErrorKind::MissingRequiredArgument
        | ErrorKind::MissingSubcommand
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
            if is_part =>
        {
            None
        }
        _ => Some(error.to_string().lines().next().unwrap_or_default().to_owned()),
    }
}

#[test]
fn each_command_that_a_document_shows_is_one_that_the_command_takes() {
    let (mut seen, mut wrong) = (0, Vec::new());
    for path in documents() {
        let text = fs::read_to_string(&path).unwrap();
        for call in calls(&text) {
            seen += 1;
            if let Some(why) = refused(&call) {
                wrong.push(format!(
                    "{}:{}: wayseal {}: {why}",
                    path.display(),
                    call.line,
                    call.words.join(" ")
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {seen} commands are not as shown:\n{}", wrong.len(), wrong.join("\n"));
    assert!(seen >= 100, "only {seen} commands found: the test no longer reads the documents");
}

#[test]
fn a_wrong_command_is_found_wherever_a_document_shows_it() {
    let wrong = "Log keys are the auditor's: `wayseal log init`.\n\n    wayseal seal a.csv --out b --grnt c  # a comment\n\n\
        ```sh\npda=$(wayseal device shew --json | sed 's/x/y/')\n! wayseal log verify \\\n  --jsn x\n\
        wayseal seal orders.csv > out.txt\ntrue && wayseal scan --want all \"a b.png\"\ncargo run --release -- dmo\n```\n\
        `wayseal authority show` is a part.\n\n    wayseal authority show\n";
    let refusals: Vec<(usize, bool)> =
        calls(wrong).iter().map(|call| (call.line, refused(call).is_some())).collect();
    let expected = [
        (1, true),
        (3, true),
        (6, true),
        (7, true),
        (9, true),
        (10, true),
        (11, true),
        (13, false),
        (15, true),
    ];
    assert_eq!(refusals, expected);

    let right = "```sh\nwayseal seal samples/orders.csv --grant g --out - --format payload 2>&1 > /dev/null\n\
        anna=$(wayseal device show --folder anna --json | sed 's/.*\"a\"/\\1/')\n```\n\
        `/usr/bin/time -v wayseal seal … --out\n- > /dev/null`, and wayseal without a mark\n\n\
        ```rust\nlet wayseal = 1;\n```\n";
    let refusals: Vec<(usize, Option<String>)> =
        calls(right).iter().map(|call| (call.line, refused(call))).collect();
    assert_eq!(refusals, [(2, None), (3, None), (5, None)]);
}

#[test]
fn each_command_has_a_manual_page_that_names_its_options() {
    fn check(command: &clap::Command, name: &str, folder: &Path, pages: &mut usize) {
        let page = fs::read_to_string(folder.join(format!("{name}.1")))
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let title = format!(".TH {name} 1  \"wayseal {}\" Wayseal", env!("CARGO_PKG_VERSION"));
        assert!(page.contains(&title) && page.contains(".SH SYNOPSIS"), "{name}:\n{page}");
        for option in command.get_arguments().filter(|argument| !argument.is_hide_set()) {
            if let Some(long) = option.get_long() {
                // A page's hyphens are escaped.
                let long = long.replace('-', "\\-");
                assert!(page.contains(&format!("\\-\\-{long}")), "{name} does not name --{long}:\n{page}");
            }
        }
        *pages += 1;
        for part in command.get_subcommands().filter(|part| part.get_name() != "help" && !part.is_hide_set())
        {
            check(part, &format!("{name}-{}", part.get_name()), folder, pages);
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("share/man1");
    let arguments = Arguments::try_parse_from(["wayseal", "man", pages.to_str().unwrap()]).unwrap();
    let Command::Man(man) = arguments.command else { panic!("another command") };
    assert_eq!(man.run(Arguments::command(), Language::En).unwrap(), 0);
    let mut seen = 0;
    check(&Arguments::command(), "wayseal", &pages, &mut seen);
    assert_eq!(fs::read_dir(&pages).unwrap().count(), seen);
    assert!(seen >= 30, "{seen} pages");
}
