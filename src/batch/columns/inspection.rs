//! Looks at what the columns hold of which nothing is known, before anything is made.
//!
//! An address under a name that nobody knows would be left out of every label, and the batch would say that all is well.
//! So a column that looks like a person's data is a problem of the mapping, until the user says what it is. A column of
//! which all cells were looked at and none was like an address or a phone is [clear](Inspection::clear): it is not looked
//! at again.

use super::choices::ColumnChoices;
use super::column::Column;
use super::looks::{self, Heading, Looks};
use super::mapping::Mapping;
use super::problem::{MappingError, MappingProblem};
use crate::batch::input::{InputError, Row, RowSource};
use crate::summary::looks_like_address;
use std::collections::HashSet;
use std::hash::{BuildHasher as _, RandomState};
use thiserror::Error;

/// A share of a column's cells above which it looks like addresses or phones, in percent. Below it, each label of such a
/// row carries a notice.
const SHARE: u64 = 10;
/// The same of names, of which single ones look like other words.
const NAMES: u64 = 60;
/// Cells of a column that are compared with each other.
const COMPARED: u64 = 1000;
/// Cells that a column without a telling name must have before it looks like names.
const LEAST_NAMES: u64 = 3;

/// The columns of which nothing is known, and what was seen in them.
pub struct Inspection {
    columns: Vec<Inspected>,
    state: RandomState,
    unlike: Unlike,
}

struct Inspected {
    at: usize,
    heading: Heading,
    cells: u64,
    addresses: u64,
    phones: u64,
    names: u64,
    /// Different cells among the first: shops and colours repeat, people hardly.
    different: HashSet<u64>,
    /// The cells that these are of.
    compared: u64,
}

impl Inspection {
    /// An inspection of the unknown columns of a file.
    #[must_use]
    pub fn new(mapping: &Mapping) -> Self {
        let columns = mapping.unknown().map(|at| Inspected {
            at,
            heading: Heading::of(&mapping.columns()[at].name),
            cells: 0,
            addresses: 0,
            phones: 0,
            names: 0,
            different: HashSet::new(),
            compared: 0,
        });
        Self { columns: columns.collect(), state: RandomState::new(), unlike: Unlike::new() }
    }

    /// The same without the columns that an earlier inspection of the file found clear.
    #[must_use]
    pub fn beyond(mapping: &Mapping, clear: &[usize]) -> Self {
        let mut inspection = Self::new(mapping);
        inspection.columns.retain(|column| !clear.contains(&column.at));
        inspection
    }

    /// The indices of the columns in which no cell looked like an address or a phone.
    #[must_use]
    pub fn clear(&self) -> Vec<usize> {
        let clear = |column: &&Inspected| column.addresses + column.phones == 0;
        self.columns.iter().filter(clear).map(|column| column.at).collect()
    }

    /// Whether there is nothing to look at.
    #[must_use]
    pub const fn is_idle(&self) -> bool {
        self.columns.is_empty()
    }

    /// Looks at a row.
    pub fn look(&mut self, row: &Row) {
        if row.fault.is_some() {
            return;
        }
        for column in &mut self.columns {
            let cell = trimmed(row.cell(column.at));
            if cell.is_empty() {
                continue;
            }
            column.cells += 1;
            match looks::of_cell(cell, column.heading, |cell| self.unlike.looks(cell, &self.state)) {
                Some(Looks::Address) => column.addresses += 1,
                Some(Looks::Phone) => column.phones += 1,
                _ => column.names += u64::from(looks::is_name(cell, column.heading)),
            }
            if column.compared < COMPARED {
                column.compared += 1;
                column.different.insert(self.state.hash_one(cell));
            }
        }
    }

    /// Whether the row has a cell that looks like an address or a phone in a column of which nothing is known.
    #[must_use]
    pub fn is_stray(&self, row: &Row) -> bool {
        self.columns.iter().any(|column| {
            looks::of_cell(trimmed(row.cell(column.at)), column.heading, looks_like_address).is_some()
        })
    }

    /// The columns that look like a person's data.
    #[must_use]
    pub fn unclear(&self, mapping: &Mapping) -> Vec<MappingProblem> {
        let of = |column: &Inspected| {
            let looks = column.looks()?;
            let name = &mapping.columns()[column.at].name;
            let name = if name.is_empty() { format!("#{}", column.at + 1) } else { name.clone() };
            Some(MappingProblem::Unclear(name, looks, mapping.source(looks.field())))
        };
        self.columns.iter().filter_map(of).collect()
    }
}

/// Texts that looked like no address, by their hashes: titles and remarks repeat.
struct Unlike(Box<[u64]>);

impl Unlike {
    fn new() -> Self {
        Self(vec![0; 1024].into())
    }

