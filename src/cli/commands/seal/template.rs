//! The label's template and its fonts, read.

use crate::cli::failure::Failure;
use crate::cli::language::Language;
use std::path::{Path, PathBuf};
use wayseal::files;
use wayseal::label::Template;

/// The largest font file that is read.
const FONT_MAX: u64 = 1 << 26;

/// The template of a file, or the default, with fonts.
pub fn template_of(path: Option<&Path>, fonts: &[PathBuf], language: Language) -> Result<Template, Failure> {
    let mut template = match path {
        Some(path) => Template::load(path)
            .map_err(|error| Failure::input(format!("{}: {}", path.display(), language.template(&error))))?,
        None => Template::default(),
    };
    for font in fonts {
        template
            .add_font(files::read(font, FONT_MAX).map_err(|error| Failure::input(language.file(&error)))?);
    }
    Ok(template)
}
