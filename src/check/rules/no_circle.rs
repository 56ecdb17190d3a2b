//! `no-circle`: following an attribute from object to object never leads back.

use super::{Comparing, Found, Reading, Ruling};
use crate::directory::dn::DnKey;
use crate::directory::whole::EntryId;
use crate::exchange::naming;
use crate::exchange::questions::{Cause, Causes, Lookup, Population, Seen, Truth};
use crate::report::Reason;
use serde::Deserialize;
use std::collections::HashMap;

/// The rule and its parameters.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NoCircle {
    /// The attribute, by LDAP name.
    attribute: String,
}

/// Objects of a circle that are told.
const MOST_TOLD: usize = 10;
/// Links that lead nowhere known of which it is told why.
const MOST_OPEN: usize = 32;

impl Reading for NoCircle {
    fn attributes(&self) -> Vec<&str> {
        vec![&self.attribute]
    }

    fn expected(&self) -> String {
        format!("{} that never leads back", self.attribute)
    }
}

impl Comparing for NoCircle {
    fn compare(&self, subjects: &[Seen<'_>], all: &Population<'_>, most: usize) -> Vec<Found> {
        let mut links = Links { attribute: &self.attribute, all: Vec::new(), open: Vec::new() };
        links.follow(subjects);
        let circles = links.circles();
        let mut found: Vec<Found> = circles.iter().take(most).map(|circle| links.found(circle)).collect();
        if circles.len() > most {
            let ruling = Ruling::broken(Reason::Circle, "More circles exist than are listed.").inferred();
            found.push(Found::All(Ok(ruling)));
        }
        let missing = all.whole().err().unwrap_or_default();
        found.extend(Found::untold(links.open.iter().fold(missing, |all, causes| all.and(causes))));
        found
    }
}

/// Which object leads to which.
struct Links<'a, 'q> {
    attribute: &'a str,
    all: Vec<Link<'q>>,
    /// Why it is not known where some lead.
    open: Vec<Causes>,
}

/// An object that leads to another.
struct Link<'q> {
    from: Seen<'q>,
    key: DnKey,
    is_subject: bool,
    to: EntryId,
}

impl<'q> Links<'_, 'q> {
    /// Notes where the objects lead, and where those lead to which they lead. The links are in the order of their names.
    fn follow(&mut self, subjects: &[Seen<'q>]) {
        let mut met: HashMap<EntryId, bool> = subjects.iter().map(|subject| (subject.id(), true)).collect();
        let mut left: Vec<Seen<'q>> = subjects.to_vec();
        while let Some(from) = left.pop() {
            match self.target(&from) {
                Ok(None) => {}
                Ok(Some(target)) => {
                    let to = target.id();
                    let is_subject = met.get(&from.id()).copied().unwrap_or_default();
                    self.all.push(Link { from, key: from.dn().key(), is_subject, to });
                    met.entry(to).or_insert_with(|| {
                        left.push(target);
                        false
                    });
                }
                Err(causes) if self.open.len() < MOST_OPEN => self.open.push(causes),
                Err(_) => {}
            }
        }
        self.all.sort_by(|one, other| one.key.cmp(&other.key));
    }

    /// What an object leads to; none if to nothing that is there.
    fn target(&self, from: &Seen<'q>) -> Result<Option<Seen<'q>>, Causes> {
        let values = from.values(self.attribute);
        values.whole().map_err(Causes::clone)?;
        // the attribute has one value; of several, the first is followed
        let Some(text) = values.texts().next() else { return Ok(None) };
        let Some(target) = naming::from_either(&text) else {
            let value = text.chars().take(100).collect();
            let cause = Cause::Unreadable { object: from.dn().to_string(), attribute: self.attribute.to_owned(), value };
            return Err(from.questions().cause(cause));
        };
        match from.questions().object(&target) {
            Lookup::There(seen) => Ok(Some(seen)),
            Lookup::Deleted(_) | Lookup::Gone(..) => Ok(None),
            Lookup::Open(causes) => Err(causes),
        }
    }

    /// The circles that a subject is in: the places of their links, the first by name at the start.
    fn circles(&self) -> Vec<Vec<usize>> {
        let places: HashMap<EntryId, usize> = self.all.iter().enumerate().map(|(place, link)| (link.from.id(), place)).collect();
        let next: Vec<Option<usize>> = self.all.iter().map(|link| places.get(&link.to).copied()).collect();
        let is_subject = |place: &usize| self.all.get(*place).is_some_and(|link| link.is_subject);
        let mut circles = circles(&next);
        circles.retain(|circle| circle.iter().any(is_subject));
        circles
    }

    fn found(&self, circle: &[usize]) -> Found {
        let links: Vec<&Link<'q>> = circle.iter().filter_map(|place| self.all.get(*place)).collect();
        let told: Vec<String> = links.iter().take(MOST_TOLD).map(|link| link.from.dn().to_string()).collect();
        let dots = if links.len() > told.len() { " -> ..." } else { "" };
        let first = told.first().map(String::as_str).unwrap_or_default();
        let message = match links.len() {
            1 => format!("its {} is the object itself", self.attribute),
            count => {
                format!("its {} leads back to it over {count} objects: {}{dots} -> {first}", self.attribute, told.join(" -> "))
            }
        };
        let subject = links.iter().find(|link| link.is_subject).map(|link| link.from.id());
        // an object that may be deleted leads nowhere then
        let unproven = links.iter().find_map(|link| match link.from.lives() {
            Truth::Open(causes) => Some(causes),
            Truth::Yes(_) | Truth::No(_) => None,
        });
        let answer = unproven.map_or_else(|| Ok(Ruling::broken(Reason::Circle, message).inferred()), Err);
        match subject {
            Some(id) => Found::One(id, answer),
            None => Found::All(answer),
        }
    }
}

/// The circles of what leads to at most one other each, every one with its smallest member first.
fn circles(next: &[Option<usize>]) -> Vec<Vec<usize>> {
    let mut circles: Vec<Vec<usize>> = Vec::new();
    // in which walk each was met first
    let mut met: Vec<Option<usize>> = vec![None; next.len()];
    for start in 0..next.len() {
        let (mut path, mut at) = (Vec::new(), Some(start));
        while let Some((place, walk)) = at.and_then(|place| met.get_mut(place).map(|walk| (place, walk))) {
            match *walk {
                None => {
                    *walk = Some(start);
                    path.push(place);
                    at = next.get(place).copied().flatten();
                }
                Some(before) => {
                    if before == start {
                        let mut circle: Vec<usize> = path.into_iter().skip_while(|member| *member != place).collect();
                        let first = (0..circle.len()).min_by_key(|at| circle.get(*at)).unwrap_or_default();
                        circle.rotate_left(first);
                        circles.push(circle);
                    }
                    break;
                }
            }
        }
    }
    circles.sort_unstable();
    circles
}

#[cfg(test)]
mod tests {
    use super::circles;

    #[test]
    fn finds_each_circle_once_and_no_way_into_it() {
        for (next, expected) in [
            (vec![], vec![]),
            (vec![Some(0)], vec![vec![0]]),
            (vec![Some(1), Some(2), None], vec![]),
            (vec![Some(2), Some(2), Some(1)], vec![vec![1, 2]]),
            (vec![Some(3), Some(0), Some(0), Some(2), Some(5), Some(4)], vec![vec![0, 3, 2], vec![4, 5]]),
        ] {
            assert_eq!(circles(&next), expected, "{next:?}");
        }
    }
}
