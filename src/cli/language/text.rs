//! Macros for texts in both languages, so that no text exists in one language only.

use super::Language;

/// A fixed text.
#[derive(Clone, Copy)]
pub struct Bilingual {
    english: &'static str,
    chinese: &'static str,
}

impl Bilingual {
    /// A text in both languages.
    pub const fn new(english: &'static str, chinese: &'static str) -> Self {
        Self { english, chinese }
    }
}

impl Language {
    /// A text in this language.
    pub const fn of(self, text: Bilingual) -> &'static str {
        self.pick(text.english, text.chinese)
    }
}

/// Fixed texts, each a constant: `NAME = "English", "Chinese";`.
macro_rules! texts {
    ($($(#[$attribute:meta])* $name:ident = $english:literal, $chinese:literal;)*) => {
        $($(#[$attribute])* pub const $name: $crate::cli::language::Bilingual = $crate::cli::language::Bilingual::new($english, $chinese);)*
    };
}

/// Texts with places to fill, each a function: `name(count) = "{count} in English", "{count} in Chinese";`.
macro_rules! sentences {
    ($($name:ident($($place:ident),*) = $english:literal, $chinese:literal;)*) => {
        // A sentence has as many arguments as it has places.
        $(#[allow(clippy::too_many_arguments)]
        pub fn $name(
            language: $crate::cli::language::Language,
            $($place: impl std::fmt::Display),*
        ) -> String {
            match language {
                $crate::cli::language::Language::En => format!($english),
                $crate::cli::language::Language::Zh => format!($chinese),
            }
        })*
    };
}

pub(super) use {sentences, texts};
