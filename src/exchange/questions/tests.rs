//! The rules of the witnesses, one after the other, as they stand in the design: small directories, and what they answer.

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

// run

#[test]
fn a_witness_speaks_for_its_own_run() {
    let [a, b] = [object("a", &[STORE, VERSION]), object("b", &[VERSION])];
    let limit = "Deliv-Cont-Length: 1";
    let [c, d] = [object("c", &[limit, VERSION]), object("d", &[VERSION])];
    for (files, expected) in [
        (vec![format!("{a}{b}")], "no, documented"),
        (vec![format!("{a}version: 1\n\n{b}")], "open: not-asked Home-MDB"),
        (vec![format!("{a}search: 2\nresult: 0 Success\n\n{b}")], "open: not-asked Home-MDB"),
        (vec![a.clone(), b.clone()], "open: not-asked Home-MDB"),
        (vec![object("c", &[VERSION]), format!("{a}{b}")], "no, documented"),
        // several records of one name show different things: nobody knows what was asked of whom
        (vec![format!("{a}{b}{}", object("a", &["uid: a"]))], "open: not-asked Home-MDB"),
        (vec![format!("{a}{b}{a}")], "no, documented"),
    ] {
        let files: Vec<(&str, &str)> = ["one.ldif", "two.ldif"].into_iter().zip(files.iter().map(String::as_str)).collect();
        assert_eq!(is_set(&questions_of(&files), "b", "Home-MDB"), expected, "{files:?}");
    }
    // nor does an attribute that was seen in one run show what a bind sees in another
    let header = "# extended LDIF\n# requesting: * Deliv-Cont-Length Object-Version Is-Deleted\n\n";
    let one = format!("{header}{c}search: 2\nresult: 0 Success\n\n{header}{d}search: 2\nresult: 0 Success\n");
    assert_eq!(is_set(&questions(&one), "d", "Deliv-Cont-Length"), "no, assumed: shown-by-nobody Deliv-Cont-Length S");
    let one = format!("{header}{c}{d}search: 2\nresult: 0 Success\n");
    assert_eq!(is_set(&questions(&one), "d", "Deliv-Cont-Length"), "no, documented");
}

// asked for

#[test]
fn an_attribute_is_unset_only_where_it_was_asked_for() {
    let (a, b) = (object("a", &[STORE, "Home-MTA: x", "cn: A", VERSION]), object("b", &[VERSION]));
    for (asked, attribute, expected) in [
        ("Home-MDB Object-Version Is-Deleted", "Home-MDB", "no, documented"),
        ("home-mdb Object-Version Is-Deleted", "HOME-MDB", "no, documented"),
        ("Object-Version Is-Deleted", "Home-MDB", "open: not-asked Home-MDB"),
        // what is operational does not come unnamed
        ("* Object-Version Is-Deleted", "Home-MDB", "open: not-asked Home-MDB"),
        ("* Object-Version Is-Deleted", "Home-MTA", "no, documented"),
        ("* Object-Version Is-Deleted", "cn", "no, documented"),
        ("Object-Version Is-Deleted", "cn", "open: not-asked cn"),
        ("* Object-Version Is-Deleted", "Nobody-Knows", "open: not-asked Nobody-Knows"),
    ] {
        let everything = "* Home-MDB Object-Version Is-Deleted";
        assert_eq!(is_set(&live(&[(everything, &a), (asked, &b)]), "b", attribute), expected, "{asked} {attribute}");
    }
    // asked for in two searches, one after the other
    let twice = live(&[("* Home-MDB Object-Version", &a), ("Object-Version Is-Deleted", &b), ("Home-MDB Object-Version", &b)]);
    assert_eq!(is_set(&twice, "b", "Home-MDB"), "no, documented");
}

#[test]
fn a_header_says_what_was_asked_for_and_a_plain_file_by_another_object() {
    let end = "search: 2\nresult: 0 Success\n";
    let pair = objects(&[("a", &[STORE, VERSION]), ("b", &[VERSION])]);
    for (requesting, expected) in [
        ("* Home-MDB Object-Version Is-Deleted", "no, documented"),
        ("ALL", "open: not-asked Is-Deleted"),
        ("* Is-Deleted", "open: not-asked Home-MDB"),
    ] {
        let text = format!("# extended LDIF\n# requesting: {requesting} \n\n{pair}{end}");
        assert_eq!(is_set(&questions(&text), "b", "Home-MDB"), expected, "{requesting}");
    }
    let alone = object("b", &[VERSION]);
    assert_eq!(is_set(&questions(&alone), "b", "Home-MDB"), "open: not-asked Home-MDB");
    assert_eq!(is_set(&questions(&alone), "b", "description"), "open: not-asked description", "whatever anybody may see, too");
}

#[test]
fn a_table_asks_for_its_columns_but_not_for_octets_that_no_row_fills() {
    let row = |name: &str, rest: &str| format!("Mailbox,/o=Org/ou=S/cn=Recipients/cn={name},{rest}\n");
    let of = |a: &str, attribute: &str| {
        let header = "Obj-Class,Obj-Dist-Name,Is-Deleted,Home-MTA,Extension-Data\n";
        is_set(&table(&format!("{header}{}{}", row("a", a), row("b", ",,"))), "b", attribute)
    };
    assert_eq!(of(",x,0041", "Home-MTA"), "no, inferred");
    assert_eq!(of(",x,0041", "Home-MDB"), "open: not-asked Home-MDB", "there is no column");
    assert_eq!(of(",x,0041", "Extension-Data"), "no, inferred");
    assert_eq!(of(",x,", "Extension-Data"), "open: not-visible Extension-Data S");
    // the Administrator program reads the directory itself: the column is no less visible where it is empty throughout
    let empty = "Obj-Class,Obj-Dist-Name,Is-Deleted,Alt-Recipient\nMailbox,/o=Org/ou=S/cn=Recipients/cn=b,,\n";
    assert_eq!(is_set(&table(empty), "b", "Alt-Recipient"), "no, assumed: shown-by-nobody Alt-Recipient S");
}

