//! Arguments of `wayseal watch`: those of `seal` that make sense for every file, and its own.

use super::seal::SealArgs;
use clap::{ArgAction, ArgMatches, Args, Command, FromArgMatches};
use std::num::NonZero;

/// Options of `seal` for one file, once: of no use for a folder.
pub const OF_ONE_FILE: [&str; 6] = ["resume", "overwrite", "dry_run", "limit", "only", "from"];

#[derive(Args)]
pub struct WatchOwnArgs {
    /// Take what is there, then end: for schedulers
    #[arg(long)]
    pub once: bool,
    /// A file is whole if its length and time did not change for this long
    #[arg(long, value_name = "SECONDS", default_value = "3")]
    pub settle: NonZero<u64>,
}

/// A folder that is watched, and how its files are sealed.
pub struct WatchArgs {
    /// As `seal` takes them; the only one of its orders is the folder.
    pub seal: SealArgs,
    pub own: WatchOwnArgs,
}

/// By hand, since what is said of some of `seal`'s options differs.
impl Args for WatchArgs {
    fn augment_args(command: Command) -> Command {
        let command = WatchOwnArgs::augment_args(SealArgs::augment_args(command));
        let command = OF_ONE_FILE
            .into_iter()
            .fold(command, |command, name| command.mut_arg(name, |option| option.hide(true)));
        command
            .mut_arg("orders", |folder| {
                folder.value_name("FOLDER").num_args(1).action(ArgAction::Set).help(
                    "The folder into which files of orders come; what was sealed moves to its done/, what was not to \
                     its failed/",
                )
            })
            .mut_arg("out", |out| {
                out.help(
                    "Where labels go: {} stands for the file's name, as in 'labels/{}.zip'; without it a folder \
                     that gets a folder for each file",
                )
            })
            .mut_arg("print", |print| {
                print.help(
                    "Print the labels of each file: tcp://HOST, tcp://HOST:PORT, or the path of a device or spool \
                     file; the job is kept in the folder's sealed/",
                )
            })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for WatchArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        Ok(Self { seal: SealArgs::from_arg_matches(matches)?, own: WatchOwnArgs::from_arg_matches(matches)? })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
