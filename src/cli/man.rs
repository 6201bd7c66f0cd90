//! `wayseal man FOLDER`: manual pages, one for each command, made of the same definitions as `--help`.

use super::failure::Failure;
use super::language::Language;
use super::say;
use clap::Args;
use std::path::{Path, PathBuf};
use std::{fs, io};

#[derive(Args)]
pub struct ManPages {
    /// The folder for the pages; it is made if it does not exist
    folder: PathBuf,
}

impl ManPages {
    /// Writes `wayseal.1`, `wayseal-seal.1`, … of `command`. Pages of the same names are replaced.
    pub fn run(self, command: clap::Command, language: Language) -> Result<u8, Failure> {
        let Self { folder } = self;
        let mut command = command.disable_help_subcommand(true);
        command.build();
        fs::create_dir_all(&folder).and_then(|()| write(&command, &folder)).map_err(|error| {
            Failure::output(match language {
                Language::En => format!("cannot write manual pages to {}: {error}", folder.display()),
                Language::Zh => format!("无法将手册页写入 {}：{error}", folder.display()),
            })
        })?;
        say(&match language {
            Language::En => {
                format!("Manual pages in {0}; read one with: man -l {0}/wayseal.1", folder.display())
            }
            Language::Zh => format!("手册页已写入 {0}；查看：man -l {0}/wayseal.1", folder.display()),
        })?;
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
