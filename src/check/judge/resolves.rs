//! `resolves`: the reference leads to an object that exists.

use super::led::{self, Led};
use super::outcome::worst;
use super::{Context, Outcome, filter};
use crate::check::definition::Expect;
use crate::directory::dn::Dn;
use crate::exchange::naming;
use crate::exchange::questions::{Ground, Lookup, Witness};
use crate::report::{Evidence, Reason, Verdict};

/// The administrator of a service.
pub(super) fn administrator(context: &Context<'_>) -> Outcome {
    match led::administrator(context) {
        Led::To(objects) => {
            let each = |dn: &Dn| exists(context, dn, &context.bench.questions.object(dn));
            let mut outcome = worst(objects.iter().map(each).collect(), "candidates");
            outcome.ground = outcome.ground.and(&context.ground());
            outcome
        }
        Led::Nowhere(outcome) => *outcome,
    }
}

/// What an attribute of the judged object names.
pub(super) fn attribute(context: &Context<'_>, name: &str) -> Outcome {
    let judged = match led::of(context) {
        Led::To(objects) => objects,
        Led::Nowhere(outcome) => return *outcome,
    };
    let outcomes = judged.iter().flat_map(|dn| held(context, dn, name));
    let mut outcome = worst(outcomes.collect(), context.several());
    outcome.ground = outcome.ground.and(&context.ground());
    outcome
}

/// What each name says that an attribute of one object holds.
fn held(context: &Context<'_>, dn: &Dn, name: &str) -> Vec<Outcome> {
    let seen = match (&context.check().subject.follow, context.start.seen) {
        (None, Some(seen)) => seen,
        _ => match context.bench.questions.object(dn) {
            Lookup::There(seen) => seen,
            lookup => return vec![unread(context, dn, &lookup)],
        },
    };
    match led::attribute(context, &seen, name) {
        Led::To(objects) => objects.iter().map(|named| named_by(context, dn, name, named)).collect(),
        Led::Nowhere(outcome) => vec![*outcome],
    }
}

/// Whether one name that an attribute holds leads to an object, and to a fit one.
fn named_by(context: &Context<'_>, holder: &Dn, name: &str, named: &Dn) -> Outcome {
    let lookup = context.bench.questions.object(named);
    let mut outcome = fit(context, named, &lookup);
    if outcome.verdict == Verdict::Pass
        && let Expect::Resolves { own_site: true, .. } = &context.check().expect
        && let Some(message) = no_server_of_the_site(holder, named)
    {
        outcome = Outcome { verdict: Verdict::Fail, reason: Reason::Mismatch, message, ..outcome };
        outcome.ground = outcome.ground.and(&Ground::inferred());
    }
    outcome.message = naming(holder, name, named, &outcome.message);
    outcome.object = Some(named.clone());
    match lookup {
        Lookup::There(seen) => context.lessened_as(Some(seen), outcome),
        _ => context.lessened_as(context.start.seen, outcome),
    }
}

/// That an object is no server of the site of the one that names it, nor a part of one; none if it is. A role of a site is that of one of
/// its servers: the articles say to choose one of the site, and none tells of harm, so a failure is inferred.
fn no_server_of_the_site(holder: &Dn, named: &Dn) -> Option<String> {
    let (own, other) = (naming::site_of(holder)?, naming::site_of(named)?);
    if own.number() != other.number() {
        let name = naming::site_name(named).unwrap_or_default();
        return Some(format!("It is in site {name}, but the role must go to a server of the same site."));
    }
    naming::server_of(named).is_none().then(|| "It is not a server, nor a part of one.".to_owned())
}

/// What is said of an object, as said of the attribute that names it.
pub(super) fn naming(holder: &Dn, name: &str, named: &Dn, message: &str) -> String {
    // most of what is said begins with the name
    match message.starts_with(&named.to_string()) {
        true => format!("{holder}: its {name} {message}"),
        false => format!("{holder}: its {name} is {named}. {message}"),
    }
}

