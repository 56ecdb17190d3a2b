//! A small report made by hand, for the tests of this room.

use super::Style;
use crate::directory::dn::Dn;
use crate::directory::source::Kind;
use crate::exchange::probe::Visibility;
use crate::report::{
    Confidence, Evidence, Finding, Fix, Night, Note, Object, Reason, Report, SCHEMA, Severity, Subject, Summary, Target, Tool,
    Verdict, Waiver, fingerprint,
};

/// 80 columns, UTF-8, not a terminal.
pub(crate) const STYLE: Style = Style { width: 80, colour: false, unicode: true, interactive: false };

fn dn(text: &str) -> Dn {
    Dn::parse(text.as_bytes()).expect("a test's name")
}

pub(crate) fn subject(site: &str, server: &str) -> Subject {
    let name = format!("cn=Internet Mail Service ({server}),cn=Connections,cn=Configuration,ou={site},o=Example Corp");
    Subject { kind: "ims".into(), dn: dn(&name), site: Some(site.into()), server: Some(server.into()), place: None }
}

/// A result about the IMS of EXCH01 in LONDON.
pub(crate) fn finding(check: &str, verdict: Verdict, severity: Severity) -> Finding {
    let subject = subject("LONDON", "EXCH01");
    let reason = match verdict {
        Verdict::Pass => Reason::Met,
        Verdict::Fail => Reason::NotMet,
        Verdict::Unknown => Reason::NotRequested,
        Verdict::Blocked => Reason::Needs("another-check".into()),
        Verdict::NotApplicable => Reason::NoIms,
        Verdict::Manual => Reason::ByHand,
    };
    Finding {
        count: 1,
        check: check.into(),
        title: format!("The title of {check}"),
        fails: Some(format!("What is wrong by {check}")),
        severity,
        kb: vec!["Q300535".into(), "Q281743".into()],
        verdict,
        message: format!("The message of {check}."),
        advice: None,
        confidence: Confidence::Documented,
        target: 0,
        fingerprint: fingerprint(check, Some(&subject), &reason),
        reason,
        subject: Some(subject),
        object: None,
        evidence: Vec::new(),
        causes: Vec::new(),
        reproduce: Some("ldapsearch -x -H ldap://exch01:389 -b 'o=Example Corp'".into()),
        fix: Some(Fix {
            caution: None,
            steps: vec!["Open the mailbox in the Admin program.".into(), "Add an X.400 address.".into()],
        }),
        rest: false,
        waiver: None,
        change: None,
        since: None,
    }
}

/// A directory of which everything is seen.
pub(crate) fn visibility() -> Option<Visibility> {
    let seen = serde_json::json!({"state": "seen", "means": "It is seen."});
    let text = serde_json::json!({
        "directory": "exchange", "connection": null, "root": [], "naming-contexts": [], "base": null, "sites": [], "servers": [],
        "server-count": 0, "servers-complete": true, "paging": {"state": "works", "page-size": 99},
        "size-limit": {"state": "unknown", "entries": null}, "faults": [], "advice": [],
        "sees": {"configuration": seen, "operational-attributes": seen, "extension-data": seen, "hidden-objects": seen, "tombstones": seen},
    });
    Some(serde_json::from_value(text).expect("what a report tells"))
}

/// Accepted until the end of 2026.
pub(crate) fn waiver() -> Waiver {
    Waiver { reason: "The server is switched off in spring.".into(), owner: "Mail team".into(), until: "2026-12-31".into() }
}

pub(crate) fn report(results: Vec<Finding>) -> Report {
    Report {
        schema: SCHEMA.into(),
        tool: Tool { name: "exaudit".into(), version: "0.1.0".into() },
        started: "2026-01-02T03:04:05Z".into(),
        finished: "2026-01-02T03:04:06Z".into(),
        complete: true,
        targets: vec![Target {
            source: Kind::Live,
            location: "ldap://exch01:389".into(),
            organization: Some("Example Corp".into()),
            complete: true,
            name: None,
            problems: Vec::new(),
            visibility: None,
            shown_by_nobody: Vec::new(),
            unseen: Vec::new(),
            taken: None,
            last_complete: None,
            map: None,
        }],
        checks: Vec::new(),
        left_out: 0,
        summary: Summary::of(&results),
        results,
        comparison: None,
        history: Vec::new(),
        notes: Vec::new(),
    }
}

