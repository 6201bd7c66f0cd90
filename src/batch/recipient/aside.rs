//! What a name or an address holds beside itself: labelled fields, remarks, and an extension in brackets.
//!
//! A part is taken off only where a label, a bracket, a blank or a sign sets it apart, or where it follows a number of
//! a building or room: what could be part of a name or place stays.

use super::fold::folded;
use std::ops::Range;
use zeroize::Zeroizing;

/// A cell in parts, as ranges in it.
#[derive(Default)]
pub(super) struct Parts {
    /// The name or address itself.
    pub own: Range<usize>,
    /// Remarks for the courier.
    pub remarks: Vec<Range<usize>>,
    /// Fields after labels: `电话：13812345678`.
    pub fields: Vec<Field>,
    /// Whether a label before the name or address was taken off, or a word after it that says nothing.
    pub labelled: bool,
    /// Digits in brackets at the end, which may be a phone's extension.
    pub extension: Option<BracketedDigits>,
}

/// Digits in brackets at the end of a cell.
pub(super) struct BracketedDigits {
    /// The digits, in ASCII.
    pub digits: Zeroizing<String>,
    /// The bracket and what is in it, as it is written.
    pub bracket: Zeroizing<String>,
    /// Whether the bracket says that they are an extension.
    pub named: bool,
}

/// A labelled field within another.
pub(super) struct Field {
    pub kind: FieldKind,
    /// The label and the value.
    pub whole: Range<usize>,
    /// The value alone.
    pub value: Range<usize>,
}

/// What a label says of the field after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldKind {
    Name,
    Phone,
    Address,
    Postcode,
    Note,
}

/// What stands in the cell that is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Name,
    Address,
}

/// Labels, longest first. A colon follows each.
const LABELS: [(&str, FieldKind); 31] = [
    ("收件人电话", FieldKind::Phone),
    ("收货人电话", FieldKind::Phone),
    ("收件人手机", FieldKind::Phone),
    ("收货人手机", FieldKind::Phone),
    ("详细收货地址", FieldKind::Address),
    ("收件人姓名", FieldKind::Name),
    ("收货人姓名", FieldKind::Name),
    ("收件人地址", FieldKind::Address),
    ("收货人地址", FieldKind::Address),
    ("联系电话", FieldKind::Phone),
    ("手机号码", FieldKind::Phone),
    ("联系方式", FieldKind::Phone),
    ("收货地址", FieldKind::Address),
    ("收件地址", FieldKind::Address),
    ("详细地址", FieldKind::Address),
    ("邮政编码", FieldKind::Postcode),
    ("买家留言", FieldKind::Note),
    ("收件人", FieldKind::Name),
    ("收货人", FieldKind::Name),
    ("联系人", FieldKind::Name),
    ("手机号", FieldKind::Phone),
    ("收件", FieldKind::Name),
    ("收货", FieldKind::Name),
    ("姓名", FieldKind::Name),
    ("电话", FieldKind::Phone),
    ("手机", FieldKind::Phone),
    ("地址", FieldKind::Address),
    ("邮编", FieldKind::Postcode),
    ("备注", FieldKind::Note),
    ("留言", FieldKind::Note),
    ("所在地区", FieldKind::Address),
];

/// Words before a label that say whose it is.
const WHOSE: [&str; 6] = ["公司", "工厂", "办公", "单位", "本人", "家庭"];

/// How requests to a courier begin. No name or place begins so.
const REQUESTS: [&str; 58] = [
    "送货上门",
    "送上门",
    "送到家",
    "请",
    "务必",
    "必须",
    "麻烦",
    "劳烦",
    "勿放",
    "勿按",
    "勿送",
    "勿投",
    "勿敲",
    "别放",
    "别打",
    "别敲",
    "别送",
    "不要",
    "不放驿站",
    "不放快递柜",
    "不在家",
    "不接电话",
    "放门口",
    "放在",
    "放到",
    "放家门口",
    "放前台",
    "放物业",
    "放保安",
    "放门卫",
    "放快递柜",
    "放驿站",
    "放丰巢",
    "放菜鸟",
    "打电话",
    "先打电话",
    "电话联系",
    "提前电话",
    "提前联系",
    "电联",
    "致电",
    "派前",
    "派送前",
    "派件前",
    "送前",
    "送之前",
    "到前",
    "轻拿轻放",
    "易碎",
    "加急",
    "急件",
    "尽快",
    "本人签收",
    "周末送",
    "工作日送",
    "敲门",
    "按门铃",
    "谢谢",
];

