//! Answers of servers that mean well: results, encodings, notes, taking leave.

use crate::client::{assert_no_panics, connect, cut, read, refused, run, settings, subtree, with_password};
use crate::refusing::Refusing;
use crate::server::{ABANDON, BIND, EXTENDED, SEARCH, Server, UNBIND, done, entry, message, page_done, result, tlv};
use exaudit::directory::live::{LiveError, LiveSource, Settings, StartTls};
use exaudit::directory::source::{Ended, Kind, Source};
use std::time::{Duration, Instant};

#[test]
fn keeps_bytes_order_and_repeated_blocks() {
    let server = Server::run(|mut conn| {
        let id = conn.search();
        let attributes: &[(&str, &[&[u8]])] =
            &[("otherMailbox", &[b"SMTP$\xe9", b"b"]), ("cn;lang-de", &[b"M\xfcller"]), ("OtherMailbox", &[b"a", b""])];
        conn.send(&entry(id, b"cn=M\xfcller,o=Org", attributes));
        conn.send(&entry(id, b"no name at all", &[]));
        conn.send(&page_done(id, 0, b""));
        conn.drain();
    });
    let mut source = connect(&server.uri());
    let (entries, ended) = run(&mut source, subtree());
    // an object of another place is not taken for one of the organization's
    assert!(cut(&ended).contains("an object outside of what was asked for"), "{ended:?}");
    assert_eq!(entries[0].dn.to_string(), "cn=M\\FCller,o=Org");
    assert_eq!(entries[0].values("othermailbox"), [b"SMTP$\xe9".to_vec(), b"b".to_vec(), b"a".to_vec()]);
    assert_eq!(entries[0].text("cn").as_deref(), Some("Müller"));
    assert_eq!(entries.len(), 1);
    drop(source);
    assert_eq!(server.finish().iter().map(|request| request.op).collect::<Vec<_>>(), [SEARCH, UNBIND]);
    assert_no_panics();
}

#[test]
fn says_how_a_search_ended() {
    let server = Server::run(|mut conn| {
        for code in [0, 32, 50, 10, 80, 4, 4, 4] {
            let id = conn.search();
            if code == 4 {
                conn.send(&entry(id, b"o=Org", &[]));
            }
            conn.send(&result(id, 0x65, code, b"d\xe9sol\xe9"));
        }
        conn.drain();
    });
    let mut source = connect(&server.uri());
    let searches = [read(), read(), read(), read(), read(), read().at_most(1), read().at_most(2), read()];
    let mut count = 0;
    let ended = source.search_all(&searches, &mut |_, _| count += 1);
    let [zero, none, denied, referral, other, own, fewer, limit] = &ended[..] else { panic!("eight") };
    assert_eq!([zero, none, denied, referral], [&Ended::Complete, &Ended::NoSuchObject, &Ended::Denied, &Ended::Referral]);
    assert_eq!(refused(other), "the server answered other error (80): d?sol?");
    assert_eq!((own, count), (&Ended::OwnLimit, 3));
    assert_eq!(cut(fewer), "the server stopped at 1 entry: size limit exceeded (4): d?sol?");
    assert_eq!(cut(limit), cut(fewer));
    source.close();
    assert_eq!(server.finish().last().map(|request| request.op), Some(UNBIND));
    assert!(matches!(run(&mut source, read()).1, Ended::Cut(_)));
    assert_no_panics();
}

#[test]
fn a_server_that_ignores_the_size_limit_is_not_believed_further() {
    let server = Server::run(|mut conn| {
        let id = conn.search();
        (0..3).for_each(|_| conn.send(&entry(id, b"o=Org", &[])));
        conn.send(&done(id, 0));
        conn.drain();
    });
    let (entries, ended) = run(&mut connect(&server.uri()), subtree().at_most(2));
    assert_eq!((entries.len(), ended), (2, Ended::OwnLimit));
}

