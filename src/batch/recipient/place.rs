//! The place that an address names, against that of the columns of province, city and district.

use crate::record::{DivisionCode, division};
use std::collections::HashMap;
use std::sync::OnceLock;

/// Ends of the names of divisions.
const ENDS: [&str; 12] =
    ["特别行政区", "自治区", "自治州", "自治县", "林区", "新区", "省", "市", "区", "县", "州", "盟"];

/// What follows a name that was a road's, not a place's: 上海路.
const ROADS: [&str; 7] = ["路", "街", "大道", "大街", "道", "巷", "弄"];

/// How an address begins, compared with the columns.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Beginning {
    /// With no division.
    Free,
    /// With the columns' own, in these bytes.
    Repeated(usize),
    /// With another place.
    Other,
}

/// Compares the beginning of an address with the columns: province, city, district, street.
pub(super) fn beginning(address: &str, columns: [&str; 4]) -> Beginning {
    let repeated = repeated(address, columns);
    if repeated > 0 {
        // Twice, or the columns' province and another city.
        return match beginning(&address[repeated..], columns) {
            Beginning::Repeated(more) => Beginning::Repeated(repeated + more),
            Beginning::Other => Beginning::Other,
            Beginning::Free if is_other(address, columns) => Beginning::Other,
            Beginning::Free => Beginning::Repeated(repeated),
        };
    }
    if is_other(address, columns) { Beginning::Other } else { Beginning::Free }
}

/// How many bytes repeat columns, in their order, with the blanks and signs after them.
fn repeated(address: &str, columns: [&str; 4]) -> usize {
    // A quick test: most addresses begin with none of them.
    let begins = address.chars().next();
    if columns.iter().all(|column| column.chars().next() != begins) {
        return 0;
    }
    let (mut at, mut levels, mut ended, mut lowest) = (0, 0, true, false);
    let mut last = "";
    for (level, column) in columns.into_iter().enumerate() {
        // Beijing is a province and a city by one name.
        if column.is_empty() || is_placeholder(column) || column == last && !address[at..].starts_with(column)
        {
            continue;
        }
        let rest = &address[at..];
        let stem = stem(column);
        let known = if rest.starts_with(column) { column } else { stem };
        let Some(after) = rest.strip_prefix(known).filter(|_| known.chars().count() > 1) else { continue };
        // 广东 for 广东省, and 广东省 for 广东.
        let end = ENDS.iter().find(|end| column == stem && after.starts_with(**end));
        let written = known.len() + end.map_or(0, |end| end.len());
        ended = end.is_some() || known == column && (column != stem || level == 3);
        lowest = columns[level + 1..].iter().all(|lower| lower.is_empty()) || level == 2;
        at += written;
        let signs = address[at..].len() - address[at..].trim_start_matches(is_sign).len();
        at += signs;
        ended |= signs > 0;
        levels += 1;
        last = column;
    }
    let rest = &address[at..];
    // 深圳市场 is no city.
    let is_road = !ended && ROADS.iter().any(|road| rest.starts_with(road)) || rest.starts_with('场');
    // One name alone may be part of another: 杭州市地铁大厦.
    if rest.is_empty() || is_road || (levels < 3 && !ended) || (levels < 2 && !lowest) { 0 } else { at }
}

/// Whether an address begins with the names of a division that is not the columns'.
fn is_other(address: &str, columns: [&str; 4]) -> bool {
    let [own, own_city, own_district, _] = columns;
    if [own, own_city, own_district].iter().all(|column| column.is_empty()) {
        return false;
    }
    let Some(named) = Division::at_the_beginning_of(address) else { return false };
    let differs = |name: &str, column: &str| {
        let known = ![name, column].iter().any(|name| name.is_empty() || is_placeholder(name));
        known && !is_same(name, column)
    };
    // The name of a province alone may be a part of another: 浙江省驻深办事处.
    differs(named.province, own) && (!named.city.is_empty() || named.is_followed_by_place)
        || differs(named.city, own_city)
        || differs(named.district, own_district)
}

