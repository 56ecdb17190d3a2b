//! Where a name leads.
//!
//! "Not there" needs witnesses: the search that would have shown the object ended, the container is readable, and hidden objects of
//! that site are seen. Otherwise the object may be hidden, or of a site that is not replicated here.

use super::Questions;
use super::cause::{Cause, Causes};
use super::cover::Cover;
use super::seen::Seen;
use super::sight::SiteId;
use super::truth::{Ground, Truth};
use crate::directory::dn::Dn;
use crate::directory::filter::Filter;
use crate::directory::source::{Ended, Scope};
use crate::directory::whole::{Answered, Directory, Source, SourceId};
use crate::exchange::naming;
use crate::exchange::requests;
use crate::exchange::selection::Selection;
use std::collections::HashMap;

/// Where a name leads.
#[derive(Debug)]
pub enum Lookup<'q> {
    /// To a living object. One that was shown, and of which nothing tells whether it lives, is [`Lookup::Open`].
    There(Seen<'q>),
    /// To what is left of a deleted object.
    Deleted(Seen<'q>),
    /// Nowhere: there is no such object.
    Gone(Ground, Witness),
    /// That is not known.
    Open(Causes),
}

/// What shows that an object is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Witness {
    /// Its container and hidden objects of its site are readable.
    Readable {
        /// The source that shows it.
        location: String,
    },
    /// Others of its container are seen, and such objects cannot be hidden.
    Siblings {
        /// The source that shows it.
        location: String,
    },
    /// What it lies below is gone.
    Above(Box<(Dn, Witness)>),
    /// A change took it away (what-if).
    Change,
    /// Only its tombstone is seen.
    Tombstone {
        /// The source that shows it.
        location: String,
    },
}

/// Whether a search with the second filter finds what matches the first.
fn is_among(filter: &Filter, searched: &Filter) -> bool {
    match searched {
        Filter::Or(any) => searched == filter || any.iter().any(|one| one.to_string() == filter.to_string()),
        one => one == filter,
    }
}

/// The reads of single objects: by source and name, which of its searches.
pub(super) fn reads(directory: &Directory) -> HashMap<(SourceId, u128), usize> {
    let mut reads = HashMap::new();
    for (id, source) in directory.sources_with_ids() {
        for (at, answered) in source.searches.iter().enumerate() {
            if answered.search.scope == Scope::Base {
                // of several reads the last counts
                reads.insert((id, answered.search.base.number()), at);
            }
        }
    }
    reads
}

