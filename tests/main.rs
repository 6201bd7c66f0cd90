//! The integration tests of the library and of the command: one binary, one module a topic.
//!
//! Tests that need a process of their own are targets of their own: `memory.rs` searches its process's memory,
//! `no_allocation.rs` replaces the allocator, and `hsm.rs` and `parquet.rs` need features that are off by default.

#[cfg(feature = "cli")]
mod common;

#[cfg(feature = "cli")]
mod accounts;
#[cfg(all(feature = "cli", unix))]
mod authority;
#[cfg(all(feature = "cli", unix))]
mod authority_line;
#[cfg(feature = "cli")]
mod batch;
#[cfg(all(feature = "cli", target_os = "linux"))]
mod bounds;
#[cfg(all(feature = "cli", unix))]
mod codes;
#[cfg(feature = "cli")]
mod command;
#[cfg(feature = "cli")]
mod courier;
#[cfg(all(feature = "cli", target_os = "linux"))]
mod courier_locked;
#[cfg(feature = "cli")]
mod courier_log;
#[cfg(all(feature = "cli", target_os = "linux"))]
mod courier_seized;
#[cfg(feature = "authority")]
mod deliveries;
#[cfg(all(feature = "cli", unix))]
mod desk;
#[cfg(all(feature = "cli", unix))]
mod desk_limits;
#[cfg(feature = "cli")]
mod device_day;
#[cfg(feature = "cli")]
mod device_exchange;
#[cfg(feature = "cli")]
mod device_passes;
#[cfg(feature = "authority")]
mod device_state;
mod docs;
#[cfg(feature = "batch")]
mod encodings;
#[cfg(feature = "cli")]
mod enquiry;
#[cfg(feature = "cli")]
mod exports;
#[cfg(feature = "cli")]
mod faults;
#[cfg(feature = "cli")]
mod fonts;
#[cfg(feature = "authority")]
mod forgery;
#[cfg(feature = "batch")]
mod forms;
#[cfg(feature = "authority")]
mod giving;
mod giving_issuers;
#[cfg(feature = "cli")]
mod guarded;
#[cfg(feature = "cli")]
mod held_grants;
#[cfg(feature = "cli")]
mod held_nodes;
#[cfg(all(feature = "cli", target_os = "linux"))]
mod hostile;
#[cfg(all(feature = "cli", target_os = "linux"))]
mod inbox;
#[cfg(feature = "batch")]
mod input;
#[cfg(feature = "authority")]
mod issuers;
mod key_store;
mod label;
#[cfg(feature = "cli")]
mod language;
mod layers;
#[cfg(feature = "label")]
mod layout;
#[cfg(feature = "cli")]
mod log;
mod looks;
#[cfg(feature = "cli")]
mod manifest;
mod masks;
#[cfg(feature = "cli")]
mod moved;
mod names;
#[cfg(feature = "cli")]
mod parcels;
#[cfg(feature = "authority")]
mod passes;
#[cfg(feature = "cli")]
mod pictures;
#[cfg(feature = "cli")]
mod pilot;
#[cfg(feature = "cli")]
mod printing;
mod properties;
#[cfg(all(feature = "read", feature = "label"))]
mod reading;
#[cfg(feature = "cli")]
mod recipient;
mod record;
#[cfg(all(feature = "cli", unix))]
mod rejects;
#[cfg(feature = "authority")]
mod round;
mod scope;
#[cfg(all(feature = "cli", unix))]
mod screens;
mod seal_open;
#[cfg(feature = "cli")]
mod sender;
#[cfg(feature = "cli")]
mod served;
mod several;
#[cfg(feature = "label")]
mod station_life;
#[cfg(feature = "cli")]
mod stations_register;
mod surface;
mod symbol;
#[cfg(feature = "cli")]
mod symbol_alone;
mod targets;
#[cfg(all(feature = "cli", unix))]
mod tenants;
#[cfg(all(feature = "cli", unix))]
mod transcripts;
#[cfg(all(feature = "cli", unix))]
mod trust;
mod vectors;
#[cfg(feature = "cli")]
mod waiting;
#[cfg(all(feature = "cli", unix))]
mod watch;
#[cfg(feature = "cli")]
mod waybills;
#[cfg(feature = "cli")]
mod week;
mod workbooks;
mod wycheproof;
