//! Servers that break, stall, flood or lie. None may bring the client down, hang it, or go unnoticed.

use crate::client::{assert_no_panics, connect, cut, read, run, settings, subtree, with_password};
use crate::server::{Conn, SEARCH, Server, UNBIND, done, entry, message, result, tlv};
use exaudit::directory::live::{Limits, LiveError, LiveSource, Lost, Settings, Violation};
use exaudit::directory::source::{Ended, Source};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// A name, what the server sends in answer to a request with this id, and what the end must say.
type Bad = (&'static str, fn(u8) -> Vec<u8>, &'static str);

fn garbage() -> Vec<Bad> {
    vec![
        ("http", |_| b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec(), "it begins with 48 54 54 50 (\"HTTP\")"),
        ("noise", |_| vec![0xff; 5000], "it begins with ff ff ff ff"),
        ("tls alert", |_| vec![0x15, 3, 1, 0, 2, 2, 40], "ldaps://"),
        ("empty sequence", |_| vec![0x30, 0], "it is empty"),
        ("huge length", |_| vec![0x30, 0x84, 0x80, 0, 0, 0, 2, 1, 1], "announced a message of 2147483648 bytes"),
        ("eight byte length", |_| vec![0x30, 0x88, 255, 255, 255, 255, 255, 255, 255, 255], "announced a message of"),
        ("indefinite length", |_| vec![0x30, 0x80, 2, 1, 1], "a length that LDAP does not allow"),
        ("deep nesting", |_| deep(200_000), "nested more than 32 levels"),
        ("inner length past outer", |id| vec![0x30, 7, 2, 1, id, 0x64, 0x70, 4, 0], "longer than the one around it"),
        ("inner element cut", |id| vec![0x30, 6, 2, 1, id, 0x64, 1, 4], "longer than the one around it"),
        ("long tag", |id| vec![0x30, 7, 2, 1, id, 0x7f, 0x81, 1, 0], "a tag that LDAP does not have"),
        ("wrong id", |id| done(id + 1, 0), "which was not asked"),
        ("negative id", |_| vec![0x30, 5, 2, 1, 0xff, 0x65, 0], "the message id is out of range"),
        ("no operation", |id| vec![0x30, 3, 2, 1, id], "the operation is missing"),
        ("unknown operation", |id| message(id, &tlv(0x7e, &[])), "not an LDAP response (tag 0x7e)"),
        ("a request", |id| message(id, &tlv(0x63, &[])), "not an LDAP response (tag 0x63)"),
        ("bind response", |id| result(id, 0x61, 0, b""), "of another kind (tag 0x61)"),
        ("add response", |id| result(id, 0x69, 0, b""), "not an LDAP response (tag 0x69)"),
        ("done without result", |id| message(id, &tlv(0x65, &[])), "the result code is missing"),
        ("empty result code", |id| message(id, &tlv(0x65, &[&[10, 0, 4, 0, 4, 0]])), "the result code is out of range"),
        ("entry without name", |id| message(id, &tlv(0x64, &[])), "an entry has no name"),
        ("entry without attributes", |id| message(id, &tlv(0x64, &[&[4, 0]])), "an entry has no attribute list"),
        (
            "constructed value",
            |id| message(id, &tlv(0x64, &[&[4, 0, 0x30, 8, 0x30, 6, 4, 0, 0x31, 2, 0x24, 0]])),
            "a value is not an octet string",
        ),
        ("primitive entry", |id| message(id, &[0x44, 0]), "not an LDAP response (tag 0x44)"),
        (
            "control without name",
            |id| tlv(0x30, &[&[2, 1, id], &tlv(0x65, &[&[10, 1, 0, 4, 0, 4, 0]]), &[0xa0, 2, 0x30, 0]]),
            "a control is malformed",
        ),
        (
            "empty Boolean",
            |id| tlv(0x30, &[&[2, 1, id], &tlv(0x65, &[&[10, 1, 0, 4, 0, 4, 0]]), &[0xa0, 6, 0x30, 4, 4, 0, 1, 0]]),
            "a control is malformed",
        ),
        (
            "trailing bytes",
            |id| tlv(0x30, &[&[2, 1, id], &tlv(0x65, &[&[10, 1, 0, 4, 0, 4, 0]]), &[5, 0]]),
            "something other than controls",
        ),
        ("notice", |_| notice(b"shutting d\xf8wn"), "the server disconnected: unavailable (52): shutting døwn"),
        ("close", |_| Vec::new(), "the server closed the connection"),
        ("close inside a message", |_| vec![0x30, 0x50, 2, 1], "in the middle of a message, after 4 bytes"),
    ]
}

