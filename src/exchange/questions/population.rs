//! All objects of a kind: those that were seen, and what may be missing.
//!
//! The search that would show them ended; their container, or one of them, was seen; of recipients, hidden ones were seen too. Sites
//! are whole where a search from the organization ended and no name leads to an unseen site.

use super::Questions;
use super::cause::{Cause, Causes};
use super::cover::Cover;
use super::named::Named;
use super::seen::Seen;
use super::sight::{KindInfo, SiteId};
use super::truth::{Ground, Truth};
use crate::directory::dn::Dn;
use crate::directory::whole::{EntryId, SourceId};
use crate::exchange::ims::{self, Ims};
use crate::exchange::naming;
use crate::exchange::selection::Selection;
use std::collections::HashMap;

/// The objects of a selection.
#[derive(Debug, Default)]
pub(super) struct Members {
    all: Vec<EntryId>,
    by_site: HashMap<Option<SiteId>, Vec<EntryId>>,
}

/// What may be missing of the objects of a selection.
#[derive(Debug, Clone, Default)]
pub(super) struct Gaps {
    /// What was not read.
    pub(super) unread: Causes,
    /// That hidden ones were not seen.
    pub(super) hidden: Causes,
    /// Whether that there are no others is inferred.
    pub(super) inferred: bool,
    /// Whether no source that was searched for them shows where they stand, in the one site that is asked about.
    is_unseen: bool,
}

/// Objects of a kind, as far as they were seen, and what may be missing.
#[derive(Debug)]
pub struct Population<'q> {
    questions: &'q Questions,
    seen: Vec<EntryId>,
    gaps: Gaps,
}

impl<'q> Population<'q> {
    /// How many were seen.
    pub fn count(&self) -> usize {
        self.seen.len()
    }

    /// What of them was not read: a search that was cut, a container that was not seen. Hidden ones apart.
    pub fn unread(&self) -> &Causes {
        &self.gaps.unread
    }

    /// On what ground those seen are all there are, but for hidden ones.
    ///
    /// # Errors
    /// Why there may be others that are not hidden.
    pub fn read(&self) -> Result<Ground, Causes> {
        match self.gaps.unread.is_empty() {
            true if self.gaps.inferred => Ok(Ground::inferred()),
            true => Ok(Ground::documented()),
            false => Err(self.gaps.unread.clone()),
        }
    }

    /// On what ground those seen are all there are.
    ///
    /// # Errors
    /// Why there may be others.
    pub fn whole(&self) -> Result<Ground, Causes> {
        let missing = self.gaps.unread.clone().and(&self.gaps.hidden);
        match missing.is_empty() {
            true if self.gaps.inferred => Ok(Ground::inferred()),
            true => Ok(Ground::documented()),
            false => Err(missing),
        }
    }

    /// On what ground a rule that compares them finds nothing wrong. If only a part of the organization is audited (`-b`), that is inferred:
    /// they were not compared with the rest.
    pub fn compared(&self) -> Ground {
        match self.whole() {
            Ok(ground) if self.questions.base.depth() < naming::SITE_DEPTH => ground,
            _ => Ground::inferred(),
        }
    }

    /// Why there may be others in sites of which nothing was seen, where all sites of the organization are audited. A rule asks that
    /// compares objects of one site with those of another.
    pub fn elsewhere(&self) -> Causes {
        let is_of_all = self.questions.base.depth() < naming::SITE_DEPTH;
        let sites = self.questions.elsewhere.sites.iter().filter(|_| is_of_all);
        let causes = sites.map(|site| self.questions.cause(Cause::SiteUnseen { site: Some(site.clone()) }));
        causes.fold(Causes::default(), |all, cause| all.and(&cause))
    }

    /// The same without those that may be deleted, which may be missing then.
    #[must_use]
    pub fn living(mut self) -> Self {
        let mut doubtful = Causes::default();
        self.seen.retain(|id| match self.questions.get(*id).map(|seen| seen.lives()) {
            Some(Truth::Open(causes)) => {
                doubtful = std::mem::take(&mut doubtful).and(&causes);
                false
            }
            _ => true,
        });
        self.gaps.unread = std::mem::take(&mut self.gaps.unread).and(&doubtful);
        self
    }

    /// Those that were seen. There may be more, unless [`Population::whole`] says otherwise.
    pub fn seen(&self) -> impl Iterator<Item = Seen<'q>> + '_ {
        self.seen.iter().filter_map(|id| self.questions.get(*id))
    }
}

