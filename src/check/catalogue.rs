//! All checks, articles and numbers that this run knows.

use super::article::{Article, Sign, SignKind, kb_number};
use super::change::Change;
use super::definition::Check;
use super::embedded;
use super::load::{LoadError, Problem, Source, articles, changes, checks, events, folder};
use super::nearest::nearest;
use super::numbers;
use super::order::order;
use std::borrow::Cow;
use std::path::Path;

/// All checks, articles and numbers that this run knows.
#[derive(Debug, Clone)]
pub struct Catalogue {
    checks: Vec<Check>,
    changes: Vec<Change>,
    articles: Vec<Article>,
    signs: Vec<Sign>,
}

/// A file's name and its text.
pub(super) type Text<'a> = (Cow<'a, str>, Cow<'a, str>);

/// The files, sorted by what they hold.
pub(super) struct Texts<'a> {
    pub(super) articles: Vec<Text<'a>>,
    pub(super) checks: Vec<Text<'a>>,
    pub(super) changes: Vec<Text<'a>>,
    pub(super) events: Vec<Text<'a>>,
    /// Articles that may be cited, unless `articles` describes them too.
    pub(super) more_articles: Option<Text<'a>>,
}

impl Catalogue {
    /// What is part of the program.
    ///
    /// # Errors
    /// [`LoadError`] if a text in the program is not as it must be; a test sees to it that this does not happen.
    pub fn embedded() -> Result<Self, LoadError> {
        Self::load(&Texts::embedded())
    }

    /// What is part of the program, and an operator's own `.toml` files right in a folder: a check or a change each, and
    /// `articles.toml` and `events.toml` for more articles and numbers; and the changes of a folder `changes` in it.
    ///
    /// # Errors
    /// [`LoadError`] with file and line: the first thing that is wrong.
    pub fn with_directory(folder: &Path) -> Result<Self, LoadError> {
        let mut texts = Texts::embedded();
        let own = folder::read_with_changes(folder)?;
        if own.is_empty() {
            return Err(LoadError::NoCheck { path: folder.to_owned() });
        }
        for (path, text) in own {
            texts.add(&path, text, Path::new(""));
        }
        Self::load(&texts)
    }

    /// Only the `.toml` files of a folder and of those right in it, and of the program no more than the articles: to try checks
    /// out before they become part of it.
    ///
    /// # Errors
    /// [`LoadError`] with file and line: the first thing that is wrong.
    pub fn of_directory(folder: &Path) -> Result<Self, LoadError> {
        let (file, text) = embedded::ARTICLES;
        let more_articles = Some((file.into(), text.into()));
        let mut texts =
            Texts { articles: Vec::new(), checks: Vec::new(), changes: Vec::new(), events: Vec::new(), more_articles };
        for (path, text) in folder::read_deep(folder)? {
            texts.add(&path, text, folder);
        }
        if texts.checks.is_empty() {
            return Err(LoadError::NoCheck { path: folder.to_owned() });
        }
        Self::load(&texts)
    }

    /// What is part of the program, and one more check or change, as if it stood in a file of that name.
    ///
    /// # Errors
    /// [`LoadError`] with file and line.
    pub fn with_text(file: &str, text: &str) -> Result<Self, LoadError> {
        let mut texts = Texts::embedded();
        let list = if changes::is_change(text) { &mut texts.changes } else { &mut texts.checks };
        list.push((file.into(), text.into()));
        Self::load(&texts)
    }

    /// Nothing but these texts, for tests that must not change when the program's own do.
    #[cfg(test)]
    pub(crate) fn of_texts(checks: &[(&str, &str)], articles: &str, events: &str) -> Result<Self, LoadError> {
        let own = |file: &'static str, text| (Cow::Borrowed(file), Cow::Borrowed(text));
        Self::load(&Texts {
            articles: vec![own("articles.toml", articles)],
            checks: checks.iter().map(|(file, text)| (Cow::Borrowed(*file), Cow::Borrowed(*text))).collect(),
            changes: Vec::new(),
            events: vec![own("events.toml", events)],
            more_articles: None,
        })
    }

    fn load(texts: &Texts<'_>) -> Result<Self, LoadError> {
        let mut articles = Vec::new();
        for (file, text) in &texts.articles {
            articles::read(Source { file, text }, &mut articles)?;
        }
        if let Some((file, text)) = &texts.more_articles {
            let mut more = Vec::new();
            articles::read(Source { file, text }, &mut more)?;
            more.retain(|article| articles.iter().all(|known| known.kb != article.kb));
            articles.extend(more);
        }
        let mut read: Vec<checks::ReadCheck> = Vec::new();
        for (file, text) in &texts.checks {
            let source = Source { file, text };
            let new = checks::read(source, stem(file), &articles)?;
            if let Some(known) = read.iter().find(|known| known.check.id == new.check.id) {
                let problem = Problem::Duplicate { name: new.check.id, other: known.check.origin.clone() };
                return Err(source.problem_on(new.id_line, problem));
            }
            read.push(new);
        }
        let checks = order(read).map_err(|broken| {
            let text = texts.checks.iter().find(|(file, _)| *file == broken.file).map_or("", |(_, text)| text);
            Source { file: &broken.file, text }.problem_on(broken.line, broken.problem)
        })?;
        let mut changes: Vec<Change> = Vec::new();
        for (file, text) in &texts.changes {
            let change = changes::read(Source { file, text }, stem(file), &articles, &checks, &changes)?;
            changes.push(change);
        }
        let mut signs = Vec::new();
        for (file, text) in &texts.events {
            events::read(Source { file, text }, &checks, &mut signs)?;
        }
        join(&mut signs, &articles, &checks);
        Ok(Self { checks, changes, articles, signs })
    }

