//! `dirsync-orphans`: a custom recipient for the `$SYSTEM` of a post office belongs to a requestor or remote requestor that is
//! there, and is the only one of its post office (Q163625).
//!
//! That `DXA-Remote-Client` of these names that recipient is inferred from its syntax (a name) and its being mandatory.

use super::{Answer, Comparing, Found, Reading, Ruling};
use crate::exchange::class::Kind;
use crate::exchange::confidence::Confidence;
use crate::exchange::naming;
use crate::exchange::questions::{Cause, Causes, Ground, Population, Questions, Seen, Truth};
use crate::exchange::selection::Selection;
use crate::report::Reason;
use serde::Deserialize;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

/// The rule; it takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Orphans {}

const ADDRESS: &str = "Target-Address";
const CLIENT: &str = "DXA-Remote-Client";

impl Reading for Orphans {
    fn attributes(&self) -> Vec<&str> {
        vec![ADDRESS]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        let partners = Selection::named("dirsync-partner").map(|selection| (selection, vec![CLIENT]));
        let connectors = Selection::named("connector").map(|selection| (selection, Vec::new()));
        partners.into_iter().chain(connectors).collect()
    }

    fn expected(&self) -> String {
        "a requestor or remote requestor for the post office".into()
    }
}

impl Comparing for Orphans {
    fn compare(&self, subjects: &[Seen<'_>], all: &Population<'_>, most: usize) -> Vec<Found> {
        // such recipients are hidden: where hidden ones are not seen, none was looked at
        let missing = all.whole().err().unwrap_or_default();
        let mut open = Causes::default();
        let mut systems: Vec<(Seen<'_>, String)> = Vec::new();
        for subject in subjects.iter().filter(|subject| *subject.kind() == Kind::CustomRecipient) {
            match subject.values(ADDRESS).texts().next() {
                Some(address) if is_system(&address) => systems.push((*subject, address)),
                Some(_) => {}
                None => open = open.and(&unshown(subject, ADDRESS)),
            }
        }
        let mut found = Vec::new();
        if let Some((first, _)) = systems.first() {
            let partners = Partners::of(first.questions());
            let is_orphan = |system: &Seen<'_>| !partners.named.contains(&system.dn().number());
            let orphans = systems.iter().filter(|(system, _)| is_orphan(system));
            found.extend(orphans.take(most).map(|(system, address)| Found::of(system, partners.answer(system, address))));
            // the second of two that requestors name: one that nobody names was told
            let mut named: Vec<&(Seen<'_>, String)> = systems.iter().filter(|(system, _)| !is_orphan(system)).collect();
            named.sort_by_cached_key(|(system, _)| system.dn().key());
            let mut by_office: HashMap<String, Seen<'_>> = HashMap::new();
            for (system, address) in named {
                match by_office.entry(address.replace('\\', "/").to_lowercase()) {
                    Entry::Vacant(office) => _ = office.insert(*system),
                    Entry::Occupied(first) => found.push(Found::of(system, again(system, address, first.get()))),
                }
            }
        }
        found.extend(Found::untold(open));
        found.extend(Found::unseen(missing));
        found
    }
}

/// What to say of a recipient for a post office that another one stands for already.
fn again(system: &Seen<'_>, address: &str, first: &Seen<'_>) -> Answer {
    for one in [system, first] {
        one.agrees_on(&[ADDRESS])?;
        if let Truth::Open(causes) = one.lives() {
            return Err(causes);
        }
    }
    Ok(Ruling::broken(Reason::Duplicate, format!("both this and {} represent {address}", first.dn())))
}

/// The requestors and remote requestors, and whom they name.
struct Partners {
    /// The numbers of the names.
    named: HashSet<u128>,
    /// Why some may name another recipient.
    open: Causes,
}

impl Partners {
    fn of(questions: &Questions) -> Self {
        let mut partners = Self { named: HashSet::new(), open: Causes::default() };
        let all = Selection::named("dirsync-partner").map(|selection| questions.all(selection, None).living());
        for partner in all.iter().flat_map(Population::seen) {
            if let Err(causes) = partners.note(&partner) {
                partners.open = std::mem::take(&mut partners.open).and(&causes);
            }
        }
        partners
    }

    /// Notes whom a partner names.
    fn note(&mut self, partner: &Seen<'_>) -> Result<(), Causes> {
        let values = partner.values(CLIENT);
        for text in values.texts() {
            let value = || text.chars().take(100).collect();
            let unreadable = || Cause::Unreadable { object: partner.dn().to_string(), attribute: CLIENT.into(), value: value() };
            let named = naming::from_either(&text).ok_or_else(|| partner.questions().cause(unreadable()))?;
            self.named.insert(named.number());
        }
        // a server of the exchange has no such name; every other partner has one (mandatory, SDK sch_cont_4uox)
        match values.seen().next() {
            None if partner.has_class("DXA-Site-Server") => Ok(()),
            None => Err(unshown(partner, CLIENT)),
            Some(_) => values.whole().map(|_| ()).map_err(Causes::clone),
        }
    }

    /// What to say of a recipient that none of them names.
    fn answer(&self, system: &Seen<'_>, address: &str) -> Answer {
        let mut ground = Ground::documented();
        // there may be no requestor at all: other connectors tell whether one would be seen
        for selection in ["dirsync-partner", "connector"].into_iter().filter_map(Selection::named) {
            ground = ground.and(&system.questions().all(selection, system.site_dn()).living().whole()?);
        }
        system.agrees_on(&[ADDRESS])?;
        if !self.open.is_empty() {
            return Err(self.open.clone());
        }
        let message = format!("it represents {address}, but no requestor names it");
        let ruling = Ruling::broken(Reason::NotMet, message);
        Ok(if ground.confidence() == Confidence::Inferred { ruling.inferred() } else { ruling })
    }
}

/// Why a mandatory attribute did not come back: it was not asked for, or kept back.
fn unshown(seen: &Seen<'_>, attribute: &str) -> Causes {
    let kept_back = || Cause::NotVisible { attribute: attribute.to_owned(), site: seen.site().map(str::to_owned) };
    seen.values(attribute).whole().err().cloned().unwrap_or_else(|| seen.questions().cause(kept_back()))
}

/// Whether an address is `MS:NETWORK/POSTOFFICE/$SYSTEM`; the article writes it with backslashes.
fn is_system(address: &str) -> bool {
    let tail = |length: usize| address.get(address.len().saturating_sub(length)..).unwrap_or_default();
    address.get(..3).is_some_and(|kind| kind.eq_ignore_ascii_case("MS:"))
        && (tail(8).eq_ignore_ascii_case("/$SYSTEM") || tail(8).eq_ignore_ascii_case("\\$SYSTEM"))
}
