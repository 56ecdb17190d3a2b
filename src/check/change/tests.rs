//! Changes as text, and their answers.

use super::*;
use crate::check::Catalogue;
use crate::directory::dn::Dn;
use crate::exchange::facts::Named;
use crate::exchange::questions::{Cause, Questions};
use crate::exit::FailOn;
use crate::output::fixture::finding;
use crate::report::checklist::{Answer, Go, Item, State, When};
use crate::report::{Finding, Severity, Subject, Verdict};

const OWN: &str = r#"id = "own-change"
title = "Our change"
about = "What it does."
names = "object"
kb = ["Q300535"]

[[item]]
when = "before"
title = "The service has an administrator"
kb = ["Q183178"]
checks = ["ims-admin-set"]

[[item]]
when = "before"
title = "The services"
facts = "services"

[[item]]
when = "before"
title = "Nothing depends on it"
uses = true

[[item]]
when = "during"
title = "Delete it"
caution = "Save it first."
rehearse = "delete"

[[item]]
when = "after"
title = "Look"
manual = "Look again."
"#;

fn load(text: &str) -> Result<Change, String> {
    let catalogue = Catalogue::with_text("changes/own-change.toml", text).map_err(|error| error.to_string())?;
    catalogue.change("own-change").cloned().map_err(|_| "it is not there".to_owned())
}

#[test]
fn a_change_is_read_in_order() {
    let change = load(OWN).expect("reads");
    assert_eq!((change.names, change.items.len(), change.rehearses()), (Some(Names::Object), 5, true));
    assert_eq!(change.checks().collect::<Vec<_>>(), ["ims-admin-set"]);
    assert!(change.cites("Q183178") && change.cites("Q300535") && !change.cites("Q300536"));
}

#[test]
fn every_mistake_is_named_with_its_line() {
    for (from, to, says) in [
        (
            "checks = [\"ims-admin-set\"]",
            "checks = [\"ims-admin-se\"]",
            "11: `checks` names `ims-admin-se`, and there is no such check; did you mean `ims-admin-set`?",
        ),
        (
            "checks = [\"ims-admin-set\"]",
            "checks = [\"smtp-open-relay\"]",
            "11: `checks` names `smtp-open-relay`, which a person answers; write its text as `manual`",
        ),
        ("checks = [\"ims-admin-set\"]", "checks = []", "11: `checks` is empty"),
        ("facts = \"services\"", "facts = \"servises\"", "16: there are no facts `servises`; did you mean `services`?"),
        (
            "facts = \"services\"",
            "",
            "15: an [[item]] must hold exactly one of checks, facts, rehearse, uses, manual; it holds none",
        ),
        (
            "facts = \"services\"",
            "facts = \"services\"\nmanual = \"x\"",
            "15: an [[item]] must hold exactly one of checks, facts, rehearse, uses, manual; it holds facts, manual",
        ),
        (
            "uses = true",
            "uses = false",
            "20: an [[item]] must hold exactly one of checks, facts, rehearse, uses, manual; it holds none",
        ),
        (
            "names = \"object\"\n",
            "",
            "20: `uses` is about the object that is named; say `names = \"object\"` or `names = \"server\"` above",
        ),
        ("rehearse = \"delete\"", "rehearse = \"move\"", "27: `move` is not known here; it must be delete"),
        (
            "when = \"after\"",
            "when = \"before\"",
            "30: an item that is due before the change comes after one that is due during; put them in the order of the work",
        ),
        ("when = \"after\"", "when = \"later\"", "30: `later` is not known here; it must be before, during or after"),
        ("kb = [\"Q183178\"]", "kb = [\"Q183179\"]", "10: the article Q183179 is not known here"),
        ("title = \"Look\"\n", "", "29: `title` is missing"),
        ("about = \"What it does.\"\n", "", "1: `about` is missing: what the change does, in a sentence or two"),
        ("id = \"own-change\"", "id = \"own\"", "1: the id `own` differs from the file name `own-change.toml`"),
        ("manual = \"Look again.\"", "manuel = \"Look again.\"", "32: there is no key `manuel`; did you mean `manual`?"),
    ] {
        assert!(OWN.contains(from), "{from}");
        let error = load(&OWN.replacen(from, to, 1)).expect_err(to);
        let said = error.strip_prefix("changes/own-change.toml:").unwrap_or(&error);
        assert!(said.starts_with(says), "{to}\n{said}\n{says}");
    }
}

