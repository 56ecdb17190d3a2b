//! What is not seen must not be made up. A random small organization is judged, and then a part of it, hidden in a way that a server,
//! a bind or an export can hide: no verdict on the part may contradict the whole. Only `unknown` and `blocked` may take the place of
//! a verdict, or a guess that owns up to an attribute that nobody shows.
//!
//! A case has a number, from which all of it follows. `EXAUDIT_HIDE_CASES` says how many are tried, `EXAUDIT_HIDE_FIRST` from which
//! on; with `EXAUDIT_HIDE_KEEP` naming a folder, the files of each case that goes wrong are left there.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stderr, unreachable_pub)]

#[path = "hide/compare.rs"]
mod compare;
#[path = "hide/conceal.rs"]
mod conceal;
#[path = "hide/dice.rs"]
mod dice;
#[path = "hide/grow.rs"]
mod grow;
#[path = "hide/judged.rs"]
mod judged;
#[path = "hide/object.rs"]
mod object;
#[path = "hide/table.rs"]
mod table;
#[path = "hide/ways.rs"]
mod ways;
#[path = "hide/written.rs"]
mod written;

use compare::{Contradiction, contradictions};
use conceal::{View, Way};
use dice::Dice;
use exaudit::report::{Finding, Verdict};
use judged::JUDGES;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use written::{Form, written};

/// Cases that are tried.
const CASES: u64 = 2000;
/// Parts of each whole: to make and to judge a whole takes as long as a part.
const PARTS: u64 = 4;

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().map_or(default, |text| text.parse().expect("a number"))
}

/// A part of a whole: one file, or two that show it differently.
fn parts(whole: &View, number: u64) -> Vec<(View, Form)> {
    let mut dice = Dice::of(number ^ 0x5EED_0000_0000);
    let files = if dice.percent(85) { 1 } else { 2 };
    (0..files).map(|_| part(whole, &mut dice)).collect()
}

/// One file of a part.
fn part(whole: &View, dice: &mut Dice) -> (View, Form) {
    const WAYS: [Way; 10] = [
        Way::Subtree,
        Way::Container,
        Way::Withdrawn,
        Way::Withheld,
        Way::Column,
        Way::Unnamed,
        Way::Rights,
        Way::NotReplicated,
        Way::Searches,
        Way::Cut,
    ];
    let form = *dice.one(&[Form::Collected, Form::Collected, Form::Headed, Form::Headed, Form::Plain, Form::Table]).expect("one");
    let mut view = whole.clone();
    let mut wanted = if dice.percent(70) { 1 } else { 2 };
    for _ in 0..20 {
        let way = WAYS[dice.below(WAYS.len())];
        let can_be = match form {
            Form::Collected | Form::Headed => true,
            // a file that says nothing of itself says nothing of what was not looked for, or was cut
            Form::Plain => !matches!(way, Way::Searches | Way::Cut),
            // the Administrator program reads the directory itself
            Form::Table => matches!(way, Way::Subtree | Way::Withdrawn | Way::Column),
        };
        if let Some(less) = view.hide(way, dice).filter(|less| can_be && !less.objects.is_empty()) {
            view = less;
            wanted -= 1;
        }
        if wanted == 0 {
            break;
        }
    }
    match form {
        Form::Plain => view.leave_deleted_out(),
        Form::Table => view.keep_recipients(whole),
        Form::Collected | Form::Headed => {}
    }
    (view, form)
}

/// What came of some cases.
#[derive(Debug, Default)]
struct Outcome {
    wrong: Vec<(u64, String, Contradiction)>,
    decided: u64,
    said: u64,
    parts: u64,
}

fn decided(findings: &[Finding]) -> u64 {
    findings.iter().filter(|one| matches!(one.verdict, Verdict::Pass | Verdict::Fail)).count() as u64
}

/// The attributes of a whole, all of them asked for.
fn everything(objects: &[object::Object]) -> Vec<String> {
    let mut names: Vec<String> = objects.iter().flat_map(object::Object::names).map(str::to_owned).collect();
    names.extend(JUDGES.wanted.all());
    names.sort_by_key(|name| name.to_lowercase());
    names.dedup_by(|one, other| one.eq_ignore_ascii_case(other));
    // over LDAP its four spellings stand for it
    names.retain(|name| name != "Proxy-Addresses");
    names
}

