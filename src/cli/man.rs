//! `wayseal man FOLDER`: manual pages, one for each command, made of the same definitions as `--help`.

use super::failure::Failure;
use super::language::Language;
use super::say;
use clap::Args;
use std::fs;
use std::path::PathBuf;

#[derive(Args)]
pub struct ManPages {
    /// The folder for the pages; it is made if it does not exist
    folder: PathBuf,
}

impl ManPages {
    /// Writes `wayseal.1`, `wayseal-seal.1`, … of `command`. Pages of the same names are replaced.
    pub fn run(self, command: clap::Command, language: Language) -> Result<u8, Failure> {
        let Self { folder } = self;
        let written = fs::create_dir_all(&folder).and_then(|()| clap_mangen::generate_to(command, &folder));
        written.map_err(|error| {
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
