//! `exaudit doctor`: what it says of each kind of source and bind, that it only reads, and how it ends.

#[path = "../live/server.rs"]
#[allow(dead_code)]
mod server;

use crate::common::directory::{Record, ldif};
use crate::common::lab::wait_for_unbinds;
use crate::common::refusing::Refusing;
use crate::common::run::{Ran, exaudit};
use crate::common::slapd::{self, Slapd};
use exaudit::lab;
use serde_json::Value;
use server::{SEARCH, Server, done, entry};

const SEEN: &str = "seen";
const NOT_SEEN: &str = "not-seen";

fn visibility(ran: &Ran) -> Value {
    let report = ran.json();
    assert_eq!(report["schema"], "exaudit.doctor/1");
    report["targets"][0]["visibility"].clone()
}

fn states(visibility: &Value) -> Vec<&str> {
    ["configuration", "operational-attributes", "extension-data", "hidden-objects", "tombstones"]
        .iter()
        .map(|what| visibility["sees"][what]["state"].as_str().expect("state"))
        .collect()
}

/// A site with a server, a service, two mailboxes of which one is hidden, and so many more.
fn directory(more: usize) -> Vec<Record> {
    let named = |rdn: &str, class: &str| Record::new(&format!("cn={rdn},ou=S,o=Org"), class);
    let mut records = vec![
        Record::new("o=Org", "organization"),
        Record::new("ou=S,o=Org", "organizationalUnit"),
        named("Recipients", "Container"),
        named("Configuration", "Container"),
        named("Servers,cn=Configuration", "Container"),
        named("SRV,cn=Servers,cn=Configuration", "Computer").with("serialNumber", "Version 5.5 (Build 2448.0: Service Pack 2)"),
        named("Connections,cn=Configuration", "Container"),
        named("Internet Mail Connector (SRV),cn=Connections,cn=Configuration", "Mail-Gateway")
            .with("Routing-List", "SMTP:*")
            .with("Extension-Data", "x"),
        named("user,cn=Recipients", "organizationalPerson"),
        named("hidden,cn=Recipients", "organizationalPerson").with("Hide-From-Address-Book", "TRUE"),
    ];
    records.extend((0..more).map(|n| named(&format!("user{n},cn=Recipients"), "organizationalPerson")));
    records
}

/// The port differs in every run.
fn without_port(text: &str) -> String {
    let mut parts = text.split("127.0.0.1:");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out += "127.0.0.1:43890";
        out += part.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    out
}

#[test]
fn the_demo_fits_a_screen_and_the_docs_show_it() {
    let ran = exaudit(["doctor", "--demo"]).env("LANG", "C.UTF-8").env("COLUMNS", "80").run();
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert!(ran.stdout.lines().count() <= 42, "{}", ran.stdout);
    assert!(ran.stdout.lines().all(|line| line.chars().count() <= 80), "{}", ran.stdout);
    let docs = std::fs::read_to_string("docs/doctor.md").expect("docs/doctor.md");
    let shown = docs.split_once("<!-- demo -->\n```text\n").and_then(|(_, rest)| rest.split_once("\n```")).expect("the page").0;
    // a port has five digits here, or the table would be drawn otherwise
    assert_eq!(without_port(ran.stdout.trim_end()), shown, "docs/doctor.md is stale");
}

