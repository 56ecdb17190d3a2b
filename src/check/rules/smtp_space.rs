//! `smtp-space`: the SMTP address spaces of an Internet Mail Service, the values of its `Routing-List`.
//!
//! A value is `TYPE:address;..;cost` (Q199412 shows `X400:c=US;a=X400admd;p=X400prmd;o=X400org;;1`). That SMTP is written likewise,
//! `SMTP:*;;1`, is inferred. Nothing else of a value is read: how it holds a scope or a routing address is not published.

use super::founds::Founds;
use super::{Answer, Comparing, Does, Found, Judging, Reading, Ruling, from_table, site};
use crate::exchange::address_space::Reach;
use crate::exchange::ims::Ims;
use crate::exchange::questions::{Cause, Causes, Object, Population, Seen, Truth, UntoldReason};
use crate::exchange::release::Release;
use crate::exchange::selection::Selection;
use crate::report::{Reason, Severity};
use serde::Deserialize;
use std::sync::Arc;
use toml::Table;

/// The rule and its parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SmtpSpace {
    fault: Fault,
}

/// What is a fault.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Fault {
    /// That there is none that matches an address.
    None,
    /// One without an address.
    Blank,
    /// One of another type.
    OtherType,
    /// An SMTP one that matches no address, whatever others there are.
    Useless,
}

/// An address space as far as it is read.
struct Space<'a> {
    /// The type; `LOCAL` before it says who may use it (Q161947).
    kind: &'a str,
    /// An SMTP address, up to the first `;`, which no domain has in it.
    address: &'a str,
}

impl<'a> Space<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let (kind, rest) = text.split_once(':')?;
        if kind.trim().eq_ignore_ascii_case("LOCAL") && rest.contains(':') {
            return Self::read(rest);
        }
        Some(Self { kind: kind.trim(), address: rest.split(';').next().unwrap_or_default().trim() })
    }

    fn is_smtp(&self) -> bool {
        self.kind.eq_ignore_ascii_case("SMTP")
    }

    /// Which SMTP addresses it is for; none if it is of another type.
    fn reach(&self) -> Option<Reach> {
        self.is_smtp().then(|| Reach::of(self.kind, self.address))
    }

    /// Whether an SMTP address matches it.
    fn matches(&self) -> bool {
        self.reach().is_some_and(|reach| reach != Reach::None)
    }
}

/// The attributes that hold the address spaces, and the connected sites.
const SPACES: &str = "Routing-List";
const SITES: &str = "Connected-Domains";

/// Reads the rule: one fault is told by the service alone, the others by comparing connectors.
pub(super) fn read(table: Table) -> Result<Does, String> {
    let rule: SmtpSpace = from_table(table)?;
    Ok(match rule.fault {
        Fault::OtherType | Fault::Useless => Does::Judge(Arc::new(rule)),
        Fault::None | Fault::Blank => Does::Compare(Arc::new(rule)),
    })
}

