//! What a change would do: what it breaks, what it mends, what goes with its object, what becomes undecided.

use super::{Finding, Severity, Summary, Target, Tool, Verdict};
use crate::directory::dn::Dn;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::HashMap;

/// The schema name that it carries as JSON.
pub const WHAT_IF_SCHEMA: &str = "exaudit.what-if/1";

/// What a change would do to the verdicts. The order of the fields is the order of the keys in JSON.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct WhatIf {
    /// [`WHAT_IF_SCHEMA`].
    pub schema: Cow<'static, str>,
    /// Who wrote it.
    pub tool: Tool,
    /// When the directory was read, RFC 3339 in UTC.
    pub started: String,
    /// The directory.
    pub target: Target,
    /// The changes, each in a few words.
    pub changes: Vec<String>,
    /// What would fail and did not, the worst first.
    pub breaks: Vec<Finding>,
    /// What failed and would not.
    pub mends: Vec<Finding>,
    /// What failed of an object that would be gone.
    pub goes: Vec<Finding>,
    /// What was decided and would be undecided.
    pub undecided: Vec<Finding>,
    /// What was undecided and would be decided, and not fail.
    pub decided: Vec<Finding>,
    /// What would be as it is.
    pub stays: Stays,
    /// What the change touches and that could not be seen.
    pub unseen: Vec<Untold>,
    /// What its reader must know besides.
    pub notes: Vec<String>,
    /// How many results of each verdict there are.
    pub before: Summary,
    /// How many there would be.
    pub after: Summary,
}

/// Results that a change would leave as they are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Stays {
    /// Failures.
    pub fail: u64,
    /// Undecided results.
    pub unknown: u64,
}

/// Something that a change touches and that could not be seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Untold {
    /// Where the change is asked for.
    pub from: String,
    /// What is taken to be so, in a sentence.
    pub what: String,
    /// Why that is not known, in a sentence.
    pub why: String,
}

/// What a result is of: the check and the object.
type Key = (String, Option<u128>);

/// The results of one check about one object, or about several together.
#[derive(Default)]
struct Told<'f> {
    fails: Vec<&'f Finding>,
    unknown: Vec<&'f Finding>,
    blocked: Vec<&'f Finding>,
}

/// All of them, and the order in which they came.
#[derive(Default)]
struct All<'f> {
    order: Vec<Key>,
    told: HashMap<Key, Told<'f>>,
}

impl<'f> All<'f> {
    /// By the numbers that names have after the change.
    fn of(findings: &'f [Finding], own: impl Fn(u128) -> u128) -> Self {
        let mut all = Self::default();
        for finding in findings {
            let subject = finding.subject.as_ref().map(|subject| own(subject.dn.number()));
            let key = (finding.check.clone(), subject);
            if !all.told.contains_key(&key) {
                all.order.push(key.clone());
            }
            let told = all.told.entry(key).or_default();
            match finding.verdict {
                Verdict::Fail => told.fails.push(finding),
                Verdict::Unknown => told.unknown.push(finding),
                Verdict::Blocked => told.blocked.push(finding),
                _ => {}
            }
        }
        all
    }

    fn iter(&self) -> impl Iterator<Item = (&Key, &Told<'f>)> {
        self.order.iter().filter_map(|key| Some((key, self.told.get(key)?)))
    }
}

/// What became of results.
#[derive(Debug, Default)]
pub struct Shifts {
    /// What would fail and did not, the worst first.
    pub breaks: Vec<Finding>,
    /// What failed and would not.
    pub mends: Vec<Finding>,
    /// What failed of an object that would be gone.
    pub goes: Vec<Finding>,
    /// What was decided and would be undecided.
    pub undecided: Vec<Finding>,
    /// What was undecided and would be decided, and not fail.
    pub decided: Vec<Finding>,
    /// What would be as it is.
    pub stays: Stays,
}

impl Shifts {
    /// Compares the results of one directory before and after a change that gives objects other names.
    pub fn of(before: &[Finding], after: &[Finding], renamed: &[(Dn, Dn)], is_there: impl Fn(&Dn) -> bool) -> Self {
        let names: HashMap<u128, u128> = renamed.iter().map(|(from, to)| (from.number(), to.number())).collect();
        let own = |number: u128| names.get(&number).copied().unwrap_or(number);
        let (old, new) = (All::of(before, own), All::of(after, |number| number));
        let none = Told::default();
        let mut shifts = Self::default();
        for (key, now) in new.iter() {
            let then = old.told.get(key).unwrap_or(&none);
            shifts.failing(then, now);
            let (was, is) = (count(&then.unknown), count(&now.unknown));
            if is > was && now.fails.is_empty() {
                shifts.undecided.extend(more(&now.unknown, is - was));
            }
            // what failed and now waits for another check is mended as little as it is decided
            let no_longer_failing = count(&then.fails).saturating_sub(count(&now.fails));
            if now.unknown.is_empty() {
                shifts.undecided.extend(more(&now.blocked, no_longer_failing));
            }
            shifts.stays.unknown += is.min(was);
        }
        for (key, then) in old.iter() {
            let now = new.told.get(key).unwrap_or(&none);
            let (was, is) = (count(&then.fails), count(&now.fails));
            let is_gone = |finding: &&Finding| {
                finding.subject.as_ref().is_some_and(|subject| !new.told.contains_key(key) && !is_there(&subject.dn))
            };
            if was > is && now.unknown.is_empty() && now.blocked.is_empty() {
                let gone = then.fails.first().is_some_and(is_gone);
                let list = if gone { &mut shifts.goes } else { &mut shifts.mends };
                list.extend(more(&then.fails, was - is));
            }
            let (was, is) = (count(&then.unknown), count(&now.unknown) + count(&now.fails) + count(&now.blocked));
            if was > is && !then.unknown.first().is_some_and(is_gone) {
                shifts.decided.extend(more(&then.unknown, was - is));
            }
        }
        for list in [&mut shifts.breaks, &mut shifts.mends, &mut shifts.goes, &mut shifts.undecided, &mut shifts.decided] {
            list.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        }
        shifts
    }

