//! Texts of revocation lists.

use super::text::texts;

texts! {
    LIST = "list", "名单号";
    SEALERS = "sealers", "打单方";
    SCANNERS = "scanners", "扫描设备";
    ISSUERS = "issuers", "签发方";
    GOOD_UNTIL = "good until", "有效至";
    BYTES = "bytes", "字节";
    SEND_LIST =
        "Send it to every scanner; grants made from now on require it.",
        "请发给每台扫描设备；今后的授权都要求该名单。";
    LINE = "line", "第几行";
    BAD_LINE =
        "not sealer,NUMBER,2026-11-20, scanner,NAME,2026-11-20 or issuer,NAME,2026-11-20; correct it, nothing was revoked",
        "不是 sealer,编号,2026-11-20、scanner,名称,2026-11-20 或 issuer,名称,2026-11-20：请更正，尚未吊销任何一项";
    SIGNED = "signed", "签名时间";
}
