//! The exports of shops and carriers that are known by their headers. Each is a file of `exports/`:
//!
//! ```text
//! known A, B              a file that has all these columns is of this export; one such line is enough
//! name = A + B ; C | D    the field's columns: A and B joined, or, if the file has neither, the first of C and D that is
//!                         not blank
//! otherwise name = E + F  the same for orders in which all columns above are blank: those of the other address
//! always country = KR     the text of a field in every order
//! unused A, B             columns that a label does not need
//! unused A *              all columns that begin so
//! ```

use super::column::Column;
use super::source::Combination;
use std::sync::OnceLock;

const FILES: [(&str, &str); 11] = [
    ("Shopify", include_str!("exports/shopify.txt")),
    ("WooCommerce", include_str!("exports/woocommerce.txt")),
    ("Amazon", include_str!("exports/amazon.txt")),
    ("ShipStation", include_str!("exports/shipstation.txt")),
    ("EasyPost", include_str!("exports/easypost.txt")),
    ("Odoo", include_str!("exports/odoo.txt")),
    ("ERPNext", include_str!("exports/erpnext.txt")),
    ("淘宝", include_str!("exports/taobao.txt")),
    ("京东", include_str!("exports/jd.txt")),
    ("快递100", include_str!("exports/kuaidi100.txt")),
    ("스마트스토어", include_str!("exports/smartstore.txt")),
];
const STO: (&str, &str) = ("申通", include_str!("exports/sto.txt"));
const PARTS: (&str, &str) = ("", include_str!("exports/parts.txt"));

/// What is known of an export.
pub(super) struct Export {
    /// The name of the system.
    pub(super) name: &'static str,
    /// Sets of folded names, of which one is in the header.
    known: Vec<Vec<String>>,
    /// The ways to find each field, the best first.
    pub(super) fields: Vec<(Column, Vec<Way>)>,
    /// The ways to find the fields of another address, for orders without one for delivery.
    pub(super) otherwise: Vec<(Column, Vec<Way>)>,
    /// Fields that no column has, and what they are in every order.
    pub(super) always: Vec<(Column, &'static str)>,
    unused: Vec<String>,
    beginnings: Vec<String>,
}

/// One way to find a field.
pub(super) struct Way {
    /// Folded names of columns; those that the file has are used.
    names: Vec<String>,
    how: Combination,
}

impl Export {
    fn parse(name: &'static str, text: &'static str) -> Self {
        let mut export = Self {
            name,
            known: Vec::new(),
            fields: Vec::new(),
            otherwise: Vec::new(),
            always: Vec::new(),
            unused: Vec::new(),
            beginnings: Vec::new(),
        };
        let list = |text: &str| text.split(',').map(fold).collect::<Vec<String>>();
        for line in text.lines() {
            if let Some(names) = line.strip_prefix("known ") {
                export.known.push(list(names));
            } else if let Some(names) = line.strip_prefix("unused ") {
                for name in names.split(',') {
                    match name.strip_suffix('*') {
                        Some(begins) => export.beginnings.push(spelt(begins)),
                        None => export.unused.push(fold(name)),
                    }
                }
            } else if let Some((left, right)) = line.split_once(" = ") {
                let (kind, field) = left.split_once(' ').unwrap_or(("", left));
                let Ok(field) = field.parse() else { continue };
                let ways = || right.split(" ; ").map(Way::parse).collect();
                match kind {
                    "" => export.fields.push((field, ways())),
                    "otherwise" => export.otherwise.push((field, ways())),
                    "always" => export.always.push((field, right)),
                    _ => {}
                }
            }
        }
        export
    }

    fn is_of(&self, header: &[String]) -> Option<usize> {
        let has = |set: &&Vec<String>| set.iter().all(|name| header.contains(name));
        self.known.iter().filter(has).map(Vec::len).max()
    }

    /// Whether a label does not need the column.
    pub(super) fn is_unused(&self, name: &str) -> bool {
        let spelt = spelt(name);
        self.unused.contains(&fold(name))
            || self.beginnings.iter().any(|begins| spelt.starts_with(begins.as_str()))
    }
}

impl Way {
    fn parse(text: &str) -> Self {
        let first = text.contains('|');
        let (separator, how) = if first { ('|', Combination::First) } else { ('+', Combination::Joined) };
        Self { names: text.split(separator).map(fold).collect(), how }
    }

