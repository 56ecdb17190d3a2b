//! Which of many searches an entry answers, found without comparing it with each.

use crate::directory::by_class::ByClass;
use crate::directory::entry::Entry;
use crate::directory::source::{Ended, Scope, Search};
use std::collections::{BTreeSet, HashMap};

/// The searches of one pass and how far each has come.
pub(crate) struct Selection<'a> {
    searches: &'a [Search],
    progress: Vec<Progress>,
    /// Searches from the root.
    rooted: Vec<usize>,
    /// The others, by the key of their base.
    by_base: HashMap<String, Vec<usize>>,
    /// The depths at which a base or one search looks.
    levels: BTreeSet<usize>,
    /// The depth from which on a sub search looks.
    below: Option<usize>,
    deepest_base: usize,
    /// Searches that can still take an entry.
    open: usize,
    by_class: ByClass,
    /// Room for what is made of each entry.
    takers: Vec<usize>,
    key: String,
}

#[derive(Debug, Clone, Default)]
struct Progress {
    base_found: bool,
    delivered: u32,
    /// There was one entry more than the search's own limit.
    over: bool,
}

impl<'a> Selection<'a> {
    pub(crate) fn new(searches: &'a [Search]) -> Self {
        let mut selection = Self {
            searches,
            progress: vec![Progress::default(); searches.len()],
            rooted: Vec::new(),
            by_base: HashMap::new(),
            levels: BTreeSet::new(),
            below: None,
            deepest_base: 0,
            open: searches.len(),
            by_class: ByClass::of(searches),
            takers: Vec::new(),
            key: String::new(),
        };
        for (index, search) in searches.iter().enumerate() {
            let depth = search.base.depth();
            if depth == 0 {
                selection.rooted.push(index);
                continue;
            }
            selection.by_base.entry(search.base.key().as_str().to_owned()).or_default().push(index);
            selection.deepest_base = selection.deepest_base.max(depth);
            match search.scope {
                Scope::Base => _ = selection.levels.insert(depth),
                Scope::One => _ = selection.levels.insert(depth + 1),
                Scope::Sub => selection.below = Some(selection.below.map_or(depth, |least| least.min(depth))),
            }
        }
        selection
    }

    /// Whether no search can take another entry.
    pub(crate) fn is_satisfied(&self) -> bool {
        self.open == 0
    }

    /// Hands the entry to each search that selects it, in the order of the searches.
    pub(crate) fn offer(&mut self, entry: Entry, each: &mut dyn FnMut(usize, Entry)) {
        let mut takers = std::mem::take(&mut self.takers);
        takers.clear();
        self.in_scope(&entry, &mut takers);
        takers.sort_unstable();
        if !takers.is_empty() {
            let Self { searches, by_class, progress, open, .. } = self;
            let matched = by_class.matched(searches, &entry);
            takers.retain(|&index| {
                let (Some(search), Some(progress)) = (searches.get(index), progress.get_mut(index)) else { return false };
                takes(search, progress, open, &|| matched(index).unwrap_or_else(|| search.filter.matches(&entry)))
            });
        }
        if let Some((last, others)) = takers.split_last() {
            others.iter().for_each(|&index| each(index, entry.clone()));
            each(*last, entry);
        }
        self.takers = takers;
    }

    /// How each search ended: a cut leaves undecided what had not come to its own end.
    pub(crate) fn endings(&self, cut: Option<&str>) -> Vec<Ended> {
        let ended = |(search, progress): (&Search, &Progress)| match cut {
            _ if progress.over => Ended::OwnLimit,
            _ if search.scope == Scope::Base && progress.base_found => Ended::Complete,
            Some(_) if search.size_limit > 0 && progress.delivered == search.size_limit => Ended::OwnLimit,
            Some(text) => Ended::Cut(text.to_owned()),
            None if search.scope == Scope::Base => Ended::NoSuchObject,
            None => Ended::Complete,
        };
        self.searches.iter().zip(&self.progress).map(ended).collect()
    }

    fn in_scope(&mut self, entry: &Entry, found: &mut Vec<usize>) {
        let depth = entry.dn.depth();
        for &index in &self.rooted {
            note(self.searches, &mut self.progress, index, depth, found);
        }
        if !self.levels.contains(&depth) && self.below.is_none_or(|least| depth < least) {
            return;
        }
        let mut key = std::mem::take(&mut self.key);
        key.clear();
        entry.dn.write_key(&mut key);
        for (above, base) in ancestors(&key).enumerate() {
            if depth.saturating_sub(above) > self.deepest_base {
                continue;
            }
            for &index in self.by_base.get(base).into_iter().flatten() {
                note(self.searches, &mut self.progress, index, above, found);
            }
        }
        self.key = key;
    }
}