/// `levels` sequences in each other; built from the inside, so that it stays linear.
fn deep(levels: usize) -> Vec<u8> {
    let mut reversed = Vec::new();
    for _ in 0..levels {
        let length = u32::try_from(reversed.len()).expect("short");
        reversed.extend(length.to_le_bytes());
        reversed.extend([0x84, 0x30]);
    }
    reversed.reverse();
    reversed
}

fn notice(text: &[u8]) -> Vec<u8> {
    let name = tlv(0x8a, &[b"1.3.6.1.4.1.1466.20036"]);
    message(0, &tlv(0x78, &[&[10, 1, 52, 4, 0], &tlv(4, &[text]), &name]))
}

#[test]
fn every_bad_answer_ends_the_search_with_its_reason() {
    for (name, bytes, expected) in garbage() {
        for entry_first in [false, true] {
            let server = Server::run(move |mut conn| {
                let id = conn.search();
                if entry_first {
                    conn.send(&entry(id, b"o=Org", &[]));
                }
                conn.send(&bytes(id));
            });
            let began = Instant::now();
            let mut source = connect(&server.uri());
            let (entries, ended) = run(&mut source, subtree());
            assert_eq!(entries.len(), usize::from(entry_first), "{name}");
            assert!(cut(&ended).contains(expected), "{name}: {ended:?}");
            assert_eq!(cut(&ended).contains("1 entry into the answer"), entry_first, "{name}: {ended:?}");
            // The connection is gone, and stays so.
            assert!(cut(&run(&mut source, read()).1).contains(expected), "{name}");
            drop(source);
            assert!(began.elapsed() < Duration::from_secs(3), "{name} took {:?}", began.elapsed());
            assert_no_panics();
        }
    }
}

#[test]
fn every_bad_answer_to_a_bind_is_an_error() {
    for (name, bytes, expected) in garbage() {
        if name == "bind response" {
            continue;
        }
        let server = Server::run(move |mut conn| {
            let bind = conn.request().expect("a bind");
            conn.send(&bytes(bind.id));
        });
        let error = LiveSource::connect(with_password(settings(&server.uri()))).expect_err(name);
        let LiveError::Lost { lost, .. } = &error else { panic!("{name}: {error}") };
        let known = lost.to_string();
        // What is fine for a search is of another kind here.
        assert!(known.contains(expected) || known.contains("of another kind"), "{name}: {known}");
        assert!(!error.to_string().contains("hunter2"));
        assert_no_panics();
    }
}

#[test]
fn takes_leave_even_of_a_server_that_lies() {
    let server = Server::run(|mut conn| {
        let id = conn.search();
        conn.send(&done(id + 1, 0));
        conn.drain();
    });
    let mut source = connect(&server.uri());
    assert!(matches!(run(&mut source, read()).1, Ended::Cut(_)));
    drop(source);
    assert_eq!(server.finish().iter().map(|request| request.op).collect::<Vec<_>>(), [SEARCH, UNBIND]);
}

#[test]
fn a_close_at_once_or_after_the_bind_is_noticed() {
    let server = Server::run(drop);
    let mut source = connect(&server.uri());
    let (_, ended) = run(&mut source, read());
    assert!(matches!(ended, Ended::Cut(_)), "{ended:?}");
    assert!(source.lost().is_some());
    let server = Server::run(|mut conn| {
        let bind = conn.request().expect("a bind");
        conn.send(&result(bind.id, 0x61, 0, b""));
    });
    let mut source = LiveSource::connect(with_password(settings(&server.uri()))).expect("bound");
    assert!(matches!(run(&mut source, read()).1, Ended::Cut(_)));
    assert_no_panics();
}

