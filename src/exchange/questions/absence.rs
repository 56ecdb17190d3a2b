//! An attribute that did not come back: is it unset?
//!
//! Only with a witness that it was asked for, and that this bind could have seen it. The rules follow the visibility class of the
//! attribute in the published schema (Heuristics, SDK directry_2mbd).

use super::Questions;
use super::cause::{Cause, Causes};
use super::seen::Seen;
use super::sight::{Group, KindInfo};
use super::truth::Ground;
use crate::directory::whole::{AskedId, Name, Record, Source};
use crate::exchange::class::Kind;
use crate::exchange::schema::{self, Attribute, Syntax};

/// What it means that an attribute did not come back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Absence {
    /// It is unset, on this ground.
    Unset(Ground),
    /// That is not known.
    Open(Causes),
}

/// What one record says of an attribute that it does not show.
enum Said {
    Unset {
        inferred: bool,
    },
    /// Nobody shows it, though its kind is visible.
    ByNobody,
    NotVisible,
    NotReplicated,
    NotAsked,
}

impl Questions {
    /// What it means that an attribute did not come back with an entry.
    pub(super) fn absence(&self, seen: &Seen<'_>, name: Name) -> Absence {
        if seen.entry.told().has(name) {
            return Absence::Unset(Ground::documented());
        }
        let group = self.sight.group_id(seen.id());
        let find = || match self.sight.group(group) {
            Some(known) => self.find_absence(known, seen, name),
            None => Absence::Open(self.cause(self.not_asked(name))),
        };
        match self.absences.get(group.place(name, self.names)) {
            Some(kept) => kept.get_or_init(find).clone(),
            None => find(),
        }
    }

    fn not_asked(&self, name: Name) -> Cause {
        Cause::NotAsked { attribute: self.directory.spelled(name).to_owned() }
    }

    fn find_absence(&self, group: &Group, seen: &Seen<'_>, name: Name) -> Absence {
        let attribute = || self.directory.spelled(name).to_owned();
        let site = || group.site.and_then(|site| self.sight.site(site)).map(|site| site.name.clone());
        if self.is(name, "objectClass") {
            // every object has a class (mandatory on Top, SDK sch_cont_7x9s): an entry without one was not shown whole
            let asked = group.records.iter().any(|record| self.was_asked(record, name) == Some(true));
            return Absence::Open(self.cause(match asked {
                true => Cause::NotVisible { attribute: attribute(), site: site() },
                false => Cause::NotAsked { attribute: attribute() },
            }));
        }
        if !self.tells_life(&group.records) {
            // a tombstone keeps little of what the object had
            return Absence::Open(self.cause(Cause::NotAsked { attribute: "Is-Deleted".into() }));
        }
        let said: Vec<Said> = group.records.iter().map(|record| self.said(group, record, name)).collect();
        if let Some(inferred) =
            said.iter().filter_map(|said| if let Said::Unset { inferred } = said { Some(*inferred) } else { None }).min()
        {
            return Absence::Unset(if inferred { Ground::inferred() } else { Ground::documented() });
        }
        let is_asked = said.iter().any(|said| !matches!(said, Said::NotAsked));
        if said.iter().any(|said| matches!(said, Said::ByNobody)) {
            if self.is_always_set(seen, name) {
                return Absence::Open(self.cause(Cause::NotVisible { attribute: attribute(), site: site() }));
            }
            if self
                .sight
                .attribute(name)
                .known
                .is_some_and(|known| !known.withholdable() && self.nobody_else_can_show(group, known))
            {
                return Absence::Unset(Ground::inferred());
            }
            let cause = self.cause(Cause::ShownByNobody { attribute: attribute(), site: site() });
            return Absence::Unset(Ground::assumed(cause));
        }
        let is_elsewhere = said.iter().any(|said| matches!(said, Said::NotReplicated));
        Absence::Open(self.cause(match site() {
            Some(site) if is_elsewhere => Cause::NotReplicated { attribute: attribute(), site },
            site if is_asked => Cause::NotVisible { attribute: attribute(), site },
            _ => self.not_asked(name),
        }))
    }

    /// What a record says of an attribute that it does not show.
    fn said(&self, group: &Group, record: &Record, name: Name) -> Said {
        if self.directory.set(record.shown).has(name) {
            return Said::NotAsked; // another record shows it: this one is not asked
        }
        let info = self.sight.attribute(name);
        let somebody = self.sight.run_shows(record.run, name);
        let is_octet = info.known.is_some_and(|known| known.syntax == Syntax::Octet);
        let source = self.directory.run(record.run).and_then(|run| self.directory.source(run.source));
        let is_table = source.is_some_and(Source::is_table);
        match self.was_asked(record, name) {
            Some(false) => return Said::NotAsked,
            // how a table writes octets, or whether it does, is not published (reference G1): a column that no row fills may be
            // one that could not be written
            Some(true) if is_table && is_octet && !somebody => return Said::NotVisible,
            Some(true) => {}
            // where nobody says what was asked for, another object of the same run tells
            None if somebody && !self.directory.run(record.run).is_some_and(|run| run.is_mixed) => {}
            None => return Said::NotAsked,
        }
        if info.known.is_some_and(Attribute::local_to_site)
            && !group.site.is_some_and(|site| self.sight.is_answered(record.run, site))
        {
            return Said::NotReplicated;
        }
        if is_table {
            // the Administrator program reads the directory itself: what a column holds of one it would hold of another
            return if somebody { Said::Unset { inferred: true } } else { Said::ByNobody };
        }
        let in_site = self.sight.site_shows(record.run, group.site, name);
        match info.known {
            // outside the schema: by itself on another object of the class
            None => match self.sight.kind_shows(record.run, group.site, group.kind, name) {
                true => Said::Unset { inferred: false },
                false => Said::NotVisible,
            },
            // authenticated only, and operational: by another of them on the same object, or, where it need not be named, by the
            // same on another of the site. No site withholds it by itself, so whoever shows it in the run shows that it came
            Some(known) if known.authenticated_only() && !known.withholdable() => match self.shows_rights(record, known) {
                false if in_site && !known.operational() => {
                    Said::Unset { inferred: !self.sight.kind_shows(record.run, group.site, group.kind, name) }
                }
                true if somebody => Said::Unset { inferred: false },
                true => Said::ByNobody,
                false => Said::NotVisible,
            },
            // those that can be withheld one by one: by the same attribute on another object of the site
            Some(known) if known.withholdable() => {
                if self.sight.kind_shows(record.run, group.site, group.kind, name) {
                    Said::Unset { inferred: false }
                } else if in_site {
                    Said::Unset { inferred: true }
                } else if self.kind_of_attribute_is_seen(group, record, known) {
                    Said::ByNobody
                } else {
                    Said::NotVisible
                }
            }
            // whatever anybody may see
            Some(_) => Said::Unset { inferred: false },
        }
    }

