//! An X.400 address space: the terms from country to organizational unit, as sites and connectors hold them.

/// The keys that route (Q179927), in lower case; `ou` is `ou1`.
const KEYS: [&str; 9] = ["c", "a", "p", "o", "ou1", "ou2", "ou3", "ou4", "ou"];

/// An X.400 address space.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Space(Vec<(String, String)>);

impl Space {
    /// Reads a space: `c=US;a=ABC;p=ABCX400` with or without `X400:` before it (Q169672 and Q199412 show both), and whatever
    /// else an address space of a connector holds behind the terms. None if it is of another type, or holds wildcards.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = match text.split_once(':') {
            Some((kind, rest)) if kind.trim().eq_ignore_ascii_case("X400") => rest,
            Some((kind, _)) if !kind.contains('=') => return None,
            _ => text,
        };
        let terms = text.split(';').map_while(|term| term.split_once('='));
        let mut terms: Vec<(String, String)> =
            terms.map(|(key, value)| (key.trim().to_ascii_lowercase(), plain(value))).collect();
        if terms.iter().any(|(_, value)| value.contains(['*', '%'])) {
            return None;
        }
        terms.retain(|(key, _)| KEYS.contains(&key.as_str()));
        for (key, _) in &mut terms {
            if key == "ou" {
                key.push('1');
            }
        }
        terms.sort();
        terms.dedup();
        (!terms.is_empty()).then_some(Self(terms))
    }
}

/// A value as X.400 compares it: without case, and without blanks around it or more than one within (Q108732).
fn plain(value: &str) -> String {
    value.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_routes_is_compared() {
        let own = Space::read("c=US;a=ABC;p=ABCX400").expect("space");
        for (text, same) in [
            ("X400:c=US;a=ABC;p=ABCX400;", true),
            ("x400:P=abcx400;A=ABC;C=us", true),
            ("X400:c=US;a=ABC;p=ABCX400;;1", true),
            ("X400:c=US;a=ABC;p=ABCX400;s=Doe;g=John;", true),
            ("X400:c=US;a=ABC;p=ABCX400;o=Sales;;1", false),
            ("X400:c=US;a=ABC;", false),
            ("X400:c=US;a=ABC;p=ABC X400;;1", false),
        ] {
            assert_eq!(Space::read(text).expect(text) == own, same, "{text}");
        }
        for text in ["SMTP:*;;1", "X400:c=*;;1", "MS:ORG/SITE", "", "X400:", "X400:;1"] {
            assert_eq!(Space::read(text), None, "{text}");
        }
        assert_eq!(Space::read("c=US;ou=A;"), Space::read("X400:c=us;ou1=a"));
    }
}
