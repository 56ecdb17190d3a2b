//! Paging against servers that do it, ignore it, refuse it, or never end it.

use crate::client::{assert_no_panics, connect, cut, read, refused, run, settings, subtree};
use crate::server::{Request, Server, done, entry, page_done};
use exaudit::directory::live::{LiveSource, Settings};
use exaudit::directory::source::{Ended, Paging, Source};

/// The page size in a request; none if it asks for no paging.
fn size(request: &Request) -> Option<u32> {
    let oid = b"1.2.840.113556.1.4.319";
    let at = request.bytes.windows(oid.len()).position(|window| window == oid)?;
    // OID, then OCTET STRING, SEQUENCE, INTEGER with four bytes.
    let size = &request.bytes[at + oid.len() + 6..];
    Some(u32::from_be_bytes([size[0], size[1], size[2], size[3]]))
}

fn has(request: &Request, cookie: &[u8]) -> bool {
    request.bytes.windows(cookie.len()).any(|window| window == cookie)
}

fn paging(source: &LiveSource) -> Paging {
    source.session().expect("a session").paging
}

/// The server's own limit shows only where it lies below the client's.
#[test]
fn notes_where_the_server_stops() {
    let server = Server::run(|mut conn| {
        for entries in [2, 3, 1] {
            let id = conn.search();
            (0..entries).for_each(|_| conn.send(&entry(id, b"o=Org", &[])));
            conn.send(&done(id, 4));
        }
        conn.drain();
    });
    let mut source = connect(&server.uri());
    let stopped = |source: &LiveSource| source.session().expect("a session").stopped_at;
    assert_eq!(run(&mut source, subtree().at_most(2)).1, Ended::OwnLimit);
    assert_eq!(stopped(&source), None);
    cut(&run(&mut source, subtree().at_most(9)).1);
    assert_eq!(stopped(&source), Some(3));
    cut(&run(&mut source, subtree().at_most(9)).1);
    assert_eq!(stopped(&source), Some(3), "the most that came");
}

#[test]
fn asks_page_after_page() {
    let server = Server::run(|mut conn| {
        for (dn, cookie) in [(&b"cn=1,o=Org"[..], &b"cookie-1"[..]), (b"cn=2,o=Org", b"cookie-2"), (b"cn=3,o=Org", b"")] {
            let id = conn.search();
            conn.send(&entry(id, dn, &[]));
            conn.send(&page_done(id, 0, cookie));
        }
        let id = conn.search();
        conn.send(&done(id, 0));
        conn.drain();
    });
    let mut source = connect(&server.uri());
    let (entries, ended) = run(&mut source, subtree());
    assert_eq!((entries.len(), ended), (3, Ended::Complete));
    assert_eq!(paging(&source), Paging::Works(99));
    assert_eq!(run(&mut source, read()).1, Ended::Complete);
    source.close();
    let requests = server.finish();
    assert_eq!(requests[..4].iter().map(size).collect::<Vec<_>>(), [Some(99), Some(99), Some(99), None]);
    assert!(has(&requests[1], b"cookie-1") && has(&requests[2], b"cookie-2") && !has(&requests[2], b"cookie-1"));
}

#[test]
fn takes_ignored_paging_for_the_whole_answer() {
    let server = Server::run(|mut conn| {
        let id = conn.search();
        (0..150).for_each(|_| conn.send(&entry(id, b"o=Org", &[])));
        conn.send(&done(id, 0));
        conn.drain();
    });
    let mut source = connect(&server.uri());
    assert_eq!(paging(&source), Paging::Unknown);
    let (entries, ended) = run(&mut source, subtree());
    assert_eq!((entries.len(), ended), (150, Ended::Complete));
    assert_eq!(paging(&source), Paging::Ignored);
}

