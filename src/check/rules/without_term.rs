//! `space-without-term`: no X.400 address space has a term.

use super::{Answer, Judging, Reading, Ruling};
use crate::exchange::address_space::AddressSpace;
use crate::exchange::questions::Object;
use crate::report::Reason;
use serde::Deserialize;

/// The rule and its parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WithoutTerm {
    /// The key of the term, `ou2`.
    term: String,
}

const SPACES: &str = "Routing-List";

impl Reading for WithoutTerm {
    fn attributes(&self) -> Vec<&str> {
        vec![SPACES]
    }

    fn expected(&self) -> String {
        format!("no X.400 address space with a value of {}", self.term)
    }
}

impl Judging for WithoutTerm {
    fn judge(&self, object: &Object<'_>) -> Answer {
        object.seen().agrees_on(&[SPACES])?;
        if let Some(text) = object.seen_texts(SPACES).find(|text| has_term(text, &self.term)) {
            return Ok(Ruling::broken(Reason::NotMet, format!("it has the address space {text:?}")));
        }
        object.values(SPACES)?;
        Ok(Ruling::holds(format!("no address space has {}", self.term)))
    }
}

/// Whether an address space of type X.400 has a value of a term. One of type LOCAL has commas between its terms (Q182798).
fn has_term(text: &str, key: &str) -> bool {
    let Some(space) = AddressSpace::parse(text) else { return false };
    let terms: Vec<&str> = match (space.kind.as_str(), space.address.split_once(':')) {
        ("X400", _) => space.address.split(';').collect(),
        ("LOCAL", Some((kind, terms))) if kind.trim().eq_ignore_ascii_case("X400") => terms.split([',', ';']).collect(),
        _ => Vec::new(),
    };
    let mut terms = terms.into_iter().filter_map(|term| term.split_once('='));
    terms.any(|(own, value)| own.trim().eq_ignore_ascii_case(key) && !value.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_counts_wherever_it_stands_if_it_has_a_value() {
        for (text, has) in [
            ("X400:c=US;a= ;p=P;ou1=A;ou2=B;;1", true),
            ("X400:ou2=B;c=US;;1", true),
            ("x400:c=US; OU2 = B ;;1", true),
            ("LOCAL:X400:c=US,a= ,p=P,ou2=B;;1", true),
            ("X400:c=US;ou2=;;1", false),
            ("X400:c=US;ou2= ;;1", false),
            ("X400:c=US;ou1=ou2;;1", false),
            ("SMTP:ou2=x;;1", false),
            ("ou2=B", false),
        ] {
            assert_eq!(has_term(text, "ou2"), has, "{text}");
        }
    }
}