// one set

#[test]
fn the_places_of_addresses_are_one_set() {
    let other = "otherMailbox: X400$c=US;a= ;p=Org;o=S;s=A;";
    let raw = "Proxy-Addresses: x400:c=US;a= ;p=Org;o=S;s=A;";
    for shown in [X400, other, raw] {
        let one = live(&[("textEncodedORAddress Is-Deleted", &object("a", &[shown]))]);
        assert_eq!(address(&one, "a", "X400"), "yes, documented", "{shown}");
        assert_eq!(address(&one, "a", "x400"), "yes, documented", "{shown}");
    }
    let witness = object("w", &[X400]);
    let both = "textEncodedORAddress otherMailbox Is-Deleted";
    for (asked, expected) in [
        (both, "no, documented"),
        ("Proxy-Addresses Is-Deleted", "no, documented"),
        // the primary alone says nothing of the others, nor the others of the primary
        ("textEncodedORAddress Is-Deleted", "open: not-asked otherMailbox"),
        ("otherMailbox Is-Deleted", "open: not-asked textEncodedORAddress"),
        ("mail otherMailbox Is-Deleted", "open: not-asked textEncodedORAddress"),
    ] {
        let pair = live(&[(both, &witness), (asked, &object("a", &["uid: a"]))]);
        assert_eq!(address(&pair, "a", "X400"), expected, "{asked}");
        // each item of a filter asks the set
        for item in ["(textEncodedORAddress=*)", "(otherMailbox=X400$*)", "(Proxy-Addresses=X400:*)"] {
            assert_eq!(holds(&pair, "a", item), expected, "{asked} {item}");
        }
        let filter = "(|(textEncodedORAddress=*)(otherMailbox=X400$*)(Proxy-Addresses=X400:*))";
        assert_eq!(holds(&pair, "a", filter), expected, "{asked}");
    }
    // where it stands in another place, one place is asked about by itself
    let one = live(&[(both, &object("a", &[other])), (both, &witness)]);
    assert_eq!(holds(&one, "a", "(otherMailbox=X400$*)"), "yes, documented");
    assert!(holds(&one, "a", "(textEncodedORAddress=c=US*)").starts_with("no, "));
}

#[test]
fn an_address_is_visible_where_another_object_of_the_site_shows_one_of_its_type() {
    let both = "textEncodedORAddress otherMailbox mail Is-Deleted";
    for (witness, expected) in [
        (object("w", &[X400]), "no, documented"),
        (object("Remote-Address:w", &[X400]), "no, inferred"),
        (object("MTA:cn=x,cn=Configuration,ou=S", &[X400]), "no, inferred"),
        (object("w", &["mail: a@b"]), "open: not-visible textEncodedORAddress S"),
        // one beside the primaries says nothing of them
        (object("w", &["otherMailbox: X400$c=US;"]), "open: not-visible textEncodedORAddress S"),
        (object("cn=w,cn=Recipients,ou=T", &[X400]), "open: not-visible textEncodedORAddress S"),
        (object("w", &[X400, "Is-Deleted: TRUE"]), "open: not-visible textEncodedORAddress S"),
    ] {
        assert_eq!(address(&live(&[(both, &witness), (both, &object("a", &["uid: a"]))]), "a", "X400"), expected, "{witness}");
    }
    // other addresses in the same place show nothing of it: each type may be left out by itself
    let raw = "Proxy-Addresses Is-Deleted";
    let pair = live(&[(raw, &object("w", &["Proxy-Addresses: SMTP:a@b"])), (raw, &object("a", &["uid: a"]))]);
    assert_eq!(address(&pair, "a", "X400"), "open: not-visible textEncodedORAddress S");
    // an address inside another, that was not taken apart
    let inside = "otherMailbox: SMTP$a@b|X400:c=US;a= ;p=Org;s=A;";
    let hidden = live(&[(both, &object("w", &[X400])), (both, &object("a", &[inside]))]);
    assert_eq!(address(&hidden, "a", "X400"), "open: not-visible X.400 address S");
    // a part of the values is not all of them
    let part = object("a", &["otherMailbox;range=0-1: MS$x"]);
    assert_eq!(
        address(&live(&[(both, &object("w", &[X400])), (both, &part)]), "a", "X400"),
        "open: in-part otherMailbox cn=a,cn=Recipients,ou=S,o=Org"
    );
}

