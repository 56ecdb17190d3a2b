//! How requests follow each other: with pauses, one at a time, or several reads under way.

use crate::client::{assert_no_panics, cut, read, settings, subtree};
use crate::server::{Request, Server, UNBIND, done, entry};
use exaudit::directory::dn::Dn;
use exaudit::directory::live::{LiveSource, Settings};
use exaudit::directory::source::{Ended, Search, Source};
use std::time::{Duration, Instant};

fn reads(count: usize) -> Vec<Search> {
    (0..count).map(|number| Search::read(Dn::of([("cn", format!("r{number}").as_str()), ("o", "Org")]), &["cn"])).collect()
}

/// Runs them all and returns the names that came for each, and how each ended.
fn run_all(settings: Settings, searches: &[Search]) -> (Vec<(usize, String)>, Vec<Ended>) {
    let mut source = LiveSource::connect(settings).expect("connected");
    let mut found = Vec::new();
    let ended = source.search_all(searches, &mut |index, entry| found.push((index, entry.dn.to_string())));
    source.close();
    (found, ended)
}

/// The name that a read asks for: the answer gives it back.
fn name(request: &Request) -> Vec<u8> {
    let at = request.bytes.windows(4).position(|window| window == b"cn=r").expect("a read");
    request.bytes[at..].iter().copied().take_while(|byte| *byte != 10).collect()
}

#[test]
fn several_reads_are_under_way_and_each_keeps_its_answer() {
    let server = Server::run(|mut conn| {
        // nothing is answered before three are there, and then the last first
        for batch in [3, 2] {
            let requests: Vec<Request> = (0..batch).map(|_| conn.request().expect("a read")).collect();
            for request in requests.iter().rev() {
                conn.send(&entry(request.id, &name(request), &[]));
                conn.send(&done(request.id, 0));
            }
        }
        let id = conn.search();
        conn.send(&done(id, 0));
        conn.drain();
    });
    let mut searches = reads(5);
    searches.push(subtree());
    let (mut found, ended) = run_all(Settings { pipeline: 3, page_size: 0, ..settings(&server.uri()) }, &searches);
    found.sort();
    let expected: Vec<_> = (0..5).map(|number| (number, format!("cn=r{number},o=Org"))).collect();
    assert_eq!(found, expected);
    assert_eq!(ended, vec![Ended::Complete; 6]);
    let requests = server.finish();
    assert_eq!(requests.last().map(|request| request.op), Some(UNBIND));
    assert_no_panics();
}

#[test]
fn one_at_a_time_unless_told() {
    let server = Server::run(|mut conn| {
        for _ in 0..3 {
            let id = conn.search();
            conn.stream.set_read_timeout(Some(Duration::from_millis(150))).expect("timeout");
            let early = std::io::Read::read(&mut conn.stream, &mut [0; 1]);
            assert!(early.is_err(), "a request came before the answer to the one before");
            conn.stream.set_read_timeout(Some(Duration::from_secs(5))).expect("timeout");
            conn.send(&done(id, 0));
        }
        conn.drain();
    });
    assert_eq!(run_all(settings(&server.uri()), &reads(3)).1, vec![Ended::Complete; 3]);
    server.finish();
}

#[test]
fn a_silent_server_holds_no_read_longer_than_its_limit() {
    let server = Server::run(|mut conn| {
        let first = conn.search();
        conn.send(&done(first, 32));
        conn.drain();
    });
    let began = Instant::now();
    let (_, ended) = run_all(Settings { pipeline: 4, timeout: Duration::from_millis(400), ..settings(&server.uri()) }, &reads(9));
    assert_eq!(ended[0], Ended::NoSuchObject);
    for end in &ended[1..] {
        assert!(["no answer within", "stopped answering"].iter().any(|words| cut(end).contains(words)), "{end:?}");
    }
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    assert_no_panics();
}

#[test]
fn pauses_between_requests_and_not_past_the_deadline() {
    let server = || {
        Server::run(|mut conn| {
            while let Some(request) = conn.request() {
                if request.op == crate::server::SEARCH {
                    conn.send(&done(request.id, 0));
                }
            }
        })
    };
    let paced = server();
    let began = Instant::now();
    let pace = Duration::from_millis(120);
    assert_eq!(run_all(Settings { pace, ..settings(&paced.uri()) }, &reads(4)).1, vec![Ended::Complete; 4]);
    assert!(began.elapsed() >= 3 * pace, "{:?}", began.elapsed());
    let late = server();
    let began = Instant::now();
    let deadline = began + Duration::from_millis(300);
    let (_, ended) = run_all(Settings { pace: Duration::from_secs(60), deadline, ..settings(&late.uri()) }, &[read(), read()]);
    assert_eq!(ended[0], Ended::Complete);
    assert!(cut(&ended[1]).contains("--deadline"), "{ended:?}");
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
}
