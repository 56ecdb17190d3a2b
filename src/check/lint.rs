//! What is wrong in an operator's folder of checks: everything at once, not only the first thing.

use super::article::Article;
use super::catalogue::{Catalogue, Texts};
use super::caution::{asks_to_take_away, takes_away};
use super::change::{Asks, Change};
use super::definition::{Check, Expect, Reference};
use super::load::{LoadError, Source, articles, changes, checks, events, folder};
use super::nearest::{did_you_mean, nearest};
use super::order;
use crate::directory::filter::Filter;
use crate::exchange::schema;
use crate::report::Fix;
use std::path::Path;

/// How bad a note is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// The folder cannot be used so.
    Error,
    /// It can be used, but something in it may not be meant.
    Warning,
}

/// One thing that is wrong, or may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// How bad it is.
    pub weight: Weight,
    /// `FILE:LINE: what`, or without a line where there is none.
    pub text: String,
}

/// What a look at a folder gave.
#[derive(Debug, Default)]
pub struct Lint {
    /// What is wrong, in the order of the files.
    pub notes: Vec<Note>,
    /// The checks in the folder that can be read, by id.
    pub checks: Vec<String>,
    /// The changes in the folder that can be read, by id.
    pub changes: Vec<String>,
}

impl Lint {
    /// Whether the folder cannot be used so.
    pub fn fails(&self) -> bool {
        self.notes.iter().any(|note| note.weight == Weight::Error)
    }

