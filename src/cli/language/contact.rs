//! Texts of the number that a courier calls.

use super::Language;
use super::text::{sentences, texts};
use wayseal::record::PhoneNumber;
use zeroize::Zeroizing;

texts! {
    NUMBER_EXPIRES =
        "virtual number: if it no longer rings, ask the station; the platform gives another to the station, not to the courier",
        "虚拟号：若已失效，请向网点查询；平台只把新号码给网点，不给快递员";
}

sentences! {
    // Spelt as in the number's own country, whatever the language of the screen.
    with_extension(main, extension) = "{main} ext. {extension}", "{main} 转 {extension}";
}

/// A phone as a courier reads it: digits of a mobile with an extension in groups, and the extension apart.
pub fn dialled(phone: &str) -> String {
    let number = PhoneNumber::of(phone);
    let Some(extension) = number.extension else { return phone.to_owned() };
    let main = number.main;
    let mainland = main.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
        && ["1", "0", "95", "400", "800"].iter().any(|begin| main.starts_with(begin));
    let mobile = main.len() == 11 && main.starts_with('1') && mainland;
    let grouped = mobile.then(|| Zeroizing::new([&main[..3], &main[3..7], &main[7..]].join(" ")));
    let main = grouped.as_ref().map_or(main, |grouped| grouped.as_str());
    with_extension(if mainland { Language::Zh } else { Language::En }, main, extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_are_spelt_as_in_the_country_of_the_number() {
        for (phone, shown) in [
            ("13812345678", "13812345678"),
            ("13812345678-1234", "138 1234 5678 转 1234"),
            ("95013123456789-1234", "95013123456789 转 1234"),
            ("0755-26543210-8012", "0755-26543210 转 8012"),
            ("0755-26543210", "0755-26543210"),
            ("+1 480-555-0142-77", "+1 480-555-0142 ext. 77"),
        ] {
            assert_eq!(dialled(phone), shown);
        }
    }
}
