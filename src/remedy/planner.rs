//! All plans: for each check its failures are gathered, a fix is made for each that has one, and what is made is proven.

use super::context::{Context, Shared};
use super::proof::{Bench, Proof, Tables, number};
use super::{Remedy, makers};
use crate::check::engine::{self, Options};
use crate::check::rehearse::Rehearsal;
use crate::exchange::questions::Questions;
use crate::report::{Finding, Verdict};
use std::collections::{BTreeMap, HashSet};

/// Rehearsals for one check: enough to find the few fixes that cannot be proven among thousands that can.
const MOST_REHEARSALS: usize = 40;

/// The plan for one check.
#[derive(Debug)]
pub struct Plan {
    /// The check.
    pub check: String,
    /// Its fixes, one for each failure.
    pub remedies: Vec<Remedy>,
    /// The tables there and back, or why there are none.
    pub tables: Result<Tables, String>,
    /// The failures of other checks that it mends too: how many of each.
    pub also: BTreeMap<String, u64>,
}

/// The failures of one check that have no plan.
#[derive(Debug)]
pub struct Without {
    /// One of them.
    pub finding: Finding,
    /// Why, and of how many.
    pub reasons: BTreeMap<String, u64>,
}

impl Without {
    /// Whether all that is to say is that the fix is a choice, or lies outside the directory.
    pub fn is_choice(&self) -> bool {
        self.reasons.keys().all(|why| why == makers::CHOICE)
    }

    /// How many they are.
    pub fn count(&self) -> u64 {
        self.reasons.values().sum()
    }
}

/// All of it.
#[derive(Debug, Default)]
pub struct Plans {
    /// What is planned, and proven.
    pub plans: Vec<Plan>,
    /// What is not.
    pub without: Vec<Without>,
    /// How many failures there are.
    pub failures: u64,
    /// How many of them a plan mends.
    pub planned: u64,
    /// What speaks against all plans one after the other, each of which is proven by itself.
    pub together: Option<String>,
}

/// Makes and proves the plans for what fails; `attributes` are those that the checks read.
pub fn plans(rehearsal: &Rehearsal<'_>, questions: &Questions, attributes: Vec<String>) -> Plans {
    let options = Options { most: usize::MAX, ..rehearsal.options };
    let findings = engine::judge(rehearsal.catalogue, rehearsal.selected, questions, rehearsal.origin, 0, options);
    let bench = Bench { rehearsal, questions, attributes };
    let shared = Shared::of(questions);
    let mut plans = Plans::default();
    let mut mended: HashSet<(String, u128)> = HashSet::new();
    for (check, failures) in by_check(findings) {
        plans.failures += failures.iter().map(|finding| finding.count).sum::<u64>();
        let is_mended = |finding: &Finding| number(finding).is_some_and(|at| mended.contains(&(check.clone(), at)));
        let (done, open): (Vec<Finding>, Vec<Finding>) = failures.into_iter().partition(is_mended);
        plans.planned += done.len() as u64;
        let Some(first) = open.first().cloned() else { continue };
        let mut reasons = BTreeMap::new();
        let mut remedies = Vec::new();
        for finding in &open {
            let made =
                makers::of(&check).map_err(str::to_owned).and_then(|make| make(&Context { questions, finding, shared: &shared }));
            match made {
                Ok(remedy) => remedies.push(remedy),
                Err(why) => *reasons.entry(why).or_insert(0) += finding.count,
            }
        }
        let mut left = MOST_REHEARSALS;
        let (proven, proof) = proven(&bench, remedies, &mut left, &mut reasons);
        if let Some(Proof { mends, tables }) = proof {
            plans.planned += proven.len() as u64;
            let mut also = BTreeMap::new();
            for (other, at) in mends {
                if other != check && mended.insert((other.clone(), at)) {
                    *also.entry(other).or_insert(0) += 1;
                }
            }
            plans.plans.push(Plan { check: check.clone(), remedies: proven, tables, also });
        }
        if !reasons.is_empty() {
            plans.without.push(Without { finding: first, reasons });
        }
    }
    if plans.plans.len() > 1 {
        let all: Vec<Remedy> = plans.plans.iter().flat_map(|plan| plan.remedies.iter().cloned()).collect();
        plans.together = bench.prove(&all).err();
    }
    plans
}

/// What fails, by check, in the order of the findings.
fn by_check(findings: Vec<Finding>) -> Vec<(String, Vec<Finding>)> {
    let mut all: Vec<(String, Vec<Finding>)> = Vec::new();
    for finding in findings.into_iter().filter(|finding| finding.verdict == Verdict::Fail) {
        match all.iter_mut().find(|(check, _)| *check == finding.check) {
            Some((_, failures)) => failures.push(finding),
            None => all.push((finding.check.clone(), vec![finding])),
        }
    }
    all
}

/// Those of the fixes that can be proven together, and the proof; why not is noted of the others.
fn proven(
    bench: &Bench<'_>,
    remedies: Vec<Remedy>,
    left: &mut usize,
    reasons: &mut BTreeMap<String, u64>,
) -> (Vec<Remedy>, Option<Proof>) {
    let mut note = |why: String, remedies: &[Remedy]| {
        *reasons.entry(why).or_insert(0) += remedies.iter().map(|remedy| remedy.finding.count).sum::<u64>();
    };
    if remedies.is_empty() {
        return (remedies, None);
    }
    if *left == 0 {
        note("it could not be proven: too many fixes of the check cannot".into(), &remedies);
        return (Vec::new(), None);
    }
    *left -= 1;
    let why = match bench.prove(&remedies) {
        Ok(proof) => return (remedies, Some(proof)),
        Err(why) => why,
    };
    if remedies.len() == 1 {
        note(why, &remedies);
        return (Vec::new(), None);
    }
    let mut first = remedies;
    let second = first.split_off(first.len() / 2);
    let (mut one, one_proof) = proven(bench, first, left, reasons);
    let (other, other_proof) = proven(bench, second, left, reasons);
    match (one_proof, other_proof) {
        (proof, None) => (one, proof),
        (None, proof) => (other, proof),
        (Some(proof), Some(_)) => {
            let own = one.len();
            one.extend(other);
            match bench.prove(&one) {
                Ok(proof) => (one, Some(proof)),
                Err(why) => {
                    let other = one.split_off(own);
                    *reasons.entry(why).or_insert(0) += other.len() as u64;
                    (one, Some(proof))
                }
            }
        }
    }
}
