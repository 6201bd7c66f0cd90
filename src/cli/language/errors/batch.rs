//! Why rows, files, batches and pictures fail.

use crate::cli::advice;
use crate::cli::language::Language;
use crate::cli::language::text::sentences;
use crate::cli::pictures::NoCode;
use wayseal::batch::excel::ExcelDamage;
use wayseal::batch::input::{InputError, RowFault};
use wayseal::batch::manifest::ManifestError;
use wayseal::batch::output::TargetError;
use wayseal::batch::press::SealingKeysError;
use wayseal::batch::recipient::{CiphertextSource, IdentityKind, RecipientFault};
use wayseal::batch::reject::{Reason, Reject};
use wayseal::error::{RecordSection, Refusal, SealError};
use wayseal::read::image::ImageError;
use wayseal::signed::grant::Grant;
use wayseal::summary::Told;

sentences! {
    missing(line, column, allowed) =
        "line {line}, {column}: empty; fill it in, or give {allowed}",
        "第 {line} 行，{column}：为空：请补填，或使用 {allowed}";
}

impl Language {
    /// A refusal, with what to do next.
    pub const fn refusal(self, refusal: Refusal) -> &'static str {
        let (english, chinese) = match refusal {
            Refusal::NotOurs => ("not a Wayseal label", "不是本系统的面单"),
            Refusal::Damaged => (
                "the code is damaged; scan it again or ask for a new label",
                "二维码已损坏：请重新扫描，或申请换单",
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
        if let Reason::Missing = reject.reason {
            let allowed = advice::columns::allowed(reject.column);
            return missing(self, reject.line, reject.column, allowed);
        }
        if self == Self::En {
            return reject.to_string();
        }
        let reason = match &reject.reason {
            Reason::Fault(fault) => {
                let said = match fault {
                    RowFault::TooLong => "超过 64 KiB，未写入拒收文件：请缩短",
                    RowFault::Quote => "引号未成对：请补全或删除",
                    RowFault::Encoding => "含有无法识别的字节：请重新输入该行文字",
                    RowFault::Json => "不是每行一个、键不重复的 JSON 对象：请更正",
                    RowFault::NewKey => "含有前一千行没有的键：请在第一行加上该键，值留空",
                    RowFault::Cells => "单元格多于列数：请给含分隔符的内容加引号",
                    _ => return reject.to_string(),
                };
                return format!("第 {} 行：{said}", reject.line);
            }
            Reason::Excel(damage) => match damage {
                ExcelDamage::Scientific => "数字被 Excel 缩写：请将该列设为文本后重新导出",
                ExcelDamage::Date => "数字被 Excel 改为日期：请将该列设为文本后重新输入",
                ExcelDamage::Formula => "公式出错：请更正后重新导出",
                ExcelDamage::Zero => "不是内地号码：区号开头的 0 可能被 Excel 删除，或缺少 + 和国家代码：请将该列设为文本后重新输入",
                _ => return reject.to_string(),
            }
            .to_owned(),
            Reason::UnknownStation => "网点文件中没有该网点：请先添加".to_owned(),
            Reason::Duplicate => "运单号在本批前面已出现：请删除该行或更换单号".to_owned(),
            Reason::Unread => "成品面单未能读回：请重新输入该行，若仍失败请上报".to_owned(),
            Reason::NoLane => "授权中没有该网点当日的密钥：请向授权机构申请".to_owned(),
            Reason::Recipient(fault) => recipient(*fault),
            Reason::Discretion => "只能为 1 或 0".to_owned(),
            Reason::Mask(_) => "脱敏不足，未打印".to_owned(),
            Reason::Told(told) => {
                let what = match told {
                    Told::Phone => "电话",
                    Told::Name => "姓名",
                    _ => "楼栋或房号",
                };
                format!("含收件人或寄件人的{what}，而该栏会印在面单上：请删去，或写入会被加密的 note 栏")
            }
            Reason::Draw(error) => self.compose(error),
            Reason::Encode(error) => format!("无法生成面单文件：{error}"),
            Reason::Seal(error) => match error {
                SealError::Empty(_) => "不能为空".to_owned(),
                SealError::Character(_) => "含有不可打印的字符：请删除".to_owned(),
                SealError::Form(_) => "格式不正确：请更正".to_owned(),
                SealError::Dummy => "是占位的运单号：请填写真实单号".to_owned(),
                SealError::TooLong(excess) => {
                    let section = match excess.section {
                        RecordSection::Delivery => "派送",
                        RecordSection::Contact => "联系",
                    };
                    format!("{section}部分超出面单容量 {} 字节，其中 {} 最长：请缩短该栏", excess.bytes, excess.field)
                }
                SealError::Keys => "密钥与该行不符".to_owned(),
                _ => error.to_string(),
            },
            _ => return reject.to_string(),
        };
        format!("第 {} 行，{}：{reason}", reject.line, reject.column.name())
    }

    /// Why a file gives no rows.
    pub fn input(self, error: &InputError) -> String {
        let advice = advice::batch::of_input(error, self);
        if self == Self::En {
            return with(error.to_string(), "; ", advice);
        }
        let said = match error {
            InputError::Encoding(0) => "不是 UTF-8 或 GB18030：请另存为 CSV UTF-8".to_owned(),
            InputError::Encoding(line) => {
                format!("第 {line} 行的编码与前面不同：请另存为 CSV UTF-8；若来自标准输入，请改为给出文件")
            }
            InputError::NoTable => "不是表格：第一行须为列名，以逗号、分号或制表符分隔".to_owned(),
            InputError::Form(line) => format!("第 {line} 行不是有效的 CSV：请检查引号"),
            InputError::OldExcel => "是旧版或加密的 Excel 文件：请另存为 .xlsx 或 CSV UTF-8".to_owned(),
            InputError::Parquet => "该程序未包含 Parquet".to_owned(),
            InputError::ParquetOnStdin => "标准输入不支持 Parquet：请给出文件".to_owned(),
            InputError::ParquetEnd => "Parquet 文件无法读取或不完整：请重新导出".to_owned(),
            InputError::ParquetList(column) => format!("{column} 列为列表，而非每行一个值：导出时请去掉该列"),
            InputError::ParquetPage { row, column } => {
                format!("第 {row} 行或其后不远处，{column} 列已损坏：请重新导出")
            }
            InputError::JsonArray => "是一个 JSON 数组：请改为每行一个对象（jq -c '.[]'）".to_owned(),
            InputError::SheetOnStdin => "标准输入不支持工作簿：请给出文件".to_owned(),
            InputError::Workbook => "工作簿无法读取或不完整：请另存为 .xlsx 或 CSV UTF-8".to_owned(),
            InputError::Large => "工作簿解压后超过 1 GiB：请另存为 CSV UTF-8".to_owned(),
            InputError::EmptyFolder => {
                "文件夹中没有 .csv、.tsv、.txt、.jsonl、.ndjson、.xlsx 或 .parquet 文件".to_owned()
            }
            InputError::Read(error) => format!("无法读取：{error}"),
            _ => error.to_string(),
        };
        with(said, "：", advice)
    }

    /// Why labels do not go where they were sent.
    pub fn target(self, error: &TargetError) -> String {
        let advice = advice::batch::of_target(error, self);
        match (self, error) {
            (Self::Zh, TargetError::NoFormat) => with("未指定格式".to_owned(), "：", advice),
            (Self::Zh, TargetError::Mismatch(_, make)) => {
                with(format!("该输出不能存放 {make}"), "：", advice)
            }
            _ => with(error.to_string(), "; ", advice),
        }
    }

    /// Why a batch is not resumed.
    pub fn manifest(self, error: &ManifestError) -> String {
        let advice = advice::batch::of_manifest(error, self);
        match (self, error) {
            (Self::Zh, ManifestError::File(error)) => self.file(error),
            (Self::Zh, ManifestError::Form(_)) => with("不是本版本的批次清单".to_owned(), "：", advice),
            (Self::Zh, ManifestError::Foreign) => {
                with("不是本授权持有者所写，或写后被更改".to_owned(), "：", advice)
            }
            (Self::Zh, ManifestError::Inconsistent) => {
                with("其中的数量或文件名互相矛盾".to_owned(), "：", advice)
            }
            (Self::Zh, ManifestError::Part(part)) => with(format!("{part} 不在或已被更改"), "：", advice),
            (Self::Zh, ManifestError::Changed(what)) => {
                with(format!("{} 与该批开始时不同，面单会不一致", advice::batch::flag(what)), "：", advice)
            }
            (Self::En, ManifestError::Changed(what)) => {
                let said = "differs from the start of the batch, and the labels would differ";
                with(format!("{} {said}", advice::batch::flag(what)), "; ", advice)
            }
            (Self::Zh, ManifestError::Stdin) => "标准输入的订单无法重读：请存为文件后重新开始".to_owned(),
            _ => with(error.to_string(), "; ", advice),
        }
    }

    /// Why a grant does not seal today.
    pub fn desk(self, error: &SealingKeysError, grant: &Grant) -> String {
        match self {
            Self::En => error.to_string(),
            Self::Zh => format!(
                "该授权的打单日期为 {} 至 {}，不含当日，或不是打单授权：请先校对时钟，再申请当日授权",
                grant.from, grant.until
            ),
        }
    }

    /// Why a picture gave no code.
    pub fn no_code(self, error: &NoCode) -> String {
        match (self, error) {
            (Self::Zh, NoCode::Nothing) => "未读到面单二维码：请靠近并在明亮处重拍".to_owned(),
            (Self::Zh, NoCode::Image(ImageError::Unknown)) => {
                "不是 PNG、JPEG、WebP、TIFF 或 BMP 图片".to_owned()
            }
            (Self::Zh, NoCode::Image(ImageError::Damaged(_))) => "图片已损坏：请重新拍摄或复制".to_owned(),
            (Self::Zh, NoCode::Image(ImageError::TooLarge)) => "图片过大：请先缩小".to_owned(),
            _ => error.to_string(),
        }
    }
}

/// Why no label is made of a recipient, in Chinese.
fn recipient(fault: RecipientFault) -> String {
    match fault {
        RecipientFault::Masked => "已被平台脱敏：请导出明文，或用平台的打印组件打印",
        RecipientFault::Ciphertext(CiphertextSource::Pinduoduo) => {
            "是拼多多的密文，本系统没有密钥：请用 pdd.open.decrypt.batch 解密，或用平台的打印组件打印"
        }
        RecipientFault::Ciphertext(CiphertextSource::Douyin) => {
            "是抖音的密文，本系统没有密钥：请用 order.batchDecrypt 解密，或用平台的打印组件打印"
        }
        RecipientFault::Ciphertext(CiphertextSource::Platform) => {
            "是电商平台的密文，本系统没有密钥：请在平台解密（淘宝 taobao.top.oaid.decrypt，京东 jingdong.jos.order.oaid.decrypt），\
             或用平台的打印组件打印"
        }
        RecipientFault::PercentEncoded => "是 URL 编码，不是文字：请解码后重新导出",
        RecipientFault::HtmlEncoded => "含 HTML 实体，不是文字：请解码后重新导出",
        RecipientFault::Escaped => "含转义字符，不是文字：请解码后重新导出",
        RecipientFault::Template => "是未填写的模板字段：请重新导出",
        RecipientFault::NotDialable => "没有可以拨打的号码：请填写完整号码，或虚拟号及其分机号",
        RecipientFault::Expired => "虚拟号已过期：请向平台重新取号后再导出",
        RecipientFault::Identity(IdentityKind::China) => "含身份证号，不得出现在面单上：请删去",
        RecipientFault::Identity(IdentityKind::Brazil) => "含巴西 CPF 号，不得出现在面单上：请删去",
        RecipientFault::Identity(IdentityKind::Turkey) => "含土耳其身份证号，不得出现在面单上：请删去",
        RecipientFault::Identity(IdentityKind::Korea) => "含韩国通关号或身份证号，不得出现在面单上：请删去",
        RecipientFault::TwoPlaces => "地址与省市区栏指向两个地方：请更正有误的一处",
        other => return other.to_string(),
    }
    .to_owned()
}

/// What is wrong, and what to do if there is advice.
fn with(mut said: String, between: &str, advice: Option<&str>) -> String {
    if let Some(advice) = advice {
        said.push_str(between);
        said.push_str(advice);
    }
    said
}
