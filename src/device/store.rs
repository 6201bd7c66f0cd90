//! Where a device keeps its files: a folder, memory, or whatever a program brings for its platform.
//!
//! In: names of files and bytes. Out: bytes, or a [`FileError`](crate::files::FileError) with the name. A [`Store`] interprets no
//! content; what it promises about power losses stands at its calls, and the session and the log are built on no more than that.
//!
//! Where the platform has a key store ([`Keys`]), a [`SealedStore`] around a store keeps no key in the clear; one that
//! computes HMACs ([`NodeKeys`]) holds the keys of stations itself.

mod api;
mod folder;
mod keys;
mod memory;
mod sealed;
mod shared;

pub use api::Store;
pub use folder::FolderStore;
pub use keys::{Keys, KeysError, NodeKeys};
pub use memory::{Files, MemoryStore};
pub use sealed::{SealedError, SealedStore};
pub(in crate::device) use sealed::{WRAP, is_lost};
pub use shared::SharedStore;
