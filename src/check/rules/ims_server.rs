//! `ims-server`: the server on which an Internet Mail Service runs is there, or has a private information store.
//!
//! Which server that is, Computer-Name and the name in parentheses say. Neither is a reference that could be followed, so what is
//! not there must be told from what was not seen: other servers of the site, or another part of the server, must be seen.

use super::{Judging, Object, Ruling};
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
use crate::exchange::ims::Ims;
use crate::exchange::organization::Organization;
use crate::exchange::selection::Selection;
use crate::report::Reason;
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
        if ruling.verdict != crate::report::Verdict::Fail {
            object.values("Computer-Name")?;
        }
        Some(ruling)
    }
}

fn server_of(ims: &Ims, organization: &Organization) -> Ruling {
    let Some(container) = servers_of(ims) else { return Ruling::nothing("is of no site") };
    let servers: Vec<&Entry> = children(organization, "server", &container).collect();
    let is = |server: &&Entry, name: &str| server.dn.rdn().is_some_and(|rdn| rdn.text().eq_ignore_ascii_case(name));
    let Some(name) = ims.server_names.iter().find(|name| !servers.iter().any(|server| is(server, name))) else {
        return match ims.server_names.first() {
            Some(name) => Ruling::holds(format!("its server {name} is there")),
            None => Ruling::nothing("does not say which server it is of"),
        };
    };
    let named = format!("it is of server {name}");
    unseen(organization, servers.first().copied(), &container)
        .map(|(reason, why)| Ruling::unknown(reason, format!("{named}, of which no object was seen, but {why}")))
        .unwrap_or_else(|| certain(organization, Reason::Dangling, format!("{named}, and {container} holds no such server")))
}

fn store_of(ims: &Ims, organization: &Organization) -> Ruling {
    let (Some(container), Some(name)) = (servers_of(ims), ims.server_names.first()) else {
        return Ruling::nothing("does not say which server it is of");
    };
    let rdns = Dn::of([("cn", name.as_str())]).rdns().iter().chain(container.rdns()).cloned().collect();
    let server = Dn::new(rdns);
    if let Some(store) = children(organization, "private-store", &server).next() {
        return Ruling::holds(format!("its server has {}", store.dn));
    }
    // every server has a message transfer agent
    let other = children(organization, "mta", &server).next();
    unseen(organization, other, &server)
        .map(|(reason, why)| Ruling::unknown(reason, format!("no private information store of {server} was seen, but {why}")))
        .unwrap_or_else(|| certain(organization, Reason::NotSet, format!("its server {server} has no private information store")))
}

/// The container of the servers of a service's site.
fn servers_of(ims: &Ims) -> Option<Dn> {
    let site = crate::exchange::naming::site_of(&ims.dn)?;
    let above = Dn::of([("cn", "Servers"), ("cn", "Configuration")]);
    Some(Dn::new(above.rdns().iter().chain(site.rdns()).cloned().collect()))
}

/// The living objects of a selection right below a name.
fn children<'a>(organization: &'a Organization, word: &str, parent: &Dn) -> impl Iterator<Item = &'a Entry> {
    let (selection, key) = (Selection::named(word), parent.key());
    organization.living().filter(move |entry| entry.dn.parent().key() == key && selection.is_some_and(|each| each.takes(entry)))
}

/// Why what is missing below `place` may be there all the same; none if it cannot, since `other` was seen there.
fn unseen(organization: &Organization, other: Option<&Entry>, place: &Dn) -> Option<(Reason, String)> {
    let asked = organization.asked();
    match &organization.configuration_search {
        Some(ended) if ended.is_complete() => {}
        ended => {
            let how = ended.as_ref().and_then(|ended| ended.trouble()).unwrap_or("it was refused");
            return Some((Reason::Truncated, format!("the search for configuration objects did not complete: {how}")));
        }
    }
    other.is_none().then(|| (Reason::ContainerUnreadable, format!("{asked} shows nothing else of its kind below {place} either")))
}

/// A failure; of a file, which cannot prove that it holds everything, an inferred one.
fn certain(organization: &Organization, reason: Reason, message: String) -> Ruling {
    let ruling = Ruling::broken(reason, message);
    if organization.proves_endings { ruling } else { ruling.inferred() }
}
