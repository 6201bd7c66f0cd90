//! The structs of the header.

use crate::raw::In;
use std::ffi::{c_char, c_int, c_void};

/// A device's handle: a number, as a pointer that nobody follows.
#[repr(transparent)]
#[derive(Clone, Copy)]
pub struct Handle(pub *mut c_void);

/// A function of the key store: context, bytes, their number, room, and its size, which becomes the number written.
pub type KeystoreCall = extern "C" fn(*mut c_void, *const u8, usize, *mut u8, *mut usize) -> c_int;

/// Functions of a key store that holds nodes: context and name; then the node, the message with its length and 32 bytes of room, or the
/// names with their number in place of one.
pub type NodeHold = extern "C" fn(*mut c_void, *const c_char, *const u8) -> c_int;
pub type NodeHmac = extern "C" fn(*mut c_void, *const c_char, *const u8, usize, *mut u8) -> c_int;
pub type NodeKeep = extern "C" fn(*mut c_void, *const *const c_char, usize) -> c_int;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Keystore {
    pub size: u32,
    pub context: *mut c_void,
    pub wrap: Option<KeystoreCall>,
    pub unwrap: Option<KeystoreCall>,
    pub hold: Option<NodeHold>,
    pub hmac: Option<NodeHmac>,
    pub keep: Option<NodeKeep>,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Scan {
    pub size: u32,
    pub purpose: u32,
    pub want: u32,
    pub text: In<u8>,
    pub length: usize,
    pub printed: In<u8>,
    pub now: u64,
}

pub const FIELDS: usize = 16;
pub const TEXT: usize = 1536;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Opened {
    pub size: u32,
    pub times: u32,
    pub left: i32,
    pub repeated: u32,
    pub day: u16,
    pub skipped: u16,
    pub field: [u16; FIELDS],
    pub handle: [u8; 16],
    pub text: [u8; TEXT],
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Status {
    pub size: u32,
    pub locked: u32,
    pub unanswered: u32,
    pub loaded: u32,
    pub days_left: u32,
    pub list_days_left: i32,
    pub budget: i64,
    pub left: i64,
    pub entries: u64,
    pub handed_in: u64,
    pub list: u64,
    pub floor: u64,
    pub grant: u64,
    pub operators: u64,
    pub operator: u32,
    pub device: [u8; 52],
    pub recipient: [u8; 128],
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Taken {
    pub size: u32,
    pub kind: u32,
    pub number: u64,
    pub added: u32,
    pub erased: u32,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Parcel {
    pub size: u32,
    pub delivered: u32,
    pub outcome: u32,
    pub handle: [u8; 16],
    pub waybill: [u8; 40],
    pub phone: [u8; 8],
    pub name: [u8; 80],
    pub place: [u8; 320],
    pub address: [u8; 320],
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct GivenLabel {
    pub size: u32,
    pub text: In<u8>,
    pub length: usize,
    pub handle: [u8; 16],
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Given {
    pub size: u32,
    pub labels: u32,
    pub until: u16,
    pub at: u16,
    pub left: u32,
    pub to: [u8; 52],
}

#[cfg(feature = "desk")]
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Station {
    pub size: u32,
    pub region: u16,
    pub site: u16,
    pub contact: u32,
    pub code: In<u8>,
    pub routing: In<u8>,
    pub hub: In<u8>,
    pub goods: In<u8>,
    pub remark: In<u8>,
    /// Of a return: who takes the parcel there, or null.
    pub name: In<u8>,
    pub phone: In<u8>,
    pub province: In<u8>,
    pub city: In<u8>,
    pub district: In<u8>,
    pub detail: In<u8>,
}

#[cfg(feature = "desk")]
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Replaced {
    pub size: u32,
    pub left: i32,
    pub left_out: u32,
    pub lost_entries: u32,
    pub without_sender: u32,
    pub handle: [u8; 16],
    pub waybill: [u8; 40],
    pub text: [u8; 312],
    pub name: [u8; 80],
    pub phone: [u8; 40],
    pub address: [u8; 320],
}
