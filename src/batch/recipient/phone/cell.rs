//! The phone cell of an order: the number that can be dialled, and what else people write there.

use super::extension::{DIGITS_MAX, extension};
use super::{foreign, mainland};
use crate::batch::recipient::fold::folded;
use crate::record::PhoneNumber;
use std::fmt;
use zeroize::Zeroizing;

/// Words that name a phone and say nothing else, in lower case.
const LABELS: [&str; 24] = [
    "收件人电话",
    "收货人电话",
    "收件电话",
    "收货电话",
    "联系电话",
    "联系方式",
    "联系人电话",
    "手机号码",
    "手机号",
    "电话号码",
    "电话",
    "手机",
    "虚拟号码",
    "虚拟号",
    "隐私号码",
    "隐私号",
    "安全号",
    "telephone",
    "phone",
    "mobile",
    "tel",
    "电",
    "转",
    "分机",
];

/// What a phone cell holds.
pub(in crate::batch::recipient) struct PhoneCell {
    /// The first number, with `-` before its extension; empty if none can be dialled.
    pub number: Zeroizing<String>,
    /// What else the cell holds, such as a second number or a name.
    pub rest: Zeroizing<String>,
}

impl PhoneCell {
    /// Reads a cell; `mainland` where the order's country is China.
    pub(in crate::batch::recipient) fn read(cell: &str, mainland: bool) -> Self {
        let text = folded(cell);
        let mut from = 0;
        while let Some(begin) = begin(&text, from) {
            if let Some((number, len)) = number(&text[begin..], mainland) {
                let rest = rest([&text[..begin], &text[begin + len..]]);
                return Self { number, rest };
            }
            // Past these digits.
            let here = text[begin..].trim_start_matches(['(', '+']);
            from = text.len() - here.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        }
        // Words with digits, such as the last four of a number, tell a courier something.
        let tells = text.contains(|c: char| c.is_ascii_digit()) && text.contains(char::is_alphabetic);
        Self { number: Zeroizing::default(), rest: if tells { text } else { Zeroizing::default() } }
    }

    /// Whether a number can be dialled.
    pub(in crate::batch::recipient) fn is_dialable(&self) -> bool {
        !self.number.is_empty()
    }
}

impl fmt::Debug for PhoneCell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PhoneCell { .. }")
    }
}

/// A number with the extension of another cell; `None` if that is no extension, or the number has one.
pub(in crate::batch::recipient) fn joined(number: &str, extension: &str) -> Option<Zeroizing<String>> {
    let digits = folded(extension);
    let digits = digits.trim_start_matches(|c: char| !c.is_ascii_digit()).trim_end_matches('#');
    let fits = (1..=DIGITS_MAX).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    (fits && PhoneNumber::of(number).extension.is_none())
        .then(|| Zeroizing::new(format!("{number}-{digits}")))
}

/// Where the next number may begin: at a digit, at a plus sign, or at the bracket before an area code.
fn begin(text: &str, from: usize) -> Option<usize> {
    let digit = from + text[from..].find(|c: char| c.is_ascii_digit() || c == '+')?;
    Some(if text[from..digit].ends_with('(') { digit - 1 } else { digit })
}

/// The number that a text begins with, in one spelling, and how many bytes it takes.
fn number(text: &str, mainland: bool) -> Option<(Zeroizing<String>, usize)> {
    let inner = text.strip_prefix('(').filter(|inner| !inner.starts_with('0')).unwrap_or(text);
    let abroad = inner.starts_with('+') && !inner.starts_with("+86");
    let known = if mainland && !abroad { mainland::number(inner) } else { None };
    let known_len = known.as_ref().map(|number| text.len() - inner.len() + number.len);
    let (mut number, mut used) = match (known, known_len) {
        (Some(number), Some(len)) => (number.text, len),
        _ => {
            // A bracket that is closed is the number's: (11) 91234-5678.
            let text = if mainland && !abroad { before_mainland(text) } else { text };
            let whole =
                foreign::number(text).filter(|len| text[..*len].contains(')') || !text.starts_with('('));
            let skipped = if whole.is_some() { 0 } else { text.len() - inner.len().min(text.len()) };
            let len = whole.or_else(|| foreign::number(&text[skipped..]))?;
            (Zeroizing::new(text[skipped..skipped + len].to_owned()), skipped + len)
        }
    };
    if let Some(extension) = extension(&text[used..], known_len.is_some()) {
        number = Zeroizing::new(format!("{}-{}", number.as_str(), extension.digits));
        used += extension.len;
    }
    Some((number, used))
}

