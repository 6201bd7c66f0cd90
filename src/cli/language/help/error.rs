//! Why clap does not take a command line.

use crate::cli::language::Language;
use crate::cli::language::value::ValueError;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::error::Error;
use std::num::{IntErrorKind, ParseFloatError, ParseIntError};
use wayseal::batch::input::InputError;
use wayseal::batch::product::UnknownMake;
use wayseal::keys::NoDate;
use wayseal::label::UnknownFormat;

impl Language {
    /// The text of a command line that is not taken, or of the help that was asked for.
    pub fn command_line(self, error: &clap::Error) -> String {
        if self == Self::En || !error.use_stderr() {
            return error.render().to_string();
        }
        let mut said = format!("错误：{}\n", reason(error));
        for (kind, label) in [
            (ContextKind::ValidValue, "可选"),
            (ContextKind::ValidSubcommand, "命令"),
            (ContextKind::SuggestedValue, "是否想写"),
            (ContextKind::SuggestedArg, "是否想写"),
            (ContextKind::SuggestedSubcommand, "是否想写"),
        ] {
            let names = list(error, kind);
            if !names.is_empty() {
                said += &format!("  {label}：{}\n", names.join("、"));
            }
        }
        if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
            let usage = usage.to_string();
            said += &format!("\n用法：{}\n", usage.strip_prefix("Usage:").unwrap_or(&usage).trim_start());
        }
        said + "\n详见 --help\n"
    }
}

/// What is wrong, in one sentence. Kinds that clap does not use of itself, or may add, keep its own text.
fn reason(error: &clap::Error) -> String {
    let one = |kind| list(error, kind).join("、");
    let argument = one(ContextKind::InvalidArg);
    let value = one(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => format!("“{argument}”需要一个值"),
        ErrorKind::InvalidValue => format!("“{argument}”没有值“{value}”"),
        ErrorKind::ValueValidation => {
            let why = error.source().map_or_else(String::new, |source| format!("：{}", why(source)));
            format!("“{argument}”的值“{value}”无效{why}")
        }
        ErrorKind::UnknownArgument => format!("没有参数“{argument}”"),
        ErrorKind::InvalidSubcommand => format!("没有命令“{}”", one(ContextKind::InvalidSubcommand)),
        ErrorKind::NoEquals => format!("“{argument}”的值前须有等号"),
        ErrorKind::TooManyValues => format!("“{argument}”的值太多：“{value}”多余"),
        ErrorKind::TooFewValues => format!("“{argument}”的值太少：至少 {}", one(ContextKind::MinValues)),
        ErrorKind::WrongNumberOfValues => {
            format!("“{argument}”的值的个数不对：须为 {}", one(ContextKind::ExpectedNumValues))
        }
        ErrorKind::ArgumentConflict => match one(ContextKind::PriorArg) {
            prior if prior.is_empty() => format!("“{argument}”不能与其他参数同用"),
            prior if prior == argument => format!("“{argument}”只能给出一次"),
            prior => format!("“{argument}”不能与“{prior}”同用"),
        },
        ErrorKind::MissingRequiredArgument => format!("缺少参数：{argument}"),
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        ErrorKind::InvalidUtf8 => "命令行含有不是 UTF-8 的字符".to_owned(),
        _ => format!("命令行无法读取：{error}"),
    }
}

/// Why a value is refused.
fn why(source: &(dyn Error + 'static)) -> String {
    if let Some(error) = source.downcast_ref::<ValueError>() {
        return Language::Zh.value(*error);
    }
    if let Some(error) = source.downcast_ref::<InputError>() {
        return Language::Zh.input(error);
    }
    if source.is::<NoDate>() {
        return "不是 2020 至 2199 年的日期，写法如 2026-11-24".to_owned();
    }
    if source.is::<UnknownMake>() {
        return "可用的格式见 --help".to_owned();
    }
    if source.is::<UnknownFormat>() {
        return "格式为 png、svg、pdf、zpl、tspl 或 cpcl".to_owned();
    }
    if let Some(error) = source.downcast_ref::<ParseIntError>() {
        return match error.kind() {
            IntErrorKind::PosOverflow | IntErrorKind::NegOverflow => "数字超出范围",
            IntErrorKind::Zero => "须大于零",
            _ => "不是数字",
        }
        .to_owned();
    }
    if source.is::<ParseFloatError>() {
        return "不是数字".to_owned();
    }
    // A number outside of a range: clap has a text alone.
    let text = source.to_string();
    match text.split_once(" is not in ") {
        Some((number, range)) => format!("{number} 不在 {range} 之内"),
        None => text,
    }
}

fn list(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        Some(ContextValue::Number(number)) => vec![number.to_string()],
        Some(ContextValue::StyledStr(text)) => vec![text.to_string()],
        Some(ContextValue::StyledStrs(texts)) => texts.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}
