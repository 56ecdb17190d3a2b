//! What users see: exact text from a scrubbed environment, exit codes, files, and silence where it is promised.

use crate::common::ldapsearch;
use crate::common::run::{Ran, exaudit, whole};
use crate::truth::case::{ADMIN, Case, GONE, On, bare_ims, ims, mailbox};
use exaudit::lab;
use serde_json::Value;

fn demo<'a>(args: impl IntoIterator<Item = &'a str>) -> Ran {
    exaudit(["audit", "--demo"].into_iter().chain(args)).run()
}

/// The port differs in every run.
fn without_port(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("127.0.0.1:") {
        let digits = after.chars().take_while(char::is_ascii_digit).count();
        out += before;
        out += "127.0.0.1:43890";
        rest = &after[digits..];
    }
    out + rest
}

#[test]
fn the_readme_shows_what_the_demo_prints() {
    let ran = exaudit(["audit", "--demo", "--check", "ims"]).env("LANG", "C.UTF-8").env("COLUMNS", "80").run();
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert_eq!(ran.stderr, "");
    let readme = std::fs::read_to_string("README.md").expect("README");
    let shown =
        readme.split_once("<!-- demo -->\n```text\n").and_then(|(_, rest)| rest.split_once("\n```")).expect("the table").0;
    assert_eq!(without_port(ran.stdout.trim_end()), shown, "README.md is stale");
}

#[test]
fn the_table_fits_and_falls_back_to_a_list() {
    for columns in ["60", "80", "120"] {
        let ran = exaudit(["audit", "--demo", "--all"]).env("COLUMNS", columns).run();
        let widest = ran.stdout.lines().map(|line| line.chars().count()).max().expect("text");
        assert!(widest <= columns.parse().expect("number"), "{widest} > {columns}\n{}", ran.stdout);
        assert!(ran.stdout.is_ascii(), "no borders of UTF-8 without a UTF-8 locale");
        assert!(ran.stdout.contains("+--"), "{}", ran.stdout);
    }
    let list = exaudit(["audit", "--demo"]).env("COLUMNS", "45").run();
    assert!(!list.stdout.contains("+--") && list.stdout.contains("ims-admin-x400"), "{}", list.stdout);
    assert!(!list.stdout.contains('\u{1b}'));
    let colour = demo(["--color", "always"]);
    assert!(colour.stdout.contains("\u{1b}["));
    assert!(!exaudit(["audit", "--demo"]).env("FORCE_COLOR", "1").run().stdout.contains('\u{1b}'), "piped is plain");
}

