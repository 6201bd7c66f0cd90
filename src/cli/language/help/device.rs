//! Options of commands that open labels, keep a device, and check its log.

use super::table::Table;

pub(super) const TEXTS: &Table = &[
    (
        "The device's state folder; once for each carrier that is served here",
        "设备的状态文件夹；在此服务的每个承运方各给一次",
    ),
    ("The device's state folder", "设备的状态文件夹"),
    ("Seconds after which a record is hidden", "记录隐藏前的秒数"),
    ("Answer each line with a JSON object", "每行以一个 JSON 对象应答"),
    ("Ask for the recipient's delivery code at each sign-off", "每次签收时询问收件人的签收码"),
    (
        "Set up a device: start its log, and pin the auditor and the authority",
        "设置设备：开始日志，固定审计方与授权机构",
    ),
    ("Make the depot's secret key, with which devices lock their keys", "生成网点的私钥，设备用它锁存密钥"),
    (
        "Scan the day's parcels at the depot, then lock the keys of stations",
        "在网点扫描当日包裹，然后锁存网点密钥",
    ),
    (
        "Back at the depot: unlock the keys of stations, and erase the day's",
        "回到网点：恢复网点密钥，销毁当日密钥",
    ),
    ("The file that `wayseal log enrol` made", "`wayseal log enrol` 生成的登记文件"),
    ("The file of the secret key; it stays at the depot", "私钥文件；留在网点"),
    (
        "Pictures of labels, folders of them, or - for lines of a wedge scanner on standard input",
        "面单图片、其文件夹，或 -（标准输入中扫描枪的各行）",
    ),
    (
        "The depot's age recipient, as `wayseal courier depot` printed it",
        "网点的 age 收件公钥，由 `wayseal courier depot` 打印",
    ),
    ("The depot's secret key", "网点的私钥"),
    ("Pictures of labels, folders of them, or - for standard input", "面单图片、其文件夹，或 -（标准输入）"),
    (
        "Standard input is a video, JPEG after JPEG, as `ffmpeg -f v4l2 -i /dev/video0 -c copy -f mjpeg -` writes it",
        "标准输入为视频，逐帧 JPEG，如 `ffmpeg -f v4l2 -i /dev/video0 -c copy -f mjpeg -` 所写",
    ),
    (
        "A device's state folder: grants, log, budget; once for each carrier that is served here",
        "设备的状态文件夹：授权、日志、额度；在此服务的每个承运方各给一次",
    ),
    (
        "What the labels are opened for: deliver, return, relabel, enquiry",
        "打开面单的用途：deliver、return、relabel、enquiry",
    ),
    ("A scanner's grant, without a log", "扫描授权，不记日志"),
    ("The authority's public key", "授权机构的公钥"),
    ("The identity that opens a grant sealed to this device", "打开本设备授权所用的身份文件"),
    ("The identity that opens grants sealed to a device", "打开设备授权所用的身份文件"),
    ("The identity that opens a grant sealed to a device", "打开设备授权所用的身份文件"),
    (
        "The sections to open: held is what the grant opens; a tier that the grant lacks is refused",
        "要打开的部分：held 为授权所能打开的；授权没有的层级则拒绝",
    ),
    ("Print JSON lines", "逐行输出 JSON"),
    ("Print JSON", "输出 JSON"),
    (
        "The day of scanning, such as 2026-11-24; today if not given",
        "扫描日期，如 2026-11-24；未给出则为今天",
    ),
    (
        "The day to which a label's nine-bit day is resolved, such as 2026-11-24; today if not given",
        "解读面单上九位日期所依的日期，如 2026-11-24；未给出则为今天",
    ),
    (
        "Make the device's identity and its empty state, and print its age recipient",
        "生成设备的身份和空状态，并打印其 age 收件公钥",
    ),
    ("Take grants and revocation lists", "接收授权和吊销名单"),
    ("Print what the device holds, without keys", "显示设备所持内容，不含密钥"),
    ("The device's folder", "设备的文件夹"),
    ("The device's name, as its grants have it", "设备名，与其授权一致"),
    ("The authority's public key, which the device pins", "设备所固定的授权机构公钥"),
    (
        "Put the identity under a passphrase, which every use of the device then asks for",
        "用口令保护身份文件，之后每次使用设备都需输入",
    ),
    ("Grants and revocation lists", "授权和吊销名单"),
    (
        "Make the auditor's key, which checks logs and opens no label",
        "生成审计方密钥：核对日志，不能打开面单",
    ),
    ("Make a device's enrolment file, which starts its log", "生成设备的登记文件，其日志由此开始"),
    ("Auditor: a challenge for a device's hand-in, used once", "审计方：为设备交班生成质询码，只用一次"),
    (
        "Device: answer a challenge, and put answer and log in one file",
        "设备：应答质询码，将应答与日志写入一个文件",
    ),
    (
        "Auditor: check what was handed in, sign its head, and release the next keys",
        "审计方：核对所交日志，签署链头，放行下一批密钥",
    ),
    ("Device: take a signed head, and the keys that came with it", "设备：接收签名的链头及随附密钥"),
    (
        "Auditor: check that a log is as the device wrote it, and name the entries that are not",
        "审计方：核对日志与设备所写一致，并指出不一致的条目",
    ),
    (
        "Auditor: report what all devices did, as a table, JSON, or a page with charts",
        "审计方：汇总各设备的操作，输出表格、JSON 或带图网页",
    ),
    ("The auditor's folder", "审计方的文件夹"),
    (
        "Put the key under a passphrase, which every later step of the auditor asks for",
        "用口令保护密钥，之后审计方每一步都需输入",
    ),
    (
        "The device's name, as its grants have it: letters, digits, `.`, `_` and `-`",
        "设备名，与其授权一致：字母、数字、`.`、`_` 和 `-`",
    ),
    ("The authority's public key, which the device will pin", "设备将固定的授权机构公钥"),
    ("The enrolment file; a secret until the device is set up", "登记文件；设备设置完成前须保密"),
    ("The device's name", "设备名"),
    ("The auditor's challenge", "审计方的质询码"),
    ("The file to hand in", "交班文件"),
    ("What the device handed in", "设备所交的文件"),
    (
        "The log before this one, whose key was lost with the key store's: asked for with the first hand-in of the log that names it",
        "本日志之前的日志（其密钥随系统密钥库丢失）：新日志首次交班时需一并给出",
    ),
    (
        "The next grant, released with the head and only then; sealed to the device, the auditor cannot read it",
        "下一份授权，随链头放行；已加密给设备，审计方无法读取",
    ),
    ("The folder for the device's inbox: the head, and the keys", "放入设备收件箱的文件夹：链头与密钥"),
    ("The head, and the grant if one was released", "链头，以及放行的授权（如有）"),
    ("Logs, or what was handed in", "日志，或所交的文件"),
    ("The hours of work", "工作时间"),
    (
        "A file of decoys, whose openings are named; may be given more than once",
        "诱饵面单文件，其打开会被指出；可多次给出",
    ),
    (
        "The identity that opens files of decoys which are sealed to age recipients",
        "打开加密给 age 收件公钥的诱饵文件所用的身份文件",
    ),
    ("Offset of local time from UTC", "当地时间与 UTC 的差"),
    ("Write a page with charts, one file that loads nothing else", "写出带图网页：单个文件，不加载其他内容"),
    ("Write the code into a PNG to print, not to the terminal", "将测试码写入 PNG 供打印，不显示在终端"),
    (
        "Do not draw; read a scanned line from standard input and say what the scanner is set to",
        "不画码；从标准输入读取一行扫描内容，说明扫描枪的设置",
    ),
    (
        "Count what `authority deliveries -o FILE` said of the delivery codes",
        "统计 `authority deliveries -o 文件` 对签收码的核对结果",
    ),
    (
        "The state folder of the desk's device, with a grant of the role desk and a sealer's",
        "柜台设备的状态文件夹，其中有柜台授权和打单授权",
    ),
    (
        "Print each label at once, on the printer that `print --to` takes",
        "立即打印每张面单；打印机写法同 `print --to`",
    ),
    ("Write each label into this folder, by its waybill number", "将每张面单按运单号写入此文件夹"),
    (
        "The format; zpl for a printer and png for a folder if not given",
        "格式；未给出则打印机为 zpl，文件夹为 png",
    ),
    ("The template of the labels", "面单的模板"),
    ("The goods, as printed on each label; none if not given", "每张面单上印出的物品；未给出则无"),
    (
        "A remark for the carrier, as printed on each label; none if not given",
        "每张面单上印出的给承运方的备注；未给出则无",
    ),
    (
        "Print nothing of an address but its division, as on labels of discreet orders: the old label does not say which it was",
        "地址只印行政区划，如保密订单的面单：旧面单看不出是否保密",
    ),
    ("The station to which the parcels go", "包裹发往的网点"),
    ("The station to which all parcels go", "所有包裹发往的网点"),
    (
        "A CSV file of places by sealer and range of waybill numbers: station, and as needed sealer, from, until, name, phone, province, city, district, detail; the first line that fits is taken",
        "按打单方和运单号段给出退回地点的 CSV 文件：station，以及按需的 sealer、from、until、name、phone、province、city、district、detail；取第一条相符的行",
    ),
    ("Begin an operator's shift with number and PIN, or end it", "用工号和 PIN 开始班次，或结束班次"),
    ("The operator's number", "操作员工号"),
    ("End the shift", "结束班次"),
    (
        "Auditor: give an operator a PIN, or remove one; the list goes into devices' inboxes",
        "审计方：为操作员设置 PIN 或移除操作员；名单放入设备收件箱",
    ),
    ("Remove the operator from the list", "从名单中移除该操作员"),
    ("A file that holds the PIN; else the terminal", "存放 PIN 的文件；否则由终端输入"),
    ("An open file descriptor to read the PIN from", "读取 PIN 的已打开文件描述符"),
];
