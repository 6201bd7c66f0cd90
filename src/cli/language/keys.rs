//! Texts of identities.

use super::text::texts;

texts! {
    NOT_AN_IDENTITY = "not an age identity (AGE-SECRET-KEY-1…)", "不是 age 私钥 (AGE-SECRET-KEY-1…)";
}
