//! Own checks of recipients, which are counted, and of configuration objects: the same condition on the same directory says the same,
//! whatever the directory is read from.

use crate::common::run::{Ran, whole};
use exaudit::lab::{self, Demo, Log, Ways};
use serde_json::Value;
use std::sync::Arc;

const SITE: &str = "ou=S,o=Org";

/// A record of LDIF: a name, a class, and what else it shows.
fn record(dn: &str, class: &str, more: &[&str]) -> String {
    let lines: String = more.iter().map(|line| format!("{line}\n")).collect();
    format!("dn: {dn}\nobjectClass: {class}\n{lines}\n")
}

fn mailbox(name: &str, more: &[&str]) -> String {
    record(&format!("cn={name},cn=Recipients,{SITE}"), "organizationalPerson", more)
}

/// The containers of a site, a server and its MTA.
fn site(name: &str) -> String {
    let site = format!("ou={name},o=Org");
    let server = format!("cn=SRV-{name},cn=Servers,cn=Configuration,{site}");
    [
        record(&site, "organizationalUnit", &["Object-Version: 1"]),
        record(&format!("cn=Recipients,{site}"), "Container", &["Object-Version: 1"]),
        record(&format!("cn=Configuration,{site}"), "Container", &["Object-Version: 1"]),
        record(&format!("cn=Connections,cn=Configuration,{site}"), "Container", &["Object-Version: 1"]),
        record(&format!("cn=Servers,cn=Configuration,{site}"), "Container", &["Object-Version: 1"]),
        record(&server, "Computer", &["Object-Version: 1", "serialNumber: Version 5.5 (Build 2653.23: Service Pack 4)"]),
        record(&format!("cn=Microsoft MTA,{server}"), "MTA", &["Object-Version: 1"]),
    ]
    .concat()
}

/// One site with these other objects.
fn organization(more: &[String]) -> String {
    record("o=Org", "organization", &["Object-Version: 1"]) + &site("S") + &more.concat()
}

/// A check file.
fn check(subject: &str, expect: &str) -> String {
    named("own", "", subject, expect)
}

fn named(id: &str, more: &str, subject: &str, expect: &str) -> String {
    format!(
        "id = \"{id}\"\ntitle = \"T\"\nseverity = \"critical\"\nkb = [\"Q300535\"]\nversions = [\"4.0\", \"5.0\", \"5.5\"]\nconfidence = \
         \"documented\"\nwhy = \"W.\"\nfix = [\"F.\"]\n{more}\n[subject]\n{subject}\n[expect]\n{expect}\n"
    )
}

/// A folder of checks.
fn folder(checks: &[String]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("folder");
    for text in checks {
        let id = text.split('"').nth(1).expect("id");
        std::fs::write(folder.path().join(format!("{id}.toml")), text).expect("write");
    }
    folder
}

/// Where a directory is read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum On {
    Ldif,
    Admin,
    User,
}

fn run(checks: &[String], ldif: &str, on: On, args: &[&str]) -> Ran {
    run_under(checks, ldif, on, args, Ways::default()).0
}

fn run_under(checks: &[String], ldif: &str, on: On, args: &[&str], ways: Ways) -> (Ran, Option<Arc<Log>>) {
    let folder = folder(checks);
    let path = folder.path().to_str().expect("text");
    let ids = checks.iter().flat_map(|text| ["--check", text.split('"').nth(1).expect("id")]);
    let own = ["audit", "--format", "json", "--all", "--checks", path].into_iter().chain(ids);
    let args: Vec<&str> = own.chain(args.iter().copied()).collect();
    if on == On::Ldif {
        return (whole(args.into_iter().chain(["--from", "-"])).stdin(ldif).run(), None);
    }
    let data = lab::load(ldif.as_bytes()).expect("the lab takes it").under(ways);
    let log = Arc::clone(data.log());
    let handle = lab::start(Arc::new(data)).expect("starts");
    let uri = handle.uri();
    let bind: &[&str] = match on {
        On::User => &["-D", lab::ACCOUNT_DN],
        _ => &["-D", lab::ADMIN_DN],
    };
    let live = ["-H", uri.as_str()].into_iter().chain(bind.iter().copied());
    (whole(args.into_iter().chain(live)).env("EXAUDIT_PASSWORD", lab::PASSWORD).run(), Some(log))
}