    /// Every check, what it needs before it.
    pub fn checks(&self) -> &[Check] {
        &self.checks
    }

    /// The check with this id, in any case.
    pub fn check(&self, id: &str) -> Option<&Check> {
        self.checks.iter().find(|check| check.id.eq_ignore_ascii_case(id.trim()))
    }

    /// Every change that has a checklist of its own.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// The change with this id, in any case.
    ///
    /// # Errors
    /// The id nearest to one that is not known, if there is one.
    pub fn change(&self, id: &str) -> Result<&Change, Option<&str>> {
        let found = self.changes.iter().find(|change| change.id.eq_ignore_ascii_case(id.trim()));
        found.ok_or_else(|| nearest(id, self.changes.iter().map(|change| change.id.as_str())))
    }

    /// Every article that is described.
    pub fn articles(&self) -> &[Article] {
        &self.articles
    }

    /// The article with this number: `Q300535`, `q300535`, `KB300535` or `300535`.
    pub fn article(&self, kb: &str) -> Option<&Article> {
        let kb = kb_number(kb)?;
        self.articles.iter().find(|article| article.kb == kb)
    }

    /// Every event and error number.
    pub fn signs(&self) -> &[Sign] {
        &self.signs
    }

    /// The numbers that a text names: `4071`, `MSExchangeIMC 4071`, `event 4071`, `0xc002041d`, `C002041D`, `error 1067`. A
    /// bare number may be both an event and an error; the events come first.
    pub fn signs_named(&self, text: &str) -> Vec<&Sign> {
        numbers::named(&self.signs, text)
    }

    /// The checks that cite an article.
    pub fn citing(&self, kb: &str) -> Vec<&Check> {
        self.checks.iter().filter(|check| check.kb.iter().any(|cited| cited == kb)).collect()
    }

    /// The checks that can see what an article is about: those that cite it, unless they do so for what to do only.
    pub fn covered_by(&self, kb: &str) -> Vec<&Check> {
        if self.article(kb).is_some_and(|article| !article.covered) { Vec::new() } else { self.citing(kb) }
    }

    /// The id nearest to one that is not known.
    pub fn suggest(&self, id: &str) -> Option<&str> {
        nearest(id, self.checks.iter().map(|check| check.id.as_str()))
    }
}

impl Texts<'_> {
    pub(super) fn embedded() -> Self {
        let own = |(file, text): embedded::Text| (Cow::Borrowed(file), Cow::Borrowed(text));
        Self {
            articles: vec![own(embedded::ARTICLES)],
            checks: embedded::CHECKS.into_iter().flatten().copied().map(own).collect(),
            changes: embedded::CHECKLISTS.iter().copied().map(own).collect(),
            events: vec![own(embedded::EVENTS)],
            more_articles: None,
        }
    }
}

impl Texts<'_> {
    /// Adds a file; its name is told below `folder`, as those of the program are.
    fn add(&mut self, path: &Path, text: String, folder: &Path) {
        let list = match path.file_name().and_then(|name| name.to_str()) {
            Some("articles.toml") => &mut self.articles,
            Some("events.toml") => &mut self.events,
            _ if changes::is_change(&text) || (folder.as_os_str().is_empty() && changes::is_in_folder(path)) => &mut self.changes,
            _ => &mut self.checks,
        };
        let below = path.strip_prefix(folder).ok().filter(|_| !folder.as_os_str().is_empty());
        let name = below.map_or_else(|| path.display().to_string(), |below| format!("checks/{}", below.display()));
        list.push((name.into(), text.into()));
    }
}

/// The name of a file without its folders and its ending.
pub(super) fn stem(file: &str) -> &str {
    Path::new(file).file_stem().and_then(|stem| stem.to_str()).unwrap_or(file)
}

/// Adds to the numbers what the articles say of them. A number whose checks nobody named is covered by those that cover its
/// articles.
fn join(signs: &mut Vec<Sign>, articles: &[Article], checks: &[Check]) {
    for article in articles {
        let events = article.events.iter().map(|event| (SignKind::Event(event.source.clone()), event.id.to_string()));
        let errors = article.errors.iter().map(|code| (SignKind::Error, code.clone()));
        for (kind, code) in events.chain(errors) {
            let kb = article.kb.clone();
            match signs.iter_mut().find(|sign| sign.same(&kind, &code)) {
                Some(sign) if sign.kb.contains(&kb) => {}
                Some(sign) => sign.kb.push(kb),
                None => signs.push(Sign { kind, code, meaning: None, kb: vec![kb], checks: Vec::new() }),
            }
        }
    }
    for sign in signs.iter_mut().filter(|sign| sign.checks.is_empty()) {
        let is_covered = |kb: &String| articles.iter().all(|article| article.kb != *kb || article.covered);
        let covers = |check: &&Check| check.kb.iter().any(|kb| sign.kb.contains(kb) && is_covered(kb));
        sign.checks = checks.iter().filter(covers).map(|check| check.id.clone()).collect();
    }
}

#[cfg(test)]
mod tests;
