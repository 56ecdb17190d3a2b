//! `protocol-setting`: a protocol object is set so, where its settings count: those of a server where it does not use those of the site,
//! those of the site where a server uses them (Q224447).

use super::{Answer, Judging, Reading, Ruling, site};
use crate::directory::filter::Filter;
use crate::exchange::naming;
use crate::exchange::questions::{Cause, Causes, Condition, Object, UntoldReason};
use crate::exchange::selection::Selection;
use crate::report::Reason;
use serde::Deserialize;

/// The rule and its parameters.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Raw")]
pub(super) struct ProtocolSetting {
    filter: Filter,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    /// How it should be set, an LDAP filter.
    filter: String,
}

impl TryFrom<Raw> for ProtocolSetting {
    type Error = String;

    fn try_from(raw: Raw) -> Result<Self, String> {
        let filter = Filter::parse(&raw.filter).map_err(|error| format!("`filter` is not an LDAP filter: {error}"))?;
        Ok(Self { filter })
    }
}

/// Whether a server uses the settings of its site.
const USES_SITE: &str = "Use-Site-Values";

impl Reading for ProtocolSetting {
    fn attributes(&self) -> Vec<&str> {
        self.filter.attributes().into_iter().chain([USES_SITE]).collect()
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        site::beside("ldap-protocol", &[USES_SITE]).into_iter().chain(site::beside("server", &[])).collect()
    }

    fn expected(&self) -> String {
        self.filter.to_string()
    }
}

impl Judging for ProtocolSetting {
    fn judge(&self, object: &Object<'_>) -> Answer {
        if object.decided(Condition::of(&self.filter, object.questions()).holds(&object.seen()))? {
            return Ok(Ruling::holds("it is set so"));
        }
        let names = self.filter.attributes().into_iter();
        let shown = names.flat_map(|name| object.seen_texts(name).take(1).map(move |text| format!("{name} is {text}")));
        let shown = shown.collect::<Vec<_>>().join("; ");
        if object.seen().server().is_some() {
            return Ok(match uses_site(object)? {
                true => Ruling::holds(format!("{shown}, but the server uses the settings of its site")),
                false => Ruling::broken(Reason::NotMet, shown),
            });
        }
        Ok(match user(object)? {
            User::Server(name) => Ruling::broken(Reason::NotMet, format!("{shown}, and server {name} uses it")),
            // it can use no other
            User::Without(name) => {
                let message = format!("{shown}, and server {name} has no settings of its own");
                Ruling::broken(Reason::NotMet, message).inferred()
            }
            User::Nobody => Ruling::holds(format!("{shown}, but every server of the site has settings of its own")),
        })
    }
}

/// Who uses the settings of a site.
enum User {
    /// A server that says so.
    Server(String),
    /// A server that has none of its own.
    Without(String),
    /// No server.
    Nobody,
}

/// Whether a server of the site of an object uses the settings of the site.
fn user(object: &Object<'_>) -> Result<User, Causes> {
    let (servers, all) = (object.of_site("server"), object.of_site("ldap-protocol"));
    let own: Vec<Object<'_>> = all.seen().filter(|seen| seen.server().is_some()).map(Object::of).collect();
    let name = |seen: &Object<'_>| naming::server_of(&seen.dn()).map(|dn| dn.leaf().into_owned()).unwrap_or_default();
    if let Some(user) = own.iter().find(|own| matches!(uses_site(own), Ok(true))) {
        return Ok(User::Server(name(user)));
    }
    for own in &own {
        uses_site(own)?;
        object.rests_on(&own.ground());
    }
    object.is_whole(&servers)?;
    object.is_whole(&all)?;
    let without = servers.seen().find(|server| !own.iter().any(|own| own.seen().server().is_some_and(|own| server.is(&own))));
    Ok(match without {
        Some(server) => User::Without(server.dn().leaf().into_owned()),
        None if servers.count() == 0 => {
            return Err(
                object.cause(Cause::ConfigurationUnseen { sites: object.seen().site().map(str::to_owned).into_iter().collect() })
            );
        }
        None => User::Nobody,
    })
}

/// Whether a server uses the settings of its site. What it means where the attribute is not set is not published.
fn uses_site(object: &Object<'_>) -> Result<bool, Causes> {
    match object.text(USES_SITE)? {
        Some(text) => Ok(text.trim().eq_ignore_ascii_case("TRUE")),
        None => {
            let what = format!("whether {} uses the settings of its site: its {USES_SITE} is not set", object.dn());
            Err(object.cause(Cause::Untold { reason: UntoldReason::NotVisible, what }))
        }
    }
}