/// The division that an address begins with.
pub(super) struct Division<'a> {
    pub province: &'a str,
    /// Empty if none follows.
    pub city: &'a str,
    /// Empty if none follows.
    pub district: &'a str,
    /// What follows the names.
    pub rest: &'a str,
    /// Whether another place than a known city follows the province.
    is_followed_by_place: bool,
}

impl<'a> Division<'a> {
    /// Province and what follows of city and district; or, without a province, a city and its district.
    pub(super) fn at_the_beginning_of(address: &'a str) -> Option<Self> {
        // A quick test, since most addresses name none.
        if !address.chars().take(LONGEST).any(|c| matches!(c, '省' | '市' | '区' | '州' | '盟')) {
            return None;
        }
        let address = address.trim_start_matches(is_sign);
        let known = names();
        let written = known.provinces.iter().find(|province| address.starts_with(**province));
        let (province, after) = match written {
            Some(province) => (*province, address[province.len()..].trim_start_matches(is_sign)),
            None => {
                let city = first(address, |city| known.cities.contains_key(city))?;
                (*known.cities.get(city)?, address)
            }
        };
        // 北京市场 is no city.
        if after.starts_with('场') {
            return None;
        }
        let city = first(after, |city| division::find(province, city, "").is_some());
        let own_city = division::find(province, province, "").is_some();
        let (city, rest) = match city {
            Some(city) if !after[city.len()..].starts_with('场') => (city, &after[city.len()..]),
            _ if own_city => (province, after),
            _ => ("", after),
        };
        let rest = rest.trim_start_matches(is_sign);
        let district = first(rest, |district| division::find(province, city, district).is_some());
        let district = district.filter(|_| !city.is_empty()).unwrap_or_default();
        // A city without its province or a district may be a part of another name: 杭州市大厦.
        (written.is_some() || !district.is_empty()).then(|| Self {
            province,
            city: if city == province && district.is_empty() { "" } else { city },
            district,
            rest: rest[district.len()..].trim_start_matches(is_sign),
            is_followed_by_place: after
                .chars()
                .take(LONGEST)
                .any(|c| matches!(c, '市' | '区' | '县' | '州' | '盟')),
        })
    }
}

/// Most characters in which the name of a division ends.
const LONGEST: usize = 8;

/// The shortest beginning of a text that ends as a division does, and is one.
fn first(text: &str, is_one: impl Fn(&str) -> bool) -> Option<&str> {
    let ends = text
        .char_indices()
        .take(2 * LONGEST)
        .filter(|(_, c)| matches!(c, '市' | '区' | '县' | '州' | '盟' | '旗'));
    ends.map(|(at, c)| &text[..at + c.len_utf8()]).find(|beginning| is_one(beginning))
}

/// The names of provinces, and of cities with their provinces.
struct Names {
    provinces: Vec<&'static str>,
    cities: HashMap<&'static str, &'static str>,
}

fn names() -> &'static Names {
    static NAMES: OnceLock<Names> = OnceLock::new();
    NAMES.get_or_init(|| {
        let divisions = |step: usize| {
            let codes = (110_000..=820_000).step_by(step).filter_map(DivisionCode::new);
            codes.filter_map(division::names).collect::<Vec<_>>()
        };
        let cities = divisions(100).into_iter().filter(|[_, city, _]| city.ends_with(['市', '州', '盟']));
        Names {
            provinces: divisions(10_000).into_iter().map(|[province, _, _]| province).collect(),
            cities: cities.map(|[province, city, _]| (city, province)).collect(),
        }
    })
}

/// Names that stand for no place: 市辖区 and its like.
fn is_placeholder(name: &str) -> bool {
    matches!(name, "市辖区" | "县" | "市区")
        || name.as_bytes().windows("直辖".len()).any(|part| part == "直辖".as_bytes())
}

