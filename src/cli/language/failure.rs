//! Texts of failures that several commands share.

use super::text::{sentences, texts};

texts! {
    STANDARD_OUTPUT = "the standard output", "标准输出";
    STANDARD_INPUT = "the standard input", "标准输入";
    NO_PICTURES =
        "no pictures found; name PNG, JPEG, WebP, TIFF or BMP files",
        "没有图片：请给出 PNG、JPEG、WebP、TIFF 或 BMP 文件";
    NO_RANDOM_BYTES = "the operating system gave no random bytes", "操作系统未提供随机数";
}

sentences! {
    cannot_make_folder(folder, error) =
        "cannot make the folder {folder}: {error}",
        "无法建立文件夹 {folder}：{error}";
    cannot_read(name, error) = "cannot read {name}: {error}", "无法读取 {name}：{error}";
    cannot_write(name, error) = "cannot write {name}: {error}", "无法写入 {name}：{error}";
    no_ctrl_c(error) = "cannot listen for Ctrl-C: {error}", "无法接收 Ctrl-C：{error}";
    no_station(code) =
        "no station {code} in the file of stations; check the code, or give another --stations file",
        "网点文件中没有网点 {code}：请检查代码，或用 --stations 给出其他文件";
}
