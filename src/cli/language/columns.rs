//! Texts about the columns of orders: what becomes of them, and what is wrong with them.

use super::Language;
use super::text::{sentences, texts};
use crate::cli::advice::columns::{allowed, typed};
use wayseal::batch::columns::{Accounting, Column, ColumnUse, Looks, MappingError, MappingProblem, Unused};

texts! {
    COLUMN = "COLUMN", "列";
    FIELD = "FIELD", "字段";
    SEALED = "SEALED", "加密";
    PRINTED = "PRINTED", "印出";
    YES = "yes", "是";
    ONLY_READ = "read and used, not on the label", "读取使用，不在面单上";
    IGNORED = "not used: ignored by choice", "不用：按选择忽略";
    NOT_NEEDED = "not used: known, and not needed for a label", "不用：已知，面单不需要";
    NOT_ON_LABEL = "not used: has no place on these labels", "不用：该面单上没有位置";
    UNKNOWN = "not used: unknown", "不用：未识别";
    FIRST_LINE_NOT_QUOTED =
        "the first line must name the columns; it has no known name, and is not repeated, since it may be an order",
        "第一行须为列名；其中没有认识的列名，可能是订单内容，故不显示";
    LOOKS_LIKE_AN_ADDRESS = "an address", "地址";
    LOOKS_LIKE_A_NAME = "a name", "姓名";
    LOOKS_LIKE_A_PHONE = "a phone number", "电话";
    BY_AREA =
        "`divisions` and `postcodes` in the file of stations, by which orders find their own",
        "在网点文件中填写 `divisions` 和 `postcodes`，按地址确定网点";
    BY_RANGES =
        "for labels, --waybills FILE with the ranges that the carrier assigned",
        "打单时用 --waybills 文件 给出快递公司分配的号段";
    AND = ", ", "、";
    OR = ", or ", "，或 ";
}

sentences! {
    unknown_settings(wrong, known) =
        "no field of an order is called so, or it names no column: {wrong}; fields are {known}; besides them a table of \
         columns has `ignore` and `allow_missing` (phone, detail)",
        "没有这样的字段，或未给出列名：{wrong}；字段有 {known}；另可写 `ignore` 和 `allow_missing`（phone、detail）";
    is_export(system) = "an export of {system}", "{system} 的导出文件";
    columns_summary(all, sealed, printed, read) =
        "{all} columns: {sealed} sealed, {printed} printed, {read} only read",
        "{all} 列：加密 {sealed}，印出 {printed}，仅读取 {read}";
    not_used(count, names) = "{count} not used: {names}", "不用 {count}：{names}";
    first_line(names) = "the first line has {names}", "第一行为 {names}";
    no_column(column) = "no column `{column}`", "没有 `{column}` 列";
    no_address() = "no column of an address", "没有地址列";
    ambiguous(names, column) = "each of {names} could be `{column}`", "{names} 都可能是 `{column}` 列";
    chosen_twice(column, names) = "`{column}` is chosen more than once: {names}", "`{column}` 列选择了多次：{names}";
    not_there(name, column) =
        "the file has no column {name}, which was chosen for `{column}`",
        "文件没有用作 `{column}` 的列 {name}";
    repeated(name, places) = "more than one column is called {name}: {places}; rename them, or leave them out", "多列同名 {name}：第 {places} 列；请改名或忽略";
    unclear(name, looks) =
        "the column {name} is not used, and what it holds looks like {looks}",
        "{name} 列没有使用，而内容像是{looks}";
    or_all(line) = "{line} if that is right", "{line}（若确实没有）";
}

impl Language {
    /// All that is wrong with the columns of a file, each with what to type.
    pub fn mapping(self, error: &MappingError) -> String {
        let mut text = if error.header.is_empty() {
            self.of(FIRST_LINE_NOT_QUOTED).to_owned()
        } else {
            first_line(self, error.header.join(self.of(AND)))
        };
        for problem in &error.problems {
            text += &format!("\n  {}", self.mapping_problem(problem));
            let mut remedies: Vec<String> = problem.remedies().iter().filter_map(typed).collect();
            match problem {
                MappingProblem::Missing(Column::Phone, None) => {
                    remedies.push(or_all(self, allowed(Column::Phone)));
                }
                MappingProblem::Missing(Column::Station, _) => remedies.push(self.of(BY_AREA).to_owned()),
                MappingProblem::Missing(Column::Waybill, _) => remedies.push(self.of(BY_RANGES).to_owned()),
                MappingProblem::NoAddress(None) => remedies.push(or_all(self, allowed(Column::Detail))),
                _ => {}
            }
            if !remedies.is_empty() {
                text += &format!(": {}", remedies.join(self.of(OR)));
            }
        }
        text
    }

    fn mapping_problem(self, problem: &MappingProblem) -> String {
        let list = |names: &[String]| names.join(self.of(AND));
        match problem {
            MappingProblem::Missing(column, _) => no_column(self, column),
            MappingProblem::NoAddress(_) => no_address(self),
            MappingProblem::Ambiguous(column, names) => ambiguous(self, list(names), column),
            MappingProblem::ChosenTwice(column, names) => chosen_twice(self, column, list(names)),
            MappingProblem::NotThere(column, name) => not_there(self, name, column),
            MappingProblem::Repeated(name, places) => {
                let places: Vec<String> = places.iter().map(ToString::to_string).collect();
                repeated(self, name, list(&places))
            }
            MappingProblem::Unclear(name, looks, _) => unclear(self, name, self.looks(*looks)),
            MappingProblem::Wide => self
                .pick(
                    "more than 65,536 columns; keep only those of the order",
                    "超过 65536 列：请只保留订单所需的列",
                )
                .to_owned(),
            // The enum is non-exhaustive.
            other => other.to_string(),
        }
    }

    const fn looks(self, looks: Looks) -> &'static str {
        self.of(match looks {
            Looks::Name => LOOKS_LIKE_A_NAME,
            Looks::Phone => LOOKS_LIKE_A_PHONE,
            // The enum is non-exhaustive.
            _ => LOOKS_LIKE_AN_ADDRESS,
        })
    }

    /// What becomes of the columns of a file, in one line.
    pub fn accounted(self, accounting: &Accounting) -> String {
        let [sealed, printed, read] = accounting.counts();
        let mut parts: Vec<String> = accounting.export.iter().map(|system| is_export(self, system)).collect();
        parts.push(columns_summary(self, accounting.columns.len(), sealed, printed, read));
        let unused: Vec<&str> = accounting.unused().map(|column| &*column.column).collect();
        if !unused.is_empty() {
            parts.push(not_used(self, unused.len(), unused.join(self.of(AND))));
        }
        parts.join(self.pick("; ", "；"))
    }

    /// Why a column is not used, or what it is read for; empty if it is on the label.
    pub fn remark_on(self, column: &ColumnUse) -> &'static str {
        self.of(match column.unused {
            Some(Unused::Ignored) => IGNORED,
            Some(Unused::NotNeeded) => NOT_NEEDED,
            Some(Unused::NotOnLabel) => NOT_ON_LABEL,
            Some(_) => UNKNOWN,
            None if column.read && !column.sealed && !column.printed => ONLY_READ,
            None => return "",
        })
    }
}
