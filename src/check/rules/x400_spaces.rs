//! `x400-spaces`: address spaces of a site that an X.400 connector shares with another connector.

use super::founds::Founds;
use super::{Answer, Comparing, Found, Reading, Ruling, site};
use crate::exchange::address_space::AddressSpace;
use crate::exchange::naming;
use crate::exchange::questions::{Cause, Causes, Object, Population, Seen, UntoldReason};
use crate::exchange::selection::Selection;
use crate::report::Reason;
use serde::Deserialize;
use std::collections::HashMap;

/// The rule and its parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct X400Spaces {
    fault: Fault,
}

/// What is a fault.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Fault {
    /// That the judged connector has an address space of an X.400 connector of its site.
    Shared,
    /// That an X.400 connector of another server of the site has an address space of the judged one, at another cost.
    Costs,
}

/// The attributes that hold the address spaces, and name the message transfer agent.
const SPACES: &str = "Routing-List";
const AGENT: &str = "Home-MTA";
const CONNECTORS: &str = "x400-connector";

impl Reading for X400Spaces {
    fn attributes(&self) -> Vec<&str> {
        match self.fault {
            Fault::Shared => vec![SPACES],
            Fault::Costs => vec![SPACES, AGENT],
        }
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        site::beside(CONNECTORS, &[SPACES, AGENT]).into_iter().collect()
    }

    fn expected(&self) -> String {
        match self.fault {
            Fault::Shared => "no address space of an X.400 connector of the site".into(),
            Fault::Costs => "no address space that an X.400 connector of another server has at another cost".into(),
        }
    }
}

impl Comparing for X400Spaces {
    fn compare(&self, subjects: &[Seen<'_>], _: &Population<'_>, most: usize) -> Vec<Found> {
        let mut founds = Founds::at_most(most);
        let mut sites = HashMap::new();
        for object in subjects.iter().map(|seen| Object::of(*seen)) {
            let claims = sites.entry(site::key(&object)).or_insert_with(|| Claims::beside(&object));
            founds.add(&object, self.one(&object, claims));
        }
        founds.all()
    }
}

/// An address space of an X.400 connector.
struct Claim<'q> {
    connector: Seen<'q>,
    cost: Option<u32>,
    /// The server that it is of.
    server: Result<u128, Causes>,
}

/// The address spaces of the X.400 connectors of a site.
struct Claims<'q> {
    spaces: HashMap<(String, String), Vec<Claim<'q>>>,
    /// Why there may be others.
    open: Causes,
}

impl<'q> Claims<'q> {
    /// Those of the site of an object.
    fn beside(object: &Object<'q>) -> Self {
        let all = object.of_site(CONNECTORS);
        let (mut spaces, mut open): (HashMap<_, Vec<Claim<'q>>>, _) = (HashMap::new(), all.whole().err().unwrap_or_default());
        for connector in all.seen().map(Object::of) {
            let server = server(&connector);
            for space in connector.seen_texts(SPACES).filter_map(|text| AddressSpace::parse(&text)) {
                let claim = Claim { connector: connector.seen(), cost: space.cost, server: server.clone() };
                spaces.entry(space.key()).or_default().push(claim);
            }
            if let Err(causes) = connector.values(SPACES) {
                open = open.and(&causes);
            }
        }
        Self { spaces, open }
    }
}

/// The server that a connector is of.
fn server(connector: &Object<'_>) -> Result<u128, Causes> {
    let Some(text) = connector.text(AGENT)? else {
        let what = format!("the server of {}, which names no message transfer agent,", connector.dn());
        return Err(connector.cause(Cause::Untold { reason: UntoldReason::NotVisible, what }));
    };
    naming::from_either(text.trim()).and_then(|dn| naming::server_of(&dn)).map(|server| server.number()).ok_or_else(|| {
        let value = text.chars().take(100).collect();
        connector.cause(Cause::Unreadable { object: connector.dn().to_string(), attribute: AGENT.into(), value })
    })
}

impl X400Spaces {
    /// What is said of a connector.
    fn one(&self, object: &Object<'_>, claims: &Claims<'_>) -> Answer {
        let texts: Vec<String> = object.seen_texts(SPACES).collect();
        let spaces: Vec<(&str, AddressSpace)> =
            texts.iter().filter_map(|text| Some((text.as_str(), AddressSpace::parse(text)?))).collect();
        let mut open = claims.open.clone();
        for (text, space) in &spaces {
            let of_others = claims.spaces.get(&space.key()).into_iter().flatten();
            for claim in of_others.filter(|claim| claim.connector.id() != object.seen().id()) {
                match self.is_fault(object, space, claim) {
                    Ok(true) => return Ok(Ruling::broken(Reason::Overlap, self.words(text, claim))),
                    Ok(false) => {}
                    Err(causes) => open = open.and(&causes),
                }
            }
        }
        object.values(SPACES)?;
        if spaces.is_empty() {
            return Ok(Ruling::nothing("has no address space"));
        }
        match open.is_empty() {
            true => Ok(Ruling::holds("shares no address space this way")),
            false => Err(open),
        }
    }

    /// Whether it is a fault that an X.400 connector has the same address space.
    fn is_fault(&self, object: &Object<'_>, space: &AddressSpace, claim: &Claim<'_>) -> Result<bool, Causes> {
        match self.fault {
            Fault::Shared => Ok(true),
            Fault::Costs if space.cost == claim.cost => Ok(false),
            Fault::Costs => Ok(server(object)? != claim.server.clone()?),
        }
    }

    fn words(&self, text: &str, claim: &Claim<'_>) -> String {
        let other = claim.connector.dn();
        match (self.fault, claim.cost) {
            (Fault::Costs, Some(cost)) => {
                format!("the address space {text} is also that of {other} on another server, at cost {cost}")
            }
            _ => format!("the address space {text} is also that of {other}"),
        }
    }
}