#[test]
fn text_of_the_directory_cannot_move_the_cursor() {
    let hostile = mailbox("Evil\u{1b}[2J\u{202e}").with("cn", "\u{1b}]0;x\u{7}");
    let case = Case::with([bare_ims(), hostile]).args(["--ims-admin", "SRV=Evil\u{1b}[2J\u{202e}"]);
    let text = crate::common::directory::ldif(&case.records);
    for format in [&["audit"][..], &["audit", "--all"], &["checklist"], &["checklist", "--format", "table"]] {
        let args = format.iter().copied().chain(["--from", "-"]).chain(case.args.iter().map(String::as_str));
        let ran = exaudit(args).stdin(text.clone()).run();
        assert!(ran.stdout.contains("Evil"), "{}", ran.stdout);
        for stream in [&ran.stdout, &ran.stderr] {
            assert!(!stream.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{stream:?}");
        }
    }
}

#[test]
fn the_keys_of_the_report_stand_in_their_order() {
    let ran = demo(["--format", "json", "--all"]);
    let order = |keys: &[&str], text: &str| {
        let mut at = 0;
        for key in keys {
            let found = text[at..].find(&format!("\"{key}\":")).unwrap_or_else(|| panic!("{key} is missing or out of order"));
            at += found + key.len();
        }
    };
    order(
        &[
            "schema",
            "tool",
            "name",
            "version",
            "started",
            "finished",
            "complete",
            "targets",
            "source",
            "location",
            "organization",
            "complete",
            "problems",
            "summary",
            "pass",
            "fail",
            "unknown",
            "blocked",
            "not-applicable",
            "manual",
            "results",
            "check",
            "title",
            "severity",
            "kb",
            "verdict",
            "reason",
            "message",
            "advice",
            "confidence",
            "target",
            "subject",
            "kind",
            "dn",
            "site",
            "server",
            "object",
            "dn",
            "evidence",
            "dn",
            "attribute",
            "observed",
            "expected",
            "reproduce",
            "fix",
            "fingerprint",
            "causes",
        ],
        &ran.stdout,
    );
    let report = ran.json();
    assert_eq!(report["schema"], "exaudit.report/2");
    assert_eq!(report["targets"][0]["source"], "demo");
    assert_eq!(report["results"].as_array().map(Vec::len), Some(25), "5 services, 5 checks");
}

/// By a validator that is not ours. Every kind of source, with failures, causes and results that a person decides.
#[test]
fn reports_follow_the_schema_in_docs() {
    let schema = include_str!("../../docs/report.schema.json");
    let schema: Value = serde_json::from_str(schema).expect("JSON");
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    compiler.enable_format_assertions();
    compiler.add_resource("report", schema).expect("a resource");
    let index = compiler.compile("report", &mut schemas).expect("a schema");
    let ldif = b"dn: o=Org\nobjectClass: organization\n".to_vec();
    let table = b"Obj-Class,Obj-Container,Directory Name\nMailbox,/o=Org/ou=S/cn=Recipients,Anna\n".to_vec();
    for ran in [
        whole(["audit", "--demo", "--format", "json"]).run(),
        whole(["audit", "--demo=everything", "--format", "json", "--all"]).run(),
        whole(["audit", "--format", "json", "--from", "-"]).stdin(ldif).run(),
        whole(["audit", "--format", "json", "--from", "-"]).stdin(table).run(),
    ] {
        let report = ran.json();
        assert!(report["results"].as_array().is_some_and(|results| !results.is_empty()), "{}", ran.stderr);
        if let Err(error) = schemas.validate(&report, index) {
            panic!("{error:#}");
        }
    }
    let wrong: Value = serde_json::json!({ "schema": "exaudit.report/2", "results": 1 });
    assert!(schemas.validate(&wrong, index).is_err(), "a schema that takes everything");
}

#[test]
fn two_runs_differ_in_nothing_but_time_and_port() {
    let stable = |ran: &Ran| {
        let mut report = ran.json();
        report["started"].take();
        report["finished"].take();
        report["targets"][0]["last-complete"].take();
        without_port(&report.to_string())
    };
    assert_eq!(stable(&demo(["--format", "json"])), stable(&demo(["--format", "json"])));
}

#[test]
fn quiet_says_nothing_when_clean() {
    for on in [On::Lab, On::Ldif] {
        let ran = Case::with([ims(ADMIN)]).args(["--quiet"]).run(on).expect("runs");
        assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (0, "", ""), "on {on:?}");
    }
    let news = demo(["--quiet"]);
    assert_eq!(news.code, 1);
    assert!(news.stdout.contains("ims-admin-x400"));
}

#[test]
fn a_report_goes_to_a_file_whole() {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("report.json");
    std::fs::write(&path, "an older report, longer than nothing").expect("file");
    let ran = demo(["--format", "json", "--output", &path.display().to_string()]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    let report: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).expect("file")).expect("JSON");
    assert_eq!(report["complete"], true);
    assert_eq!(std::fs::read_dir(folder.path()).expect("folder").count(), 1, "nothing else is left");
}

