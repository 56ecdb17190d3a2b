//! `postmaster`: mail to postmaster@ a site's own domain goes to the administrator of its Internet Mail Service, whoever has
//! that address (Q242387, Q201072). So nobody else has it.

use super::unseen::hidden_unseen;
use super::{Gather, Glance, Judging, Object, Ruling};
use crate::directory::dn::Dn;
use crate::exchange::address::{ATTRIBUTES, Written, proxy_addresses};
use crate::exchange::naming;
use crate::exchange::organization::Organization;
use crate::exchange::pointer::{self, State};
use crate::exchange::selection::Selection;
use crate::report::{Reason, Verdict};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The rule; it takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Postmaster {}

impl Judging for Postmaster {
    fn attributes(&self) -> Vec<&str> {
        ATTRIBUTES.to_vec()
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        Selection::named("site-addressing").map(|each| (each, vec!["Gateway-Proxy"])).into_iter().collect()
    }

    fn expected(&self) -> String {
        "postmaster@ the site's domain on the administrator of its Internet Mail Service only".into()
    }

    fn judge(&self, _: &Object<'_>) -> Option<Ruling> {
        None
    }

    fn gather(&self) -> Option<Box<dyn Gather>> {
        Some(Box::new(Holders::default()))
    }
}

/// Who has an address of a postmaster, at which domain.
#[derive(Default)]
struct Holders {
    found: Vec<Holder>,
    full: bool,
}

struct Holder {
    dn: Dn,
    index: u32,
    domain: String,
}

/// Holders that are noted; an organization has a few.
const MOST: usize = 10_000;
const NAME: &[u8] = b"postmaster@";

impl Gather for Holders {
    fn see(&mut self, glance: &Glance<'_>, index: u32) {
        // nearly nobody has one: look before anything is copied
        if !glance.addresses().iter().any(may_be) {
            return;
        }
        let entry = glance.entry;
        for address in proxy_addresses(entry).into_iter().filter(|address| address.kind == "SMTP") {
            let text = address.value.trim().to_lowercase();
            let Some(domain) = text.strip_prefix("postmaster@") else { continue };
            if self.found.len() >= MOST {
                self.full = true;
                return;
            }
            self.found.push(Holder { dn: entry.dn.clone(), index, domain: domain.to_owned() });
        }
    }

    fn finish(&self, organization: &Organization, _: &dyn Fn(u32) -> String, most: usize) -> Vec<(Vec<u32>, Ruling)> {
        let sites = Site::all(organization);
        // one result for each holder, whatever it holds
        let mut of: BTreeMap<u32, Ruling> = BTreeMap::new();
        for holder in &self.found {
            let own = || sites.iter().filter(|site| site.domains.contains(&holder.domain));
            if own().any(|site| site.is_administered_by(holder)) {
                continue;
            }
            for ruling in own().filter_map(|site| site.ruling(holder, organization)) {
                let worse = of.get(&holder.index).is_none_or(|known| known.verdict != Verdict::Fail);
                if worse {
                    of.insert(holder.index, ruling);
                }
            }
        }
        let mut found: Vec<(Vec<u32>, Ruling)> = of.into_iter().map(|(index, ruling)| (vec![index], ruling)).collect();
        // a site whose domain was not seen may have that of a holder's address
        let blind: Vec<&str> = sites.iter().filter(|site| !site.seen).map(|site| site.name.as_str()).collect();
        let open = |holder: &&Holder| !sites.iter().any(|site| site.domains.contains(&holder.domain));
        if let Some(holder) = self.found.iter().find(open).filter(|_| !blind.is_empty()) {
            let message = format!(
                "{} has the address postmaster@{}, and the domain of site {} was not seen (Gateway-Proxy of Site Addressing).",
                holder.dn,
                holder.domain,
                blind.iter().take(5).copied().collect::<Vec<_>>().join(", ")
            );
            found.push((Vec::new(), Ruling::unknown(Reason::ConfigUnreadable, message)));
        }
        found.truncate(most);
        if self.full {
            found.push((Vec::new(), Ruling::unknown(Reason::Truncated, "More recipients have such an address than are noted.")));
        }
        found.extend(hidden_unseen(organization, "the address of a postmaster").map(|ruling| (Vec::new(), ruling)));
        found
    }
}

