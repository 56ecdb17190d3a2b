//! Failures that weigh less: by what the object is, and by what the servers of its site run.

use super::Outcome;
use crate::check::definition::Check;
use crate::directory::filter::Filter;
use crate::exchange::release::Release;
use crate::report::Verdict;

/// Applies the first `[[lesser]]` that is for this failure: `matches` says whether the judged object matches its filter. Where
/// a release decides and the servers do not tell theirs, the check's own severity stands, and the message says so.
pub(in crate::check) fn lessen(
    check: &Check,
    matches: &dyn Fn(usize, &Filter) -> bool,
    release: &mut dyn FnMut() -> Option<Release>,
    outcome: &mut Outcome,
) {
    if outcome.verdict != Verdict::Fail || outcome.severity.is_some() {
        return;
    }
    let mut untold = None;
    for (index, lesser) in check.lesser.iter().enumerate() {
        if lesser.filter.as_ref().is_some_and(|filter| !matches(index, filter)) {
            continue;
        }
        if let Some(from) = lesser.from {
            match release() {
                None => {
                    untold.get_or_insert(from);
                    continue;
                }
                Some(release) if release < from => continue,
                Some(_) => {}
            }
        }
        outcome.severity = Some(lesser.severity);
        outcome.confidence = lesser.confidence.and(outcome.confidence);
        outcome.message = format!("{} {}", outcome.message, lesser.message);
        return;
    }
    if let Some(from) = untold {
        outcome.message =
            format!("{} What the servers run is not known here; from {from} on it would weigh less.", outcome.message);
    }
}
