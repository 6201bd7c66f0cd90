//! Proofs of addresses in words: each printed part is a column, or stands in the record and has its street's word where
//! the language has it.

use super::violation::Rule;
use crate::summary::line::{Line, alike, is_ordinal, words};
use crate::summary::person::Person;
use crate::summary::terms::Terms;
use crate::summary::words::{Role, ends_as_street, longest, roles};
use crate::summary::writing::Writing;

pub(super) fn prove(
    person: &Person<'_>,
    shown: &str,
    writing: Writing,
    terms: Terms<'_>,
) -> Result<(), Rule> {
    let record = Line::of_words(&[person.street, person.detail]).simplified();
    let mut first = true;
    for run in shown.split("***") {
        let line = Line::of_words(&[run]).simplified();
        let mut rest: &[char] = trimmed(&line);
        if core::mem::take(&mut first) {
            for column in person.division.map(str::trim).into_iter().filter(|column| !column.is_empty()) {
                let column = Line::of_words(&[column]).simplified();
                if !column.is_empty() && rest.starts_with(&column) {
                    if column.iter().filter(|c| c.is_ascii_digit()).count() > 2 || column[0].is_ascii_digit()
                    {
                        return Err(Rule::Unproven);
                    }
                    rest = trimmed(&rest[column.len()..]);
                }
            }
        }
        for part in rest.split(|c| *c == ',').map(trimmed).filter(|part| !part.is_empty()) {
            if terms.discreet {
                return Err(Rule::Unproven);
            }
            if is_postal_area(person, part) {
                continue;
            }
            let at = record.windows(part.len()).position(|own| own == part).ok_or(Rule::Foreign)?;
            if names_the_person(person, part) {
                return Err(Rule::PersonInAddress);
            }
            if !is_public(part, &record[..at], &record[at + part.len()..], person, writing) {
                return Err(Rule::Unproven);
            }
        }
    }
    Ok(())
}

/// Whether a part is the beginning of the postcode, and of no more than a town or a part of it.
fn is_postal_area(person: &Person<'_>, part: &[char]) -> bool {
    let code = person.postcode.trim();
    let fine = matches!(person.country.as_str(), "GB" | "CA" | "IE" | "NL" | "SG");
    part.len() <= if fine { 4 } else { 5 }
        && part.iter().any(char::is_ascii_digit)
        && (!fine || code.chars().filter(|c| *c != ' ').count() > part.len() + 1)
        && code.chars().take(part.len()).eq(part.iter().copied())
}

fn trimmed(text: &[char]) -> &[char] {
    let start = text.iter().position(|c| !" ,".contains(*c)).unwrap_or(text.len());
    let end = text.iter().rposition(|c| !" ,".contains(*c)).map_or(start, |last| last + 1);
    &text[start..end]
}