impl Questions {
    /// All objects of a selection that are audited: those of a site, or of all.
    pub fn all(&self, selection: &'static Selection, site: Option<&Dn>) -> Population<'_> {
        match site {
            None => {
                Population { questions: self, seen: self.members(selection).all.clone(), gaps: self.gaps_everywhere(selection) }
            }
            Some(site) => match self.sight.find_site(site) {
                Some(id) => Population {
                    questions: self,
                    seen: self.members(selection).by_site.get(&Some(id)).cloned().unwrap_or_default(),
                    gaps: self.gaps(selection, id),
                },
                None => {
                    let unread = self.cause(Cause::SiteUnseen { site: naming::site_name(site) });
                    Population { questions: self, seen: Vec::new(), gaps: Gaps { unread, ..Gaps::default() } }
                }
            },
        }
    }

    pub(super) fn members_of(&self, word: &str, site: Option<SiteId>) -> &[EntryId] {
        let members = Selection::named(word).map(|selection| self.members(selection));
        members.and_then(|members| members.by_site.get(&site)).map_or(&[], Vec::as_slice)
    }

    fn members(&self, selection: &'static Selection) -> &Members {
        static NONE: std::sync::LazyLock<Members> = std::sync::LazyLock::new(Members::default);
        let place = Selection::all().position(|known| known == selection);
        let Some(kept) = place.and_then(|place| self.members.get(place)) else { return &NONE };
        kept.get_or_init(|| self.find_members(selection))
    }

    /// The living objects of a selection, within the base.
    fn find_members(&self, selection: &'static Selection) -> Members {
        let mut members = Members::default();
        // what is no recipient is not looked for among them: there may be very many
        let may_be = |kind: &KindInfo| selection.is_of_recipients() || !kind.kind.is_recipient();
        let takes = |kind: &KindInfo| {
            let example = self.directory.get(kind.example).filter(|_| may_be(kind));
            example.is_some_and(|entry| selection.takes_class(&Named(entry)))
        };
        let taken: Vec<bool> = self.sight.kinds.iter().map(takes).collect();
        for group in self.sight.living().filter(|group| taken.get(group.kind.index()).is_some_and(|taken| *taken)) {
            let site = group.site.and_then(|site| self.sight.site(site)).map(|site| site.dn.is_within(&self.base));
            let is_within = |seen: &Seen<'_>| match site {
                Some(is_within) if self.base.depth() <= naming::SITE_DEPTH => is_within,
                _ => self.base.is_empty() || seen.dn().is_within(&self.base),
            };
            let is_member =
                |seen: &Seen<'_>| is_within(seen) && (selection.is_by_class() || selection.takes_name(&Named(seen.entry)));
            let before = members.all.len();
            members.all.extend(group.members.iter().filter(|id| self.get(**id).is_some_and(|seen| is_member(&seen))));
            if let Some(more) = members.all.get(before..).filter(|more| !more.is_empty()) {
                members.by_site.entry(group.site).or_default().extend(more);
            }
        }
        members.by_site.values_mut().for_each(|of_site| of_site.sort_unstable());
        members.all.sort_unstable();
        members
    }

    /// What may be missing of the objects of a selection in all sites that are audited.
    fn gaps_everywhere(&self, selection: &'static Selection) -> Gaps {
        let key = (selection.word(), None);
        let known = |gaps: &Self| gaps.gaps.lock().unwrap_or_else(std::sync::PoisonError::into_inner).get(&key).cloned();
        if let Some(known) = known(self) {
            return known;
        }
        let gaps = match selection.word() {
            "site" | "organization" => self.gaps_of_sites(selection),
            _ => self.gaps_in_all_sites(selection),
        };
        self.gaps.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(key, gaps.clone());
        gaps
    }

    /// The same of what stands in sites.
    fn gaps_in_all_sites(&self, selection: &'static Selection) -> Gaps {
        let (searched, unread) = self.sources_searched(selection, &self.base);
        let mut all = Gaps { unread, inferred: !self.proves(&searched), ..Gaps::default() };
        all.unread = all.unread.and(&self.doubts(selection, None)).and(&self.unseen_containers(selection, &self.base));
        if selection.word() == "ims" && self.sees_unclassed_service() {
            all.unread = all.unread.and(&self.cause(Cause::NotAsked { attribute: "objectClass".into() }));
        }
        let sites = self.sight.all_sites().filter(|(_, site)| naming::is_site(&site.dn) && self.is_audited(&site.dn));
        let mut sites = sites.peekable();
        if sites.peek().is_none() && self.members(selection).all.is_empty() {
            all.unread = all.unread.and(&self.cause(Cause::ConfigurationUnseen { sites: Vec::new() }));
        }
        let mut unseen: Vec<String> = Vec::new();
        for (id, site) in sites {
            let of_site = self.gaps(selection, id);
            if of_site.is_unseen {
                unseen.push(site.name.clone());
            }
            all.inferred |= of_site.inferred;
            // where nobody says what is audited, each site must have been searched
            if self.base.is_empty() {
                all.unread = all.unread.and(&self.sources_searched(selection, &site.dn).1);
            }
            all.hidden = all.hidden.and(&of_site.hidden);
        }
        unseen.sort_unstable();
        if !unseen.is_empty() {
            all.unread = all.unread.and(&self.cause(Cause::ConfigurationUnseen { sites: unseen }));
        }
        all
    }

