//! What there is to say of a word of the report: a verdict, a severity, what a result rests on, a reason, a selection, a folder of
//! checks, an attribute. Each has one text, from which the pages are made too: [`Verdict::meaning`], [`reason::WORDS`],
//! [`Selection::meaning`], the schema.

use super::{Block, Explanation, Section};
use crate::check::catalogue::Catalogue;
use crate::check::definition::Check;
use crate::check::wants;
use crate::exchange::reason::{self, Word};
use crate::exchange::schema::{self, Attribute, Class, Syntax};
use crate::exchange::selection::Selection;
use crate::report::{Confidence, Severity, Verdict};

/// What else the reports say, each in the words of docs/news.md, docs/changes.md and docs/doctor.md.
const SAID: [(&str, &str, &str); 9] = [
    (
        "waiver",
        "An entry of a file of waivers",
        "It accepts failures of a check, with a reason and an end. exaudit waivers draft writes one from a report.",
    ),
    ("accepted", "A failure that a waiver accepts", "It is shown and does not count. When the waiver ends, it counts again."),
    (
        "hidden",
        "An object that is not in the address book",
        "Its Hide-From-Address-Book is set. A server shows it only to a bind that ends in ,cn=admin (Q185475).",
    ),
    (
        "anonymous",
        "A bind without an account",
        "Exchange shows it mail recipients only (Q156063), so no service can be audited. Bind with -D and -W.",
    ),
    (
        "withheld",
        "An attribute that the server does not show",
        "An administrator can withhold attributes (DS Site Configuration, Attributes page). Such an attribute is not known, which is not unset.",
    ),
    (
        "go",
        "A decision of a checklist",
        "Nothing that was checked speaks against the change. After items by hand: once a person has signed them.",
    ),
    (
        "no-go",
        "A decision of a checklist",
        "Something that must hold before the change fails. Mend it, and run the checklist again.",
    ),
    (
        "not decided",
        "A decision of a checklist",
        "Something that must hold before the change could not be seen. The items say what would decide it.",
    ),
    (
        "not seen",
        "Not shown to this account, or not in this export",
        "It may exist all the same: not seen is not absent. exaudit doctor shows what a connection sees.",
    ),
];

/// Explains a word of the report, in any case. None if it is none.
pub(super) fn explain(catalogue: &Catalogue, text: &str) -> Option<Explanation> {
    let word = own_word(text.trim());
    let mut sections = Vec::new();
    let is = |known: &str| known.eq_ignore_ascii_case(word);
    if let Some(verdict) = Verdict::ALL.into_iter().find(|verdict| is(verdict.word())) {
        sections.push(says("A verdict", verdict.meaning()));
        let reasons = reason::WORDS.iter().filter(|told| told.verdict == verdict.word());
        sections.push(Section::new("Its reasons", reasons.map(|told| Block::Item(format!("{}: {}.", told.word, told.seen)))));
    }
    if let Some(severity) = Severity::ALL.into_iter().find(|severity| is(severity.word())) {
        sections.push(says("A severity", severity.meaning()));
    }
    if let Some(confidence) = Confidence::ALL.into_iter().find(|confidence| is(confidence.word())) {
        sections.push(says("What a result rests on", confidence.meaning()));
    }
    if let Some(told) = reason::WORDS.iter().find(|told| is_reason(told, word)) {
        // needs:CHECK stands for each check
        let needed = word.split_once(':').and_then(|(_, id)| catalogue.check(id));
        let seen = needed.map_or_else(|| capital(told.seen), |check| told.seen.replace("CHECK", &check.id));
        let blocks = [Block::Text(format!("{seen}."))].into_iter().chain(needed.map(block));
        sections.push(Section::new(&format!("A reason, of the verdict {}", told.verdict), blocks));
    }
    if let Some((_, title, text)) = SAID.iter().find(|(said, ..)| is(said)) {
        sections.push(says(title, text));
    }
    if let Some(selection) = selection(word) {
        sections.extend(of_selection(catalogue, selection));
    }
    if let Some(group) = catalogue.groups().into_iter().find(|group| is(&group.folder)) {
        let about = format!("{}. --check {} takes them all.", group.title, group.folder);
        let checks = group.checks.into_iter().map(block);
        sections.push(Section::new("A folder of checks", [Block::Text(about)].into_iter().chain(checks)));
    }
    if let Some(attribute) = schema::attribute(word).or_else(|| schema::attribute_by_exchange_name(word)) {
        sections.extend(of_attribute(catalogue, attribute));
    } else if let Some((name, classes)) = schema::only_listed(word) {
        sections.extend(of_listed(catalogue, name, &classes));
    }
    sections.retain(|section| !section.blocks.is_empty());
    (!sections.is_empty()).then(|| Explanation { heading: word.to_owned(), sections })
}

