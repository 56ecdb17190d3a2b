//! Every command line of the README and of the pages in docs runs as it stands there, and every output that a page shows is what the
//! program prints: what a reader types first must work.

mod examples;
mod page;
mod shell;

use crate::common::run::whole;
use exaudit::lab;
use page::{Item, items};
use shell::Desk;
use std::path::Path;

/// Lines that are not run, and why. What begins so is not ours, changes the machine, or would run these tests again.
const NOT_RUN: [(&str, &str); 15] = [
    ("bash tests/run", "runs this test"),
    ("bash tests/packages/", "builds everything again, and installs compilers"),
    ("python3 tests/packages/notices", "a script of the source: packages::notices runs it"),
    ("apt install ", "installs a package: tests/packages/deb does"),
    ("schtasks ", "of Windows: the_task_of_windows_does_what_it_says runs what it starts"),
    ("cargo install --locked --path .", "builds everything again, and installs it"),
    ("cargo +nightly fuzz ", "needs a nightly toolchain and cargo-fuzz"),
    ("cd tests/fuzz", "the folder of the fuzz targets"),
    ("useradd ", "makes an account"),
    ("install -d -m 700 -o exaudit ", "needs that account: the_job_of_cron_does_what_it_says runs it for another"),
    ("chown ", "needs that account too"),
    ("systemctl ", "changes services"),
    ("icacls ", "of Windows"),
    ("Obj-Class,", "a header line: check::reproduce compares it with the program's"),
    ("our-checks/mail-stays-here.toml:", "what lint prints: own_checks compares it"),
];

/// Lines that end with another code than `usual` says, with which, and why; none: any but 0.
const ENDS_WITH: [(&str, Option<i32>, &str); 10] = [
    ("exaudit fix --from deleted.ldif", Some(0), "all that fails has a plan"),
    ("exaudit what-if --from directory.ldif --change change.csv", Some(0), "what would break is set right first"),
    ("exaudit what-if --from deleted.ldif", Some(0), "it mends"),
    ("exaudit audit --from after.ldif", Some(0), "what would be there is healthy"),
    ("exaudit audit --from repaired.ldif", Some(0), "what was broken is repaired"),
    ("exaudit render report.json --format nagios", Some(2), "the plugin of a report with critical failures"),
    ("exaudit what-if ", Some(1), "each change of the pages breaks something, to show it"),
    ("exaudit diff today.ldif then.ldif", Some(1), "the change between them breaks something"),
    ("exaudit checks test our-checks --from wrong.ldif", Some(1), "the page breaks a directory to show that the check fails"),
    ("ldapsearch -x -H ldap://127.0.0.1:3890 -D cn=auditor,cn=LAB ", None, "a client of a server that misbehaves on purpose"),
];

/// The demo organization, which has failures, stands for the reader's.
fn usual(line: &str) -> i32 {
    let judges = [" audit ", " checklist ", " uses ", " fix "].iter().any(|start| line.contains(start));
    i32::from(
        judges
            && !line.contains("--demo=healthy")
            && !["--explain-plan", "--show-config", "checklist --list"].iter().any(|only| line.contains(only)),
    )
}

/// The code that a line ends with; none: any but 0.
fn expected(line: &str) -> Option<i32> {
    let other = ENDS_WITH.iter().find(|(start, ..)| line.starts_with(start));
    other.map_or_else(|| Some(usual(line)), |(_, code, _)| *code)
}

fn run(desk: &mut Desk, page: &str, line: &str) {
    if line.starts_with("exaudit lab") && !line.ends_with("--help") {
        return desk.serve(line);
    }
    if line.starts_with("ldapsearch") && !Path::new("/usr/bin/ldapsearch").exists() {
        return eprintln!("LEFT OUT: ldapsearch lines of {page}; install Debian's ldap-utils to run them");
    }
    let expected = expected(line);
    let ended = desk.run(line);
    assert!(expected.map_or(ended.code != 0, |code| ended.code == code), "{page}: {line}: {}\n{}", ended.code, ended.text);
    assert!(!ended.stdout.contains("NOT READ COMPLETELY"), "{page}: {line}\n{}", ended.text);
}

/// A line of a block: a command, or one of those that are not run.
fn line(desk: &mut Desk, page: &str, line: &str) {
    if NOT_RUN.iter().any(|(start, _)| line.starts_with(start)) {
        return;
    }
    if let Some(file) = line.strip_prefix("editor ") {
        return desk.edit(file);
    }
    let known = ["exaudit ", "EXAUDIT_PASSWORD=", "cargo run -- ", "ldapsearch ", "mkdir ", "install "];
    assert!(known.iter().any(|start| line.starts_with(start)), "{page}: what is this? {line}");
    run(desk, page, line);
}

