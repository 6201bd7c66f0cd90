//! Texts of `wayseal mask`.

use super::text::texts;

texts! {
    LINE = "line", "行";
    WAYBILL = "waybill", "运单";
}