#[test]
fn notes_references_and_follows_none() {
    let server = Server::run(|mut conn| {
        let id = conn.search();
        conn.send(&message(id, &tlv(0x73, &[&tlv(4, &[b"ldap://else\xffwhere/o=X"])])));
        conn.send(&message(id, &tlv(0x79, &[])));
        conn.send(&entry(id, b"o=Org", &[]));
        conn.send(&done(id, 0));
        conn.drain();
    });
    let mut source = connect(&server.uri());
    let (entries, ended) = run(&mut source, subtree());
    assert_eq!((entries.len(), ended), (1, Ended::Complete));
    let [note] = &source.notes()[..] else { panic!("one note") };
    assert!(note.contains("o=Org") && note.contains("ldap://else"), "{note}");
}

#[test]
fn a_part_that_another_server_holds_is_missing() {
    let server = Server::run(|mut conn| {
        let id = conn.search();
        conn.send(&entry(id, b"o=Org", &[]));
        conn.send(&message(id, &tlv(0x73, &[&tlv(4, &[b"ldap://127.0.0.1:9/ou=Other%20Site,o=Org"])])));
        conn.send(&page_done(id, 0, b""));
        conn.drain();
    });
    let (entries, ended) = run(&mut connect(&server.uri()), subtree());
    assert_eq!(entries.len(), 1);
    assert!(cut(&ended).contains("another server holds a part"), "{ended:?}");
}

/// Beside any result, a referral says that this is not all (RFC 4511 section 4.1.10).
#[test]
fn a_result_that_names_another_server_is_not_the_whole_answer() {
    let referring = |id: u8, code: u8, control: &[u8]| {
        let uri = tlv(0xa3, &[&tlv(4, &[b"ldap://elsewhere.example.com/o=Org"])]);
        tlv(0x30, &[&[2, 1, id], &tlv(0x65, &[&[10, 1, code, 4, 0, 4, 0], &uri]), control])
    };
    for code in [0, 32, 50] {
        for entries in [0, 2] {
            let server = Server::run(move |mut conn| {
                let id = conn.search();
                (0..entries).for_each(|_| conn.send(&entry(id, b"o=Org", &[])));
                conn.send(&referring(id, code, &[]));
                conn.drain();
            });
            let mut source = connect(&server.uri());
            let (found, ended) = run(&mut source, read());
            assert_eq!(found.len(), entries);
            assert!(cut(&ended).contains("another server holds a part"), "{code} {entries}: {ended:?}");
            assert!(source.notes()[0].contains("ldap://elsewhere.example.com"), "{:?}", source.notes());
        }
    }
    // on a page that goes on, and on one that seems to end at once
    let server = Server::run(move |mut conn| {
        let oid = tlv(4, &[b"1.2.840.113556.1.4.319"]);
        let control = |cookie: &[u8]| {
            let value = tlv(0x30, &[&[2, 1, 0], &tlv(4, &[cookie])]);
            tlv(0xa0, &[&tlv(0x30, &[&oid, &tlv(4, &[&value])])])
        };
        let id = conn.search();
        conn.send(&entry(id, b"o=Org", &[]));
        conn.send(&referring(id, 0, &control(b"more")));
        let id = conn.search();
        conn.send(&page_done(id, 0, b""));
        let id = conn.search();
        conn.send(&referring(id, 0, &control(b"")));
        conn.drain();
    });
    let mut source = connect(&server.uri());
    for _ in 0..2 {
        let (_, ended) = run(&mut source, subtree());
        assert!(cut(&ended).contains("another server holds a part"), "{ended:?}");
    }
    assert_no_panics();
}

#[test]
fn values_that_came_in_part_are_told() {
    let server = Server::run(|mut conn| {
        let id = conn.search();
        let attributes: &[(&str, &[&[u8]])] = &[
            ("member", &[]),
            ("Member;Range=0-0", &[b"cn=a"]),
            ("otherMailbox;range=0-*", &[b"a"]),
            ("cn;lang-de", &[b"b"]),
            ("nothing;range=0-499", &[]),
        ];
        conn.send(&entry(id, b"o=Org", attributes));
        conn.send(&done(id, 0));
        conn.drain();
    });
    let (entries, ended) = run(&mut connect(&server.uri()), read());
    assert_eq!(cut(&ended), "only part of the values of Member of o=Org came");
    assert_eq!(entries[0].partial(), ["Member", "nothing"]);
    assert_eq!((entries[0].has("member"), entries[0].has("otherMailbox"), entries[0].has("cn")), (true, true, true));
}

