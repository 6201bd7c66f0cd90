//! From a file's header to a [`Mapping`].
//!
//! In goes a header, and choices of the user if the names are unusual; out comes where each field is, and what becomes of
//! each column. Fields are matched by the user's choices, then by what is known of the file's [export](super::exports),
//! then by their own names. Nothing is guessed from the content of cells: two columns that match one field are an error.

use super::choices::{ColumnChoices, Fields};
use super::column::Column;
use super::derived::{Derived, DerivedText, SourceColumns};
use super::exports::{self, Export, Way};
use super::names::{ALIASES, hints, normalise};
use super::problem::{MappingError, MappingProblem};
use super::source::Combination;
use crate::batch::input::Row;
use crate::batch::rejects::ADDED;

/// The index in a row of each field that the file has.
#[derive(Clone, Copy, Debug)]
pub struct Places {
    at: [Option<u16>; Column::COUNT],
    may_lack: Fields,
}

impl Places {
    /// The index of a field in a [prepared](Mapping::prepare) row.
    #[must_use]
    pub fn place(&self, field: Column) -> Option<usize> {
        self.at[field as usize].map(usize::from)
    }

    /// Whether an order may lack the field.
    #[must_use]
    pub const fn may_lack(&self, field: Column) -> bool {
        self.may_lack.has(field)
    }

    /// The fields that the file has, with their indices.
    pub fn places(&self) -> impl Iterator<Item = (Column, usize)> {
        Column::all().filter_map(|field| Some((field, self.place(field)?)))
    }
}

/// Where a file has each field, and what becomes of each of its columns.
#[derive(Clone, Debug)]
pub struct Mapping {
    places: Places,
    derived: Derived,
    columns: Vec<FileColumn>,
    export: Option<&'static str>,
}

/// A column of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FileColumn {
    /// Its name, as the file spells it; may be empty.
    pub name: String,
    /// What it is for.
    pub role: ColumnRole,
}

/// What a column of a file is for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ColumnRole {
    /// It holds these fields, or parts of them.
    Fields(Vec<Column>),
    /// It is left out by the user's choice.
    Ignored,
    /// It belongs to the file's export, and a label does not need it.
    NotNeeded,
    /// Nothing is known of it.
    Unknown,
}

impl Mapping {
    /// Matches a file's columns.
    ///
    /// # Errors
    /// [`MappingError`] with all that is wrong.
    pub fn new(header: &[String], choices: &ColumnChoices) -> Result<Self, MappingError> {
        let (mapping, problems) = Self::attempt(header, choices);
        if problems.is_empty() { Ok(mapping) } else { Err(mapping.error(problems)) }
    }

    /// The mapping as far as it goes, with its problems.
    pub(super) fn attempt(header: &[String], choices: &ColumnChoices) -> (Self, Vec<MappingProblem>) {
        let mut matching = Matching::new(header, choices);
        if header.len() > usize::from(u16::MAX) {
            matching.problems.push(MappingProblem::Wide);
            return matching.finish();
        }
        matching.repeated();
        matching.chosen();
        matching.of_export();
        matching.of_parts();
        matching.of_names();
        matching.required();
        matching.finish()
    }

    pub(super) fn error(&self, problems: Vec<MappingProblem>) -> MappingError {
        // If no name is known, the first line may be an order with people's data: the error must not quote it.
        let named = self.columns.iter().filter(|column| column.role != ColumnRole::Unknown).count();
        let chosen = problems.iter().any(|problem| matches!(problem, MappingProblem::NotThere(..)));
        let header = if named < 2 && !chosen {
            Vec::new()
        } else {
            self.columns.iter().map(|column| column.name.clone()).collect()
        };
        let quoted = |problem: MappingProblem| match problem {
            MappingProblem::Missing(field, _) if header.is_empty() => MappingProblem::Missing(field, None),
            MappingProblem::NoAddress(_) if header.is_empty() => MappingProblem::NoAddress(None),
            other => other,
        };
        let quotes = |problem: &MappingProblem| {
            !header.is_empty()
                || !matches!(problem, MappingProblem::Repeated(..) | MappingProblem::Unclear(..))
        };
        let problems = problems.into_iter().filter(quotes).map(quoted).collect();
        MappingError { problems, header }
    }

    /// The indices of the fields.
    #[must_use]
    pub const fn places(&self) -> &Places {
        &self.places
    }

