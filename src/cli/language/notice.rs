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
    phone_respelled(labels) =
        "{labels} labels have the phone in another spelling than the file: 13812345678-1234",
        "{labels} 张面单的电话改为统一写法：13812345678-1234";
    extension_joined(labels) =
        "{labels} labels have an extension that the file gives in another cell",
        "{labels} 张面单的分机号取自其他单元格";
    extensions_disagree(labels) =
        "{labels} labels have extensions that disagree or cannot be read, and are sealed as they stand; look at them",
        "{labels} 张面单的分机号互相矛盾或无法识别，已原样加密：请核对";
    virtual_phone(labels) =
        "{labels} labels have the virtual number, as the phone is masked or cannot be dialled",
        "{labels} 张面单用虚拟号代替被脱敏或无法拨打的电话";
    virtual_phone_unused(labels) =
        "{labels} labels leave out a virtual number, as the phone can be dialled",
        "{labels} 张面单未用虚拟号，因电话可以拨打";
    phone_expires(labels) =
        "{labels} labels have a virtual number that ends within 15 days, before delivery is sure; ask the platform for a longer one",
        "{labels} 张面单的虚拟号在 15 天内到期，可能早于派送：请向平台延长";
    validity_unread(labels) =
        "{labels} labels have a virtual number whose validity cannot be read; write it as 2026-12-01",
        "{labels} 张面单的虚拟号有效期无法识别：请写成 2026-12-01";
    phone_dropped(labels) =
        "{labels} labels have no phone: what stands in its place cannot be dialled",
        "{labels} 张面单没有电话：电话栏的内容无法拨打";
    phone_rest(labels) =
        "{labels} labels have a second number, or words beside the phone, in the note",
        "{labels} 张面单把第二个号码或电话栏中的文字移入派送备注";
    remark_moved(labels) =
        "{labels} labels have remarks of name or address in the note",
        "{labels} 张面单把姓名或地址中的附言移入派送备注";
    repeat_removed(labels) =
        "{labels} labels are without labels and repeats that stood in name or address",
        "{labels} 张面单去掉了姓名或地址中的标签和重复内容";
    division_repeated(labels) =
        "{labels} labels are without the province, city or district that the address repeated",
        "{labels} 张面单去掉了地址中重复的省市区";
    masked_name(labels) =
        "{labels} labels have a name that the platform masked",
        "{labels} 张面单的姓名已被平台脱敏";
    identity_sealed(labels) =
        "{labels} labels have an identity number sealed in the note",
        "{labels} 张面单的派送备注中加密了证件号码";
    sender_reduced(labels) =
        "{labels} labels leave out words, a second number or what cannot be dialled of the sender",
        "{labels} 张面单略去了寄件人栏中的文字、第二个号码或无法拨打的号码";
    station_elsewhere(labels) =
        "{labels} labels go to the station that their orders name, and the file of stations says that another one serves \
         their addresses",
        "{labels} 张面单按订单所填网点打印，但网点文件标明该地址由其他网点派送";
    station_succeeded(labels) =
        "{labels} labels are for the successor of the station that their orders name, which is over; give the orders the \
         new code",
        "{labels} 张面单改为后继网点：订单所填网点已停用，请在订单中改用新代码";
    other_phone(labels) =
        "{labels} labels: a second column of phones holds another number, which is not sealed",
        "{labels} 张面单：另一电话列有不同的号码，未加密写入";
    other_address(labels) =
        "{labels} labels go to the billing address: their orders have no shipping address at all",
        "{labels} 张面单寄往账单地址：订单没有任何收货地址";
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
            Notice::PhoneRespelled => phone_respelled(self, labels),
            Notice::ExtensionJoined => extension_joined(self, labels),
            Notice::ExtensionsDisagree => extensions_disagree(self, labels),
            Notice::VirtualPhone => virtual_phone(self, labels),
            Notice::VirtualPhoneUnused => virtual_phone_unused(self, labels),
            Notice::PhoneExpires => phone_expires(self, labels),
            Notice::ValidityUnread => validity_unread(self, labels),
            Notice::PhoneDropped => phone_dropped(self, labels),
            Notice::PhoneRest => phone_rest(self, labels),
            Notice::RemarkMoved => remark_moved(self, labels),
            Notice::RepeatRemoved => repeat_removed(self, labels),
            Notice::DivisionRepeated => division_repeated(self, labels),
            Notice::MaskedName => masked_name(self, labels),
            Notice::IdentitySealed => identity_sealed(self, labels),
            Notice::SenderReduced => sender_reduced(self, labels),
            Notice::StationElsewhere => station_elsewhere(self, labels),
            Notice::StationSucceeded => station_succeeded(self, labels),
            Notice::OtherPhone => other_phone(self, labels),
            Notice::OtherAddress => other_address(self, labels),
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
            Notice::StationElsewhere => {
                self.pick("another station serves the address", "该地址由其他网点派送")
            }
            Notice::StationSucceeded => {
                self.pick("for the successor of a station that is over", "原网点已停用，改为后继网点")
            }
            Notice::OtherAddress => self.pick("goes to the billing address", "寄往账单地址"),
            other => other.name(),
        }
    }
}
