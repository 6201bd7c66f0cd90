//! One name for one type: a reader who searches a name should find one declaration.
//!
//! Names of structs, enums, traits and type aliases at module level are counted over the sources of both packages;
//! items of tests are left out.

use crate::layers::source::{Package, Source};
use std::collections::BTreeMap;

/// Names that may be declared more than once. The two implementations of one interface under `cfg` are such.
const DOUBLED_MAX: usize = 20;

#[test]
fn few_names_of_types_are_declared_twice() {
    let packages = [Package::core(), Package::host()];
    let mut places: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (package, folder) in packages.iter().zip(["src/core", "src"]) {
        for (source, name) in package.sources().flat_map(declarations) {
            places.entry(name).or_default().push(format!("{folder}/{}", source.name()));
        }
    }
    assert!(places.len() > 300, "only {} names found: the test no longer reads the sources", places.len());
    let doubled: Vec<String> = places
        .iter()
        .filter(|(_, places)| places.len() > 1)
        .map(|(name, places)| format!("{name}: {}", places.join(", ")))
        .collect();
    assert!(
        doubled.len() <= DOUBLED_MAX,
        "{} names are declared more than once, {DOUBLED_MAX} may be; rename some: {doubled:#?}",
        doubled.len()
    );
}

fn declarations(source: &Source) -> impl Iterator<Item = (&Source, &str)> {
    source.types().iter().map(move |name| (source, name.as_str()))
}
