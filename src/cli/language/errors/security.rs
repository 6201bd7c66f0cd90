//! Texts of errors of keys, grants, lists and devices.

use crate::cli::advice;
use crate::cli::language::Language;
use wayseal::authority::audit::AuditError;
use wayseal::authority::bulk::{BulkError, MakeError};
use wayseal::authority::custody::CustodyError;
use wayseal::authority::day_keys::IssueError;
use wayseal::authority::decoys::DecoyError;
use wayseal::authority::enquiry::{CASE_MAX, EnquiryError};
use wayseal::authority::shares::ShareError;
#[cfg(feature = "hsm")]
use wayseal::authority::token::TokenError;
use wayseal::device::state::{Refused, StateError};
use wayseal::signed::envelope::EnvelopeError;
use wayseal::signed::grant::{DESK_REGION_DAYS, GrantError, Role};
use wayseal::signed::revocation::ListError;
use wayseal::signed::stations::StationsSignatureError;

impl Language {
    /// Why a grant is not used.
    pub fn grant(self, error: &GrantError) -> String {
        match (self, error) {
            (Self::Zh, GrantError::File(error)) => self.file(error),
            (Self::Zh, GrantError::Form) => "授权文件无效或已损坏：请向授权机构重新申请".to_owned(),
            (Self::Zh, GrantError::Newer) => "授权文件由更新版本的程序生成：请升级本程序".to_owned(),
            (Self::Zh, GrantError::Signature) => {
                "授权不是由已固定公钥的授权机构签发：请检查 --authority，再重新申请".to_owned()
            }
            (Self::Zh, GrantError::BeyondIssuer) => "授权超出其签发方证书的权限：请报告授权机构".to_owned(),
            (Self::Zh, GrantError::Envelope(error)) => self.envelope(error),
            _ => advice::joined(error, advice::line::of_grant(error, self)),
        }
    }

    /// Why an envelope does not open.
    pub fn envelope(self, error: &EnvelopeError) -> String {
        match (self, error) {
            (Self::Zh, EnvelopeError::Recipient(_)) => {
                "不是 age 接收方 (age1…)：`wayseal device init` 会打印设备的接收方".to_owned()
            }
            (Self::Zh, EnvelopeError::NoIdentity) => {
                "文件已加密给某台设备：请用 --identity 给出该设备的私钥".to_owned()
            }
            (Self::Zh, EnvelopeError::OtherIdentity) => {
                "文件是加密给另一台设备的：请向授权机构申请本机的文件".to_owned()
            }
            (Self::Zh, EnvelopeError::Damaged(_)) => "加密文件已损坏：请重新复制或重新申请".to_owned(),
            (Self::Zh, EnvelopeError::Newer) => "加密文件为更新的格式：请升级本程序".to_owned(),
            (Self::Zh, EnvelopeError::Passphrase) => "口令不正确：请重试".to_owned(),
            (Self::Zh, EnvelopeError::Work(_)) => {
                "打开加密文件所需的计算量过大：它不是由本程序生成的".to_owned()
            }
            (Self::Zh, EnvelopeError::Sealing(_)) => "无法生成加密文件".to_owned(),
            _ => advice::joined(error, advice::line::of_envelope(error, self)),
        }
    }

