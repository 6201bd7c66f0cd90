//! What an order says of payment: the cells `cod`, `payment`, `declared`, `currency` and `payment_method`.
//!
//! In go cells as people and systems write them (`299`, `¥1,299.00`, `到付`); out comes a [`Payment`] to print. A cell that is
//! not understood refuses the order: an amount that is not collected is lost.

use super::columns::Column;
use crate::label::{Amount, FreightTerms, Payment};
use crate::record::Country;
use thiserror::Error;

/// Why a cell of payment is not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PaymentFault {
    /// Not an amount.
    #[error("not an amount; write digits such as 299 or 299.50")]
    Amount,
    /// The amount has no currency, and the country none that is known.
    #[error(
        "an amount without a currency; write it before the amount, as in USD 12.50, or into the column `currency`"
    )]
    Currency,
    /// Two currencies for one amount.
    #[error("the amount has another currency than the column `currency`; correct one of them")]
    Currencies,
    /// The order is paid on delivery, and no cell has the amount.
    #[error("paid on delivery, and no amount is given; write it into the column `cod`")]
    NoAmount,
    /// Unknown terms.
    #[error("not known; write 到付 (collect), 寄付 (prepaid) or 月结 (account)")]
    Terms,
}

/// Reads what an order says of payment. Amounts without a currency are of China's if the order goes there.
///
/// # Errors
/// The column to correct, and why.
pub fn payment<'a>(
    country: Country,
    cell: impl Fn(Column) -> &'a str,
) -> Result<Payment, (Column, PaymentFault)> {
    let mut payment = Payment::default();
    // Most orders say nothing of it.
    let said = [Column::Cod, Column::Declared, Column::Payment, Column::PaymentMethod];
    if said.iter().all(|column| cell(*column).is_empty()) {
        return Ok(payment);
    }
    let amount =
        |column| amount(cell(column), cell(Column::Currency), country).map_err(|fault| (column, fault));
    payment.collect = amount(Column::Cod)?;
    payment.declared = amount(Column::Declared)?;
    payment.terms = terms(cell(Column::Payment)).map_err(|fault| (Column::Payment, fault))?;
    if payment.collect.is_none() && is_on_delivery(cell(Column::PaymentMethod)) {
        return Err((Column::Cod, PaymentFault::NoAmount));
    }
    Ok(payment)
}

/// Whether a shop's method of payment, in its own words, is one on delivery. Any other is paid before, and no business of the
/// courier.
fn is_on_delivery(method: &str) -> bool {
    let text: String =
        method.chars().filter(|c| c.is_alphanumeric()).map(half_width).flat_map(char::to_lowercase).collect();
    let words = [
        "货到付款",
        "貨到付款",
        "代收货款",
        "代收款",
        "到付",
        "cashondelivery",
        "payondelivery",
        "collectondelivery",
    ];
    words.iter().any(|word| text.contains(word)) || matches!(text.as_str(), "cod" | "代收")
}

/// The amount of a cell; `None` if the cell is empty or says that there is none.
fn amount(cell: &str, currency: &str, country: Country) -> Result<Option<Amount>, PaymentFault> {
    let text: String = cell.chars().filter(|c| !c.is_whitespace()).map(half_width).collect();
    if matches!(text.as_str(), "" | "-" | "/" | "无" | "否") || text.eq_ignore_ascii_case("no") {
        return Ok(None);
    }
    let (own, digits) = split(&text).ok_or(PaymentFault::Amount)?;
    let digits = without_thousands(digits).ok_or(PaymentFault::Amount)?;
    let said: String = currency.chars().filter(|c| !c.is_whitespace()).map(half_width).collect();
    let said = if said.is_empty() { None } else { Some(code(&said).ok_or(PaymentFault::Currency)?) };
    if let (Some(own), Some(said)) = (own, said)
        && own != said
    {
        return Err(PaymentFault::Currencies);
    }
    let home = (country == Country::CN).then_some(*b"CNY");
    let zero = Amount::new(*b"XXX", &digits).ok_or(PaymentFault::Amount)?.is_zero();
    if zero {
        return Ok(None);
    }
    let currency = own.or(said).or(home).ok_or(PaymentFault::Currency)?;
    Amount::new(currency, &digits).map(Some).ok_or(PaymentFault::Amount)
}

/// A currency before or after the digits, and the digits.
fn split(text: &str) -> Option<(Option<[u8; 3]>, &str)> {
    let first = text.find(|c: char| c.is_ascii_digit())?;
    let last = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let (before, digits, after) = (&text[..first], &text[first..last], &text[last..]);
    let currency = match (before, after) {
        ("", "") => None,
        (one, "") | ("", one) => Some(code(one)?),
        _ => return None,
    };
    Some((currency, digits))
}

