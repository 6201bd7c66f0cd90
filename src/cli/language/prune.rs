//! Texts of `wayseal authority prune`.

use super::text::texts;

texts! {
    OVER_SINCE = "expired since", "有效期止于";
    TO_ERASE = "to erase:", "将删除：";
    ERASED = "erased:", "已删除：";
    STILL_OF_USE = "still valid:", "仍有效：";
    NOT_OPENED = "not opened:", "未能打开：";
}
