//! The client's side of the tests: settings, searches, and a count of panics outside the tests.

use exaudit::directory::dn::Dn;
use exaudit::directory::entry::Entry;
use exaudit::directory::filter::Filter;
use exaudit::directory::live::{Credentials, LiveSource, Secret, Settings};
use exaudit::directory::source::{Ended, Search, Source};
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

static PANICS: AtomicUsize = AtomicUsize::new(0);

/// Counts panics that are not failed assertions of these tests, in any thread or task.
pub(crate) fn watch_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !info.location().is_some_and(|at| at.file().starts_with("tests")) {
                PANICS.fetch_add(1, Ordering::SeqCst);
            }
            before(info);
        }));
    });
}

pub(crate) fn assert_no_panics() {
    assert_eq!(PANICS.load(Ordering::SeqCst), 0, "something panicked");
}

pub(crate) fn settings(uri: &str) -> Settings {
    watch_panics();
    Settings { timeout: Duration::from_secs(4), ..Settings::new(uri) }
}

pub(crate) fn with_password(settings: Settings) -> Settings {
    let bind = Credentials { dn: "cn=audit,cn=DOMAIN".into(), password: Secret::new("hunter2") };
    Settings { bind: Some(bind), ..settings }
}

pub(crate) fn connect(uri: &str) -> LiveSource {
    LiveSource::connect(settings(uri)).expect("connected")
}

pub(crate) fn subtree() -> Search {
    Search::below(Dn::of([("o", "Org")]), Filter::present("objectClass"), &["cn", "otherMailbox"])
}

pub(crate) fn read() -> Search {
    Search::read(Dn::of([("o", "Org")]), &["cn"])
}

pub(crate) fn run(source: &mut LiveSource, search: Search) -> (Vec<Entry>, Ended) {
    let mut entries = Vec::new();
    let ended = source.search(search, &mut |entry| entries.push(entry));
    (entries, ended)
}

/// The text of a search that was cut.
pub(crate) fn cut(ended: &Ended) -> &str {
    match ended {
        Ended::Cut(text) => text,
        other => panic!("cut expected, not {other:?}"),
    }
}

/// The text of a search that the server would not answer.
pub(crate) fn refused(ended: &Ended) -> &str {
    match ended {
        Ended::Refused(text) => text,
        other => panic!("refused expected, not {other:?}"),
    }
}