#[test]
fn a_table_whose_column_of_addresses_some_row_fills_shows_them_all() {
    let of = |addresses: &str| {
        let row = |name: &str, addresses: &str| format!("Mailbox,/o=Org/ou=S/cn=Recipients/cn={name},,,{addresses}\n");
        let header = "Obj-Class,Obj-Dist-Name,Is-Deleted,Secondary-Proxy-Addresses,Proxy-Addresses\n";
        address(&table(&format!("{header}{}{}", row("a", ""), row("w", addresses))), "a", "X400")
    };
    let primaries = "Obj-Dist-Name,Is-Deleted,Proxy-Addresses\n/o=Org/ou=S/cn=Recipients/cn=a,,\n/o=Org/ou=S/cn=b,,SMTP:a@b\n";
    assert_eq!(address(&table(primaries), "a", "X400"), "open: not-asked otherMailbox");
    assert_eq!(of("SMTP:a@b"), "no, inferred");
    assert_eq!(of("X400:c=US;a= ;s=A;"), "no, documented");
    assert_eq!(of(""), "open: not-visible textEncodedORAddress S");
}

#[test]
fn records_that_contradict_each_other_in_their_addresses_decide_nothing() {
    let [one, other] = [object("a", &["otherMailbox: X400$s=A"]), object("a", &["otherMailbox: MS$x"])];
    let two = questions_of(&[("one.ldif", &one), ("two.ldif", &other)]);
    let a = dn("a").to_string();
    assert_eq!(address(&two, "a", "X400"), format!("open: ambiguous Proxy-Addresses {a}"));
}

// visible

#[test]
fn operational_attributes_are_visible_by_another_of_them_on_the_same_object() {
    let asked = "Deliv-Cont-Length Object-Version Home-MTA createTimestamp Port-Number Is-Deleted";
    let limit = "Deliv-Cont-Length: 1";
    for (shown, expected) in [
        (vec![VERSION], "no, documented"),
        // one that need not be named tells nothing of one that must
        (vec!["Home-MTA: x"], "open: not-visible Deliv-Cont-Length S"),
        (vec!["uid: a"], "open: not-visible Deliv-Cont-Length S"),
        // every LDAP server makes these for itself
        (vec!["createTimestamp: 19980101000000Z"], "open: not-visible Deliv-Cont-Length S"),
        // one that can be withheld by itself tells of nothing else
        (vec!["Alt-Recipient: x"], "open: not-visible Deliv-Cont-Length S"),
    ] {
        let pair = live(&[(asked, &object("w", &[limit, VERSION])), (asked, &object("a", &shown))]);
        assert_eq!(is_set(&pair, "a", "Deliv-Cont-Length"), expected, "{shown:?}");
    }
}

#[test]
fn what_can_be_withheld_by_itself_is_visible_by_itself_on_another_object_of_the_site() {
    let asked = "Alt-Recipient Hide-From-Address-Book uid title department Object-Version Is-Deleted";
    let target = "Alt-Recipient: cn=x,cn=Recipients,ou=S,o=Org";
    for (witness, expected) in [
        (object("w", &[target]), "no, documented"),
        (object("groupOfNames:w", &[target]), "no, inferred"),
        // an attribute of the same visibility shows that the kind is not withheld, which may be assumed of this one
        (object("w", &["Hide-From-Address-Book: TRUE"]), "no, assumed: shown-by-nobody Alt-Recipient S"),
        (object("w", &[VERSION]), "open: not-visible Alt-Recipient S"),
        (object("w", &["title: x"]), "open: not-visible Alt-Recipient S"),
        (object("cn=w,cn=Recipients,ou=T", &[target]), "open: not-visible Alt-Recipient S"),
        (object("w", &[target, "Is-Deleted: TRUE"]), "open: not-visible Alt-Recipient S"),
    ] {
        let pair = live(&[(asked, &witness), (asked, &object("a", &[VERSION]))]);
        assert_eq!(is_set(&pair, "a", "Alt-Recipient"), expected, "{witness}");
    }
    let pair = live(&[(asked, &object("w", &["department: x"])), (asked, &object("a", &["uid: a"]))]);
    assert_eq!(is_set(&pair, "a", "title"), "no, assumed: shown-by-nobody title S");
}

#[test]
fn what_anybody_may_see_is_visible_and_what_is_outside_the_schema_by_itself() {
    let asked = "description X-Own Is-Deleted";
    assert_eq!(is_set(&live(&[(asked, &object("a", &["uid: a"]))]), "a", "description"), "no, documented");
    for (witness, expected) in [
        (object("w", &["X-Own: 1"]), "no, documented"),
        (object("groupOfNames:w", &["X-Own: 1"]), "open: not-visible X-Own S"),
        (object("cn=w,cn=Recipients,ou=T", &["X-Own: 1"]), "open: not-visible X-Own S"),
    ] {
        let pair = live(&[(asked, &witness), (asked, &object("a", &[VERSION]))]);
        assert_eq!(is_set(&pair, "a", "X-Own"), expected, "{witness}");
    }
}

#[test]
fn every_object_has_a_class_though_it_was_not_shown() {
    let unclassed = format!("dn: {}\nuid: a\n\n", dn("a"));
    for (asked, expected) in
        [("objectClass Is-Deleted", "open: not-visible objectClass S"), ("uid Is-Deleted", "open: not-asked objectClass")]
    {
        let one = live(&[(asked, &unclassed)]);
        assert_eq!(holds(&one, "a", "(objectClass=*)"), "yes, documented");
        assert_eq!(holds(&one, "a", "(objectClass=groupOfNames)"), expected);
    }
    let by_oid = live(&[("objectClass", &object("1.2.840.113556.1.3.22:a", &[]))]);
    assert!(seen(&by_oid, "a").kind() != &crate::exchange::class::Kind::Unknown);
}