    /// Whether a record that does not show an attribute proves that it is unset.
    pub(super) fn denies(&self, seen: &Seen<'_>, record: &Record, name: Name) -> bool {
        let shows = self.directory.set(record.shown).has(name);
        !shows && seen.group().is_some_and(|group| matches!(self.said(group, record, name), Said::Unset { inferred: false }))
    }

    /// Whether the attribute was asked for; none where nobody says.
    pub(super) fn was_asked(&self, record: &Record, name: Name) -> Option<bool> {
        if record.asked == AskedId::default() {
            return None;
        }
        let asked = self.directory.asked(record.asked)?;
        let comes_unnamed = || !self.sight.attribute(name).known.is_some_and(Attribute::operational);
        Some(asked.names(name) || (asked.all_user() && comes_unnamed()))
    }

    /// Whether the records would show that the object is deleted: in raw mode, deleted objects stand among the living (Q239639), and
    /// only this attribute tells them apart.
    pub(super) fn tells_life(&self, records: &[Record]) -> bool {
        let Some(name) = self.directory.name("Is-Deleted") else { return true };
        records.iter().any(|record| self.was_asked(record, name) != Some(false) || self.directory.set(record.shown).has(name))
    }

    /// Whether a record shows another attribute that only a bind with rights gets, and that must be named if this one must.
    fn shows_rights(&self, record: &Record, known: &Attribute) -> bool {
        let shown = self.directory.set(record.shown);
        let is_like = |name: Name| {
            let info = self.sight.attribute(name);
            info.is_witness_of_rights && (!known.operational() || info.known.is_some_and(Attribute::operational))
        };
        self.directory.names().any(|name| shown.has(name) && is_like(name))
    }

    /// Whether another attribute that is as visible as this one is shown in the site.
    fn kind_of_attribute_is_seen(&self, group: &Group, record: &Record, known: &Attribute) -> bool {
        let Some(shown) = self.sight.shown_of_site(record.run, group.site) else { return false };
        let is_like = |other: Option<&'static Attribute>| other.is_some_and(|other| other.heuristics == known.heuristics);
        self.directory.names().any(|name| shown.has(name) && is_like(self.sight.attribute(name).known))
    }

    /// Whether no other object of the site could show the attribute: the schema gives it to classes of which the site has but this
    /// one object. That nobody else shows it says nothing then.
    fn nobody_else_can_show(&self, group: &Group, known: &Attribute) -> bool {
        let holders: Vec<&str> = schema::classes_with(known).map(|class| class.ldap_name).collect();
        let can_hold = |kind: &KindInfo| {
            let example = self.get(kind.example);
            example.is_some_and(|example| holders.iter().any(|class| example.has_class(class)))
        };
        let could = self.sight.living_of_site(group.site).filter(|of| self.sight.kind_of(of).is_some_and(can_hold));
        could.map(|of| of.members.len()).sum::<usize>() == 1
    }

    /// Whether Exchange gives the attribute to every object of this kind: one that shows none was not shown whole.
    fn is_always_set(&self, seen: &Seen<'_>, name: Name) -> bool {
        let is = |of: &[&str]| of.iter().any(|known| self.is(name, known));
        let always: &[&str] = match seen.kind() {
            Kind::Mailbox => &["mail", "textEncodedORAddress", "Proxy-Addresses", "uid", "cn", "Home-MDB", "Home-MTA"],
            Kind::DistributionList | Kind::CustomRecipient | Kind::PublicFolder => {
                &["mail", "textEncodedORAddress", "Proxy-Addresses", "uid", "cn"]
            }
            Kind::Other(_) | Kind::Unknown => &["Computer-Name", "serialNumber"],
        };
        let has_computer_name = || seen.has_class("Mail-Gateway");
        let has_serial = || seen.has_class("Computer");
        is(&["rdn", "Object-Version"])
            || match seen.kind() {
                Kind::Other(_) | Kind::Unknown => {
                    (self.is(name, "Computer-Name") && has_computer_name()) || (self.is(name, "serialNumber") && has_serial())
                }
                _ => is(always),
            }
    }

    /// Whether an attribute has this name.
    pub(super) fn is(&self, name: Name, known: &str) -> bool {
        self.directory.spelled(name).eq_ignore_ascii_case(known)
    }
}