/// Three services: one without an X.400 address, one that is not set, one undecided; hostile text here and there.
pub(crate) fn full() -> Report {
    use Severity::{Critical, Warning};
    use Verdict::{Blocked, Fail, Manual, Pass, Unknown};
    let mailbox = dn("cn=Postmaster\\, London,cn=Recipients,ou=LONDON,o=Example Corp");
    let at = |site: &str, server: &str, mut finding: Finding| {
        finding.subject = Some(subject(site, server));
        finding
    };
    let mut no_x400 = finding("ims-admin-x400", Fail, Critical);
    no_x400.message = format!("The administrator mailbox {mailbox} has no X.400 address; it has smtp and ms addresses.");
    no_x400.object = Some(Object { dn: mailbox.clone() });
    no_x400.evidence = vec![Evidence {
        dn: mailbox.clone(),
        attribute: "textEncodedORAddress".into(),
        observed: Vec::new(),
        expected: "an X.400 address".into(),
    }];
    let mut set = finding("ims-admin-set", Pass, Critical);
    set.kb = vec!["Q183178".into()];
    set.evidence = vec![Evidence {
        dn: set.subject.as_ref().map(|s| s.dn.clone()).unwrap_or_default(),
        attribute: "Extension-Data".into(),
        observed: vec![mailbox.to_string()],
        expected: "a recipient".into(),
    }];
    let mut custom = finding("ims-admin-recipient", Fail, Warning);
    custom.confidence = Confidence::Inferred;
    custom.message =
        "The administrator is the custom recipient \u{4f1a}\u{8b70}\u{5ba4}\u{202e}\u{1b}[31m, not a mailbox.".into();
    let mut unset = at("TOKYO", "TYO-EXCH-02", finding("ims-admin-set", Fail, Critical));
    unset.kb = vec!["Q183178".into()];
    unset.confidence = Confidence::Inferred;
    unset.message = "The service keeps no settings, so no administrator mailbox is set.".into();
    let mut undecided = at("TOKYO", "TYO-EXCH-03", finding("ims-admin-exists", Unknown, Critical));
    undecided.kb = vec!["Q183178".into()];
    undecided.message = "The mailbox was not seen and may be hidden. Bind as an administrator with ,cn=admin.".into();
    report(vec![
        set.clone(),
        custom,
        no_x400,
        unset,
        at("TOKYO", "TYO-EXCH-02", finding("ims-admin-x400", Blocked, Critical)),
        at("TOKYO", "TYO-EXCH-03", set),
        undecided,
        at("TOKYO", "TYO-EXCH-03", finding("ims-admin-x400", Blocked, Critical)),
        at("OSLO", "OSL01", finding("ims-admin-repoint", Manual, Critical)),
    ])
}

/// What a directory may hold to trick whoever reads the report, in each text that comes from it.
pub(crate) const HOSTILE: &str =
    "=Evil|`a` \"q\" 'x' <b>&amp;]]></b> [l](http://e.example) {0} %s $(id)\u{1b}[2J\u{202e}\u{9}\u{d}\n\u{85}\u{fffe}\\";

/// Hostile text wherever a directory decides it.
pub(crate) fn hostile() -> Report {
    let mut report = full();
    for target in &mut report.targets {
        target.complete = false;
        target.organization = Some(HOSTILE.into());
        target.location = HOSTILE.into();
        target.problems = vec![HOSTILE.into()];
        target.unseen = vec![crate::report::Unseen::of(HOSTILE.into(), Some(HOSTILE.into()), Some(HOSTILE.into()))];
    }
    report.complete = false;
    for result in &mut report.results {
        result.message = HOSTILE.into();
        if let Some(subject) = &mut result.subject {
            (subject.site, subject.server) = (Some(HOSTILE.into()), Some(HOSTILE.into()));
            subject.dn = Dn::of([("cn", HOSTILE), ("o", "Org")]);
        }
        result.object = Some(Object { dn: Dn::of([("cn", HOSTILE)]) });
        result.evidence = vec![Evidence {
            dn: Dn::of([("cn", HOSTILE)]),
            attribute: "mail".into(),
            observed: vec![HOSTILE.into()],
            expected: HOSTILE.into(),
        }];
        result.reproduce = Some(HOSTILE.into());
    }
    report
}

/// Accepted failures, what changed, the checks that were run: what a scheduled audit of the same directory adds.
pub(crate) fn compared() -> Report {
    use crate::report::{Change, Checked, Comparison, Ended, How};
    let mut report = full();
    let ids = ["ims-admin-set", "ims-admin-recipient", "ims-admin-x400", "ims-admin-exists", "ims-admin-repoint"];
    report.checks = ids
        .iter()
        .map(|id| Checked {
            id: (*id).into(),
            title: format!("The title of {id}"),
            fails: Some(format!("What is wrong by {id}")),
            severity: if *id == "ims-admin-recipient" { Severity::Warning } else { Severity::Critical },
            kb: vec!["Q300535".into(), "Q281743".into()],
            why: format!("Why {id} matters."),
            digest: "0123456789abcdef0123456789abcdef".into(),
        })
        .collect();
    let changes = [None, Some(Change::New), Some(Change::Still), None, None, None, Some(Change::Undecided), None, None];
    for (result, change) in report.results.iter_mut().zip(changes) {
        result.change = change;
        result.since = change.map(|_| "2026-01-01T03:04:05Z".into());
    }
    report.results[3].waiver = Some(waiver());
    report.comparison = Some(Comparison {
        with: "last.json".into(),
        started: Some("2026-01-01T03:04:05Z".into()),
        notes: vec!["OSLO was not read then.".into()],
        ended: vec![Ended {
            how: How::Fixed,
            check: "ims-admin-set".into(),
            title: "What is wrong by ims-admin-set".into(),
            severity: Severity::Critical,
            reason: Reason::NotMet,
            target: "ldap://exch01:389".into(),
            subject: Some("cn=IMS,ou=OSLO,o=Example Corp".into()),
            server: Some("OSL01".into()),
            site: Some("OSLO".into()),
            since: "2025-12-01T03:04:05Z".into(),
        }],
    });
    let night = |day: u8, unknown: usize| Night {
        started: format!("2026-01-{day:02}T03:04:05Z"),
        complete: unknown == 0,
        fail: 3,
        critical: 1,
        waived: 1,
        unknown,
    };
    report.history = vec![night(1, 0), night(2, 5)];
    report.notes = vec![Note { id: "1".into(), text: "A waiver ends within a week.".into(), new: true }];
    report.targets[0].last_complete = Some("2026-01-02T03:04:05Z".into());
    report.summary = Summary::of(&report.results);
    report
}
