//! What checks that are tried out select, and what they say of each object.

use super::wrap::wrap;
use super::{Style, frame};
use crate::check::definition::Check;
use crate::report::{Finding, Report};

/// The page: check by check, each object with its verdict, reason and what was observed.
pub fn page(report: &Report, checks: &[&Check], style: &Style) -> String {
    let mut lines = frame::targets(report);
    for check in checks {
        let each = check.subject.each.meaning();
        let only = check.subject.only.as_ref().map(|only| format!(" that matches {only}")).unwrap_or_default();
        lines.extend([String::new(), format!("{}: {}", check.id, check.title), format!("  Selects {each}{only}.")]);
        let results: Vec<&Finding> = report.results.iter().filter(|result| result.check == check.id).collect();
        for result in &results {
            let confidence = if result.severity == check.severity { "" } else { result.severity.word() };
            let words = [result.verdict.word(), &result.reason.to_string(), confidence].join(" ");
            lines.push(format!(
                "  {:9}{}",
                words.trim_end(),
                result.subject.as_ref().map(|s| format!("  {}", s.dn)).unwrap_or_default()
            ));
            lines.push(format!("    {}", result.told()));
        }
        let objects: u64 = results.iter().map(|result| result.count).sum();
        lines.push(format!("  {objects} {}", if objects == 1 { "result" } else { "results" }));
    }
    lines.extend([String::new()].into_iter().chain(frame::problems(report)));
    let indented = |line: &String| {
        let margin = line.len() - line.trim_start().len();
        let text = wrap(&style.safe(line.trim_start()), style.width.saturating_sub(margin).max(20));
        text.into_iter().map(|part| format!("{}{part}\n", " ".repeat(margin))).collect::<String>()
    };
    let page: String = lines.iter().map(|line| if line.is_empty() { "\n".to_owned() } else { indented(line) }).collect();
    format!("{}\n", page.trim_end())
}