    /// The index of a field in a [prepared](Self::prepare) row.
    #[must_use]
    pub fn place(&self, field: Column) -> Option<usize> {
        self.places.place(field)
    }

    /// The columns of the file, in its order.
    #[must_use]
    pub fn columns(&self) -> &[FileColumn] {
        &self.columns
    }

    /// The system whose export the file is, if it is known.
    #[must_use]
    pub const fn export(&self) -> Option<&'static str> {
        self.export
    }

    /// The indices of columns of which nothing is known.
    pub fn unknown(&self) -> impl Iterator<Item = usize> {
        let unknown = |(at, column): (usize, &FileColumn)| (column.role == ColumnRole::Unknown).then_some(at);
        self.columns.iter().enumerate().filter_map(unknown)
    }

    /// Adds the cells that are no column's. A row is prepared once; more calls change nothing.
    pub fn prepare(&self, row: &mut Row) {
        if self.derived.is_empty() || row.fault.is_some() || row.is_extended() {
            return;
        }
        let cells = self.derived.texts(row);
        row.extend(self.columns.len(), &cells);
    }

    /// Whether a phone of the row is left out, since another one is taken: a column that is the second choice holds another
    /// number than the first.
    #[must_use]
    pub fn has_other_phone(&self, row: &Row) -> bool {
        self.derived.has_other_phone(row)
    }

    /// Whether the row has no address for delivery at all, and goes to the other address that its export has for that:
    /// the billing address.
    #[must_use]
    pub fn takes_other_address(&self, row: &Row) -> bool {
        self.derived.takes_other_address(row)
    }

    /// The columns that hold a field, as the user would name them; `None` if there are none.
    pub(super) fn source(&self, field: Column) -> Option<String> {
        let mut own = self.own_columns(field)?.from;
        own.sort_unstable();
        let names: Vec<&str> = own.iter().map(|at| &*self.columns[usize::from(*at)].name).collect();
        (!names.is_empty()).then(|| names.join("+"))
    }

    /// The columns that hold a field, and how they are combined; without those of another address.
    fn own_columns(&self, field: Column) -> Option<SourceColumns> {
        let place = self.places.at[field as usize]?;
        match usize::from(place).checked_sub(self.columns.len()) {
            None => Some(SourceColumns { from: vec![place], how: Combination::First }),
            Some(derived) => self.derived.own_columns(derived).cloned(),
        }
    }
}

/// A mapping while it is made.
struct Matching<'a> {
    header: &'a [String],
    choices: &'a ColumnChoices,
    folded: Vec<String>,
    mapping: Mapping,
    /// Fields that the parts of names and addresses gave: their own names may contradict.
    of_parts: Fields,
    problems: Vec<MappingProblem>,
}

impl<'a> Matching<'a> {
    fn new(header: &'a [String], choices: &'a ColumnChoices) -> Self {
        let role = |name: &String| {
            let ignored = choices.ignored.iter().any(|ignored| ignored == name);
            // A file of rejects that is fed in again has two columns of ours.
            let added = ADDED.contains(&name.as_str());
            match (ignored, added) {
                (true, _) => ColumnRole::Ignored,
                (_, true) => ColumnRole::NotNeeded,
                _ => ColumnRole::Unknown,
            }
        };
        let columns: Vec<FileColumn> =
            header.iter().map(|name| FileColumn { name: name.clone(), role: role(name) }).collect();
        let mut matching = Self {
            header,
            choices,
            folded: header.iter().map(|name| exports::fold(name)).collect(),
            mapping: Mapping {
                places: Places { at: [None; Column::COUNT], may_lack: choices.may_lack },
                derived: Derived::default(),
                columns,
                export: None,
            },
            of_parts: Fields::default(),
            problems: Vec::new(),
        };
        for name in &choices.ignored {
            if let Some(at) = matching.position(name) {
                matching.mapping.columns[at].role = ColumnRole::Ignored;
            }
        }
        matching
    }

    fn finish(self) -> (Mapping, Vec<MappingProblem>) {
        (self.mapping, self.problems)
    }

    /// The place of a column by its name, or, for one without a name that can be typed, by `#` and its number.
    fn position(&self, name: &str) -> Option<usize> {
        let by_name = self.header.iter().position(|known| known == name);
        by_name.or_else(|| {
            let number: usize = name.strip_prefix('#')?.parse().ok()?;
            number.checked_sub(1).filter(|at| *at < self.header.len())
        })
    }

    fn has(&self, field: Column) -> bool {
        self.mapping.places.at[field as usize].is_some()
    }

