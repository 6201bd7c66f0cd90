//! What files of orders are, where their content does not say.

use crate::cli::arguments::values::encoding;
use clap::Args;
use std::num::NonZero;
use wayseal::batch::columns::ColumnChoices;
use wayseal::batch::input::InputOptions;
use wayseal::batch::input::encoding_rs::Encoding;

#[derive(Args, Clone)]
pub struct InputArgs {
    /// The encoding of orders that are neither marked nor UTF-8, if it cannot be told for certain: gb18030, big5,
    /// shift_jis, euc-kr, windows-1252, windows-1250, windows-1251, koi8-r …
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub encoding: Option<&'static Encoding>,
    /// The line or row that names the columns, counted from 1, if it is not found among the first twenty
    #[arg(long, value_name = "N")]
    pub header_row: Option<NonZero<u64>>,
    /// The sheet of workbooks that is read, by its name or its number
    #[arg(long, value_name = "NAME|N")]
    pub sheet: Option<String>,
}

impl InputArgs {
    /// What the reader of the files is told, with the names of columns that were chosen.
    pub fn options(&self, columns: &ColumnChoices) -> InputOptions {
        let mut options = InputOptions::default();
        options.encoding = self.encoding;
        options.header_row = self.header_row;
        options.sheet.clone_from(&self.sheet);
        options.names = columns.fields.iter().flat_map(|(_, source)| source.names().to_vec()).collect();
        options
    }
}
