//! Why a file's columns cannot be matched: all that is wrong with them, at once.

use super::column::Column;
use super::looks::Looks;
use thiserror::Error;

/// All problems of the columns of one file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}", listed(.problems, .header))]
#[non_exhaustive]
pub struct MappingError {
    /// What is wrong; never empty.
    pub problems: Vec<MappingProblem>,
    /// The names in the file; empty if the first line may be an order with people's data, which is not quoted.
    pub header: Vec<String>,
}

/// One thing that is wrong with the columns of a file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum MappingProblem {
    /// A required field has no column; with the one that may be meant.
    #[error("no column `{}`{}", .0, perhaps(.1.as_deref()))]
    Missing(Column, Option<String>),
    /// No column holds any part of an address; with the one that may be meant.
    #[error("no column of an address{}", perhaps(.0.as_deref()))]
    NoAddress(Option<String>),
    /// More than one column could be the field.
    #[error("each of {} could be `{}`", .1.join(", "), .0)]
    Ambiguous(Column, Vec<String>),
    /// The user chose more than one source for one field.
    #[error("`{}` is chosen more than once: {}", .0, .1.join(", "))]
    ChosenTwice(Column, Vec<String>),
    /// A chosen column is not in the file.
    #[error("the file has no column {1}, which was chosen for `{0}`")]
    NotThere(Column, String),
    /// Columns of one name, by their places counted from 1.
    #[error("{} columns have the name {}", .1.len(), .0)]
    Repeated(String, Vec<usize>),
    /// A column that is not used holds what looks like a person's data; with the columns that hold such data now.
    #[error("the column {0} is not used, and what it holds looks like {1}")]
    Unclear(String, Looks, Option<String>),
    /// The file has more than 65,536 columns.
    #[error("more than 65,536 columns; keep only those of the order")]
    Wide,
}

impl MappingProblem {
    /// The choice that may solve it: the field, and what to name for it; a column to be ignored if there is no field.
    /// What is not known is `None`.
    #[must_use]
    pub fn remedies(&self) -> Vec<Remedy> {
        let quoted = |name: &String| Some(name.clone());
        match self {
            Self::Missing(column, name) => vec![Remedy::Column(*column, name.clone())],
            Self::NoAddress(name) => vec![Remedy::Column(Column::Detail, name.clone())],
            Self::Ambiguous(column, names) | Self::ChosenTwice(column, names) => {
                let mut remedies = vec![Remedy::Column(*column, names.first().and_then(quoted))];
                if matches!(self, Self::Ambiguous(..)) {
                    let either =
                        if matches!(column, Column::Phone | Column::SenderPhone) { "|" } else { "+" };
                    remedies.push(Remedy::Column(*column, Some(names.join(either))));
                }
                remedies
            }
            Self::NotThere(column, _) => vec![Remedy::Column(*column, None)],
            Self::Repeated(name, _) => vec![Remedy::Ignore(name.clone())],
            Self::Unclear(name, looks, now) => {
                let either = if *looks == Looks::Phone { '|' } else { '+' };
                let both = now.as_ref().map_or_else(|| name.clone(), |now| format!("{now}{either}{name}"));
                vec![Remedy::Column(looks.field(), Some(both)), Remedy::Ignore(name.clone())]
            }
            Self::Wide => Vec::new(),
        }
    }
}

/// A choice of the user that solves a [`MappingProblem`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Remedy {
    /// To choose the columns of a field; the name is left to the user if it is not known.
    Column(Column, Option<String>),
    /// To leave a column out by choice.
    Ignore(String),
}

fn perhaps(name: Option<&str>) -> String {
    name.map_or_else(String::new, |name| format!("; {name} may be meant"))
}

fn listed(problems: &[MappingProblem], header: &[String]) -> String {
    let mut text = problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    if header.is_empty() {
        text += "; the first line must name the columns, and has no known name";
    } else {
        text += &format!("; the first line has {}", header.join(", "));
    }
    text
}
