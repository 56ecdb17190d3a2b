//! Who names an object: an index, made once, of every reference that was seen; and what was not seen that may hold another.
//!
//! A name may be missing for the same reasons as any value ([`super::absence`]), and whoever holds it may be missing as one of a
//! population ([`super::population`]). So the answer carries both, and "nobody" is said only where neither is in doubt.

use super::Questions;
use super::absence::Absence;
use super::cause::{Cause, Causes};
use super::seen::Seen;
use super::sight::Group;
use super::truth::Ground;
use crate::directory::dn::Dn;
use crate::directory::text::text_of;
use crate::directory::whole::{EntryId, EntryRef, Name};
use crate::exchange::confidence::Confidence;
use crate::exchange::extension_data::{self, MAX_CANDIDATES};
use crate::exchange::reference::{self, Area, Refers};
use crate::exchange::schema::{self, Attribute};
use crate::exchange::{naming, selection::Selection};
use std::collections::{BTreeSet, HashMap};

/// Causes that one answer tells.
const MOST_CAUSES: usize = 1000;
/// Bytes of a value outside of the published schema that is looked at for a name: what is longer is none.
const LONGEST_NAME: usize = 4096;
/// Values that cannot be read and are told.
const MOST_UNREADABLE: usize = 20;

/// Every reference that was seen, by what it leads to.
#[derive(Debug, Default)]
pub(super) struct Index {
    targets: HashMap<u128, Target>,
    /// What kept a value from being read.
    unreadable: Vec<Cause>,
}

/// What references lead to.
#[derive(Debug)]
struct Target {
    dn: Dn,
    by: Vec<(EntryId, Name, Confidence)>,
}

/// A reference that was seen.
#[derive(Debug, Clone)]
pub struct Referrer<'q> {
    /// Who refers; none where only a back-link of the object shows it, and that object was not seen.
    pub seen: Option<Seen<'q>>,
    /// The name of that object.
    pub by: Dn,
    /// The attribute that holds the name.
    pub attribute: String,
    /// What it names.
    pub to: Dn,
    /// Whether the schema says that the attribute holds such a name, or that is inferred.
    pub confidence: Confidence,
}

/// Those that refer to an object, or to what lies below it, as far as they were seen, and what may be missing.
#[derive(Debug)]
pub struct Referrers<'q> {
    seen: Vec<Referrer<'q>>,
    missing: Vec<Cause>,
    inferred: bool,
}

impl<'q> Referrers<'q> {
    /// Those that were seen. There may be more, unless [`Referrers::whole`] says otherwise.
    pub fn seen(&self) -> &[Referrer<'q>] {
        &self.seen
    }

    /// On what ground those seen are all there are.
    ///
    /// # Errors
    /// Why there may be others.
    pub fn whole(&self) -> Result<Ground, &[Cause]> {
        match self.missing.is_empty() {
            true if self.inferred => Ok(Ground::inferred()),
            true => Ok(Ground::documented()),
            false => Err(&self.missing),
        }
    }
}

impl Index {
    /// That of a directory.
    pub(super) fn of(questions: &Questions) -> Self {
        let directory = &questions.directory;
        let names: Vec<(Name, Refers)> =
            directory.names().map(|name| (name, Refers::of(directory.spelled(name)))).filter(|(_, r)| *r != Refers::No).collect();
        let mut index = Self::default();
        // most values of one attribute are the same few
        let mut met: HashMap<(&[u8], bool), Option<u128>> = HashMap::new();
        for entry in directory.entries().filter(|entry| !entry.is_deleted()) {
            let shown = entry.shown();
            for (name, refers) in names.iter().filter(|(name, _)| shown.has(*name)) {
                match refers {
                    Refers::ToObjects | Refers::Perhaps => {
                        let is_known = *refers == Refers::ToObjects;
                        for value in entry.held(*name) {
                            let target = *met.entry((value, is_known)).or_insert_with(|| index.note(value, is_known));
                            match target {
                                Some(target) => index.add(target, entry.id(), *name, confidence(is_known)),
                                None if is_known => index.cannot_read(questions, entry, *name, value),
                                None => {}
                            }
                        }
                    }
                    Refers::ToServer(site) => index.servers(questions, entry, *name, *site),
                    Refers::InSettings => {
                        for candidate in extension_data::candidates(&entry).into_iter().take(MAX_CANDIDATES) {
                            let target = index.target(candidate.dn);
                            index.add(target, entry.id(), *name, Confidence::Inferred);
                        }
                    }
                    Refers::No => {}
                }
            }
        }
        index
    }

