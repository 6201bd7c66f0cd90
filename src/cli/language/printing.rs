//! Texts of labels on their way to a printer.

use super::Language;
use super::text::{sentences, texts};
use wayseal::batch::printer::address::AddressError;
use wayseal::batch::printer::queue::QueueError;
use wayseal::batch::printer::session::PrinterEvent;
use wayseal::batch::printer::state::UnknownCause;
use wayseal::batch::printer::status::PrinterFault;

texts! {
    STOPPING =
        "stopping after the labels at hand; press Ctrl-C again to stop at once",
        "打完手头几张后停止；再按一次 Ctrl-C 立即停止";
    NOTHING_SENT = "no label was sent", "未发送任何面单";
    CHECK_AND_RETRY =
        "check that the printer is on, its address or its file's permissions, and run the same command again",
        "请检查打印机是否开机、地址或设备文件的权限，再用同一命令";
    LOOK_AND_GO_ON =
        "look which label came out last, and run the same command with --from and the waybill after it, or \
         with --from - to scan that last good label",
        "请看最后打出的是哪一张，再用同一命令加 --from 和其后一张的运单号继续，或用 --from - 扫描最后那张完好的面单";
    NO_FAULT =
        "the printer reports no fault and nothing left, but does not count its labels",
        "打印机报告无故障、无剩余，但不计张数";
    SCAN_LAST_GOOD =
        "scan the last good label, its bar code or QR code, or type its number or the ten characters under \
         the QR code:",
        "请扫描最后一张完好面单的条码或二维码，或输入其运单号或二维码下的十位字符：";
    NOT_A_MARK =
        "that is no waybill number, handle or QR code of a label; scan the last good label again",
        "这不是运单号、识别码或面单二维码：请重新扫描最后一张完好的面单";
    MARK_NOT_FOUND =
        "the last good label is not among these; give the file that it was printed from, and the same --day",
        "这里没有那张最后完好的面单：请给出它所在的文件，并用同一 --day";
    LEDGER_DAMAGED =
        "it was changed, or is another file; name another one with --ledger",
        "该文件已被改动，或不是打印台账：请用 --ledger 另指一个";
}

sentences! {
    confirmed(count, last) =
        "{count} labels confirmed: the printer counted them; the last is {last}",
        "{count} 张已确认：打印机计数相符，最后一张为 {last}";
    sent(count, last) =
        "{count} labels sent, not confirmed; the last is {last}: only the paper shows whether they came out",
        "{count} 张已发送、未确认，最后一张为 {last}：是否打出只有纸上看得出";
    completed(count, last) =
        "{count} labels sent, not confirmed; the last is {last}: the spooler has passed them on, and the printer \
         itself says nothing",
        "{count} 张已发送、未确认，最后一张为 {last}：打印队列已转交，打印机本身无回报";
    spooled(count, last) = "{count} labels written, the last is {last}", "{count} 张已写入，最后一张为 {last}";
    printed_before(count, ledger) =
        "{count} labels were not sent: {ledger} has them as printed; --reprint prints some or all again",
        "{count} 张未发送：{ledger} 记为已打印；--reprint 可重打其中几张或全部";
    doubtful(count, first, ledger) =
        "{count} labels were not sent: {ledger} does not know whether they are on paper, the first of them \
         {first}; look, and name the first that is not with --from, or scan the last good one with --from -",
        "{count} 张未发送：{ledger} 不能确定是否已打出，第一张为 {first}；请看纸面，用 --from 给出第一张未打出的运单号，或用 --from - 扫描最后一张完好的";
    unknown(count, first) =
        "{count} labels may be printed or not, the first of them {first}",
        "{count} 张不能确定是否打出，第一张为 {first}";
    last_confirmed(last) = "the last confirmed is {last}", "最后确认的一张为 {last}";
    last_whole(last) = "the last sent whole is {last}", "最后完整发送的一张为 {last}";
    incomplete(next) = "{next} may be incomplete", "{next} 可能不完整";
    next_up(next) = "the next is {next}", "下一张为 {next}";
    not_found(list) =
        "listed to be printed again, and not among the labels: {list}",
        "要求重打但这里没有：{list}";
    takes_nothing(seconds) =
        "the printer takes no data since {seconds} s; see whether it is paused or out of paper",
        "打印机已 {seconds} 秒不接收数据：请看是否暂停或缺纸";
    not_closed(seconds) =
        "all labels are sent; waiting for the printer to take them, {seconds} s so far",
        "已全部发送，等待打印机接收，已 {seconds} 秒";
    not_finished(seconds) =
        "waiting for the printer to finish what it has, {seconds} s so far",
        "等待打印机打完，已 {seconds} 秒";
    fault_since(fault, seconds) =
        "the printer reports since {seconds} s: {fault}",
        "打印机报告（已 {seconds} 秒）：{fault}";
    meant(name, spellings) =
        "`{name}` is no printer and no file; meant is probably {spellings}",
        "“{name}” 既不是打印机也不是文件：可能是 {spellings}";
    named_printer(name, reason) = "`{name}` is no printer: {reason}", "“{name}” 不是打印机：{reason}";
    not_listed(path, line) =
        "{path}: line {line} is no waybill number; a list has one in each line",
        "{path}：第 {line} 行不是运单号，列表每行一个";
}

