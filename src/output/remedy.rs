//! The page of the plans, for people: for each the article, what was seen, the caution, what is inferred, which form the documentation
//! allows, the order of the steps, and how to come back.

use super::sanitize::{bounded, code, markdown};
use super::words::counted;
use crate::check::{Catalogue, Check};
use crate::remedy::{Plan, Plans, Remedy, Tables};
use std::collections::BTreeMap;

/// Fixes of one plan that are told one by one; the files hold all.
const MOST_FIXES: usize = 200;
/// Characters of what was seen.
const LONGEST: usize = 1000;

/// What the page says of where the directory was read.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// The server or the files.
    pub location: &'a str,
    /// When, RFC 3339.
    pub read: &'a str,
}

/// The page.
pub fn plan_page(plans: &Plans, catalogue: &Catalogue, about: About<'_>) -> Vec<u8> {
    let failures = counted(plans.failures, "failure", "failures");
    let has = if plans.planned == 1 { "has" } else { "have" };
    let mut lines = vec![
        "# Fix plans".to_owned(),
        String::new(),
        format!("{} of {failures} {has} a plan that was proven on a copy of the directory.", plans.planned),
        format!("Directory: {}, read {}.", code(&bounded(about.location, LONGEST)), markdown(about.read)),
        "exaudit applied nothing, and never does.".to_owned(),
        String::new(),
        "For each plan, in this order:".to_owned(),
        String::new(),
        "1. Back up the directory, and export the objects named here with all their columns.".to_owned(),
        "2. Rehearse it on the directory of that day: `exaudit what-if --from FILE --change CHECK.ldif`.".to_owned(),
        "3. Apply one form, the LDIF or the table, not both.".to_owned(),
        "4. Wait for replication, and audit again.".to_owned(),
        "5. To come back, apply `CHECK.rollback.ldif` or `CHECK.rollback.csv`. Restoring a reference to a deleted object may \
         be refused; only the backup is certain."
            .to_owned(),
        String::new(),
        "Tables with non-ASCII characters are Unicode: choose that as the character set of Directory Import.".to_owned(),
    ];
    if let Some(why) = &plans.together {
        lines.push(String::new());
        lines.push(format!(
            "**Audit again after each plan: all of them together were not proven ({}).**",
            markdown(&bounded(why, LONGEST))
        ));
    }
    plans.plans.iter().for_each(|plan| section(&mut lines, plan, catalogue.check(&plan.check), catalogue));
    if !plans.without.is_empty() {
        lines.extend([String::new(), "## Without a plan".to_owned(), String::new()]);
        for without in plans.without.iter().filter(|without| !without.is_choice()) {
            for (why, count) in &without.reasons {
                let failures = counted(*count, "failure", "failures");
                lines.push(format!("- {}: {failures}: {}", code(&without.finding.check), markdown(&bounded(why, LONGEST))));
            }
        }
    }
    let choices: Vec<String> =
        plans.without.iter().filter(|without| without.is_choice()).map(|without| code(&without.finding.check)).collect();
    if !choices.is_empty() {
        lines.push(format!("- A choice, or outside the directory (`exaudit explain CHECK`): {}", choices.join(", ")));
    }
    (lines.join("\n") + "\n").into_bytes()
}

fn section(lines: &mut Vec<String>, plan: &Plan, check: Option<&Check>, catalogue: &Catalogue) {
    let Some(first) = plan.remedies.first() else { return };
    lines.extend([String::new(), format!("## {}", markdown(first.finding.headline())), String::new()]);
    lines.push(format!("- Check: {}, {}", code(&plan.check), counted(plan.remedies.len() as u64, "failure", "failures")));
    for kb in first.finding.kb.iter().take(1) {
        let title = catalogue.article(kb).map(|article| article.title.as_str()).unwrap_or_default();
        lines.push(format!("- Article: {kb}, {}", markdown(title)));
    }
    if let Some(caution) = check.and_then(|check| check.fix.caution.as_deref()) {
        lines.push(format!("- Caution: {}", markdown(caution)));
    }
    for (inferred, count) in counts(plan.remedies.iter().flat_map(|remedy| &remedy.inferred)) {
        let of = if count == plan.remedies.len() as u64 { String::new() } else { format!(" ({count} of them)") };
        lines.push(format!("- Inferred{of}: {}", markdown(inferred)));
    }
    lines.push(format!("- LDIF: {}", markdown(&ldif(plan, first))));
    let written = plan.remedies.iter().find(|remedy| remedy.forms.table.is_written()).unwrap_or(first);
    let table = match &plan.tables {
        Ok(Tables { left_out: 0, .. }) => format!("{}.csv; {}", plan.check, written.forms.table.words()),
        Ok(Tables { left_out, why, .. }) => {
            format!("{}.csv; {}. Only the LDIF has {left_out} of the failures: {why}", plan.check, written.forms.table.words())
        }
        Err(why) => format!("none: {why}"),
    };
    lines.push(format!("- Table: {}", markdown(&bounded(&table, LONGEST))));
    for (also, count) in &plan.also {
        lines.push(format!("- It also fixes {} of {}.", counted(*count, "failure", "failures"), code(also)));
    }
    lines.extend([String::new(), "| Seen | Done |".to_owned(), "|---|---|".to_owned()]);
    for remedy in plan.remedies.iter().take(MOST_FIXES) {
        let cell = |text: &str| super::sanitize::cell(&crate::directory::bounded::text(text, LONGEST));
        lines.push(format!("| {} | {} |", cell(&remedy.finding.message), cell(&remedy.does)));
    }
    if let more @ 1.. = plan.remedies.len().saturating_sub(MOST_FIXES) {
        lines.extend([String::new(), format!("And {more} more, in the files.")]);
    }
}

fn ldif(plan: &Plan, first: &Remedy) -> String {
    match first.forms.ldif.is_written() {
        true => format!("{}.ldif; {}", plan.check, first.forms.ldif.words()),
        false => format!("none: {}", first.forms.ldif.words()),
    }
}

fn counts<'t>(texts: impl Iterator<Item = &'t String>) -> BTreeMap<&'t str, u64> {
    let mut counts = BTreeMap::new();
    texts.for_each(|text| *counts.entry(text.as_str()).or_insert(0) += 1);
    counts
}
