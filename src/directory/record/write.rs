//! Writing a record as comments.

use super::{MARK, Record, Recorded, TITLE};
use crate::directory::source::{Ended, Search};
use std::fmt::Write as _;

/// Lists are folded at this many columns, as LDIF folds: the next line starts with a space.
const COLUMNS: usize = 100;
/// What a server says is cut here.
const LONGEST: usize = 500;

impl Record {
    /// The record as comments of an LDIF file.
    pub(super) fn to_comments(&self) -> String {
        let mut text = String::from(
            "# What was asked of a directory, how each search ended, and what came back: plain LDIF, sorted by name.\n\
             # `exaudit audit --from FILE` reads the lines that start with \"#:\" back; the last line marks the end.\n#\n",
        );
        let line = |text: &mut String, key: &str, value: &str| _ = writeln!(text, "{MARK}{key}: {}", plain(value));
        _ = writeln!(text, "{MARK}{TITLE}");
        line(&mut text, "program", &self.program);
        line(&mut text, "server", &self.server);
        line(&mut text, "time", &self.time);
        line(&mut text, "bind", &self.bind);
        _ = writeln!(text, "{MARK}base: {}", self.base);
        for (site, seen) in &self.hidden {
            line(&mut text, if *seen { "hidden objects seen of site" } else { "no hidden object seen of site" }, site);
        }
        for note in &self.notes {
            line(&mut text, "note", note);
        }
        let mut lists: Vec<&[String]> = Vec::new();
        for Recorded { search, .. } in &self.searches {
            if !lists.contains(&search.attributes.as_slice()) {
                lists.push(&search.attributes);
            }
        }
        text.push_str("#\n");
        for (index, list) in lists.iter().enumerate() {
            attributes(&mut text, index + 1, list);
        }
        for (index, recorded) in self.searches.iter().enumerate() {
            let list = lists.iter().position(|list| *list == recorded.search.attributes.as_slice()).unwrap_or(0) + 1;
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
