//! Which station an order goes to: that of its own code, else the one that serves its address.

use super::columns::{Column, Mapping};
use super::input::Row;
use super::order::country;
use super::reject::Reason;
use super::stations::{Destination, Station, Stations};
use crate::keys::Day;
use crate::record::{Country, division};
use std::sync::Arc;

/// The station of an order whose cells are `cell`, and whether the file of stations says that another one serves its
/// address. The order's own code is believed: who wrote it may know more than the file.
pub(super) fn locate<'a>(
    stations: &Stations,
    cell: &dyn Fn(Column) -> &'a str,
) -> Result<(Arc<Station>, bool), Reason> {
    let code = cell(Column::Station).trim();
    if code.is_empty() && stations.has_served() {
        return Ok((stations.serving(&destination(cell)).map_err(Reason::Unserved)?.clone(), false));
    }
    let station = stations.find(code).ok_or(Reason::UnknownStation)?;
    let elsewhere = stations.has_served() && stations.is_elsewhere(station, &destination(cell));
    Ok((station.clone(), elsewhere))
}

/// Whether the station of a row is known, and its orders are sealed from a later day on.
pub(super) fn is_early(stations: &Stations, day: Day, mapping: &Mapping, row: &Row) -> bool {
    if !stations.has_pilot() || row.fault.is_some() {
        return false;
    }
    let cell = |column| mapping.place(column).map_or("", |at| row.cell(at));
    locate(stations, &cell).is_ok_and(|(station, _)| station.is_early(day))
}

/// What the station is looked up by: the columns of the division, or what the address begins with.
fn destination<'a>(cell: &dyn Fn(Column) -> &'a str) -> Destination<'a> {
    let country = country(cell(Column::Country)).unwrap_or(Country::CN);
    let mut names = [Column::Province, Column::City, Column::District, Column::Street].map(cell);
    let detail = cell(Column::Detail);
    if country == Country::CN
        && names.iter().all(|name| name.is_empty())
        && let Some([province, city, district, rest]) = division::split(detail)
    {
        let [province, city, district, rest] = [province, city, district, rest].map(|part| &detail[part]);
        names = [province, city, district, street(rest)];
    }
    Destination { country, names, postcode: cell(Column::Postcode) }
}

/// The street, town or township that a text begins with; empty if there is none.
fn street(text: &str) -> &str {
    let most: usize = text.chars().take(STREET_MAX).map(char::len_utf8).sum();
    let ends = ["街道", "镇", "乡", "苏木"].into_iter().filter_map(|end| {
        let at = text[..most].find(end)?;
        // 镇 alone is no name.
        (at > 0).then_some(at + end.len())
    });
    ends.min().map_or("", |end| &text[..end])
}

/// The most characters of a street's name.
const STREET_MAX: usize = 14;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_street_is_what_ends_like_one() {
        for (text, expected) in [
            ("粤海街道科技园路9号", "粤海街道"),
            ("茶陵镇云阳路1号", "茶陵镇"),
            ("科技园路9号3栋", ""),
            ("镇1号", ""),
            ("沙头街道", "沙头街道"),
        ] {
            assert_eq!(street(text), expected, "{text}");
        }
    }
}
