use super::*;
use crate::lab::{ACCOUNT_DN, ADMIN_DN};
use ldap3_proto::control::ServerSortRequet;
use ldap3_proto::proto::{LdapExtendedRequest, SaslCredentials};

fn session() -> Session {
    Session::new(Arc::new(crate::lab::demo().expect("demo")), 1)
}

fn message(op: LdapOp) -> LdapMsg {
    LdapMsg { msgid: 7, op, ctrl: Vec::new() }
}

fn bind(session: &mut Session, version: i64, dn: &str, cred: LdapBindCred) -> LdapResultCode {
    let request = LdapBindRequest { version, dn: dn.to_owned(), cred };
    match session.reply(message(LdapOp::BindRequest(request))).expect("goes on").pop().expect("a reply").op {
        LdapOp::BindResponse(response) => response.res.code,
        other => panic!("{other:?}"),
    }
}

fn simple(password: &str) -> LdapBindCred {
    LdapBindCred::Simple(password.to_owned())
}

#[test]
fn binds_as_documented() {
    let mut session = session();
    for (version, dn, password, code, view) in [
        (3, "", "", LdapResultCode::Success, View::Anonymous),
        (2, ACCOUNT_DN, PASSWORD, LdapResultCode::Success, View::Authenticated),
        (3, ADMIN_DN, PASSWORD, LdapResultCode::Success, View::Admin),
        (3, ADMIN_DN, "", LdapResultCode::Success, View::Anonymous),
        (3, "", PASSWORD, LdapResultCode::Success, View::Anonymous),
        (3, ADMIN_DN, PASSWORD, LdapResultCode::Success, View::Admin),
        (3, ADMIN_DN, "lab-Password", LdapResultCode::InvalidCredentials, View::Anonymous),
        (3, "cn=other,cn=LAB", PASSWORD, LdapResultCode::InvalidCredentials, View::Anonymous),
        (1, ADMIN_DN, PASSWORD, LdapResultCode::ProtocolError, View::Anonymous),
    ] {
        assert_eq!(bind(&mut session, version, dn, simple(password)), code, "{dn} {password}");
        assert_eq!(session.view, view, "{dn} {password}");
    }
    let sasl = LdapBindCred::SASL(SaslCredentials { mechanism: "NTLM".to_owned(), credentials: Vec::new() });
    assert_eq!(bind(&mut session, 3, "", sasl), LdapResultCode::AuthMethodNotSupported);
    assert_eq!(bind(&mut session, 3, "", LdapBindCred::Unsupported), LdapResultCode::AuthMethodNotSupported);
    assert!(!session.log().requests().join("\n").to_lowercase().contains(PASSWORD));
}

#[test]
fn a_server_of_5_0_takes_version_2_and_wants_a_bind() {
    let ways = crate::lab::Ways::of(Some(crate::lab::ServicePack::V50), []);
    let mut session = Session::new(Arc::new(crate::lab::demo().expect("demo").under(ways)), 1);
    let search = |session: &mut Session| {
        let request = LdapSearchRequest {
            base: "o=Example".to_owned(),
            scope: ldap3_proto::proto::LdapSearchScope::Subtree,
            aliases: ldap3_proto::proto::LdapDerefAliases::Never,
            sizelimit: 0,
            timelimit: 0,
            typesonly: false,
            filter: ldap3_proto::parse_ldap_filter_str("(objectClass=*)").expect("filter"),
            attrs: vec!["1.1".to_owned()],
        };
        let mut replies = session.reply(message(LdapOp::SearchRequest(request))).expect("goes on");
        match replies.pop().expect("a reply").op {
            LdapOp::SearchResultDone(result) => (replies.len(), result.code),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(search(&mut session), (0, LdapResultCode::OperationsError), "before any bind");
    assert_eq!(bind(&mut session, 3, ADMIN_DN, simple(PASSWORD)), LdapResultCode::ProtocolError);
    assert_eq!(search(&mut session), (0, LdapResultCode::OperationsError));
    assert_eq!(bind(&mut session, 2, ADMIN_DN, simple("wrong")), LdapResultCode::InvalidCredentials);
    assert_eq!(bind(&mut session, 2, ADMIN_DN, simple(PASSWORD)), LdapResultCode::Success);
    assert_eq!(search(&mut session), (28, LdapResultCode::Success), "living recipients that are not hidden");
}

#[test]
fn refuses_what_it_must_not_do() {
    let mut session = session();
    let mut reply = |op| session.reply(message(op)).expect("goes on").pop().expect("a reply").op;
    match reply(LdapOp::DelRequest("o=Example".to_owned())) {
        LdapOp::DelResponse(result) => assert_eq!(result.code, LdapResultCode::UnwillingToPerform),
        other => panic!("{other:?}"),
    }
    let start_tls = LdapExtendedRequest { name: "1.3.6.1.4.1.1466.20037".to_owned(), value: None };
    match reply(LdapOp::ExtendedRequest(start_tls)) {
        LdapOp::ExtendedResponse(response) => assert_eq!(response.res.code, LdapResultCode::ProtocolError),
        other => panic!("{other:?}"),
    }
}

#[test]
fn abandon_is_not_answered_and_unbind_ends() {
    let mut session = session();
    assert!(session.reply(message(LdapOp::AbandonRequest(3))).expect("goes on").is_empty());
    assert!(session.reply(message(LdapOp::UnbindRequest)).is_none());
    let response = LdapOp::SearchResultDone(result(LdapResultCode::Success, ""));
    assert!(session.reply(message(response)).is_none(), "a client sends no responses");
    assert_eq!(session.log().requests(), ["abandon 3", "unbind"]);
}

#[test]
fn critical_controls_are_refused_and_others_ignored() {
    let unknown = |criticality| LdapControl::Unknown { oid: "1.2.3".to_owned(), criticality, value: None };
    let sort = ServerSortRequet { attribute_name: "cn".to_owned(), ordering_rule: None, reverse_order: false };
    for (control, refused) in [
        (unknown(false), false),
        (unknown(true), true),
        (LdapControl::ShowDeleted { criticality: false }, false),
        (LdapControl::ShowDeleted { criticality: true }, true),
        (LdapControl::ServerSort { sort_requests: vec![sort] }, true),
        (LdapControl::SimplePagedResults { size: 5, cookie: Vec::new() }, false),
    ] {
        let code = refused_control(std::slice::from_ref(&control)).map(|result| result.code);
        assert_eq!(code, refused.then_some(LdapResultCode::UnavailableCriticalExtension), "{control:?}");
    }
}
