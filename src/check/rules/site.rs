//! What rules about a site's addressing look at: the Site Addressing object beside the judged one.

use super::Ruling;
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
use crate::exchange::class::has_class;
use crate::exchange::naming;
use crate::exchange::organization::Organization;
use crate::exchange::selection::Selection;
use crate::exchange::visibility;
use crate::report::Reason;

/// The objects of a selection, and their attributes, as a rule needs them beside the judged one.
pub(super) fn beside(word: &str, attributes: &[&'static str]) -> Option<(&'static Selection, Vec<&'static str>)> {
    Some((Selection::named(word)?, attributes.to_vec()))
}

/// Every Site Addressing object that was kept.
pub(super) fn all(organization: &Organization) -> impl Iterator<Item = &Entry> {
    organization.living().filter(|entry| has_class(entry, "Site-Addressing"))
}

/// The Site Addressing of the site that a name belongs to.
pub(super) fn of<'a>(organization: &'a Organization, dn: &Dn) -> Option<&'a Entry> {
    let site = naming::site_of(dn)?.key();
    all(organization).find(|entry| naming::site_of(&entry.dn).is_some_and(|other| other.key() == site))
}

/// The site addresses: type and address of each `TYPE:address` in Gateway-Proxy (Q248425, SDK sch_attr_1189).
pub(super) fn addresses(addressing: &Entry) -> Vec<(String, String)> {
    let typed = |text: String| text.split_once(':').map(|(kind, address)| (kind.trim().to_ascii_uppercase(), address.to_owned()));
    addressing.texts("Gateway-Proxy").filter_map(typed).collect()
}

/// Whether what an attribute of a compared object holds is known: it came back, or is proven to be unset.
///
/// # Errors
/// The ruling that says what was not shown.
pub(super) fn known(organization: &Organization, entry: &Entry, attribute: &str) -> Result<(), Ruling> {
    if entry.has(attribute) {
        return Ok(());
    }
    visibility::proven_unset(organization, entry, attribute).map_err(|reason| {
        let message = format!(
            "{attribute} of {} decides it, and was not shown\nTo decide it, bind as an administrator to a server of that site, or export \
             it with {attribute}.",
            entry.dn
        );
        Ruling::unknown(reason, message)
    })
}

/// Says that the Site Addressing of a site was not shown.
pub(super) fn unread(site: &str) -> Ruling {
    let message = format!(
        "the Site Addressing of site {site} decides it, and was not shown\nTo decide it, bind as an administrator, or ask a server that \
         holds that site's configuration."
    );
    Ruling::unknown(Reason::ConfigUnreadable, message)
}