#[test]
fn refused_binds_say_what_to_do() {
    for (code, part) in
        [(49, "Q182507"), (2, "LDAPv2"), (7, "Q239065"), (8, "ldaps://"), (13, "-ZZ"), (48, "-D"), (53, "event log")]
    {
        let server = Server::run(move |mut conn| {
            let bind = conn.request().expect("a bind");
            conn.send(&result(bind.id, 0x61, code, b"text\x1b[2J"));
            conn.drain();
        });
        let error = LiveSource::connect(with_password(settings(&server.uri()))).expect_err("refused");
        let message = error.to_string();
        assert!(message.contains(part) && message.contains("cn=audit"), "{message}");
        assert!(!message.contains("hunter2") && !message.contains('\x1b') && message.lines().count() == 1, "{message}");
        assert_eq!(matches!(error, LiveError::InvalidCredentials { .. }), code == 49);
        assert_eq!(server.finish().iter().map(|request| request.op).collect::<Vec<_>>(), [BIND, UNBIND]);
    }
    assert_no_panics();
}

/// What a server says in a bind's answer, a search's, a reference, a notice, and in clear where LDAP should be.
#[test]
fn a_server_that_repeats_the_password_is_not_repeated() {
    use base64::Engine as _;
    let spelled: [Vec<u8>; 8] = [
        b"hunter2".to_vec(),
        base64::engine::general_purpose::STANDARD.encode("hunter2").into_bytes(),
        b"68756e74657232".to_vec(),
        b"68 75 6e 74 65 72 32".to_vec(),
        b"%68unter2".to_vec(),
        b"h\0u\0n\0t\0e\0r\x002\0".to_vec(),
        b"104, 117, 110, 116, 101, 114, 50".to_vec(),
        b"HUNTER2".to_vec(),
    ];
    for spelled in spelled {
        let silent = |text: &str| {
            let visible = String::from_utf8_lossy(&spelled).escape_default().to_string();
            let plain = text.contains(&*String::from_utf8_lossy(&spelled)) || text.contains(&visible);
            assert!(!plain && !text.to_lowercase().contains("hunter2"), "{text}");
            assert!(text.contains("***"), "{text}");
        };
        let text = [b"you said [", &spelled[..], b"]"].concat();
        let refusal = text.clone();
        let server = Server::run(move |mut conn| {
            let bind = conn.request().expect("a bind");
            conn.send(&result(bind.id, 0x61, 53, &refusal));
            conn.drain();
        });
        silent(&LiveSource::connect(with_password(settings(&server.uri()))).expect_err("refused").to_string());

        let uri = [b"ldap://", &spelled[..], b"@elsewhere.example.com/o=Org"].concat();
        let server = Server::run(move |mut conn| {
            let id = conn.search();
            conn.send(&message(id, &tlv(0x73, &[&tlv(4, &[&uri])])));
            conn.send(&result(id, 0x65, 80, &text));
            let id = conn.search();
            conn.send(&message(id, &tlv(0x65, &[&[10, 1, 10, 4, 0, 4, 0], &tlv(0xa3, &[&tlv(4, &[&uri])])])));
            conn.send(&message(0, &tlv(0x78, &[&[10, 1, 52, 4, 0], &tlv(4, &[&text])])));
        });
        let mut source = LiveSource::connect(with_password(settings(&server.uri()))).expect("bound");
        silent(refused(&run(&mut source, read()).1));
        assert_eq!(run(&mut source, read()).1, Ended::Referral);
        silent(cut(&run(&mut source, subtree()).1));
        source.notes().iter().for_each(|note| silent(note));
        assert!(!source.notes().is_empty());
    }
    let server = Server::run(|mut conn| {
        let _ = conn.request();
        conn.send(b"hunter2");
    });
    let error = LiveSource::connect(with_password(settings(&server.uri()))).expect_err("no LDAP").to_string();
    assert!(error.contains("not LDAP") && !error.contains("68 75 6e 74") && !error.contains("hunt"), "{error}");
    assert_no_panics();
}