/// Whether a request may begin with a character: a quick test, since most characters begin none.
const fn may_begin_request(c: char) -> bool {
    matches!(
        c,
        '不' | '先'
            | '别'
            | '到'
            | '加'
            | '务'
            | '劳'
            | '勿'
            | '周'
            | '尽'
            | '工'
            | '必'
            | '急'
            | '打'
            | '按'
            | '提'
            | '放'
            | '敲'
            | '易'
            | '本'
            | '派'
            | '电'
            | '致'
            | '请'
            | '谢'
            | '轻'
            | '送'
            | '麻'
    )
}

/// Requests in English, in lower case, with the blank that ends the word.
const ENGLISH: [&str; 16] = [
    "leave with ",
    "leave at ",
    "leave in ",
    "leave by ",
    "leave on ",
    "leave it ",
    "leave package",
    "please ",
    "call me",
    "call before",
    "call upon",
    "call on arrival",
    "do not ",
    "don't ",
    "ring the bell",
    "ring bell",
];

/// Bytes of a request that is told from a part of a word without a sign beside it: three ideographs.
const LONG: usize = 9;

/// Words after a name or address that say nothing.
const EMPTY: [&str; 4] = ["收", "亲收", "启", "亲启"];

/// The head of a group purchase, who is not the recipient.
const GROUP_HEAD: &str = "团长";

const BRACKETS: [(char, char); 5] = [('(', ')'), ('（', '）'), ('[', ']'), ('【', '】'), ('［', '］')];

/// Reads a cell.
pub(super) fn parts(cell: &str, holds: Holds) -> Parts {
    let mut parts = Parts { own: trimmed(cell, 0..cell.len()), ..Parts::default() };
    take_fields(cell, holds, &mut parts);
    loop {
        let before = parts.own.clone();
        take_leading_bracket(cell, &mut parts);
        take_trailing_bracket(cell, &mut parts);
        take_segment(cell, holds, &mut parts);
        if holds == Holds::Name {
            take_group_head(cell, &mut parts);
        }
        if parts.own == before {
            return parts;
        }
    }
}

/// Splits a cell at labels; what is under no label, or under the label of its own kind, is itself.
fn take_fields(cell: &str, holds: Holds, parts: &mut Parts) {
    let own = if holds == Holds::Name { FieldKind::Name } else { FieldKind::Address };
    if !(cell.contains([':', '：']) || holds == Holds::Name && cell.contains([' ', '\u{3000}'])) {
        return;
    }
    let labels = labels(cell, holds);
    let Some((first, _, _)) = labels.first() else { return };
    let head = without_brackets(cell, 0..first.start);
    let mut taken = if head.is_empty() { None } else { Some(head) };
    for (at, (label, kind, value)) in labels.iter().enumerate() {
        let end = labels.get(at + 1).map_or(cell.len(), |next| next.0.start);
        let whole = without_brackets(cell, label.start..end);
        let value = without_brackets(cell, *value..end);
        if *kind == own && taken.is_none() && !value.is_empty() {
            taken = Some(value);
            parts.labelled = true;
        } else {
            parts.fields.push(Field { kind: *kind, whole, value });
        }
    }
    match taken {
        Some(range) => parts.own = range,
        // Labels alone: it stays as it is.
        None => parts.fields.clear(),
    }
}

/// The labels of a cell in order: range, kind, and where the value begins. Before a name a blank may stand for the colon.
fn labels(cell: &str, holds: Holds) -> Vec<(Range<usize>, FieldKind, usize)> {
    let mut found: Vec<(Range<usize>, FieldKind, usize)> = Vec::new();
    let mut at = 0;
    while let Some(c) = cell[at..].chars().next() {
        let label = LABELS.iter().find_map(|(label, kind)| {
            let rest = cell[at..].strip_prefix(label)?;
            let value = rest.trim_start().strip_prefix([':', '：']).or_else(|| {
                let leads = holds == Holds::Name && at == 0 && *kind == FieldKind::Name;
                rest.strip_prefix([' ', '\u{3000}']).filter(|_| leads)
            })?;
            let own = WHOSE.iter().find(|word| cell[..at].ends_with(**word)).map_or(0, |word| word.len());
            Some((at - own..at + label.len(), *kind, cell.len() - value.len()))
        });
        at = label.as_ref().map_or(at + c.len_utf8(), |label| label.2);
        found.extend(label);
    }
    found
}

