//! Options of commands that read orders, make labels and print them.

use super::table::Table;

pub(super) const TEXTS: &Table = &[
    (
        "Files and folders of orders: CSV in UTF-8 or GB18030, XLSX, JSON Lines; - is the standard input",
        "订单文件或文件夹：UTF-8 或 GB18030 的 CSV、XLSX、JSON Lines；- 为标准输入",
    ),
    ("Files and folders of orders; - is the standard input", "订单文件或文件夹；- 为标准输入"),
    ("The sealer's grant", "打单授权"),
    (
        "Where labels go: a folder, or a file that ends in .zip, .tar, .pdf, .jsonl, .zpl, .tspl or .cpcl; - is the standard \
         output",
        "面单的去处：文件夹，或以 .zip、.tar、.pdf、.jsonl、.zpl、.tspl、.cpcl 结尾的文件；- 为标准输出",
    ),
    (
        "Print the labels, in their order: tcp://HOST, HOST:PORT, ipp://HOST/printers/NAME, lp:NAME for a queue of CUPS here, \
         or the path of a device or spool file; on Windows also a printer's name. ZPL if --format does not say otherwise",
        "按顺序打印面单：tcp://主机、主机:端口、ipp://主机/printers/名称、lp:名称（本机 CUPS 队列），或设备、假脱机文件的路径；\
         Windows 上也可为打印机名。未给 --format 则为 ZPL",
    ),
    (
        "The format, if the ending of OUT does not say: png, svg, pdf, zpl, tspl, cpcl, zpl-native, tspl-native (the printer \
         draws the codes), payload; the QR code alone, for your own layout: symbol, symbol-png, symbol-svg, symbol-zpl",
        "格式（OUT 的结尾未表明时）：png、svg、pdf、zpl、tspl、cpcl、zpl-native、tspl-native（由打印机画码）、payload；\
         仅二维码，用于自己的版式：symbol、symbol-png、symbol-svg、symbol-zpl",
    ),
    ("Resume a batch that was stopped, or begin it", "继续已停止的批次；没有则新开始"),
    ("Replace what an earlier batch has written", "覆盖先前批次的输出"),
    ("Do everything except writing, and show what becomes of each column", "只演练不写出，并显示每列的去向"),
    (
        "Show what becomes of each column, how many labels go to each station, and the first label, and write no label; in \
         the terminal, or to a file that ends in .png or .html",
        "显示每列的去向、各网点的面单数和第一张面单，不写面单；显示在终端，或写到以 .png、.html 结尾的文件",
    ),
    ("Take at most this number of orders", "最多处理的订单数"),
    ("Make one label again, the same bit for bit on the same --day", "重做一张面单；--day 相同则逐位相同"),
    (
        "Skip the rows before this waybill number: to continue after a printer stopped; - reads the last good label's bar \
         code, QR code or handle from the standard input, and continues after it",
        "跳过此运单号之前的行：用于打印机停下后继续；- 从标准输入读取最后一张合格面单的条码、二维码或编号，从其后继续",
    ),
    ("Explain which QR codes the labels have, and why", "说明面单采用的二维码及原因"),
    (
        "Read every Nth label back from its finished file or commands, and open it, before it counts",
        "每 N 张从完成的文件或指令中读回一张并打开，通过才计数",
    ),
    ("Worker threads; one per core if not given", "工作线程数；未给出则每核一个"),
    (
        "Labels in one ZIP, TAR or PDF, or one folder of a folder, before the next begins",
        "每个 ZIP、TAR、PDF 或子文件夹的面单数，满后另起一个",
    ),
    (
        "For lanes where customs asks for an identity number: seal one found in name or address in the note, which is never \
         printed; without this, such an order is refused",
        "用于海关要求证件号的线路：姓名或地址中的证件号加密存入备注，从不印出；未给此项则拒收该订单",
    ),
    (
        "The file of rejected rows; next to OUT if not given; - is the standard output and fd:N an open descriptor, to which \
         each goes as a JSON line at once",
        "拒收行的文件；未给出则在 OUT 旁；- 为标准输出，fd:N 为已打开的描述符，逐行立即写出 JSON",
    ),
    (
        "Ranges of waybill numbers that the carrier assigned, as CSV with first and last: orders without a number get one of \
         them, each once",
        "承运方预分配的运单号段，CSV 含 first、last 两列：无单号的订单从中各取一个，不重复",
    ),
    (
        "The file of orders for stations that are sealed for from a later day on, by sealed_from in the file of stations",
        "尚未启用网点（网点文件的 sealed_from 晚于当日）的订单文件",
    ),
    ("Seal rejected rows to whoever corrects them, an age recipient", "将拒收行加密给更正者的 age 收件公钥"),
    (
        "Write the delivery code of each label to this file, for the notices to recipients: CSV with waybill, handle and \
         code, or JSON Lines by its ending; readable by you alone",
        "将每张面单的签收码写入此文件，用于通知收件人：CSV 含运单号、编号、签收码，或按结尾为 JSON Lines；仅本人可读",
    ),
    (
        "Seal the delivery codes to whoever sends the notices, an age recipient",
        "将签收码加密给发送通知者的 age 收件公钥",
    ),
    (
        "Put each label's delivery code into its line of payloads in JSON Lines",
        "将签收码写入 JSON Lines 的载荷行",
    ),
    (
        "Seal for this tenant of a service, by its number in the service's books: its labels have salts of their own",
        "为服务的某租户打单（其在服务账册中的编号）：其面单使用自己的盐",
    ),
    ("The label's template", "面单模板"),
    (
        "Font for scripts that the embedded one lacks, such as Arabic or Thai: TrueType or OpenType; may be repeated",
        "内置字库所缺文字（如阿拉伯文、泰文）的字体：TrueType 或 OpenType；可多次给出",
    ),
    (
        "Width and height in millimetres, such as 100x150, or 4x6in, or A6; the template's, or 100x150, if not given",
        "宽和高，单位毫米，如 100x150，或 4x6in、A6；未给出则依模板，否则 100x150",
    ),
    (
        "The printer's dots per inch; the template's, or 203, if not given",
        "打印机每英寸点数；未给出则依模板，否则 203",
    ),
    (
        "The day of sealing, such as 2026-11-24; today, or the day of the batch that is resumed, if not given",
        "打单日期，如 2026-11-24；未给出则为今天，或所继续批次的日期",
    ),
    ("Print events as JSON lines", "逐行输出 JSON 事件"),
    ("8 dots per millimetre", "每毫米 8 点"),
    ("12 dots per millimetre", "每毫米 12 点"),
    (
        "A column, by what the files name it: phone=Tel; joined: 'name=First+Last'; the first that is not blank: \
         'phone=Mobile|Tel'; may be repeated",
        "按文件中的列名指定一列：phone=Tel；拼接：'name=First+Last'；取首个非空：'phone=Mobile|Tel'；可多次给出",
    ),
    (
        "A TOML file of columns: phone = \"Tel\", ignore = [\"Fax\"]",
        "列的 TOML 文件：phone = \"Tel\"，ignore = [\"Fax\"]",
    ),
    (
        "A column that is not used, although it looks like an address, name or phone; may be repeated",
        "不使用的列，尽管它像地址、姓名或电话；可多次给出",
    ),
    (
        "What an order may lack, which is a reject otherwise; may be repeated",
        "订单可以缺少的内容，否则拒收；可多次给出",
    ),
    ("The recipient's phone", "收件人电话"),
    ("Any address", "任何地址"),
    (
        "The encoding of orders that are neither marked nor UTF-8, if it cannot be told for certain: gb18030, big5, \
         shift_jis, euc-kr, windows-1252, windows-1250, windows-1251, koi8-r …",
        "既无标记也非 UTF-8、且无法确定时的订单编码：gb18030、big5、shift_jis、euc-kr、windows-1252、windows-1250、\
         windows-1251、koi8-r 等",
    ),
    (
        "The line or row that names the columns, counted from 1, if it is not found among the first twenty",
        "列名所在的行，从 1 数起；前二十行中找不到时给出",
    ),
    ("The sheet of workbooks that is read, by its name or its number", "要读取的工作表，按名称或序号"),
    ("The label's template, which says whether buildings are shown", "面单模板，其中规定是否印出楼栋"),
    ("Print only the orders whose masks hide too little", "只输出脱敏不足的订单"),
    (
        "Check as well that the labels of one person, laid side by side, tell nothing beyond one mask",
        "另检查同一人的多张面单放在一起不会多泄露内容",
    ),
    (
        "Files in the printer's language, as `seal --format zpl`, `tspl` or `cpcl` writes them",
        "打印机语言的文件，由 `seal --format zpl`、`tspl` 或 `cpcl` 写出",
    ),
    (
        "The printer: tcp://HOST, HOST:PORT, ipp://HOST/printers/NAME, lp:NAME for a queue of CUPS here, or the path of a \
         device or spool file; on Windows also a printer's name",
        "打印机：tcp://主机、主机:端口、ipp://主机/printers/名称、lp:名称（本机 CUPS 队列），或设备、假脱机文件的路径；\
         Windows 上也可为打印机名",
    ),
    (
        "Skip the labels before this waybill number; - reads the last good label's bar code, QR code or handle from the \
         standard input, and continues after it",
        "跳过此运单号之前的面单；- 从标准输入读取最后一张合格面单的条码、二维码或编号，从其后继续",
    ),
    (
        "The file of what was sent when, to which printer; printed.jsonl if not given",
        "发送记录文件：何时发往哪台打印机；未给出则为 printed.jsonl",
    ),
    (
        "Print these labels again, and no others: a waybill number, or a file with one in each line; all prints all again; \
         may be repeated",
        "只重印这些面单：运单号，或每行一个的文件；all 为全部重印；可多次给出",
    ),
    (
        "How long a printer may take no data, report a fault, or keep the connection open after the last label; 300 for the \
         first two and 60 for the last if not given",
        "打印机不收数据、报故障，或最后一张后保持连接的最长秒数；未给出则前两项 300，末项 60",
    ),
    (
        "The format: zpl, tspl or cpcl for a printer, png, svg or pdf to look at",
        "格式：打印用 zpl、tspl 或 cpcl，查看用 png、svg 或 pdf",
    ),
    ("Let the printer draw the codes", "由打印机画码"),
    (
        "The template with the printer's settings, which the label then shows",
        "含打印机设置的模板；面单上会印出这些设置",
    ),
    ("The printer, as `print --to` takes it", "打印机，写法同 `print --to`"),
    ("The file to write; the standard output if not given", "要写的文件；未给出则为标准输出"),
    (
        "The folder into which files of orders come; what was sealed moves to its done/, what was not to its failed/",
        "订单文件到来的文件夹；已打单的移入其 done/，未成的移入 failed/",
    ),
    (
        "Where labels go: {} stands for the file's name, as in 'labels/{}.zip'; without it a folder that gets a folder for \
         each file",
        "面单的去处：{} 代表文件名，如 'labels/{}.zip'；没有 {} 则为文件夹，每个文件一个子文件夹",
    ),
    (
        "Print the labels of each file: tcp://HOST, tcp://HOST:PORT, or the path of a device or spool file; the job is kept \
         in the folder's sealed/",
        "打印每个文件的面单：tcp://主机、tcp://主机:端口，或设备、假脱机文件的路径；作业保存在文件夹的 sealed/",
    ),
    ("Take what is there, then end: for schedulers", "处理现有文件后结束：用于计划任务"),
    (
        "A file is whole if its length and time did not change for this long",
        "文件长度和时间在此时长内不变，即视为完整",
    ),
];
