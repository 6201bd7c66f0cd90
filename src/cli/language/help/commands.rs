//! What the commands do.

use super::table::Table;

/// Texts that clap brings itself.
pub(super) const OWN: &Table = &[
    ("Print help (see more with '--help')", "显示帮助（--help 更详细）"),
    ("Print help (see a summary with '-h')", "显示帮助（-h 为摘要）"),
    ("Print version", "显示版本"),
    ("Print this message or the help of the given subcommand(s)", "显示本帮助，或所给子命令的帮助"),
];

pub(super) const TEXTS: &Table = &[
    ("Parcel labels that show nobody's data and still get the parcel home", "面单不露个人信息，包裹照样送到"),
    (
        "Exit codes: 0 all well, 1 some rows or images failed, 2 usage, 3 key or grant refused, 4 input unreadable, 5 output \
         failed, 130 interrupted.",
        "退出码：0 全部成功，1 部分行或图片失败，2 用法有误，3 密钥或授权被拒，4 输入无法读取，5 输出失败，130 被中断。",
    ),
    ("Language of messages; by the locale if not given", "消息的语言；未给出则依系统区域设置"),
    (
        "Configuration file; if not given, the system's, the user's, and wayseal.toml in the working folder for what is no \
         key, pin or secret",
        "配置文件；未给出则依次为系统的、用户的，以及工作文件夹中的 wayseal.toml（其中只可设置非密钥、公钥和口令的项目）",
    ),
    (
        "Run every step in one folder: authority, grants, labels, scans",
        "在一个文件夹中演示全过程：授权机构、授权、面单、扫描",
    ),
    ("Seal a file of orders into labels", "将订单文件加密打成面单"),
    (
        "Seal, and print, each file of orders that comes into a folder",
        "监视文件夹：每来一个订单文件就打成面单并打印",
    ),
    ("Open labels with a scanner's grant", "用扫描授权打开面单"),
    ("The courier's screen, and the steps at the depot", "快递员的扫描界面，以及网点的各步骤"),
    ("Logs of devices: hand in, verify, report", "设备日志：交班、核对、报告"),
    ("Send files in a printer's language to a printer", "将打印机语言的文件发送到打印机"),
    (
        "Print a label that tests a printer: edges, dots, density, smallest module",
        "打印测试面单：边缘、点、浓度、最小模块",
    ),
    ("Show what anyone can read from a label", "显示任何人都能从面单读到的内容"),
    (
        "Show a code to scan that tests a wedge scanner's keyboard layout",
        "显示测试码，检查键盘式扫描枪的键盘布局",
    ),
    (
        "Print the masked summaries of a file of orders, as JSON lines",
        "输出订单文件的脱敏摘要，每行一个 JSON",
    ),
    ("Keys, grants and revocation: the authority's commands", "密钥、授权与吊销：授权机构的命令"),
    ("Set up this device, take grants, show them", "设置本设备，接收并查看授权"),
    (
        "Measure labels per second on this machine, with the usual libraries for comparison",
        "测量本机每秒面单数，并与常用库比较",
    ),
    ("Print completions for a shell", "输出 shell 的命令补全脚本"),
    ("The shell", "shell 的种类"),
    ("Write manual pages, one for each command", "写出手册页，每个命令一页"),
    ("The folder for the pages; it is made if it does not exist", "手册页的文件夹；不存在则建立"),
    ("The folder", "文件夹"),
    ("The day of sealing, such as 2026-11-24; today if not given", "打单日期，如 2026-11-24；未给出则为今天"),
    ("Also write the table as a chart, an SVG file", "同时将表格画成 SVG 图"),
    ("Seconds for each figure", "每项测量的秒数"),
    ("Print one JSON object", "输出一个 JSON 对象"),
    (
        "Repeat one kind of work and do nothing else, for a tool that counts instructions",
        "只重复一种工作，供统计指令数的工具使用",
    ),
    ("A record to the text of the QR code", "记录到二维码文本"),
    ("An encoded record to the text", "已编码的记录到文本"),
    ("The text to the record", "文本到记录"),
    ("A record to its two plaintexts", "记录到两段明文"),
    (
        "The people of an order to the summary of its label, masked and checked",
        "订单的收寄件人到面单摘要，脱敏并检查",
    ),
    ("The text to modules", "文本到二维码模块"),
    ("An order to a page", "订单到页面"),
    ("The page to a PNG, composing included", "页面到 PNG，含排版"),
    ("The page to ZPL, composing included", "页面到 ZPL，含排版"),
    (
        "An order to ZPL of a stream in which the printer draws the codes and stores glyphs",
        "订单到由打印机画码并存储字形的 ZPL 流",
    ),
    ("Desk: give parcels new labels, and show nobody's data", "柜台：为包裹换新面单，不显示任何人的信息"),
    ("Desk: give parcels labels that bring them back", "柜台：为包裹打退件面单"),
];