/// The verdict that the report for people calls so.
fn own_word(word: &str) -> &str {
    const VERDICTS: [(&str, &str); 6] = [
        ("undecided", "unknown"),
        ("skipped", "blocked"),
        ("failure", "fail"),
        ("failures", "fail"),
        ("passed", "pass"),
        ("by hand", "manual"),
    ];
    VERDICTS.iter().find(|(said, _)| said.eq_ignore_ascii_case(word)).map_or(word, |(_, verdict)| verdict)
}

/// Every word that is explained, but for attributes.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    let verdicts = Verdict::ALL.into_iter().map(Verdict::word);
    let severities = Severity::ALL.into_iter().map(Severity::word);
    let confidences = Confidence::ALL.into_iter().map(Confidence::word);
    let reasons = reason::WORDS.iter().map(|told| told.word);
    let said = SAID.iter().map(|(word, ..)| *word);
    verdicts.chain(severities).chain(confidences).chain(reasons).chain(said).chain(Selection::all().map(Selection::word))
}

/// Whether a word is one of the report, so that it is a query for itself.
pub fn is_word(word: &str) -> bool {
    let word = own_word(word);
    all().any(|known| known.eq_ignore_ascii_case(word)) || selection(word).is_some() || schema::is_published(word)
}

/// The selection of this name, or whose objects are called so: `mailboxes`.
fn selection(word: &str) -> Option<&'static Selection> {
    Selection::all().find(|each| each.word().eq_ignore_ascii_case(word) || each.plural().eq_ignore_ascii_case(word))
}

/// `needs:CHECK` is told for every check.
fn is_reason(told: &Word, word: &str) -> bool {
    let is_needs = |known: &str, word: &str| {
        known.starts_with("needs:") && word.get(..6).is_some_and(|head| head.eq_ignore_ascii_case("needs:"))
    };
    told.word.eq_ignore_ascii_case(word) || is_needs(told.word, word)
}

fn says(title: &str, text: &str) -> Section {
    Section::new(title, [Block::Text(text.to_owned())])
}

fn block(check: &Check) -> Block {
    Block::Check { id: check.id.clone(), title: check.title.clone() }
}

fn of_selection(catalogue: &Catalogue, selection: &'static Selection) -> [Section; 2] {
    let mut text = format!("{}.", capital(selection.meaning()));
    if !selection.classes().is_empty() {
        text.push_str(&format!(" objectClass: {}.", selection.classes().join(", ")));
    }
    if selection.is_of_recipients() {
        text.push_str(" There may be very many, so all that pass are counted in one result.");
    }
    let checks = catalogue.checks().iter().filter(|check| check.subject.each == selection).map(block);
    [says(&format!("What checks look at: {}", selection.word()), &text), Section::new("Checks that begin with it", checks)]
}

