//! Texts of the outcomes of a scan and of a session's errors, each with what to do next.

use crate::cli::advice;
use crate::cli::doubts::{Doubt, lacks_spaces};
use crate::cli::language::Language;
use wayseal::device::log::LogError;
use wayseal::device::operators::OperatorsError;
use wayseal::device::session::{ScanOutcome, SessionError};
use wayseal::device::store::{KeysError, SealedError};
use wayseal::error::Refusal;
use wayseal::signed::grant::Purpose;

/// What is said after a refusal by the clock alone.
const WAITS: (&str, &str) = (
    "; the file stays in the inbox, and is taken once the clock is right",
    "；文件留在 inbox 中，时钟校准后即接收",
);

/// A purpose, as the courier calls it.
pub const fn purpose(purpose: Purpose, language: Language) -> &'static str {
    let (english, chinese) = match purpose {
        Purpose::Deliver => ("deliver", "派件"),
        Purpose::Return => ("return", "退件"),
        Purpose::Relabel => ("relabel", "换单"),
        Purpose::Enquiry => ("enquiry", "查询"),
        Purpose::Call => ("call", "拨号"),
    };
    language.pick(english, chinese)
}

/// Why nothing is shown, and what to do; `None` for a record that is.
pub fn told(outcome: &ScanOutcome<'_>, language: Language) -> Option<(&'static str, &'static str)> {
    let (title, advice) = match outcome {
        ScanOutcome::Opened { .. } => return None,
        ScanOutcome::Loaded(_) => (("Loaded", ""), ("已装车", "")),
        ScanOutcome::Refused(refusal) => {
            return Some((language.pick("Not opened", "未能打开"), language.refusal(*refusal)));
        }
        ScanOutcome::BudgetSpent(_) => (
            ("Budget spent", "hand the log in, and ask the station for a new grant"),
            ("额度已用完", "请交班，并向网点申请新的授权"),
        ),
        ScanOutcome::PurposeNotGranted(_) => (
            ("Not granted", "the grant does not name this purpose; choose another, or ask the station"),
            ("未授权此用途", "授权不含此用途：请换用途，或联系网点"),
        ),
        ScanOutcome::AfterDelivery => (
            (
                "Signed off before",
                "it no longer opens for this purpose; for a return choose that purpose, or ask the station",
            ),
            ("已签收", "不能再为此用途打开：如需退件请先选退件用途，或联系网点"),
        ),
        ScanOutcome::OpenedBefore => (
            ("Opened before", "the grant opens a label once only; ask the station if you need it again"),
            ("已打开过", "授权规定每张面单只能打开一次：如需再看请联系网点"),
        ),
        ScanOutcome::NotLoaded => (
            (
                "Not loaded today",
                "not among your parcels, or signed off: whoever loaded it can give it (7), or take it to the depot",
            ),
            ("不在今日清单", "今日未装车或已签收：请向已装车的同事要件（按 7），或带回网点"),
        ),
        ScanOutcome::Moved => (
            (moved(Language::En), "the bar code is another waybill's; set the parcel aside and report it"),
            (moved(Language::Zh), "条码为另一运单：请将该件单独存放并上报"),
        ),
        ScanOutcome::TooOld => (
            ("Too old", "older than any key in hand: ask the station for a pass, or take it to the desk"),
            ("面单过旧", "早于手中的所有密钥：请向网点申请通行授权，或交改单台"),
        ),
        ScanOutcome::ClockWrong => (
            ("The clock is wrong", "by the device's clock the label is of a day to come: set the clock"),
            ("时钟不准", "按设备时钟，面单的日期尚未到：请校对时钟"),
        ),
        _ => (("Refused", ""), ("已拒绝", "")),
    };
    Some(match language {
        Language::En => title,
        Language::Zh => advice,
    })
}

/// The title of the alarm.
pub const fn moved(language: Language) -> &'static str {
    language.pick("ALARM: code moved", "警报：二维码被移贴")
}

/// What to do after the refusal of a text that a scanner typed, of which a character may be wrong.
pub fn doubted(doubt: Doubt, text: &str, refusal: Refusal, language: Language) -> String {
    let words = language.refusal(refusal);
    if doubt == Doubt::Setting {
        return match language {
            Language::En => format!(
                "it comes the same each time, and a setting may change it: try the scanner with `wayseal wedge-test`; if that is right: {words}"
            ),
            Language::Zh => {
                format!(
                    "每次内容相同，可能是设置所致：请用 `wayseal wedge-test` 检查扫描枪；若设置无误：{words}"
                )
            }
        };
    }
    if refusal == Refusal::Tampered || lacks_spaces(text) {
        let advice = if lacks_spaces(text) {
            (
                "a character may have changed on the way: scan again; if the scanner types + for a space, set it to keep spaces",
                "传输中可能有字符改变：请重新扫描；若扫描枪把空格输入为 +，请设为保留空格",
            )
        } else {
            (
                "a character may have changed on the way from the scanner: scan again",
                "传输中可能有字符改变：请重新扫描",
            )
        };
        return language.pick(advice.0, advice.1).to_owned();
    }
    match language {
        Language::En => format!("scan again to be sure; if the answer stays: {words}"),
        Language::Zh => format!("请重新扫描以确认；若结果相同：{words}"),
    }
}

