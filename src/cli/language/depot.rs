//! Texts of work at the depot.

use super::text::texts;

texts! {
    DEVICE_BEGUN = "The device has begun in", "设备已建立于";
    AFTER_ENROLMENT =
        "Erase the enrolment file now; put grants into its inbox/.",
        "请立即销毁登记文件；授权文件放入 inbox/。";
    LOADED = "parcels loaded; the keys of stations are locked away", "件已装车；网点密钥已锁存";
    UNLOCKED = "The keys of stations are back; the day's are erased.", "网点密钥已恢复；当日密钥已销毁。";
}
