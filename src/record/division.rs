//! Names of the GB/T 2260 divisions.
//!
//! A record carries the six digits, which are stable over the yearly changes, and not a place in this table:
//! a reader with an older or newer table, or with none, still reads the label, and shows the digits where it
//! has no name.

#[rustfmt::skip]
mod table;

use super::DivisionCode;
use table::{CODES, OFFSETS, TEXT};

/// The table's version: the year whose divisions it holds.
pub const VERSION: u16 = 2023;

/// Province, city and district of a code; of a province's or city's own code the rest are empty.
#[must_use]
pub fn names(code: DivisionCode) -> Option<[&'static str; 3]> {
    let number = code.number();
    let own = name(number)?;
    let province = name(number / 10_000 * 10_000)?;
    Some(match (number % 10_000, number % 100) {
        (0, _) => [own, "", ""],
        (_, 0) => [province, own, ""],
        _ => [province, name(number / 100 * 100)?, own],
    })
}

/// The code of names, if [`names`] gives exactly them back.
#[must_use]
pub fn find(province: &str, city: &str, district: &str) -> Option<DivisionCode> {
    let province = CODES.iter().copied().find(|code| code % 10_000 == 0 && name(*code) == Some(province))?;
    let number = if city.is_empty() {
        if !district.is_empty() {
            return None;
        }
        province
    } else {
        // Two cities of one province may share a name: those that stand for the municipality itself.
        let mut cities = within(province, province + 9_999)
            .filter(|code| code % 100 == 0 && *code != province && name(*code) == Some(city));
        if district.is_empty() {
            cities.next()?
        } else {
            cities.find_map(|city| within(city + 1, city + 99).find(|code| name(*code) == Some(district)))?
        }
    };
    DivisionCode::new(number)
}

/// The codes from `first` to `last`.
fn within(first: u32, last: u32) -> impl Iterator<Item = u32> {
    let start = CODES.partition_point(|code| *code < first);
    let end = CODES.partition_point(|code| *code <= last);
    CODES[start..end].iter().copied()
}

fn name(code: u32) -> Option<&'static str> {
    let place = CODES.binary_search(&code).ok()?;
    TEXT.get(usize::from(OFFSETS[place])..usize::from(OFFSETS[place + 1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_names_that_find_it_or_a_namesake() {
        for &number in &CODES {
            let code = DivisionCode::new(number).unwrap();
            let [province, city, district] = names(code).unwrap();
            let found = find(province, city, district).unwrap();
            assert_eq!(names(found), names(code), "{number}");
        }
    }

    #[test]
    fn names_of_no_division_have_no_code() {
        assert_eq!(find("浙江省", "绍兴市", "新昌县").map(DivisionCode::number), Some(330_624));
        assert_eq!(find("北京市", "北京市", "朝阳区").map(DivisionCode::number), Some(110_105));
        for [province, city, district] in
            [["浙江省", "绍兴市", "朝阳区"], ["浙江省", "", "新昌县"], ["Zhejiang", "", ""], ["", "", ""]]
        {
            assert_eq!(find(province, city, district), None);
        }
        assert_eq!(names(DivisionCode::new(999_999).unwrap()), None);
    }
}