#[test]
fn values_that_are_shown_are_all_of_them_unless_only_a_part_came() {
    let asked = "member Is-Deleted";
    let whole = live(&[(asked, &object("a", &["member: cn=x"]))]);
    assert_eq!(holds(&whole, "a", "(member=cn=x)"), "yes, documented");
    assert_eq!(holds(&whole, "a", "(member=cn=y)"), "no, documented");
    let part = live(&[(asked, &object("a", &["member;range=0-0: cn=x"]))]);
    assert_eq!(holds(&part, "a", "(member=cn=x)"), "yes, documented");
    assert_eq!(holds(&part, "a", "(member=cn=y)"), format!("open: in-part member {}", dn("a")));
}

// shown by nobody

#[test]
fn what_exchange_gives_every_object_of_a_kind_is_unseen_where_nobody_shows_it() {
    let asked = "* Home-MDB Deliv-Cont-Length Object-Version Computer-Name serialNumber Home-MTA Is-Deleted";
    let of = |name: &str, attribute: &str| {
        let one = live(&[(asked, &object(name, &[VERSION]))]);
        is_set(&one, name.rsplit_once(':').map_or(name, |(_, name)| name), attribute)
    };
    let server = "Computer:cn=SRV,cn=Servers,cn=Configuration,ou=S";
    let service = "Mail-Gateway:cn=IMC,cn=Connections,cn=Configuration,ou=S";
    for (name, attribute) in [("a", "Home-MDB"), ("a", "Home-MTA"), (service, "Computer-Name"), (server, "serialNumber")] {
        assert_eq!(of(name, attribute), format!("open: not-visible {attribute} S"), "{name}");
    }
    for (name, attribute) in
        [("a", "Deliv-Cont-Length"), ("groupOfNames:l", "Home-MDB"), (server, "Computer-Name"), (service, "serialNumber")]
    {
        assert_eq!(of(name, attribute), format!("no, assumed: shown-by-nobody {attribute} S"), "{name}");
    }
    // where another shows it, one that does not has none
    let pair = live(&[(asked, &objects(&[("a", &[VERSION]), ("b", &[STORE, VERSION])]))]);
    assert_eq!(is_set(&pair, "a", "Home-MDB"), "no, documented");
}

// not replicated

#[test]
fn only_a_server_of_its_site_shows_what_is_not_replicated() {
    let asked = "Port-Number Anonymous-Access Object-Version Is-Deleted";
    let protocol = |site: &str, name: &str| format!("Protocol-Cfg-LDAP:cn={name},cn=Protocols,cn=Configuration,ou={site}");
    let (a, w) = ("cn=LDAP,cn=Protocols,cn=Configuration,ou=S", protocol("S", "NNTP"));
    for (witness, expected) in [
        (object(&w, &["Port-Number: 119", VERSION]), "no, documented"),
        (object(&w, &["Anonymous-Access: TRUE", VERSION]), "no, assumed: shown-by-nobody Port-Number S"),
        (object(&w, &[VERSION]), "open: not-replicated Port-Number S"),
        (object(&protocol("T", "NNTP"), &["Port-Number: 119", VERSION]), "open: not-replicated Port-Number S"),
    ] {
        let pair = live(&[(asked, &witness), (asked, &object(&protocol("S", "LDAP"), &[VERSION]))]);
        assert_eq!(is_set(&pair, a, "Port-Number"), expected, "{witness}");
    }
}

// complete

const HIDDEN: (&str, &[&str]) = ("h", &["Hide-From-Address-Book: TRUE"]);
const RECIPIENTS: (&str, &[&str]) = ("Container:cn=Recipients,ou=S", &[]);

#[test]
fn an_object_is_gone_only_where_it_was_looked_for_to_the_end() {
    let asked = "* Hide-From-Address-Book Is-Deleted";
    let text = objects(&[RECIPIENTS, HIDDEN]);
    let read = |ended| (Search::read(dn("z"), &["objectClass"]), ended);
    let services = || (Search::below(dn("o=Org"), Filter::equal("objectClass", "Mail-Gateway"), &["*"]), Ended::Complete);
    let z = dn("z").to_string();
    for (searches, expected) in [
        (vec![read(Ended::NoSuchObject)], "gone, documented, readable in ldap://x".to_owned()),
        (vec![everything(Ended::Complete)], "gone, inferred, readable in ldap://x".into()),
        (vec![everything(Ended::Complete), read(Ended::NoSuchObject)], "gone, documented, readable in ldap://x".into()),
        (vec![read(Ended::Denied)], format!("open: denied {z}")),
        (vec![read(Ended::Referral)], format!("open: referred {z}")),
        (vec![read(Ended::Complete)], format!("open: withheld {z}")),
        (vec![read(Ended::Cut("time".into()))], format!("open: cut {z} could not be looked up: time")),
        (vec![read(Ended::NoSuchObject), read(Ended::Cut("time".into()))], format!("open: cut {z} could not be looked up: time")),
        (vec![everything(Ended::Cut("time".into()))], "open: cut the search for recipients did not complete: time".into()),
        (vec![services()], format!("open: cut {z} was not looked up")),
        (vec![(everything(Ended::Complete).0.at_most(5), Ended::Complete)], format!("open: cut {z} was not looked up")),
    ] {
        assert_eq!(leads(&live_with(&[(asked, &text)], &searches, Hints::default()), "z"), expected, "{searches:?}");
    }
    assert_eq!(leads(&live(&[(asked, &text)]), "h"), "there: h");
}

