//! The rules of the witnesses, one after the other, as they stand in the design: small directories, and what they answer.

mod asked;
mod complete;
mod conditions;
mod hidden;
mod life;
mod one_set;
mod referrers;
mod visible;

use super::*;
use crate::directory::filter::Filter;
use crate::directory::ldif::{self, Record};
use crate::directory::source::{Ended, Search};
use crate::directory::whole::{Answered, Builder, Run, Source};
use crate::exchange::fake::{directory, questions, questions_of, table};
use serde_json::Value;

/// A cause in a few words: its kind, and what it is about.
fn word(cause: &Cause) -> String {
    fn texts(value: &Value, into: &mut Vec<String>) {
        match value {
            Value::String(text) => into.push(text.clone()),
            Value::Array(all) => all.iter().for_each(|one| texts(one, into)),
            Value::Object(fields) => {
                fields.get("kind").into_iter().for_each(|kind| texts(kind, into));
                fields.iter().filter(|(key, _)| *key != "kind").for_each(|(_, value)| texts(value, into));
            }
            _ => {}
        }
    }
    let mut words = Vec::new();
    texts(&serde_json::to_value(cause).expect("JSON"), &mut words);
    words.join(" ")
}

fn words(questions: &Questions, causes: &Causes) -> String {
    let told: Vec<String> = questions.told(causes).iter().map(word).collect();
    told.join(", ")
}

fn ground(questions: &Questions, ground: &Ground) -> String {
    match (ground.is_assumed(), ground.inferred) {
        (true, _) => format!("assumed: {}", words(questions, ground.assumptions())),
        (false, true) => "inferred".into(),
        (false, false) => "documented".into(),
    }
}

fn said(questions: &Questions, truth: &Truth) -> String {
    match truth {
        Truth::Yes(of) => format!("yes, {}", ground(questions, of)),
        Truth::No(of) => format!("no, {}", ground(questions, of)),
        Truth::Open(causes) => format!("open: {}", words(questions, causes)),
    }
}

/// `a` is `cn=a,cn=Recipients,ou=S,o=Org`; what has several parts lies in the organization.
fn dn(name: &str) -> Dn {
    let name = match name {
        _ if name.contains("o=") => name.to_owned(),
        _ if name.contains('=') => format!("{name},o=Org"),
        _ => format!("cn={name},cn=Recipients,ou=S,o=Org"),
    };
    Dn::parse(name.as_bytes()).expect("a name")
}

fn seen<'q>(questions: &'q Questions, name: &str) -> Seen<'q> {
    questions.find(&dn(name)).expect(name)
}

/// Whether an object has an attribute.
fn is_set(questions: &Questions, name: &str, attribute: &str) -> String {
    said(questions, &seen(questions, name).values(attribute).is_set())
}

fn address(questions: &Questions, name: &str, kind: &str) -> String {
    said(questions, &seen(questions, name).has_address(kind))
}

fn holds(questions: &Questions, name: &str, filter: &str) -> String {
    let filter = Filter::parse(filter).expect(filter);
    said(questions, &Condition::of(&filter, questions).holds(&seen(questions, name)))
}

fn lives(questions: &Questions, name: &str) -> String {
    said(questions, &seen(questions, name).lives())
}

fn leads(questions: &Questions, name: &str) -> String {
    match questions.object(&dn(name)) {
        Lookup::There(seen) => format!("there: {}", seen.dn().leaf()),
        Lookup::Deleted(_) => "deleted".into(),
        Lookup::Gone(of, witness) => {
            let witness = match witness {
                Witness::Tombstone { location } => format!("tombstone in {location}"),
                Witness::Readable { location } => format!("readable in {location}"),
                Witness::Siblings { location } => format!("siblings in {location}"),
                Witness::Change => "change".into(),
                Witness::Above(above) => format!("above: {}", above.0),
            };
            format!("gone, {}, {witness}", ground(questions, &of))
        }
        Lookup::Open(causes) => format!("open: {}", words(questions, &causes)),
    }
}

/// How many objects of a selection there are, of site S or of all, and whether these are all.
fn all(questions: &Questions, selection: &str, site: Option<&str>) -> String {
    let site = site.map(dn);
    let all = questions.all(Selection::named(selection).expect(selection), site.as_ref());
    let whole = match all.whole() {
        Ok(of) => ground(questions, &of),
        Err(causes) => format!("open: {}", words(questions, &causes)),
    };
    format!("{}, {whole}", all.count())
}

/// What a server answered in one run: objects behind what was asked of them, and how searches ended.
fn live_with(answers: &[(&str, &str)], searches: &[(Search, Ended)], hints: Hints) -> Questions {
    let mut builder = Builder::default();
    let answered = |(search, ended): &(Search, Ended)| Answered { search: search.clone(), ended: ended.clone(), came: 0 };
    let searches = searches.iter().map(answered).collect();
    let source =
        builder.source(Source { kind: SourceKind::Live, location: "ldap://x".into(), proves: true, searches, trouble: None });
    let run = builder.run(Run { source, is_mixed: false, scope: None, line: 0 });
    for (asked, text) in answers {
        let asked = builder.asked(asked.split(' '));
        for record in ldif::entries(text.as_bytes()) {
            let Ok(Record::Entry(entry)) = record else { panic!("{text}: {record:?}") };
            assert!(builder.add(&entry, run, asked));
        }
    }
    Questions::of(builder.finish(), Dn::parse(b"o=Org").expect("a name"), hints, [])
}

fn live(answers: &[(&str, &str)]) -> Questions {
    live_with(answers, &[everything(Ended::Complete)], Hints::default())
}

fn everything(ended: Ended) -> (Search, Ended) {
    (Search::below(dn("o=Org"), Filter::present("objectClass"), &[]), ended)
}

/// A record of LDIF: a mailbox of site S, or an object of a class, `Class:NAME`, or one that is named whole.
fn object(name: &str, lines: &[&str]) -> String {
    let (class, name) = name.split_once(':').unwrap_or(("organizationalPerson", name));
    format!("dn: {}\nobjectClass: {class}\n{}\n", dn(name), lines.iter().map(|line| format!("{line}\n")).collect::<String>())
}

fn objects(all: &[(&str, &[&str])]) -> String {
    all.iter().map(|(name, lines)| object(name, lines)).collect()
}

const STORE: &str = "Home-MDB: cn=Microsoft Private MDB,cn=SRV,cn=Servers,cn=Configuration,ou=S,o=Org";
const VERSION: &str = "Object-Version: 1";
const X400: &str = "textEncodedORAddress: c=US;a= ;p=Org;o=S;s=A;";

const HIDDEN: (&str, &[&str]) = ("h", &["Hide-From-Address-Book: TRUE"]);
const RECIPIENTS: (&str, &[&str]) = ("Container:cn=Recipients,ou=S", &[]);
