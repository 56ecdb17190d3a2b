//! `ims-server`: the server on which an Internet Mail Service runs is there, or has a private information store.
//!
//! Which server that is, Computer-Name and the name in parentheses say. Neither is a reference that could be followed, so what is
//! not there must be told from what was not seen: other servers of the site, or another part of the server, must be seen.

use super::{Judging, Object, Ruling, servers};
use crate::directory::dn::Dn;
use crate::exchange::ims::Ims;
use crate::exchange::organization::Organization;
use crate::exchange::selection::Selection;
use crate::report::{Reason, Verdict};
use serde::Deserialize;

/// The rule and its parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ImsServer {
    has: Has,
}

/// What there must be.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Has {
    /// The server itself.
    Object,
    /// A private information store on it.
    PrivateStore,
}

impl Judging for ImsServer {
    fn attributes(&self) -> Vec<&str> {
        vec!["Computer-Name"]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        let words: &[&str] = match self.has {
            Has::Object => &["server"],
            Has::PrivateStore => &["server", "private-store", "mta"],
        };
        words.iter().filter_map(|word| Selection::named(word)).map(|each| (each, Vec::new())).collect()
    }

    fn expected(&self) -> String {
        match self.has {
            Has::Object => "a server of that name in the site".into(),
            Has::PrivateStore => "a private information store on that server".into(),
        }
    }

    fn judge(&self, object: &Object<'_>) -> Option<Ruling> {
        let organization = object.organization?;
        let Some(ims) = Ims::of(object.entry) else { return Some(Ruling::nothing("is no Internet Mail Service")) };
        let ruling = match self.has {
            Has::Object => server_of(&ims, organization),
            Has::PrivateStore => store_of(&ims, organization),
        };
        // what is wrong with the name in parentheses is wrong whatever Computer-Name says
        if ruling.verdict != Verdict::Fail {
            object.values("Computer-Name")?;
        }
        Some(ruling)
    }
}

fn server_of(ims: &Ims, organization: &Organization) -> Ruling {
    let Some(container) = servers::container_of(&ims.dn) else { return Ruling::nothing("is of no site") };
    let missing = |name: &String| servers::missing(organization, &server(&container, name), &format!("it is of server {name}"));
    match (ims.server_names.iter().find_map(missing), ims.server_names.first()) {
        (Some(ruling), _) => ruling,
        (None, Some(name)) => Ruling::holds(format!("its server {name} is there")),
        (None, None) => Ruling::nothing("does not say which server it is of"),
    }
}

fn store_of(ims: &Ims, organization: &Organization) -> Ruling {
    let (Some(container), Some(name)) = (servers::container_of(&ims.dn), ims.server_names.first()) else {
        return Ruling::nothing("does not say which server it is of");
    };
    let server = server(&container, name);
    if let Some(store) = servers::children(organization, "private-store", &server).next() {
        return Ruling::holds(format!("its server has {}", store.dn));
    }
    // every server has a message transfer agent
    let other = servers::children(organization, "mta", &server).next();
    match servers::unseen(organization, other, &server) {
        Some((reason, why)) => Ruling::unknown(reason, format!("no private information store of {server} was seen, but {why}")),
        None => {
            let message = format!("its server {server} has no private information store");
            servers::certain(organization, Reason::NotSet, message)
        }
    }
}

/// The server of that name in a container.
fn server(container: &Dn, name: &str) -> Dn {
    Dn::new(Dn::of([("cn", name)]).rdns().iter().chain(container.rdns()).cloned().collect())
}
