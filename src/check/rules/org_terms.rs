//! `no-org-terms`: no address space of another product has terms like `/O=../OU=..` (Q192349).

use super::{Answer, Judging, Reading, Ruling};
use crate::exchange::address_space::AddressSpace;
use crate::exchange::questions::Object;
use crate::report::Reason;
use serde::Deserialize;

/// The rule; it takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OrgTerms {}

const SPACES: &str = "Routing-List";

impl Reading for OrgTerms {
    fn attributes(&self) -> Vec<&str> {
        vec![SPACES]
    }

    fn expected(&self) -> String {
        "no address space like FAX:/O=ORGANIZATION/OU=SITE".into()
    }
}

impl Judging for OrgTerms {
    fn judge(&self, object: &Object<'_>) -> Answer {
        object.seen().agrees_on(&[SPACES])?;
        let fault = object.seen_texts(SPACES).find(|text| AddressSpace::parse(text).is_some_and(|space| has_terms(&space)));
        if let Some(text) = fault {
            return Ok(Ruling::broken(Reason::Malformed, format!("it has the address space {text:?}")));
        }
        object.values(SPACES)?;
        Ok(Ruling::holds("no address space has them"))
    }
}

/// The types that come with Exchange: EX is its own and is in every routing table (Q149121). The article is about types of other products.
const OF_EXCHANGE: [&str; 5] = ["EX", "X400", "SMTP", "MS", "CCMAIL"];

/// Whether an address space of another product has both terms.
fn has_terms(space: &AddressSpace) -> bool {
    let address = space.address.to_ascii_uppercase();
    let terms = address.strip_prefix("/O=").or_else(|| address.split_once(":/O=").map(|(_, terms)| terms));
    let kind = space.address.split_once(":/").map_or(space.kind.as_str(), |(kind, _)| kind);
    !OF_EXCHANGE.iter().any(|own| own.eq_ignore_ascii_case(kind)) && terms.is_some_and(|terms| terms.contains("/OU="))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_of_exchange_itself_are_not_meant() {
        for (text, fault) in [
            ("FAX:/O=SAMPLEORG/OU=SAMPLESITE;;1", true),
            ("fax:/o=SampleOrg/ou=SampleSite", true),
            ("LOCAL:FAX:/O=ORG/OU=SITE;;1", true),
            ("EX:/O=ORG/OU=SITE;;2", false),
            ("X400:/O=ORG/OU=SITE;;2", false),
            ("LOCAL:X400:/O=ORG/OU=SITE;;2", false),
            ("FAX:/O=ORG;;1", false),
            ("FAX:*;;1", false),
            ("X400:c=US;a= ;o=ORG;;1", false),
        ] {
            assert_eq!(has_terms(&AddressSpace::parse(text).expect(text)), fault, "{text}");
        }
    }
}
