//! The worst that is said of each part of an organization.

use crate::directory::dn::{Dn, DnKey};
use crate::exchange::naming;
use crate::output::html::state::State;
use crate::report::Report;
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
        for finding in report.results.iter().filter(|finding| finding.target == target) {
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
