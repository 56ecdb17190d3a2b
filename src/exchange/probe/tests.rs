//! What is said of servers that answer well, refuse, or are something else.

use super::*;
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
use crate::directory::filter::Filter;
use crate::directory::source::{Ended, Search, SessionFacts, Source as _};
use crate::exchange::collect::{Collected, Depth};
use crate::exchange::declaration::Hints;
use crate::exchange::discover;
use crate::exchange::fake::{self, Fake, entry};
use crate::exchange::faults::Applies;

const SP4: &str = "Version 5.5 (Build 2653.23: Service Pack 4)";

/// A site with one server, one service and one mailbox.
fn site(name: &str, serial: &str) -> Vec<Entry> {
    let dn = |text: &str| format!("{text},ou={name},o=Org");
    let ims = format!("cn=Internet Mail Connector (SRV{name}),cn=Connections,cn=Configuration");
    vec![
        entry(&format!("ou={name},o=Org"), &[("objectClass", "organizationalUnit")]),
        entry(&dn("cn=Connections,cn=Configuration"), &[("objectClass", "Container")]),
        entry(&dn(&ims), &[("objectClass", "Mail-Gateway"), ("Extension-Data", "x"), ("Routing-List", "SMTP:*")]),
        entry(
            &dn(&format!("cn=SRV{name},cn=Servers,cn=Configuration")),
            &[("objectClass", "Computer"), ("serialNumber", serial)],
        ),
        entry(&dn("cn=user,cn=Recipients"), &[("objectClass", "organizationalPerson")]),
    ]
}

fn root() -> Entry {
    entry("", &[("objectClass", "top"), ("namingContexts", "o=Org"), ("supportedLDAPVersion", "3")])
}

fn hidden(site: &str, number: usize) -> Entry {
    let dn = format!("cn=hidden{number},cn=Recipients,ou={site},o=Org");
    entry(&dn, &[("objectClass", "organizationalPerson"), ("Hide-From-Address-Book", "TRUE")])
}

fn server(more: Vec<Entry>) -> Fake {
    let session = SessionFacts { address: "192.0.2.1:389".into(), tls: None, paging: Paging::Works(99), stopped_at: None };
    let entries = [vec![root()], site("A", SP4), site("B", SP4), more].concat();
    Fake { session: Some(session), bind_dn: Some("cn=a,cn=D,cn=admin".into()), ..Fake::of(entries) }
}

fn doctor(source: &mut Fake) -> Visibility {
    let found = discover::look(source, None);
    let collected = fake::collected_of(source, &found, Depth::Doctor);
    seen(source, &found, collected)
}

/// What is said of what was collected.
fn seen(source: &Fake, found: &Found, collected: Collected) -> Visibility {
    let base = found.base.clone().unwrap_or_default();
    let questions = Questions::of(collected.directory, base, Hints::default(), []);
    look(&questions, found, &source.origin(), source.session().as_ref(), collected.complete)
}

fn states(visibility: &Visibility) -> [State; 5] {
    let Sights { configuration, operational_attributes, extension_data, hidden_objects, tombstones } = &visibility.sees;
    [configuration, operational_attributes, extension_data, hidden_objects, tombstones].map(|sight| sight.state)
}

#[test]
fn a_server_that_shows_everything() {
    use State::{NotSeen, Seen};
    let visibility = doctor(&mut server(vec![hidden("A", 1), hidden("B", 1)]));
    assert_eq!(visibility.directory, Directory::Exchange);
    assert_eq!(states(&visibility), [Seen, Seen, Seen, Seen, NotSeen]);
    let servers: Vec<_> = visibility.servers.iter().map(|server| (server.name.as_str(), server.site.as_deref())).collect();
    assert_eq!(servers, [("SRVA", Some("A")), ("SRVB", Some("B"))]);
    assert_eq!(visibility.sites.iter().map(|site| site.servers).collect::<Vec<_>>(), [1, 1]);
    assert_eq!(visibility.paging, PagingFound { state: PagingState::Works, page_size: Some(99) });
    // two sites of five objects and a hidden one each; the rootDSE is no object below the base
    assert_eq!(visibility.size_limit, SizeLimit { state: LimitState::NoneUpTo, entries: Some(12) });
    assert_eq!(visibility.advice, Vec::<String>::new());
    let of = |article: &str| visibility.faults.iter().find(|fault| fault.article == article).expect(article).applies;
    assert_eq!(of("Q185475"), Applies::No, "hidden objects of each site came back");
    assert_eq!(of("Q246567"), Applies::No);
}

