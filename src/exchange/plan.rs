//! What an audit or the doctor would ask of a server, before it asks: the searches in their order, and when each is sent.

use super::declaration::Hints;
use super::requests;
use super::wanted::Wanted;
use crate::directory::dn::Dn;
use crate::directory::filter::Filter;
use crate::directory::source::Search;

/// One search of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What it is for, and when it is sent.
    pub why: &'static str,
    /// The search. Names that only the server knows are capitals: `o=ORGANIZATION`.
    pub search: Search,
}

fn step(why: &'static str, search: Search) -> Step {
    Step { why, search }
}

fn site() -> Dn {
    Dn::of([("ou", "SITE"), ("o", "ORGANIZATION")])
}

/// What both begin with: the organization, the services, the containers.
fn beginning(base: &Dn, wanted: &Wanted) -> Vec<Step> {
    let mut steps = vec![
        step("the root of the server: is it Exchange, and of which organization", requests::root(true)),
        step("only if the server refuses '*' beside names: the root again", requests::root(false)),
        step("only if the root does not name the organization, and no base was given", requests::first("Computer")),
        step("only if no server object is seen either", requests::first("organizationalPerson")),
        step("the Internet Mail Services", requests::services(base, true, &wanted.services)),
        step("the containers: is the configuration readable", requests::containers(base)),
    ];
    if !wanted.configuration.is_empty() {
        let names = &wanted.configuration_attributes;
        steps.push(step("the other configuration objects", requests::configuration(base, &wanted.configuration, names)));
    }
    if !wanted.recipients.is_empty() {
        let names = &wanted.recipient_attributes;
        steps.push(step("the recipients", requests::recipients(base, &wanted.recipients, names)));
    }
    let again = "only if the server refuses '*' beside names: the services again";
    steps.push(step(again, requests::services(base, false, &wanted.services)));
    steps
}

/// The plan of `exaudit doctor` from `base` down.
pub fn doctor(base: Option<&Dn>) -> Vec<Step> {
    let base = base.cloned().unwrap_or_else(|| site().parent());
    let mut steps = beginning(&base, &Wanted::default());
    steps.extend([
        step("the servers and their versions", requests::servers(&base)),
        step("where the server itself ends an answer", requests::any(&base)),
        step("are hidden or deleted objects seen", requests::hidden(&base, 99)),
        step("only if that reached its limit: the same, site by site", requests::hidden(&site(), 1)),
        step("and then, if no deleted object was seen", requests::deleted(&base)),
    ]);
    steps
}

/// The plan of `exaudit collect`: that of an audit, and with `all` everything else.
pub fn collect(base: Option<&Dn>, hints: &Hints, wanted: &Wanted, all: bool) -> Vec<Step> {
    let mut steps = audit(base, hints, wanted);
    // a report needs the servers, a file does not
    steps.retain(|step| step.search.filter != Filter::equal("objectClass", "Computer") || step.search.size_limit > 0);
    if all {
        let base = base.cloned().unwrap_or_else(|| site().parent());
        steps.push(step("everything that this bind may read", requests::everything_below(&base, &wanted.all())));
    }
    steps
}

/// The plan of an audit from `base` down; `wanted` is what the checks want collected.
pub fn audit(base: Option<&Dn>, hints: &Hints, wanted: &Wanted) -> Vec<Step> {
    let site = site();
    let base = base.cloned().unwrap_or_else(|| site.parent());
    let container = Dn::of([("cn", "Recipients"), ("ou", "SITE"), ("o", "ORGANIZATION")]);
    let administrator = Dn::of([("cn", "ADMINISTRATOR"), ("cn", "Recipients"), ("ou", "SITE"), ("o", "ORGANIZATION")]);
    let wanted = wanted.clone().and(hints.admin_attribute.clone());
    let names: Vec<_> = hints.declared.iter().filter_map(|declaration| declaration.recipient.filter()).collect();
    let mut steps = beginning(&base, &wanted);
    if !names.is_empty() {
        steps.push(step("the recipients declared by name", requests::declared(&base, names, &wanted.referred)));
    }
    steps.extend([
        step(
            "each object that a service, or another reference of the checks, may lead to",
            requests::recipient(&administrator, &wanted.referred),
        ),
        step("the container of each that does not exist", requests::container(&container)),
        step("only if one shows no X.400 address: does any recipient show one", requests::x400(&base)),
        step("only if one is not there, and no hidden object was seen at its site", requests::hidden(&base, 99)),
        step("only if that reached its limit: the same, site by site", requests::hidden(&site, 1)),
        step("the servers and their versions, for the report", requests::servers(&base)),
    ]);
    steps
}
