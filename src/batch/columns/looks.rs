//! Whether cells look like a person's data: an address, a phone or a name. It is asked of columns of which nothing is
//! known, so that no address is dropped unseen. It never decides what a column is: that is the user's choice.

use std::fmt;

/// What cells look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Looks {
    /// An address.
    Address,
    /// A person's name.
    Name,
    /// A phone number.
    Phone,
}

impl fmt::Display for Looks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Address => "an address",
            Self::Name => "a name",
            Self::Phone => "a phone number",
        })
    }
}

/// What the name of a column says of its cells.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Heading {
    /// It speaks of phones.
    phones: bool,
    /// It speaks of persons.
    persons: bool,
    /// It speaks of addresses.
    addresses: bool,
    /// It speaks of numbers and things, so that its digits are no phone and its words no person.
    things: bool,
}

impl Heading {
    pub(super) fn of(name: &str) -> Self {
        let name = name.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
        let is_id = name.split(|c: char| !c.is_alphanumeric()).any(|word| word == "id");
        Self {
            phones: has(&PHONES),
            persons: has(&PERSONS),
            addresses: has(&ADDRESSES),
            things: is_id || has(&THINGS),
        }
    }
}

const PHONES: [&str; 7] = ["phone", "tel", "mobile", "cell", "电话", "手机", "联系方式"];
const PERSONS: [&str; 26] = [
    "name",
    "recipient",
    "consignee",
    "receiver",
    "addressee",
    "customer",
    "client",
    "buyer",
    "contact",
    "attn",
    "attention",
    "person",
    "deliver to",
    "ship to",
    "care of",
    "empfänger",
    "destinat",
    "nombre",
    "cliente",
    "姓名",
    "名字",
    "收件",
    "收货",
    "人",
    "客户",
    "买家",
];
const ADDRESSES: [&str; 14] = [
    "address",
    "addr",
    "street",
    "apartment",
    "suite",
    "adresse",
    "straße",
    "dirección",
    "indirizzo",
    "地址",
    "住址",
    "门牌",
    "房号",
    "楼栋",
];
const THINGS: [&str; 52] = [
    "product",
    "item",
    "sku",
    "shop",
    "store",
    "company",
    "file",
    "warehouse",
    "carrier",
    "service",
    "vendor",
    "brand",
    "order",
    "no.",
    "number",
    "code",
    "date",
    "time",
    "price",
    "amount",
    "total",
    "user",
    "nick",
    "method",
    "status",
    "channel",
    "编号",
    "单号",
    "编码",
    "条码",
    "商品",
    "货品",
    "货号",
    "货物",
    "店",
    "仓",
    "公司",
    "品",
    "金额",
    "时间",
    "日期",
    "状态",
    "会员",
    "账号",
    "帐号",
    "旺旺",
    "昵称",
    "客服",
    "业务员",
    "颜色",
    "规格",
    "城市",
];

impl Heading {
    /// Whether the name speaks of persons.
    pub(super) const fn is_of_persons(self) -> bool {
        self.persons
    }
}

/// What a cell looks like by itself, given who judges addresses; a name is told by the whole column alone.
pub(super) fn of_cell(cell: &str, heading: Heading, is_address: impl FnOnce(&str) -> bool) -> Option<Looks> {
    if heading.addresses && is_text(cell) {
        return Some(Looks::Address);
    }
    if cell.len() < 7 {
        return None;
    }
    let shape = ByteKinds::of(cell);
    if is_phone(cell.as_bytes(), shape.digits, heading) {
        return Some(Looks::Phone);
    }
    (shape.may_be_address(cell) && is_address(cell)).then_some(Looks::Address)
}

/// The bytes of a cell by their kinds, in one pass.
struct ByteKinds {
    digits: usize,
    letters: usize,
    blanks: usize,
}

/// Where the letters' and the blanks' counts begin in a sum of [`KINDS`], and the bits of each.
const LETTERS: u32 = 21;
const BLANKS: u32 = 2 * LETTERS;
const COUNT: u64 = (1 << LETTERS) - 1;

/// One for the count that a byte of ASCII belongs to.
static KINDS: [u64; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        kinds[byte as usize] = match byte {
            b'0'..=b'9' => 1,
            b'A'..=b'Z' | b'a'..=b'z' => 1 << LETTERS,
            b' ' => 1 << BLANKS,
            _ => 0,
        };
        byte += 1;
    }
    kinds
};

impl ByteKinds {
    fn of(cell: &str) -> Self {
        let mut shape = Self { digits: 0, letters: 0, blanks: 0 };
        // So few that no count runs into the next.
        for part in cell.as_bytes().chunks(COUNT as usize) {
            let sum: u64 = part.iter().map(|byte| KINDS[usize::from(*byte)]).sum();
            shape.digits += (sum & COUNT) as usize;
            shape.letters += (sum >> LETTERS & COUNT) as usize;
            shape.blanks += (sum >> BLANKS) as usize;
        }
        shape
    }

