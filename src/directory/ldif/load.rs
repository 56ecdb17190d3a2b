//! An LDIF file, read into a directory.
//!
//! A large file is read in pieces by several threads, each from the start of a record to the end of one; what they found is put
//! together in the order of the file. A file that `exaudit collect` wrote says what was asked and how it ended; of a plain one only
//! the header that ldapsearch writes says anything.

use super::error::LdifError;
use super::limits::Limits;
use super::parser::{Item, Parsed, Piecewise, parse};
use super::trailer::{HEADER, Header, Marks, has_cookie};
use crate::directory::dn::Dn;
use crate::directory::filter::Filter;
use crate::directory::record::{Heard, Record as Collected};
use crate::directory::source::{self, Ended, Kind, Search};
use crate::directory::whole::{
    Answered, AskedId, Builder, Lot, LotEntry, Record, Run, RunId, SetId, SharedNames, Source, SourceId,
};
use memchr::{memchr_iter, memmem};
use rayon::prelude::*;
use std::collections::HashMap;
use std::mem::take;

/// What a file said of itself, beside its entries.
#[derive(Debug, Default)]
pub struct Loaded {
    /// Where the collection started that wrote it.
    pub base: Option<Dn>,
    /// When it was collected, if it says so: RFC 3339 in UTC.
    pub time: Option<String>,
    /// Whom it was collected from, and who asked, if it says so.
    pub collected: Option<source::Collected>,
    /// What a reader of the report should know, in sentences.
    pub notes: Vec<String>,
    /// Whether it holds an entry.
    pub holds_entries: bool,
    /// How the search that made it ended, if not well: `32 No such object`.
    pub ended: Option<String>,
}

/// A piece that is worth a thread.
const PIECE: usize = 1 << 20;
/// Pieces of one file.
const MOST_PIECES: usize = 16;

/// A collected file behind another one, or without its first lines.
const HEADLESS: &str = "it holds entries of a collected file whose record is not at its start; give collected files as they were \
                        written, each with its own --from";
/// A collected file without some of its marks.
const UNMARKED: &str = "it holds an entry that does not say what was asked for: it was changed; collect again";

/// Reads the text of a file into a directory. `cut` says why the text is not the whole file, if it is not.
///
/// # Errors
/// [`LdifError`] if something is wrong before the first entry: then it is no LDIF. What is wrong behind it cuts the file.
pub fn load(builder: &mut Builder, name: &str, text: Vec<u8>, cut: Option<String>) -> Result<Loaded, LdifError> {
    let pieces = rayon::current_num_threads().min(MOST_PIECES).min(text.len() / PIECE + 1);
    in_pieces(builder, name, text, cut, pieces)
}

/// The same in so many pieces.
fn in_pieces(builder: &mut Builder, name: &str, text: Vec<u8>, cut: Option<String>, pieces: usize) -> Result<Loaded, LdifError> {
    let source = builder.source(Source {
        kind: Kind::Ldif,
        location: name.to_owned(),
        proves: false,
        searches: Vec::new(),
        trouble: None,
    });
    let buffer = builder.next_buffer();
    let names = builder.lend_names();
    let mut parsed = read(&text, buffer, &names, pieces);
    builder.take_names(names);
    builder.buffer(text);
    for piece in &mut parsed {
        builder.buffer(take(&mut piece.lot.decoded));
    }
    let entries = parsed.iter().map(|piece| piece.lot.entries.len()).sum();
    builder.expect(entries, parsed.iter().map(|piece| piece.lot.pieces.len()).sum());
    let first = parsed.iter_mut().find(|piece| !piece.lot.entries.is_empty() || piece.error.is_some());
    if let Some(error) = first.filter(|piece| piece.lot.entries.is_empty()).and_then(|piece| piece.error.take()) {
        return Err(error);
    }
    let mut merging = Merging::of(builder, name, source, cut);
    for piece in parsed {
        merging.piece(piece);
    }
    Ok(merging.finish())
}

/// Reads a text in so many pieces, each in a thread.
fn read(text: &[u8], buffer: u16, names: &SharedNames, threads: usize) -> Vec<Parsed> {
    let mark = if text.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let mut pieces = Vec::new();
    let (mut start, mut lines) = (mark, 0);
    for number in 0..threads {
        let wanted = text.len() / threads * (number + 1);
        let end = if number + 1 == threads { text.len() } else { boundary(text, wanted.max(start)) };
        let decoded = u16::try_from(usize::from(buffer) + 1 + number).unwrap_or(u16::MAX);
        pieces.push(Piecewise { start, end, lines, buffer, decoded });
        lines += memchr_iter(b'\n', text.get(start..end).unwrap_or_default()).count() as u64;
        start = end;
    }
    pieces.into_par_iter().map(|piece| parse(text, piece, names, Limits::default())).collect()
}