#[test]
fn a_file_proves_no_absence_but_lets_one_be_inferred_and_names_itself() {
    let text = objects(&[RECIPIENTS, HIDDEN]);
    assert_eq!(leads(&questions(&text), "z"), "gone, inferred, readable in export.ldif");
    assert_eq!(
        leads(
            &table(
                "Obj-Class,Obj-Dist-Name,Hide-From-Address-Book\nContainer,/o=Org/ou=S/cn=Recipients,\nMailbox,/o=Org/ou=S/cn=Recipients/cn=h,1\n"
            ),
            "z"
        ),
        "gone, inferred, readable in export.csv"
    );
    let z = dn("z");
    for (text, expected) in [
        (
            format!("{text}\nsearch: 2\nresult: 4 Size limit exceeded\n"),
            "open: cut export.ldif: line 9: the search that made this file was cut",
        ),
        (
            format!("# extended LDIF\n# base <ou=T,o=Org> with scope subtree\n\n{text}search: 2\nresult: 0 Success\n"),
            "was not looked up",
        ),
        (
            format!("# extended LDIF\n# base <o=Org> with scope oneLevel\n\n{text}search: 2\nresult: 0 Success\n"),
            "was not looked up",
        ),
        (
            format!(
                "# extended LDIF\n# base <o=Org> with scope subtree\n# filter: (cn=*)\n\n{text}search: 2\nresult: 0 Success\n"
            ),
            "was not looked up",
        ),
        (
            format!(
                "# extended LDIF\n# base <o=Org> with scope subtree\n# filter: (objectClass=*)\n\n{text}search: 2\nresult: 0 Success\n"
            ),
            "gone, inferred, readable in export.ldif",
        ),
    ] {
        let said = leads(&questions(&text), "z");
        assert!(said.contains(expected), "{z} {text}: {said}");
    }
    // one file that was cut may hold it, whatever the other shows
    let cut = format!("{}\nno colon\n", object("y", &[]));
    let two = questions_of(&[("one.ldif", &text), ("two.ldif", &cut)]);
    assert!(leads(&two, "z").starts_with("open: cut two.ldif: "), "{}", leads(&two, "z"));
}

#[test]
fn a_population_is_whole_where_its_search_ended_and_its_container_was_seen() {
    let asked = "* Is-Deleted";
    let site = ("organizationalUnit:ou=S", &[] as &[&str]);
    let server = ("Computer:cn=SRV,cn=Servers,cn=Configuration,ou=S", &[] as &[&str]);
    let add_ins = ("Container:cn=Add-Ins,cn=Configuration,ou=S", &[] as &[&str]);
    let cut = |how: &str| vec![everything(Ended::Cut(how.into()))];
    let of_class = |class: &str| (Search::below(dn("o=Org"), Filter::equal("objectClass", class), &["*"]), Ended::Complete);
    let complete = || vec![everything(Ended::Complete)];
    for (text, searches, selection, expected) in [
        (objects(&[site, server]), complete(), "server", "1, documented"),
        (objects(&[site, server]), complete(), "mta", "0, documented"),
        (objects(&[site, add_ins]), complete(), "extension", "0, documented"),
        (objects(&[site, add_ins]), complete(), "server", "0, open: configuration-unseen S"),
        (objects(&[site]), complete(), "server", "0, open: configuration-unseen S"),
        (objects(&[site, server]), vec![of_class("Computer")], "server", "1, documented"),
        (objects(&[site, server]), vec![of_class("MTA")], "server", "1, open: cut nobody searched for all servers here"),
        (
            objects(&[site, server]),
            vec![(of_class("Computer").0.at_most(9), Ended::Complete)],
            "server",
            "1, open: cut nobody searched for all servers here",
        ),
        (objects(&[site, server]), cut("time"), "server", "1, open: cut the search for servers did not complete: time"),
        (objects(&[site, server]), vec![everything(Ended::Denied)], "server", "1, open: denied the search for servers"),
        (
            objects(&[site, server]),
            vec![(Search::below(dn("ou=S"), Filter::present("objectClass"), &[]), Ended::Complete)],
            "server",
            "1, open: cut nobody searched for all servers here",
        ),
    ] {
        let live = live_with(&[(asked, &text)], &searches, Hints::default());
        assert_eq!(all(&live, selection, None), expected, "{searches:?} {text}");
    }
    // within one site that is searched by itself
    let one = live_with(
        &[(asked, &objects(&[site, server]))],
        &[(Search::below(dn("ou=S"), Filter::present("objectClass"), &[]), Ended::Complete)],
        Hints::default(),
    );
    assert_eq!(all(&one, "server", Some("ou=S")), "1, documented");
    assert_eq!(all(&one, "server", Some("ou=T")), "0, open: site-unseen T");
    assert_eq!(all(&questions(&objects(&[site, server])), "server", None), "1, inferred");
}

