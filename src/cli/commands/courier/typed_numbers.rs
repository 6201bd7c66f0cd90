//! Numbers of the day's list as they are typed, and a code that is shown to a colleague.

/// A code for a colleague's scanner.
pub struct ShownCode {
    /// What it is.
    pub title: String,
    /// What to do with it.
    pub advice: String,
    /// What to do where there is no room for it.
    pub small: &'static str,
    /// Its digits.
    pub digits: String,
    /// Its modules, as lines of a terminal.
    pub lines: Vec<String>,
}

/// Numbers of a list as they are typed: `1-5,8`. `None` for anything else, for none, and for more than a pass holds.
pub fn numbered(typed: &str) -> Option<Vec<usize>> {
    const MOST: usize = wayseal::signed::grant::PASS_LABELS;
    let mut numbers = Vec::new();
    for part in typed.split([',', ' ', '\u{ff0c}']).filter(|part| !part.is_empty()) {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let (from, to) = (from.parse::<usize>().ok()?, to.parse::<usize>().ok()?);
        if from == 0 || to < from || to - from >= MOST {
            return None;
        }
        numbers.extend(from..=to);
    }
    numbers.dedup();
    (1..=MOST).contains(&numbers.len()).then_some(numbers)
}

/// Whether a text is `7`, or `7` and numbers of the list: what follows it.
pub fn after_seven(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('7')?;
    if rest.is_empty() {
        return Some(rest);
    }
    let is_list =
        |character: char| character.is_ascii_digit() || matches!(character, ' ' | ',' | '-' | '\u{ff0c}');
    rest.strip_prefix(' ').filter(|numbers| numbers.chars().all(is_list)).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_the_list_are_read_as_they_are_typed() {
        assert_eq!(numbered("1-3,8"), Some(vec![1, 2, 3, 8]));
        assert_eq!(numbered("2 4，5"), Some(vec![2, 4, 5]));
        for wrong in ["", "0", "3-1", "1-", "x", "1-999999999", "1-201"] {
            assert_eq!(numbered(wrong), None, "{wrong}");
        }
        assert_eq!(
            (after_seven("7"), after_seven("7 1-3"), after_seven("71")),
            (Some(""), Some("1-3"), None)
        );
    }
}
