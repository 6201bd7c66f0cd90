//! The two people of an order, by their columns.

use crate::batch::columns::Column;

/// A person of an order.
pub(super) struct Party {
    pub name: Column,
    pub phone: Column,
    pub country: Column,
    /// Province, city, district and street.
    pub division: [Column; 4],
    pub detail: Column,
    /// Whether what is taken off goes into the note; a sender has none.
    pub is_recipient: bool,
}

pub(super) const RECIPIENT: Party = Party {
    name: Column::Name,
    phone: Column::Phone,
    country: Column::Country,
    division: [Column::Province, Column::City, Column::District, Column::Street],
    detail: Column::Detail,
    is_recipient: true,
};

pub(super) const SENDER: Party = Party {
    name: Column::SenderName,
    phone: Column::SenderPhone,
    country: Column::SenderCountry,
    division: [Column::SenderProvince, Column::SenderCity, Column::SenderDistrict, Column::SenderStreet],
    detail: Column::SenderDetail,
    is_recipient: false,
};

impl Party {
    /// The columns that are looked at for cipher text and marks, but the name.
    pub(super) fn places(&self) -> impl Iterator<Item = Column> {
        self.division.into_iter().chain([self.detail])
    }
}
