//! `resolves`: the reference leads to an object that exists.
//!
//! "Not there" needs three witnesses: the parent container is readable, something of the site is in the collection, and
//! hidden objects of that site are seen. Otherwise the object may be hidden, or of a site that is not replicated here.

use super::{Context, Outcome, leads, unresolved, worst};
use crate::directory::dn::Dn;
use crate::directory::source::{Ended, Kind as Source};
use crate::exchange::class::Kind;
use crate::exchange::naming;
use crate::exchange::organization::Destination;
use crate::exchange::visibility::tells_deleted;
use crate::report::{Confidence, Evidence, Reason, Verdict};

pub(super) fn judge(context: &Context) -> Outcome {
    let leads = leads(context.pointer);
    if leads.is_empty() {
        return unresolved(context);
    }
    worst(leads.iter().map(|dn| one(context, dn)).collect())
}

/// Whether one name leads to an object.
pub(super) fn one(context: &Context, dn: &Dn) -> Outcome {
    let asked = context.organization.asked();
    let (verdict, reason, message) = match context.organization.follow(dn) {
        Destination::Living(entry) if !tells_deleted(entry) => (
            Verdict::Unknown,
            Reason::NotRequested,
            format!(
                "{asked} shows {dn}, but not whether it is deleted: Is-Deleted was not asked for.\n{}",
                context.reproduce.export_hint(context.organization.name.as_deref(), &["Is-Deleted"])
            ),
        ),
        Destination::Living(entry) => (Verdict::Pass, Reason::Met, format!("{dn} exists: {}.", Kind::of(entry).words())),
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
        confidence: if inferred { Confidence::Inferred } else { context.pointer.locator.confidence() },
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

fn nowhere(context: &Context, dn: &Dn, ended: &Ended) -> (Verdict, Reason, String) {
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
