//! What people should know of labels that were made, counted at the end of a batch.

use super::Language;
use super::text::sentences;
use wayseal::batch::notice::Notice;

sentences! {
    withheld_text(labels) =
        "{labels} labels print goods or remark as ***: the text may reveal what the masks hide",
        "{labels} 张面单的品名或备注印为 ***：可能泄露被脱敏的内容";
    missing_glyphs(labels) =
        "{labels} labels have characters that are not in the font, printed as boxes; add a --font",
        "{labels} 张面单有字库中没有的字，已印为方框：可用 --font 补充字体";
    unknown_notice(labels, name) = "{labels} labels: {name}", "{labels} 张面单：{name}";
}

impl Language {
    /// How many labels have a notice, and what it means.
    pub fn notice(self, notice: Notice, labels: u64) -> String {
        match notice {
            Notice::WithheldText => withheld_text(self, labels),
            Notice::MissingGlyphs => missing_glyphs(self, labels),
            // `Notice` is non-exhaustive.
            other => unknown_notice(self, labels, other.name()),
        }
    }
}
