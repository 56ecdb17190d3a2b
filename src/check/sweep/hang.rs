//! What a verdict hangs on that only the whole stream can tell: that an attribute which did not come back is shown by others.

use crate::directory::dn::DnKey;
use crate::directory::entry::Entry;
use crate::exchange::address::hides_x400;
use crate::exchange::naming;
use crate::exchange::organization::Organization;
use crate::exchange::visibility::{self, Absence};
use crate::report::Reason;

/// One attribute that did not come back with an object.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Hanging {
    /// The attribute.
    pub(super) attribute: String,
    /// What would prove it unset.
    pub(super) on: On,
}

/// What would prove that an attribute is unset.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum On {
    /// Another object of one of these files shows it; and whether it is known that it was asked for.
    Shown {
        /// The files.
        files: Vec<usize>,
        /// Whether it is known that the attribute was asked for.
        asked: bool,
        /// Whether that is enough, unless what was read is a table.
        octets: bool,
    },
    /// A server of this site is seen to have answered.
    Answered {
        /// The site, if it is of one.
        site: Option<DnKey>,
        /// In one of these files.
        asked: Vec<usize>,
        /// Or in one of these, where another object must show the attribute too.
        plain: Vec<usize>,
    },
    /// A recipient of one of these files shows an X.400 address: in the place of primaries; of those in the second list in
    /// either place, since the place of primaries was asked for.
    X400 {
        /// The files of which nobody says what was asked for.
        plain: Vec<usize>,
        /// The files of which it is known that primaries were asked for.
        asked: Vec<usize>,
    },
    /// One of these is proven.
    Any(Vec<Hanging>),
    /// Nothing can, for this reason.
    Nothing(Reason),
}

impl Hanging {
    /// What it takes to prove the attribute unset on this object; none if that is proven already.
    pub(super) fn of(entry: &Entry, attribute: &str, reason: &Reason) -> Option<Self> {
        let on = if *reason == Reason::NoX400 && is_x400_place(attribute) {
            x400(entry)
        } else {
            match visibility::absence(entry, attribute) {
                Absence::Proven => return None,
                Absence::IfShown { files, asked, octets } => On::Shown { files, asked, octets },
                Absence::IfAnswered { asked, plain } => {
                    On::Answered { site: naming::site_of(&entry.dn).map(|site| site.key()), asked, plain }
                }
                Absence::Never(reason) => On::Nothing(reason),
            }
        };
        Some(Self { attribute: attribute.to_owned(), on })
    }

    /// Whether it is proven now that everything streamed by.
    ///
    /// # Errors
    /// The reason why it is not.
    pub(super) fn settle(&self, organization: &Organization) -> Result<(), Reason> {
        match &self.on {
            On::Shown { files, asked, octets } => {
                let enough = *octets && (organization.proves_endings || !organization.origin.is_file());
                match enough || files.iter().any(|file| organization.shows(&self.attribute, *file)) {
                    true => Ok(()),
                    false => Err(if *asked { Reason::NotVisible } else { Reason::NotRequested }),
                }
            }
            On::Answered { site, asked, plain } => {
                let answers = |file: &usize| site.as_ref().is_some_and(|site| organization.answers_for(site, *file));
                let mut shown = plain.iter().filter(|file| organization.shows(&self.attribute, **file)).peekable();
                let asked_for = !asked.is_empty() || shown.peek().is_some();
                match asked.iter().any(answers) || shown.any(answers) {
                    true => Ok(()),
                    false => Err(if asked_for { Reason::NotVisible } else { Reason::NotRequested }),
                }
            }
            On::X400 { plain, asked } => {
                let primary = |file: &usize| organization.file_shows_primary_x400(*file);
                let either = |file: &usize| primary(file) || organization.file_shows_x400(*file);
                match plain.iter().any(primary) || asked.iter().any(either) {
                    true => Ok(()),
                    false => Err(if asked.is_empty() { Reason::NotRequested } else { Reason::NotVisible }),
                }
            }
            On::Any(all) => {
                let mut ends = all.iter().map(|one| one.settle(organization));
                let first = ends.next().unwrap_or(Ok(()));
                if first.is_ok() || ends.any(|end| end.is_ok()) { Ok(()) } else { first }
            }
            On::Nothing(reason) => Err(reason.clone()),
        }
    }
}

impl Hanging {
    /// One of several; none if there are none.
    pub(super) fn any(mut several: Vec<Self>) -> Option<Self> {
        if several.len() < 2 {
            return several.pop();
        }
        let attribute = several.first()?.attribute.clone();
        Some(Self { attribute, on: On::Any(several) })
    }

    /// Whether it may be inferred that the attribute is unset where that is not proven: it was asked for, nobody has it, and
    /// other attributes that are as visible were shown.
    pub(super) fn infers_unset(&self, organization: &Organization) -> bool {
        match &self.on {
            On::Shown { files, asked: true, .. } => visibility::kind_is_shown(organization, &self.attribute, files),
            On::Any(all) => all.iter().any(|one| one.infers_unset(organization)),
            _ => false,
        }
    }
}

fn is_x400_place(attribute: &str) -> bool {
    ["textEncodedORAddress", "otherMailbox", "Proxy-Addresses"].iter().any(|place| place.eq_ignore_ascii_case(attribute))
}

/// As [`visibility::x400_is_shown`], of which this is the half that can be told while objects stream by.
fn x400(entry: &Entry) -> On {
    if hides_x400(entry) {
        return On::Nothing(Reason::NotVisible);
    }
    let (mut plain, mut known) = (Vec::new(), Vec::new());
    for part in entry.parts() {
        match &part.asked {
            None => plain.push(part.file),
            Some(names) if ["textEncodedORAddress", "Proxy-Addresses"].iter().any(|place| names.names(place)) => {
                known.push(part.file);
            }
            Some(_) => {}
        }
    }
    On::X400 { plain, asked: known }
}
