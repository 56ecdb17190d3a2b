use super::*;
use crate::directory::dn::Dn;
use crate::directory::filter::Filter;
use std::fs;
use std::io::Write;

const TREE: &str = "dn: o=Org\nobjectClass: organization\n\n\
    dn: ou=S,o=Org\nobjectClass: organizationalUnit\n\n\
    dn: cn=a,ou=S,o=Org\nobjectClass: person\nuid: 1\n\n\
    dn: cn=b,ou=S,o=Org\nobjectClass: person\n\n\
    dn: CN=A,OU=s,O=org\nobjectClass: person\nuid: 2\n";

fn dn(text: &str) -> Dn {
    Dn::parse(text.as_bytes()).expect(text)
}

fn source(text: &str) -> LdifSource {
    LdifSource::from_bytes("export.ldif", text.as_bytes().to_vec())
}

fn all() -> Search {
    Search::below(Dn::default(), Filter::present("objectClass"), &[])
}

/// What came back, as `index name`, and how each search ended.
fn run(source: &mut LdifSource, searches: &[Search]) -> (Vec<String>, Vec<Ended>) {
    let mut found = Vec::new();
    let ended = source.search_all(searches, &mut |index, entry| found.push(format!("{index} {}", entry.dn)));
    (found, ended)
}

fn cut(text: &str) -> Ended {
    Ended::Cut(text.into())
}

#[test]
fn answers_many_searches_in_one_pass() {
    let one = Search { scope: crate::directory::source::Scope::One, ..Search::below(dn("ou=S,o=Org"), Filter::And(vec![]), &[]) };
    let searches = [
        Search::read(dn("cn=A,ou=S,o=Org"), &[]),
        Search::read(dn("cn=none,o=Org"), &[]),
        one,
        all().at_most(1),
        Search::below(dn("o=org"), Filter::equal("uid", "2"), &[]),
        Search { filter: Filter::equal("objectClass", "person"), ..Search::read(dn("o=Org"), &[]) },
    ];
    let mut source = source(TREE);
    for _ in 0..2 {
        let (found, ended) = run(&mut source, &searches);
        let expected = [
            "3 o=Org",
            "0 cn=a,ou=S,o=Org",
            "2 cn=a,ou=S,o=Org",
            "2 cn=b,ou=S,o=Org",
            "0 CN=A,OU=s,O=org",
            "2 CN=A,OU=s,O=org",
            "4 CN=A,OU=s,O=org",
        ];
        assert_eq!(found, expected);
        let (complete, limit) = (Ended::Complete, Ended::OwnLimit);
        assert_eq!(ended, [complete.clone(), Ended::NoSuchObject, complete.clone(), limit, complete.clone(), complete]);
    }
    assert_eq!(run(&mut source, &[]), (vec![], vec![]));
    assert_eq!(source.origin(), Origin { kind: Kind::Ldif, location: "export.ldif".into(), bind_dn: None });
}

#[test]
fn a_cut_leaves_undecided_what_was_not_found_before() {
    let searches = [all(), Search::read(dn("o=Org"), &[]), Search::read(dn("cn=z,o=Org"), &[]), all().at_most(2)];
    for (text, entries, problem) in [
        (format!("{TREE}cn:: QUJ\n"), 4, "export.ldif: line 17: the base64 value of \"cn\" is malformed"),
        (
            format!("{TREE}\nno colon\n\ndn: cn=z,o=Org\nobjectClass: x\n"),
            5,
            "export.ldif: line 18: no `name: value` here; is this an LDIF file?",
        ),
        (
            format!("{TREE}\nsearch: 2\nresult: 4 Size limit exceeded\n\n# numResponses: 6\n"),
            5,
            "export.ldif: line 18: the search that made this file was cut (result 4 Size limit exceeded)",
        ),
        (
            format!("# extended LDIF\n\n{TREE}"),
            5,
            "export.ldif: line 1: the search that begins here has no end in this file; it was cut, or has more pages",
        ),
    ] {
        let (found, ended) = run(&mut source(&text), &searches);
        assert_eq!(found.iter().filter(|found| found.starts_with('0')).count(), entries, "{text}");
        assert_eq!(ended, [cut(problem), Ended::Complete, cut(problem), Ended::OwnLimit], "{text}");
    }
}

