//! Texts of work at the depot.

use super::text::texts;

texts! {
    THE_DEVICE_HAS_BEGUN_IN = "The device has begun in", "设备已建立于";
    ERASE_THE_ENROLMENT_FILE_NOW = "Erase the enrolment file now; put grants into its inbox/.", "请立即销毁登记文件；授权文件放入 inbox/。";
    PARCELS_LOADED_THE_KEYS_OF = "parcels loaded; the keys of stations are locked away", "件已装车；网点密钥已锁存";
    THE_KEYS_OF_STATIONS_ARE = "The keys of stations are back; the day's are erased.", "网点密钥已恢复；当日密钥已销毁。";
}