    fn is_free(&self, at: usize) -> bool {
        self.mapping.columns[at].role == ColumnRole::Unknown
    }

    /// Gives a field its columns.
    fn set(&mut self, field: Column, from: &[usize], how: Combination) {
        let from: Vec<u16> = from.iter().map(|at| short(*at)).collect();
        self.used(field, &from);
        let place = match *from {
            [at] => at,
            _ => self.derive(field, DerivedText::Of(SourceColumns { from, how })),
        };
        self.mapping.places.at[field as usize] = Some(place);
    }

    /// Says of columns that they hold a field, or a part of it.
    fn used(&mut self, field: Column, columns: &[u16]) {
        for at in columns {
            match &mut self.mapping.columns[usize::from(*at)].role {
                ColumnRole::Fields(fields) if fields.contains(&field) => {}
                ColumnRole::Fields(fields) => fields.push(field),
                role => *role = ColumnRole::Fields(vec![field]),
            }
        }
    }

    /// Adds a cell after those of the file, and returns its index.
    fn derive(&mut self, field: Column, text: DerivedText) -> u16 {
        // A row has no more such cells than there are fields.
        short(self.header.len() + self.mapping.derived.push(field, text))
    }

    /// Names that more than one column has.
    fn repeated(&mut self) {
        for (at, name) in self.header.iter().enumerate() {
            let same = || (0..self.header.len()).filter(|other| &self.header[*other] == name);
            let ignored = self.mapping.columns[at].role == ColumnRole::Ignored;
            if !name.is_empty() && !ignored && same().next() == Some(at) && same().count() > 1 {
                let places = same().map(|at| at + 1).collect();
                self.problems.push(MappingProblem::Repeated(name.clone(), places));
            }
        }
    }

    fn chosen(&mut self) {
        for (at, (field, source)) in self.choices.fields.iter().enumerate() {
            let of = || self.choices.fields.iter().filter(|(other, _)| other == field);
            if of().count() > 1 {
                let first = self.choices.fields.iter().position(|(other, _)| other == field) == Some(at);
                if first {
                    let sources = of().map(|(_, source)| source.as_str().to_owned()).collect();
                    self.problems.push(MappingProblem::ChosenTwice(*field, sources));
                }
                continue;
            }
            let find = |name: &str| self.position(name).and_then(|at| u16::try_from(at).ok());
            match source.places(find) {
                Ok((places, how)) => {
                    let places: Vec<usize> = places.into_iter().map(usize::from).collect();
                    self.set(*field, &places, how);
                }
                Err(missing) => self
                    .problems
                    .extend(missing.into_iter().map(|name| MappingProblem::NotThere(*field, name))),
            }
        }
    }

    /// Whether a choice names the field, well or not: its own names are not looked for then.
    fn is_chosen(&self, field: Column) -> bool {
        self.choices.fields.iter().any(|(chosen, _)| *chosen == field)
    }

    fn of_export(&mut self) {
        let Some(export) = exports::export_of(&self.folded) else { return };
        self.mapping.export = Some(export.name);
        self.fields_of(export, false);
        self.other_address(export);
        for (field, text) in &export.always {
            if !self.has(*field) && !self.is_chosen(*field) {
                let place = self.derive(*field, DerivedText::Always(text));
                self.mapping.places.at[*field as usize] = Some(place);
            }
        }
        for at in 0..self.header.len() {
            if self.is_free(at) && export.is_unused(&self.header[at]) {
                self.mapping.columns[at].role = ColumnRole::NotNeeded;
            }
        }
    }

