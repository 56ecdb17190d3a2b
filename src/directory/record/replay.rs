//! Answers searches as a record says they were answered.

use super::{Record, Recorded};
use crate::directory::asked::Asked;
use crate::directory::dn::DnKey;
use crate::directory::filter::Filter;
use crate::directory::source::{Ended, Scope, Search};
use std::collections::HashMap;

/// What a record can say about the searches of one pass.
pub(in crate::directory) struct Replay<'a> {
    record: &'a Record,
    plans: Vec<Plan>,
    /// By number of the recorded search: the searches it answers.
    answered: HashMap<usize, Vec<usize>>,
    asked: HashMap<Vec<usize>, Asked>,
    delivered: Vec<bool>,
}

/// Where the answer to a search comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Plan {
    /// The same search was sent: its number.
    Same(usize),
    /// One was sent whose answer holds this one's: its number.
    Within(usize),
    /// None was: what the file holds may be found, but that something is not there is not known.
    Unknown,
}

impl<'a> Replay<'a> {
    pub(in crate::directory) fn new(record: &'a Record, searches: &[Search]) -> Self {
        let mut by_base: HashMap<DnKey, Vec<usize>> = HashMap::new();
        let mut wide = Vec::new();
        for (index, recorded) in record.searches.iter().enumerate() {
            by_base.entry(recorded.search.base.key()).or_default().push(index + 1);
            if recorded.search.scope == Scope::Sub && recorded.search.size_limit == 0 {
                wide.push(index + 1);
            }
        }
        let plans: Vec<Plan> = searches.iter().map(|search| plan(record, &by_base, &wide, search)).collect();
        let mut answered: HashMap<usize, Vec<usize>> = HashMap::new();
        for (index, plan) in plans.iter().enumerate() {
            if let Plan::Same(number) = plan {
                answered.entry(*number).or_default().push(index);
            }
        }
        Self { record, answered, asked: HashMap::new(), delivered: vec![false; searches.len()], plans }
    }

    /// Which searches an entry answers that the record says it answered.
    pub(in crate::directory) fn takers(&mut self, answers: &[usize]) -> Vec<usize> {
        let mut takers: Vec<usize> = answers.iter().filter_map(|number| self.answered.get(number)).flatten().copied().collect();
        takers.sort_unstable();
        takers.dedup();
        takers.iter().for_each(|&index| self.deliver(index));
        takers
    }

    /// Whether an entry says which of the recorded searches it answers.
    pub(in crate::directory) fn knows(&self, answers: &[usize]) -> bool {
        !answers.is_empty() && answers.iter().all(|number| (1..=self.record.searches.len()).contains(number))
    }

    /// Whether what the file holds must be looked through for this search.
    pub(in crate::directory) fn is_open(&self, index: usize) -> bool {
        !matches!(self.plans.get(index), Some(Plan::Same(_)))
    }

    /// Notes that a search got an entry.
    pub(in crate::directory) fn deliver(&mut self, index: usize) {
        self.delivered.iter_mut().skip(index).take(1).for_each(|delivered| *delivered = true);
    }

    /// What was asked of an entry that answered these searches.
    pub(in crate::directory) fn asked(&mut self, answers: &[usize]) -> Asked {
        if let Some(asked) = self.asked.get(answers) {
            return asked.clone();
        }
        let lists = answers.iter().filter_map(|number| self.record.searches.get(number.checked_sub(1)?));
        let asked = Asked::of(lists.flat_map(|recorded| recorded.search.attributes.iter().map(String::as_str)));
        // an edited file may name any combination; few are real
        if self.asked.len() < 10_000 {
            self.asked.insert(answers.to_vec(), asked.clone());
        }
        asked
    }

    /// Whether an object is said not to be there that nobody asked the server for: it did not come with everything else.
    pub(in crate::directory) fn infers_absence(&self, index: usize, ended: &Ended) -> bool {
        *ended == Ended::NoSuchObject && matches!(self.plans.get(index), Some(Plan::Within(_)))
    }

