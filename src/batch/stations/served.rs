//! Which divisions and postcodes each station serves, and which station serves an address.
//!
//! In go the items of the columns `divisions` and `postcodes`; out comes the station of the most specific item that matches
//! an address. An item is found by its name or digits in a hash table, so the time does not grow with the stations.

use super::holders::{Holders, hold};
use super::item::{BadItem, country_of, items};
use super::postcodes::PostcodeRanges;
use crate::record::{Country, DivisionCode, division};
use std::collections::HashMap;

/// What a destination is looked up by; each text may be empty.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Destination<'a> {
    /// The country.
    pub country: Country,
    /// Province, city, district and street.
    pub names: [&'a str; 4],
    /// The postcode.
    pub postcode: &'a str,
}

/// How specific the item is that serves an address, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ServedBy {
    /// A whole country.
    Country,
    /// A province.
    Province,
    /// A city.
    City,
    /// The beginning of a postcode, or a range of postcodes.
    PostcodeRange,
    /// A district.
    District,
    /// A whole postcode.
    Postcode,
    /// A street.
    Street,
}

/// The served areas of all stations, which are meant by their index.
#[derive(Clone, Debug, Default)]
pub(super) struct Served {
    /// By the key of a division: its country and its names.
    divisions: HashMap<String, Holders>,
    postcodes: PostcodeRanges,
}

/// The separator of the names in a key; a control character, which no name has.
const BETWEEN: char = '\u{1}';

impl Served {
    pub(super) fn is_empty(&self) -> bool {
        self.divisions.is_empty() && self.postcodes.is_empty()
    }

    /// Adds the items of a cell of `divisions`, and other stations that have one of them to `others`.
    pub(super) fn add_divisions(
        &mut self,
        cell: &str,
        station: usize,
        others: &mut Vec<usize>,
    ) -> Result<(), BadItem> {
        for item in items(cell) {
            let (country, names) = named_area(item).ok_or(BadItem)?;
            let key = key_of(country, names.iter().map(String::as_str));
            hold(&mut self.divisions, key, station, others);
        }
        Ok(())
    }

    /// Adds the items of a cell of `postcodes`, and other stations that have one of them to `others`.
    pub(super) fn add_postcodes(
        &mut self,
        cell: &str,
        station: usize,
        others: &mut Vec<usize>,
    ) -> Result<(), BadItem> {
        items(cell).try_for_each(|item| self.postcodes.add(item, station, others))
    }

    /// Sorts what was added.
    pub(super) fn finish(&mut self) {
        self.postcodes.finish();
    }

    /// The stations of the most specific items that match, of those that count, or what was looked for.
    pub(super) fn find(
        &self,
        of: &Destination<'_>,
        counts: &dyn Fn(usize) -> bool,
    ) -> Result<(ServedBy, Vec<usize>), Vec<ServedBy>> {
        let names = canonical(of);
        let (mut looked, mut found): (Vec<ServedBy>, Option<(ServedBy, Vec<usize>)>) = (Vec::new(), None);
        // From the whole country to the street.
        for (depth, level) in LEVELS.into_iter().enumerate() {
            if depth > 0 && names[depth - 1].is_empty() {
                continue;
            }
            if depth > 0 {
                looked.push(level);
            }
            let key = key_of(of.country, names[..depth].iter().map(String::as_str));
            let mut stations = self.holding(&key, counts);
            if stations.is_empty() && level == ServedBy::District && is_bare(&names[depth - 1]) {
                stations = self.of_bare_district(&key, counts);
            }
            if !stations.is_empty() {
                found = Some((level, stations));
            }
        }
        if !of.postcode.is_empty() {
            looked.push(ServedBy::Postcode);
            let by_postcode = self.postcodes.find(of.country, of.postcode, counts);
            let by_postcode = by_postcode.map(|(whole, stations)| {
                (if whole { ServedBy::Postcode } else { ServedBy::PostcodeRange }, stations)
            });
            if let Some((level, stations)) = by_postcode
                && found.as_ref().is_none_or(|(best, _)| level > *best)
            {
                found = Some((level, stations));
            }
        }
        looked.reverse();
        found.ok_or(looked)
    }

    /// The stations that have a division, of those that count.
    fn holding(&self, key: &str, counts: &dyn Fn(usize) -> bool) -> Vec<usize> {
        let all = self.divisions.get(key).map_or(&[][..], Holders::all);
        all.iter().copied().filter(|station| counts(*station)).collect()
    }

    /// The stations of the district whose name is written without its last character; none if that may be several districts
    /// of different stations.
    fn of_bare_district(&self, key: &str, counts: &dyn Fn(usize) -> bool) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        for kind in KINDS {
            let stations = self.holding(&format!("{key}{kind}"), counts);
            if !stations.is_empty() && !found.is_empty() && stations != found {
                return Vec::new();
            }
            found = if stations.is_empty() { found } else { stations };
        }
        found
    }
}

