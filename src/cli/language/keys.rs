//! Texts of passphrases and identities.

#[cfg(feature = "hsm")]
use super::text::sentences;
use super::text::texts;

texts! {
    PASSPHRASE = "Passphrase: ", "口令：";
    PASSPHRASE_AGAIN = "Passphrase again: ", "再次输入口令：";
    NOT_AN_IDENTITY = "not an age identity (AGE-SECRET-KEY-1…)", "不是 age 私钥 (AGE-SECRET-KEY-1…)";
}

#[cfg(feature = "hsm")]
sentences! {
    pin_of(token) = "PIN of the token {token}: ", "令牌 {token} 的 PIN：";
}