/// Takes a bracket off the beginning, if a request stands in it.
fn take_leading_bracket(cell: &str, parts: &mut Parts) {
    let own = &cell[parts.own.clone()];
    let Some(first) = own.chars().next() else { return };
    let Some((_, close)) = BRACKETS.iter().find(|(open, _)| *open == first) else { return };
    let Some(end) = own.find(*close) else { return };
    let inner = parts.own.start + first.len_utf8()..parts.own.start + end;
    let after = trimmed(cell, parts.own.start + end + close.len_utf8()..parts.own.end);
    if !after.is_empty() && is_remark(&cell[inner.clone()]) {
        parts.remarks.push(trimmed(cell, inner));
        parts.own = after;
    }
}

/// Takes a bracket off the end: digits may be an extension, a request is a remark, all else stays.
fn take_trailing_bracket(cell: &str, parts: &mut Parts) {
    let own = &cell[parts.own.clone()];
    let Some(last) = own.chars().next_back() else { return };
    let Some((open, _)) = BRACKETS.iter().find(|(_, close)| *close == last) else { return };
    let Some(begin) = own.rfind(*open).filter(|begin| *begin > 0) else { return };
    let inner = trimmed(cell, parts.own.start + begin + open.len_utf8()..parts.own.end - last.len_utf8());
    let before = trimmed(cell, parts.own.start..parts.own.start + begin);
    let text = &cell[inner.clone()];
    let digits = text.trim_start_matches(|c: char| !c.is_numeric());
    let word = text[..text.len() - digits.len()].trim_end_matches([' ', ':', '：', '.', '#']).to_lowercase();
    let named = matches!(word.as_str(), "转" | "分机" | "分机号" | "虚拟号" | "转分机" | "ext" | "extension");
    let are_digits = (1..=8).contains(&digits.chars().count()) && digits.chars().all(char::is_numeric);
    if before.is_empty() {
        return;
    }
    if are_digits && (word.is_empty() || named) {
        if parts.extension.is_none() {
            // It stays until it is known whose extension it is; what stands before it is read on.
            let bracket = Zeroizing::new(own[begin..].to_owned());
            parts.extension = Some(BracketedDigits { digits: folded(digits), bracket, named });
            parts.own = before;
        }
    } else if is_remark(text) {
        parts.remarks.push(inner);
        parts.own = before;
    } else if EMPTY.contains(&text) {
        parts.labelled = true;
        parts.own = before;
    }
}

/// Takes a request off the beginning or the end.
fn take_segment(cell: &str, holds: Holds, parts: &mut Parts) {
    let own = &cell[parts.own.clone()];
    let start = parts.own.start;
    let inner = |at: Range<usize>| trimmed(cell, start + at.start..start + at.end);
    for (at, sign) in own.char_indices().filter(|(_, c)| is_sign(*c)) {
        let after = at + sign.len_utf8();
        let tail = own[after..].trim_start_matches(is_sign);
        if begins_request(tail) && !own[..at].trim_matches(is_sign).is_empty() {
            parts.remarks.push(inner(own.len() - tail.len()..own.len()));
            parts.own = start..start + own[..at].trim_end_matches(is_sign).len();
            return;
        }
        if EMPTY.contains(&tail) && holds == Holds::Name {
            parts.labelled = true;
            parts.own = start..start + own[..at].trim_end_matches(is_sign).len();
            return;
        }
    }
    if begins_request(own)
        && let Some(at) = own.find(is_sign)
        && !own[at..].trim_matches(is_sign).is_empty()
    {
        let rest = own[at..].trim_start_matches(is_sign);
        parts.remarks.push(inner(0..at));
        parts.own = inner(own.len() - rest.len()..own.len());
        return;
    }
    take_unparted_request(cell, holds, parts);
}

