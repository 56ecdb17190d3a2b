//! OpenLDAP's command line tools (Debian package `ldap-utils`).

use super::child::{Ran, run};
use super::{demo, generated};
use exaudit::lab::{ACCOUNT_DN, ADMIN_DN, LabHandle, PASSWORD};
use std::process::Command;

/// Runs a tool against the lab; none, and a loud word, if it is not installed.
fn tool(lab: &LabHandle, name: &str, arguments: &[&str]) -> Option<Ran> {
    // LDAPNOINIT: no configuration file of this machine has a say.
    let mut command = Command::new(name);
    command.env("LDAPNOINIT", "1").args(["-x", "-H", &lab.uri(), "-o", "nettimeout=10"]).args(arguments);
    let ran = run(&mut command);
    if ran.is_none() {
        eprintln!("SKIPPED: {name} is not installed (Debian package ldap-utils); the lab was not tried with it");
    }
    ran
}

pub(crate) fn search(lab: &LabHandle, arguments: &[&str]) -> Option<Ran> {
    tool(lab, "ldapsearch", &[&["-LLL", "-o", "ldif-wrap=no"], arguments].concat())
}

impl Ran {
    pub(crate) fn entries(&self) -> usize {
        self.out.lines().filter(|line| line.starts_with("dn:")).count()
    }

    pub(crate) fn has_line(&self, line: &str) -> bool {
        self.out.lines().any(|l| l == line)
    }
}

