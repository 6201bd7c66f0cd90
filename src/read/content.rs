//! What a code holds, and its text where bytes are in a character set other than UTF-8.
//!
//! In go the bytes and what the code says of their character sets; out comes a text. Labels are ASCII: this is for codes of others.
//! What is stated is decoded as stated: Kanji mode, and extended channel interpretations. Bytes of which a code says nothing are UTF-8
//! if they can be, as nearly all encoders write them. Otherwise they may be Shift-JIS, the default of the first edition of the
//! standard, which Japanese codes still use; that is a guess, is made only where other sets are unlikely, and is called one. What remains
//! stands as [codes](super::plain_text::coded).

use super::plain_text::coded;
use super::segments::{CharacterSet, Run};
use encoding_rs::{Encoding, GB18030, SHIFT_JIS};
use std::borrow::Cow;

/// What a code holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Content {
    bytes: Vec<u8>,
    /// What the code says of them; nothing, if it is unknown.
    runs: Vec<Run>,
}

/// The text of a code, and whether it is certain.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DecodedText {
    /// The text; bytes in an unknown character set stand as [codes](super::plain_text::coded).
    pub text: String,
    /// Whether the character set of some of it is guessed.
    pub guessed: bool,
}

impl Content {
    /// Bytes, and the runs that the code says they have.
    pub(super) fn new(bytes: Vec<u8>, runs: Option<Vec<Run>>) -> Self {
        let whole = |runs: &Vec<Run>| runs.iter().map(|run| run.len).sum::<usize>() == bytes.len();
        let runs = runs.filter(whole).unwrap_or_default();
        Self { bytes, runs }
    }

    /// The bytes, as the code has them.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The bytes as text; each that is no part of UTF-8 stands as its [code](super::plain_text::coded).
    pub fn coded(&self) -> Cow<'_, str> {
        coded(&self.bytes)
    }

    /// The text, decoded by the character sets that the code states, and by a likely one where it states none.
    ///
    /// The tables of character sets are part of a program only if it calls this.
    pub fn decoded(&self) -> DecodedText {
        let all = [Run { len: self.bytes.len(), set: CharacterSet::Unstated }];
        let runs = if self.runs.is_empty() { &all[..] } else { &self.runs };
        let mut decoded = DecodedText { text: String::new(), guessed: false };
        // All segments of a code are in one set, so that each shows what the others are.
        let japanese = is_like_shift_jis(&self.bytes);
        let (mut rest, mut from) = (&*self.bytes, 0);
        while let Some(&Run { set, .. }) = runs.get(from) {
            // A character may be in two segments of one set.
            let count = runs[from..].iter().take_while(|run| run.set == set).count();
            let len = runs[from..][..count].iter().map(|run| run.len).sum();
            let (bytes, after) = rest.split_at(len);
            decoded.add(bytes, set, japanese);
            (rest, from) = (after, from + count);
        }
        decoded
    }
}

impl DecodedText {
    fn add(&mut self, bytes: &[u8], set: CharacterSet, japanese: bool) {
        let strict = |set: &'static Encoding| set.decode_without_bom_handling_and_without_replacement(bytes);
        let text = match set {
            CharacterSet::Ascii => None,
            CharacterSet::Kanji => strict(SHIFT_JIS),
            CharacterSet::Hanzi => strict(GB18030),
            CharacterSet::Interpretation(1 | 3) => Some(bytes.iter().map(|&byte| char::from(byte)).collect()),
            CharacterSet::Interpretation(number) => interpretation(number).and_then(strict),
            CharacterSet::Unstated if japanese && std::str::from_utf8(bytes).is_err() => {
                let text = strict(SHIFT_JIS);
                self.guessed |= text.is_some();
                text
            }
            CharacterSet::Unstated => None,
        };
        self.text += &text.unwrap_or_else(|| Cow::Owned(coded(bytes).into_owned()));
    }
}

