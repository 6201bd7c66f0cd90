//! Addresses in words: the streets and places that a word of the vocabulary names, wherever they stand.

use super::printed::STARS;
use crate::bytes::Text;
use crate::record::Country;
use crate::summary::line::{Line, is_ideograph, is_ordinal, lower};
use crate::summary::person::Person;
use crate::summary::usual::Usual;
use crate::summary::words::{Role, Roles, ends_as_street, longest, roles};
use crate::summary::writing::Writing;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Word,
    /// Has a digit.
    Number,
    /// Stands between two parts.
    Break,
}

#[derive(Clone, Copy)]
struct Token {
    start: usize,
    end: usize,
    kind: Kind,
    roles: Roles,
}

const NONE: Token = Token { start: 0, end: 0, kind: Kind::Break, roles: EMPTY };
const EMPTY: Roles = Roles::NONE;

/// Words and numbers of an address that are looked at.
const LONGEST: usize = 64;

/// Appends streets and places.
pub(super) fn push(person: &Person<'_>, usual: &Usual, out: &mut Text<512>) {
    let writing = usual.writing;
    let line = Line::of_words(&[person.street, person.detail]);
    let mut tokens = [NONE; LONGEST];
    let count = split(&line, &mut tokens);
    let reader = Reader { line: &line, tokens: &tokens[..count], country: person.country, writing };
    let (mut at, mut printed) = (0, 0);
    let divided = out.len();
    while at < count {
        let Some((from, to)) = reader.piece(at, printed == at) else {
            at += 1;
            continue;
        };
        let text = &line[tokens[from].start..tokens[to - 1].end];
        let text = if tokens[from].kind == Kind::Number && to == 1 { &text[..1] } else { text };
        at = to;
        if usual.name.is_all_of(text) || reader.is_building(from, to) {
            continue;
        }
        let hidden = tokens[printed..from].iter().any(|token| token.kind != Kind::Break);
        let gap = match (out.is_empty(), hidden) {
            (true, false) => "",
            (true, true) => "*** ",
            (false, false) if printed > 0 => ", ",
            (false, false) => " ",
            (false, true) => " *** ",
        };
        if out.len() + gap.len() + text.len() * 4 + STARS.len() > 512 {
            return;
        }
        let _fits = out.push_str(gap);
        push_words(text, out);
        printed = to;
    }
    // Where no street is known, the area that the postcode is of: what military and P.O. box addresses are sorted by.
    if out.len() == divided && writing == Writing::Words {
        let area = postal_area(person);
        if !area.is_empty() && divided > 0 {
            let _fits = out.push(' ');
        }
        let _fits = out.push_str(area);
    }
}

/// The part of a postcode that is of a town or a part of one, and of no building.
fn postal_area<'p>(person: &Person<'p>) -> &'p str {
    let code = person.postcode.trim();
    let first = |count: usize| code.get(..count).unwrap_or_default();
    let digits = code.bytes().take_while(u8::is_ascii_digit).count();
    match person.country.as_str() {
        "GB" => code.split(' ').next().filter(|area| area.len() < code.len()).unwrap_or_default(),
        "CA" | "IE" => first(3),
        "NL" => first(digits.min(4)),
        "SG" => first(2),
        _ => first(digits.min(5)),
    }
}

/// Appends words as they stand.
pub(super) fn push_words(text: &[char], out: &mut Text<512>) {
    for character in text {
        if out.len() + character.len_utf8() + STARS.len() <= 512 {
            let _fits = out.push(*character);
        }
    }
}

