//! What was found in a file of orders.

use super::Language;
use super::text::sentences;
use wayseal::batch::input::InputRemark;

sentences! {
    title_rows(rows) =
        "{rows} rows above the names of the columns are not read; --header-row says which row names them",
        "列名之前的 {rows} 行未读取；可用 --header-row 指定列名所在行";
    sheet(read, others) =
        "only the sheet {read} is read, not {others}; --sheet reads another",
        "只读取工作表 {read}，未读取 {others}；可用 --sheet 指定";
    hidden_rows(rows) =
        "{rows} rows are hidden or filtered out in the workbook and sealed all the same; delete those that are not to be sealed",
        "{rows} 行在工作簿中被隐藏或筛掉，但同样打单；不需打单的行请删除";
    hidden_columns(columns) =
        "{columns} columns are hidden in the workbook and read all the same",
        "{columns} 列在工作簿中被隐藏，但同样读取";
}

impl Language {
    /// What people should know of a file that is read.
    pub fn remark(self, remark: &InputRemark) -> String {
        let between = self.pick(", ", "、");
        match remark {
            InputRemark::TitleRows { rows } => title_rows(self, rows),
            InputRemark::Sheet { read, others } => sheet(self, read, others.join(between)),
            InputRemark::HiddenRows { rows } => hidden_rows(self, rows),
            InputRemark::HiddenColumns { columns } => hidden_columns(self, columns),
            // `InputRemark` is non-exhaustive.
            other => format!("{other:?}"),
        }
    }
}
