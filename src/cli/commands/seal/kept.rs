//! The files that keep rows of a batch: those that are rejected, and those that are not sealed yet.

use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::seal as text;
use crate::cli::settings::seal::SealPlan;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use wayseal::batch::input;
use wayseal::batch::output::{ContainerKind, FOLDER, OutputTarget, PART};
use wayseal::batch::pipeline::OrderFile;
impl SealPlan {
    pub fn part(&self, target: Option<&OutputTarget>) -> u64 {
        let usual =
            if target.is_some_and(|target| target.kind == ContainerKind::Folder) { FOLDER } else { PART };
        self.part.map_or(usual, NonZero::get)
    }

    /// The files of rejected rows, one an input.
    pub fn rejects(&self, inputs: &[OrderFile], target: Option<&OutputTarget>) -> Vec<PathBuf> {
        if self.dry_run || self.rejects_stream.is_some() {
            return Vec::new();
        }
        let base = self.rejects.clone().or_else(|| self.rejects_stem.clone()).unwrap_or_else(|| {
            target.and_then(|target| target.beside("rejects")).unwrap_or_else(|| {
                let name = inputs[0].path.file_stem().filter(|_| inputs[0].survey.is_some());
                PathBuf::from(format!("{}.rejects", name.unwrap_or("orders".as_ref()).display()))
            })
        });
        one_an_input(inputs, &base, self.rejects.is_some(), self.rejects_for.is_some())
    }

    /// The files of rows that are not sealed yet, one an input; none if they are not kept.
    pub fn unsealed(&self, inputs: &[OrderFile]) -> Vec<PathBuf> {
        let file = self.unsealed.as_ref().filter(|_| !self.dry_run);
        file.map(|file| one_an_input(inputs, file, true, false)).unwrap_or_default()
    }
}

/// Refuses to write rows into a file of orders, or two kinds of rows into one file: with --overwrite, orders would be lost.
pub fn check_apart(kept: &[PathBuf], inputs: &[OrderFile], language: Language) -> Result<(), Failure> {
    let resolved = |path: &PathBuf| std::fs::canonicalize(path).unwrap_or_else(|_| path.clone());
    let inputs: Vec<PathBuf> = inputs.iter().map(|input| resolved(&input.path)).collect();
    let shared =
        |(at, path): (usize, &PathBuf)| inputs.contains(&resolved(path)) || kept[..at].contains(path);
    match kept.iter().enumerate().find(|(at, path)| shared((*at, path))) {
        Some((_, path)) => Err(Failure::usage(text::in_two_uses(language, path.display()))),
        None => Ok(()),
    }
}

/// The files that keep rows of each input. `exact` is a name that the user gave.
fn one_an_input(inputs: &[OrderFile], base: &Path, exact: bool, objects: bool) -> Vec<PathBuf> {
    let of = |(at, input): (usize, &OrderFile)| {
        let jsonl = objects || input.survey.as_ref().is_some_and(input::Survey::is_jsonl);
        let number = if inputs.len() > 1 { format!("-{}", at + 1) } else { String::new() };
        if exact && inputs.len() == 1 {
            return base.to_owned();
        }
        let stem = if exact { base.with_extension("") } else { base.to_owned() };
        PathBuf::from(format!("{}{number}.{}", stem.display(), if jsonl { "jsonl" } else { "csv" }))
    };
    inputs.iter().enumerate().map(of).collect()
}