    fn looks(&mut self, cell: &str, state: &RandomState) -> bool {
        let hash = state.hash_one(cell);
        let places = self.0.len() as u64;
        let place = &mut self.0[usize::try_from(hash % places).unwrap_or_default()];
        if *place == hash {
            return false;
        }
        let looks = looks_like_address(cell);
        if !looks {
            *place = hash;
        }
        looks
    }
}

/// The cell without blanks around it. Where ideographs or characters of ASCII that are seen begin and end it there are none.
fn trimmed(cell: &str) -> &str {
    let solid = match cell.as_bytes() {
        [0xe4..=0xe9, .., 0xe4..=0xe9, _, _] | [0xe4..=0xe9, _, _] => true,
        [0xe4..=0xe9, .., last] => last.is_ascii_graphic(),
        [first, .., 0xe4..=0xe9, _, _] => first.is_ascii_graphic(),
        [first, .., last] => first.is_ascii_graphic() && last.is_ascii_graphic(),
        [one] => one.is_ascii_graphic(),
        [] => true,
    };
    if solid { cell } else { cell.trim() }
}

impl Inspected {
    fn looks(&self) -> Option<Looks> {
        let share = |count: u64, percent| count > 0 && count * 100 >= self.cells * percent;
        if share(self.addresses, SHARE) {
            Some(Looks::Address)
        } else if share(self.phones, SHARE) {
            Some(Looks::Phone)
        } else {
            let enough = self.heading.is_of_persons() || self.cells >= LEAST_NAMES;
            (share(self.names, NAMES) && enough && self.different.len() as u64 * 2 >= self.compared)
                .then_some(Looks::Name)
        }
    }
}

/// The mapping of a file, whose rows are all looked at if columns are unknown, and the indices of the columns that are
/// [clear](Inspection::clear).
///
/// # Errors
/// [`ExamineError`] with all problems of the columns, or if the rows cannot be read.
pub fn examine(
    source: &mut RowSource,
    choices: &ColumnChoices,
) -> Result<(Mapping, Vec<usize>), ExamineError> {
    let (mapping, problems) = Mapping::attempt(source.header(), choices);
    let mut inspection = Inspection::new(&mapping);
    while !inspection.is_idle() {
        let Some(row) = source.next_row() else { break };
        inspection.look(&row?);
    }
    Ok((settle(mapping, problems, &inspection)?, inspection.clear()))
}

/// The same, of rows that are read already.
///
/// # Errors
/// [`MappingError`] with all problems of the columns.
pub fn examine_rows(
    header: &[String],
    rows: &[Row],
    choices: &ColumnChoices,
) -> Result<Mapping, MappingError> {
    let (mapping, problems) = Mapping::attempt(header, choices);
    let mut inspection = Inspection::new(&mapping);
    rows.iter().for_each(|row| inspection.look(row));
    settle(mapping, problems, &inspection)
}

fn settle(
    mapping: Mapping,
    mut problems: Vec<MappingProblem>,
    inspection: &Inspection,
) -> Result<Mapping, MappingError> {
    for unclear in inspection.unclear(&mapping) {
        add(&mut problems, unclear);
    }
    if problems.is_empty() { Ok(mapping) } else { Err(mapping.error(problems)) }
}

/// Adds a problem; a column that looks like what is missing is what may be meant.
fn add(problems: &mut Vec<MappingProblem>, unclear: MappingProblem) {
    let MappingProblem::Unclear(name, looks, _) = &unclear else { return };
    let missing = problems.iter_mut().find_map(|problem| match problem {
        MappingProblem::Missing(field, meant) if *field == looks.field() => Some(meant),
        MappingProblem::NoAddress(meant) if *looks == Looks::Address => Some(meant),
        _ => None,
    });
    match missing {
        Some(meant) if meant.as_ref().is_none_or(|meant| meant == name) => *meant = Some(name.clone()),
        _ => problems.push(unclear),
    }
}

impl Looks {
    /// The field that cells of this look may be.
    #[must_use]
    pub const fn field(self) -> Column {
        match self {
            Self::Address => Column::Detail,
            Self::Name => Column::Name,
            Self::Phone => Column::Phone,
        }
    }
}

impl Mapping {
    /// Whether nothing that was seen in unknown columns has to be settled first.
    ///
    /// # Errors
    /// [`MappingError`] with the columns that look like a person's data.
    pub fn settled(&self, inspection: &Inspection) -> Result<(), MappingError> {
        let problems = inspection.unclear(self);
        if problems.is_empty() { Ok(()) } else { Err(self.error(problems)) }
    }
}