    /// A quick test that no address fails: in ASCII it has a number and words apart, and in other scripts some length.
    const fn may_be_address(&self, cell: &str) -> bool {
        if cell.is_ascii() {
            return self.digits > 0 && self.blanks > 0 && self.letters > 2;
        }
        cell.len() > 9
    }
}

/// Whether a cell has words: no number, mail address, link, or yes and no.
fn is_text(cell: &str) -> bool {
    let words =
        ["true", "false", "yes", "no", "y", "n", "是", "否", "verified", "unverified", "none", "null"];
    cell.chars().any(char::is_alphabetic)
        && !cell.contains(['@', ':'])
        && !words.iter().any(|word| cell.eq_ignore_ascii_case(word))
}

/// Whether a cell is, or holds, a phone number: `13812345678`, `0755-26543299`, `+49 40 123456`, `(415) 555-0123`. Bare
/// digits of other forms are one only in a column that speaks of phones.
fn is_phone(bytes: &[u8], digits: usize, heading: Heading) -> bool {
    if digits < 7 {
        return false;
    }
    let only = |allowed: &[u8]| bytes.iter().all(|byte| byte.is_ascii_digit() || allowed.contains(byte));
    if bytes[0] == b'+' && (8..=15).contains(&digits) && only(b"+-. ()/") {
        return true;
    }
    if heading.phones && (7..=15).contains(&digits) && only(b"+-. ()/'") {
        return true;
    }
    let is_bare = digits == bytes.len();
    if is_bare && heading.things {
        return false;
    }
    digits >= 10 && (digits >= 11 && has_mobile(bytes) || is_landline(bytes, digits))
}

/// Whether there is a mobile number of mainland China that no digit or letter adjoins.
fn has_mobile(bytes: &[u8]) -> bool {
    let joins = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    let mut at = 0;
    while at + 11 <= bytes.len() {
        let begin = at;
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        let number = match &bytes[begin..at] {
            [b'8', b'6', rest @ ..] if rest.len() == 11 => rest,
            number => number,
        };
        let is_mobile = number.len() == 11 && number[0] == b'1' && (b'3'..=b'9').contains(&number[1]);
        let apart = |before: &[u8], after: Option<&u8>| {
            !before.last().is_some_and(|byte| joins(*byte))
                && after.is_none_or(|byte| !joins(*byte) || *byte == b'-')
        };
        if is_mobile && apart(&bytes[..begin], bytes.get(at)) {
            return true;
        }
        at += 1;
    }
    false
}

/// Whether the whole cell is a landline of mainland China with its area code, or a number of North America as it is
/// grouped there.
fn is_landline(bytes: &[u8], digits: usize) -> bool {
    if digits > 12 || !bytes.iter().all(|byte| byte.is_ascii_digit() || b"-. ()".contains(byte)) {
        return false;
    }
    let mut groups = bytes.split(|byte| !byte.is_ascii_digit()).map(<[u8]>::len).filter(|length| *length > 0);
    match [(); 5].map(|()| groups.next().unwrap_or(0)) {
        [3 | 4, 7 | 8, 0, ..] => bytes[0] == b'0',
        [3, 3, 4, 0, _] | [1, 3, 3, 4, 0] => true,
        _ => false,
    }
}

/// Whether a cell has the form of a person's name: two to four ideographs that begin with a common surname, or, in a
/// column that speaks of persons, two to four words in letters.
pub(super) fn is_name(cell: &str, heading: Heading) -> bool {
    if heading.things {
        return false;
    }
    // IdeographSet, of three bytes each, or in a column of persons words of another script.
    if matches!(cell.as_bytes(), [0xe4..=0xe9, ..]) {
        let most = if heading.persons { 4 } else { 3 };
        if !cell.len().is_multiple_of(3) || !(2..=most).contains(&(cell.len() / 3)) {
            return false;
        }
        let surname = || {
            cell.chars().next().is_some_and(|first| SURNAMES.has(first))
                && cell.chars().next_back().is_some_and(|last| !ENDINGS.has(last))
                && !matches!(cell, "周一" | "周二" | "周三" | "周四" | "周五" | "周六")
        };
        return cell.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}')) && (heading.persons || surname());
    }
    if !heading.persons {
        return false;
    }
    let words = || cell.split_whitespace();
    let is_word = |word: &str| {
        word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '-'))
    };
    (2..=4).contains(&words().count()) && words().all(is_word)
}

/// A set of ideographs: a bit for each from U+4E00 to U+9FFF.
struct IdeographSet([u64; 328]);

impl IdeographSet {
    /// The set of a text's characters, each of three bytes in UTF-8.
    const fn of(text: &str) -> Self {
        let (bytes, mut bits, mut at) = (text.as_bytes(), [0; 328], 0);
        while at < bytes.len() {
            let code = (bytes[at] as usize & 0xf) << 12
                | (bytes[at + 1] as usize & 0x3f) << 6
                | bytes[at + 2] as usize & 0x3f;
            bits[(code - 0x4e00) / 64] |= 1 << ((code - 0x4e00) % 64);
            at += 3;
        }
        Self(bits)
    }

