//! The worst that is said of each part of an organization.

use crate::directory::dn::{Dn, DnKey};
use crate::exchange::naming;
use crate::output::html::state::State;
use crate::report::{Finding, Report, Severity, Verdict};
use std::collections::HashMap;

/// The worst that the results of one target say.
#[derive(Debug, Default)]
pub(super) struct Worst {
    sites: HashMap<String, State>,
    objects: HashMap<DnKey, State>,
}

impl Worst {
    /// What the results of a target say of sites, of servers with what lies below them, and of each other object.
    pub(super) fn of(report: &Report, target: usize) -> Self {
        let mut worst = Self::default();
        // of what would be worth knowing, at most, a site is not undecided: there is such a thing nearly everywhere
        let counts = |finding: &&Finding| (finding.verdict, finding.severity) != (Verdict::Unknown, Severity::Info);
        for finding in report.results.iter().filter(|finding| finding.target == target).filter(counts) {
            let state = State::of(finding);
            let Some(subject) = finding.subject.as_ref().filter(|_| state > State::Fine) else { continue };
            if let Some(site) = &subject.site {
                raise(worst.sites.entry(site.to_lowercase()).or_default(), state);
            }
            // what stands in a server is of the server
            let dn = naming::server_of(&subject.dn).unwrap_or_else(|| subject.dn.clone());
            raise(worst.objects.entry(dn.key()).or_default(), state);
        }
        worst
    }

    /// What is said of a site and all that stands in it.
    pub(super) fn site(&self, name: &str) -> State {
        self.sites.get(&name.to_lowercase()).copied().unwrap_or_default()
    }

    /// What is said of an object, by its name.
    pub(super) fn object(&self, dn: &str) -> State {
        self.objects.get(&Dn::parse_lossy(dn.as_bytes()).key()).copied().unwrap_or_default()
    }
}

fn raise(known: &mut State, state: State) {
    *known = state.max(*known);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::fixture::{self, finding, subject};

    #[test]
    fn a_server_has_the_worst_of_what_lies_below_it_and_a_site_of_all_in_it() {
        let store = "cn=Microsoft Private MDB,cn=S1,cn=Servers,cn=Configuration,ou=SITE,o=Org";
        let of = |dn: &str, verdict, severity| {
            let mut finding = finding("a-check", verdict, severity);
            let mut own = subject("Site", "S1");
            own.dn = Dn::parse_lossy(dn.as_bytes());
            finding.subject = Some(own);
            finding
        };
        let report = fixture::report(vec![
            of(store, Verdict::Fail, Severity::Warning),
            of("cn=X,cn=Connections,cn=Configuration,ou=SITE,o=Org", Verdict::Unknown, Severity::Critical),
            of("cn=Y,cn=Connections,cn=Configuration,ou=SITE,o=Org", Verdict::Unknown, Severity::Info),
        ]);
        let worst = Worst::of(&report, 0);
        assert_eq!(worst.site("SITE"), State::Warning);
        assert_eq!(worst.object("CN=S1,cn=Servers,cn=Configuration,ou=site,o=org"), State::Warning);
        assert_eq!(worst.object("cn=X,cn=Connections,cn=Configuration,ou=SITE,o=Org"), State::Undecided);
        assert_eq!(worst.object("cn=Y,cn=Connections,cn=Configuration,ou=SITE,o=Org"), State::Fine);
        assert_eq!((worst.site("OTHER"), Worst::of(&report, 1).site("SITE")), (State::Fine, State::Fine));
    }
}
