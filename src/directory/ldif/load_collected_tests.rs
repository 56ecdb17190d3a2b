//! Collected files, read back.

use super::*;

#[test]
fn a_collected_file_is_read_back_as_the_directory_it_was_made_of() {
    let (before, text) = collected();
    let (directory, loaded) = read(&text);
    let source = &directory.sources()[0];
    assert_eq!((source.trouble.as_deref(), source.proves, source.kind), (None, true, Kind::Ldif));
    assert_eq!(source.searches, before.sources()[0].searches);
    assert_eq!(names(&directory), ["ou=S,o=Org", "cn=a,ou=S,o=Org", "cn=b,ou=S,o=Org"], "what is above stands first");
    for name in names(&directory) {
        assert_eq!(asked(&directory, &name), asked(&before, &name), "{name}");
        let values =
            |directory: &Directory| find(directory, &name).values("Extension-Data").map(<[u8]>::to_vec).collect::<Vec<_>>();
        assert_eq!(values(&directory), values(&before));
    }
    assert_eq!(asked(&directory, "cn=a,ou=S,o=Org"), [Some("cn objectClass".to_owned())]);
    assert_eq!((loaded.base, loaded.notes), (Some(dn("o=Org")), vec!["A note.".to_owned()]));
}

#[test]
fn a_collected_file_that_is_not_as_it_was_written_proves_nothing() {
    let (_, text) = collected();
    let end = text.find("#: end,").expect("a mark");
    let without = |line: &str| {
        let at = text.find(line).expect(line);
        [&text[..at], &text[at + text[at..].find('\n').expect("its end") + 1..]].concat()
    };
    let headless = text[text.find("#: asked").expect("a mark")..].to_owned();
    for (text, told) in [
        (text[..end].to_owned(), "the mark at its end is missing"),
        (text.replace("entries: 3", "entries: 4"), "it holds 3 entries, but its last line says 4"),
        (without("#: asked"), "it holds an entry that does not say what was asked for"),
        (text.replace("#: asked 1", "#: asked 99"), "it holds an entry that does not say what was asked for"),
        (text.replace("#: base: o=Org", "#: base: nonsense"), "is ignored"),
        (text.replace("form 2", "form 3"), "this form of record is not known"),
        (headless.clone(), "whose record is not at its start"),
        (format!("dn: o=Other\ncn: x\n\n{text}"), "it holds 4 entries, but its last line says 3"),
        ([text.as_str(), text.as_str()].concat(), "a line of a second record"),
        (format!("{text}\nmalformed\n"), "is this an LDIF file?"),
    ] {
        let (directory, _) = read(&text);
        let source = &directory.sources()[0];
        assert!(source.trouble.as_deref().is_some_and(|trouble| trouble.contains(told)), "{told}: {:?}", source.trouble);
        assert!(!source.proves, "{told}");
        let is_whole = |ended: &Ended| matches!(ended, Ended::Complete | Ended::OwnLimit);
        assert!(!source.searches.iter().any(|answered| is_whole(&answered.ended)), "{told}: {:?}", source.searches);
    }
    // where the record is not believed, nobody says what was asked for
    for text in [text.replace("form 2", "form 3"), headless] {
        let (directory, _) = read(&text);
        assert_eq!(asked(&directory, "cn=b,ou=S,o=Org"), [Some(String::new())], "not even what others show");
    }
}

#[test]
fn a_collected_file_that_was_cut_within_an_entry_leaves_that_one_open() {
    let (_, text) = collected();
    let end = text.find("#: end,").expect("a mark");
    let (directory, loaded) = read(text[..end].trim_end());
    assert_eq!(asked(&directory, "cn=b,ou=S,o=Org"), [Some(String::new())]);
    assert_eq!(asked(&directory, "ou=S,o=Org"), [Some("objectClass".to_owned())]);
    assert!(loaded.notes.iter().any(|note| note.contains("the last record may have been cut")), "{:?}", loaded.notes);
}

#[test]
fn a_collection_that_found_nothing_is_no_empty_file() {
    let source = Source { kind: Kind::Live, location: "x".into(), proves: true, searches: Vec::new(), trouble: None };
    let mut builder = Builder::default();
    let id = builder.source(source);
    let search = Search::below(dn("o=Org"), Filter::present("objectClass"), &["cn"]);
    let answered = Answered { search, ended: Ended::Denied, came: 0 };
    builder.source_mut(id).expect("one").searches.push(answered);
    let mut bytes = Vec::new();
    let about = About { base: dn("o=Org"), ..About::default() };
    write_directory(&builder.finish(), &about, &mut bytes, &mut Vec::new()).expect("written");
    let (directory, loaded) = read(&String::from_utf8(bytes).expect("text"));
    let source = &directory.sources()[0];
    assert_eq!((source.trouble.as_deref(), &source.searches[0].ended), (None, &Ended::Denied));
    assert_eq!((loaded.base, loaded.holds_entries), (Some(dn("o=Org")), false));
}

#[test]
fn a_file_that_was_collected_before_says_by_its_searches_what_was_asked() {
    let text = "#: exaudit collect, form 1\n#: base: o=Org\n#: attributes 1: cn sn\n#: attributes 2: uid\n#: search 1: sub o=Org\n\
                #:   filter: (cn=*)\n#:   attributes: 1\n#:   ended: complete\n#: search 2: sub o=Org\n#:   filter: (uid=*)\n\
                #:   attributes: 2\n#:   ended: complete\n\n#: answers 1\ndn: cn=a,o=Org\ncn: a\n\n#: answers 1 2\n\
                dn: cn=b,o=Org\ncn: b\n\n#: end, entries: 2\n";
    let (directory, _) = read(text);
    assert_eq!(trouble(&directory), None);
    let lists = [asked(&directory, "cn=a,o=Org"), asked(&directory, "cn=b,o=Org")];
    assert_eq!(lists, [[Some("cn sn".to_owned())], [Some("cn sn uid".to_owned())]]);
}
