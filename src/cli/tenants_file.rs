//! The file of a service's tenants: a number on each line, and its name after a comma. Empty lines and those that begin
//! with `#` say nothing.

use crate::cli::failure::Failure;
use crate::cli::language::{Language, audit as text, settings};
use std::collections::BTreeMap;
use std::path::Path;
use wayseal::files;
use wayseal::keys::Tenant;

/// The most tenants that are tried: each costs three HMACs a label, the tenant's key, its salt key and the salt.
const TENANTS_MAX: usize = 1 << 20;

/// The largest file: 64 bytes a tenant.
const FILE_MAX: u64 = 64 << 20;

/// Tenants in the order of their file, with their names.
#[derive(Default)]
pub struct Tenants {
    numbers: Vec<Tenant>,
    /// The line and the name of each.
    names: BTreeMap<Tenant, (usize, Option<String>)>,
}

impl Tenants {
    /// Reads a file.
    pub fn load(path: &Path, language: Language) -> Result<Self, Failure> {
        let bytes = files::read(path, FILE_MAX).map_err(|error| Failure::input(language.file(&error)))?;
        let file = path.display();
        let lines =
            str::from_utf8(&bytes).map_err(|_| Failure::input(settings::not_utf8(language, &file)))?;
        let mut tenants = Self::default();
        for (at, line) in lines.trim_start_matches('\u{feff}').lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (number, name) = line.split_once(',').unwrap_or((line, ""));
            let number = number.trim();
            let tenant = number.parse().map(Tenant::new);
            let tenant =
                tenant.map_err(|_| Failure::input(text::no_tenant(language, &file, at + 1, number)))?;
            let name = Some(name.trim()).filter(|name| !name.is_empty()).map(str::to_owned);
            if let Some((before, _)) = tenants.names.insert(tenant, (at + 1, name)) {
                let said = text::tenant_twice(language, &file, at + 1, number, before);
                return Err(Failure::input(said));
            }
            tenants.numbers.push(tenant);
            if tenants.numbers.len() > TENANTS_MAX {
                return Err(Failure::input(text::too_many_tenants(language, &file, TENANTS_MAX)));
            }
        }
        Ok(tenants)
    }

    /// The tenants, in the order of the file.
    pub fn numbers(&self) -> &[Tenant] {
        &self.numbers
    }

    /// The name of a tenant, if the file gives one.
    pub fn name(&self, tenant: Tenant) -> Option<&str> {
        self.names.get(&tenant)?.1.as_deref()
    }
}
