//! What is masked, settled.

use super::columns::choices;
use super::resolved::Settings;
use crate::cli::arguments::mask::MaskArgs;
use crate::cli::clock;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use std::path::PathBuf;
use wayseal::batch::columns::{Column, ColumnChoices};
use wayseal::batch::input::InputOptions;
use wayseal::batch::recipient::ReadingRules;

/// Orders, their stations, and what is looked for.
pub struct MaskPlan {
    /// Files and folders of orders.
    pub orders: Vec<PathBuf>,
    /// What is known of them.
    pub input: InputOptions,
    /// What is said of the columns.
    pub columns: ColumnChoices,
    /// The file of stations.
    pub stations: PathBuf,
    /// The file of the template; the default if there is none.
    pub template: Option<PathBuf>,
    /// How orders are read, as they would be sealed today.
    pub rules: ReadingRules,
    /// Whether only masks that hide too little are printed.
    pub check: bool,
    /// Whether the labels of one person are laid side by side.
    pub union: bool,
}

impl MaskPlan {
    /// Settles what was typed.
    pub fn new(typed: MaskArgs, settings: &Settings, language: Language) -> Result<Self, Failure> {
        let stations = settings.stations_file(typed.stations.as_deref(), language)?;
        let template = settings.template_file(typed.template.as_deref()).map(ToOwned::to_owned);
        let mut rules = clock::day().map(ReadingRules::on).unwrap_or_default();
        rules.allow_identity = typed.allow_identity;
        let columns = choices(&typed.columns, settings, language)?;
        rules.allow_missing_phone = columns.may_lack.has(Column::Phone);
        Ok(Self {
            input: typed.input.options(&columns),
            orders: typed.orders,
            columns,
            stations,
            template,
            rules,
            check: typed.check,
            union: typed.union,
        })
    }
}
