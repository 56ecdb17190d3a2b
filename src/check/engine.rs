//! Runs checks over a directory. Pure: the same directory gives the same findings, however many threads judge.

mod nothing;

use super::catalogue::Catalogue;
use super::definition::{Check, Expect};
use super::judge::{self, Bench, Compiled, Glance, IsSubject, Outcome, Releases, Start, Words};
use super::reproduce::Reproduce;
use super::said::Said;
use super::services;
use super::tally::Tally;
use crate::directory::bounded;
use crate::directory::dn::Dn;
use crate::directory::source::Origin;
use crate::exchange::naming;
use crate::exchange::questions::{Object as Judged, Population, Questions, Seen};
use crate::exchange::selection::Selection;
use crate::report::{Finding, LONGEST_NAME, Object, Place, Reason, Subject, Verdict, fingerprint};
use rayon::prelude::*;

/// How a run judges.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Turn inferred failures into `unknown`.
    pub strict: bool,
    /// Tell every object by itself, those that pass too.
    pub each: bool,
    /// Results of one check that are told one by one; the rest is counted.
    pub most: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { strict: false, each: false, most: 10_000 }
    }
}

/// Objects that one thread judges before it looks for more.
const LOT: usize = 4096;

/// Judges the selected checks. Checks they need are judged too, but not reported.
pub fn judge(
    catalogue: &Catalogue,
    selected: &[&Check],
    questions: &Questions,
    origin: &Origin,
    target: usize,
    options: Options,
) -> Vec<Finding> {
    let reproduce = Reproduce::new(origin);
    let words = Words::of(questions, reproduce.clone());
    let run = Run {
        bench: Bench { questions, reproduce, words, releases: Releases::default(), strict: options.strict },
        anonymous: origin.is_anonymous(),
        target,
        options,
    };
    let checks = catalogue.with_needs(selected);
    let mut findings = Vec::new();
    for selection in Selection::all() {
        let checks: Vec<&Check> = checks.iter().copied().filter(|check| check.subject.each == selection).collect();
        if !checks.is_empty() {
            run.selection(selection, &checks, &mut findings);
        }
    }
    findings.retain(|finding| selected.iter().any(|check| check.id == finding.check));
    findings
}

struct Run<'a> {
    bench: Bench<'a>,
    anonymous: bool,
    target: usize,
    options: Options,
}

