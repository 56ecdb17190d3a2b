use super::*;
use ldap3_proto::parse_ldap_filter_str;
use ldap3_proto::proto::LdapDerefAliases;

fn request(base: &str, scope: LdapSearchScope, filter: &str, attributes: &[&str]) -> LdapSearchRequest {
    LdapSearchRequest {
        base: base.to_owned(),
        scope,
        aliases: LdapDerefAliases::Never,
        sizelimit: 0,
        timelimit: 0,
        typesonly: false,
        filter: parse_ldap_filter_str(filter).expect(filter),
        attrs: attributes.iter().map(|&a| a.to_owned()).collect(),
    }
}

fn run(view: View, base: &str, scope: LdapSearchScope, filter: &str) -> (usize, LdapResult) {
    let data = crate::lab::demo().expect("demo");
    let query = Query::new(request(base, scope, filter, &["1.1"])).expect("query");
    let answer = query.answer(&data, view, None, &mut Pages::new(1), true);
    (answer.entries.len(), answer.result)
}

fn many(count: usize) -> Data {
    let mut text = "dn: o=O\nobjectClass: organization\n\n".to_owned();
    for number in 0..count {
        text.push_str(&format!("dn: cn=r{number},o=O\nobjectClass: organizationalPerson\n\n"));
    }
    Data::load(text.as_bytes()).expect("loads")
}

fn page(data: &Data, pages: &mut Pages, limit: i32, size: i64, cookie: &[u8]) -> (usize, LdapResultCode, Vec<u8>) {
    let mut request = request("o=O", LdapSearchScope::OneLevel, "(objectClass=*)", &["1.1"]);
    request.sizelimit = limit;
    let page = Page { size, cookie: cookie.to_vec() };
    let answer = Query::new(request).expect("query").answer(data, View::Anonymous, Some(page), pages, true);
    let cookie = match answer.page {
        Some(LdapControl::SimplePagedResults { cookie, .. }) => cookie,
        None if matches!(answer.result.code, LdapResultCode::UnwillingToPerform | LdapResultCode::ProtocolError) => Vec::new(),
        other => panic!("no paging control: {other:?}"),
    };
    (answer.entries.len(), answer.result.code, cookie)
}

#[test]
fn each_view_sees_its_own() {
    let count = |view| run(view, "", LdapSearchScope::Subtree, "(objectClass=*)").0;
    let counts = [View::Anonymous, View::Authenticated, View::Admin].map(count);
    assert_eq!(counts[2], 99);
    assert_eq!(counts[1], 99 - 4, "three hidden mailboxes and a tombstone");
    assert_eq!(counts[0], 28, "living recipients that are not hidden");
    let gateways = |view| run(view, "o=Example", LdapSearchScope::Subtree, "(objectClass=Mail-Gateway)").0;
    assert_eq!([View::Anonymous, View::Authenticated].map(gateways), [0, 7]);
    // A filter sees what the bind may see, named or not.
    assert_eq!(run(View::Authenticated, "", LdapSearchScope::Subtree, "(Extension-Data=*)").0, 4);
    assert_eq!(run(View::Anonymous, "", LdapSearchScope::Subtree, "(Home-MTA=*)").0, 0);
}

#[test]
fn anonymous_searches_below_containers_it_cannot_read() {
    let recipients = "cn=Recipients,ou=KYOTO,o=Example";
    assert_eq!(run(View::Anonymous, recipients, LdapSearchScope::OneLevel, "(cn=*)").0, 7);
    assert_eq!(run(View::Anonymous, "ou=KYOTO,o=Example", LdapSearchScope::Subtree, "(cn=*)").0, 7);
    let (found, result) = run(View::Anonymous, recipients, LdapSearchScope::Base, "(cn=*)");
    assert_eq!((found, result.code), (0, LdapResultCode::NoSuchObject));
    let server = "cn=KYOTO1,cn=Servers,cn=Configuration,ou=KYOTO,o=Example";
    assert_eq!(run(View::Anonymous, server, LdapSearchScope::Subtree, "(cn=*)").1.code, LdapResultCode::NoSuchObject);
    assert_eq!(run(View::Authenticated, server, LdapSearchScope::Base, "(objectClass=computer)").0, 1);
}

