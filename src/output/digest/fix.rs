//! Fix plans on the screen: how many failures have one, where the files are, what has none and why.

use super::Digest;
use super::page::Page;
use crate::directory::ldapsearch::quote;
use crate::output::words::counted;
use crate::remedy::{Plans, Without};
use std::path::Path;

/// Plans that are told, and checks without one: the page fits a screen.
const MOST_PLANS: usize = 6;
const MOST_WITHOUT: usize = 4;
/// Characters of a reason.
const REASON: usize = 110;
/// Characters of a command that fits one line behind its first word.
const ONE_LINE: usize = 74;

impl Digest {
    /// The page of plans that were written to a folder; nothing was if nothing fails. `source` is what a command line names the
    /// directory with.
    pub fn fix(&self, plans: &Plans, folder: &Path, source: &str) -> Vec<u8> {
        let mut page = Page::of(&self.style);
        if plans.failures == 0 {
            page.headline("Nothing fails, so there is nothing to plan.");
            return page.into_bytes();
        }
        let has = if plans.planned == 1 { "has" } else { "have" };
        page.headline(&format!("{} of {} {has} a proven plan.", plans.planned, counted(plans.failures, "failure", "failures")));
        page.text(&format!("Written to {}: read plan.md first. Nothing was applied.", folder.display()));
        if !plans.plans.is_empty() {
            page.section("PLANNED", None, "");
        }
        for plan in plans.plans.iter().take(MOST_PLANS) {
            let ldif = plan.remedies.first().is_some_and(|remedy| remedy.forms.ldif.is_written());
            let files: Vec<&str> =
                [(ldif, "ldif"), (plan.tables.is_ok(), "csv")].into_iter().filter_map(|(is, name)| is.then_some(name)).collect();
            let also: u64 = plan.also.values().sum();
            let failures = counted(plan.remedies.len() as u64 + also, "failure", "failures");
            let of: Vec<String> = plan.also.iter().map(|(check, count)| format!("{count} of {check}")).collect();
            let of = if of.is_empty() { String::new() } else { format!(" ({})", of.join(", ")) };
            page.hanging(" ", "   ", &format!("{}.{}: {failures}{of}", plan.check, files.join(", .")));
        }
        if let more @ 1.. = plans.plans.len().saturating_sub(MOST_PLANS) {
            page.text(&format!(" and {} more", counted(more as u64, "plan", "plans")));
        }
        let without: u64 = plans.without.iter().map(Without::count).sum();
        if without > 0 {
            page.section("WITHOUT A PLAN", None, &format!(": {}", counted(without, "failure", "failures")));
        }
        let (choices, others): (Vec<&Without>, Vec<&Without>) = plans.without.iter().partition(|without| without.is_choice());
        for one in others.iter().take(MOST_WITHOUT) {
            let most = one.reasons.iter().max_by_key(|(_, count)| **count).map(|(why, _)| why.as_str()).unwrap_or_default();
            let why = crate::directory::bounded::text(most, REASON);
            page.hanging(" ", "   ", &format!("{} ({}): {why}", one.finding.check, one.count()));
        }
        if let more @ 1.. = others.len().saturating_sub(MOST_WITHOUT) {
            page.text(&format!(" and {}: see plan.md", counted(more as u64, "more check", "more checks")));
        }
        if !choices.is_empty() {
            let failures: u64 = choices.iter().map(|without| without.count()).sum();
            let (failures, checks) = (counted(failures, "failure", "failures"), counted(choices.len() as u64, "check", "checks"));
            page.hanging(
                " ",
                "   ",
                &format!("{failures} of {checks}: a choice, or outside the directory (exaudit explain CHECK)"),
            );
        }
        if let Some(first) = plans.plans.first() {
            let ldif = first.remedies.iter().all(|remedy| remedy.forms.ldif.is_written());
            let file = folder.join(format!("{}.{}", first.check, if ldif { "ldif" } else { "csv" }));
            let (rehearse, change) =
                (format!("exaudit what-if {source}"), format!("--change {}", quote(&file.to_string_lossy())));
            page.blank();
            if rehearse.chars().count() + change.chars().count() < ONE_LINE {
                page.verbatim("Next: ", &format!("{rehearse} {change}"));
            } else {
                page.verbatim("Next: ", &format!("{rehearse} \\"));
                page.verbatim("        ", &change);
            }
            page.text("plan.md says how to apply it. Then audit again.");
        }
        page.into_bytes()
    }
}
