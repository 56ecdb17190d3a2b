//! The checklist as Markdown. Text of the directory stays text: nothing in it is read as markup.

use super::item::CheckBox;
use super::{Decision, SIGN, read_at};
use crate::output::sanitize::markdown as safe;
use crate::output::{Style, frame};
use crate::report::Report;

/// The checklist. Of the style only the character set matters, for the crosses.
pub(super) fn write(report: &Report, boxes: &[CheckBox], decision: Decision, style: &Style) -> String {
    let mut lines = vec!["# Pre-change checklist".to_owned(), String::new()];
    let about = frame::targets(report).into_iter().chain([read_at(report)]).chain(frame::problems(report));
    lines.extend(about.map(|line| format!("- {}", safe(&line))));
    lines.extend([String::new(), "## Checks".to_owned(), String::new()]);
    for check in boxes {
        one_box(check, style, &mut lines);
    }
    lines.extend([String::new(), safe(frame::NOT_CHECKED), String::new(), format!("**{}**", safe(&decision.to_string()))]);
    lines.join("\n") + "\n"
}

fn one_box(check: &CheckBox, style: &Style, lines: &mut Vec<String>) {
    lines.push(format!("- {} **{}** ({})", check.mark.text(style.unicode), safe(check.title.trim()), safe(&check.check)));
    for item in &check.items {
        let message = item.message.as_ref().map(|message| format!(": {}", safe(message))).unwrap_or_default();
        lines.push(format!("  - {}, {}{message}", safe(&item.verdict), safe(&item.place)));
        lines.extend(item.evidence.iter().map(|evidence| format!("    - {}", safe(evidence))));
        if item.sign {
            lines.push(format!("    - {SIGN}"));
        }
    }
    for steps in &check.fixes {
        lines.push("  - To do:".to_owned());
        lines.extend(steps.iter().zip(1..).map(|(step, number)| format!("    {number}. {}", safe(step))));
    }
}
