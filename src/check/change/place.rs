//! Which results are about what a change names.

use crate::directory::dn::Dn;
use crate::exchange::facts::Named;
use crate::exchange::naming;
use crate::report::Finding;

/// Whether a result is about what the change names. One that is about several objects, or about none, may be.
pub(super) fn is_about(named: Named<'_>, finding: &Finding) -> bool {
    let Some(subject) = &finding.subject else { return true };
    match named {
        Named::Nothing => true,
        Named::Object(dn) => {
            let is = |other: &Dn| other.number() == dn.number();
            is(&subject.dn)
                || finding.object.as_ref().is_some_and(|object| is(&object.dn))
                || finding.evidence.iter().any(|seen| is(&seen.dn))
        }
        Named::Server(server) => {
            // what is of a server is of that one; the rest of its site concerns it
            let own_site = naming::real_site_of(server).map(|site| site.number());
            let site = naming::real_site_of(&subject.dn).map(|site| site.number());
            let of = naming::server_of(&subject.dn).map(|dn| dn.number() == server.number());
            let called = || subject.server.as_ref().map(|name| name.eq_ignore_ascii_case(&server.leaf()));
            site.is_none() || (site == own_site && of.or_else(called).unwrap_or(true)) || names(finding, server)
        }
    }
}

/// Whether what was observed names the server: a connector of another site that leads to it, for one.
fn names(finding: &Finding, server: &Dn) -> bool {
    let is = |text: &String| {
        naming::from_either(text).and_then(|dn| naming::server_of(&dn)).is_some_and(|dn| dn.number() == server.number())
    };
    finding.evidence.iter().flat_map(|seen| &seen.observed).any(is)
}
