//! Recognises the division names at the start of an address.

use super::names::{find, name};
use super::table::CODES;
use core::ops::Range;

/// Splits an address that begins with the full names of its province, city and district: their byte ranges and that
/// of the rest. The longest matching names win. `None` if [`find`] knows no such names or nothing follows them.
///
/// No text is lost: only blanks stand between the parts. The name of a municipality, written once, is also its
/// city.
#[must_use]
pub fn split(address: &str) -> Option<[Range<usize>; 4]> {
    let starting = |at: usize, codes: &mut dyn Iterator<Item = u32>| {
        let here = &address[at..];
        codes
            .filter_map(name)
            .filter(|name| here.starts_with(name))
            .map(str::len)
            .max()
            .map(|len| at..at + len)
    };
    let next = |at: usize| at + address[at..].len() - address[at..].trim_start().len();
    let begin = next(0);
    let code = (110_000..=820_000)
        .step_by(10_000)
        .find(|code| name(*code).is_some_and(|name| address[begin..].starts_with(name)))?;
    let province = starting(begin, &mut [code].into_iter())?;
    let after = next(province.end);
    let city = starting(after, &mut within(code + 1, code + 9_999).filter(|code| code % 100 == 0));
    let own = || within(code + 100, code + 100).any(|city| name(city) == name(code));
    let (city, after) = match city {
        Some(city) => (city.clone(), next(city.end)),
        None if own() => (province.clone(), after),
        None => return None,
    };
    let written = &address[city.clone()];
    let mut districts = within(code + 1, code + 9_999)
        .filter(|district| district % 100 != 0 && name(district / 100 * 100) == Some(written));
    let district = starting(after, &mut districts)?;
    let rest = next(district.end);
    find(&address[province.clone()], written, &address[district.clone()])?;
    (rest < address.len()).then_some([province, city, district, rest..address.len()])
}

/// The codes from `first` to `last`, both included.
fn within(first: u32, last: u32) -> impl Iterator<Item = u32> {
    let start = CODES.partition_point(|code| *code < first);
    let end = CODES.partition_point(|code| *code <= last);
    CODES[start..end].iter().copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::DivisionCode;
    use crate::record::division::names;

    #[test]
    fn every_division_is_split_off_an_address_and_nothing_is_lost() {
        let mut split_off = 0;
        for &number in &CODES {
            let [province, city, district] = names(DivisionCode::new(number).unwrap()).unwrap();
            if district.is_empty() {
                continue;
            }
            for blank in ["", " "] {
                let address = [province, city, district, "人民路1号"].join(blank);
                let parts = split(&address).unwrap_or_else(|| panic!("{address}"));
                assert_eq!(
                    parts.map(|part| address[part].to_owned()),
                    [province, city, district, "人民路1号"]
                );
            }
            split_off += 1;
        }
        assert!(split_off > 2000, "{split_off}");
        let once = split("北京市朝阳区三里屯路1号").unwrap();
        assert_eq!((once[0].clone(), once[1].clone()), (0..9, 0..9));
        for whole in [
            "",
            "朝阳区三里屯路1号",
            "浙江新昌人民路",
            "浙江省绍兴市新昌县",
            "浙江省新昌县人民路",
            "1 High Street",
        ] {
            assert_eq!(split(whole), None, "{whole}");
        }
    }
}
