//! Texts of the courier's screen.

use super::Language;
use super::text::{sentences, texts};
use wayseal::device::log::EntryOutcome;
use wayseal::device::session::ParcelOutcome;

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
    CODE_GIVEN_BEFORE =
        "A code was given for it before: sign it off without one",
        "此件已填过签收码：请不带码签收";
    SIGNED_OFF_BEFORE = "Signed off before", "此前已签收";
    NOT_OPENED_HERE = "Not opened here", "未在本机打开";
    PURPOSE = "Purpose", "用途";
    HIDDEN = "Hidden", "已隐藏";
    LEFT = "left", "余";
    LOCKED = "  locked", "  已锁存";
    OPENING = "opening", "第几次打开";
    SIGN_OFF_OR_QR = "1 signs it off; or scan the QR code", "按 1 签收；或再扫二维码";
    NOTHING_TO_TAKE_BACK = "Nothing to take back", "没有可撤回的";
    CHOOSE_FIRST =
        "scan its bar code, or choose it: 3 and its number in the list, 6 and the last digits of the phone",
        "请扫条码，或选择：3 加清单序号，或 6 加手机尾号";
    TAKEN_BACK = "Taken back", "已撤回";
    KEY_IS_ERASED =
        "its key was erased with the sign-off: if it must open again, ask for a pass",
        "签收时密钥已删除：如需再次打开，请申请通行授权";
    TOO_LATE_TO_TAKE_BACK = "Too late to take back", "已不能撤回";
    ASK_THE_STATION = "it is handed in, or another shift's: ask the station", "已交班或属其他班次：请联系网点";
    NO_SUCH_PARCEL = "No such parcel today", "今日没有该件";
    KEYS = "1 sign off 3 list 4 other 5 undo 7 ask", "1 签收 3 清单 4 其他 5 撤回 7 要件";
    TYPED = "typed", "已输入";
    SCAN_A_LABEL = "Scan a label", "请扫描面单";
    HIDES_IN = "hides in", "隐藏倒计时";
    NO_STATE = "no state folder: give --state FOLDER", "没有状态文件夹：请给出 --state 文件夹";
    LIST_KEYS = "Enter more  3 back  6 and digits: find", "回车：下页  3：返回  6 加尾号：查找";
    NO_PARCELS_YET = "No parcels yet", "暂无包裹";
}

sentences! {
    outcomes_of(handed, left, nobody, refused, address, damaged) =
        "1 {handed}, 2 {left}, 3 {nobody}, 4 {refused}, 5 {address}, 6 {damaged}; Enter: none",
        "1 {handed}，2 {left}，3 {nobody}，4 {refused}，5 {address}，6 {damaged}；回车：取消";
    no_terminal(error) = "cannot use the terminal: {error}", "无法使用终端：{error}";
    terminal_failed(error) = "the terminal failed: {error}", "终端出错：{error}";
    opening_number(times) = "  opening {times}", "  第 {times} 次打开";
}

/// What became of a parcel, as the courier calls it.
pub const fn outcome(outcome: ParcelOutcome, language: Language) -> &'static str {
    let (english, chinese) = match outcome {
        ParcelOutcome::Delivered => ("Signed off", "已签收"),
        ParcelOutcome::HandedOver => ("Handed over", "已转交"),
        ParcelOutcome::Left => ("Left there", "已放置"),
        ParcelOutcome::Nobody => ("Nobody there", "无人在家"),
        ParcelOutcome::Refused => ("Not taken", "收件人拒收"),
        ParcelOutcome::WrongAddress => ("Wrong address", "地址有误"),
        ParcelOutcome::Damaged => ("Damaged", "包裹破损"),
    };
    language.pick(english, chinese)
}

/// What was said of a parcel, by the name of its outcome; nothing if nothing was.
pub fn said_of(name: &str, language: Language) -> &'static str {
    match ParcelOutcome::ALL.into_iter().find(|outcome| outcome.mark().name() == name) {
        Some(said) => outcome(said, language),
        None if name == EntryOutcome::Given.name() => language.pick("Given", "已转出"),
        None => "",
    }
}

/// The outcomes of which one is chosen, with their numbers.
pub fn outcomes(language: Language) -> String {
    let [_, handed, left, nobody, refused, address, damaged] =
        ParcelOutcome::ALL.map(|each| outcome(each, language));
    outcomes_of(language, handed, left, nobody, refused, address, damaged)
}
