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
    sender_name_left_out(labels) =
        "{labels} senders without a name: it did not fit, or there is no phone of the recipient to seal it with",
        "{labels} 个寄件人未存入姓名：容量不足，或没有可一同加密的收件人电话";
    sender_phone_left_out(labels) =
        "{labels} senders without a phone: it did not fit, or there is no phone of the recipient to seal it with",
        "{labels} 个寄件人未存入电话：容量不足，或没有可一同加密的收件人电话";
    sender_unnamed(labels) =
        "{labels} labels show no sender: the orders have its phone or address, and no name",
        "{labels} 张面单未印寄件人：订单只有其电话或地址，没有姓名";
    other_phone(labels) =
        "{labels} labels: a second column of phones holds another number, which is not sealed",
        "{labels} 张面单：另一电话列有不同的号码，未加密写入";
    unused_personal(labels) =
        "{labels} labels: a column that is not used holds what looks like an address or a phone",
        "{labels} 张面单：未使用的列中有像地址或电话的内容";
    unknown_notice(labels, name) = "{labels} labels: {name}", "{labels} 张面单：{name}";
}

impl Language {
    /// How many labels have a notice, and what it means.
    pub fn notice(self, notice: Notice, labels: u64) -> String {
        match notice {
            Notice::WithheldText => withheld_text(self, labels),
            Notice::MissingGlyphs => missing_glyphs(self, labels),
            Notice::SenderNameLeftOut => sender_name_left_out(self, labels),
            Notice::SenderPhoneLeftOut => sender_phone_left_out(self, labels),
            Notice::SenderUnnamed => sender_unnamed(self, labels),
            Notice::OtherPhone => other_phone(self, labels),
            Notice::UnusedPersonal => unused_personal(self, labels),
            // `Notice` is non-exhaustive.
            other => unknown_notice(self, labels, other.name()),
        }
    }

    /// A notice of one label, in a few words.
    pub const fn notice_in_short(self, notice: Notice) -> &'static str {
        match notice {
            Notice::WithheldText => self.pick("goods or remark printed as ***", "品名或备注印为 ***"),
            Notice::MissingGlyphs => self.pick("characters printed as boxes", "有字印为方框"),
            Notice::SenderNameLeftOut => self.pick("the sender's name is not sealed", "未存入寄件人姓名"),
            Notice::SenderPhoneLeftOut => self.pick("the sender's phone is not sealed", "未存入寄件人电话"),
            Notice::SenderUnnamed => self.pick("no sender is printed", "未印寄件人"),
            other => other.name(),
        }
    }
}
