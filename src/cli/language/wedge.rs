//! Texts of the test of a wedge scanner.

use super::Language;
use super::text::{sentences, texts};
use wayseal::read::wedge::{KeyboardLayout, WedgeDamage, WedgeError};

texts! {
    NO_SYMBOL = "the test text does not fit its QR code; report it", "测试文本放不进二维码：请报告此问题";
    SHOULD_TYPE = "The scanner should type, and then a line end:", "扫描枪应输入以下内容并回车：";
    HOW_TO_READ =
        "To see what yours types: wayseal wedge-test --read",
        "查看扫描枪的实际输入：wayseal wedge-test --read";
    SET_RIGHT = "The scanner is set correctly.", "扫描枪设置正确。";
    SET_LAYOUT =
        "set the scanner to the host's keyboard layout; until then Wayseal corrects the lines where it can",
        "请把扫描枪的键盘布局设为与主机一致；在此之前系统会自动还原";
    NOT_THE_TEST =
        "This is not the test's text, or characters were lost: scan again, and slow the scanner's keys down",
        "不是测试码内容，或有字符丢失：请重新扫描，并降低扫描枪的按键速度";
}

sentences! {
    layout_is(layout) = "the host's keyboard is {layout}, the scanner's is US", "主机键盘为{layout}，扫描枪为美式";
    damaged_by(damage) =
        "characters were lost on the way ({damage}): scan again, and set the scanner to the host's keyboard",
        "传输中有字符丢失（{damage}）：请重新扫描，并把扫描枪设为主机的键盘布局";
    either(one, other) =
        "the host's keyboard is {one} or {other}: set the scanner to the host's keyboard, then scan again",
        "主机键盘为{one}或{other}：请把扫描枪设为主机的键盘布局后重新扫描";
}

texts! {
    CAPS_LOCK = "caps lock is on", "大写锁定已打开";
    INPUT_METHOD = "an input method is on", "输入法已打开";
    INCOMPLETE =
        "the line is incomplete: scan again, more slowly if it stays so",
        "内容不完整：请重新扫描；若仍如此，请降低扫描枪速度";
    SHIFT_LOST =
        "the shift key was lost: scan again; if it stays so, slow the scanner down or let it send text instead of keys",
        "Shift 键丢失：请重新扫描；若仍如此，请降低扫描枪速度，或改为发送文本";
    SPACES_LOST =
        "the spaces were removed: switch off the rule that removes spaces (DataWedge), then scan again",
        "空格被删除：请关闭删除空格的规则（DataWedge）后重新扫描";
    UNKNOWN_LAYOUT =
        "not a Wayseal label, or typed through a keyboard that is not known: set the scanner to the host's keyboard, then scan again",
        "不是本系统的面单，或主机键盘布局未知：请把扫描枪设为主机的键盘布局后重新扫描";
    LETTERS_TAKEN =
        "an input method took the letters: switch to English input, then scan again",
        "输入法改变了字母：请切换到英文输入后重新扫描";
    SEVERAL = "codes of several labels came at once: scan one label alone", "一次收到多张面单：请只扫一张";
    EMPTY = "nothing was typed: scan again", "没有内容：请重新扫描";
    OTHER = "not a Wayseal label", "不是本系统的面单";
}

/// What was changed on the way from the scanner.
pub fn damage(damage: WedgeDamage, language: Language) -> String {
    let mut parts = Vec::new();
    if damage.layout != KeyboardLayout::Us {
        parts.push(layout_is(language, layout(damage.layout, language)));
    }
    if damage.caps_lock {
        parts.push(language.of(CAPS_LOCK).to_owned());
    }
    if damage.input_method {
        parts.push(language.of(INPUT_METHOD).to_owned());
    }
    parts.join(language.pick("; ", "；"))
}

/// Why a line is no label's, and what to do.
pub fn said(error: &WedgeError, language: Language) -> String {
    let fixed = match error {
        WedgeError::Damaged(none) if none.is_none() => INCOMPLETE,
        WedgeError::Damaged(changed) => return damaged_by(language, damage(*changed, language)),
        WedgeError::Ambiguous(one, other) => {
            return either(language, layout(*one, language), layout(*other, language));
        }
        WedgeError::ShiftLost => SHIFT_LOST,
        WedgeError::SpacesLost => SPACES_LOST,
        WedgeError::UnknownLayout => UNKNOWN_LAYOUT,
        WedgeError::InputMethod => LETTERS_TAKEN,
        WedgeError::Several => SEVERAL,
        WedgeError::Empty => EMPTY,
        _ => OTHER,
    };
    language.of(fixed).to_owned()
}

fn layout(layout: KeyboardLayout, language: Language) -> String {
    if language == Language::En {
        return layout.to_string();
    }
    let chinese = match layout {
        KeyboardLayout::Us => "美式或英式",
        KeyboardLayout::French => "法语（AZERTY）",
        KeyboardLayout::Belgian => "比利时（AZERTY）",
        KeyboardLayout::German => "德语（QWERTZ）",
        KeyboardLayout::Spanish => "西班牙语",
        KeyboardLayout::Italian => "意大利语",
        KeyboardLayout::Swedish => "瑞典语或芬兰语",
        KeyboardLayout::Turkish => "土耳其语（Q）",
        KeyboardLayout::Japanese => "日语（JIS）",
        KeyboardLayout::Russian => "俄语",
        KeyboardLayout::Danish => "丹麦语",
        KeyboardLayout::Norwegian => "挪威语",
        KeyboardLayout::Portuguese => "葡萄牙语",
        KeyboardLayout::Brazilian => "巴西（ABNT2）",
        KeyboardLayout::Swiss => "瑞士（QWERTZ）",
        KeyboardLayout::Czech => "捷克语（QWERTZ）",
        KeyboardLayout::Canadian => "加拿大法语",
    };
    chinese.to_owned()
}