impl Reading for SmtpSpace {
    fn attributes(&self) -> Vec<&str> {
        match self.fault {
            Fault::OtherType | Fault::None => vec![SPACES, SITES],
            Fault::Blank | Fault::Useless => vec![SPACES],
        }
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        match self.fault {
            Fault::OtherType | Fault::Useless => Vec::new(),
            Fault::None | Fault::Blank => {
                let compared: [(&str, &[&'static str]); 3] =
                    [("connector", &[SPACES]), ("site", &[]), ("server", &["serialNumber"])];
                compared.into_iter().filter_map(|(word, names)| site::beside(word, names)).collect()
            }
        }
    }

    fn expected(&self) -> String {
        match self.fault {
            Fault::None => "an address space of type SMTP that matches addresses: *, *@DOMAIN".into(),
            Fault::Blank => "no blank SMTP address space; SMTP:*;;1 for every address".into(),
            Fault::OtherType => "address spaces of type SMTP only".into(),
            Fault::Useless => "no SMTP address space of a domain alone: *@DOMAIN in place of DOMAIN or @DOMAIN".into(),
        }
    }
}

impl Judging for SmtpSpace {
    fn judge(&self, object: &Object<'_>) -> Answer {
        let texts: Vec<String> = object.seen_texts(SPACES).collect();
        if matches!(self.fault, Fault::Useless) {
            return useless(object, &texts);
        }
        let broken =
            |text: &str| Ruling::broken(Reason::NotMet, format!("has the address space {text}, which is not of type SMTP"));
        let foreign = spaces(&texts).filter(|(_, space)| !space.is_smtp());
        let (x400, others): (Vec<_>, Vec<_>) = foreign.partition(|(_, space)| space.kind.eq_ignore_ascii_case("X400"));
        if let Some((text, _)) = others.first() {
            return Ok(broken(text));
        }
        // a connected site is said to bring one with it (Q199412, of the X.400 connector)
        let x400 = x400.first().map(|(text, _)| *text);
        if let Some(text) = x400
            && !object.decided(object.seen().values(SITES).is_set())?
        {
            return Ok(broken(text));
        }
        all_read(object, &texts)?;
        Ok(match (x400, texts.len()) {
            (Some(text), _) => Ruling::holds(format!("has the address space {text} for its connected site")),
            (None, 0) => Ruling::nothing("has no address space"),
            (None, _) => Ruling::holds("has address spaces of type SMTP only"),
        })
    }
}

impl Comparing for SmtpSpace {
    fn compare(&self, subjects: &[Seen<'_>], _: &Population<'_>, most: usize) -> Vec<Found> {
        let mut founds = Founds::at_most(most);
        let mut others = None;
        for object in subjects.iter().map(|seen| Object::of(*seen)) {
            let others = others.get_or_insert_with(|| Others::beside(&object));
            let answer = match self.fault {
                Fault::None => none(&object, others),
                Fault::Blank | Fault::OtherType | Fault::Useless => blank(&object, others),
            };
            founds.add(&object, answer);
        }
        founds.all()
    }
}

/// Whether an SMTP address space matches no address.
fn useless(object: &Object<'_>, texts: &[String]) -> Answer {
    let mut smtp = spaces(texts).filter(|(_, space)| space.is_smtp());
    let useless = smtp.find(|(_, space)| !space.matches());
    if let Some((text, _)) = useless
        && spaces(texts).any(|(_, space)| space.matches())
    {
        let message = format!("the SMTP address space {text:?} has nothing before its domain and matches no address");
        return Ok(Ruling::broken(Reason::NotMet, message));
    }
    all_read(object, texts)?;
    Ok(match useless {
        Some(_) => Ruling::nothing("none of its SMTP address spaces matches; see ims-no-address-space"),
        None if texts.is_empty() => Ruling::nothing("has no address space"),
        None => Ruling::holds("every SMTP address space matches addresses"),
    })
}

/// Whether there is an SMTP address space that matches addresses.
fn none(object: &Object<'_>, others: &Others<'_>) -> Answer {
    let texts: Vec<String> = object.seen_texts(SPACES).collect();
    if let Some((text, _)) = spaces(&texts).find(|(_, space)| space.matches()) {
        return Ok(Ruling::holds(format!("has the address space {text}")));
    }
    all_read(object, &texts)?;
    let useless = spaces(&texts).find(|(_, space)| space.is_smtp()).map(|(text, _)| text);
    let has = match useless {
        Some(text) => {
            format!("the SMTP address space {text:?} matches no address, for it has nothing before its domain (Q229961)")
        }
        None if texts.is_empty() => "has no address space".to_owned(),
        None => "has no address space of type SMTP".to_owned(),
    };
    let reason = if useless.is_some() { Reason::NotMet } else { Reason::NotSet };
    let broken = |more: String| Ruling::broken(reason, format!("{has}{more}"));
    // which release counts for what follows: on 4.0 the service may not start without one (Q148727)
    let server = Ims::of(&object.seen().shown()).and_then(|ims| ims.server);
    let release = object.questions().release_of(&object.seen(), server.as_deref(), |_| true).ok();
    // one that connects a site, and was given none to send other mail by, may be there for that site alone
    if useless.is_none() && matches!(object.seen().values(SITES).is_set(), Truth::Yes(_)) {
        let severity = if release.is_some_and(|release| release >= Release::FIVE) { Severity::Info } else { Severity::Warning };
        return Ok(broken("; it connects a site: it needs one only if it sends other mail too".to_owned()).only(severity));
    }
    if release.is_some_and(|release| release < Release::FIVE) {
        return Ok(broken("; on 4.0 the service may not start without one".to_owned()));
    }
    Ok(match other_than(object, &others.smtp) {
        // it was given one to send mail by
        Some(other) if useless.is_some() => broken(format!("; {} has one that does", other.dn())).only(Severity::Warning),
        // one that only receives needs none (Q271506), and with one would get mail that it never sends (Q238719)
        Some(other) if release.is_some() => {
            broken(format!("; {} has one: this one needs one only if it sends mail too", other.dn())).only(Severity::Info)
        }
        Some(other) => {
            let more = "if this one runs 4.0, it may not start; if not, it needs one only if it sends mail too";
            broken(format!("; {} has one; its server version is unknown: {more}", other.dn())).only(Severity::Warning)
        }
        None if others.open.is_empty() => broken(", and no other connector has one".to_owned()),
        None => broken(", and no other connector seen here has one; there may be others".to_owned()),
    })
}

/// Whether an SMTP address space is blank.
fn blank(object: &Object<'_>, others: &Others<'_>) -> Answer {
    let texts: Vec<String> = object.seen_texts(SPACES).collect();
    let mut smtp = spaces(&texts).filter(|(_, space)| space.is_smtp());
    let Some((text, _)) = smtp.find(|(_, space)| space.reach() == Some(Reach::Blank)) else {
        all_read(object, &texts)?;
        return Ok(Ruling::holds("has no blank SMTP address space"));
    };
    let message = format!("has the blank SMTP address space {text:?}");
    let broken = |more: &str| Ruling::broken(Reason::NotMet, format!("{message}{more}"));
    if spaces(&texts).any(|(_, space)| space.reach() == Some(Reach::All)) {
        return Ok(broken(" beside *, which goes first whatever the cost"));
    }
    Ok(match other_than(object, &others.star) {
        Some(other) => broken(&format!("; {} has *, and gets all mail whatever the cost", other.dn())),
        None if others.open.is_empty() => broken("").only(Severity::Info),
        None => broken("; whether another connector has * was not seen"),
    })
}

/// The address spaces that can be read.
fn spaces(texts: &[String]) -> impl Iterator<Item = (&str, Space<'_>)> {
    texts.iter().filter_map(|text| Some((text.as_str(), Space::read(text)?)))
}

/// Nothing, if the address spaces of a service that were seen are all there are, and every one can be read.
fn all_read(object: &Object<'_>, texts: &[String]) -> Result<(), Causes> {
    object.values(SPACES)?;
    let Some(text) = texts.iter().find(|text| Space::read(text).is_none()) else { return Ok(()) };
    let text: String = text.chars().take(100).collect();
    let what = format!("the type of the address space {text:?}, which does not begin with one");
    Err(object.cause(Cause::Untold { reason: UntoldReason::NotVisible, what }))
}

/// Connectors with SMTP address spaces: of each sort the first two, so that one is left beside each service.
struct Others<'q> {
    /// With one that matches addresses.
    smtp: Vec<Seen<'q>>,
    /// With `*`.
    star: Vec<Seen<'q>>,
    /// Why there may be others.
    open: Causes,
}

impl<'q> Others<'q> {
    /// Those of the organization that an object is of.
    fn beside(object: &Object<'q>) -> Self {
        let all = object.everywhere("connector");
        let open = site::every_site_of(object, &all).err().unwrap_or_default();
        let mut others = Self { smtp: Vec::new(), star: Vec::new(), open };
        for connector in all.seen().map(Object::of) {
            let texts: Vec<String> = connector.seen_texts(SPACES).collect();
            if others.smtp.len() < 2 && spaces(&texts).any(|(_, space)| space.matches()) {
                others.smtp.push(connector.seen());
            }
            if others.star.len() < 2 && spaces(&texts).any(|(_, space)| space.reach() == Some(Reach::All)) {
                others.star.push(connector.seen());
            }
            if let Err(causes) = connector.values(SPACES) {
                others.open = others.open.and(&causes);
            }
        }
        others
    }
}

/// The first of these that is not the object itself.
fn other_than<'a, 'q>(object: &Object<'_>, all: &'a [Seen<'q>]) -> Option<&'a Seen<'q>> {
    all.iter().find(|other| other.id() != object.seen().id())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_type_and_address_and_nothing_else() {
        for (text, expected) in [
            ("SMTP:*;;1", Some(("SMTP", "*"))),
            ("SMTP:;;1", Some(("SMTP", ""))),
            ("smtp: ;1", Some(("smtp", ""))),
            ("LOCAL:SMTP:*;;1", Some(("SMTP", "*"))),
            ("LOCAL:elsewhere;;1", Some(("LOCAL", "elsewhere"))),
            ("X400:c=US;a=X400admd;p=X400prmd;o=X400org;;1", Some(("X400", "c=US"))),
            ("SMTP:", Some(("SMTP", ""))),
            ("*;;1", None),
        ] {
            assert_eq!(Space::read(text).map(|space| (space.kind, space.address)), expected, "{text}");
        }
    }
}
