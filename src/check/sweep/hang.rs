//! What a verdict hangs on that only the whole stream can tell: that an attribute which did not come back is shown by others.
//!
//! This runs for every object and every condition, so nothing here allocates.

use super::judge::Passing;
use super::watched::Watched;
use crate::directory::entry::Entry;
use crate::exchange::address::hides_x400;
use crate::exchange::organization::Organization;
use crate::exchange::visibility::{self, Absence};
use crate::report::Reason;

/// One attribute that did not come back with an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hanging {
    /// Its place in the check's list of attributes.
    pub(super) attribute: usize,
    /// What would prove it unset.
    on: On,
}

/// What would prove that an attribute is unset. Files are bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum On {
    /// Another object of one of these files shows it; and whether it is known that it was asked for.
    Shown { files: u64, asked: bool },
    /// A recipient of one of these files shows an X.400 address: in the place of primaries; of those of which it is known that
    /// primaries were asked for, in either place.
    X400 { plain: u64, asked: u64 },
    /// Nothing can: it was asked for, or was not.
    Nothing { asked: bool },
}

/// Files that are told apart; what a further one shows proves nothing.
const MOST_FILES: usize = 64;

/// What a verdict hangs on: all of these.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hangs {
    items: [Hanging; Self::MOST],
    /// How many of them count.
    count: u8,
    /// There are more: nothing can prove them all.
    full: bool,
}

impl Hangs {
    /// Attributes that a condition may hang on.
    const MOST: usize = 8;

    /// Nothing.
    pub(super) const NONE: Self =
        Self { items: [Hanging { attribute: 0, on: On::Nothing { asked: false } }; Self::MOST], count: 0, full: false };

    pub(super) fn is_empty(&self) -> bool {
        self.count == 0 && !self.full
    }

    fn items(&self) -> &[Hanging] {
        self.items.get(..usize::from(self.count)).unwrap_or_default()
    }

    pub(super) fn add(&mut self, hanging: Hanging) {
        if self.items().contains(&hanging) {
            return;
        }
        match self.items.get_mut(usize::from(self.count)) {
            Some(free) => {
                *free = hanging;
                self.count += 1;
            }
            None => self.full = true,
        }
    }

    pub(super) fn add_all(&mut self, more: &Self) {
        more.items().iter().for_each(|hanging| self.add(*hanging));
        self.full |= more.full;
    }

    /// Whether all is proven now that everything streamed by; else why not, and the place of the first attribute of which it is
    /// not.
    pub(super) fn settle(&self, attributes: &Watched, organization: &Organization) -> Result<(), (Reason, usize)> {
        for hanging in self.items() {
            let name = attributes.name(hanging.attribute);
            hanging.settle(name, organization).map_err(|reason| (reason, hanging.attribute))?;
        }
        if self.full { Err((Reason::NotVisible, 0)) } else { Ok(()) }
    }
}

impl PartialEq for Hangs {
    fn eq(&self, other: &Self) -> bool {
        self.full == other.full && self.items() == other.items()
    }
}

impl Eq for Hangs {}

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
                Absence::IfShown { files, asked } => On::Shown { files, asked },
                Absence::Never { asked } => On::Nothing { asked },
            }
        };
        Some(Self { attribute: place, on })
    }

    /// Whether it is proven now that everything streamed by.
    fn settle(&self, attribute: &str, organization: &Organization) -> Result<(), Reason> {
        let not = |asked: bool| Err(if asked { Reason::NotVisible } else { Reason::NotRequested });
        match self.on {
            On::Shown { files, asked } => {
                if bits(files).any(|file| organization.shows(attribute, file)) {
                    Ok(())
                } else {
                    not(asked)
                }
            }
            On::X400 { plain, asked } => {
                let primary = |file: usize| organization.file_shows_primary_x400(file);
                match bits(plain).any(primary) || bits(asked).any(|file| organization.file_shows_x400(file)) {
                    true => Ok(()),
                    false => not(asked != 0),
                }
            }
            On::Nothing { asked } => not(asked),
        }
    }
}

/// The files of which the bits are set.
fn bits(files: u64) -> impl Iterator<Item = usize> {
    (0..MOST_FILES).filter(move |file| files & (1 << file) != 0)
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
            Some(names) if ["textEncodedORAddress", "Proxy-Addresses"].iter().any(|place| names.names(place)) => known |= bit,
            Some(_) => {}
        }
    }
    On::X400 { plain, asked: known }
}
