//! The organization as a chart: sites, what stands in them, and what they are joined to, as far as the directory showed it. What is not
//! known is left out, never guessed; what is inferred is called so.

mod joins;
mod survey;
#[cfg(test)]
mod tests;

use super::confidence::Confidence;
use serde::{Deserialize, Serialize};

/// Sites of a chart, servers in all, and services and connectors in all.
const MOST: Most = Most { sites: 200, servers: 2000, links: 5000 };
/// Sites that one connector joins, and address spaces that it is for.
const MOST_ENDS: usize = 20;
/// Characters of a name that is shown, and of one that objects are found by.
const LONGEST: (usize, usize) = (200, 1000);

/// How much of each a chart holds.
#[derive(Debug, Clone, Copy)]
struct Most {
    sites: usize,
    servers: usize,
    links: usize,
}

/// The sites of an organization, by name. The order of the fields is the order of the keys in JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Chart {
    /// The sites that were seen, and those that were only named.
    pub sites: Vec<Site>,
    /// How many there are besides.
    #[serde(default, skip_serializing_if = "LeftOut::is_none")]
    pub left_out: LeftOut,
}

/// How many of each a chart had no place for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LeftOut {
    /// Sites, with all that stands in them.
    pub sites: usize,
    /// Servers.
    pub servers: usize,
    /// Internet Mail Services and connectors.
    pub connectors: usize,
}

impl LeftOut {
    /// Whether nothing was left out.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// How much of a site was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "ChartSight"))]
#[serde(rename_all = "kebab-case")]
pub enum Sight {
    /// All its servers and connectors.
    Whole,
    /// Something; there may be more servers or connectors.
    InPart,
    /// Nothing: it is only named elsewhere.
    NotAtAll,
}

/// A site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "ChartSite"))]
pub struct Site {
    /// Its name: the value of its `ou`.
    pub name: String,
    /// How much of it was seen.
    pub seen: Sight,
    /// Its servers, by name.
    pub servers: Vec<Server>,
    /// Its Internet Mail Services, by name.
    pub services: Vec<Connector>,
    /// Its other connectors, by name.
    pub connectors: Vec<Connector>,
}

/// A server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "ChartServer"))]
pub struct Server {
    /// Its name.
    pub name: String,
    /// Its distinguished name, RFC 4514.
    pub dn: String,
    /// Its release in a few words, `Exchange 5.5 SP4`, where it shows that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
}

/// A connector, or an Internet Mail Service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Connector {
    /// Its name.
    pub name: String,
    /// Its distinguished name, RFC 4514.
    pub dn: String,
    /// What kind of connector it is.
    pub kind: Kind,
    /// The server that it runs on, where it shows that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server: Option<String>,
    /// The sites that it joins to its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub joins: Vec<Join>,
    /// The address spaces that it is for, other than those of the sites that it joins: `SMTP:*`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spaces: Vec<String>,
}

/// A site that a connector leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Join {
    /// The name of the site.
    pub site: String,
    /// What tells so.
    pub by: By,
    /// What that rests on.
    pub confidence: Confidence,
}

/// What tells which site a connector leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// `Remote-Site` of a directory replication connector names it (SDK sch_attr_3jz9).
    RemoteSite,
    /// `Connected-Domains` names it, in the one form that is published (Q199412).
    ConnectedSite,
    /// It has an address space that is the X.400 address of the site.
    AddressSpace,
}

impl By {
    /// In a few words.
    pub fn words(self) -> &'static str {
        match self {
            Self::RemoteSite => "its Remote-Site",
            Self::ConnectedSite => "its connected sites",
            Self::AddressSpace => "its address space",
        }
    }
}

/// What kind of connector it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "ChartKind"))]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// An Internet Mail Service.
    Ims,
    /// A site connector.
    Site,
    /// An X.400 connector.
    X400,
    /// An MS Mail connector.
    MsMail,
    /// A directory replication connector: it carries no mail of its own.
    Replication,
    /// A DirSync server or requestor.
    Dirsync,
    /// Another gateway: its address spaces tell for what.
    Gateway,
}

impl Kind {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 7] = [Self::Ims, Self::Site, Self::X400, Self::MsMail, Self::Gateway, Self::Replication, Self::Dirsync];

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Ims => "Internet Mail Service",
            Self::Site => "site connector",
            Self::X400 => "X.400 connector",
            Self::MsMail => "MS Mail connector",
            Self::Replication => "directory replication",
            Self::Dirsync => "directory synchronization",
            Self::Gateway => "gateway",
        }
    }
}