/// The ISO 4217 code of what people write for a currency.
fn code(text: &str) -> Option<[u8; 3]> {
    let text = text.to_ascii_uppercase();
    Some(match text.as_str() {
        "¥" | "￥" | "元" | "圆" | "块" | "RMB" | "人民币" | "元人民币" | "CNY" => *b"CNY",
        "$" | "US$" | "美元" => *b"USD",
        "€" | "欧元" => *b"EUR",
        "£" | "英镑" => *b"GBP",
        "HK$" | "港币" | "港元" => *b"HKD",
        "NT$" | "新台币" | "台币" => *b"TWD",
        "日元" | "円" => *b"JPY",
        "₩" | "韩元" => *b"KRW",
        _ => {
            let letters: [u8; 3] = text.as_bytes().try_into().ok()?;
            letters.iter().all(u8::is_ascii_uppercase).then_some(letters)?
        }
    })
}

/// `1,299.00` without its commas, which must stand between groups of three digits.
fn without_thousands(digits: &str) -> Option<String> {
    if !digits.contains(',') {
        return Some(digits.to_owned());
    }
    let (whole, part) = digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let fits = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    let whole: String = whole.chars().filter(|c| *c != ',').collect();
    fits.then(|| part.map_or_else(|| whole.clone(), |part| format!("{whole}.{part}")))
}

fn terms(cell: &str) -> Result<Option<FreightTerms>, PaymentFault> {
    let text: String =
        cell.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_')).map(half_width).collect();
    Ok(Some(match text.to_lowercase().as_str() {
        "" => return Ok(None),
        "到付" | "到付现结" | "收方付" | "收件方付" | "收件人付" | "运费到付" | "collect"
        | "freightcollect" | "recipient" | "착불" => FreightTerms::Collect,
        "寄付" | "现付" | "寄付现结" | "寄方付" | "寄件方付" | "寄件人付" | "发货方付" | "已付"
        | "prepaid" | "freightprepaid" | "sender" | "선불" | "선결제" | "무료" => {
            FreightTerms::Prepaid
        }
        "月结" | "寄付月结" | "第三方付" | "第三方月结" | "account" | "thirdparty" | "monthly" => {
            FreightTerms::Account
        }
        _ => return Err(PaymentFault::Terms),
    }))
}

fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '￥' => '¥',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_that_is_paid_on_delivery_has_an_amount() {
        let of = |method: &'static str, cod: &'static str| {
            payment(Country::CN, |column| match column {
                Column::PaymentMethod => method,
                Column::Cod => cod,
                _ => "",
            })
        };
        for method in ["货到付款", "Cash on Delivery (COD)", "COD", "貨到付款（現金）", "cash_on_delivery"]
        {
            assert_eq!(of(method, "").unwrap_err(), (Column::Cod, PaymentFault::NoAmount), "{method}");
            assert!(of(method, "299").unwrap().collect.is_some(), "{method}");
        }
        for method in ["", "在线支付", "支付宝", "Shopify Payments", "Credit Card", "公司转账", "codeless"]
        {
            assert!(of(method, "").unwrap().is_nothing(), "{method}");
        }
    }

    #[test]
    fn amounts_are_understood_as_they_are_written_or_refused() {
        let of = |cell, currency| {
            amount(cell, currency, Country::CN).map(|amount| amount.map(|amount| amount.to_string()))
        };
        for (cell, currency, printed) in [
            ("299", "", "¥299"),
            ("299.5", "", "¥299.50"),
            ("¥1,299.00", "", "¥1299.00"),
            ("￥２９９", "", "¥299"),
            ("299元", "", "¥299"),
            ("299", "RMB", "¥299"),
            ("12.50", "USD", "USD 12.50"),
            ("USD 12.50", "", "USD 12.50"),
            ("12.50 eur", "EUR", "EUR 12.50"),
        ] {
            assert_eq!(of(cell, currency), Ok(Some(printed.to_owned())), "{cell}");
        }
        for cell in ["", " ", "0", "0.00", "￥0", "无", "否", "-", "no"] {
            assert_eq!(of(cell, ""), Ok(None), "{cell}");
        }
        for cell in ["-299", "是", "299/300", "1,2", "12,34.5", "一百", "1.2.3", "13812345678", "3 x 99"] {
            assert_eq!(of(cell, ""), Err(PaymentFault::Amount), "{cell}");
        }
        assert_eq!(of("¥299", "USD"), Err(PaymentFault::Currencies));
        assert_eq!(amount("299", "", Country::new(*b"US").unwrap()), Err(PaymentFault::Currency));
    }

    #[test]
    fn terms_are_one_of_three() {
        assert_eq!(terms("到付"), Ok(Some(FreightTerms::Collect)));
        assert_eq!(terms(" 寄付现结"), Ok(Some(FreightTerms::Prepaid)));
        assert_eq!(terms("寄付月结"), Ok(Some(FreightTerms::Account)));
        assert_eq!(terms("Freight collect"), Ok(Some(FreightTerms::Collect)));
        assert_eq!(terms("착불"), Ok(Some(FreightTerms::Collect)));
        // Without a fee for the recipient the shop pays it.
        assert_eq!(terms("무료"), Ok(Some(FreightTerms::Prepaid)));
        assert_eq!(terms(""), Ok(None));
        assert_eq!(terms("货到付款"), Err(PaymentFault::Terms));
    }
}
