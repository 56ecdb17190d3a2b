//! Collecting: few searches, planned together, each streamed once. Judging comes after, without the source.

mod run;

use self::run::Passing;
use super::address::has_type;
use super::bound::{MOST_READS, MOST_SERVICES};
use super::class::Kind;
use super::declaration::Hints;
use super::naming;
use super::organization::{Destination, Organization};
use super::pointer::{self, State};
use super::requests;
use super::shapes::Shapes;
use super::wanted::{Blind, Wanted, Watch};
use crate::directory::dn::{Dn, DnKey};
use crate::directory::entry::Entry;
use crate::directory::source::{Ended, Search, Source};
use std::collections::BTreeMap;

/// Why a collection cannot be judged: what the operator said does not fit it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CollectError {
    /// A declaration names a server without an Internet Mail Service.
    #[error("--ims-admin names {server:?}, but no Internet Mail Service there was found; found: {found}")]
    NoSuchServer {
        /// What the operator wrote.
        server: String,
        /// The servers found.
        found: String,
    },
    /// Two declarations speak of the same service.
    #[error("--ims-admin is given twice for {0}")]
    DeclaredTwice(String),
}

/// Collects from `base` down what the checks want; `watch` sees what is too much to be kept.
///
/// # Errors
/// [`CollectError`] when a declaration does not fit what was found.
pub fn collect(
    source: &mut dyn Source,
    base: &Dn,
    hints: Hints,
    wanted: &Wanted,
    watch: &mut dyn Watch,
) -> Result<Organization, CollectError> {
    run(source, base, hints, wanted, watch, false)
}

/// As [`collect`], and looks for the witnesses that a later audit of what came back may need too.
///
/// # Errors
/// As [`collect`].
pub fn collect_for_later(
    source: &mut dyn Source,
    base: &Dn,
    hints: Hints,
    wanted: &Wanted,
    watch: &mut dyn Watch,
) -> Result<Organization, CollectError> {
    run(source, base, hints, wanted, watch, true)
}

fn run(
    source: &mut dyn Source,
    base: &Dn,
    hints: Hints,
    wanted: &Wanted,
    watch: &mut dyn Watch,
    for_later: bool,
) -> Result<Organization, CollectError> {
    let mut organization = Organization::new(source.origin(), hints);
    organization.proves_endings = source.proves_endings();
    organization.name = naming::organization_name(base);
    organization.base = base.clone();
    let wanted = wanted.clone().and(organization.hints.admin_attribute.clone());
    let mut collector = Collector {
        source,
        base,
        wanted,
        watch,
        organization,
        for_later,
        looked_up: BTreeMap::new(),
        swept_whole: false,
        shapes: Shapes::default(),
    };
    collector.services();
    collector.check_declarations()?;
    collector.administrators();
    collector.references();
    collector.witnesses();
    // a file that turned out to be damaged proves nothing any more
    collector.organization.proves_endings = collector.source.proves_endings();
    for note in collector.source.notes() {
        collector.organization.problem(note);
    }
    Ok(collector.organization)
}

/// Collects the services and the containers around them only: enough to tell what is visible.
pub fn survey(source: &mut dyn Source, base: &Dn) -> Organization {
    let mut organization = Organization::new(source.origin(), Hints::default());
    organization.proves_endings = source.proves_endings();
    organization.name = naming::organization_name(base);
    organization.base = base.clone();
    let (wanted, watch, looked_up) = (Wanted::default(), &mut Blind, BTreeMap::new());
    let shapes = Shapes::default();
    let mut collector =
        Collector { source, base, wanted, watch, organization, for_later: false, looked_up, swept_whole: false, shapes };
    collector.services();
    for note in collector.source.notes() {
        collector.organization.problem(note);
    }
    collector.organization
}

struct Collector<'a> {
    source: &'a mut dyn Source,
    base: &'a Dn,
    wanted: Wanted,
    watch: &'a mut dyn Watch,
    organization: Organization,
    /// Whether witnesses are looked for that this collection itself can do without.
    for_later: bool,
    /// Whether everything that one plain file holds streamed by.
    swept_whole: bool,
    /// The objects that references name and that were looked up.
    looked_up: BTreeMap<DnKey, Dn>,
    /// What was told apart of the objects that came.
    shapes: Shapes,
}

