//! Texts of the test of a wedge scanner.

use super::text::texts;

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
