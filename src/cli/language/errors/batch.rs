//! Why rows, files, batches and pictures fail.

use crate::cli::advice;
use crate::cli::language::text::sentences;
use crate::cli::language::{Language, printing};
use crate::cli::pictures::NoCode;
use wayseal::batch::excel::ExcelDamage;
use wayseal::batch::input::{InputError, RowFault};
use wayseal::batch::manifest::ManifestError;
use wayseal::batch::number::NumberFault;
use wayseal::batch::output::TargetError;
use wayseal::batch::parcels::{PIECES_MAX, ParcelsFault};
use wayseal::batch::payment::PaymentFault;
use wayseal::batch::press::SealingKeysError;
use wayseal::batch::recipient::{CiphertextSource, IdentityKind, RecipientFault};
use wayseal::batch::reject::{Reason, Reject};
use wayseal::batch::stations::{GivenAgain, RESERVED_DAYS, ServedBy, StationsError, Unserved};
use wayseal::batch::waybills::{NumberLedgerError, RangesError};
use wayseal::error::{RecordSection, Refusal, SealError};
use wayseal::keys::{Region, Site};
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
                "no key of the label's day is in hand: for a new label renew the grant, for an old one ask for a pass",
                "手中没有面单当日的密钥：新面单请更新授权，旧面单请申请通行授权",
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
            Refusal::Unsupported => (
                "the label is sound, and newer than this reader; update the reader and scan it again",
                "面单完好，但版本比本机新：请更新本机后重新扫描",
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
            let advice = match &reject.reason {
                Reason::Draw(error) => advice::batch::of_compose(error, self),
                _ => None,
            };
            return advice::joined(reject, advice);
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
                    RowFault::Formula => "公式的结果未保存：请用 Excel 打开并保存后再打单",
                    RowFault::Merged => "与其他单元格合并，无法确定该行内容：请取消合并并逐行填写",
                    _ => return reject.to_string(),
                };
                return format!("第 {} 行：{said}", reject.line);
            }
            Reason::Excel(damage) => match damage {
                ExcelDamage::Scientific => "数字被 Excel 缩写：请将该列设为文本后重新导出",
                ExcelDamage::Date => "数字被 Excel 改为日期：请将该列设为文本后重新输入",
                ExcelDamage::Formula => "公式出错：请更正后重新导出",
                ExcelDamage::Zero => "不是内地号码：区号开头的 0 可能被 Excel 删除，或缺少 + 和国家代码：请将该列设为文本后重新输入",
                ExcelDamage::Text => "文字被 Excel 改为日期：请将该列设为文本后重新输入",
                ExcelDamage::Postcode => "比该国邮编短：开头的 0 可能被 Excel 删除：请将该列设为文本后重新输入",
                ExcelDamage::Character(c) => {
                    let code = u32::from(*c);
                    return format!(
                        "第 {} 行，{}：含有不属于文字的字符 U+{code:04X}：请删除",
                        reject.line,
                        reject.column.name()
                    );
                }
                _ => return reject.to_string(),
            }
            .to_owned(),
            Reason::UnknownStation => "网点文件中没有该网点：请先添加".to_owned(),
            Reason::Unserved(unserved) => self.unserved(unserved),
            Reason::Number(fault) => {
                let what = match fault {
                    NumberFault::Length(length) => format!("有 {length} 个字符"),
                    NumberFault::Character(place) => format!("第 {place} 个字符不能用于运单号"),
                    _ => return reject.to_string(),
                };
                format!(
                    "{what}：运单号为 6 至 34 位的 0-9 A-Z -，如 SF、YT、JD、JT 加 13 位数字，DPK 加 12 位，LP 加 14 位，JDV 加一个字母和 \
                     11 位，两个字母加 9 位数字加两个字母，1Z 加 16 位，或 6 至 24 位数字"
                )
            }
            Reason::Parcels(fault) => match fault {
                ParcelsFault::Count => format!("件数须为 1 至 {PIECES_MAX}"),
                ParcelsFault::Numbers { pieces, numbers } => format!(
                    "{pieces} 件而只有 {numbers} 个可用单号（含母单号）：请在 `children` 列填写子单号，或用 --waybills 发放单号"
                ),
                ParcelsFault::Contradiction(pieces) => format!("单号标明为 {pieces} 件，与件数不符：请更正其一"),
                ParcelsFault::Repeated => "同一订单有两件使用同一单号：请更正 `children` 列".to_owned(),
                _ => return reject.to_string(),
            },
            Reason::Payment(fault) => match fault {
                PaymentFault::Amount => "不是金额：请填写数字，如 299 或 299.50",
                PaymentFault::Currency => "金额没有币种：请写在金额前，如 USD 12.50，或填写 `currency` 列",
                PaymentFault::Currencies => "金额的币种与 `currency` 列不同：请更正其一",
                PaymentFault::NoAmount => "货到付款而没有金额：请在 `cod` 列填写",
                PaymentFault::Terms => "未知的付款方式：请填写 到付、寄付 或 月结",
                _ => return reject.to_string(),
            }
            .to_owned(),
            Reason::PaymentHidden => {
                "模板不印付款信息，派送员无从得知：请在模板中设 payment = true".to_owned()
            }
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

    /// Why no station is found for an address.
    fn unserved(self, unserved: &Unserved) -> String {
        let level = |served: ServedBy| match served {
            ServedBy::Country => "国家",
            ServedBy::Province => "省",
            ServedBy::City => "市",
            ServedBy::District => "区县",
            ServedBy::Street => "街道",
            _ => "邮编",
        };
        match unserved {
            Unserved::Nowhere(levels) if levels.is_empty() => {
                "地址中没有可识别的区划和邮编，无法确定网点：请填写网点".to_owned()
            }
            Unserved::Nowhere(levels) => {
                let levels: Vec<_> = levels.iter().map(|served| level(*served)).collect();
                format!("网点文件中没有网点派送该{}：请填写网点，或在网点文件中补充", levels.join("、"))
            }
            Unserved::Several(served, codes) => {
                format!("有多个网点派送该{}：{}；请填写其一", level(*served), codes.join("、"))
            }
            Unserved::NotYet(code, from) => {
                format!("网点 {code} 自 {from} 启用：请填写此前派送该地址的网点")
            }
            Unserved::Over(code, until) => {
                format!("网点 {code} 在 {until} 后停用，且没有后继网点：请填写其他网点")
            }
            Unserved::Undecided(code, until, successors) => format!(
                "网点 {code} 在 {until} 后停用，网点文件未标明其后继网点中由谁派送该地址：{}；请填写其一",
                successors.join("、")
            ),
            _ => unserved.to_string(),
        }
    }

    /// Why a file of ranges of waybill numbers is not used.
    pub fn ranges(self, error: &RangesError) -> String {
        if self == Self::En {
            return error.to_string();
        }
        match error {
            RangesError::Table(error) => self.input(error),
            RangesError::Column(name) => format!("没有 `{name}` 列：须有 `first` 和 `last`"),
            RangesError::Number(line, _) => format!("第 {line} 行：号段的首号或末号不是运单号"),
            RangesError::Rule(line) => format!("第 {line} 行：check 须为 s10、luhn、gs1、mod7 或留空"),
            RangesError::Check(line) => format!("第 {line} 行：首号或末号的校验位不符合所选规则：请更正"),
            RangesError::Ends(line) => {
                format!("第 {line} 行：首号和末号只能最后的数字不同，且首号不大于末号")
            }
            RangesError::Overlap(line, other) => {
                format!("第 {line} 行：号段与第 {other} 行有重叠：请更正其一")
            }
            _ => error.to_string(),
        }
    }

    /// Why no waybill numbers are handed out.
    pub fn ledger(self, error: &NumberLedgerError) -> String {
        if self == Self::En {
            return error.to_string();
        }
        match error {
            NumberLedgerError::File(error) => self.file(error),
            NumberLedgerError::Busy(path) => format!("{}：另一个进程正在发放单号：请等待", path.display()),
            NumberLedgerError::Damaged(path) => {
                format!("{}：不是单号台账；缺少它会重复发放单号：请恢复", path.display())
            }
            NumberLedgerError::Exhausted { left, missing } => {
                format!("单号还剩 {left} 个，还缺 {missing} 个：请补充快递公司分配的号段")
            }
            NumberLedgerError::Lost(path) => {
                format!("{}：缺少已打印面单的单号：请恢复台账，或重新开始该批", path.display())
            }
            NumberLedgerError::Range(path, first) => {
                format!("{}：该批使用了 {first} 起的号段，号段文件中已没有：请放回", path.display())
            }
            _ => error.to_string(),
        }
    }

    /// Why a station's code or place is not given again yet.
    pub fn given_again(self, again: &GivenAgain) -> String {
        if self == Self::En {
            return again.to_string();
        }
        let place = |(region, site): (Region, Site)| format!("{}-{}", region.number(), site.number());
        format!(
            "网点 {}（{}）与已从文件中删除的网点 {}（{}）代码或 region 和 site 相同，后者的面单加密至 {}：请改用其他代码和编号，或自 {} 之后启用",
            again.code,
            place(again.place),
            again.before,
            place(again.place_before),
            again.last,
            again.free
        )
    }

    /// Why a file of stations is not used.
    pub fn stations(self, error: &StationsError) -> String {
        if self == Self::En {
            return error.to_string();
        }
        match error {
            StationsError::Table(error) => self.input(error),
            StationsError::Column(name) => format!("没有 `{name}` 列：请补充"),
            StationsError::Number(line) => format!("第 {line} 行：region 和 site 须为 0 至 4095"),
            StationsError::Twice(line) => {
                format!("第 {line} 行：代码为空或重复，或与另一网点的 region 和 site 相同：请更正")
            }
            StationsError::TooMany(line) => {
                format!("第 {line} 行起超过 131072 个网点，或 1048576 项区划和邮编：请拆分文件")
            }
            StationsError::Reserved { line, other, days } => format!(
                "第 {line} 行：与第 {other} 行的网点代码相同，或 region 和 site 相同，相隔 {days} 天，两者的面单会被混淆：请改用其他代码和编号，\
                 或间隔 {RESERVED_DAYS} 天以上"
            ),
            StationsError::Day(line, column) => {
                format!("第 {line} 行：{column} 须为日期，如 2026-11-24，或留空")
            }
            StationsError::Life(line) => format!("第 {line} 行：`until` 早于 `from`：请更正其一"),
            StationsError::Endless(line) => {
                format!("第 {line} 行：有后继网点的网点须在 `until` 填写最后一天：请补填，或删除后继网点")
            }
            StationsError::Successor(line, code, day) => format!(
                "第 {line} 行：后继网点 {code} 在 {day}（`until` 的次日）不是文件中的网点：请更正代码，或更正该网点的 `from` 和 `until`"
            ),
            StationsError::Served(line, column) => format!(
                "第 {line} 行：{column} 中有无法识别的项：区划请写 GB/T 2260 代码或名称（如 广东省/深圳市/南山区），邮编请写 518057、518* \
                 或 518000-518099，多项以 ; 分隔，境外的前加国家，如 TW:106*"
            ),
            StationsError::ServedTwice(line, column, other) => {
                format!("第 {line} 行：{column} 中有一项与第 {other} 行的网点相同：请只留给其中一个")
            }
            _ => error.to_string(),
        }
    }

    /// Why a file gives no rows.
    pub fn input(self, error: &InputError) -> String {
        let advice = advice::batch::of_input(error, self);
        if self == Self::En {
            return with(error.to_string(), "; ", advice);
        }
        let said = match error {
            InputError::Encoding(0) => "不是 UTF-8，编码也无法确定：请另存为 CSV UTF-8".to_owned(),
            InputError::Encoding(line) => {
                format!("第 {line} 行的编码与前面不同：请另存为 CSV UTF-8；若来自标准输入，请改为给出文件")
            }
            InputError::AmbiguousEncoding => "不是 UTF-8，且编码无法确定".to_owned(),
            InputError::MixedEncodings => {
                "一部分是 UTF-8，一部分不是，像是两个文件拼接而成：请分别另存为 CSV UTF-8".to_owned()
            }
            InputError::UnknownEncoding => "没有这个名称的编码".to_owned(),
            InputError::TableSize(line) => {
                format!("第 {line} 行起表格超过 64 列、1048576 行或 4194304 格：请拆分文件")
            }
            InputError::NoTable => "不是表格：第一行须为列名，以逗号、分号或制表符分隔".to_owned(),
            InputError::NoRows => "只有列名，没有订单：请重新导出".to_owned(),
            InputError::NoHeaderRow => "文件在列名所在行之前就结束了：请核对行号".to_owned(),
            InputError::Control(line) => format!("第 {line} 行含有控制字符：请删除"),
            InputError::Form(line) => format!("第 {line} 行不是有效的 CSV：请检查引号"),
            InputError::OldExcel => "不是工作簿，或早于 Excel 97：请另存为 .xlsx 或 CSV UTF-8".to_owned(),
            InputError::Locked => "工作簿有密码：请去掉密码，或另存为 CSV UTF-8".to_owned(),
            InputError::BinaryWorkbook => "是二进制工作簿（.xlsb）：请另存为 .xlsx 或 CSV UTF-8".to_owned(),
            InputError::Sheets(names) => {
                format!("有多个工作表可能含订单，或在隐藏的工作表中：{}", names.join("、"))
            }
            InputError::NoSheet(names) => format!("没有这个工作表；现有 {}", names.join("、")),
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
            InputError::Large => "工作簿过大，或为耗尽内存而制作：请另存为 CSV UTF-8".to_owned(),
            InputError::EmptyFolder => {
                "文件夹中没有 .csv、.tsv、.txt、.jsonl、.ndjson、.xlsx、.xlsm、.xls、.ods 或 .parquet 文件"
                    .to_owned()
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
            (_, TargetError::Printer(name, error)) => printing::address(self, name, error),
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
            (Self::Zh, NoCode::NotEntered) => {
                "未进入该文件夹（链接或层级过深）：请单独给出该文件夹".to_owned()
            }
            (Self::Zh, NoCode::DamagedPages(count)) => format!("{count} 页已损坏，未读取"),
            (Self::Zh, NoCode::MorePages) => {
                format!("只读取了前 {} 页（帧）：请拆分该文件", wayseal::read::pages::PAGES_MAX)
            }
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