/// `verdict reason CN`, sorted; the name only where a result has a subject.
fn said(ran: &Ran) -> Vec<String> {
    let report = ran.json();
    let of = |result: &Value| {
        let text = |key: &str| result[key].as_str().unwrap_or_default().to_owned();
        let dn = result["subject"]["dn"].as_str().unwrap_or_default();
        let name = dn.split(',').next().unwrap_or_default().trim_start_matches("cn=").to_owned();
        format!("{} {} {}", text("verdict"), text("reason"), name).trim_end().to_owned()
    };
    let mut said: Vec<String> = report["results"].as_array().expect("results").iter().map(of).collect();
    said.sort();
    said
}

/// What one check says of one LDIF text.
fn of_ldif(check: &str, ldif: &str) -> Vec<String> {
    said(&run(&[check.to_owned()], ldif, On::Ldif, &[]))
}

fn verdicts(said: &[String]) -> Vec<&str> {
    let mut verdicts: Vec<&str> = said.iter().filter_map(|text| text.split(' ').next()).collect();
    verdicts.dedup();
    verdicts
}

/// Runs `collect` and says what came.
fn collect(uri: &str, bind: &[&str], more: &[&str]) -> String {
    let args = ["collect", "-H", uri].into_iter().chain(bind.iter().copied()).chain(more.iter().copied());
    let ran = whole(args).env("EXAUDIT_PASSWORD", lab::PASSWORD).run();
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran.stdout
}

/// Everything a report says of each check, but for where it was read from.
fn results(ran: &Ran, location: &str) -> Vec<String> {
    let report = ran.json();
    let of = |result: &Value| {
        let keys = ["check", "verdict", "severity", "reason", "confidence", "count"];
        let facts: Vec<String> = keys.iter().map(|key| result[key].to_string()).collect();
        let message = result["message"].as_str().unwrap_or_default().lines().next().unwrap_or_default();
        // what can be done about it differs, and stands behind the first colon or the line break
        let message = message.replace(location, "SOURCE").split(':').next().unwrap_or_default().to_owned();
        let message = message.trim_end_matches(['.', ' ']).replace(&format!(" to {}", lab::ADMIN_DN), "");
        let message = message.replace(&format!(" to {}", lab::ACCOUNT_DN), "");
        format!("{} {} {message}", facts.join(" "), result["subject"]["dn"])
    };
    let mut found: Vec<String> = report["results"].as_array().expect("results").iter().map(of).collect();
    found.sort();
    found
}

#[test]
fn what_was_collected_is_judged_as_the_server_is() {
    for demo in [Demo::Healthy, Demo::Example, Demo::Everything] {
        let data = || Arc::new(lab::load(demo.ldif().as_bytes()).expect("loads"));
        for bind in [&["-D", lab::ADMIN_DN][..], &["-D", lab::ACCOUNT_DN], &[]] {
            let handle = lab::start(data()).expect("starts");
            let uri = handle.uri();
            let collected = collect(&uri, bind, &[]);
            for check in [&[][..], &["--check", "gateway-proxy-ms", "--check", "recipient-no-x400"], &["--check", "ldap-build"]] {
                let live = ["audit", "--format", "json", "--all", "-H", &uri].into_iter().chain(bind.iter().copied());
                let live = whole(live.chain(check.iter().copied())).env("EXAUDIT_PASSWORD", lab::PASSWORD).run();
                let file = ["audit", "--format", "json", "--all", "--from", "-"];
                let file = whole(file.into_iter().chain(check.iter().copied())).stdin(collected.clone()).run();
                let (expected, found) = (results(&live, &uri), results(&file, "standard input"));
                assert_eq!(found, expected, "{demo:?} {bind:?} {check:?}");
                assert_eq!(file.code, live.code, "{demo:?} {bind:?} {check:?}: {}", file.stderr);
            }
        }
    }
}

