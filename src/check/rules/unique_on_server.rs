//! `unique-on-server`: no two objects of one server have the same value of an attribute.
//!
//! Sorted by their values, those of the same value stand side by side. Each of them is told of, with one of the others.

use super::founds::Founds;
use super::{Comparing, Found, Reading, Ruling, site};
use crate::directory::text::text_of;
use crate::directory::whole::EntryId;
use crate::exchange::naming;
use crate::exchange::questions::{Cause, Causes, Object, Population, Seen, Truth};
use crate::exchange::selection::Selection;
use crate::report::{Reason, Severity};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

/// The rule and its parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UniqueOnServer {
    /// The attribute, by LDAP name.
    attribute: String,
    /// The attribute that names the server of an object, or what lies below it.
    by: String,
    /// Only objects on which this attribute is set are compared; all of them if not given.
    with: Option<String>,
    /// How bad it is if only an object of another server has the same value; nothing is wrong with that if not given.
    elsewhere: Option<Severity>,
}

impl Reading for UniqueOnServer {
    fn attributes(&self) -> Vec<&str> {
        [self.attribute.as_str(), &self.by].into_iter().chain(self.with.as_deref()).collect()
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        self.elsewhere.and_then(|_| site::beside("site", &[])).into_iter().collect()
    }

    fn expected(&self) -> String {
        format!("each {} on one object of a server only", self.attribute)
    }
}

impl Comparing for UniqueOnServer {
    fn compare(&self, subjects: &[Seen<'_>], all: &Population<'_>, most: usize) -> Vec<Found> {
        // what an object of another release shares counts too, for those of this one
        let others: Vec<Seen<'_>> = if self.elsewhere.is_some() { all.seen().collect() } else { Vec::new() };
        let compared = if self.elsewhere.is_some() { others.as_slice() } else { subjects };
        let mut values: Vec<(Vec<u8>, usize)> = Vec::new();
        for (number, seen) in compared.iter().enumerate().filter(|(_, seen)| !matches!(self.counts(seen), Truth::No(_))) {
            let held = seen.values(&self.attribute);
            let keys = held.seen().map(|value| (value.trim_ascii().to_ascii_lowercase(), number));
            values.extend(keys.filter(|(key, _)| !key.is_empty()));
        }
        values.sort_unstable();
        values.dedup();
        let mut founds = Founds::at_most(most);
        let judged: HashSet<EntryId> = subjects.iter().map(Seen::id).collect();
        for same in values.chunk_by(|(one, _), (other, _)| one == other).filter(|same| same.len() > 1) {
            let mut holders: Vec<Seen<'_>> = same.iter().filter_map(|(_, number)| compared.get(*number).copied()).collect();
            holders.sort_by_cached_key(|seen| seen.dn().key());
            let value = same.first().map(|(key, _)| text_of(key)).unwrap_or_default();
            self.judge(&value, &holders, &judged, &mut founds);
        }
        let mut found = founds.all();
        found.extend(Found::untold(self.missing(compared, all)));
        found
    }
}

/// One of several objects that show the same value.
struct Holder<'q> {
    object: Object<'q>,
    /// That it lives and has the value, and its server, if any; why that is not known.
    server: Result<Option<u128>, Causes>,
    /// Whether it surely has the value.
    is_proven: bool,
}

impl UniqueOnServer {
    /// Whether an object is compared.
    fn counts(&self, seen: &Seen<'_>) -> Truth {
        self.with.as_ref().map_or(Truth::of(true), |with| seen.values(with).is_set())
    }

    /// Says of each of these objects that is judged, all of which show the same value, whether that is wrong.
    fn judge(&self, value: &str, holders: &[Seen<'_>], judged: &HashSet<EntryId>, founds: &mut Founds) {
        let holders: Vec<Holder<'_>> = holders.iter().map(|seen| self.holder(*seen)).collect();
        // the first two of each server and of all: one is left beside each object
        let (mut by_server, mut proven): (HashMap<u128, Vec<usize>>, Vec<usize>) = Default::default();
        let mut open = Causes::default();
        for (number, holder) in holders.iter().enumerate() {
            if holder.is_proven && proven.len() < 2 {
                proven.push(number);
            }
            match &holder.server {
                Ok(Some(server)) => by_server.entry(*server).or_default().push(number),
                Ok(None) => {}
                Err(causes) => open = open.and(causes),
            }
        }
        for (number, holder) in holders.iter().enumerate().filter(|(_, holder)| judged.contains(&holder.object.seen().id())) {
            let other = |of: &[usize]| {
                let other = of.iter().find(|other| **other != number)?;
                holders.get(*other).map(|holder| holder.object.dn().to_string())
            };
            let beside = match &holder.server {
                Ok(Some(server)) => by_server.get(server).and_then(|of| other(of)),
                _ => None,
            };
            let answer = match (beside, self.elsewhere.filter(|_| holder.is_proven).zip(other(&proven)), &holder.server) {
                (Some(other), _, _) => Ok(Ruling::broken(
                    Reason::Duplicate,
                    format!("{other} of the same server has the same {}, {value:?}", self.attribute),
                )),
                (None, Some((severity, other)), _) => {
                    let message = format!("{other} has the same {}, {value:?}", self.attribute);
                    Ok(Ruling::broken(Reason::Duplicate, message).only(severity))
                }
                (None, None, Err(causes)) => Err(causes.clone()),
                (None, None, Ok(_)) if !open.is_empty() => Err(open.clone()),
                (None, None, Ok(_)) => Ok(Ruling::holds("")),
            };
            founds.add(&holder.object, answer);
        }
    }

    fn holder<'q>(&self, seen: Seen<'q>) -> Holder<'q> {
        let object = Object::of(seen);
        let proven = match seen.lives().and(self.counts(&seen)) {
            Truth::Open(causes) => Err(causes),
            Truth::Yes(_) | Truth::No(_) => seen.agrees_on(&[&self.attribute]),
        };
        let is_proven = proven.is_ok();
        let server = proven.and_then(|()| self.server(&object));
        Holder { object, server, is_proven }
    }

    /// The server that an object is of.
    fn server(&self, object: &Object<'_>) -> Result<Option<u128>, Causes> {
        let Some(text) = object.text(&self.by)? else { return Ok(None) };
        match naming::from_either(text.trim()).and_then(|dn| naming::server_of(&dn)) {
            Some(server) => Ok(Some(server.number())),
            None => {
                let value = text.chars().take(100).collect();
                Err(object.cause(Cause::Unreadable { object: object.dn().to_string(), attribute: self.by.clone(), value }))
            }
        }
    }

    /// Why there may be others with a value: objects that were not seen, and values that were not shown.
    fn missing(&self, subjects: &[Seen<'_>], all: &Population<'_>) -> Causes {
        let unshown = |subject: &Seen<'_>| match self.counts(subject) {
            Truth::No(_) => Causes::default(),
            Truth::Yes(_) | Truth::Open(_) => subject.values(&self.attribute).whole().err().cloned().unwrap_or_default(),
        };
        let missing = all.whole().err().unwrap_or_default().and(&Causes::of_all(subjects, unshown));
        match self.elsewhere {
            Some(_) => {
                let sites = subjects.first().map(|seen| Object::of(*seen).everywhere("site").whole());
                missing.and(&all.elsewhere()).and(&sites.and_then(Result::err).unwrap_or_default())
            }
            None => missing,
        }
    }
}
