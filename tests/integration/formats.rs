//! Every format: one run writes them all, each can be read by a reader that is not ours, and a saved report makes the same.

use crate::common::directory::{Record, ldif};
use crate::common::refusing::Refusing;
use crate::common::run::{Ran, exaudit, whole};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const FORMATS: [&str; 12] =
    ["table", "list", "json", "ndjson", "csv", "plan", "markdown", "html", "junit", "sarif", "nagios", "prometheus"];

/// One run that writes all formats into a folder.
fn all(folder: &Path, source: &[&str]) -> Ran {
    let reports: Vec<String> = FORMATS.iter().map(|format| format!("{format}={}", folder.join(format).display())).collect();
    let mut args = vec!["audit", "--quiet", "--name-objects"];
    args.extend(source);
    args.extend(reports.iter().flat_map(|report| ["--report", report.as_str()]));
    exaudit(args).run()
}

fn read(folder: &Path, format: &str) -> String {
    std::fs::read_to_string(folder.join(format)).unwrap_or_else(|error| panic!("{format}: {error}"))
}

/// An organization whose names are meant for whoever reads the report.
fn hostile() -> String {
    let container = |dn: &str| Record::new(dn, "Container");
    let mut records = vec![
        Record::new("o=Org", "organization"),
        Record::new("ou=S,o=Org", "organizationalUnit"),
        container("cn=Configuration,ou=S,o=Org"),
        container("cn=Connections,cn=Configuration,ou=S,o=Org"),
    ];
    let names = [
        "=cmd|' /C calc'!A0",
        "@SUM(1)",
        "<b>]]>&lt;",
        "[x](http://e.example)",
        "a|b",
        "\u{1b}[2J",
        "\u{202e}x",
        "\u{fffe}",
        "q\"q'\\q",
    ];
    for name in names {
        let escaped = name.replace('\\', "\\\\").replace('"', "\\\"").replace('<', "\\<").replace('>', "\\>").replace(';', "\\;");
        let ims = Record::new(
            &format!("cn=Internet Mail Service ({escaped}),cn=Connections,cn=Configuration,ou=S,o=Org"),
            "Mail-Gateway",
        );
        records.push(ims.with("Computer-Name", name).with("Extension-Data", ""));
    }
    ldif(&records)
}

/// The samples of a text in the exposition format, by a small reader of it: each with a head above it, and there once.
fn samples(text: &str) -> BTreeMap<String, f64> {
    let mut samples = BTreeMap::new();
    let mut heads = BTreeSet::new();
    for line in text.lines() {
        if let Some(head) = line.strip_prefix("# TYPE ") {
            assert!(head.ends_with(" gauge") && heads.insert(head.trim_end_matches(" gauge").to_owned()), "{line}");
        } else if !line.starts_with("# HELP exaudit_") {
            let (series, value) = line.rsplit_once(' ').unwrap_or_else(|| panic!("{line}"));
            let (name, labels) =
                series.split_once('{').map_or((series, ""), |(name, labels)| (name, labels.trim_end_matches('}')));
            assert!(heads.contains(name), "{line}");
            // quotes that are not escaped come in pairs
            let quotes = labels.replace("\\\\", "").replace("\\\"", "").matches('"').count();
            assert_eq!(quotes, 2 * labels.replace("\\\\", "").matches("=\"").count(), "{line}");
            assert!(samples.insert(series.to_owned(), value.parse().unwrap_or_else(|_| panic!("{line}"))).is_none(), "{line}");
        }
    }
    samples
}

/// The labels of the performance data.
fn labels(text: &str) -> Vec<String> {
    assert!(text.len() < 4096 && text.matches('|').count() == 1, "{text}");
    let (_, data) = text.lines().next().and_then(|line| line.split_once(" | ")).expect("performance data");
    data.split(' ').map(|item| item.split('=').next().expect("a label").to_owned()).collect()
}

/// How many elements of each name an XML text has.
fn elements(text: &str) -> BTreeMap<String, usize> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(text);
    let mut counts = BTreeMap::new();
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}\n{text}")) {
            Event::Start(tag) | Event::Empty(tag) => {
                *counts.entry(String::from_utf8_lossy(tag.name().as_ref()).into_owned()).or_default() += 1;
            }
            Event::Eof => return counts,
            _ => {}
        }
    }
}

