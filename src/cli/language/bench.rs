//! Texts of `wayseal bench`.

use super::text::texts;

texts! {
    PAYLOAD_ALONE = "payload alone", "仅二维码内容";
    PRINTERS_OWN_CODES = "printer's own codes", "打印机自绘码";
    USUAL_WAY_PNG = "usual libraries, PNG", "常用库（PNG）";
    SECONDS_RANGE = "--seconds is from 0.05 to 60", "--seconds 应在 0.05 到 60 之间";
    THREADS_LABELS_S_LOGARITHMIC = "threads; labels/s, logarithmic", "线程；张/秒，对数刻度";
    NATIONAL_PEAK = "national peak", "全国峰值";
    LABELS_S = "labels/s", "张/秒";
    NATIONAL_PEAK_ROW = "national peak, 777 M a day", "全国峰值（日 7.77 亿件）";
    ONE_SEAL = "one seal", "加密一条";
    ONE_OPENING = "one opening", "解密一条";
}