#[test]
fn sites_are_whole_where_no_name_leads_to_an_unseen_one() {
    let site = |name: &str| (format!("organizationalUnit:ou={name}"), vec![]);
    let refers = |to: &str| ("a".to_owned(), vec![format!("Alt-Recipient: cn=x,cn=Recipients,ou={to},o=Org")]);
    let legacy = ("a".to_owned(), vec!["Home-MTA: /o=Org/ou=T/cn=Configuration/cn=x".to_owned()]);
    let deleted = ("a".to_owned(), vec!["Is-Deleted: TRUE".into(), "Alt-Recipient: cn=x,ou=T,o=Org".into()]);
    for (all_of_them, expected) in [
        (vec![site("S")], "1, documented"),
        (vec![site("S"), refers("S")], "1, documented"),
        (vec![site("S"), refers("T")], "1, open: site-unseen T"),
        (vec![site("S"), legacy], "1, open: site-unseen T"),
        (vec![site("S"), deleted], "1, documented"),
        (vec![site("S"), site("T"), refers("T")], "2, documented"),
        // an object of a site shows that there is one, but not the site
        (vec![refers("S")], "0, open: site-unseen S"),
    ] {
        let text: String =
            all_of_them.iter().map(|(name, lines)| object(name, &lines.iter().map(String::as_str).collect::<Vec<_>>())).collect();
        assert_eq!(all(&live(&[("* Is-Deleted Alt-Recipient", &text)]), "site", None), expected, "{text}");
    }
    // who starts at a site does not know whether there are others
    let one = directory(&[("export.ldif", &object("organizationalUnit:ou=S", &[]))]);
    let one = Questions::of(one, dn("ou=S"), Hints::default(), []);
    assert_eq!(all(&one, "site", None), "1, open: site-unseen");
}

// hidden

#[test]
fn not_there_needs_a_witness_that_hidden_objects_are_seen() {
    let asked = "* Hide-From-Address-Book Is-Deleted";
    let deleted: &[&str] = &["Is-Deleted: TRUE"];
    let of = |extra: &[(&str, &[&str])], name: &str, hints: Hints| {
        let text = objects(&[&[RECIPIENTS, ("Container:cn=Connections,cn=Configuration,ou=S", &[])], extra].concat());
        leads(&live_with(&[(asked, &text)], &[everything(Ended::Complete)], hints), name)
    };
    let gone = "gone, inferred, readable in ldap://x";
    let connector = "cn=z,cn=Connections,cn=Configuration,ou=S";
    let (hidden_connector, site_t) =
        (("MTA:cn=y,cn=Connections,cn=Configuration,ou=S", deleted), ("cn=h,cn=Recipients,ou=T", HIDDEN.1));
    for (extra, recipient, configuration) in [
        (vec![], "open: hidden S", "open: hidden S"),
        (vec![HIDDEN], gone, gone),
        (vec![("h", deleted)], gone, gone),
        // a deleted configuration object vouches for configuration only
        (vec![hidden_connector], "open: hidden S", gone),
        // each site by itself, and a flag that is not set shows nothing
        (vec![site_t], "open: hidden S", "open: hidden S"),
        (vec![("h", &["Hide-From-Address-Book: FALSE"] as &[&str])], "open: hidden S", "open: hidden S"),
    ] {
        assert_eq!(of(&extra, "z", Hints::default()), recipient, "{extra:?}");
        assert_eq!(of(&extra, connector, Hints::default()), configuration, "{extra:?}");
    }
    let says = |sees| Hints { sees_hidden: Some(sees), ..Hints::default() };
    assert_eq!(of(&[], "z", says(true)), gone);
    assert_eq!(of(&[HIDDEN], "z", says(false)), "open: hidden S");
}

#[test]
fn a_container_that_was_not_seen_may_hold_it() {
    let asked = "* Hide-From-Address-Book Is-Deleted";
    let text = objects(&[RECIPIENTS, HIDDEN]);
    let live = live(&[(asked, &text)]);
    // what lies below something that is gone is gone
    assert_eq!(leads(&live, "cn=z,cn=y,cn=Recipients,ou=S"), "gone, inferred, above: cn=y,cn=Recipients,ou=S,o=Org");
    assert_eq!(leads(&live, "cn=z,cn=Other,ou=S"), "open: container-unseen cn=Other,ou=S,o=Org");
    assert_eq!(leads(&live, "cn=z,cn=Recipients,ou=T"), "open: site-unseen T");
    let dead = objects(&[("Container:cn=Recipients,ou=S", &["Is-Deleted: TRUE"]), HIDDEN]);
    let live = self::live(&[(asked, &dead)]);
    assert_eq!(leads(&live, "z"), "open: container-unseen cn=Recipients,ou=S,o=Org", "a deleted container shows nothing in it");
}

#[test]
fn a_server_cannot_be_hidden_and_one_beside_it_suffices() {
    let asked = "* Is-Deleted";
    let server = |name: &str| format!("Computer:cn={name},cn=Servers,cn=Configuration,ou=S");
    let lost = "cn=B,cn=Servers,cn=Configuration,ou=S";
    let servers = "Container:cn=Servers,cn=Configuration,ou=S";
    assert_eq!(leads(&live(&[(asked, &object(&server("A"), &[]))]), lost), "gone, inferred, siblings in ldap://x");
    let container = live(&[(asked, &object(servers, &[]))]);
    assert_eq!(leads(&container, lost), "open: container-unseen cn=Servers,cn=Configuration,ou=S,o=Org");
    let dead = live(&[(asked, &(object(servers, &[]) + &object(&server("A"), &["Is-Deleted: TRUE"])))]);
    assert_eq!(leads(&dead, lost), "open: container-unseen cn=Servers,cn=Configuration,ou=S,o=Org");
    // what stands below a server is no server
    let below = format!("cn=Microsoft Private MDB,{lost}");
    assert_eq!(leads(&live(&[(asked, &object(&server("A"), &[]))]), &below), format!("gone, inferred, above: {lost},o=Org"));
}