#[test]
fn an_object_of_another_kind_is_looked_up_before_its_class_is_judged() {
    let mta = format!("Home-MTA: cn=Microsoft MTA,cn=SRV-S,cn=Servers,cn=Configuration,{SITE}");
    let ldif = organization(&[mailbox("A", &[&mta, "Object-Version: 1"])]);
    let own = check("each = \"mailbox\"", "resolves = \"Home-MTA\"\nto = \"(objectClass=MTA)\"");
    for on in [On::Ldif, On::Admin] {
        assert_eq!(said(&run(std::slice::from_ref(&own), &ldif, on, &[])), ["pass met"], "{on:?}");
    }
}

#[test]
fn what_may_not_be_a_subject_is_not_judged_by_where_it_leads() {
    // nobody shows Deliv-Cont-Length: whether A is a subject is not known
    let ldif = organization(&[
        mailbox("A", &[&format!("Alt-Recipient: cn=Gone,cn=Recipients,{SITE}"), "mail: a@b"]),
        mailbox("H", &["Hide-From-Address-Book: TRUE", "mail: a@b"]),
    ]);
    let only = "only = \"(!(Deliv-Cont-Length=5))\"";
    for expect in ["resolves = \"Alt-Recipient\"", "filter = \"(cn=x)\""] {
        let own = check(&format!("each = \"mailbox\"\n{only}"), expect);
        let found = of_ldif(&own, &ldif);
        assert!(!found.iter().any(|said| said.starts_with("fail")), "{expect}: {found:?}");
        assert!(found.iter().any(|said| said.starts_with("unknown")), "{expect}: {found:?}");
    }
    let twice = organization(&[
        mailbox("A", &["textEncodedORAddress: c=US;a= ;p=Org;s=A;", "otherMailbox: SMTP$a@b"]),
        mailbox("B", &["textEncodedORAddress: c=US;a= ;p=Org;s=B;", "otherMailbox: SMTP$a@b"]),
        mailbox("H", &["Hide-From-Address-Book: TRUE"]),
    ]);
    let own = check(&format!("each = \"mailbox\"\n{only}"), "rule = \"unique-addresses\"");
    let found = of_ldif(&own, &twice);
    assert_eq!(verdicts(&found), ["unknown"], "{found:?}");
}

#[test]
fn a_site_that_was_not_read_is_not_cleared_by_another() {
    let all =
        organization(&[record("ou=T,o=Org", "organizationalUnit", &[]), record("cn=Recipients,ou=T,o=Org", "Container", &[])]);
    let own = check("each = \"server\"\nonly = \"(Admin-Display-Name=x)\"", "filter = \"(cn=x)\"");
    let shown = record(&format!("cn=Y,cn=Configuration,{SITE}"), "Container", &["Admin-Display-Name: y"]);
    let found = of_ldif(&own, &(all.clone() + &shown));
    assert_eq!(found, ["unknown config-unreadable"]);
    // where everything was read there is nothing to check
    let found = of_ldif(&own, &(organization(&[]) + &shown));
    assert_eq!(found, ["not-applicable none-seen"]);
}

#[test]
fn a_check_that_is_for_none_of_the_services_says_so() {
    let ims = record(
        &format!("cn=Internet Mail Connector (SRV-S),cn=Connections,cn=Configuration,{SITE}"),
        "Mail-Gateway",
        &["Computer-Name: SRV-S", "Admin-Display-Name: y"],
    );
    let own = check("each = \"ims\"\nonly = \"(Admin-Display-Name=x)\"", "filter = \"(cn=x)\"");
    assert_eq!(of_ldif(&own, &organization(&[ims])), ["not-applicable none-seen"]);
}

fn lesser(from: &str) -> String {
    format!("[[lesser]]\n{from}\nseverity = \"warning\"\nconfidence = \"documented\"\nmessage = \"L.\"\n")
}

fn severities(ran: &Ran) -> Vec<String> {
    let report = ran.json();
    let mut all: Vec<String> = report["results"]
        .as_array()
        .expect("results")
        .iter()
        .filter(|result| result["verdict"] == "fail")
        .map(|result| result["severity"].as_str().unwrap_or_default().to_owned())
        .collect();
    all.sort();
    all
}

