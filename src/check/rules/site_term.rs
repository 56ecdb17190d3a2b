//! `site-address-term`: the X.400 address of the site that an object is of has a value for a term.

use super::{Answer, Judging, Reading, Ruling, site};
use crate::exchange::questions::Object;
use crate::exchange::selection::Selection;
use crate::report::Reason;
use serde::Deserialize;

/// The rule and its parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SiteTerm {
    /// The key of the term, `p`.
    term: String,
}

/// The attribute that holds the site addresses.
const ADDRESSES: &str = "Gateway-Proxy";

impl Reading for SiteTerm {
    fn attributes(&self) -> Vec<&str> {
        vec!["objectClass"]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        site::beside("site-addressing", &[ADDRESSES]).into_iter().collect()
    }

    fn expected(&self) -> String {
        format!("an X.400 site address with {}=", self.term)
    }
}

impl Judging for SiteTerm {
    fn judge(&self, object: &Object<'_>) -> Answer {
        let Some(site) = object.seen().site_dn() else { return Ok(Ruling::nothing("belongs to no site")) };
        let addressing = site::addressing(object, site)?;
        let typed = site::addresses(addressing.seen_texts(ADDRESSES));
        let mut x400 = typed.iter().filter(|(kind, _)| kind == "X400").map(|(_, address)| address.as_str());
        if let Some(address) = x400.find(|address| !self.has_term(address)) {
            let message = format!("the X.400 address of its site, {address:?}, lacks {}=", self.term);
            return Ok(Ruling::broken(Reason::NotSet, message));
        }
        addressing.values(ADDRESSES)?;
        object.rests_on(&addressing.ground());
        Ok(match typed.iter().any(|(kind, _)| kind == "X400") {
            true => Ruling::holds(format!("the X.400 address of its site has a value for {}", self.term)),
            false => Ruling::nothing("its site has no X.400 address"),
        })
    }
}

impl SiteTerm {
    /// Whether an address has a value for the term.
    fn has_term(&self, address: &str) -> bool {
        let mut terms = address.split(';').filter_map(|term| term.split_once('='));
        terms.any(|(key, value)| key.trim().eq_ignore_ascii_case(&self.term) && !value.trim().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_has_a_value_or_none() {
        let rule = SiteTerm { term: "p".into() };
        for (address, expected) in [
            ("c=US;a= ;p=Org;o=SITE;", true),
            ("C=US;A= ;P=Org", true),
            ("c=US;a= ;p= ;o=SITE;", false),
            ("c=US;a= ;p=;", false),
            ("c=US;a=p;o=p=x;", false),
            ("", false),
        ] {
            assert_eq!(rule.has_term(address), expected, "{address}");
        }
    }
}
