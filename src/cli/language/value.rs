//! Why a value is refused that an option, or a cell of a file of devices, has.

use super::Language;
use std::error::Error;
use std::fmt;
use wayseal::batch::columns::Column;
use wayseal::signed::grant::Purpose;

/// The value is not of the kind that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueError {
    /// A label's size.
    Size,
    /// A field of an order and its columns.
    Column,
    /// A purpose of a grant.
    Purpose,
    /// A purpose for which a person opens a label.
    OpeningPurpose,
    /// A rule for labels that were opened before.
    Reopen,
    /// A tier.
    Tier,
    /// A sealer's number.
    Sealer,
    /// A sealer's number, or a range of them.
    Sealers,
    /// A region's number.
    Region,
    /// An age recipient.
    Recipient,
    /// Hours of work.
    Hours,
    /// An offset of local time.
    Offset,
}

impl Language {
    /// Why a value is refused, and which are not.
    pub fn value(self, error: ValueError) -> String {
        let (english, chinese) = match error {
            ValueError::Size => (
                "a size is width and height in millimetres, such as 100x150, or 4x6in, or A6",
                "尺寸为宽和高，单位毫米，如 100x150，或 4x6in、A6",
            ),
            ValueError::Column => {
                let names: Vec<&str> = Column::all().map(Column::name).collect();
                let names = names.join(", ");
                return match self {
                    Self::En => {
                        format!("a column is COLUMN=NAME, such as phone=Tel; COLUMN is one of {names}")
                    }
                    Self::Zh => format!("列写作 COLUMN=列名，如 phone=Tel；COLUMN 为其一：{names}"),
                };
            }
            ValueError::Purpose => {
                let names: Vec<String> = Purpose::ALL.iter().map(ToString::to_string).collect();
                let names = names.join(", ");
                return match self {
                    Self::En => format!("not a purpose; they are {names}"),
                    Self::Zh => format!("不是用途；可用的为 {names}"),
                };
            }
            ValueError::OpeningPurpose => (
                "not a purpose; they are deliver, return, relabel, enquiry",
                "不是用途；可用的为 deliver、return、relabel、enquiry",
            ),
            ValueError::Reopen => ("not allow, count or refuse", "不是 allow、count 或 refuse"),
            ValueError::Tier => ("not delivery or contact", "不是 delivery 或 contact"),
            ValueError::Sealer => ("not a number of 0 to 16777215", "不是 0 至 16777215 的编号"),
            ValueError::Sealers => (
                "not a sealer's number, 0 to 16777215, or a range of at most 65536 such as 900-919",
                "不是 0 至 16777215 的编号，也不是至多 65536 个编号的范围，如 900-919",
            ),
            ValueError::Region => ("not a number of 0 to 4095", "不是 0 至 4095 的编号"),
            ValueError::Recipient => (
                "not an age recipient, age1…; `wayseal device init` prints the device's",
                "不是 age 收件公钥（age1…）；`wayseal device init` 会打印设备的",
            ),
            ValueError::Hours => ("not hours such as 06:00-22:00", "不是时段，写法如 06:00-22:00"),
            ValueError::Offset => ("not a time such as +08:00", "不是时差，写法如 +08:00"),
        };
        self.pick(english, chinese).to_owned()
    }
}

impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Language::En.value(*self))
    }
}

impl Error for ValueError {}
