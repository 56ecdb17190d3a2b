//! What `exaudit doctor` says, for people: a row for each thing looked at, then how to get a better view.

use super::doctor_rows::{self, Mark, Row};
use super::paint::{self, paint};
use super::{Style, listing, wrap};
use crate::directory::ldapsearch::quote;
use crate::exchange::faults::{Applies, KnownFault};
use crate::exchange::probe::{Directory, Visibility};
use crate::report::{Examination, Target};

/// Below this a table is not tried.
const LEAST_WIDTH: usize = 60;

/// The page, always within the width of the style. The known faults of servers concern how this program reads, and are told on request.
pub fn page(examination: &Examination, style: &Style, with_faults: bool) -> String {
    let mut page = String::new();
    for target in &examination.targets {
        if !page.is_empty() {
            page.push('\n');
        }
        one(&mut page, target, style, with_faults);
    }
    page
}

fn one(page: &mut String, target: &Target, style: &Style, with_faults: bool) {
    paragraph(page, style, &super::frame::target(target, "Target"));
    page.push('\n');
    let Some(visibility) = &target.visibility else {
        let why = if target.problems.is_empty() { "no reason is known".to_owned() } else { target.problems.join("; ") };
        paragraph(page, style, &format!("Could not connect: {why}."));
        return;
    };
    let rows = doctor_rows::of(target, visibility);
    if style.width < LEAST_WIDTH {
        for Row { subject, mark, word, found } in rows {
            paragraph(page, style, &format!("{} {subject}, {word}: {found}", symbol(mark, style)));
        }
    } else {
        let states: Vec<(Mark, String)> =
            rows.iter().map(|row| (row.mark, format!("{} {}", symbol(row.mark, style), row.word))).collect();
        let rows = rows.into_iter().zip(&states).map(|(row, (_, state))| [row.subject.to_owned(), state.clone(), row.found]);
        let table = listing::table(["Looked at", "State", "What was found"], rows, style);
        page.push_str(&if style.colour { painted(&table, &states) } else { table });
    }
    let [yes, no, stop, open] = [Mark::Good, Mark::Missing, Mark::Bad, Mark::Open].map(|mark| symbol(mark, style));
    paragraph(
        page,
        style,
        &format!("{yes} seen or good   {no} not seen, which is not absent   {stop} act on it   {open} not known"),
    );
    page.push('\n');
    for problem in &target.problems {
        paragraph(page, style, &format!("Problem: {problem}"));
    }
    match visibility.advice.as_slice() {
        [] => paragraph(page, style, "Better view: nothing to add. Next: exaudit audit, with the same options."),
        steps => steps.iter().for_each(|step| advice(page, style, step, &target.location)),
    }
    if with_faults {
        faults(page, visibility, style);
    }
    if visibility.directory == Directory::Exchange {
        paragraph(page, style, super::frame::NOT_CHECKED);
    }
}

/// How to see more. The options of a command stand in one that can be pasted whole.
fn advice(page: &mut String, style: &Style, step: &str, location: &str) {
    let parts = step.split_once(": -D ").and_then(|(what, rest)| Some((what, rest.split_once(" (")?)));
    match parts {
        Some((what, (options, sources))) => {
            paragraph(page, style, &format!("Better view: {what} ({sources}:"));
            let (bind, others) = options.split_once(" -W ").unwrap_or((options, ""));
            let command = [format!("  exaudit doctor -H {} \\", quote(location)), format!("      -D {bind} -W {others}")];
            command.iter().for_each(|line| page.extend([style.safe(line).as_ref(), "\n"]));
        }
        None => paragraph(page, style, &format!("Better view: {step}.")),
    }
}

/// The faults that cannot be excluded, whom they concern, and what is done about them.
fn faults(page: &mut String, visibility: &Visibility, style: &Style) {
    let mut shown = visibility.faults.iter().filter(|fault| fault.applies != Applies::No).peekable();
    if visibility.directory != Directory::Exchange || shown.peek().is_none() {
        return;
    }
    let known = visibility.servers.iter().any(|server| server.version.is_some());
    let why = if known { "a hotfix does not show, Q278518" } else { "no server shows its version, so none is excluded" };
    paragraph(page, style, &format!("Known faults of LDAP in Exchange 5.5 that concern whoever reads it ({why}):"));
    for KnownFault { article, fixed_in, applies, means, handling } in shown {
        let applies = if *applies == Applies::Yes { "applies" } else { "possible" };
        let fixed = fixed_in.as_ref().map(|fixed| format!(", fixed in {fixed}")).unwrap_or_default();
        paragraph(page, style, &format!("{article}, {applies}{fixed}: {means}; exaudit {handling}."));
    }
}

/// The mark beside a word; it never says more than the word.
/// The table with its states in colour; they stand in it in their order.
fn painted(table: &str, states: &[(Mark, String)]) -> String {
    let (mut out, mut rest) = (String::new(), table);
    for (mark, state) in states {
        let colour = match mark {
            Mark::Good => paint::GOOD,
            Mark::Missing | Mark::Open => paint::DOUBT,
            Mark::Bad => paint::ALARM,
            Mark::Plain => continue,
        };
        let Some((before, after)) = rest.split_once(state.as_str()) else { continue };
        out.push_str(before);
        out.push_str(&paint(colour, state));
        rest = after;
    }
    out + rest
}

fn symbol(mark: Mark, style: &Style) -> char {
    match mark {
        Mark::Good if style.unicode => '✓',
        Mark::Missing if style.unicode => '✗',
        Mark::Good => '+',
        Mark::Missing => '-',
        Mark::Bad => '!',
        Mark::Open => '?',
        Mark::Plain => ' ',
    }
}

fn paragraph(page: &mut String, style: &Style, text: &str) {
    for line in wrap::wrap(&style.safe(text), style.width) {
        page.push_str(&line);
        page.push('\n');
    }
}

#[cfg(test)]
#[path = "doctor_tests.rs"]
mod tests;