/// The levels of divisions by the number of names.
const LEVELS: [ServedBy; 5] =
    [ServedBy::Country, ServedBy::Province, ServedBy::City, ServedBy::District, ServedBy::Street];

/// The country and the names of an item of `divisions`: a code of GB/T 2260 of two, four or six digits, names with `/`
/// between them, or the names of a whole division one after the other.
fn named_area(item: &str) -> Option<(Country, Vec<String>)> {
    let (country, area) = country_of(item);
    if area.is_empty() {
        return Some((country, Vec::new()));
    }
    if area.bytes().all(|byte| byte.is_ascii_digit()) {
        let step = match area.len() {
            2 => 10_000,
            4 => 100,
            6 => 1,
            _ => return None,
        };
        let code = DivisionCode::new(area.parse::<u32>().ok()? * step)?;
        let names = division::names(code)?.into_iter().filter(|name| !name.is_empty());
        return (country == Country::CN).then(|| (country, names.map(str::to_owned).collect()));
    }
    let names = if area.contains('/') {
        let names: Vec<&str> = area.split('/').map(str::trim).collect();
        if names.len() > 4 || names.iter().any(|name| name.is_empty()) {
            return None;
        }
        names
    } else if country == Country::CN {
        joined(area)?
    } else {
        vec![area]
    };
    let mut four = [""; 4];
    four[..names.len()].copy_from_slice(&names);
    let names = canonical(&Destination { country, names: four, postcode: "" });
    Some((country, names.into_iter().filter(|name| !name.is_empty()).collect()))
}

/// The names of a division of China that are written one after the other, as `广东省深圳市南山区粤海街道`.
fn joined(area: &str) -> Option<Vec<&str>> {
    if division::find(area, "", "").is_some() {
        return Some(vec![area]);
    }
    // `split` wants something after the district: an address.
    let whole = format!("{area}1");
    if let Some([province, city, district, rest]) = division::split(&whole) {
        let parts = [province, city, district].map(|part| &area[part]);
        let street = &area[rest.start.min(area.len())..];
        return Some(parts.into_iter().chain((!street.is_empty()).then_some(street)).collect());
    }
    // A province and a city.
    (1..area.len())
        .filter(|at| area.is_char_boundary(*at))
        .find(|at| division::find(&area[..*at], area[*at..].trim_start(), "").is_some())
        .map(|at| vec![&area[..at], area[at..].trim_start()])
}

/// Names as keys have them. In China, what orders write for the cities of a municipality becomes its own name, and a
/// province or city without 省 or 市 gets it, if the table of divisions then knows it.
fn canonical(of: &Destination<'_>) -> [String; 4] {
    let mut names = of.names.map(folded);
    if of.country != Country::CN {
        return names;
    }
    let [province, city, district, _] = &mut names;
    if !province.is_empty() && division::find(province, "", "").is_none() {
        let whole = PROVINCES.iter().map(|end| format!("{province}{end}"));
        if let Some(known) = whole.into_iter().find(|name| division::find(name, "", "").is_some()) {
            *province = known;
        }
    }
    let municipal = division::find(province, province, "").is_some();
    if municipal && matches!(city.as_str(), "" | "市辖区" | "县" | "直辖市") && !district.is_empty() {
        city.clone_from(province);
    }
    if !city.is_empty() && division::find(province, city, "").is_none() {
        let known = ["市", "地区", "盟"].iter().map(|end| format!("{city}{end}"));
        if let Some(known) = known.into_iter().find(|name| division::find(province, name, "").is_some()) {
            *city = known;
        }
    }
    names
}

/// What may follow the short name of a province.
const PROVINCES: [&str; 6] = ["省", "市", "自治区", "壮族自治区", "回族自治区", "维吾尔自治区"];

