//! Texts of `wayseal authority show`.

use super::text::texts;

texts! {
    NONE = "none", "无";
    ALLOWED_NOT_COUNTED = "allowed, not counted", "允许，不计额度";
    ALLOWED_COUNTED = "allowed, counted", "允许，计入额度";
    REFUSED = "refused", "拒绝";
    REFUSED_FOR_DELIVERY = "refused for delivery", "派件用途拒绝";
    STAY = "kept", "保留";
    GO = "replaced", "替换";
    ROLE = "role", "角色";
    TO = "to", "持有者";
    DEVICE = "device", "设备";
    SERIAL = "serial", "序号";
    GENERATION = "generation", "根密钥代";
    DAYS = "days", "日期";
    TIERS = "tiers", "层级";
    PURPOSES = "purposes", "用途";
    LABELS_A_SHIFT = "labels a shift", "每班限额";
    OPENED_BEFORE = "opened before", "再次打开";
    SIGNED_OFF = "signed off", "签收后打开";
    LEAST_REVOCATION_LIST = "least revocation list", "最低吊销名单号";
    SIGNED_STATIONS = "stations signed from", "网点文件签名不早于";
    KEYS_HELD_BEFORE = "keys held before", "原有密钥";
    GIVES_PASSES = "gives passes", "可转出通行授权";
    YES = "yes", "是";
    NO = "no", "否";
    KEYS = "keys", "密钥数";
}
