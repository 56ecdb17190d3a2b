//! `ims-server`: the server on which an Internet Mail Service runs is there, or has a private information store.
//!
//! Which server that is, Computer-Name and the name in parentheses say. Both are plain names, so the name of the object is made
//! from them and looked up.

use super::{Answer, Judging, Reading, Ruling, site};
use crate::directory::dn::Dn;
use crate::exchange::ims::Ims;
use crate::exchange::questions::{Cause, Causes, Lookup, Object, Witness};
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

/// The attribute that names the server.
const SERVER: &str = "Computer-Name";
/// The directory names of a private information store (Q236582) and of a message transfer agent, right below their server.
const STORE: &str = "Microsoft Private MDB";
const MTA: &str = "Microsoft MTA";

impl Reading for ImsServer {
    fn attributes(&self) -> Vec<&str> {
        vec![SERVER]
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
}

impl Judging for ImsServer {
    fn judge(&self, object: &Object<'_>) -> Answer {
        let seen = object.seen();
        let Some(ims) = Ims::of(&seen.shown()) else { return Ok(Ruling::nothing("is not an Internet Mail Service")) };
        let Some(site) = seen.site_dn() else { return Ok(Ruling::nothing("belongs to no site")) };
        // Computer-Name first, if its values are certain, then the name in parentheses
        let stated = seen.values(SERVER).texts().count();
        let names = object.seen_texts(SERVER).chain(ims.server_names.into_iter().skip(stated));
        let servers: Vec<Dn> = names.map(|name| site::below_configuration(site, &[&name, "Servers"])).collect();
        let answer = match self.has {
            Has::Object => server_of(object, &servers),
            Has::PrivateStore => store_of(object, &servers),
        };
        // what is wrong with the name in parentheses is wrong whatever Computer-Name says
        if !answer.as_ref().is_ok_and(|ruling| ruling.verdict == Verdict::Fail) {
            object.values(SERVER)?;
        }
        answer
    }
}

fn server_of(object: &Object<'_>, servers: &[Dn]) -> Answer {
    let Some(first) = servers.first() else { return Ok(Ruling::nothing("does not name its server")) };
    let mut open = Causes::default();
    for server in servers {
        match object.look_up(server) {
            Lookup::There(_) => continue,
            Lookup::Deleted(_) => {}
            Lookup::Gone(ground, Witness::Siblings { .. } | Witness::Change) => object.rests_on(&ground),
            // every site has servers: where none was seen, they are not readable
            Lookup::Gone(..) => {
                open = open.and(&object.cause(Cause::container(&server.parent())));
                continue;
            }
            Lookup::Open(causes) => {
                open = open.and(&causes);
                continue;
            }
        }
        let message = format!("it belongs to server {}, which does not exist in {}", server.leaf(), server.parent());
        return Ok(Ruling::broken(Reason::Dangling, message));
    }
    if open.is_empty() { Ok(Ruling::holds(format!("its server {} exists", first.leaf()))) } else { Err(open) }
}

fn store_of(object: &Object<'_>, servers: &[Dn]) -> Answer {
    let Some(server) = servers.first() else { return Ok(Ruling::nothing("does not name its server")) };
    let store = below(server, STORE);
    match object.look_up(&store) {
        Lookup::There(_) => return Ok(Ruling::holds(format!("its server has {store}"))),
        Lookup::Deleted(_) => {}
        Lookup::Gone(ground, _) => object.rests_on(&ground),
        Lookup::Open(causes) => return Err(causes),
    }
    // every server has a message transfer agent: where that is not seen either, what stands below the server is not readable
    if !matches!(object.look_up(&below(server, MTA)), Lookup::There(_)) {
        return Err(object.cause(Cause::container(server)));
    }
    Ok(Ruling::broken(Reason::NotSet, format!("its server {server} has no private information store")))
}

/// The name of what stands right below an object.
fn below(above: &Dn, name: &str) -> Dn {
    Dn::new(Dn::of([("cn", name)]).rdns().iter().chain(above.rdns()).cloned().collect())
}
