//! Which station an order goes to: that of its own code, else the one that serves its address.

use super::columns::Column;
use super::stations::{Destination, Station, Stations, Unserved};
use crate::keys::Day;
use crate::record::{Country, division};
use std::sync::Arc;

/// Where an order goes.
pub(super) struct Located {
    pub(super) station: Arc<Station>,
    /// The file of stations says that another one serves the address.
    pub(super) elsewhere: bool,
    /// It follows the station that the order names, which is over.
    pub(super) succeeds: bool,
}

/// The station on a day of an order whose cells are `cell`. The order's own code is believed: who wrote it may know more than the
/// file. `None` is a code that no station has.
pub(super) fn locate<'a>(
    stations: &Stations,
    day: Option<Day>,
    country: Country,
    cell: &dyn Fn(Column) -> &'a str,
) -> Result<Located, Option<Unserved>> {
    let code = cell(Column::Station).trim();
    let of = || destination(country, cell);
    if code.is_empty() && stations.has_served() {
        let station = stations.serving(&of(), day)?.clone();
        return Ok(Located { station, elsewhere: false, succeeds: false });
    }
    let found = stations.resolve(code, day, &of)?;
    let elsewhere = stations.has_served() && stations.is_elsewhere(found.station, &of(), day);
    Ok(Located { station: found.station.clone(), elsewhere, succeeds: found.succeeds })
}

/// What the station is looked up by: the columns of the division, or what the address begins with.
fn destination<'a>(country: Country, cell: &dyn Fn(Column) -> &'a str) -> Destination<'a> {
    let mut names = [Column::Province, Column::City, Column::District, Column::Street].map(cell);
    let detail = cell(Column::Detail);
    if country == Country::CN
        // Columns that the table does not know (`x`, or none at all) say less than an address that begins with its division.
        && division::find(names[0], names[1], names[2]).is_none()
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
    fn columns_that_say_nothing_give_way_to_the_address() {
        let detail = "广东省深圳市福田区沙头街道中山路47号";
        for province in ["", "x"] {
            let cell = |column: Column| match column {
                Column::Province => province,
                Column::City => "深圳市",
                Column::Detail => detail,
                _ => "",
            };
            let found = destination(Country::CN, &cell);
            assert_eq!(found.names, ["广东省", "深圳市", "福田区", "沙头街道"], "{province}");
        }
        // What the table knows is believed.
        let cell = |column: Column| match column {
            Column::Province => "浙江省",
            Column::City => "杭州市",
            Column::District => "西湖区",
            Column::Detail => detail,
            _ => "",
        };
        assert_eq!(destination(Country::CN, &cell).names, ["浙江省", "杭州市", "西湖区", ""]);
    }

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