#[test]
fn one_run_writes_every_format_and_each_can_be_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let (evil, empty) = (folder.path().join("evil.ldif"), folder.path().join("empty.ldif"));
    std::fs::write(&evil, hostile()).expect("to write");
    std::fs::write(&empty, "dn: o=Org\nobjectClass: organization\n\n").expect("to write");
    let (evil, empty) = (evil.display().to_string(), empty.display().to_string());
    let gone = Refusing::new();
    let mut known_labels = None;
    for (source, code) in [
        (&["--demo"][..], 1),
        (&["--demo=healthy"], 0),
        (&["--from", &evil], 3),
        (&["--from", &empty], 3),
        (&["-H", &gone.uri()], 3),
        (&["--from", &format!("{empty}.absent")], 2),
    ] {
        let out = tempfile::tempdir().expect("a folder");
        let ran = all(out.path(), source);
        assert_eq!(ran.code, code, "{source:?}: {}", ran.stderr);
        let json: serde_json::Value = serde_json::from_str(&read(out.path(), "json")).expect("JSON");
        let results = json["results"].as_array().expect("results");
        let count = |verdict: &str| results.iter().filter(|result| result["verdict"] == verdict).count();

        let lines: Vec<serde_json::Value> =
            read(out.path(), "ndjson").lines().map(|line| serde_json::from_str(line).expect("an object a line")).collect();
        assert_eq!((lines.len(), &lines.last().expect("a line")["record"]), (results.len() + 2, &"summary".into()));

        let incomplete = usize::from(json["complete"] == false);
        let text = read(out.path(), "csv");
        let mut table = csv::Reader::from_reader(text.as_bytes());
        let rows: Vec<csv::StringRecord> = table.records().collect::<Result<_, _>>().expect("rows of one length");
        assert_eq!(rows.len(), results.len() + incomplete, "{source:?}");
        assert!(rows.iter().flatten().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])), "{text}");

        let elements = elements(&read(out.path(), "junit"));
        let of = |name: &str| elements.get(name).copied().unwrap_or_default();
        assert_eq!((of("testcase"), of("failure")), (results.len() + 1, count("fail")), "{source:?}");
        assert!(of("error") >= incomplete, "what was not read is no success");

        let metrics = samples(&read(out.path(), "prometheus"));
        let failures: f64 =
            metrics.iter().filter(|(series, _)| series.starts_with("exaudit_failures{")).map(|(_, value)| value).sum();
        assert!((failures - count("fail") as f64).abs() < 0.5, "{source:?}: {failures}");
        assert!(metrics["exaudit_last_run_timestamp_seconds"] > 1.7e9);
        let has_success = metrics.keys().any(|series| series.starts_with("exaudit_last_success_timestamp_seconds{"));
        // an export that was not collected does not say how old it is
        let is_dated = incomplete == 0 && json["targets"][0]["last-complete"].is_string();
        assert_eq!(has_success, is_dated, "{source:?}");
        assert_eq!(is_dated, source.iter().any(|word| word.starts_with("--demo")), "{source:?}");

        let now = labels(&read(out.path(), "nagios"));
        assert_eq!(&now, known_labels.get_or_insert(now.clone()), "{source:?}");

        let sarif: serde_json::Value = serde_json::from_str(&read(out.path(), "sarif")).expect("JSON");
        assert_eq!(sarif["runs"][0]["results"].as_array().map(Vec::len), Some(results.len()));
        for format in FORMATS {
            let text = read(out.path(), format);
            assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{source:?} {format}");
            // a saved report makes the same
            let saved = out.path().join("json");
            let ran = exaudit(["render", &saved.display().to_string(), "--format", format, "--name-objects"]).run();
            assert_eq!(ran.stdout, text, "{source:?} {format}: {}", ran.stderr);
        }
    }
}

#[test]
fn a_record_of_a_file_is_where_the_report_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("demo.ldif").display().to_string();
    assert_eq!(exaudit(["collect", "--demo", "-o", &file]).run().code, 0);
    let report = exaudit(["audit", "--from", &file, "--format", "json"]).run().json();
    let text = std::fs::read_to_string(&file).expect("the file").replace("\n ", "");
    let lines = std::fs::read_to_string(&file).expect("the file");
    let lines: Vec<&str> = lines.lines().collect();
    let subjects: Vec<&serde_json::Value> =
        report["results"].as_array().expect("results").iter().map(|result| &result["subject"]).filter(|s| !s.is_null()).collect();
    assert!(subjects.len() > 10);
    for subject in subjects {
        assert_eq!(subject["place"]["file"], file.as_str());
        let line = lines[usize::try_from(subject["place"]["line"].as_u64().expect("a line")).expect("a line") - 1];
        let name = line.strip_prefix("dn: ").unwrap_or_else(|| panic!("{line}"));
        assert!(subject["dn"].as_str().is_some_and(|dn| dn.starts_with(name) && text.contains(&format!("dn: {dn}\n"))), "{line}");
    }
}