#[test]
fn each_bind_sees_what_the_documents_say() {
    let handle = lab::start(lab::demo().expect("demo")).expect("lab");
    let uri = handle.uri();
    let look = |bind: Option<&str>| {
        let bind: Vec<&str> = bind.map(|dn| vec!["-D", dn]).unwrap_or_default();
        let args = ["doctor", "-H", &uri, "--format", "json"].into_iter().chain(bind);
        let ran = exaudit(args).env("EXAUDIT_PASSWORD", lab::PASSWORD).run();
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert!(!ran.stdout.contains(lab::PASSWORD) && !ran.stderr.contains(lab::PASSWORD));
        visibility(&ran)
    };
    // recipients alone to an anonymous bind (Q156063); nothing hidden without ,cn=admin (Q185475)
    for (bind, form, expected, servers, advised) in [
        (None, "anonymous", [NOT_SEEN; 5], 0, "cn=ACCOUNT,cn=DOMAIN,cn=admin"),
        (Some(lab::ACCOUNT_DN), "simple", [SEEN, SEEN, SEEN, NOT_SEEN, NOT_SEEN], 5, "append ,cn=admin"),
        (Some(lab::ADMIN_DN), "admin-view", [SEEN; 5], 5, ""),
    ] {
        let seen = look(bind);
        assert_eq!(seen["directory"], "exchange");
        assert_eq!(states(&seen), expected, "{form}");
        assert_eq!(seen["connection"]["bind"]["form"], form);
        assert_eq!(seen["connection"]["bind"]["dn"].as_str(), bind);
        assert_eq!(seen["connection"]["ldap-version"], 3);
        assert_eq!(seen["connection"]["tls"], Value::Null);
        assert_eq!(seen["server-count"], servers, "{form}");
        assert_eq!(seen["paging"]["state"], "works");
        assert_eq!(seen["naming-contexts"].as_array().map(Vec::len), Some(7), "the organization, three sites, configuration");
        let advice = seen["advice"].to_string();
        assert!(if advised.is_empty() { advice == "[]" } else { advice.contains(advised) }, "{form}: {advice}");
        let names: Vec<&str> =
            seen["sites"].as_array().expect("sites").iter().map(|site| site["name"].as_str().expect("name")).collect();
        assert_eq!(names, ["KYOTO", "LYON", "OSLO"], "{form}");
    }
    let log = handle.log();
    wait_for_unbinds(log, 3);
    assert_eq!((log.count("bind"), log.count("unbind")), (2, 3));
    for line in log.requests() {
        assert!(["bind ", "search ", "unbind", "abandon "].iter().any(|start| line.starts_with(start)), "only read: {line}");
    }
}

#[test]
fn the_limit_of_a_server_is_found_with_one_search() {
    let text = ldif(&directory(120));
    let handle = lab::start(lab::load(text.as_bytes()).expect("loads")).expect("lab");
    let uri = handle.uri();
    let args = ["doctor", "-H", &uri, "-D", lab::ADMIN_DN, "--format", "json"];
    let seen = visibility(&exaudit(args).env("EXAUDIT_PASSWORD", lab::PASSWORD).run());
    assert_eq!(seen["size-limit"], serde_json::json!({"state": "limit", "entries": 100}));
    // the rootDSE, services, containers, servers, one for the limit, one for hidden and deleted objects
    assert_eq!(handle.log().count("search"), 6);
    let of = |article: &str| {
        let faults = seen["faults"].as_array().expect("faults");
        faults.iter().find(|fault| fault["article"] == article).expect(article)["applies"].as_str().expect("word").to_owned()
    };
    assert_eq!(["Q246567", "Q196491", "Q221989", "Q303448"].map(of), ["yes", "no", "yes", "possible"], "5.5 SP2");
}

#[test]
fn a_slapd_shows_all_and_its_own_limits() {
    if !slapd::is_installed() {
        return;
    }
    let limits = "limits anonymous size.soft=60 size.hard=60 size.pr=60 size.prtotal=unlimited";
    let slapd = Slapd::start(&directory(120), limits);
    let look = |bind: &[&str]| {
        let args = ["doctor", "-H", &slapd.uri, "-b", "o=Org", "--format", "json"].into_iter().chain(bind.iter().copied());
        let ran = exaudit(args).env("EXAUDIT_PASSWORD", slapd::PASSWORD).run();
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        visibility(&ran)
    };
    // slapd knows neither the views of Exchange nor deleted objects; what it shows is seen, whoever is bound
    let anonymous = look(&[]);
    assert_eq!(states(&anonymous), [SEEN, SEEN, SEEN, SEEN, NOT_SEEN]);
    assert_eq!(anonymous["size-limit"], serde_json::json!({"state": "limit", "entries": 60}));
    assert_eq!(anonymous["paging"], serde_json::json!({"state": "works", "page-size": 49}), "99 is refused, its half is not");
    let bound = look(&["-D", slapd::BIND_DN]);
    assert_eq!(bound["size-limit"], serde_json::json!({"state": "none-up-to", "entries": 101}));
    assert_eq!(bound["servers"][0]["version"]["name"], "Exchange 5.5 SP2");
    assert!(slapd.log().lines().all(|line| !["ADD ", "MOD ", "DEL ", "MODRDN "].iter().any(|op| line.contains(op))));
}

