use super::{Given, Origin, Settled, settle};
use crate::cli::Refusal;
use std::collections::HashMap;
use std::ffi::OsString;
use std::path::PathBuf;
use tempfile::TempDir;

fn settled(line: &[&str], environment: &[(&str, &str)]) -> Result<Settled, String> {
    let environment: HashMap<&str, &str> = environment.iter().copied().collect();
    let args = ["exaudit"].iter().chain(line).map(OsString::from);
    settle(args, |name| environment.get(name).map(|value| (*value).to_owned())).map_err(|refusal| match refusal {
        Refusal::Said(text) => text,
        Refusal::Shown(_) => "help".into(),
    })
}

/// A setting, `value (from)`.
fn of(settled: &Settled, key: &str) -> String {
    let found = settled.given.iter().find(|given| given.key == key);
    found.map_or("-".into(), |Given { values, origin, .. }| format!("{} ({})", values.join("+"), origin.words()))
}

struct File {
    folder: TempDir,
}

impl File {
    fn new(text: &str) -> Self {
        let folder = TempDir::new().expect("a folder");
        std::fs::write(folder.path().join("exaudit.toml"), text).expect("to write");
        Self { folder }
    }

    fn path(&self) -> String {
        self.folder.path().join("exaudit.toml").display().to_string()
    }

    fn beside(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }
}

/// The command line counts before the environment, that before the file, and that before what holds otherwise.
#[test]
fn the_first_that_says_something_counts() {
    let file = File::new("[audit]\nfail-on = \"critical\"\nstate = \"remembered\"\ncheck = [\"ims\", \"x400\"]\nquiet = true\n");
    let config = file.path();
    let at = |line: usize| format!("{config}:{line}");
    let all = |line: &[&str], environment: &[(&str, &str)]| {
        let environment: Vec<(&str, &str)> = environment.iter().copied().chain([("EXAUDIT_CONFIG", config.as_str())]).collect();
        settled(&[&["audit", "--demo"], line].concat(), &environment).expect("settled")
    };
    let from_file = all(&[], &[]);
    assert_eq!(of(&from_file, "fail-on"), format!("critical ({})", at(2)));
    assert_eq!(of(&from_file, "state"), format!("{} ({})", file.beside("remembered"), at(3)));
    assert_eq!(of(&from_file, "check"), format!("ims+x400 ({})", at(4)));
    assert_eq!(of(&from_file, "quiet"), format!("true ({})", at(5)));
    assert_eq!(of(&from_file, "max-results"), "10000 (default)");
    let from_variable = all(&[], &[("EXAUDIT_FAIL_ON", "info"), ("EXAUDIT_QUIET", "no")]);
    assert_eq!(of(&from_variable, "fail-on"), "info (EXAUDIT_FAIL_ON)");
    let typed = all(&["--fail-on", "never", "--check", "site"], &[("EXAUDIT_FAIL_ON", "info")]);
    assert_eq!(of(&typed, "fail-on"), "never (the command line)");
    assert_eq!(of(&typed, "check"), "site (the command line)");
    // what excludes it was typed
    let other = all(&["--baseline", "old.json"], &[]);
    assert_eq!(of(&other, "state"), "-");
    let crate::cli::Command::Audit(args) = &other.cli.command else { panic!("an audit") };
    assert_eq!((args.baseline.state.as_ref(), args.report.quiet), (None, true));
}

