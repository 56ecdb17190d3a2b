//! The truth table of the catalogue: tests/catalogue/CHECK.cases, small changes to the healthy organization, each with what
//! the check must say of it, written by hand from the articles. tests/catalogue/README.md describes the form.
//!
//! `EXAUDIT_TEST_CHECKS` names a folder of checks to be judged instead of those of the program, for tests/mutate;
//! `EXAUDIT_TEST_ONLY` the one check to be tried; `EXAUDIT_TEST_FIRST` has each case tried on its first source only.

use crate::common::run::{Ran, exaudit};
use exaudit::directory::dn::Dn;
use exaudit::lab::{self, Demo};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// One case of a file.
#[derive(Debug, Default, Clone)]
struct Case {
    title: String,
    line: usize,
    /// What is expected: `fail REASON SEVERITY DN`, as much of it as the case says.
    expected: Vec<Vec<String>>,
    on: Vec<String>,
    /// Objects of the healthy organization that are not there.
    but: Vec<String>,
    args: Vec<String>,
    records: String,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/catalogue")
}

/// Reads a file of cases.
fn read(path: &Path) -> Vec<Case> {
    let text = std::fs::read_to_string(path).expect("cases");
    let mut cases: Vec<Case> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let at = || format!("{}:{}", path.display(), number + 1);
        if let Some(title) = line.strip_prefix("## ") {
            cases.push(Case { title: title.to_owned(), line: number + 1, ..Case::default() });
            continue;
        }
        let Some(case) = cases.last_mut() else {
            assert!(line.is_empty() || line.starts_with('#'), "{}: records before the first case", at());
            continue;
        };
        let words = |rest: &str| rest.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        if let Some(rest) = line.strip_prefix("#= ") {
            // verdict, reason and severity are words; the rest is a name
            let mut parts = rest.trim().splitn(4, ' ').map(|part| part.trim().to_owned());
            let expected: Vec<String> = parts.by_ref().collect();
            case.expected.push(expected);
        } else if let Some(rest) = line.strip_prefix("#on ") {
            case.on = words(rest);
        } else if let Some(rest) = line.strip_prefix("#but ") {
            case.but.push(rest.trim().to_owned());
        } else if let Some(rest) = line.strip_prefix("#args ") {
            case.args.extend(words(rest));
        } else if let Some(rest) = line.strip_prefix("#repeat ") {
            let (times, line) = rest.split_once(' ').unwrap_or_else(|| panic!("{}: #repeat COUNT LINE", at()));
            let times: usize = times.parse().unwrap_or_else(|_| panic!("{}: #repeat COUNT LINE", at()));
            for number in 1..=times {
                // a whole record has its line ends written as \n
                case.records.push_str(&line.replace("{n}", &number.to_string()).replace("\\n", "\n"));
                case.records.push('\n');
            }
        } else {
            assert!(!line.starts_with('#') || line.starts_with("# ") || line == "#", "{}: unknown instruction {line}", at());
            case.records.push_str(line);
            case.records.push('\n');
        }
    }
    cases
}

/// The records of an LDIF text, by the key of their names, in their order.
fn records(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for block in text.split("\n\n") {
        let lines: Vec<&str> = block.lines().filter(|line| !line.starts_with('#') && !line.starts_with("version:")).collect();
        let Some(first) = lines.iter().find(|line| !line.is_empty()) else { continue };
        let name = match first.strip_prefix("dn:: ") {
            Some(coded) => {
                use base64::Engine;
                base64::engine::general_purpose::STANDARD.decode(coded.trim()).expect("base64")
            }
            None => first.strip_prefix("dn: ").unwrap_or_else(|| panic!("no dn: {first}")).as_bytes().to_vec(),
        };
        let dn = Dn::parse(&name).unwrap_or_else(|error| panic!("{first}: {error}"));
        found.push((dn.key().as_str().to_owned(), lines.join("\n") + "\n"));
    }
    found
}

impl Case {
    /// The healthy organization with the changes of this case.
    fn ldif(&self) -> String {
        let mut all = records(&Demo::Healthy.ldif());
        for dn in &self.but {
            let key = Dn::parse(dn.as_bytes()).expect("dn").key();
            let before = all.len();
            all.retain(|(name, _)| name != key.as_str() && !name.ends_with(&format!(",{}", key.as_str())));
            assert_ne!(before, all.len(), "line {}: {dn} is in the healthy organization", self.line);
        }
        for (key, record) in records(&self.records) {
            match all.iter_mut().find(|(known, _)| *known == key) {
                Some((_, known)) => *known = record,
                None => all.push((key, record)),
            }
        }
        all.into_iter().map(|(_, record)| record + "\n").collect()
    }

    fn run(&self, check: &str, on: &str) -> Ran {
        let checks = std::env::var("EXAUDIT_TEST_CHECKS").ok();
        let instead = checks.iter().flat_map(|folder| ["--only-checks", folder.as_str()]);
        let own = self.args.iter().map(String::as_str);
        let args: Vec<&str> = ["audit", "--format", "json", "--check", check].into_iter().chain(instead).chain(own).collect();
        let ldif = self.ldif();
        let bind: &[&str] = match on {
            "ldif" => return exaudit(args.into_iter().chain(["--from", "-"])).stdin(ldif).run(),
            "lab" => &["-D", lab::ADMIN_DN],
            "user" => &["-D", lab::ACCOUNT_DN],
            "anonymous" => &[],
            other => panic!("line {}: {other} is not a source: ldif, lab, user, anonymous", self.line),
        };
        let handle = lab::start(std::sync::Arc::new(lab::load(ldif.as_bytes()).expect("the lab takes it"))).expect("starts");
        let uri = handle.uri();
        let live = ["-H", uri.as_str()].into_iter().chain(bind.iter().copied());
        exaudit(args.into_iter().chain(live)).env("EXAUDIT_PASSWORD", lab::PASSWORD).run()
    }

