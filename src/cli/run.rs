//! From the process to its exit code: arguments, settings, command.

use crate::cli::arguments::command_line::{Arguments, Command};
use crate::cli::console;
use crate::cli::failure::Failure;
use crate::cli::guard::guard;
use crate::cli::language::Language;
use crate::cli::language::help::in_language;
use crate::cli::settings::Settings;
use crate::cli::settings::authority::plan::AuthorityPlan;
use crate::cli::settings::config::{Config, WorkingFolder};
use crate::cli::settings::device::DevicePlan;
use crate::cli::settings::environment::Environment;
use crate::cli::settings::log::LogPlan;
use crate::cli::settings::mask::MaskPlan;
use crate::cli::settings::scan::ScanPlan;
use crate::cli::settings::seal::SealPlan;
use crate::cli::settings::watch::WatchPlan;
use clap::CommandFactory as _;
use std::env;
use std::ffi::OsString;
use std::process::ExitCode;
use wayseal::files;
use wayseal::secret::scrubbed_deep;

/// Runs the command that the process was called with.
pub fn main() -> ExitCode {
    let environment = Environment::read();
    // Help names the program by the first word, which whoever starts it chooses.
    let typed: Vec<OsString> = std::iter::once("wayseal".into()).chain(env::args_os().skip(1)).collect();
    let language =
        Arguments::language_of(&typed).unwrap_or_else(|| Language::of_locale(environment.locale.as_deref()));
    let arguments = match Arguments::parse_in(language, &typed) {
        Ok(arguments) => arguments,
        Err(error) => return not_taken(error, &typed, language),
    };
    guard(arguments.command.holds_keys());
    let language = arguments.lang.unwrap_or(language);
    let run = move || -> Result<u8, Failure> {
        let config = match &arguments.command {
            command if command.reads_settings() => {
                let makes_keys = command.makes_keys();
                let here = if makes_keys { WorkingFolder::Unread } else { WorkingFolder::Harmless };
                let config = Config::load(arguments.config.as_deref(), &environment, here, language)?;
                if makes_keys { config.for_new_keys() } else { config }
            }
            _ => Config::default(),
        };
        let settings = Settings::new(config, environment, language);
        match arguments.command {
            Command::Demo(command) => command.run(language),
            Command::Seal(command) => SealPlan::new(*command, &settings, language)?.run(language),
            Command::Watch(command) => WatchPlan::new(*command, &settings, language)?.run(language),
            Command::Scan(command) => ScanPlan::new(command, &settings, language)?.run(language),
            Command::Courier(command) => command.run(language),
            Command::Relabel(command) => command.run(&settings, language),
            Command::Return(command) => command.run(&settings, language),
            Command::Log(command) => LogPlan::new(*command, &settings).run(language),
            Command::Print(command) => command.run(language),
            Command::PrinterTest(command) => command.run(language),
            Command::Inspect(command) => command.run(language),
            Command::WedgeTest(command) => command.run(language),
            Command::Mask(command) => MaskPlan::new(command, &settings, language)?.run(language),
            Command::Authority(command) => AuthorityPlan::new(command, &settings, language)?.run(language),
            Command::Device(command) => DevicePlan::new(command, &settings).run(language),
            Command::Bench(command) => command.run(language),
            Command::Completions { shell } => {
                let mut command = in_language(Arguments::command(), language);
                clap_complete::generate(shell, &mut command, "wayseal", &mut console::data());
                Ok(0)
            }
            Command::Man(command) => command.run(in_language(Arguments::command(), language), language),
        }
    };
    // Keys are copied by moves, and signing leaves some of them on the stack.
    match scrubbed_deep(run) {
        Ok(code) => code.into(),
        Err(failure) => {
            console::warn(&format!("wayseal: {}", failure.message(language)));
            failure.code().into()
        }
    }
}

/// Says why the arguments are not taken, or shows the help that they ask for.
fn not_taken(error: clap::Error, typed: &[OsString], language: Language) -> ExitCode {
    let code = u8::try_from(error.exit_code()).unwrap_or(2);
    if error.use_stderr() {
        // An error repeats arguments, and its lines are its own: none may be begun by an argument.
        let shown = |argument: &OsString| files::shown(&argument.to_string_lossy()).into_owned().into();
        let shown: Vec<OsString> = typed.iter().map(shown).collect();
        let error = Arguments::parse_in(language, &shown).err().unwrap_or(error);
        language.command_line(&error).lines().for_each(console::warn);
    } else {
        let _gone = error.print();
    }
    code.into()
}
