//! What to type about the columns of a file.

use wayseal::batch::columns::{Column, Remedy};

/// A choice, as it is typed: `--column phone='Tel'`.
pub fn typed(remedy: &Remedy) -> Option<String> {
    Some(match remedy {
        Remedy::Column(column, Some(name)) => format!("--column {column}={}", quoted(name)),
        Remedy::Column(column, None) => format!("--column {column}=…"),
        Remedy::Ignore(name) => format!("--ignore {}", quoted(name)),
        _ => return None,
    })
}

/// What lets orders lack a field.
pub const fn allowed(column: Column) -> &'static str {
    match column {
        Column::Phone => "--allow-missing phone",
        _ => "--allow-missing detail",
    }
}

/// A word of a shell.
fn quoted(name: &str) -> String {
    format!("'{}'", name.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_can_be_typed() {
        let column = |name: &str| typed(&Remedy::Column(Column::Phone, Some(name.to_owned()))).unwrap();
        assert_eq!(column("Our Tel"), "--column phone='Our Tel'");
        assert_eq!(column("Joe's"), "--column phone='Joe'\\''s'");
    }
}