    /// Why the authority's secrets are not read.
    pub fn custody(self, error: &CustodyError) -> String {
        match (self, error) {
            (Self::Zh, CustodyError::File(error)) => self.file(error),
            (Self::Zh, CustodyError::Passphrase) => "口令不正确：请重试".to_owned(),
            (Self::Zh, CustodyError::Differ) => "两次输入的口令不同：请重试".to_owned(),
            (Self::Zh, CustodyError::NoPassphrase(_)) => {
                "没有口令：请用 --passphrase-file、--passphrase-fd、环境变量 WAYSEAL_PASSPHRASE，或在终端运行".to_owned()
            }
            (Self::Zh, CustodyError::Identity) => "密钥文件是加密给其他接收方的：请用 --identity 给出其中一位的私钥".to_owned(),
            (Self::Zh, CustodyError::NoIdentity) => "密钥文件已加密给接收方：请用 --identity 给出其中一位的私钥".to_owned(),
            (Self::Zh, CustodyError::NoToken) => "根密钥在令牌中：请使用带 hsm 功能的程序".to_owned(),
            #[cfg(feature = "hsm")]
            (Self::Zh, CustodyError::NoPin(_)) => {
                "没有令牌 PIN：请用 --pin-file、--pin-fd、环境变量 WAYSEAL_PIN，或在终端运行".to_owned()
            }
            #[cfg(feature = "hsm")]
            (Self::Zh, CustodyError::Token(error)) => match error {
                TokenError::Module(path, _) => {
                    format!("无法加载 PKCS #11 模块 {}：请用 --token-module 给出令牌厂商的模块", path.display())
                }
                TokenError::NoToken(label) => {
                    format!("没有标签为 {label:?} 的令牌：请连接，或检查标签和 --token-module")
                }
                TokenError::Pin => "PIN 不正确：多次错误会锁定令牌".to_owned(),
                TokenError::Locked => "令牌已锁定：请由安全管理员解锁".to_owned(),
                TokenError::NoKey(label) => format!("令牌 {label:?} 中没有该授权机构的根密钥"),
                TokenError::Answer(answer) => format!("令牌返回：{answer}"),
                TokenError::Random(_) => "操作系统未提供随机数".to_owned(),
                TokenError::Weak => "令牌会交出该密钥，或它不是 HMAC-SHA256 密钥：请在会保密的令牌中重新生成".to_owned(),
                _ => error.to_string(),
            },
            (Self::Zh, CustodyError::Recipients { most }) => {
                format!("授权机构的密钥文件最多加密给 {most} 个 age 接收方（X25519）：请用 --recipient 减少")
            }
            (Self::Zh, CustodyError::Damaged | CustodyError::Envelope(EnvelopeError::Damaged(_))) => {
                "密钥文件已损坏：请从备份复制，或用 `wayseal authority shares restore` 恢复".to_owned()
            }
            (Self::Zh, CustodyError::Envelope(error)) => self.envelope(error),
            (Self::Zh, CustodyError::Newer) => "密钥文件由更新版本的程序生成：请升级本程序".to_owned(),
            (Self::Zh, CustodyError::Rotation) => {
                "新的根密钥不是下一代，或保留的根密钥过多：旧根密钥的包裹全部签收后，请运行 `wayseal authority retire`".to_owned()
            }
            (Self::Zh, CustodyError::Random(_)) => "操作系统未提供随机数".to_owned(),
            _ => advice::joined(error, advice::line::of_custody(error, self)),
        }
    }

    /// Why an enquiry is not made, or its log not believed.
    pub fn enquiry(self, error: &EnquiryError) -> String {
        match (self, error) {
            (_, EnquiryError::Label(refusal)) => self.refusal(*refusal).to_owned(),
            (_, EnquiryError::Keys(error)) => self.issue(error),
            (_, EnquiryError::File(error)) => self.file(error),
            (Self::En, _) => advice::joined(error, advice::line::of_enquiry(error, self)),
            (Self::Zh, EnquiryError::Case) => format!("案由须为一行，1 至 {CASE_MAX} 个字符"),
            (Self::Zh, EnquiryError::Officers) => "查询须由两位保管人共同进行".to_owned(),
            (Self::Zh, EnquiryError::Damaged(line)) => format!(
                "查询日志第 {line} 行与所签不符，或其前有缺失，未打开任何面单：请从备份恢复，并查明原因"
            ),
            (Self::Zh, EnquiryError::Full) => "查询日志已满：请保存并移走，另起新日志".to_owned(),
            (Self::Zh, _) => error.to_string(),
        }
    }

    /// Why a file of decoys is not used.
    pub fn decoys(self, error: &DecoyError) -> String {
        match (self, error) {
            (_, DecoyError::Envelope(error)) => self.envelope(error),
            (_, DecoyError::File(error)) => self.file(error),
            (Self::Zh, DecoyError::Form) => {
                "不是诱饵面单文件：请用 `wayseal authority decoys` 生成".to_owned()
            }
            _ => error.to_string(),
        }
    }

