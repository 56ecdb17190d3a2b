//! Filters that compare an attribute which holds names: what servers before SP4 make of them.

use super::data::Data;
use crate::directory::dn::Dn;
use crate::directory::filter::Filter;
use crate::directory::text::text_of;
use crate::exchange::{naming, schema};

/// Whether the filter compares an attribute of DN or O/R name syntax with a value. Such values are converted to an internal
/// form; in a paged search with more matches than the page they are converted twice, and the filter then matches nothing
/// (Q246567). A test for presence has no value and works (the first script of that article).
pub(super) fn compares_names(filter: &Filter) -> bool {
    filter.comparisons().iter().any(|name| holds_names(name))
}

/// Whether the filter compares such an attribute with the name of an object that does not exist (Q193041). Values that are
/// no names are left to the matching.
pub(super) fn names_a_stranger(filter: &Filter, data: &Data) -> bool {
    match filter {
        Filter::And(list) | Filter::Or(list) => list.iter().any(|part| names_a_stranger(part, data)),
        Filter::Not(inner) => names_a_stranger(inner, data),
        Filter::Equal(name, value) if holds_names(name) => {
            let dn: Option<Dn> = naming::from_either(&text_of(value));
            dn.is_some_and(|dn| data.named(&dn).next().is_none())
        }
        _ => false,
    }
}

fn holds_names(attribute: &str) -> bool {
    schema::attribute(attribute).is_some_and(schema::Attribute::holds_names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_names_from_other_values() {
        for (text, expected) in [
            ("(home-mdb=cn=a,o=O)", true),
            ("(&(objectClass=*)(!(Home-MTA=cn=a,o=O)))", true),
            ("(Auth-Orig=cn=a*)", true),
            ("(Home-MDB=*)", false),
            ("(uid=cn=a,o=O)", false),
            ("(Own-Reference=cn=a,o=O)", false),
        ] {
            assert_eq!(compares_names(&Filter::parse(text).expect(text)), expected, "{text}");
        }
    }

    #[test]
    fn knows_who_exists() {
        let data = Data::load(&b"dn: cn=a,o=O\n"[..]).expect("loads");
        for (text, expected) in [
            ("(Home-MDB=cn=b,o=O)", true),
            ("(|(uid=x)(Home-MDB=cn=b,o=O))", true),
            ("(Home-MDB=CN=A,o=o)", false),
            ("(Home-MDB=no name)", false),
            ("(uid=cn=b,o=O)", false),
        ] {
            assert_eq!(names_a_stranger(&Filter::parse(text).expect(text), &data), expected, "{text}");
        }
    }
}