    /// The same of one site.
    fn gaps(&self, selection: &'static Selection, id: SiteId) -> Gaps {
        let key = (selection.word(), Some(id.number()));
        let mut kept = self.gaps.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(known) = kept.get(&key) {
            return known.clone();
        }
        let Some(site) = self.sight.site(id) else { return Gaps::default() };
        let (searched, mut unread) = self.sources_searched(selection, &site.dn);
        unread = unread.and(&self.doubts(selection, Some(id))).and(&self.unseen_containers(selection, &site.dn));
        // what one source shows says nothing of what another one, which was made by another bind, would have shown
        let all = || self.directory.sources_with_ids().map(|(source, _)| source).collect();
        let mut seeing: Vec<SourceId> = if searched.is_empty() { all() } else { searched };
        seeing.retain(|source| self.sees_container(selection, id, *source));
        let is_unseen = seeing.is_empty();
        if is_unseen {
            unread = unread.and(&self.cause(Cause::ConfigurationUnseen { sites: vec![site.name.clone()] }));
        }
        let shows_hidden =
            || self.hints.sees_hidden.unwrap_or_else(|| seeing.iter().any(|source| self.sight.shows_hidden(*source, id, false)));
        let hidden = match selection.is_of_recipients() && !shows_hidden() {
            true => self.hidden(id),
            false => Causes::default(),
        };
        let gaps = Gaps { unread, hidden, inferred: !self.proves(&seeing), is_unseen };
        kept.insert(key, gaps.clone());
        gaps
    }

    /// The containers below a name in which recipients must stand, and of which nothing was seen.
    fn unseen_containers(&self, selection: &Selection, base: &Dn) -> Causes {
        let all =
            self.elsewhere.containers.values().filter(|container| selection.is_of_recipients() && container.is_within(base));
        all.fold(Causes::default(), |all, container| all.and(&self.cause(Cause::container(container))))
    }

    /// Whether any of these sources gives the word of a server.
    fn proves(&self, sources: &[SourceId]) -> bool {
        sources.iter().any(|source| self.directory.source(*source).is_some_and(|source| source.proves))
    }

    /// Of the sites and the organization.
    fn gaps_of_sites(&self, selection: &'static Selection) -> Gaps {
        let (searched, mut unread) = self.sources_searched(selection, &self.base);
        let inferred = !self.proves(&searched);
        unread = unread.and(&self.doubts(selection, None));
        let mut note = |cause| unread = std::mem::take(&mut unread).and(&self.cause(cause));
        if selection.word() == "organization" {
            if self.members(selection).all.is_empty() && self.base.depth() < 2 {
                note(Cause::ConfigurationUnseen { sites: Vec::new() });
            }
            return Gaps { unread, inferred, ..Gaps::default() };
        }
        for (id, site) in self.sight.all_sites().filter(|(_, site)| naming::is_site(&site.dn) && self.is_audited(&site.dn)) {
            let is_seen = self.find(&site.dn).is_some_and(|seen| !seen.entry.is_deleted() && seen.site_id() == Some(id));
            if !is_seen {
                note(Cause::SiteUnseen { site: Some(site.name.clone()) });
            }
        }
        if self.base.depth() >= 2 {
            note(Cause::SiteUnseen { site: None });
        }
        for site in &self.elsewhere.sites {
            note(Cause::SiteUnseen { site: Some(site.clone()) });
        }
        if self.sight.sites.is_empty() {
            note(Cause::ConfigurationUnseen { sites: Vec::new() });
        }
        Gaps { unread, inferred, ..Gaps::default() }
    }

    /// The sources that were searched for all objects of a selection below a name, to the end; why there is none, if there is none.
    fn sources_searched(&self, selection: &'static Selection, base: &Dn) -> (Vec<SourceId>, Causes) {
        let (mut searched, mut open) = (Vec::new(), Causes::default());
        for (id, source) in self.directory.sources_with_ids() {
            match self.searched.covers(id, selection, base) {
                Cover::Whole => searched.push(id),
                Cover::Ended(cause) => open = open.and(&self.cause(cause)),
                Cover::Nobody => {
                    let nobody = || Cause::not_searched(selection.plural());
                    open = open.and(&self.cause(source.trouble.clone().map_or_else(nobody, Cause::cut)));
                }
            }
        }
        if searched.is_empty() { (searched, open) } else { (searched, Causes::default()) }
    }

    /// Whether an object named like an Internet Mail Service came without its class.
    pub(super) fn sees_unclassed_service(&self) -> bool {
        let others = self.sight.living().filter(|group| !self.sight.is_of_recipients(group));
        let mut all = others.flat_map(|group| &group.members).filter_map(|id| self.get(*id));
        all.any(|seen| ims::has_ims_name(&seen.dn()) && !seen.has_class("Mail-Gateway"))
    }

    /// The Internet Mail Services that were seen.
    pub fn services(&self) -> Vec<Ims> {
        let all = Selection::named("ims").map(|selection| self.all(selection, None));
        all.iter().flat_map(|all| all.seen()).filter_map(|seen| Ims::of(&seen.shown())).collect()
    }
}