/// What a printer reports.
pub fn fault(language: Language, fault: PrinterFault) -> String {
    let chinese = match fault {
        _ if language == Language::En => return fault.to_string(),
        PrinterFault::Paper => "缺纸",
        PrinterFault::Jam => "卡纸",
        PrinterFault::Ribbon => "碳带用完",
        PrinterFault::Head => "打印头或上盖打开",
        PrinterFault::Paused => "已暂停",
        PrinterFault::Waiting => "等待取走面单",
        PrinterFault::Temperature => "过热或过冷",
        PrinterFault::Memory => "内存已满或损坏",
        _ => "故障",
    };
    chinese.to_owned()
}

/// Why labels are unknown.
pub fn cause(language: Language, cause: &UnknownCause) -> String {
    match cause {
        UnknownCause::Unreachable(error) | UnknownCause::Broken(error) => language.system(error),
        _ if language == Language::En => cause.to_string(),
        UnknownCause::Stalled(time) => format!("打印机已 {} 秒不接收数据", time.as_secs()),
        UnknownCause::ClosedEarly => "打印机中途断开了连接".to_owned(),
        UnknownCause::NotClosed(time) => {
            format!("打印机 {} 秒内没有关闭连接，也不报告状态", time.as_secs())
        }
        UnknownCause::Fault(reported) => format!("打印机报告：{}", fault(language, *reported)),
        UnknownCause::Silent(time) => format!("打印机已 {} 秒没有应答", time.as_secs()),
        UnknownCause::Spooler(how) => format!("打印队列报告：{how}"),
        UnknownCause::Miscounted { sent, counted } => {
            format!("发送了 {sent} 张，打印机只计了 {counted} 张")
        }
        _ => cause.to_string(),
    }
}

/// Why printing ended.
pub fn ended(language: Language, error: &QueueError) -> String {
    match error {
        QueueError::Print(error) => cause(language, &error.cause),
        QueueError::Ledger(error) => ledger(language, error),
        _ => error.to_string(),
    }
}

/// Why a ledger is not used.
pub fn ledger(language: Language, error: &wayseal::batch::printer::ledger::LedgerError) -> String {
    use wayseal::batch::printer::ledger::LedgerError;
    match error {
        LedgerError::File(error) => language.file(error),
        LedgerError::Line { path, line } => {
            let what = language.of(LEDGER_DAMAGED);
            match language {
                Language::En => format!("{}: line {line} is not one of a ledger; {what}", path.display()),
                Language::Zh => format!("{}：第 {line} 行不是打印台账的内容；{what}", path.display()),
            }
        }
        _ => error.to_string(),
    }
}

/// What happens while somebody waits.
pub fn event(language: Language, event: PrinterEvent) -> String {
    match event {
        PrinterEvent::TakesNothing(time) => takes_nothing(language, time.as_secs()),
        PrinterEvent::NotClosed(time) => not_closed(language, time.as_secs()),
        PrinterEvent::Fault(reported, time) => {
            fault_since(language, fault(language, reported), time.as_secs())
        }
        PrinterEvent::NotFinished(time) => not_finished(language, time.as_secs()),
        _ => String::new(),
    }
}

/// A name that is no printer's.
pub fn address(language: Language, name: &str, error: &AddressError) -> String {
    match error {
        AddressError::NoFile(spellings) => meant(language, name, spellings),
        _ if language == Language::En => named_printer(language, name, error),
        AddressError::NoHost => {
            named_printer(language, name, "缺少主机名，请写 tcp://主机 或 tcp://主机:端口")
        }
        AddressError::Scheme(scheme) => {
            named_printer(language, name, format!("不支持 {scheme}://，请用 tcp://、ipp:// 或路径"))
        }
        AddressError::Folder => named_printer(language, name, "这是文件夹"),
        _ => named_printer(language, name, error),
    }
}
