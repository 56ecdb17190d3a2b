//! Where the references of objects that were kept lead: what must be looked up before their checks can be judged.

use super::lookup;
use crate::check::definition::{Check, Expect, Reference};
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
use crate::exchange::naming;
use crate::exchange::organization::Organization;
use crate::exchange::pointer::{self, State};
use crate::exchange::visibility;

/// The objects that a check of kept objects follows or resolves, and of which not all was read yet.
pub(super) fn wanted(check: &Check, organization: &Organization, wanted: &mut Vec<Dn>) {
    let is_reference = |reference: Option<&Reference>| matches!(reference, Some(Reference::Attribute(_)));
    if matches!(check.expect, Expect::Manual(_)) {
        return;
    }
    if !is_reference(check.subject.follow.as_ref()) && !is_reference(check.expect.reference()) {
        return;
    }
    let followed = lookup::of(check);
    let resolved = lookup::resolved(check);
    for subject in organization.living().filter(|entry| is_subject(check, organization, entry)) {
        let led = match &check.subject.follow {
            None => vec![subject],
            Some(Reference::Administrator) => administrators(organization, subject),
            Some(Reference::Attribute(name)) => {
                let named = named(subject, name);
                wanted.extend(named.iter().filter(|dn| followed.is_open(organization, dn)).cloned());
                named.iter().filter_map(|dn| organization.object(dn)).collect()
            }
        };
        if let Expect::Resolves { reference: Reference::Attribute(name), .. } = &check.expect {
            let named = led.into_iter().flat_map(|entry| named(entry, name));
            wanted.extend(named.filter(|dn| resolved.is_open(organization, dn)));
        }
    }
}

/// Whether the check may be for an object.
fn is_subject(check: &Check, organization: &Organization, entry: &Entry) -> bool {
    let unset = &mut |attribute: &str| visibility::proven_unset(organization, entry, attribute).is_ok();
    let is_for = |unset: &mut dyn FnMut(&str) -> bool| {
        check.subject.only.as_ref().is_none_or(|only| only.evaluate(entry, unset) != Some(false))
    };
    check.subject.each.takes(entry) && entry.dn.is_within(&organization.base) && is_for(unset)
}

fn administrators<'a>(organization: &'a Organization, subject: &Entry) -> Vec<&'a Entry> {
    let Some(ims) = organization.ims.iter().find(|ims| ims.dn == subject.dn) else { return Vec::new() };
    match pointer::locate(organization, ims).state {
        State::Leads(leads) => leads.iter().filter_map(|dn| organization.object(dn)).collect(),
        _ => Vec::new(),
    }
}

fn named(entry: &Entry, name: &str) -> Vec<Dn> {
    entry.texts(name).filter_map(|value| naming::from_either(&value)).collect()
}