/// A name without blanks, in lower case.
fn folded(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// What a district's name may end with.
const KINDS: [char; 4] = ['区', '县', '市', '旗'];

/// Whether a name may be a district's without its last character: two characters or more are left.
fn is_bare(name: &str) -> bool {
    name.chars().nth(1).is_some()
}

fn key_of<'a>(country: Country, names: impl IntoIterator<Item = &'a str>) -> String {
    let mut key = String::with_capacity(64);
    key.push_str(country.as_str());
    for name in names {
        key.push(BETWEEN);
        key.push_str(name);
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn served(divisions: &[&str], postcodes: &[&str]) -> Served {
        let mut served = Served::default();
        for (station, cell) in divisions.iter().enumerate() {
            let mut others = Vec::new();
            assert_eq!(
                (served.add_divisions(cell, station, &mut others), others),
                (Ok(()), vec![]),
                "{cell}"
            );
        }
        for (station, cell) in postcodes.iter().enumerate() {
            let mut others = Vec::new();
            assert_eq!(
                (served.add_postcodes(cell, station, &mut others), others),
                (Ok(()), vec![]),
                "{cell}"
            );
        }
        served.finish();
        served
    }

    fn at<'a>(country: &[u8; 2], names: [&'a str; 4], postcode: &'a str) -> Destination<'a> {
        Destination { country: Country::new(*country).unwrap(), names, postcode }
    }

    #[test]
    fn the_most_specific_item_decides_however_it_is_written() {
        let served = served(
            &[
                "44",
                "4403; 广东省/广州市",
                "广东省深圳市南山区",
                "广东省深圳市南山区粤海街道",
                "110105",
                "US",
            ],
            &["", "", "", "", "", ""],
        );
        let find = |names| served.find(&at(b"CN", names, ""), &|_| true);
        assert_eq!(find(["广东省", "东莞市", "", ""]), Ok((ServedBy::Province, vec![0])));
        assert_eq!(find(["广东省", "深圳市", "福田区", ""]), Ok((ServedBy::City, vec![1])));
        assert_eq!(find(["广东省", "广州市", "天河区", ""]), Ok((ServedBy::City, vec![1])));
        assert_eq!(find(["广东省", "深圳市", "南山区", "招商街道"]), Ok((ServedBy::District, vec![2])));
        assert_eq!(find(["广东", "深圳", "南山", "招商街道"]), Ok((ServedBy::District, vec![2])));
        assert_eq!(find(["广东省", "深圳市", "南山区", "粤海街道"]), Ok((ServedBy::Street, vec![3])));
        for city in ["北京市", "市辖区", ""] {
            assert_eq!(find(["北京市", city, "朝阳区", ""]), Ok((ServedBy::District, vec![4])), "{city}");
        }
        let abroad = served.find(&at(b"US", ["CA", "San Francisco", "", ""], ""), &|_| true);
        assert_eq!(abroad, Ok((ServedBy::Country, vec![5])));
        let looked = vec![ServedBy::Postcode, ServedBy::City, ServedBy::Province];
        assert_eq!(served.find(&at(b"CN", ["浙江省", "绍兴市", "", ""], "312000"), &|_| true), Err(looked));
    }

    #[test]
    fn a_bare_name_is_not_the_district_of_another_kind() {
        let served = served(&["辽宁省/朝阳市/朝阳县"], &[""]);
        let find = |district| served.find(&at(b"CN", ["辽宁省", "朝阳市", district, ""], ""), &|_| true).ok();
        assert_eq!(find("朝阳县"), Some((ServedBy::District, vec![0])));
        assert_eq!(find("朝阳"), Some((ServedBy::District, vec![0])));
        assert_eq!(find("朝阳区"), None);
    }

    #[test]
    fn postcodes_decide_between_districts_and_lose_against_streets() {
        let served = served(
            &["广东省深圳市南山区", "广东省深圳市", "广东省深圳市南山区粤海街道"],
            &["518000-518099", "518057", ""],
        );
        let find = |names, postcode| served.find(&at(b"CN", names, postcode), &|_| true).unwrap();
        let nanshan = ["广东省", "深圳市", "南山区", ""];
        assert_eq!(find(nanshan, "518057"), (ServedBy::Postcode, vec![1]));
        assert_eq!(find(nanshan, "518033"), (ServedBy::District, vec![0]));
        assert_eq!(find(["广东省", "深圳市", "罗湖区", ""], "518033"), (ServedBy::PostcodeRange, vec![0]));
        assert_eq!(find(["广东省", "深圳市", "南山区", "粤海街道"], "518057"), (ServedBy::Street, vec![2]));
    }

    #[test]
    fn items_that_mean_nothing_are_refused_and_a_second_station_is_told() {
        let mut served = Served::default();
        for item in ["4", "440", "999999", "44030", "广东省//南山区", "a/b/c/d/e", "南山", "US:440305"]
        {
            assert_eq!(served.add_divisions(item, 0, &mut Vec::new()), Err(BadItem), "{item}");
        }
        let mut others = Vec::new();
        for station in [0, 0] {
            served.add_divisions("440305", station, &mut others).unwrap();
            assert!(others.is_empty());
        }
        served.add_divisions("广东省/深圳市/南山区", 1, &mut others).unwrap();
        assert_eq!(others, [0]);
        let nanshan = at(b"CN", ["广东省", "深圳市", "南山", ""], "");
        for (counts, expected) in
            [([true, false], vec![0]), ([false, true], vec![1]), ([true, true], vec![0, 1])]
        {
            assert_eq!(served.find(&nanshan, &|station| counts[station]), Ok((ServedBy::District, expected)));
        }
    }
}
