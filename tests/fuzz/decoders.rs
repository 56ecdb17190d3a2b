//! Every decoder of bytes that others wrote, each behind one function of bytes. None may panic, hang or grow without bound
//! on any input, and where there is a way back it must lead to the same thing.
//!
//! `tests/fuzz.rs` tries each for a moment in every test run; the crate beside this file lets libFuzzer search for longer.

use exaudit::check::Catalogue;
use exaudit::directory::dn::Dn;
use exaudit::directory::entry::Entry;
use exaudit::directory::filter::Filter;
use exaudit::directory::ldif::{self, Record};
use exaudit::directory::live::guard::{Guard, Limits, Verdict};
use exaudit::directory::live::{decode, frame};
use exaudit::directory::record::{About, write_directory};
use exaudit::directory::source::Kind;
use exaudit::directory::whole::{Answered, AskedId, Builder, Directory, Run, Source};
use exaudit::exchange::declaration::Hints;
use exaudit::exchange::questions::{Condition, Questions, Truth};
use exaudit::exchange::selection::Selection;
use exaudit::exchange::x400::{self, Class};
use exaudit::exchange::{address, admin_export, extension_data, naming};

/// A decoder and its name.
pub(crate) type Decoder = (&'static str, fn(&[u8]));

/// All of them.
pub(crate) const DECODERS: &[Decoder] = &[
    ("guard", guard),
    ("ldif", ldif),
    ("record", record),
    ("csv", csv),
    ("dn", dn),
    ("proxy-address", proxy_address),
    ("extension-data", extension_data),
    ("filter", filter),
    ("check", check),
    ("x400", x400),
];

/// What a server sends: cut into messages, judged, and what passes is read by the client library and by our own decoder.
pub(crate) fn guard(bytes: &[u8]) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("runtime");
    let mut guard = Guard::new(Limits { message: 1 << 16, ..Limits::default() });
    // a bind 1, searches 2 and 3, and 3 given up
    for request in [&[0x30, 5, 2, 1, 1, 0x60, 0][..], &[0x30, 5, 2, 1, 2, 0x63, 0], &[0x30, 5, 2, 1, 3, 0x63, 0]] {
        guard.request(request).expect("a request that reads");
    }
    guard.request(&[0x30, 6, 2, 1, 4, 0x50, 1, 3]).expect("an abandon");
    let mut rest = bytes;
    while let Ok(mut message) = runtime.block_on(frame::read(&mut rest, 1 << 16)) {
        match guard.answer(&mut message) {
            Ok(Verdict::Pass | Verdict::PassPart) => {
                let (left, tag) = ldap3::asn1::parse_tag(&message).expect("the library reads what passes");
                assert!(left.is_empty(), "and to its end");
                let parts = tag.expect_constructed().expect("a message");
                let operation = parts.into_iter().nth(1).expect("an operation");
                decode::part(operation).expect("and so do we");
            }
            Ok(Verdict::Drop | Verdict::Disconnect(_)) => {}
            Err(_) => break,
        }
    }
    _ = guard.request(bytes);
}

/// An LDIF file; what was read is written and read again.
pub(crate) fn ldif(bytes: &[u8]) {
    for record in ldif::entries(bytes) {
        let Ok(Record::Entry(entry)) = record else { continue };
        let mut written = Vec::new();
        ldif::write_entry(&mut written, &entry).expect("what was read can be written");
        let again: Vec<_> = ldif::entries(written.as_slice()).collect::<Result<_, _>>().expect("and read again");
        match again.as_slice() {
            [Record::Entry(again)] => {
                assert_eq!(again.dn.key(), entry.dn.key());
                assert!(again.attributes().eq(entry.attributes()));
            }
            other => panic!("one entry was written, not {other:?}"),
        }
    }
}

/// An LDIF file as `--from` reads it, with the record that `exaudit collect` leaves in its comments. It is asked as checks ask it, and
/// what was read is written and read again.
pub(crate) fn record(bytes: &[u8]) {
    let Some((directory, base)) = loaded(bytes) else { return };
    let mut written = Vec::new();
    let about = About { base: base.clone(), ..About::default() };
    let mut left_out = Vec::new();
    write_directory(&directory, &about, &mut written, &mut left_out).expect("what was read can be written");
    let (again, _) = loaded(&written).expect("and read again");
    assert_eq!(again.len(), directory.len());
    for entry in directory.entries() {
        let other = again.find(&entry.dn()).expect("each entry");
        for name in entry.attribute_names().into_iter().filter(|name| !left_out.iter().any(|left| left == name)) {
            assert!(entry.values(name).eq(other.values(name)), "{} {name}", entry.dn());
        }
    }
    let searches = |directory: &Directory| -> Vec<Answered> { directory.sources()[0].searches.clone() };
    if !searches(&directory).is_empty() {
        assert_eq!((&again.sources()[0].trouble, searches(&again).len()), (&None, searches(&directory).len()));
    }
    let questions = Questions::of(directory, base, Hints::default(), ["Home-MDB".to_owned()]);
    for selection in Selection::all() {
        let all = questions.all(selection, None);
        assert_eq!(all.seen().count(), all.count());
        _ = all.whole();
        for seen in all.seen() {
            _ = (seen.lives(), seen.has_address("X400"), seen.values("Home-MDB").is_set(), questions.object(&seen.dn().parent()));
        }
    }
}

