//! One result: what a check says of one subject, and what shows it.

use super::{Change, Confidence, Fix, Reason, Severity, Verdict, Waiver};
use crate::directory::bounded;
use crate::directory::dn::Dn;
use crate::exchange::questions::Cause;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

/// Where a record stands in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Place {
    /// The file, as it was named.
    pub file: String,
    /// The line with its name, from 1.
    pub line: u64,
}

/// The object a check started from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Subject {
    /// The name of the selection it came from, `ims`.
    pub kind: String,
    /// Its distinguished name, RFC 4514.
    #[serde(serialize_with = "as_text", deserialize_with = "of_text")]
    #[cfg_attr(test, schemars(with = "String"))]
    pub dn: Dn,
    /// The site: the value of the `ou` in its name.
    pub site: Option<String>,
    /// The server: Computer-Name, or else the text in parentheses of its name.
    pub server: Option<String>,
    /// Where its record stands, if it came from an LDIF file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// The object a check was led to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Object {
    /// Its distinguished name, RFC 4514.
    #[serde(serialize_with = "as_text", deserialize_with = "of_text")]
    #[cfg_attr(test, schemars(with = "String"))]
    pub dn: Dn,
}

/// One observation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Evidence {
    /// The object looked at.
    #[serde(serialize_with = "as_text", deserialize_with = "of_text")]
    #[cfg_attr(test, schemars(with = "String"))]
    pub dn: Dn,
    /// The attribute looked at; empty when the object itself was not there.
    pub attribute: String,
    /// What came back, as text, bounded.
    pub observed: Vec<String>,
    /// What the check expected.
    pub expected: String,
}

/// One result.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Finding {
    /// The check's id.
    pub check: String,
    /// The check's title.
    pub title: String,
    /// The headline of a failure of the check, if it has one.
    pub fails: Option<String>,
    /// How bad a failure is; may be less than the check's own severity.
    pub severity: Severity,
    /// The articles, the one to show first.
    pub kb: Vec<String>,
    /// What the check says.
    pub verdict: Verdict,
    /// Why, from a closed list (docs/reasons.md).
    #[cfg_attr(test, schemars(with = "String"))]
    pub reason: Reason,
    /// Why, in a sentence or two.
    pub message: String,
    /// What to do to have it decided, where that is known.
    pub advice: Option<String>,
    /// What the verdict rests on.
    pub confidence: Confidence,
    /// The index of the target.
    pub target: usize,
    /// How many objects it is about: more than 1 where several that were judged alike are told together.
    pub count: u64,
    /// Whether it only counts failures beyond those that are told one by one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rest: bool,
    /// The object the check started from; none when there is no such object, or it is about several.
    pub subject: Option<Subject>,
    /// The object it was led to, if any.
    pub object: Option<Object>,
    /// What was observed.
    pub evidence: Vec<Evidence>,
    /// The `ldapsearch` line that shows the evidence again, where there is one; never a credential.
    pub reproduce: Option<String>,
    /// What to do, where it fails or a person must look.
    pub fix: Option<Fix>,
    /// The same for the same fault in every run.
    pub fingerprint: String,
    /// What stood in the way of a verdict.
    pub causes: Vec<Cause>,
    /// Who accepts the failure, and until when; none if nobody does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiver: Option<Waiver>,
    /// What became of it since the last report, if it was compared with one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
    /// When it was first seen to fail, or to be undecided, RFC 3339 in UTC; none if it was compared with nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
}

impl Finding {
    /// The headline of a failure: what is wrong, or else the check's title.
    pub fn headline(&self) -> &str {
        self.fails.as_deref().unwrap_or(&self.title)
    }

    /// Whether it was not so the last time, in a report of a run that began at this time. What failed before it was undecided for a
    /// while is not new.
    pub fn is_new(&self, started: &str) -> bool {
        match self.change {
            None | Some(Change::Still) => false,
            Some(Change::Decided) => self.since.as_deref() == Some(started),
            Some(_) => true,
        }
    }

    /// What was observed, and what to do to have it decided.
    pub fn told(&self) -> String {
        self.advice.iter().fold(self.message.clone(), |message, advice| format!("{message} {advice}"))
    }
}

/// The stable key of a result: check, subject (compared as the directory compares names) and reason; nothing else.
pub fn fingerprint(check: &str, subject: Option<&Subject>, reason: &Reason) -> String {
    let subject = subject.map(|s| s.dn.key());
    let text = format!("{check}\n{}\n{reason}", subject.as_ref().map_or("", |key| key.as_str()));
    digest(text.as_bytes())
}

/// 32 hexadecimal digits that are the same for the same bytes, and for no others as far as anybody can tell (SHA-256, the first half).
pub fn digest(bytes: &[u8]) -> String {
    let digits = Sha256::digest(bytes).into_iter().take(16).flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect()
}

/// Characters of a name in a report: what is beyond is left out, and that is said.
pub const LONGEST_NAME: usize = 1000;

pub(super) fn as_text<S: Serializer>(dn: &Dn, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&bounded::text(&dn.to_string(), LONGEST_NAME))
}

/// A name as a report has it: one that was shortened may be none any more, and is kept as it is told.
fn of_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Dn, D::Error> {
    String::deserialize(deserializer).map(|text| Dn::parse_lossy(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_any_length_is_short_in_a_report_and_says_so() {
        let object = Object { dn: Dn::of([("cn", "a".repeat(5000).as_str()), ("o", "Org")]) };
        let text = serde_json::to_string(&object).expect("JSON");
        assert!(text.len() < LONGEST_NAME + 100 && text.contains("characters left out") && text.contains(",o=Org"), "{text}");
        let short = Object { dn: Dn::of([("o", "Org")]) };
        assert_eq!(serde_json::to_string(&short).expect("JSON"), "{\"dn\":\"o=Org\"}");
    }
}
