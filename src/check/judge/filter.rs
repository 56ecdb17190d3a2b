//! `filter`: the object matches an LDAP filter.
//!
//! An attribute that did not come back counts as "not set" only where that is proven; otherwise the answer is `unknown`.

use super::{Context, Outcome, bounded, leads, resolves, unresolved, worst};
use crate::check::definition::Check;
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
use crate::directory::filter::Filter;
use crate::exchange::address::{self, proxy_addresses};
use crate::exchange::class::Kind;
use crate::exchange::organization::{Destination, Organization};
use crate::exchange::visibility;
use crate::report::{Confidence, Evidence, Reason, Verdict};

pub(super) fn judge(context: &Context, check: &Check, filter: &Filter, reason: &Reason) -> Outcome {
    let followed = check.subject.follow.is_some();
    let own = [context.ims.dn.clone()];
    let objects = if followed { leads(context.pointer) } else { &own };
    if objects.is_empty() {
        return unresolved(context);
    }
    let mut outcome = worst(objects.iter().map(|dn| one(context, check, filter, reason, dn)).collect());
    if followed && context.pointer.locator.confidence() == Confidence::Inferred {
        outcome.confidence = Confidence::Inferred;
    }
    outcome
}

fn one(context: &Context, check: &Check, filter: &Filter, reason: &Reason, dn: &Dn) -> Outcome {
    let Destination::Living(entry) = context.organization.follow(dn) else {
        // whether it exists is for the check of that to say
        return Outcome { verdict: Verdict::Unknown, ..resolves::one(context, dn) };
    };
    let mut unproven = None;
    let matched = filter.evaluate(entry, &mut |attribute| match proven_unset(context.organization, entry, attribute, reason) {
        Ok(()) => true,
        Err(why) => {
            unproven.get_or_insert(why);
            false
        }
    });
    let mut outcome = match matched {
        Some(true) => Outcome {
            verdict: Verdict::Pass,
            reason: Reason::Met,
            message: format!("{dn}: {}.", shown(entry, reason)),
            ..Outcome::default()
        },
        Some(false) => Outcome {
            verdict: Verdict::Fail,
            reason: reason.clone(),
            message: format!("{dn}: {}.", shown(entry, reason)),
            ..Outcome::default()
        },
        None => undecided(context, entry, filter, reason, unproven.unwrap_or(Reason::NotVisible)),
    };
    if let Some(lesser) = check.lesser.iter().find(|lesser| outcome.verdict == Verdict::Fail && lesser.filter.matches(entry)) {
        outcome.severity = Some(lesser.severity);
        outcome.confidence = lesser.confidence;
        outcome.message = format!("{} {}", outcome.message, lesser.message);
    }
    outcome.object = Some(dn.clone());
    outcome.evidence = evidence(entry, filter);
    outcome.reproduce = context.reproduce.read(dn, &attributes(filter));
    outcome
}

/// Whether an attribute that did not come back is proven to be unset. That a recipient has no X.400 address is a
/// question of its own; any other condition on the same attributes is answered attribute by attribute.
fn proven_unset(organization: &Organization, entry: &Entry, attribute: &str, reason: &Reason) -> Result<(), Reason> {
    let holds_x400 =
        ["textEncodedORAddress", "otherMailbox", "Proxy-Addresses"].iter().any(|a| a.eq_ignore_ascii_case(attribute));
    match reason {
        Reason::NoX400 if holds_x400 => visibility::x400_is_shown(organization, entry),
        _ => visibility::proven_unset(organization, entry, attribute),
    }
}

/// What the object shows, in the words of the condition.
fn shown(entry: &Entry, reason: &Reason) -> String {
    let kinds = || {
        let mut kinds: Vec<String> = proxy_addresses(entry).into_iter().map(|a| a.kind).filter(|k| !k.is_empty()).collect();
        kinds.sort();
        kinds.dedup();
        if kinds.is_empty() { "no addresses at all".to_owned() } else { format!("addresses of type {}", kinds.join(", ")) }
    };
    match reason {
        Reason::WrongClass => Kind::of(entry).words(),
        Reason::NoX400 if address::has_type(entry, "X400") => "has an X.400 address".into(),
        Reason::NoX400 => format!("has no X.400 address; it shows {}", kinds()),
        _ => "judged by the condition of the check".into(),
    }
}

fn undecided(context: &Context, entry: &Entry, filter: &Filter, reason: &Reason, why: Reason) -> Outcome {
    let organization = context.organization;
    let what = match reason {
        Reason::NoX400 => "shows no X.400 address, and neither does any other recipient here",
        Reason::WrongClass => "shows no objectClass",
        _ => "does not show what the condition asks about",
    };
    if *reason == Reason::NoX400 && address::hides_x400(entry) {
        let message = format!(
            "{} shows an X.400 address inside another: its values were not taken apart.\nTo decide it, name what separates them \
             with --columns, or export again with the separators of docs/exports.md.",
            entry.dn
        );
        return Outcome { verdict: Verdict::Unknown, reason: why, message, ..Outcome::default() };
    }
    if let (Reason::NoX400, Some(how)) = (reason, organization.x400_search.trouble()) {
        let message = format!("{} shows no X.400 address, and the look whether others do did not end: {how}.", entry.dn);
        return Outcome { verdict: Verdict::Unknown, reason: Reason::Truncated, message, ..Outcome::default() };
    }
    let advice = match why {
        Reason::NotRequested => context.reproduce.export_hint(organization.name.as_deref(), &filter.attributes()),
        _ => {
            "The attribute may be withheld (DS Site Configuration, Attributes page): bind with more rights, or look in Admin.exe."
                .into()
        }
    };
    let message = format!("{} {what}: it may have been withheld or not asked for.\n{advice}", entry.dn);
    Outcome { verdict: Verdict::Unknown, reason: why, message, ..Outcome::default() }
}

fn evidence(entry: &Entry, filter: &Filter) -> Vec<Evidence> {
    let all = filter.attributes();
    let some: Vec<&str> = all.iter().copied().filter(|name| entry.has(name)).collect();
    let names = if some.is_empty() { all.into_iter().take(1).collect() } else { some };
    names
        .into_iter()
        .map(|name| Evidence {
            dn: entry.dn.clone(),
            attribute: name.to_owned(),
            observed: bounded(entry.texts(name)),
            expected: filter.to_string(),
        })
        .collect()
}

fn attributes(filter: &Filter) -> Vec<&str> {
    let mut names = vec!["objectClass"];
    let more = filter.attributes();
    names.extend(more.into_iter().filter(|name| !name.eq_ignore_ascii_case("objectClass")));
    names
}
