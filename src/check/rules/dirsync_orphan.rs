//! `dirsync-orphans`: a custom recipient for the `$SYSTEM` of a post office belongs to a requestor or remote requestor that is
//! there (Q163625).
//!
//! That `DXA-Remote-Client` of these names that recipient is inferred from its syntax (a name) and its being mandatory.

use super::beside::unseen;
use super::{Gather, Glance, Judging, Object, Ruling};
use crate::directory::dn::DnKey;
use crate::directory::entry::Entry;
use crate::exchange::class::has_class;
use crate::exchange::naming;
use crate::exchange::organization::Organization;
use crate::exchange::selection::Selection;
use crate::report::Reason;
use serde::Deserialize;
use std::collections::BTreeSet;

/// The rule; it takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Orphans {}

/// Recipients that are compared; an organization has as many as it has post offices.
const MOST: usize = 10_000;
const CLIENT: &str = "DXA-Remote-Client";

impl Judging for Orphans {
    fn attributes(&self) -> Vec<&str> {
        vec!["Target-Address"]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        Selection::named("dirsync-partner").into_iter().map(|selection| (selection, vec![CLIENT])).collect()
    }

    fn expected(&self) -> String {
        "a requestor or remote requestor for the post office".into()
    }

    fn judge(&self, _: &Object<'_>) -> Option<Ruling> {
        None
    }

    fn gather(&self) -> Option<Box<dyn Gather>> {
        Some(Box::new(Found::default()))
    }
}

/// The recipients that streamed by.
#[derive(Default)]
struct Found {
    recipients: Vec<(u32, DnKey, String)>,
    full: bool,
    /// A custom recipient did not show its address.
    silent: bool,
}

impl Gather for Found {
    fn see(&mut self, glance: &Glance<'_>, index: u32) {
        let entry = glance.entry;
        if !has_class(entry, "Remote-Address") {
            return;
        }
        let Some(address) = entry.text("Target-Address") else {
            // mandatory (SDK sch_cont_0joz): it was not shown
            self.silent = true;
            return;
        };
        if !is_system(&address) {
            return;
        }
        if self.recipients.len() < MOST {
            self.recipients.push((index, entry.dn.key(), address));
        } else {
            self.full = true;
        }
    }

    fn finish(&self, organization: &Organization, name: &dyn Fn(u32) -> String, most: usize) -> Vec<(Vec<u32>, Ruling)> {
        let partners = Selection::named("dirsync-partner");
        let partners: Vec<&Entry> =
            organization.living().filter(|entry| partners.is_some_and(|partners| partners.takes(entry))).collect();
        let named = partners.iter().flat_map(|partner| partner.texts(CLIENT)).filter_map(|text| naming::from_either(&text));
        let named: BTreeSet<DnKey> = named.map(|dn| dn.key()).collect();
        // a server of the exchange has no such name; every other partner has one (mandatory, SDK sch_cont_4uox)
        let is_server = |partner: &Entry| has_class(partner, "DXA-Site-Server");
        let silent = partners.iter().find(|partner| !is_server(partner) && !partner.has(CLIENT));
        let mut found = Vec::new();
        for (index, _, address) in self.recipients.iter().filter(|(_, key, _)| !named.contains(key)).take(most) {
            let text = format!("it stands for {address}, and no requestor or remote requestor names it");
            // there may be no requestor at all, so a file need not show one: connectors tell whether they would be seen
            let unread = naming::from_either(&name(*index)).and_then(|dn| unseen(organization, "connector", &dn));
            let ruling = match (silent, unread) {
                (Some(silent), _) => {
                    Ruling::unknown(Reason::NotVisible, format!("{text}, but {} does not show its {CLIENT}", silent.dn))
                }
                (None, Some((reason, why))) => Ruling::unknown(reason, format!("{text}, but {why}")),
                (None, None) => Ruling::broken(Reason::NotMet, text),
            };
            found.push((vec![*index], ruling));
        }
        if self.full {
            found.push((Vec::new(), Ruling::unknown(Reason::Truncated, "There are more such recipients than are compared.")));
        }
        if self.silent {
            let message = "A custom recipient does not show its Target-Address: it may have been withheld or not asked for.";
            found.push((Vec::new(), Ruling::unknown(Reason::NotVisible, message)));
        }
        found.extend(hidden_unseen(organization));
        found
    }
}

/// Whether an address is `MS:NETWORK/POSTOFFICE/$SYSTEM`; the article writes it with backslashes.
fn is_system(address: &str) -> bool {
    let tail = |length: usize| address.get(address.len().saturating_sub(length)..).unwrap_or_default();
    address.get(..3).is_some_and(|kind| kind.eq_ignore_ascii_case("MS:"))
        && (tail(8).eq_ignore_ascii_case("/$SYSTEM") || tail(8).eq_ignore_ascii_case("\\$SYSTEM"))
}

/// Such recipients are hidden: where hidden objects are not seen, none was looked at.
fn hidden_unseen(organization: &Organization) -> Option<(Vec<u32>, Ruling)> {
    let sites = organization.sites_and_hidden();
    let unseen: Vec<String> = sites.into_iter().filter(|(_, hidden)| !hidden).map(|(site, _)| site).take(5).collect();
    if unseen.is_empty() || organization.hints.sees_hidden == Some(true) {
        return None;
    }
    let message = format!(
        "No hidden object of site {} was seen: such a recipient is hidden.\nTo decide it, bind as an administrator (-D \
         'cn=ACCOUNT,cn=DOMAIN,cn=admin' -W), or say --sees-hidden yes if hidden objects are seen and there are none.",
        unseen.join(", ")
    );
    Some((Vec::new(), Ruling::unknown(Reason::HiddenUnseen, message)))
}
