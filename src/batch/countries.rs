//! Country codes of names: exports give `Germany`, `德国`, `Allemagne` or `DEU` where a record has `DE`.
//!
//! `countries.txt` has a country a line: its two codes of ISO 3166-1, then its names in English, Chinese, German, French,
//! Spanish, Italian, Portuguese and Japanese, and others in use. Names are compared without case, accents, blanks and
//! punctuation.

use crate::record::Country;
use std::collections::HashMap;
use std::sync::OnceLock;

const SOURCE: &str = include_str!("countries.txt");

/// The country of a name, or of a code of three letters; `None` if it is unknown.
#[must_use]
pub fn by_name(name: &str) -> Option<Country> {
    static NAMES: OnceLock<HashMap<String, Country>> = OnceLock::new();
    NAMES.get_or_init(|| entries().collect()).get(&plain(name)).copied()
}

/// Every name in its plain form, with its country.
fn entries() -> impl Iterator<Item = (String, Country)> {
    SOURCE.lines().flat_map(|line| {
        let (code, rest) = line.split_once(' ').unwrap_or((line, ""));
        let (long, names) = rest.split_once(' ').unwrap_or((rest, ""));
        let country = code.parse::<Country>().ok();
        names.split('|').chain([long]).filter_map(move |name| Some((plain(name), country?)))
    })
}

/// A name in lower case, without accents, blanks and punctuation.
fn plain(name: &str) -> String {
    name.chars().flat_map(char::to_lowercase).map(unaccented).filter(|c| c.is_alphanumeric()).collect()
}

/// The letter without its accent, for the languages of the table.
const fn unaccented(c: char) -> char {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_of_two_countries_and_every_line_has_both_codes() {
        let mut seen: HashMap<String, Country> = HashMap::new();
        for (name, country) in entries() {
            assert!(!name.is_empty(), "{country}");
            if let Some(other) = seen.insert(name.clone(), country) {
                assert_eq!(other, country, "{name}");
            }
        }
        assert_eq!(entries().count(), SOURCE.lines().map(|line| line.split('|').count() + 1).sum::<usize>());
        assert!(SOURCE.lines().count() >= 249);
    }

    #[test]
    fn names_in_the_languages_of_exports_are_known() {
        for (code, names) in [
            (
                "US",
                &[
                    "United States",
                    "usa",
                    "U.S.A.",
                    "美国",
                    "Vereinigte Staaten",
                    "États-Unis",
                    "Estados Unidos",
                    "Stati Uniti",
                    "アメリカ合衆国",
                ][..],
            ),
            (
                "DE",
                &[
                    "Germany",
                    "德国",
                    "Deutschland",
                    "Allemagne",
                    "Alemania",
                    "Germania",
                    "Alemanha",
                    "ドイツ",
                    "DEU",
                ],
            ),
            ("CN", &["中国", "CHINA", "P.R.C.", "Cina", "Chine"]),
            ("CI", &["Côte d’Ivoire", "cote d'ivoire"]),
            ("KR", &["Korea, Republic of", "South Korea"]),
        ] {
            for name in names {
                assert_eq!(by_name(name).map(|country| country.to_string()).as_deref(), Some(code), "{name}");
            }
        }
        for unknown in ["", "x", "Atlantis", "EU", "中"] {
            assert_eq!(by_name(unknown), None, "{unknown}");
        }
    }
}
