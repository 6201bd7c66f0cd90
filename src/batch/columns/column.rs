//! The fields of an order: the columns of the input format.

use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// The fields of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the column of its name in NAMES")]
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
    VirtualPhone,
    Extension,
    PhoneValidity,
    Pieces,
    Children,
    Cod,
    Payment,
    Declared,
    Currency,
    Order,
    PaymentMethod,
}

/// The columns in the order of the enum, with their names.
const NAMES: [(Column, &str); Column::COUNT] = [
    (Column::Waybill, "waybill"),
    (Column::Station, "station"),
    (Column::Name, "name"),
    (Column::Phone, "phone"),
    (Column::Country, "country"),
    (Column::Postcode, "postcode"),
    (Column::Province, "province"),
    (Column::City, "city"),
    (Column::District, "district"),
    (Column::Street, "street"),
    (Column::Detail, "detail"),
    (Column::Note, "note"),
    (Column::SenderName, "sender_name"),
    (Column::SenderPhone, "sender_phone"),
    (Column::SenderCountry, "sender_country"),
    (Column::SenderProvince, "sender_province"),
    (Column::SenderCity, "sender_city"),
    (Column::SenderDistrict, "sender_district"),
    (Column::SenderStreet, "sender_street"),
    (Column::SenderDetail, "sender_detail"),
    (Column::Routing, "routing"),
    (Column::Hub, "hub"),
    (Column::Goods, "goods"),
    (Column::Remark, "remark"),
    (Column::Discreet, "discreet"),
    (Column::VirtualPhone, "virtual_phone"),
    (Column::Extension, "extension"),
    (Column::PhoneValidity, "phone_validity"),
    (Column::Pieces, "pieces"),
    (Column::Children, "children"),
    (Column::Cod, "cod"),
    (Column::Payment, "payment"),
    (Column::Declared, "declared"),
    (Column::Currency, "currency"),
    (Column::Order, "order"),
    (Column::PaymentMethod, "payment_method"),
];

impl Column {
    /// How many columns there are.
    pub const COUNT: usize = Self::PaymentMethod as usize + 1;

    /// The column's name in the input format, such as `sender_name`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        NAMES[self as usize].1
    }

    /// Every column.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|(column, _)| *column)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_in_the_order_of_the_enum() {
        for (at, column) in Column::all().enumerate() {
            assert_eq!(column as usize, at);
            assert_eq!(column.name().parse(), Ok(column));
        }
    }
}