/// Takes a request off that nothing sets apart but the number before it; of a name, which never ends so.
fn take_unparted_request(cell: &str, holds: Holds, parts: &mut Parts) {
    let own = &cell[parts.own.clone()];
    let start = parts.own.start;
    let ends = |before: &str| {
        let unit = |c: char| c.is_ascii_digit() || "号號室栋幢楼层座户门元房".contains(c);
        before.chars().count() > 1 && (holds == Holds::Name || before.ends_with(unit))
    };
    let is_long =
        |at: &usize| REQUESTS.iter().any(|request| request.len() >= LONG && own[*at..].starts_with(request));
    let begins = own.char_indices().filter(|(at, c)| *at > 0 && may_begin_request(*c)).map(|(at, _)| at);
    for at in begins.filter(is_long) {
        let polite =
            ["请", "先", "请先", "务必", "麻烦", "必须"].iter().filter(|word| own[..at].ends_with(**word));
        let at = at - polite.map(|word| word.len()).max().unwrap_or(0);
        if ends(&own[..at]) {
            parts.remarks.push(start + at..parts.own.end);
            parts.own = start..start + at;
            return;
        }
    }
    if holds == Holds::Name
        && let Some(request) =
            REQUESTS.iter().find(|request| request.len() > LONG && own.starts_with(**request))
        && (2..=4).contains(&own[request.len()..].chars().count())
    {
        parts.remarks.push(start..start + request.len());
        parts.own.start += request.len();
    }
}

/// Takes the head of a group purchase off a name: `团长阿珍-林知夏`.
fn take_group_head(cell: &str, parts: &mut Parts) {
    let own = &cell[parts.own.clone()];
    let start = parts.own.start;
    let Some(at) = own.find(GROUP_HEAD) else { return };
    let (head, person) = if at > 0 {
        // 林知夏-团长阿珍.
        let Some((person, _)) = own[..at].rsplit_once(is_sign) else { return };
        (person.len()..own.len(), 0..person.len())
    } else {
        let after = own[GROUP_HEAD.len()..].trim_start_matches(is_sign);
        // 团长阿珍-林知夏; or 团长阿珍 alone, who is the recipient.
        let end = own.len() - after.len() + after.find(is_sign).unwrap_or(0);
        if end + after.len() > own.len() {
            (0..end, end..own.len())
        } else {
            (0..GROUP_HEAD.len(), end..own.len())
        }
    };
    let without_signs = |range: Range<usize>| {
        let text = own[range.clone()].trim_start_matches(is_sign);
        let begin = range.end - text.len();
        start + begin..start + begin + text.trim_end_matches(is_sign).len()
    };
    let (head, person) = (without_signs(head), without_signs(person));
    if !person.is_empty() && !head.is_empty() {
        parts.remarks.push(head);
        parts.own = person;
    }
}

/// Whether a bracket holds a request rather than another name.
fn is_remark(text: &str) -> bool {
    begins_request(text)
        || text.contains(GROUP_HEAD)
        || REQUESTS.iter().filter(|request| request.len() >= LONG).any(|request| text.contains(request))
}

fn begins_request(text: &str) -> bool {
    let text = text.trim_start();
    if text.starts_with(|c: char| c.is_ascii()) {
        let head = text.chars().take(24).collect::<String>().to_ascii_lowercase();
        return ENGLISH.iter().any(|request| head.starts_with(request));
    }
    text.starts_with(may_begin_request) && REQUESTS.iter().any(|request| text.starts_with(request))
}

/// What parts a remark from a name or an address.
fn is_sign(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            ',' | '，'
                | ';'
                | '；'
                | ':'
                | '：'
                | '-'
                | '－'
                | '—'
                | '、'
                | '|'
                | '/'
                | '。'
                | '!'
                | '！'
                | '~'
                | '+'
        )
}

/// A range without a bracket around it, of which the other may be missing.
fn without_brackets(cell: &str, range: Range<usize>) -> Range<usize> {
    let range = trimmed(cell, range);
    let text = &cell[range.clone()];
    let opened = BRACKETS
        .iter()
        .find(|(open, close)| text.ends_with(*open) || text.ends_with(*close) && !text.contains(*open));
    let end = opened.and(text.chars().next_back()).map_or(0, char::len_utf8);
    trimmed(cell, range.start..range.end - end)
}

