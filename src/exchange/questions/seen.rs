//! An entry that was seen, as checks and rules may look at it: what it holds, and what of it may be missing.

use super::Questions;
use super::absence::Absence;
use super::cause::{Cause, Causes};
use super::named::{Named, name_of};
use super::truth::{Ground, Truth};
use crate::directory::dn::Dn;
use crate::directory::filter::Shows;
use crate::directory::text::text_of;
use crate::directory::whole::{EntryId, EntryRef, Held, Name};
use crate::exchange::class::Kind;
use crate::exchange::naming;

/// An entry that was seen. It is a view, and costs nothing to copy.
#[derive(Clone, Copy)]
pub struct Seen<'q> {
    pub(super) questions: &'q Questions,
    pub(super) entry: EntryRef<'q>,
}

/// The values of an attribute of an entry, and what of them may be missing.
#[derive(Debug)]
pub struct Values<'q> {
    seen: Held<'q>,
    missing: Result<Ground, Causes>,
    contradicted: bool,
}

impl Questions {
    pub(super) fn see<'q>(&'q self, entry: EntryRef<'q>) -> Seen<'q> {
        Seen { questions: self, entry }
    }
}

impl<'q> Seen<'q> {
    /// Its number.
    pub fn id(&self) -> EntryId {
        self.entry.id()
    }

    /// Its name.
    pub fn dn(&self) -> Dn {
        self.entry.dn()
    }

