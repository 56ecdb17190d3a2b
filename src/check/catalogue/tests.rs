use super::*;
use crate::check::definition::{Expect, Reference};
use crate::exchange::schema;
use crate::report::{Confidence, Reason, Severity};
use std::fs;

/// A check that is right. It stands in `own.toml`.
const OWN: &str = r#"id = "own"
title = "A title"
severity = "warning"
kb = ["Q300535"]
versions = ["5.5"]
needs = ["ims-admin-set"]
confidence = "inferred"
why = "A reason."
fix = ["A step."]
[subject]
each = "ims"
[expect]
filter = "(cn=*)"
"#;

/// Loads files beside the embedded ones; gives the message without the folder and the line.
fn load(files: &[(&str, &str)]) -> Result<Catalogue, String> {
    load_with_line(files).map_err(|error| error.split_once(" (in: ").map_or(error.clone(), |(message, _)| message.to_owned()))
}

/// The same, with the line.
fn load_with_line(files: &[(&str, &str)]) -> Result<Catalogue, String> {
    let folder = tempfile::tempdir().expect("folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("write");
    }
    let prefix = format!("{}{}", folder.path().display(), std::path::MAIN_SEPARATOR);
    Catalogue::with_directory(folder.path()).map_err(|error| error.to_string().replace(&prefix, ""))
}

fn ids(catalogue: &Catalogue) -> Vec<&str> {
    catalogue.checks().iter().map(|check| check.id.as_str()).collect()
}

#[test]
fn the_embedded_texts_load_in_order() {
    let catalogue = Catalogue::embedded().expect("embedded");
    let expected = ["ims-admin-set", "ims-admin-exists", "ims-admin-recipient", "ims-admin-x400", "ims-admin-repoint"];
    assert_eq!(ids(&catalogue).get(..5), Some(&expected[..]));
    let first: Vec<_> = catalogue.checks().iter().take(5).filter_map(|check| check.kb.first()).collect();
    assert_eq!(first, ["Q183178", "Q183178", "Q246115", "Q300535", "Q183178"]);
}

#[test]
fn the_embedded_checks_say_what_they_must() {
    let catalogue = Catalogue::embedded().expect("embedded");
    let check = |id: &str| catalogue.check(id).expect(id);
    for check in catalogue.checks() {
        let texts = [&check.title, &check.why].into_iter().chain(check.fix.texts()).chain(&check.symptoms);
        assert!(texts.chain(&check.versions).all(|text| !text.trim().is_empty()), "{}", check.id);
    }
    assert!(matches!(check("ims-admin-set").expect, Expect::Set(Reference::Administrator)));
    let exists = &check("ims-admin-exists").expect;
    assert!(matches!(exists, Expect::Resolves { reference: Reference::Administrator, to: None, own_site: false, unset: None }));
    let Expect::Filter { filter, reason } = &check("ims-admin-x400").expect else { panic!("a filter") };
    assert_eq!(filter.attributes(), ["textEncodedORAddress", "otherMailbox", "Proxy-Addresses"]);
    assert_eq!(*reason, Reason::NoX400);
    let recipient = check("ims-admin-recipient");
    assert!(matches!(&recipient.expect, Expect::Filter { reason: Reason::WrongClass, .. }));
    let lesser = recipient.lesser.first().expect("lesser");
    assert_eq!((lesser.severity, lesser.confidence), (Severity::Warning, Confidence::Inferred));
    assert_eq!(check("ims-admin-repoint").kind(), "manual");
    assert_eq!(check("ims-admin-repoint").needs.len(), 4);
}

/// A table shows the headline of a failure beside where it is, and the check's id and article stand there too.
#[test]
fn every_automated_check_has_a_headline() {
    let catalogue = Catalogue::embedded().expect("embedded");
    for check in catalogue.checks() {
        let Some(fails) = &check.fails else {
            assert_eq!(check.kind(), "manual", "{} has no headline", check.id);
            assert_eq!(check.headline(), check.title);
            continue;
        };
        let at = format!("{}: {fails}", check.id);
        assert_eq!(check.headline(), fails);
        assert_ne!(*fails, check.title, "{at}");
        assert!(fails.chars().count() <= 60, "{at}");
        assert!(fails.starts_with(char::is_uppercase) && !fails.ends_with('.'), "{at}");
        assert!(!["cn=", "ou=", "o="].iter().any(|part| fails.contains(part)), "a name of the directory: {at}");
        for word in fails.split(|c: char| !c.is_ascii_alphanumeric() && c != '-') {
            assert!(catalogue.check(word).is_none() && kb_number(word).is_none(), "{word} in {at}");
            let is_attribute = word.contains('-') && schema::attribute_by_exchange_name(word).is_some();
            assert!(!is_attribute, "{word} in {at}");
        }
    }
}

