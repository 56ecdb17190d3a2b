//! Proxy-Addresses and its four LDAP spellings are one set of addresses, and are asked about as one.
//!
//! An address of a type was asked for where Proxy-Addresses was, or the place of its primary and `otherMailbox`, where the others
//! stand. It is visible where another object of the site, of any class, shows an address of that type.

use super::Questions;
use super::absence::Absence;
use super::cause::{Cause, Causes};
use super::seen::Seen;
use super::sight::Shown;
use super::truth::{Ground, Truth};
use crate::directory::whole::{Name, Record, RunId, Source};
use crate::exchange::address::{ATTRIBUTES, hides_x400, shows_type};

impl Seen<'_> {
    /// Whether it has an address of a type, `X400`.
    pub fn has_address(&self, kind: &str) -> Truth {
        let kind = kind.to_ascii_uppercase();
        let is_contradicted =
            ATTRIBUTES.iter().any(|place| self.questions.place(place).is_some_and(|name| self.entry.contradicted().has(name)));
        if ATTRIBUTES.iter().any(|place| shows_type(&self.entry, place, &kind)) && !is_contradicted {
            return Truth::Yes(Ground::documented());
        }
        if is_contradicted {
            let attribute = Some("Proxy-Addresses".to_owned());
            return Truth::Open(self.questions.cause(Cause::Ambiguous { object: self.dn().to_string(), attribute }));
        }
        match self.questions.absence_of_address(self, &kind) {
            Absence::Unset(ground) => Truth::No(ground),
            Absence::Open(causes) => Truth::Open(causes),
        }
    }
}

impl Seen<'_> {
    /// On what ground the addresses of a type that it shows are all there are: it shows every place in which one may stand, or one
    /// that it does not show is known to be empty.
    ///
    /// # Errors
    /// Why there may be others.
    pub fn all_addresses(&self, kind: &str) -> Result<Ground, Causes> {
        let kind = kind.to_ascii_uppercase();
        if self.is_told_of_addresses() {
            return Ok(Ground::documented());
        }
        let shows = |place: &str| {
            let is_whole = |name| self.entry.shown().has(name) && self.values_of(name).whole().is_ok() && self.was_asked(name);
            self.questions.place(place).is_some_and(is_whole)
        };
        let primaries = primary_places(&kind);
        let in_primary = primaries.is_empty() || primaries.iter().any(|place| shows(place));
        if shows("Proxy-Addresses") || (in_primary && shows("otherMailbox")) {
            return Ok(Ground::documented());
        }
        if primaries.is_empty() {
            return self.other_addresses();
        }
        // one record asked for every place, and shows one: what another record shows beside it tells nothing of its places
        let shows_one = |record: &Record| {
            let shown = self.questions.directory.set(record.shown);
            self.questions.places.iter().flatten().any(|name| shown.has(*name))
        };
        let is_asked =
            self.entry.records().iter().any(|record| shows_one(record) && self.questions.asked_for_address(record, &kind));
        match self.questions.absence_of_address(self, &kind) {
            // it has one, and every place was asked for
            _ if is_asked && self.has_address(&kind).is_yes() => Ok(Ground::documented()),
            Absence::Unset(ground) => Ok(ground),
            Absence::Open(causes) => Err(causes),
        }
    }

    /// Whether a change says all its addresses.
    fn is_told_of_addresses(&self) -> bool {
        let told = self.entry.told();
        self.questions.places.iter().all(|place| place.is_some_and(|name| told.has(name)))
    }

    /// Whether an attribute that it shows was asked for, as far as is known. A table of the primaries alone fills the places of the
    /// others, and is no more than a part of them.
    fn was_asked(&self, name: Name) -> bool {
        self.entry.records().iter().any(|record| self.questions.was_asked(record, name) != Some(false))
    }

    /// Whether every place of addresses that it shows was asked for, and it came as one record with all values of what it shows. That
    /// is the same for all of its group.
    pub(super) fn shows_whole_addresses(&self) -> bool {
        let is_one_whole_record =
            || matches!(self.entry.records(), [record] if self.questions.directory.set(record.partial).is_empty());
        let mut shown = self.questions.places.iter().flatten().filter(|name| self.entry.shown().has(**name));
        let mut find = || is_one_whole_record() && shown.all(|name| self.was_asked(*name));
        self.group().is_some_and(|group| *group.shows_whole_addresses.get_or_init(&mut find))
    }

    /// On what ground it has no address beside the primaries, of which it shows none. Nobody need have an address of such a type, so
    /// the place where they stand tells, and not whether somebody else has one.
    fn other_addresses(&self) -> Result<Ground, Causes> {
        let others = self.values("otherMailbox");
        if self.questions.place("otherMailbox").is_some_and(|name| self.entry.shown().has(name) && !self.was_asked(name)) {
            return Err(self.questions.cause(Cause::NotAsked { attribute: "otherMailbox".into() }));
        }
        match others.whole() {
            Ok(ground) => Ok(ground.clone()),
            // of a table, which has all addresses in one column
            Err(causes) => self.values("Proxy-Addresses").whole().cloned().map_err(|_| causes.clone()),
        }
    }
}

/// The attribute in which the primary address of a type stands, beside Proxy-Addresses; none for one that stands with the others.
fn primary_places(kind: &str) -> &'static [&'static str] {
    match kind {
        "X400" => &["textEncodedORAddress"],
        "SMTP" => &["mail", "rfc822Mailbox"],
        _ => &[],
    }
}

