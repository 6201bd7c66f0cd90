//! All texts that the command shows to people, in English and Chinese. No other module of the command but `advice` holds
//! a text or chooses between two languages.

pub mod audit;
pub mod authority;
pub mod bench;
pub mod bulk;
mod choice;
pub mod columns;
pub mod contact;
pub mod courier;
pub mod damage;
pub mod deliveries;
pub mod demo;
pub mod depot;
pub mod desk;
pub mod device;
pub mod enquiry;
mod errors;
pub mod explain;
pub mod failure;
pub mod giving;
pub mod grant;
pub mod help;
pub mod inspect;
pub mod keys;
pub mod log;
pub mod man;
pub mod mask;
mod notice;
pub mod outcome;
pub mod preview;
pub mod print;
pub mod printing;
pub mod prune;
mod remark;
pub mod report;
pub mod revoke;
pub mod scan;
pub mod seal;
pub mod settings;
pub mod shares;
mod text;
pub mod value;
pub mod watch;
pub mod wedge;

pub use choice::Language;
pub use text::Bilingual;
