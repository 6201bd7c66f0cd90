//! Texts of backups in shares.

use super::text::{sentences, texts};

texts! {
    SHARE_EXISTS = "exists already; a share is never replaced", "已存在；份额不会被覆盖";
    SHARES = "shares:", "份额：";
    NEEDED = "needed:", "所需：";
    AFTER_MAKE =
        "give each share to a different person, and try a restore now",
        "请分别交给不同的人，并立即演练一次恢复";
    TOKEN_NOT_IN_SHARES =
        "The root in the token is not in the shares: only the token holds it.",
        "令牌中的根密钥不在份额之内：只有令牌持有它。";
    THE_AUTHORITY_IS_IN = "The authority is in", "授权机构已恢复于";
    ROOT = "root", "根密钥";
    AFTER_RESTORE =
        "Its serials and the numbers of its lists follow the clock, so that what is made from now on is newer.",
        "序号和名单号随时钟递增，今后签发的都更新。";
    RESTORE_NEEDS_LIST =
        "who was revoked after the backup would get grants again: give the newest revocation list with --list, from a \
         device's station or a backup, or --no-list if none was ever signed",
        "备份之后被吊销的设备会重新获得授权：请用 --list 给出最新的吊销名单（从网点或备份取得）；若从未签发过名单，请用 --no-list";
}

sentences! {
    list_wanted(held, newest) =
        "the backup knows of revocation list {newest}, and the list given has number {held}; give the newest one with --list",
        "备份记录的吊销名单为 {newest} 号，给出的是 {held} 号；请用 --list 给出最新的名单";
}