/// A whole and those of its parts that are asked for.
fn world(number: u64, cases: std::ops::Range<u64>, folder: &Path, outcome: &mut Outcome) {
    let objects = grow::organization(&mut Dice::of(number));
    let asked = everything(&objects);
    let whole = View::whole(objects, asked);
    let file = |name: &str, text: &str| -> PathBuf {
        let path = folder.join(name);
        std::fs::write(&path, text).expect("written");
        path
    };
    let path = file(&format!("world-{number}.ldif"), &written(&whole, Form::Collected));
    let then = JUDGES.judge(std::slice::from_ref(&path), Some(true));
    let mut is_wrong = false;
    for case in cases {
        let parts = parts(&whole, case);
        let names = parts.iter().enumerate().map(|(at, (view, form))| file(&format!("case-{case}-{at}"), &written(view, *form)));
        let files: Vec<PathBuf> = names.collect();
        let views: Vec<&View> = parts.iter().map(|(view, _)| view).collect();
        outcome.parts += 1;
        if views.iter().any(|view| view.objects.is_empty() || !view.leads_to_what_is_gone()) {
            continue; // an export of nothing is none, and nobody knows of a site that nothing leads to
        }
        let now = JUDGES.judge(&files, None);
        outcome.decided += decided(&now);
        outcome.said += decided(&then);
        let wrong = contradictions(&then, &now, &views);
        if wrong.is_empty() {
            files.iter().for_each(|file| std::fs::remove_file(file).expect("removed"));
        }
        is_wrong |= !wrong.is_empty();
        let hidden = parts.iter().map(|(view, form)| format!("{} ({form:?})", view.told.join(" AND ")));
        let hidden = hidden.collect::<Vec<_>>().join(" BESIDE ");
        outcome.wrong.extend(wrong.into_iter().map(|one| (case, hidden.clone(), one)));
    }
    if !is_wrong {
        std::fs::remove_file(&path).expect("removed");
    }
}

#[test]
fn no_verdict_on_a_part_contradicts_the_whole() {
    let (first, cases) = (number("EXAUDIT_HIDE_FIRST", 0), number("EXAUDIT_HIDE_CASES", CASES));
    let kept = std::env::var_os("EXAUDIT_HIDE_KEEP").map(PathBuf::from);
    let temporary = tempfile::tempdir().expect("a folder");
    let folder = kept.as_deref().unwrap_or(temporary.path());
    let next = AtomicU64::new(first / PARTS);
    let work = || {
        let mut outcome = Outcome::default();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let all = (number * PARTS).max(first)..((number + 1) * PARTS).min(first + cases);
            if all.is_empty() {
                return outcome;
            }
            world(number, all, folder, &mut outcome);
        }
    };
    let threads = std::thread::available_parallelism().map_or(2, usize::from).min(8);
    let outcomes: Vec<Outcome> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().map(|worker| worker.join().expect("a worker")).collect()
    });
    let sum = |of: fn(&Outcome) -> u64| outcomes.iter().map(of).sum::<u64>();
    let (tried, kept, said) = (sum(|one| one.parts), sum(|one| one.decided), sum(|one| one.said));
    let mut wrong: Vec<_> = outcomes.into_iter().flat_map(|one| one.wrong).collect();
    wrong.sort_by_key(|(case, ..)| *case);
    eprintln!("{tried} cases; {kept} of {said} verdicts of the wholes are decided of the parts; {} contradictions", wrong.len());
    let mut by_check: BTreeMap<&str, usize> = BTreeMap::new();
    wrong.iter().for_each(|(_, _, one)| *by_check.entry(&one.check).or_default() += 1);
    let tell = |(case, hidden, one): &(u64, String, Contradiction)| {
        let Contradiction { check, subject, whole, part } = one;
        format!("case {case}: hidden: {hidden}\n  {check} of {subject}\n  whole: {whole}\n  part:  {part}")
    };
    let told: Vec<String> = wrong.iter().take(200).map(tell).collect();
    assert!(wrong.is_empty(), "{} contradictions in {tried} cases: {by_check:?}\n\n{}", wrong.len(), told.join("\n\n"));
    assert!(tried == cases, "{tried} of {cases} cases were tried");
}
