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
        // the last answers the question whether an empty page is all
        for code in [53, 53, 53, 53, 53, 53, 53, 0, 0] {
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
fn a_part_on_an_earlier_page_is_not_forgotten() {
    let server = Server::run(|mut conn| {
        for (name, cookie) in [("member;range=0-0", &b"cookie"[..]), ("member", b"")] {
            let id = conn.search();
            conn.send(&entry(id, b"cn=1,o=Org", &[(name, &[b"cn=a"])]));
            conn.send(&page_done(id, 0, cookie));
        }
        conn.drain();
    });
    let (entries, ended) = run(&mut connect(&server.uri()), subtree());
    assert_eq!(entries.len(), 2, "the other pages come all the same");
    assert!(cut(&ended).contains("part of the values of member"), "{ended:?}");
    assert_no_panics();
}

/// What said "there is more" did not say "that was all": with entries or without, early or late.
#[test]
fn a_later_page_without_its_control_is_no_end() {
    for (pages, with_entry) in [(1, false), (1, true), (3, false), (3, true)] {
        let server = Server::run(move |mut conn| {
            for number in 0..pages {
                let id = conn.search();
                conn.send(&entry(id, format!("cn={number},o=Org").as_bytes(), &[]));
                conn.send(&page_done(id, 0, format!("cookie {number}").as_bytes()));
            }
            let id = conn.search();
            if with_entry {
                conn.send(&entry(id, b"cn=last,o=Org", &[]));
            }
            conn.send(&done(id, 0));
            conn.drain();
        });
        let (entries, ended) = run(&mut connect(&server.uri()), subtree());
        assert_eq!(entries.len(), pages + usize::from(with_entry));
        let expected = format!("page {} came without its paging control", pages + 1);
        assert!(cut(&ended).contains(&expected) && cut(&ended).contains(&format!("{} entr", entries.len())), "{ended:?}");
    }
}

/// On the way from the server the paging control is lost.
#[test]
fn a_full_page_without_a_word_is_asked_for_in_one_piece() {
    for (all, expected) in [(99, 99), (250, 250), (98, 98)] {
        let server = Server::run(move |mut conn| {
            while let Some(request) = conn.request().filter(|request| request.op == crate::server::SEARCH) {
                let count = size(&request).map_or(all, |size| all.min(usize::try_from(size).expect("small")));
                (0..count).for_each(|_| conn.send(&entry(request.id, b"o=Org", &[])));
                conn.send(&done(request.id, 0));
            }
        });
        let mut source = connect(&server.uri());
        let (entries, ended) = run(&mut source, subtree());
        assert_eq!((entries.len(), ended), (expected, Ended::Complete));
        source.close();
        let asked: Vec<_> = server.finish().iter().filter(|r| r.op == crate::server::SEARCH).map(size).collect();
        assert_eq!(asked, if all < 99 { vec![Some(99)] } else { vec![Some(99), None] });
    }
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

/// The client's size limit in a search request: behind base, scope and aliases (RFC 4511 section 4.5.1).
fn size_limit(request: &Request) -> u32 {
    let base = b"o=Org";
    let at = request.bytes.windows(base.len()).position(|window| window == base).expect("the base") + base.len();
    // ENUMERATED of one byte, twice, then INTEGER
    let limit = &request.bytes[at + 6..];
    assert_eq!(limit[0], 2);
    limit[2..2 + usize::from(limit[1])].iter().fold(0, |sum, &byte| sum << 8 | u32::from(byte))
}

/// Answers searches until the client leaves: `page` says what a page of that size gets, as entries, code and whether it goes
/// on; a search without paging gets so many of `all` entries as it wants.
fn paging_server(all: usize, page: impl Fn(u32) -> (usize, u8, bool) + Send + 'static) -> Server {
    Server::run(move |mut conn| {
        while let Some(request) = conn.request().filter(|request| request.op == crate::server::SEARCH) {
            let (count, code, goes_on) = match size(&request) {
                Some(_) if has(&request, b"next") => (all, 0, false),
                Some(size) => page(size),
                None => {
                    let count =
                        Some(size_limit(&request) as usize).filter(|&limit| limit > 0).map_or(all, |limit| limit.min(all));
                    (count, 4 * u8::from(count < all), false)
                }
            };
            (0..count).for_each(|_| conn.send(&entry(request.id, b"o=Org", &[])));
            match size(&request) {
                Some(_) => conn.send(&page_done(request.id, code, if goes_on { b"next" } else { b"" })),
                None => conn.send(&done(request.id, code)),
            }
        }
    })
}

#[test]
fn an_empty_page_of_a_size_that_is_too_large_is_not_nothing() {
    let server = paging_server(3, |size| if size > 25 { (0, 0, false) } else { (3, 0, false) });
    let mut source = connect(&server.uri());
    let (entries, ended) = run(&mut source, subtree());
    assert_eq!((entries.len(), ended), (3, Ended::Complete));
    source.close();
    let requests = server.finish();
    assert_eq!(requests.iter().filter_map(size).collect::<Vec<_>>(), [99, 49, 24]);
    assert_eq!(
        requests.iter().filter(|r| r.op == crate::server::SEARCH && size(r).is_none()).map(size_limit).collect::<Vec<_>>(),
        [1]
    );
}

#[test]
fn nothing_is_nothing_after_one_question_more() {
    let server = paging_server(0, |_| (0, 0, false));
    let mut source = connect(&server.uri());
    assert_eq!(run(&mut source, subtree()), (Vec::new(), Ended::Complete));
    source.close();
    let requests = server.finish();
    assert_eq!(
        requests.iter().filter(|request| request.op == crate::server::SEARCH).map(size).collect::<Vec<_>>(),
        [Some(99), None]
    );
}

#[test]
fn an_empty_page_that_cannot_be_made_sure_of_is_cut() {
    let server = Server::run(|mut conn| {
        let id = conn.search();
        conn.send(&page_done(id, 0, b""));
        let id = conn.search();
        conn.send(&done(id, 51));
        conn.drain();
    });
    let (_, ended) = run(&mut connect(&server.uri()), subtree());
    assert!(cut(&ended).contains("empty page") && cut(&ended).contains("busy (51)"), "{ended:?}");
}

#[test]
fn a_page_that_is_cut_is_tried_smaller_and_brings_nothing_twice() {
    let server = paging_server(5, |size| if size > 25 { (20, 4, false) } else { (10, 0, true) });
    let (entries, ended) = run(&mut connect(&server.uri()), subtree());
    assert_eq!((entries.len(), ended), (15, Ended::Complete));
}

#[test]
fn a_server_that_pages_at_no_size_is_asked_in_one_piece() {
    let server = paging_server(3, |_| (0, 0, false));
    let (entries, ended) = run(&mut connect(&server.uri()), subtree());
    assert_eq!((entries.len(), ended), (3, Ended::Complete));
}

#[test]
fn a_search_that_may_not_be_paged_is_bounded_and_says_when_it_was_cut() {
    for (all, limit_reached) in [(1, false), (1_200, true)] {
        let server = paging_server(all, |_| panic!("paged"));
        let mut source = connect(&server.uri());
        let (entries, ended) = run(&mut source, subtree().in_one_piece());
        match limit_reached {
            false => assert_eq!((entries.len(), ended), (1, Ended::Complete)),
            true => assert!(entries.len() == 1_000 && cut(&ended).contains("more than 1000 entries"), "{ended:?}"),
        }
        source.close();
        let requests = server.finish();
        assert_eq!((size(&requests[0]), size_limit(&requests[0])), (None, 1_000));
    }
}
