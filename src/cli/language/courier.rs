//! Texts of the courier's screen.

use super::Language;
use super::text::{sentences, texts};
use wayseal::read::wedge::WedgeError;

texts! {
    BAR_CODE = "Bar code", "条码";
    SCAN_QR_NEXT = "now scan the QR code", "请再扫二维码";
    SCANNER_SET_WRONGLY = "Wrong scanner settings", "扫描枪设置有误";
    NOTHING_CAN_BE_OPENED = "Nothing can be opened", "无法打开";
    REFUSED_FROM_THE_INBOX = "Refused from the inbox", "收件箱中的文件被拒";
    SCAN_FIRST = "scan the parcel first, then sign off", "请先扫描包裹，再签收";
    NOTHING_TO_SIGN_OFF = "Nothing to sign off", "没有可签收的包裹";
    SIGNED_OFF = "Signed off", "已签收";
    SIGNED_OFF_BEFORE = "Signed off before", "此前已签收";
    NOT_OPENED_HERE = "Not opened here", "未在本机打开";
    PURPOSE = "Purpose", "用途";
    HIDDEN = "Hidden", "已隐藏";
    LEFT = "left", "余";
    LOCKED = "  locked", "  已锁存";
    OPENING = "opening", "第几次打开";
    KEYS = "1 sign off  2 purpose  3 list  0 end", "1 签收  2 用途  3 清单  0 退出";
    TYPED = "typed", "已输入";
    SCAN_A_LABEL = "Scan a label", "请扫描面单";
    HIDES_IN = "hides in", "隐藏倒计时";
    NO_STATE = "no state folder: give --state FOLDER", "没有状态文件夹：请给出 --state 文件夹";
    NO_PARCELS_YET = "No parcels yet", "暂无包裹";
}

sentences! {
    no_terminal(error) = "cannot use the terminal: {error}", "无法使用终端：{error}";
    terminal_failed(error) = "the terminal failed: {error}", "终端出错：{error}";
    opening_number(times) = "  opening {times}", "  第 {times} 次打开";
}

/// A scanner whose keyboard layout differs from the host's.
pub fn wrong_layout(language: Language, error: &WedgeError) -> String {
    match language {
        Language::En => error.to_string(),
        Language::Zh => "扫描枪与主机的键盘布局不一致：请用 `wayseal wedge-test` 检查".to_owned(),
    }
}
