//! Texts of work at the depot.

use super::text::{sentences, texts};

texts! {
    DEVICE_BEGUN = "The device is set up in", "设备已建立于";
    AFTER_ENROLMENT =
        "Erase the enrolment file now; put grants into its inbox/.",
        "请立即销毁登记文件；授权文件放入 inbox/。";
    LOADED = "parcels loaded; the keys of stations are locked", "件已装车；网点密钥已锁存";
    UNLOCKED = "The keys of stations are unlocked; the day's keys are erased.", "网点密钥已恢复；当日密钥已销毁。";
    SHIFT_ENDED = "The shift is ended", "班次已结束";
    NO_SHIFT_TO_END = "No shift is going on", "当前没有班次";
    NO_OPERATORS =
        "the device knows no operators: put the auditor's list of operators into its inbox",
        "设备没有操作员名单：请将审计方的名单放入 inbox/";
    PINS_SPENT =
        "five PINs were wrong: no shift begins until the log is handed in",
        "PIN 已错五次：交班之前不能开始班次";
    NO_DEPOT_RECIPIENT =
        "--depot is not an age recipient; `wayseal courier depot` prints it",
        "--depot 不是 age 接收方：`wayseal courier depot` 会打印它";
}

sentences! {
    shift_begun(operator) =
        "The shift of operator {operator} has begun; it ends after sixteen hours, or with --end",
        "操作员 {operator} 的班次已开始：十六小时后结束，或用 --end 结束";
    wrong_pin(left) =
        "number and PIN do not belong together; {left} attempts are left",
        "编号与 PIN 不符：还可尝试 {left} 次";
    no_enrolment(file) =
        "{file}: not an enrolment file, or changed on the way (its check sum is wrong); make one with `wayseal log enrol`",
        "{file}：不是登记文件，或在传送中被改动（校验和不符）；请用 `wayseal log enrol` 生成";
    depot_key_exists(file) =
        "{file} exists already and devices may be locked with it; choose another file",
        "{file} 已存在，可能有设备用它锁存密钥；请另选文件";
    not_a_depot_key(file) =
        "{file}: not a depot's secret key; give the file that `wayseal courier depot` wrote",
        "{file}：不是网点的私钥；请给出 `wayseal courier depot` 写入的文件";
}