impl Questions {
    /// Where a name leads.
    pub fn object(&self, dn: &Dn) -> Lookup<'_> {
        if let Some(seen) = self.find(dn) {
            match seen.lives() {
                Truth::Yes(_) => return Lookup::There(seen),
                Truth::Open(causes) => return Lookup::Open(causes),
                Truth::No(_) => {}
            }
            // the rest of a file that was cut might hold a newer object of the name (Q239639)
            let mut cut = seen.entry.records().iter().filter_map(|record| {
                let run = self.directory.run(record.run)?;
                self.directory.source(run.source)?.trouble.clone()
            });
            return match cut.next() {
                Some(how) => Lookup::Open(self.cause(Cause::cut(how))),
                None => Lookup::Deleted(seen),
            };
        }
        if self.directory.was_taken(dn) {
            return Lookup::Gone(Ground::documented(), Witness::Change);
        }
        let (mut unread, mut looked) = (Causes::default(), Vec::new());
        for (id, source) in self.directory.sources_with_ids() {
            match self.was_looked_for(id, source, dn) {
                Ok(Some(inferred)) => looked.push((id, source, inferred)),
                Ok(None) => {}
                Err(causes) => unread = unread.and(&causes),
            }
        }
        // one that was not looked through to its end may hold it
        if !unread.is_empty() {
            return Lookup::Open(unread);
        }
        let (mut open, mut is_near) = (Causes::default(), false);
        for (id, source, inferred) in looked {
            match self.not_in(id, source, inferred, dn) {
                Ok((ground, witness)) => return Lookup::Gone(ground, witness),
                // a source that shows the container says more than one that does not
                Err(causes) if self.shows(id, &dn.parent()) && !is_near => (open, is_near) = (causes, true),
                Err(causes) if self.shows(id, &dn.parent()) || !is_near => open = open.and(&causes),
                Err(_) => {}
            }
        }
        Lookup::Open(if open.is_empty() { self.cause(Cause::not_looked_up(dn)) } else { open })
    }

    /// The entry of that name, living or deleted, if it was seen.
    pub fn find(&self, dn: &Dn) -> Option<Seen<'_>> {
        self.directory.find(dn).map(|entry| self.see(entry))
    }

    /// Every object that is not known to be deleted.
    pub fn living_objects(&self) -> impl Iterator<Item = Seen<'_>> {
        self.directory.entries().filter(|entry| !entry.is_deleted()).map(|entry| self.see(entry))
    }

    /// The deleted and the living recipients that match a filter, as they are shown.
    pub fn recipients_that_match(&self, filter: &Filter) -> (Vec<Seen<'_>>, Vec<Seen<'_>>) {
        let recipients = self.directory.entries().filter(|entry| filter.matches(entry)).map(|entry| self.see(entry));
        recipients.filter(|seen| seen.kind().is_recipient()).partition(|seen| seen.entry.is_deleted())
    }

    /// Whether recipients that match this filter were looked for, by themselves or with all others.
    pub fn was_searched_for(&self, filter: &Filter) -> bool {
        let everyone = Selection::named("recipient").unwrap_or(Selection::every_object());
        self.directory.sources_with_ids().any(|(id, source)| {
            source.is_file() && !source.proves
                || source.searches.iter().any(|answered| is_among(filter, &answered.search.filter))
                || matches!(self.searched.covers(id, everyone, &self.base), Cover::Whole)
        })
    }

    /// What cut the look for what matches this filter, if something did.
    pub fn trouble_of(&self, filter: &Filter) -> Option<String> {
        let is_it = |answered: &&Answered| is_among(filter, &answered.search.filter);
        self.directory.sources().iter().find_map(|source| {
            let looked = source.searches.iter().filter(is_it).find_map(|answered| match &answered.ended {
                Ended::Denied => Some("this bind may not search there"),
                ended => ended.trouble(),
            });
            source.trouble.clone().or_else(|| looked.map(str::to_owned))
        })
    }

    /// Whether nothing says what was asked for when an object came.
    pub fn is_asked_of_nobody_known(&self, seen: &Seen<'_>) -> bool {
        seen.entry.records().iter().all(|record| self.directory.asked(record.asked).is_none())
    }

    /// On what ground an object is not there that a source does not show.
    fn not_in(&self, id: SourceId, source: &Source, inferred: bool, dn: &Dn) -> Result<(Ground, Witness), Causes> {
        let ground = if inferred { Ground::inferred() } else { Ground::documented() };
        let site_unseen = || self.cause(Cause::SiteUnseen { site: naming::site_name(dn) });
        let site = naming::site_of(dn).and_then(|site| self.sight.find_site(&site)).ok_or_else(site_unseen)?;
        if !self.sight.site(site).is_some_and(|site| site.sources.contains(&id)) {
            return Err(site_unseen());
        }
        let location = source.location.clone();
        // a server cannot be hidden from the address book (Computer has no such attribute, SDK sch_cont_6iia): where others of its
        // site are seen, it would be
        if naming::server_of(dn).is_some_and(|server| server.depth() == dn.depth()) {
            return match self.has_sibling(id, dn, site) {
                true => Ok((ground, Witness::Siblings { location })),
                false => Err(self.cause(Cause::container(&dn.parent()))),
            };
        }
        let parent = dn.parent();
        if !self.shows(id, &parent) {
            // what lies below something that is gone is gone with it. Of what stands right below a site that is not told: names are
            // also printed without their Configuration container (Q154537)
            let is_deep = parent.depth() > naming::SITE_DEPTH + 1;
            let is_server = naming::server_of(dn).is_some_and(|server| server.number() == parent.number());
            return match self.object(&parent) {
                Lookup::Gone(above, witness) if is_deep => Ok((ground.and(&above), Witness::Above(Box::new((parent, witness))))),
                Lookup::Deleted(_) if is_server => {
                    Ok((ground, Witness::Above(Box::new((parent, Witness::Tombstone { location })))))
                }
                _ => Err(self.cause(Cause::container(&parent))),
            };
        }
        let seen = self.hints.sees_hidden.unwrap_or_else(|| self.sight.shows_hidden(id, site, naming::is_configuration(dn)));
        match seen {
            true => Ok((ground, Witness::Readable { location })),
            false => Err(self.look_for_hidden_was_cut(source).unwrap_or_else(|| self.hidden(site))),
        }
    }

    /// That the look for hidden objects did not end, if it did not.
    fn look_for_hidden_was_cut(&self, source: &Source) -> Option<Causes> {
        let is_look = |filter: &Filter| *filter == requests::hidden(&Dn::default(), 1).filter;
        let mut cut = source
            .searches
            .iter()
            .filter(|answered| is_look(&answered.search.filter))
            .filter_map(|answered| answered.ended.trouble());
        let how = cut.next()?;
        Some(self.cause(Cause::cut(format!("looking for hidden objects did not complete: {how}"))))
    }

    /// That hidden objects of a site were not seen.
    pub(super) fn hidden(&self, site: SiteId) -> Causes {
        let site = self.sight.site(site).map(|site| site.name.clone()).unwrap_or_default();
        self.cause(Cause::Hidden { site })
    }

    /// Whether a source was looked through for an object, and then whether its absence is inferred; none where nobody looked.
    fn was_looked_for(&self, id: SourceId, source: &Source, dn: &Dn) -> Result<Option<bool>, Causes> {
        let object = || dn.to_string();
        if let Some(read) = self.reads.get(&(id, dn.number())).and_then(|at| source.searches.get(*at)) {
            return match &read.ended {
                // a server that has no such object says so (32)
                Ended::NoSuchObject => Ok(Some(!source.proves)),
                Ended::Denied => Err(self.cause(Cause::Denied { what: object() })),
                Ended::Referral => Err(self.cause(Cause::Referred { object: object() })),
                Ended::Refused(how) | Ended::Cut(how) => {
                    Err(self.cause(Cause::cut(format!("{dn} could not be looked up: {how}"))))
                }
                Ended::Complete | Ended::OwnLimit => Err(self.cause(Cause::Withheld { object: object() })),
            };
        }
        if let Some(trouble) = &source.trouble {
            return Err(self.cause(Cause::cut(trouble.clone())));
        }
        // nobody asked for it by name: it would have come with the others of its place
        match self.searched.covers(id, Selection::of_place(dn), dn) {
            Cover::Whole => Ok(Some(true)),
            Cover::Ended(cause) => Err(self.cause(cause)),
            Cover::Nobody => Ok(None),
        }
    }

    /// Whether a source shows a living object of that name.
    pub(super) fn shows(&self, source: SourceId, dn: &Dn) -> bool {
        let from = |seen: &Seen<'_>| {
            let mut runs = seen.entry.records().iter().filter_map(|record| self.directory.run(record.run));
            runs.any(|run| run.source == source)
        };
        self.find(dn).is_some_and(|seen| !seen.entry.is_deleted() && from(&seen))
    }

    /// Whether a source shows another server beside one.
    fn has_sibling(&self, source: SourceId, server: &Dn, site: SiteId) -> bool {
        let container = server.parent().number();
        let servers = self.members_of("server", Some(site));
        servers.iter().filter_map(|id| self.get(*id)).any(|seen| {
            let dn = seen.dn();
            dn.parent().number() == container && self.shows(source, &dn)
        })
    }
}