impl Run<'_> {
    fn selection(&self, selection: &'static Selection, checks: &[&Check], findings: &mut Vec<Finding>) {
        let questions = self.bench.questions;
        let compiled: Vec<Compiled<'_>> = checks.iter().map(|check| Compiled::of(check, checks, questions)).collect();
        let population = questions.all(selection, None);
        let services = if selection.word() == "ims" { services::of(questions, &population) } else { Vec::new() };
        let starts: Vec<Start<'_>> = match selection.word() {
            "ims" => services.iter().map(|service| Start { seen: service.seen, service: Some(service) }).collect(),
            _ if selection.is_of_recipients() => Vec::new(),
            _ => {
                let mut starts: Vec<Start<'_>> = population.seen().map(Start::at).collect();
                starts.sort_by_cached_key(|start| start.dn().key());
                starts
            }
        };
        let tallies = match selection.is_of_recipients() {
            true => {
                let mut tallies = self.in_lots(&compiled, &population);
                self.compare(&compiled, &mut tallies, &population);
                tallies
            }
            false => self.check_by_check(&compiled, &starts, &population),
        };
        if selection.is_of_recipients() {
            for (compiled, tally) in compiled.iter().zip(tallies) {
                self.counted(compiled, tally, &population, findings);
            }
        } else {
            self.one_by_one(&compiled, tallies, &population, findings);
        }
    }

    /// Judges few objects, one check after the other: what a check says of one object may need what another says of all.
    fn check_by_check(&self, compiled: &[Compiled<'_>], starts: &[Start<'_>], population: &Population<'_>) -> Vec<Tally> {
        let mut tallies = Tally::for_all(compiled, true, self.options.most);
        let mut said: Vec<Vec<Said>> = vec![Vec::with_capacity(compiled.len()); starts.len()];
        for (one, tally) in compiled.iter().zip(&mut tallies) {
            for (start, said) in starts.iter().zip(&mut said) {
                let now = self.outcome(one, start, None, said, tally);
                said.push(now);
            }
            let compared = tally.compare(&self.bench, one, population);
            for (start, said) in starts.iter().zip(&mut said) {
                let now = start.seen.and_then(|seen| compared.get(&seen.id()));
                said.last_mut().zip(now).into_iter().for_each(|(last, now)| *last = *now);
            }
        }
        tallies
    }

    /// Judges many objects, a lot of them at a time.
    fn in_lots<'p>(&self, compiled: &[Compiled<'p>], population: &Population<'p>) -> Vec<Tally> {
        let all: Vec<Seen<'_>> = population.seen().collect();
        let tallies = || Tally::for_all(compiled, self.options.each, self.options.most);
        let judge = |lot: &[Seen<'_>]| {
            let mut tallies = tallies();
            lot.iter().for_each(|seen| self.subject(compiled, &Start::at(*seen), &mut tallies));
            tallies
        };
        let lots: Vec<Vec<Tally>> = all.par_chunks(LOT).with_max_len(1).map(judge).collect();
        let mut whole = tallies();
        for lot in lots {
            whole.iter_mut().zip(lot).for_each(|(tally, more)| tally.add(more));
        }
        whole
    }

    /// Lets rules that compare all objects do so, side by side.
    fn compare(&self, compiled: &[Compiled<'_>], tallies: &mut [Tally], population: &Population<'_>) {
        compiled.par_iter().zip(tallies).for_each(|(one, tally)| _ = tally.compare(&self.bench, one, population));
    }

    /// Runs the checks on one object.
    fn subject(&self, compiled: &[Compiled<'_>], start: &Start<'_>, tallies: &mut [Tally]) {
        let mut said: Vec<Said> = Vec::with_capacity(compiled.len());
        let object = start.seen.map(Judged::of);
        for (one, tally) in compiled.iter().zip(tallies.iter_mut()) {
            said.push(self.outcome(one, start, object.as_ref(), &said, tally));
        }
    }

    /// What a check says of an object. One that is only counted is looked at as `object`.
    fn outcome(
        &self,
        compiled: &Compiled<'_>,
        start: &Start<'_>,
        object: Option<&Judged<'_>>,
        said: &[Said],
        tally: &mut Tally,
    ) -> Said {
        let ground = match judge::is_subject(compiled, start) {
            IsSubject::Yes(ground) => ground,
            IsSubject::No { surely } => {
                tally.no_subject(surely);
                return Said::Fine;
            }
            IsSubject::Open(causes) if tally.tells_each() => {
                tally.count(start, self.bench.words.undecided_subject(start, Outcome::open(causes)));
                return Said::NotFine;
            }
            IsSubject::Open(causes) => {
                tally.open(causes);
                return Said::NotFine;
            }
        };
        // the same for every recipient of a site: there may be very many
        let site = start.seen.filter(|seen| seen.kind().is_recipient()).and_then(|seen| seen.site_index());
        if tally.of_site(site, || self.bench.is_for_other_releases(compiled, start)) {
            tally.no_subject(true);
            return Said::Fine;
        }
        if matches!(&compiled.check.expect, Expect::Rule(rule) if rule.is_about_all()) {
            tally.gather(start, ground);
            return Said::Fine;
        }
        let by_hand = matches!(compiled.check.expect, Expect::Manual(_));
        let unmet = |need: &&usize| match said.get(**need) {
            // a check that is not for this object does not stand in the way of others
            Some(Said::Fine) | None => false,
            Some(Said::Lesser) => by_hand,
            Some(Said::NotFine) => true,
        };
        if let Some(need) = compiled.needs.iter().find(unmet).and_then(|need| said_id(compiled, *need)) {
            tally.count(start, Outcome::blocked(need));
            return Said::NotFine;
        }
        if !tally.tells_each()
            && let Some(glance) = judge::glance(compiled, start, object)
        {
            match glance {
                Glance::Pass(own) => tally.pass(&own.and(&ground)),
                Glance::Nothing(own) => tally.nothing(&own.and(&ground)),
                Glance::Open(causes) => {
                    tally.open(causes);
                    return Said::NotFine;
                }
            }
            return Said::Fine;
        }
        let mut outcome = judge::judge(&self.bench, compiled, start.clone(), ground);
        if outcome.severity.is_some_and(|severity| severity > compiled.check.severity) {
            outcome.severity = None; // a rule may say how bad it is, but never worse than the check
        }
        if outcome.verdict == Verdict::Pass {
            compiled.followed.iter().zip(start.seen).for_each(|(followed, seen)| followed.note(&seen, &outcome.ground));
        }
        let said = Said::of(compiled.check, &outcome);
        tally.count(start, outcome);
        said
    }

    /// The results of objects that are told one by one, subject after subject.
    fn one_by_one(
        &self,
        compiled: &[Compiled<'_>],
        tallies: Vec<Tally>,
        population: &Population<'_>,
        findings: &mut Vec<Finding>,
    ) {
        let mut told: Vec<(usize, usize, Finding)> = Vec::new();
        for (number, (compiled, tally)) in compiled.iter().zip(tallies).enumerate() {
            let check = compiled.check;
            let (of, surely, rest) = (tally.seen(), tally.are_surely_none(), tally.rest());
            let some = tally.subjects() > 0;
            for (place, result) in tally.into_results(&self.bench, check) {
                let subject = result.subject.as_ref().map(|(dn, server)| self.subject_of(check, dn, server.clone()));
                let mut finding = self.finding(check, subject, result.outcome);
                finding.count = result.count;
                told.push((place, number, finding));
            }
            if !some {
                let outcome = self.no_subject(compiled, population, of, surely);
                told.push((usize::MAX, number, self.finding(check, None, outcome)));
            } else if !population.unread().is_empty() && check.subject.each.word() != "ims" {
                let causes = population.unread().clone();
                let (reason, message) = self.bench.words.missing(check.subject.each.plural(), &causes);
                told.push((
                    usize::MAX,
                    number,
                    self.finding(check, None, Outcome { reason, message, causes, ..Outcome::default() }),
                ));
            }
            if rest > 0 {
                let mut finding = self.finding(check, None, more_than_told(check, rest, self.options.most));
                (finding.count, finding.rest) = (rest, true);
                told.push((usize::MAX, number, finding));
            }
        }
        told.sort_by_key(|(place, number, _)| (*place, *number));
        findings.extend(told.into_iter().map(|(_, _, finding)| finding));
    }

    /// The results of a check of recipients: those that fail one by one, the others counted.
    fn counted(&self, compiled: &Compiled<'_>, tally: Tally, population: &Population<'_>, findings: &mut Vec<Finding>) {
        let check = compiled.check;
        let plural = check.subject.each.plural();
        let before = findings.len();
        if !population.unread().is_empty() {
            let (reason, message) = self.unread(plural, population);
            let causes = population.unread().clone();
            findings.push(self.finding(check, None, Outcome { reason, message, causes, ..Outcome::default() }));
        }
        let (of, surely, rest) = (tally.seen(), tally.are_surely_none(), tally.rest());
        for (_, result) in tally.into_results(&self.bench, check) {
            let subject = result.subject.as_ref().map(|(dn, server)| self.subject_of(check, dn, server.clone()));
            let mut finding = self.finding(check, subject, result.outcome);
            finding.count = result.count;
            findings.push(finding);
        }
        if rest > 0 {
            let mut finding = self.finding(check, None, more_than_told(check, rest, self.options.most));
            (finding.count, finding.rest) = (rest, true);
            findings.push(finding);
        }
        if findings.len() == before {
            let outcome = self.no_subject(compiled, population, of, surely);
            findings.push(self.finding(check, None, outcome));
        }
    }

    fn subject_of(&self, check: &Check, dn: &Dn, server: Option<String>) -> Subject {
        let name = |name: String| bounded::text(&name, LONGEST_NAME).into_owned();
        let site = naming::site_name(dn).map(name);
        let place = self.bench.questions.place_of(dn).map(|(file, line)| Place { file: file.to_owned(), line });
        Subject { kind: check.subject.each.word().to_owned(), dn: dn.clone(), site, server: server.map(name), place }
    }

    fn finding(&self, check: &Check, subject: Option<Subject>, outcome: Outcome) -> Finding {
        let severity = outcome.severity.map_or(check.severity, |severity| severity.min(check.severity));
        let is_to_be_done = matches!(outcome.verdict, Verdict::Fail | Verdict::Manual);
        let (message, advice) = match outcome.message.split_once('\n') {
            Some((message, advice)) => (message.to_owned(), Some(advice.trim().replace('\n', " "))),
            None => (outcome.message, None),
        };
        Finding {
            check: check.id.clone(),
            title: check.title.clone(),
            fails: check.fails.clone(),
            severity,
            kb: check.kb.clone(),
            verdict: outcome.verdict,
            message,
            advice,
            // a verdict is no surer than the condition it rests on
            confidence: check.confidence.and(outcome.ground.confidence()),
            target: self.target,
            object: outcome.object.map(|dn| Object { dn }),
            evidence: outcome.evidence,
            reproduce: Some(outcome.reproduce).filter(|line| !line.is_empty()),
            fix: is_to_be_done.then(|| outcome.fix.unwrap_or_else(|| check.fix.clone())),
            fingerprint: fingerprint(&check.id, subject.as_ref(), &outcome.reason),
            reason: outcome.reason,
            count: 1,
            subject,
            causes: self.bench.words.told(&outcome.causes),
            rest: false,
            waiver: None,
            change: None,
            since: None,
        }
    }
}

/// The id of a check that is needed.
fn said_id<'a>(compiled: &'a Compiled<'_>, need: usize) -> Option<&'a str> {
    let at = compiled.needs.iter().position(|known| *known == need)?;
    compiled.check.needs.get(at).map(String::as_str)
}

/// That more objects fail than are told one by one.
fn more_than_told(check: &Check, _: u64, most: usize) -> Outcome {
    let message = format!("Only {most} failing {} are listed (--max-results).", check.subject.each.plural());
    let reason = match &check.expect {
        Expect::Filter { reason, .. } => reason.clone(),
        _ => Reason::NotMet,
    };
    Outcome { verdict: Verdict::Fail, reason, message, ..Outcome::default() }
}

#[cfg(test)]
#[path = "engine_tests.rs"]
mod tests;
