//! Texts of `wayseal seal`.

use super::Language;
use super::text::{sentences, texts};

texts! {
    NAME_A_FOLDER =
        "name a folder for the labels, such as ./labels",
        "请给出存放面单的文件夹名，例如 ./labels";
    MORE_REJECTS = "more are in the file of rejects", "其余见拒收文件";
    RESUME_AFTER =
        "finished parts are kept; correct this and run the same command with --resume",
        "已完成的部分有效：处理后用同一命令加 --resume 继续";
    REJECTS_FILE =
        "holds personal data and is readable by you alone; correct it and seal it like the orders",
        "含个人信息，仅本人可读：更正后可直接再次打单";
    MISSING_CHARACTERS = "characters are not in the font and printed as boxes", "个字不在字库中，已印为方框";
    ORDERS = "orders", "个订单";
    LABELS = "labels", "张面单";
    REJECTED = "rejected", "个被拒";
    WAYBILLS_NEED_A_FILE =
        "--waybills hands out numbers before the first label, so it needs orders that can be read twice; save the standard input \
         as a file",
        "--waybills 在打印第一张前发放单号，需两次读取订单：请将标准输入存为文件";
    UNSEALED = "unsealed", "个暂不加密";
    UNSEALED_FILE =
        "holds the orders of stations that are not ready, as they came, with personal data in plain text: for the old way",
        "为尚未启用网点的订单，原样保存，含明文个人信息：请按原流程处理";
    CODES_FILE =
        "has the delivery code of each label and is readable by you alone; send each recipient their own, then erase it",
        "为每张面单的签收码，仅本人可读：请逐一通知收件人，然后删除";
    CODES_NEED_A_FILE =
        "--codes needs a file, which only you can read; for the standard output, --out - --format payload --with-codes",
        "--codes 须为仅本人可读的文件；写到标准输出请用 --out - --format payload --with-codes";
    CODES_SEALED =
        "has the delivery codes, sealed to the recipient of --codes-for",
        "为签收码，已加密给 --codes-for 的收件公钥";
    CODES_IN_PAYLOADS =
        "--with-codes puts codes into payloads in JSON Lines: name an OUT that ends in .jsonl, or use --codes FILE for labels",
        "--with-codes 只用于 JSON Lines 的载荷：请给出以 .jsonl 结尾的输出，面单请用 --codes 文件";
    ROWS = "rows", "行";
    JOINED = "joined to the row before", "行并入上一行";
    NO_RESUME_OF_PRINTER =
        "only the paper shows what a printer has printed: leave --resume out, and name the first waybill \
         that is not printed with --from",
        "打印机打到哪里只有纸上看得出：请去掉 --resume，用 --from 给出第一个未打印的运单号";
    NO_RESUME_OF_STREAM =
        "output to the standard output or a device cannot be resumed; leave --resume out",
        "标准输出和设备无法续做：请去掉 --resume";
    TWO_ON_STANDARD_OUTPUT =
        "--rejects - needs the standard output for itself; name a file, or a descriptor such as fd:3",
        "--rejects - 需独占标准输出：请给出文件，或描述符如 fd:3";
    STREAM_REJECTS = "rejects went to the stream of --rejects", "拒收已写入 --rejects 的流";
    CANNOT_WRITE = "cannot write", "无法写入";
    OUTPUT_LOCKED =
        "another wayseal is writing there; wait for it, or name another output",
        "另一个 wayseal 正在写入：请等待，或换一个输出";
    BATCH_EXISTS =
        "exists already; --resume resumes its batch, --overwrite replaces it",
        "已存在：--resume 继续该批，--overwrite 替换";
    REJECTS_EXIST =
        "exists already; move it away, or replace it with --overwrite",
        "已存在：请移走，或用 --overwrite 替换";
    NO_MANIFEST_KEY =
        "the grant has no key of the day for the manifest; ask the authority for a sealer's grant of today",
        "授权中没有当日批次清单的密钥：请向授权机构申请当日的打单授权";
    DISK_FULL = "make room on the disk", "请清理磁盘空间";
    ONLY_WHEN_PRINTING =
        "--ledger, --reprint, --patience and --from - are for printing: add --print",
        "--ledger、--reprint、--patience 和 --from - 用于打印：请加 --print";
    FINISHING_PART =
        "finishing the current part; press Ctrl-C again to stop at once: finished parts are not lost",
        "正在完成当前分卷；再按一次 Ctrl-C 立即停止，已完成的分卷不受影响";
    STOPPED_RESUME = "stopped; run the same command with --resume to continue", "已停止：用同一命令加 --resume 继续";
    STOPPED = "stopped", "已停止";
}

sentences! {
    report_and_discard(error) =
        "{error}; report it, and do not use the labels",
        "{error}；请报告此问题，不要使用这些面单";
    handed_out(numbers, file, left) =
        "{numbers} waybill numbers handed out; {left} are left in {file}",
        "发放了 {numbers} 个单号；{file} 还剩 {left} 个";
    number_of_reject(number) =
        "  its waybill number {number} is handed out and goes to no other order: write it into the corrected row",
        "  已为其发放单号 {number}，不会再发给其他订单：请在更正后的行中填写";
    in_two_uses(file) =
        "{file} would be written for two uses, or is a file of orders; name another file",
        "{file} 被用于两处，或为订单文件：请另指定文件";
    of_orders(orders) = " (of {orders} orders)", "（{orders} 个订单）";
    no_unsealed(stations, day) =
        "{stations} stations are sealed for from a later day than {day} on; say where their orders go with --unsealed FILE",
        "{stations} 个网点的启用日期晚于 {day}：请用 --unsealed 文件 指定其订单存放处";
    no_recipient(text) =
        "--rejects-for {text}: not an age recipient, which begins with age1",
        "--rejects-for {text}：不是 age 收件公钥（以 age1 开头）";
    no_descriptor(text) =
        "--rejects {text}: not an open descriptor, such as fd:3",
        "--rejects {text}：不是已打开的描述符（例如 fd:3）";
    no_codes_recipient(text) =
        "--codes-for {text}: not an age recipient, which begins with age1",
        "--codes-for {text}：不是 age 收件公钥（以 age1 开头）";
    left(clock) = " · {clock} left", " · 剩余 {clock}";
    no_such_row(flag) = "no row has the waybill number of {flag}", "没有 {flag} 所给的运单号";
}

/// A value of a flag that is not a waybill number.
pub fn not_a_waybill(language: Language, flag: &str, error: impl std::fmt::Display) -> String {
    match language {
        Language::En => format!("{flag}: {error}; it is a waybill number of 6 to 34 of 0-9 A-Z -"),
        Language::Zh => format!("{flag}：运单号须为 6 至 34 位的 0-9 A-Z -"),
    }
}

/// The number of files after the first.
pub fn and_more(language: Language, more: usize) -> String {
    match language {
        Language::En => format!(" and {more} more"),
        Language::Zh => format!(" 等 {} 个", more + 1),
    }
}
