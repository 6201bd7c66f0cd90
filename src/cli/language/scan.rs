//! Texts of `wayseal scan`.

use super::Bilingual;
use super::text::{sentences, texts};

texts! {
    NO_LOG_KEPT =
        "wayseal: --grant keeps no log; with --state every attempt is logged",
        "wayseal：--grant 不写日志；使用 --state 时每次尝试都写入日志";
    NOT_COMPARED = "(bar code not compared)", "（未与条码比对）";
    ALARM_MOVED = "ALARM: the bar code is another waybill's", "警报：条码为另一运单，二维码可能被移贴";
    ENTRIES_SKIPPED =
        "[the label says more than this version shows: update it]",
        "［面单含本版本无法显示的内容：请更新］";
}

sentences! {
    frames(seen, damaged, opened) =
        "wayseal: {seen} frames, {damaged} of them damaged, {opened} labels",
        "wayseal：共 {seen} 帧，其中 {damaged} 帧损坏，{opened} 张面单";
}

/// Heads of columns.
pub const HEADS: [Bilingual; 5] = [
    Bilingual::new("OUTCOME", "结果"),
    Bilingual::new("WAYBILL", "运单号"),
    Bilingual::new("NAME", "姓名"),
    Bilingual::new("PHONE", "电话"),
    Bilingual::new("ADDRESS [NOTE], OR WHAT TO DO", "地址 [备注]，或下一步"),
];