/// Whether the search takes an entry of its scope; counts it if so.
fn takes(search: &Search, progress: &mut Progress, open: &mut usize, matches: &dyn Fn() -> bool) -> bool {
    if progress.over || !matches() {
        return false;
    }
    // As on a server, the limit is passed by the entry that no longer fits, not by the last that does.
    if search.size_limit > 0 && progress.delivered == search.size_limit {
        progress.over = true;
        *open -= 1;
        return false;
    }
    progress.delivered = progress.delivered.saturating_add(1);
    true
}

/// Notes a search if an entry `above` levels below its base is in its scope.
fn note(searches: &[Search], progress: &mut [Progress], index: usize, above: usize, found: &mut Vec<usize>) {
    let Some(scope) = searches.get(index).map(|search| search.scope) else { return };
    let holds = match scope {
        Scope::Base => above == 0,
        Scope::One => above == 1,
        Scope::Sub => true,
    };
    if holds {
        found.push(index);
    }
    if let (0, Some(progress)) = (above, progress.get_mut(index)) {
        progress.base_found = true;
    }
}

/// The key of a name and the keys of its ancestors, the name first and the root left out: the key is cut at commas that
/// are not escaped.
fn ancestors(key: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(key);
    std::iter::from_fn(move || {
        let here = rest?;
        let mut escaped = false;
        let comma = here.bytes().position(|byte| {
            let separates = byte == b',' && !escaped;
            escaped = byte == b'\\' && !escaped;
            separates
        });
        rest = comma.and_then(|at| here.get(at + 1..));
        Some(here)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::dn::Dn;
    use crate::directory::filter::Filter;
    use proptest::prelude::*;

    fn names() -> impl Strategy<Value = Dn> {
        let rdn = prop_oneof!["cn=[aAb]", "cn=[ab]\\\\,[ab]", "cn=[ab]\\\\\\\\", "ou=[ab]\\+cn=[ab]", "cn=\\\\\\\\\\\\,"];
        proptest::collection::vec(rdn, 0..5).prop_map(|rdns| Dn::parse(rdns.join(",").as_bytes()).expect("a name"))
    }

    proptest! {
        #[test]
        fn selects_what_the_searches_select(
            bases in proptest::collection::vec((names(), 0..3_usize, any::<bool>()), 0..8),
            entries in proptest::collection::vec((names(), any::<bool>()), 0..8),
        ) {
            let searches: Vec<_> = bases.into_iter().map(|(base, scope, all)| {
                let filter = if all { Filter::And(vec![]) } else { Filter::present("cn") };
                Search { scope: [Scope::Base, Scope::One, Scope::Sub][scope], ..Search::below(base, filter, &[]) }
            }).collect();
            let mut selection = Selection::new(&searches);
            for (dn, named) in entries {
                let mut entry = Entry::new(dn);
                if named {
                    entry.add("cn", "x");
                }
                let mut taken = Vec::new();
                selection.offer(entry.clone(), &mut |index, _| taken.push(index));
                let expected: Vec<_> = (0..searches.len()).filter(|&i| searches[i].selects(&entry)).collect();
                prop_assert_eq!(taken, expected, "{}", entry.dn);
            }
        }
    }

    #[test]
    fn a_limit_is_passed_by_the_entry_that_no_longer_fits() {
        let searches = [Search::below(Dn::default(), Filter::And(vec![]), &[]).at_most(2)];
        let mut selection = Selection::new(&searches);
        let mut taken = 0;
        for (entries, ended, cut, satisfied) in [
            (1, Ended::Complete, Ended::Cut("x".into()), false),
            (2, Ended::Complete, Ended::OwnLimit, false),
            (2, Ended::OwnLimit, Ended::OwnLimit, true),
            (2, Ended::OwnLimit, Ended::OwnLimit, true),
        ] {
            selection.offer(Entry::new(Dn::of([("o", "Org")])), &mut |_, _| taken += 1);
            assert_eq!((taken, selection.is_satisfied()), (entries, satisfied));
            assert_eq!(selection.endings(None), [ended]);
            assert_eq!(selection.endings(Some("x")), [cut]);
        }
    }
}