#[test]
fn a_file_shows_what_it_can() {
    let look = |records: &[Record]| exaudit(["doctor", "--from", "-", "--format", "json"]).stdin(ldif(records)).run();
    let ran = look(&directory(0));
    let seen = visibility(&ran);
    assert_eq!(ran.code, 0);
    assert_eq!(states(&seen), [SEEN, SEEN, SEEN, SEEN, NOT_SEEN]);
    assert_eq!((&seen["connection"], &seen["faults"]), (&Value::Null, &serde_json::json!([])));
    assert_eq!((&seen["paging"]["state"], &seen["size-limit"]["state"]), (&"not-applicable".into(), &"not-applicable".into()));
    assert_eq!(seen["sites"], serde_json::json!([{"name": "S", "servers": 1, "hidden-objects": "seen"}]));
    assert_eq!(seen["servers"][0]["version"]["service-pack"], 2);
    // a second record of the server, without its version, takes nothing away
    let again = Record::new("cn=SRV,cn=Servers,cn=Configuration,ou=S,o=Org", "Computer");
    let twice = visibility(&look(&[directory(0), vec![again]].concat()));
    assert_eq!((&twice["server-count"], &twice["servers"]), (&1.into(), &seen["servers"]));
    let recipients: Vec<Record> = directory(0).into_iter().filter(|record| record.dn.contains("cn=user")).collect();
    let seen = visibility(&look(&recipients));
    assert_eq!(states(&seen), [NOT_SEEN; 5]);
    assert!(seen["advice"].to_string().contains("docs/exports.md"), "{}", seen["advice"]);
    let other = look(&[Record::new("dc=example,dc=com", "domain")]);
    assert!(other.code == 3 && other.stderr.contains("holds no Exchange object"), "{}", other.stderr);
    assert_eq!(exaudit(["doctor", "--from", "/nonexistent"]).run().code, 2);
}

/// A domain controller of Windows 2000, as far as its root shows.
fn domain_controller() -> Server {
    Server::run(|mut conn| {
        while let Some(request) = conn.request() {
            if request.op == SEARCH {
                let attributes: [(&str, &[&[u8]]); 3] = [
                    ("defaultNamingContext", &[b"DC=example,DC=com"]),
                    ("namingContexts", &[b"DC=example,DC=com", b"CN=Schema,CN=Configuration,DC=example,DC=com"]),
                    ("dnsHostName", &[b"dc1.example.com\x1b[2J"]),
                ];
                conn.send(&entry(request.id, b"", &attributes));
                conn.send(&done(request.id, 0));
            }
        }
    })
}

#[test]
fn active_directory_is_told_with_all_it_says_and_ends_with_3() {
    let dc = domain_controller();
    let uri = dc.uri();
    let ran = exaudit(["doctor", "-H", &uri]).run();
    assert_eq!((ran.code, ran.stderr.as_str()), (3, ""));
    for part in
        ["Active Directory", "DC=example,DC=com", "ldap://127.0.0.1:390", "ldap://127.0.0.1:379", "dc1.example.com\\u{1b}"]
    {
        assert!(ran.stdout.contains(part), "{part}: {}", ran.stdout);
    }
    assert!(!ran.stdout.contains('\u{1b}'));
    assert_eq!(dc.finish().iter().filter(|request| request.op == SEARCH).count(), 1, "it is left alone");
    let dc = domain_controller();
    let ran = exaudit(["doctor", "-H", &dc.uri(), "--format", "json"]).run();
    let seen = visibility(&ran);
    assert_eq!((ran.code, &seen["directory"]), (3, &"active-directory".into()));
    assert_eq!(seen["root"][2]["name"], "dnsHostName");
    assert_eq!(states(&seen), ["unknown"; 5]);
}