    /// Gives the fields of the address for delivery those of the other address, which are taken together or not at all: there is
    /// no other address if the file lacks a part of it, or the user said something about a part of either.
    fn other_address(&mut self, export: &'static Export) {
        let mut pairs = Vec::new();
        for (field, ways) in &export.otherwise {
            let part = !matches!(field, Column::Phone | Column::Note);
            let own = self.mapping.own_columns(*field);
            let way = ways.iter().find_map(|way| way.places(&self.folded));
            let usable = |at: &usize| self.mapping.columns[*at].role != ColumnRole::Ignored;
            let other = way.filter(|(places, _)| places.iter().all(usable));
            let needed = matches!(field, Column::Name | Column::Detail);
            let always = export.always.iter().any(|(always, _)| always == field);
            match (own, other) {
                _ if self.is_chosen(*field) => {
                    if part {
                        return;
                    }
                }
                // An address for delivery may lack what the other one has: an order that goes to the other takes it.
                (own, Some((places, how))) if own.is_some() || !needed && !always => {
                    let from = places.into_iter().map(short).collect();
                    let own = own.unwrap_or(SourceColumns { from: Vec::new(), how });
                    pairs.push((*field, own, SourceColumns { from, how }));
                }
                (own, _) => {
                    if part && (own.is_some() || needed) {
                        return;
                    }
                }
            }
        }
        for (field, own, other) in pairs {
            self.used(field, &other.from);
            self.mapping.derived.distinguish(&own, &other);
            let text = DerivedText::Either { own, other };
            let place = usize::from(self.mapping.places.at[field as usize].unwrap_or_default());
            match place.checked_sub(self.header.len()) {
                Some(derived) => self.mapping.derived.replace(derived, text),
                None => self.mapping.places.at[field as usize] = Some(self.derive(field, text)),
            }
        }
    }

    fn of_parts(&mut self) {
        self.fields_of(exports::parts(), true);
    }

    fn fields_of(&mut self, export: &'static Export, parts: bool) {
        for (field, ways) in &export.fields {
            if self.has(*field) || self.is_chosen(*field) {
                continue;
            }
            // A way whose first column the file has is meant, before one of which it has others.
            let begins = |way: &&Way| way.begins(&self.folded);
            let others = ways.iter().filter(|way| !parts && !begins(way));
            let ordered: Vec<&Way> = ways.iter().filter(begins).chain(others).collect();
            for way in ordered {
                let Some((places, how)) = way.places(&self.folded) else { continue };
                let free = |at: &usize| self.mapping.columns[*at].role != ColumnRole::Ignored;
                let places: Vec<usize> = places.into_iter().filter(free).collect();
                if !places.is_empty() && (!parts || places.iter().all(|at| self.is_free(*at))) {
                    self.set(*field, &places, how);
                    if parts {
                        self.of_parts.add(*field);
                    }
                    break;
                }
            }
        }
    }

    fn of_names(&mut self) {
        let names: Vec<String> = self.header.iter().map(|name| normalise(name)).collect();
        for (field, known) in ALIASES {
            let parts = self.of_parts.has(field);
            if (self.has(field) && !parts) || self.is_chosen(field) {
                continue;
            }
            let matches = |at: &usize| known.contains(&names[*at].as_str()) && self.is_free(*at);
            let found: Vec<usize> = (0..names.len()).filter(matches).collect();
            let mut named: Vec<String> = found.iter().map(|at| self.header[*at].clone()).collect();
            named.dedup();
            match (&*found, parts) {
                ([], _) => {}
                ([at], false) => self.set(field, &[*at], Combination::First),
                _ => {
                    if parts {
                        let of = |column: &FileColumn| matches!(&column.role, ColumnRole::Fields(fields) if fields.contains(&field));
                        let parts = self.mapping.columns.iter().filter(|column| of(column));
                        named.push(parts.map(|column| &*column.name).collect::<Vec<_>>().join("+"));
                    }
                    // One name twice is told already.
                    if named.len() > 1 {
                        self.problems.push(MappingProblem::Ambiguous(field, named));
                    }
                    // No guess; but neither is the field missing.
                    self.set(field, &[found[0]], Combination::First);
                }
            }
        }
    }

    fn required(&mut self) {
        for field in [Column::Waybill, Column::Station, Column::Name, Column::Phone] {
            let elsewhere = self.choices.supplied.has(field) || self.choices.may_lack.has(field);
            // A virtual number alone is a phone.
            let virtually = field == Column::Phone && self.has(Column::VirtualPhone);
            if !self.has(field) && !virtually && !elsewhere && !self.is_chosen(field) {
                let meant = self.meant(field);
                self.problems.push(MappingProblem::Missing(field, meant));
            }
        }
        let address = [Column::Province, Column::City, Column::District, Column::Street, Column::Detail];
        let given = |field: &Column| self.has(*field) || self.is_chosen(*field);
        if !address.iter().any(given) && !self.choices.may_lack.has(Column::Detail) {
            let meant = self.meant(Column::Detail);
            self.problems.push(MappingProblem::NoAddress(meant));
        }
    }