#[test]
fn asks_without_paging_when_told() {
    let server = Server::run(|mut conn| {
        let id = conn.search();
        conn.send(&done(id, 0));
        conn.drain();
    });
    let mut source = LiveSource::connect(Settings { page_size: 0, ..settings(&server.uri()) }).expect("connected");
    assert_eq!(run(&mut source, subtree()).1, Ended::Complete);
    assert_eq!(paging(&source), Paging::Off);
    source.close();
    assert_eq!(size(&server.finish()[0]), None);
}

#[test]
fn halves_a_page_the_server_refuses_and_remembers() {
    let server = Server::run(|mut conn| {
        loop {
            let Some(request) = conn.request().filter(|request| request.op == crate::server::SEARCH) else { return };
            if size(&request).is_some_and(|size| size > 25) {
                conn.send(&done(request.id, 11));
            } else {
                conn.send(&entry(request.id, b"o=Org", &[]));
                conn.send(&page_done(request.id, 0, b""));
            }
        }
    });
    let mut source = connect(&server.uri());
    let searches = [subtree(), subtree()];
    let ended = source.search_all(&searches, &mut |_, _| {});
    assert_eq!(ended, [Ended::Complete, Ended::Complete]);
    source.close();
    let sizes: Vec<_> = server.finish().iter().filter_map(size).collect();
    assert_eq!(sizes, [99, 49, 24, 24]);
}

#[test]
fn a_search_refused_at_any_size_does_not_shrink_the_others() {
    let server = Server::run(|mut conn| {
        for code in [53, 53, 53, 53, 53, 53, 53, 0] {
            let id = conn.search();
            conn.send(&done(id, code));
        }
        conn.drain();
    });
    let mut source = connect(&server.uri());
    assert_eq!(refused(&run(&mut source, subtree()).1), "the server answered unwilling to perform (53)");
    assert_eq!(run(&mut source, subtree()).1, Ended::Complete);
    source.close();
    let sizes: Vec<_> = server.finish().iter().filter_map(size).collect();
    assert_eq!(sizes, [99, 49, 24, 12, 6, 3, 1, 99]);
}

#[test]
fn endless_pages_are_noticed() {
    for with_entry in [true, false] {
        let server = Server::run(move |mut conn| {
            while let Some(request) = conn.request() {
                if with_entry {
                    conn.send(&entry(request.id, b"cn=again,o=Org", &[]));
                }
                conn.send(&page_done(request.id, 0, b"same"));
            }
        });
        let (entries, ended) = run(&mut connect(&server.uri()), subtree());
        assert!(cut(&ended).starts_with("the server sent the same page twice"), "{ended:?}");
        assert!(entries.len() <= 2);
        assert!(server.finish().len() <= 4);
    }
    assert_no_panics();
}

#[test]
fn a_cut_page_says_how_far_it_came() {
    let server = Server::run(|mut conn| {
        let id = conn.search();
        conn.send(&entry(id, b"cn=1,o=Org", &[]));
        conn.send(&page_done(id, 0, b"more"));
        let id = conn.search();
        conn.send(&entry(id, b"cn=2,o=Org", &[]));
        conn.send(&done(id, 3));
        conn.drain();
    });
    let (entries, ended) = run(&mut connect(&server.uri()), subtree());
    assert_eq!(entries.len(), 2);
    assert_eq!(cut(&ended), "the server stopped at 2 entries: time limit exceeded (3)");
}

#[test]
fn a_malformed_cookie_cuts_the_search() {
    let server = Server::run(|mut conn| {
        let id = conn.search();
        let mut page = page_done(id, 0, b"c");
        // The tag of the page size: no INTEGER any more.
        let at = page.windows(4).rposition(|window| window == [2, 1, 0, 4]).expect("size");
        page[at] = 4;
        conn.send(&page);
        conn.drain();
    });
    let (_, ended) = run(&mut connect(&server.uri()), subtree());
    assert!(cut(&ended).contains("paging control of page 1 is malformed"), "{ended:?}");
}
