//! A table, read into a directory.

use super::table::Table;
use crate::directory::dn::Dn;
use crate::directory::filter::Filter;
use crate::directory::ldif::Loaded;
use crate::directory::source::{Ended, Kind, Search};
use crate::directory::whole::{Answered, Builder, Run, Source};

impl Table {
    /// Reads the rows into a directory. `cut` says why the text is not the whole file, if it is not.
    pub fn load(&self, builder: &mut Builder, name: &str, cut: Option<String>) -> Loaded {
        let source = builder.source(Source {
            kind: Kind::Csv,
            location: name.to_owned(),
            proves: false,
            searches: Vec::new(),
            trouble: None,
        });
        let run = builder.run(Run { source, is_mixed: false, scope: None, line: 1 });
        let asked = builder.asked(self.asked().iter());
        let (mut problem, mut entries) = (None, false);
        for entry in self.entries() {
            match entry {
                Ok(entry) => {
                    entries = true;
                    let own = entry.asked().map(|asked| builder.asked(asked.iter()));
                    builder.add(&entry, run, own.unwrap_or(asked));
                }
                Err(error) => _ = problem.get_or_insert_with(|| error.to_string()),
            }
        }
        let full = builder.left_out().map(str::to_owned);
        let trouble = cut.or(problem).or(full).map(|problem| format!("{name}: {problem}"));
        let ended = trouble.clone().map_or(Ended::Complete, Ended::Cut);
        if let Some(source) = builder.source_mut(source) {
            let search = Search::below(Dn::default(), Filter::present("objectClass"), &[]);
            source.searches.push(Answered { search, ended, came: 0 });
            source.trouble = trouble;
        }
        let text = || format!("{name} has no column Is-Deleted: deleted and live objects cannot be told apart.");
        let notes = if self.asked().names("Is-Deleted") { Vec::new() } else { vec![text()] };
        Loaded { notes, holds_entries: entries, ..Loaded::default() }
    }
}