#[test]
fn a_cut_search_does_not_end_the_reading() {
    let text = "dn: o=A\nobjectClass: x\n\nsearch: 2\nresult: 3 Time limit exceeded\n\ndn: o=B\nobjectClass: x\n\n\
        malformed\n";
    let (found, ended) = run(&mut source(text), &[all(), Search::read(dn("o=B"), &[])]);
    assert_eq!(found, ["0 o=A", "0 o=B", "1 o=B"]);
    let problem = "export.ldif: line 4: the search that made this file was cut (result 3 Time limit exceeded)";
    assert_eq!(ended, [cut(problem), Ended::Complete]);
}

#[test]
fn an_empty_file_answers_nothing_but_an_empty_result_does() {
    let none = cut("export.ldif: it holds no entry; was the export written?");
    for text in ["", "\n", "version: 1\n\n", "# LDAPv3\n"] {
        assert_eq!(run(&mut source(text), &[all()]).1, std::slice::from_ref(&none), "{text:?}");
    }
    let searches = [all(), Search::read(dn("o=Org"), &[])];
    let ended = run(&mut source("# extended LDIF\n\nsearch: 2\nresult: 0 Success\n"), &searches).1;
    assert_eq!(ended, [Ended::Complete, Ended::NoSuchObject]);
}

#[test]
fn stops_when_every_search_has_what_it_may_take() {
    let text = format!("{TREE}\nmalformed\n");
    assert_eq!(run(&mut source(&text), &[all().at_most(2)]).1, [Ended::OwnLimit]);
}

#[test]
fn reads_files_and_streams_more_than_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("export.ldif");
    fs::write(&path, TREE).expect("written");
    let mut file = LdifSource::open(&path).expect("opens");
    assert_eq!(file.origin().location, path.display().to_string());
    let mut stream = LdifSource::from_reader("standard input", TREE.as_bytes()).expect("kept");
    assert_eq!(stream.origin().location, "standard input");
    let expected = (run(&mut source(TREE), &[all()]).0, vec![Ended::Complete]);
    for _ in 0..2 {
        assert_eq!(run(&mut file, &[all()]), expected);
        assert_eq!(run(&mut stream, &[all()]), expected);
    }
}

#[test]
fn a_file_that_goes_away_is_still_read_and_one_that_changes_is_not_trusted() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("export.ldif");
    fs::write(&path, TREE).expect("written");
    let mut file = LdifSource::open(&path).expect("opens");
    fs::OpenOptions::new().append(true).open(&path).expect("opens").write_all(b"\ndn: o=New\nobjectClass: x\n").expect("written");
    let (found, ended) = run(&mut file, &[all()]);
    assert_eq!(found.len(), 6);
    let problem = "the file changed while it was being read; run again when it is written completely";
    assert_eq!(ended, [cut(&format!("{}: {problem}", path.display()))]);

    let mut file = LdifSource::open(&path).expect("opens");
    if fs::remove_file(&path).is_ok() {
        assert_eq!(run(&mut file, &[all()]).1, [Ended::Complete]);
    }
}

#[test]
fn says_what_cannot_be_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    let shown = folder.path().display().to_string();
    let error = LdifSource::open(folder.path()).expect_err("a directory");
    assert_eq!(error.to_string(), format!("cannot read {shown}: it is a directory; name the file"));
    let missing = folder.path().join("none.ldif");
    let error = LdifSource::open(&missing).expect_err("no file");
    assert_eq!(error.to_string(), format!("cannot read {}: there is no such file", missing.display()));
}

#[test]
fn an_endless_stream_of_zeros_is_not_kept() {
    let mut source = LdifSource::from_reader("standard input", std::io::repeat(0)).expect("kept in part");
    assert_eq!(run(&mut source, &[all()]).1, [cut("standard input: line 1: a NUL byte; this is not LDIF text")]);
}

#[cfg(unix)]
#[test]
fn a_pipe_is_kept_since_it_can_be_read_only_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&path).status().expect("mkfifo runs");
    assert!(made.success());
    let writer = {
        let path = path.clone();
        std::thread::spawn(move || fs::write(path, TREE))
    };
    let mut source = LdifSource::open(&path).expect("opens");
    writer.join().expect("no panic").expect("written");
    for _ in 0..2 {
        assert_eq!(run(&mut source, &[all()]).1, [Ended::Complete]);
    }
}