#[test]
fn the_changes_of_the_program_are_whole() {
    let catalogue = Catalogue::embedded().expect("embedded");
    for change in catalogue.changes() {
        let id = &change.id;
        assert!((6..=15).contains(&change.items.len()), "{id}: {} items", change.items.len());
        assert!(!change.kb.is_empty(), "{id}: cites nothing");
        for when in When::ALL {
            assert!(change.items.iter().any(|step| step.when == when), "{id}: nothing {}", when.title());
        }
        let texts = |step: &Step| match &step.asks {
            Asks::Manual(text) => format!("{} {text}", step.title),
            _ => step.title.clone(),
        };
        // what rests on no article is ours, and says so; what only asks the directory says nothing
        for step in change.items.iter().filter(|step| step.kb.is_empty() && matches!(step.asks, Asks::Manual(_))) {
            assert!(texts(step).contains("(ours)"), "{id}: {}", step.title);
        }
        let says = change
            .items
            .iter()
            .any(|step| step.kb.iter().any(|kb| kb == "Q179308") || texts(step).to_lowercase().contains("backup"));
        assert!(says || id == "add-second-domain", "{id}: no backup");
        assert!(
            change
                .items
                .iter()
                .any(|step| texts(step).contains("old") || texts(step).contains("Told") || texts(step).contains("now")),
            "{id}: nobody is told"
        );
    }
    assert_eq!(catalogue.change("delete-mailbx"), Err(Some("delete-mailbox")));
    assert!(catalogue.change("DELETE-mailbox").is_ok());
}

const TWO: &str = "dn: ou=A,o=O\nobjectClass: organizationalUnit\n\ndn: cn=Recipients,ou=A,o=O\nobjectClass: Container\n\n\
                   dn: cn=X,cn=Recipients,ou=A,o=O\nobjectClass: organizationalPerson\nuid: x\n";

fn questions() -> Questions {
    crate::exchange::fake::questions(TWO)
}

fn items(fail_on: FailOn, findings: &[Finding]) -> (Vec<Item>, Go, String) {
    let change = load(OWN).expect("reads");
    let dn = Dn::parse(b"cn=X,cn=Recipients,ou=A,o=O").expect("dn");
    let asked = Asked { change: &change, named: Named::Object(&dn), fail_on };
    let mut items = answer(asked, &questions(), &Calm);
    asked.judged(&mut items, findings);
    let decided = asked.decide(&items, true);
    (items, decided.word, decided.text)
}

/// Rehearses, and finds nothing.
struct Calm;

impl Rehearsal for Calm {
    fn rehearse(&self, _: &Questions, _: Rehearse, _: &Dn) -> Rehearsed {
        Rehearsed { state: State::Holds, words: vec!["Nothing fails.".into()], results: Vec::new() }
    }

    fn uses(&self, _: &Questions, _: &Dn) -> Rehearsed {
        Rehearsed { state: State::Holds, words: vec!["Nobody refers to it.".into()], results: Vec::new() }
    }
}

fn of(dn: &str, verdict: Verdict) -> Finding {
    let dn = Dn::parse(dn.as_bytes()).expect("dn");
    let subject = Subject { kind: "ims".into(), dn, site: None, server: None, place: None };
    Finding { subject: Some(subject), ..finding("ims-admin-set", verdict, Severity::Critical) }
}