#[test]
fn what_cannot_be_reached_ends_with_3_and_bad_usage_with_2() {
    let closed = Refusing::new();
    let ran = exaudit(["doctor", "-H", &closed.uri()]).run();
    assert_eq!(ran.code, 3);
    assert_eq!(ran.stdout, "", "nothing is said of what was not seen");
    assert!(ran.stderr.contains("cannot connect to") && ran.stderr.lines().count() == 1, "{}", ran.stderr);
    let handle = lab::start(lab::demo().expect("demo")).expect("lab");
    let both = exaudit(["doctor", "-H", &closed.uri(), "-H", &handle.uri()]).run();
    assert!(both.stdout.contains("cannot connect to"), "beside another it is: {}", both.stdout);
    let handle = lab::start(lab::demo().expect("demo")).expect("lab");
    let ran = exaudit(["doctor", "-H", &handle.uri(), "-D", lab::ADMIN_DN]).env("EXAUDIT_PASSWORD", "wrong").run();
    assert_eq!(ran.code, 3);
    let ran =
        exaudit(["doctor", "-H", &handle.uri(), "-D", lab::ADMIN_DN, "-b", "o=Nowhere"]).env("EXAUDIT_PASSWORD", lab::PASSWORD);
    assert_eq!(ran.run().code, 3, "nothing of Exchange is there");
    assert_eq!(exaudit(["doctor"]).run().code, 2);
    assert_eq!(exaudit(["doctor", "--demo", "-b", "nonsense"]).run().code, 2);
}

#[test]
fn the_keys_stand_in_their_order() {
    let ran = exaudit(["doctor", "--demo", "--format", "json"]).run();
    let keys = "schema tool name version started finished complete targets source location organization complete problems \
                visibility directory connection address tls ldap-version bind form dn documented-as root name values \
                naming-contexts base sites name servers hidden-objects servers name site version text release build \
                service-pack name note server-count servers-complete paging state page-size size-limit state entries sees \
                configuration state means operational-attributes state means extension-data state means hidden-objects state \
                means tombstones state means faults article fixed-in applies means handling advice";
    let mut at = 0;
    for key in keys.split_whitespace() {
        let found = ran.stdout[at..].find(&format!("\"{key}\":")).unwrap_or_else(|| panic!("{key} is missing or out of order"));
        at += found + key.len();
    }
    let docs = std::fs::read_to_string("docs/json.md").expect("docs/json.md");
    for key in keys.split_whitespace() {
        assert!(docs.contains(&format!("`{key}`")) || docs.contains(&format!("`{key}[]`")), "docs/json.md does not name {key}");
    }
}

#[test]
fn an_audit_tells_the_same_of_its_target() {
    let audit = exaudit(["audit", "--demo", "--format", "json"]).run().json()["targets"][0]["visibility"].clone();
    let doctor = visibility(&exaudit(["doctor", "--demo", "--format", "json"]).run());
    for key in ["directory", "root", "base", "servers", "paging", "sees"] {
        assert_eq!(audit[key], doctor[key], "{key}");
    }
    assert_eq!(audit["size-limit"]["state"], "unknown", "an audit does not look for it");
    // what an undecided audit did not see is told once
    let handle = lab::start(lab::demo().expect("demo")).expect("lab");
    let uri = handle.uri();
    let anonymous = exaudit(["audit", "-H", &uri]).env("COLUMNS", "200").run().stdout;
    assert_eq!(anonymous.matches("An anonymous bind sees too little of this directory").count(), 1, "{anonymous}");
    let user = exaudit(["audit", "-H", &uri, "-D", lab::ACCOUNT_DN]).env("EXAUDIT_PASSWORD", lab::PASSWORD).env("COLUMNS", "200");
    let user = user.run().stdout;
    assert_eq!(user.matches("No hidden object of site").count(), 1, "{user}");
    assert!(!exaudit(["audit", "--demo"]).run().stdout.contains("No hidden object"));
}

#[test]
fn text_of_the_directory_cannot_move_the_cursor() {
    let hostile = |dn: &str, class: &str| Record::new(dn, class).with("serialNumber", "Version 5.5 (\u{1b}[2J\u{202e}");
    let records = [hostile("cn=SRV\u{1b}]0\u{7},cn=Servers,cn=Configuration,ou=S\u{202e}\u{1b}[31m,o=Org", "Computer")];
    let ran = exaudit(["doctor", "--from", "-"]).stdin(ldif(&records)).run();
    assert!(ran.stdout.contains("SRV\\u{1b}"), "{}", ran.stdout);
    for stream in [&ran.stdout, &ran.stderr] {
        assert!(!stream.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{stream:?}");
    }
}

#[test]
fn it_goes_to_a_file_whole() {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("seen.json").display().to_string();
    let ran = exaudit(["doctor", "--demo", "--format", "json", "-o", &path]).run();
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""));
    let value: Value = serde_json::from_slice(&std::fs::read(&path).expect("file")).expect("JSON");
    assert_eq!(value["schema"], "exaudit.doctor/1");
}
