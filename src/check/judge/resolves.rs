//! `resolves`: the reference leads to an object that exists.
//!
//! "Not there" needs three witnesses: the parent container is readable, something of the site is in the collection, and
//! hidden objects of that site are seen. Otherwise the object may be hidden, or of a site that is not replicated here.

use super::led::{self, Led};
use super::{Context, Outcome, filter, server_of, worst};
use crate::directory::dn::Dn;
use crate::directory::filter::Filter;
use crate::directory::source::{Ended, Kind as Source};
use crate::exchange::class::Kind;
use crate::exchange::naming;
use crate::exchange::organization::Destination;
use crate::exchange::visibility::tells_deleted;
use crate::report::{Confidence, Evidence, Reason, Verdict};

/// The administrator of a service.
pub(super) fn administrator(context: &Context<'_>) -> Outcome {
    match led::administrator(context) {
        Led::To(objects) => worst(objects.iter().map(|dn| one(context, dn)).collect(), "candidates"),
        Led::Nowhere(outcome) => outcome,
    }
}

/// What an attribute of the judged object names.
pub(super) fn attribute(context: &Context<'_>, name: &str, to: Option<&Filter>) -> Outcome {
    let judged = match context.led() {
        Led::To(objects) => objects,
        Led::Nowhere(outcome) => return outcome,
    };
    let outcomes = judged.iter().flat_map(|dn| held(context, dn, name, to));
    let mut outcome = worst(outcomes.collect(), context.several());
    outcome.confidence = outcome.confidence.and(context.confidence());
    outcome
}

/// The same of one judged object.
pub(super) fn of_one(context: &Context<'_>, dn: &Dn, name: &str, to: Option<&Filter>) -> Outcome {
    worst(held(context, dn, name, to), context.several())
}

/// What each name says that an attribute of one object holds.
fn held(context: &Context<'_>, dn: &Dn, name: &str, to: Option<&Filter>) -> Vec<Outcome> {
    let Destination::Living(entry) = context.organization.follow(dn) else {
        return vec![unread(context, dn, &[name])];
    };
    match led::attribute(context, entry, name) {
        Led::To(objects) => objects.iter().map(|named| named_by(context, dn, name, named, to)).collect(),
        Led::Nowhere(outcome) => vec![outcome],
    }
}

/// Whether one name that an attribute holds leads to an object, and to a fit one.
fn named_by(context: &Context<'_>, holder: &Dn, name: &str, named: &Dn, to: Option<&Filter>) -> Outcome {
    let mut outcome = fit(context, named, to);
    outcome.message = naming(holder, name, named, &outcome.message);
    outcome.object = Some(named.clone());
    context.lessened(named, outcome)
}

/// What is said of an object, as said of the attribute that names it.
pub(in crate::check) fn naming(holder: &Dn, name: &str, named: &Dn, message: &str) -> String {
    let named = named.to_string();
    // most of what is said begins with the name
    match message.starts_with(&named) {
        true => format!("{holder}: {name} names {message}"),
        false => format!("{holder}: {name} names {named}: {message}"),
    }
}

/// Whether a name leads to an object, and to a fit one.
pub(super) fn fit(context: &Context<'_>, named: &Dn, to: Option<&Filter>) -> Outcome {
    let tells = match context.organization.follow(named) {
        Destination::Living(entry) => tells_deleted(entry),
        Destination::Seen(seen) => seen.tells_deleted,
        Destination::Tombstone(_) | Destination::Nowhere(_) => false,
    };
    match to {
        Some(to) if tells => {
            let reason = if filter::is_about_kind(to) { Reason::WrongClass } else { Reason::NotMet };
            filter::one(context, to, &reason, named)
        }
        _ => one(context, named),
    }
}

/// What is said of an object that was not read, so that it cannot be judged: whether it exists is for the check of that to say.
pub(super) fn unread(context: &Context<'_>, dn: &Dn, attributes: &[&str]) -> Outcome {
    let mut outcome = Outcome { verdict: Verdict::Unknown, ..one(context, dn) };
    if matches!(context.organization.follow(dn), Destination::Seen(_)) {
        outcome.reason = Reason::Truncated;
        outcome.message = format!("{dn} was not looked up: what it shows of {} is not known.", attributes.join(", "));
    }
    outcome
}

