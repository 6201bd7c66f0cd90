//! Texts of work at the depot.

use super::text::{sentences, texts};

texts! {
    DEVICE_BEGUN = "The device is set up in", "设备已建立于";
    AFTER_ENROLMENT =
        "Erase the enrolment file now; put grants into its inbox/.",
        "请立即销毁登记文件；授权文件放入 inbox/。";
    LOADED = "parcels loaded; the keys of stations are locked", "件已装车；网点密钥已锁存";
    UNLOCKED = "The keys of stations are unlocked; the day's keys are erased.", "网点密钥已恢复；当日密钥已销毁。";
    NO_DEPOT_RECIPIENT =
        "--depot is not an age recipient; `wayseal courier depot` prints it",
        "--depot 不是 age 接收方：`wayseal courier depot` 会打印它";
}

sentences! {
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
