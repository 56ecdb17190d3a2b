//! The results of rules about all objects together.

use super::doubts::Doubt;
use super::names::Names;
use super::tally::MOST_EACH;
use super::{Result, Swept};
use crate::check::judge::{Outcome, rule as by_rule};
use crate::exchange::organization::Organization;
use crate::report::{Reason, Verdict};

/// What the rule found, each with its subject; empty if it found nothing. `doubt` says why an object may not be one of the
/// check's after all.
pub(super) fn results(
    swept: &Swept<'_>,
    names: &Names,
    organization: &Organization,
    doubt: &dyn Fn(Doubt) -> Option<(Reason, String)>,
) -> Vec<Result> {
    let Some(gather) = &swept.gather else { return Vec::new() };
    let text = |index: u32| names.known(index).map_or_else(|| "an object".to_owned(), |dn| dn.to_string());
    let found = gather.finish(organization, &text, MOST_EACH);
    let of = |(indexes, ruling): (Vec<u32>, crate::check::rules::Ruling)| {
        let subject = indexes.first().and_then(|index| names.known(*index));
        let doubted = indexes.iter().find_map(|index| doubt(*swept.doubtful.get(index)?));
        let mut outcome = match &subject {
            Some(dn) => by_rule::ruled(dn, ruling),
            None => Outcome {
                verdict: ruling.verdict,
                message: ruling.message,
                reason: ruling.reason,
                severity: ruling.severity,
                confidence: ruling.confidence,
                ..Outcome::default()
            },
        };
        if let Some((reason, attribute)) = doubted {
            outcome.verdict = Verdict::Unknown;
            outcome.reason = reason;
            outcome.message =
                format!("{} Whether the check is for all of them is not known: {attribute} is not shown.", outcome.message);
        }
        let count = if subject.is_none() && outcome.verdict != Verdict::Fail { swept.tally.subjects.max(1) } else { 1 };
        Result { subject, count, outcome }
    };
    found.into_iter().map(of).collect()
}
