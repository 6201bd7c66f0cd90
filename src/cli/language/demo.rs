//! Texts of the demonstration.

use super::text::texts;

texts! {
    STEP_1_AUTHORITY =
        "1  The authority holds the root and grants keys.",
        "一、授权机构保管根密钥，发放授权。";
    STEP_2_SEALED = "2  The print station sealed", "二、打单方封装了";
    ORDERS_INTO_LABELS = "orders into labels.", "张面单。";
    STEP_3_PRINTED = "3  What is printed of the first recipient:", "三、第一张面单上印出的收件人：";
    STEP_4_READABLE = "4  What anyone can read from its code:", "四、任何人从二维码能读到的：";
    STATION = "station", "网点";
    BYTES_THE_REST_SEALED = "bytes, the rest sealed", "字节，其余为密文";
    STEP_5_COURIER = "5  What the courier of", "五、";
    READS = " reads:", " 的快递员读到的：";
    STEP_6_OTHER_COURIER = "6  What the courier of", "六、";
    GETS = " gets:", " 的快递员得到的：";
    NOT_READ_BACK = "could not be read back", "未能读回";
    LOOK_AT = "Look at", "请看";
    SAMPLE_DAMAGED =
        "the sample orders or stations of this program give no label; report it",
        "程序内置的示例订单或网点无法生成面单：请报告此问题";
    OTHER_STATION_OPENED =
        "the keys of another station opened the label; report it, and do not use this program",
        "其他网点的密钥打开了面单：请报告此问题，并停用本程序";
}
