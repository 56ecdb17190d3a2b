//! Absent is not missing: may the absence of an attribute be taken for "not set"?
//!
//! Only with a witness that it was asked for and that this bind could have seen it. The rules follow the visibility
//! class of the attribute in the published schema (Heuristics, SDK directry_2mbd).

use super::address::hides_x400;
use super::organization::Organization;
use super::reason::Reason;
use super::schema;
use crate::directory::asked::Asked;
use crate::directory::entry::Entry;
use std::cell::OnceCell;

/// The attributes that every LDAP server makes for itself: they witness nothing about Exchange.
const SERVER_MADE: [&str; 2] = ["createTimestamp", "modifyTimestamp"];

/// Whether an attribute that did not come back with `entry` is proven to be unset there.
///
/// # Errors
/// The reason why it is not: `not-requested` or `not-visible`.
pub fn proven_unset(organization: &Organization, entry: &Entry, attribute: &str) -> Result<(), Reason> {
    if attribute.eq_ignore_ascii_case("objectClass") {
        // every object has a class (mandatory on Top, SDK sch_cont_7x9s): an entry without one was not shown whole
        return Err(why_not_shown(entry, attribute));
    }
    let file = organization.origin.is_file() && !organization.proves_endings;
    if !tells_deleted(entry) {
        // a tombstone keeps little of what the object had
        return Err(Reason::NotRequested);
    }
    let mut asked = false;
    for part in entry.parts() {
        let elsewhere = organization.shown_elsewhere(attribute, &entry.dn, part.file);
        // where nobody says what was asked for, another object of the same file tells
        if !part.asked_for(attribute).unwrap_or(elsewhere) {
            continue;
        }
        asked = true;
        let visible = match schema::attribute(attribute) {
            // Not replicated between sites: only a server of that site shows it. That one answered is seen by another such
            // attribute of an object of that site.
            Some(known) if known.local_to_site() => organization.shows_local_of(&entry.dn, part.file),
            // How an Admin.exe table writes octets, or whether it does, is not published (reference G1): a column that no
            // row fills may be one that could not be written.
            Some(known) if known.syntax == schema::Syntax::Octet && file && !elsewhere => false,
            // Operational attributes are visible all or none: one of them on the same object is enough.
            Some(known) if known.operational() => entry.shown_by(part).any(is_operational),
            // Those that an administrator can withhold one by one, and all others: the same attribute on another object.
            _ => elsewhere,
        };
        if visible {
            return Ok(());
        }
    }
    Err(if asked { Reason::NotVisible } else { Reason::NotRequested })
}

/// What it takes to prove that an attribute which did not come back with an object is unset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absence {
    /// Nothing more: it is.
    Proven,
    /// Another object of one of these files must show it.
    IfShown {
        /// The files, a bit each.
        files: u64,
        /// Whether it is known that the attribute was asked for.
        asked: bool,
        /// Whether nothing more is needed after all, unless it is a table: its column of octets may be one that could not be
        /// written.
        octets: bool,
    },
    /// A server of the site must be seen to have answered, in one of these files.
    IfAnswered {
        /// The files of which it is known that the attribute was asked for.
        asked: u64,
        /// Those of which it is not: another object there must show it too.
        plain: u64,
    },
    /// It cannot be proven.
    Never {
        /// Whether it is known that the attribute was asked for.
        asked: bool,
    },
}

/// The bit of a file; of more than 64 files the further ones have none.
pub fn bit(file: usize) -> u64 {
    u32::try_from(file).ok().and_then(|file| 1_u64.checked_shl(file)).unwrap_or(0)
}

/// The files of which the bits are set.
pub fn bits(files: u64) -> impl Iterator<Item = usize> {
    (0..64_usize).filter(move |file| files & bit(*file) != 0)
}

/// In which files an object shows an operational attribute, a bit each; found out once for each object, if at all.
pub type ShowsOperational = OnceCell<u64>;

/// The half of [`proven_unset`] that one object tells by itself, for objects that stream by. `known` is what the schema says of
/// the attribute.
pub fn absence(entry: &Entry, attribute: &str, known: Option<&schema::Attribute>, operational: &ShowsOperational) -> Absence {
    if attribute.eq_ignore_ascii_case("objectClass") {
        return Absence::Never { asked: why_not_shown(entry, attribute) == Reason::NotVisible };
    }
    if !tells_deleted(entry) {
        return Absence::Never { asked: false };
    }
    if known.is_some_and(schema::Attribute::local_to_site) {
        let files =
            |named| entry.parts().filter(|part| part.asked_for(attribute) == named).fold(0, |files, part| files | bit(part.file));
        return Absence::IfAnswered { asked: files(Some(true)), plain: files(None) };
    }
    let (mut files, mut asked, mut octets) = (0, false, false);
    for part in entry.parts() {
        let named = part.asked_for(attribute);
        asked |= named == Some(true);
        if named == Some(false) {
            continue;
        }
        if let Some(known) = known.filter(|known| known.operational()) {
            // operational attributes are visible all or none: one of them on the same object must be
            let shown = match bit(part.file) {
                0 => entry.shown_by(part).any(is_operational),
                bit => operational.get_or_init(|| files_with_operational(entry)) & bit != 0,
            };
            match shown {
                true if named == Some(true) && known.syntax != schema::Syntax::Octet => return Absence::Proven,
                true => octets |= named == Some(true),
                false => continue,
            }
        }
        files |= bit(part.file);
    }
    if files == 0 { Absence::Never { asked } } else { Absence::IfShown { files, asked, octets } }
}