    /// The places of its columns among folded names, and how they are combined; `None` if there are none.
    pub(super) fn places(&self, header: &[String]) -> Option<(Vec<usize>, Combination)> {
        let places: Vec<usize> =
            self.names.iter().filter_map(|name| header.iter().position(|known| known == name)).collect();
        (!places.is_empty()).then_some((places, self.how))
    }

    /// Whether the file has the first of its columns.
    pub(super) fn begins(&self, header: &[String]) -> bool {
        self.names.first().is_some_and(|first| header.contains(first))
    }
}

/// The export that a header, of folded names, is of. If more than one could be, the one that knows more of its columns.
pub(super) fn export_of(header: &[String]) -> Option<&'static Export> {
    static EXPORTS: OnceLock<Vec<Export>> = OnceLock::new();
    let exports = EXPORTS
        .get_or_init(|| FILES.iter().chain([&STO]).map(|(name, text)| Export::parse(name, text)).collect());
    let of = |export: &'static Export| Some((export.is_of(header)?, export));
    // `max_by_key` takes the last of equals; the first is meant.
    exports.iter().rev().filter_map(of).max_by_key(|(count, _)| *count).map(|(_, export)| export)
}

/// Whether a row has all names by which an export is known.
pub fn is_of_export(names: &[&str]) -> bool {
    export_of(&names.iter().map(|name| fold(name)).collect::<Vec<_>>()).is_some()
}

/// Parts of names and addresses in files of no known system.
pub(super) fn parts() -> &'static Export {
    static GENERAL: OnceLock<Export> = OnceLock::new();
    GENERAL.get_or_init(|| Export::parse(PARTS.0, PARTS.1))
}

/// What templates add to a name, to say which cells have to be filled in.
const DUTIES: [&str; 6] = ["(必填)", "(选填)", "(非必填)", "(可选)", "(required)", "(optional)"];

/// A name without case, blanks, underscores and hyphens, in which exports differ from version to version, and without what a template
/// adds to it.
pub(super) fn fold(name: &str) -> String {
    let folded = |c: char| match c {
        '（' => '(',
        '）' => ')',
        '＆' => '&',
        c => c,
    };
    let kept =
        name.chars().map(folded).filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-' | '*' | '＊'));
    let folded: String = kept.flat_map(char::to_lowercase).collect();
    DUTIES.iter().find_map(|duty| folded.strip_suffix(duty)).map_or_else(|| folded.clone(), str::to_owned)
}

/// A name in lower case, with blanks for underscores, to be compared by its beginning.
fn spelt(name: &str) -> String {
    name.trim_start().to_lowercase().replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_exports_is_understood() {
        for (name, text) in FILES.iter().chain([&STO, &PARTS]) {
            for line in text.lines() {
                let field = line.strip_prefix("otherwise ").or(line.strip_prefix("always ")).unwrap_or(line);
                let field = field.split_once(" = ").map(|(field, _)| field.parse::<Column>());
                let known = line.starts_with(['#'])
                    || line == "general"
                    || line.starts_with("known ")
                    || line.starts_with("unused ")
                    || matches!(field, Some(Ok(_)));
                assert!(known, "{name}: {line}");
            }
            let export = Export::parse(name, text);
            assert!(name.is_empty() || !export.known.is_empty(), "{name}");
            let mut fields: Vec<usize> = export.fields.iter().map(|(field, _)| *field as usize).collect();
            fields.sort_unstable();
            fields.dedup();
            assert_eq!(fields.len(), export.fields.len(), "{name}: a field twice");
        }
    }

    #[test]
    fn what_a_template_adds_to_a_name_is_not_of_it() {
        for (name, folded) in [
            ("*收件人姓名", "收件人姓名"),
            ("收件人手机（必填）*", "收件人手机"),
            ("Ship To - Name (Required)", "shiptoname"),
            ("First Name (Shipping)", "firstname(shipping)"),
        ] {
            assert_eq!(fold(name), folded, "{name}");
        }
    }

    #[test]
    fn a_beginning_ends_where_its_word_does() {
        let export = Export::parse("x", "unused Count - *, Billing *");
        for (name, unused) in
            [("Count - Items", true), ("Country", false), ("billing_phone", true), ("Billings", false)]
        {
            assert_eq!(export.is_unused(name), unused, "{name}");
        }
    }
}
