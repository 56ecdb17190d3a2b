#[path = "load_collected_tests.rs"]
mod collected_files;
#[path = "load_pieces_tests.rs"]
mod pieces;

use super::*;
use crate::directory::dn::Dn;
use crate::directory::record::{About, write_directory};
use crate::directory::source::Scope;
use crate::directory::whole::{Directory, EntryRef};
use std::fmt::Write as _;

const TREE: &str = "dn: o=Org\nobjectClass: organization\n\n\
    dn: ou=S,o=Org\nobjectClass: organizationalUnit\n\n\
    dn: cn=a,ou=S,o=Org\nobjectClass: person\nuid: 1\n\n\
    dn: cn=b,ou=S,o=Org\nobjectClass: person\n\n\
    dn: CN=A,OU=s,O=org\nobjectClass: person\nuid: 2\n";

const HEADER: &str =
    "# extended LDIF\n#\n# LDAPv3\n# base <o=Org> with scope subtree\n# filter: (objectClass=*)\n# requesting: cn sn \n#\n\n";
const SUCCESS: &str = "search: 2\nresult: 0 Success\n\n# numResponses: 2\n";

fn dn(text: &str) -> Dn {
    Dn::parse(text.as_bytes()).expect(text)
}

fn try_in(text: &str, pieces: usize) -> Result<(Directory, Loaded), LdifError> {
    let mut builder = Builder::default();
    let loaded = in_pieces(&mut builder, "export.ldif", text.as_bytes().to_vec(), None, pieces)?;
    Ok((builder.finish(), loaded))
}

fn read(text: &str) -> (Directory, Loaded) {
    try_in(text, 1).expect(text)
}

/// What is wrong with a file; nothing, if it is whole. Then and only then its search is.
fn trouble(directory: &Directory) -> Option<&str> {
    let source = directory.sources().first().expect("a source");
    let cut = source.trouble.clone().map(Ended::Cut);
    for answered in &source.searches {
        assert_eq!(cut.as_ref().unwrap_or(&Ended::Complete), &answered.ended);
    }
    source.trouble.as_deref()
}

fn names(directory: &Directory) -> Vec<String> {
    directory.entries().map(|entry| entry.dn().to_string()).collect()
}

fn find<'a>(directory: &'a Directory, name: &str) -> EntryRef<'a> {
    directory.find(&dn(name)).expect(name)
}

/// What is known to have been asked for when an object came, sorted, for each of its records.
fn asked(directory: &Directory, name: &str) -> Vec<Option<String>> {
    let lists = find(directory, name).records().iter().map(|record| directory.asked(record.asked));
    let sorted = |mut names: Vec<String>| {
        names.sort();
        names.join(" ")
    };
    lists.map(|asked| asked.map(|asked| sorted(directory.names_of(asked)))).collect()
}

/// All that a directory holds, without the numbers in it.
fn told(directory: &Directory) -> String {
    let mut text = String::new();
    for (_, run) in directory.runs() {
        _ = writeln!(text, "{run:?}");
    }
    for source in directory.sources() {
        _ = writeln!(text, "{source:?}");
    }
    for entry in directory.entries() {
        let name = entry.dn().to_string();
        _ = writeln!(text, "{name:?} {:?} {:?}", entry.is_deleted(), asked(directory, &name));
        for name in entry.names() {
            let values: Vec<String> = entry.held(name).map(|value| value.escape_ascii().to_string()).collect();
            let partial = entry.records().iter().map(|record| directory.set(record.partial).has(name)).collect::<Vec<_>>();
            let is_contradicted = entry.contradicted().has(name);
            _ = writeln!(text, "  {} {values:?} {partial:?} {is_contradicted}", directory.spelled(name));
        }
        let runs: Vec<_> = entry.records().iter().map(|record| directory.run(record.run).map(|run| run.line)).collect();
        _ = writeln!(text, "  {runs:?}");
    }
    text
}

#[test]
fn a_file_is_one_directory_and_one_search_of_everything() {
    let (directory, loaded) = read(&format!("{TREE}\n"));
    assert_eq!(names(&directory), ["o=Org", "ou=S,o=Org", "cn=a,ou=S,o=Org", "cn=b,ou=S,o=Org"]);
    assert_eq!(find(&directory, "cn=a,ou=s,o=org").texts("UID").collect::<Vec<_>>(), ["1", "2"], "two records of one name");
    assert_eq!(asked(&directory, "o=Org"), [None], "a plain file does not say what was asked for");
    let source = directory.sources().first().expect("one");
    assert_eq!((source.kind, source.location.as_str(), source.proves), (Kind::Ldif, "export.ldif", false));
    let everything = Search::below(Dn::default(), Filter::present("objectClass"), &[]);
    assert_eq!(source.searches, [Answered { search: everything, ended: Ended::Complete, came: 0 }]);
    assert!(loaded.holds_entries && loaded.notes.is_empty() && loaded.base.is_none() && loaded.ended.is_none());
}

