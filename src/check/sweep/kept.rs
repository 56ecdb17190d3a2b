//! Where the references of objects that were kept lead: what must be looked up before their checks can be judged.

use crate::check::definition::{Check, Expect, Reference};
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
use crate::exchange::naming;
use crate::exchange::organization::{Destination, Organization};
use crate::exchange::pointer::{self, State};

/// The objects that a check of kept objects follows or resolves, and that were not kept yet.
pub(super) fn wanted(check: &Check, organization: &Organization, wanted: &mut Vec<Dn>) {
    let subjects: Vec<&Entry> = organization.living().filter(|entry| check.subject.each.takes(entry)).collect();
    for subject in subjects {
        let led = match &check.subject.follow {
            None => vec![subject],
            Some(Reference::Administrator) => administrators(organization, subject),
            Some(Reference::Attribute(name)) => {
                let named = named(subject, name);
                wanted.extend(named.iter().filter(|dn| is_new(organization, dn)).cloned());
                named.iter().filter_map(|dn| organization.object(dn)).collect()
            }
        };
        if let Expect::Resolves { reference: Reference::Attribute(name), .. } = &check.expect {
            let named = led.into_iter().flat_map(|entry| named(entry, name));
            wanted.extend(named.filter(|dn| is_new(organization, dn)));
        }
    }
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

/// Whether an object must still be looked up.
fn is_new(organization: &Organization, dn: &Dn) -> bool {
    !matches!(organization.follow(dn), Destination::Living(_) | Destination::Tombstone(_))
}