#[test]
fn a_plugin_exits_with_the_codes_of_plugins() {
    let gone = Refusing::new();
    let gone = gone.uri();
    for (args, code, begin) in [
        (&["audit", "--demo"][..], 2, "EXAUDIT CRITICAL: "),
        (
            &["audit", "--demo", "--check", "ims-admin-repoint"],
            3,
            "EXAUDIT UNKNOWN: 0 failures in the 1 check that was chosen, 3 skipped",
        ),
        (&["audit", "--demo=healthy", "--quiet"], 0, "EXAUDIT OK: 0 failures"),
        (&["audit", "-H", &gone], 3, "EXAUDIT UNKNOWN: 0 failures; "),
        (&["audit", "-H", &gone, "--unreachable", "critical"], 2, "EXAUDIT CRITICAL: 0 failures; "),
        (&["audit", "--from", "/no/such/file", "--unreachable", "critical"], 3, "EXAUDIT UNKNOWN: "),
        (&["audit", "--demo", "--bogus"], 3, "EXAUDIT UNKNOWN: there is no option --bogus"),
        (&["audit", "--demo", "--check", "no-such-check"], 3, "EXAUDIT UNKNOWN: "),
        (&["render", "/no/such/file"], 3, "EXAUDIT UNKNOWN: cannot read /no/such/file"),
    ] {
        let ran = whole(args.iter().chain(&["--format", "nagios"])).run();
        assert_eq!(ran.code, code, "{args:?}: {}", ran.stdout);
        assert!(ran.stdout.starts_with(begin), "{args:?}: {}", ran.stdout);
    }
    // beside another format it is only a file
    let folder = tempfile::tempdir().expect("a folder");
    let report = format!("nagios={}", folder.path().join("a").display());
    assert_eq!(exaudit(["audit", "--demo", "--report", &report]).run().code, 1);
}

#[test]
fn what_cannot_be_written_is_said_before_anything_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (a, same, nowhere) = (path("a"), path("./a"), path("b/c"));
    let twice = [format!("csv={a}"), format!("json={same}")];
    let ran = exaudit(["audit", "--demo", "--report", &twice[0], "--report", &twice[1]]).run();
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{}", ran.stderr);
    assert!(ran.stderr.contains("two reports would go to"), "{}", ran.stderr);
    assert_eq!(exaudit(["audit", "--demo", "-o", &a, "--report", &twice[1]]).run().code, 2);
    assert_eq!(exaudit(["checklist", "--demo", "-o", &a, "--report", &format!("table={same}")]).run().code, 2);
    // the folder is missing: nobody is asked, and the other file is not written either
    let gone = Refusing::new();
    let ran = exaudit(["audit", "-H", &gone.uri(), "--report", &twice[0], "--report", &format!("sarif={nowhere}")]).run();
    assert!(ran.code == 3 && ran.stderr.contains("there is no such folder") && !ran.stderr.contains("connect"), "{}", ran.stderr);
    assert!(std::fs::read_dir(folder.path()).expect("the folder").next().is_none(), "nothing is left behind");
}

#[test]
fn each_command_has_the_formats_that_make_sense_for_it() {
    let refused = |args: &[&str]| {
        let ran = exaudit(args).run();
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{args:?}: {}", ran.stderr);
        ran.stderr
    };
    assert!(refused(&["list", "--format", "sarif"]).contains("it must be table or json"));
    assert!(refused(&["doctor", "--demo", "--format", "csv"]).contains("it must be table or json"));
    assert!(refused(&["x400", "c=US", "--format", "list"]).contains("it must be table or json"));
    assert!(refused(&["checklist", "--demo", "--report", "sarif=a"]).contains("must be one of markdown, table"));
    assert!(refused(&["audit", "--demo", "--format", "checklist"]).contains("it must be table, list, "));
}

#[test]
fn a_saved_report_makes_a_checklist_and_is_read_from_a_pipe() {
    let saved = exaudit(["audit", "--demo", "--format", "json"]).run().stdout;
    let checklist = exaudit(["render", "-", "--format", "checklist"]).stdin(saved.clone()).run();
    assert_eq!(checklist.code, 0, "{}", checklist.stderr);
    assert!(checklist.stdout.starts_with("# Pre-change checklist\n\n**NO-GO"), "{}", checklist.stdout);
    let table = exaudit(["render", "-"]).stdin(saved.clone()).run();
    assert!(table.stdout.contains("will not start"), "{}", table.stdout);
    let cut = exaudit(["render", "-"]).stdin(saved[..saved.len() / 2].to_owned()).run();
    assert!(cut.code == 2 && cut.stderr.contains("was it cut"), "{}", cut.stderr);
    let nowhere = exaudit(["render", "-", "-o", "/no/such/folder/a"]).stdin(saved).run();
    assert_eq!(nowhere.code, 3, "{}", nowhere.stderr);
}
