//! Texts of backups in shares.

use super::text::texts;

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
        "Its serials follow the clock, so that grants made from now on are newer. Copy the newest \
         revocation list into the folder before you make any.",
        "序号随时钟递增，今后的授权都更新。签发前请将最新的吊销名单复制到该文件夹。";
}
