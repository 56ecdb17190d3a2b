//! `postmaster`: mail to postmaster@ a site's own domain goes to the administrator of its Internet Mail Service, whoever has
//! that address (Q242387, Q201072). So nobody else has it.

use super::{Answer, Comparing, Found, Reading, Ruling};
use crate::directory::dn::Dn;
use crate::exchange::address::{ATTRIBUTES, Written, proxy_addresses};
use crate::exchange::ims::Ims;
use crate::exchange::pointer::{self, State};
use crate::exchange::questions::{Cause, Causes, Object, Population, Questions, Seen, UntoldReason};
use crate::exchange::selection::Selection;
use crate::report::Reason;
use rayon::prelude::*;
use serde::Deserialize;
use std::cell::OnceCell;

/// The rule; it takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Postmaster {}

impl Reading for Postmaster {
    fn attributes(&self) -> Vec<&str> {
        ATTRIBUTES.to_vec()
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        let addressing = Selection::named("site-addressing").map(|each| (each, vec!["Gateway-Proxy"]));
        let services = Selection::named("ims").map(|each| (each, vec!["Extension-Data"]));
        addressing.into_iter().chain(services).collect()
    }

    fn expected(&self) -> String {
        "postmaster@ the site's domain on the administrator of its Internet Mail Service only".into()
    }
}

impl Comparing for Postmaster {
    fn compare(&self, subjects: &[Seen<'_>], all: &Population<'_>, most: usize) -> Vec<Found> {
        let holders: Vec<Holder<'_>> = subjects.par_iter().filter_map(|subject| Holder::of(*subject)).collect();
        // an address of a postmaster may be among those that somebody does not show
        let mut open = Causes::of_all(subjects, |subject| subject.all_addresses("SMTP").err().unwrap_or_default());
        let mut found = Vec::new();
        if let Some(first) = holders.first() {
            let sites = Sites::of(first.seen.questions());
            for holder in &holders {
                found.extend(sites.answer(holder).map(|answer| Found::of(&holder.seen, answer)));
            }
            // a site of which the domain was not seen may have that of a holder's address
            if holders.iter().any(|holder| !sites.know(holder)) {
                open = open.and(&sites.open);
            }
        }
        found.truncate(most);
        found.extend(Found::untold(open));
        found.extend(Found::unseen(all.whole().err().unwrap_or_default()));
        found
    }
}

/// Who has an address of a postmaster.
struct Holder<'q> {
    seen: Seen<'q>,
    /// At which domains, in lower case.
    domains: Vec<String>,
}

impl<'q> Holder<'q> {
    fn of(seen: Seen<'q>) -> Option<Self> {
        let object = Object::of(seen);
        // nearly nobody has one: look before anything is copied
        if !object.addresses().iter().any(may_be) {
            return None;
        }
        let smtp = proxy_addresses(&seen.shown()).into_iter().filter(|address| address.kind == "SMTP");
        let domain = |text: String| text.strip_prefix("postmaster@").map(str::to_owned);
        let domains: Vec<String> = smtp.filter_map(|address| domain(address.value.trim().to_lowercase())).collect();
        (!domains.is_empty()).then_some(Self { seen, domains })
    }
}

/// Whether it may be the address of a postmaster.
fn may_be(written: &Written<'_>) -> bool {
    const NAME: &[u8] = b"postmaster@";
    let start = written.address.trim_ascii_start();
    // the address may begin with other blanks, which are no ASCII
    start.first().is_some_and(|byte| !byte.is_ascii())
        || start.get(..NAME.len()).is_some_and(|head| head.eq_ignore_ascii_case(NAME))
}

/// The sites of which the addressing was seen.
struct Sites<'q> {
    all: Vec<Site<'q>>,
    /// Why the domain of some site is not known.
    open: Causes,
}

/// A site: its own SMTP domains, and who administers its services.
struct Site<'q> {
    addressing: Seen<'q>,
    domains: Vec<String>,
    services: OnceCell<Result<Vec<Service>, Causes>>,
}

/// An Internet Mail Service.
struct Service {
    dn: Dn,
    /// Its administrator; none if it has none.
    administrator: Result<Option<Dn>, Causes>,
}

impl<'q> Sites<'q> {
    fn of(questions: &'q Questions) -> Self {
        let mut sites = Self { all: Vec::new(), open: Causes::default() };
        let Some(selection) = Selection::named("site-addressing") else { return sites };
        let population = questions.all(selection, None).living();
        sites.open = population.whole().err().unwrap_or_default();
        for addressing in population.seen() {
            let proxies = addressing.values("Gateway-Proxy");
            if let Err(causes) = proxies.whole() {
                sites.open = std::mem::take(&mut sites.open).and(causes);
            }
            let domains = proxies.texts().filter_map(|text| domain(&text)).collect();
            sites.all.push(Site { addressing, domains, services: OnceCell::new() });
        }
        sites
    }

