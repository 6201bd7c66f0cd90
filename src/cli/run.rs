//! From the process to its exit code: arguments, settings, command.

use crate::cli::arguments::command_line::{Arguments, Command};
use crate::cli::failure::Failure;
use crate::cli::guard::guard;
use crate::cli::language::Language;
use crate::cli::settings::Settings;
use crate::cli::settings::authority::plan::AuthorityPlan;
use crate::cli::settings::config::Config;
use crate::cli::settings::device::DevicePlan;
use crate::cli::settings::environment::Environment;
use crate::cli::settings::log::LogPlan;
use crate::cli::settings::mask::MaskPlan;
use crate::cli::settings::scan::ScanPlan;
use crate::cli::settings::seal::SealPlan;
use crate::cli::settings::watch::WatchPlan;
use clap::{CommandFactory as _, Parser as _};
use std::io::{self, Write as _};
use std::process::ExitCode;
use wayseal::secret::scrubbed_deep;

/// Runs the command that the process was called with.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    guard(arguments.command.holds_keys());
    let environment = Environment::read();
    let language = arguments.lang.unwrap_or_else(|| Language::of_locale(environment.locale.as_deref()));
    let run = move || -> Result<u8, Failure> {
        let settings = Settings::new(Config::load(&arguments.config, language)?, environment, language);
        match arguments.command {
            Command::Demo(command) => command.run(language),
            Command::Seal(command) => SealPlan::new(*command, &settings, language)?.run(language),
            Command::Watch(command) => WatchPlan::new(*command, &settings, language)?.run(language),
            Command::Scan(command) => ScanPlan::new(command, &settings, language)?.run(language),
            Command::Courier(command) => command.run(language),
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
                clap_complete::generate(shell, &mut Arguments::command(), "wayseal", &mut io::stdout());
                Ok(0)
            }
            Command::Man(command) => command.run(Arguments::command(), language),
        }
    };
    // Keys are copied by moves, and signing leaves some of them on the stack.
    match scrubbed_deep(run) {
        Ok(code) => code.into(),
        Err(failure) => {
            let _broken_pipe = writeln!(io::stderr(), "wayseal: {}", failure.message(language));
            failure.code().into()
        }
    }
}