fn split(line: &[char], tokens: &mut [Token; LONGEST]) -> usize {
    let is_break = |c: char| ",;|#()[]@:\"*°º№+=<>{}".contains(c);
    let (mut at, mut count) = (0, 0);
    while at < line.len() && count < LONGEST {
        let start = at;
        if line[at] == ' ' {
            at += 1;
            continue;
        }
        if is_break(line[at]) {
            at += 1;
            tokens[count] = Token { start, end: at, ..NONE };
            count += 1;
            continue;
        }
        while at < line.len() && line[at] != ' ' && !is_break(line[at]) {
            at += 1;
        }
        let word = &line[start..at];
        let number = word.iter().any(char::is_ascii_digit);
        let letters = word.iter().any(|c| c.is_alphabetic());
        let kind = if number {
            Kind::Number
        } else if letters {
            Kind::Word
        } else {
            Kind::Break
        };
        let roles = if kind == Kind::Word { roles(word) } else { EMPTY };
        tokens[count] = Token { start, end: at, kind, roles };
        count += 1;
    }
    count
}

struct Reader<'t> {
    line: &'t [char],
    tokens: &'t [Token],
    country: Country,
    writing: Writing,
}

impl Reader<'_> {
    /// The street or place that begins at a token.
    fn piece(&self, at: usize, follows: bool) -> Option<(usize, usize)> {
        if self.writing == Writing::Korea {
            return self.korean(at);
        }
        let end = self
            .after(at, follows)
            .or_else(|| self.before(at))
            .or_else(|| self.joined(at))
            .or_else(|| self.compound(at))
            .or_else(|| self.bare(at))
            .or_else(|| self.square(at))?;
        Some((at, end))
    }

    /// Whether what looks like a street is a building, of which the street stands after it: of a house's kind, Rosewood
    /// Lodge, Mill Lane; or between the number of a flat and that of a house, Flat 12, Cotton Mill Court, 88 Rye Lane.
    fn is_building(&self, from: usize, to: usize) -> bool {
        if self.kind(to) != Some(Kind::Break) {
            return false;
        }
        let number = |token: &Token| token.kind == Kind::Number;
        let after = if self.is(to - 1, Role::House) {
            Some(to)
        } else {
            let house = self.tokens[to..].iter().position(number);
            house.map(|house| to + house).filter(|_| self.tokens[..from].iter().any(number))
        };
        after.is_some_and(|after| (after + 1..self.tokens.len()).any(|at| self.piece(at, false).is_some()))
    }

    fn text(&self, at: usize) -> &[char] {
        self.tokens.get(at).map_or(&[], |token| &self.line[token.start..token.end])
    }

    fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    fn is(&self, at: usize, role: Role) -> bool {
        self.tokens.get(at).is_some_and(|token| token.roles.has(role))
    }

    /// A word that may stand in a name: of two letters or more, and none that counts or that a part of a house has.
    fn is_name(&self, at: usize) -> bool {
        self.kind(at) == Some(Kind::Word)
            && (!self.is(at, Role::Guard) || self.leads(at))
            && !self.is_count(at)
            && self.text(at).iter().filter(|c| c.is_alphabetic()).count() > 1
    }

    /// Upper Street, Opera House Road: the street's word stands right after it, and is the last.
    fn leads(&self, at: usize) -> bool {
        self.is(at, Role::Lead)
            && self.is(at + 1, Role::After)
            && !self.is(at + 1, Role::Place)
            && !self.is_street_word(at + 2)
    }

    /// Whether a word counts: twelve, forty-two.
    fn is_count(&self, at: usize) -> bool {
        let mut parts = self.text(at).split(|c| *c == '-');
        self.kind(at) == Some(Kind::Word) && parts.all(|part| roles(part).has(Role::Count))
    }

    /// Whether a word that is no particle begins in lower case where the street's word does not.
    fn is_lower(&self, at: usize, street: usize) -> bool {
        let lower = |at: usize| self.text(at).first().is_some_and(|c| c.is_lowercase());
        lower(at) && !lower(street) && !self.is(at, Role::Particle)
    }

    fn is_number_before(&self, at: usize) -> bool {
        at > 0 && (self.kind(at - 1) == Some(Kind::Number) || self.is_count(at - 1))
    }

    /// Up to four words of a name and a street's word: Maple Street, E 14th St.
    fn after(&self, at: usize, follows: bool) -> Option<usize> {
        let begins = follows || !self.is_name(at - 1) || self.is_lower(at - 1, at);
        if !begins {
            return None;
        }
        let direction = matches!(self.text(at), ['N' | 'S' | 'E' | 'W'] | ['N' | 'S' | 'E' | 'W', '.'])
            && (at == 0 || self.kind(at - 1) != Some(Kind::Word));
        let first = at + usize::from(direction);
        let ordinal = self.is_ordinal(first);
        let mut next = first + usize::from(ordinal);
        let fits = |next: usize| self.is_name(next) && next < first + 5;
        let street = loop {
            if next > first
                && self.is_street_word(next)
                && (!self.is(next, Role::Guard) || self.may_be_flat(next))
            {
                break next;
            }
            if !fits(next) {
                return None;
            }
            next += 1;
        };
        if (at..street).any(|at| self.is_lower(at, street)) {
            return None;
        }
        let mut end = street + 1;
        while self.kind(end) == Some(Kind::Word) && self.is_street_word(end) && !self.is(end, Role::Guard) {
            end += 1;
        }
        let numbered = self.country.as_str() == "SG"
            && self.kind(end) == Some(Kind::Number)
            && self.text(end).len() <= 2;
        Some(end + usize::from(numbered))
    }

    fn is_street_word(&self, at: usize) -> bool {
        let roles = self.tokens.get(at).map_or(EMPTY, |token| token.roles);
        roles.any(&[Role::After, Role::Place])
            || roles.has(Role::Latin) && matches!(self.writing, Writing::China | Writing::Traditional)
    }

    /// A street may be called a flat, after its number: 12 Watson Flat.
    fn may_be_flat(&self, street: usize) -> bool {
        self.is(street, Role::After)
            && street >= 2
            && self.kind(street - 2) == Some(Kind::Number)
            && self.kind(street + 1) != Some(Kind::Number)
    }

    /// 14th, Fifth; a number alone before a street's word where numbers come last: 2217 Sok.
    fn is_ordinal(&self, at: usize) -> bool {
        let text = self.text(at);
        let digits = text.iter().take_while(|c| c.is_ascii_digit()).count();
        let ending = is_ordinal(text);
        let short = (1..=4).contains(&digits) && digits + 2 == text.len();
        let alone = self.country.as_str() == "TR" && (1..=4).contains(&digits) && digits == text.len();
        ((short || self.is_count(at)) && ending || alone)
            && self.is(at + 1, Role::After)
            && !self.is(at + 1, Role::Guard)
    }

    /// A street's word and its name: Rue Cartier, Rua das Acácias, Calle 19 Sur.
    fn before(&self, at: usize) -> Option<usize> {
        if !self.is(at, Role::Before) {
            return None;
        }
        let mut end = at + 1;
        let mut words = 0;
        while self.is(end, Role::Particle) {
            end += 1;
        }
        // Avenue B, after the number of a house.
        let lettered = matches!(self.text(end), ['A'..='Z']) && self.kind(end + 1) != Some(Kind::Word);
        if lettered && self.is(at, Role::After) && self.is_number_before(at) {
            return Some(end + 1);
        }
        // đường số 3 is a street by its number.
        end += usize::from(self.text(end) == ['s', 'ố'] && self.kind(end + 1) == Some(Kind::Number));
        let number = self.kind(end) == Some(Kind::Number)
            && self.text(end).iter().all(|c| c.is_ascii_digit() || *c == '.')
            && self.text(end).len() <= 4
            // Ленинский проспект 12: the street's word ends its name.
            && (at == 0 || !self.is_name(at - 1));
        end += usize::from(number);
        let cased = self.text(at).iter().any(|c| c.is_lowercase() || c.is_uppercase());
        let shouted = self.line.iter().all(|c| !c.is_lowercase());
        let whispered = self.line.iter().all(|c| !c.is_uppercase());
        while words < 4 && self.kind(end) == Some(Kind::Word) {
            let lower = self.text(end).first().is_some_and(|c| c.is_lowercase());
            let particle = self.is(end, Role::Particle) && (lower || shouted);
            let capital = !lower || whispered && words == 0;
            let named = self.is_name(end)
                || self.text(end).ends_with(&['.']) && !self.is(end, Role::Guard)
                || words == 0 && self.is_count(end);
            // Hẻm 73 Phố Huế: a lane of a street.
            let street = number && self.country.as_str() == "VN" && self.is(end, Role::Before);
            if street || !particle && (!named || cased && !shouted && !capital) {
                break;
            }
            words += usize::from(!particle);
            end += 1;
        }
        let trailing = |at: usize| {
            self.is(at, Role::Particle)
                && (shouted || self.text(at).first().is_some_and(|c| c.is_lowercase()))
        };
        while end > at + 1 && trailing(end - 1) {
            end -= 1;
        }
        // Where the text goes on in words, or ends without a number, a name has one word: what comes next may be anything.
        let bounded = self.tokens.get(end).is_some_and(|token| token.kind != Kind::Word)
            || self.is_number_before(at)
            || self.is(end, Role::Guard);
        if words > 2 && !bounded {
            return None;
        }
        (words > 0 || number).then_some(end)
    }

    /// ถนนบัวเผื่อน; ផ្លូវ ៥១.
    fn joined(&self, at: usize) -> Option<usize> {
        if self.kind(at) != Some(Kind::Word) {
            return None;
        }
        let text = self.text(at);
        let (len, _) = longest(text, &[Role::Joined])?;
        if text.len() > len {
            return Some(at + 1);
        }
        matches!(self.kind(at + 1), Some(Kind::Word | Kind::Number)).then_some(at + 2)
    }

    /// Lindenweg, Oda-Preiß-Straße; Lange Straße is two words.
    fn compound(&self, at: usize) -> Option<usize> {
        const LANDS: [&str; 12] = ["DE", "AT", "CH", "LI", "LU", "NL", "BE", "SE", "NO", "DK", "FI", "MM"];
        if !LANDS.contains(&self.country.as_str()) {
            return None;
        }
        let mut end = at;
        let cased = self.line.iter().any(|c| c.is_uppercase());
        let fits = |at: usize| self.is_name(at) && !(cased && self.text(at)[0].is_lowercase());
        // 1e Oosterparkstraat.
        let dutch = matches!(self.country.as_str(), "NL" | "BE");
        if dutch && matches!(self.text(at), ['1'..='9', 'e']) && fits(at + 1) {
            return ends_as_street(self.text(at + 1)).then_some(at + 2);
        }
        while end < at + 4 && fits(end) {
            if ends_as_street(self.text(end))
                || self.is(end, Role::End) && end > at
                || self.is(end, Role::Before) && self.country.as_str() == "NL"
            {
                return Some(end + 1);
            }
            end += 1;
        }
        None
    }

    /// A square of Mannheim before the number of the house, of which the letter is printed: C 4, 12.
    fn square(&self, at: usize) -> Option<usize> {
        let number = |at: usize| self.kind(at) == Some(Kind::Number);
        let lettered = |text: &[char]| matches!(text, ['A'..='U', rest @ ..] if rest.len() < 3 && rest.iter().all(char::is_ascii_digit));
        let end = if self.text(0).len() == 1 { 2 } else { 1 };
        let follows = number(end - 1) && self.kind(end) == Some(Kind::Break) && number(end + 1);
        (self.country.as_str() == "DE" && at == 0 && lettered(self.text(0)) && follows).then_some(1)
    }

    /// In Vietnam a street needs no word: two to four words after the number of a house.
    fn bare(&self, at: usize) -> Option<usize> {
        if self.country.as_str() != "VN" || !self.is_number_before(at) {
            return None;
        }
        let capital = |at: usize| self.is_name(at) && self.text(at).first().is_some_and(|c| c.is_uppercase());
        let end = (at..at + 5).find(|at| !capital(*at))?;
        (end >= at + 2).then_some(end)
    }

    /// Words that end as quarters, roads and places do.
    fn korean(&self, at: usize) -> Option<(usize, usize)> {
        if at > 0 {
            return None;
        }
        let mut end = 0;
        let mut placed = false;
        while let Some(token) = self.tokens.get(end) {
            let text = self.text(end);
            let ending = |role: Role, least: usize| {
                (least..text.len()).any(|from| {
                    longest(&text[from..], &[role]).is_some_and(|(len, _)| from + len == text.len())
                })
            };
            let hangul =
                token.kind == Kind::Word && text.iter().all(|c| matches!(c, '\u{ac00}'..='\u{d7a3}'));
            let numbered = token.kind == Kind::Number
                && text.iter().position(char::is_ascii_digit).is_some_and(|digit| digit >= 2)
                && (text.ends_with(&['길']) || text.ends_with(&['로']));
            let region = longest(text, &[Role::Region]).is_some_and(|(len, _)| len == text.len());
            let known = hangul
                && (ending(Role::Place, 1)
                    || ending(Role::Road, 1)
                    || !placed && (region || ending(Role::Area, 2)))
                || numbered;
            if !known {
                break;
            }
            // What is called 동 after a road or another 동 is a building.
            let last = text.last().is_some_and(|c| matches!(c, '동' | '리' | '가' | '로' | '길'));
            placed |= last || hangul && ending(Role::Place, 1);
            end += 1;
        }
        (end > 0).then_some((0, end))
    }
}

