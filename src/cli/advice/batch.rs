//! What to do about errors of files of orders, and of what is made of them.

use crate::cli::language::Language;
use wayseal::batch::input::InputError;
use wayseal::batch::manifest::{Change, ManifestError};
use wayseal::batch::output::TargetError;
use wayseal::label::ComposeError;

/// A file that gives no rows.
pub fn of_input(error: &InputError, language: Language) -> Option<&'static str> {
    Some(match error {
        InputError::Parquet => language.pick(
            "export it as CSV or JSON Lines, or build with --features parquet",
            "请导出为 CSV 或 JSON Lines，或以 --features parquet 编译",
        ),
        InputError::AmbiguousEncoding => language.pick(
            "name it with --encoding: gb18030, big5, shift_jis, euc-kr, windows-1252, windows-1250, windows-1251 …, and \
             look at a label",
            "请用 --encoding 指定（gb18030、big5、shift_jis、euc-kr、windows-1252、windows-1251 等）并核对一张面单，\
             或另存为 CSV UTF-8",
        ),
        InputError::Sheets(_) | InputError::NoSheet(_) => language.pick(
            "name one with --sheet, and seal each in a batch of its own",
            "请用 --sheet 指定，每个工作表单独打一批",
        ),
        InputError::NoHeaderRow => language.pick("see --header-row", "见 --header-row"),
        _ => return None,
    })
}

/// Labels that do not go where they were sent.
pub fn of_target(error: &TargetError, language: Language) -> Option<&'static str> {
    Some(match error {
        TargetError::NoFormat => language.pick(
            "give --format: zpl, tspl, png, svg, pdf, payload or symbol",
            "请用 --format 指定格式：zpl、tspl、png、svg、pdf、payload 或 symbol",
        ),
        TargetError::Mismatch(..) => {
            language.pick("change --format or the ending of --out", "请更改 --format 或 --out 的扩展名")
        }
        _ => return None,
    })
}

/// A batch that cannot be resumed.
pub fn of_manifest(error: &ManifestError, language: Language) -> Option<&'static str> {
    Some(match error {
        ManifestError::Part(_) => language
            .pick("put it back, or begin again with --overwrite", "请放回原处，或用 --overwrite 重新开始"),
        ManifestError::Foreign => language.pick(
            "give the grant and day that began the batch, or begin again with --overwrite",
            "请给出该批开始时的授权和日期，或用 --overwrite 重新开始",
        ),
        ManifestError::Inconsistent => {
            language.pick("begin again with --overwrite", "请用 --overwrite 重新开始")
        }
        ManifestError::Form(_) => language.pick("begin again with --overwrite", "请用 --overwrite 重新开始"),
        ManifestError::Changed(_) => language.pick(
            "give it as it was, or begin again with --overwrite",
            "请恢复原样，或用 --overwrite 重新开始",
        ),
        _ => return None,
    })
}

/// A label that is not drawn.
pub fn of_compose(error: &ComposeError, language: Language) -> Option<&'static str> {
    Some(match error {
        ComposeError::Bars { .. } => {
            language.pick("--format symbol gives the code alone", "用 --format symbol 只输出二维码")
        }
        _ => return None,
    })
}

/// What was changed, by the flag that says it.
pub fn flag(change: &Change) -> String {
    match change {
        Change::Day => "--day",
        Change::Grant => "--grant",
        Change::Stations => "--stations",
        Change::Template => "--template",
        Change::Columns => "--columns",
        _ => return change.to_string(),
    }
    .to_owned()
}