/// The end of the record that a byte stands in: behind an empty line.
fn boundary(text: &[u8], from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    let ends = [b"\n\n".as_slice(), b"\n\r\n"].map(|end| memmem::find(rest, end).map(|at| from + at + end.len()));
    ends.into_iter().flatten().min().unwrap_or(text.len())
}

/// Puts together what was read.
struct Merging<'a> {
    builder: &'a mut Builder,
    name: &'a str,
    source: SourceId,
    /// The run of the entries that come, once one came.
    run: Option<RunId>,
    /// What the header of that run says was asked for.
    asked: AskedId,
    header: Header,
    marks: Marks,
    heard: Heard,
    /// What a collected file says of itself, or why that is not believed; none for a plain one.
    collected: Option<Result<Collected, String>>,
    /// The lists of what was asked for, by number.
    asked_for: HashMap<Vec<usize>, AskedId>,
    /// What was wrong first.
    problem: Option<String>,
    /// Why the text is not the whole file.
    cut: Option<String>,
    /// An error ended the reading.
    ended: bool,
    entries: usize,
    is_empty: bool,
    headless: bool,
    unmarked: bool,
    searches: Vec<Answered>,
    loaded: Loaded,
}

impl<'a> Merging<'a> {
    fn of(builder: &'a mut Builder, name: &'a str, source: SourceId, cut: Option<String>) -> Self {
        Self {
            builder,
            name,
            source,
            run: None,
            asked: AskedId::default(),
            header: Header::default(),
            marks: Marks::default(),
            heard: Heard::default(),
            collected: None,
            asked_for: HashMap::new(),
            problem: None,
            cut,
            ended: false,
            entries: 0,
            is_empty: true,
            headless: false,
            unmarked: false,
            searches: Vec::new(),
            loaded: Loaded::default(),
        }
    }

    /// Takes in what a piece of the file holds, unless something before it ended the reading.
    fn piece(&mut self, piece: Parsed) {
        let Parsed { lot, items, error, unterminated, ends_in_entry } = piece;
        if self.ended {
            return;
        }
        let sets = self.builder.sets_of(&lot);
        let mut entries = lot.entries.iter();
        for (line, item) in items {
            match item {
                Item::Comment(text) => self.comment(&text, line),
                Item::Version => {
                    self.is_empty &= self.run.is_none();
                    self.run = None;
                    self.header = Header::default();
                }
                Item::Reference(_) => self.is_empty = false,
                Item::Result { code, text, more } => {
                    self.is_empty = false;
                    self.marks.result(line, more);
                    if !more {
                        self.begin_run(line);
                        self.run = None;
                        self.header = Header::default();
                    }
                    if code != 0 {
                        self.loaded.ended.get_or_insert_with(|| format!("{code} {text}"));
                        self.found(format!("line {line}: the search that made this file was cut (result {code} {text})"));
                    }
                }
                Item::Entry => {
                    let Some(entry) = entries.next() else { continue };
                    let is_cut = entries.len() == 0 && ends_in_entry && error.is_none() && {
                        self.begin_body();
                        unterminated || self.marks.unfinished().is_some() || self.heard.lacks_end()
                    };
                    self.entry(&lot, entry, &sets, line, is_cut);
                }
            }
        }
        if let Some(error) = error {
            self.is_empty = false;
            self.found(error.to_string());
            self.ended = true;
        }
    }

    fn found(&mut self, problem: String) {
        self.problem.get_or_insert(problem);
    }

    fn comment(&mut self, text: &[u8], line: u64) {
        self.heard.comment(text, line);
        if text.trim_ascii_end() == HEADER {
            // a page more of the same search has a header of its own
            if !self.marks.has_more() {
                self.run = None;
                self.header = Header::default();
            }
            self.marks.header(line);
        } else if let Some(page) = text.strip_prefix(b"# pagedresults:") {
            self.marks.page(line, has_cookie(page));
        } else if self.run.is_none() {
            self.header.line(text);
        }
    }

    /// The first entry is there: a record of a collected file is whole.
    fn begin_body(&mut self) {
        if self.collected.is_none()
            && let Some(record) = self.heard.record()
        {
            self.collected = Some(record.map_err(|error| error.to_string()));
        }
    }

    /// The run that the next entry is of.
    fn begin_run(&mut self, line: u64) -> RunId {
        if let Some(run) = self.run {
            return run;
        }
        let Header { base, filter, requesting } = &self.header;
        let scope = base.clone().map(|(base, scope)| (base, scope, filter.clone()));
        let search = match base {
            Some((base, scope)) => Search {
                scope: *scope,
                filter: filter.clone().unwrap_or_else(|| Filter::present("objectClass")),
                ..Search::read(base.clone(), &[])
            },
            // nobody says what was searched: the file holds what it holds
            None => Search::below(Dn::default(), Filter::present("objectClass"), &[]),
        };
        self.asked = match requesting {
            Some(names) => self.builder.asked(names.iter().map(String::as_str)),
            None => AskedId::default(),
        };
        self.searches.push(Answered { search, ended: Ended::Complete, came: 0 });
        let run = self.builder.run(Run { source: self.source, is_mixed: false, scope, line });
        self.run = Some(run);
        run
    }