/// The character set of an extended channel interpretation (AIM ITS/04-023), beyond ISO 8859-1; of those that are ASCII, UTF-8 or bytes
/// nothing is to be decoded.
fn interpretation(number: u32) -> Option<&'static Encoding> {
    let label: &[u8] = match number {
        4 => b"iso-8859-2",
        5 => b"iso-8859-3",
        6 => b"iso-8859-4",
        7 => b"iso-8859-5",
        8 => b"iso-8859-6",
        9 => b"iso-8859-7",
        10 => b"iso-8859-8",
        11 => b"iso-8859-9",
        12 => b"iso-8859-10",
        13 => b"iso-8859-11",
        15 => b"iso-8859-13",
        16 => b"iso-8859-14",
        17 => b"iso-8859-15",
        18 => b"iso-8859-16",
        20 => b"shift_jis",
        21 => b"windows-1250",
        22 => b"windows-1251",
        23 => b"windows-1252",
        24 => b"windows-1256",
        25 => b"utf-16be",
        28 => b"big5",
        29 | 32 => b"gb18030",
        30 => b"euc-kr",
        33 => b"utf-16le",
        _ => return None,
    };
    Encoding::for_label(label)
}

/// Characters of two bytes that a text has to have in a row to be taken for Japanese.
const ROW: usize = 3;
/// Sound marks among kana of half width in a row that show the same.
const MARKS: u32 = 2;