fn of_attribute(catalogue: &Catalogue, attribute: &Attribute) -> [Section; 2] {
    let names = if attribute.ldap_name.eq_ignore_ascii_case(attribute.exchange_name) {
        format!("{} in LDAP and in raw mode", attribute.ldap_name)
    } else {
        format!("{} in LDAP, {} in raw mode of the Administrator program", attribute.ldap_name, attribute.exchange_name)
    };
    let many = if attribute.multi { "several values" } else { "one value" };
    let mut facts = vec![format!("{names}. It holds {}, {many}.", holds(attribute.syntax))];
    if attribute.anonymous() {
        facts.push("An anonymous account may see it.".to_owned());
    } else if attribute.authenticated_only() {
        facts.push("Only an account that has logged on may see it.".to_owned());
    }
    if attribute.operational() {
        facts.push("A server returns it only if the request names it.".to_owned());
    }
    if attribute.withholdable() {
        facts.push("An administrator can withhold it (DS Site Configuration, Attributes page).".to_owned());
    }
    if attribute.local_to_site() {
        facts.push("It is not replicated: only a server of the object's own site shows it.".to_owned());
    }
    let classes: Vec<&str> = schema::classes_with(attribute).map(|class| class.ldap_name).collect();
    if !classes.is_empty() {
        facts.push(format!("Objects of these classes have it, and of those below: {}.", classes.join(", ")));
    }
    facts.push(format!("Source: Exchange SDK of June 1998 ({}).", attribute.source));
    let checks = catalogue.checks().iter().filter(|check| wants::reads(check, attribute.ldap_name)).map(block);
    [says("An attribute of the directory", &facts.join(" ")), Section::new("Checks that read it", checks)]
}

/// An attribute of which only the classes that have it were found.
fn of_listed(catalogue: &Catalogue, name: &str, classes: &[&Class]) -> [Section; 2] {
    let names: Vec<&str> = classes.iter().map(|class| class.ldap_name).collect();
    let mut pages: Vec<&str> = classes.iter().flat_map(|class| class.source.split(';')).collect();
    pages.dedup();
    let text = format!(
        "{name} in raw mode of the Administrator program. Objects of these classes have it, and of those below: {}. No page about the \
         attribute itself was found: its name in LDAP, what it holds and who may see it are not known here. Source: Exchange SDK of June \
         1998 ({}).",
        names.join(", "),
        pages.join(", ")
    );
    let checks = catalogue.checks().iter().filter(|check| wants::reads(check, name)).map(block);
    [says("An attribute of the directory", &text), Section::new("Checks that read it", checks)]
}

fn holds(syntax: Syntax) -> &'static str {
    match syntax {
        Syntax::Boolean => "TRUE or FALSE",
        Syntax::Integer => "a whole number",
        Syntax::Enumeration => "a whole number with named values",
        Syntax::Octet => "bytes",
        Syntax::Teletex | Syntax::Unicode => "text",
        Syntax::Printable => "text of the letters that PrintableString allows",
        Syntax::Ia5 => "ASCII text",
        Syntax::UtcTime => "a time",
        Syntax::ObjectIdentifier => "the name of a class or an object identifier",
        Syntax::Dn => "the name of another object",
        Syntax::OrName => "the name of another object or an X.400 address",
        Syntax::AccessPoint => "an X.500 access point",
        Syntax::PresentationAddress => "an OSI presentation address",
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_a_report_is_explained() {
        let catalogue = Catalogue::embedded().expect("embedded");
        let listed = ["Site-Affinity", "site-affinity"];
        for word in all().chain(listed).chain([
            "needs:ims-admin-set",
            "Extension-Data",
            "extension-data",
            "Mail-nickname",
            "uid",
            "mailboxes",
        ]) {
            assert!(explain(&catalogue, word).is_some() && is_word(word) || word.starts_with("needs:i"), "{word}");
        }
        for group in catalogue.groups() {
            assert!(explain(&catalogue, &group.folder).is_some(), "{}", group.folder);
        }
        for word in ["", " ", "worm", "needs", "needs:", "Not-In-The-Schema", "\u{1b}[31m"] {
            assert!(explain(&catalogue, word).is_none() || word == "needs:", "{word}");
        }
    }

    #[test]
    fn no_text_is_empty_and_each_is_a_sentence() {
        for text in Verdict::ALL.map(Verdict::meaning).into_iter().chain(Severity::ALL.map(Severity::meaning)) {
            assert!(text.ends_with('.'), "{text}");
        }
        assert!(Confidence::ALL.iter().all(|each| each.meaning().ends_with('.')));
    }
}
