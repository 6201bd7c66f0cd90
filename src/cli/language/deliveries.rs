//! Texts of the judgement of delivery codes.

use super::Bilingual;
use super::text::sentences;

/// Column headings.
pub const HEADS: [Bilingual; 5] = [
    Bilingual::new("DEVICE", "设备"),
    Bilingual::new("RIGHT", "正确"),
    Bilingual::new("WRONG", "错误"),
    Bilingual::new("NOT GIVEN", "未提供"),
    Bilingual::new("UNKNOWN", "无法判断"),
];

sentences! {
    damaged(device, count) =
        "{device}: the log has {count} damages; `wayseal log verify` names them, and its sign-offs prove nothing",
        "{device}：日志有 {count} 处损坏；可用 `wayseal log verify` 查看，其签收记录不足为证";
}
