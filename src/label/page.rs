//! The sheet of a label in millimetres, and the printer's resolution.

use super::settings::PrinterSettings;

/// Resolution of a thermal printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dpi {
    /// 203 dpi, 8 dots per millimetre.
    D203,
    /// 300 dpi, 11.811 dots per millimetre.
    D300,
}

impl Dpi {
    /// The number on the printer's data sheet.
    #[must_use]
    pub fn dots_per_inch(self) -> u32 {
        match self {
            Self::D203 => 203,
            Self::D300 => 300,
        }
    }

    /// Converts a length in dots at 203 dpi, rounded to the nearest dot.
    pub(super) fn scale(self, at_203: i32) -> i32 {
        match self {
            Self::D203 => at_203,
            // 203 dpi nominally means 203.2: eight dots per millimetre.
            Self::D300 => (at_203 * 3750 + 1270).div_euclid(2540),
        }
    }

    /// Dots per millimetre.
    #[must_use]
    pub fn dots_per_mm(self) -> f32 {
        match self {
            Self::D203 => 8.0,
            Self::D300 => 300.0 / 25.4,
        }
    }
}

/// A resolution other than 203 and 300 dpi.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} dots per inch are not supported; 203 and 300 are")]
pub struct UnknownDpi(pub u32);

/// From the number on the printer's data sheet.
impl TryFrom<u32> for Dpi {
    type Error = UnknownDpi;

    fn try_from(dots_per_inch: u32) -> Result<Self, UnknownDpi> {
        match dots_per_inch {
            203 => Ok(Self::D203),
            300 => Ok(Self::D300),
            other => Err(UnknownDpi(other)),
        }
    }
}

/// A sheet and the dots on it.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Page {
    /// Width in millimetres.
    pub width_mm: f64,
    /// Height in millimetres.
    pub height_mm: f64,
    /// The printer's resolution.
    pub dpi: Dpi,
    /// What is set of the printer.
    pub printer: PrinterSettings,
}

impl Page {
    /// 76 × 130 mm.
    pub const SMALL: (u32, u32) = (76, 130);
    /// 100 × 150 mm, the default.
    pub const MEDIUM: (u32, u32) = (100, 150);
    /// 100 × 180 mm.
    pub const LARGE: (u32, u32) = (100, 180);

    /// A page of this size in millimetres.
    #[must_use]
    pub fn new<L: Into<f64>>((width, height): (L, L), dpi: Dpi) -> Self {
        let printer = PrinterSettings::default();
        Self { width_mm: width.into(), height_mm: height.into(), dpi, printer }
    }

    /// Whether all zones of a label fit.
    #[must_use]
    pub fn is_usable(&self) -> bool {
        (70.0..=210.0).contains(&self.width_mm) && (125.0..=300.0).contains(&self.height_mm)
    }

    /// A size in millimetres: `100x150`, in inches as `4x6in`, or by its name in ISO 216, `A6` and `A5`.
    #[must_use]
    pub fn size(text: &str) -> Option<(f64, f64)> {
        match text {
            "A6" | "a6" => return Some((105.0, 148.0)),
            "A5" | "a5" => return Some((148.0, 210.0)),
            _ => {}
        }
        let (text, unit) = match text.strip_suffix("in") {
            Some(inches) => (inches.trim_end(), 25.4),
            None => (text, 1.0),
        };
        let (width, height) = text.split_once('x')?;
        let length = |text: &str| {
            let plain = text.bytes().all(|byte| byte.is_ascii_digit() || (byte == b'.' && unit > 1.0));
            // To a tenth of a millimetre, as inches are given.
            let mm = text.parse::<f64>().ok().filter(|_| plain)? * unit;
            Some((mm * 10.0).round() / 10.0)
        };
        Some((length(width)?, length(height)?))
    }

    /// The height in tenths of a millimetre.
    #[must_use]
    pub fn length(&self) -> u64 {
        (self.height_mm * 10.0).round() as u64
    }

    /// A length in millimetres as the nearest number of dots.
    pub(super) fn dots(&self, mm: f32) -> i32 {
        (mm * self.dpi.dots_per_mm()).round() as i32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_scaled_to_the_nearest_dot() {
        for length in 0..2000 {
            for dpi in [Dpi::D203, Dpi::D300] {
                let exact = (length as f32 * dpi.dots_per_mm() / 8.0).round() as i32;
                assert_eq!(dpi.scale(length), exact, "{length} at {dpi:?}");
            }
        }
    }

    #[test]
    fn sizes_have_names() {
        for (text, size) in [
            ("100x150", Some((100.0, 150.0))),
            ("A6", Some((105.0, 148.0))),
            ("4x6in", Some((101.6, 152.4))),
            ("4x6.5 in", Some((101.6, 165.1))),
            ("100.5x150", None),
            ("100x150mm", None),
            ("-4x6in", None),
            ("1e2x6in", None),
            ("A4x", None),
            ("xin", None),
        ] {
            assert_eq!(Page::size(text), size, "{text}");
        }
        assert!(Page::new((101.6, 152.4), Dpi::D203).is_usable());
        assert_eq!(Page::new((101.6, 152.4), Dpi::D203).length(), 1524);
    }

    #[test]
    fn a_resolution_is_a_number_on_a_data_sheet() {
        for dpi in [Dpi::D203, Dpi::D300] {
            assert_eq!(Dpi::try_from(dpi.dots_per_inch()), Ok(dpi));
        }
        assert_eq!(Dpi::try_from(600), Err(UnknownDpi(600)));
    }
}
