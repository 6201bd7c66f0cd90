//! Words and signs that set something apart from a name or an address.

use super::parts::FieldKind;

/// Labels, longest first. A colon follows each.
pub(super) const LABELS: [(&str, FieldKind); 31] = [
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
pub(super) const WHOSE: [&str; 6] = ["公司", "工厂", "办公", "单位", "本人", "家庭"];

/// How requests to a courier begin. No name or place begins so.
pub(super) const REQUESTS: [&str; 58] = [
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
pub(super) const fn may_begin_request(c: char) -> bool {
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
pub(super) const ENGLISH: [&str; 16] = [
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
pub(super) const LONG: usize = 9;

/// Words after a name or address that say nothing.
pub(super) const EMPTY: [&str; 4] = ["收", "亲收", "启", "亲启"];

/// The head of a group purchase, who is not the recipient.
pub(super) const GROUP_HEAD: &str = "团长";

pub(super) const BRACKETS: [(char, char); 5] =
    [('(', ')'), ('（', '）'), ('[', ']'), ('【', '】'), ('［', '］')];

/// Whether a bracket holds a request rather than another name.
pub(super) fn is_remark(text: &str) -> bool {
    begins_request(text)
        || text.contains(GROUP_HEAD)
        || REQUESTS.iter().filter(|request| request.len() >= LONG).any(|request| text.contains(request))
}

pub(super) fn begins_request(text: &str) -> bool {
    let text = text.trim_start();
    if text.starts_with(|c: char| c.is_ascii()) {
        let head = text.chars().take(24).collect::<String>().to_ascii_lowercase();
        return ENGLISH.iter().any(|request| head.starts_with(request));
    }
    text.starts_with(may_begin_request) && REQUESTS.iter().any(|request| text.starts_with(request))
}

/// What parts a remark from a name or an address.
pub(super) fn is_sign(c: char) -> bool {
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
