//! What is known of a Knowledge Base article, and of the event and error numbers that lead to it.

use std::fmt;

/// A Knowledge Base article: facts in our own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Its number, `Q300535`.
    pub kb: String,
    /// Its title, as published.
    pub title: String,
    /// The versions of Exchange it applies to.
    pub versions: Vec<String>,
    /// The version that fixes the fault, where the article names one.
    pub fixed: Option<String>,
    /// When it was last modified, as printed in it, where known.
    pub modified: Option<String>,
    /// Cause and resolution, a fact each.
    pub summary: Vec<String>,
    /// What an operator sees.
    pub symptoms: Vec<String>,
    /// The events it names.
    pub events: Vec<Event>,
    /// The error codes it names, `0xc002041d` or `1067`.
    pub errors: Vec<String>,
    /// Whether the checks that cite it can see its fault; they may cite it for what to do only.
    pub covered: bool,
}

/// An entry in the Windows NT event log.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// The source, `MSExchangeIMC`, where the article is known to name it.
    pub source: Option<String>,
    /// The event id.
    pub id: u32,
}

/// A number that an operator meets: an event id or an error code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sign {
    /// Which of the two.
    pub kind: SignKind,
    /// The id or code as text, `4071` or `0xc002041d`.
    pub code: String,
    /// What it means, in short; none for a number that only an article's list names.
    pub meaning: Option<String>,
    /// The articles that document it; not all of them need be described here.
    pub kb: Vec<String>,
    /// The checks that cover it; empty when none does yet.
    pub checks: Vec<String>,
}

/// What kind of number it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignKind {
    /// An event, with its source where known.
    Event(Option<String>),
    /// An error code of Windows or of Setup.
    Error,
}

impl Sign {
    /// Whether the two are the same number. A source that is not known fits any.
    pub(super) fn same(&self, kind: &SignKind, code: &str) -> bool {
        let kinds = match (&self.kind, kind) {
            (SignKind::Error, SignKind::Error) => true,
            (SignKind::Event(Some(a)), SignKind::Event(Some(b))) => a.eq_ignore_ascii_case(b),
            (SignKind::Event(_), SignKind::Event(_)) => true,
            _ => false,
        };
        kinds && self.code.eq_ignore_ascii_case(code)
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.source {
            Some(source) => write!(f, "{source} {}", self.id),
            None => write!(f, "{}", self.id),
        }
    }
}

impl fmt::Display for Sign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            SignKind::Event(Some(source)) => write!(f, "Event {source} {}", self.code),
            SignKind::Event(None) => write!(f, "Event {}", self.code),
            SignKind::Error => write!(f, "Error {}", self.code),
        }
    }
}

/// Reads an article number: `Q300535`, `q300535`, `KB300535`, `KB 300535` or `300535`; gives `Q300535`.
/// Bare digits must be six or seven, since fewer are an event id.
pub fn kb_number(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_uppercase();
    let prefixed = text.strip_prefix("KB").or_else(|| text.strip_prefix('Q'));
    let digits = prefixed.unwrap_or(&text).trim_start();
    let least = if prefixed.is_some() { 5 } else { 6 };
    let fits = (least..=7).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| format!("Q{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_article_numbers() {
        for text in ["Q300535", "q300535", "300535", "KB300535", "kb 300535", " 300535 "] {
            assert_eq!(kb_number(text).as_deref(), Some("Q300535"), "{text}");
        }
        for text in ["", "Q", "4071", "Q30", "Q30053x", "0xc002041d", "30053555", "ims-admin-set", "Ä300535"] {
            assert_eq!(kb_number(text), None, "{text}");
        }
    }

    #[test]
    fn an_unknown_source_fits_any() {
        let sign = |source: Option<&str>| Sign {
            kind: SignKind::Event(source.map(str::to_owned)),
            code: "4071".to_owned(),
            meaning: None,
            kb: Vec::new(),
            checks: Vec::new(),
        };
        assert!(sign(Some("MSExchangeIMC")).same(&SignKind::Event(None), "4071"));
        assert!(sign(Some("MSExchangeIMC")).same(&SignKind::Event(Some("msexchangeimc".to_owned())), "4071"));
        assert!(!sign(Some("MSExchangeIMC")).same(&SignKind::Event(Some("Perflib".to_owned())), "4071"));
        assert!(!sign(None).same(&SignKind::Error, "4071"));
        assert!(!sign(None).same(&SignKind::Event(None), "4072"));
    }
}
