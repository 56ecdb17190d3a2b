//! One row of the table: a directory, how it is read, and what must come out.

use crate::common::directory::{Record, ldif};
use crate::common::export::csv;
use crate::common::run::{Ran, exaudit};
use crate::common::slapd::{self, Slapd};
use exaudit::lab::{self, Ways};

pub const SITE: &str = "ou=S,o=Org";
pub const RECIPIENTS: &str = "cn=Recipients,ou=S,o=Org";
pub const CONNECTIONS: &str = "cn=Connections,cn=Configuration,ou=S,o=Org";
pub const IMS: &str = "cn=Internet Mail Connector (SRV),cn=Connections,cn=Configuration,ou=S,o=Org";
pub const ADMIN: &str = "/o=Org/ou=S/cn=Recipients/cn=Admin";
pub const GONE: &str = "/o=Org/ou=S/cn=Recipients/cn=Gone";

/// What to expect of ims-admin-set, -exists, -recipient and -x400: `verdict` or `verdict:reason`.
pub type Expected = [&'static str; 4];

pub const ALL_PASS: Expected = ["pass", "pass", "pass", "pass"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// The lab, as an administrator with ",cn=admin".
    Lab,
    /// The lab, as a user.
    LabUser,
    /// The lab, anonymously.
    LabAnonymous,
    Slapd,
    Ldif,
    /// A table in the raw form of the Administrator program, with the columns that docs/exports.md names.
    Csv,
}

/// Every kind of source that can show a directory whole.
pub const EVERYWHERE: [On; 4] = [On::Lab, On::Slapd, On::Ldif, On::Csv];

impl On {
    fn lab_bind(self) -> Vec<&'static str> {
        match self {
            Self::Lab => vec!["-D", lab::ADMIN_DN],
            Self::LabUser => vec!["-D", lab::ACCOUNT_DN],
            _ => vec![],
        }
    }
}

pub struct Case {
    pub records: Vec<Record>,
    pub args: Vec<String>,
    /// Lines of slapd.conf.
    pub slapd_conf: String,
    /// Text behind the LDIF.
    pub trailer: String,
    /// How the lab behaves.
    pub ways: Ways,
}

/// Two sites' worth of nothing but what an audit needs: the frame, a mailbox `Admin`, another, a list, a hidden one.
pub fn frame() -> Vec<Record> {
    let container = |dn: &str| Record::new(dn, "Container").with("rdn", dn.split(['=', ',']).nth(1).expect("rdn"));
    vec![
        Record::new("o=Org", "organization"),
        Record::new(SITE, "organizationalUnit"),
        container("cn=Configuration,ou=S,o=Org"),
        container(CONNECTIONS),
        container(RECIPIENTS),
        mailbox("Admin").with("textEncodedORAddress", "c=US;a= ;p=Org;o=S;s=Admin;"),
        witness(),
        hidden(),
    ]
}

pub fn mailbox(alias: &str) -> Record {
    Record::new(&format!("cn={alias},{RECIPIENTS}"), "organizationalPerson")
        .with("rdn", alias)
        .with("uid", alias)
        .with("mail", format!("{}@example.com", alias.to_lowercase()))
        .with("otherMailbox", format!("MS$ORG/S/{}", alias.to_uppercase()))
}

/// Another living recipient, which shows an X.400 address and an Extension-Data.
pub fn witness() -> Record {
    mailbox("Witness").with("textEncodedORAddress", "c=US;a= ;p=Org;o=S;s=Witness;").with("Extension-Data", "x")
}

pub fn hidden() -> Record {
    mailbox("Hidden").with("textEncodedORAddress", "c=US;a= ;p=Org;o=S;s=Hidden;").with("Hide-From-Address-Book", "TRUE")
}

/// An IMS without an administrator.
pub fn bare_ims() -> Record {
    Record::new(IMS, "Mail-Gateway")
        .with("rdn", "Internet Mail Connector (SRV)")
        .with("Computer-Name", "SRV")
        .with("Extension-Name", "SMTP")
        .with("Routing-List", "SMTP:*")
}

