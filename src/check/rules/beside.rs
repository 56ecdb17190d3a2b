//! What stands beside a judged object: the objects of its site.

use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
use crate::directory::source::Ended;
use crate::exchange::naming;
use crate::exchange::organization::Organization;
use crate::exchange::selection::Selection;
use crate::report::Reason;

/// The living objects of a selection in the site that a name belongs to.
pub(super) fn of_site<'a>(organization: &'a Organization, selection: &str, dn: &Dn) -> Vec<&'a Entry> {
    let (Some(selection), Some(site)) = (Selection::named(selection), naming::site_of(dn)) else { return Vec::new() };
    let (site, takes) = (site.key(), |entry: &&Entry| selection.takes(entry));
    let here = |entry: &&Entry| naming::site_of(&entry.dn).is_some_and(|other| other.key() == site);
    organization.living().filter(takes).filter(here).collect()
}

/// Why it is not known that all configuration objects of a site were seen; none if it is. A file shows what was asked for when
/// it was made: one whose record does not say how its searches ended must show some object of the kind elsewhere.
pub(super) fn unseen(organization: &Organization, selection: &str, dn: &Dn) -> Option<(Reason, String)> {
    let asked = organization.asked();
    match &organization.configuration_search {
        Some(Ended::Complete) => {}
        Some(ended) => {
            let how = ended.trouble().unwrap_or("the server does not show them");
            return Some((Reason::Truncated, format!("the search for configuration objects did not complete: {how}")));
        }
        None => return Some((Reason::NotRequested, "no configuration objects were asked for".into())),
    }
    let site = naming::site_name(dn).unwrap_or_default();
    if organization.sites_without_connections().iter().any(|unread| unread.eq_ignore_ascii_case(&site)) {
        return Some((Reason::ConfigUnreadable, format!("{asked} does not show the Connections container of site {site}")));
    }
    let kind = Selection::named(selection)?;
    let some = organization.living().any(|entry| kind.takes(entry));
    (!organization.proves_endings && !some)
        .then(|| (Reason::NotRequested, format!("{asked} shows no {} at all: they may not have been asked for", kind.plural())))
}
