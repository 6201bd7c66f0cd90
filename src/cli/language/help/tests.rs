use super::in_language;
use super::tables::{TABLES, chinese};
use crate::cli::arguments::command_line::Arguments;
use crate::cli::language::Language;
use clap::error::ErrorKind;
use clap::{Arg, Command, CommandFactory as _};
use std::collections::{BTreeMap, BTreeSet};

fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// Every command below one, itself included, with the names that call it.
fn commands(command: &Command, called: &[String], found: &mut Vec<(Vec<String>, Command)>) {
    found.push((called.to_vec(), command.clone()));
    for below in command.get_subcommands().filter(|below| below.get_name() != "help") {
        commands(below, &[called, &[below.get_name().to_owned()]].concat(), found);
    }
}

fn all(language: Language) -> Vec<(Vec<String>, Command)> {
    let mut command = in_language(Arguments::command(), language);
    command.build();
    let mut found = Vec::new();
    commands(&command, &["wayseal".to_owned()], &mut found);
    assert!(found.len() > 30, "{} commands", found.len());
    found
}

/// The English texts of a command's help.
fn texts(command: &Command) -> Vec<String> {
    let abouts = [command.get_about(), command.get_long_about(), command.get_after_help()];
    let arguments = command.get_arguments().flat_map(|argument| {
        let values = argument.get_possible_values();
        let shown = argument.get_action().takes_values();
        let values: Vec<String> = values
            .iter()
            .filter(|value| shown && !value.is_hide_set())
            .filter_map(|value| value.get_help().map(ToString::to_string))
            .collect();
        let own = [argument.get_help(), argument.get_long_help()];
        own.into_iter().flatten().map(ToString::to_string).chain(values).collect::<Vec<_>>()
    });
    abouts.into_iter().flatten().map(ToString::to_string).chain(arguments).collect()
}

#[test]
fn every_text_of_help_has_a_chinese_one_and_no_table_an_old_one() {
    let mut used: BTreeSet<String> = BTreeSet::new();
    let mut missing = Vec::new();
    for (called, command) in all(Language::En) {
        let mut below = command.get_subcommands().filter(|below| below.get_name() == "help");
        for text in texts(&command).into_iter().chain(below.next().into_iter().flat_map(texts)) {
            // The names of the languages are each in its own.
            if ["English", "中文"].contains(&text.as_str()) {
                continue;
            }
            match chinese(&text) {
                Some(chinese) => assert!(is_chinese(chinese), "{text}"),
                None => missing.push(format!("{}: {text:?}", called.join(" "))),
            }
            used.insert(text);
        }
    }
    missing.dedup();
    assert!(missing.is_empty(), "without a Chinese text: {missing:#?}");
    assert!(used.len() > 150, "{}", used.len());
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for (english, chinese) in TABLES.into_iter().flatten() {
        assert!(seen.insert(english, chinese).is_none(), "twice in the tables: {english}");
    }
    let old: Vec<_> = seen.keys().filter(|english| !used.contains(**english)).collect();
    assert!(old.is_empty(), "texts of no option: {old:#?}");
}

#[test]
fn chinese_help_has_no_sentence_in_english() {
    for (called, mut command) in all(Language::Zh) {
        for help in [command.render_help().to_string(), command.render_long_help().to_string()] {
            assert!(help.contains("用法：") && help.contains("选项"), "{called:?}: {help}");
            for english in [
                "Usage",
                "Options:",
                "Arguments:",
                "Commands:",
                "default:",
                "possible values",
                "Possible values",
            ] {
                assert!(!help.contains(english), "{called:?}: {english} in {help}");
            }
        }
    }
}

/// What the command line says to arguments that it does not take.
fn said(language: Language, arguments: &[&str]) -> (ErrorKind, String) {
    let command = in_language(Arguments::command(), language);
    let error = command.try_get_matches_from(arguments).unwrap_err();
    (error.kind(), language.command_line(&error))
}

#[test]
fn a_command_line_that_is_not_taken_is_explained_in_chinese() {
    use ErrorKind::*;
    let cases: [(&[&str], ErrorKind, &str); 11] = [
        (&["wayseal", "seel"], InvalidSubcommand, "seel"),
        (&["wayseal", "seal", "--ot", "x"], UnknownArgument, "--ot"),
        (&["wayseal", "seal", "a.csv"], MissingRequiredArgument, "--grant"),
        (&["wayseal", "seal", "a", "--dpi", "1"], InvalidValue, "203"),
        (&["wayseal", "seal", "a", "--dpi"], InvalidValue, "--dpi"),
        (&["wayseal", "seal", "a", "--size", "1"], ValueValidation, "毫米"),
        (
            &["wayseal", "seal", "a", "--grant", "g", "--resume", "--overwrite", "--out", "o"],
            ArgumentConflict,
            "--overwrite",
        ),
        (&["wayseal", "demo", "--day", "a", "--day", "b"], ValueValidation, "2026-11-24"),
        (&["wayseal", "demo", "--day", "2026-01-01", "--day", "2026-01-02"], ArgumentConflict, "一次"),
        (&["wayseal", "demo", "a", "b"], UnknownArgument, "b"),
        (&["wayseal", "courier", "--state", "s", "--conceal", "0"], ValueValidation, "1..=3600"),
    ];
    for (arguments, kind, word) in cases {
        let (found, chinese) = said(Language::Zh, arguments);
        assert_eq!(found, kind, "{arguments:?}: {chinese}");
        assert!(chinese.starts_with("错误：") && chinese.contains(word), "{arguments:?}: {chinese}");
        for english in ["error", "invalid", "Usage", "possible", "required", "For more"] {
            assert!(!chinese.contains(english), "{arguments:?}: {english} in {chinese}");
        }
        let (_, english) = said(Language::En, arguments);
        assert!(!is_chinese(&english), "{english}");
    }
}

#[test]
fn each_value_that_an_option_refuses_is_explained_in_chinese() {
    let mut refused = 0;
    let mut whole = in_language(Arguments::command(), Language::Zh);
    for (called, command) in all(Language::Zh) {
        let takes = |argument: &&Arg| {
            argument.get_action().takes_values() && argument.get_possible_values().is_empty()
        };
        for argument in command.get_arguments().filter(takes) {
            let Some(long) = argument.get_long() else { continue };
            for bad in ["☃", "0", "99999999999999999999"] {
                let value = format!("--{long}={bad}");
                let typed: Vec<&str> = called.iter().map(String::as_str).chain([value.as_str()]).collect();
                let Err(error) = whole.try_get_matches_from_mut(&typed) else { continue };
                if error.kind() != ErrorKind::ValueValidation {
                    continue;
                }
                refused += 1;
                let text = Language::Zh.command_line(&error);
                let why = text.lines().next().unwrap().split_once("无效：").map_or("", |(_, why)| why);
                assert!(is_chinese(why), "{typed:?}: {text}");
            }
        }
    }
    assert!(refused > 30, "{refused}");
}