#[test]
fn the_release_of_one_server_says_nothing_of_another() {
    // the service is of a server that is not shown; the one that is runs SP4
    let ims = record(
        &format!("cn=Internet Mail Connector (OLD),cn=Connections,cn=Configuration,{SITE}"),
        "Mail-Gateway",
        &["Computer-Name: OLD", "Admin-Display-Name: y"],
    );
    let own = check("each = \"ims\"", "filter = \"(Admin-Display-Name=x)\"") + &lesser("from = \"5.5 SP4\"");
    assert_eq!(severities(&run(&[own], &organization(&[ims]), On::Ldif, &[])), ["critical"]);
    // of the same server it does
    let ims = record(
        &format!("cn=Internet Mail Connector (SRV-S),cn=Connections,cn=Configuration,{SITE}"),
        "Mail-Gateway",
        &["Computer-Name: SRV-S", "Admin-Display-Name: y"],
    );
    let own = check("each = \"ims\"", "filter = \"(Admin-Display-Name=x)\"") + &lesser("from = \"5.5 SP4\"");
    assert_eq!(severities(&run(&[own], &organization(&[ims]), On::Ldif, &[])), ["warning"]);
}

#[test]
fn the_lowest_release_of_a_site_counts_and_one_that_is_not_told_counts_as_lower() {
    let server = |name: &str, version: &str| {
        record(&format!("cn={name},cn=Servers,cn=Configuration,{SITE}"), "Computer", &[version, "Object-Version: 1"])
    };
    let own = check("each = \"mailbox\"", "filter = \"(mail=x)\"") + &lesser("from = \"5.5 SP4\"");
    let judged = |more: &[String]| {
        let ldif = organization(&[&[mailbox("A", &["mail: a@b"])], more].concat());
        severities(&run(std::slice::from_ref(&own), &ldif, On::Ldif, &[]))
    };
    assert_eq!(judged(&[]), ["warning"]);
    assert_eq!(judged(&[server("B", "serialNumber: Version 5.5 (Build 2448.8: Service Pack 2)")]), ["critical"]);
    assert_eq!(judged(&[server("B", "Admin-Display-Name: B")]), ["critical"]);
    assert_eq!(judged(&[server("B", "serialNumber: Version 5.5 (Build 2653.23: Service Pack 4)")]), ["warning"]);
}

#[test]
fn a_lesser_failure_is_not_read_out_of_what_was_not_shown() {
    // nobody shows Home-MDB
    let own = |each: &str| {
        check(&format!("each = \"{each}\""), "filter = \"(Admin-Display-Name=x)\"") + &lesser("filter = \"(!(Home-MDB=*))\"")
    };
    let shown = mailbox("A", &["Admin-Display-Name: y"]);
    let ldif = record("o=Org", "organization", &[]) + &shown;
    assert_eq!(severities(&run(&[own("mailbox")], &ldif, On::Ldif, &[])), ["critical"]);
    let server = record(&format!("cn=B,cn=Servers,cn=Configuration,{SITE}"), "Computer", &["Admin-Display-Name: y"]);
    assert_eq!(severities(&run(&[own("server")], &server, On::Ldif, &[])), ["critical"]);
    // where another shows it, it does not have it
    let other = mailbox("B", &["Admin-Display-Name: x", "Home-MDB: cn=M,o=Org", "Object-Version: 1"]);
    let ldif = ldif.replace("Admin-Display-Name: y", "Admin-Display-Name: y\nObject-Version: 1") + &other;
    assert_eq!(severities(&run(&[own("mailbox")], &ldif, On::Ldif, &[])), ["warning"]);
}

