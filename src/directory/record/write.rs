//! Writing a record as comments.

use super::{About, MARK, Record, Recorded, TITLE};
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
use crate::directory::ldif::{is_name, write_entry};
use crate::directory::source::{Ended, Search};
use crate::directory::whole::{AskedId, Directory, EntryId, EntryRef};
use std::fmt::Write as _;
use std::io::{self, Write};

/// Lists are folded at this many columns, as LDIF folds: the next line starts with a space.
const COLUMNS: usize = 100;
/// What a server says is cut here.
const LONGEST: usize = 500;

/// Writes a directory that was collected as one LDIF file. The names of attributes that LDIF cannot hold are noted in `left_out`.
///
/// # Errors
/// What `out` says.
pub fn write_directory(directory: &Directory, about: &About, out: &mut dyn Write, left_out: &mut Vec<String>) -> io::Result<()> {
    let lists: Vec<Vec<String>> = directory.asked_lists().map(|asked| directory.names_of(asked)).collect();
    let searches = directory.sources().iter().flat_map(|source| &source.searches);
    let record = Record {
        about: about.clone(),
        lists,
        searches: searches.map(|one| Recorded { search: one.search.clone(), ended: one.ended.clone() }).collect(),
    };
    write!(out, "version: 1\n{}\n", record.to_comments())?;
    for id in in_order(directory) {
        let Some(entry) = directory.get(id) else { continue };
        let asked = entry.records().first().map_or_else(AskedId::default, |record| record.asked);
        writeln!(out, "{MARK}asked {}", asked.number())?;
        write_entry(&mut *out, &owned(directory, entry, left_out))?;
    }
    writeln!(out, "{MARK}end, entries: {}", directory.len())
}

/// The entries as they stand in a file: the root first, what is above before what is below.
fn in_order(directory: &Directory) -> Vec<EntryId> {
    let mut all: Vec<EntryId> = directory.entries().map(EntryRef::id).collect();
    all.sort_by_cached_key(|id| {
        let dn = directory.get(*id).map(EntryRef::dn).unwrap_or_default();
        let parts = dn.rdns().iter().rev().map(|rdn| Dn::new(vec![rdn.clone()]).key().as_str().to_owned());
        parts.collect::<Vec<_>>().join("\0")
    });
    all
}

/// A copy of an entry, without what LDIF cannot hold.
fn owned(directory: &Directory, entry: EntryRef<'_>, left_out: &mut Vec<String>) -> Entry {
    let mut copy = Entry::new(entry.dn());
    for name in entry.names() {
        let spelled = directory.spelled(name);
        if !is_name(spelled) {
            if left_out.len() < 100 && !left_out.iter().any(|known| known == spelled) {
                left_out.push(spelled.to_owned());
            }
            continue;
        }
        entry.held(name).for_each(|value| copy.add(spelled, value));
        if entry.records().iter().any(|record| directory.set(record.partial).has(name)) {
            copy.came_in_part(spelled);
        }
    }
    copy
}

impl Record {
    /// The record as comments of an LDIF file.
    pub(super) fn to_comments(&self) -> String {
        let mut text = String::from(
            "# What was asked of a directory, how each search ended, and what was returned: plain LDIF, sorted by name.\n\
             # `exaudit audit --from FILE` reads the lines that start with \"#:\" back; the last line marks the end.\n#\n",
        );
        let line = |text: &mut String, key: &str, value: &str| _ = writeln!(text, "{MARK}{key}: {}", plain(value));
        _ = writeln!(text, "{MARK}{TITLE}");
        line(&mut text, "program", &self.about.program);
        line(&mut text, "server", &self.about.server);
        line(&mut text, "time", &self.about.time);
        line(&mut text, "bind", &self.about.bind);
        _ = writeln!(text, "{MARK}base: {}", self.about.base);
        for (site, seen) in &self.about.hidden {
            line(&mut text, if *seen { "hidden objects seen of site" } else { "no hidden object seen of site" }, site);
        }
        for note in &self.about.notes {
            line(&mut text, "note", note);
        }
        text.push_str("#\n");
        let mut lists = self.lists.clone();
        for Recorded { search, .. } in &self.searches {
            if !lists.contains(&search.attributes) {
                lists.push(search.attributes.clone());
            }
        }
        for (index, list) in lists.iter().enumerate() {
            attributes(&mut text, index + 1, list);
        }
        for (index, recorded) in self.searches.iter().enumerate() {
            let list = lists.iter().position(|list| *list == recorded.search.attributes).unwrap_or(0) + 1;
            text.push_str("#\n");
            search(&mut text, index + 1, list, recorded);
        }
        text
    }
}

fn attributes(text: &mut String, number: usize, names: &[String]) {
    let mut line = format!("{MARK}attributes {number}:");
    for name in names {
        if line.len() + 1 + name.len() > COLUMNS {
            text.push_str(&line);
            text.push('\n');
            // one space is the fold, the other separates
            line = " ".to_owned();
        }
        line.push(' ');
        line.push_str(name);
    }
    text.push_str(&line);
    text.push('\n');
}

fn search(text: &mut String, number: usize, list: usize, recorded: &Recorded) {
    let Search { base, scope, filter, size_limit, .. } = &recorded.search;
    _ = writeln!(text, "{MARK}search {number}: {} {base}", scope.word());
    _ = writeln!(text, "{MARK}  filter: {filter}");
    _ = writeln!(text, "{MARK}  attributes: {list}");
    if *size_limit > 0 {
        _ = writeln!(text, "{MARK}  at most: {size_limit}");
    }
    _ = writeln!(text, "{MARK}  ended: {}", plain(&ending(&recorded.ended)));
}

fn ending(ended: &Ended) -> String {
    match ended {
        Ended::Complete => "complete".into(),
        Ended::OwnLimit => "at its own limit".into(),
        Ended::NoSuchObject => "no such object".into(),
        Ended::Denied => "denied".into(),
        Ended::Referral => "referral".into(),
        Ended::Refused(how) => format!("refused: {how}"),
        Ended::Cut(how) => format!("cut: {how}"),
    }
}

/// One line, without control characters, not endless.
fn plain(text: &str) -> String {
    text.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect()
}
