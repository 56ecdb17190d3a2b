//! One TOML text: reading it, and finding the line of what is wrong in it.

use super::problem::about;
use super::{LoadError, Problem};
use crate::check::toml_words;
use serde::de::DeserializeOwned;
use std::ops::Range;
use toml::Spanned;

/// A list of texts that know where they stand.
pub(super) type Texts = Spanned<Vec<Spanned<String>>>;

/// A TOML text and the name of its file.
#[derive(Debug, Clone, Copy)]
pub(in crate::check) struct Source<'a> {
    /// The file, as messages name it.
    pub(in crate::check) file: &'a str,
    /// What is in it.
    pub(in crate::check) text: &'a str,
}

impl Source<'_> {
    /// Reads the whole text.
    pub(super) fn parse<T: DeserializeOwned>(self) -> Result<T, LoadError> {
        toml::from_str(self.text).map_err(|error| {
            let at = error.span().unwrap_or_default();
            let line = self.line(&at);
            let mut message = toml_words::plain(error.message(), &toml_words::line_text(self.text, line).unwrap_or_default());
            let missing = message.strip_prefix('`').and_then(|rest| rest.strip_suffix("` is missing")).map(about);
            message.extend(missing.clone());
            match self.problem_on(line, Problem::Toml { message }) {
                // what is missing in the whole file is on none of its lines
                LoadError::Text { file, line, problem, .. } if missing.is_some() && at.start == 0 => {
                    LoadError::Text { file, line, text: None, problem }
                }
                error => error,
            }
        })
    }

    /// The line, counted from 1, on which a span begins.
    pub(super) fn line(self, span: &Range<usize>) -> usize {
        toml_words::line_number(self.text, span.start)
    }

    /// An error at a place.
    pub(in crate::check) fn problem(self, at: &Range<usize>, problem: Problem) -> LoadError {
        self.problem_on(self.line(at), problem)
    }

    /// An error on a line.
    pub(in crate::check) fn problem_on(self, line: usize, problem: Problem) -> LoadError {
        let text = toml_words::line_text(self.text, line);
        LoadError::Text { file: self.file.to_owned(), line, text, problem: Box::new(problem) }
    }

    /// That a key is missing: in a section, which has a line, or in the whole file.
    pub(super) fn missing(self, key: &str, section: Option<&str>) -> LoadError {
        let problem = Problem::Toml { message: format!("`{key}` is missing{}", about(key)) };
        match section {
            Some(section) => self.problem_on(self.line_where(|line| line.starts_with(&format!("[{section}]"))), problem),
            None => LoadError::Text { file: self.file.to_owned(), line: 1, text: None, problem: Box::new(problem) },
        }
    }

    /// The line on which a key is set.
    pub(super) fn line_of(self, key: &str) -> usize {
        self.line_where(|line| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('=')))
    }

    fn line_where(self, is: impl Fn(&str) -> bool) -> usize {
        self.text.lines().position(|line| is(line.trim_start())).map_or(1, |at| at + 1)
    }

    /// A text as one paragraph: line breaks and runs of blanks become one blank each. Refuses one with nothing in it.
    pub(super) fn words(self, key: &'static str, text: &Spanned<String>) -> Result<String, LoadError> {
        self.words_at(key, &text.span(), text.get_ref())
    }

    /// The same, for a text that stands within a span.
    pub(super) fn words_at(self, key: &'static str, at: &Range<usize>, text: &str) -> Result<String, LoadError> {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            return Err(self.problem(at, Problem::Empty { key }));
        }
        if words.chars().any(char::is_control) {
            return Err(self.problem(at, Problem::Control { key }));
        }
        Ok(words)
    }

    /// The same, for a text that may have at most so many characters.
    pub(super) fn short_words(self, key: &'static str, text: &Spanned<String>, most: usize) -> Result<String, LoadError> {
        let words = self.words(key, text)?;
        match words.chars().count() > most {
            true => Err(self.problem(&text.span(), Problem::TooLong { key, most })),
            false => Ok(words),
        }
    }

    /// A list of texts, none of them empty; the list may be.
    pub(super) fn any_words(self, key: &'static str, list: &[Spanned<String>]) -> Result<Vec<String>, LoadError> {
        list.iter().map(|text| self.words(key, text)).collect()
    }

    /// A list of texts with something in it.
    pub(super) fn some_words(self, key: &'static str, list: &Texts) -> Result<Vec<String>, LoadError> {
        if list.get_ref().is_empty() {
            return Err(self.problem(&list.span(), Problem::Empty { key }));
        }
        self.any_words(key, list.get_ref())
    }
}