#[test]
fn knows_its_origin_and_peer() {
    let server = Server::run(|mut conn| {
        let bind = conn.request().expect("a bind");
        conn.send(&result(bind.id, 0x61, 0, b""));
        conn.drain();
    });
    let uri = format!("{}/o=Org?x", server.uri());
    let source = LiveSource::connect(with_password(settings(&uri))).expect("bound").with_kind(Kind::Demo);
    let origin = source.origin();
    assert_eq!((origin.kind, origin.location), (Kind::Demo, server.uri()));
    assert_eq!(origin.bind_dn.as_deref(), Some("cn=audit,cn=DOMAIN"));
    assert_eq!((source.peer().address.port(), source.peer().tls.as_deref()), (server.port, None));
    assert!(source.password_in_clear(), "a plain connection");
    assert!(!format!("{source:?}").contains("hunter2"));
}

#[test]
fn a_refused_start_tls_never_lets_a_password_out() {
    let refusing = || {
        Server::run(|mut conn| {
            let request = conn.request().expect("StartTLS");
            assert_eq!(request.op, EXTENDED);
            conn.send(&result(request.id, 0x78, 53, b"no"));
            conn.drain();
        })
    };
    let ca = crate::tls::Authority::new("ca");
    let wanting = |server: &Server, start_tls| Settings { start_tls, ca_file: Some(ca.file()), ..settings(&server.uri()) };
    let server = refusing();
    let source = LiveSource::connect(wanting(&server, StartTls::Try)).expect("goes on in plain");
    assert_eq!(source.peer().tls, None);
    assert!(source.notes()[0].contains("unwilling to perform (53): no"), "{:?}", source.notes());
    drop(source);
    for (start_tls, password) in [(StartTls::Require, false), (StartTls::Try, true), (StartTls::Require, true)] {
        let server = refusing();
        let settings = wanting(&server, start_tls);
        let settings = if password { with_password(settings) } else { settings };
        assert!(matches!(LiveSource::connect(settings), Err(LiveError::StartTls { .. })), "{start_tls:?} {password}");
        assert_eq!(server.finish().iter().map(|request| request.op).collect::<Vec<_>>(), [EXTENDED, UNBIND]);
    }
}

#[test]
fn refused_ports_and_unknown_names() {
    let closed = Refusing::new();
    let error = LiveSource::connect(settings(&closed.uri())).expect_err("nobody listens");
    assert!(matches!(&error, LiveError::Connect { .. }) && error.to_string().contains("refused"), "{error}");
    let error = LiveSource::connect(settings("ldap://no-such-host.invalid")).expect_err("no such name");
    assert!(matches!(error, LiveError::Resolve { .. }), "{error}");
}

#[test]
fn gives_up_a_slow_search_and_goes_on() {
    let server = Server::run(|mut conn| {
        let slow = conn.search();
        let abandon = conn.request().expect("an abandon");
        assert_eq!(abandon.op, ABANDON);
        // Too late, and for nobody.
        conn.send(&entry(slow, b"o=Late", &[]));
        conn.send(&done(slow, 0));
        let id = conn.search();
        conn.send(&entry(id, b"o=Org", &[]));
        conn.send(&done(id, 0));
        conn.drain();
    });
    let brief = Settings { timeout: Duration::from_millis(300), ..settings(&server.uri()) };
    let mut source = LiveSource::connect(brief).expect("connected");
    let began = Instant::now();
    assert_eq!(cut(&run(&mut source, read()).1), "no answer within 0.3 s");
    assert!(began.elapsed() < Duration::from_secs(2));
    let (entries, ended) = run(&mut source, read());
    assert_eq!((entries.len(), ended), (1, Ended::Complete));
    assert_eq!(entries[0].dn.to_string(), "o=Org");
    drop(source);
    assert_eq!(server.finish().last().map(|request| request.op), Some(UNBIND));
    assert_no_panics();
}