#[test]
fn only_what_comes_before_and_is_about_the_object_decides() {
    let own = "cn=X,cn=Recipients,ou=A,o=O";
    for (findings, word, text, state) in [
        (vec![of(own, Verdict::Pass)], Go::Go, "GO", State::Holds),
        (vec![of(own, Verdict::NotApplicable)], Go::Go, "GO", State::Holds),
        (vec![of(own, Verdict::Fail)], Go::NoGo, "NO-GO: 1 failure", State::Fails),
        (vec![of("cn=Y,ou=A,o=O", Verdict::Fail)], Go::Go, "GO", State::Holds),
        (vec![of(own, Verdict::Unknown)], Go::NotDecided, "NOT DECIDED: 1 undecided", State::Undecided),
        (vec![of(own, Verdict::Fail), of(own, Verdict::Blocked)], Go::NoGo, "NO-GO: 1 failure, and 1 undecided", State::Fails),
        (vec![of(own, Verdict::Manual)], Go::GoAfter, "GO after 1 item by hand", State::ByHand),
        (Vec::new(), Go::NotDecided, "NOT DECIDED: 1 undecided", State::Undecided),
        (vec![finding("another-check", Verdict::Fail, Severity::Critical), of(own, Verdict::Pass)], Go::Go, "GO", State::Holds),
    ] {
        let (items, decided, said) = items(FailOn::Warning, &findings);
        assert_eq!((decided, said.as_str(), items[0].state), (word, text, state), "{findings:?}");
    }
    let mut elsewhere = of(own, Verdict::Unknown);
    elsewhere.causes = vec![Cause::NotReplicated { attribute: "Disabled-Gateway-Proxy".into(), site: "B".into() }];
    let (told, word, _) = items(FailOn::Warning, &[elsewhere]);
    assert_eq!(
        (told[0].state, word, told[0].answer.results().len()),
        (State::Holds, Go::Go, 1),
        "only another site's server can show it"
    );
    let (items, word, _) = items(FailOn::Never, &[of(own, Verdict::Fail)]);
    assert_eq!((items[0].state, word), (State::Holds, Go::Go));
}

/// Whoever cannot tell.
struct Nobody;

impl Rehearsal for Nobody {
    fn rehearse(&self, _: &Questions, _: Rehearse, _: &Dn) -> Rehearsed {
        Rehearsed { state: State::Undecided, words: vec!["Not rehearsed.".into()], results: Vec::new() }
    }

    fn uses(&self, questions: &Questions, object: &Dn) -> Rehearsed {
        self.rehearse(questions, Rehearse::Delete, object)
    }
}

#[test]
fn what_nobody_rehearses_is_undecided() {
    let change = load(OWN).expect("reads");
    let dn = Dn::parse(b"cn=X,cn=Recipients,ou=A,o=O").expect("dn");
    let asked = Asked { change: &change, named: Named::Object(&dn), fail_on: FailOn::Warning };
    let mut items = answer(asked, &questions(), &Nobody);
    asked.judged(&mut items, &[of("cn=X,cn=Recipients,ou=A,o=O", Verdict::Pass)]);
    let states: Vec<State> = items.iter().map(|item| item.state).collect();
    assert_eq!(states, [State::Holds, State::Told, State::Undecided, State::Undecided, State::ByHand]);
    let decided = asked.decide(&items, true);
    // what is rehearsed during the change does not decide
    assert_eq!((decided.word, decided.undecided), (Go::NotDecided, 1));
    assert_eq!(asked.decide(&items, false).text, "NOT DECIDED: not everything could be read, 1 undecided");
    let nothing = unanswered(&change);
    assert!(matches!(&nothing[1].answer, Answer::Facts { rows, .. } if rows.is_empty()));
    assert_eq!(asked.decide(&nothing, false).word, Go::NotDecided);
}

#[test]
fn what_is_of_another_server_or_site_is_not_about_a_server() {
    let server = Dn::parse(b"cn=S1,cn=Servers,cn=Configuration,ou=A,o=O").expect("dn");
    let about = |finding: &Finding| super::place::is_about(Named::Server(&server), finding);
    for (dn, expected) in [
        ("cn=Microsoft MTA,cn=S1,cn=Servers,cn=Configuration,ou=A,o=O", true),
        ("cn=Microsoft MTA,cn=S2,cn=Servers,cn=Configuration,ou=A,o=O", false),
        ("cn=Site-Addressing,cn=Configuration,ou=A,o=O", true),
        ("cn=Site-Addressing,cn=Configuration,ou=B,o=O", false),
        ("cn=S1,cn=Servers,cn=Configuration,ou=B,o=O", false),
        ("o=O", true),
    ] {
        assert_eq!(about(&of(dn, Verdict::Fail)), expected, "{dn}");
    }
    let mut named = of("cn=X,cn=Connections,cn=Configuration,ou=A,o=O", Verdict::Fail);
    for (name, expected) in [("S2", false), ("s1", true)] {
        named.subject.as_mut().expect("a subject").server = Some(name.into());
        assert_eq!(about(&named), expected, "{name}");
    }
}