#[test]
fn exit_codes_are_the_documented_ones() {
    let code = |case: Case, args: &[&str]| case.args(args.iter().copied()).run(On::Ldif).expect("runs").code;
    let failing = || Case::with([ims("/o=Org/ou=S/cn=Recipients/cn=Bare"), mailbox("Bare")]);
    assert_eq!(code(failing(), &[]), 1);
    assert_eq!(code(failing(), &["--fail-on", "never"]), 0);
    assert_eq!(code(failing(), &["--strict"]), 3, "an inferred failure becomes unknown");
    let undecided = || Case::with([ims("nothing")]);
    assert_eq!(code(undecided(), &[]), 3);
    assert_eq!(code(undecided(), &["--no-fail-on-unknown"]), 0);
    let cut = || undecided().trailer("search: 2\nresult: 4 Size limit exceeded\n");
    assert_eq!(code(cut(), &["--no-fail-on-unknown"]), 3, "an incomplete audit is not excused");
    // what waits for a check that was not selected was never judged
    assert_eq!(code(Case::with([ims(GONE)]), &["--check", "ims-admin-x400"]), 3);
    assert_eq!(code(Case::with([ims(GONE)]), &["--check", "ims-admin-x400", "--check", "ims-admin-recipient"]), 3);
    assert_eq!(code(Case::with([ims(ADMIN)]), &["--check", "ims-admin-x400"]), 0);
    let both = || failing().trailer("search: 2\nresult: 4 Size limit exceeded\n");
    assert_eq!(code(both(), &[]), 1, "a failure wins over incompleteness");
}

#[test]
fn a_selection_reports_what_was_selected() {
    let checks = |args: &[&str]| {
        let report = demo(args.iter().copied().chain(["--format", "json"])).json();
        let mut ids: Vec<String> =
            report["results"].as_array().expect("results").iter().map(|r| r["check"].as_str().expect("id").to_owned()).collect();
        ids.sort();
        ids.dedup();
        ids.join(" ")
    };
    assert_eq!(checks(&["--check", "ims-admin-x400"]), "ims-admin-x400");
    assert_eq!(checks(&["--kb", "Q300535"]), "ims-admin-recipient ims-admin-x400 pre-admin-mailbox-change pre-ims-install");
    assert_eq!(checks(&["--kb", "300535", "--skip", "ims-admin-recipient", "--skip", "changes"]), "ims-admin-x400");
    // what it needs is judged all the same
    let report = demo(["--check", "ims-admin-x400", "--format", "json"]).json();
    let of = |server: &str| {
        let results = report["results"].as_array().expect("results");
        results.iter().find(|r| r["subject"]["server"] == server).map(|r| r["reason"].as_str().expect("reason").to_owned())
    };
    assert_eq!(of("LYON2").as_deref(), Some("needs:ims-admin-recipient"));
    assert_eq!(of("OSLO2").as_deref(), Some("no-x400"));
}

#[test]
fn the_list_of_checks() {
    let list = exaudit(["list", "--format", "json"]).run();
    let rows: serde_json::Value = serde_json::from_str(&list.stdout).expect("JSON");
    let ids: Vec<&str> = rows.as_array().expect("array").iter().map(|r| r["id"].as_str().expect("id")).collect();
    assert_eq!(ids[..4], ["ims-admin-set", "ims-admin-exists", "ims-admin-recipient", "ims-admin-x400"]);
    let of = |id: &str| rows.as_array().expect("array").iter().find(|row| row["id"] == id).expect("a row").clone();
    assert_eq!((&of("ims-admin-repoint")["kind"], &of("ims-admin-set")["kind"]), (&"manual".into(), &"automated".into()));
    let catalogue = exaudit::check::Catalogue::embedded().expect("embedded");
    assert!(ids.iter().copied().eq(catalogue.checks().iter().map(|check| check.id.as_str())), "{ids:?}");
    assert!(
        list.stdout.find("\"id\"") < list.stdout.find("\"title\"")
            && list.stdout.find("\"versions\"") < list.stdout.find("\"needs\"")
    );
}

