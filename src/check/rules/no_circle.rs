//! `no-circle`: following an attribute from object to object never leads back.

use super::{Gather, Glance, Judging, Object, Ruling, unseen};
use crate::directory::dn::{Dn, DnKey};
use crate::exchange::naming;
use crate::exchange::organization::{Destination, Organization};
use crate::report::Reason;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The rule and its parameters.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NoCircle {
    /// The attribute, by LDAP name.
    attribute: String,
}

impl Judging for NoCircle {
    fn attributes(&self) -> Vec<&str> {
        vec![&self.attribute]
    }

    fn expected(&self) -> String {
        format!("{} that never leads back", self.attribute)
    }

    fn judge(&self, _: &Object<'_>) -> Option<Ruling> {
        None
    }

    fn gather(&self) -> Option<Box<dyn Gather>> {
        Some(Box::new(Links { attribute: self.attribute.clone(), ..Links::default() }))
    }
}

/// Objects with the attribute that are noted; each takes about 300 bytes.
const MOST: usize = 100_000;
/// Objects of a circle that are told.
const MOST_TOLD: usize = 10;

/// Which object leads to which.
#[derive(Default)]
struct Links {
    attribute: String,
    links: BTreeMap<DnKey, Link>,
    unreadable: u64,
    full: bool,
}

struct Link {
    index: u32,
    /// What it names, as it is written.
    names: String,
    target: DnKey,
    /// What its own name is, as it is written.
    own: String,
}

impl Gather for Links {
    fn see(&mut self, glance: &Glance<'_>, index: u32) {
        let entry = glance.entry;
        for names in entry.texts(&self.attribute) {
            let Some(target) = naming::from_either(&names) else {
                self.unreadable += 1;
                continue;
            };
            if self.links.len() >= MOST {
                self.full = true;
                return;
            }
            // the attribute has one value; of several, the first is followed
            let link = || Link { index, names, target: target.key(), own: entry.dn.to_string() };
            self.links.entry(entry.dn.key()).or_insert_with(link);
        }
    }

    fn finish(&self, organization: &Organization, _: &dyn Fn(u32) -> String, most: usize) -> Vec<(Vec<u32>, Ruling)> {
        let (circles, ends) = self.walk();
        let mut found: Vec<(Vec<u32>, Ruling)> = circles.iter().take(most).map(|circle| self.ruling(circle)).collect();
        if circles.len() > most {
            found.push((Vec::new(), Ruling::broken(Reason::Circle, "There are more circles than are told here.").inferred()));
        }
        if self.full {
            let message = format!("More objects have {} than are compared.", self.attribute);
            found.push((Vec::new(), Ruling::unknown(Reason::Truncated, message)));
        }
        if self.unreadable > 0 {
            let message = format!("{} values of {} cannot be read as the name of an object.", self.unreadable, self.attribute);
            found.push((Vec::new(), Ruling::unknown(Reason::NoPointer, message)));
        }
        found.extend(self.unseen_end(&ends, organization).map(|ruling| (Vec::new(), ruling)));
        found
    }
}

impl Links {
    /// The circles, and the links that lead out of what is known here.
    fn walk(&self) -> (Vec<Vec<&Link>>, Vec<&Link>) {
        let (mut circles, mut ends) = (Vec::new(), Vec::new());
        // by object: in which walk it was met first
        let mut met: BTreeMap<&DnKey, usize> = BTreeMap::new();
        for (walk, start) in self.links.keys().enumerate() {
            let mut path: Vec<(&DnKey, &Link)> = Vec::new();
            let mut next = start;
            loop {
                match (met.get(next), self.links.get(next)) {
                    (Some(known), _) if *known == walk => {
                        let circle = path.iter().skip_while(|(key, _)| *key != next);
                        circles.push(circle.map(|(_, link)| *link).collect());
                        break;
                    }
                    (Some(_), _) => break,
                    (None, Some(link)) => {
                        met.insert(next, walk);
                        path.push((next, link));
                        next = &link.target;
                    }
                    (None, None) => {
                        ends.extend(path.last().map(|(_, link)| *link));
                        break;
                    }
                }
            }
        }
        (circles, ends)
    }

    fn ruling(&self, circle: &[&Link]) -> (Vec<u32>, Ruling) {
        let told: Vec<&str> = circle.iter().take(MOST_TOLD).map(|link| link.own.as_str()).collect();
        let dots = if circle.len() > told.len() { " -> ..." } else { "" };
        let first = told.first().copied().unwrap_or_default();
        let message = match circle.len() {
            1 => format!("its {} is the object itself", self.attribute),
            count => {
                format!("its {} leads back to it over {count} objects: {}{dots} -> {first}", self.attribute, told.join(" -> "))
            }
        };
        (circle.iter().map(|link| link.index).collect(), Ruling::broken(Reason::Circle, message).inferred())
    }

    /// What is not known where a link leads to an object that was not seen: it may be hidden, and lead on.
    fn unseen_end(&self, ends: &[&Link], organization: &Organization) -> Option<Ruling> {
        let sites = unseen::sites(organization);
        let is_unseen = |dn: &Dn| {
            let site = naming::site_name(dn).unwrap_or_default();
            let hides = !organization.has_site_of(dn) || sites.iter().any(|unseen| unseen.eq_ignore_ascii_case(&site));
            hides && organization.sweep.get(dn).is_none() && matches!(organization.follow(dn), Destination::Nowhere(_))
        };
        let mut unseen = ends.iter().filter(|link| naming::from_either(&link.names).is_some_and(|dn| is_unseen(&dn)));
        let first = unseen.next()?;
        let more = unseen.count();
        let more = if more > 0 { format!(", and {more} more like it") } else { String::new() };
        let message = format!(
            "{} of {} names {}, which was not seen{more}: where that leads is not known.\nTo decide it, bind as an administrator (-D \
             'cn=ACCOUNT,cn=DOMAIN,cn=admin' -W), or say --sees-hidden yes if hidden objects are seen and there are none.",
            self.attribute, first.own, first.names
        );
        Some(Ruling::unknown(Reason::HiddenUnseen, message))
    }
}
