//! An order, as C gives it.

use super::pointer::string;
use crate::record::{Contact, Country, Delivery, Division, division};
use core::ffi::c_char;

/// The texts of an order, each null-terminated. A null pointer counts as an empty text.
#[repr(C)]
pub struct COrder {
    waybill: *const c_char,
    name: *const c_char,
    /// ISO 3166-1 alpha-2; empty for China.
    country: *const c_char,
    postcode: *const c_char,
    province: *const c_char,
    city: *const c_char,
    district: *const c_char,
    street: *const c_char,
    detail: *const c_char,
    note: *const c_char,
    /// A label without this and without a sender has no contact section.
    phone: *const c_char,
    sender_phone: *const c_char,
    sender_name: *const c_char,
}

/// An order's fields as the core's types.
pub(super) struct Fields<'o> {
    pub waybill: &'o str,
    pub delivery: Delivery<'o>,
    pub contact: Contact<'o>,
}

impl<'o> Fields<'o> {
    /// `None` if a text is not UTF-8 or the country is not two upper-case letters.
    pub unsafe fn of(order: &'o COrder) -> Option<Self> {
        // SAFETY: the caller guarantees null termination.
        let text = |pointer| unsafe { string(pointer) };
        let country = match text(order.country)?.as_bytes() {
            [] => Country::CN,
            [a, b] => Country::new([*a, *b])?,
            _ => return None,
        };
        let [province, city, district] = [text(order.province)?, text(order.city)?, text(order.district)?];
        let division = match division::find(province, city, district).filter(|_| country == Country::CN) {
            Some(code) => Division::Code(code),
            None => Division::Names { province, city, district },
        };
        Some(Self {
            waybill: text(order.waybill)?,
            delivery: Delivery {
                name: text(order.name)?,
                country,
                postcode: text(order.postcode)?,
                division,
                street: text(order.street)?,
                detail: text(order.detail)?,
                note: text(order.note)?,
            },
            contact: Contact {
                phone: text(order.phone)?,
                sender_phone: text(order.sender_phone)?,
                sender_name: text(order.sender_name)?,
            },
        })
    }
}
