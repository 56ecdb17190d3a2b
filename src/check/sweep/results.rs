//! The results of the checks of what streamed by, now that all of it has.

use super::doubts::Doubt;
use super::hang::Hangs;
use super::names::Names;
use super::tally::{Group, Key, MOST_EACH, Member};
use super::{Result, Sweeper, Swept, gathered};
use crate::check::definition::{Check, Expect, Reference};
use crate::check::judge::{self, Outcome, lessen};
use crate::check::reproduce::Reproduce;
use crate::directory::dn::{Dn, DnKey};
use crate::directory::filter::Filter;
use crate::directory::ldapsearch::Line;
use crate::directory::source::Ended;
use crate::exchange::naming;
use crate::exchange::organization::{Destination, Organization};
use crate::exchange::release::Release;
use crate::report::{Confidence, Reason, Verdict};
use std::collections::{BTreeMap, HashMap};

/// Different things that are told of several objects together, for each check.
const MOST_ALIKE: usize = 1000;

impl Sweeper<'_> {
    /// The results of one check, which are given once.
    pub(in crate::check) fn results(&mut self, check: &Check, organization: &Organization, reproduce: &Reproduce) -> Vec<Result> {
        let Self { lot, names, all_named, each, .. } = self;
        let Some(swept) = lot.checks.iter_mut().find(|swept| swept.check.id == check.id) else { return Vec::new() };
        let groups = swept.tally.take_groups();
        let mut close = Close {
            swept,
            names: if *all_named { names } else { &lot.names },
            each: *each,
            organization,
            reproduce,
            results: Vec::new(),
            alike: BTreeMap::new(),
            releases: HashMap::new(),
            reads: None,
        };
        close.cut();
        close.groups(groups);
        close.references();
        close.gathered();
        close.unselected();
        close.blocked();
        close.lost();
        close.alike();
        close.nothing();
        close.results
    }
}

/// Closes one check.
struct Close<'a> {
    swept: &'a Swept<'a>,
    names: &'a Names,
    each: bool,
    organization: &'a Organization,
    reproduce: &'a Reproduce,
    results: Vec<Result>,
    /// What several objects are told together: by verdict, reason and message, how many.
    alike: BTreeMap<(u8, String, String), (u64, Outcome)>,
    /// What the servers of a site run.
    releases: HashMap<Option<DnKey>, Option<Release>>,
    /// The line that shows an object again.
    reads: Option<Line>,
}