/// Whether one name leads to an object.
pub(super) fn one(context: &Context<'_>, dn: &Dn) -> Outcome {
    let asked = context.organization.asked();
    let undecided = || {
        let message = format!(
            "{asked} shows {dn}, but not whether it is deleted: Is-Deleted was not asked for.\n{}",
            context.reproduce.export_hint(context.organization.name.as_deref(), &["Is-Deleted"])
        );
        (Verdict::Unknown, Reason::NotRequested, message)
    };
    let (verdict, reason, message) = match context.organization.follow(dn) {
        Destination::Living(entry) if !tells_deleted(entry) => undecided(),
        Destination::Seen(seen) if !seen.tells_deleted => undecided(),
        Destination::Living(entry) => (Verdict::Pass, Reason::Met, format!("{dn} exists: {}.", Kind::of(entry).words())),
        Destination::Seen(seen) => {
            let kind = seen.kind.map_or("an object of another kind", |kind| kind.words());
            (Verdict::Pass, Reason::Met, format!("{dn} exists: {kind}."))
        }
        Destination::Tombstone(_) if cut_file(context).is_some() => (
            Verdict::Unknown,
            Reason::Truncated,
            format!(
                "{dn} is deleted, but a living object of that name may stand where {asked} was cut: {}.",
                cut_file(context).unwrap_or_default()
            ),
        ),
        Destination::Tombstone(_) => {
            (Verdict::Fail, Reason::Tombstone, format!("{dn} is deleted: {asked} holds only its tombstone (Is-Deleted TRUE)."))
        }
        Destination::Nowhere(ended) => nowhere(context, dn, ended),
    };
    let observed = match verdict {
        Verdict::Pass => vec!["exists".to_owned()],
        _ => vec![reason.to_string()],
    };
    // a file cannot prove that it holds everything, unless it records how its searches ended
    let inferred = verdict == Verdict::Fail && reason == Reason::Dangling && !context.organization.proves_endings;
    Outcome {
        verdict,
        reason,
        message,
        confidence: if inferred { Confidence::Inferred } else { context.confidence() },
        object: Some(dn.clone()),
        evidence: vec![Evidence {
            dn: dn.clone(),
            attribute: String::new(),
            observed,
            expected: "an object of that name, not deleted".into(),
        }],
        reproduce: context.reproduce.read(dn, &["objectClass", "Is-Deleted", "Hide-From-Address-Book"]),
        ..Outcome::default()
    }
}

/// What cut the file, if one was read and it was cut: the rest might hold a newer object of a name (Q239639).
fn cut_file<'a>(context: &Context<'a>) -> Option<&'a str> {
    let organization = context.organization;
    organization.ims_search.trouble().filter(|_| !organization.proves_endings)
}

/// The server that an object lies below.
fn server_above(dn: &Dn) -> Option<Dn> {
    let server = dn.ancestor(SERVER_DEPTH);
    (server != *dn && server_of(dn).is_some()).then_some(server)
}

/// The parts of a server's name: itself, Servers, Configuration, the site, the organization.
const SERVER_DEPTH: usize = 5;

fn nowhere(context: &Context<'_>, dn: &Dn, ended: &Ended) -> (Verdict, Reason, String) {
    let organization = context.organization;
    let asked = organization.asked();
    let site = naming::site_name(dn).unwrap_or_else(|| "of that name".into());
    let unknown = |reason, message| (Verdict::Unknown, reason, message);
    match ended {
        Ended::Denied => return unknown(Reason::AccessDenied, format!("{asked} refuses this bind {dn} (50).")),
        Ended::Referral => {
            return unknown(Reason::OtherSite, format!("{asked} refers elsewhere for {dn} (10); referrals are not followed."));
        }
        Ended::Refused(how) | Ended::Cut(how) => {
            return unknown(Reason::Truncated, format!("{dn} could not be looked up: {how}."));
        }
        // a server that has no such object says so (32)
        Ended::Complete | Ended::OwnLimit => {
            let message =
                format!("{asked} answers the read of {dn} with success and without it: it keeps the object from this bind.");
            return unknown(Reason::HiddenUnseen, message);
        }
        Ended::NoSuchObject => {}
    }
    let parent = dn.parent();
    if !organization.has_site_of(dn) {
        return unknown(Reason::OtherSite, format!("{asked} shows no {dn}, but nothing else of site {site} either."));
    }
    if !matches!(organization.follow(&parent), Destination::Living(_)) {
        // what a server had went with it: then the server is what is missing
        if let Some(gone) = server_above(dn).map(|server| one(context, &server)).filter(|server| server.verdict == Verdict::Fail)
        {
            return (Verdict::Fail, gone.reason, format!("{dn}, of a server that is gone: {}", gone.message));
        }
        let hint = match organization.origin.kind {
            Source::Csv => format!("\n{}", context.reproduce.whole_export_hint(organization.name.as_deref())),
            _ => String::new(),
        };
        let message = format!("{asked} shows no {dn}, but its container {parent} neither.{hint}");
        return unknown(Reason::ContainerUnreadable, message);
    }
    if organization.sees_hidden_at(dn) {
        let message = format!("{asked} holds no {dn}; its container and hidden objects of site {site} are readable.");
        return (Verdict::Fail, Reason::Dangling, message);
    }
    if let Some(how) = organization.hidden_search.trouble() {
        return unknown(Reason::Truncated, format!("{asked} shows no {dn}, and the look for hidden objects did not end: {how}."));
    }
    unknown(
        Reason::HiddenUnseen,
        format!(
            "{asked} shows no {dn}, but no hidden object of site {site} either: it may be hidden.\nTo decide it, {}, or say \
             --sees-hidden yes if hidden objects are seen and site {site} has none.",
            context.reproduce.hidden_hint()
        ),
    )
}