/// Why a session cannot continue.
pub fn said(error: &SessionError, language: Language) -> String {
    if language == Language::En {
        return match error {
            SessionError::Keys(refused) => language.refused(refused),
            SessionError::Waits(refused) => format!("{}{}", language.refused(refused), WAITS.0),
            SessionError::State(error) => language.state(error),
            error => advice::joined(error, advice::line::of_session(error, language)),
        };
    }
    match error {
        SessionError::Log(error) => language.log(error),
        SessionError::File(error) => language.file(error),
        SessionError::Envelope(error) => language.envelope(error),
        SessionError::Sealed(error) => language.sealed(error),
        SessionError::NotEnrolled => {
            "文件夹中没有设备：请运行 `wayseal courier init --enrolment 文件`".to_owned()
        }
        SessionError::Keys(refused) => language.refused(refused),
        SessionError::Waits(refused) => format!("{}{}", language.refused(refused), WAITS.1),
        SessionError::State(error) => language.state(error),
        SessionError::Identity => {
            "设备的私钥无效或带口令：派件设备须使用不带口令的私钥（`wayseal device init`）".to_owned()
        }
        SessionError::Head | SessionError::ForeignHead(_) => {
            "签名的链头不属于本设备或本日志：请重新领取，仍不行则交安全部门".to_owned()
        }
        SessionError::Locked => "网点密钥当日已锁存：请回网点用 `wayseal courier unlock` 解锁".to_owned(),
        SessionError::Unloaded => "尚未装车：请用 `wayseal courier load` 扫描当日包裹".to_owned(),
        SessionError::NoShift => {
            "没有操作员的班次：请运行 `wayseal courier shift --operator 编号`".to_owned()
        }
        SessionError::Operators(error) => language.operators(*error),
        SessionError::Full { most } => format!("已装车 {most} 件，设备不再接收：请回网点解锁后少装一些"),
        SessionError::SamePlace { one, other, region, site, day } => {
            let site = site.map_or_else(String::new, |site| format!("-{}", site.number()));
            let (one, other, region) = (one.display(), other.display(), region.number());
            format!(
                "{one} 与 {other} 都持有 {region}{site} {day} 的密钥：一处一日只服务一家快递公司，请只打开其中一个"
            )
        }
        SessionError::KeysNotLost => "系统密钥库中仍有本设备的密钥：请直接打开设备".to_owned(),
        SessionError::NodesLost => "系统密钥库丢失了其保管的网点密钥：请重新领取本设备的授权".to_owned(),
        SessionError::NameUsed(name) => {
            format!("这里已有过名为 {name} 的日志：请向审计方领取另一名称的登记文件")
        }
        SessionError::Damaged => "装车文件已损坏或被改动：请回网点解锁后重新装车".to_owned(),
        _ => error.to_string(),
    }
}

impl Language {
    /// Why a list of operators is not used.
    pub fn operators(self, error: OperatorsError) -> String {
        match (self, error) {
            (Self::Zh, OperatorsError::Form) => "不是操作员名单，或已损坏：请向审计方重新领取".to_owned(),
            (Self::Zh, OperatorsError::Signature) => {
                "操作员名单不是由本设备的审计方签名：请重新领取".to_owned()
            }
            (Self::Zh, OperatorsError::Older { given, newest }) => {
                format!("设备的操作员名单为 {newest} 号，现为 {given} 号：请将最新名单放入 inbox/")
            }
            _ => error.to_string(),
        }
    }

    /// Why a sealed store does not open.
    fn sealed(self, error: &SealedError) -> String {
        if self == Self::En {
            return error.to_string();
        }
        match error {
            SealedError::Keys(KeysError::Lost) => {
                "系统密钥库中已无本设备的密钥：请重新登记设备，旧日志照原样上交".to_owned()
            }
            SealedError::Keys(KeysError::Unavailable(why)) => format!("系统密钥库暂无响应（{why}）：请重试"),
            SealedError::File(error) => self.file(error),
            _ => "系统不提供随机数".to_owned(),
        }
    }

    /// Why a log cannot be read or written.
    pub fn log(self, error: &LogError) -> String {
        if self == Self::En {
            return error.to_string();
        }
        match error {
            LogError::Busy => "另一个 wayseal 进程正在使用该设备：请先结束它".to_owned(),
            LogError::Cut | LogError::Altered => "日志被截去或修改：请将设备交给安全部门".to_owned(),
            LogError::Name => "设备名须为 1 至 48 字节，且不含控制字符".to_owned(),
            LogError::NoLog => "不是 wayseal 日志：请给出状态文件夹中的 `log` 文件".to_owned(),
            LogError::File(path, error) => format!("无法读写 {}：{}", path.display(), self.system(error)),
            LogError::KeyLost => "日志的密钥丢失：请将设备交给安全部门".to_owned(),
            LogError::Exists(path) => format!("{} 已存在：同一文件夹不会重新开始日志", path.display()),
            _ => error.to_string(),
        }
    }
}