#[test]
fn recipients_are_all_there_only_where_hidden_ones_are_seen() {
    let asked = "* Hide-From-Address-Book Is-Deleted";
    let a = ("a", &[] as &[&str]);
    assert_eq!(all(&live(&[(asked, &objects(&[RECIPIENTS, a]))]), "mailbox", None), "1, open: hidden S");
    assert_eq!(all(&live(&[(asked, &objects(&[RECIPIENTS, a, HIDDEN]))]), "mailbox", None), "2, documented");
    assert_eq!(all(&live(&[(asked, &objects(&[RECIPIENTS, a, HIDDEN]))]), "mailbox", Some("ou=S")), "2, documented");
    assert_eq!(all(&live(&[(asked, &objects(&[RECIPIENTS, a]))]), "mailbox", Some("ou=S")), "1, open: hidden S");
    // whether those that are not hidden were all read is another question
    let read = |questions: &Questions| match questions.all(Selection::named("mailbox").expect("known"), None).read() {
        Ok(of) => ground(questions, &of),
        Err(causes) => format!("open: {}", words(questions, &causes)),
    };
    let text = objects(&[RECIPIENTS, a]);
    assert_eq!(read(&live(&[(asked, &text)])), "documented");
    assert_eq!(read(&questions(&text)), "inferred");
    let cut = live_with(&[(asked, &text)], &[everything(Ended::Cut("time".into()))], Hints::default());
    assert_eq!(read(&cut), "open: cut the search for mailboxes did not complete: time");
    // of configuration it is not asked
    let server = ("Computer:cn=SRV,cn=Servers,cn=Configuration,ou=S", &[] as &[&str]);
    assert_eq!(all(&live(&[(asked, &objects(&[server]))]), "server", None), "1, documented");
}

#[test]
fn deleted_objects_are_no_subject_no_target_and_no_witness() {
    let asked = "* Home-MDB Object-Version Hide-From-Address-Book Is-Deleted";
    let dead = object("d", &[STORE, VERSION, X400, "Is-Deleted: TRUE"]);
    let text = format!("{dead}{}", objects(&[RECIPIENTS, ("a", &[VERSION])]));
    let live = live(&[(asked, &text)]);
    assert_eq!(leads(&live, "d"), "deleted");
    assert_eq!(all(&live, "mailbox", None), "1, documented", "but it shows that such objects are seen");
    assert_eq!(lives(&live, "d"), "no, documented");
    assert_eq!(is_set(&live, "a", "Home-MDB"), "open: not-visible Home-MDB S");
    // nor does it show, of a plain file, what was asked for
    assert_eq!(is_set(&questions(&text), "a", "Home-MDB"), "open: not-asked Home-MDB");
    // the rest of a file that was cut may hold a newer object of the name
    let cut = questions(&format!("{text}\nno colon\n"));
    assert!(leads(&cut, "d").starts_with("open: cut export.ldif: "), "{}", leads(&cut, "d"));
}

// life

#[test]
fn a_record_that_did_not_ask_whether_it_is_deleted_proves_neither_life_nor_absence() {
    let asked = "* Alt-Recipient Object-Version";
    let (witness, a) = (object("w", &["Alt-Recipient: x"]), object("a", &[VERSION, X400]));
    let both = |own: &str| live(&[(&format!("{asked} Is-Deleted"), &witness), (own, &a)]);
    let unasked = both(asked);
    assert_eq!(lives(&unasked, "a"), "open: not-asked Is-Deleted");
    assert_eq!(is_set(&unasked, "a", "Alt-Recipient"), "open: not-asked Is-Deleted", "a tombstone keeps little");
    assert_eq!(address(&both("* otherMailbox textEncodedORAddress"), "w", "X400"), "no, documented");
    assert_eq!(
        address(&live(&[("* otherMailbox textEncodedORAddress", &(a.clone() + &object("b", &[])))]), "b", "X400"),
        "open: not-asked Is-Deleted"
    );
    let asked_for = both(&format!("{asked} Is-Deleted"));
    assert_eq!(
        (lives(&asked_for, "a"), is_set(&asked_for, "a", "Alt-Recipient")),
        ("yes, documented".into(), "no, documented".into())
    );
    // where nobody says what was asked for, it lives
    assert_eq!(lives(&questions(&a), "a"), "yes, documented");
}

#[test]
fn within_one_run_the_living_record_wins_and_across_runs_they_are_at_odds() {
    let (dead, alive) = (object("a", &["Is-Deleted: TRUE"]), object("a", &["Is-Deleted: FALSE", "uid: a"]));
    let unsaid = object("a", &["uid: a"]);
    let a = dn("a");
    for (files, life, leads_to) in [
        (vec![format!("{dead}{alive}")], "yes, documented".to_owned(), "there: a"),
        (vec![format!("{alive}{dead}")], "yes, documented".into(), "there: a"),
        (vec![format!("{dead}{unsaid}")], "yes, documented".into(), "there: a"),
        (vec![dead.clone(), alive.clone()], format!("open: ambiguous {a}"), "there: a"),
        (vec![alive.clone(), dead.clone()], format!("open: ambiguous {a}"), "there: a"),
        // one that could not tell says nothing against the other
        (vec![dead.clone(), unsaid.clone()], "no, documented".into(), "deleted"),
        (vec![unsaid.clone(), dead.clone()], "no, documented".into(), "deleted"),
    ] {
        let files: Vec<(&str, &str)> = ["one.ldif", "two.ldif"].into_iter().zip(files.iter().map(String::as_str)).collect();
        let questions = questions_of(&files);
        assert_eq!((lives(&questions, "a"), leads(&questions, "a").as_str()), (life, leads_to), "{files:?}");
    }
}

