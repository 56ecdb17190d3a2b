//! `connected-site-address`: a connector holds the address that the connected site has for itself.
//!
//! The form of a value, `Org§Site§1§X400:c=US;a= ;p=Org;o=Site;`, is known from one sample (Q199412). What has another form is
//! not read.

use super::founds::grounded;
use super::{Answer, Judging, Reading, Ruling, site};
use crate::directory::dn::Dn;
use crate::exchange::questions::{Cause, Causes, Object, UntoldReason};
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

/// The attribute that holds the connected sites.
const SITES: &str = "Connected-Domains";

impl Reading for Connected {
    fn attributes(&self) -> Vec<&str> {
        vec![SITES]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        site::beside("site-addressing", &["Gateway-Proxy"]).into_iter().collect()
    }

    fn expected(&self) -> String {
        "the address that Site Addressing of the connected site has".into()
    }
}

impl Judging for Connected {
    fn judge(&self, object: &Object<'_>) -> Answer {
        let (mut holds, mut lesser, mut open) = (None, None, Causes::default());
        for text in object.seen_texts(SITES) {
            // what one value rests on is no matter of another
            let beside = Object::of(object.seen());
            match grounded(&beside, one(&beside, &text)) {
                Ok(ruling) if ruling.verdict != Verdict::Fail => holds = holds.or(Some(ruling)),
                Ok(ruling) if ruling.severity.is_some() => lesser = lesser.or(Some(ruling)),
                Ok(ruling) => return Ok(ruling),
                Err(causes) => open = open.and(&causes),
            }
        }
        if let Some(ruling) = lesser {
            return Ok(ruling);
        }
        object.values(SITES)?;
        if !open.is_empty() {
            return Err(open);
        }
        Ok(holds.unwrap_or_else(|| Ruling::nothing("it connects no sites")))
    }
}

/// What one value says.
fn one(object: &Object<'_>, value: &str) -> Answer {
    let untold = |what: String| object.cause(Cause::Untold { reason: UntoldReason::NotVisible, what });
    let Some(told) = read(value) else {
        let value: String = value.chars().take(100).collect();
        return Err(untold(format!("the site in {SITES} {value:?}, which is not in the one published form (Q199412)")));
    };
    let Told { organization, site, kind, address } = told;
    let addressing = site::addressing(object, &Dn::of([("ou", site), ("o", organization)]))?;
    let of_kind = |texts: &mut dyn Iterator<Item = String>| -> Vec<String> {
        let own = site::addresses(texts).into_iter().filter(|(own, _)| own.eq_ignore_ascii_case(kind));
        own.map(|(_, own)| own).collect()
    };
    let mut surely = addressing.seen_texts("Gateway-Proxy");
    if of_kind(&mut surely).iter().any(|own| is_same(kind, own, address)) {
        return Ok(Ruling::holds(format!("it has the address that site {site} has")));
    }
    let own = of_kind(&mut addressing.texts("Gateway-Proxy")?.into_iter());
    object.rests_on(&addressing.ground());
    let shown = if own.is_empty() { format!("no {kind} address") } else { format!("{kind}:{}", own.join(&format!(", {kind}:"))) };
    let differs = || format!("for site {site} it has {kind}:{address}, and the site has {shown}");
    match kind {
        "X400" => Ok(Ruling::broken(Reason::Mismatch, differs())),
        // "exactly the same" (Q180401); how the value of an Internet Mail Service looks is not published
        "SMTP" => Ok(Ruling::broken(Reason::Mismatch, differs()).only(Severity::Warning)),
        _ => Err(untold(format!("whether {kind} addresses are the same: how they compare is not published"))),
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
            // articles print a country's own network in both forms
            ("X400", "c=US;a= ;p=Org;o=S;", "c=US;a=;p=Org;o=S;", true),
            ("SMTP", "@site.example.com", "site.example.com", true),
            ("SMTP", "%g.%s@site.example.com", "@Site.example.com", true),
            ("SMTP", "@site.example.com", "@example.com", false),
        ] {
            assert_eq!(is_same(kind, own, told), same, "{own} {told}");
        }
    }
}
