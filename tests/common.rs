//! What several topics' tests share: the command, and the parties with their keys.
//!
//! Each binary that declares it uses a part of it.
#![allow(dead_code)]

pub mod auditor;
pub mod command;
pub mod demonstration;
pub mod desk;
pub mod destinations;
pub mod folder;
pub mod label;
pub mod nodes;
pub mod orders;
pub mod print_room;
pub mod sample;
pub mod sources;
pub mod station;
pub mod tree;