    /// Why a grant is not made.
    pub fn issue(self, error: &IssueError) -> String {
        if self == Self::En {
            return advice::joined(error, advice::line::of_issue(error, self));
        }
        match error {
            IssueError::Days { role: Role::Desk, most: DESK_REGION_DAYS } => {
                format!("含整个区域的柜台授权最多 {DESK_REGION_DAYS} 天：请减少天数")
            }
            IssueError::Days { role, most } => {
                format!("{} 授权最多 {most} 天：请减少天数，或加 --beyond-limits", role.name())
            }
            IssueError::Ahead { role, ahead, today } => format!(
                "{} 授权最多到今天 {today} 之后 {ahead} 天：请提前日期、校对时钟，或加 --beyond-limits",
                role.name()
            ),
            IssueError::Tiers { role } => {
                format!("{} 授权只含一个层级：请只写一个，或加 --beyond-limits", role.name())
            }
            IssueError::Regions { role } => {
                format!("{} 授权只含网点的密钥：要含整个区域，须加 --beyond-limits", role.name())
            }
            IssueError::NoDay(day) => format!("手中的密钥不含 {day}：签发方只能签发其日期、地区内的授权"),
            IssueError::Nothing => "该授权打不开任何面单：请写明网点、区域或层级".to_owned(),
            IssueError::Clock => "本机时钟不在 2020 至 2199 年：请校对".to_owned(),
            IssueError::Random(_) => "操作系统未提供随机数".to_owned(),
            IssueError::NoToken | IssueError::Token(_) => {
                "存放根密钥的令牌未给出密钥：请连接令牌，并使用带 hsm 功能的程序".to_owned()
            }
            IssueError::Label { at, refusal } => {
                format!("第 {at} 张面单打不开（{}），未签发通行授权", self.refusal(*refusal))
            }
            IssueError::Labels { given, most } => {
                format!("一份通行授权含 1 至 {most} 张面单，给出了 {given} 张")
            }
            IssueError::Revoked { from } => {
                format!("持有者或打单方自 {from} 起已被吊销：见 `wayseal authority revoke --list`")
            }
            _ => error.to_string(),
        }
    }

    /// Why a label is not examined.
    pub fn audit(self, error: &AuditError) -> String {
        match (self, error) {
            (_, AuditError::Label(refusal)) => format!("{}: {}", refusal.name(), self.refusal(*refusal)),
            (_, AuditError::Issue(error)) => self.issue(error),
            (Self::Zh, AuditError::Keys) => "密钥不属于同一密钥树".to_owned(),
            _ => error.to_string(),
        }
    }

    /// Why one grant of many is not made.
    pub fn make(self, error: &MakeError) -> String {
        match error {
            MakeError::Issue(error) => self.issue(error),
            MakeError::Grant(error) => self.grant(error),
            _ => error.to_string(),
        }
    }

    /// Why a run of many grants stops.
    pub fn bulk(self, error: &BulkError) -> String {
        match (self, error) {
            (Self::Zh, BulkError::File(error)) => self.file(error),
            (Self::Zh, BulkError::Folder { folder, error }) => {
                format!("无法写入 {}：{}", folder.display(), self.system(error))
            }
            (Self::Zh, BulkError::Damaged(path)) => {
                format!("{}：不是签发记录，请另选文件夹", path.display())
            }
            (Self::Zh, BulkError::OtherRun(folder)) => {
                format!("{} 是另一次签发的文件夹：请另选，或连同其授权一并删除", folder.display())
            }
            _ => error.to_string(),
        }
    }

    /// Why a revocation list is not used.
    pub fn list(self, error: &ListError) -> String {
        match (self, error) {
            (Self::Zh, ListError::File(error)) => self.file(error),
            (Self::Zh, ListError::Form) => "吊销名单无效或已损坏：请向授权机构重新申请".to_owned(),
            (Self::Zh, ListError::Newer) => "吊销名单由更新版本的程序生成：请升级本程序".to_owned(),
            (Self::Zh, ListError::Signature) => {
                "吊销名单不是由已固定公钥的授权机构签发：请检查 --authority，再重新申请".to_owned()
            }
            _ => advice::joined(error, advice::line::of_list(error, self)),
        }
    }

    /// Why the signature of a file of stations does not count.
    pub fn stations_signature(self, error: &StationsSignatureError) -> String {
        if self == Self::En {
            return error.to_string();
        }
        let why = match error {
            StationsSignatureError::Form => "不是网点文件的签名，或已损坏",
            StationsSignatureError::Signature => "签名不是由已固定公钥的授权机构作出",
            StationsSignatureError::Stations => "网点文件与签名时不同",
            StationsSignatureError::Points => "自提点文件与签名时不同",
            error => return error.to_string(),
        };
        format!("{why}；请向授权机构重新索取两个文件")
    }