    fn failing(&mut self, then: &Told<'_>, now: &Told<'_>) {
        let (was, is) = (count(&then.fails), count(&now.fails));
        let worst = |told: &Told<'_>| told.fails.iter().map(|finding| finding.severity).max();
        if is > was || worst(now) > worst(then) {
            self.breaks.extend(more(&now.fails, if is > was { is - was } else { is }));
        }
        self.stays.fail += is.min(was);
    }
}

fn count(findings: &[&Finding]) -> u64 {
    findings.iter().map(|finding| finding.count).sum()
}

/// So many of these results, the last first: what came to those that were there stands behind them.
fn more(findings: &[&Finding], mut many: u64) -> Vec<Finding> {
    let mut told = Vec::new();
    for finding in findings.iter().rev() {
        let own = finding.count.min(many);
        if own > 0 {
            told.push(Finding { count: own, ..(*finding).clone() });
        }
        many -= own;
    }
    told
}

impl WhatIf {
    /// One of nothing yet.
    pub fn begun(target: Target) -> Self {
        Self {
            schema: WHAT_IF_SCHEMA.into(),
            tool: Tool::this(),
            started: String::new(),
            target,
            changes: Vec::new(),
            breaks: Vec::new(),
            mends: Vec::new(),
            goes: Vec::new(),
            undecided: Vec::new(),
            decided: Vec::new(),
            stays: Stays::default(),
            unseen: Vec::new(),
            notes: Vec::new(),
            before: Summary::default(),
            after: Summary::default(),
        }
    }

    /// The same with what became of results.
    #[must_use]
    pub fn with(self, shifts: Shifts) -> Self {
        let Shifts { breaks, mends, goes, undecided, decided, stays } = shifts;
        Self { breaks, mends, goes, undecided, decided, stays, ..self }
    }

    /// The worst of what would break.
    pub fn worst(&self) -> Option<Severity> {
        self.breaks.iter().map(|finding| finding.severity).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::fixture::finding;

    fn of(check: &str, verdict: Verdict, name: Option<&str>, count: u64) -> Finding {
        let mut finding = finding(check, verdict, Severity::Warning);
        finding.count = count;
        finding.subject = finding.subject.zip(name).map(|(subject, name)| super::super::Subject { dn: dn(name), ..subject });
        finding
    }

    fn dn(name: &str) -> Dn {
        Dn::of([("cn", name), ("ou", "S"), ("o", "O")])
    }

    fn told(findings: &[Finding]) -> Vec<String> {
        let name = |finding: &Finding| finding.subject.as_ref().map_or("-".into(), |subject| subject.dn.leaf().into_owned());
        findings.iter().map(|finding| format!("{} {} {}", finding.check, name(finding), finding.count)).collect()
    }

    #[test]
    fn each_result_goes_where_it_belongs() {
        use Verdict::{Blocked, Fail, Pass, Unknown};
        let before = [
            of("stays", Fail, Some("a"), 1),
            of("mended", Fail, Some("a"), 1),
            of("gone", Fail, Some("g"), 1),
            of("doubt", Pass, Some("a"), 1),
            of("clear", Unknown, Some("a"), 1),
            of("hidden", Fail, Some("a"), 1),
            of("counted", Unknown, None, 5),
            of("moved", Fail, Some("old"), 1),
            of("worse", Fail, Some("a"), 1),
            of("waits", Fail, Some("a"), 1),
            of("waited", Unknown, Some("a"), 1),
        ];
        let mut worse = of("worse", Fail, Some("a"), 1);
        worse.severity = Severity::Critical;
        let after = [
            of("stays", Fail, Some("a"), 1),
            of("mended", Pass, Some("a"), 1),
            of("doubt", Unknown, Some("a"), 1),
            of("clear", Pass, Some("a"), 1),
            of("hidden", Unknown, Some("a"), 1),
            of("counted", Unknown, None, 7),
            of("moved", Fail, Some("new"), 1),
            of("new", Fail, Some("a"), 1),
            worse,
            of("waits", Blocked, Some("a"), 1),
            of("waited", Blocked, Some("a"), 1),
        ];
        let shifts = Shifts::of(&before, &after, &[(dn("old"), dn("new"))], |dn| dn.leaf() != "g");
        assert_eq!(told(&shifts.breaks), ["worse a 1", "new a 1"], "the worst first");
        assert_eq!(told(&shifts.mends), ["mended a 1"]);
        assert_eq!(told(&shifts.goes), ["gone g 1"]);
        assert_eq!(told(&shifts.undecided), ["doubt a 1", "hidden a 1", "counted - 2", "waits a 1"]);
        assert_eq!(told(&shifts.decided), ["clear a 1"]);
        assert_eq!(shifts.stays, Stays { fail: 3, unknown: 5 });
    }
}
