//! The token tables, made by `benches/train/train.py`.

mod chinese;
mod latin;
mod names;
mod script;

pub(super) use chinese::CHINESE;
pub(super) use latin::LATIN;
pub(super) use names::NAMES;
pub(super) use script::SCRIPT;

#[cfg(test)]
#[cfg(feature = "fast")]
mod tests {
    use super::*;
    use crate::record::text::Table;
    use crate::tests::of_the_repository;
    use serde_json::{Value, json};

    /// The lines of a table as the format lists it: a length and the tokens that have it; 0 ends, 1 escapes,
    /// 2 is the window.
    fn lines(table: &Table) -> String {
        let mut place = 0u16;
        let mut lines = String::new();
        for (length, &count) in table.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let entry =
                |place: u16| match [table.end, table.escape, table.window].iter().position(|c| *c == place) {
                    Some(command) => json!(command),
                    None => {
                        let at = usize::from(place);
                        json!(table.text[table.offsets[at].into()..table.offsets[at + 1].into()])
                    }
                };
            let entries: Vec<Value> = (place..place + count).map(entry).collect();
            lines += &format!("{length} {}\n", Value::from(entries));
            place += count;
        }
        lines
    }

    #[test]
    fn the_format_lists_these_tables() {
        let Some(format) = of_the_repository("docs/format.md") else { return };
        for (name, table) in
            [("names", &NAMES), ("chinese", &CHINESE), ("latin", &LATIN), ("script", &SCRIPT)]
        {
            let listed = std::format!("### {name}\n\n```text\n{}```\n", lines(table));
            assert!(format.contains(&listed), "{name} differs from the appendix of docs/format.md");
        }
    }
}
