//! Writing files whole or not at all, and reading and writing files of secrets.
//!
//! In: paths and bytes. Out: bytes, or a [`FileError`] that names the path and the operation. This module does not
//! interpret content. Files of secrets are readable by their owner alone (mode 0600 on Unix), and reading one that
//! others can read is an error. On Windows, permissions are those of the folder.
//!
//! - `whole`: writes files whole or not at all; `sync`: makes folders durable.
//! - `content`: reads files, with a limit; `secret`: reads and erases files of secrets.
//! - `own`, `own_file`: open files whose names others know in advance, and follow no link; `lock`: keeps other processes away.
//! - `shown`: how names and texts are shown to people.
//! - `taken`: takes files that others put into a folder for this program.
//!
//! On `wasm32-unknown-unknown` there is no file system: this module compiles, and whatever reads or writes a file fails
//! with a [`FileError`].

mod content;
mod error;
#[cfg(test)]
mod in_memory;
mod lock;
mod own;
mod own_file;
mod secret;
mod shown;
mod sync;
mod taken;
mod whole;

pub use content::{append_own, lock_beside, open_own, read, read_own};
pub use error::FileError;
#[cfg(test)]
pub use in_memory::in_memory;
pub use lock::FileLock;
pub use own::{NotOwn, remove_own};
pub use own_file::OwnFile;
pub use secret::{erase, private_folder, read_secret, replace_secret};
pub use shown::shown;
pub use sync::{sync_all, sync_folder};
pub use taken::TakenFile;
pub use whole::{Access, PartFile, TEMPORARY, hidden, write, write_unsynced};
