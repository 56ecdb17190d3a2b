//! `connected-site-address`: a connector holds the address that the connected site has for itself.
//!
//! The form of a value, `Org§Site§1§X400:c=US;a= ;p=Org;o=Site;`, is known from one sample (Q199412). What has another form is
//! not read.

use super::{Judging, Object, Ruling, site};
use crate::exchange::naming;
use crate::exchange::organization::Organization;
use crate::exchange::selection::Selection;
use crate::exchange::x400;
use crate::report::{Reason, Severity, Verdict};
use serde::Deserialize;

/// The judged object is a connector; the rule takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Connected {}

/// One connected site, as a connector tells it.
struct Told<'a> {
    organization: &'a str,
    site: &'a str,
    kind: &'a str,
    address: &'a str,
}

impl Judging for Connected {
    fn attributes(&self) -> Vec<&str> {
        vec!["Connected-Domains"]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        site::beside("site-addressing", &["Gateway-Proxy"]).into_iter().collect()
    }

    fn expected(&self) -> String {
        "the address that Site Addressing of the connected site has".into()
    }

    fn judge(&self, object: &Object<'_>) -> Option<Ruling> {
        let organization = object.organization?;
        let values = object.texts("Connected-Domains")?;
        if values.is_empty() {
            return Some(Ruling::nothing("it connects no sites"));
        }
        let rank = |ruling: &Ruling| match ruling.verdict {
            Verdict::Fail => (0, ruling.severity.is_some()),
            Verdict::Unknown => (1, false),
            _ => (2, false),
        };
        values.iter().map(|value| one(organization, value)).min_by_key(rank)
    }
}

/// What one value says.
fn one(organization: &Organization, value: &str) -> Ruling {
    let Some(told) = read(value) else {
        let message = format!(
            "Connected-Domains holds {value:?}, which is not of the one form that is published (Q199412)\nTo decide it, compare its \
             Connected Sites tab with Site Addressing of each site it leads to."
        );
        return Ruling::unknown(Reason::NotVisible, message);
    };
    let Told { site, kind, address, .. } = told;
    let same = |one: Option<String>, other: &str| one.is_some_and(|one| one.eq_ignore_ascii_case(other));
    let addressing = site::all(organization)
        .find(|entry| same(naming::organization_name(&entry.dn), told.organization) && same(naming::site_name(&entry.dn), site));
    let Some(addressing) = addressing else {
        let message = format!("it connects site {site} of {}, whose Site Addressing is not in the collection", told.organization);
        return Ruling::unknown(Reason::OtherSite, message);
    };
    if let Err(unknown) = site::known(organization, addressing, "Gateway-Proxy") {
        return unknown;
    }
    let own: Vec<String> =
        site::addresses(addressing).into_iter().filter(|(own, _)| own.eq_ignore_ascii_case(kind)).map(|(_, own)| own).collect();
    let differs = |own: &str| format!("for site {site} it has {kind}:{address}, and the site has {own}");
    let shown = if own.is_empty() { format!("no {kind} address") } else { format!("{kind}:{}", own.join(&format!(", {kind}:"))) };
    if own.iter().any(|own| is_same(kind, own, address)) {
        return Ruling::holds(format!("it has the address that site {site} has"));
    }
    match kind {
        "X400" => Ruling::broken(Reason::Mismatch, differs(&shown)),
        // "exactly the same" (Q180401); how the value of an Internet Mail Service looks is not published
        "SMTP" => Ruling::broken(Reason::Mismatch, differs(&shown)).only(Severity::Warning),
        _ => Ruling::unknown(Reason::NotVisible, format!("{}; how {kind} addresses compare is not published", differs(&shown))),
    }
}

/// Reads a value.
fn read(value: &str) -> Option<Told<'_>> {
    let fields: Vec<&str> = value.split('§').collect();
    let [organization, site, cost, address] = fields.as_slice() else { return None };
    let (kind, address) = address.split_once(':')?;
    let plain = !cost.is_empty() && cost.bytes().all(|byte| byte.is_ascii_digit()) && !site.is_empty();
    let kind = ["X400", "SMTP"].into_iter().find(|known| kind.eq_ignore_ascii_case(known)).unwrap_or(kind);
    plain.then_some(Told { organization, site, kind, address })
}

/// Whether two addresses of a type are the same.
fn is_same(kind: &str, own: &str, told: &str) -> bool {
    let domain = |address: &str| address.rsplit('@').next().unwrap_or_default().trim().to_ascii_lowercase();
    own.trim().eq_ignore_ascii_case(told.trim())
        || match kind {
            "X400" => x400::parse(own).is_ok_and(|own| x400::parse(told).is_ok_and(|told| own.is_same(&told))),
            "SMTP" => domain(own) == domain(told),
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_published_sample_and_nothing_else() {
        let told = read("ExchOrg§ExchSite§1§X400:c=US;a= ;p=ExchOrg;o=ExchSite;").expect("Q199412");
        assert_eq!(
            (told.organization, told.site, told.kind, told.address),
            ("ExchOrg", "ExchSite", "X400", "c=US;a= ;p=ExchOrg;o=ExchSite;")
        );
        for other in
            ["", "domain.example.com", "O§S§1", "O§S§x§X400:c=US;", "O§S§1§c=US;", "O§§1§X400:c=US;", "O§S§1§X400:c=US;§2"]
        {
            assert!(read(other).is_none(), "{other}");
        }
    }

    #[test]
    fn equal_addresses_are_the_same() {
        for (kind, own, told, same) in [
            ("X400", "c=US;a= ;p=Org;o=S;", "C=us;A= ;P=Org;O=S", true),
            ("X400", "c=US;a= ;p=Org;o=S;", "c=US;a= ;p=Org;", false),
            ("SMTP", "@site.example.com", "site.example.com", true),
            ("SMTP", "%g.%s@site.example.com", "@Site.example.com", true),
            ("SMTP", "@site.example.com", "@example.com", false),
        ] {
            assert_eq!(is_same(kind, own, told), same, "{own} {told}");
        }
    }
}
