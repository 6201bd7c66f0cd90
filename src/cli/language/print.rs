//! Texts of printers.

use super::text::{sentences, texts};

texts! {
    BROKE_OFF_AT_END =
        "the printer closed the connection after the last file; look which label came out last",
        "打印机在最后一个文件之后断开：请看最后打出的是哪一张";
    FILES_SENT = "files sent", "个文件已发送";
    NOT_A_PRINT_JOB =
        "neither ZPL nor TSPL, so that a printer would print it as text; make it with seal --format zpl or \
         tspl",
        "既不是 ZPL 也不是 TSPL，打印机会打出乱码：请用 seal --format zpl 或 tspl 生成";
    CHECK_PRINTER =
        "check that the printer is on, its address, and the permissions of the device",
        "请检查打印机是否开机及其地址，或设备文件的权限";
    FONT_DAMAGED = "the embedded font is damaged", "内置字库已损坏";
    TEST_LABEL_SENT = "test label sent", "测试面单已发送";
    CANNOT_WRITE_STDOUT = "cannot write to standard output", "无法写入标准输出";
}

sentences! {
    sent_whole(next) = "files were sent whole; {next} may be incomplete", "个文件已完整发送，{next} 未完整发送";
}
