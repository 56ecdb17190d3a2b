//! One fact, bounded: text of the directory may have any length.

use super::unseen;
use crate::directory::bounded;
use crate::directory::whole::is_true;
use crate::exchange::questions::{Causes, Ground, Questions, Seen};
use serde::Serialize;

/// Characters of a value, and of a name.
const LONGEST: usize = 300;
/// Values of one fact; the others are counted.
const MOST_VALUES: usize = 10;
/// Rows of one maker.
const MOST_ROWS: usize = 2000;

/// What was seen of one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Fact {
    /// What it is about: a site, a server, a connector.
    pub about: String,
    /// What is told of it.
    pub name: String,
    /// What was seen; none: nothing, and it is known that there is nothing, unless `not-seen` says otherwise.
    pub values: Vec<String>,
    /// Values that are left out.
    #[serde(skip_serializing_if = "is_none")]
    pub more: usize,
    /// Why there may be others, or another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_seen: Option<String>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_none(more: &usize) -> bool {
    *more == 0
}

/// The facts of one maker.
#[derive(Debug, Default)]
pub(super) struct Rows {
    rows: Vec<Fact>,
    left_out: usize,
}

impl Rows {
    /// Adds one; `not_seen` says why there may be others.
    pub(super) fn add(&mut self, about: &str, name: &str, values: impl IntoIterator<Item = String>, not_seen: Option<String>) {
        if self.rows.len() >= MOST_ROWS {
            self.left_out += 1;
            return;
        }
        let mut values = values.into_iter();
        let shown: Vec<String> = values.by_ref().take(MOST_VALUES).map(|value| short(&value)).collect();
        let more = values.count();
        self.rows.push(Fact {
            about: short(about),
            name: short(name),
            values: shown,
            more,
            not_seen: not_seen.map(|why| short(&why)),
        });
    }

    /// Adds what an attribute shows, each value as `read` tells it.
    pub(super) fn attribute(
        &mut self,
        about: &str,
        name: &str,
        seen: &Seen<'_>,
        attribute: &str,
        read: impl Fn(String) -> String,
    ) {
        let (values, why) = (seen.values(attribute), why_not_told(seen, attribute));
        self.add(about, name, values.texts().map(read), why);
    }

    /// Adds whether a Boolean attribute is true; unset is not.
    pub(super) fn flag(&mut self, about: &str, name: &str, seen: &Seen<'_>, attribute: &str) {
        let why = why_not_told(seen, attribute);
        let word = if seen.values(attribute).seen().any(is_true) { "yes" } else { "no" };
        self.add(about, name, why.is_none().then(|| word.to_owned()), why);
    }

    /// Says that there may be others that were not seen.
    pub(super) fn may_be_more(&mut self, questions: &Questions, what: &str, causes: &Causes) {
        if !causes.is_empty() {
            self.add(what, "others", [], Some(unseen::words(questions, causes)));
        }
    }

    /// All of them, and how many were left out.
    pub(super) fn all(mut self) -> Vec<Fact> {
        if self.left_out > 0 {
            let not_seen = Some(format!("{} more rows are left out here", self.left_out));
            self.rows.push(Fact { about: "More".into(), name: "rows".into(), values: Vec::new(), more: 0, not_seen });
        }
        self.rows
    }
}

fn short(text: &str) -> String {
    bounded::text(text, LONGEST).into_owned()
}

/// Why it is no fact what an object shows of an attribute.
fn why_not_told(seen: &Seen<'_>, attribute: &str) -> Option<String> {
    let values = seen.values(attribute);
    match values.whole() {
        Err(causes) => Some(unseen::words(seen.questions(), causes)),
        // that it is unset is inferred where others of its kind show nothing either: that is no fact to compare with
        Ok(ground) if *ground != Ground::documented() && values.seen().next().is_none() => {
            Some(format!("no object of its kind shows {attribute}"))
        }
        Ok(_) => None,
    }
}
