//! The text of a code as the engine decoded it.

use rxing::common::cpp_essentials::DecoderResult;

/// The text of a code of ASCII characters, as all of ours are; `None` for another. The engine's own text would bring the tables of a
/// dozen character sets into each program.
pub(super) fn text_of(decoded: &DecoderResult<bool>) -> Option<String> {
    let bytes = decoded.content().bytes();
    bytes.is_ascii().then(|| bytes.iter().copied().map(char::from).collect())
}
