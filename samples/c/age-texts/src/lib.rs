//! Stands for the crate `i18n-embed-fl` in the libraries for phones, whose workspaces name it under `[patch.crates-io]`.
//!
//! The crate age says what went wrong in a dozen languages, and its reader of streams asks for one of these texts, so that all of them and
//! what chooses, parses and fills them in would be in each library. No text of age's is shown on a phone: a failure is a code there. With
//! this macro a text is the name that age gives it, such as `err-header-invalid`. If age asks for another version, cargo warns that this one
//! is not used, and the size of the library is beyond its ceiling.

#![no_std]
#![forbid(unsafe_code)]

/// The name of a text of age's, as a `String`; where texts are kept and what is filled in are not looked at.
#[macro_export]
macro_rules! fl {
    ($loader:expr, $name:literal $(, $argument:expr)* $(,)?) => {
        ::std::string::String::from($name)
    };
}
