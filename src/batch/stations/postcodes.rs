//! Postcodes that stations serve: whole ones, beginnings, and ranges, for each country.

use super::holders::{Holders, hold};
use super::item::{BadItem, country_of};
use crate::record::Country;
use std::collections::HashMap;

/// The most characters of a postcode without blanks and hyphens.
const LENGTH_MAX: usize = 10;

/// Served postcodes.
#[derive(Clone, Debug, Default)]
pub(super) struct PostcodeRanges {
    /// Whole postcodes and beginnings; a beginning ends with `*`.
    texts: HashMap<(Country, String), Holders>,
    /// Ranges of digits, by country and length, sorted by their first number.
    ranges: HashMap<(Country, usize), Vec<PostcodeRange>>,
}

#[derive(Clone, Copy, Debug)]
struct PostcodeRange {
    first: u64,
    last: u64,
    station: usize,
    /// The highest last number of this range and those before it.
    reaches: u64,
}

impl PostcodeRanges {
    pub(super) fn is_empty(&self) -> bool {
        self.texts.is_empty() && self.ranges.is_empty()
    }

    /// Adds `518057`, `518*`, `518000-518099`, or one of these after a country: `TW:106*`. Other stations that have the same
    /// postcode or beginning are added to `others`.
    pub(super) fn add(&mut self, item: &str, station: usize, others: &mut Vec<usize>) -> Result<(), BadItem> {
        let (country, item) = country_of(item);
        if let Some((first, last)) = range(item) {
            let (first_digits, last_digits) = (digits(&first).ok_or(BadItem)?, digits(&last).ok_or(BadItem)?);
            if first.len() != last.len() || first_digits > last_digits {
                return Err(BadItem);
            }
            let range =
                PostcodeRange { first: first_digits, last: last_digits, station, reaches: last_digits };
            self.ranges.entry((country, first.len())).or_default().push(range);
            return Ok(());
        }
        let (text, any) = item.strip_suffix('*').map_or((item, false), |begins| (begins, true));
        let mut text = plain(text).filter(|text| !text.is_empty()).ok_or(BadItem)?;
        if any {
            text.push('*');
        }
        hold(&mut self.texts, (country, text), station, others);
        Ok(())
    }

    /// Sorts the ranges.
    pub(super) fn finish(&mut self) {
        for ranges in self.ranges.values_mut() {
            ranges.sort_by_key(|range| range.first);
            let mut reaches = 0;
            for range in ranges {
                reaches = reaches.max(range.last);
                range.reaches = reaches;
            }
        }
    }

    /// The stations that serve a postcode, of those that count: by the whole of it, which is then true, else by the longest
    /// beginning or the narrowest range.
    pub(super) fn find(
        &self,
        country: Country,
        postcode: &str,
        counts: &dyn Fn(usize) -> bool,
    ) -> Option<(bool, Vec<usize>)> {
        if self.is_empty() {
            return None;
        }
        let postcode = plain(postcode)?;
        let holding = |text: String| {
            let stations = self.texts.get(&(country, text))?.all().iter().copied();
            Some(stations.filter(|at| counts(*at)).collect::<Vec<_>>()).filter(|found| !found.is_empty())
        };
        if let Some(stations) = holding(postcode.clone()) {
            return Some((true, stations));
        }
        let mut narrowest = (1..=postcode.len()).rev().find_map(|length| {
            let stations = holding(format!("{}*", &postcode[..length]))?;
            Some((10_u64.saturating_pow((postcode.len() - length) as u32), stations))
        });
        for range in self.around(country, &postcode).filter(|range| counts(range.station)) {
            let width = range.last - range.first + 1;
            match &mut narrowest {
                Some((known, _)) if *known < width => {}
                Some((known, stations)) if *known == width => {
                    if !stations.contains(&range.station) {
                        stations.push(range.station);
                    }
                }
                narrowest => *narrowest = Some((width, vec![range.station])),
            }
        }
        let (width, stations) = narrowest?;
        Some((width == 1, stations))
    }

