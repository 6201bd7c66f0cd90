//! Texts of logs and hand-ins.

use super::text::texts;

texts! {
    THE_AUDITOR_IS_IN = "The auditor is in", "审计方已建立于";
    ENROLMENT_IS_SECRET =
        "a secret; take it to the device, run `wayseal courier init` there, and erase it",
        "机密文件：请送至设备，在设备上运行 `wayseal courier init`，然后销毁";
    ENTRIES_TO_HAND_IN = "entries; give it to the auditor", "条记录：请交给审计方";
    NOT_SIGNED = "no head was signed and no key released", "未签名，未放行密钥";
    ENTRIES_SIGNED = "entries checked and signed for", "条记录已核对并签名";
    HEAD_TAKEN = "head taken; the budget begins anew", "已接受：额度重新计算";
    GRANT = "grant", "授权";
    NEW_KEYS = "new keys", "个新密钥";
    ENTRIES_WHOLE = "entries, as the device wrote them", "条记录，与设备所写一致";
    MORE_JSON_PRINTS_ALL = "more; --json prints all", "处：--json 可全部列出";
}
