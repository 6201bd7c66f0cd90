//! Texts of erasing grants.

use super::text::texts;

texts! {
    OVER_SINCE = "over since", "有效期止于";
    TO_ERASE = "to erase:", "将删除：";
    ERASED = "erased:", "已删除：";
    STILL_OF_USE = "still of use:", "仍有效：";
    NOT_OPENED = "not opened:", "未能打开：";
}