#[test]
fn a_headline_is_short() {
    let own = |fails: &str| OWN.replacen("severity", &format!("fails = \"{fails}\"\nseverity"), 1);
    let catalogue = load(&[("own.toml", &own(&"\u{e9}".repeat(80)))]).expect("80 characters");
    assert_eq!(catalogue.check("own").expect("own").headline().chars().count(), 80);
    let error = load(&[("own.toml", &own(&"e".repeat(81)))]).expect_err("81 characters");
    assert_eq!(error, "own.toml:3: `fails` is longer than 80 characters");
}

/// A number in a sentence is of use only if `explain` knows it.
#[test]
fn every_article_in_a_sentence_is_described() {
    let catalogue = Catalogue::embedded().expect("embedded");
    let checks = catalogue.checks().iter().flat_map(|check| {
        [&check.why].into_iter().chain(&check.kb).chain(check.fix.texts()).chain(&check.symptoms).cloned().collect::<Vec<_>>()
    });
    let meanings = catalogue.signs().iter().filter_map(|sign| sign.meaning.clone());
    let mut seen = 0;
    for text in checks.chain(meanings) {
        for word in text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| word.starts_with('Q') && word.len() == 7) {
            assert!(catalogue.article(word).is_some(), "{word} in: {text}");
            seen += 1;
        }
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn finds_articles_checks_and_numbers() {
    let catalogue = Catalogue::embedded().expect("embedded");
    for kb in ["Q300535", "q300535", "300535", "KB300535"] {
        assert_eq!(catalogue.article(kb).map(|article| article.kb.as_str()), Some("Q300535"));
    }
    assert!(catalogue.article("4071").is_none());
    assert!(catalogue.check("IMS-ADMIN-SET").is_some());
    assert_eq!(catalogue.suggest("ims-admin-st"), Some("ims-admin-set"));
    let signs = |text: &str| catalogue.signs_named(text).iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(signs("msexchangeimc 4071"), ["Event MSExchangeIMC 4071"]);
    assert_eq!(signs("event 4071"), ["Event MSExchangeIMC 4071"]);
    assert_eq!(signs("2140"), ["Event 2140", "Error 2140"]);
    assert_eq!(signs("error 2140"), ["Error 2140"]);
    assert_eq!(signs("0xC002041D"), ["Error 0xc002041d"]);
    assert!(signs("Perflib 4071").is_empty() && signs("error 4071").is_empty() && signs("").is_empty());
}

#[test]
fn an_own_check_stands_after_what_it_needs() {
    let catalogue = load(&[
        ("own.toml", OWN),
        ("another.toml", &OWN.replace("\"own\"", "\"another\"").replace("ims-admin-set", "own")),
        ("notes.txt", "not read"),
    ])
    .expect("own checks");
    let all = ids(&catalogue);
    assert_eq!(all.get(all.len() - 2..), Some(&["own", "another"][..]));
    assert!(catalogue.check("own").expect("own").origin.ends_with("own.toml"));
    assert_eq!(catalogue.check("own").expect("own").kind(), "automated");
}

#[test]
fn own_articles_and_numbers_are_joined() {
    let article = "[[article]]\nkb = \"Q999155\"\ntitle = \"T\"\nversions = [\"4.0\"]\nsummary = [\"S.\"]\n\
                   events = [{ source = \"MSExchangeIMC\", id = 64999 }, { source = \"MSExchangeIMC\", id = 4018 }]\n";
    let catalogue = load(&[("articles.toml", article), ("own.toml", &OWN.replace("Q300535", "Q999155"))]).expect("own article");
    let new = catalogue.signs_named("64999");
    assert_eq!((new[0].kb.join(" "), new[0].checks.join(" ")), ("Q999155".to_owned(), "own".to_owned()));
    assert!(catalogue.signs_named("4018")[0].kb.contains(&"Q999155".to_owned()));
}

#[test]
fn every_mistake_in_a_check_is_named_with_its_line() {
    for (from, to, message) in [
        ("severity", "severty", "own.toml:3: there is no key `severty`; did you mean `severity`?"),
        ("each =", "ech =", "own.toml:11: there is no key `ech`; did you mean `each`?"),
        ("\"warning\"", "\"high\"", "own.toml:3: `high` is not known here; it must be info, warning or critical"),
        ("\"ims\"", "\"servers\"", "own.toml:11: there is no selection `servers`; did you mean `server`?"),
        (
            "\"ims\"",
            "\"ims\"\nfollow = \"the administrator\"",
            "own.toml:12: `the administrator` is not `administrator` and not the LDAP name of an attribute",
        ),
        ("title = \"A title\"\n", "", "own.toml:1: `title` is missing: what holds when the check passes"),
        ("\"A title\"", "\" \"", "own.toml:2: `title` is empty: what holds when the check passes"),
        ("\"A title\"", "\"A title\"\nfails = \" \"", "own.toml:3: `fails` is empty"),
        ("\"A reason.\"", "\"\\u001b[31m\"", "own.toml:8: `why` holds a control character"),
        ("[\"A step.\"]", "[]", "own.toml:9: `fix` is empty: what to do, a step each"),
        ("\"A step.\"", "\"A step.\",\n\"\"", "own.toml:10: `fix` is empty: what to do, a step each"),
        ("\"5.5\"", "5.5", "own.toml:5: a text is expected, in quotation marks"),
        ("[\"Q300535\"]", "[]", "own.toml:4: `kb` is empty"),
        ("Q300535", "4071", "own.toml:4: `4071` is not an article number like Q300535"),
        (
            "Q300535",
            "Q300553",
            "own.toml:4: the article Q300553 is not known here; leave it out, or describe it in an articles.toml beside the \
             check; did you mean `Q300535`?",
        ),
        ("\"own\"", "\"Own\"", "own.toml:1: `Own` is not an id: lower-case letters, digits and hyphens, a letter first"),
        ("\"own\"", "\"q300535\"", "own.toml:1: `q300535` is not an id: lower-case letters, digits and hyphens, a letter first"),
        ("\"own\"", "\"other\"", "own.toml:1: the id `other` differs from the file name `own.toml`; make them equal"),
        (
            "\"ims-admin-set\"",
            "\"ims-admin-sett\"",
            "own.toml:6: `needs` names `ims-admin-sett`, and there is no such check; did you mean `ims-admin-set`?",
        ),
        ("\"ims-admin-set\"", "\"own\"", "own.toml:6: `needs` forms a circle: own -> own"),
        ("(cn=*)", "(cn=*", "own.toml:13: `filter` is not an LDAP filter (RFC 4515): `)` expected at character 6"),
        (
            "(cn=*)",
            "(!(cn:2.5.13.2:=x))",
            "own.toml:13: `filter` holds an extensible match (`:=`), which is never evaluated; use another comparison",
        ),
        (
            "filter = \"(cn=*)\"",
            "",
            "own.toml:12: [expect] must hold exactly one of filter, set, resolves, rule, manual; it holds none",
        ),
        (
            "filter =",
            "manual = \"Look.\"\nfilter =",
            "own.toml:12: [expect] must hold exactly one of filter, set, resolves, rule, manual; it holds filter, manual",
        ),
        ("filter = \"(cn=*)\"", "rule = \"unique\"", "own.toml:13: there is no rule `unique`; did you mean `unique-addresses`?"),
        ("\"(cn=*)\"", "\"(cn=*)\"\nparameters = { a = 1 }", "own.toml:14: `parameters` goes only with rule in [expect]"),
        (
            "filter = \"(cn=*)\"",
            "manual = \"Look.\"\nreason = \"no-x400\"",
            "own.toml:14: `reason` goes only with filter in [expect]",
        ),
        (
            "\"(cn=*)\"",
            "\"(cn=*)\"\nreason = \"dangling\"",
            "own.toml:14: `dangling` is not known here; it must be no-x400, wrong-class, not-set, malformed, mismatch or \
             not-met",
        ),
        ("filter = \"(cn=*)\"", "manual = \"\"", "own.toml:13: `manual` is empty"),
        (
            "\"ims\"\n[expect]\nfilter = \"(cn=*)\"",
            "\"ims\"\nfollow = \"administrator\"\n[expect]\nset = \"administrator\"",
            "own.toml:12: `follow` goes only with filter, rule, manual or an attribute that resolves in [expect]",
        ),
        ("id = ", "id ", "own.toml:1: an equals sign is missing between a key and its value"),
    ] {
        assert!(OWN.contains(from), "{from}");
        let text = OWN.replacen(from, to, 1);
        assert_eq!(load(&[("own.toml", &text)]).expect_err(message), message);
    }
}

#[test]
fn the_line_is_shown() {
    for (from, to, message) in [
        ("\"ims\"", "ims", "own.toml:11: a text needs quotation marks (in: each = ims)"),
        ("\"ims\"", "\"imss\"", "own.toml:11: there is no selection `imss`; did you mean `ims`? (in: each = \"imss\")"),
        ("\"ims-admin-set\"", "\"own\"", "own.toml:6: `needs` forms a circle: own -> own (in: needs = [\"own\"])"),
        // what is missing in the whole file is on none of its lines
        ("why = \"A reason.\"\n", "", "own.toml:1: `why` is missing: why it matters"),
        ("each = \"ims\"\n", "", "own.toml:10: `each` is missing: the objects it looks at, such as \"mailbox\" (in: [subject])"),
    ] {
        assert_eq!(load_with_line(&[("own.toml", &OWN.replacen(from, to, 1))]).expect_err(message), message);
    }
}

#[test]
fn an_operators_own_check_needs_no_article() {
    let text = OWN.replace("kb = [\"Q300535\"]", "links = [\"https://intranet.example/rules#12\"]");
    let catalogue = load(&[("own.toml", &text)]).expect("a check");
    let check = catalogue.check("own").expect("there");
    assert_eq!((check.kb.as_slice(), check.links.join(" ").as_str()), (&[][..], "https://intranet.example/rules#12"));
    let explanation = format!("{:?}", crate::check::explain(&catalogue, "own").expect("explained"));
    assert!(explanation.contains("rules#12") && !explanation.contains("Articles"), "{explanation}");
    // those of the program cite one each
    assert!(Catalogue::embedded().expect("embedded").checks().iter().all(|check| !check.kb.is_empty()));
}

#[test]
fn a_folder_alone_may_cite_the_articles_of_the_program_and_describe_them_anew() {
    let folder = tempfile::tempdir().expect("folder");
    fs::write(folder.path().join("own.toml"), OWN.replace("needs = [\"ims-admin-set\"]\n", "")).expect("write");
    let title = |catalogue: &Catalogue| catalogue.article("Q300535").expect("known").title.clone();
    let catalogue = Catalogue::of_directory(folder.path()).expect("a check");
    assert_eq!((ids(&catalogue), title(&catalogue)), (vec!["own"], title(&Catalogue::embedded().expect("embedded"))));
    let article = "[[article]]\nkb = \"Q300535\"\ntitle = \"Ours\"\nversions = [\"5.5\"]\nsummary = [\"S.\"]\n";
    fs::write(folder.path().join("articles.toml"), article).expect("write");
    assert_eq!(title(&Catalogue::of_directory(folder.path()).expect("a check")), "Ours");
}

#[test]
fn a_folder_without_a_check_is_refused() {
    let folder = tempfile::tempdir().expect("folder");
    for error in [Catalogue::of_directory(folder.path()), Catalogue::with_directory(folder.path())].map(Result::err) {
        assert!(error.is_some_and(|error| error.to_string().contains("holds no check")));
    }
    fs::write(folder.path().join("articles.toml"), "").expect("write");
    assert!(Catalogue::with_directory(folder.path()).is_ok(), "more articles alone may be added");
    assert!(Catalogue::of_directory(folder.path()).is_err());
}

#[test]
fn a_lesser_failure_is_less_and_goes_with_a_filter() {
    let lesser = "[[lesser]]\nfilter = \"(sn=*)\"\nseverity = \"info\"\nconfidence = \"inferred\"\nmessage = \"M.\"\n";
    let own = format!("{OWN}{lesser}");
    assert_eq!(load(&[("own.toml", &own)]).expect("right").check("own").map(|check| check.lesser.len()), Some(1));
    for (from, to, message) in [
        (
            "\"info\"",
            "\"warning\"",
            "own.toml:16: a [[lesser]] severity must be less than the check's own, or the same and inferred where that is documented",
        ),
        (
            "filter = \"(cn=*)\"",
            "manual = \"Look.\"",
            "own.toml:15: `[[lesser]]` goes only with filter, resolves or rule in [expect]",
        ),
        ("(sn=*)", "sn", "own.toml:15: `filter` is not an LDAP filter (RFC 4515): `(` expected at character 1"),
        ("\"M.\"", "\"\"", "own.toml:18: `message` is empty"),
    ] {
        assert_eq!(load(&[("own.toml", &own.replacen(from, to, 1))]).expect_err(message), message);
    }
}

#[test]
fn mistakes_between_files_are_named() {
    let other = OWN.replace("\"own\"", "\"other\"").replace("ims-admin-set", "own");
    let circle = OWN.replace("ims-admin-set", "other");
    let error = load(&[("own.toml", &circle), ("other.toml", &other)]).expect_err("circle");
    assert_eq!(error, "own.toml:6: `needs` forms a circle: other -> own -> other");
    let outside = OWN.replace("\"own\"", "\"a\"").replace("ims-admin-set", "own");
    let error = load(&[("a.toml", &outside), ("own.toml", &circle), ("other.toml", &other)]).expect_err("not a");
    assert_eq!(error, "other.toml:6: `needs` forms a circle: own -> other -> own");
    let taken = OWN.replace("\"own\"", "\"ims-admin-set\"");
    let error = load(&[("ims-admin-set.toml", &taken)]).expect_err("taken");
    assert_eq!(error, "ims-admin-set.toml:1: `ims-admin-set` is already in checks/ims/ims-admin-set.toml; choose another");
}

#[test]
fn mistakes_in_articles_and_events_are_named() {
    let article = "[[article]]\nkb = \"Q1\"\ntitle = \"T\"\nversions = [\"4.0\"]\nsummary = [\"S.\"]\n";
    let event = "[[event]]\nid = 5\nmeaning = \"M.\"\nkb = [\"Q300535\"]\n";
    let error = "[[error]]\ncode = \"x\"\nmeaning = \"M.\"\nkb = [\"Q300535\"]\n";
    for (file, text, message) in [
        ("articles.toml", article.to_owned(), "articles.toml:2: `Q1` is not an article number like Q300535"),
        (
            "articles.toml",
            article.replace("Q1", "KB300535"),
            "articles.toml:2: `Q300535` is already in the list of articles; choose another",
        ),
        (
            "articles.toml",
            format!("{}errors = [\"\"]\n", article.replace("Q1", "Q999155")),
            "articles.toml:6: `` is not an error code like 0xc002041d, 1067 or DS_E_BUSY",
        ),
        (
            "articles.toml",
            format!("{}events = [{{ source = \"\", id = 1 }}]\n", article.replace("Q1", "Q999155")),
            "articles.toml:6: `source` is empty",
        ),
        (
            "events.toml",
            format!("{event}checks = [\"ims-admin-sit\"]"),
            "events.toml:5: `checks` names `ims-admin-sit`, and there is no such check; did you mean `ims-admin-set`?",
        ),
        ("events.toml", event.replace("Q300535", "Q"), "events.toml:4: `Q` is not an article number like Q300535"),
        ("events.toml", error.to_owned(), "events.toml:2: `x` is not an error code like 0xc002041d, 1067 or DS_E_BUSY"),
        (
            "events.toml",
            event.replace("id = 5", "source = \"MSExchangeIMC\"\nid = 4071"),
            "events.toml:3: `Event MSExchangeIMC 4071` is already in the list of events; choose another",
        ),
    ] {
        assert_eq!(load(&[(file, &text)]).expect_err(message), message);
    }
}

#[test]
fn a_folder_that_cannot_be_read_is_named() {
    let error = Catalogue::with_directory(Path::new("/nowhere/at/all")).expect_err("no folder").to_string();
    assert!(error == "cannot read /nowhere/at/all: there is no such folder", "{error}");
    assert_eq!(load(&[("big.toml", &"#".repeat(2 << 20))]).expect_err("big"), "big.toml: is longer than 1048576 bytes");
}

/// The README shows files as they are.
#[test]
fn the_examples_of_the_readme_are_true() {
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/checks/README.md")).expect("README");
    let examples: Vec<_> =
        readme.split("```toml\n").skip(1).filter_map(|rest| rest.split_once("```")).map(|(toml, _)| toml).collect();
    let [embedded, article, own] = examples[..] else { panic!("three examples, not {}", examples.len()) };
    assert_eq!(embedded, include_str!("../../../checks/ims/ims-admin-recipient.toml"));
    let article = article.replace("Q149542", "Q999100");
    load(&[("ims-admin-not-a-list.toml", own), ("articles.toml", &article)]).expect("examples");
}
