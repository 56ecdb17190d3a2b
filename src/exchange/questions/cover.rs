//! What the sources were searched for: whether the answers show all objects of a kind below a name.

use super::cause::Cause;
use crate::directory::dn::Dn;
use crate::directory::filter::Filter;
use crate::directory::source::{Ended, Scope};
use crate::directory::whole::{Answered, Directory, SourceId};
use crate::exchange::selection::Selection;
use std::collections::HashMap;

/// Whether a source was searched for all objects of a selection.
pub(super) enum Cover {
    /// To the end.
    Whole,
    /// Not to the end.
    Ended(Cause),
    /// Nobody searched for them.
    Nobody,
}

/// The searches below a name that each source answered. There are few, where reads of single objects may be thousands.
#[derive(Debug)]
pub(super) struct Searched(HashMap<SourceId, Vec<Wide>>);

/// A search for whatever is below a name.
#[derive(Debug)]
struct Wide {
    base: Dn,
    ended: Ended,
    /// Whether it shows all objects of each selection, in the order of all selections.
    shows: Vec<bool>,
}

impl Searched {
    /// Those of a directory.
    pub(super) fn of(directory: &Directory) -> Self {
        let selections: Vec<Vec<String>> = Selection::all().map(|selection| tests(&selection.filter())).collect();
        let wide = |answered: &&Answered| {
            // a search of which the client itself wanted but a few shows a few
            answered.search.scope == Scope::Sub && answered.search.size_limit == 0 && answered.ended != Ended::OwnLimit
        };
        let of = |answered: &Answered| Wide {
            base: answered.search.base.clone(),
            ended: answered.ended.clone(),
            shows: shows(&answered.search.filter, &selections),
        };
        let sources = directory.sources_with_ids();
        Self(sources.map(|(id, source)| (id, source.searches.iter().filter(wide).map(of).collect())).collect())
    }

    /// Whether a source was searched for all objects of a selection at or below a name; for no name, below all that was searched.
    pub(super) fn covers(&self, source: SourceId, selection: &Selection, base: &Dn) -> Cover {
        let place = Selection::all().position(|known| known == selection).unwrap_or(usize::MAX);
        let plural = selection.plural();
        let mut last = None;
        let all = self.0.get(&source).map_or(&[] as &[_], Vec::as_slice);
        for wide in
            all.iter().filter(|wide| wide.shows.get(place) == Some(&true) && (base.is_empty() || base.is_within(&wide.base)))
        {
            last = Some(match &wide.ended {
                Ended::Complete => return Cover::Whole,
                Ended::Denied => Cause::Denied { what: format!("the search for {plural}") },
                Ended::NoSuchObject => Cause::cut(format!("the search for {plural} did not complete: its base was not found")),
                ended => {
                    let how = ended.trouble().unwrap_or("it was not answered");
                    Cause::cut(format!("the search for {plural} did not complete: {how}"))
                }
            });
        }
        last.map_or(Cover::Nobody, Cover::Ended)
    }
}

/// Of which selections a search with this filter shows all objects.
fn shows(filter: &Filter, selections: &[Vec<String>]) -> Vec<bool> {
    let all = matches!(filter, Filter::Present(name) if name.eq_ignore_ascii_case("objectClass"))
        || matches!(filter, Filter::And(none) if none.is_empty());
    let asked = tests(filter);
    selections.iter().map(|wanted| all || wanted.iter().all(|test| asked.contains(test))).collect()
}

/// The tests that a filter joins with "or", as texts without case.
fn tests(filter: &Filter) -> Vec<String> {
    match filter {
        Filter::Or(tests) => tests.iter().map(|test| test.to_string().to_lowercase()).collect(),
        one => vec![one.to_string().to_lowercase()],
    }
}