/// Whether a column has the form of a place's name: a few words of letters.
pub(super) fn is_locality(line: &[char], writing: Writing) -> bool {
    let mut tokens = [NONE; LONGEST];
    let count = split(line, &mut tokens);
    let tokens = &tokens[..count];
    let word = |token: &Token| {
        let text = &line[token.start..token.end];
        token.kind == Kind::Number && text.len() <= 2
            || token.kind == Kind::Word
                && (!token.roles.has(Role::Guard) || is_prefix(text))
                && text
                    .iter()
                    .all(|c| is_ideograph(*c) || c.is_alphabetic() || matches!(c, '.' | '\'' | '-' | '/' | '\u{300}'..='\u{109f}' | '\u{1780}'..='\u{17d3}'))
    };
    if writing == Writing::Korea && line.iter().any(|c| !c.is_ascii()) {
        return tokens.iter().all(|token| is_korean_area(&line[token.start..token.end]));
    }
    // Quận 1, Dublin 4: a number ends the name, and no street has it. Three Rivers counts, and is a town.
    let numbers = tokens.iter().filter(|token| token.kind == Kind::Number).count();
    let street = |token: &Token| token.roles.any(&[Role::After, Role::Place]);
    let numbered = |token: &Token| token.kind == Kind::Number || token.roles.has(Role::Count);
    let ends = tokens.last().is_some_and(|token| token.kind == Kind::Number) && !tokens.iter().any(street);
    let named = !tokens.iter().all(numbered) && (numbers == 0 || ends);
    count > 0 && count <= 7 && numbers <= 1 && named && tokens.iter().all(word)
}

/// 서울특별시, 강남구, 역삼동.
fn is_korean_area(word: &[char]) -> bool {
    let ends = |from: usize, role: Role| {
        longest(&word[from..], &[role]).is_some_and(|(len, _)| from + len == word.len())
    };
    ends(0, Role::Region) || (2..word.len()).any(|from| ends(from, Role::Area))
}

/// Words of towns' names that parts of houses have as well: Upper Hutt, Quận 1.
fn is_prefix(word: &[char]) -> bool {
    const PREFIXES: &str = "upper lower front quận huyện phường tp tp. phòng xã tỉnh bay st.";
    PREFIXES.split(' ').any(|known| known.chars().eq(word.iter().copied().map(lower)))
}