    fn error(&mut self, error: &LoadError) {
        let note = Note { weight: Weight::Error, text: error.to_string() };
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}

/// Looks at every file right in a folder, and in the folder `changes` in it, beside the checks of the program.
///
/// # Errors
/// [`LoadError`] if the folder or a file in it cannot be read at all.
pub fn lint(path: &Path) -> Result<Lint, LoadError> {
    let mut lint = Lint::default();
    let embedded = Texts::embedded();
    let mut known = Vec::new();
    for (file, text) in &embedded.articles {
        articles::read(Source { file, text }, &mut known)?;
    }
    let mut read = Vec::new();
    for (file, text) in &embedded.checks {
        read.push(checks::read(Source { file, text }, super::catalogue::stem(file), &known)?);
    }
    let files: Vec<(String, String)> =
        folder::read_with_changes(path)?.into_iter().map(|(path, text)| (path.display().to_string(), text)).collect();
    let is = |file: &str, name: &str| Path::new(file).file_name().is_some_and(|own| own == name);
    for (file, text) in files.iter().filter(|(file, _)| is(file, "articles.toml")) {
        if let Err(error) = articles::read(Source { file, text }, &mut known) {
            lint.error(&error);
        }
    }
    let own = files.iter().filter(|(file, _)| !is(file, "articles.toml") && !is(file, "events.toml"));
    let (own_changes, own): (Vec<_>, Vec<_>) =
        own.partition(|(file, text)| changes::is_change(text) || changes::is_in_folder(Path::new(file)));
    for (file, text) in own {
        match checks::read(Source { file, text }, super::catalogue::stem(file), &known) {
            Ok(new) => {
                lint.checks.push(new.check.id.clone());
                unknown_attributes(&new.check, file, text, &mut lint.notes);
                unwarned_steps(&new.check, file, text, &mut lint.notes);
                read.push(new);
            }
            Err(error) => {
                let gaps = checks::gaps(Source { file, text });
                gaps.iter().for_each(|gap| lint.error(gap));
                // the first of the gaps is what reading ended at
                if gaps.is_empty() || !error.is_gap() {
                    lint.error(&error);
                }
            }
        }
    }
    // each need that is wrong is told, whatever else is
    for broken in order::broken_needs(&read) {
        let text = files.iter().find(|(file, _)| *file == broken.file).map_or("", |(_, text)| text);
        lint.error(&Source { file: &broken.file, text }.problem_on(broken.line, broken.problem));
    }
    let all: Vec<Check> = read.into_iter().map(|read| read.check).collect();
    of_changes(&embedded, &own_changes, &known, &all, &mut lint)?;
    for (file, text) in files.iter().filter(|(file, _)| is(file, "events.toml")) {
        if let Err(error) = events::read(Source { file, text }, &all, &mut Vec::new()) {
            lint.error(&error);
        }
    }
    // names that are taken, and circles
    if !lint.fails()
        && !files.is_empty()
        && let Err(error) = Catalogue::with_directory(path)
    {
        lint.error(&error);
    }
    Ok(lint)
}

/// The same of changes.
fn of_changes(
    embedded: &Texts<'_>,
    own: &[&(String, String)],
    known: &[Article],
    checks: &[Check],
    lint: &mut Lint,
) -> Result<(), LoadError> {
    let mut read: Vec<Change> = Vec::new();
    for (file, text) in &embedded.changes {
        read.push(changes::read(Source { file, text }, super::catalogue::stem(file), known, checks, &read)?);
    }
    for (file, text) in own {
        match changes::read(Source { file, text }, super::catalogue::stem(file), known, checks, &read) {
            Ok(change) => {
                lint.changes.push(change.id.clone());
                for title in unwarned_items(&change) {
                    let text = format!(
                        "{file}:{}: this item takes something away; say in `caution` what is lost, what to keep first and how to come \
                         back",
                        line_of(text, title)
                    );
                    lint.notes.push(Note { weight: Weight::Warning, text });
                }
                read.push(change);
            }
            Err(error) => lint.error(&error),
        }
    }
    Ok(())
}

/// The titles of the items that tell a person to take something away, where no caution stands before it.
fn unwarned_items(change: &Change) -> impl Iterator<Item = &str> {
    let takes = |step: &&super::change::Step| match &step.asks {
        Asks::Manual(text) => asks_to_take_away(text) || asks_to_take_away(&step.title),
        _ => false,
    };
    change.items.iter().filter(|step| step.caution.is_none()).filter(takes).map(|step| step.title.as_str())
}

/// An attribute that is in no published list may be mistyped, or be asked for under a name that the LDAP server does not know.
fn unknown_attributes(check: &Check, file: &str, text: &str, notes: &mut Vec<Note>) {
    for name in attributes(check) {
        let by_exchange_name = schema::attribute_by_exchange_name(name).map(|known| known.ldap_name);
        if let Some(known) = schema::attribute(name) {
            // what the LDAP server makes itself, and what a reference leads to, is in no list of the class
            let classes = check.subject.each.classes();
            let holds = |class: &&str| schema::attributes_of(class).contains(&known);
            let own = known.oid.is_some() && check.subject.follow.is_none() && !name.eq_ignore_ascii_case("objectClass");
            if own && !classes.is_empty() && !classes.iter().any(holds) && is_own(check, name) {
                let text = format!(
                    "{file}:{}: the published schema does not list `{name}` for any {}: if none can have it, the check never passes",
                    line_of(text, name),
                    check.subject.each.plural().trim_end_matches('s')
                );
                notes.push(Note { weight: Weight::Warning, text });
            }
            continue;
        }
        let what = match by_exchange_name {
            Some(ldap_name) => format!("`{name}` is the name in Exchange; LDAP servers return the attribute as `{ldap_name}`"),
            None if schema::is_published(name) => continue,
            None => {
                let suggestion = nearest(name, schema::attributes().map(|known| known.ldap_name));
                format!("the attribute `{name}` is not in the published schema{}", did_you_mean(suggestion))
            }
        };
        notes.push(Note { weight: Weight::Warning, text: format!("{file}:{}: {what}", line_of(text, name)) });
    }
}

/// The first step that takes something away, where no caution says what is lost and how to come back.
fn unwarned(fix: &Fix) -> Option<&str> {
    fix.steps.iter().find(|step| takes_away(step)).filter(|_| fix.caution.is_none()).map(String::as_str)
}

fn unwarned_steps(check: &Check, file: &str, text: &str, notes: &mut Vec<Note>) {
    let fixes = [&check.fix].into_iter().chain(check.lesser.iter().filter_map(|lesser| lesser.fix.as_ref()));
    for step in fixes.filter_map(unwarned) {
        let begin: String = step.chars().take(40).collect();
        let text = format!(
            "{file}:{}: a step of the fix takes something away; say in `caution` what is lost, what to keep first and how to come back",
            line_of(text, &begin)
        );
        notes.push(Note { weight: Weight::Warning, text });
    }
}

/// The line on which a name first stands.
fn line_of(text: &str, name: &str) -> usize {
    text.lines().position(|line| line.contains(name)).map_or(1, |at| at + 1)
}

/// Whether an attribute is asked of the subject itself, and not of what it names.
fn is_own(check: &Check, name: &str) -> bool {
    let of = |filter: &Filter| filter.attributes().iter().any(|own| own.eq_ignore_ascii_case(name));
    match &check.expect {
        Expect::Filter { filter, .. } => of(filter) || check.subject.only.as_ref().is_some_and(of),
        _ => check.subject.only.as_ref().is_some_and(of),
    }
}

/// Every attribute that a check names.
fn attributes(check: &Check) -> Vec<&str> {
    let mut names: Vec<&str> = check.subject.only.iter().flat_map(|only| only.attributes()).collect();
    names.extend(check.lesser.iter().filter_map(|lesser| lesser.filter.as_ref()).flat_map(|filter| filter.attributes()));
    match &check.expect {
        Expect::Filter { filter, .. } => names.extend(filter.attributes()),
        Expect::Resolves { to: Some(to), .. } => names.extend(to.attributes()),
        Expect::Rule(rule) => names.extend(rule.reading().attributes()),
        _ => {}
    }
    for reference in [check.subject.follow.as_ref(), check.expect.reference()].into_iter().flatten() {
        if let Reference::Attribute(name) = reference {
            names.push(name);
        }
    }
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notes(files: &[(&str, &str)]) -> Vec<String> {
        let folder = tempfile::tempdir().expect("folder");
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).expect("write");
        }
        let prefix = format!("{}{}", folder.path().display(), std::path::MAIN_SEPARATOR);
        let word = |note: &Note| if note.weight == Weight::Error { "error" } else { "warning" };
        let lint = lint(folder.path()).expect("readable");
        lint.notes.iter().map(|note| format!("{} {}", word(note), note.text.replace(&prefix, ""))).collect()
    }

    fn check(id: &str, subject: &str, expect: &str) -> String {
        format!(
            "id = \"{id}\"\ntitle = \"T\"\nseverity = \"warning\"\nkb = [\"Q300535\"]\nversions = [\"5.5\"]\nconfidence = \
             \"documented\"\nwhy = \"W.\"\nfix = [\"F.\"]\n[subject]\n{subject}\n[expect]\n{expect}\n"
        )
    }

    #[test]
    fn everything_that_is_wrong_is_told() {
        let found = notes(&[
            ("a.toml", &check("a", "each = \"mailbx\"", "filter = \"(cn=*)\"")),
            ("b.toml", &check("b", "each = \"mailbox\"", "filter = \"(cn=*\"")),
            ("c.toml", &check("c", "each = \"mailbox\"", "filter = \"(Mail-nickname=*)\"")),
            ("d.toml", &check("d", "each = \"mailbox\"", "filter = \"(telephoneNumer=*)\"")),
            ("e.toml", &check("e", "each = \"server\"", "rule = \"server-versio\"")),
            ("f.toml", &check("f", "each = \"server\"", "rule = \"server-version\"\nparameters = { form = \"5.5\" }")),
            (
                "g.toml",
                &check("g", "each = \"server\"", "resolves = \"Home-MTA\"")
                    .replace("[\"Q300535\"]", "[\"Q300535\"]\nneeds = [\"h\"]"),
            ),
        ]);
        assert_eq!(
            found,
            [
                "error a.toml:10: there is no selection `mailbx`; did you mean `mailbox`? (in: each = \"mailbx\")",
                "error b.toml:12: `filter` is not an LDAP filter (RFC 4515): `)` expected at character 6 (in: filter = \"(cn=*\")",
                "warning c.toml:12: `Mail-nickname` is the name in Exchange; LDAP servers return the attribute as `uid`",
                "warning d.toml:12: the attribute `telephoneNumer` is not in the published schema; did you mean `telephoneNumber`?",
                "error e.toml:12: there is no rule `server-versio`; did you mean `server-version`? (in: rule = \"server-versio\")",
                "error f.toml:13: the rule `server-version` cannot take its `parameters`: there is no key `form`; did you \
                 mean `from`? (in: parameters = { form = \"5.5\" })",
                "error g.toml:5: `needs` names `h`, and there is no such check (in: needs = [\"h\"])",
            ]
        );
    }

    #[test]
    fn a_step_that_takes_something_away_needs_a_caution() {
        let deleting =
            check("a", "each = \"mailbox\"", "filter = \"(uid=*)\"").replace("[\"F.\"]", "[\"Look.\", \"Delete it.\"]");
        let said = "warning a.toml:8: a step of the fix takes something away; say in `caution` what is lost, what to keep first and how to \
                    come back";
        assert_eq!(notes(&[("a.toml", &deleting)]), [said]);
        let warned = deleting.replace("fix =", "caution = \"Save it first.\"\nfix =");
        assert_eq!(notes(&[("a.toml", &warned)]), Vec::<String>::new());
    }

    #[test]
    fn every_check_of_the_program_warns_before_a_step_that_takes_something_away() {
        let catalogue = Catalogue::embedded().expect("embedded");
        for check in catalogue.checks() {
            let own = check.lesser.iter().filter_map(|lesser| lesser.fix.as_ref());
            for fix in [&check.fix].into_iter().chain(own) {
                assert_eq!(unwarned(fix), None, "{}", check.id);
            }
        }
    }

    #[test]
    fn every_change_of_the_program_warns_before_an_item_that_takes_something_away() {
        let catalogue = Catalogue::embedded().expect("embedded");
        let unwarned: Vec<String> = catalogue
            .changes()
            .iter()
            .flat_map(|change| unwarned_items(change).map(|title| format!("{}: {title}", change.id)))
            .collect();
        assert_eq!(unwarned, Vec::<String>::new());
    }

    #[test]
    fn all_that_is_missing_is_told_at_once() {
        let whole = check("a", "each = \"mailbox\"", "filter = \"(uid=*)\"");
        let keys = ["title", "why", "fix"];
        let without: String =
            whole.lines().filter(|line| !keys.iter().any(|key| line.starts_with(key))).map(|line| format!("{line}\n")).collect();
        assert_eq!(
            notes(&[("a.toml", &without.replace("(uid=*)", ""))]),
            [
                "error a.toml:1: `title` is missing: what holds when the check passes",
                "error a.toml:1: `why` is missing: why it matters",
                "error a.toml:1: `fix` is missing: what to do, a step each",
                "error a.toml:9: `filter` is empty: an LDAP filter, such as (uid=*) (in: filter = \"\")",
            ]
        );
        let only = check("a", "each = \"mailbox\"\nonly = \"(uid=*\"", "filter = \"(uid=*)\"");
        let found = notes(&[("a.toml", &only)]);
        assert!(found.len() == 1 && found[0].contains("`only` is not an LDAP filter"), "{found:?}");
    }

    #[test]
    fn a_folder_that_is_right_has_no_notes() {
        assert_eq!(notes(&[("a.toml", &check("a", "each = \"mailbox\"", "filter = \"(uid=*)\""))]), Vec::<String>::new());
        let found = notes(&[("a.toml", &check("a", "each = \"private-store\"", "filter = \"(Can-Preserve-DNs=*)\""))]);
        assert_eq!(
            found,
            [
                "warning a.toml:12: the published schema does not list `Can-Preserve-DNs` for any private store: if none can have it, the \
              check never passes"
            ]
        );
        let twice = notes(&[("ims-admin-set.toml", &check("ims-admin-set", "each = \"ims\"", "filter = \"(Home-MTA=*)\""))]);
        assert!(twice.len() == 1 && twice[0].contains("already in"), "{twice:?}");
    }
}
