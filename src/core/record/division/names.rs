//! Maps division codes to names and names to codes.

use super::table::{CODES, OFFSETS, TEXT};
use crate::record::division_code::DivisionCode;

/// The year of the table. It holds the divisions of the National Bureau of Statistics as of 2023-06-30, published
/// on 2023-09-11, which include some zones that GB/T 2260 does not list.
pub const VERSION: u16 = 2023;

/// Province, city and district of a code. For the code of a province or city, the lower names are empty.
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

/// The code of the names, if [`names`] maps it back to exactly these.
#[must_use]
pub fn find(province: &str, city: &str, district: &str) -> Option<DivisionCode> {
    let province = Sought::new(province)?;
    let rank = PROVINCES.into_iter().map(usize::from).find(|rank| province.is_at(CITIES[*rank].into()))?;
    let place = if city.is_empty() {
        if !district.is_empty() {
            return None;
        }
        usize::from(CITIES[rank])
    } else {
        let until = CODES[usize::from(CITIES[rank])] + 10_000;
        let city = Sought::new(city)?;
        let district = if district.is_empty() { None } else { Some(Sought::new(district)?) };
        // Two cities of one province can share a name: the placeholders that stand for the municipality itself.
        CITIES[rank + 1..]
            .iter()
            .map(|place| usize::from(*place))
            .take_while(|place| CODES[*place] < until)
            .zip(CITIES[rank + 2..].iter().map(|place| usize::from(*place)).chain([CODES.len()]))
            .filter(|(place, _)| city.is_at(*place))
            .find_map(|(place, end)| match &district {
                None => Some(place),
                Some(district) => (place + 1..end).find(|place| district.is_at(*place)),
            })?
    };
    DivisionCode::new(CODES[place])
}

/// A name to look up, with its key. A device has no table of keys and compares the names.
struct Sought<'a> {
    name: &'a str,
    #[cfg(feature = "fast")]
    key: u32,
}

impl<'a> Sought<'a> {
    /// A name of at least two characters, which every division has.
    fn new(name: &'a str) -> Option<Self> {
        Some(Self {
            name,
            #[cfg(feature = "fast")]
            key: key(name.as_bytes().first_chunk()?),
        })
    }

    /// Whether the table entry at `place` has this name.
    fn is_at(&self, place: usize) -> bool {
        #[cfg(feature = "fast")]
        if KEYS[place] != self.key {
            return false;
        }
        named(place) == self.name
    }
}

/// A key that distinguishes most names: the second character and the end of the first.
#[cfg(feature = "fast")]
const fn key(name: &[u8; 6]) -> u32 {
    u32::from_le_bytes([name[2], name[3], name[4], name[5]])
}

/// The key of each name in the table.
#[cfg(feature = "fast")]
static KEYS: [u32; CODES.len()] = {
    let mut keys = [0; CODES.len()];
    let mut place = 0;
    while place < keys.len() {
        let (_, name) = TEXT.as_bytes().split_at(OFFSETS[place] as usize);
        let Some(name) = name.first_chunk() else { panic!("a name of one character") };
        assert!(OFFSETS[place + 1] - OFFSETS[place] >= 6);
        keys[place] = key(name);
        place += 1;
    }
    keys
};

/// The table indices of the provinces, each followed by those of its cities.
static CITIES: [u16; count(100)] = {
    let mut places = [0; count(100)];
    let (mut place, mut rank) = (0, 0);
    while place < CODES.len() {
        if CODES[place].is_multiple_of(100) {
            places[rank] = place as u16;
            rank += 1;
        }
        place += 1;
    }
    places
};

/// The indices of the provinces in [`CITIES`].
static PROVINCES: [u16; count(10_000)] = {
    let mut ranks = [0; count(10_000)];
    let (mut rank, mut province) = (0, 0);
    while rank < CITIES.len() {
        if CODES[CITIES[rank] as usize].is_multiple_of(10_000) {
            ranks[province] = rank as u16;
            province += 1;
        }
        rank += 1;
    }
    ranks
};

/// The number of codes that are multiples of `of`.
const fn count(of: u32) -> usize {
    let (mut place, mut count) = (0, 0);
    while place < CODES.len() {
        count += CODES[place].is_multiple_of(of) as usize;
        place += 1;
    }
    count
}

/// Finds the division below a code (0 for the country) whose name begins with two characters and satisfies `is`.
/// Below a province: a city, or a district if there is no such city. Below a city: a district.
pub(crate) fn find_below(code: u32, start: &[u8; 6], is: impl Fn(&str) -> bool) -> Option<u32> {
    let fits = |place: &usize| begins(*place, start) && is(named(*place));
    let after = CODES.partition_point(|known| *known <= code);
    let until = |step: u32| move |place: &usize| CODES[*place] < code + step;
    let city = |place: &usize| CODES[*place].is_multiple_of(100);
    let place = match code {
        0 => PROVINCES.iter().map(|rank| usize::from(CITIES[usize::from(*rank)])).find(fits),
        _ if !code.is_multiple_of(100) => None,
        _ if !code.is_multiple_of(10_000) => (after..CODES.len()).take_while(until(100)).find(fits),
        _ => {
            let all = || (after..CODES.len()).take_while(until(10_000)).filter(fits);
            all().find(city).or_else(|| all().next())
        }
    };
    place.map(|place| CODES[place])
}

/// Whether the name at a table index begins with two characters.
fn begins(place: usize, start: &[u8; 6]) -> bool {
    #[cfg(feature = "fast")]
    if KEYS[place] != key(start) {
        return false;
    }
    named(place).as_bytes().starts_with(start)
}

/// The name at a table index.
pub(super) fn named(place: usize) -> &'static str {
    TEXT.get(usize::from(OFFSETS[place])..usize::from(OFFSETS[place + 1])).unwrap_or_default()
}

pub(super) fn name(code: u32) -> Option<&'static str> {
    CODES.binary_search(&code).ok().map(named)
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
