//! Results that are told in one row: those of which the same is to be said.

use crate::report::{Confidence, Finding, Severity, Verdict};
use std::collections::HashMap;

/// Results that fail alike and are still told each by itself.
const MOST_ALONE: usize = 3;

/// Results that are told in one row.
#[derive(Debug)]
pub(super) struct Group<'a> {
    /// The results, at least one.
    pub(super) members: Vec<&'a Finding>,
}

/// What is alike in the results of a group.
#[derive(PartialEq, Eq, Hash)]
struct Key<'a> {
    target: usize,
    check: &'a str,
    verdict: Verdict,
    reason: String,
    severity: Severity,
    confidence: Confidence,
    /// What was observed, where it is told of each.
    observed: Option<&'a str>,
}

/// Puts results together in the order of the first of each group. With `each`, none are.
pub(super) fn groups<'a>(results: &[&'a Finding], each: bool) -> Vec<Group<'a>> {
    if each {
        return results.iter().map(|&finding| Group { members: vec![finding] }).collect();
    }
    let mut sizes: HashMap<Key<'_>, usize> = HashMap::new();
    results.iter().for_each(|&finding| *sizes.entry(key(finding, None)).or_default() += 1);
    let mut places: HashMap<Key<'_>, usize> = HashMap::new();
    let mut groups: Vec<Group<'a>> = Vec::new();
    for &finding in results {
        // what is not known is the same for each: nobody need act on one of them
        let alone = if finding.verdict == Verdict::Unknown { 1 } else { MOST_ALONE };
        let many = sizes.get(&key(finding, None)).is_some_and(|size| *size > alone);
        let place = *places.entry(key(finding, (!many).then(|| finding.observed()))).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.members.push(finding),
            None => groups.push(Group { members: vec![finding] }),
        }
    }
    groups
}

fn key<'a>(finding: &'a Finding, observed: Option<&'a str>) -> Key<'a> {
    Key {
        target: finding.target,
        check: &finding.check,
        verdict: finding.verdict,
        reason: finding.reason.to_string(),
        severity: finding.severity,
        confidence: finding.confidence,
        observed,
    }
}

/// Names of other members that are told.
const EXAMPLES: usize = 2;

impl Group<'_> {
    /// How many objects the group is about.
    pub(super) fn count(&self) -> u64 {
        self.members.iter().map(|finding| finding.count).sum()
    }

    /// What was observed of the first, and who else it is about. Raw text of the directory.
    pub(super) fn observed(&self) -> String {
        let Some(first) = self.members.first() else { return String::new() };
        let alike = self.members.iter().all(|finding| finding.observed() == first.observed());
        let others: Vec<String> =
            self.members.iter().skip(1).filter_map(|finding| finding.subject.as_ref()).map(|s| s.dn.to_string()).collect();
        if alike || others.is_empty() {
            return first.observed().to_owned();
        }
        let named = others.iter().take(EXAMPLES).cloned().collect::<Vec<_>>().join("; ");
        match others.len().saturating_sub(EXAMPLES) {
            0 => format!("{} Also {named}.", first.observed()),
            more => format!("{} Also {named}; and {more} more (--all).", first.observed()),
        }
    }

    /// Where they are: how many objects, and of which sites most.
    pub(super) fn places(&self) -> Vec<String> {
        let mut sites: Vec<(&str, u64)> = Vec::new();
        for (site, count) in self.members.iter().filter_map(|f| f.subject.as_ref()?.site.as_deref().map(|site| (site, f.count))) {
            match sites.iter_mut().find(|(known, _)| *known == site) {
                Some((_, known)) => *known += count,
                None => sites.push((site, count)),
            }
        }
        sites.sort_by(|(one, few), (other, many)| many.cmp(few).then(one.cmp(other)));
        let more = sites.len().saturating_sub(3);
        let mut lines = vec![format!("{} objects", self.count())];
        lines.extend(sites.iter().take(3).map(|(site, count)| format!("{site}: {count}")));
        lines.extend((more > 0).then(|| format!("and {more} sites more")));
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::finding;
    use super::*;
    use crate::report::Verdict::{Fail, Manual};

    fn about(check: &str, verdict: Verdict, name: &str, message: &str) -> Finding {
        let mut finding = finding(check, verdict, Severity::Critical);
        let subject = finding.subject.as_mut().expect("a subject");
        subject.dn = crate::directory::dn::Dn::of([("cn", name), ("ou", "S"), ("o", "O")]);
        finding.message = message.to_owned();
        finding
    }

    #[test]
    fn few_failures_are_told_each_and_many_together() {
        let few: Vec<Finding> = (0..3).map(|n| about("a", Fail, &format!("n{n}"), &format!("n{n} is bad."))).collect();
        let refs: Vec<&Finding> = few.iter().collect();
        assert_eq!(groups(&refs, false).len(), 3);
        let many: Vec<Finding> = (0..5000).map(|n| about("a", Fail, &format!("n{n}"), &format!("n{n} is bad."))).collect();
        let refs: Vec<&Finding> = many.iter().collect();
        let groups_of_many = groups(&refs, false);
        assert_eq!((groups_of_many.len(), groups_of_many[0].count()), (1, 5000));
        let text = groups_of_many[0].observed();
        assert_eq!(text, "n0 is bad. Also cn=n1,ou=S,o=O; cn=n2,ou=S,o=O; and 4997 more (--all).");
        assert_eq!(groups_of_many[0].places(), ["5000 objects", "LONDON: 5000"]);
        assert_eq!(groups(&refs, true).len(), 5000);
    }

    #[test]
    fn what_is_not_known_is_told_together() {
        let two = [about("a", Verdict::Unknown, "x", "x is not shown."), about("a", Verdict::Unknown, "y", "y is not shown.")];
        let groups = groups(&[&two[0], &two[1]], false);
        assert_eq!((groups.len(), groups[0].observed().as_str()), (1, "x is not shown. Also cn=y,ou=S,o=O."));
    }

    #[test]
    fn the_same_words_are_told_once() {
        let two = [about("a", Manual, "x", "Look."), about("b", Manual, "x", "Look."), about("a", Manual, "y", "Look.")];
        let refs: Vec<&Finding> = two.iter().collect();
        let groups = groups(&refs, false);
        assert_eq!(groups.iter().map(|group| group.members.len()).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(groups[0].observed(), "Look.");
    }
}