#[test]
fn rights_in_one_site_do_not_make_another_site_shown_whole() {
    // site S shows operational attributes and T does not: whether B has a Home-MDB is not known
    let table = "Obj-Class,Obj-Dist-Name,Directory Name,Home-MDB,Object-Version,Deliv-Cont-Length,Is-Deleted\r\n\
                 Mailbox,/o=Org/ou=S/cn=Recipients/cn=A,A,,1,5,\r\n\
                 Mailbox,/o=Org/ou=T/cn=Recipients/cn=B,B,,,,\r\n";
    let own = check("each = \"mailbox\"\nonly = \"(Home-MDB=*)\"", "filter = \"(mail=x)\"");
    let found = said(&run(&[own], table, On::Ldif, &[]));
    assert!(verdicts(&found).contains(&"unknown"), "{found:?}");
}

#[test]
fn what_a_followed_object_names_is_resolved_and_not_the_followed_object() {
    let alt =
        |name: &str, to: &str| mailbox(name, &[&format!("Alt-Recipient: cn={to},cn=Recipients,{SITE}"), "Object-Version: 1"]);
    let hidden = mailbox("H", &["Hide-From-Address-Book: TRUE", "Object-Version: 1"]);
    let ldif = organization(&[alt("A", "B"), alt("B", "Gone"), hidden]);
    let subject = "each = \"mailbox\"\nonly = \"(cn=A)\"\nfollow = \"Alt-Recipient\"";
    let ldif = ldif.replace(&format!("dn: cn=A,cn=Recipients,{SITE}\n"), &format!("dn: cn=A,cn=Recipients,{SITE}\ncn: A\n"));
    let ldif = ldif.replace(&format!("dn: cn=B,cn=Recipients,{SITE}\n"), &format!("dn: cn=B,cn=Recipients,{SITE}\ncn: B\n"));
    let own = check(subject, "resolves = \"Alt-Recipient\"");
    for on in [On::Ldif, On::Admin] {
        let found = said(&run(std::slice::from_ref(&own), &ldif, on, &[]));
        assert!(found.contains(&"fail dangling A".to_owned()), "{on:?} {found:?}");
    }
    let manual = check(subject, "manual = \"Look.\"");
    let found = said(&run(&[manual], &ldif, On::Admin, &[]));
    assert!(verdicts(&found).contains(&"manual"), "{found:?}");
    assert!(found.iter().all(|said| !said.starts_with("unknown")), "{found:?}");
}

#[test]
fn an_object_that_may_be_deleted_is_no_living_target() {
    // a table without Is-Deleted: what it holds may be deleted (Q239639)
    let table = "Obj-Class,Obj-Dist-Name,Directory Name,Display Name,Alternate-Recipient\r\n\
                 Mailbox,/o=Org/ou=S/cn=Recipients/cn=A,A,A,/o=Org/ou=S/cn=Recipients/cn=B\r\n\
                 Mailbox,/o=Org/ou=S/cn=Recipients/cn=B,B,B,\r\n";
    let table = table.replace("Alternate-Recipient", "Alt-Recipient");
    let own = check("each = \"mailbox\"", "resolves = \"Alt-Recipient\"");
    let found = said(&run(&[own], &table, On::Ldif, &[]));
    assert!(!verdicts(&found).contains(&"pass"), "{found:?}");
}

#[test]
fn a_base_below_the_organization_holds_for_every_object() {
    let other = [
        site("T"),
        record("cn=B,cn=Recipients,ou=T,o=Org", "organizationalPerson", &["mail: b@b", "Object-Version: 1"]),
        mailbox("A", &["mail: a@b", "Alt-Recipient: cn=B,cn=Recipients,ou=T,o=Org", "Object-Version: 1"]),
        mailbox("H", &["Hide-From-Address-Book: TRUE", "mail: h@b", "Object-Version: 1"]),
        record(
            &format!("cn=X,cn=Connections,cn=Configuration,{SITE}"),
            "Mail-Gateway",
            &["Object-Version: 1", "Home-MTA: cn=Microsoft MTA,cn=SRV-T,cn=Servers,cn=Configuration,ou=T,o=Org"],
        ),
    ];
    let ldif = organization(&other);
    let checks = [
        named("a", "", "each = \"mailbox\"", "filter = \"(mail=x)\""),
        named("b", "", "each = \"mta\"", "filter = \"(Admin-Display-Name=x)\""),
        named("c", "", "each = \"mailbox\"", "resolves = \"Alt-Recipient\""),
        named("d", "", "each = \"connector\"", "resolves = \"Home-MTA\""),
        named("e", "", "each = \"mailbox\"", "rule = \"unique-addresses\""),
        named("f", "", "each = \"mta\"\nonly = \"(cn=nobody)\"", "filter = \"(cn=x)\""),
    ];
    for on in [On::Ldif, On::Admin] {
        let ran = run(&checks, &ldif, on, &["-b", SITE]);
        let report = ran.json();
        for result in report["results"].as_array().expect("results") {
            let dn = result["subject"]["dn"].as_str().unwrap_or(SITE);
            assert!(dn.ends_with(SITE), "{on:?} {dn}");
            let message = result["message"].as_str().unwrap_or_default();
            assert!(!message.contains("site T") || result["check"] == "c", "{on:?} {result}");
        }
    }
}