/// A command within a sentence. The name of a command alone says that there is one.
fn inline(desk: &mut Desk, page: &str, code: &str) {
    let Some(words) = code.strip_prefix("exaudit ") else { return };
    let is_of_a_name = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    let code = code.replace("--fault NAME", "--fault close").replace("explain CHECK", "explain ims-admin-x400");
    if words.split(' ').all(|word| !word.starts_with('-') && word.chars().all(is_of_a_name)) {
        let known = words.starts_with("explain ") || desk.run(&format!("{code} --help")).code == 0;
        assert!(known, "{page}: {code}");
        if !words.starts_with("explain ") {
            return;
        }
    }
    run(desk, page, &code);
}

/// A part of what a command prints, as the page has it.
fn shows(desk: &Desk, page: &str, command: &str, text: &str) {
    let ended = desk.run(command);
    assert_eq!(Some(ended.code), expected(command), "{page}: {}", ended.text);
    assert!(ended.stdout.contains(text), "{page} is stale: it shows\n{text}\nand this is printed:\n{}", ended.text);
}

/// Does what a page says, from its beginning to its end.
fn follow(page: &str) {
    let text = std::fs::read_to_string(page).expect(page);
    let mut desk = Desk::new();
    for item in items(&text) {
        match item {
            Item::Line(command) => line(&mut desk, page, &command),
            Item::File(name, body) => desk.write(name.trim_start_matches('/'), &body),
            Item::Shows(command, body) => shows(&desk, page, &command, &body),
            Item::Inline(code) => inline(&mut desk, page, &code),
        }
    }
}

fn pages() -> Vec<String> {
    let docs = std::fs::read_dir("docs").expect("docs").map(|entry| entry.expect("entry").path());
    let mut pages: Vec<String> =
        docs.filter(|path| path.extension().is_some_and(|end| end == "md")).map(|path| path.display().to_string()).collect();
    pages.sort();
    pages
}

#[test]
fn the_readme_does_what_it_says() {
    follow("README.md");
}

#[test]
fn every_page_does_what_it_says() {
    let pages = [pages(), vec!["CONTRIBUTING.md".to_owned()]].concat();
    assert!(pages.len() > 10, "{pages:?}");
    std::thread::scope(|scope| pages.iter().for_each(|page| _ = scope.spawn(|| follow(page))));
}

/// The demo organization with the address that the page adds: the failure that it mends is gone.
#[test]
fn what_the_page_mends_is_mended() {
    let page = std::fs::read_to_string("docs/five-minutes.md").expect("the page");
    let (_, rest) = page.split_once("`exaudit x400 '").expect("an address");
    let (address, _) = rest.split_once("'`").expect("its end");
    let demo = include_str!("../../../src/lab/demo/demo.ldif");
    let before = "otherMailbox: MS$EXAMPLE/OSLO/KBERG\n";
    let mended = demo.replace(before, &format!("{before}textEncodedORAddress: {address}\n"));
    for (ldif, verdict) in [(demo, "fail"), (&mended, "pass")] {
        let handle = lab::start(lab::load(ldif.as_bytes()).expect("the lab takes it")).expect("lab");
        let args = ["audit", "-H", &handle.uri(), "-D", lab::ADMIN_DN, "--check", "ims", "--format", "json"];
        let report = whole(args).env("EXAUDIT_PASSWORD", lab::PASSWORD).run().json();
        let results = report["results"].as_array().expect("results").iter();
        let of_it = |result: &&serde_json::Value| result["subject"]["server"] == "OSLO2" && result["check"] == "ims-admin-x400";
        let verdicts: Vec<_> = results.filter(of_it).map(|result| result["verdict"].as_str().expect("a word")).collect();
        assert_eq!(verdicts, [verdict]);
    }
}

#[test]
fn the_readme_is_short_and_links_every_page() {
    let readme = std::fs::read_to_string("README.md").expect("README");
    assert!(readme.lines().count() <= 120, "{} lines", readme.lines().count());
    for page in pages() {
        assert!(readme.contains(&format!("({page})")), "no link to {page}");
    }
}

#[test]
fn every_link_leads_somewhere() {
    let own = ["README.md", "CONTRIBUTING.md", "checks/README.md"].map(str::to_owned);
    for page in pages().into_iter().chain(own) {
        let text = std::fs::read_to_string(&page).expect(&page);
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()).filter(|link| !link.contains("://")) {
            let (file, place) = link.split_once('#').map_or((link, None), |(file, place)| (file, Some(place)));
            let target = Path::new(&page).parent().expect("a folder").join(file);
            let target = if file.is_empty() { Path::new(&page).to_owned() } else { target };
            assert!(target.exists(), "{page}: {link}");
            if let Some(place) = place {
                let text = std::fs::read_to_string(&target).expect("a page").to_lowercase();
                let kept = |c: &char| c.is_alphanumeric() || [' ', '-'].contains(c);
                let places = text.lines().filter(|line| line.starts_with('#'));
                let mut places = places.map(|line| line.trim_start_matches('#').trim().chars().filter(kept).collect::<String>());
                assert!(places.any(|known| known.replace(' ', "-") == place), "{page}: {link}");
            }
        }
    }
}
