//! Texts of revocation lists.

use super::text::{sentences, texts};

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
    NOTHING_TO_ADD =
        "nothing is named: give --scanner, --sealer, --issuer or --file",
        "没有列出任何对象：请给出 --scanner、--sealer、--issuer 或 --file";
    NOT_ADDED =
        "the additions were not signed: the stop key's certificate does not cover this moment, a name is empty or too long, or they take more than 64 KiB; correct it, or ask the authority for a new stop key",
        "未签署增补：停用密钥的证书不含此刻，或名称为空或过长，或超过 64 KiB；请更正，或向授权机构申请新的停用密钥";
    SEND_ADDITIONS =
        "send it to every device (inbox/theft.list, or `wayseal device accept`) and to the authority, which puts it into the folder additions; the next list contains it",
        "请发给每台设备（inbox/theft.list，或 `wayseal device accept`）和授权机构；授权机构将其放入 additions 文件夹，下一份名单会包含它";
    SIGNED = "signed", "签名时间";
}

sentences! {
    not_a_stop_key(role) =
        "the grant of --stop is for the role {role} and adds nothing to the list; ask the authority for a stop key",
        "--stop 给出的授权为 {role} 角色，不能增补名单；请向授权机构申请停用密钥";
}