    fn has(&self, character: char) -> bool {
        let place = u32::from(character).wrapping_sub(0x4e00);
        self.0.get((place / 64) as usize).is_some_and(|bits| bits >> (place % 64) & 1 == 1)
    }
}

/// The hundred or so most common surnames in China.
static SURNAMES: IdeographSet = IdeographSet::of(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常",
);

/// What names of things end with, and persons' names hardly.
static ENDINGS: IdeographSet = IdeographSet::of(
    "色市区县镇省州村路店品书笔鞋衣裤裙帽包杯机器款型码号单件套盒瓶袋份只双条片米克斤升年月日时元送达递货付款类级中",
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::summary::looks_like_address;
    use proptest::prelude::*;

    #[test]
    fn a_column_that_speaks_of_addresses_holds_them() {
        let of = |heading: &str, cell: &str| of_cell(cell, Heading::of(heading), looks_like_address);
        for (heading, cell) in
            [("Address 3", "Apt 5B"), ("Street 2", "c/o Berg"), ("门牌", "3栋"), ("备用地址", "老家")]
        {
            assert_eq!(of(heading, cell), Some(Looks::Address), "{heading}: {cell}");
        }
        for (heading, cell) in [
            ("Email Address", "a@example.com"),
            ("IP Address", "192.168.0.1"),
            ("Address Verified", "TRUE"),
            ("Line 3", "Apt 5B"),
        ] {
            assert_eq!(of(heading, cell), None, "{heading}: {cell}");
        }
    }

    fn is_phone(cell: &str, heading: Heading) -> bool {
        let digits = cell.bytes().filter(u8::is_ascii_digit).count();
        super::is_phone(cell.as_bytes(), digits, heading)
    }

    #[test]
    fn phones_are_told_from_other_numbers() {
        let plain = Heading::default();
        for phone in [
            "13812345678",
            "+86 138 1234 5678",
            "8613812345678",
            "0755-26543299",
            "010-12345678",
            "+49 40 123456",
            "(415) 555-0123",
            "415-555-0123",
            "1-415-555-0123",
            "李伟 13812345678",
            "13812345678-1234",
            "13812345678，家",
        ] {
            assert!(is_phone(phone, plain), "{phone}");
        }
        for other in [
            "99.00",
            "2026-11-24",
            "2026-11-24 10:00:00",
            "1732400000",
            "1732400000000",
            "104-3563777-5518068",
            "SF1390004216502",
            "6901234567892",
            "SKU13812345678",
            "123456789",
            "20261124",
            "5118609024991031607",
            "13812345678.00",
        ] {
            assert!(!is_phone(other, plain), "{other}");
        }
        let numbered = |name, cell| is_phone(cell, Heading::of(name));
        assert!(numbered("Tel", "4155550123") && !numbered("Ref", "4155550123"));
        assert!(!numbered("Order ID", "13812345678") && numbered("备用", "13812345678"));
    }

    #[test]
    fn a_set_of_ideographs_has_its_own_alone() {
        let text = "一王龥鿿";
        let set = IdeographSet::of(text);
        for c in '\0'..=char::MAX {
            assert_eq!(set.has(c), text.contains(c), "{c}");
        }
        assert!(SURNAMES.has('王') && !SURNAMES.has('的') && ENDINGS.has('色') && !ENDINGS.has('芳'));
    }

    proptest! {
        #[test]
        fn the_shape_of_a_cell_is_its_bytes(cell in "[0-9a-zA-Z ,.路号é-]{0,40}") {
            let shape = ByteKinds::of(&cell);
            let count = |is: fn(&u8) -> bool| cell.as_bytes().iter().filter(|byte| is(byte)).count();
            prop_assert_eq!(shape.digits, count(u8::is_ascii_digit));
            prop_assert_eq!(shape.letters, count(u8::is_ascii_alphabetic));
            prop_assert_eq!(shape.blanks, count(|byte| *byte == b' '));
        }
    }

    #[test]
    fn the_shape_of_a_cell_of_any_length_is_counted() {
        let cell = "1a ".repeat(1 << 20);
        let shape = ByteKinds::of(&cell);
        assert_eq!((shape.digits, shape.letters, shape.blanks), (1 << 20, 1 << 20, 1 << 20));
    }

    #[test]
    fn names_are_told_from_things() {
        let of = |heading: &str, cell: &str| is_name(cell, Heading::of(heading));
        for (heading, cell) in
            [("谁", "王芳"), ("收件", "欧阳修远"), ("Attn", "Anna Berg"), ("Customer", "J. Doe-Smith")]
        {
            assert!(of(heading, cell), "{heading}: {cell}");
        }
        for (heading, cell) in [
            ("店铺", "云帆书店"),
            ("品名", "高跟鞋"),
            ("状态", "已发货"),
            ("Product Name", "Blue Shirt"),
            ("Shipping Method", "Standard Express"),
            ("城市", "深圳市"),
            ("颜色", "蓝色"),
        ] {
            assert!(!of(heading, cell), "{heading}: {cell}");
        }
    }
}