#[test]
fn an_entry_knows_the_line_of_its_record() {
    let text = "version: 1\n\n# x\ndn: o=A\ncn: a\n b\n\ndn:: Y249TcO8bGxlcixvPUE=\ncn: x\n\ndn: cn=B\n ig,o=A\ncn: y\n\ndn: o=A\ncn: again\n\n";
    for pieces in [1, 3] {
        let (directory, _) = try_in(text, pieces).expect("LDIF");
        let file = directory.sources()[0].location.as_str();
        let places: Vec<_> = directory.entries().map(EntryRef::place).collect();
        assert_eq!(places, [4, 8, 11].map(|line| Some((file, line))), "{pieces}");
    }
}

#[test]
fn a_cut_file_proves_nothing_and_what_came_before_is_kept() {
    for (text, entries, problem) in [
        (format!("{TREE}cn:: QUJ\n"), 4, "line 17: the base64 value of \"cn\" is malformed"),
        (
            format!("{TREE}\nno colon\n\ndn: cn=z,o=Org\nobjectClass: x\n"),
            4,
            "line 18: no `name: value` here; is this an LDIF file?",
        ),
        (
            format!("{TREE}\nsearch: 2\nresult: 4 Size limit exceeded\n\n# numResponses: 6\n"),
            4,
            "line 18: the search that made this file was cut (result 4 Size limit exceeded)",
        ),
        (
            format!("# extended LDIF\n\n{TREE}"),
            4,
            "line 1: the search that begins here has no end in this file; it was cut, or has more pages",
        ),
    ] {
        let (directory, loaded) = read(&text);
        assert_eq!(trouble(&directory), Some(format!("export.ldif: {problem}").as_str()), "{text}");
        assert_eq!(directory.len(), entries, "{text}");
        assert!(directory.find(&dn("cn=z,o=Org")).is_none(), "what stands behind an error is not read");
        assert!(loaded.holds_entries);
    }
}

#[test]
fn a_cut_search_does_not_end_the_reading() {
    let text = "dn: o=A\nobjectClass: x\n\nsearch: 2\nresult: 3 Time limit exceeded\n\ndn: o=B\nobjectClass: x\n\nmalformed\n";
    let (directory, loaded) = read(text);
    assert_eq!(names(&directory), ["o=A", "o=B"]);
    let problem = "export.ldif: line 4: the search that made this file was cut (result 3 Time limit exceeded)";
    assert_eq!(trouble(&directory), Some(problem), "the first is told");
    assert_eq!(loaded.ended.as_deref(), Some("3 Time limit exceeded"));
}

#[test]
fn an_empty_file_proves_nothing_but_an_empty_result_does() {
    for text in ["", "\n", "version: 1\n\n", "# LDAPv3\n"] {
        let (directory, loaded) = read(text);
        assert_eq!(trouble(&directory), Some("export.ldif: it contains no entries; was the export written?"), "{text:?}");
        assert!(!loaded.holds_entries);
    }
    let (directory, _) = read("# extended LDIF\n\nsearch: 2\nresult: 0 Success\n");
    assert_eq!((trouble(&directory), directory.sources()[0].searches.len()), (None, 1));
    let (_, loaded) = read("search: 2\nresult: 32 No such object\n");
    assert_eq!(loaded.ended.as_deref(), Some("32 No such object"));
}

#[test]
fn what_is_wrong_before_the_first_entry_is_no_export() {
    for (text, expected) in [
        ("{}\n", "line 1: no `name: value` here; is this an LDIF file?"),
        ("# x\n\nversion: 2\n", "line 3: LDIF version \"2\" is not known; only version 1 is"),
        ("dn: nonsense\ncn: x\n\n", "line 1: the dn is not a distinguished name"),
        ("dn: o=A\ncn:: ?\n", "line 2: the base64 value of \"cn\" is malformed"),
        ("search: 2\nresult: 0 Success\n\n\0\n", "line 4: a NUL byte; this is not LDIF text"),
    ] {
        for pieces in [1, 3] {
            let error = try_in(text, pieces).expect_err(text).to_string();
            assert!(error.starts_with(expected), "{text} {pieces}: {error}");
        }
    }
}

#[test]
fn why_the_text_is_not_the_whole_file_comes_first() {
    let mut builder = Builder::default();
    let text = format!("{TREE}\nmalformed\n").into_bytes();
    load(&mut builder, "export.ldif", text, Some("it changed".into())).expect("entries");
    assert_eq!(trouble(&builder.finish()), Some("export.ldif: it changed"));
}