#[test]
fn what_follows_a_reference_does_not_depend_on_the_other_checks() {
    let mta = format!("cn=Microsoft MTA,cn=SRV-S,cn=Servers,cn=Configuration,{SITE}");
    let other = [
        record(&format!("cn=Second,{mta}"), "MTA", &["Object-Version: 1", "Local-Bridge-Head: x", "description: other"]),
        record(
            &format!("cn=X,cn=Connections,cn=Configuration,{SITE}"),
            "Mail-Gateway",
            &["Object-Version: 1", &format!("Home-MTA: {mta}")],
        ),
    ];
    let ldif = organization(&other)
        .replace(&format!("dn: {mta}\nobjectClass: MTA\n"), &format!("dn: {mta}\nobjectClass: MTA\ndescription: good\n"));
    let follows = named("a", "", "each = \"connector\"\nfollow = \"Home-MTA\"", "filter = \"(description=good)\"");
    let other = named("b", "", "each = \"mta\"", "filter = \"(cn=*)\"");
    let alone = said(&run(std::slice::from_ref(&follows), &ldif, On::Admin, &[]));
    assert_eq!(alone, ["pass met X"]);
    let both = said(&run(&[follows, other], &ldif, On::Admin, &[]));
    assert!(both.contains(&"pass met X".to_owned()), "{both:?}");
}