#[test]
fn each_bind_sees_its_own() {
    let lab = demo();
    let all = ["-b", "o=Example", "(objectClass=*)"];
    let Some(anonymous) = search(&lab, &all) else { return };
    assert_eq!((anonymous.code, anonymous.entries()), (0, 28), "{}", anonymous.err);
    assert!(anonymous.has_line("textEncodedORAddress: c=FR;a= ;p=Example;o=LYON;s=Mueller;g=Juergen;"));
    assert!(!anonymous.out.contains("Home-MTA") && !anonymous.out.contains("Mail-Gateway"));
    for (name, password, entries) in
        [(ACCOUNT_DN, PASSWORD, 95), ("dc=LAB,cn=auditor", PASSWORD, 95), (ADMIN_DN, PASSWORD, 99), (ADMIN_DN, "", 28)]
    {
        for version in ["2", "3"] {
            let ran = search(&lab, &[&["-P", version, "-D", name, "-w", password][..], &all].concat()).unwrap();
            assert_eq!((ran.code, ran.entries()), (0, entries), "{name} v{version}: {}", ran.err);
        }
    }
    assert_eq!(search(&lab, &["-D", ADMIN_DN, "-w", "wrong"]).unwrap().code, 49);
    assert_eq!(search(&lab, &["-D", "cn=somebody,cn=LAB", "-w", PASSWORD]).unwrap().code, 49);
    // the lab hears of the end of the last session a moment after the client's
    let until = std::time::Instant::now() + std::time::Duration::from_secs(5);
    while lab.log().count("unbind") < 11 && std::time::Instant::now() < until {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let log = lab.log().requests();
    assert_eq!(lab.log().count("bind"), 11);
    assert_eq!(lab.log().count("search sub \"o=Example\" (objectClass=*)"), 9);
    assert_eq!(lab.log().count("unbind"), 11);
    assert!(!log.iter().any(|line| line.contains(PASSWORD)), "{log:?}");
}

#[test]
fn shows_the_root_entry_to_everybody() {
    let lab = demo();
    let Some(root) = search(&lab, &["-b", "", "-s", "base"]) else { return };
    let contexts: Vec<&str> = root.out.lines().filter_map(|line| line.strip_prefix("namingContexts: ")).collect();
    assert_eq!(contexts[0], "o=Example");
    assert_eq!(contexts.len(), 7);
    assert!(contexts.contains(&"cn=Configuration,ou=OSLO,o=Example"));
    for line in ["supportedLDAPVersion: 2", "supportedLDAPVersion: 3", "supportedControl: 1.2.840.113556.1.4.319"] {
        assert!(root.has_line(line), "{line}");
    }
    let named = search(&lab, &["-b", "", "-s", "base", "(objectClass=*)", "supportedcontrol"]).unwrap();
    assert!(named.out.contains("supportedControl") && !named.out.contains("namingContexts"));
}

#[test]
fn cuts_at_the_limits_and_pages_below_them() {
    let lab = generated(250);
    let Some(whole) = search(&lab, &["-b", "o=Big", "(uid=*)", "1.1"]) else { return };
    assert_eq!((whole.code, whole.entries()), (4, 100));
    let limited = search(&lab, &["-z", "4", "-b", "o=Big", "(uid=*)", "1.1"]).unwrap();
    assert_eq!((limited.code, limited.entries()), (4, 4));
    for (page, code, entries) in [("99", 0, 250), ("100", 0, 250), ("7", 0, 250), ("101", 4, 100), ("1000", 4, 100)] {
        let control = format!("!pr={page}/noprompt");
        let ran = search(&lab, &["-E", &control, "-b", "o=Big", "(uid=*)", "1.1"]).unwrap();
        assert_eq!((ran.code, ran.entries()), (code, entries), "page {page}: {}", ran.err);
    }
    let limited = search(&lab, &["-z", "120", "-E", "pr=99/noprompt", "-b", "o=Big", "(uid=*)", "1.1"]).unwrap();
    assert_eq!((limited.code, limited.entries()), (4, 120), "{}", limited.err);
}

#[test]
fn scopes_and_what_is_not_there() {
    let lab = demo();
    let admin = |arguments: &[&str]| search(&lab, &[&["-D", ADMIN_DN, "-w", PASSWORD], arguments].concat());
    let connections = "cn=Connections,cn=Configuration,ou=OSLO,o=Example";
    let Some(base) = admin(&["-b", connections, "-s", "base"]) else { return };
    assert_eq!(base.entries(), 1);
    assert_eq!(admin(&["-b", connections, "-s", "one"]).unwrap().entries(), 3);
    assert_eq!(admin(&["-b", connections, "-s", "sub"]).unwrap().entries(), 4);
    assert_eq!(admin(&["-b", connections, "-s", "children"]).unwrap().entries(), 3);
    let gone = admin(&["-b", "cn=OldPostmaster,cn=Recipients,ou=OSLO,o=Example", "-s", "base"]).unwrap();
    assert_eq!(gone.code, 32);
    assert!(gone.err.contains("Matched DN: cn=Recipients,ou=OSLO,o=Example"), "{}", gone.err);
    assert_eq!(admin(&["-b", "nonsense"]).unwrap().code, 34);
}

#[test]
fn attributes_come_as_asked() {
    let lab = demo();
    let ims = "cn=Internet Mail Connector (LYON1),cn=Connections,cn=Configuration,ou=LYON,o=Example";
    let read = |arguments: &[&str]| {
        let fixed = ["-D", ACCOUNT_DN, "-w", PASSWORD, "-b", ims, "-s", "base"];
        search(&lab, &[&fixed, arguments].concat())
    };
    let Some(all) = read(&[]) else { return };
    assert!(all.has_line("Computer-Name: LYON1") && all.has_line("rdn: Internet Mail Connector (LYON1)"));
    assert!(all.has_line(&format!("distinguishedName: {ims}")));
    assert!(!all.out.contains("\ncn:") && !all.out.contains("Extension-Data") && !all.out.contains("Routing-List"));
    let named = read(&["(objectClass=*)", "*", "extension-data", "no-such-attribute"]).unwrap();
    assert!(named.out.contains("\nExtension-Data:: ZQB4AGEAdQBkAGkAdAAtAGwAYQBiAAAA") && named.out.contains("Computer-Name"));
    let types = read(&["-A", "(objectClass=*)", "Computer-Name", "Routing-List"]).unwrap();
    assert!(types.has_line("Computer-Name:") && types.has_line("Routing-List:"), "{}", types.out);
    let none = read(&["(objectClass=*)", "1.1"]).unwrap();
    assert_eq!(none.out.trim(), format!("dn: {ims}"));
}

#[test]
fn refuses_critical_controls_and_every_change() {
    let lab = demo();
    let base = ["-b", "o=Example", "-s", "base"];
    let Some(sorted) = search(&lab, &[&base[..], &["-E", "!sss=cn"]].concat()) else { return };
    assert_eq!(sorted.code, 12, "{}", sorted.err);
    assert_eq!(search(&lab, &[&base[..], &["-e", "!1.2.3.4"]].concat()).unwrap().code, 12);
    let bound = ["-D", ADMIN_DN, "-w", PASSWORD];
    assert_eq!(search(&lab, &[&bound[..], &base, &["-e", "1.2.3.4"]].concat()).unwrap().code, 0);
    assert_eq!(search(&lab, &[&base[..], &["-ZZ"]].concat()).unwrap().code, 1, "StartTLS is not served");
    let delete = tool(&lab, "ldapdelete", &[&bound[..], &["cn=hsato,cn=Recipients,ou=KYOTO,o=Example"]].concat()).unwrap();
    assert_eq!(delete.code, 53, "{}", delete.err);
    let compare = tool(&lab, "ldapcompare", &[&bound[..], &["o=Example", "o:Example"]].concat()).unwrap();
    assert_eq!(compare.code, 53, "{}", compare.err);
}