fn loaded(bytes: &[u8]) -> Option<(Directory, Dn)> {
    let mut builder = Builder::default();
    let loaded = ldif::load(&mut builder, "fuzz", bytes.to_vec(), None).ok()?;
    Some((builder.finish(), loaded.base.unwrap_or_default()))
}

/// A table of the Administrator program; what it holds has names and values that can be written.
pub(crate) fn csv(bytes: &[u8]) {
    for entry in admin_export::read_bytes(bytes) {
        assert!(!entry.dn.is_empty(), "a row without a name is no entry");
        assert!(entry.attributes().all(|attribute| !attribute.name.is_empty() && !attribute.values.is_empty()));
    }
}

/// A distinguished name, in either form.
pub(crate) fn dn(bytes: &[u8]) {
    if let Ok(dn) = Dn::parse(bytes) {
        let again = Dn::parse(dn.to_string().as_bytes()).expect("a name is read as it is written");
        assert_eq!(again.key(), dn.key());
        assert!(dn.is_within(&dn) && (dn.is_empty() || dn.is_within(&dn.parent())));
    }
    let lossy = Dn::parse_lossy(bytes);
    _ = (lossy.key(), lossy.to_string(), lossy.parent());
    if let Some(dn) = std::str::from_utf8(bytes).ok().and_then(naming::from_legacy) {
        _ = (naming::site_of(&dn), naming::organization_name(&dn), naming::to_legacy(&dn), dn.key());
    }
}

/// Proxy addresses: the first byte chooses the attribute, lines are values.
pub(crate) fn proxy_address(bytes: &[u8]) {
    let (first, rest) = bytes.split_first().unwrap_or((&0, bytes));
    let name = address::ATTRIBUTES[usize::from(*first) % address::ATTRIBUTES.len()];
    let mut entry = Entry::new(Dn::default());
    rest.split(|byte| *byte == b'\n').for_each(|value| entry.add(name, value));
    let found = address::proxy_addresses(&entry);
    let x400 = found.iter().any(|address| address.kind.eq_ignore_ascii_case("X400"));
    assert_eq!(address::has_type(&entry, "X400"), x400, "both ways of asking agree");
}

/// Extension-Data.
pub(crate) fn extension_data(bytes: &[u8]) {
    let mut entry = Entry::new(Dn::default());
    entry.add("Extension-Data", bytes);
    let found = extension_data::candidates(&entry);
    assert!(found.len() <= extension_data::MAX_CANDIDATES + 1);
    assert!(extension_data::describe(bytes).chars().count() < 300);
}

/// A filter.
pub(crate) fn filter(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(filter) = Filter::parse(text) {
        assert_eq!(Filter::parse(&filter.to_string()).expect("a filter is read as it is written"), filter);
        let mut entry = Entry::new(Dn::default());
        filter.attributes().iter().for_each(|name| entry.add(name, "x"));
        let matches = filter.matches(&entry);
        let mut builder = Builder::default();
        let source = builder.source(Source {
            kind: Kind::Live,
            location: "fuzz".into(),
            proves: true,
            searches: Vec::new(),
            trouble: None,
        });
        let run = builder.run(Run { source, is_mixed: false, scope: None, line: 0 });
        builder.add(&entry, run, AskedId::default());
        let questions = Questions::of(builder.finish(), Dn::default(), Hints::default(), []);
        let Some(seen) = questions.find(&Dn::default()) else { return };
        match Condition::of(&filter, &questions).holds(&seen) {
            Truth::Yes(_) => assert!(matches, "{filter}"),
            Truth::No(_) => assert!(!matches, "{filter}"),
            Truth::Open(_) => {}
        }
    }
}

/// A check of an operator's own.
pub(crate) fn check(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match Catalogue::with_text("own-check.toml", text) {
        Ok(catalogue) => assert!(catalogue.check("own-check").is_some()),
        Err(error) => assert!(error.to_string().lines().count() >= 1),
    }
}

/// An X.400 address: both ways of asking agree, places are within the text, and what would be written is read as the same.
pub(crate) fn x400(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let examination = x400::examine(&text);
    assert_eq!(examination.class, x400::class_of(&text));
    let length = text.chars().count().max(1);
    assert!(examination.problems.iter().all(|problem| (1..=length).contains(&problem.position)));
    match (x400::parse(&text), examination.normalized) {
        (Ok(address), Some(normalized)) => {
            assert_ne!(x400::class_of(&normalized), Class::Broken);
            let again = x400::parse(&normalized).expect("what is written is read");
            assert!(again.is_same(&address) && again.to_string() == normalized);
        }
        (Err(problems), None) => assert_eq!(problems, examination.problems),
        // a surname must be added, and nobody knows which
        (Ok(_), None) if examination.problems.iter().any(|problem| problem.code == x400::Code::NoSurname) => {}
        (address, normalized) => panic!("{address:?} and {normalized:?}"),
    }
}
