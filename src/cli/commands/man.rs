//! `wayseal man FOLDER`: manual pages, one for each command, made of the same definitions as `--help`.

use crate::cli::arguments::man::ManArgs;
use crate::cli::console::say;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::man as text;
use std::path::Path;
use std::{fs, io};

impl ManArgs {
    /// Writes `wayseal.1`, `wayseal-seal.1`, … of `command`. Pages of the same names are replaced.
    pub fn run(self, command: clap::Command, language: Language) -> Result<u8, Failure> {
        let Self { folder } = self;
        let mut command = command.disable_help_subcommand(true);
        command.build();
        fs::create_dir_all(&folder)
            .and_then(|()| write(&command, &folder))
            .map_err(|error| Failure::output(text::not_written(language, folder.display(), error)))?;
        say(&text::written(language, folder.display()))?;
        Ok(0)
    }
}

/// The page of a command, and those of the commands below it.
fn write(command: &clap::Command, folder: &Path) -> io::Result<()> {
    for part in command.get_subcommands().filter(|part| !part.is_hide_set()) {
        write(part, folder)?;
    }
    let page = clap_mangen::Man::new(command.clone());
    page.source(concat!("wayseal ", env!("CARGO_PKG_VERSION"))).manual("Wayseal").generate_to(folder)?;
    Ok(())
}