    /// How a search ended; `damage` says that the file is not as it was written.
    pub(in crate::directory) fn ended(&self, index: usize, search: &Search, damage: Option<&str>) -> Ended {
        let found = self.delivered.get(index) == Some(&true);
        let read = search.scope == Scope::Base && found;
        let recorded = |number: usize| self.record.searches.get(number.wrapping_sub(1)).map(|recorded| &recorded.ended);
        match self.plans.get(index) {
            Some(Plan::Same(number)) => match (recorded(*number), damage) {
                (Some(Ended::Complete | Ended::OwnLimit), Some(damage)) if !read => Ended::Cut(damage.to_owned()),
                (Some(ended), _) => ended.clone(),
                (None, _) => Ended::Complete,
            },
            _ if read => Ended::Complete,
            Some(Plan::Within(number)) => match (recorded(*number), damage) {
                (_, Some(damage)) => Ended::Cut(damage.to_owned()),
                (Some(Ended::Complete), None) if search.scope == Scope::Base => Ended::NoSuchObject,
                (Some(Ended::Complete), None) => Ended::Complete,
                (ended, None) => {
                    let how = ended.and_then(Ended::trouble).unwrap_or("this bind may not search there");
                    Ended::Cut(format!("the search that this export rests on did not complete: {how}"))
                }
            },
            _ => {
                let text = "this export does not record the answer; collect again with the same options, or with --all";
                Ended::Cut(damage.unwrap_or(text).to_owned())
            }
        }
    }
}

fn plan(record: &Record, by_base: &HashMap<DnKey, Vec<usize>>, wide: &[usize], search: &Search) -> Plan {
    // an audit that is told no base starts where the collection did
    let base = if search.base.is_empty() { &record.base } else { &search.base };
    let filter = text(&search.filter);
    let get = |number: &usize| record.searches.get(number.wrapping_sub(1));
    let same = |number: &&usize| {
        get(number).is_some_and(|sent| {
            let alike = sent.search.scope == search.scope && sent.search.size_limit == search.size_limit;
            alike && text(&sent.search.filter) == filter
        })
    };
    let candidates: Vec<usize> = by_base.get(&base.key()).into_iter().flatten().filter(same).copied().collect();
    // How a search ends does not depend on what it asks of each entry, unless it was refused for that: of several, one
    // that asked for as much and no more, since a shorter list may have been tried after a longer one.
    let fitness = |number: &&usize| {
        let sent = get(number).map(|sent| (names(&sent.search), &sent.ended));
        sent.map(|(names, ended)| (!names.covers(&search.attributes), matches!(ended, Ended::Refused(_)), names.iter().count()))
    };
    if let Some(number) = candidates.iter().min_by_key(fitness) {
        return Plan::Same(*number);
    }
    let holds = |number: &&usize| {
        get(number).is_some_and(|Recorded { search: sent, .. }| {
            // everything, and what the filter looks at was asked for
            let everything = matches!(&sent.filter, Filter::Present(name) if name.eq_ignore_ascii_case("objectClass"));
            let shows = || search.filter.attributes().into_iter().all(|name| names(sent).names(name));
            let wider = is_part(&search.filter, &sent.filter);
            base.is_within(&sent.base) && (text(&sent.filter) == filter || wider || (everything && shows()))
        })
    };
    wide.iter().find(holds).map_or(Plan::Unknown, |number| Plan::Within(*number))
}

/// Whether a filter is one of those that the other joins with "or", or several of them: who matches it matches the other too.
fn is_part(filter: &Filter, other: &Filter) -> bool {
    let tests = |filter: &Filter| match filter {
        Filter::Or(tests) => tests.iter().map(text).collect(),
        one => vec![text(one)],
    };
    let (own, all) = (tests(filter), tests(other));
    !own.is_empty() && own.iter().all(|test| all.contains(test))
}

fn names(search: &Search) -> Asked {
    Asked::of(search.attributes.iter().map(String::as_str))
}

/// A filter as text; names and values are compared without case.
fn text(filter: &Filter) -> String {
    filter.to_string().to_lowercase()
}