#[test]
fn what_is_not_there_names_what_is() {
    let gone = "cn=x,cn=OldPostmaster,cn=Recipients,ou=OSLO,o=Example";
    let (_, result) = run(View::Admin, gone, LdapSearchScope::Base, "(cn=*)");
    assert_eq!((result.code, result.matcheddn.as_str()), (LdapResultCode::NoSuchObject, "cn=Recipients,ou=OSLO,o=Example"));
    assert_eq!(run(View::Anonymous, gone, LdapSearchScope::Base, "(cn=*)").1.matcheddn, "");
    let hidden = "cn=svc-fax,cn=Recipients,ou=LYON,o=Example";
    assert_eq!(run(View::Authenticated, hidden, LdapSearchScope::Base, "(cn=*)").1.code, LdapResultCode::NoSuchObject);
    assert_eq!(run(View::Admin, hidden, LdapSearchScope::Base, "(cn=*)").0, 1);
}

#[test]
fn scopes_are_as_defined() {
    let count = |scope| run(View::Admin, "ou=LYON,o=Example", scope, "(objectClass=*)").0;
    assert_eq!(count(LdapSearchScope::Base), 1);
    assert_eq!(count(LdapSearchScope::OneLevel), 2);
    assert_eq!(count(LdapSearchScope::Children) + 1, count(LdapSearchScope::Subtree));
    assert_eq!(run(View::Admin, "", LdapSearchScope::OneLevel, "(objectClass=*)").0, 1);
    assert_eq!(
        Query::new(request("nonsense", LdapSearchScope::Base, "(cn=*)", &[])).expect_err("no name").code,
        LdapResultCode::InvalidDNSyntax
    );
}

#[test]
fn an_answer_in_one_piece_ends_at_100() {
    let data = many(150);
    let run = |limit| {
        let mut request = request("o=O", LdapSearchScope::Subtree, "(objectClass=*)", &[]);
        request.sizelimit = limit;
        let answer = Query::new(request).expect("query").answer(&data, View::Anonymous, None, &mut Pages::new(1), true);
        (answer.entries.len(), answer.result.code)
    };
    assert_eq!(run(0), (100, LdapResultCode::SizeLimitExceeded));
    assert_eq!(run(7), (7, LdapResultCode::SizeLimitExceeded));
    assert_eq!(run(500), (100, LdapResultCode::SizeLimitExceeded));
    assert_eq!(run(-1), (100, LdapResultCode::SizeLimitExceeded));
}

#[test]
fn pages_add_up() {
    let data = many(250);
    let mut pages = Pages::new(1);
    let (mut total, mut cookie) = (0, Vec::new());
    for expected in [99, 99, 52] {
        let (count, code, next) = page(&data, &mut pages, 0, 99, &cookie);
        assert_eq!((count, code), (expected, LdapResultCode::Success));
        total += count;
        cookie = next;
    }
    assert_eq!((total, cookie.len()), (250, 0));
    assert_eq!(page(&data, &mut pages, 0, 1000, b""), (100, LdapResultCode::SizeLimitExceeded, Vec::new()));
    assert_eq!(page(&many(100), &mut pages, 0, 1000, b""), (100, LdapResultCode::Success, Vec::new()));
    assert_eq!(page(&data, &mut pages, 0, 99, b"forged").1, LdapResultCode::UnwillingToPerform);
    assert_eq!(page(&data, &mut pages, 0, -1, b"").1, LdapResultCode::ProtocolError);
}

#[test]
fn a_size_limit_counts_over_all_pages() {
    let data = many(50);
    let mut pages = Pages::new(1);
    let (count, code, cookie) = page(&data, &mut pages, 25, 20, b"");
    assert_eq!((count, code), (20, LdapResultCode::Success));
    assert_eq!(page(&data, &mut pages, 25, 20, &cookie), (5, LdapResultCode::SizeLimitExceeded, Vec::new()));
    let (_, _, cookie) = page(&data, &mut pages, 0, 20, b"");
    assert_eq!(page(&data, &mut pages, 0, 0, &cookie), (0, LdapResultCode::Success, Vec::new()));
    assert_eq!(page(&data, &mut pages, 0, 20, &cookie).1, LdapResultCode::UnwillingToPerform, "the search was given up");
}
