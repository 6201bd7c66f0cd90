//! The names that exports of shops and carriers in China, and common English ones, use for the columns of an order.

use super::column::Column;

/// The [normalised](normalise) names for each column; the first is the column's own.
pub(super) const ALIASES: [(Column, &[&str]); Column::COUNT] = [
    (
        Column::Waybill,
        &[
            "waybill",
            "waybillno",
            "waybillnumber",
            "运单号",
            "运单编号",
            "快递单号",
            "快递运单号",
            "物流单号",
            "物流运单号",
            "面单号",
            "单号",
            "tracking",
            "trackingno",
            "trackingnumber",
        ],
    ),
    (
        Column::Station,
        &["station", "stationcode", "网点", "网点代码", "网点编码", "派件网点", "目的网点", "派送网点"],
    ),
    (
        Column::Name,
        &[
            "name",
            "recipient",
            "recipientname",
            "consignee",
            "shippingname",
            "shiptoname",
            "收件人",
            "收货人",
            "收件人姓名",
            "收货人姓名",
            "收件人名称",
            "收件姓名",
            "客户姓名",
            "姓名",
        ],
    ),
    (
        Column::Phone,
        &[
            "phone",
            "mobile",
            "recipientphone",
            "phonenumber",
            "shippingphone",
            "收件人电话",
            "收件人手机",
            "收件人手机号",
            "收件人联系方式",
            "收货人电话",
            "收货人手机",
            "收货人手机号",
            "收件电话",
            "收件手机",
            "收货电话",
            "收货手机",
            "客户电话",
            "手机",
            "手机号",
            "手机号码",
            "电话",
            "联系电话",
            "联系手机",
            "联系方式",
        ],
    ),
    (Column::Country, &["country", "countrycode", "shippingcountry", "国家", "收件国家"]),
    (
        Column::Postcode,
        &[
            "postcode",
            "zip",
            "zipcode",
            "postalcode",
            "shippingzip",
            "邮编",
            "邮政编码",
            "收件人邮编",
            "收货人邮编",
        ],
    ),
    (
        Column::Province,
        &[
            "province",
            "state",
            "shippingprovince",
            "省",
            "省份",
            "收件省",
            "收件人省份",
            "收货省份",
            "收件省份",
        ],
    ),
    (Column::City, &["city", "shippingcity", "市", "城市", "收件市", "收件人城市", "收货城市", "收件城市"]),
    (Column::District, &["district", "county", "区", "区县", "收件区", "收件区县", "收件人区县", "收货区县"]),
    (Column::Street, &["street", "town", "街道", "乡镇", "街道乡镇", "收件街道"]),
    (
        Column::Detail,
        &[
            "detail",
            "address",
            "fulladdress",
            "recipientaddress",
            "shippingaddress",
            "shippingaddress1",
            "详细地址",
            "地址",
            "收件地址",
            "收货地址",
            "收件人地址",
            "收货人地址",
            "收件详细地址",
            "收货详细地址",
            "收件人详细地址",
            "收货人详细地址",
        ],
    ),
    (Column::Note, &["note", "deliverynote", "派送备注", "配送备注", "留言", "买家留言"]),
    (
        Column::SenderName,
        &["sendername", "sender", "寄件人", "寄件人姓名", "发件人", "发件人姓名", "发货人", "发货人姓名"],
    ),
    (
        Column::SenderPhone,
        &[
            "senderphone",
            "sendermobile",
            "寄件人电话",
            "寄件人手机",
            "寄件电话",
            "寄件手机",
            "发件人电话",
            "发件人手机",
            "发货人电话",
            "发货人手机",
        ],
    ),
    (Column::SenderCountry, &["sendercountry"]),
    (Column::SenderProvince, &["senderprovince", "寄件省", "寄件省份", "发件省"]),
    (Column::SenderCity, &["sendercity", "寄件市", "寄件城市", "发件市"]),
    (Column::SenderDistrict, &["senderdistrict", "寄件区", "寄件区县", "发件区"]),
    (Column::SenderStreet, &["senderstreet", "寄件街道"]),
    (
        Column::SenderDetail,
        &[
            "senderdetail",
            "senderaddress",
            "寄件地址",
            "寄件人地址",
            "寄件详细地址",
            "发件地址",
            "发件人地址",
            "发货地址",
        ],
    ),
    (Column::Routing, &["routing", "三段码", "大头笔"]),
    (Column::Hub, &["hub", "集包地"]),
    (Column::Goods, &["goods", "品名", "物品", "物品名称", "商品名称", "宝贝标题"]),
    (Column::Remark, &["remark", "备注", "卖家备注"]),
    (Column::Discreet, &["discreet", "隐私发货", "仅印区划"]),
    (
        Column::VirtualPhone,
        &[
            "virtualphone",
            "virtualnumber",
            "virtualmobile",
            "privacynumber",
            "privacyphone",
            "safenumber",
            "secretno",
            "虚拟号",
            "虚拟号码",
            "虚拟电话",
            "虚拟电话号码",
            "虚拟手机号",
            "虚拟手机",
            "收件人虚拟号",
            "收货人虚拟号",
            "隐私号",
            "隐私号码",
            "隐私电话",
            "隐私手机号",
            "收件人隐私号",
            "收货人隐私号",
            "安全号",
            "安全号码",
            "安全电话",
            "中间号",
        ],
    ),
    (
        Column::Extension,
        &[
            "extension",
            "ext",
            "phoneextension",
            "phoneext",
            "virtualextension",
            "extensionnumber",
            "分机",
            "分机号",
            "分机号码",
            "虚拟分机",
            "虚拟分机号",
            "虚拟号分机",
            "虚拟号分机号",
            "隐私号分机",
            "隐私号分机号",
            "电话分机",
            "电话分机号",
            "手机分机号",
            "收件人分机号",
            "收货人分机号",
            "转接号",
        ],
    ),
    (
        Column::PhoneValidity,
        &[
            "phonevalidity",
            "phoneexpiry",
            "expiry",
            "expires",
            "expiretime",
            "expiresat",
            "expirationtime",
            "validuntil",
            "secretnoexpiretime",
            "有效期",
            "有效期至",
            "有效时间",
            "有效截止时间",
            "过期时间",
            "到期时间",
            "失效时间",
            "虚拟号有效期",
            "虚拟号码有效期",
            "虚拟号过期时间",
            "虚拟号到期时间",
            "虚拟号失效时间",
            "隐私号有效期",
            "隐私号过期时间",
            "隐私号到期时间",
            "安全号有效期",
            "号码有效期",
        ],
    ),
];

/// Whether a name in a file is known for some column.
#[must_use]
pub fn known(name: &str) -> bool {
    let name = normalise(name);
    ALIASES.iter().any(|(_, known)| known.contains(&name.as_str()))
}

/// A name in lower case, without blanks, punctuation and bracketed text: `收件人手机（必填）*` becomes `收件人手机`.
pub(super) fn normalise(name: &str) -> String {
    let mut deep = 0_u32;
    let mut normalised = String::new();
    for c in name.chars() {
        match c {
            '(' | '（' | '[' | '【' => deep += 1,
            ')' | '）' | ']' | '】' => deep = deep.saturating_sub(1),
            _ if deep == 0 && c.is_alphanumeric() => normalised.extend(c.to_lowercase()),
            _ => {}
        }
    }
    normalised
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_are_normalised_and_no_name_has_two_meanings() {
        let mut names = std::collections::HashSet::new();
        for (at, (column, aliases)) in ALIASES.iter().enumerate() {
            assert_eq!(*column as usize, at);
            for name in *aliases {
                assert_eq!(normalise(name), *name, "would never match");
                assert!(names.insert(*name), "{name} twice");
                assert!(known(name));
            }
        }
    }
}
