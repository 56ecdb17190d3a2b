//! What a verdict hangs on that only the whole stream can tell: that an attribute which did not come back is shown by others.
//!
use super::judge::Passing;
use super::watched::Watched;
use crate::directory::entry::Entry;
use crate::exchange::address::hides_x400;
use crate::exchange::naming;
use crate::exchange::organization::Organization;
use crate::exchange::visibility::{self, Absence, bits};
use crate::report::Reason;

/// One attribute that did not come back with an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hanging {
    /// Its place in the check's list of attributes.
    pub(super) attribute: usize,
    /// What would prove it unset.
    on: On,
    /// 0: it must be proven. Others: of those with the same number one must.
    any: u8,
}

/// What would prove that an attribute is unset. Files are bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum On {
    /// Another object of one of these files shows it; whether it is known that it was asked for, and whether that is enough,
    /// unless what was read is a table.
    Shown { files: u64, asked: bool, octets: bool },
    /// A server of this site is seen to have answered, in one of the files asked, or in a plain one, where another object must
    /// show the attribute too.
    Answered { site: usize, asked: u64, plain: u64 },
    /// A recipient of one of these files shows an X.400 address: in the place of primaries; of those of which it is known that
    /// primaries were asked for, in either place.
    X400 { plain: u64, asked: u64 },
    /// Nothing can: it was asked for, or was not.
    Nothing { asked: bool },
}

/// What a verdict hangs on: all of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hangs {
    items: Vec<Hanging>,
    /// There are more: nothing can prove them all.
    full: bool,
}

impl Hangs {
    /// Attributes that a condition may hang on.
    const MOST: usize = 8;

    /// Nothing.
    pub(super) const NONE: Self = Self { items: Vec::new(), full: false };

    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty() && !self.full
    }

    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Hanging> {
        self.items.iter()
    }

    pub(super) fn add(&mut self, hanging: Hanging) {
        if self.items.contains(&hanging) {
            return;
        }
        match self.items.len() < Self::MOST {
            true => self.items.push(hanging),
            false => self.full = true,
        }
    }

    pub(super) fn add_all(&mut self, more: &Self) {
        more.iter().for_each(|hanging| self.add(*hanging));
        self.full |= more.full;
    }

    /// Adds several of which one is enough.
    pub(super) fn add_any(&mut self, several: &Self) {
        let number = self.iter().map(|hanging| hanging.any).max().unwrap_or(0).saturating_add(1);
        several.iter().for_each(|hanging| self.add(Hanging { any: number, ..*hanging }));
        self.full |= several.full;
    }

    /// Whether all is proven now that everything streamed by; else why not, and the place of the first attribute of which it is
    /// not.
    pub(super) fn settle(&self, attributes: &Watched, organization: &Organization) -> Result<(), (Reason, usize)> {
        for hanging in self.iter() {
            let end = hanging.settle(attributes, organization).map_err(|reason| (reason, hanging.attribute));
            let mut others = self.iter().filter(|other| hanging.any > 0 && other.any == hanging.any);
            if end.is_err() && !others.any(|other| other.settle(attributes, organization).is_ok()) {
                return end;
            }
        }
        if self.full { Err((Reason::NotVisible, 0)) } else { Ok(()) }
    }

    /// Whether it may be inferred of each that is not proven that the attribute is unset: it was asked for, nobody has it, and
    /// other attributes that are as visible were shown.
    pub(super) fn infers_unset(&self, attributes: &Watched, organization: &Organization) -> bool {
        let open = |hanging: &&Hanging| hanging.settle(attributes, organization).is_err();
        let infers = |hanging: &Hanging| match hanging.on {
            On::Shown { files, asked: true, .. } => {
                visibility::kind_is_shown(organization, attributes.name(hanging.attribute), files)
            }
            _ => false,
        };
        let any = |hanging: &Hanging| {
            infers(hanging)
                || self.iter().any(|other| hanging.any > 0 && other.any == hanging.any && (infers(other) || !open(&other)))
        };
        !self.full && self.iter().filter(open).all(any)
    }
}

impl Hanging {
    /// What it takes to prove the attribute unset on this object; none if that is proven already.
    pub(super) fn of(passing: &Passing<'_>, attributes: &Watched, attribute: &str, no_x400: bool) -> Option<Self> {
        let entry = passing.entry;
        let place = attributes.place(attribute);
        let on = if no_x400 && is_x400_place(attribute) {
            x400(entry)
        } else {
            match visibility::absence(entry, attribute, attributes.known(place), passing.operational) {
                Absence::Proven => return None,
                Absence::IfShown { files, asked, octets } => On::Shown { files, asked, octets },
                Absence::IfAnswered { asked, plain } => match naming::site_of(&entry.dn) {
                    Some(site) => On::Answered { site: attributes.site(&site), asked, plain },
                    None => On::Nothing { asked: asked != 0 },
                },
                Absence::Never { asked } => On::Nothing { asked },
            }
        };
        Some(Self { attribute: place, on, any: 0 })
    }

    /// Whether it is proven now that everything streamed by.
    fn settle(&self, attributes: &Watched, organization: &Organization) -> Result<(), Reason> {
        let attribute = attributes.name(self.attribute);
        let shows = |file: usize| organization.shows(attribute, file);
        let not = |asked: bool| Err(if asked { Reason::NotVisible } else { Reason::NotRequested });
        match self.on {
            On::Shown { files, asked, octets } => {
                let enough = octets && (organization.proves_endings || !organization.origin.is_file());
                if enough || bits(files).any(shows) { Ok(()) } else { not(asked) }
            }
            On::Answered { site, asked, plain } => {
                let answers = |file: usize| attributes.with_site(site, |site| organization.answers_for(site, file));
                let asked_for = asked != 0 || bits(plain).any(shows);
                match bits(asked).any(answers) || bits(plain).any(|file| shows(file) && answers(file)) {
                    true => Ok(()),
                    false => not(asked_for),
                }
            }
            On::X400 { plain, asked } => {
                let all_places = |file: usize| organization.file_shows_all_places_of_x400(file);
                match bits(plain).any(all_places) || bits(asked).any(|file| organization.file_shows_x400(file)) {
                    true => Ok(()),
                    false => not(asked != 0),
                }
            }
            On::Nothing { asked } => not(asked),
        }
    }
}

fn is_x400_place(attribute: &str) -> bool {
    ["textEncodedORAddress", "otherMailbox", "Proxy-Addresses"].iter().any(|place| place.eq_ignore_ascii_case(attribute))
}

/// As [`visibility::x400_is_shown`], of which this is the half that can be told while objects stream by.
fn x400(entry: &Entry) -> On {
    if hides_x400(entry) {
        return On::Nothing { asked: true };
    }
    let (mut plain, mut known) = (0, 0);
    for part in entry.parts() {
        let bit = visibility::bit(part.file);
        match &part.asked {
            None => plain |= bit,
            Some(names) if visibility::asks_for_x400(entry, names) => known |= bit,
            Some(_) => {}
        }
    }
    On::X400 { plain, asked: known }
}

/// For tests: something that hangs on nothing, told apart by its number.
#[cfg(test)]
pub(super) fn numbered(number: usize) -> Hangs {
    let mut hangs = Hangs::NONE;
    hangs.add(Hanging { attribute: number, on: On::Nothing { asked: true }, any: 0 });
    hangs
}
