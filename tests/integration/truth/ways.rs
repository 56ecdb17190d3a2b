//! Rows about odd servers: what the plain lab decides, an odd one either decides the same, or leaves open with the reason
//! that fits. The sources of each way are in docs/lab.md.

use super::case::*;
use crate::common::directory::Record;
use crate::common::run::exaudit;
use exaudit::lab::{self, ServicePack, Ways};
use std::net::TcpListener;

fn ways(texts: &[&str]) -> Ways {
    Ways::of(None, texts.iter().map(|text| text.parse().expect(text)))
}

fn at(service_pack: ServicePack, texts: &[&str]) -> Ways {
    Ways { service_pack: Some(service_pack), ..ways(texts) }
}

const LAB: [On; 1] = [On::Lab];
const HIDDEN: Expected = ["pass", "unknown:hidden-unseen", "blocked", "blocked"];

/// Each fault of the administrator mailbox, and its verdicts on a server that shows everything.
fn stories() -> Vec<(Case, Expected)> {
    let bare = || ims("/o=Org/ou=S/cn=Recipients/cn=Bare");
    let second_x400 = mailbox("Bare").with("otherMailbox", "x400$c=US;a= ;p=Org;s=Bare;");
    vec![
        (Case::with([ims(ADMIN)]), ALL_PASS),
        (Case::with([bare(), second_x400]), ALL_PASS),
        (Case::with([bare_ims()]), ["fail:not-configured", "blocked", "blocked", "blocked"]),
        (Case::with([ims(GONE)]), ["pass", "fail:dangling", "blocked", "blocked"]),
        (Case::with([ims(GONE), mailbox("Gone").with("Is-Deleted", "TRUE")]), ["pass", "fail:tombstone", "blocked", "blocked"]),
        (Case::with([bare(), mailbox("Bare")]), ["pass", "pass", "pass", "fail:no-x400"]),
        (
            Case::with([bare_ims()]).args(["--ims-admin", &format!("SRV=cn=Configuration,{SITE}")]),
            ["pass", "pass", "fail:wrong-class", "blocked"],
        ),
        (Case::with([bare_ims()]).args(["--ims-admin", "SRV=Admin"]), ALL_PASS),
    ]
}

/// The same verdicts as on the plain lab.
fn decides_the_same(ways: &Ways) {
    for (case, expected) in stories() {
        let case = case.under(ways.clone());
        case.expect(&LAB, expected);
        assert_eq!(case.run(On::Lab).expect("lab").json()["complete"], true, "{ways:?}");
    }
}

#[test]
fn every_service_pack_of_5_5_leads_to_the_same_verdicts() {
    use ServicePack::{Rtm, Sp1, Sp2, Sp3, Sp4};
    for service_pack in [Rtm, Sp1, Sp2, Sp3, Sp4] {
        decides_the_same(&at(service_pack, &[]));
    }
}

#[test]
fn the_form_of_values_and_names_decides_nothing() {
    for way in ["hex-octets", "class=one", "class=chain", "odd-case"] {
        decides_the_same(&ways(&[way]));
    }
    decides_the_same(&at(ServicePack::Rtm, &["hex-octets", "class=chain", "odd-case"]));
    // X.400 and MS Mail connectors are no Internet Mail Service, whether their class names those above it or not
    let none: Expected = ["not-applicable:no-ims", "not-applicable:no-ims", "not-applicable:no-ims", "not-applicable:no-ims"];
    for way in ["class=one", "class=chain"] {
        let x400 = Record::new(&format!("cn=X400 (SRV),{CONNECTIONS}"), "X400-Link").with("Extension-Name", "SMTP");
        let msmail = Record::new(&format!("cn=MS Mail Connector (SRV),{CONNECTIONS}"), "Mail-Connector");
        Case::with([x400, msmail]).under(ways(&[way])).expect(&LAB, none);
    }
}

#[test]
fn a_small_limit_with_any_answer_to_a_larger_page_is_paged_below() {
    for page in ["oversized-page=cut", "oversized-page=refused", "oversized-page=empty"] {
        decides_the_same(&ways(&[page, "size-limit=4"]));
    }
}