/// Whether bytes that are no UTF-8 are Shift-JIS rather than another set.
///
/// What shows it is a row of characters that begin with 0x81 to 0x9f, which are no letters in single-byte sets, and begin no character
/// of GB 2312, Big5 or EUC; or a row of half-width kana with two sound marks, each after a kana that takes one. Bytes most of which
/// are longer characters of UTF-8 are a damaged text of that.
fn is_like_shift_jis(bytes: &[u8]) -> bool {
    // Two bytes of kana may be a character of UTF-8 by chance, and three seldom are.
    let valid = bytes.utf8_chunks().flat_map(|chunk| chunk.valid().chars());
    let utf8: usize = valid.map(char::len_utf8).filter(|len| *len > 2).sum();
    if 2 * utf8 > bytes.iter().filter(|byte| !byte.is_ascii()).count() {
        return false;
    }
    let (mut shown, mut wide, mut marks) = (false, 0, 0);
    let mut before = 0;
    let mut rest = bytes;
    while let [byte, after @ ..] = rest {
        rest = after;
        match byte {
            b'\t' | b'\n' | b'\r' | 0x20..=0x7e => (wide, marks) = (0, 0),
            0xa1..=0xdf => {
                let takes_mark = match byte {
                    0xde => matches!(before, 0xb3 | 0xb6..=0xc4 | 0xca..=0xce),
                    0xdf => matches!(before, 0xca..=0xce),
                    _ => false,
                };
                if *byte >= 0xde && !takes_mark {
                    return false;
                }
                (wide, marks) = (0, marks + u32::from(takes_mark));
            }
            0x81..=0x9f | 0xe0..=0xea => {
                let [_, after @ ..] = rest else { return false };
                rest = after;
                (wide, marks) = (if *byte < 0xa0 { wide + 1 } else { 0 }, 0);
            }
            _ => return false,
        }
        before = *byte;
        shown |= wide >= ROW || marks >= MARKS;
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::CharacterSet::{Ascii, Hanzi, Interpretation, Kanji, Unstated};
    use super::*;

    fn decoded(runs: &[(&[u8], CharacterSet)]) -> (String, bool) {
        let bytes = runs.iter().flat_map(|(bytes, _)| bytes.iter().copied()).collect();
        let runs = runs.iter().map(|(bytes, set)| Run { len: bytes.len(), set: *set }).collect();
        let DecodedText { text, guessed } = Content::new(bytes, Some(runs)).decoded();
        (text, guessed)
    }

    fn unstated(bytes: &[u8]) -> (String, bool) {
        let DecodedText { text, guessed } = Content::new(bytes.to_vec(), None).decoded();
        (text, guessed)
    }

    #[test]
    fn what_is_stated_is_decoded_as_stated() {
        for (bytes, set, text) in [
            (&b"\x88\xa2"[..], Kanji, "阿"),
            (b"\xd6\xd0", Hanzi, "中"),
            (b"\xe9", Interpretation(3), "é"),
            (b"\xa4", Interpretation(17), "€"),
            (b"\xb1", Interpretation(20), "ｱ"),
            (b"\xcf", Interpretation(22), "П"),
            (b"\x4e\x2d", Interpretation(25), "中"),
            ("中".as_bytes(), Interpretation(26), "中"),
            (b"\xa4\xa4", Interpretation(28), "中"),
            (b"\xd6\xd0", Interpretation(29), "中"),
            (b"\xc7\xd1", Interpretation(30), "한"),
            // No such interpretation, and bytes that are none of their set.
            (b"\xe9", Interpretation(899), r"\xe9"),
            (b"\xff", Interpretation(26), r"\xff"),
            (b"\x88", Kanji, r"\x88"),
        ] {
            let text = format!("a{text}1");
            assert_eq!(decoded(&[(b"a", Unstated), (bytes, set), (b"1", Ascii)]), (text, false), "{set:?}");
        }
        // Kanji mode shows what the bytes beside it are.
        let beside = decoded(&[(b"\x93\xfc\x82\xe8\x8f\x8a", Kanji), (b"\xb6\xd7\xb0QR", Unstated)]);
        assert_eq!(beside, ("入り所ｶﾗｰQR".to_owned(), true));
        // A character in two segments.
        assert_eq!(decoded(&[(b"\x4e", Interpretation(25)), (b"\x2d", Interpretation(25))]).0, "中");
    }

    #[test]
    fn a_guess_is_called_one() {
        for text in [
            "Google モバイル",
            "*ﾃﾞｻﾞｲﾝQR*",
            "[内側QRコード]\r\n*ﾀﾞﾌﾞﾙQR*",
            "今度のバージョンでは文章の暗号化ができます。",
        ] {
            let (bytes, ..) = SHIFT_JIS.encode(text);
            assert_eq!(unstated(&bytes), (text.to_owned(), true));
            assert_eq!(unstated(text.as_bytes()), (text.to_owned(), false));
        }
    }

    #[test]
    fn other_sets_are_not_taken_for_japanese() {
        let texts = [
            ("gbk", "收件人：张三，电话13800138000，地址：浙江省杭州市西湖区文三路。深圳市顺丰快递有限公司"),
            ("big5", "收件人：張三，地址：台北市中正區重慶南路一段，電話"),
            ("euc-kr", "서울특별시 강남구 테헤란로, 받는 사람: 김철수"),
            ("euc-jp", "東京都渋谷区神南、ヤマト運輸のバーコードです"),
            ("windows-1252", "Où est l’été? “Ça va” – déjà vu… naïve cœur, straße, größer, it’s, don’t"),
            ("windows-1251", "Москва, улица Ленина, дом 5; ёлка, объект — «склад»"),
            ("windows-1253", "Αθήνα, οδός Ερμού 5, Ελλάδα"),
            ("windows-874", "กรุงเทพมหานคร ถนนสุขุมวิท"),
            ("koi8-r", "Москва, улица Ленина, дом 5, получатель"),
        ];
        for (label, text) in texts {
            let (bytes, ..) = Encoding::for_label(label.as_bytes()).unwrap().encode(text);
            // Each part of it that is no ASCII alone, too.
            let words: Vec<&[u8]> = bytes.split(|byte| *byte == b' ').collect();
            for bytes in words.into_iter().chain([&*bytes]) {
                assert_eq!(unstated(bytes), (coded(bytes).into_owned(), false), "{label}");
            }
        }
        // UTF-8 that is cut off or damaged.
        for text in ["これはテストです", "东西南北中", "あいうえおかきくけこ"] {
            let bytes = &text.as_bytes()[..text.len() - 1];
            assert!(!unstated(bytes).1, "{text}");
        }
    }

    #[test]
    fn short_chinese_texts_are_seldom_taken_for_kana() {
        // All texts of three of these hanzi, in GBK: fewer than one in two thousand is a row of kana with two sound marks.
        let usual = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动";
        let usual: Vec<char> = usual.chars().collect();
        let count = usual.len();
        let taken = (0..count.pow(3)).filter(|at| {
            let text: String =
                [at / count / count, at / count % count, at % count].iter().map(|&at| usual[at]).collect();
            unstated(&encoding_rs::GBK.encode(&text).0).1
        });
        let (taken, all) = (taken.count(), count.pow(3));
        assert!(2000 * taken < all, "{taken} of {all}");
    }
}
