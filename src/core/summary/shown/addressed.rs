//! Texts that name somebody by their form, whoever it is.

use super::ordinary;
use super::plain::word_len;
use crate::summary::chars::Chars;
use crate::summary::line::{is_alphanumeric, is_ideograph, is_numeral, lower};
use crate::summary::words::{Role, roles};

/// Before a name, at the beginning of a text.
const TO: &str = "for to attn dear fur fuer an bei pour chez para per для cho voor";
/// After those words, and nobody's name.
const ANYBODY: &str =
    "christmas xmas easter kids mum mom dad men women kinder mama papa oma opa damen herren weihnachten";
/// What somebody's parcel or place is called.
const THINGS: &str = "parcel package order box flat room door house place";
/// After 给, and nobody's name.
const KIN: &str = "我你您他她它老孩宝客家朋爸妈爷奶外哥姐弟妹同领师员快门保前物邻狗猫小大女男亲自学公点个这那多包加发送打放开上下";
/// Parts of characters: 氵函 for 涵.
static PARTS: Chars<18> = Chars::of("亻氵扌艹忄犭纟讠钅饣礻衤辶刂冫疒彳阝");

/// Whether a text names somebody by its form: for Anna, Mr Lee, 杰西卡小姐, みさきちゃん, Bill's parcel.
pub(super) fn names_somebody(text: &[char], letters: bool) -> bool {
    letters && (in_words(text) || in_kana(text)) || in_ideographs(text)
}

fn in_words(text: &[char]) -> bool {
    let one_of = |word: &[char], known: &str| {
        known.split_ascii_whitespace().any(|known| known.chars().eq(word.iter().map(|c| lower(*c))))
    };
    let named = |word: &[char]| matches!(word, [first, second, ..] if first.is_uppercase() && (word.len() == 2 || !second.is_uppercase()));
    let mut last: &[char] = &[];
    let mut at = 0;
    while at < text.len() {
        let (word, after) = text[at..].split_at(word_len(&text[at..]));
        if word.is_empty() {
            // Kevin Zheng 收.
            if named(last) && matches!(after, ['收' | '启'] | ['亲' | '敬', '启' | '收', ..]) {
                return true;
            }
            at += 1;
            continue;
        }
        let next = &after[after.len().min(1)..];
        let next = &next[..word_len(next)];
        let title = word.len() > 1 && roles(word).has(Role::Title) && !one_of(word, "dr miss");
        let begins = at == 0 || !matches!(text[at - 1], ' ');
        if title && named(next)
            || begins && named(next) && one_of(word, TO) && !one_of(next, ANYBODY)
            // Bill's parcel.
            || named(last) && one_of(word, "s") && one_of(next, THINGS)
            || named(last) && one_of(word, "san") && next.is_empty()
        {
            return true;
        }
        last = word;
        at += word.len();
    }
    false
}

/// みさきちゃん, ショータくんへ, ウィリアムさん.
fn in_kana(text: &[char]) -> bool {
    const TITLES: [&[char]; 4] = [&['さ', 'ん'], &['く', 'ん'], &['ち', 'ゃ', 'ん'], &['様']];
    let titled = |at: usize| {
        let ends = |rest: &[char]| is_end(rest) || matches!(rest[0], 'へ' | 'の' | 'に' | '宛');
        TITLES.iter().any(|title| text[at..].strip_prefix(*title).is_some_and(ends))
    };
    (2..text.len()).filter(|at| titled(*at)).any(|at| {
        let run = text[..at].iter().rev().take_while(|c| matches!(c, '\u{3041}'..='\u{30ff}')).count();
        run > 1 && text[at - run] != 'お'
    })
}

fn in_ideographs(text: &[char]) -> bool {
    let ordinary = |from: usize, to: usize| (from..to).any(|at| ordinary::has(text, at, at));
    (0..text.len()).any(|at| match text[at..] {
        ['姓', next, ..] if next != '名' => at == 0 || !matches!(text[at - 1], '百' | '贵'),
        ['给' | '俾', next, ..] if at == 0 || is_end(&text[at - 1..]) => {
            let len = text[at + 1..].iter().take_while(|c| is_ideograph(**c) && **c != '的').count();
            next.is_uppercase()
                || (2..8).contains(&len) && !KIN.contains(next) && !ordinary(at + 1, at + 1 + len)
        }
        ['先', '生', ..]
        | ['女', '士', ..]
        | ['小', '姐', ..]
        | ['太', '太', ..]
        | ['同', '学', ..]
        | ['阿', '姨', ..] => {
            let end = is_end(&text[at + 2..]) || matches!(text[at + 2], '收' | '的');
            let before =
                text[..at].iter().rev().take_while(|c| is_ideograph(**c) && !is_numeral(**c)).count();
            let latin = at > 1 && text[at - 1].is_ascii_alphabetic();
            end && (latin || (2..6).contains(&before) && !ordinary(at - before, at))
        }
        [part, ..] => PARTS.has(part),
        [] => false,
    })
}

/// Whether no word or number goes on here.
fn is_end(text: &[char]) -> bool {
    text.first().is_none_or(|c| !is_alphanumeric(*c))
}
