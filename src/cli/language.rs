//! English or Chinese.

use super::pictures::NoCode;
use clap::ValueEnum;
use wayseal::authority::custody::CustodyError;
use wayseal::authority::grant::{Grant, GrantError};
use wayseal::batch::order::{Reason, Reject};
use wayseal::batch::press::DeskError;
use wayseal::error::{Refusal, SealError};
use wayseal::scanner::image::ImageError;

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

    /// A row that gave no label, with what to do.
    pub fn reject(self, reject: &Reject) -> String {
        if self == Self::En {
            return reject.to_string();
        }
        let reason = match &reject.reason {
            Reason::Scientific => "数字被 Excel 缩写：请将该列设为文本后重新导出".to_owned(),
            Reason::UnknownStation => "网点文件中没有该网点：请先添加".to_owned(),
            Reason::Duplicate => "运单号在前面已出现：请更换".to_owned(),
            Reason::NoLane => "授权中没有该网点当日的密钥：请向授权机构申请".to_owned(),
            Reason::Mask(_) => "脱敏不足，未打印".to_owned(),
            Reason::Draw(_) => "面单放不下该内容：请缩短，或使用更大的面单".to_owned(),
            Reason::Seal(error) => match error {
                SealError::Empty(_) => "不能为空".to_owned(),
                SealError::Character(_) => "含有不可打印的字符：请删除".to_owned(),
                SealError::Form(_) => "格式不正确：请更正".to_owned(),
                SealError::Dummy => "是占位的运单号：请填写真实单号".to_owned(),
                SealError::TooLong(over) => format!("超出面单容量 {over} 字节：请缩短地址或备注"),
                _ => "密钥与该行不符".to_owned(),
            },
        };
        format!("第 {} 行，{}：{reason}", reject.line, reject.column.name())
    }

    /// Why a grant is not used.
    pub fn grant(self, error: &GrantError) -> String {
        match (self, error) {
            (Self::Zh, GrantError::Form) => "授权文件无效或已损坏：请向授权机构重新申请".to_owned(),
            (Self::Zh, GrantError::Newer) => "授权文件由更新版本的程序生成：请升级本程序".to_owned(),
            (Self::Zh, GrantError::Signature) => {
                "授权不是由已固定公钥的授权机构签发：请检查 --authority，再重新申请".to_owned()
            }
            (Self::Zh, GrantError::BeyondIssuer) => {
                "授权由日签发方签发，但日期超出其权限：请报告授权机构".to_owned()
            }
            _ => error.to_string(),
        }
    }

    /// Why a grant does not seal today.
    pub fn desk(self, error: &DeskError, grant: &Grant) -> String {
        match self {
            Self::En => error.to_string(),
            Self::Zh => format!(
                "该授权的打单日期为 {} 至 {}，不含当日，或不是打单授权：请先校对时钟，再申请当日授权",
                grant.from, grant.until
            ),
        }
    }

    /// Why the authority's secrets are not at hand.
    pub fn custody(self, error: &CustodyError) -> String {
        match (self, error) {
            (Self::Zh, CustodyError::Passphrase) => "口令不正确".to_owned(),
            (Self::Zh, CustodyError::NoPassphrase) => {
                "没有口令：请用 --passphrase-file、环境变量 WAYSEAL_PASSPHRASE，或在终端运行".to_owned()
            }
            (Self::Zh, CustodyError::Damaged) => "授权机构的密钥文件已损坏：请从备份恢复".to_owned(),
            (Self::Zh, CustodyError::Newer(_)) => "密钥文件由更新版本的程序生成：请升级本程序".to_owned(),
            (Self::Zh, CustodyError::Random) => "操作系统未提供随机数".to_owned(),
            _ => error.to_string(),
        }
    }

    /// Why a picture gave no code.
    pub fn no_code(self, error: &NoCode) -> String {
        match (self, error) {
            (Self::Zh, NoCode::Nothing) => "未读到面单二维码：请靠近并在明亮处重拍".to_owned(),
            (Self::Zh, NoCode::Image(ImageError::Unknown)) => {
                "不是 PNG、JPEG、WebP、TIFF 或 BMP 图片".to_owned()
            }
            (Self::Zh, NoCode::Image(ImageError::Damaged)) => "图片已损坏：请重新拍摄或复制".to_owned(),
            (Self::Zh, NoCode::Image(ImageError::TooLarge)) => "图片过大：请先缩小".to_owned(),
            _ => error.to_string(),
        }
    }
}
