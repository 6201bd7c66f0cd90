//! Texts of logs and hand-ins.

use super::text::{sentences, texts};

texts! {
    THE_AUDITOR_IS_IN = "The auditor is in", "审计方已建立于";
    ENROLMENT_IS_SECRET =
        "a secret; take it to the device, run `wayseal courier init` there, and erase it",
        "机密文件：请送至设备，在设备上运行 `wayseal courier init`，然后销毁";
    ENTRIES_TO_HAND_IN = "entries; give it to the auditor", "条日志：请交给审计方";
    NOT_SIGNED = "no head was signed and no keys were released", "未签署链头，未放行密钥";
    ENTRIES_SIGNED = "entries checked and signed", "条日志已核对并签名";
    HEAD_TAKEN = "signed head accepted; the budget starts again", "签名的链头已接受：额度重新计算";
    GRANT = "grant", "授权";
    NEW_KEYS = "new keys", "个新密钥";
    ENTRIES_WHOLE = "entries, as the device wrote them", "条日志，与设备所写一致";
    MORE_JSON_PRINTS_ALL = "more; --json prints all", "处：--json 可全部列出";
    BAD_CHALLENGE =
        "a challenge has 64 hexadecimal digits; copy all of them",
        "质询码为 64 位十六进制数字：请完整复制";
    BARE_LOG =
        "a log without an answer to a challenge; run `wayseal log hand-in` on the device",
        "只有日志，没有对质询码的应答：请在设备上运行 `wayseal log hand-in`";
    BAD_DEVICE_NAME =
        "a device's name has 1 to 48 letters, digits, `.`, `_` and `-`, and does not begin with a dot",
        "设备名为 1 至 48 个字母、数字、`.`、`_` 和 `-`，且不以点开头";
}

sentences! {
    no_such_operator(number) = "operator {number} is not on the list", "名单中没有操作员 {number}";
    operators_signed(file, number, count) =
        "{file}: list {number} of {count} operators; put it into each device's inbox, also after a removal",
        "{file}：{number} 号名单，{count} 名操作员；请放入每台设备的 inbox/，删除后亦然";
    damaged_hand_in(file) =
        "{file}: a damaged hand-in; copy it again from the device",
        "{file}：交班文件已损坏；请从设备重新复制";
    auditor_exists(file) =
        "{file} exists already; an auditor is never replaced: choose another folder with --auditor",
        "{file} 已存在；审计方不会被覆盖：请用 --auditor 另选文件夹";
    not_an_auditors_key(file) =
        "{file}: not an auditor's key; restore it from a backup",
        "{file}：不是审计方的密钥；请从备份恢复";
    restore_head(file, error) =
        "{file}: {error}; restore it from a backup",
        "{file}：{error}；请从备份恢复";
    no_fresh_challenge(device) =
        "no fresh challenge for {device}; make one with `wayseal log challenge`, good for 24 hours",
        "{device} 没有有效的质询码：请用 `wayseal log challenge` 生成，24 小时内有效";
}