/// Why a file's columns are not settled.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ExamineError {
    /// The file cannot be read.
    #[error(transparent)]
    Input(#[from] InputError),
    /// The columns have problems.
    #[error(transparent)]
    Columns(#[from] MappingError),
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Cursor;

    proptest! {
        #[test]
        fn a_cell_is_trimmed_as_unicode_has_it(cell in "[a 王\u{3000}\u{a0}\u{2003}é\u{85}\t，]{0,6}") {
            prop_assert_eq!(trimmed(&cell), cell.trim());
        }
    }

    fn problems(content: &str, choices: &ColumnChoices) -> Vec<MappingProblem> {
        let mut source = RowSource::stream(Box::new(Cursor::new(content.as_bytes().to_vec()))).unwrap();
        match examine(&mut source, choices) {
            Ok(_) => Vec::new(),
            Err(ExamineError::Columns(error)) => error.problems,
            Err(error) => panic!("{error}"),
        }
    }

    const HEAD: &str = "运单号,网点,收件人,手机";

    #[test]
    fn an_unknown_column_of_addresses_phones_or_names_stops_until_it_is_named_or_ignored() {
        let none = ColumnChoices::default();
        let content =
            format!("{HEAD},收货人详细地址信息\nSF1,S1,李伟,15777120001,广东省深圳市福田区中山路1号\n");
        let meant = Some("收货人详细地址信息".to_owned());
        assert_eq!(problems(&content, &none), [MappingProblem::NoAddress(meant)]);
        let content = format!(
            "{HEAD},地址,备用,代收\nSF1,S1,李伟,15777120001,中山路1号,0755-26543299,王芳\nSF2,S1,李伟,15777120002,中山路2号,,赵婷\nSF3,S1,李伟,1577712003,中山路3号,,孙强\n"
        );
        let unclear = |name: &str, looks, source: &str| {
            MappingProblem::Unclear(name.to_owned(), looks, Some(source.to_owned()))
        };
        assert_eq!(
            problems(&content, &none),
            [unclear("备用", Looks::Phone, "手机"), unclear("代收", Looks::Name, "收件人")]
        );
        assert_eq!(problems(&content, &none.ignoring("备用").ignoring("代收")), []);
    }

    #[test]
    fn ordinary_columns_stop_nothing() {
        let head = format!(
            "{HEAD},地址,价格,SKU,下单时间,订单金额,店铺,颜色,快递公司,订单状态,重量,链接,数量,支付流水,仓位"
        );
        let row = |n: u64| {
            format!(
                "SF{n},S1,李伟,15777120001,中山路{n}号,{n}.00,SKU-{n}-A,2026-11-{:02} 10:0{}:00,{},云帆书店,蓝色,\
                 中通快递,已发货,{n}.5kg,https://example.com/{n},{n},202611241{:011},A区2排{n}层",
                n % 28 + 1,
                n % 10,
                n * 100,
                n
            )
        };
        let content = (1..40).map(row).collect::<Vec<_>>().join("\n");
        assert_eq!(problems(&format!("{head}\n{content}\n"), &ColumnChoices::default()), []);
    }

    #[test]
    fn a_column_is_clear_if_no_cell_of_it_looks_like_an_address_or_a_phone() {
        let mut content = format!("{HEAD},地址,备用,颜色,来源\n");
        for n in 0..40 {
            let (spare, source) =
                (if n == 37 { "0755-26543299" } else { "" }, if n == 3 { "人民路2号" } else { "" });
            content += &format!("SF{n},S1,李伟,15777120001,中山路1号,{spare},蓝色,{source}\n");
        }
        let source = || RowSource::stream(Box::new(Cursor::new(content.as_bytes().to_vec()))).unwrap();
        let choices = ColumnChoices::default().ignoring("来源").ignoring("备用");
        let (mapping, clear) = examine(&mut source(), &choices).unwrap();
        assert_eq!(clear, [6]);
        assert!(Inspection::beyond(&mapping, &clear).is_idle());
        // Nothing is known of a column but what was seen of it.
        let mapping = Mapping::attempt(source().header(), &ColumnChoices::default()).0;
        let mut all = Inspection::new(&mapping);
        source().for_each(|row| all.look(&row.unwrap()));
        assert_eq!(all.clear(), [6]);
        let rest = Inspection::beyond(&mapping, &all.clear());
        let stray: Vec<u64> =
            source().map(Result::unwrap).filter(|row| rest.is_stray(row)).map(|row| row.line).collect();
        assert_eq!(stray, [5, 39]);
    }

    #[test]
    fn a_column_is_looked_at_to_the_end_of_the_file() {
        let mut content = format!("{HEAD},地址,备用\n");
        for n in 0..3000 {
            content +=
                &format!("SF{n},S1,李伟,15777120001,中山路1号,{}\n", if n < 2500 { "" } else { "人民路2号" });
        }
        assert_eq!(problems(&content, &ColumnChoices::default()).len(), 1);
    }
}