/// Whether two names of divisions are one, however they end.
fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (stem(one), stem(other));
    one.starts_with(other) || other.starts_with(one)
}

/// A name without its end, if two characters are left.
fn stem(name: &str) -> &str {
    let stems = ENDS.iter().filter_map(|end| name.strip_suffix(end));
    stems.filter(|stem| stem.chars().count() > 1).min_by_key(|stem| stem.len()).unwrap_or(name)
}

fn is_sign(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | '，' | '-' | '/' | '、' | '·')
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: [&str; 4] = ["广东省", "深圳市", "南山区", ""];

    fn rest<'a>(address: &'a str, columns: [&str; 4]) -> Option<&'a str> {
        match beginning(address, columns) {
            Beginning::Free => Some(address),
            Beginning::Repeated(at) => Some(&address[at..]),
            Beginning::Other => None,
        }
    }

    #[test]
    fn what_repeats_the_columns_is_found() {
        for address in [
            "广东省深圳市南山区科苑南路18号",
            "深圳市南山区科苑南路18号",
            "南山区科苑南路18号",
            "广东 深圳 南山 科苑南路18号",
            "广东省-深圳市-南山区-科苑南路18号",
            "广东深圳市南山区科苑南路18号",
            "广东省深圳市南山区广东省深圳市南山区科苑南路18号",
            "广东省 深圳市 南山区 科苑南路18号",
        ] {
            assert_eq!(rest(address, COLUMNS), Some("科苑南路18号"), "{address}");
        }
        assert_eq!(
            rest("广东省深圳市南山区科苑南路18号", ["广东", "深圳", "南山", ""]),
            Some("科苑南路18号")
        );
        let street = ["广东省", "深圳市", "南山区", "粤海街道"];
        assert_eq!(rest("粤海街道科苑南路18号", street), Some("科苑南路18号"));
        let beijing = ["北京市", "市辖区", "朝阳区", ""];
        assert_eq!(rest("北京市朝阳区三里屯路1号", beijing), Some("三里屯路1号"));
        assert_eq!(
            rest("北京市北京市朝阳区三里屯路1号", ["北京市", "北京市", "朝阳区", ""]),
            Some("三里屯路1号")
        );
    }

    #[test]
    fn roads_with_names_of_places_stay() {
        for address in [
            "南山路18号",
            "深圳路3号",
            "科苑南路18号",
            "广东大厦",
            "上海路18号",
            "南山区",
            "",
            "深圳市地铁大厦",
            "深圳市南山产业园",
            "广东省科学馆",
        ] {
            assert_eq!(rest(address, COLUMNS), Some(address), "{address}");
        }
        assert_eq!(rest("广州大道中289号", ["广东省", "广州市", "越秀区", ""]), Some("广州大道中289号"));
        assert_eq!(rest("吉林大街18号", ["吉林", "吉林", "船营", ""]), Some("吉林大街18号"));
    }

    #[test]
    fn another_place_is_found() {
        for address in [
            "浙江省杭州市文三路1号",
            "广东省广州市天河路1号",
            "浙江省杭州市西湖区文三路1号",
            "广东省深圳市福田区福华路1号",
            "杭州市西湖区文三路1号",
            "广东省广州市天河区天河路1号",
            "北京市朝阳区三里屯路1号",
        ] {
            assert_eq!(rest(address, COLUMNS), None, "{address}");
        }
        for address in [
            "杭州市文三路1号",
            "江宁区湖山路1551号",
            "新城区3号",
            "中山市场1号",
            "北京市场小区3号",
            "浙江大厦3号",
            "浙江省驻深办事处",
        ] {
            assert_eq!(rest(address, COLUMNS), Some(address), "{address}");
        }
        assert_eq!(
            rest("浙江省杭州市西湖区文三路1号", ["", "", "", ""]),
            Some("浙江省杭州市西湖区文三路1号")
        );
    }
}
