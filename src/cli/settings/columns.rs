//! What the user says of the columns of orders: on the command line, in the file of columns, in the configuration file.

use super::config::{ColumnTable, not_toml};
use super::resolved::Settings;
use crate::cli::arguments::columns::{ColumnsArgs, MayLack};
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::columns as text;
use clap::ValueEnum as _;
use std::collections::BTreeMap;
use wayseal::batch::columns::{Column, ColumnChoices, ColumnSource};
use wayseal::files;

/// The choices: the command line takes precedence over the file of columns, and that over the configuration file. What is
/// ignored, or may be missing, adds up.
pub fn choices(
    typed: &ColumnsArgs,
    settings: &Settings,
    language: Language,
) -> Result<ColumnChoices, Failure> {
    let mut choices = ColumnChoices::default();
    let mut fields: BTreeMap<usize, (Column, ColumnSource)> = BTreeMap::new();
    let mut tables = vec![settings.columns().clone()];
    if let Some(path) = &typed.columns_file {
        let bytes = files::read(path, 1 << 20).map_err(|error| Failure::input(language.file(&error)))?;
        let toml = String::from_utf8_lossy(&bytes);
        let table = toml::from_str::<ColumnTable>(&toml);
        tables.push(table.map_err(|error| not_toml(path, &toml, &error, language))?);
    }
    let mut wrong = Vec::new();
    for (name, setting) in tables.into_iter().flatten() {
        match (&*name, name.parse::<Column>()) {
            ("ignore", _) => choices.ignored.extend(setting.names()),
            ("allow_missing", _) => {
                for name in setting.names() {
                    match MayLack::from_str(&name, true) {
                        Ok(lack) => choices.may_lack.add(lack.field()),
                        Err(_) => wrong.push(name),
                    }
                }
            }
            (_, Ok(field)) => match setting.source() {
                Some(source) => drop(fields.insert(field as usize, (field, source))),
                None => wrong.push(name),
            },
            (_, Err(_)) => wrong.push(name),
        }
    }
    if !wrong.is_empty() {
        return Err(Failure::usage(text::unknown_settings(language, wrong.join(", "), field_names())));
    }
    // One that is typed twice is a problem of the mapping, and told with the others.
    let typed_fields = typed.columns.iter().cloned();
    for (field, _) in &typed.columns {
        fields.remove(&(*field as usize));
    }
    choices.fields = fields.into_values().chain(typed_fields).collect();
    choices.ignored.extend(typed.ignored.iter().cloned());
    for lack in &typed.allow_missing {
        choices.may_lack.add(lack.field());
    }
    Ok(choices)
}

/// The names of all fields, for messages.
fn field_names() -> String {
    Column::all().map(Column::name).collect::<Vec<_>>().join(", ")
}