    /// Compares what came with what is expected: every result that is no pass and not not-applicable must be expected, and
    /// everything expected must be there.
    fn differs(&self, check: &str, on: &str) -> Option<String> {
        let ran = self.run(check, on);
        if ran.stdout.is_empty() {
            return Some(format!("no report: {}", ran.stderr));
        }
        let report = ran.json();
        let mut found: Vec<(Vec<String>, String)> = Vec::new();
        for result in report["results"].as_array().expect("results").iter().filter(|result| result["check"] == check) {
            let text = |key: &str| result[key].as_str().unwrap_or_default().to_owned();
            let dn = result["subject"]["dn"].as_str().unwrap_or("-").to_owned();
            found.push((vec![text("verdict"), text("reason"), text("severity"), dn], text("message")));
        }
        let fits = |expected: &[String], found: &[String]| {
            expected.iter().zip(found).enumerate().all(|(at, (expected, found))| {
                let same_dn = || {
                    let key = |text: &str| Dn::parse(text.as_bytes()).map(|dn| dn.key());
                    at == 3 && key(expected).is_ok_and(|own| key(found).is_ok_and(|other| own == other))
                };
                expected == "*" || expected == found || same_dn()
            })
        };
        let mut open: Vec<&Vec<String>> = self.expected.iter().collect();
        let mut surplus = Vec::new();
        for (result, message) in &found {
            if let Some(at) = open.iter().position(|expected| fits(expected, result)) {
                open.remove(at);
            } else if !matches!(result[0].as_str(), "pass" | "not-applicable")
                || !self
                    .expected
                    .iter()
                    .any(|expected| matches!(expected[0].as_str(), "pass" | "not-applicable" | "fail" | "unknown"))
            {
                surplus.push(format!("{}: {message}", result.join(" ")));
            }
        }
        if open.is_empty() && surplus.is_empty() {
            return None;
        }
        let open: Vec<String> = open.iter().map(|expected| expected.join(" ")).collect();
        let all: Vec<String> = found.iter().map(|(result, message)| format!("{}: {message}", result.join(" "))).collect();
        Some(format!("missing: {open:#?}\nnot expected: {surplus:#?}\nall: {all:#?}\n{}", ran.stderr))
    }
}

fn files() -> BTreeMap<String, PathBuf> {
    let mut files = BTreeMap::new();
    for file in std::fs::read_dir(folder()).expect("folder") {
        let path = file.expect("file").path();
        if path.extension().is_some_and(|ending| ending == "cases") {
            files.insert(path.file_stem().expect("stem").to_string_lossy().into_owned(), path);
        }
    }
    files
}

#[test]
fn every_case_comes_out_as_written() {
    let only = std::env::var("EXAUDIT_TEST_ONLY").ok();
    let first = std::env::var_os("EXAUDIT_TEST_FIRST").is_some();
    let mut all: Vec<(String, PathBuf, Case, String)> = Vec::new();
    for (check, path) in files().into_iter().filter(|(check, _)| only.as_ref().is_none_or(|only| only == check)) {
        for case in read(&path) {
            assert!(!case.expected.is_empty(), "{}:{}: nothing is expected", path.display(), case.line);
            let default = ["ldif".to_owned(), "lab".to_owned()];
            let sources = if case.on.is_empty() { default.as_slice() } else { &case.on };
            for on in sources.iter().take(if first { 1 } else { sources.len() }) {
                all.push((check.clone(), path.clone(), case.clone(), on.clone()));
            }
        }
    }
    let (tried, next) = (all.len(), std::sync::atomic::AtomicUsize::new(0));
    let work = || {
        let mut wrong = Vec::new();
        while let Some((check, path, case, on)) = all.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
            if let Some(difference) = case.differs(check, on) {
                wrong.push(format!("{}:{} \"{}\" on {on}\n{difference}", path.display(), case.line, case.title));
            }
        }
        wrong
    };
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..4).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("a worker")).collect()
    });
    assert!(tried > 0, "no case was tried");
    assert!(wrong.is_empty(), "{} of {tried} cases are wrong:\n\n{}", wrong.len(), wrong.join("\n\n"));
}

/// The five checks of the administrator have their own truth table (tests/integration/truth).
const ELSEWHERE: [&str; 5] = ["ims-admin-set", "ims-admin-exists", "ims-admin-recipient", "ims-admin-x400", "ims-admin-repoint"];

#[test]
fn every_automated_check_has_a_failing_a_passing_and_an_undecidable_case() {
    let catalogue = exaudit::check::Catalogue::embedded().expect("catalogue");
    let files = files();
    for check in catalogue.checks().iter().filter(|check| check.kind() == "automated" && !ELSEWHERE.contains(&check.id.as_str()))
    {
        let path = files.get(&check.id).unwrap_or_else(|| panic!("{} has no cases", check.id));
        let verdicts: Vec<String> = read(path).iter().flat_map(|case| case.expected.iter().map(|e| e[0].clone())).collect();
        for verdict in ["fail", "pass", "unknown"] {
            assert!(verdicts.iter().any(|found| found == verdict), "{} has no case of {verdict}", check.id);
        }
    }
    for id in files.keys() {
        assert!(catalogue.check(id).is_some(), "{id} is no check");
    }
}
