//! Texts of passphrases and identities.

use super::text::{sentences, texts};

texts! {
    PASSPHRASE = "Passphrase: ", "口令：";
    PASSPHRASE_AGAIN = "Passphrase again: ", "再次输入口令：";
    OPERATORS_PIN = "PIN: ", "PIN：";
    PIN_AGAIN = "PIN again: ", "再次输入 PIN：";
    PINS_DIFFER = "the two PINs differ; try again", "两次输入的 PIN 不同：请重试";
    NOT_AN_IDENTITY = "not an age identity (AGE-SECRET-KEY-1…)", "不是 age 私钥 (AGE-SECRET-KEY-1…)";
}

sentences! {
    bad_pin(least, most) = "a PIN has {least} to {most} digits", "PIN 为 {least} 至 {most} 位数字";
}

#[cfg(feature = "hsm")]
sentences! {
    pin_of(token) = "PIN of the token {token}: ", "令牌 {token} 的 PIN：";
}
