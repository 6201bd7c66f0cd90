//! Texts of passphrases and identities.

use super::text::texts;

texts! {
    PASSPHRASE = "Passphrase: ", "口令：";
    PASSPHRASE_AGAIN = "Passphrase again: ", "再次输入口令：";
    #[cfg(feature = "hsm")]
    PIN = "PIN: ", "PIN：";
    NOT_AN_IDENTITY = "not an age identity (AGE-SECRET-KEY-1…)", "不是 age 私钥 (AGE-SECRET-KEY-1…)";
}
