//! What is said of templates and labels.

use crate::cli::advice;
use crate::cli::language::Language;
use std::io;
use wayseal::files::{FileError, NotOwn};
use wayseal::label::{ComposeError, TemplateError, Zone};
use wayseal::symbol::NoFit;

impl Language {
    /// Why a template is not used.
    pub fn template(self, error: &TemplateError) -> String {
        if self == Self::En {
            return error.to_string();
        }
        match error {
            TemplateError::Syntax(reason) => {
                format!("模板不是有效的 TOML，或含有未知的键：请更正（{}）", reason.to_string().trim_end())
            }
            TemplateError::Text(key) => {
                format!("模板的 `{key}` 最多 40 个字，且除客服电话外不得含号码：请缩短或去掉号码")
            }
            TemplateError::Placeholder(key) => {
                format!("模板的 `{key}` 含有占位符：面单只印脱敏信息，请直接写出文字")
            }
            TemplateError::Range(key, range) => {
                let range = range.replace("from ", "").replace(" to ", " 至 ");
                format!("模板的 `{key}` 须在 {range} 之间：请更正")
            }
            TemplateError::TooLong(key) => format!("模板的 `{key}` 在面单上放不下：请缩短"),
            TemplateError::Size => {
                "面单尺寸须写作宽x高（毫米），例如 100x150，且在 70x125 至 210x300 之间：请更正".to_owned()
            }
            TemplateError::Dpi(_) => "模板的 `dpi` 须为 203 或 300：请更正".to_owned(),
            TemplateError::Encoding(_) => "模板文件不是 UTF-8：请另存为 UTF-8".to_owned(),
            TemplateError::File(error) => {
                format!("无法读取模板所需的文件 {}：{}", error.path.display(), self.system(error.cause()))
            }
            TemplateError::Logo(path, reason) => {
                format!("模板的 `logo` {} 不是可打印的 PNG 图片：请更换（{reason}）", path.display())
            }
            TemplateError::Font(_) => {
                "字体文件既不是 TrueType 也不是 OpenType：请给出 .ttf、.otf 或 .ttc".to_owned()
            }
            _ => error.to_string(),
        }
    }

    /// Why labels are not written or printed.
    pub fn written(self, error: &FileError) -> String {
        match self {
            Self::En => error.to_string(),
            Self::Zh => format!("无法写入或打印到 {}：{}", error.path.display(), self.system(error.cause())),
        }
    }

    /// Why a file is not read or written.
    pub fn file(self, error: &FileError) -> String {
        match self {
            Self::En => error.to_string(),
            Self::Zh => format!("无法读写 {}：{}", error.path.display(), self.system(error.cause())),
        }
    }

    /// What the system says of a printer or file.
    pub fn system(self, error: &io::Error) -> String {
        use io::ErrorKind;
        if self == Self::Zh
            && let Some(why) = error.get_ref().and_then(|why| why.downcast_ref::<NotOwn>())
        {
            return match why {
                NotOwn::Link => "是一个链接，此处不跟随链接：请删除",
                NotOwn::SecondName => "该文件另有一个名字（硬链接）：请移走",
                _ => "不是普通文件：请移走",
            }
            .to_owned();
        }
        let chinese = match error.kind() {
            _ if self == Self::En => return error.to_string(),
            ErrorKind::ConnectionRefused => "对方拒绝连接",
            ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe => {
                "对方断开了连接"
            }
            ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => "网络不通",
            ErrorKind::TimedOut | ErrorKind::WouldBlock => "对方长时间没有响应：请看打印机是否暂停或缺纸",
            ErrorKind::NotFound => "找不到",
            ErrorKind::PermissionDenied => "没有权限",
            ErrorKind::StorageFull => "空间已满",
            _ => return error.to_string(),
        };
        chinese.to_owned()
    }

    /// Why a label is not drawn.
    pub fn compose(self, error: &ComposeError) -> String {
        let advice = advice::batch::of_compose(error, self);
        if self == Self::En {
            return advice::joined(error, advice);
        }
        let said = match error {
            ComposeError::Waybill => "此运单号无法印出：请用更宽的面单".to_owned(),
            ComposeError::Bars { least_mm } => {
                format!("此运单号的条码需要 {least_mm} 毫米宽的面单：请用更大的尺寸，或只输出二维码自行排版")
            }
            ComposeError::TooLong(zone) => {
                let zone = match zone {
                    Zone::Routing => "分拣码",
                    Zone::Hub => "集散点",
                    Zone::Recipient => "收件人信息",
                    Zone::Sender => "寄件人信息",
                    Zone::Goods => "品名",
                    Zone::Piece => "件数",
                    Zone::Payment => "付款信息",
                    _ => "备注",
                };
                format!("{zone}在面单上放不下：请缩短，或使用更大的面单")
            }
            ComposeError::NoFit(NoFit::TooLong { chars, capacity }) => {
                format!("二维码内容为 {chars} 个字符，最大的二维码只容 {capacity} 个：请缩短地址或备注")
            }
            ComposeError::NoFit(NoFit::TooSmall { chars, least_um }) => {
                let tenths = least_um.div_ceil(100);
                format!(
                    "二维码内容为 {chars} 个字符，模块不小于 0.33 毫米时需要 {}.{} 毫米见方：请加大模板的 symbol_mm",
                    tenths / 10,
                    tenths % 10
                )
            }
            ComposeError::Payload(error) => format!("二维码：{error}"),
            ComposeError::Symbol => {
                "二维码及其静区放不下：请使用更大的面单，或减小模板的 symbol_mm".to_owned()
            }
            _ => error.to_string(),
        };
        advice::joined(&said, advice)
    }
}