/// A text up to a blank after which a whole number of mainland China begins.
fn before_mainland(text: &str) -> &str {
    let begins = |at: &usize| mainland::number(&text[at + 1..]).is_some_and(|number| number.digits() >= 10);
    text.match_indices(' ').map(|(at, _)| at).find(begins).map_or(text, |at| &text[..at])
}

/// What stands before and after a number, without signs and words that say nothing.
fn rest(parts: [&str; 2]) -> Zeroizing<String> {
    let mut rest = Zeroizing::new(String::new());
    for part in parts {
        let part = without_labels(part);
        if !part.is_empty() {
            if !rest.is_empty() {
                rest.push(' ');
            }
            rest.push_str(part);
        }
    }
    rest
}

fn without_labels(part: &str) -> &str {
    let part = part.trim_matches(is_filler).trim_end_matches(|c| is_filler(c) || c == '+');
    let lower = part.to_lowercase();
    if LABELS.contains(&lower.as_str()) { "" } else { part }
}

/// What parts numbers and says nothing.
const fn is_filler(c: char) -> bool {
    matches!(c, ' ' | ',' | ';' | '/' | '|' | '#' | '-' | '_' | '.' | ':' | '[' | ']' | '(' | ')' | '=' | '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: &str) -> (String, String) {
        let cell = PhoneCell::read(cell, true);
        (cell.number.to_string(), cell.rest.to_string())
    }

    #[test]
    fn every_spelling_of_a_virtual_number_is_one() {
        for cell in [
            "13812345678-1234",
            "13812345678转1234",
            "13812345678,1234",
            "13812345678_1234",
            "13812345678#1234#",
            "13812345678 ext. 1234",
            "13812345678【分机1234】",
            "１３８１２３４５６７８－１２３４",
            "+86 138 1234 5678-1234",
            "86-13812345678转1234",
            "13812345678（转1234）",
            "138-1234-5678 转 1234",
            "13812345678，1234",
            "13812345678[1234]",
            "13812345678 1234",
            "13812345678转分机1234",
            "手机：13812345678 分机号：1234",
            "13812345678—1234",
            "13812345678,,1234#",
            "0086 13812345678 x1234",
            "13812345678 EXT1234",
            "13812345678转①②③④",
            "⑴⑶⑻①②③④⑤⑥⑦⑧-1234",
            "13812345678;ext=1234",
            "(+86)13812345678-1234",
            "13812345678~1234",
            "13812345678/1234",
            "13812345678*1234",
            "13812345678 轉 1234",
            "13812345678 再拨1234",
            "13812345678P1234",
            "13812345678--1234",
            "13812345678·1234",
            "13812345678转#1234",
        ] {
            assert_eq!(read(cell), ("13812345678-1234".to_owned(), String::new()), "{cell}");
        }
        for (cell, number) in [
            ("95013123456789-1234", "95013123456789-1234"),
            ("95013123456789转1234", "95013123456789-1234"),
            ("400-123-4567转8", "4001234567-8"),
            ("0755-26543210-8012", "0755-26543210-8012"),
            ("0755-26543210转8012", "0755-26543210-8012"),
            ("(0755)26543210", "0755-26543210"),
            ("（0755） 26543210", "0755-26543210"),
            ("02012345678", "020-12345678"),
            ("95013123456", "95013123456"),
            ("13812345678-12345678", "13812345678-12345678"),
            ("13812345678转1", "13812345678-1"),
        ] {
            assert_eq!(read(cell), (number.to_owned(), String::new()), "{cell}");
        }
    }

    #[test]
    fn a_second_number_and_words_are_the_rest() {
        for (cell, number, rest) in [
            ("13812345678(妈妈13912340000)", "13812345678", "妈妈13912340000"),
            ("13812345678转1234 备用13912345678转5678", "13812345678-1234", "备用13912345678转5678"),
            ("13812345678/13912345678", "13812345678", "13912345678"),
            ("13812345678、13912345678", "13812345678", "13912345678"),
            ("13812345678,13912345678", "13812345678", "13912345678"),
            ("13812345678-13912345678", "13812345678", "13912345678"),
            ("13812345678 0755-26543210", "13812345678", "0755-26543210"),
            ("13812345678 010-26543210", "13812345678", "010-26543210"),
            ("13812345678/26543210", "13812345678", "26543210"),
            ("13812345678-1234 13912345678", "13812345678-1234", "13912345678"),
            ("王女士 13812345678", "13812345678", "王女士"),
            ("13812345678 放2号柜", "13812345678", "放2号柜"),
            ("13812345678 2号楼", "13812345678", "2号楼"),
            ("2号楼 13812345678", "13812345678", "2号楼"),
            ("尾号5678 13812345678", "13812345678", "尾号5678"),
            ("13812345678-123456789", "13812345678", "123456789"),
        ] {
            assert_eq!(read(cell), (number.to_owned(), rest.to_owned()), "{cell}");
        }
    }

    #[test]
    fn what_cannot_be_dialled_is_no_number() {
        for cell in ["-", "无", "0", "", "没有", "1111", "00000000000", "1", "***********", "+", "(", "n/a"]
        {
            assert_eq!(read(cell), (String::new(), String::new()), "{cell}");
        }
        assert_eq!(read("尾号5678"), (String::new(), "尾号5678".to_owned()));
    }

    #[test]
    fn numbers_of_other_countries_stay_as_they_are_written() {
        for number in [
            "+55 11 91234-5678",
            "0507-1234-5678",
            "+1 480 555 0142",
            "+44 (0)20 7946 0018",
            "0912345678",
            "61234567",
            "(90) 181590",
            "(+30) 6975 513137",
            "030/1234567",
            "(11) 91234-5678",
        ] {
            let cell = PhoneCell::read(number, false);
            assert_eq!((cell.number.as_str(), cell.rest.as_str()), (number, ""));
        }
        for (cell, number, rest) in [
            ("+1 480-555-0142 ext 77", "+1 480-555-0142-77", ""),
            ("tel:+1-480-555-0142;ext=77", "+1-480-555-0142-77", ""),
            ("555-0142 x7", "555-0142-7", ""),
            ("0912345678 0987654321", "0912345678", "0987654321"),
            ("+1 480 555 0142 / +1 480 555 0143", "+1 480 555 0142", "+1 480 555 0143"),
            ("+1 480 555 0142, 480 555 0143", "+1 480 555 0142", "480 555 0143"),
            ("010-1234-5678 010-8765-4321", "010-1234-5678", "010-8765-4321"),
            ("555-0142/555-0143", "555-0142", "555-0143"),
        ] {
            let read = PhoneCell::read(cell, false);
            assert_eq!((read.number.as_str(), read.rest.as_str()), (number, rest), "{cell}");
        }
        assert_eq!(PhoneCell::read("+852 6123 4567", true).number.as_str(), "+852 6123 4567");
    }

    #[test]
    fn an_extension_of_another_cell_is_joined_once() {
        for extension in ["6057", " ６０５７ ", "转6057", "分机：6057", "6057#"] {
            assert_eq!(joined("18400004321", extension).unwrap().as_str(), "18400004321-6057");
        }
        for (number, extension) in [
            ("18400004321-1", "6057"),
            ("18400004321", ""),
            ("18400004321", "123456789"),
            ("18400004321", "a1b"),
        ] {
            assert!(joined(number, extension).is_none());
        }
    }
}
