//! A month of nightly audits, told as it was: what breaks is mailed once, what is accepted is silent until it ends, a night without a
//! server or with half a view mends nothing and breaks nothing, and a check that changed is told apart from a fault.

use crate::common::refusing::Refusing;
use crate::common::run::{Ran, whole};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use exaudit::lab::{self, Demo, Ways};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// The folder of the job: configuration, waivers, state, own checks, and the password.
struct Job {
    folder: TempDir,
    log: String,
}

/// When November began, in seconds of Unix.
const NOVEMBER: i64 = 1_793_491_200;

/// Who asks.
#[derive(PartialEq)]
enum Bind {
    Admin,
    Nobody,
}

/// A check of the company's own: the value that the organization's own attribute must have changes with its text.
fn own_check(expected: &str) -> String {
    format!(
        "id = \"company-sites\"\ntitle = \"Sites are named as the company names them\"\nfails = \"A site is named otherwise\"\n\
         severity = \"warning\"\nversions = [\"4.0\", \"5.0\", \"5.5\"]\nconfidence = \"documented\"\nwhy = \"Others look for it.\"\n\
         fix = [\"Ask the mail team.\"]\n\n[subject]\neach = \"site\"\n\n[expect]\nfilter = \"(ou={expected})\"\n"
    )
}

impl Job {
    fn new() -> Self {
        let job = Self { folder: TempDir::new().expect("a folder"), log: String::new() };
        fs::create_dir(job.path("checks")).expect("a folder");
        job.write("password", lab::PASSWORD);
        job.write("waivers.toml", "");
        job.write("checks/company-sites.toml", &own_check("*"));
        job
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("to write");
        #[cfg(unix)]
        fs::set_permissions(self.path(name), std::os::unix::fs::PermissionsExt::from_mode(0o600)).expect("its permissions");
    }

    /// A night on which the server at this address is asked.
    fn audit(&mut self, day: u8, uri: &str, bind: &Bind) -> Ran {
        let who = match bind {
            Bind::Admin => format!("bind-dn = \"{}\"\npassword-file = \"password\"\n", lab::ADMIN_DN),
            Bind::Nobody => String::new(),
        };
        self.write("audit.toml", &format!("[targets.corp]\nuri = \"{uri}\"\n{who}"));
        let [config, waivers, checks, state] =
            ["audit.toml", "waivers.toml", "checks", "state"].map(|name| self.path(name).display().to_string());
        let line = ["audit", "--config", &config, "--waivers", &waivers, "--checks", &checks, "--state", &state, "--quiet"];
        let reports = ["json", "prometheus", "html"].map(|format| format!("{format}={}", self.path(format).display()));
        let reports = reports.iter().flat_map(|report| ["--report", report.as_str()]);
        let ran = whole(line.into_iter().chain(reports).chain(["--fail-on", "new"]))
            .env("EXAUDIT_NOW", &format!("2026-11-{day:02}T05:30:00Z"))
            .env("COLUMNS", "100")
            .env("LANG", "C.UTF-8")
            .run();
        let scrub = |text: &str| scrubbed(text, uri, self.folder.path());
        let (stdout, stderr, code, told) = (scrub(&ran.stdout), scrub(&ran.stderr), ran.code, self.monitored());
        self.log += &format!("=== {day} November, exit code {code}; {told}\n{stdout}{stderr}");
        ran
    }

    /// What the monitoring systems are told of the last night: the metrics, and the state of the plugin.
    fn monitored(&self) -> String {
        let metrics = fs::read_to_string(self.path("prometheus")).expect("metrics of every night");
        let value =
            |name: &str| metrics.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')).unwrap_or("-").to_owned();
        let plugin = whole(["render", &self.path("json").display().to_string(), "--format", "nagios"]).run();
        let since = value("exaudit_last_success_timestamp_seconds{target=\"corp\"}");
        let day = since.parse::<i64>().map_or("never".to_owned(), |seconds| format!("{}", 1 + (seconds - NOVEMBER) / 86_400));
        format!(
            "critical {}, waived {}, undecided {}, last read whole on {day}; plugin {}",
            value("exaudit_failures{target=\"corp\",severity=\"critical\"}"),
            value("exaudit_results{target=\"corp\",verdict=\"waived\"}"),
            value("exaudit_results{target=\"corp\",verdict=\"unknown\"}"),
            plugin.code
        )
    }

