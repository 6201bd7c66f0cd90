//! Files of orders for station SZ-NS-012.

/// The names of the columns.
pub const HEADER: &str = "waybill,station,name,phone,province,city,district,detail\n";

/// The order of a number, for a station: its waybill number, and a phone of its own.
pub fn row(number: u64, station: &str) -> String {
    let phone = (number * 9973 + 40_260_600) % 100_000_000;
    format!(
        "YT88{:011},{station},王芳,151{phone:08},广东省,深圳市,南山区,绿地世纪城19-1-19\n",
        number + 1_000_000
    )
}

/// The orders of these numbers.
pub fn orders(numbers: std::ops::Range<u64>) -> String {
    numbers.map(|number| row(number, "SZ-NS-012")).fold(HEADER.to_owned(), |all, row| all + &row)
}