/// Whether it may be the address of a postmaster.
fn may_be(written: &Written<'_>) -> bool {
    let start = written.address.trim_ascii_start();
    // the address may begin with other blanks, which are no ASCII
    start.first().is_some_and(|byte| !byte.is_ascii())
        || start.get(..NAME.len()).is_some_and(|head| head.eq_ignore_ascii_case(NAME))
}

/// A site: its own SMTP domains, and who administers its services.
struct Site {
    name: String,
    /// Whether its addressing was seen.
    seen: bool,
    domains: Vec<String>,
    administrators: Vec<Administrator>,
}

/// The administrator of one service.
struct Administrator {
    service: Dn,
    /// Who it is; none if that is not known.
    known: Option<Vec<Dn>>,
}

impl Site {
    /// The sites that anything was seen of.
    fn all(organization: &Organization) -> Vec<Self> {
        let addressing = Selection::named("site-addressing");
        let names = organization.sites_and_hidden().into_iter().map(|(name, _)| name);
        let of = |name: String| {
            let here = |dn: &Dn| naming::site_name(dn).is_some_and(|site| site.eq_ignore_ascii_case(&name));
            let own = organization.living().filter(|entry| here(&entry.dn) && addressing.is_some_and(|each| each.takes(entry)));
            let proxies: Vec<String> = own.flat_map(|entry| entry.texts("Gateway-Proxy").collect::<Vec<_>>()).collect();
            let services = organization.ims.iter().filter(|ims| here(&ims.dn));
            let administrators = services.map(|ims| Administrator {
                service: ims.dn.clone(),
                known: match pointer::locate(organization, ims).state {
                    State::Leads(leads) if leads.len() == 1 => Some(leads),
                    State::Unset(_) => Some(Vec::new()),
                    _ => None,
                },
            });
            Self {
                seen: !proxies.is_empty(),
                domains: proxies.iter().filter_map(|text| domain(text)).collect(),
                administrators: administrators.collect(),
                name: name.clone(),
            }
        };
        // address book views are no site (Q192306)
        names.filter(|name| !name.eq_ignore_ascii_case("_ABVIEWS_")).map(of).collect()
    }

    /// Whether the holder of an address is the administrator of one of its services.
    fn is_administered_by(&self, holder: &Holder) -> bool {
        let mut known = self.administrators.iter().flat_map(|administrator| administrator.known.iter().flatten());
        known.any(|dn| dn.key() == holder.dn.key())
    }

    /// What is to be said of a holder of an address in this site's domain who administers none of its services; none if nobody
    /// is there to take the mail away.
    fn ruling(&self, holder: &Holder, organization: &Organization) -> Option<Ruling> {
        let address = format!("has the address postmaster@{}", holder.domain);
        let unread = organization.sites_without_connections();
        if self.administrators.is_empty() {
            let unseen =
                unread.iter().any(|name| name.eq_ignore_ascii_case(&self.name)) || !organization.ims_search.is_complete();
            let message = format!("{address}; whether site {} has an Internet Mail Service was not seen", self.name);
            return unseen.then(|| Ruling::unknown(Reason::ConfigUnreadable, message));
        }
        if let Some(unknown) = self.administrators.iter().find(|administrator| administrator.known.is_none()) {
            let message = format!("{address}; whether it is the administrator of {} is not known", unknown.service);
            return Some(Ruling::unknown(Reason::NoPointer, message));
        }
        // where none is set, ims-admin-set says so
        let (service, who) = self.administrators.iter().find_map(|administrator| {
            let who = administrator.known.as_ref()?.first()?;
            Some((&administrator.service, who))
        })?;
        let message = format!("{address}, but mail to it goes to {who}, the administrator of {service}");
        Some(Ruling::broken(Reason::Mismatch, message))
    }
}

/// The domain of a site's primary SMTP address, `SMTP:@domain`.
fn domain(text: &str) -> Option<String> {
    Some(text.strip_prefix("SMTP:")?.trim().strip_prefix('@')?.to_lowercase())
}
