//! Matches the columns of a file to the fields of an order, by name.
//!
//! In goes a header, and choices of the user if the names are unusual; out comes a [`Mapping`] from fields to indices.
//! Names are those of the exports of shops and carriers in China, and of common English ones. Nothing is guessed from the
//! content of cells: two columns that match one field are an error.

use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// The names that exports use for each column, [normalised](normalise). The first is the column's own name.
const COLUMNS: [(Column, &[&str]); 25] = [
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
];

/// The fields of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the column of its name in COLUMNS")]
#[repr(usize)]
pub enum Column {
    Waybill,
    Station,
    Name,
    Phone,
    Country,
    Postcode,
    Province,
    City,
    District,
    Street,
    Detail,
    Note,
    SenderName,
    SenderPhone,
    SenderCountry,
    SenderProvince,
    SenderCity,
    SenderDistrict,
    SenderStreet,
    SenderDetail,
    Routing,
    Hub,
    Goods,
    Remark,
    Discreet,
}

impl Column {
    /// The column's name in the input format, such as `sender_name`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SenderName => "sender_name",
            Self::SenderPhone => "sender_phone",
            Self::SenderCountry => "sender_country",
            Self::SenderProvince => "sender_province",
            Self::SenderCity => "sender_city",
            Self::SenderDistrict => "sender_district",
            Self::SenderStreet => "sender_street",
            Self::SenderDetail => "sender_detail",
            _ => COLUMNS[self as usize].1[0],
        }
    }

    /// Every column.
    pub fn all() -> impl Iterator<Item = Self> {
        COLUMNS.iter().map(|(column, _)| *column)
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Column {
    type Err = UnknownColumn;

    /// The column of a [name](Self::name).
    fn from_str(name: &str) -> Result<Self, UnknownColumn> {
        Self::all().find(|column| column.name() == name).ok_or(UnknownColumn)
    }
}

/// An unknown column name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("no column of an order has this name")]
pub struct UnknownColumn;

/// The index in the file of each column of an order.
#[derive(Clone, Copy, Debug)]
pub struct Mapping([Option<u16>; 25]);

impl Mapping {
    /// Matches a file's columns by name. Each entry of `chosen` overrides that: a column of an order, and its exact name
    /// in the file.
    ///
    /// # Errors
    /// [`MappingError`]: a chosen name that is not in the file, a missing required column, or two names that match the
    /// same column.
    pub fn new(header: &[String], chosen: &[(Column, String)]) -> Result<Self, MappingError> {
        let names: Vec<String> = header.iter().map(|name| normalise(name)).collect();
        let mut mapping = [None; 25];
        for (column, name) in chosen {
            let at = header.iter().position(|known| known == name);
            let at = at.ok_or_else(|| MappingError::NotThere(*column, name.clone()))?;
            mapping[*column as usize] = Some(place(at)?);
        }
        for (column, known) in COLUMNS {
            if mapping[column as usize].is_some() {
                continue;
            }
            let taken = |at: usize| mapping.iter().flatten().any(|taken| usize::from(*taken) == at);
            let mut found = (0..names.len()).filter(|at| known.contains(&names[*at].as_str()) && !taken(*at));
            let first = found.next();
            if let (Some(first), Some(second)) = (first, found.next()) {
                return Err(MappingError::Twice(column, header[first].clone(), header[second].clone()));
            }
            mapping[column as usize] = first.map(place).transpose()?;
        }
        let matched = mapping.iter().flatten().count();
        for needed in [Column::Waybill, Column::Station, Column::Name, Column::Phone] {
            if mapping[needed as usize].is_none() {
                // If no name is known, the first line may be an order with people's data: the error must not quote it.
                let seen = if matched < 2 { Vec::new() } else { header.to_vec() };
                return Err(MappingError::Missing(needed, seen));
            }
        }
        Ok(Self(mapping))
    }

    /// The index of a column in the file.
    #[must_use]
    pub fn place(&self, column: Column) -> Option<usize> {
        self.0[column as usize].map(usize::from)
    }

    /// The columns that the file has, with their indices.
    pub fn places(&self) -> impl Iterator<Item = (Column, usize)> {
        COLUMNS.iter().filter_map(|(column, _)| Some((*column, self.place(*column)?)))
    }
}

fn place(at: usize) -> Result<u16, MappingError> {
    u16::try_from(at).map_err(|_| MappingError::Wide)
}

/// Whether exports name some column so.
pub(super) fn known(name: &str) -> bool {
    let name = normalise(name);
    COLUMNS.iter().any(|(_, known)| known.contains(&name.as_str()))
}

/// A name in lower case, without blanks, punctuation and bracketed text: `收件人手机（必填）*` becomes `收件人手机`.
fn normalise(name: &str) -> String {
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

/// Why a file's columns cannot be matched.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum MappingError {
    /// A required column is missing; with the file's header, unless that may be data.
    #[error("{}", missing(*.0, .1))]
    Missing(Column, Vec<String>),
    /// Two names in the file match one column.
    #[error("both {1} and {2} could be `{0}`; rename the one that is not")]
    Twice(Column, String, String),
    /// A chosen name is not in the file.
    #[error("the file has no column {1}, which was chosen for `{0}`; check its spelling in the first line")]
    NotThere(Column, String),
    /// The file has more than 65,536 columns.
    #[error("more than 65,536 columns; keep only those of the order")]
    Wide,
}

fn missing(column: Column, seen: &[String]) -> String {
    if seen.is_empty() {
        return format!("no column `{column}`; the first line must name the columns, and has no known name");
    }
    format!("no column `{column}`; rename the one that holds it; the first line has {}", seen.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(header: &str) -> Result<Mapping, MappingError> {
        Mapping::new(&header.split(',').map(str::to_owned).collect::<Vec<_>>(), &[])
    }

    #[test]
    fn columns_are_in_the_order_of_the_enum_and_no_name_has_two_meanings() {
        let mut names = std::collections::HashSet::new();
        for (at, (column, known)) in COLUMNS.iter().enumerate() {
            assert_eq!(*column as usize, at);
            assert_eq!(column.name().parse(), Ok(*column));
            for name in *known {
                assert_eq!(normalise(name), *name, "would never match");
                assert!(names.insert(*name), "{name} twice");
            }
        }
    }

    #[test]
    fn exports_are_understood_as_they_are_spelt() {
        let mapping =
            of("快递单号,派件网点,收货人姓名,收件人手机（必填）*,Shipping Address,sender_name").unwrap();
        for (at, column) in [
            Column::Waybill,
            Column::Station,
            Column::Name,
            Column::Phone,
            Column::Detail,
            Column::SenderName,
        ]
        .into_iter()
        .enumerate()
        {
            assert_eq!(mapping.place(column), Some(at), "{}", column.name());
        }
    }

    #[test]
    fn what_is_missing_or_could_be_either_is_said_with_what_was_seen() {
        let twice = of("运单号,网点,姓名,电话,手机").unwrap_err().to_string();
        assert!(twice.contains("both 电话 and 手机 could be `phone`"), "{twice}");
        let missing = of("运单号,网点,姓名,货号").unwrap_err().to_string();
        assert!(missing.contains("`phone`") && missing.contains("货号"), "{missing}");
        // An order in place of names is not repeated.
        let order = of("YT8800123456789,S1,王芳,13812345678").unwrap_err().to_string();
        assert!(!order.contains("王芳") && !order.contains("138"), "{order}");
    }

    #[test]
    fn a_chosen_name_overrides_the_known_ones() {
        let header: Vec<String> = ["运单号", "网点", "姓名", "电话", "手机"].map(str::to_owned).to_vec();
        // The other name, 电话, is known for the same column only: it is ignored.
        let mapping = Mapping::new(&header, &[(Column::Phone, "手机".to_owned())]).unwrap();
        assert_eq!(mapping.place(Column::Phone), Some(4));
        assert!(matches!(
            Mapping::new(&header, &[(Column::Phone, "Tel".to_owned())]),
            Err(MappingError::NotThere(Column::Phone, _))
        ));
    }
}
