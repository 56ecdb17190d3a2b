//! What a night must not be told as: mended because it was not looked at, new because it was not told one by one.

use crate::common::run::{Ran, whole};
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// A folder with an export of the demo.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(TempDir::new().expect("a folder"));
        let collected = whole(["collect", "--demo", "--output", &desk.name("a.ldif")]).run();
        assert_eq!(collected.code, 0, "{}", collected.stderr);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn name(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    /// An audit of the export, on a day of November.
    fn audit(&self, day: u8, args: &[&str]) -> Ran {
        let own: Vec<String> = args
            .iter()
            .map(|arg| if arg.contains('/') { self.name(arg.trim_start_matches('/')) } else { (*arg).to_owned() })
            .collect();
        let whole_line = ["audit".to_owned(), "--from".into(), self.name("a.ldif")].into_iter().chain(own);
        whole(whole_line).env("EXAUDIT_NOW", &format!("2026-11-{day:02}T05:30:00Z")).run()
    }
}

/// What lies outside of a narrower base was not looked at: it is not mended, and keeps its age.
#[test]
fn a_narrower_base_mends_nothing() {
    let desk = Desk::new();
    let state = ["--check", "ims-admin-set", "--state", "/st", "--fail-on", "new"];
    assert_eq!(desk.audit(5, &state).code, 1);
    let narrow = desk.audit(6, &[&state[..], &["-b", "ou=OSLO,o=Example"]].concat());
    assert_eq!(narrow.code, 0, "{}", narrow.stdout);
    assert!(narrow.stdout.contains("what is elsewhere") && !narrow.stdout.contains("Fixed"), "{}", narrow.stdout);
    let whole = desk.audit(7, &state);
    assert_eq!(whole.code, 0, "{}", whole.stdout);
    assert!(whole.stdout.contains("1 failure as before, the oldest since 2026-11-05"), "{}", whole.stdout);
}

/// One failure beyond those that are told one by one is enough for a check not to be compared.
#[test]
fn a_check_of_which_one_failure_was_only_counted_is_not_compared() {
    let desk = Desk::new();
    let state = ["--check", "private-store-no-x400", "--state", "/st", "--fail-on", "new"];
    assert_eq!(desk.audit(5, &state).code, 1);
    let cut = desk.audit(6, &[&state[..], &["--max-results", "1"]].concat());
    assert_eq!(cut.code, 0, "{}", cut.stdout);
    let whole = desk.audit(7, &state);
    assert_eq!(whole.code, 0, "{}", whole.stdout);
    assert!(!whole.stdout.contains("new,") && !whole.stdout.contains("fixed"), "{}", whole.stdout);
    let remembered: serde_json::Value =
        serde_json::from_slice(&fs::read(desk.path("st/state.json")).expect("a state")).expect("JSON");
    assert_eq!(remembered["known"]["open"].as_array().map(Vec::len), Some(2), "{remembered}");
}

/// A report never goes over what it is made of, and a file gets a report whatever comes.
#[test]
fn a_report_goes_over_nothing_that_is_read_and_leaves_no_old_one() {
    let desk = Desk::new();
    let made = desk.audit(5, &["--format", "json", "--output", "/base.json"]);
    assert_eq!(made.code, 1, "{}", made.stderr);
    let base = fs::read(desk.path("base.json")).expect("a report");
    fs::write(desk.path("w.toml"), "").expect("to write");
    for over in [
        &["--baseline", "/base.json", "--output", "/base.json"][..],
        &["--waivers", "/w.toml", "--report", "/a.ldif"],
        &["--state", "/st", "--output", "/st/state.json"],
    ] {
        let args: Vec<String> = over.iter().map(|arg| (*arg).to_owned()).collect();
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let ran = match over.contains(&"--report") {
            true => whole(["audit", "--from", &desk.name("a.ldif"), "--report", &format!("json={}", desk.name("a.ldif"))]).run(),
            false => desk.audit(6, &args),
        };
        assert_eq!(ran.code, 2, "{over:?}: {}", ran.stderr);
        assert!(ran.stderr.contains("is read, and would be overwritten"), "{over:?}: {}", ran.stderr);
    }
    assert_eq!(fs::read(desk.path("base.json")).expect("a report"), base);
    fs::write(desk.path("old.json"), "{}").expect("to write");
    let ran = desk.audit(7, &["--waivers", "/absent.toml", "--format", "json", "--output", "/old.json"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    let report: serde_json::Value = serde_json::from_slice(&fs::read(desk.path("old.json")).expect("a report")).expect("JSON");
    assert_eq!((&report["complete"], &report["schema"]), (&false.into(), &"exaudit.report/2".into()));
}

/// A name with a star in it is that name in a draft, and no pattern.
#[test]
fn a_draft_accepts_what_it_names_and_nothing_else() {
    let desk = Desk::new();
    let text = fs::read_to_string(desk.path("a.ldif")).expect("an export");
    fs::write(desk.path("a.ldif"), text.replace("cn=Berg\\, Kari,", "cn=B*g\\, Kari,")).expect("to write");
    let made = desk.audit(5, &["--check", "recipient-no-x400", "--format", "json", "--output", "/r.json"]);
    assert_eq!(made.code, 1, "{}", made.stderr);
    let draft = whole(["waivers", "draft", &desk.name("r.json")]).run().stdout;
    assert!(draft.contains("B\\\\2ag") && !draft.contains("B*g"), "{draft}");
    let filled =
        draft.replace("reason = \"\"", "reason = \"r\"").replace("owner = \"\"", "owner = \"o\"").replace("# until", "until");
    fs::write(desk.path("w.toml"), filled).expect("to write");
    assert_eq!(desk.audit(6, &["--check", "recipient-no-x400", "--waivers", "/w.toml"]).code, 0);
}
