//! Lines of the standard input, as a scanner types them.

use super::failure::Failure;
use super::language::Language;
use super::language::failure as text;
use std::io::BufRead;
use wayseal::read::plain_text::coded;

/// The longest line that is read: no code is longer. What follows is the next line.
const LINE_MAX: u64 = 8192;

/// The next line without its end; `None` after the last. Bytes that are no text stand as their codes: such a line is no
/// label's, and is refused as any other.
pub fn next(input: &mut impl BufRead, language: Language) -> Result<Option<String>, Failure> {
    let mut line = Vec::new();
    let read = std::io::Read::take(&mut *input, LINE_MAX).read_until(b'\n', &mut line);
    let len = read.map_err(|error| {
        let name = language.of(text::STANDARD_INPUT);
        Failure::input(text::cannot_read(language, name, language.system(&error)))
    })?;
    if line.ends_with(b"\n") {
        line.pop();
        line.pop_if(|byte| *byte == b'\r');
    }
    Ok((len > 0).then(|| coded(&line).into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(mut input: &[u8]) -> Vec<String> {
        std::iter::from_fn(|| next(&mut input, Language::En).unwrap_or_else(|_| panic!("unread"))).collect()
    }

    #[test]
    fn a_line_of_other_bytes_ends_nothing_and_a_long_one_is_cut() {
        assert_eq!(lines(b"WS1:A\r\n\n\xce\xaa\xff\xfe x\nlast"), ["WS1:A", "", "Ϊ\\xff\\xfe x", "last"]);
        let long = [b'a'; 20_000];
        let lens: Vec<usize> = lines(&long).iter().map(String::len).collect();
        assert_eq!(lens, [8192, 8192, 3616]);
    }
}
