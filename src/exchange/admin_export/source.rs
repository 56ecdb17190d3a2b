//! A table as a source of entries.

use super::columns::Columns;
use crate::directory::asked::Asked;
use crate::directory::csv::{Encoding, Separators, rows};
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
use crate::directory::input::Input;
use crate::directory::selection::Selection;
use crate::directory::source::{Ended, Kind, Origin, Search, Source};
use crate::exchange::class::name_classes;
use std::io;

/// How a table is read.
#[derive(Debug, Clone, Default)]
pub struct CsvOptions {
    /// Its encoding; told from the bytes if none is given.
    pub encoding: Option<Encoding>,
    /// Its separators.
    pub separators: Separators,
    /// The site that containers are in which are named without theirs.
    pub site: Option<Dn>,
}

/// Entries of a directory export of the Administrator program. Each call of [`Source::search_all`] reads it once.
#[derive(Debug)]
pub struct CsvSource {
    name: String,
    input: Input,
    options: CsvOptions,
    /// Whether a column tells deleted objects from living ones; known after a pass.
    tells_deleted: bool,
}

impl CsvSource {
    /// A file that is open; reports call it `name`.
    pub fn of(name: &str, input: Input, options: CsvOptions) -> Self {
        Self { name: name.to_owned(), input, options, tells_deleted: true }
    }

    /// Reads the table once. Returns what makes it less than whole.
    fn pass(&mut self, each: &mut dyn FnMut(Entry)) -> io::Result<Option<String>> {
        let CsvOptions { encoding, separators, site } = self.options.clone();
        let encoding = match encoding {
            Some(encoding) => encoding,
            None => Encoding::detect(&mut self.input.rewound()?)?,
        };
        self.options.encoding = Some(encoding);
        let mut rows = rows(self.input.rewound()?, encoding, separators);
        let columns = match rows.next() {
            Some(Ok(header)) => match Columns::of(&header, separators.values, site) {
                Ok(columns) => columns,
                Err(error) => return Ok(Some(error.to_string())),
            },
            Some(Err(error)) => return Ok(Some(error.to_string())),
            None => return Ok(Some("it holds no header and no object; was the export written?".into())),
        };
        self.tells_deleted = columns.asked().names("Is-Deleted");
        let (mut problem, mut count) = (None, 0_usize);
        // a short row that the next one may continue: it waits for that
        let mut waiting: Option<(Entry, Asked)> = None;
        for row in rows {
            count += 1;
            let entry = row.map_err(|error| error.to_string()).and_then(|row| {
                let entry = columns.entry(&row).map_err(|error| error.to_string())?;
                Ok((entry, columns.shown_by_cut(&row)))
            });
            let before = waiting.take();
            match entry {
                Ok((mut entry, cut)) => {
                    before.into_iter().for_each(|(entry, _)| each(entry));
                    name_classes(&mut entry);
                    match cut {
                        Some(shown) => waiting = Some((entry, shown)),
                        None => each(entry),
                    }
                }
                // the rest is read all the same: what it shows is there
                Err(error) => {
                    problem.get_or_insert(error);
                    if let Some((mut entry, shown)) = before {
                        entry.was_asked_for(shown);
                        each(entry);
                    }
                }
            }
        }
        waiting.into_iter().for_each(|(entry, _)| each(entry));
        let none = (count == 0).then(|| "it holds a header and no object; was the export written?".into());
        Ok(problem.or(none))
    }
}

impl Source for CsvSource {
    fn origin(&self) -> Origin {
        Origin { kind: Kind::Csv, location: self.name.clone(), bind_dn: None }
    }

    fn search_all(&mut self, searches: &[Search], each: &mut dyn FnMut(usize, Entry)) -> Vec<Ended> {
        let mut selection = Selection::new(searches);
        let read = if searches.is_empty() { Ok(None) } else { self.pass(&mut |entry| selection.offer(entry, each)) };
        let problem = read.unwrap_or_else(|error| Some(format!("cannot be read: {error}")));
        let problem = self.input.changed().or(problem).map(|problem| format!("{}: {problem}", self.name));
        selection.endings(problem.as_deref())
    }

    fn notes(&self) -> Vec<String> {
        let text = || format!("{} has no column Is-Deleted: deleted objects are not told from living ones.", self.name);
        if self.tells_deleted { Vec::new() } else { vec![text()] }
    }
}