/// How often new references may lead to further ones.
const MOST_ROUNDS: usize = 3;

impl Collector<'_> {
    fn is_file(&self) -> bool {
        self.organization.origin.is_file()
    }

    /// The services and the containers around them.
    fn services(&mut self) {
        let mut searches = vec![requests::services(self.base, true, &self.wanted.services), requests::containers(self.base)];
        let mut what = vec!["the Internet Mail Services", "the containers"];
        if !self.wanted.configuration.is_empty() {
            let names = &self.wanted.configuration_attributes;
            searches.push(requests::configuration(self.base, &self.wanted.configuration, names));
            what.push("the configuration objects");
        }
        let configured = searches.len() > 2;
        let sweeps = !self.wanted.swept.is_empty();
        let mut passing = Passing::default();
        // one plain file is swept as it is read; of a collected one only its record says what was swept, and how that ended
        let plain = self.is_file() && self.source.files() == 1 && !self.organization.proves_endings;
        self.swept_whole = sweeps && plain;
        if sweeps && !plain {
            passing = Passing { noticed: Some(searches.len()), streamed: Some(searches.len()) };
            searches.push(requests::sweep(self.base, &self.wanted.swept, &self.wanted.swept_attributes));
            what.push("the recipients");
        }
        if self.is_file() {
            // a file is read whole once, whatever is looked for
            passing.noticed = Some(searches.len());
            passing.streamed = passing.streamed.or(passing.noticed.filter(|_| sweeps));
            searches.push(requests::everything());
        }
        let mut ended = self.run(&searches, passing);
        if matches!(ended.first(), Some(Ended::Refused(_))) {
            // `*` beside names may be more than an old server takes
            if let (Some(first), Some(again)) = (
                ended.first_mut(),
                self.run(&[requests::services(self.base, false, &self.wanted.services)], Passing::default()).pop(),
            ) {
                *first = again;
            }
        }
        for (end, what) in ended.iter().zip(what) {
            self.note(end, what);
        }
        if configured {
            self.organization.configuration_search = ended.get(2).cloned();
        }
        if let Some(streamed) = passing.streamed {
            let full = self.organization.sweep.is_full().then(|| "more objects came than are swept".to_owned());
            self.organization.sweep.ended = full.map(Ended::Cut).or_else(|| ended.get(streamed).cloned());
        }
        self.organization.ims_search = ended.into_iter().next().unwrap_or(Ended::Complete);
        // a file was read whole
        self.organization.hidden_looked = self.is_file() && self.organization.ims_search.is_complete();
        if self.organization.recognize() {
            self.incomplete(format!("More than {MOST_SERVICES} Internet Mail Services came; the others were not checked."));
        }
        if self.organization.unclassed_ims && !self.organization.ims.is_empty() {
            let text = "Objects named like an Internet Mail Service came without the class Mail-Gateway and were not checked.";
            self.incomplete(text.into());
        }
        self.note_unread_sites();
    }

    /// The objects that the services may refer to, and the recipients that the operator declared by name.
    fn administrators(&mut self) {
        let names: Vec<_> = self
            .organization
            .hints
            .declared
            .iter()
            .filter(|declaration| self.organization.ims.iter().any(|ims| declaration.is_for(ims)))
            .filter_map(|declaration| declaration.recipient.filter())
            .collect();
        let proves = self.organization.proves_endings;
        let asked_as_recipient = |entry: &Entry| {
            entry.parts().all(|part| part.asked.as_ref().is_none_or(|a| requests::RECIPIENT.iter().all(|n| a.names(n))))
        };
        let to_read = |dn: &Dn| self.organization.object(dn).is_none_or(|known| proves && !asked_as_recipient(known));
        let mut wanted: BTreeMap<DnKey, Dn> = BTreeMap::new();
        for ims in &self.organization.ims {
            let named = pointer::wanted(&self.organization, ims).into_iter().filter(to_read);
            wanted.extend(named.map(|dn| (dn.key(), dn)));
            if wanted.len() > MOST_READS {
                break;
            }
        }
        if wanted.len() > MOST_READS {
            let text = format!("The services name more than {MOST_READS} objects; the others were not looked up.");
            self.incomplete(text);
        }
        let by_name = (!names.is_empty()).then(|| requests::declared(self.base, names, &self.wanted.referred));
        let reads = wanted.into_values().take(MOST_READS).map(|dn| requests::recipient(&dn, &self.wanted.referred));
        let searches: Vec<Search> = by_name.iter().cloned().chain(reads).collect();
        let mut ended = self.run(&searches, Passing::default());
        if by_name.is_some() && !ended.is_empty() {
            let end = ended.remove(0);
            self.note(&end, "the declared recipients");
            self.organization.names_search = end;
        }
        let reads = searches.get(usize::from(by_name.is_some())..).unwrap_or_default();
        self.note_reads(reads, ended);
    }

    /// The other objects that references name, as the watcher wants them; they may name others again.
    fn references(&mut self) {
        for _ in 0..MOST_ROUNDS {
            let mut wanted: BTreeMap<DnKey, Dn> = BTreeMap::new();
            for dn in self.watch.wanted(&self.organization) {
                let key = dn.key();
                if !self.looked_up.contains_key(&key) && !self.organization.reads.contains_key(&key) {
                    wanted.insert(key, dn);
                }
            }
            let left = MOST_READS.saturating_sub(self.looked_up.len());
            if wanted.len() > left {
                let text = format!("References name more than {MOST_READS} objects; the others were not looked up.");
                self.incomplete(text);
            }
            let wanted: Vec<(DnKey, Dn)> = wanted.into_iter().take(left).collect();
            if wanted.is_empty() {
                return;
            }
            let reads: Vec<Search> = wanted.iter().map(|(_, dn)| requests::recipient(dn, &self.wanted.referred)).collect();
            self.read(&reads);
            self.looked_up.extend(wanted);
        }
    }

    /// What shows that an absence means something: parents, hidden objects, X.400 addresses.
    fn witnesses(&mut self) {
        let mut dangling: BTreeMap<DnKey, Dn> = BTreeMap::new();
        for dn in self.looked_up.values() {
            if matches!(self.organization.follow(dn), Destination::Nowhere(Ended::NoSuchObject)) {
                dangling.insert(dn.key(), dn.clone());
            }
        }
        let mut without_x400 = self.for_later;
        for ims in &self.organization.ims {
            let State::Leads(leads) = pointer::locate(&self.organization, ims).state else { continue };
            for dn in leads {
                match self.organization.follow(&dn) {
                    Destination::Nowhere(Ended::NoSuchObject) => _ = dangling.insert(dn.key(), dn),
                    Destination::Living(entry) if Kind::of(entry).is_recipient() => without_x400 |= !has_type(entry, "X400"),
                    _ => {}
                }
            }
        }
        let mut parents: BTreeMap<DnKey, Dn> = dangling.values().map(|dn| (dn.parent().key(), dn.parent())).collect();
        parents.retain(|_, dn| !dn.is_empty() && self.organization.object(dn).is_none());
        let parents: Vec<Search> = parents.values().map(requests::container).collect();
        self.read(&parents);
        if !self.organization.proves_endings {
            return; // a file was read whole
        }
        if without_x400 && !["textEncodedORAddress", "otherMailbox"].iter().any(|a| self.organization.shows_x400_in(a)) {
            self.organization.x400_search = self.probe(requests::x400(self.base), "recipients with an X.400 address");
        }
        let sites: Vec<Dn> =
            if self.for_later { self.organization.sites().map(|(_, site)| site.clone()).collect() } else { Vec::new() };
        self.look_for_hidden(dangling.into_values().chain(sites).collect());
    }

    /// Looks for hidden objects in the sites of dangling names: once in the whole organization, then site by site.
    fn look_for_hidden(&mut self, dangling: Vec<Dn>) {
        let unseen = |organization: &Organization| -> BTreeMap<DnKey, Dn> {
            let undecided = dangling.iter().filter(|dn| !organization.saw_hidden_at(dn));
            undecided.filter_map(naming::site_of).map(|site| (site.key(), site)).collect()
        };
        if self.organization.hints.sees_hidden.is_some() || unseen(&self.organization).is_empty() {
            return;
        }
        self.organization.hidden_search = self.probe(requests::hidden(self.base, 99), "hidden objects");
        self.organization.hidden_looked = self.organization.hidden_search.is_complete();
        if self.organization.hidden_search == Ended::OwnLimit {
            for site in unseen(&self.organization).into_values() {
                let ended = self.probe(requests::hidden(&site, 1), "hidden objects");
                // one that was cut is what must be told
                if self.organization.hidden_search.trouble().is_none() {
                    self.organization.hidden_search = ended;
                }
            }
        }
    }

    /// Reads objects. Of one plain file that was swept whole it is known already which are not in it.
    fn read(&mut self, reads: &[Search]) {
        let sweep = &self.organization.sweep;
        let whole = self.swept_whole && sweep.ended == Some(Ended::Complete) && self.organization.base.is_empty();
        let (there, absent): (Vec<Search>, Vec<Search>) =
            reads.iter().cloned().partition(|read| !whole || sweep.get(&read.base).is_some());
        let ended = self.run(&there, Passing::default());
        self.note_reads(&there, ended);
        let ended = vec![Ended::NoSuchObject; absent.len()];
        self.note_reads(&absent, ended);
    }

    fn note(&mut self, ended: &Ended, what: &str) {
        let how = match ended {
            Ended::Complete | Ended::OwnLimit => return,
            Ended::NoSuchObject => format!("the base {:?} does not exist, or this bind may not see it", self.base.to_string()),
            Ended::Denied => "this bind may not search there (50; Q192306: the server may allow only certain containers)".into(),
            other => other.trouble().unwrap_or_default().to_owned(),
        };
        self.incomplete(format!("The search for {what} did not complete: {how}."));
    }

    /// Something that was wanted was not read.
    fn incomplete(&mut self, problem: String) {
        self.organization.complete = false;
        self.organization.problem(problem);
    }

    /// Records how the read of each object ended that did not come back.
    fn note_reads(&mut self, reads: &[Search], ended: Vec<Ended>) {
        for (read, end) in reads.iter().zip(ended) {
            if self.organization.object(&read.base).is_some() {
                continue;
            }
            if let Some(how) = end.trouble().filter(|_| end != Ended::Referral) {
                self.organization.complete = false;
                self.organization.problem(format!("Reading {} did not complete: {how}.", read.base));
            }
            self.organization.reads.insert(read.base.key(), end);
        }
    }

    fn check_declarations(&self) -> Result<(), CollectError> {
        let organization = &self.organization;
        let may_be_missing = !organization.complete || (organization.ims.is_empty() && !organization.reads_configuration());
        for declaration in &organization.hints.declared {
            let server = match &declaration.server {
                super::declaration::Server::Name(name) => name.clone(),
                super::declaration::Server::Dn(dn) => dn.to_string(),
            };
            if !may_be_missing && !organization.ims.iter().any(|ims| declaration.is_for(ims)) {
                let mut found: Vec<&str> = organization.ims.iter().filter_map(|ims| ims.server.as_deref()).collect();
                found.sort_unstable();
                let found = if found.is_empty() { "none".to_owned() } else { found.join(", ") };
                return Err(CollectError::NoSuchServer { server, found });
            }
        }
        for ims in &organization.ims {
            if organization.hints.declared.iter().filter(|declaration| declaration.is_for(ims)).count() > 1 {
                return Err(CollectError::DeclaredTwice(ims.dn.to_string()));
            }
        }
        Ok(())
    }

    /// Names the sites whose connectors were not seen while those of others were.
    fn note_unread_sites(&mut self) {
        if !self.organization.reads_configuration() {
            return;
        }
        for site in self.organization.sites_without_connections() {
            let text = format!("Site {site}: its Connections container was not seen, so services there were not checked.");
            self.organization.problem(text);
        }
    }
}

#[cfg(test)]
#[path = "collect_tests.rs"]
mod tests;