/// 150 services with an administrator each, all but the last with an X.400 address.
fn many() -> Case {
    let services = (0..150).flat_map(|n| {
        let dn = format!("cn=Internet Mail Connector (SRV{n}),{CONNECTIONS}");
        let name = format!("/o=Org/ou=S/cn=Recipients/cn=user{n}\0");
        let service = Record::new(&dn, "Mail-Gateway").with("Routing-List", "SMTP:*").with("Extension-Data", name);
        let user = mailbox(&format!("user{n}"));
        let x400 = format!("c=US;a= ;p=Org;o=S;s=user{n};");
        [service, if n == 149 { user } else { user.with("textEncodedORAddress", x400) }]
    });
    Case::with(services)
}

#[test]
fn a_page_above_the_limit_loses_no_service() {
    for page in ["oversized-page=cut", "oversized-page=refused", "oversized-page=empty"] {
        let case = many().args(["--page-size", "1000"]).under(ways(&[page]));
        let report = case.run(On::Lab).expect("lab").json();
        let results = report["results"].as_array().expect("results");
        let of = |verdict: &str| results.iter().filter(|r| r["check"] == "ims-admin-x400" && r["verdict"] == verdict).count();
        assert_eq!((of("pass"), of("fail"), results.len()), (149, 1, 150 * 5), "{page}");
        assert_eq!(report["complete"], true, "{page}");
    }
}

#[test]
fn a_look_for_hidden_objects_that_a_small_limit_cuts_proves_nothing() {
    let site = [Record::new("ou=A,o=Org", "organizationalUnit"), Record::new("cn=Recipients,ou=A,o=Org", "Container")];
    let hidden = (0..5).map(|n| {
        Record::new(&format!("cn=H{n},cn=Recipients,ou=A,o=Org"), "organizationalPerson").with("Hide-From-Address-Book", "TRUE")
    });
    // those of the other site come first from the server
    let mut records = frame();
    records.splice(1..1, site.into_iter().chain(hidden));
    let case = || Case::of(records.clone().into_iter().chain([ims(GONE)]));
    case().expect(&LAB, ["pass", "fail:dangling", "blocked", "blocked"]);
    let cut = case().under(ways(&["size-limit=4"]));
    cut.expect(&LAB, ["pass", "unknown:truncated", "blocked", "blocked"]);
    assert_eq!(cut.run(On::Lab).expect("lab").json()["complete"], false);
}

#[test]
fn withheld_addresses_are_not_missing_ones() {
    let unseen: Expected = ["pass", "pass", "pass", "unknown:not-visible"];
    let with = || Case::with([ims(ADMIN)]);
    let without = || Case::with([ims("/o=Org/ou=S/cn=Recipients/cn=Bare"), mailbox("Bare")]);
    let withheld = ["withhold=Proxy-Addresses"];
    // before SP2 from administrators too (Q196491)
    for service_pack in [ServicePack::Rtm, ServicePack::Sp1] {
        with().under(at(service_pack, &withheld)).expect(&LAB, unseen);
        without().under(at(service_pack, &withheld)).expect(&LAB, unseen);
    }
    for service_pack in [ServicePack::Sp2, ServicePack::Sp4] {
        with().under(at(service_pack, &withheld)).expect(&LAB, ALL_PASS);
        without().under(at(service_pack, &withheld)).expect(&LAB, ["pass", "pass", "pass", "fail:no-x400"]);
        without().under(at(service_pack, &withheld)).expect(&[On::LabUser], unseen);
    }
}

#[test]
fn a_withheld_flag_shows_no_hidden_object() {
    let withheld = ["withhold=Hide-From-Address-Book"];
    Case::with([ims(GONE)]).under(at(ServicePack::Sp1, &withheld)).expect(&LAB, HIDDEN);
    Case::with([ims(GONE)]).under(at(ServicePack::Sp2, &withheld)).expect(&LAB, ["pass", "fail:dangling", "blocked", "blocked"]);
}

#[test]
fn a_withheld_alias_finds_nobody_and_nobody_else() {
    let case = || Case::with([bare_ims()]).args(["--ims-admin", "SRV=Admin"]);
    let withheld = at(ServicePack::Sp1, &["withhold=uid"]);
    case().under(withheld.clone()).expect(&LAB, ["pass", "unknown:declared-not-found", "blocked", "blocked"]);
    // somebody else has that alias for a display name: without the aliases the two are not told apart
    let mut namesake = case();
    namesake.records.push(mailbox("Other").with("cn", "Admin"));
    namesake.expect(&LAB, ["pass", "unknown:ambiguous", "blocked", "blocked"]);
    namesake.under(withheld).expect(&LAB, ["pass", "unknown:not-visible", "blocked", "blocked"]);
}

