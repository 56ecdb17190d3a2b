//! A file of waivers for what fails in a report, to be filled in by whoever accepts it.

use super::sanitize::{is_hidden, visible};
use crate::report::{Finding, Report, Verdict};
use std::collections::BTreeSet;

const HEAD: &str = "# Failures that somebody accepts for a while: exaudit audit --waivers FILE (docs/news.md).
# Take out what is not accepted. Fill in reason, owner and until (the last day, in UTC) of the rest: each is needed.
# exaudit waivers lint FILE says what is missing.
";

/// One entry for each failure that nobody accepts, with reason, owner and end to be filled in.
pub fn draft(report: &Report) -> String {
    let mut text = HEAD.to_owned();
    let mut told = BTreeSet::new();
    let fails = report.results.iter().filter(|finding| finding.verdict == Verdict::Fail && finding.waiver.is_none());
    for finding in fails {
        let object = finding.subject.as_ref().map_or("*".to_owned(), |subject| subject.dn.to_string().replace('*', "\\2a"));
        if told.insert((&finding.check, object.clone())) {
            text.push_str(&entry(finding, &object));
        }
    }
    text
}

fn entry(finding: &Finding, object: &str) -> String {
    let (check, severity) = (quoted(&finding.check), finding.severity.word());
    // a comment ends with its line
    let headline = visible(finding.headline());
    format!(
        "\n# {severity}: {headline}\n[[waiver]]\ncheck = {check}\nobject = {}\nreason = \"\"\nowner = \"\"\n# until = 2027-03-31\n",
        quoted(object)
    )
}

/// A text of TOML in which nothing is hidden.
fn quoted(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_control() || is_hidden(c) => format!("\\U{:08X}", u32::from(c)),
        c => c.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
}
