//! Where an article is named besides in its own text: in sentences of checks and articles, and in what this program itself
//! says.

use super::{Block, Section};
use crate::check::article::Article;
use crate::check::catalogue::Catalogue;
use crate::check::definition::{Check, Expect};
use crate::exchange::faults;
use crate::report::Fix;

/// What messages of this program say and cite an article for; the known LDAP faults have their own table. A test looks
/// through the source for articles that are in neither.
const MESSAGES: [(&str, &str); 17] = [
    ("Q146304", "a table to import names the class, the mode and the object, and a mailbox is created with its Home-Server"),
    ("Q152854", "~DEL in a table to import clears a field"),
    ("Q156063", "an anonymous bind sees mail recipients only, so that no service can be audited"),
    ("Q160971", "an export of the Administrator program needs HiddenObjects=Yes and Subcontainers=Yes to show everything"),
    ("Q176741", "~DEL in the column that names an object makes another object when the table is imported"),
    ("Q182507", "the form of a bind name is cn=ACCOUNT,cn=DOMAIN or dc=DOMAIN,cn=ACCOUNT"),
    ("Q184532", "~DEL in a table to import is for objects that exist, and must be alone in its cell"),
    ("Q185475", "the admin view (,cn=admin) shows hidden and deleted objects, and is answered over clear text only"),
    ("Q192306", "a server may allow searches in certain containers only, and refuses the rest with code 50"),
    ("Q195104", "another server holds a part of what was asked for, and is not asked"),
    ("Q222621", "a bind name over 1000 bytes is not sent"),
    ("Q224447", "on a Windows 2000 domain controller port 389 is Active Directory's, and Exchange 5.5 listens elsewhere"),
    ("Q239065", "Exchange 5.0 is known to refuse a simple bind"),
    ("Q239639", "deleted objects are kept 30 days by default"),
    ("Q242039", "who sets the owner of a list over LDAP does not set the permissions that go with it"),
    ("Q278518", "a hotfix does not show in the directory"),
    ("Q312501", "on a Windows 2000 domain controller Exchange 5.5 can be given another port, such as 379 or 390"),
];

/// What names the article, other than the checks that cover it and the numbers that lead to it.
pub(super) fn named_by(catalogue: &Catalogue, kb: &str) -> Section {
    let covering = catalogue.covered_by(kb);
    let checks = catalogue.checks().iter().filter(|check| !covering.iter().any(|covers| covers.id == check.id));
    let cites = |check: &Check| check.kb.iter().any(|cited| cited == kb);
    let checks = checks.filter(|check| cites(check) || check_texts(check).any(|text| names(text, kb)));
    let checks = checks.map(|check| Block::Check { id: check.id.clone(), title: check.title.clone() });
    let articles = catalogue.articles().iter().filter(|article| article.kb != kb);
    let articles = articles.filter(|article| article_texts(article).any(|text| names(text, kb)));
    let articles = articles.map(|article| Block::Article { kb: article.kb.clone(), title: Some(article.title.clone()) });
    let messages = MESSAGES.iter().filter(|(known, _)| *known == kb);
    let messages = messages.map(|(_, says)| Block::Item(format!("A message of this program: {says}.")));
    let faults = faults::known(&[], false).into_iter().filter(|fault| fault.article == kb).map(|fault| {
        let fixed = fault.fixed_in.map(|version| format!(" (fixed in {version})")).unwrap_or_default();
        let (means, handling) = (fault.means, fault.handling);
        Block::Item(format!("exaudit doctor, as a fault that concerns the audit: {means}{fixed}. The audit {handling}."))
    });
    Section::new("Named by", checks.chain(articles).chain(messages).chain(faults))
}

/// The articles that numbers or messages name and that are not described, by number.
pub fn only_named(catalogue: &Catalogue) -> Vec<String> {
    let numbers = catalogue.signs().iter().flat_map(|sign| sign.kb.iter().cloned());
    let messages = MESSAGES.iter().map(|(kb, _)| (*kb).to_owned());
    let faults = faults::known(&[], false).into_iter().map(|fault| fault.article.into_owned());
    let mut named: Vec<String> = numbers.chain(messages).chain(faults).filter(|kb| catalogue.article(kb).is_none()).collect();
    named.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
    named.dedup();
    named
}

