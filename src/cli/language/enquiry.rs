//! Texts of enquiries and decoys.

use super::text::{sentences, texts};

texts! {
    ONE_LABEL =
        "an enquiry opens one label: give the text of one code, WS1:…",
        "一次查询只打开一张面单：请给出一个二维码的内容，WS1:…";
    TWO_OFFICERS =
        "one person alone opens no label here: give two officers' shares with --share, or keep the root in two officers' tokens",
        "不能由一人打开面单：请用 --share 给出两位保管人的份额，或将根密钥放在两位保管人的令牌中";
    OTHER_SHARES =
        "the shares are another authority's: give those of this folder's authority",
        "份额属于另一个授权机构：请给出本文件夹授权机构的份额";
    SENDER = "from", "寄件人";
    NO_DECOYS =
        "no label was read; name pictures of labels, or texts of their codes",
        "没有读到面单：请给出面单图片或二维码内容";
    DECOY_OPENED = "DECOY OPENED", "打开了诱饵面单";
}

sentences! {
    on_the_log(number) =
        "enquiry {number} is on the log: write the number into the case's file",
        "已记入查询日志，编号 {number}：请写入案卷";
    enquiry(number, time, handle, outcome, officers, case) =
        "{number}  {time} UTC  {handle}  {outcome}  {officers}  {case}",
        "{number}  {time} UTC  {handle}  {outcome}  {officers}  {case}";
    enquiries(count) =
        "{count} enquiries, each as the authority signed it; compare the last number with the cases' files",
        "共 {count} 次查询，均与授权机构所签一致：请与案卷中的最后编号核对";
    decoys_exist(file) =
        "{file} exists already; choose another file: reports take several",
        "{file} 已存在：请另选文件，报告可用多个";
    decoys_kept(file, count, unread) =
        "{file}: {count} decoys, {unread} labels not read; give the file to the auditor alone",
        "{file}：{count} 张诱饵面单，{unread} 张未读出；文件只交给审计方";
    opened_by(device, time, waybill, purpose) =
        "{device} opened {waybill} at {time}, {purpose}: nobody lives there; ask who held the device",
        "{device} 于 {time} 打开 {waybill}（{purpose}）：并无此人，请询问当时由谁持有设备";
    decoys_counted(openings, decoys) =
        "{openings} openings of {decoys} decoys",
        "{decoys} 张诱饵面单被打开 {openings} 次";
}