/// The same condition on mailboxes, which are counted, and on connectors, told one by one, with the same attributes.
#[test]
fn a_condition_says_the_same_of_recipients_and_of_configuration_objects() {
    // by class of visibility: 2, 4 (with 16), 12, 13, 18, 20, unknown
    let attributes = [
        ("Admin-Display-Name", "x"),
        ("Computer-Name", "x"),
        ("Port-Number", "5"),
        ("description", "x"),
        ("Extension-Attribute-1", "x"),
        ("No-Such-Attribute", "x"),
        ("Extension-Data", "x"),
    ];
    let mut wrong = Vec::new();
    for (name, value) in attributes {
        let value = value.to_owned();
        let filters = [
            format!("({name}={value})"),
            format!("(!({name}={value}))"),
            format!("({name}=*)"),
            format!("(|({name}=*)(cn=One))"),
            format!("(&(!({name}=*))(!(uid=One)))"),
            format!("(|(!({name}=*))(facsimileTelephoneNumber=x))"),
            format!("(&({name}={value})(facsimileTelephoneNumber=x))"),
        ];
        // who has it: nobody, one of the two, another object of the site, one of another site
        for witness in 0..4 {
            let has = |yes: bool| if yes { format!("{name}: {value}\n") } else { String::new() };
            let object = |kept: bool, cn: &str, rest: String| {
                let (place, class) = match kept {
                    true => ("cn=Connections,cn=Configuration,", "X400-Link"),
                    false => ("cn=Recipients,", "organizationalPerson"),
                };
                format!("dn: cn={cn},{place}{SITE}\nobjectClass: {class}\ncn: {cn}\nuid: {cn}\nObject-Version: 1\n{rest}\n")
            };
            let has_it = |other: usize| {
                ["Object-Version: 1".to_owned(), format!("{name}: {value}")][..1 + usize::from(witness == other)].join("\n")
            };
            let ldif = organization(&[
                object(false, "One", has(false)),
                object(false, "Two", has(witness == 1)),
                object(true, "One", has(false)),
                object(true, "Two", has(witness == 1)),
                record(&format!("cn=W,cn=Configuration,{SITE}"), "Container", &[&has_it(2)]),
                site("T"),
                record("cn=W,cn=Configuration,ou=T,o=Org", "Container", &[&has_it(3)]),
            ]);
            let sources: &[On] = match (name, witness) {
                ("Computer-Name", _) => &[On::Ldif, On::Admin, On::User],
                (_, 0 | 1) => &[On::Ldif, On::Admin],
                _ => &[On::Ldif],
            };
            for &on in sources {
                let checks = ["mailbox", "x400-connector"].into_iter().flat_map(|each| {
                    let as_filter = filters.iter().zip('a'..).map(move |(filter, id)| {
                        named(
                            &format!("{each}-filter-{id}"),
                            "",
                            &format!("each = \"{each}\""),
                            &format!("filter = \"{filter}\""),
                        )
                    });
                    let as_only = filters.iter().zip('a'..).map(move |(filter, id)| {
                        let subject = format!("each = \"{each}\"\nonly = \"{filter}\"");
                        named(&format!("{each}-only-{id}"), "", &subject, "filter = \"(uid=Two)\"")
                    });
                    as_filter.chain(as_only)
                });
                let report = run(&checks.collect::<Vec<_>>(), &ldif, on, &[]).json();
                // by check: how many of each verdict
                let judged = |each: &str| {
                    let mut found: Vec<String> = Vec::new();
                    for result in report["results"].as_array().expect("results") {
                        let Some(id) = result["check"].as_str().and_then(|id| id.strip_prefix(each)) else { continue };
                        let (verdict, count) = (result["verdict"].as_str().expect("text"), result["count"].as_u64().unwrap_or(1));
                        (0..count).for_each(|_| found.push(format!("{id} {verdict}")));
                    }
                    found.retain(|line| !line.ends_with("not-applicable"));
                    found.sort();
                    found
                };
                let (swept, kept) = (judged("mailbox"), judged("x400-connector"));
                assert!(!swept.is_empty());
                if swept != kept {
                    let only =
                        |a: &[String], b: &[String]| a.iter().filter(|x| !b.contains(x)).cloned().collect::<Vec<_>>().join(", ");
                    wrong.push(format!(
                        "{name} witness {witness} {on:?}: swept [{}] kept [{}]",
                        only(&swept, &kept),
                        only(&kept, &swept)
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn an_audit_reads_no_more_than_its_checks_ask_for() {
    let members: String = (0..30).map(|n| format!("member: cn=M{n},cn=Recipients,{SITE}\n")).collect();
    let list = record(&format!("cn=L,cn=Recipients,{SITE}"), "groupOfNames", &[members.trim_end(), "Object-Version: 1"]);
    let boxes: String = (0..30).map(|n| mailbox(&format!("M{n}"), &["Object-Version: 1"])).collect();
    let link = record(
        &format!("cn=X,cn=Connections,cn=Configuration,{SITE}"),
        "X400-Link",
        &["Object-Version: 1", &format!("Home-MTA: cn=Gone,cn=Recipients,{SITE}")],
    );
    let ldif = organization(&[list, boxes, link]);
    let checks = [
        named("a", "", "each = \"recipient\"", "resolves = \"member\""),
        // for no connector of this name: where they lead is of no interest
        named("b", "", "each = \"connector\"\nonly = \"(Object-Version=2)\"", "resolves = \"Home-MTA\""),
    ];
    let (ran, log) = run_under(&checks, &ldif, On::Admin, &[], Ways::default());
    let found = said(&ran);
    assert!(found.contains(&"pass met".to_owned()), "{found:?}");
    let log = log.expect("live");
    let read: Vec<String> = log.requests().into_iter().filter(|request| request.starts_with("search base")).collect();
    assert!(read.iter().all(|request| !request.contains("cn=Gone") && !request.contains("cn=M")), "{read:#?}");
}

#[test]
fn a_failure_told_of_each_does_not_make_what_waits_for_it_undecided() {
    let ldif = organization(&[mailbox("A", &["mail: a@b", "Object-Version: 1"])]);
    let first = named("a", "", "each = \"mailbox\"", "filter = \"(mail=x)\"").replace("\"critical\"", "\"warning\"");
    let second = named("b", "needs = [\"a\"]", "each = \"mailbox\"", "filter = \"(mail=y)\"");
    let ran = run(&[first, second], &ldif, On::Ldif, &["--fail-on", "critical"]);
    assert_eq!(said(&ran), ["blocked needs:a", "fail not-met A"]);
    assert_eq!(ran.code, 0, "{}", ran.stdout);
}

/// A need that fails in a lesser way does not stand in the way, of recipients as of configuration objects.
#[test]
fn what_needs_a_lesser_failure_is_judged_all_the_same() {
    let ldif = organization(&[
        mailbox("A", &["uid: a", "mail: a@b", "Object-Version: 1"]),
        record(
            &format!("cn=A,cn=Connections,cn=Configuration,{SITE}"),
            "X400-Link",
            &["uid: a", "mail: a@b", "Object-Version: 1"],
        ),
    ]);
    for each in ["mailbox", "x400-connector"] {
        let subject = format!("each = \"{each}\"");
        let first = named("a", "", &subject, "filter = \"(mail=x)\"") + &lesser("filter = \"(uid=a)\"");
        let second = named("b", "needs = [\"a\"]", &subject, "filter = \"(mail=a@b)\"");
        let third = named("c", "needs = [\"a\"]", &subject, "manual = \"Look.\"");
        let found = verdicts_by_check(&run(&[first, second, third], &ldif, On::Ldif, &[]));
        assert_eq!(found, ["a fail", "b pass", "c blocked"], "{each}");
    }
}

fn verdicts_by_check(ran: &Ran) -> Vec<String> {
    let report = ran.json();
    let text = |result: &Value, key: &str| result[key].as_str().unwrap_or_default().to_owned();
    let results = report["results"].as_array().expect("results");
    results.iter().map(|result| format!("{} {}", text(result, "check"), text(result, "verdict"))).collect()
}

/// `checks test` tells every object by itself, and says of each what an audit says of all together.
#[test]
fn a_trial_counts_what_an_audit_counts() {
    let alt = |to: &str| format!("Alt-Recipient: cn={to},cn=Recipients,{SITE}");
    let ldif = organization(&[
        mailbox("A", &["mail: a@b", "Object-Version: 1", &alt("B")]),
        mailbox("B", &["mail: x@b", "Object-Version: 1", &alt("Gone")]),
        mailbox("C", &["Object-Version: 1"]),
        mailbox("H", &["Hide-From-Address-Book: TRUE", "Object-Version: 1"]),
    ]);
    let checks = [
        named("a", "", "each = \"mailbox\"", "filter = \"(mail=a@b)\""),
        named("b", "", "each = \"mailbox\"", "resolves = \"Alt-Recipient\""),
        named("c", "", "each = \"mailbox\"\nonly = \"(mail=*)\"", "manual = \"Look.\""),
        named("d", "needs = [\"a\"]", "each = \"mailbox\"", "filter = \"(Home-MDB=*)\""),
    ];
    let counts = |ran: &Ran| {
        let report = ran.json();
        let mut counts = std::collections::BTreeMap::new();
        for result in report["results"].as_array().expect("results") {
            let key = format!("{} {} {}", result["check"], result["verdict"], result["severity"]);
            *counts.entry(key).or_insert(0) += result["count"].as_u64().expect("count");
        }
        counts
    };
    let audited = counts(&run(&checks, &ldif, On::Ldif, &[]));
    let folder = folder(&checks);
    let path = folder.path().to_str().expect("text");
    let tried = counts(&whole(["checks", "test", path, "--format", "json", "--from", "-"]).stdin(ldif).run());
    assert_eq!(tried, audited);
    assert!(audited.keys().any(|key| key.contains("\"b\" \"fail\"")), "{audited:?}");
}