    fn note(&mut self, value: &[u8], is_known: bool) -> Option<u128> {
        // whole texts are read only where one may be a name
        if !is_known && (value.len() > LONGEST_NAME || !value.contains(&b'=')) {
            return None;
        }
        let text = text_of(value);
        let dn = if is_known { naming::from_either(text.trim()) } else { naming::object_named(&text) };
        dn.map(|dn| self.target(dn))
    }

    fn target(&mut self, dn: Dn) -> u128 {
        let number = dn.number();
        self.targets.entry(number).or_insert_with(|| Target { dn, by: Vec::new() });
        number
    }

    fn add(&mut self, target: u128, by: EntryId, name: Name, confidence: Confidence) {
        if let Some(target) = self.targets.get_mut(&target)
            && target.by.last() != Some(&(by, name, confidence))
        {
            target.by.push((by, name, confidence));
        }
    }

    /// The servers that an attribute names by their names alone.
    fn servers(&mut self, questions: &Questions, entry: EntryRef<'_>, name: Name, site: Option<&str>) {
        let site = match site {
            Some(attribute) => entry.texts(attribute).find_map(|text| naming::from_either(&text)),
            None => naming::site_of(&entry.dn()),
        };
        for value in entry.held(name) {
            let text = text_of(value);
            match naming::server_named(text.trim(), site.as_ref()) {
                Some(server) => {
                    let target = self.target(server);
                    self.add(target, entry.id(), name, confidence(text.contains('=')));
                }
                None => self.cannot_read(questions, entry, name, value),
            }
        }
    }

    fn cannot_read(&mut self, questions: &Questions, entry: EntryRef<'_>, name: Name, value: &[u8]) {
        if self.unreadable.len() < MOST_UNREADABLE && !value.is_empty() {
            let attribute = questions.directory.spelled(name).to_owned();
            let value = text_of(value).chars().take(100).collect();
            self.unreadable.push(Cause::Unreadable { object: entry.dn().to_string(), attribute, value });
        }
    }
}

fn confidence(is_documented: bool) -> Confidence {
    if is_documented { Confidence::Documented } else { Confidence::Inferred }
}