impl Questions {
    /// The number of one of the attributes that show addresses.
    fn place(&self, place: &str) -> Option<Name> {
        let known = ATTRIBUTES.iter().zip(&self.places).find(|(known, _)| **known == place);
        known.and_then(|(_, name)| *name)
    }

    /// What it means that an entry shows no address of a type, which is in upper case.
    pub(super) fn absence_of_address(&self, seen: &Seen<'_>, kind: &str) -> Absence {
        if seen.is_told_of_addresses() {
            return Absence::Unset(Ground::documented());
        }
        let site = || seen.site().map(str::to_owned);
        // an address of the type may stand in the place that was not asked for
        let place = || {
            let places = primary_places(kind).iter().take(1).chain(&["otherMailbox"]);
            let mut unasked = places.filter(|place| {
                let name = self.place(place);
                !seen.entry.records().iter().any(|record| name.is_some_and(|name| self.asked_or_shown(record, name)))
            });
            unasked.next().or(primary_places(kind).first()).unwrap_or(&"otherMailbox").to_string()
        };
        if let Some(part) = self.address_place_in_part(seen) {
            return Absence::Open(self.cause(Cause::InPart { object: seen.dn().to_string(), attribute: part.to_owned() }));
        }
        if kind == "X400" && hides_x400(&seen.entry) {
            // it stands inside another value, which was not taken apart
            return Absence::Open(self.cause(Cause::NotVisible { attribute: "X.400 address".into(), site: site() }));
        }
        if !self.tells_life(seen.entry.records()) {
            return Absence::Open(self.cause(Cause::NotAsked { attribute: "Is-Deleted".into() }));
        }
        let mut is_asked = false;
        let mut best: Option<bool> = None;
        for record in seen.entry.records() {
            if !self.asked_for_address(record, kind) {
                continue;
            }
            is_asked = true;
            let group_kind = seen.group().map(|group| group.kind);
            let shown =
                group_kind.map_or(Shown::Nobody, |own| self.sight.type_shown(record.run, seen.site_id(), own, kind.as_bytes()));
            let inferred = match shown {
                // the place of the primaries may be withheld by itself: those beside them say nothing of it
                Shown::ThisKind | Shown::AnotherKind if !self.shows_primaries(record, seen, kind) => continue,
                Shown::ThisKind => false,
                Shown::AnotherKind => true,
                Shown::Nobody if self.is_filled_table(record) => true,
                Shown::Nobody => continue,
            };
            best = Some(best.is_some_and(|best| best && inferred) || (best.is_none() && inferred));
        }
        match best {
            Some(true) => Absence::Unset(Ground::inferred()),
            Some(false) => Absence::Unset(Ground::documented()),
            None if is_asked => Absence::Open(self.cause(Cause::NotVisible { attribute: place(), site: site() })),
            None => Absence::Open(self.cause(Cause::NotAsked { attribute: place() })),
        }
    }

    /// Whether somebody of the site shows a place in which primaries of a type stand, if they have one of their own.
    fn shows_primaries(&self, record: &Record, seen: &Seen<'_>, kind: &str) -> bool {
        let places = primary_places(kind);
        let is_shown =
            |place: &&str| self.place(place).is_some_and(|name| self.sight.site_shows(record.run, seen.site_id(), name));
        places.is_empty() || places.iter().chain(&["Proxy-Addresses"]).any(is_shown)
    }

    /// A place of addresses of which only a part of the values came.
    fn address_place_in_part(&self, seen: &Seen<'_>) -> Option<&'static str> {
        let is_part = |name| seen.entry.records().iter().any(|record| self.directory.set(record.partial).has(name));
        ATTRIBUTES.into_iter().find(|place| self.place(place).is_some_and(is_part))
    }

    /// Whether every place was asked for in which an address of that type may stand.
    fn asked_for_address(&self, record: &Record, kind: &str) -> bool {
        let whole = |place: &str| {
            let Some(name) = self.place(place) else { return false };
            let is_part = self.directory.set(record.partial).has(name);
            !is_part && self.asked_or_shown(record, name)
        };
        let primaries = primary_places(kind);
        whole("Proxy-Addresses")
            || (whole("otherMailbox") && (primaries.is_empty() || primaries.iter().any(|place| whole(place))))
    }

    fn asked_or_shown(&self, record: &Record, name: Name) -> bool {
        let is_mixed = |run: RunId| self.directory.run(run).is_some_and(|run| run.is_mixed);
        self.was_asked(record, name).unwrap_or_else(|| {
            self.directory.set(record.shown).has(name) || (self.sight.run_shows(record.run, name) && !is_mixed(record.run))
        })
    }

    /// Whether a record is a row of a table whose column of addresses some row fills: the Administrator program shows them all.
    fn is_filled_table(&self, record: &Record) -> bool {
        let source = self.directory.run(record.run).and_then(|run| self.directory.source(run.source));
        let filled = self.place("Proxy-Addresses").is_some_and(|name| self.sight.run_shows(record.run, name));
        filled && source.is_some_and(Source::is_table)
    }

    /// Whether an attribute is one of those that show proxy addresses.
    pub(super) fn is_address_place(attribute: &str) -> bool {
        ATTRIBUTES.iter().any(|place| place.eq_ignore_ascii_case(attribute))
    }
}
