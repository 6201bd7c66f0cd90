//! Texts of the manual pages.

use super::text::sentences;

sentences! {
    written(folder) =
        "Manual pages in {folder}; read one with: man -l {folder}/wayseal.1",
        "手册页已写入 {folder}；查看：man -l {folder}/wayseal.1";
    not_written(folder, error) =
        "cannot write manual pages to {folder}: {error}",
        "无法将手册页写入 {folder}：{error}";
}