#[test]
fn what_is_more_than_allowed_is_left_out() {
    let mut builder = Builder::within(2000);
    let text: String = (0..100).map(|n| format!("dn: cn={n},o=Org\ncn: {n}\n\n")).collect();
    load(&mut builder, "export.ldif", text.into_bytes(), None).expect("entries");
    let directory = builder.finish();
    assert!(directory.len() < 100);
    assert_eq!(trouble(&directory), Some("export.ldif: it holds more than --max-directory allows; the rest was left out"));
}

#[test]
fn a_header_says_what_was_searched_and_asked_for() {
    let (directory, _) = read(&format!("{HEADER}dn: o=Org\ncn: x\n\n{SUCCESS}"));
    assert_eq!(trouble(&directory), None);
    assert_eq!(asked(&directory, "o=Org"), [Some("cn sn".to_owned())]);
    let run = directory.runs().next().expect("one").1;
    assert_eq!(run.scope, Some((dn("o=Org"), Scope::Sub, Some(Filter::present("objectClass")))));
    assert_eq!(directory.sources()[0].searches[0].search.base, dn("o=Org"));
    let all = HEADER.replace("cn sn", "ALL").replace("(objectClass=*)", "(cn=*)").replace("subtree", "oneLevel");
    let (directory, _) = read(&format!("{all}dn: o=Org\ncn: x\n\n{SUCCESS}"));
    assert_eq!(asked(&directory, "o=Org"), [Some("*".to_owned())]);
    let search = &directory.sources()[0].searches[0].search;
    assert_eq!((search.scope, &search.filter), (Scope::One, &Filter::present("cn")));
}

#[test]
fn a_run_ends_where_another_header_a_version_or_a_result_stands() {
    let other = HEADER.replace("cn sn", "uid");
    let end = "search: 2\nresult: 0 Success\n\n";
    let [a, b] = ["dn: cn=a,o=Org\ncn: a\n\n", "dn: cn=b,o=Org\ncn: b\n\n"];
    let asked_of = |text: &str| {
        let (directory, _) = read(text);
        let of = |name| asked(&directory, name).remove(0);
        (directory.runs().count(), of("cn=a,o=Org"), of("cn=b,o=Org"))
    };
    let (names, uid) = (Some("cn sn".to_owned()), Some("uid".to_owned()));
    for (text, expected) in [
        (format!("{HEADER}{a}{b}{end}"), (1, names.clone(), names.clone())),
        (format!("{HEADER}{a}{end}{other}{b}{end}"), (2, names.clone(), uid.clone())),
        (format!("{HEADER}{a}{other}{b}{end}"), (2, names.clone(), uid.clone())),
        (format!("{HEADER}{a}{end}{b}"), (2, names.clone(), None)),
        (format!("{HEADER}{a}version: 1\n\n{b}"), (2, names.clone(), None)),
        (format!("{a}{HEADER}{b}{end}"), (2, None, names.clone())),
        (format!("{a}version: 1\n\n{b}"), (2, None, None)),
        (format!("{a}{b}"), (1, None, None)),
        // nor does the second speak for the first where they were joined without an empty line
        (format!("{}{HEADER}{b}{end}", a.trim_end().to_owned() + "\n"), (2, None, names.clone())),
    ] {
        assert_eq!(asked_of(&text), expected, "{text}");
    }
}

#[test]
fn records_that_differ_in_what_they_show_say_nothing_of_what_was_asked_of_others() {
    for (text, is_mixed) in [
        ("dn: o=A\ncn: x\n\ndn: o=A\nsn: x\n\n", true),
        ("dn: o=A\ncn: x\n\ndn: o=A\ncn: x\n\n", false),
        ("dn: o=A\ncn: x\n\nversion: 1\n\ndn: o=A\nsn: x\n\n", false),
    ] {
        let (directory, _) = read(text);
        assert_eq!(directory.runs().any(|(_, run)| run.is_mixed), is_mixed, "{text}");
    }
}