/// Whether a name leads to an object, and to a fit one.
fn fit(context: &Context<'_>, named: &Dn, lookup: &Lookup<'_>) -> Outcome {
    match (&context.compiled.to, &context.check().expect, lookup) {
        (Some(condition), Expect::Resolves { to: Some(to), .. }, Lookup::There(seen)) => {
            let reason = if filter::is_about_kind(to) { Reason::WrongClass } else { Reason::NotMet };
            filter::one(context, condition, to, &reason, seen)
        }
        _ => exists(context, named, lookup),
    }
}

/// What is said of an object that was not read, so that it cannot be judged: whether it exists is for the check of that to say.
pub(super) fn unread(context: &Context<'_>, dn: &Dn, lookup: &Lookup<'_>) -> Outcome {
    let outcome = exists(context, dn, lookup);
    match outcome.verdict {
        // of the object that an attribute names there is nothing to judge; who the administrator is remains open
        Verdict::Fail if !context.is_by_administrator() => {
            Outcome { verdict: Verdict::NotApplicable, reason: Reason::NoneSeen, ..outcome }
        }
        _ => Outcome { verdict: Verdict::Unknown, ..outcome },
    }
}

/// Whether a name leads to an object.
fn exists(context: &Context<'_>, dn: &Dn, lookup: &Lookup<'_>) -> Outcome {
    let words = &context.bench.words;
    let location = context.bench.questions.location();
    let said = |verdict, reason, message| Outcome { verdict, reason, message, ..Outcome::default() };
    let mut outcome = match lookup {
        Lookup::There(seen) => said(Verdict::Pass, Reason::Met, format!("{dn} exists: {}.", seen.kind().words())),
        Lookup::Deleted(_) => said(Verdict::Fail, Reason::Tombstone, gone(dn, &Witness::Tombstone { location })),
        Lookup::Gone(ground, witness) => {
            let reason = match witness {
                Witness::Above(above) if matches!(above.1, Witness::Tombstone { .. }) => Reason::Tombstone,
                _ => Reason::Dangling,
            };
            Outcome { ground: ground.clone(), ..said(Verdict::Fail, reason, gone(dn, witness)) }
        }
        Lookup::Open(causes) if context.bench.questions.find(dn).is_some() => {
            words.undecided_life(dn, Outcome::open(causes.clone()), context.is_about_administrator())
        }
        Lookup::Open(causes) => words.undecided_object(dn, Outcome::open(causes.clone())),
    };
    let observed = match outcome.verdict {
        Verdict::Pass => "exists".to_owned(),
        _ => outcome.reason.to_string(),
    };
    outcome.object = Some(dn.clone());
    outcome.evidence = vec![Evidence {
        dn: dn.clone(),
        attribute: String::new(),
        observed: vec![observed],
        expected: "an object of that name, not deleted".into(),
    }];
    outcome.reproduce = context.bench.reproduce.read(dn, &["objectClass", "Is-Deleted", "Hide-From-Address-Book"]);
    outcome
}

/// That an object is not there, and what shows it.
fn gone(dn: &Dn, witness: &Witness) -> String {
    let site = naming::site_name(dn).unwrap_or_else(|| "of that name".into());
    match witness {
        Witness::Readable { location } => {
            format!("{dn} does not exist: {location} shows its container and hidden objects of site {site}.")
        }
        Witness::Siblings { location } => {
            format!("{dn} does not exist: {location} shows others of its container, and such objects cannot be hidden.")
        }
        Witness::Above(above) => {
            let (above, witness) = above.as_ref();
            let what = if naming::server_of(dn).is_some_and(|server| server.number() == above.number()) {
                "server"
            } else {
                "container"
            };
            format!("{dn} is below a {what} that is gone. {}", gone(above, witness))
        }
        Witness::Change => format!("{dn} is gone: the change removes it."),
        Witness::Tombstone { location } => format!("{dn} is deleted: {location} shows only its tombstone (Is-Deleted TRUE)."),
    }
}

impl Context<'_> {
    /// Whether the check speaks of the administrator of a service, which can be declared.
    pub(super) fn is_about_administrator(&self) -> bool {
        self.start.service.is_some()
    }
}