    /// The ranges that contain a postcode of digits.
    fn around(&self, country: Country, postcode: &str) -> impl Iterator<Item = &PostcodeRange> {
        let number = digits(postcode);
        let ranges = self.ranges.get(&(country, postcode.len())).map_or(&[][..], Vec::as_slice);
        let number = number.unwrap_or(u64::MAX);
        let end = ranges.partition_point(|range| range.first <= number);
        ranges[..end]
            .iter()
            .rev()
            .take_while(move |range| range.reaches >= number)
            .filter(move |range| range.last >= number)
    }
}

/// The two ends of a range, if the item is one: digits, a hyphen, digits.
fn range(item: &str) -> Option<(String, String)> {
    let (first, last) = item.split_once(['-', '–', '~', '～'])?;
    let (first, last) = (plain(first)?, plain(last)?);
    // `150-0041` is one postcode of Japan, since its parts have different lengths.
    (first.len() == last.len() && digits(&first).is_some() && digits(&last).is_some())
        .then_some((first, last))
}

fn digits(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

/// A postcode without blanks and hyphens, in capitals.
fn plain(text: &str) -> Option<String> {
    let text: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => {
                char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c).to_ascii_uppercase()
            }
            c => c.to_ascii_uppercase(),
        })
        .collect();
    (text.len() <= LENGTH_MAX && text.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_postcodes_come_before_beginnings_and_narrow_ranges_before_wide_ones() {
        let mut served = PostcodeRanges::default();
        for (station, item) in
            ["518*", "518050-518059", "518000-518099", "518055", "GB:SW1A", "GB:SW1A*", "JP:150-0041"]
                .into_iter()
                .enumerate()
        {
            let mut others = Vec::new();
            assert_eq!((served.add(item, station, &mut others), others), (Ok(()), vec![]), "{item}");
        }
        served.finish();
        let find =
            |country: &[u8; 2], postcode| served.find(Country::new(*country).unwrap(), postcode, &|_| true);
        assert_eq!(find(b"CN", "518055"), Some((true, vec![3])));
        assert_eq!(find(b"CN", "518 056"), Some((false, vec![1])));
        assert_eq!(find(b"CN", "518060"), Some((false, vec![2])));
        assert_eq!(find(b"CN", "518999"), Some((false, vec![0])));
        assert_eq!(find(b"CN", "519000"), None);
        assert_eq!(find(b"GB", "sw1a 2aa"), Some((false, vec![5])));
        assert_eq!(find(b"GB", "SW1A"), Some((true, vec![4])));
        assert_eq!(find(b"JP", "1500041"), Some((true, vec![6])));
        assert_eq!(find(b"JP", "150004"), None);
    }

    #[test]
    fn ranges_of_one_width_that_overlap_are_of_several_stations() {
        let mut served = PostcodeRanges::default();
        for (station, item) in ["100000-100009", "100005-100014", "100000-199999"].into_iter().enumerate() {
            served.add(item, station, &mut Vec::new()).unwrap();
        }
        served.finish();
        let find = |postcode| served.find(Country::CN, postcode, &|_| true).unwrap().1;
        let mut both = find("100007");
        both.sort_unstable();
        assert_eq!(
            (both, find("100003"), find("100012"), find("150000")),
            (vec![0, 1], vec![0], vec![1], vec![2])
        );
    }

    #[test]
    fn items_that_are_no_postcodes_are_refused() {
        for item in ["", "*", "518099-518000", "518_57", "CN:", "51805751805"] {
            assert_eq!(PostcodeRanges::default().add(item, 0, &mut Vec::new()), Err(BadItem), "{item}");
        }
        let mut served = PostcodeRanges::default();
        let mut others = Vec::new();
        served.add("518*", 0, &mut others).unwrap();
        assert!(others.is_empty());
        served.add("518*", 1, &mut others).unwrap();
        assert_eq!(others, [0]);
        served.add("518*", 1, &mut Vec::new()).unwrap();
        served.finish();
        assert_eq!(served.find(Country::CN, "518057", &|at| at == 1), Some((false, vec![1])));
        assert_eq!(served.find(Country::CN, "518057", &|_| false), None);
    }
}
