//! Options of the authority's commands.

use super::table::Table;

pub(super) const TEXTS: &Table = &[
    (
        "Make the root and the signing keys, sealed under a passphrase or to age recipients",
        "生成根密钥和签名密钥，用口令或 age 收件公钥加密",
    ),
    ("Make a grant, or with --devices those of many devices", "签发一份授权，或用 --devices 为多台设备签发"),
    ("Print a grant without its keys", "显示授权，不含密钥"),
    ("Revoke sealers and scanners: the next revocation list", "吊销打单方和扫描设备：签发下一份吊销名单"),
    ("Find the labels of a sample that no sealer made", "在抽样中找出并非打单方所做的面单"),
    ("Erase expired grants", "删除过期授权"),
    (
        "Add a new root and make grants from it; the old one stays until `retire`",
        "增加新根密钥并由其签发授权；旧根密钥保留到 `retire`",
    ),
    ("Erase all roots but the newest, at the end of a change-over", "换代结束时删除除最新以外的根密钥"),
    ("Back up the authority in shares, or restore it", "将授权机构备份为若干份额，或由份额恢复"),
    ("The authority's folder", "授权机构的文件夹"),
    (
        "An identity to open an authority that is sealed to age recipients",
        "打开加密给 age 收件公钥的授权机构所用的身份文件",
    ),
    (
        "Pictures of labels, folders of them, or texts of codes: .txt, .jsonl of `inspect --json`, - for these on standard \
         input",
        "面单图片、其文件夹，或码的文本：.txt、`inspect --json` 的 .jsonl，- 为标准输入",
    ),
    (
        "The tenants of a service that seals for many: a number on each line, and its name after a comma. The one whose salt \
         fits is named",
        "为多方打单的服务的租户：每行一个编号，逗号后为名称。报出盐相符的租户",
    ),
    (
        "The day of the audit, such as 2026-11-24; today if not given",
        "审计日期，如 2026-11-24；未给出则为今天",
    ),
    (
        "A CSV file of devices: to, and as needed role, stations, regions, tiers, id, labels, device, budget, reopen, \
         after_delivery; lists with ;",
        "设备的 CSV 文件：to，以及按需的 role、stations、regions、tiers、id、labels、device、budget、reopen、after_delivery；\
         多个值以 ; 分隔",
    ),
    (
        "The folder of the grants; the same command resumes a run that was stopped",
        "授权的文件夹；重复同一命令可继续已停止的签发",
    ),
    ("The file of stations", "网点文件"),
    (
        "Today, or for a sealer the first day, such as 2026-11-24",
        "今天的日期；打单授权则为首日，如 2026-11-24",
    ),
    ("Days; the most that each role may hold if not given", "天数；未给出则为各角色的上限"),
    ("Days; the most that the role may hold if not given", "天数；未给出则为该角色的上限"),
    (
        "Let scanners and desks give no passes of labels that they open",
        "不允许派件设备与改单台为其可打开的面单出具通行授权",
    ),
    (
        "Add to the keys that the devices hold, one day if --days is not given",
        "在设备原有密钥上增加；未给 --days 则为一天",
    ),
    ("Make grants that exceed the limits of their roles", "签发超出角色限制的授权"),
    ("For a print station: today and the days after, three at most", "打单站：今天及以后，最多三天"),
    (
        "For a courier's handheld: today and the days before, fourteen at most",
        "快递员手持终端：今天及以前，最多十四天",
    ),
    (
        "For a hub: every station of its regions, two days at most and one tier",
        "中转场：其区域的所有网点，最多两天，一个层级",
    ),
    (
        "For a service that calls recipients for the courier: contact keys, fourteen days at most",
        "代快递员拨打电话的服务：联系密钥，最多十四天",
    ),
    (
        "For a desk that relabels and returns: both tiers of its stations, fourteen days at most",
        "换单与退件柜台：其网点的两个层级，最多十四天",
    ),
    (
        "One day's keys, to make that day's grants with the root offline; its budget and purposes are their ceilings",
        "一天的密钥，根密钥离线时用于签发当日授权；其额度与用途为所签授权的上限",
    ),
    (
        "For a region's office: keys of its regions, to make grants of scanners there; its budget and purposes are their \
         ceilings",
        "区域办公室：其区域的密钥，用于签发当地扫描授权；其额度与用途为所签授权的上限",
    ),
    (
        "For one device: the keys of named labels, 200 at most, of any day",
        "一台设备：指定面单的密钥，最多 200 张，日期不限",
    ),
    (
        "For a duty officer: a key that adds to the revocation list, and nothing else",
        "值班员：只能追加吊销名单的密钥",
    ),
    (
        "The device or person; the role, with the sealer's number, if not given",
        "设备或人员；未给出则为角色（打单方另加编号）",
    ),
    ("Labels that may be opened in a shift; no limit if not given", "每班可打开的面单数；未给出则不限"),
    (
        "What labels may be opened for: deliver, return, relabel, enquiry, call",
        "打开面单的用途：deliver、return、relabel、enquiry、call",
    ),
    (
        "A label opened before: allow (not counted in the budget), count, or refuse; count if not given",
        "再次打开面单：allow（不计额度）、count（计额度）或 refuse（拒绝）；未给出则为 count",
    ),
    (
        "A label signed off: allow, count, or refuse; if not given, refused for delivery, otherwise as --reopen says",
        "已签收的面单：allow、count 或 refuse；未给出则派件用途拒绝，其余依 --reopen",
    ),
    (
        "The device's age recipient, to seal the grant to it; otherwise the file is plain",
        "设备的 age 收件公钥，授权将加密给它；否则文件为明文",
    ),
    (
        "The least number of the revocation list that the device must hold; the newest if not given",
        "设备至少须持有的吊销名单号；未给出则为最新",
    ),
    (
        "Add to the keys that the device holds, one day if --days is not given; otherwise the grant replaces them",
        "在设备原有密钥上增加，未给 --days 则为一天；否则授权替换原有密钥",
    ),
    (
        "Let a scanner or a desk give no passes of labels that it opens",
        "不让扫描端或改单台为其能打开的面单出具通行授权",
    ),
    ("Make the grant even if it exceeds the limits of its role", "即使超出角色限制也签发"),
    ("The grant's file", "授权文件"),
    ("The sealer's number, 0 to 16777215", "打单方编号，0 至 16777215"),
    (
        "The stations it sends to: a CSV file of code, region, site",
        "其可发往的网点：含 code、region、site 的 CSV 文件",
    ),
    ("Codes of its stations", "其网点的代码"),
    ("What it may open: delivery, contact", "可打开的部分：delivery、contact"),
    ("Numbers of its regions, 0 to 4095", "其区域的编号，0 至 4095"),
    ("What it may open: delivery or contact", "可打开的部分：delivery 或 contact"),
    ("Codes of the stations that it calls for", "其代拨电话的网点代码"),
    ("Codes of the stations that it serves", "其服务的网点代码"),
    (
        "In place of stations whole regions, 0 to 4095: seven days at most, and with --beyond-limits alone",
        "以整个区域代替网点，0 至 4095：最多七天，且须加 --beyond-limits",
    ),
    ("What its scanners may open: delivery, contact", "其扫描设备可打开的部分：delivery、contact"),
    ("A file of the labels' texts, one a line", "面单文本的文件，每行一个"),
    ("Grants, or folders of them", "授权，或其文件夹"),
    ("List what would be erased, and erase nothing", "只列出将删除的，不删除"),
    ("Numbers of sealers", "打单方编号"),
    (
        "Names in grants, or age recipients, of scanners and other holders",
        "扫描设备等持有者的名称（同授权）或 age 收件公钥",
    ),
    ("Names of issuers and of stop keys, as in their grants", "签发方和停用密钥的名称，同其授权"),
    (
        "The first day that is not trusted; a thief can date back, so choose an early one. Today if not given",
        "不再信任的首日；盗用者可倒填日期，宜取早。未给出则为今天",
    ),
    (
        "A CSV file: sealer, scanner or issuer; number or name;, first day not trusted; a header line is skipped",
        "CSV 文件：sealer、scanner 或 issuer，编号或名称，不再信任的首日；表头行跳过",
    ),
    (
        "The newest list is lost everywhere: sign one that names only what is named here",
        "最新名单已全部丢失：签发只含此处所列的名单",
    ),
    (
        "The last day on which the list is good; thirteen days from today if not given",
        "名单有效的最后一天；未给出则为十三天后",
    ),
    (
        "Add to the list with this stop key's grant, without the root: a file that devices take beside the list",
        "用停用密钥的授权追加名单，无需根密钥：设备在名单之外另收此文件",
    ),
    ("The file of what a stop key adds", "停用密钥所追加内容的文件"),
    ("Print the list, and make no new one", "显示名单，不签发新名单"),
    (
        "The authority's public key, to check the list or the stop key's grant with",
        "授权机构的公钥，用于核对名单或停用密钥的授权",
    ),
    (
        "Seal it to this age recipient instead of a passphrase; may be given more than once",
        "加密给此 age 收件公钥，不用口令；可多次给出",
    ),
    ("The number of the root; its lowest bit is in every label", "根密钥代的编号；其最低位在每张面单中"),
    (
        "Seal it to this age recipient; may be given more than once. Those of before if not given",
        "加密给此 age 收件公钥；可多次给出。未给出则沿用原有的",
    ),
    ("Days for which labels are kept for returns and enquiries", "面单为退件与查询保留的天数"),
    ("Erase the roots although such labels need them", "即使此类面单仍需要，也删除根密钥"),
    (
        "Write one share to each file, some of which are enough to restore the authority",
        "每个文件写一份额，凑足若干份即可恢复授权机构",
    ),
    ("Restore the authority from shares into a new folder", "由份额将授权机构恢复到新文件夹"),
    ("How many are needed to restore it", "恢复所需的份数"),
    ("A file for each share, best on media of different people", "每份额一个文件，最好在不同人的介质上"),
    (
        "The newest revocation list that was signed, from a device's station or a backup",
        "最近签发的吊销名单，来自设备所在网点或备份",
    ),
    ("No revocation list was ever signed", "从未签发过吊销名单"),
    ("The shares", "份额文件"),
    (
        "Open one label for an enquiry, by two officers and on a log",
        "为查询打开一张面单：两名负责人共同进行，并记入日志",
    ),
    ("Check and print the log of enquiries", "核对并显示查询日志"),
    (
        "Keep the handles of decoys in a sealed file, for reports on logs",
        "将诱饵面单的编号存入加密文件，供日志报告使用",
    ),
    ("Sign the file of stations, so that a changed one is refused", "签署网点文件，使改动过的文件被拒"),
    (
        "The decoys' labels: pictures, folders of them, or texts of codes: .txt, .jsonl of payloads, - for these on standard \
         input",
        "诱饵面单：图片、其文件夹，或码的文本：.txt、载荷的 .jsonl，- 为标准输入",
    ),
    (
        "Seal the file to this age recipient instead of a passphrase; may be given more than once",
        "将文件加密给此 age 收件公钥，不用口令；可多次给出",
    ),
    ("The sealed file of their handles", "其编号的加密文件"),
    (
        "The text of the label's code, WS1:…; - reads it from the standard input",
        "面单码的文本，WS1:…；- 从标准输入读取",
    ),
    (
        "What it is opened for, in one line: it is written to the log of enquiries",
        "打开的缘由，一行：将记入查询日志",
    ),
    (
        "An officer's share of the backup; as many as restore it. Without shares the root must be in two officers' tokens",
        "负责人所持的备份份额；须凑足恢复所需份数。没有份额时，根密钥须在两名负责人的令牌中",
    ),
    (
        "Let sealers seal only by a file of stations that the authority signed, as this one or later",
        "打单方只可按授权机构签署的网点文件打单，不早于此份",
    ),
    (
        "Let it seal only by a file of stations that the authority signed, as this one or later",
        "只可按授权机构签署的网点文件打单，不早于此份",
    ),
    (
        "The file of stations; the usual one if not given. The points.csv beside it is signed too",
        "网点文件；未给出则为通常的文件。旁边的 points.csv 一并签署",
    ),
    ("Use a day issuer's grant instead of the root", "用当日签发方的授权代替根密钥"),
    ("The authority's public key, to check a day issuer's grant", "授权机构的公钥，用于核对当日签发方的授权"),
    (
        "The root to use, during a change-over; the newest if not given",
        "换代期间所用的根密钥；未给出则为最新",
    ),
    (
        "A file that holds the passphrase; else WAYSEAL_PASSPHRASE, else the terminal",
        "存放口令的文件；否则 WAYSEAL_PASSPHRASE，再否则由终端输入",
    ),
    ("An open file descriptor to read the passphrase from", "读取口令的已打开文件描述符"),
    (
        "Judge the delivery codes of sign-offs: right, wrong, not given, or of an unknown first label",
        "核对签收时的签收码：正确、错误、未给出，或首张面单不明",
    ),
    ("The auditor's folder, whose key checks the logs", "审计方的文件夹，用其密钥核对日志"),
    (
        "Sealers that only replace labels, so that a label of theirs is never a parcel's first: a number, or a range such as 900-919; may be repeated",
        "只换单的打单方，其面单不会是包裹的首张：编号，或如 900-919 的范围；可多次给出",
    ),
    (
        "The day of the judgement, such as 2026-11-24; today if not given",
        "核对日期，如 2026-11-24；未给出则为今天",
    ),
    (
        "Write a JSON line for each sign-off, which `log report --deliveries` counts",
        "每次签收写一行 JSON，供 `log report --deliveries` 统计",
    ),
    ("Print a JSON line for each sign-off", "每次签收输出一行 JSON"),
];

/// Options of tokens, which the command has with the feature `hsm` alone.
pub(super) const TOKEN: &Table = if cfg!(feature = "hsm") {
    &[
        (
            "Make the root in the PKCS #11 token of this label, which never exports it; given twice, in two tokens that must both \
         take part",
            "在此标签的 PKCS #11 令牌中生成根密钥，永不导出；给出两次则为须同时参与的两个令牌",
        ),
        ("The PKCS #11 module of the token that holds the root", "存放根密钥的令牌的 PKCS #11 模块"),
        (
            "A file that holds the token's PIN, given twice for two tokens; else WAYSEAL_PIN, else the terminal",
            "存放令牌 PIN 的文件，两个令牌则给出两次；否则 WAYSEAL_PIN，再否则由终端输入",
        ),
    ]
} else {
    &[]
};
