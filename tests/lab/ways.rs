//! The ways of odd servers, as OpenLDAP's `ldapsearch` sees them, and the audit's own client.

use super::ldapsearch::search;
use exaudit::directory::dn::Dn;
use exaudit::directory::filter::Filter;
use exaudit::directory::live::{Credentials, LiveSource, Secret, Settings};
use exaudit::directory::source::{Search, Source as _};
use exaudit::exchange::requests;
use exaudit::lab::{self, ACCOUNT_DN, ADMIN_DN, LabHandle, PASSWORD, ServicePack, Ways};

fn start(directory: &str, service_pack: Option<ServicePack>, ways: &[&str]) -> LabHandle {
    let data = match directory {
        "" => lab::demo().unwrap(),
        text => lab::load(text.as_bytes()).unwrap(),
    };
    lab::start_as(data, Ways::of(service_pack, ways.iter().map(|way| way.parse().unwrap()))).unwrap()
}

const ADMIN: [&str; 4] = ["-D", ADMIN_DN, "-w", PASSWORD];

/// So many mailboxes on one store, in the demo's form.
fn on_one_store(mailboxes: usize) -> String {
    let mut text = "dn: o=Big\nobjectClass: organization\n\ndn: cn=MDB,o=Big\nobjectClass: MHS-Message-Store\n\n".to_owned();
    for number in 0..mailboxes {
        text.push_str(&format!("dn: cn=r{number},o=Big\nobjectClass: organizationalPerson\nHome-MDB: cn=MDB,o=Big\n\n"));
    }
    text
}

#[test]
fn before_sp4_a_paged_filter_of_names_finds_nothing_beyond_one_page() {
    let by_name = "(home-mdb=cn=MDB,o=Big)";
    for (service_pack, mailboxes, filter, paged) in [
        (ServicePack::Sp3, 16, by_name, 16),
        (ServicePack::Sp3, 17, by_name, 0),
        (ServicePack::Rtm, 17, by_name, 0),
        (ServicePack::Sp3, 17, "(home-mdb=*)", 17),
        (ServicePack::Sp4, 17, by_name, 17),
    ] {
        let lab = start(&on_one_store(mailboxes), Some(service_pack), &[]);
        let all = ["-b", "o=Big", filter, "1.1"];
        let Some(ran) = search(&lab, &[&ADMIN[..], &["-E", "!pr=16/noprompt"], &all].concat()) else { return };
        assert_eq!((ran.code, ran.entries()), (0, paged), "{service_pack:?} {filter} {}", ran.err);
        let whole = search(&lab, &[&ADMIN[..], &all].concat()).unwrap();
        assert_eq!((whole.code, whole.entries()), (0, mailboxes), "in one piece");
    }
}

#[test]
fn before_sp2_a_filter_of_an_unknown_name_is_an_error() {
    for (service_pack, code) in [(ServicePack::Rtm, 1), (ServicePack::Sp1, 1), (ServicePack::Sp2, 0)] {
        let lab = start(&on_one_store(1), Some(service_pack), &[]);
        let Some(ran) = search(&lab, &[&ADMIN[..], &["-b", "o=Big", "(Home-MDB=cn=Gone,o=Big)"]].concat()) else { return };
        assert_eq!((ran.code, ran.entries()), (code, 0), "{service_pack:?}");
    }
}

#[test]
fn a_page_above_the_limit_is_answered_as_told() {
    for (way, code, entries) in [("cut", 4, 4), ("refused", 11, 0), ("empty", 0, 0)] {
        let lab = start("", None, &["size-limit=4", &format!("oversized-page={way}")]);
        let all = ["-b", "o=Example", "(uid=*)", "1.1"];
        let Some(ran) = search(&lab, &[&["-E", "!pr=5/noprompt"], &all[..]].concat()) else { return };
        assert_eq!((ran.code, ran.entries()), (code, entries), "{way}: {}", ran.err);
        let below = search(&lab, &[&["-E", "!pr=4/noprompt"], &all[..]].concat()).unwrap();
        assert_eq!((below.code, below.entries()), (0, 28), "{way}: {}", below.err);
        let whole = search(&lab, &all).unwrap();
        assert_eq!((whole.code, whole.entries()), (4, 4), "partial results at the limit");
    }
}

#[test]
fn a_server_of_5_0_speaks_version_2_and_shows_recipients() {
    let lab = start("", Some(ServicePack::V50), &[]);
    let all = ["-b", "o=Example", "(objectClass=*)"];
    let Some(three) = search(&lab, &[&ADMIN[..], &all].concat()) else { return };
    assert_eq!(three.code, 2, "{}", three.err);
    let two = search(&lab, &[&["-P", "2"], &ADMIN[..], &all].concat()).unwrap();
    assert_eq!((two.code, two.entries()), (0, 28), "{}", two.err);
    assert!(!two.out.contains("Mail-Gateway"));
}

#[test]
fn servers_say_which_service_pack_they_have() {
    for (service_pack, text) in [
        (None, "serialNumber: Version 5.5 (Build 2653.23: Service Pack 4)"),
        (Some(ServicePack::Sp1), "serialNumber: Version 5.5 (Build 2232.9: Service Pack 1)"),
        (Some(ServicePack::Rtm), "serialNumber: Version 5.5 (Build 1960)"),
    ] {
        let lab = start("", service_pack, &[]);
        let servers = ["-b", "o=Example", "(objectClass=Computer)", "serialNumber"];
        let Some(ran) = search(&lab, &[&ADMIN[..], &servers].concat()) else { return };
        assert_eq!(ran.out.lines().filter(|line| *line == text).count(), 5, "{}", ran.out);
    }
}

