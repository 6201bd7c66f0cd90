//! Texts of damage to logs, and names of the report's figures.

use crate::cli::language::Language;
use wayseal::authority::report::Figure;
use wayseal::device::log::verify::LogDamage;

/// What was done to a log. Entries count from 0.
pub fn said(damage: &LogDamage, language: Language) -> String {
    if language == Language::En {
        return damage.to_string();
    }
    match damage {
        LogDamage::Deleted { first, last } if first == last => format!("第 {first} 条被删除"),
        LogDamage::Deleted { first, last } => format!("第 {first} 至 {last} 条被删除"),
        LogDamage::Inserted { at } => format!("位置 {at} 的日志不属于此处"),
        LogDamage::Moved { entry, at } => format!("第 {entry} 条被移至位置 {at}"),
        LogDamage::Edited { entry } => format!("第 {entry} 条被修改或替换"),
        LogDamage::Unproven { entry } => format!("第 {entry} 条无法核对：其前一条已不存在"),
        LogDamage::Resealed { entry, key } => format!("第 {entry} 条被用第 {key} 条的密钥重新封装"),
        LogDamage::Torn { entry } => format!("文件在第 {entry} 条中间结束"),
        LogDamage::Tail { count, signed } => format!("现有 {count} 条，曾签名 {signed} 条：尾部被截去"),
        LogDamage::TooMuch => "损坏过多，未能逐条列出：其余日志也可能有误".to_owned(),
        LogDamage::Forked { count } => format!("在第 {count} 条处与已签名的不同：状态文件夹曾被回退"),
        _ => damage.to_string(),
    }
}

pub const fn figure_name(figure: Figure, language: Language) -> &'static str {
    match figure {
        Figure::Daily => language.pick("openings a day", "每日打开次数"),
        Figure::Elsewhere => language.pick("opened here, signed off by another device", "本机打开、他机签收"),
        Figure::Never => language.pick("opened and never signed off", "打开后无人签收"),
        Figure::Outside => language.pick("opened outside the shift", "班次外打开"),
        Figure::Enquiries => language.pick("opened for an enquiry", "以查询为由打开"),
        Figure::OverBudget => language.pick("attempts over the budget a day", "每日超出额度的尝试"),
        Figure::WrongCodes => language.pick("wrong delivery codes", "错误的签收码"),
        Figure::Far => {
            language.pick("opened more than 12 hours before or after the sign-off", "距签收超过 12 小时打开")
        }
    }
}
