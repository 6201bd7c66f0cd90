//! Records as text and as JSON.

use serde_json::{Value, json};
use wayseal::record::{Delivery, Division, division};

/// The address on one line.
pub fn address(delivery: &Delivery<'_>) -> String {
    let mut parts = Vec::new();
    match delivery.division {
        Division::Code(code) => match division::names(code) {
            Some(names) => parts.extend(names.map(str::to_owned)),
            // A newer table's code: the digits say as much to a sorter.
            None => parts.push(format!("{:06}", code.number())),
        },
        Division::Names { province, city, district } => {
            parts.extend([province, city, district].map(str::to_owned));
        }
    }
    parts.extend([delivery.street, delivery.detail, delivery.postcode].map(str::to_owned));
    parts.retain(|part| !part.is_empty());
    parts.dedup();
    parts.join(" ")
}

pub fn division_of(delivery: &Delivery<'_>) -> Value {
    match delivery.division {
        Division::Code(code) => {
            let [province, city, district] = division::names(code).unwrap_or_default();
            json!({"code": code.number(), "province": province, "city": city, "district": district})
        }
        Division::Names { province, city, district } => {
            json!({"province": province, "city": city, "district": district})
        }
    }
}
