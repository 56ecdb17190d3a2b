//! The filter of a request, as the filter the directory evaluates.

use crate::directory::entry::base_name;
use crate::directory::filter::{Filter, Substrings};
use ldap3_proto::proto::LdapFilter;

/// Converts a filter. Approximate match is equality (SDK directry_0rzo); an extensible match is undefined. The
/// nesting is bounded by the decoder.
pub(super) fn convert(filter: LdapFilter) -> Filter {
    let name = |attribute: String| base_name(&attribute).to_owned();
    match filter {
        LdapFilter::And(all) => Filter::And(all.into_iter().map(convert).collect()),
        LdapFilter::Or(any) => Filter::Or(any.into_iter().map(convert).collect()),
        LdapFilter::Not(inner) => Filter::Not(Box::new(convert(*inner))),
        LdapFilter::Present(attribute) => Filter::Present(name(attribute)),
        LdapFilter::Equality(attribute, value) | LdapFilter::Approx(attribute, value) => {
            Filter::Equal(name(attribute), value.into_bytes())
        }
        LdapFilter::GreaterOrEqual(attribute, value) => Filter::AtLeast(name(attribute), value.into_bytes()),
        LdapFilter::LessOrEqual(attribute, value) => Filter::AtMost(name(attribute), value.into_bytes()),
        LdapFilter::Substring(attribute, parts) => Filter::Substrings(
            name(attribute),
            Substrings {
                initial: parts.initial.map(String::into_bytes),
                any: parts.any.into_iter().map(String::into_bytes).collect(),
                last: parts.final_.map(String::into_bytes),
            },
        ),
        LdapFilter::Extensible(rule) => Filter::Extensible(format!(
            "{}{}:{}:={}",
            rule.type_.unwrap_or_default(),
            if rule.dn_attributes { ":dn" } else { "" },
            rule.matching_rule.unwrap_or_default(),
            rule.match_value
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn converted(text: &str) -> String {
        convert(ldap3_proto::parse_ldap_filter_str(text).expect(text)).to_string()
    }

    #[test]
    fn every_kind_keeps_its_meaning() {
        for text in ["(&(cn=a)(!(sn=*)))", "(|(n>=5)(n<=7))", "(cn=a*b*c)", "(cn=*b*)", "(objectClass=*)"] {
            assert_eq!(converted(text), text);
        }
        assert_eq!(converted("(cn~=a)"), "(cn=a)");
        let with_option = LdapFilter::Present("cn;lang-no".to_owned());
        assert_eq!(convert(with_option), Filter::present("cn"));
        assert!(converted("(cn:caseExactMatch:=a)").contains(":caseExactMatch:="));
    }
}