#[test]
fn pages_continue_one_run() {
    let page = |cookie: &str, header: &str| {
        format!(
            "search: 2\nresult: 0 Success\ncontrol: 1.2.840.113556.1.4.319 false MA0=\npagedresults: cookie={cookie}\n{header}"
        )
    };
    let [a, b] = ["dn: cn=a,o=Org\ncn: a\n\n", "dn: cn=b,o=Org\ncn: b\n\n"];
    let prompt = "Press [size] Enter for the next {99|size} entries.\n\n";
    // with a prompt, with the header again, and with neither
    for between in [prompt.to_owned(), HEADER.to_owned(), format!("{prompt}{HEADER}"), "\n".to_owned()] {
        let text = format!("{HEADER}{a}{}{b}{}\n", page("AwAAAA==", &between), page("", ""));
        let (directory, _) = read(&text);
        assert_eq!(trouble(&directory), None, "{text}");
        assert_eq!(directory.runs().count(), 1, "{text}");
        let lists = [asked(&directory, "cn=a,o=Org"), asked(&directory, "cn=b,o=Org")];
        assert_eq!(lists, [[Some("cn sn".to_owned())], [Some("cn sn".to_owned())]], "{text}");
        assert_eq!(directory.sources()[0].searches.len(), 1, "{text}");
    }
    // the last page is missing
    let (directory, _) = read(&format!("{HEADER}{a}{}{b}", page("AwAAAA==", "\n")));
    assert!(trouble(&directory).is_some_and(|told| told.contains("has more pages")), "{:?}", trouble(&directory));
}

#[test]
fn a_part_of_the_values_is_no_more_than_that() {
    let (directory, _) = read("dn: o=A\nmember;range=0-1: cn=a\nmember;range=0-1: cn=b\ncn;lang-de: x\nsn;range=0-*: y\n\n");
    let entry = find(&directory, "o=A");
    let is_part = |name: &str| {
        let name = directory.name(name).expect(name);
        entry.records().iter().any(|record| directory.set(record.partial).has(name))
    };
    assert_eq!(["member", "cn", "sn"].map(is_part), [true, false, false]);
}

#[test]
fn an_entry_that_the_end_of_the_file_cuts_is_not_taken_for_whole() {
    for (text, cut) in [
        ("dn: o=A\ncn: x\n\n", false),
        ("dn: o=A\ncn: x\n", false),
        ("dn: o=A\ncn: x", true),
        ("# extended LDIF\n\ndn: o=A\ncn: x\n", true),
        ("# extended LDIF\n\ndn: o=A\ncn: x\n# y\n", true),
        ("dn: o=B\n\ndn: o=A\ncn: x", true),
    ] {
        let (directory, loaded) = read(text);
        assert_eq!(asked(&directory, "o=A"), [cut.then(String::new)], "{text:?}");
        assert_eq!(loaded.notes.iter().any(|note| note.contains("the last record may have been cut")), cut, "{text:?}");
    }
}

/// A directory that was collected, and what it says of itself.
fn collected() -> (Directory, String) {
    let mut builder = Builder::default();
    let (mut searches, mut add) = (Vec::new(), Vec::new());
    for (search, ended) in [
        (Search::below(dn("o=Org"), Filter::equal("objectClass", "Mail-Gateway"), &["*", "Extension-Data"]), Ended::Complete),
        (Search::below(dn("o=Org"), Filter::equal("Is-Deleted", "TRUE"), &["objectClass"]).at_most(1), Ended::OwnLimit),
        (Search::read(dn("cn=gone,o=Org"), &["objectClass", "uid"]), Ended::NoSuchObject),
        (Search::read(dn("cn=far,ou=T,o=Org"), &["objectClass", "uid"]), Ended::Referral),
        (Search::below(dn("o=Org"), Filter::present("cn"), &["cn"]), Ended::Cut("time".into())),
    ] {
        add.push(search.attributes.clone());
        searches.push(Answered { search, ended, came: 0 });
    }
    let source = Source { kind: Kind::Live, location: "ldap://x".into(), proves: true, searches, trouble: None };
    let source = builder.source(source);
    let run = builder.run(Run { source, is_mixed: false, scope: None, line: 0 });
    let mut entry = |name: &str, lists: &[usize], shown: &[(&str, &str)]| {
        for list in lists {
            let mut entry = crate::directory::entry::Entry::new(dn(name));
            shown.iter().for_each(|(name, value)| entry.add(name, value));
            let asked = builder.asked(add[*list].iter().map(String::as_str));
            assert!(builder.add(&entry, run, asked));
        }
    };
    entry("cn=b,ou=S,o=Org", &[0], &[("objectClass", "Mail-Gateway"), ("Extension-Data", "\0x")]);
    entry("ou=S,o=Org", &[1], &[("objectClass", "organizationalUnit")]);
    // of two searches together something else was asked than of either
    entry("cn=a,ou=S,o=Org", &[1, 4], &[("objectClass", "person")]);
    let directory = builder.finish();
    let about = About { base: dn("o=Org"), notes: vec!["A note.".into()], program: "exaudit".into(), ..About::default() };
    let mut bytes = Vec::new();
    write_directory(&directory, &about, &mut bytes, &mut Vec::new()).expect("written");
    (directory, String::from_utf8(bytes).expect("text"))
}