#[test]
fn hidden_objects_are_told_site_by_site() {
    let visibility = doctor(&mut server(vec![hidden("A", 1)]));
    assert_eq!(visibility.sites.iter().map(|site| site.hidden_objects).collect::<Vec<_>>(), [State::Seen, State::NotSeen]);
    assert!(visibility.sees.hidden_objects.means.contains("of A; not seen in B"), "{}", visibility.sees.hidden_objects.means);
    assert!(visibility.advice.iter().any(|step| step.contains("Q185475")), "{:?}", visibility.advice);
    // more than one look takes: the others are asked by themselves
    let mut crowded = server((0..150).map(|number| hidden("A", number)).collect());
    let visibility = doctor(&mut crowded);
    assert_eq!(visibility.sites.iter().map(|site| site.hidden_objects).collect::<Vec<_>>(), [State::Seen, State::NotSeen]);
    let bases: Vec<String> = crowded.asked.iter().filter(|s| s.size_limit == 1).map(|s| s.base.to_string()).collect();
    assert_eq!(bases, ["ou=B,o=Org", "o=Org"], "one for hidden objects of B, one for deleted ones anywhere");
    assert_eq!(visibility.sees.tombstones.state, State::NotSeen);
}

#[test]
fn a_tombstone_is_seen_and_witnesses_nothing_else() {
    let deleted = entry(
        "cn=gone,cn=Configuration,ou=C,o=Org",
        &[("objectClass", "Mail-Gateway"), ("Is-Deleted", "TRUE"), ("Extension-Data", "x")],
    );
    let mut source = Fake { entries: vec![root(), deleted], ..server(Vec::new()) };
    use State::{NotSeen, Seen};
    let visibility = doctor(&mut source);
    assert_eq!(states(&visibility), [NotSeen, NotSeen, NotSeen, Seen, Seen]);
}

#[test]
fn what_is_refused_is_told_from_what_is_cut() {
    let all = |search: &Search| !search.base.is_empty();
    let refusing = |refusal: Ended| Fake { refuses: all, refusal, ..server(Vec::new()) };
    let denied = doctor(&mut refusing(Ended::Denied));
    assert_eq!(states(&denied), [State::Refused; 5]);
    assert!(denied.advice.iter().any(|step| step.contains("Q192306")), "{:?}", denied.advice);
    assert_eq!(denied.size_limit.state, LimitState::Unknown);
    for ended in [Ended::Cut("time".into()), Ended::Refused("no".into()), Ended::Referral] {
        assert_eq!(states(&doctor(&mut refusing(ended.clone()))), [State::Unknown; 5], "{ended:?}");
    }
    assert_eq!(states(&doctor(&mut refusing(Ended::NoSuchObject))), [State::NotSeen; 5]);
}

#[test]
fn a_limit_of_the_server_is_told() {
    let mut source = server(Vec::new());
    source.session.as_mut().expect("session").stopped_at = Some(100);
    assert_eq!(doctor(&mut source).size_limit, SizeLimit { state: LimitState::Limit, entries: Some(100) });
    let mut large = server((0..200).map(|number| hidden("A", number)).collect());
    assert_eq!(doctor(&mut large).size_limit, SizeLimit { state: LimitState::NoneUpTo, entries: Some(101) });
}

