//! The servers of a site beside a judged object: whether one is there, which no attribute refers to.
//!
//! A server cannot be hidden from the address book (Computer has no such attribute, SDK sch_cont_6iia): where something else of the
//! same place is seen, it would be seen too.

use super::Ruling;
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
use crate::exchange::naming;
use crate::exchange::organization::Organization;
use crate::exchange::selection::Selection;
use crate::report::Reason;

/// The container of the servers of the site that a name belongs to.
pub(super) fn container_of(dn: &Dn) -> Option<Dn> {
    let site = naming::site_of(dn)?;
    let above = Dn::of([("cn", "Servers"), ("cn", "Configuration")]);
    Some(Dn::new(above.rdns().iter().chain(site.rdns()).cloned().collect()))
}

/// What is wrong with a server; none if it is there. `named` says who names it.
pub(super) fn missing(organization: &Organization, server: &Dn, named: &str) -> Option<Ruling> {
    let container = server.parent();
    let key = server.key();
    let mut others = None;
    for other in children(organization, "server", &container) {
        if other.dn.key() == key {
            return None;
        }
        others = Some(other);
    }
    Some(match unseen(organization, others, &container) {
        Some((reason, why)) => Ruling::unknown(reason, format!("{named}, of which no object was seen, but {why}")),
        None => certain(organization, Reason::Dangling, format!("{named}, and {container} holds no such server")),
    })
}

/// The living objects of a selection right below a name.
pub(super) fn children<'a>(organization: &'a Organization, word: &str, parent: &Dn) -> impl Iterator<Item = &'a Entry> {
    let (selection, key) = (Selection::named(word), parent.key());
    organization.living().filter(move |entry| entry.dn.parent().key() == key && selection.is_some_and(|each| each.takes(entry)))
}

/// Why what is missing below `place` may be there all the same; none if it cannot, since `other` was seen there.
pub(super) fn unseen(organization: &Organization, other: Option<&Entry>, place: &Dn) -> Option<(Reason, String)> {
    let asked = organization.asked();
    match &organization.configuration_search {
        Some(ended) if ended.is_complete() => {}
        ended => {
            let how = ended.as_ref().and_then(|ended| ended.trouble()).unwrap_or("it was refused");
            return Some((Reason::Truncated, format!("the search for configuration objects did not complete: {how}")));
        }
    }
    let reason = if organization.has_site_of(place) { Reason::ContainerUnreadable } else { Reason::OtherSite };
    other.is_none().then(|| (reason, format!("{asked} shows nothing else of its kind below {place} either")))
}

/// A failure; of a file, which cannot prove that it holds everything, an inferred one.
pub(super) fn certain(organization: &Organization, reason: Reason, message: String) -> Ruling {
    let ruling = Ruling::broken(reason, message);
    if organization.proves_endings { ruling } else { ruling.inferred() }
}
