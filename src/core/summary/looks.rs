//! Whether a text looks like an address. It is asked of columns that nobody has named, so that no address is left out of a
//! label unseen; what is printed does not depend on it.

use super::line::Line;
use super::words::{Role, ends_as_street, longest, roles};

/// Whether a text looks like an address with a street and a number, or with several divisions, by the vocabulary of the
/// masks. It is a guess: short names of places are none, and a product may have the form of an address.
#[must_use]
pub fn looks_like_address(text: &str) -> bool {
    if text.chars().any(|c| matches!(c, '\u{3400}'..='\u{9fff}')) {
        of_ideographs(&Line::of_ideographs(&[text], true))
    } else {
        of_words(&Line::of_words(&[text]))
    }
}

fn of_ideographs(line: &[char]) -> bool {
    let (mut divisions, mut ways, mut numbers, mut rooms) = (0, 0, 0, 0);
    let mut from = 0;
    for at in 0..line.len() {
        let here = &line[at..];
        if is_number(line[at])
            && here.get(1).is_some_and(|next| !is_number(*next))
            && let Some((len, _)) = longest(&here[1..], &[Role::Unit])
        {
            numbers += 1;
            let unit = &here[1..=len];
            rooms += u32::from(matches!(unit, ['栋' | '幢' | '室' | '户'] | ['单', '元'] | ['号', '楼']));
        }
        // A name has two characters at least, and one word does not end in another's middle.
        if at < from + 2 {
            continue;
        }
        if let Some((len, role)) = longest(here, &[Role::Area, Role::Road, Role::Village]) {
            let is_way = role != Role::Area && !(len == 1 && matches!(here[0], '线' | '道' | '径'));
            ways += u32::from(is_way);
            divisions += u32::from(role == Role::Area);
            from = at + len;
        }
    }
    (ways > 0 && numbers > 0) || divisions > 1 || (divisions > 0 && ways + rooms > 0) || rooms > 1
}

/// Whether a house or room may end with this character.
const fn is_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

fn of_words(line: &[char]) -> bool {
    let words = || {
        line.split(|c| *c == ',').flat_map(|part| {
            let mut rest = part.split(|c| *c == ' ').filter(|word| !word.is_empty()).peekable();
            core::iter::from_fn(move || rest.next().map(|word| (word, rest.peek().is_none())))
        })
    };
    let (mut before, mut begun, mut parts) = (None, false, 0);
    let mut street_before_number = false;
    let mut korean = 0;
    for (at, (word, ends)) in words().enumerate() {
        let number = is_house_number(word);
        if number && street_before_number {
            return true;
        }
        let role = roles(word);
        let ends_street = ends_as_street(word);
        // 12 Maple Street: the street's word ends its part, or a unit follows.
        let after = begun && parts > 0 && (role.has(Role::After) || ends_street);
        if after && (ends || words().nth(at + 1).is_some_and(|(next, _)| is_unit(next))) {
            return true;
        }
        // 12 rue Cartier.
        if begun && role.has(Role::Before) && !ends {
            return true;
        }
        // Lindenweg 5; Via Roma 3.
        street_before_number |= ends_street || (at == 0 && role.has(Role::Before) && !ends);
        korean += u32::from(is_korean(word));
        // PO Box 12.
        if number && before.is_some_and(is_box) {
            return true;
        }
        begun |= at == 0 && number;
        parts += u32::from(!number);
        before = Some(word);
    }
    korean > 1
}

fn is_house_number(word: &[char]) -> bool {
    let digits = word.iter().take_while(|c| c.is_ascii_digit()).count();
    (1..=5).contains(&digits)
        && word[digits..].iter().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '/'))
        && word.len() <= 8
}

fn is_unit(word: &[char]) -> bool {
    const UNITS: [&str; 14] = [
        "apt",
        "apt.",
        "apartment",
        "suite",
        "ste",
        "ste.",
        "unit",
        "floor",
        "fl",
        "room",
        "flat",
        "n",
        "s",
        "nw",
    ];
    word.first().is_some_and(|c| c.is_ascii_digit() || *c == '#') || UNITS.iter().any(|unit| is(word, unit))
}

fn is_box(word: &[char]) -> bool {
    ["box", "postfach", "casilla", "apartado", "bp"].iter().any(|known| is(word, known))
}

fn is(word: &[char], known: &str) -> bool {
    word.iter().map(char::to_ascii_lowercase).eq(known.chars())
}

/// Whether a word of Hangul ends as divisions and streets do.
fn is_korean(word: &[char]) -> bool {
    const ENDS: [Role; 2] = [Role::Area, Role::Road];
    word.len() > 1
        && word.iter().all(|c| matches!(c, '\u{ac00}'..='\u{d7a3}' | '0'..='9' | '-'))
        && (1..word.len())
            .any(|at| longest(&word[at..], &ENDS).is_some_and(|(len, _)| at + len == word.len()))
}
