//! Label templates: what a carrier configures in a TOML file.
//!
//! A template places fixed words and a logo in known zones and selects the zones that are shown. It cannot name a
//! field of a record, so it cannot print personal data.

use super::font::BadFont;
use super::logo::{Logo, LogoError};
use super::page::{Dpi, Page, UnknownDpi};
use super::settings::PrinterSettings;
use crate::files::{self, FileError};
use crate::symbol;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::str::Utf8Error;
use std::sync::Arc;

/// The default box of the QR code: seven dots a module at 203 dpi for version 6, six for version 8. A larger one gains next to
/// nothing.
const SYMBOL_MM: f32 = 36.8;
/// The box where texts need the room, and its minimum side for the largest payload.
const TEXTS_FIRST_MM: f32 = 26.0;
const LARGE_MM: f32 = 29.0;
/// Most characters of a fixed text.
const TEXT_MAX: usize = 40;
/// Maximum sizes in bytes of a template, a logo and a font file.
const TOML_MAX: u64 = 1 << 20;
const LOGO_MAX: u64 = 1 << 22;
const FONT_MAX: u64 = 1 << 26;

/// Why a template cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TemplateError {
    /// Invalid TOML or an unknown key; the text says where.
    #[error("template: {0}")]
    Syntax(#[source] SyntaxError),
    /// A fixed text has more than forty characters, or so many digits that it could contain a personal phone
    /// number; the key.
    #[error("template: `{0}` must be at most 40 characters and contain no digits except a service number")]
    Text(&'static str),
    /// A fixed text contains a placeholder; the key.
    #[error(
        "template: `{0}` contains a placeholder, but templates cannot print fields of a record; write the words \
         themselves"
    )]
    Placeholder(&'static str),
    /// A number is out of range; the key and the range.
    #[error("template: `{0}` must be {1}")]
    Range(&'static str, &'static str),
    /// A fixed text does not fit this label width at the smallest legible size; the key.
    #[error("template: `{0}` does not fit the label: shorten it")]
    TooLong(&'static str),
    /// The page is too small for the zones, which need at least 70 × 125 mm.
    #[error(
        "a label's size is width and height in millimetres, such as 100x150: at least 70x125 and at most 210x300"
    )]
    Size,
    /// The resolution is not a supported printer's.
    #[error("template: `dpi` must be 203 or 300")]
    Dpi(#[source] UnknownDpi),
    /// The template file is not UTF-8.
    #[error("template: the file is not UTF-8; save it as UTF-8")]
    Encoding(#[source] Utf8Error),
    /// The template file, or a file that it names, cannot be read.
    #[error("template: {0}")]
    File(#[source] FileError),
    /// The logo is not a printable PNG picture; the file and the reason.
    #[error("template: `logo`: {file}: {1}", file = .0.display())]
    Logo(PathBuf, #[source] LogoError),
    /// A font file is neither TrueType nor OpenType.
    #[error("{0}; give a .ttf, .otf or .ttc")]
    Font(#[source] BadFont),
}

/// A syntax error in a template's TOML, with its position.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {}", .error.message())]
pub struct SyntaxError {
    line: usize,
    error: toml::de::Error,
}

impl SyntaxError {
    fn new(error: toml::de::Error, toml: &str) -> Self {
        let at = error.span().map_or(0, |span| span.start).min(toml.len());
        Self { line: 1 + toml.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count(), error }
    }
}

/// A carrier's own texts, and the zones that are shown.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Template {
    /// Default width and height of a label in millimetres, such as `100x150`.
    pub size: Option<String>,
    /// Default printer resolution in dots per inch.
    pub dpi: Option<u32>,
    /// The carrier's name, at the top left.
    pub carrier: String,
    /// A PNG file shown before the carrier's name, converted to black and white; path relative to the template's
    /// folder.
    pub logo: Option<PathBuf>,
    /// Fonts for scripts that the embedded fonts lack; paths relative to the template's folder.
    pub fonts: Vec<PathBuf>,
    /// The badge at the top right, or empty.
    pub badge: String,
    /// Printed if there is no routing code.
    pub no_routing: String,
    /// The badge of the recipient.
    pub recipient_badge: String,
    /// The badge of the sender.
    pub sender_badge: String,
    /// Printed before the goods.
    pub goods_label: String,
    /// Printed before the remark.
    pub remark_label: String,
    /// Printed before the place of one of several parcels, as in 件 1/3.
    pub piece_label: String,
    /// Printed before the amount that the courier collects for the sender.
    pub cod_label: String,
    /// Printed before the declared value.
    pub declared_label: String,
    /// Printed if the recipient pays for the carriage.
    pub collect: String,
    /// Printed if the sender has paid for the carriage.
    pub prepaid: String,
    /// Printed if an account pays for the carriage.
    pub account: String,
    /// The title of the signature box; without it there is no box.
    pub signature: String,
    /// The last line, or empty. It may contain a service number.
    pub footer: String,
    /// Whether the zone of hub and day is shown.
    pub hub: bool,
    /// Whether the sender's zone is shown.
    pub sender: bool,
    /// Whether the goods are shown.
    pub goods: bool,
    /// Whether the remark is shown.
    pub remark: bool,
    /// Whether the place of one of several parcels is shown.
    pub pieces: bool,
    /// Whether payment is shown; if not, orders that say something of payment are refused.
    pub payment: bool,
    /// Whether the masks show the building. Unit and room are always hidden.
    pub building: bool,
    /// Whether the contact tier (phones) is sealed into labels of this template.
    pub contact: bool,
    /// Greatest side in millimetres of the QR code's box, without its quiet zone. It is smaller on a narrow page, and where
    /// texts need the room.
    pub symbol_mm: f32,
    /// What is set of the printer.
    pub printer: PrinterSettings,
    #[serde(skip)]
    artwork: Option<Logo>,
    #[serde(skip)]
    font_files: Vec<Arc<Vec<u8>>>,
}

impl Default for Template {
    fn default() -> Self {
        Self {
            size: None,
            dpi: None,
            carrier: "启封速运".into(),
            logo: None,
            fonts: Vec::new(),
            badge: "隐私面单".into(),
            no_routing: "人工分拣".into(),
            recipient_badge: "收".into(),
            sender_badge: "寄".into(),
            goods_label: "品名：".into(),
            remark_label: "备注：".into(),
            piece_label: "件 ".into(),
            cod_label: "代收款 ".into(),
            declared_label: "保价 ".into(),
            collect: "到付".into(),
            prepaid: "寄付".into(),
            account: "月结".into(),
            signature: "签收人/时间".into(),
            footer: "您的姓名、电话、地址已加密，仅派送员可读".into(),
            hub: true,
            sender: true,
            goods: true,
            remark: true,
            pieces: true,
            payment: true,
            building: false,
            contact: true,
            symbol_mm: SYMBOL_MM,
            printer: PrinterSettings::default(),
            artwork: None,
            font_files: Vec::new(),
        }
    }
}

impl Template {
    /// Whether the code may have a larger box than where texts go first.
    pub(super) fn gives_code_room(&self) -> bool {
        self.symbol_mm > TEXTS_FIRST_MM
    }

    /// Side in millimetres of the box where texts go first.
    pub(super) fn texts_first_mm(&self) -> f32 {
        self.symbol_mm.min(TEXTS_FIRST_MM)
    }

    /// Side in micrometres of the box where texts go first, for a symbol of `chars` characters. Only the largest payload,
    /// which needs more than version 8, gets a larger box.
    pub(super) fn texts_first_um(&self, chars: usize) -> u32 {
        let medium =
            symbol::Version::new(8).map_or(0, |version| symbol::capacity(version, symbol::EcLevel::M));
        let side = self.texts_first_mm();
        let side = if chars > medium { side.max(LARGE_MM) } else { side };
        (side * 1000.0).round() as u32
    }

    /// Parses a template from TOML. Missing keys have their defaults. Files that it names are not read.
    ///
    /// # Errors
    /// [`TemplateError`] for an unknown key or an unsuitable value.
    pub fn parse(toml: &str) -> Result<Self, TemplateError> {
        let template: Self =
            toml::from_str(toml).map_err(|error| TemplateError::Syntax(SyntaxError::new(error, toml)))?;
        template.check()?;
        Ok(template)
    }

    /// Reads a template file, and the logo and fonts that it names.
    ///
    /// # Errors
    /// Like [`parse`](Self::parse); also if a file cannot be read or used.
    pub fn load(path: &Path) -> Result<Self, TemplateError> {
        let folder = path.parent().unwrap_or(Path::new(""));
        let read = |path: &Path, most| files::read(path, most).map_err(TemplateError::File);
        let text = String::from_utf8(read(path, TOML_MAX)?)
            .map_err(|error| TemplateError::Encoding(error.utf8_error()))?;
        let mut template = Self::parse(&text)?;
        if let Some(logo) = &template.logo {
            let path = folder.join(logo);
            let logo =
                Logo::read(&read(&path, LOGO_MAX)?).map_err(|error| TemplateError::Logo(path, error))?;
            template.artwork = Some(logo);
        }
        for font in &template.fonts {
            template.font_files.push(Arc::new(read(&folder.join(font), FONT_MAX)?));
        }
        Ok(template)
    }

    /// The page: the requested size and resolution, otherwise the template's, otherwise 100 × 150 mm at 203 dpi.
    #[must_use]
    pub fn page(&self, size: Option<(f64, f64)>, dpi: Option<Dpi>) -> Page {
        let size = size
            .or_else(|| Page::size(self.size.as_deref()?))
            .unwrap_or((f64::from(Page::MEDIUM.0), f64::from(Page::MEDIUM.1)));
        let dpi = dpi.or_else(|| Dpi::try_from(self.dpi?).ok()).unwrap_or(Dpi::D203);
        Page { printer: self.printer, ..Page::new(size, dpi) }
    }

    /// Adds a font file for scripts that the embedded fonts lack.
    pub fn add_font(&mut self, file: Vec<u8>) {
        self.font_files.push(Arc::new(file));
    }

    /// Whether fonts were given beside the embedded ones.
    #[must_use]
    pub const fn has_fonts(&self) -> bool {
        !self.font_files.is_empty()
    }

    pub(super) fn logo(&self) -> Option<&Logo> {
        self.artwork.as_ref()
    }

    pub(super) fn font_files(&self) -> &[Arc<Vec<u8>>] {
        &self.font_files
    }

    pub(super) fn check(&self) -> Result<(), TemplateError> {
        let texts = [
            ("carrier", &self.carrier),
            ("badge", &self.badge),
            ("no_routing", &self.no_routing),
            ("recipient_badge", &self.recipient_badge),
            ("sender_badge", &self.sender_badge),
            ("goods_label", &self.goods_label),
            ("remark_label", &self.remark_label),
            ("piece_label", &self.piece_label),
            ("cod_label", &self.cod_label),
            ("declared_label", &self.declared_label),
            ("collect", &self.collect),
            ("prepaid", &self.prepaid),
            ("account", &self.account),
            ("signature", &self.signature),
            ("footer", &self.footer),
        ];
        for (key, text) in texts {
            // A service number (95338, 400-811-1111) has at most ten digits, a mobile number eleven.
            let most = if key == "footer" { 10 } else { 5 };
            if text.chars().count() > TEXT_MAX || text.chars().filter(|c| c.is_numeric()).count() > most {
                return Err(TemplateError::Text(key));
            }
            if text.contains(['{', '}', '%', '$', '<', '>']) {
                return Err(TemplateError::Placeholder(key));
            }
            if text.chars().any(char::is_control) {
                return Err(TemplateError::Text(key));
            }
        }
        if !(20.0..=40.0).contains(&self.symbol_mm) {
            return Err(TemplateError::Range("symbol_mm", "from 20 to 40"));
        }
        if let Some(size) = &self.size {
            let usable = Page::size(size).is_some_and(|size| Page::new(size, Dpi::D203).is_usable());
            usable.then_some(()).ok_or(TemplateError::Size)?;
        }
        self.printer.check().map_err(|(key, range)| TemplateError::Range(key, range))?;
        self.dpi.map(Dpi::try_from).transpose().map_err(TemplateError::Dpi)?;
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

    #[test]
    fn a_template_has_no_placeholders() {
        for text in ["{name}", "%s", "${phone}", "<recipient>"] {
            let toml = format!("footer = \"{text}\"");
            assert!(matches!(Template::parse(&toml), Err(TemplateError::Placeholder("footer"))), "{text}");
        }
    }

    #[test]
    fn a_page_is_what_is_asked_for_or_else_the_templates() {
        let template = Template::parse("size = \"76x130\"\ndpi = 300").unwrap();
        let page = |size, dpi| template.page(size, dpi);
        assert_eq!(page(None, None), Page::new(Page::SMALL, Dpi::D300));
        assert_eq!(page(Some((100.0, 180.0)), None), Page::new(Page::LARGE, Dpi::D300));
        assert_eq!(page(None, Some(Dpi::D203)), Page::new(Page::SMALL, Dpi::D203));
        assert_eq!(Template::default().page(None, None), Page::new(Page::MEDIUM, Dpi::D203));
        let inches = Template::parse("size = \"4x6in\"").unwrap().page(None, None);
        assert_eq!((inches.width_mm, inches.height_mm), (101.6, 152.4));
        for size in ["76", "76x", "76x130mm", "50x130", "-76x130", ""] {
            let toml = format!("size = {size:?}");
            assert!(matches!(Template::parse(&toml), Err(TemplateError::Size)), "{size}");
        }
        assert!(matches!(Template::parse("dpi = 600"), Err(TemplateError::Dpi(UnknownDpi(600)))));
    }

    #[test]
    fn settings_of_the_printer_are_within_their_ranges() {
        let whole = "[printer]\ndarkness = 60\nspeed = 4\nmedia = \"mark\"\ngap_mm = 3.5\noffset_mm = [-1.0, 0.5]\n\
                     rotation = 180\ntear_off_mm = 2.0";
        assert_eq!(Template::parse(whole).unwrap().page(None, None).printer.rotation, Some(180));
        for (line, key) in [
            ("darkness = 101", "printer.darkness"),
            ("speed = 0", "printer.speed"),
            ("gap_mm = -1.0", "printer.gap_mm"),
            ("offset_mm = [0.0, 11.0]", "printer.offset_mm"),
            ("rotation = 90", "printer.rotation"),
            ("tear_off_mm = 99.0", "printer.tear_off_mm"),
        ] {
            let error = Template::parse(&format!("[printer]\n{line}")).unwrap_err();
            assert!(matches!(error, TemplateError::Range(named, _) if named == key), "{error}");
        }
        assert!(matches!(Template::parse("[printer]\nheat = 1"), Err(TemplateError::Syntax(_))));
    }

    #[test]
    fn errors_keep_what_caused_them() {
        use std::error::Error as _;
        let place = tempfile::tempdir().unwrap();
        let load = |toml: &[u8]| {
            let path = place.path().join("template.toml");
            std::fs::write(&path, toml).unwrap();
            let template = Template::load(&path)?;
            let page = Page::new(Page::MEDIUM, Dpi::D203);
            super::super::Composer::new(&template, page, Vec::new()).map(|_| ())
        };
        let cause = |toml: &[u8]| {
            let error = load(toml).unwrap_err();
            error.source().map(ToString::to_string).unwrap_or_else(|| panic!("{error}"))
        };
        assert!(cause(b"colour = 1").contains("unknown field `colour`"));
        assert!(cause(b"dpi = 600").starts_with("600 dots"));
        assert!(cause(b"carrier = \"\xff\"").contains("invalid utf-8"));
        assert!(cause(b"logo = \"template.toml\"").contains("Png"));
        assert!(cause(b"logo = \"none.png\"").contains("none.png"));
        assert_eq!(cause(b"fonts = [\"template.toml\"]"), BadFont.to_string());
        // Errors of a template's values have no other cause.
        assert!(load(b"footer = \"{name}\"").unwrap_err().source().is_none());
    }

    #[test]
    fn the_sample_template_is_the_default() {
        let sample = Template::parse(include_str!("../../samples/template.toml")).unwrap();
        assert_eq!(format!("{sample:?}"), format!("{:?}", Template::default()));
    }
}