impl Close<'_> {
    fn check(&self) -> &Check {
        self.swept.check
    }

    fn plural(&self) -> &'static str {
        self.check().subject.each.plural()
    }

    /// Says what was not swept.
    fn cut(&mut self) {
        let plural = self.plural();
        let (reason, message) = match &self.organization.sweep.ended {
            Some(Ended::Complete) => return,
            None => (Reason::Truncated, format!("The {plural} were not looked at.")),
            Some(Ended::Denied) => {
                (Reason::AccessDenied, format!("{} refuses this bind the search for {plural} (50).", self.organization.asked()))
            }
            Some(ended) => {
                let how = ended.trouble().unwrap_or("its base was not found");
                (Reason::Truncated, format!("The search for {plural} did not complete: {how}."))
            }
        };
        let outcome = Outcome { verdict: Verdict::Unknown, reason, message, ..Outcome::default() };
        self.results.push(Result { subject: None, count: 1, outcome });
    }

    /// What was said while objects streamed by, with what it hangs on settled.
    fn groups(&mut self, groups: Vec<(Key, Group)>) {
        if self.swept.tally.passes > 0 {
            let outcome = Outcome { verdict: Verdict::Pass, reason: Reason::Met, ..Outcome::default() };
            self.add(self.swept.tally.passes, outcome);
        }
        for (key, group) in groups {
            match self.settle(&key.hangs) {
                Err((reason, attribute)) => self.unsettled(reason, &attribute, group.count),
                Ok(()) => self.group(&key, group),
            }
        }
    }

    fn group(&mut self, key: &Key, group: Group) {
        let rest = group.count.saturating_sub(u64::try_from(group.members.len()).unwrap_or(u64::MAX));
        for Member { index, lesser, outcome } in group.members {
            let dn = self.names.get(index);
            let lesser: Vec<usize> =
                lesser.iter().filter(|(_, hangs)| self.settle(hangs).is_ok()).map(|(index, _)| *index).collect();
            let fits = |index: usize, _: &Filter| lesser.contains(&index);
            self.fail(dn, index, &fits, *outcome);
        }
        if rest == 0 {
            return;
        }
        let plural = self.plural();
        let message = match key.verdict {
            Verdict::Pass => String::new(),
            Verdict::Fail => format!("More {plural} fail than the {MOST_EACH} that are told one by one."),
            // what was said of the first says it of all, but for the name
            _ => group.message,
        };
        let outcome =
            Outcome { verdict: key.verdict, reason: key.reason.clone(), severity: key.severity, message, ..Outcome::default() };
        self.add(rest, outcome);
    }

    /// What the references lead to.
    fn references(&mut self) {
        let swept = self.swept;
        let (check, referred) = (swept.check, &swept.referred);
        let name = match (&check.subject.follow, &check.expect) {
            (Some(Reference::Attribute(name)), _) | (_, Expect::Resolves { reference: Reference::Attribute(name), .. }) => {
                name.as_str()
            }
            _ => return,
        };
        if referred.full {
            let message = format!("The {name} of {} names more objects than are noted.", self.plural());
            let outcome = Outcome { verdict: Verdict::Unknown, reason: Reason::Truncated, message, ..Outcome::default() };
            self.add(1, outcome);
        }
        if let Some((number, text)) = &referred.unreadable_first {
            let dn = self.names.get(*number);
            let message = format!("{dn}: {name} holds {text:?}, which cannot be read as the name of an object.");
            let outcome = Outcome { verdict: Verdict::Unknown, reason: Reason::NoPointer, message, ..Outcome::default() };
            self.add(referred.unreadable, outcome);
        }
        // in the order of the first objects that name them, so that what is told of several is always of the same
        let mut judged: Vec<Option<(u64, Outcome)>> = Vec::new();
        judged.resize_with(referred.targets(), || None);
        let mut failed = 0;
        let mut doubts: HashMap<Doubt, Option<(Reason, String)>> = HashMap::new();
        let mut doubted: BTreeMap<String, (u64, Reason)> = BTreeMap::new();
        for link in &referred.links {
            let Some(target) = referred.target(link.target) else { continue };
            if link.doubt != Doubt::No
                && let Some((reason, attribute)) = doubts.entry(link.doubt).or_insert_with_key(|doubt| self.doubt(*doubt))
            {
                doubted.entry(attribute.clone()).or_insert((0, reason.clone())).0 += 1;
                continue;
            }
            let Some(judged) = judged.get_mut(link.target as usize) else { continue };
            let (count, outcome) = judged.get_or_insert_with(|| {
                let subject = self.names.get(link.index);
                (0, nothing_to_follow(check, judge::named(self.organization, self.reproduce, check, &subject, target)))
            });
            if outcome.verdict != Verdict::Fail && !self.each {
                *count += 1;
                continue;
            }
            failed += usize::from(outcome.verdict == Verdict::Fail);
            if failed > MOST_EACH {
                let message = format!("More {} fail than the {MOST_EACH} that are told one by one.", self.plural());
                let outcome = Outcome { message, evidence: Vec::new(), object: None, ..outcome.clone() };
                self.add(1, outcome);
                continue;
            }
            let dn = self.names.get(link.index);
            let outcome = Outcome {
                message: judge::naming(&dn, name, target, &outcome.message),
                object: Some(target.clone()),
                ..outcome.clone()
            };
            let organization = self.organization;
            let fits = |index: usize, filter: &Filter| match organization.follow(target) {
                Destination::Living(entry) => judge::surely_matches(organization, entry, filter),
                _ => index < 32 && link.lesser & (1 << index) != 0,
            };
            self.fail(dn, link.index, &fits, outcome);
        }
        for (count, outcome) in judged.into_iter().flatten().filter(|(count, _)| *count > 0) {
            self.add(count, outcome);
        }
        for (attribute, (count, reason)) in doubted {
            self.unsettled(reason, &attribute, count);
        }
    }

    /// Why an object may not be a subject after all, if so.
    fn doubt(&self, doubt: Doubt) -> Option<(Reason, String)> {
        match doubt {
            Doubt::No => None,
            Doubt::If(number) => self.settle(self.swept.doubts.hangs(number)?).err(),
            Doubt::Lost => Some((Reason::Truncated, "all that would tell which objects the check is for".into())),
        }
    }

    /// Adds a failure of one object.
    fn fail(&mut self, dn: Dn, index: u32, fits: &dyn Fn(usize, &Filter) -> bool, mut outcome: Outcome) {
        let site = naming::site_of(&dn).map(|site| site.key());
        let organization = self.organization;
        let releases = &mut self.releases;
        let mut release = || *releases.entry(site.clone()).or_insert_with(|| organization.release_at(&dn, None));
        lessen(self.swept.check, fits, &mut release, &mut outcome);
        let seen = organization.sweep.get(&dn).filter(|seen| seen.index == index);
        if seen.is_some_and(|seen| seen.repeated) {
            outcome.verdict = Verdict::Unknown;
            outcome.reason = Reason::Ambiguous;
            outcome.message = format!("{dn}: several records of this name came, which differ in what they show.");
        }
        if outcome.reproduce.is_empty() {
            let (reproduce, check) = (self.reproduce, self.swept.check);
            outcome.reproduce = self.reads.get_or_insert_with(|| reproduce.reads(&attributes(check))).at(&dn);
        }
        self.results.push(Result { subject: Some(dn), count: 1, outcome });
    }

    /// What a rule gathered.
    fn gathered(&mut self) {
        if self.swept.gather.is_none() || self.swept.tally.subjects == 0 {
            return;
        }
        let doubt = |doubt: Doubt| self.doubt(doubt);
        let found = gathered::results(self.swept, self.names, self.organization, &doubt);
        if found.is_empty() && self.organization.sweep.ended == Some(Ended::Complete) {
            let outcome = Outcome { verdict: Verdict::Pass, reason: Reason::Met, ..Outcome::default() };
            self.add(self.swept.tally.subjects, outcome);
        }
        for Result { subject, count, outcome } in found {
            match subject {
                Some(dn) if outcome.verdict == Verdict::Fail => self.fail(dn, u32::MAX, &|_, _| false, outcome),
                subject => self.results.push(Result { subject, count, outcome }),
            }
        }
    }

    /// Objects of which it could not be told whether the check is for them.
    fn unselected(&mut self) {
        let mut unknown: BTreeMap<(String, bool), (u64, Reason)> = BTreeMap::new();
        for (hangs, some) in &self.swept.tally.unselected {
            if let Err((reason, attribute)) = self.settle(hangs) {
                // nobody has it, as far as such attributes are shown at all: there is nothing to check
                let inferred = hangs.infers_unset(&self.swept.attributes, self.organization);
                unknown.entry((attribute, inferred)).or_insert((0, reason)).0 += some.count;
            }
        }
        for ((attribute, inferred), (count, reason)) in unknown {
            if inferred {
                let message = format!("None of {count} {} shows {attribute}.", self.plural());
                let outcome = Outcome {
                    verdict: Verdict::NotApplicable,
                    reason: Reason::NoneSeen,
                    message,
                    confidence: Confidence::Inferred,
                    ..Outcome::default()
                };
                self.results.push(Result { subject: None, count: 1, outcome });
            } else {
                self.unsettled(reason, &attribute, count);
            }
        }
    }

    fn blocked(&mut self) {
        if let (blocked @ 1.., Some(need)) = (self.swept.tally.blocked, self.swept.check.needs.first()) {
            self.results.push(Result { subject: None, count: blocked, outcome: Outcome::blocked(need) });
        }
    }

    fn lost(&mut self) {
        if let lost @ 1.. = self.swept.tally.lost {
            let message = format!("Of {lost} {} more different things were said than are noted.", self.plural());
            let outcome = Outcome { verdict: Verdict::Unknown, reason: Reason::Truncated, message, ..Outcome::default() };
            self.results.push(Result { subject: None, count: lost, outcome });
        }
    }

    /// Adds what is told of several objects together.
    fn add(&mut self, count: u64, mut outcome: Outcome) {
        let key = (outcome.verdict as u8, outcome.reason.to_string(), outcome.message.clone());
        let known = match outcome.verdict {
            // each pass is told in its own words, which do not matter
            Verdict::Pass | Verdict::NotApplicable => (key.0, key.1, String::new()),
            _ => key,
        };
        let known = if self.alike.len() < MOST_ALIKE || self.alike.contains_key(&known) {
            known
        } else {
            outcome.message = format!("More {} than are told are so, for the same reason: {}.", self.plural(), outcome.reason);
            outcome.evidence.clear();
            outcome.object = None;
            (known.0, known.1, outcome.message.clone())
        };
        self.alike.entry(known).or_insert((0, outcome)).0 += count;
    }

    fn alike(&mut self) {
        let plural = self.plural();
        for ((.., message), (count, mut outcome)) in std::mem::take(&mut self.alike) {
            if message.is_empty() {
                outcome.message = match outcome.verdict {
                    Verdict::Pass => format!("{count} of the {plural} meet it."),
                    _ => format!("{count} of the {plural} have nothing to check here."),
                };
                outcome.evidence.clear();
                outcome.object = None;
            }
            self.results.push(Result { subject: None, count, outcome });
        }
    }

    /// Says that there is nothing to check, if nothing else was said.
    fn nothing(&mut self) {
        if !self.results.is_empty() {
            return;
        }
        let plural = self.plural();
        let organization = self.organization;
        let message = match &self.check().subject.only {
            Some(_) => format!("None of the {plural} is one that the check is for."),
            None => format!("{} shows no {plural}.", organization.asked()),
        };
        let outcome = Outcome {
            verdict: Verdict::NotApplicable,
            reason: Reason::NoneSeen,
            message,
            // a file cannot prove that it holds everything, and hidden objects may not have been seen
            confidence: match organization.proves_endings && organization.sites_and_hidden().iter().all(|(_, hidden)| *hidden) {
                true => Confidence::Documented,
                false => Confidence::Inferred,
            },
            ..Outcome::default()
        };
        self.results.push(Result { subject: None, count: 1, outcome });
    }

    /// Whether all is proven that a verdict hangs on; else why not, and the first attribute of which it is not.
    fn settle(&self, hangs: &Hangs) -> std::result::Result<(), (Reason, String)> {
        let attributes = &self.swept.attributes;
        hangs.settle(attributes, self.organization).map_err(|(reason, place)| (reason, attributes.name(place).to_owned()))
    }

    fn unsettled(&mut self, reason: Reason, attribute: &str, count: u64) {
        let advice = match reason {
            Reason::NotRequested => self.reproduce.attribute_hint(self.organization.name.as_deref(), &[attribute]),
            _ => "The attribute may be withheld (DS Site Configuration, Attributes page): bind with more rights, or look in \
                  Admin.exe."
                .into(),
        };
        let message =
            format!("{} {} show no {attribute}: it may have been withheld or not asked for.\n{advice}", count, self.plural());
        let outcome = Outcome { verdict: Verdict::Unknown, reason, message, ..Outcome::default() };
        self.results.push(Result { subject: None, count, outcome });
    }
}

/// The attributes that show again what a check found.
fn attributes(check: &Check) -> Vec<&str> {
    let own: Vec<&str> = match &check.expect {
        Expect::Filter { filter, .. } => filter.attributes(),
        Expect::Rule(rule) => rule.judging().attributes(),
        _ => Vec::new(),
    };
    let mut names = vec!["objectClass"];
    names.extend(own.into_iter().filter(|name| !name.eq_ignore_ascii_case("objectClass")));
    names
}

/// Where a check follows a reference to an object that is proven to be gone, there is nothing to judge: that it is gone is for
/// another check to say.
fn nothing_to_follow(check: &Check, outcome: Outcome) -> Outcome {
    let is_gone = check.subject.follow.is_some() && matches!(outcome.reason, Reason::Dangling | Reason::Tombstone);
    match is_gone && outcome.verdict == Verdict::Unknown {
        true => Outcome { verdict: Verdict::NotApplicable, reason: Reason::NoneSeen, ..outcome },
        false => outcome,
    }
}
