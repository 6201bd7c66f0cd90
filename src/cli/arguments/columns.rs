//! What is said of the columns of orders, by every command that reads them.

use crate::cli::arguments::values::column;
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use wayseal::batch::columns::{Column, ColumnSource};

#[derive(Args, Clone)]
pub struct ColumnsArgs {
    /// A column, by what the files name it: phone=Tel; joined: 'name=First+Last'; the first that is not blank:
    /// 'phone=Mobile|Tel'; may be repeated
    #[arg(long = "column", value_name = "COLUMN=NAME", value_parser = column)]
    pub columns: Vec<(Column, ColumnSource)>,
    /// A TOML file of columns: phone = "Tel", ignore = ["Fax"]
    #[arg(long = "columns", value_name = "FILE")]
    pub columns_file: Option<PathBuf>,
    /// A column that is not used, although it looks like an address, name or phone; may be repeated
    #[arg(long = "ignore", value_name = "NAME")]
    pub ignored: Vec<String>,
    /// What an order may lack, which is a reject otherwise; may be repeated
    #[arg(long, value_name = "WHAT", value_enum)]
    pub allow_missing: Vec<MayLack>,
}

/// What an order may lack. Never the name: there is no record without one.
#[derive(Clone, Copy, ValueEnum)]
pub enum MayLack {
    /// The recipient's phone
    Phone,
    /// Any address
    #[value(alias = "address")]
    Detail,
}

impl MayLack {
    /// The field that stands for it.
    pub const fn field(self) -> Column {
        match self {
            Self::Phone => Column::Phone,
            Self::Detail => Column::Detail,
        }
    }
}