    /// The column whose name suggests the field, if there is one only.
    fn meant(&self, field: Column) -> Option<String> {
        let suggests = |at: &usize| {
            let name = self.header[*at].to_lowercase();
            self.is_free(*at) && hints(field).iter().any(|hint| name.contains(hint))
        };
        let mut found = (0..self.header.len()).filter(suggests);
        let first = found.next()?;
        found.next().is_none().then(|| self.header[first].clone())
    }
}

/// A place in a row, as it is kept: the width of a header was checked.
fn short(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(header: &str) -> Result<Mapping, MappingError> {
        chosen(header, &[], &[])
    }

    fn chosen(header: &str, fields: &[(Column, &str)], ignored: &[&str]) -> Result<Mapping, MappingError> {
        let choices = ColumnChoices {
            fields: fields.iter().map(|(field, source)| (*field, source.parse().unwrap())).collect(),
            ignored: ignored.iter().map(|name| (*name).to_owned()).collect(),
            ..ColumnChoices::default()
        };
        Mapping::new(&header.split(',').map(str::to_owned).collect::<Vec<_>>(), &choices)
    }

    #[test]
    fn exports_are_understood_as_they_are_spelt() {
        let mapping =
            of("快递单号,派件网点,收货人姓名,收件人手机（必填）*,Shipping Address,sender_name").unwrap();
        for (at, field) in [
            Column::Waybill,
            Column::Station,
            Column::Name,
            Column::Phone,
            Column::Detail,
            Column::SenderName,
        ]
        .into_iter()
        .enumerate()
        {
            assert_eq!(mapping.place(field), Some(at), "{}", field.name());
        }
    }

    #[test]
    fn all_problems_are_told_at_once_with_what_may_be_meant() {
        let error = of("运单号,姓名,电话,手机,Our Tel,客户端").unwrap_err();
        assert_eq!(
            error.problems,
            [
                MappingProblem::Ambiguous(Column::Phone, vec!["电话".into(), "手机".into()]),
                MappingProblem::Missing(Column::Station, None),
                MappingProblem::NoAddress(None),
            ]
        );
        let error = of("运单号,网点,姓名,Our Tel,住址").unwrap_err();
        assert_eq!(
            error.problems,
            [
                MappingProblem::Missing(Column::Phone, Some("Our Tel".into())),
                MappingProblem::NoAddress(Some("住址".into())),
            ]
        );
        // An order in place of names is not repeated.
        let order = of("YT8800123456789,S1,王芳,13812345678").unwrap_err().to_string();
        assert!(!order.contains("王芳") && !order.contains("138"), "{order}");
    }

    #[test]
    fn a_column_given_twice_is_an_error_unless_it_is_ignored() {
        let header = "运单号,网点,姓名,电话,地址,备注,备注";
        let error = of(header).unwrap_err();
        assert_eq!(error.problems, [MappingProblem::Repeated("备注".into(), vec![6, 7])]);
        assert!(chosen(header, &[], &["备注"]).is_ok());
        let twice = [(Column::Note, "地址"), (Column::Note, "姓名")];
        let error = chosen("运单号,网点,姓名,电话,地址", &twice, &[]).unwrap_err();
        assert!(matches!(&*error.problems, [MappingProblem::ChosenTwice(Column::Note, _)]), "{error}");
    }

    #[test]
    fn a_chosen_name_overrides_the_known_ones() {
        let header = "运单号,网点,姓名,电话,手机,地址";
        let mapping = chosen(header, &[(Column::Phone, "手机")], &[]).unwrap();
        assert_eq!(mapping.place(Column::Phone), Some(4));
        // The other one is accounted for as unknown, so what it holds is looked at.
        assert_eq!(mapping.unknown().collect::<Vec<_>>(), [3]);
        let error = chosen(header, &[(Column::Phone, "Tel"), (Column::Note, "a+b")], &[]).unwrap_err();
        assert_eq!(error.problems.len(), 3, "{error}");
        assert!(chosen("运单号,网点,姓名,电话,,", &[(Column::Detail, "#5")], &[]).is_ok());
    }

    #[test]
    fn parts_of_names_and_addresses_are_joined_and_a_whole_beside_them_is_ambiguous() {
        let header = "waybill,station,First Name,Last Name,phone,Address Line 1,Address Line 2,city";
        let mapping = of(header).unwrap();
        assert_eq!((mapping.place(Column::Name), mapping.place(Column::Detail)), (Some(8), Some(9)));
        let error = of(&format!("{header},name")).unwrap_err();
        assert!(matches!(&*error.problems, [MappingProblem::Ambiguous(Column::Name, _)]), "{error}");
    }
}