fn trimmed(cell: &str, range: Range<usize>) -> Range<usize> {
    let text = &cell[range.clone()];
    let start = range.start + text.len() - text.trim_start().len();
    start..start + text.trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: &str, holds: Holds) -> (&str, Vec<&str>, Option<String>) {
        let parts = parts(cell, holds);
        let remarks = parts.remarks.into_iter().map(|at| &cell[at]).collect();
        (&cell[parts.own], remarks, parts.extension.map(|found| found.digits.to_string()))
    }

    #[test]
    fn remarks_labels_and_extensions_come_off_a_name() {
        for (cell, name, remarks, extension) in [
            ("张三（放门口）", "张三", vec!["放门口"], None),
            ("送货上门 林知夏", "林知夏", vec!["送货上门"], None),
            ("（送货上门）林知夏", "林知夏", vec!["送货上门"], None),
            ("收件人：林知夏", "林知夏", vec![], None),
            ("收件人 林知夏", "林知夏", vec![], None),
            ("林知夏 收", "林知夏", vec![], None),
            ("林知夏（收）", "林知夏", vec![], None),
            ("林知夏放门口", "林知夏", vec!["放门口"], None),
            ("林知夏请打电话", "林知夏", vec!["请打电话"], None),
            ("送货上门林知夏", "林知夏", vec!["送货上门"], None),
            ("林知夏-请打电话，谢谢", "林知夏", vec!["请打电话，谢谢"], None),
            ("团长阿珍-林知夏", "林知夏", vec!["团长阿珍"], None),
            ("团长：阿珍 林知夏", "林知夏", vec!["团长：阿珍"], None),
            ("林知夏-团长阿珍", "林知夏", vec!["团长阿珍"], None),
            ("林知夏（团长阿珍）", "林知夏", vec!["团长阿珍"], None),
            ("团长阿珍", "阿珍", vec!["团长"], None),
            ("陈晓岚[1234]", "陈晓岚", vec![], Some("1234")),
            ("陈晓岚【分机6057】", "陈晓岚", vec![], Some("6057")),
            ("收货人: 张三 [1234]（请打电话）", "张三", vec!["请打电话"], Some("1234")),
            ("Dana Whitfield (leave at door)", "Dana Whitfield", vec!["leave at door"], None),
        ] {
            assert_eq!(read(cell, Holds::Name), (name, remarks, extension.map(str::to_owned)), "{cell}");
        }
    }

    #[test]
    fn what_may_be_part_of_a_name_or_address_stays() {
        for cell in [
            "Smith (Bob)",
            "王芳（王姐）",
            "O'Brien",
            "[1234]",
            "团长",
            "",
            "收件人",
            "（放门口）",
            "Anna-Lena Please",
            "林-知夏",
        ] {
            assert_eq!(read(cell, Holds::Name), (cell, vec![], None), "{cell}");
        }
        for cell in [
            "人民路1号(东门)",
            "云杉公寓3栋(A座)1205",
            "送货上门路3号",
            "Maple Street (rear)",
            "急件街",
            "云杉公寓 别墅区3号",
            "云杉公寓3栋(菜鸟驿站)",
            "12 Main St, Call Box 5",
            "人民路1号 自提点",
            "科苑南路18号-3-1205",
            "",
        ] {
            assert_eq!(read(cell, Holds::Address), (cell, vec![], None), "{cell}");
        }
    }

    #[test]
    fn remarks_labels_and_extensions_come_off_an_address() {
        for (cell, address, remarks, extension) in [
            ("科苑南路18号云杉公寓3栋1205[1234]", "科苑南路18号云杉公寓3栋1205", vec![], Some("1234")),
            ("收货地址：科苑南路18号 送货上门", "科苑南路18号", vec!["送货上门"], None),
            ("科苑南路18号，请勿放驿站，派前电联", "科苑南路18号", vec!["请勿放驿站，派前电联"], None),
            ("科苑南路18号1205送货上门", "科苑南路18号1205", vec!["送货上门"], None),
            ("【送货上门】科苑南路18号", "科苑南路18号", vec!["送货上门"], None),
            ("Maple Street 5, leave with neighbor", "Maple Street 5", vec!["leave with neighbor"], None),
        ] {
            assert_eq!(
                read(cell, Holds::Address),
                (address, remarks, extension.map(str::to_owned)),
                "{cell}"
            );
        }
    }

    #[test]
    fn labelled_fields_are_told_apart() {
        let cell = "收货地址：科苑南路18号 收货人：林知夏 电话：13812345678";
        let parts = parts(cell, Holds::Address);
        assert_eq!(&cell[parts.own], "科苑南路18号");
        let fields: Vec<_> =
            parts.fields.iter().map(|field| (field.kind, &cell[field.value.clone()])).collect();
        assert_eq!(fields, [(FieldKind::Name, "林知夏"), (FieldKind::Phone, "13812345678")]);
        let bracketed = super::parts("科苑南路18号(邮编：518000)", Holds::Address);
        assert_eq!(bracketed.own, 0.."科苑南路18号".len());
    }
}
