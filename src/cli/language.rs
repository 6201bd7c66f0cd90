//! English or Chinese.

use clap::ValueEnum;
use wayseal::error::Refusal;

/// The language of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// English
    En,
    /// 中文
    Zh,
}

impl Language {
    /// The language of the locale.
    pub fn of_environment() -> Self {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
        if locale.is_some_and(|locale| locale.starts_with("zh")) { Self::Zh } else { Self::En }
    }

    /// The text of this language.
    pub const fn pick<'a>(self, english: &'a str, chinese: &'a str) -> &'a str {
        match self {
            Self::En => english,
            Self::Zh => chinese,
        }
    }

    /// A refusal, with what to do next.
    pub const fn refusal(self, refusal: Refusal) -> &'static str {
        let (english, chinese) = match refusal {
            Refusal::NotOurs => ("not a Wayseal label", "不是本系统的面单"),
            Refusal::Damaged => (
                "the code is damaged; scan it again or ask for a new label",
                "二维码已损坏：请重新扫描，或申请补打面单",
            ),
            Refusal::OtherGeneration => (
                "the label claims another generation of keys; renew the grant",
                "面单标明的是另一代密钥：请更新授权",
            ),
            Refusal::OtherStation => {
                ("the label claims another station; send the parcel on", "面单标明的是其他网点：请转发该件")
            }
            Refusal::DayNotInHand => (
                "the label claims a day whose keys are not in hand; check the clock, then renew the grant",
                "手中没有面单标明日期的密钥：请先校对时钟，再更新授权",
            ),
            Refusal::TierNotGranted => {
                ("the grant does not reach this part of the label", "授权不包含该部分内容")
            }
            Refusal::Tampered => (
                "the label was tampered with; set the parcel aside and report it",
                "面单被篡改：请将该件单独存放并上报",
            ),
            Refusal::SealerRevoked => (
                "the sealer of this label is revoked; set the parcel aside and report it",
                "该面单的打单方已被吊销：请将该件单独存放并上报",
            ),
            _ => ("refused", "已拒绝"),
        };
        self.pick(english, chinese)
    }
}
