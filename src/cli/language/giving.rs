//! Texts of parcels that go from one device to another.

use super::Language;
use super::outcome;
use super::text::{sentences, texts};
use wayseal::device::log::EntryOutcome;
use wayseal::device::session::{GiveError, ScanOutcome};
use wayseal::signed::grant::Purpose;
use wayseal::signed::pass_request::RequestError;

texts! {
    NO_CODE_HOLDS_IT = "no QR code holds so much: use the file", "二维码放不下：请用文件";
    NO_KEY_TO_ASK =
        "this device's grant has no key by which it asks or gives: the station makes a pass",
        "本设备的授权不含转件密钥：请网点出具通行授权";
    ASK = "Ask a colleague", "向同事要件";
    ASKED_SMALL =
        "no room for the code here: show the picture asked.png of the state folder",
        "屏幕放不下二维码：请出示状态文件夹中的图片 asked.png";
    SHOW_IT = "the colleague scans it", "请同事扫描";
    GIVE_WHICH =
        "type 7 and the numbers in your list, as in 7 1-5,8. Enter: none",
        "请输入 7 和清单序号，如 7 1-5,8；回车：取消";
    GIVEN_SMALL =
        "no room for the code here: show the picture given.png of the state folder, or send the file given.pass to the colleague's inbox",
        "屏幕放不下二维码：请出示状态文件夹中的图片 given.png，或把文件 given.pass 放入同事的 inbox/";
    GIVEN_AS_FILE =
        "more than a code holds: send the file given.pass of the state folder to the colleague's inbox",
        "二维码放不下：请把状态文件夹中的文件 given.pass 放入同事的 inbox/";
    NOT_LOADED_HERE = "only loaded parcels are given from the list: load them, or use `wayseal courier give`",
        "清单中只能转已装车的件：请先装车，或用 `wayseal courier give`";
    TAKEN = "Parcels taken", "已接件";
    NOTHING_ASKED = "nobody has asked: scan the colleague's code first", "没有人要件：请先扫同事的二维码";
    NOT_GIVEN = "Not given", "未转出";
}

sentences! {
    asks(name) = "{name} asks for parcels", "{name} 要件";
    given(labels, name, until) =
        "{labels} parcels given to {name}; they open there until {until}",
        "已转 {labels} 件给 {name}：可打开至 {until}";
    taken(labels) = "{labels} parcels by a colleague's pass", "按同事的通行授权接 {labels} 件";
    label_not_given(at, why) =
        "parcel {at} of those named is not opened here ({why}); none was given",
        "所选第 {at} 件不能在此打开（{why}）：均未转出";
    over_budget(wanted, left) =
        "{wanted} parcels would be charged and {left} are left in the budget: give fewer, or hand the log in",
        "需计 {wanted} 件，额度只余 {left}：请少转几件，或先交班";
    how_many(most) = "name 1 to {most} parcels", "请选 1 至 {most} 件";
}

/// Why nothing was given, and what to do.
pub fn not_given(error: &GiveError, language: Language) -> String {
    let words = match error {
        GiveError::Request(RequestError::Form) => (
            "not a colleague's code, or a damaged one: have it shown again",
            "不是同事的二维码，或已损坏：请重新出示",
        ),
        GiveError::Request(RequestError::Newer) => {
            ("the colleague's program is newer: update this one", "同事的程序较新：请更新本机")
        }
        GiveError::Request(_) => (
            "not a device of this carrier: give it nothing, and report it",
            "不是本公司的设备：请勿转件，并上报",
        ),
        GiveError::Asked => (
            "that code is more than an hour old, or a clock is wrong: have it shown again",
            "二维码已过一小时，或时钟不准：请重新出示",
        ),
        GiveError::NoKey => return language.of(NO_KEY_TO_ASK).to_owned(),
        GiveError::Asking(refused) => return language.refused(refused),
        GiveError::Labels { most, .. } => return how_many(language, most),
        GiveError::Label { at, outcome } => return label_not_given(language, at, why(*outcome, language)),
        GiveError::Budget { wanted, left } => return over_budget(language, wanted, left),
        GiveError::Pass(error) => return language.grant(error),
        GiveError::Session(error) => return outcome::said(error, language),
        _ => return error.to_string(),
    };
    language.pick(words.0, words.1).to_owned()
}

/// Why a label does not open.
fn why(mark: EntryOutcome, language: Language) -> &'static str {
    let outcome = match mark {
        EntryOutcome::Refused(refusal) => return language.refusal(refusal),
        EntryOutcome::PurposeNotGranted => ScanOutcome::PurposeNotGranted(Purpose::Deliver),
        EntryOutcome::AfterDelivery => ScanOutcome::AfterDelivery,
        _ => ScanOutcome::NotLoaded,
    };
    outcome::told(&outcome, language).map_or("", |(title, _)| title)
}
