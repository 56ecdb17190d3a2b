//! Who depends on an object: whoever names it, and the Internet Mail Services whose administrator it is.
//!
//! Where a service keeps its administrator is not published, so that reference is found by the locators of [`pointer`]; what they say
//! takes the place of the bare name in the settings.

use super::confidence::Confidence;
use super::ims::Ims;
use super::naming;
use super::pointer::{self, State};
use super::questions::{Cause, MOST_SERVICES, Questions, Referrer, Seen};
use super::selection::Selection;
use crate::directory::dn::Dn;
use std::collections::BTreeSet;

/// One who depends on an object.
#[derive(Debug, Clone)]
pub struct Dependent<'q> {
    /// Who; none if it was not seen.
    pub seen: Option<Seen<'q>>,
    /// Its name.
    pub by: Dn,
    /// What it depends on: the object, or one that lies below it.
    pub to: Dn,
    /// The attribute that says so.
    pub attribute: String,
    /// The service whose administrator it is, by its computer name, if this is that reference.
    pub administrator: Option<Ims>,
    /// Whether that is documented or inferred.
    pub confidence: Confidence,
}

/// All of them, as far as they were seen.
#[derive(Debug)]
pub struct Dependents<'q> {
    /// Those that were seen.
    pub seen: Vec<Dependent<'q>>,
    /// What was not seen that may depend on it too; empty where all was.
    pub missing: Vec<Cause>,
    /// What that there are no others rests on, if nothing is missing.
    pub confidence: Confidence,
    /// Every administrator of a service, for what follows their attributes.
    pub administrators: BTreeSet<u128>,
}

impl<'q> Dependents<'q> {
    /// Of an object.
    pub fn of(questions: &'q Questions, dn: &Dn) -> Self {
        let referrers = questions.referrers(dn);
        let (mut missing, confidence) = match referrers.whole() {
            Ok(ground) => (Vec::new(), ground.confidence()),
            Err(causes) => (causes.to_vec(), Confidence::Inferred),
        };
        let mut seen = Vec::new();
        let mut administrators = BTreeSet::new();
        let mut told: BTreeSet<(u128, u128)> = BTreeSet::new();
        for service in services(questions) {
            let Some(ims) = Ims::of(&service.shown()) else { continue };
            let pointer = pointer::locate(questions, &ims, &service);
            match pointer.state {
                State::Leads(leads) => {
                    let confidence = if leads.len() > 1 { Confidence::Inferred } else { pointer.locator.confidence() };
                    administrators.extend(leads.iter().map(Dn::number));
                    let leads = leads.into_iter().filter(|to| to.is_within(dn) && !ims.dn.is_within(dn));
                    for to in leads.filter(|to| told.insert((ims.dn.number(), to.number()))) {
                        let attribute = pointer.locator.attribute().to_owned();
                        let (by, administrator) = (ims.dn.clone(), Some(ims.clone()));
                        seen.push(Dependent { seen: Some(service), by, to, attribute, administrator, confidence });
                    }
                }
                State::Undecided(open) | State::Unresolved(open) if may_be_administrator(questions, dn) => {
                    missing.extend(questions.told(&open.causes));
                }
                State::Undecided(_) | State::Unresolved(_) | State::Unset(_) => {}
            }
        }
        let is_new = |referrer: &&Referrer<'q>| {
            // a server's name in an attribute of the service is another matter
            !told.contains(&(referrer.by.number(), referrer.to.number()))
        };
        seen.extend(referrers.seen().iter().filter(is_new).cloned().map(|referrer| {
            let Referrer { seen, by, attribute, to, confidence } = referrer;
            Dependent { seen, by, to, attribute, administrator: None, confidence }
        }));
        missing.sort();
        missing.dedup();
        Self { seen, missing, confidence, administrators }
    }
}

/// The services that were seen, in a stable order.
fn services(questions: &Questions) -> Vec<Seen<'_>> {
    let all = Selection::named("ims").map(|selection| questions.all(selection, None));
    let mut services: Vec<Seen<'_>> = all.iter().flat_map(|all| all.seen()).collect();
    services.sort_by_cached_key(|seen| seen.dn().key());
    services.truncate(MOST_SERVICES);
    services
}

/// Whether an object, or one below it, may be the administrator of a service: a recipient, or what recipients may lie in.
fn may_be_administrator(questions: &Questions, dn: &Dn) -> bool {
    match questions.find(dn) {
        Some(seen) if seen.kind().is_recipient() => true,
        _ => !naming::is_configuration(dn),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::fake::questions;

    #[test]
    fn the_service_depends_on_its_administrator_and_not_twice() {
        let questions = questions(
            "dn: cn=Internet Mail Connector (A),cn=Connections,cn=Configuration,ou=S,o=O\nobjectClass: Mail-Gateway\n\
             Computer-Name: A\nExtension-Data: x/o=O/ou=S/cn=Recipients/cn=pm\n\n\
             dn: cn=pm,cn=Recipients,ou=S,o=O\nobjectClass: organizationalPerson\n\n",
        );
        let of = |name: &str| {
            let dn = Dn::parse(name.as_bytes()).expect(name);
            let all = Dependents::of(&questions, &dn);
            let told = |one: &Dependent<'_>| (one.attribute.clone(), one.administrator.is_some(), one.confidence);
            all.seen.iter().map(told).collect::<Vec<_>>()
        };
        assert_eq!(of("cn=pm,cn=Recipients,ou=S,o=O"), [("Extension-Data".into(), true, Confidence::Inferred)]);
        assert_eq!(of("cn=A,cn=Servers,cn=Configuration,ou=S,o=O"), [("Computer-Name".into(), false, Confidence::Inferred)]);
    }
}