#[test]
fn the_file_is_looked_for_where_such_files_stand() {
    let file = File::new("[targets.a]\nuri = \"ldap://a\"\n");
    let home = TempDir::new().expect("a folder");
    std::fs::create_dir_all(home.path().join(".config/exaudit")).expect("a folder");
    let own = home.path().join(".config/exaudit/exaudit.toml");
    std::fs::copy(file.path(), &own).expect("a copy");
    let home = home.path().display().to_string();
    let config = |line: &[&str], environment: &[(&str, &str)]| {
        let settled = settled(line, environment).expect("settled");
        let crate::cli::Command::Audit(args) = settled.cli.command else { panic!("an audit") };
        args.source.config
    };
    assert_eq!(config(&["audit"], &[("HOME", &home)]), Some(own));
    let named = [("HOME", home.as_str()), ("EXAUDIT_CONFIG", &file.path())];
    assert_eq!(config(&["audit"], &named), Some(PathBuf::from(file.path())));
    // who names a source means no other
    assert_eq!(config(&["audit", "--demo"], &named), None);
    assert_eq!(config(&["audit"], &[("HOME", home.as_str()), ("LDAPURI", "ldap://b")]), None);
    assert_eq!(config(&["audit"], &[("XDG_CONFIG_HOME", "relative"), ("HOME", "/nowhere")]), None);
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let said = |text: &str, environment: &[(&str, &str)]| {
        let file = File::new(text);
        let path = file.path();
        let environment: Vec<(&str, &str)> = environment.iter().copied().chain([("EXAUDIT_CONFIG", path.as_str())]).collect();
        settled(&["audit", "--demo"], &environment).err().unwrap_or_default().replace(&path, "FILE")
    };
    let no_key = "FILE:2: [audit] has no key `fail_on`; did you mean `fail-on`? (its keys are options of exaudit audit --help)";
    assert_eq!(said("[audit]\nfail_on = \"info\"\n", &[]), no_key);
    assert_eq!(said("[audit]\n\nquiet = \"yes\"\n", &[]), "FILE:3: quiet: true or false is expected, without quotation marks");
    assert_eq!(said("[audit]\nfail-on = \"bad\"\n", &[]), "FILE:2: --fail-on: it must be critical, warning, info, new or never");
    assert_eq!(
        said("", &[("EXAUDIT_FAIL_ON", "bad")]),
        "EXAUDIT_FAIL_ON: --fail-on: it must be critical, warning, info, new or never"
    );
    assert_eq!(said("", &[("EXAUDIT_QUIET", "perhaps")]), "EXAUDIT_QUIET: it must be true or false");
    for (key, value) in [("timeout", "s3cr3t-pw"), ("page-size", "s3cr3t-pw"), ("severity", "s3cr3t-pw"), ("pace", "s3cr3t-pw")] {
        let text = said(&format!("[audit]\n{key} = \"{value}\"\n"), &[]);
        assert!(text.starts_with(&format!("FILE:2: --{key}: ")) && !text.contains(value), "{text}");
    }
    let variable = said("", &[("EXAUDIT_TIMEOUT", "s3cr3t-pw")]);
    assert_eq!(variable, "EXAUDIT_TIMEOUT: --timeout: not a whole number of seconds from 1 to 86400");
    assert_eq!(said("[audit]\nuri = \"ldap://a\"\n", &[]).split(" (").next(), Some("FILE:2: [audit] has no key `uri`"));
    assert!(said("[audit\n", &[]).starts_with("FILE:1: "));
    let away = settled(&["audit", "--demo"], &[("EXAUDIT_CONFIG", "/no/such/file")]).expect_err("no file");
    assert_eq!(away, "EXAUDIT_CONFIG names /no/such/file, which cannot be read; correct or unset it");
}

/// A checklist knows fewer options than an audit: what it does not know is not its business.
#[test]
fn another_command_takes_what_it_knows() {
    let file = File::new("[audit]\nstate = \"remembered\"\nfail-on = \"critical\"\n");
    let environment = [("EXAUDIT_CONFIG", file.path())];
    let environment: Vec<(&str, &str)> = environment.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let checklist = settled(&["checklist", "--demo"], &environment).expect("settled");
    assert_eq!(of(&checklist, "state"), "-");
    assert!(matches!(
        checklist.given.iter().find(|given| given.key == "fail-on").map(|given| &given.origin),
        Some(Origin::File(..))
    ));
    assert!(settled(&["list"], &environment).expect("settled").given.is_empty());
}

/// Two that exclude each other, in one file, are a mistake of the file.
#[test]
fn what_the_file_contradicts_is_said() {
    let file = File::new("[audit]\nstate = \"s\"\nbaseline = \"b.json\"\n");
    let error = settled(&["audit", "--demo"], &[("EXAUDIT_CONFIG", &file.path())]).expect_err("a contradiction");
    assert!(error.contains("--state") && error.contains("--baseline"), "{error}");
}

/// A variable silences what the file says.
#[test]
fn what_a_variable_denies_is_off() {
    let file = File::new("[audit]\nstrict = true\n");
    let strict = |environment: &[(&str, &str)]| {
        let settled = settled(&["audit", "--demo"], environment).expect("settled");
        let crate::cli::Command::Audit(args) = settled.cli.command else { panic!("an audit") };
        args.judge.strict
    };
    assert!(strict(&[("EXAUDIT_CONFIG", &file.path())]));
    assert!(!strict(&[("EXAUDIT_CONFIG", &file.path()), ("EXAUDIT_STRICT", "false")]));
}

/// What an audit writes is an audit's own: another command would write over it.
#[test]
fn another_command_writes_over_no_report() {
    let file = File::new("[audit]\noutput = \"latest.json\"\nformat = \"json\"\nreport = [\"csv=a.csv\"]\n");
    for command in ["collect", "doctor", "checklist"] {
        let settled = settled(&[command, "--demo"], &[("EXAUDIT_CONFIG", &file.path()), ("EXAUDIT_OUTPUT", "x")]).expect(command);
        assert_eq!([of(&settled, "output"), of(&settled, "report")], ["-", "-"], "{command}");
    }
}