impl Questions {
    /// Who refers to an object, or to what lies below it, and does not lie there too.
    pub fn referrers(&self, dn: &Dn) -> Referrers<'_> {
        let index = self.referrers.get_or_init(|| Index::of(self));
        let mut seen = Vec::new();
        let mut known: BTreeSet<(u128, u128, String)> = BTreeSet::new();
        let mut targets: Vec<&Target> = index.targets.values().filter(|target| target.dn.is_within(dn)).collect();
        targets.sort_by_cached_key(|target| (target.dn.depth(), target.dn.key()));
        for Target { dn: to, by } in targets {
            for (id, name, confidence) in by {
                let Some(referrer) = self.get(*id) else { continue };
                let by = referrer.dn();
                let attribute = self.directory.spelled(*name).to_owned();
                if !by.is_within(dn) && known.insert((to.number(), by.number(), attribute.to_ascii_lowercase())) {
                    seen.push(Referrer { seen: Some(referrer), by, attribute, to: to.clone(), confidence: *confidence });
                }
            }
        }
        self.by_back_links(dn, &mut known, &mut seen);
        let (missing, inferred) = self.unseen_referrers(dn, index);
        Referrers { seen, missing, inferred }
    }

    /// What the back-links of the object, and of those below it, tell of others: the directory computes them.
    fn by_back_links<'q>(&'q self, dn: &Dn, known: &mut BTreeSet<(u128, u128, String)>, seen: &mut Vec<Referrer<'q>>) {
        let back: Vec<(Name, &Attribute)> = self.directory.names().filter_map(|name| Some((name, self.forward(name)?))).collect();
        for entry in self.directory.entries().filter(|entry| !entry.is_deleted()) {
            let shown = entry.shown();
            if !back.iter().any(|(name, _)| shown.has(*name)) || !entry.dn().is_within(dn) {
                continue;
            }
            for (name, forward) in &back {
                for by in entry.held(*name).filter_map(|value| naming::from_either(text_of(value).trim())) {
                    let key = (entry.number(), by.number(), forward.ldap_name.to_ascii_lowercase());
                    let referrer = self.find(&by);
                    let is_dead = referrer.is_some_and(|referrer| referrer.entry.is_deleted());
                    if !is_dead && !by.is_within(dn) && known.insert(key) {
                        let (attribute, to) = (forward.ldap_name.to_owned(), entry.dn());
                        seen.push(Referrer { seen: referrer, by, attribute, to, confidence: Confidence::Documented });
                    }
                }
            }
        }
    }

    /// The attribute of which one is the back-link.
    fn forward(&self, name: Name) -> Option<&'static Attribute> {
        self.sight.attribute(name).known?.forward()
    }

    /// What was not seen that may refer to an object too, and whether that there is nothing else is inferred.
    fn unseen_referrers(&self, dn: &Dn, index: &Index) -> (Vec<Cause>, bool) {
        let all = self.all(Selection::every_object(), None);
        let mut causes = all.whole().err().unwrap_or_default().and(&all.elsewhere());
        if self.base.depth() >= naming::SITE_DEPTH {
            causes = causes.and(&self.cause(Cause::SiteUnseen { site: None }));
        }
        let mut missing: BTreeSet<Cause> = self.told(&causes).into_iter().collect();
        missing.extend(index.unreadable.iter().cloned());
        let area = self.area(dn);
        let may_lead = |known: &Attribute| reference::may_lead(known, area);
        let mut inferred = all.whole().is_ok_and(|ground| ground != Ground::documented());
        for group in self.sight.living() {
            if missing.len() >= MOST_CAUSES {
                break;
            }
            let (causes, is_inferred) = self.unseen_names(group, &may_lead);
            inferred |= is_inferred;
            missing.extend(causes);
        }
        (missing.into_iter().collect(), inferred)
    }

    /// Where an object stands, as far as its class or its name tells.
    fn area(&self, dn: &Dn) -> Area {
        let seen = self.find(dn);
        let is_of = |classes: &[&str]| seen.is_some_and(|seen| classes.iter().any(|class| seen.has_class(class)));
        let is_server = naming::server_of(dn).is_some();
        match seen {
            Some(seen) if seen.kind().is_recipient() => Area::Recipients,
            _ if is_of(&["Container", "organizationalUnit", "organization"]) => Area::Structure,
            Some(_) if naming::is_configuration(dn) => Area::Configuration,
            _ if is_server => Area::Configuration,
            _ => Area::Structure,
        }
    }

    /// What of the names that objects of a group may hold was not seen.
    fn unseen_names(&self, group: &Group, may_lead: &impl Fn(&Attribute) -> bool) -> (Vec<Cause>, bool) {
        let Some(example) = group.members.first().and_then(|id| self.get(*id)) else { return (Vec::new(), false) };
        let classes: Vec<String> = example.values("objectClass").texts().collect();
        let mut attributes: Vec<&'static Attribute> = Vec::new();
        for known in classes.iter().flat_map(|class| schema::attributes_of(class)) {
            let refers = matches!(Refers::of(known.ldap_name), Refers::ToObjects) && may_lead(known);
            if refers && !attributes.contains(&known) {
                attributes.push(known);
            }
        }
        let (mut causes, mut inferred) = (Causes::default(), false);
        for known in attributes {
            let Some(name) = self.directory.name(known.ldap_name) else {
                causes = causes.and(&self.cause(Cause::NotAsked { attribute: known.ldap_name.to_owned() }));
                continue;
            };
            let is_part = group.records.iter().any(|record| self.directory.set(record.partial).has(name));
            if is_part {
                let object = example.dn().to_string();
                causes = causes.and(&self.cause(Cause::InPart { object, attribute: known.ldap_name.to_owned() }));
            }
            if example.entry.shown().has(name) {
                continue;
            }
            match self.absence(&example, name) {
                Absence::Unset(ground) => inferred |= ground != Ground::documented(),
                Absence::Open(open) => causes = causes.and(&open),
            }
        }
        (self.told(&causes), inferred)
    }
}
