//! One TOML text: reading it, and finding the line of what is wrong in it.

use super::{LoadError, Problem};
use crate::check::nearest::known_word;
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
            let message = error.message().trim_end_matches('\n').replace('\n', ", ");
            let suggestion = known_word(&message);
            self.problem(&error.span().unwrap_or_default(), Problem::Toml { message, suggestion })
        })
    }

    /// The line, counted from 1, on which a span begins.
    pub(super) fn line(self, span: &Range<usize>) -> usize {
        let before = self.text.as_bytes().get(..span.start).unwrap_or_default();
        before.iter().filter(|byte| **byte == b'\n').count() + 1
    }

    /// An error at a place.
    pub(in crate::check) fn problem(self, at: &Range<usize>, problem: Problem) -> LoadError {
        self.problem_on(self.line(at), problem)
    }

    /// An error on a line.
    pub(in crate::check) fn problem_on(self, line: usize, problem: Problem) -> LoadError {
        LoadError::Text { file: self.file.to_owned(), line, problem: Box::new(problem) }
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
