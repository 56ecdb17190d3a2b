//! The report as Markdown, for a ticket or a wiki: what is wrong, with evidence, what it takes to mend it, and what could not be seen.
//! The checklist lays it out; a ticket has no boxes to tick.

use super::checklist::{head, without_boxes};
use super::frame::NOT_CHECKED;
use super::sanitize::{bounded, markdown as safe};
use super::words::counted;
use super::{Format, OutputError};
use crate::report::{Change, Comparison, Ended, Report, Verdict};

/// Markdown.
#[derive(Debug, Clone, Copy)]
pub struct Markdown;

/// What ended that is named; more is counted.
const MOST_ENDED: usize = 20;
/// Notes that are told.
const MOST_NOTES: usize = 20;
/// Characters of a name.
const NAME: usize = 300;

impl Format for Markdown {
    fn write(&self, report: &Report) -> Result<Vec<u8>, OutputError> {
        let mut lines = vec!["# Audit of the Exchange directory".to_owned(), String::new()];
        let incomplete = if report.complete { "" } else { "; NOT EVERYTHING WAS READ" };
        lines.extend([format!("**{}{incomplete}**", safe(&head::totals(report))), String::new()]);
        lines.extend(head::directories(report).iter().map(|line| format!("- {}", safe(line))));
        lines.push(format!("- Read: {}", safe(&head::read_at(report))));
        lines.extend(report.notes.iter().take(MOST_NOTES).map(|note| format!("- {}", safe(&note.text))));
        lines.extend(report.comparison.iter().flat_map(|comparison| changed(comparison, report)));
        lines.extend(without_boxes(report));
        let by_hand =
            report.results.iter().filter(|finding| finding.verdict == Verdict::Manual).map(|finding| finding.count).sum();
        if by_hand > 0 {
            let count = counted(by_hand, "result is", "results are");
            lines.extend([String::new(), safe(&format!("{count} left to a person: exaudit checklist lists them."))]);
        }
        lines.extend([String::new(), safe(NOT_CHECKED)]);
        Ok((lines.join("\n") + "\n").into_bytes())
    }
}

/// What changed since another report.
fn changed(comparison: &Comparison, report: &Report) -> Vec<String> {
    let since = comparison.started.as_deref().unwrap_or("the first report");
    let mut lines = vec![String::new(), format!("## Changed since {}", safe(since)), String::new()];
    for change in Change::ALL.into_iter().filter(|change| *change != Change::Still) {
        let count: u64 =
            report.results.iter().filter(|finding| finding.change == Some(change)).map(|finding| finding.count).sum();
        if count > 0 {
            let results = counted(count, "result", "results");
            lines.push(format!("- {}: {results}. {}", change.word(), safe(change.meaning())));
        }
    }
    lines.extend(comparison.ended.iter().take(MOST_ENDED).map(ended));
    if let more @ 1.. = comparison.ended.len().saturating_sub(MOST_ENDED) {
        lines.push(format!("- and {} ended", counted(more as u64, "more failure", "more failures")));
    }
    lines.extend(comparison.notes.iter().take(MOST_NOTES).map(|note| format!("- {}", safe(note))));
    lines
}

fn ended(ended: &Ended) -> String {
    let place: Vec<&str> = [&ended.site, &ended.server].into_iter().flatten().map(String::as_str).collect();
    let place = match (place.is_empty(), &ended.subject) {
        (true, Some(subject)) => subject.clone(),
        _ => place.join(" / "),
    };
    let (title, place) = (safe(&bounded(&ended.title, NAME)), safe(&bounded(&place, NAME)));
    format!("- {}: **{}**: {place} ({})", ended.how.word(), title.trim(), safe(&ended.check))
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    fn text(report: &Report) -> String {
        String::from_utf8(Markdown.write(report).unwrap()).unwrap()
    }

    #[test]
    fn a_ticket_has_all_that_is_needed_to_act() {
        let mut report = fixture::compared();
        report.results[2].fix.as_mut().unwrap().caution = Some("Export the mailbox first.".into());
        report.targets[0].unseen = vec![crate::report::Unseen {
            results: 1,
            checks: vec!["ims-admin-exists".into()],
            ..crate::report::Unseen::of("hidden objects of TOKYO".into(), Some("Bind as an administrator.".into()), None)
        }];
        let text = text(&report);
        insta::assert_snapshot!(text);
        assert!(!text.contains("[ ]") && !text.contains("[x]"), "a ticket has no boxes");
    }

    #[test]
    fn what_changed_is_bounded_and_stays_text() {
        let mut report = fixture::hostile();
        let mut one = fixture::compared().comparison.unwrap();
        let ended = Ended { site: Some(fixture::HOSTILE.into()), ..one.ended[0].clone() };
        one.ended = vec![ended; 1_000];
        report.comparison = Some(one);
        let text = text(&report);
        assert!(text.contains("and 980 more failures ended"), "{text}");
        // in code nothing is markup
        for line in text.lines().filter(|line| !line.contains("``") && !line.starts_with("    ")) {
            let unescaped = line.replace("\\](", "").replace("\\<b>", "");
            assert!(!unescaped.contains("](") && !unescaped.contains("<b>"), "{line}");
        }
    }
}
