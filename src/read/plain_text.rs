//! The text of a code as the engine decoded it.

use rxing::common::cpp_essentials::DecoderResult;

/// The text of a code. All of ours are ASCII; another's bytes that are no UTF-8 stand as U+FFFD, since the engine's own text would bring
/// the tables of a dozen character sets into each program.
pub(super) fn text_of(decoded: &DecoderResult<bool>) -> String {
    String::from_utf8_lossy(decoded.content().bytes()).into_owned()
}