    /// A night on which this directory is served.
    fn night(&mut self, day: u8, ldif: &str, bind: &Bind) -> Ran {
        let handle =
            lab::start_as(lab::load(ldif.as_bytes()).expect("the lab takes it"), Ways::default()).expect("the lab starts");
        self.audit(day, &handle.uri(), bind)
    }

    fn silent(&mut self, day: u8, ldif: &str) {
        let ran = self.night(day, ldif, &Bind::Admin);
        assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (0, "", ""), "night {day}");
    }

    /// A night that is mailed, and what must and must not stand in the mail.
    #[track_caller]
    fn mailed(&self, ran: &Ran, code: i32, says: &[&str], silent_of: &[&str]) {
        assert_eq!(ran.code, code, "{}{}", ran.stdout, ran.stderr);
        // one line: text is wrapped
        let mail = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        for text in says {
            assert!(mail.contains(text), "{text:?} is missing:\n{}", ran.stdout);
        }
        for text in silent_of {
            assert!(!mail.contains(text), "{text:?} is no news:\n{}", ran.stdout);
        }
    }
}

fn scrubbed(text: &str, uri: &str, folder: &Path) -> String {
    let address = uri.trim_start_matches("ldap://");
    text.replace(uri, "ldap://exchange1").replace(address, "exchange1").replace(&folder.display().to_string(), "/job")
}

/// The healthy organization, with the administrator of NORTH without an X.400 address.
fn broken(healthy: &str) -> String {
    let address = "textEncodedORAddress: c=GB;a= ;p=Healthy;o=NORTH;s=Postmaster;\n";
    assert!(healthy.contains(address));
    healthy.replacen(address, "", 1)
}

