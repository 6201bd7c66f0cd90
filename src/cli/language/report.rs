//! Texts of the report on logs.

use super::Bilingual;
use super::text::{sentences, texts};

texts! {
    SHARED_COUNT = "labels were opened by more than one device", "张面单被多台设备打开";
    TO = "to", "至";
    SIGNED_OFF_HERE = "signed off here", "本机签收";
    SIGNED_OFF_ELSEWHERE = "signed off by another device", "他机签收";
    NEVER_SIGNED_OFF = "never signed off", "无人签收";
    COUNTS_EXPLAINED =
        "Of the labels a device opened, Signed off are its own deliveries, Elsewhere those that another \
         device signed off, Never those that no device signed off. Far are openings more than 12 hours from the \
         sign-off. Over budget are attempts after the day's budget was spent; Refused, all other attempts \
         that showed nothing.",
        "所开面单中，「本机签收」由本机派件，「他机签收」由其他设备签收，「无人签收」至今未签收；「距签收逾 \
         12 小时」为与签收相隔 12 小时以上的打开；「超额」为当日额度用完后的尝试，「拒绝」为其余未显示内容\
         的尝试。";
    COUNTS = "Counts", "明细";
    SHARED_TITLE = "Labels that more than one device opened", "被多台设备打开的面单";
    SHARED_EXPLAINED =
        "A parcel that one courier hands to another is opened on two devices. Many such labels of one device \
         are unusual.",
        "包裹在快递员之间交接时会被打开两次；某台设备反复打开他人的面单则不正常。";
    UNDER_THE_LABELS_CODE = "Under the label's code", "面单码下方编号";
    OPENED_BY = "Opened by, and how often", "打开设备与次数";
    EN = "en", "zh";
    WHO_OPENED_WHICH_LABELS = "Who opened which labels", "面单打开情况";
    DEVICES = "devices", "台设备";
    SHIFT = "shift", "班次";
    TOO_FEW_DEVICES =
        "With fewer than three devices there is nothing to compare: look at the counts.",
        "不足三台设备，无从比较：请查看明细。";
    NO_DEVICE_STANDS_OUT = "No device stands out.", "没有异常设备。";
    RED_EXPLAINED =
        "A device named in red differs from the others: a reason to ask who held it, but no proof.",
        "名称为红色的设备与其他设备明显不同：应询问由谁使用，但不等于已证实违规。";
    UNUSUAL = "does not look like a courier's day:", "与快递员的日常不符：";
    FATES_TITLE = "Sign-offs of the labels that each device opened", "各设备所开面单的去向";
    FATES_EXPLAINED =
        "A courier signs off most of the labels that he opens. Many labels that others sign off, or nobody, \
         suggest look-ups.",
        "快递员打开的面单大多由其本人签收；由他人签收或无人签收的较多时，可能是在查询。";
    HOURS_TITLE = "When they were opened, by the hour", "打开时间（按小时）";
    HOURS_EXPLAINED = "Darker is more. The frame is the shift.", "颜色越深次数越多；方框内为班次时间。";
}

sentences! {
    doubled(operator, one, two, times, first) =
        "operator {operator} was at work on {one} and {two} at the same time, {times} times, first at {first}: ask who knows the PIN",
        "操作员 {operator} 同时在 {one} 和 {two} 上工作，共 {times} 次，首次为 {first}：请查问谁知道其 PIN";
    codes_said(right, wrong, none, unknown) =
        "delivery codes: {right} right, {wrong} wrong, {none} not given, {unknown} unknown",
        "签收码：正确 {right}，错误 {wrong}，未提供 {none}，无法判断 {unknown}";
    no_verdict(file, line) =
        "{file}, line {line}: not a verdict; give the file that `wayseal authority deliveries -o` wrote",
        "{file} 第 {line} 行：不是判定结果；请给出 `wayseal authority deliveries -o` 写出的文件";
    beyond_budget(labels, budget, from, until) =
        "{labels} labels opened between two hand-ins, where the budget is {budget}: {from} to {until}",
        "两次交班之间打开 {labels} 张面单，额度为 {budget}：{from} 至 {until}";
    foreign_heads(count) =
        "{count} signed heads on its log are not this auditor's; no budget counts anew from them",
        "日志中有 {count} 个链头并非本审计方所签；额度不从它们重新计算";
    without_budget(count) =
        "{count} devices are in no file of --devices: nothing to compare their openings with",
        "{count} 台设备不在 --devices 的文件中：其打开数无从比较";
    bad_devices(file, line) =
        "{file}, line {line}: a name in `to` and a number of labels in `budget`, or nothing for no limit",
        "{file} 第 {line} 行：`to` 列应为名称，`budget` 列应为件数，留空表示不限";
    no_budget_column(file) =
        "{file}: the first line names no columns `to` and `budget`; give the file of `authority grant --devices`",
        "{file}：第一行没有 `to` 和 `budget` 列；请给出 `authority grant --devices` 的文件";
    fewer_openings(more) = "and {more} more, fewer openings each", "另有 {more} 张，打开次数更少";
    where_usual(figure, own, usual) =
        "{figure}: {own}, where {usual} is usual",
        "{figure}：{own}，通常为 {usual}";
}

/// Column headings.
pub const TABLE_HEADS: [Bilingual; 11] = [
    Bilingual::new("DEVICE", "设备"),
    Bilingual::new("OPENED", "打开"),
    Bilingual::new("DAYS", "天数"),
    Bilingual::new("SIGNED", "签收"),
    Bilingual::new("ELSEWHERE", "他机签收"),
    Bilingual::new("NEVER", "未签收"),
    Bilingual::new("FAR", "远离签收"),
    Bilingual::new("OUTSIDE", "班外"),
    Bilingual::new("ENQUIRY", "查询"),
    Bilingual::new("BUDGET", "超额"),
    Bilingual::new("REFUSED", "拒绝"),
];

/// Column headings.
pub const PAGE_HEADS: [Bilingual; 11] = [
    Bilingual::new("Device", "设备"),
    Bilingual::new("Openings", "打开次数"),
    Bilingual::new("Days", "天数"),
    Bilingual::new("Signed off", "本机签收"),
    Bilingual::new("Elsewhere", "他机签收"),
    Bilingual::new("Never", "无人签收"),
    Bilingual::new("Far", "距签收逾 12 小时"),
    Bilingual::new("Outside shift", "班次外"),
    Bilingual::new("Enquiries", "查询"),
    Bilingual::new("Over budget", "超额"),
    Bilingual::new("Refused", "拒绝"),
];
