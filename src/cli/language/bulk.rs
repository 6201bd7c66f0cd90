//! Texts of `wayseal authority grant --devices`.

use super::text::texts;

texts! {
    NO_ROLE =
        "name a role, or a file of devices with --devices; see --help",
        "请写明角色，或用 --devices 给出设备文件；见 --help";
    LINE = "line", "行";
    GRANTS_MADE = "grants made", "新签发";
    THERE_BEFORE = "existing", "已有";
    FAILED = "failed", "失败";
    NO_COLUMN = "no column", "没有该列";
    THEY_ARE = "they are", "可用的列：";
    NO_COLUMN_TO = "the first line names no column `to`", "第一行没有 `to` 列";
    BAD_NAME =
        "to: a name of letters, digits and ._-@+, 64 bytes at most",
        "to：只能由文字、数字和 ._-@+ 组成，最多 64 字节";
    IS_THERE_TWICE = "is a duplicate", "重复";
    BAD_ROLE =
        "role: not sealer, scanner, region, relay, desk or pass",
        "role：不是 sealer、scanner、region、relay、desk 或 pass";
    STATIONS_OR_REGIONS =
        "a desk has stations, or with --beyond-limits regions in their place; not both",
        "desk 写 stations，或加 --beyond-limits 以 regions 代替；不能并写";
    NO_LABELS = "labels: a pass names its labels in a file, a text a line", "labels：通行授权须给出面单文本的文件，每行一条";
    BAD_BUDGET = "budget: not a number of labels", "budget：不是件数";
}
