//! `filter`: the object matches an LDAP filter.
//!
//! An attribute that did not come back counts as "not set" only where that is proven; otherwise the answer is `unknown`.

use super::{Context, Led, Outcome, bounded, resolves, worst};
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
use crate::directory::filter::Filter;
use crate::exchange::address::{self, proxy_addresses};
use crate::exchange::class::Kind;
use crate::exchange::organization::{Destination, Organization};
use crate::exchange::selection::RECIPIENTS;
use crate::exchange::sweep::{RecipientKind, Seen};
use crate::exchange::visibility;
use crate::report::{Evidence, Reason, Verdict};

pub(super) fn judge(context: &Context<'_>, filter: &Filter, reason: &Reason) -> Outcome {
    let objects = match context.led() {
        Led::To(objects) => objects,
        Led::Nowhere(outcome) => return outcome,
    };
    let each = |dn| context.lessened(dn, one(context, filter, reason, dn));
    let mut outcome = worst(objects.iter().map(each).collect(), context.several());
    outcome.confidence = outcome.confidence.and(context.confidence());
    outcome
}

/// What an object says of a filter.
pub(super) fn one(context: &Context<'_>, filter: &Filter, reason: &Reason, dn: &Dn) -> Outcome {
    let organization = context.organization;
    let entry = match organization.follow(dn) {
        Destination::Living(entry) => entry,
        Destination::Seen(seen) if kind_decides(filter, seen) => return of_kind(context, filter, reason, dn, seen),
        _ => return resolves::unread(context, dn, &filter.attributes()),
    };
    let mut unproven = None;
    let matched = filter.evaluate(entry, &mut |attribute| match proven_unset(organization, entry, attribute, reason) {
        Ok(()) => true,
        Err(why) => {
            unproven.get_or_insert(why);
            false
        }
    });
    let decided = |verdict, reason: Reason| Outcome {
        verdict,
        reason: reason.clone(),
        message: format!("{dn}: {}.", describe(entry, filter, &reason)),
        ..Outcome::default()
    };
    let mut outcome = match matched {
        Some(true) => Outcome { reason: Reason::Met, ..decided(Verdict::Pass, reason.clone()) },
        Some(false) => decided(Verdict::Fail, reason.clone()),
        None => undecided(context, entry, filter, reason, unproven.unwrap_or(Reason::NotVisible)),
    };
    outcome.object = context.check.subject.follow.as_ref().map(|_| dn.clone());
    outcome.evidence = bounded_evidence(entry, filter);
    outcome.reproduce = context.reproduce.read(dn, &attributes(filter));
    outcome
}

/// Whether what is known of an object that streamed by decides a filter: its kind, and the filter compares with no other
/// classes.
pub(in crate::check) fn kind_decides(filter: &Filter, seen: Seen) -> bool {
    fn compares_kinds(filter: &Filter) -> bool {
        let is_kind = |value: &[u8]| RECIPIENTS.iter().any(|class| value.eq_ignore_ascii_case(class.as_bytes()));
        match filter {
            Filter::And(all) | Filter::Or(all) => all.iter().all(compares_kinds),
            Filter::Not(inner) => compares_kinds(inner),
            Filter::Equal(name, value) => name.eq_ignore_ascii_case("objectClass") && is_kind(value),
            _ => false,
        }
    }
    seen.kind.is_some() && compares_kinds(filter)
}

/// Whether a filter is about classes alone.
pub(super) fn is_about_kind(filter: &Filter) -> bool {
    filter.attributes().iter().all(|name| name.eq_ignore_ascii_case("objectClass"))
}

/// What an object that streamed by says of a filter about its kind.
fn of_kind(context: &Context<'_>, filter: &Filter, reason: &Reason, dn: &Dn, seen: Seen) -> Outcome {
    let mut entry = Entry::new(dn.clone());
    let class = seen.kind.map_or("Top", RecipientKind::class);
    ["Top", "person", class].into_iter().for_each(|class| entry.add("objectClass", class));
    let (verdict, reason) = if filter.matches(&entry) { (Verdict::Pass, Reason::Met) } else { (Verdict::Fail, reason.clone()) };
    Outcome {
        verdict,
        reason,
        message: format!("{dn}: {}.", Kind::of(&entry).words()),
        object: context.check.subject.follow.as_ref().map(|_| dn.clone()),
        evidence: bounded_evidence(&entry, filter),
        reproduce: context.reproduce.read(dn, &attributes(filter)),
        ..Outcome::default()
    }
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
pub(in crate::check) fn describe(entry: &Entry, filter: &Filter, reason: &Reason) -> String {
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
        _ => shown(entry, filter),
    }
}

/// The values that the condition looks at, a few of them.
fn shown(entry: &Entry, filter: &Filter) -> String {
    let mut parts = Vec::new();
    for name in filter.attributes().into_iter().filter(|name| !name.eq_ignore_ascii_case("objectClass")) {
        let values: Vec<String> = bounded(entry.texts(name)).into_iter().take(3).collect();
        let more = entry.values(name).len().saturating_sub(values.len());
        match (values.as_slice(), more) {
            ([], _) => parts.push(format!("no {name}")),
            (values, 0) => parts.push(format!("{name} is {}", values.join(", "))),
            (values, more) => parts.push(format!("{name} is {} and {more} more", values.join(", "))),
        }
    }
    if parts.is_empty() { Kind::of(entry).words() } else { parts.join("; ") }
}

fn undecided(context: &Context<'_>, entry: &Entry, filter: &Filter, reason: &Reason, why: Reason) -> Outcome {
    let organization = context.organization;
    let what = match reason {
        Reason::NoX400 if entry.parts().any(|part| organization.file_shows_x400(part.file)) => {
            "shows no X.400 address, but not all of its addresses came"
        }
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
    let advice = context.not_shown(&why, &filter.attributes());
    let message = format!("{} {what}: it may have been withheld or not asked for.\n{advice}", entry.dn);
    Outcome { verdict: Verdict::Unknown, reason: why, message, ..Outcome::default() }
}

/// What the object shows of what the condition asks about.
pub(in crate::check) fn bounded_evidence(entry: &Entry, filter: &Filter) -> Vec<Evidence> {
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

pub(super) fn attributes(filter: &Filter) -> Vec<&str> {
    let mut names = vec!["objectClass"];
    let more = filter.attributes();
    names.extend(more.into_iter().filter(|name| !name.eq_ignore_ascii_case("objectClass")));
    names
}
