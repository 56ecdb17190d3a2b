//! Which objects or sites an accepted failure is of.

use crate::directory::dn::Dn;
use crate::report::Subject;

/// What the failures of a waiver are about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Pattern {
    /// Objects by their names: one, or with `*` for any text.
    Object(String),
    /// All of the sites with such names.
    Site(String),
}

impl Pattern {
    /// Whether a result about this object is meant; one about no single object is meant by `*` alone.
    pub(super) fn is_of(&self, subject: Option<&Subject>) -> bool {
        match (self, subject) {
            (Self::Object(pattern), None) => pattern == "*",
            (Self::Object(pattern), Some(subject)) => match (pattern.contains('*'), Dn::parse(pattern.as_bytes())) {
                (false, Ok(dn)) => dn.key() == subject.dn.key(),
                _ => is_like(pattern, &subject.dn.to_string()),
            },
            (Self::Site(pattern), Some(Subject { site: Some(site), .. })) => is_like(pattern, site),
            (Self::Site(_), _) => false,
        }
    }

    /// Its beginning: the line in the file tells the rest.
    pub(super) fn short(&self) -> String {
        let words = self.words();
        match Dn::parse(words.as_bytes()) {
            Ok(dn) if !words.contains('*') && dn.rdns().len() > 1 => dn.leaf().into_owned(),
            _ if words.chars().count() <= SHORT => words,
            _ => words.chars().take(SHORT).chain("...".chars()).collect(),
        }
    }

    /// All of it, in words.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Object(pattern) => pattern.clone(),
            Self::Site(pattern) => format!("site {pattern}"),
        }
    }
}

/// Characters of a pattern that a line shows.
const SHORT: usize = 40;

/// Whether a text is like a pattern: letters of either case, and `*` for any text.
fn is_like(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.to_lowercase(), text.to_lowercase());
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let Some(last) = pieces.next_back() else { return rest.is_empty() };
    for piece in pieces {
        let Some(at) = rest.find(piece) else { return false };
        rest = rest.get(at + piece.len()..).unwrap_or_default();
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_any_text_and_case_does_not_count() {
        for (pattern, text, expected) in [
            ("LYON", "lyon", true),
            ("LYON", "LYON2", false),
            ("LYON*", "LYON2", true),
            ("*", "", true),
            ("*ON*", "LYON", true),
            ("L*Y*N", "LYON", true),
            ("L*N*N", "LYON", false),
            ("LYON*LYON", "LYON", false),
            ("", "", true),
        ] {
            assert_eq!(is_like(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn a_name_is_compared_as_the_directory_compares_names() {
        let subject = |dn: &str| Subject {
            kind: "ims".into(),
            dn: Dn::parse(dn.as_bytes()).expect(dn),
            site: Some("S".into()),
            server: None,
            place: None,
        };
        let is_of = |pattern: &str| Pattern::Object(pattern.into()).is_of(Some(&subject("cn=Ann,cn=Recipients,ou=S,o=Org")));
        assert!(is_of("CN=ann, CN=recipients, OU=s, O=org") && is_of("cn=*,ou=s,o=org") && is_of("*"));
        assert!(!is_of("cn=An,cn=Recipients,ou=S,o=Org") && !is_of("Ann"));
        assert!(Pattern::Object("*".into()).is_of(None) && !Pattern::Object("cn=*".into()).is_of(None));
        assert!(Pattern::Site("s".into()).is_of(Some(&subject("o=Org"))) && !Pattern::Site("*".into()).is_of(None));
    }
}