fn brief(uri: &str, milliseconds: u64) -> Settings {
    Settings { timeout: Duration::from_millis(milliseconds), ..settings(uri) }
}

#[test]
fn silence_is_bounded_and_a_dead_server_is_not_asked_for_ever() {
    let server = Server::run(Conn::<TcpStream>::drain);
    let mut source = LiveSource::connect(brief(&server.uri(), 300)).expect("connected");
    let began = Instant::now();
    let ended = source.search_all(&[read(), read(), read(), read()], &mut |_, _| {});
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    let texts: Vec<&str> = ended.iter().map(cut).collect();
    assert_eq!(
        texts,
        ["no answer within 0.3 s", "no answer within 0.3 s", "the server stopped answering", "the server stopped answering"]
    );
    let server = Server::run(Conn::<TcpStream>::drain);
    let error = LiveSource::connect(with_password(brief(&server.uri(), 300))).expect_err("silent");
    assert!(matches!(error, LiveError::Timeout { what: "the bind", .. }), "{error}");
}

#[test]
fn a_slow_drip_cannot_stretch_a_page() {
    let server = Server::run(|mut conn| {
        let id = conn.search();
        for _ in 0..30 {
            conn.send(&entry(id, b"o=Org", &[]));
            std::thread::sleep(Duration::from_millis(100));
        }
    });
    let mut source = LiveSource::connect(brief(&server.uri(), 500)).expect("connected");
    let began = Instant::now();
    let (entries, ended) = run(&mut source, subtree());
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    assert!(cut(&ended).starts_with("no complete answer within 0.5 s"), "{ended:?}");
    assert!(!entries.is_empty());
}

#[test]
fn the_deadline_ends_everything() {
    let server = Server::run(Conn::<TcpStream>::drain);
    let deadline = Instant::now() + Duration::from_millis(400);
    let mut source = LiveSource::connect(Settings { deadline, ..settings(&server.uri()) }).expect("connected");
    let ended = source.search_all(&[read(), read()], &mut |_, _| {});
    assert!(ended.iter().all(|ended| cut(ended).contains("--deadline")), "{ended:?}");
    assert!(deadline.elapsed() < Duration::from_secs(2));
}

#[test]
fn a_flood_is_stopped_and_entries_do_not_pile_up() {
    let server = Server::run(|mut conn| {
        let id = conn.search();
        let big = entry(id, b"o=Org", &[("cn", &[&[b'x'; 50_000]])]);
        (0..200).for_each(|_| conn.send(&big));
    });
    let limits = Limits { operation: 4 << 20, ahead: 100_000, ..Limits::default() };
    let mut source = LiveSource::connect_with(settings(&server.uri()), limits).expect("connected");
    let (entries, ended) = run(&mut source, subtree());
    assert!(cut(&ended).contains("more than 4194304 bytes in answer to one request"), "{ended:?}");
    assert_eq!(entries.len(), 83);
    assert_eq!(source.lost(), Some(Lost::Violation(Violation::Flood(4 << 20))));
}

#[test]
fn a_hundred_thousand_values_are_fine_and_a_million_are_not() {
    let server = Server::run(|mut conn| {
        for count in [100_000, 1_000_000] {
            let id = conn.search();
            let values: Vec<&[u8]> = vec![b"v"; count];
            conn.send(&entry(id, b"o=Org", &[("cn", &values)]));
            conn.send(&done(id, 0));
        }
    });
    let mut source = connect(&server.uri());
    let (entries, ended) = run(&mut source, read());
    assert_eq!((entries[0].values("cn").len(), ended), (100_000, Ended::Complete));
    let (_, ended) = run(&mut source, read());
    assert!(cut(&ended).contains("more than 262144 elements"), "{ended:?}");
    assert_no_panics();
}
