//! Texts of the courier's screen.

use super::text::{sentences, texts};

texts! {
    BAR_CODE = "Bar code", "条码";
    SCAN_QR_NEXT = "now scan the QR code", "请再扫二维码";
    BAR_CODE_MATCHES = "the bar code is this label's", "条码与面单一致";
    NOT_COMPARED = "bar code not compared", "未与条码比对";
    SCAN_AGAIN = "Scan again", "请重新扫描";
    NOT_OPENED = "Not opened", "未能打开";
    REPEATED = "scanned again: the record stays", "重复扫描：记录保留";
    UNREAD = "inbox", "收件箱";
    READ_BY_ENTER = "Enter: read", "回车：已读";
    NO_SUFFIX =
        "No Enter: press it; set suffix CR",
        "无回车：请按回车，并设后缀 CR";
    NOTHING_CAN_BE_OPENED = "Nothing can be opened", "无法打开";
    REFUSED_FROM_THE_INBOX = "Refused from the inbox", "收件箱中的文件被拒";
    SCAN_FIRST = "scan the parcel first, then sign off", "请先扫描包裹，再签收";
    NOTHING_TO_SIGN_OFF = "Nothing to sign off", "没有可签收的包裹";
    SIGNED_OFF = "Signed off", "已签收";
    SIGNED_OFF_WITH_CODE = "Signed off with the code", "已凭码签收";
    CODE_ASKED =
        "Type the recipient's delivery code, 7 digits, then Enter. Enter alone: without a code",
        "请输入收件人的 7 位签收码，再按回车；无码请直接按回车";
    CODE_IS_A_SLIP =
        "Not a delivery code: ask for the 7 digits again, and type them. Enter alone: without a code",
        "签收码有误：请收件人再念一遍 7 位数字并重新输入；无码请直接按回车";
    SCAN_TO_SIGN_OFF = "Scan the label again to sign it off", "请再扫一次面单以签收";
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
