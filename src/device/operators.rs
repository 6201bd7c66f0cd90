//! Operators: whose hand a device is in. An operator begins a shift with a number and a PIN, which the device checks without a network; from then on
//! the number stands in each entry of the log.
//!
//! In: the auditor's signed list of operators. Out: whether a number and a PIN belong together. The list holds a slow hash of each PIN and
//! no name. A device that has taken a list opens nothing without a shift, and believes no older list: its log has the number of the newest.
//!
//! ```text
//! wayseal.operators
//! 3                                              the list's number, always more than the last
//! 1007 base64(salt 16) base64(hash 32)           an operator a line, ascending
//!
//! — wayseal-audit base64(key id 4 ‖ Ed25519 signature 64)
//!
//! hash     scrypt(PIN, salt, N = 2^15, r = 8, p = 1, 32 bytes)    RFC 7914
//! ```
//!
//! A PIN of six digits withstands the guesses on the device, of which five wrong ones close it. It does not withstand somebody who takes the list home:
//! a million guesses are some hours of a computer. So it says who used a device, and opens no key.

mod list;
mod pin;

pub use list::{OPERATORS_MAX, Operator, OperatorList, OperatorsError};
pub use pin::{PIN_MAX, PIN_MIN, Pin, PinHash};