    /// Its name as it is written (RFC 4514).
    pub fn dn_text(&self) -> &'q [u8] {
        self.entry.dn_text()
    }

    /// Whom it may be asked of besides.
    pub fn questions(&self) -> &'q Questions {
        self.questions
    }

    /// Whether it has that name.
    pub fn is(&self, dn: &Dn) -> bool {
        self.entry.number() == dn.number()
    }

    /// The name of its site.
    pub fn site(&self) -> Option<&'q str> {
        self.site_id().and_then(|site| self.questions.sight.site(site)).map(|site| site.name.as_str())
    }

    /// The name of its site as the name of an object.
    pub fn site_dn(&self) -> Option<&'q Dn> {
        self.site_id().and_then(|site| self.questions.sight.site(site)).map(|site| &site.dn)
    }

    /// The number of its site among those of which anything was seen, from 0 without gaps.
    pub fn site_index(&self) -> Option<usize> {
        self.site_id().map(|site| site.number() as usize)
    }

    pub(super) fn site_id(&self) -> Option<super::sight::SiteId> {
        self.group().and_then(|group| group.site)
    }

    pub(super) fn group(&self) -> Option<&'q super::sight::Group> {
        self.questions.sight.group(self.questions.sight.group_id(self.id()))
    }

    /// What kind of object it is.
    pub fn kind(&self) -> &'q Kind {
        static UNKNOWN: Kind = Kind::Unknown;
        self.questions.sight.kind(self.questions.sight.group_id(self.id())).map_or(&UNKNOWN, |info| &info.kind)
    }

    /// Whether it is of a class, by its LDAP name.
    pub fn has_class(&self, class: &str) -> bool {
        let is = |value: &[u8]| {
            value.eq_ignore_ascii_case(class.as_bytes())
                || name_of(value).is_some_and(|name| name.eq_ignore_ascii_case(class.as_bytes()))
        };
        self.entry.values("objectClass").any(is)
    }

    /// What it shows, for those who read forms that Exchange gives to values: the addresses, the settings of a service. That
    /// something is not there says nothing.
    pub fn shown(&self) -> impl Shows + 'q {
        Named(self.entry)
    }

    /// The values of an attribute.
    pub fn values(&self, attribute: &str) -> Values<'q> {
        match self.questions.directory.name(attribute) {
            Some(name) => self.values_of(name),
            None => Values {
                seen: self.entry.values(attribute),
                missing: Err(self.questions.cause(Cause::NotAsked { attribute: attribute.to_owned() })),
                contradicted: false,
            },
        }
    }

    /// The values of an attribute, by its number.
    pub fn held(&self, name: Name) -> Values<'q> {
        self.values_of(name)
    }

    pub(super) fn values_of(&self, name: Name) -> Values<'q> {
        let seen = self.entry.held(name);
        if self.entry.told().has(name) {
            return Values { seen, missing: Ok(Ground::documented()), contradicted: false };
        }
        if !self.entry.shown().has(name) {
            let missing = match self.questions.absence(self, name) {
                Absence::Unset(ground) => Ok(ground),
                Absence::Open(causes) => Err(causes),
            };
            return Values { seen, missing, contradicted: false };
        }
        if self.is_contradicted(name) {
            return Values { seen, missing: Err(self.contradiction(name)), contradicted: true };
        }
        if self.entry.records().iter().all(|record| {
            let directory = &self.questions.directory;
            directory.set(record.partial).has(name) || !directory.set(record.shown).has(name)
        }) {
            let cause = Cause::InPart { object: self.dn().to_string(), attribute: self.questions.directory.spelled(name).into() };
            return Values { seen, missing: Err(self.questions.cause(cause)), contradicted: false };
        }
        Values { seen, missing: Ok(Ground::documented()), contradicted: false }
    }

    /// Whether records of one name contradict each other in an attribute: in its values, or because one proves that it is unset.
    fn is_contradicted(&self, name: Name) -> bool {
        let questions = self.questions;
        let records = self.entry.records();
        if self.entry.told().has(name) {
            return false;
        }
        if self.entry.contradicted().has(name) {
            return true;
        }
        records.len() > 1 && records.iter().any(|record| questions.denies(self, record, name))
    }

    /// Nothing, if its records agree on these attributes. Where they do not, a value that one of them shows may be out of date.
    ///
    /// # Errors
    /// That they contradict each other, and in what.
    pub fn agrees_on(&self, attributes: &[&str]) -> Result<(), Causes> {
        let mut names = attributes.iter().filter_map(|attribute| self.questions.directory.name(attribute));
        let Some(name) = names.find(|name| self.entry.shown().has(*name) && self.is_contradicted(*name)) else { return Ok(()) };
        Err(self.contradiction(name))
    }

    fn contradiction(&self, name: Name) -> Causes {
        let attribute = Some(self.questions.directory.spelled(name).to_owned());
        self.questions.cause(Cause::Ambiguous { object: self.dn().to_string(), attribute })
    }

    /// Whether a text that says what the object is called by is the attribute's value, where its name tells it.
    pub(super) fn told_by_name(&self, attribute: &str) -> Option<Vec<u8>> {
        let dn = self.dn();
        if attribute.eq_ignore_ascii_case("rdn") {
            return dn.rdn().map(|rdn| rdn.text().into_bytes());
        }
        attribute.eq_ignore_ascii_case("distinguishedName").then(|| dn.to_string().into_bytes())
    }

    /// Whether it lives, as far as its records tell.
    pub fn lives(&self) -> Truth {
        let questions = self.questions;
        if self.entry.is_life_contradicted() {
            return Truth::Open(questions.cause(Cause::Ambiguous { object: self.dn().to_string(), attribute: None }));
        }
        if self.entry.is_deleted() {
            return Truth::No(Ground::documented());
        }
        match questions.tells_life(self.entry.records()) {
            true => Truth::Yes(Ground::documented()),
            false => Truth::Open(questions.cause(Cause::NotAsked { attribute: "Is-Deleted".into() })),
        }
    }

    /// The attributes outside of the published schema that name objects, as `find` finds them.
    pub(in crate::exchange) fn references_outside_schema(
        &self,
        find: fn(EntryRef<'_>) -> Vec<(String, Vec<Dn>)>,
    ) -> Vec<(String, Vec<Dn>)> {
        find(self.entry)
    }

    /// The server that it is or lies below.
    pub fn server(&self) -> Option<Dn> {
        naming::server_of(&self.dn())
    }
}

impl std::fmt::Debug for Seen<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Seen").field(&self.dn()).finish()
    }
}

impl<'q> Values<'q> {
    /// Those that were seen, as bytes. There may be more, unless [`Values::whole`] says otherwise.
    pub fn seen(&self) -> Held<'q> {
        self.seen
    }

    /// Those that were seen, as text.
    pub fn texts(&self) -> impl Iterator<Item = String> + 'q {
        self.seen.map(text_of)
    }

    /// On what ground those seen are all there are.
    ///
    /// # Errors
    /// Why there may be others.
    pub fn whole(&self) -> Result<&Ground, &Causes> {
        self.missing.as_ref()
    }

    /// Whether any value is such a one.
    pub fn any(&self, mut is: impl FnMut(&[u8]) -> bool) -> Truth {
        match &self.missing {
            _ if !self.contradicted && self.seen.into_iter().any(&mut is) => Truth::Yes(Ground::documented()),
            Ok(ground) => Truth::No(ground.clone()),
            Err(causes) => Truth::Open(causes.clone()),
        }
    }

    /// Whether there is a value.
    pub fn is_set(&self) -> Truth {
        self.any(|_| true)
    }
}
