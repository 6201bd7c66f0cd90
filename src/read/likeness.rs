//! Whether the number of a bar code beside a label speaks of a parcel at all: only a whole number that may be another parcel's
//! shows that a code was moved.

/// What a number beside a label says of the label's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// It is the label's.
    Same,
    /// It is another parcel's.
    Other,
    /// It is no parcel's, or not whole.
    Unknown,
}

/// The most keys that a scanner's setting or a slow host adds to a number, or takes from it.
const KEYS: usize = 3;

/// Compares the number of a bar code with the waybill number of a label, which may be empty.
#[must_use]
pub fn likeness(number: &str, waybill: &str) -> Likeness {
    if waybill.is_empty() {
        return Likeness::Unknown;
    }
    let more = number.len().saturating_sub(waybill.len());
    // With what a scanner is set to send before or after each code.
    if more <= KEYS && (number.starts_with(waybill) || number.ends_with(waybill)) {
        return Likeness::Same;
    }
    let (short, long) = if more > 0 { (waybill, number) } else { (number, waybill) };
    let is_part = long.contains(short) || long.len() - short.len() <= KEYS && is_within(short, long);
    if number.len() != waybill.len() && is_part || !may_be_waybill(number, waybill) {
        return Likeness::Unknown;
    }
    if is_goods(number, waybill) { Likeness::Unknown } else { Likeness::Other }
}

/// Whether the characters of a text are in another one, in their order.
fn is_within(short: &str, long: &str) -> bool {
    let mut rest = long.bytes();
    short.bytes().all(|byte| rest.any(|other| other == byte))
}

/// Whether a number may be another parcel's: of the form of this one, or as carriers number parcels. An article's code is
/// shorter, or has letters and hyphens anywhere.
fn may_be_waybill(number: &str, waybill: &str) -> bool {
    let kind = |byte: u8| (byte.is_ascii_digit(), byte.is_ascii_uppercase());
    let form = |text: &str| text.bytes().map(kind).collect::<Vec<_>>();
    let letters = number.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = number.len() - letters;
    let is_carriers =
        letters <= 4 && digits >= 10 && number.bytes().skip(letters).all(|byte| byte.is_ascii_digit());
    // UPU S10: two letters, nine digits, two letters.
    let is_s10 = number.len() == 13 && form(number) == form("AA123456789AA");
    form(number) == form(waybill) || is_carriers || is_s10
}

/// Whether a number is likelier the code of goods in the parcel, an EAN, UPC or GTIN, than the waybill of another label.
fn is_goods(number: &str, waybill: &str) -> bool {
    let digits = || number.bytes().rev().map(|digit| u32::from(digit.wrapping_sub(b'0')));
    let same_kind = number.len() == waybill.len() && waybill.bytes().all(|byte| byte.is_ascii_digit());
    if same_kind || ![8, 12, 13, 14].contains(&number.len()) || digits().any(|digit| digit > 9) {
        return false;
    }
    // GS1's check digit: weights 1 and 3 from the right.
    let sum: u32 = digits().zip([1, 3].into_iter().cycle()).map(|(digit, weight)| digit * weight).sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "YT8800000000001";
    const B: &str = "YT8800000000002";

    #[test]
    fn a_number_that_is_not_whole_accuses_nobody() {
        // One key lost or pressed twice, wherever; what a scanner sends before or after each code.
        for at in 0..A.len() {
            let (lost, twice) =
                (format!("{}{}", &A[..at], &A[at + 1..]), format!("{}{}", &A[..=at], &A[at..]));
            assert_eq!(likeness(&lost, A), Likeness::Unknown, "{lost}");
            assert_ne!(likeness(&twice, A), Likeness::Other, "{twice}");
        }
        // The number with a parcel of the order is neither.
        assert_eq!(likeness("JD0000000000001-1-2-", "JD0000000000001"), Likeness::Unknown);
        for own in [A.to_owned(), format!("{A}END"), format!("1{A}"), format!("{A}-")] {
            assert_eq!(likeness(&own, A), Likeness::Same, "{own}");
        }
        // Any other parcel's number is one: of the next label, of another carrier, of the same form.
        for other in
            [B, "SF1234567890123", "78123456789012", "JDV012345678901", "EA123456785CN", "1234567890"]
        {
            assert_eq!(likeness(other, A), Likeness::Other, "{other}");
        }
        assert_eq!(likeness("PKG-000-001", "PKG-000-002"), Likeness::Other);
        assert_eq!(likeness("123456789013", "123456789012"), Likeness::Other);
    }

    #[test]
    fn goods_and_routing_codes_accuse_nobody() {
        for goods in [
            "6901234567892",
            "036000291452",
            "96385074",
            "16901234567899",
            "755-A12-008",
            "SKU10045",
            "12345678",
        ] {
            assert_eq!(likeness(goods, A), Likeness::Unknown, "{goods}");
        }
        assert_eq!(likeness("", A), Likeness::Unknown);
        assert_eq!(likeness(A, ""), Likeness::Unknown);
    }
}