#[test]
fn an_operators_own_check() {
    let folder = tempfile::tempdir().expect("folder");
    let check = r#"
id = "own-routing"
title = "The service has an SMTP address space"
severity = "warning"
kb = ["Q183178"]
versions = ["4.0", "5.0", "5.5"]
confidence = "inferred"
why = "Without one nothing leaves."
fix = ["Add one."]
[subject]
each = "ims"
[expect]
filter = "(Routing-List=SMTP*)"
"#;
    std::fs::write(folder.path().join("own-routing.toml"), check).expect("file");
    let dir = folder.path().display().to_string();
    let verdict = |record| {
        let case = Case::with([record]).args(["--checks", &dir, "--check", "own-routing"]);
        [On::Lab, On::Ldif].map(|on| {
            let report = case.run(on).expect("runs").json();
            assert_eq!(report["results"].as_array().map(Vec::len), Some(1));
            format!("{}:{}", report["results"][0]["verdict"], report["results"][0]["reason"]).replace('"', "")
        })
    };
    assert_eq!(verdict(bare_ims()), ["pass:met", "pass:met"]);
    assert_eq!(verdict(bare_ims().without("Routing-List").with("Routing-List", "X400:*")), ["fail:not-met", "fail:not-met"]);
    // operational, and no attribute of that class came back: not visible; in a file: nobody shows it
    assert_eq!(verdict(bare_ims().without("Routing-List")), ["unknown:not-visible", "unknown:not-requested"]);
    let broken = check.replace("(Routing-List=SMTP*)", "(Routing-List=SMTP*");
    std::fs::write(folder.path().join("own-routing.toml"), broken).expect("file");
    let ran = demo(["--checks", &dir]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("own-routing.toml:13:"), "{}", ran.stderr);
}

#[test]
fn a_checklist_leads_with_a_decision() {
    let leading = |case: Case| {
        let args = ["checklist", "--from", "-"].into_iter().chain(case.args.iter().map(String::as_str));
        let ran = exaudit(args).stdin(crate::common::directory::ldif(&case.records) + &case.trailer).run();
        (ran.code, ran.stdout.lines().nth(2).unwrap_or_default().to_owned(), ran.stdout)
    };
    let (code, line, text) = leading(Case::with([ims(ADMIN)]));
    assert!(code == 0 && line.contains("GO after 1 item by hand"), "{code} {line}");
    assert!(text.contains("- [x] **Passes of ") && text.contains("Done by: ____"), "{text}");
    let (code, line, text) = leading(Case::with([ims("/o=Org/ou=S/cn=Recipients/cn=Bare"), mailbox("Bare")]));
    assert!(code == 1 && line.contains("NO-GO"), "{code} {line}");
    assert!(text.contains("Q300535") && text.contains("New"), "{text}");
    let (code, line, _) = leading(Case::with([ims("nothing")]));
    assert!(code == 3 && line.contains("NOT DECIDED"), "{code} {line}");
    let (code, _, _) = leading(Case::with([ims(ADMIN)]).trailer("search: 2\nresult: 4 Size limit exceeded\n"));
    assert_eq!(code, 3);
    let (code, _, _) = leading(Case::with([ims(ADMIN)]).args(["--skip", "ims-admin-repoint"]));
    assert_eq!(code, 0);
}

#[test]
fn a_password_is_shown_nowhere_and_a_plain_connection_is_said() {
    let handle = lab::start(lab::demo().expect("demo")).expect("lab");
    let folder = tempfile::tempdir().expect("folder");
    let file = folder.path().join("password");
    std::fs::write(&file, format!("{}\r\n", lab::PASSWORD)).expect("file");
    let uri = handle.uri();
    let file = file.display().to_string();
    for format in ["table", "json"] {
        let ran = exaudit(["audit", "-vv", "-H", &uri, "-D", lab::ADMIN_DN, "-y", &file, "--format", format, "--all"]).run();
        assert_eq!(ran.code, 1, "{}", ran.stderr);
        assert!(ran.stderr.contains("clear text"), "{}", ran.stderr);
        assert!(!ran.stdout.contains(lab::PASSWORD) && !ran.stderr.contains(lab::PASSWORD));
    }
}

#[test]
fn the_export_line_of_the_documents_decides_what_the_server_does() {
    let handle = lab::start(lab::demo().expect("demo")).expect("lab");
    let Some(export) = ldapsearch::export(&handle, "Example") else { return };
    let verdicts = |report: serde_json::Value| {
        let results = report["results"].as_array().expect("results").clone();
        results
            .iter()
            .map(|r| format!("{} {} {} {}", r["subject"]["dn"], r["check"], r["verdict"], r["reason"]))
            .collect::<Vec<_>>()
    };
    let export = exaudit(["audit", "--from", "-", "--format", "json"]).stdin(export).run();
    assert_eq!(verdicts(export.json()), verdicts(demo(["--format", "json"]).json()));
}