    /// The sites of which the own domain is one of these.
    fn own<'s>(&'s self, holder: &'s Holder<'_>) -> impl Iterator<Item = (&'s Site<'q>, &'s str)> {
        self.all.iter().filter_map(|site| {
            let domain = holder.domains.iter().find(|domain| site.domains.contains(domain))?;
            Some((site, domain.as_str()))
        })
    }

    /// Whether each domain of a holder is that of a site.
    fn know(&self, holder: &Holder<'_>) -> bool {
        holder.domains.iter().all(|domain| self.all.iter().any(|site| site.domains.contains(domain)))
    }

    /// What to say of a holder; nothing if it is an administrator of the sites whose domains it has, or if nobody is there to take
    /// the mail away.
    fn answer(&self, holder: &Holder<'_>) -> Option<Answer> {
        let mut open = Causes::default();
        let mut worst = None;
        for (site, domain) in self.own(holder) {
            if self.own(holder).any(|(other, same)| same == domain && other.is_administered_by(&holder.seen)) {
                continue;
            }
            match site.ruling(domain) {
                Ok(Some(ruling)) => _ = worst.get_or_insert(ruling),
                Ok(None) => {}
                Err(causes) => open = open.and(&causes),
            }
        }
        match worst {
            Some(ruling) => Some(holder.seen.agrees_on(&ATTRIBUTES).map(|()| ruling)),
            None if open.is_empty() => None,
            None => Some(Err(open)),
        }
    }
}

impl Site<'_> {
    /// Its services, looked up once.
    fn services(&self) -> Result<&[Service], Causes> {
        let find = || {
            let Some(selection) = Selection::named("ims") else { return Ok(Vec::new()) };
            let services = self.addressing.questions().all(selection, self.addressing.site_dn()).living();
            let found = services.seen().map(|seen| Service { dn: seen.dn(), administrator: administrator(&seen) }).collect();
            services.whole().map(|_| found)
        };
        self.services.get_or_init(find).as_deref().map_err(Causes::clone)
    }

    /// Whether an object is the administrator of one of its services.
    fn is_administered_by(&self, seen: &Seen<'_>) -> bool {
        let is = |service: &Service| matches!(&service.administrator, Ok(Some(who)) if seen.is(who));
        self.services().is_ok_and(|services| services.iter().any(is))
    }

    /// What to say of one who has a postmaster's address in this domain of the site and administers none of its services.
    fn ruling(&self, domain: &str) -> Result<Option<Ruling>, Causes> {
        let services = self.services()?;
        for service in services {
            service.administrator.as_ref().map_err(Causes::clone)?;
        }
        // where none is set, ims-admin-set says so
        let set = services.iter().find_map(|service| Some((&service.dn, service.administrator.as_ref().ok()?.as_ref()?)));
        Ok(set.map(|(service, who)| {
            let message =
                format!("has the address postmaster@{domain}, but mail to it goes to {who}, the administrator of {service}");
            Ruling::broken(Reason::Mismatch, message)
        }))
    }
}

/// The administrator of a service; none if it has none.
fn administrator(service: &Seen<'_>) -> Result<Option<Dn>, Causes> {
    let Some(ims) = Ims::of(&service.shown()) else { return Ok(None) };
    match pointer::locate(service.questions(), &ims, service).state {
        State::Unset(_) => return Ok(None),
        State::Leads(mut leads) if leads.len() == 1 => return Ok(leads.pop()),
        State::Leads(_) | State::Undecided(_) | State::Unresolved(_) => {}
    }
    let what = format!("who is the administrator of {}", service.dn());
    Err(service.questions().cause(Cause::Untold { reason: UntoldReason::NoPointer, what }))
}

/// The domain of a site's primary SMTP address: `SMTP:@domain`, or what user names are made of before it, `SMTP:%g.%s@domain` (Q153270).
fn domain(text: &str) -> Option<String> {
    let (_, domain) = text.strip_prefix("SMTP:")?.trim().rsplit_once('@')?;
    (!domain.is_empty()).then(|| domain.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_before_the_domain_does_not_matter() {
        for (text, expected) in [
            ("SMTP:@Site.example", Some("site.example")),
            ("SMTP:%g.%s@site.example", Some("site.example")),
            ("SMTP:site.example", None),
            ("SMTP:%m@", None),
            ("smtp:@other.example", None),
        ] {
            assert_eq!(domain(text).as_deref(), expected, "{text}");
        }
    }
}