fn check_texts(check: &Check) -> impl Iterator<Item = &String> {
    let manual = if let Expect::Manual(text) = &check.expect { Some(text) } else { None };
    let lesser = check.lesser.iter().flat_map(|lesser| lesser.fix.iter().flat_map(Fix::texts).chain([&lesser.message]));
    [&check.title, &check.why]
        .into_iter()
        .chain(&check.fails)
        .chain(check.fix.texts())
        .chain(&check.symptoms)
        .chain(manual)
        .chain(lesser)
}

fn article_texts(article: &Article) -> impl Iterator<Item = &String> {
    article.summary.iter().chain(&article.symptoms)
}

/// Whether a text holds this number as a word, `Q300535` or `KB 822911`.
fn names(text: &str, kb: &str) -> bool {
    let digits = kb.trim_start_matches('Q');
    if !text.contains(digits) {
        return false;
    }
    let words: Vec<&str> = text.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    words.contains(&kb) || words.windows(2).any(|pair| pair == ["KB", digits])
}

#[cfg(test)]
mod tests {
    use super::super::explain;
    use super::*;
    use std::fs;
    use std::path::Path;

    /// The texts within quotes, where an article can be named to a user; comments and tests are for others.
    fn named_in(folder: &Path, found: &mut Vec<(String, String)>) {
        for file in fs::read_dir(folder).expect("folder") {
            let path = file.expect("file").path();
            let name = path.file_name().expect("name").to_string_lossy().into_owned();
            let for_tests = name.contains("tests") || ["looks", "fixture.rs", "fake.rs", "mentions.rs"].contains(&name.as_str());
            if path.is_dir() && !for_tests && name != "snapshots" {
                named_in(&path, found);
            } else if name.ends_with(".rs") && !for_tests {
                let text = fs::read_to_string(&path).expect("text");
                let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
                // what clap shows of a command line is a doc comment
                let shown = |line: &&str| name_of(&path).contains("cli") || !line.trim_start().starts_with("//");
                for line in code.lines().filter(shown) {
                    let line = line.split_once("; // ").map_or(line, |(code, _)| code);
                    for word in line.split(|c: char| !c.is_ascii_alphanumeric()) {
                        if word.len() == 7 && word.starts_with('Q') && word[1..].bytes().all(|b| b.is_ascii_digit()) {
                            found.push((word.to_owned(), name_of(&path)));
                        }
                    }
                }
            }
        }
    }

    fn name_of(path: &Path) -> String {
        path.strip_prefix(env!("CARGO_MANIFEST_DIR")).expect("inside").to_string_lossy().replace('\\', "/")
    }

    #[test]
    fn every_article_that_a_message_names_is_explained() {
        let catalogue = Catalogue::embedded().expect("embedded");
        let mut found = Vec::new();
        named_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
        // what only developers read: schema tables, evidence for a bound
        let unseen = ["src/exchange/schema.rs", "src/lab/"];
        found.retain(|(_, file)| !unseen.iter().any(|known| file.starts_with(known)));
        assert!(found.len() > 20, "{found:?}");
        for (kb, file) in found {
            let explanation = explain(&catalogue, &kb).unwrap_or_else(|| panic!("{kb}, named in {file}, is not explained"));
            let says = explanation.sections.iter().any(|section| section.title == "Named by");
            assert!(says || catalogue.article(&kb).is_some(), "{kb}, named in {file}: nothing says by what");
        }
    }

    #[test]
    fn the_table_is_in_order_and_of_use() {
        assert!(MESSAGES.is_sorted());
        let catalogue = Catalogue::embedded().expect("embedded");
        for (kb, says) in MESSAGES {
            let section = named_by(&catalogue, kb);
            assert!(section.blocks.contains(&Block::Item(format!("A message of this program: {says}."))), "{kb}");
        }
    }

    #[test]
    fn a_number_is_a_word() {
        assert!(names("See (Q123456).", "Q123456"));
        assert!(!names("See Q1234567 and XQ123456.", "Q123456"));
        assert!(names("Mail is lost (KB 823456).", "Q823456") && !names("KB 8234567, ab 823456", "Q823456"));
    }
}