#[test]
fn another_server_is_pointed_to() {
    let lab = start("", None, &["referral=ou=OSLO,o=Example"]);
    let Some(all) = search(&lab, &["-b", "o=Example", "(uid=*)", "1.1"]) else { return };
    assert!(all.has_line("# refldap://elsewhere.invalid/ou=OSLO,o=Example"), "{}", all.out);
    assert!(all.code == 0 && all.entries() > 0 && !all.out.contains(",ou=OSLO,"), "{}", all.out);
    let inside = search(&lab, &["-b", "cn=Recipients,ou=OSLO,o=Example", "(uid=*)"]).unwrap();
    assert_eq!((inside.code, inside.entries()), (10, 0), "{}", inside.err);
    let two = search(&lab, &["-P", "2", "-b", "o=Example", "(uid=*)", "1.1"]).unwrap();
    assert_eq!((two.entries(), two.out.contains("elsewhere")), (all.entries(), false), "version 2 is told nothing");
}

#[test]
fn a_bind_is_kept_to_its_views_and_to_what_it_may_see() {
    let lab = start("", None, &["allowed-base=cn=Recipients,ou=LYON,o=Example", "blind-admin", "withhold=uid"]);
    let Some(all) = search(&lab, &[&ADMIN[..], &["-b", "o=Example"]].concat()) else { return };
    assert_eq!((all.code, all.entries()), (50, 0));
    let root = search(&lab, &["-b", "", "-s", "base"]).unwrap();
    assert_eq!(root.entries(), 1, "the root entry is for everybody");
    let view = ["-b", "cn=Recipients,ou=LYON,o=Example", "(Hide-From-Address-Book=TRUE)"];
    assert_eq!(search(&lab, &[&ADMIN[..], &view].concat()).unwrap().entries(), 0);
    let view = ["-b", "cn=Recipients,ou=LYON,o=Example", "(objectClass=organizationalPerson)"];
    let seen = search(&lab, &[&["-D", ACCOUNT_DN, "-w", PASSWORD], &view[..]].concat()).unwrap();
    assert!(seen.entries() > 0 && seen.out.contains("mail:") && !seen.out.contains("uid:"), "{}", seen.out);
}

#[test]
fn values_and_names_come_in_the_form_told() {
    let lab = start("", None, &["hex-octets", "odd-case", "class=one"]);
    let ims = "cn=Internet Mail Connector (LYON1),cn=Connections,cn=Configuration,ou=LYON,o=Example";
    let read = ["-b", ims, "-s", "base", "(objectClass=Mail-Gateway)", "Extension-Data", "objectClass"];
    let Some(ran) = search(&lab, &[&ADMIN[..], &read].concat()) else { return };
    assert!(ran.has_line("OBJECTcLASS: Mail-Gateway") && ran.out.matches("OBJECTcLASS").count() == 1, "{}", ran.out);
    assert!(ran.out.contains("eXTENSION-dATA: 65007800610075006400"), "{}", ran.out);
}

#[test]
fn active_directory_names_its_domain() {
    let lab = start("", None, &["active-directory"]);
    let Some(root) = search(&lab, &["-b", "", "-s", "base"]) else { return };
    assert!(root.has_line("defaultNamingContext: DC=lab,DC=example,DC=com"), "{}", root.out);
    assert_eq!(search(&lab, &[&ADMIN[..], &["-b", "o=Example"]].concat()).unwrap().code, 32);
}

/// What the audit's own client gets for a filter that compares names, built by `requests` and built without care.
#[test]
fn the_client_loses_nothing_that_a_filter_of_names_finds() {
    let by_name = || Filter::equal("Home-MDB", "cn=MDB,o=Big");
    let base = Dn::of([("o", "Big")]);
    for service_pack in [ServicePack::Rtm, ServicePack::Sp3, ServicePack::Sp4] {
        // below the limit of the server, which is 100, and above it
        for (mailboxes, found) in [(98, 98), (100, 100), (150, 100)] {
            let lab = start(&on_one_store(mailboxes), Some(service_pack), &[]);
            let bind = Credentials { dn: ADMIN_DN.to_owned(), password: Secret::new(PASSWORD) };
            let mut client = LiveSource::connect(Settings { bind: Some(bind), ..Settings::new(lab.uri()) }).unwrap();
            let mut ask = |search: Search| {
                let mut count = 0;
                let ended = client.search(search, &mut |_| count += 1);
                (count, ended.is_complete(), ended.trouble().is_some())
            };
            let careful = ask(requests::declared(&base, vec![by_name()], &[]));
            assert_eq!(careful, (found, mailboxes == found, mailboxes != found), "{service_pack:?} {mailboxes}");
            // page by page it is either found whole, or said to be cut; never "nothing there"
            let (count, complete, trouble) = ask(Search::below(base.clone(), by_name(), &["cn"]));
            assert!(if complete { count == mailboxes } else { trouble }, "{service_pack:?} {mailboxes}: {count}");
            // a name that does not exist is an error before SP2, and not "nothing" then
            let gone = ask(requests::declared(&base, vec![Filter::equal("Home-MDB", "cn=Gone,o=Big")], &[]));
            let is_error = service_pack == ServicePack::Rtm;
            assert_eq!(gone, (0, !is_error, is_error), "{service_pack:?}");
        }
    }
}