    /// Why a device refuses a grant or a list, or opens no session.
    pub fn refused(self, refused: &Refused) -> String {
        if self == Self::En {
            return match refused {
                Refused::Grant(error) => self.grant(error),
                Refused::List(error) => self.list(error),
                refused => refused.to_string(),
            };
        }
        match refused {
            Refused::Grant(error) => self.grant(error),
            Refused::List(error) => self.list(error),
            Refused::OtherDevice { to, own } => {
                format!("授权是给 {to} 的，而本机是 {own}：请向授权机构申请本机的授权")
            }
            Refused::Role(role) => format!("{} 授权不由设备持有", role.name()),
            Refused::Replay { serial } => {
                format!("已持有序号 {serial} 的另一份文件：请报告授权机构并重新申请")
            }
            Refused::Older { serial, held } => {
                format!("序号 {serial} 早于已持有的 {held}：请使用最新的文件，或重新申请")
            }
            Refused::OlderGeneration { generation, newest } => {
                format!("授权属于第 {generation} 代根密钥，现用第 {newest} 代：请重新申请")
            }
            Refused::Over { now, window } => {
                format!("设备时间为 {now}，授权的有效期为 {window}：时间不对请校对时钟，否则请申请新授权")
            }
            Refused::ClockBehind { now, floor, window } => format!(
                "设备时间为 {now}，早于授权机构最近一次签名的 {floor}（授权的有效期为 {window}）：请校对时钟"
            ),
            Refused::Additions { most } => {
                format!("已持有 {most} 份吊销名单的增补，不能再多：请从授权机构取得最新的吊销名单")
            }
            Refused::IssuerOver { issuer, until } => {
                format!("授权由 {issuer} 签发，其证书已于 {until} 到期：请向授权机构申请新授权")
            }
            Refused::IssuerRevoked { issuer, from } => {
                format!("授权由 {issuer} 签发，该签发方自 {from} 起已被吊销：请报告授权机构并重新申请")
            }
            Refused::Stations { signed: None, .. } => {
                "打单授权要求使用授权机构签名的网点文件：请向授权机构索取该文件及签名".to_owned()
            }
            Refused::Stations { signed: Some(signed), least } => format!(
                "网点文件签名于 {signed}，而打单授权要求 {least} 或更晚：请向授权机构索取最新的网点文件及签名"
            ),
            Refused::None(role) => format!("没有 {} 授权：请向授权机构申请", role.name()),
            Refused::ListBehind { held, wanted } => format!(
                "授权要求第 {wanted} 号或更新的吊销名单，现持有第 {held} 号（0 为没有）：请获取最新名单"
            ),
            Refused::ListOver { now, until } => {
                format!("设备时间为 {now}，吊销名单有效至 {until}：时间不对请校对时钟，否则请获取最新名单")
            }
            Refused::Revoked { from } => format!("本设备自 {from} 起已被吊销：请交回授权机构"),
            _ => refused.to_string(),
        }
    }

    /// Why a device's state is not read.
    pub fn state(self, error: &StateError) -> String {
        match (self, error) {
            (Self::Zh, StateError::File(error)) => self.file(error),
            (Self::Zh, StateError::Envelope(error)) => format!("设备状态：{}", self.envelope(error)),
            (Self::En, StateError::Envelope(error)) => {
                format!("the device's state: {}", self.envelope(error))
            }
            (Self::Zh, StateError::Damaged) => {
                "设备状态已损坏：请删除，并向授权机构申请一份非增补的授权".to_owned()
            }
            (Self::Zh, StateError::Busy) => {
                "另一个进程正在使用该设备文件夹：请先结束它，或将文件放入其中的 inbox".to_owned()
            }
            (Self::Zh, StateError::Older) => {
                "设备状态由旧版本的程序写入：请先上交旧日志，再重新登记设备".to_owned()
            }
            (Self::Zh, StateError::Newer) => "设备状态由更新版本的程序写入：请升级本程序".to_owned(),
            _ => error.to_string(),
        }
    }

    /// Why shares are not made, or restore nothing.
    pub fn share(self, error: &ShareError) -> String {
        if self == Self::En {
            return error.to_string();
        }
        match error {
            ShareError::Numbers => "至少需要两份，且所需份数不能多于总份数".to_owned(),
            ShareError::Form(at) => format!("第 {at} 份不是备份份额：请给出原文件"),
            ShareError::Check(at) => format!("第 {at} 份抄写有误或已损坏：请与副本核对"),
            ShareError::Newer => "份额由更新版本的程序生成：请升级本程序".to_owned(),
            ShareError::OtherSet(at) => format!("第 {at} 份与第一份不属于同一备份"),
            ShareError::TooFew { need, have } => format!("需要 {need} 份不同的份额，只给了 {have} 份"),
            ShareError::Wrong => "这些份额恢复不出所标明的授权机构：其中一份是假的，请换其他份".to_owned(),
            ShareError::Random(_) => "操作系统未提供随机数".to_owned(),
            _ => error.to_string(),
        }
    }
}