#[test]
fn records_of_one_name_agree_on_values_as_sets_and_on_what_is_proven_absent() {
    let header = "# extended LDIF\n# requesting: * Deliv-Cont-Length Object-Version Is-Deleted \n\n";
    let end = "search: 2\nresult: 0 Success\n";
    let w = object("w", &["Deliv-Cont-Length: 9", VERSION]);
    let limit = |lines: &[&str]| object("a", lines);
    let a = dn("a");
    let odds = format!("open: ambiguous Deliv-Cont-Length {a}");
    for (one, other, expected) in [
        (limit(&["Deliv-Cont-Length: 1"]), limit(&["Deliv-Cont-Length: 1"]), "yes, documented"),
        (
            limit(&["Deliv-Cont-Length: 1", "Deliv-Cont-Length: 2"]),
            limit(&["Deliv-Cont-Length: 2", "Deliv-Cont-Length: 1"]),
            "yes, documented",
        ),
        (limit(&["Deliv-Cont-Length: 1"]), limit(&["Deliv-Cont-Length: 2"]), odds.as_str()),
        // that one does not show it counts only where that proves that it was unset
        (limit(&["Deliv-Cont-Length: 1"]), limit(&["uid: a"]), "yes, documented"),
        (limit(&["Deliv-Cont-Length: 1"]), format!("{header}{w}{}{end}", limit(&[VERSION])), odds.as_str()),
        (limit(&["Deliv-Cont-Length: 1"]), format!("{header}{}{end}", limit(&[VERSION])), "yes, documented"),
    ] {
        let two = questions_of(&[("one.ldif", &one), ("two.ldif", &other)]);
        assert_eq!(is_set(&two, "a", "Deliv-Cont-Length"), expected, "{one}{other}");
        assert_eq!(seen(&two, "a").agrees_on(&["Deliv-Cont-Length"]).is_err(), expected != "yes, documented", "{one}{other}");
    }
}

// the name counts

#[test]
fn the_name_of_an_object_tells_its_rdn_whether_or_not_that_came_back() {
    for text in [object("a", &[]), object("a", &["rdn: a"])] {
        let one = questions(&text);
        assert_eq!(holds(&one, "a", "(rdn=a)"), "yes, documented", "{text}");
        assert_eq!(holds(&one, "a", "(rdn=b)"), "no, documented", "{text}");
        assert_eq!(holds(&one, "a", "(rdn=*)"), "yes, documented", "{text}");
    }
    assert_eq!(holds(&questions(&object("a", &[])), "a", "(distinguishedName=cn=a,cn=Recipients,ou=S,o=Org)"), "yes, documented");
}

// conditions

#[test]
fn a_condition_is_decided_where_it_comes_out_the_same_whatever_was_not_seen() {
    let one = live(&[("uid Is-Deleted", &object("a", &["uid: a"]))]);
    for (filter, expected) in [
        ("(&(uid=b)(Home-MDB=*))", "no, documented"),
        ("(&(Home-MDB=*)(uid=b))", "no, documented"),
        ("(|(uid=a)(Home-MDB=*))", "yes, documented"),
        ("(|(Home-MDB=*)(uid=a))", "yes, documented"),
        ("(&(uid=a)(Home-MDB=*))", "open: not-asked Home-MDB"),
        ("(|(uid=b)(!(Home-MDB=*)))", "open: not-asked Home-MDB"),
        ("(!(&(uid=b)(Home-MDB=*)))", "yes, documented"),
        ("(&)", "yes, documented"),
        ("(|)", "no, documented"),
        ("(uid:x:=a)", "open: cut a match by rule (RFC 4515 extensible match) is not evaluated"),
        ("(&(uid=b)(uid:x:=a))", "no, documented"),
    ] {
        assert_eq!(holds(&one, "a", filter), expected, "{filter}");
    }
}

#[test]
fn all_addresses_of_a_type_are_seen_where_each_place_is_shown_or_known_to_be_empty() {
    let whole = |questions: &Questions, kind: &str| match seen(questions, "a").all_addresses(kind) {
        Ok(of) => ground(questions, &of),
        Err(causes) => format!("open: {}", words(questions, &causes)),
    };
    let both = "textEncodedORAddress otherMailbox mail Is-Deleted";
    for (asked, lines, kind, expected) in [
        (both, vec![X400, "otherMailbox: MS$x"], "X400", "documented"),
        (both, vec![X400], "X400", "documented"),
        ("textEncodedORAddress Is-Deleted", vec![X400], "X400", "open: not-asked otherMailbox"),
        (both, vec!["Proxy-Addresses: X400:s=A"], "X400", "documented"),
        (both, vec!["otherMailbox: MS$x"], "MS", "documented"),
        (both, vec!["otherMailbox;range=0-0: MS$x"], "MS", "open: in-part otherMailbox cn=a,cn=Recipients,ou=S,o=Org"),
        ("mail Is-Deleted", vec!["mail: a@b"], "MS", "open: not-asked otherMailbox"),
    ] {
        assert_eq!(whole(&live(&[(asked, &object("a", &lines))]), kind), expected, "{asked} {lines:?} {kind}");
    }
}
