//! A table as a source of entries.

use super::table::Table;
use crate::directory::entry::Entry;
use crate::directory::selection::Selection;
use crate::directory::source::{Ended, Kind, Origin, Search, Source};

/// Entries of a directory export of the Administrator program.
#[derive(Debug)]
pub struct CsvSource {
    name: String,
    table: Table,
}

impl CsvSource {
    /// A table that was read; reports call it `name`.
    pub fn of(name: &str, table: Table) -> Self {
        Self { name: name.to_owned(), table }
    }
}

impl Source for CsvSource {
    fn origin(&self) -> Origin {
        Origin { kind: Kind::Csv, location: self.name.clone(), bind_dn: None }
    }

    fn search_all(&mut self, searches: &[Search], each: &mut dyn FnMut(usize, Entry)) -> Vec<Ended> {
        let mut selection = Selection::new(searches);
        let mut problem = None;
        for entry in self.table.entries().take_while(|_| !searches.is_empty()) {
            match entry {
                Ok(entry) => selection.offer(entry, each),
                Err(error) => _ = problem.get_or_insert_with(|| format!("{}: {error}", self.name)),
            }
        }
        selection.endings(problem.as_deref())
    }

    fn notes(&self) -> Vec<String> {
        let text = || format!("{} has no column Is-Deleted: deleted objects are not told from living ones.", self.name);
        if self.table.asked().names("Is-Deleted") { Vec::new() } else { vec![text()] }
    }
}
