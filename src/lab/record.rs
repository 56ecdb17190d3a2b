//! One object of the lab's directory, and what of it each kind of client may see.

use super::shape;
use super::ways::Ways;
use crate::directory::dn::{Dn, DnKey};
use crate::directory::entry::Entry;
use crate::exchange::schema;

/// One object, and what of it each kind of client may see.
#[derive(Debug)]
pub(super) struct Record {
    /// Everything, operational attributes too.
    pub(super) full: Entry,
    /// Without what the Attributes page withholds; none if that is nothing.
    limited: Option<Entry>,
    /// Administrators are shown no more than others of what is withheld (before SP2, Q196491).
    admin_is_limited: bool,
    /// What an anonymous client may see; none if it may not see the object.
    pub(super) public: Option<Entry>,
    /// `Hide-From-Address-Book` or `Is-Deleted` is TRUE: for the admin view only.
    pub(super) withdrawn: bool,
    /// A container, site or organization: anonymous clients may search below it.
    pub(super) container: bool,
    /// The keys of its own name and all names above, by number of RDNs.
    lineage: Vec<DnKey>,
}

impl Record {
    /// The object as these ways show it.
    pub(super) fn new(entry: &Entry, ways: &Ways) -> Self {
        let full = shape::of(entry, ways);
        let withdrawn = full.flag("Hide-From-Address-Book") || full.flag("Is-Deleted");
        let is = |classes: &[&str]| full.texts("objectClass").any(|c| classes.iter().any(|name| c.eq_ignore_ascii_case(name)));
        let recipient = is(&["organizationalPerson", "groupOfNames", "Remote-Address", "Public-Folder"]);
        let container = is(&["Container", "organization", "organizationalUnit"]);
        let withheld = |name: &str| ways.withheld.iter().any(|w| w.eq_ignore_ascii_case(name));
        let limited = full.attributes().any(|a| withheld(a.name)).then(|| only(&full, &|name| !withheld(name)));
        // Anonymous clients see mail recipients only (Q156063 2.7.5).
        let is_public = |name: &str| schema::attribute(name).is_some_and(schema::Attribute::anonymous);
        let public = (recipient && !withdrawn).then(|| only(limited.as_ref().unwrap_or(&full), &is_public));
        let lineage = (0..=full.dn.rdns().len()).map(|count| full.dn.ancestor(count).key()).collect();
        let admin_is_limited = ways.release().withholds_from_administrators();
        Self { full, limited, admin_is_limited, public, withdrawn, container, lineage }
    }

    /// What an authenticated client sees of it, hidden or not; an administrator is shown what is withheld from others.
    pub(super) fn authenticated(&self, admin: bool) -> &Entry {
        self.limited.as_ref().filter(|_| !admin || self.admin_is_limited).unwrap_or(&self.full)
    }

    /// How many levels below `base` it lies; none if it does not.
    pub(super) fn below(&self, base: &Dn, base_key: &DnKey) -> Option<usize> {
        let depth = base.rdns().len();
        (self.lineage.get(depth) == Some(base_key)).then(|| self.lineage.len().saturating_sub(depth + 1))
    }
}

/// The entry with those attributes only whose name passes.
fn only(entry: &Entry, passes: &dyn Fn(&str) -> bool) -> Entry {
    let mut some = Entry::new(entry.dn.clone());
    for attribute in entry.attributes().filter(|attribute| passes(attribute.name)) {
        attribute.values.iter().for_each(|value| some.add(attribute.name, value));
    }
    some
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::ServicePack;

    fn record(service_pack: ServicePack, withhold: &str) -> Record {
        let mut entry = Entry::new(Dn::of([("cn", "a"), ("o", "O")]));
        for (name, value) in [("objectClass", "organizationalPerson"), ("uid", "a"), ("mail", "a@b"), ("cn", "A")] {
            entry.add(name, value);
        }
        let ways = Ways::of(Some(service_pack), [format!("withhold={withhold}").parse().expect("way")]);
        Record::new(&entry, &ways)
    }

    #[test]
    fn what_is_withheld_is_shown_to_administrators_from_sp2() {
        let shown = |entry: &Entry| entry.has("uid");
        for (service_pack, admin) in [(ServicePack::Sp1, false), (ServicePack::Sp2, true), (ServicePack::Sp4, true)] {
            let record = record(service_pack, "uid");
            assert_eq!([false, true].map(|a| shown(record.authenticated(a))), [false, admin], "{service_pack:?}");
            assert!(!record.public.as_ref().is_some_and(shown) && shown(&record.full));
            assert!(record.public.as_ref().is_some_and(|public| public.has("mail")));
        }
    }

    #[test]
    fn withheld_addresses_go_together() {
        let record = record(ServicePack::Rtm, "Proxy-Addresses");
        assert!(!record.authenticated(true).has("mail") && record.authenticated(true).has("cn"));
    }
}
