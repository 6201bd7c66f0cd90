//! What a carrier sets itself. A template places fixed words in known zones; it cannot name a field of a
//! record, so it cannot print what must not be printed.

use crate::symbol;
use serde::Deserialize;

/// Least side of the box of the largest payload.
const LARGE_MM: f32 = 29.0;

/// A template that cannot be used.
#[derive(Debug)]
pub enum TemplateError {
    /// Not TOML, or a key that is not known; the text says where.
    Syntax(String),
    /// A fixed text has more than forty characters, or six digits or more in a row where that could be
    /// somebody's phone; the key.
    Text(&'static str),
    /// The page is too small for the zones: at least 70 × 120 mm.
    Size,
}

impl std::fmt::Display for TemplateError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Syntax(reason) => write!(f, "template: {reason}"),
            Self::Text(key) => write!(
                f,
                "template: `{key}` must be at most 40 characters and hold no digits but a service number's"
            ),
            Self::Size => f.write_str("a label must be at least 70 × 120 mm and at most 210 × 300 mm"),
        }
    }
}

impl std::error::Error for TemplateError {}

/// A carrier's own words.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Template {
    /// The carrier's name, at the top left.
    pub carrier: String,
    /// The badge at the top right.
    pub badge: String,
    /// Stands for a routing code where there is none.
    pub no_routing: String,
    /// The line for the signature.
    pub signature: String,
    /// The last line; a service number may be here.
    pub footer: String,
    /// Whether the sender's zone is shown.
    pub sender: bool,
    /// Side of the QR's box in millimetres, without its quiet zone, for symbols up to version 8.
    pub symbol_mm: f32,
}

impl Default for Template {
    fn default() -> Self {
        Self {
            carrier: "启封速运".into(),
            badge: "隐私面单".into(),
            no_routing: "人工分拣".into(),
            signature: "签收人/时间".into(),
            footer: "您的姓名、电话、地址已加密，仅派送员可读".into(),
            sender: true,
            symbol_mm: 26.0,
        }
    }
}

impl Template {
    /// Side of the box for a symbol of that many characters, in micrometres: only the largest payload, which
    /// needs more than version 8, has a larger one.
    #[must_use]
    pub fn symbol_um(&self, chars: usize) -> u32 {
        let medium = symbol::Version::new(8).map_or(0, |version| symbol::capacity(version, symbol::Level::M));
        let side = if chars > medium { self.symbol_mm.max(LARGE_MM) } else { self.symbol_mm };
        (side * 1000.0).round() as u32
    }

    /// Reads a template from TOML; what it does not set is the default.
    ///
    /// # Errors
    /// [`TemplateError`] for an unknown key or an unsuitable text.
    pub fn parse(toml: &str) -> Result<Self, TemplateError> {
        let template: Self =
            toml::from_str(toml).map_err(|error| TemplateError::Syntax(error.to_string()))?;
        template.check()?;
        Ok(template)
    }

    pub(crate) fn check(&self) -> Result<(), TemplateError> {
        let texts = [
            ("carrier", &self.carrier),
            ("badge", &self.badge),
            ("no_routing", &self.no_routing),
            ("signature", &self.signature),
        ];
        let digits = |text: &str| text.chars().filter(|c| c.is_numeric()).count();
        for (key, text) in texts {
            if text.chars().count() > 40 || digits(text) > 5 {
                return Err(TemplateError::Text(key));
            }
        }
        // A service number (95338, 400-811-1111) has ten digits at most, a mobile eleven.
        if self.footer.chars().count() > 40 || digits(&self.footer) > 10 {
            return Err(TemplateError::Text("footer"));
        }
        if !(20.0..=40.0).contains(&self.symbol_mm) {
            return Err(TemplateError::Syntax("`symbol_mm` must be from 20 to 40".into()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_names_no_field_and_no_phone() {
        assert!(Template::parse("carrier = \"顺风\"\nsender = false").is_ok());
        assert!(matches!(Template::parse("recipient_phone = true"), Err(TemplateError::Syntax(_))));
        assert!(matches!(Template::parse("carrier = \"13812345678\""), Err(TemplateError::Text("carrier"))));
        assert!(matches!(
            Template::parse("footer = \"１３８１２３４５６７８\""),
            Err(TemplateError::Text("footer"))
        ));
    }
}