    fn entry(&mut self, lot: &Lot, entry: &LotEntry, sets: &[SetId], line: u64, is_cut: bool) {
        self.is_empty = false;
        self.loaded.holds_entries = true;
        self.entries += 1;
        self.heard.begin_body();
        self.begin_body();
        let run = self.begin_run(line);
        let numbers = self.heard.take_asked();
        let asked = match &self.collected {
            _ if is_cut => {
                // what the entry lacks may have stood behind the cut
                let text = "the last record may have been cut: the file ends within it, without an empty line. Nothing that it does \
                            not show is taken for unset.";
                self.loaded.notes.push(format!("{}: {text}", self.name));
                self.builder.asked([])
            }
            Some(Ok(_)) => self.asked_by(numbers.unwrap_or_default()),
            // another object of such a file shows what was asked of that one alone
            Some(Err(_)) => self.builder.asked([]),
            None if numbers.is_some() => {
                self.headless = true;
                self.builder.asked([])
            }
            None => self.asked,
        };
        let set = |of_lot: SetId| sets.get(of_lot.index()).copied().unwrap_or_default();
        let (shown, partial) = (set(entry.shown), set(entry.partial));
        self.builder.add_of(lot, entry, Record { run, asked, shown, partial }, line);
    }

    /// What was asked when an entry of a collected file came, by the numbers of its lists.
    fn asked_by(&mut self, numbers: Vec<usize>) -> AskedId {
        if let Some(known) = self.asked_for.get(&numbers) {
            return *known;
        }
        let Some(Ok(record)) = &self.collected else { return AskedId::default() };
        let lists: Option<Vec<&Vec<String>>> = numbers.iter().map(|number| record.lists.get(number.checked_sub(1)?)).collect();
        let Some(lists) = lists.filter(|lists| !lists.is_empty()) else {
            self.unmarked = true;
            return self.builder.asked([]);
        };
        let asked = self.builder.asked(lists.into_iter().flatten().map(String::as_str));
        self.asked_for.insert(numbers, asked);
        asked
    }

    fn finish(mut self) -> Loaded {
        self.begin_body();
        if let Some(line) = self.marks.unfinished().filter(|_| !self.ended) {
            self.found(format!(
                "line {line}: the search that begins here has no end in this file; it was cut, or has more pages"
            ));
        }
        let empty = self.is_empty.then(|| "it contains no entries; was the export written?".to_owned());
        let full = self.builder.left_out().map(str::to_owned);
        let before = self.cut.take().or(full);
        let (trouble, searches) = match self.collected.take() {
            Some(Ok(record)) => {
                let marks = self.heard.damage(self.entries).or_else(|| self.unmarked.then(|| UNMARKED.to_owned()));
                let damage = before.or(self.problem.take()).or(marks);
                self.loaded.base = Some(record.about.base.clone());
                self.loaded.time =
                    record.about.time.parse::<jiff::Timestamp>().ok().map(|time| time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
                self.loaded.collected =
                    Some(source::Collected { server: record.about.server.clone(), bind: record.about.bind.clone() });
                self.loaded.notes.extend(record.about.notes.clone());
                (
                    damage,
                    record.searches.into_iter().map(|one| Answered { search: one.search, ended: one.ended, came: 0 }).collect(),
                )
            }
            other => {
                let distrusted = other.and_then(Result::err);
                let headless = self.headless.then(|| HEADLESS.to_owned());
                let problem = distrusted.clone().or(headless).or(before).or(self.problem.take()).or(empty);
                (problem, take(&mut self.searches))
            }
        };
        let is_collected = self.heard.is_believed();
        let trouble = trouble.map(|problem| format!("{}: {problem}", self.name));
        let ended = |mut answered: Answered| {
            // what a damaged file lacks may have stood in it
            if let (Some(trouble), Ended::Complete | Ended::OwnLimit) = (&trouble, &answered.ended) {
                answered.ended = Ended::Cut(trouble.clone());
            }
            answered
        };
        let searches: Vec<Answered> = searches.into_iter().map(ended).collect();
        if let Some(source) = self.builder.source_mut(self.source) {
            source.proves = is_collected && trouble.is_none();
            source.searches = searches;
            source.trouble = trouble;
        }
        self.loaded
    }
}

#[cfg(test)]
#[path = "load_tests.rs"]
mod tests;
