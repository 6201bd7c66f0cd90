//! The command line's help in a language.

use super::tables::chinese;
use crate::cli::language::Language;
use clap::builder::StyledStr;
use clap::{Arg, Command};

/// What help begins with, where clap's own template says "Usage".
const TEMPLATE: &str = "{before-help}{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";
const COMMANDS: &str = "命令";
const ARGUMENTS: &str = "参数";
const OPTIONS: &str = "选项";

/// The command with its help in a language. Names of options and of their values are the same in both.
pub fn in_language(mut command: Command, language: Language) -> Command {
    if language == Language::Zh {
        // Adds the options and the command that clap brings, and the shared options to each command.
        command.build();
        command = translated(command);
    }
    command
}

fn translated(mut command: Command) -> Command {
    command = command.help_template(TEMPLATE).subcommand_help_heading(COMMANDS);
    if let Some(about) = command.get_about().and_then(of) {
        command = command.about(about);
    }
    if let Some(about) = command.get_long_about().and_then(of) {
        command = command.long_about(about);
    }
    if let Some(after) = command.get_after_help().and_then(of) {
        command = command.after_help(after);
    }
    command.mut_args(argument).mut_subcommands(translated)
}

fn argument(mut argument: Arg) -> Arg {
    let heading = if argument.is_positional() { ARGUMENTS } else { OPTIONS };
    argument = argument.help_heading(heading);
    if let Some(long) = argument.get_long_help().and_then(of) {
        argument = argument.long_help(long);
    }
    let Some(mut help) = argument.get_help().and_then(of).map(str::to_owned) else { return argument };
    if argument.get_action().takes_values() {
        // Clap says these itself, in English.
        let values = argument.get_default_values().iter().map(|value| value.to_string_lossy());
        let defaults: Vec<_> = values.collect();
        let possible = argument.get_possible_values();
        let names: Vec<_> = possible
            .iter()
            .filter(|value| !value.is_hide_set())
            .map(|value| match value.get_help().and_then(of) {
                Some(help) => format!("{}：{help}", value.get_name()),
                None => value.get_name().to_owned(),
            })
            .collect();
        if !names.is_empty() {
            help += &format!("（可选：{}）", names.join("；"));
        }
        if !defaults.is_empty() && !argument.is_hide_default_value_set() {
            help += &format!("（默认：{}）", defaults.join(","));
        }
    }
    argument.help(help).hide_possible_values(true).hide_default_value(true)
}

/// The Chinese of a text of clap's; `None` is shown in English, and fails a test.
fn of(text: &StyledStr) -> Option<&'static str> {
    chinese(&text.to_string())
}