/// An IMS whose Extension-Data carries this text behind an owner tag (the IMS's own form is not published).
pub fn ims(text: &str) -> Record {
    let tag = "test\0".encode_utf16().flat_map(u16::to_le_bytes);
    bare_ims().with("Extension-Data", tag.chain(text.bytes()).chain([0]).collect::<Vec<u8>>())
}

impl Case {
    pub fn of(records: impl IntoIterator<Item = Record>) -> Self {
        let records = records.into_iter().collect();
        Self { records, args: Vec::new(), slapd_conf: String::new(), trailer: String::new(), ways: Ways::default() }
    }

    /// The frame and these records.
    pub fn with(records: impl IntoIterator<Item = Record>) -> Self {
        Self::of(frame().into_iter().chain(records))
    }

    /// The frame without the record of that DN.
    pub fn but(mut self, dn: &str) -> Self {
        let before = self.records.len();
        self.records.retain(|record| record.dn != dn);
        assert_ne!(before, self.records.len(), "{dn} is in the directory");
        self
    }

    pub fn args<'a>(mut self, args: impl IntoIterator<Item = &'a str>) -> Self {
        self.args.extend(args.into_iter().map(str::to_owned));
        self
    }

    pub fn slapd_conf(mut self, lines: &str) -> Self {
        self.slapd_conf = lines.to_owned();
        self
    }

    pub fn trailer(mut self, text: &str) -> Self {
        self.trailer = text.to_owned();
        self
    }

    pub fn under(mut self, ways: Ways) -> Self {
        self.ways = ways;
        self
    }

    pub fn run(&self, on: On) -> Option<Ran> {
        let own = self.args.iter().map(String::as_str);
        let json = ["audit", "--format", "json"];
        match on {
            On::Ldif => {
                let text = ldif(&self.records) + &self.trailer;
                Some(exaudit(json.into_iter().chain(["--from", "-"]).chain(own)).stdin(text).run())
            }
            On::Csv => Some(exaudit(json.into_iter().chain(["--from", "-"]).chain(own)).stdin(csv(&self.records)).run()),
            On::Slapd => {
                if !slapd::is_installed() {
                    return None;
                }
                let slapd = Slapd::start(&self.records, &self.slapd_conf);
                let args = json.into_iter().chain(["-H", &slapd.uri, "-D", slapd::BIND_DN]).chain(own);
                Some(exaudit(args).env("EXAUDIT_PASSWORD", slapd::PASSWORD).run())
            }
            On::Lab | On::LabUser | On::LabAnonymous => {
                let data = lab::load(ldif(&self.records).as_bytes()).expect("the lab takes the directory");
                let handle = lab::start_as(data, self.ways.clone()).expect("the lab starts");
                let uri = format!("ldap://{}", handle.address());
                let args = json.into_iter().chain(["-H", &uri]).chain(on.lab_bind()).chain(own);
                Some(exaudit(args).env("EXAUDIT_PASSWORD", lab::PASSWORD).run())
            }
        }
    }

    /// What is collected from a server, as `on` sees it.
    pub fn collected(&self, on: On, all: bool) -> Vec<u8> {
        // what is judged differently is not collected differently
        let asked = ["--ims-admin", "--ims-admin-attribute", "--checks", "-b"];
        let own = self.args.windows(2).filter(|pair| asked.contains(&pair[0].as_str())).flatten().map(String::as_str);
        let own: Vec<&str> = own.chain(all.then_some("--all")).collect();
        let collect = |uri: &str, bind: &[&str], password: &str| {
            let args = ["collect", "-H", uri].into_iter().chain(bind.iter().copied()).chain(own.iter().copied());
            let ran = exaudit(args).env("EXAUDIT_PASSWORD", password).run();
            assert!(!ran.stdout.contains(password) && !ran.stderr.contains(password), "no password is written");
            assert!(!ran.stdout.is_empty(), "collect writes a file; it says: {}", ran.stderr);
            ran.stdout.into_bytes()
        };
        if on == On::Slapd {
            let slapd = Slapd::start(&self.records, &self.slapd_conf);
            return collect(&slapd.uri, &["-D", slapd::BIND_DN], slapd::PASSWORD);
        }
        let data = lab::load(ldif(&self.records).as_bytes()).expect("the lab takes the directory");
        let handle = lab::start_as(data, self.ways.clone()).expect("the lab starts");
        collect(&format!("ldap://{}", handle.address()), &on.lab_bind(), lab::PASSWORD)
    }

    /// An audit of these bytes.
    pub fn audit(&self, bytes: impl Into<Vec<u8>>) -> Ran {
        let own = self.args.iter().map(String::as_str);
        exaudit(["audit", "--format", "json", "--from", "-"].into_iter().chain(own)).stdin(bytes).run()
    }

    /// What is collected from a server says what the server says: every result, and whether the audit is complete.
    fn expect_collected(&self, on: On, live: &Ran) {
        // everything, from a server that withholds things one by one, may show more than the checks ask for
        // ... and decide what the live audit could not, where a limit stood in its way
        let cut = live.json()["complete"] == false;
        for all in [false, true].into_iter().filter(|all| !all || (on != On::Slapd && !cut)) {
            let file = self.collected(on, all);
            let ran = self.audit(file.clone());
            let shown = || format!("collected on {on:?}, all: {all}\n{}\n{}", ran.stderr, String::from_utf8_lossy(&file));
            assert_eq!(verdicts(&ran), verdicts(live), "{}", shown());
            let (ours, theirs) = (ran.json(), live.json());
            let keys = ["check", "verdict", "reason", "severity", "confidence", "subject", "object", "evidence", "fingerprint"];
            for (ours, theirs) in
                ours["results"].as_array().expect("results").iter().zip(theirs["results"].as_array().expect("all"))
            {
                for key in keys {
                    assert_eq!(ours[key], theirs[key], "{key}, {}", shown());
                }
            }
            assert_eq!(ours["complete"], theirs["complete"], "{}", shown());
            assert_eq!(ran.code, live.code, "{}", shown());
        }
    }

    /// Runs on each source, on a server's also on what is collected from it, and compares the four verdicts; exactly one
    /// result each.
    pub fn expect(&self, sources: &[On], expected: Expected) {
        for &on in sources {
            let Some(ran) = self.run(on) else { continue };
            if !matches!(on, On::Ldif | On::Csv) {
                self.expect_collected(on, &ran);
            }
            assert_eq!(verdicts(&ran), expected, "on {on:?}\n{}\n{}", ran.stdout, ran.stderr);
            let report = ran.json();
            assert_eq!(report["results"].as_array().map(Vec::len), Some(5), "one result a check, on {on:?}");
            let manual = &report["results"][4];
            let all_pass = expected.iter().all(|e| e.starts_with("pass"));
            let none = expected[0].starts_with("not-applicable");
            let repoint = if all_pass {
                "manual"
            } else if none {
                "not-applicable"
            } else {
                "blocked"
            };
            assert_eq!((&manual["check"], &manual["verdict"]), (&"ims-admin-repoint".into(), &repoint.into()), "on {on:?}");
            assert_eq!(ran.code, exit_code(&report), "on {on:?}");
        }
    }
}

/// The four verdicts of a report on one service, with the reason where the expectation is not a plain pass.
pub fn verdicts(ran: &Ran) -> Vec<String> {
    let report = ran.json();
    let of = |check: &str| {
        let all: Vec<_> = report["results"].as_array().expect("results").iter().filter(|r| r["check"] == check).collect();
        assert_eq!(all.len(), 1, "exactly one result of {check}: {}", ran.stdout);
        let text = |key: &str| all[0][key].as_str().unwrap_or_default().to_owned();
        match text("verdict").as_str() {
            "pass" => "pass".to_owned(),
            "blocked" => "blocked".to_owned(),
            verdict => format!("{verdict}:{}", text("reason")),
        }
    };
    ["ims-admin-set", "ims-admin-exists", "ims-admin-recipient", "ims-admin-x400"].map(of).into()
}

/// The exit code that the documented rules demand of a report (the default threshold: warning).
fn exit_code(report: &serde_json::Value) -> i32 {
    let results = report["results"].as_array().expect("results");
    let any = |verdict: &str| results.iter().any(|r| r["verdict"] == verdict && r["severity"] != "info");
    match () {
        () if any("fail") => 1,
        () if report["complete"] == false || any("unknown") => 3,
        () => 0,
    }
}