#[test]
fn active_directory_is_a_finding() {
    let dc = entry(
        "",
        &[
            ("objectClass", "top"),
            ("defaultNamingContext", "DC=example,DC=com"),
            ("namingContexts", "DC=example,DC=com"),
            ("namingContexts", "CN=Configuration,DC=example,DC=com"),
        ],
    );
    let mut source = Fake { entries: vec![dc], ..server(Vec::new()) };
    let visibility = doctor(&mut source);
    assert_eq!(visibility.directory, Directory::ActiveDirectory);
    assert_eq!(visibility.naming_contexts, ["DC=example,DC=com", "CN=Configuration,DC=example,DC=com"]);
    assert_eq!((&visibility.base, states(&visibility)), (&None, [State::Unknown; 5]));
    assert!(visibility.advice[0].contains("ldap://fake:390") && visibility.advice[1].contains("379"), "{:?}", visibility.advice);
    assert_eq!(source.asked.len(), 1, "nothing but the root is asked of it");
}

#[test]
fn an_audit_asks_for_the_servers_only_and_takes_a_refusal() {
    let is_for_servers = |search: &Search| search.filter == Filter::equal("objectClass", "Computer");
    for refuses in [|_: &Search| false, is_for_servers] {
        let mut source = Fake { refuses, ..server(Vec::new()) };
        let found = discover::look(&mut source, None);
        let collected = fake::collected_of(&mut source, &found, Depth::Audit);
        assert!(collected.complete && collected.problems.is_empty(), "{:?}", collected.problems);
        assert_eq!(source.asked.iter().filter(|search| is_for_servers(search)).count(), 1);
        assert!(source.asked.last().is_some_and(is_for_servers), "after all that verdicts need");
        let visibility = seen(&source, &found, collected);
        assert_eq!(visibility.servers_complete, visibility.server_count == 2);
        assert_eq!(visibility.sees.configuration.state, State::Seen);
        assert_eq!(visibility.sees.hidden_objects.state, State::Unknown, "nothing led an audit to look");
        let of = |article: &str| visibility.faults.iter().find(|fault| fault.article == article).expect(article).applies;
        assert_eq!(of("Q246567"), if visibility.servers_complete { Applies::No } else { Applies::Possible });
    }
}

#[test]
fn an_audit_that_was_cut_asks_no_more() {
    let services = |search: &Search| search.filter == Filter::equal("objectClass", "Mail-Gateway");
    let mut source = Fake { refuses: services, refusal: Ended::Cut("time".into()), ..server(Vec::new()) };
    let found = discover::look(&mut source, None);
    let collected = fake::collected_of(&mut source, &found, Depth::Audit);
    let asked_last = source.asked.last().map(|search| search.filter.clone());
    assert_ne!(asked_last, Some(Filter::equal("objectClass", "Computer")), "a server that was slow is not asked for more");
    let visibility = seen(&source, &found, collected);
    assert!(!visibility.servers_complete);
    assert_eq!(visibility.sees.extension_data.state, State::Unknown);
}

#[test]
fn a_base_that_the_server_does_not_name_proves_no_exchange() {
    for (base, directory) in [("ou=A,o=org", Directory::Exchange), ("o=Other", Directory::Unknown)] {
        let mut source = Fake { entries: vec![root()], ..server(Vec::new()) };
        let given = Dn::parse(base.as_bytes()).ok();
        let found = discover::look(&mut source, given);
        let collected = fake::collected_of(&mut source, &found, Depth::Audit);
        assert_eq!(seen(&source, &found, collected).directory, directory, "{base}");
    }
}

#[test]
fn an_old_server_that_takes_no_star_shows_its_root_all_the_same() {
    let takes_no_star = |search: &Search| search.attributes.iter().any(|name| name == "*");
    let mut source = Fake { refuses: takes_no_star, ..server(Vec::new()) };
    let visibility = doctor(&mut source);
    assert_eq!(visibility.naming_contexts, ["o=Org"]);
    assert_eq!(visibility.directory, Directory::Exchange);
}
