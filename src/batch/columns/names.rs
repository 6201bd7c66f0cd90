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
            "trackingcode",
            "trackingid",
            "awb",
            "consignmentnumber",
            "物流编号",
            "快递编号",
            "申通单号",
            "圆通单号",
            "中通单号",
            "韵达单号",
            "顺丰单号",
            "极兔单号",
            "邮政单号",
            "京东单号",
            "德邦单号",
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
            "fullname",
            "customername",
            "recipientfullname",
            "consigneename",
            "deliveryname",
            "收件人",
            "收货人",
            "收件人姓名",
            "收货人姓名",
            "收件人名称",
            "收件姓名",
            "收货姓名",
            "收货人名称",
            "收方姓名",
            "收方联系人",
            "客户姓名",
            "姓名",
        ],
    ),
    (
        Column::Phone,
        &[
            "phone",
            "mobile",
            "mobileno",
            "mobilenumber",
            "tel",
            "telephone",
            "phoneno",
            "contactnumber",
            "recipientphone",
            "consigneephone",
            "phonenumber",
            "shippingphone",
            "shiptophone",
            "收件人电话",
            "收件人手机",
            "收件人手机号",
            "收件人联系方式",
            "收货人电话",
            "收货人手机",
            "收货人手机号",
            "收件人手机号码",
            "收件人联系电话",
            "收货人联系电话",
            "收货人联系方式",
            "收方手机",
            "收方电话",
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
    (
        Column::Country,
        &[
            "country",
            "countrycode",
            "shippingcountry",
            "shiptocountry",
            "国家",
            "国家地区",
            "收件国家",
            "收件人国家",
        ],
    ),
    (
        Column::Postcode,
        &[
            "postcode",
            "zip",
            "zipcode",
            "postalcode",
            "shippingzip",
            "zippostalcode",
            "shiptopostalcode",
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
            "stateprovince",
            "shippingprovince",
            "shiptostate",
            "省",
            "省份",
            "收件省",
            "收件人省份",
            "收货省份",
            "收货人省份",
            "收件人省",
            "收方省份",
            "收件省份",
        ],
    ),
    (
        Column::City,
        &[
            "city",
            "citytown",
            "shippingcity",
            "shiptocity",
            "市",
            "城市",
            "收件市",
            "收件人城市",
            "收件人市",
            "收货人城市",
            "收方城市",
            "收货城市",
            "收件城市",
        ],
    ),
    (
        Column::District,
        &[
            "district",
            "county",
            "区",
            "区县",
            "收件区",
            "收件区县",
            "收件人区县",
            "收件人区",
            "收货人区县",
            "收方区县",
            "收货区县",
        ],
    ),
    (Column::Street, &["street", "town", "街道", "乡镇", "街道乡镇", "收件街道", "收件人街道"]),
    (
        Column::Detail,
        &[
            "detail",
            "address",
            "fulladdress",
            "recipientaddress",
            "shippingaddress",
            "shippingaddress1",
            "deliveryaddress",
            "streetaddress",
            "shiptoaddress",
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
            "收方地址",
            "收方详细地址",
            "客户地址",
            "派送地址",
            "配送地址",
        ],
    ),
    (
        Column::Note,
        &[
            "note",
            "deliverynote",
            "deliveryinstructions",
            "派送备注",
            "配送备注",
            "留言",
            "买家留言",
            "买家备注",
        ],
    ),
    (
        Column::SenderName,
        &[
            "sendername",
            "sender",
            "寄件人",
            "寄件人姓名",
            "寄件姓名",
            "寄方姓名",
            "发件人",
            "发件人姓名",
            "发货人",
            "发货人姓名",
        ],
    ),
    (
        Column::SenderPhone,
        &[
            "senderphone",
            "sendermobile",
            "寄件人电话",
            "寄件人手机",
            "寄件人手机号",
            "寄方手机",
            "寄方电话",
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
    (
        Column::Goods,
        &[
            "goods",
            "item",
            "itemname",
            "productname",
            "品名",
            "物品",
            "物品名称",
            "托寄物",
            "商品",
            "商品名称",
            "商品标题",
            "货品名称",
            "宝贝标题",
        ],
    ),
    (Column::Remark, &["remark", "备注", "卖家备注", "商家备注"]),
    (Column::Discreet, &["discreet", "隐私发货", "仅印区划"]),
    (
        Column::Order,
        &[
            "order",
            "orderno",
            "ordernumber",
            "orderid",
            "orderreference",
            "订单号",
            "订单编号",
            "订单",
            "平台订单号",
            "主订单编号",
            "商家订单号",
        ],
    ),
];

/// Whether a name in a file is known for some column.
#[must_use]
pub fn known(name: &str) -> bool {
    let name = normalise(name);
    ALIASES.iter().any(|(_, known)| known.contains(&name.as_str()))
}

/// What a name may contain, in lower case, that is of a required field but not known.
pub(super) const fn hints(field: Column) -> &'static [&'static str] {
    match field {
        Column::Waybill => &["waybill", "tracking", "awb", "运单", "面单", "快递单", "物流单"],
        Column::Station => &["station", "depot", "网点", "站点", "目的"],
        Column::Name => &["name", "recipient", "consignee", "姓名", "收件人", "收货人", "名字"],
        Column::Phone => &["phone", "tel", "mobile", "cell", "电话", "手机", "联系方式"],
        Column::Detail => &["address", "street", "地址", "住址", "地点"],
        _ => &[],
    }
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