fn files_with_operational(entry: &Entry) -> u64 {
    entry.parts().filter(|part| entry.shown_by(part).any(is_operational)).fold(0, |files, part| files | bit(part.file))
}

/// Whether the object would show that it is deleted: in raw mode, deleted objects stand among the living (Q239639), and
/// only this attribute tells them apart.
pub fn tells_deleted(entry: &Entry) -> bool {
    entry.parts().any(|part| part.asked_for("Is-Deleted") != Some(false))
}

/// Why an attribute that did not come back may be there all the same.
pub fn why_not_shown(entry: &Entry, attribute: &str) -> Reason {
    let asked = entry.parts().any(|part| part.asked_for(attribute) == Some(true));
    if asked { Reason::NotVisible } else { Reason::NotRequested }
}

/// The X.400 address of a recipient is one of its proxy addresses, one attribute in Exchange. A server that shows an
/// X.400 address of another recipient, wherever, would show this one's, if all places were asked for where it may stand. A plain
/// file shows what was asked for, place by place: an address seen in `otherMailbox` says nothing of `textEncodedORAddress`, which
/// holds the primary, and one seen there says nothing of an `otherMailbox` that nobody shows.
///
/// # Errors
/// `not-requested` or `not-visible`, as of [`proven_unset`].
pub fn x400_is_shown(organization: &Organization, entry: &Entry) -> Result<(), Reason> {
    if hides_x400(entry) {
        return Err(Reason::NotVisible);
    }
    let mut asked = false;
    for part in entry.parts() {
        let visible = match &part.asked {
            None => organization.file_shows_all_places_of_x400(part.file),
            Some(names) if asks_for_x400(entry, names) => {
                asked = true;
                organization.file_shows_x400(part.file)
            }
            Some(_) => false,
        };
        if visible {
            return Ok(());
        }
    }
    Err(if asked { Reason::NotVisible } else { Reason::NotRequested })
}

/// Whether all places were asked for, and came whole, where an X.400 address may stand: all proxy addresses in one attribute, or
/// the primary and the others.
pub fn asks_for_x400(entry: &Entry, asked: &Asked) -> bool {
    let is_whole =
        !["textEncodedORAddress", "otherMailbox", "Proxy-Addresses"].iter().any(|place| entry.came_only_in_part(place));
    is_whole && (asked.names("Proxy-Addresses") || (asked.names("textEncodedORAddress") && asked.names("otherMailbox")))
}

/// Whether an attribute that did not come back with `entry` is proven to be unset there, or that may be inferred: it was asked for,
/// nobody has it, and other attributes that are as visible were shown.
pub fn is_likely_unset(organization: &Organization, entry: &Entry, attribute: &str) -> bool {
    let absence = || absence(entry, attribute, schema::attribute(attribute), &ShowsOperational::new());
    proven_unset(organization, entry, attribute).is_ok()
        || matches!(absence(), Absence::IfShown { files, asked: true, .. } if kind_is_shown(organization, attribute, files))
}

/// Whether another attribute that is as visible as this one was shown by a living object of one of these files, and this one was
/// not: then nobody has it, unless it is withheld by itself. An inference.
pub fn kind_is_shown(organization: &Organization, attribute: &str, files: u64) -> bool {
    let Some(known) = schema::attribute(attribute) else { return false };
    bits(files).flat_map(|file| organization.shown_in(file)).any(|shown| {
        !shown.eq_ignore_ascii_case(attribute)
            && !SERVER_MADE.iter().any(|made| made.eq_ignore_ascii_case(shown))
            && schema::attribute(shown).is_some_and(|other| other.heuristics == known.heuristics)
    })
}

/// Whether an attribute is operational and no server makes it for itself: one of them shows that such attributes are seen.
pub(super) fn is_operational(attribute: &str) -> bool {
    !SERVER_MADE.iter().any(|made| made.eq_ignore_ascii_case(attribute))
        && schema::attribute(attribute).is_some_and(|known| known.operational() && !known.local_to_site())
}
