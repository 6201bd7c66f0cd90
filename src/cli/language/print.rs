//! Texts of printers.

use super::text::texts;

texts! {
    NOT_A_PRINT_JOB =
        "neither ZPL nor TSPL, so that a printer would print it as text; make it with seal --format zpl or \
         tspl",
        "既不是 ZPL 也不是 TSPL，打印机会打出乱码：请用 seal --format zpl 或 tspl 生成";
    FONT_DAMAGED = "the embedded font is damaged", "内置字库已损坏";
    TEST_LABEL_SENT = "test label sent", "测试面单已发送";
    CANNOT_WRITE_STDOUT = "cannot write to standard output", "无法写入标准输出";
}