/// The organization with its southern site under another directory name, as after it was built anew.
fn rebuilt(healthy: &str) -> String {
    // names of the site in values of bytes: the administrator's legacy name, and the connected domains
    let renamed = |value: &str| {
        let bytes = STANDARD.decode(value).expect("base64");
        let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
        let text = text.replace("ou=SOUTH/", "ou=MILAN/").replace("\u{a7}SOUTH", "\u{a7}MILAN");
        STANDARD.encode(text.chars().map(|c| u8::try_from(c).expect("a byte")).collect::<Vec<_>>())
    };
    let line = |line: &str| match line.split_once(":: ") {
        Some((name, value)) => format!("{name}:: {}", renamed(value)),
        None => line.replace("SOUTH,", "MILAN,").replace("ou: SOUTH", "ou: MILAN").replace("rdn: SOUTH\n", "rdn: MILAN\n"),
    };
    healthy.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_month_of_nightly_audits() {
    let healthy = Demo::Healthy.ldif();
    let broken = broken(&healthy);
    let mut job = Job::new();

    // a healthy organization has no news, not even on the first night
    job.silent(1, &healthy);

    // what breaks is mailed once
    let ran = job.night(2, &broken, &Bind::Admin);
    job.mailed(
        &ran,
        1,
        &["1 of 2 Internet Mail Services will not start: NORTH1.", "CRITICAL", "ims-admin-x400", "since 2026-11-01"],
        &["SOUTH1"],
    );
    job.silent(3, &broken);

    // what somebody accepts is said once, and does not count
    let lines: String = job_waivers(&job, &broken);
    job.write("waivers.toml", &lines);
    let ran = job.night(4, &broken, &Bind::Admin);
    job.mailed(
        &ran,
        0,
        &["NORTH1 (accepted)", "Accepted, critical", "(since 2026-11-02)", "ends in 6 days, on 2026-11-10 (UTC). Ask Ann."],
        &[],
    );
    job.silent(5, &broken);

    // a night without the server: said, and nothing is forgotten
    let away = Refusing::new();
    let ran = job.audit(6, &away.uri(), &Bind::Admin);
    assert_eq!((ran.code, ran.stdout.as_str()), (3, ""));
    assert!(ran.stderr.contains("connection refused"), "{}", ran.stderr);
    let ran = job.night(7, &broken, &Bind::Admin);
    job.mailed(
        &ran,
        0,
        &["nothing", "corp can be read again; it could not be since 2026-11-06."],
        &["New,", "Fixed,", "CRITICAL"],
    );

    // a night on which nobody was bound: what is undecided is news, and nothing is fixed
    let ran = job.night(8, &broken, &Bind::Nobody);
    job.mailed(
        &ran,
        3,
        &["newly undecided", "not seen now, and seen then: Extension-Data, hidden objects"],
        &["fixed,", " gone,", "Fixed,", "Gone,"],
    );
    let ran = job.night(9, &broken, &Bind::Admin);
    job.mailed(&ran, 0, &["results that were undecided do not fail."], &["New,", "fixed,", "CRITICAL"]);

    // the last day of the waiver, and the day after it
    let ran = job.night(10, &broken, &Bind::Admin);
    job.mailed(&ran, 0, &["ends today, 2026-11-10 (UTC)"], &["CRITICAL"]);
    let ran = job.night(11, &broken, &Bind::Admin);
    job.mailed(&ran, 1, &["no longer accepted", "CRITICAL", "ended on 2026-11-10 (UTC): what it names counts again"], &["New,"]);
    job.silent(12, &broken);

    // mended
    let ran = job.night(13, &healthy, &Bind::Admin);
    job.mailed(
        &ran,
        0,
        &[
            "Fixed, critical: The administrator mailbox has no X.400 address: NORTH / NORTH1 (since 2026-11-02)",
            "matches no failure",
        ],
        &["CRITICAL", "New,"],
    );
    job.silent(14, &healthy);

    // a check with another text is no new fault
    job.write("checks/company-sites.toml", &own_check("NORTH"));
    let ran = job.night(15, &healthy, &Bind::Admin);
    job.mailed(&ran, 1, &["One check has a different text now: company-sites."], &["New,"]);
    job.silent(16, &healthy);

    // a site under another name is another one; a server that does not show a site does not prove that it is gone
    let ran = job.night(17, &rebuilt(&healthy), &Bind::Admin);
    job.mailed(
        &ran,
        1,
        &["A site is named otherwise: MILAN", "ou=SOUTH,o=Healthy is no longer seen, but nothing shows that it is gone"],
        &["CRITICAL"],
    );
    job.silent(18, &rebuilt(&healthy));

    insta::assert_snapshot!("month", job.log);
    let page = fs::read_to_string(job.path("html")).expect("a page of every night");
    assert!(page.contains("Failures and undecided results of 18 audits, from 2026-11-01 to 2026-11-18"), "no plot of the month");
    assert!(page.contains("2026-11-08: 0 failures (0 critical), 1 accepted, 297 undecided"), "no night of half a view");
    let state = job.path("state").display().to_string();
    let history = whole(["history", "--state", &state]).env("COLUMNS", "100").env("LANG", "C.UTF-8").run();
    insta::assert_snapshot!("history", history.stdout);
}

/// The waivers of all that fails now, until the tenth of November.
fn job_waivers(job: &Job, ldif: &str) -> String {
    let export = job.path("export.ldif");
    fs::write(&export, ldif).expect("to write");
    let report = whole(["audit", "--from", &export.display().to_string(), "--format", "json"]).run();
    let path = job.path("report.json");
    fs::write(&path, report.stdout).expect("to write");
    let draft = whole(["waivers", "draft", &path.display().to_string()]).run();
    assert_eq!(draft.code, 0, "{}", draft.stderr);
    let text = draft.stdout.replace("reason = \"\"", "reason = \"The server goes.\"").replace("owner = \"\"", "owner = \"Ann\"");
    text.replace("# until = 2027-03-31", "until = 2026-11-10")
}
