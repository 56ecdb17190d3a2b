//! Whether what is said of a part contradicts what is said of the whole.

use super::conceal::View;
use super::judged::JUDGES;
use super::object::Object;
use exaudit::report::{Confidence, Finding, Verdict};
use std::collections::BTreeMap;

/// One contradiction.
#[derive(Debug, Clone)]
pub struct Contradiction {
    pub check: String,
    pub subject: String,
    pub whole: String,
    pub part: String,
}

type Said<'a> = BTreeMap<(&'a str, String), Vec<&'a Finding>>;

fn by_subject(findings: &[Finding]) -> Said<'_> {
    let mut said = Said::new();
    for finding in findings {
        let subject = finding.subject.as_ref().map(|subject| subject.dn.key().as_str().to_owned()).unwrap_or_default();
        said.entry((finding.check.as_str(), subject)).or_default().push(finding);
    }
    said
}

fn any(findings: &[&Finding], verdict: Verdict) -> bool {
    findings.iter().any(|finding| finding.verdict == verdict)
}

fn told(findings: &[&Finding]) -> String {
    let one = |finding: &&Finding| {
        format!("{} ({:?}, {}): {}", finding.verdict.word(), finding.confidence, finding.reason, finding.told())
    };
    if findings.is_empty() { "nothing".into() } else { findings.iter().map(one).collect::<Vec<_>>().join(" | ") }
}

/// The contradictions between the whole and a part. A whole that leaves something open contradicts nothing there.
pub fn contradictions(whole: &[Finding], part: &[Finding], views: &[&View]) -> Vec<Contradiction> {
    let (whole, part) = (by_subject(whole), by_subject(part));
    let nothing: Vec<&Finding> = Vec::new();
    let mut found = Vec::new();
    let mut note = |check: &str, subject: &str, whole: &[&Finding], part: &[&Finding]| {
        let (check, subject) = (check.to_owned(), subject.to_owned());
        found.push(Contradiction { check, subject, whole: told(whole), part: told(part) });
    };
    // one that came without its class is no subject; a service is known by its name or by its extension
    let is_told = |object: &&Object| {
        let is_named = object.dn.to_lowercase().starts_with("cn=internet mail ");
        object.has("objectClass") && (!object.is_a("Mail-Gateway") || is_named || object.has("Extension-Name"))
    };
    let shown = parts_of(views).filter(is_told);
    let shown: Vec<String> = shown.map(|object| key(&object.dn)).collect();
    // what several have in common is told of one of them: of another one where that is not seen
    let named = |check: &str, subject: &str| {
        let dn = parts_of(views).find(|object| key(&object.dn) == subject).map(|object| object.dn.clone());
        let fails = whole.iter().filter(|((own, _), _)| *own == check).flat_map(|(_, all)| all.iter());
        let mut fails = fails.filter(|finding| finding.verdict == Verdict::Fail);
        dn.is_some_and(|dn| fails.any(|finding| finding.message.contains(&dn)))
    };
    for ((check, subject), now) in &part {
        let of_none = (*check, String::new());
        let Some(then) = whole.get(&(*check, subject.clone())) else {
            // no subject of the check at all, unless the whole leaves that open
            let open = whole.get(&of_none).is_some_and(|all| any(all, Verdict::Unknown) || any(all, Verdict::Blocked));
            if any(now, Verdict::Fail) && !open {
                note(check, subject, &nothing, now);
            }
            continue;
        };
        let is_open = any(then, Verdict::Unknown) || any(then, Verdict::Blocked);
        if any(now, Verdict::Fail) && !any(then, Verdict::Fail) && !is_open && !named(check, subject) {
            note(check, subject, then, now);
        }
        let is_fine = now.iter().all(|finding| matches!(finding.verdict, Verdict::Pass | Verdict::NotApplicable));
        if !subject.is_empty()
            && is_fine
            && any(then, Verdict::Fail)
            && !is_guess(check, now, views)
            && !is_of_a_site_alone(now, views)
        {
            note(check, subject, then, now);
        }
    }
    // one that fails in the whole and is shown by the part is told of, be it only that it cannot be told of
    for ((check, subject), then) in &whole {
        if subject.is_empty()
            || !any(then, Verdict::Fail)
            || part.contains_key(&(*check, subject.clone()))
            || !shown.contains(subject)
        {
            continue;
        }
        let now = part.get(&(*check, String::new())).unwrap_or(&nothing);
        let is_open = any(now, Verdict::Unknown) || any(now, Verdict::Blocked);
        if !is_open && !is_guess(check, now, views) {
            note(check, subject, then, now);
        }
    }
    found
}

fn parts_of<'a>(views: &'a [&View]) -> impl Iterator<Item = &'a Object> {
    views.iter().flat_map(|view| &view.objects)
}

/// Whether nothing came from outside of one site, which is audited alone then: that nothing is wrong with the rest is not said, and what
/// compares is inferred.
fn is_of_a_site_alone(now: &[&Finding], views: &[&View]) -> bool {
    let site = parts_of(views).next().and_then(Object::site);
    let is_alone = site.is_some() && parts_of(views).all(|object| object.site() == site);
    is_alone && now.iter().all(|finding| finding.confidence == Confidence::Inferred)
}

/// The name of an object as names are compared.
pub fn key(dn: &str) -> String {
    exaudit::directory::dn::Dn::parse(dn.as_bytes()).map(|dn| dn.key().as_str().to_owned()).unwrap_or_default()
}

/// Whether what is fine may rest on an attribute that nobody of the site shows. It is inferred then.
fn is_guess(check: &str, now: &[&Finding], views: &[&View]) -> bool {
    let reads = JUDGES.reads(check);
    let mut withheld = views.iter().flat_map(|view| &view.withheld);
    let is_read = withheld.any(|(_, name)| reads.iter().any(|read| read.eq_ignore_ascii_case(name)));
    // one that is taken for no subject is told of by nothing, if others are told of
    is_read && (now.is_empty() || now.iter().any(|finding| finding.confidence == Confidence::Inferred))
}
