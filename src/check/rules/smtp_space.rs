//! `smtp-space`: the SMTP address spaces of an Internet Mail Service, the values of its `Routing-List`.
//!
//! A value is `TYPE:address;..;cost` (Q199412 shows `X400:c=US;a=X400admd;p=X400prmd;o=X400org;;1`). That SMTP is written likewise,
//! `SMTP:*;;1`, is inferred. Nothing else of a value is read: how it holds a scope or a routing address is not published.

use super::{Judging, Object, Ruling};
use crate::directory::dn::Dn;
use crate::exchange::organization::Organization;
use crate::exchange::selection::Selection;
use crate::report::{Reason, Severity};
use serde::Deserialize;

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
    /// That there is none.
    None,
    /// One without an address.
    Blank,
    /// One of another type.
    OtherType,
}

/// An address space as far as it is read.
struct Space<'a> {
    /// The type; `LOCAL` before it says who may use it (Q161947).
    kind: &'a str,
    /// An SMTP address, up to the first `;`, which no domain has in it; none if nothing ends it.
    address: Option<&'a str>,
}

impl<'a> Space<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let (kind, rest) = text.split_once(':')?;
        if kind.trim().eq_ignore_ascii_case("LOCAL") && rest.contains(':') {
            return Self::read(rest);
        }
        Some(Self { kind: kind.trim(), address: rest.split_once(';').map(|(address, _)| address.trim()) })
    }

    fn is_smtp(&self) -> bool {
        self.kind.eq_ignore_ascii_case("SMTP")
    }
}

impl Judging for SmtpSpace {
    fn attributes(&self) -> Vec<&str> {
        match self.fault {
            Fault::OtherType => vec!["Routing-List", "Connected-Domains"],
            Fault::None | Fault::Blank => vec!["Routing-List"],
        }
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        match self.fault {
            Fault::OtherType => Vec::new(),
            Fault::None | Fault::Blank => {
                Selection::named("connector").map(|each| (each, vec!["Routing-List"])).into_iter().collect()
            }
        }
    }

    fn expected(&self) -> String {
        match self.fault {
            Fault::None => "an address space of type SMTP".into(),
            Fault::Blank => "no blank SMTP address space; SMTP:*;;1 for every address".into(),
            Fault::OtherType => "address spaces of type SMTP only".into(),
        }
    }

    fn judge(&self, object: &Object<'_>) -> Option<Ruling> {
        let texts = object.texts("Routing-List")?;
        let read: Vec<(&String, Option<Space<'_>>)> = texts.iter().map(|text| (text, Space::read(text))).collect();
        let unread = read.iter().find(|(_, space)| space.is_none()).map(|(text, _)| {
            Ruling::unknown(Reason::NotVisible, format!("the address space {text:?} does not begin with a type"))
        });
        let mut spaces = read.iter().filter_map(|(text, space)| Some((*text, space.as_ref()?)));
        let organization = object.organization?;
        let own = &object.entry.dn;
        match self.fault {
            Fault::None => {
                if let Some((text, _)) = spaces.find(|(_, space)| space.is_smtp()) {
                    return Some(Ruling::holds(format!("has the address space {text}")));
                }
                if let Some(unread) = unread {
                    return Some(unread);
                }
                let has = if texts.is_empty() { "no address space".to_owned() } else { "no address space of type SMTP".into() };
                Some(match smtp_elsewhere(organization, own, &|_| true) {
                    Some(other) => Ruling::broken(Reason::NotSet, format!("has {has}; {other} has one")).only(Severity::Warning),
                    None => Ruling::broken(Reason::NotSet, format!("has {has}, and no other connector seen here has one")),
                })
            }
            Fault::Blank => {
                let mut smtp = spaces.filter(|(_, space)| space.is_smtp());
                let Some((text, _)) = smtp.find(|(_, space)| space.address == Some("")) else {
                    return Some(unread.unwrap_or_else(|| Ruling::holds("has no blank SMTP address space")));
                };
                let message = format!("has the blank SMTP address space {text:?}");
                let broken = |more: &str| Ruling::broken(Reason::NotMet, format!("{message}{more}"));
                let is_star = |space: &Space<'_>| space.address == Some("*");
                if read.iter().filter_map(|(_, space)| space.as_ref()).any(|space| space.is_smtp() && is_star(space)) {
                    return Some(broken(" beside *, which goes first whatever the cost"));
                }
                if let Some(other) = smtp_elsewhere(organization, own, &is_star) {
                    return Some(broken(&format!("; {other} has *, and gets all mail whatever the cost")));
                }
                let all_seen = organization.configuration_search.as_ref().is_some_and(|ended| ended.is_complete());
                Some(match all_seen {
                    true => broken("").only(Severity::Info),
                    false => broken("; whether another connector has * was not seen"),
                })
            }
            Fault::OtherType => {
                let Some((text, space)) = spaces.find(|(_, space)| !space.is_smtp()) else {
                    return Some(unread.unwrap_or_else(|| match texts.len() {
                        0 => Ruling::nothing("has no address space"),
                        _ => Ruling::holds("has address spaces of type SMTP only"),
                    }));
                };
                // a connected site is said to bring one with it (Q199412, of the X.400 connector)
                if space.kind.eq_ignore_ascii_case("X400") && !object.values("Connected-Domains")?.is_empty() {
                    return Some(Ruling::holds(format!("has the address space {text} for its connected site")));
                }
                Some(Ruling::broken(Reason::NotMet, format!("has the address space {text}, which is not of type SMTP")))
            }
        }
    }
}

/// A connector other than `own` with such an SMTP address space.
fn smtp_elsewhere(organization: &Organization, own: &Dn, such: &dyn Fn(&Space<'_>) -> bool) -> Option<Dn> {
    let connectors = Selection::named("connector")?;
    let has = |text: &String| Space::read(text).is_some_and(|space| space.is_smtp() && such(&space));
    let key = own.key();
    let mut others = organization.living().filter(|entry| connectors.takes(entry) && entry.dn.key() != key);
    others.find(|entry| entry.texts("Routing-List").any(|text| has(&text))).map(|entry| entry.dn.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_type_and_address_and_nothing_else() {
        for (text, expected) in [
            ("SMTP:*;;1", Some(("SMTP", Some("*")))),
            ("SMTP:;;1", Some(("SMTP", Some("")))),
            ("smtp: ;1", Some(("smtp", Some("")))),
            ("LOCAL:SMTP:*;;1", Some(("SMTP", Some("*")))),
            ("LOCAL:elsewhere;;1", Some(("LOCAL", Some("elsewhere")))),
            ("X400:c=US;a=X400admd;p=X400prmd;o=X400org;;1", Some(("X400", Some("c=US")))),
            ("SMTP:", Some(("SMTP", None))),
            ("*;;1", None),
        ] {
            assert_eq!(Space::read(text).map(|space| (space.kind, space.address)), expected, "{text}");
        }
    }
}
