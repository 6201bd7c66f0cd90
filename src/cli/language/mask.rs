//! Texts of `wayseal mask`.

use super::text::texts;

texts! {
    WAYBILL = "waybill", "运单";
}