#[test]
fn an_admin_view_that_shows_nothing_hidden_proves_nothing() {
    let blind = ways(&["blind-admin"]);
    let hidden = Case::with([ims("/o=Org/ou=S/cn=Recipients/cn=Hidden")]);
    let dead = Case::with([ims(GONE), mailbox("Gone").with("Is-Deleted", "TRUE")]);
    for case in [Case::with([ims(GONE)]), hidden, dead] {
        case.under(blind.clone()).expect(&LAB, HIDDEN);
    }
    Case::with([ims(ADMIN)]).under(blind).expect(&LAB, ALL_PASS);
}

#[test]
fn outside_the_allowed_bases_nothing_is_known() {
    let expected = ["unknown:access-denied", "blocked", "blocked", "blocked"];
    let views = ways(&["allowed-base=cn=By City,ou=_ABVIEWS_,o=Org"]);
    let case = Case::with([ims(ADMIN)]).under(views);
    case.expect(&LAB, expected);
    let report = case.run(On::Lab).expect("lab").json();
    assert_eq!(report["complete"], false);
    assert!(report["targets"][0]["problems"].to_string().contains("Q192306"), "{report}");
    // the connectors may be read, the recipients may not
    for pointer in [ADMIN, GONE] {
        let case = Case::with([ims(pointer)]).under(ways(&[&format!("allowed-base={CONNECTIONS}")])).args(["-b", CONNECTIONS]);
        case.expect(&LAB, ["pass", "unknown:access-denied", "blocked", "blocked"]);
    }
}

/// A second site, with a mailbox.
fn site_t() -> [Record; 3] {
    [
        Record::new("ou=T,o=Org", "organizationalUnit"),
        Record::new("cn=Recipients,ou=T,o=Org", "Container"),
        Record::new("cn=Away,cn=Recipients,ou=T,o=Org", "organizationalPerson").with("textEncodedORAddress", "c=US;s=Away;"),
    ]
}

#[test]
fn what_another_server_holds_is_neither_there_nor_missing() {
    let away = "/o=Org/ou=T/cn=Recipients/cn=Away";
    let referred = ways(&["referral=ou=T,o=Org"]);
    let case = Case::with(site_t().into_iter().chain([ims(away)])).under(referred.clone());
    case.expect(&LAB, ["pass", "unknown:other-site", "blocked", "blocked"]);
    let report = case.run(On::Lab).expect("lab").json();
    assert_eq!(report["complete"], false);
    assert!(report["targets"][0]["problems"].to_string().contains("not followed"), "{report}");
    // what is held here is decided; that a part was not seen is told
    let here = Case::with(site_t().into_iter().chain([ims(ADMIN)])).under(referred.clone());
    here.expect(&LAB, ALL_PASS);
    assert_eq!(here.run(On::Lab).expect("lab").json()["complete"], false);
    // no service here is not no service
    let none = Case::with(site_t()).under(referred);
    none.expect(&LAB, ["unknown:truncated", "blocked", "blocked", "blocked"]);
    let connections = Case::with([ims(ADMIN)]).under(ways(&[&format!("referral={CONNECTIONS}")]));
    connections.expect(&LAB, ["unknown:truncated", "blocked", "blocked", "blocked"]);
    // the referral servers of an organization hold others (Q195104)
    decides_the_same(&ways(&["referral=ou=Site2,o=Org2,c=us"]));
}

#[test]
fn a_referral_is_never_chased() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("nonblocking");
    let refers_to = listener.local_addr().expect("address").to_string();
    for name in ["ou=T,o=Org", "o=Org", CONNECTIONS] {
        let ways = Ways { refers_to: refers_to.clone(), ..ways(&[&format!("referral={name}")]) };
        let case = Case::with(site_t().into_iter().chain([ims("/o=Org/ou=T/cn=Recipients/cn=Away")])).under(ways);
        let ran = case.run(On::Lab).expect("lab");
        assert_eq!(ran.code, 3, "{}", ran.stdout);
        assert!((ran.stdout + &ran.stderr).contains(&refers_to), "{name}: names where it was pointed");
        assert!(listener.accept().is_err(), "nobody came");
    }
}