/// Whether a part is a street's or a place's name, given what stands before and after it in the record.
fn is_public(part: &[char], before: &[char], after: &[char], person: &Person<'_>, writing: Writing) -> bool {
    if before.is_empty() && is_square(part, after, person) {
        return true;
    }
    let boundary = |c: Option<&char>| c.is_none_or(|c| !c.is_alphanumeric());
    if !boundary(before.last()) || !boundary(after.first()) {
        return false;
    }
    let country = person.country.as_str();
    let words = || part.split(|c| *c == ' ').filter(|word| !word.is_empty());
    if writing == Writing::Korea {
        // What is called 동 after a road or another 동 is a building.
        let ends = |word: &[char]| word.last().is_some_and(|c| matches!(c, '동' | '리' | '가' | '로' | '길'));
        let dong = words().skip_while(|word| !ends(word)).skip(1).any(|word| word.ends_with(&['동']));
        return words().all(is_korean) && !dong;
    }
    let count = words().count();
    let Some((first, last)) = words().next().zip(words().next_back()) else { return false };
    let is_number = |word: &[char]| word.iter().any(char::is_ascii_digit);
    let behind_a_number = before
        .rsplit(|c| *c == ' ')
        .find(|word| !word.is_empty())
        .is_some_and(|word| is_number(word) || counts(word));
    let guarded = is_guarded(part, behind_a_number);
    let numbers = words().filter(|word| is_number(word)).count();
    let digits = |word: &[char]| word.iter().filter(|c| c.is_ascii_digit()).count();
    if guarded || count > 9 || numbers > 1 || words().any(|word| digits(word) > 4) {
        return false;
    }
    // 1e Oosterparkstraat.
    if matches!(country, "NL" | "BE") && count == 2 && first.len() == 2 && first[1] == 'e' {
        return first[0].is_ascii_digit() && ends_as_street(last);
    }
    let street = |word: &[char]| roles(word).any(&[Role::After, Role::Place, Role::Latin]);
    if roles(first).has(Role::Before) && (count > 1 || roles(first).any(&[Role::After, Role::End])) {
        // A number is a street's name only where it comes first: Calle 19 Sur.
        let mut named =
            words().skip(1).skip_while(|word| roles(word).has(Role::Particle) || **word == ['s', 'ố']);
        let first = named.next();
        // Ленинский проспект 12.
        let ends = before.iter().rev().find(|c| **c != ' ').is_some_and(|c| c.is_alphabetic());
        let plain = |word: &[char]| !ends && word.iter().all(|c| c.is_ascii_digit() || *c == '.');
        return first.is_none_or(|first| !is_number(first) || plain(first)) && !named.any(is_number);
    }
    if let Some((len, _)) = longest(first, &[Role::Joined]) {
        return if first.len() > len { count == 1 } else { count == 2 };
    }
    if numbers == 0
        && (ends_as_street(last)
            || roles(last).any(&[Role::End]) && count > 1
            || country == "NL" && roles(last).has(Role::Before))
    {
        return true;
    }
    let sg = country == "SG" && is_number(last);
    let named = count > 1 && (street(last) || sg && words().any(street));
    let ordinal = words()
        .find(|word| is_number(word))
        .is_none_or(|word| is_ordinal(word) || sg || country == "TR" && word.len() <= 4);
    let bare = country == "VN" && behind_a_number && count > 1 && numbers == 0;
    named && ordinal || bare
}

/// Whether a part is the letter of a square of Mannheim, whose number and that of the house follow: C 4, 12.
fn is_square(part: &[char], after: &[char], person: &Person<'_>) -> bool {
    let (square, house) = after.split_at(after.iter().position(|c| *c == ',').unwrap_or(after.len()));
    let number = |text: &[char]| text.first().is_some_and(char::is_ascii_digit);
    person.country.as_str() == "DE"
        && part.len() == 1
        && part[0].is_ascii_uppercase()
        && number(trimmed(square))
        && number(trimmed(house))
}

/// Whether a part has a word that a part of a house has, or that counts: but Upper Street, Fifth Avenue, 12 Watson Flat.
fn is_guarded(part: &[char], behind_a_number: bool) -> bool {
    let mut words = part.split(|c| *c == ' ').filter(|word| !word.is_empty()).peekable();
    let (mut first, mut street) = (true, false);
    while let Some(word) = words.next() {
        let own = roles(word);
        let next = words.peek().map(|next| roles(next)).unwrap_or_default();
        street |= own.any(&[Role::Before, Role::Particle]);
        let leads = own.has(Role::Lead) && next.has(Role::After) && !next.has(Role::Place);
        let flat = own.has(Role::After) && words.peek().is_none() && behind_a_number && !first;
        if own.has(Role::Guard) && word != ['s', 'ố'] && !leads && !flat
            || counts(word) && !street && !(is_ordinal(word) && next.has(Role::After))
        {
            return true;
        }
        first = false;
    }
    false
}

/// Whether a word counts: twelve, forty-two.
fn counts(word: &[char]) -> bool {
    word.split(|c| *c == '-').all(|part| roles(part).has(Role::Count))
}

/// Whether a word ends as divisions, roads and places do; a number is a part of a road's name alone: 홍익로3길.
fn is_korean(word: &[char]) -> bool {
    let digit = word.iter().position(char::is_ascii_digit);
    if let Some(digit) = digit {
        return digit > 1 && matches!(word.last(), Some('길' | '로'));
    }
    (1..word.len()).any(|at| {
        longest(&word[at..], &[Role::Area, Role::Road, Role::Place])
            .is_some_and(|(len, _)| at + len == word.len())
    }) || longest(word, &[Role::Region]).is_some_and(|(len, _)| len == word.len())
}

/// Whether all words of the person's name stand in a part.
fn names_the_person(person: &Person<'_>, part: &[char]) -> bool {
    let name = Line::of_words(&[person.name]);
    let own = || words(&name).filter(|word| !roles(word).has(Role::Title));
    own().count() > 1 && own().all(|word| words(part).any(|other| alike(word, other)))
}
