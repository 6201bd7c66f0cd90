//! Texts of batches of labels.

use super::Language;
use super::text::{sentences, texts};

texts! {
    VERIFY_OR_NATIVE =
        "--verify reads pictures, and a native format leaves the codes to the printer; leave one of the \
         two out",
        "--verify 需要读回图像，而 native 格式由打印机绘制条码：请去掉其一";
    NAME_A_FOLDER =
        "name a folder for the labels, such as ./labels",
        "请给出存放面单的文件夹名，例如 ./labels";
    MORE_REJECTS = "more are in the file of rejects", "其余见拒收文件";
    RESUME_AFTER =
        "what is finished stands; then give the same command with --resume",
        "已完成的部分有效：处理后用同一命令加 --resume 继续";
    REJECTS_FILE =
        "holds people's data and is readable by you alone; correct it and seal it as you sealed the orders",
        "含个人信息，仅本人可读：更正后可直接再次打单";
    WITHHELD =
        "texts of goods or remark are printed as ***: they may reveal what the masks hide",
        "处品名或备注已印为 ***：可能泄露被脱敏的内容";
    MISSING_CHARACTERS = "characters are not in the font and printed as boxes", "个字不在字库中，已印为方框";
    ORDERS = "orders", "个订单";
    LABELS = "labels", "张面单";
    REJECTED = "rejected", "个被拒";
    NO_RESUME_OF_PRINTER =
        "only the paper shows what a printer has printed: leave --resume out, and give the first waybill \
         that is not printed with --from",
        "打印机打到哪里只有纸上看得出：请去掉 --resume，用 --from 给出第一个未打印的运单号";
    NO_RESUME_OF_STREAM =
        "the standard output and devices cannot be gone on with; leave --resume out",
        "标准输出和设备无法续打：请去掉 --resume";
    CANNOT_WRITE = "cannot write", "无法写入";
    OUTPUT_LOCKED =
        "another wayseal is writing there; wait for it, or name another output",
        "另一个 wayseal 正在写入：请等待，或换一个输出";
    BATCH_EXISTS =
        "is there already; --resume goes on with its batch, --overwrite replaces it",
        "已存在：--resume 继续该批，--overwrite 替换";
    REJECTS_EXIST =
        "is there already; move it away, or replace it with --overwrite",
        "已存在：请移走，或用 --overwrite 替换";
    PART_CHANGED =
        "is not there as it was finished; put it back, or begin again with --overwrite",
        "不在或已被更改：请放回原处，或用 --overwrite 重新开始";
    DISK_FULL = "make room on the disk", "请清理磁盘空间";
    NO_LABEL_WAS_PRINTED = "no label was printed", "未打印任何面单";
    FINISHING_PART =
        "finishing the part in the making; press Ctrl-C again to stop at once, which loses nothing that is \
         finished",
        "正在完成当前分卷；再按一次 Ctrl-C 立即停止，已完成的分卷不受影响";
    STOPPED_RESUME = "stopped; the same command with --resume goes on", "已停止：用同一命令加 --resume 继续";
    STOPPED = "stopped", "已停止";
}

sentences! {
    report_and_discard(error) =
        "{error}; report it, and do not use the labels",
        "{error}；请报告此问题，不要使用这些面单";
    left(clock) = " · {clock} left", " · 剩余 {clock}";
    no_such_row(flag) = "no row has the waybill number of {flag}", "没有 {flag} 所给的运单号";
    none_handed_over(next) =
        "no label was handed over whole; check that the printer is on, its address or its file's \
         permissions, and give the same command again, or with --from {next}",
        "没有面单完整送达：请检查打印机是否开机、地址或设备文件的权限，再用同一命令，或加 --from {next}";
    handed_over(whole, last, next) =
        "{whole} labels were handed over whole, the last of them {last}, and {next} was not for certain; a \
         printer loses what it holds, so look which label came out last, and give the same command with \
         --from and the waybill behind it, or with --only for a single one",
        "已完整送达 {whole} 张，最后一张为 {last}，{next} 不能确定；打印机断开时缓存会丢失：请看最后打出的\
         是哪一张，再用同一命令加 --from 和其后一张的运单号继续，只补一张则用 --only";
    stopped_after(whole, last) =
        "{whole} labels were handed over whole, the last of them {last}; go on with --from and the waybill \
         behind it",
        "已完整送达 {whole} 张，最后一张为 {last}：请用 --from 和其后一张的运单号继续";
}

/// What a flag was given in place of a waybill number.
pub fn not_a_waybill(language: Language, flag: &str, error: impl std::fmt::Display) -> String {
    match language {
        Language::En => format!("{flag}: {error}; it is a waybill number of 6 to 20 of 0-9 A-Z -"),
        Language::Zh => format!("{flag}：运单号须为 6 至 20 位的 0-9 A-Z -"),
    }
}

/// How many files there are beside the first.
pub fn and_more(language: Language, more: usize) -> String {
    match language {
        Language::En => format!(" and {more} more"),
        Language::Zh => format!(" 等 {} 个", more + 1),
    }
}