#[test]
fn active_directory_on_the_port_is_not_audited() {
    let ran = Case::with([ims(ADMIN)]).under(ways(&["active-directory"])).run(On::Lab).expect("lab");
    assert_eq!((ran.code, ran.json()["complete"].as_bool()), (3, Some(false)), "{}", ran.stderr);
    assert_eq!(ran.json()["results"].as_array().map(Vec::len), Some(0), "nothing is judged");
    assert!(ran.stderr.contains("Active Directory") && ran.stderr.contains("Q224447"), "{}", ran.stderr);
}

#[test]
fn a_server_of_5_0_is_told_apart() {
    for on in [On::Lab, On::LabAnonymous] {
        let ran = Case::with([ims(ADMIN)]).under(at(ServicePack::V50, &[])).run(on).expect("lab");
        assert_eq!((ran.code, ran.json()["complete"].as_bool()), (3, Some(false)), "{}", ran.stderr);
        assert_eq!(ran.json()["results"].as_array().map(Vec::len), Some(0), "nothing is judged");
        assert!(ran.stderr.contains("LDAPv2 only") && ran.stderr.contains("--from FILE"), "{on:?}: {}", ran.stderr);
    }
}

#[test]
fn what_another_site_does_not_replicate_is_not_unset() {
    let folder = tempfile::tempdir().expect("folder");
    let check = "id = \"own\"\ntitle = \"Own\"\nseverity = \"warning\"\nkb = [\"Q300535\"]\nversions = [\"4.0\", \"5.0\", \"5.5\"]\n\
                 confidence = \"documented\"\nwhy = \"Ours.\"\nfix = [\"Mend it.\"]\n[subject]\neach = \"ims\"\n[expect]\n\
                 filter = \"(Disabled-Gateway-Proxy=X400)\"\n";
    std::fs::write(folder.path().join("own.toml"), check).expect("check");
    let path = folder.path().to_str().expect("path");
    // heuristics 13: not replicated between sites (reference I)
    let service = || ims(ADMIN).with("Disabled-Gateway-Proxy", "X400");
    let result = |service: Record, site: &str| {
        let case = Case::with([service]).args(["--checks", path, "--check", "own"]).under(ways(&[&format!("site={site}")]));
        let result = case.run(On::Lab).expect("lab").json()["results"][0].clone();
        format!("{}:{}", result["verdict"].as_str().expect("verdict"), result["reason"].as_str().expect("reason"))
    };
    assert_eq!(result(service(), "S"), "pass:met");
    assert_eq!(result(service(), "T"), "unknown:not-visible");
    assert_eq!(result(ims(ADMIN), "S"), "unknown:not-visible", "which site answers is not known");
}

/// Check, server, verdict and reason of each result on the demo organization.
fn demo(ways: Ways, args: &[&str]) -> (i32, Vec<String>) {
    let lab = lab::start_as(lab::demo().expect("demo"), ways).expect("lab");
    let uri = lab.uri();
    let fixed = ["audit", "-H", &uri, "-D", lab::ADMIN_DN, "--format", "json"];
    let ran = exaudit(fixed.iter().chain(args)).env("EXAUDIT_PASSWORD", lab::PASSWORD).run();
    let report = ran.json();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let line = |r: &serde_json::Value| [&r["check"], &r["subject"]["server"], &r["verdict"], &r["reason"]].map(text).join(" ");
    (ran.code, report["results"].as_array().expect("results").iter().map(line).collect())
}

#[test]
fn the_demo_tells_the_same_on_every_server_that_shows_it_whole() {
    let plain = demo(Ways::default(), &[]);
    let fails: Vec<&String> = plain.1.iter().filter(|line| line.contains(" fail ")).collect();
    let told =
        ["ims-admin-set LYON2 fail not-configured", "ims-admin-exists OSLO1 fail dangling", "ims-admin-x400 OSLO2 fail no-x400"];
    assert!(plain.0 == 1 && fails.len() == 3 && told.iter().all(|line| plain.1.iter().any(|l| l == line)), "{plain:?}");
    // names in ASCII, UTF-16 and an entry id, as raw octets and as text
    assert_eq!(demo(at(ServicePack::Rtm, &["hex-octets", "class=one", "odd-case"]), &[]), plain);
    for page in ["cut", "refused", "empty"] {
        let small = ways(&[&format!("oversized-page={page}"), "size-limit=6"]);
        assert_eq!(demo(small, &["--page-size", "50"]), plain, "{page}");
    }
    assert_eq!(demo(at(ServicePack::Sp3, &["class=chain", "site=OSLO"]), &["--page-size", "1"]), plain);
}
