//! Why a change cannot be made: what a server would answer, said with the object and what to do.

use crate::directory::dn::Dn;

/// A change that a directory would refuse.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{from}: {dn}: {why}")]
pub struct Refused {
    /// Where the change is asked for.
    pub from: String,
    /// The object.
    pub dn: Dn,
    /// Why.
    pub why: Refusal,
}

/// Why a directory refuses a change; the result code of LDAP (RFC 4511 section 4.1.9) is told by [`Refusal::code`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no such object.
    #[error("there is no such object")]
    NoSuchObject,
    /// What it would stand below is not there.
    #[error("its parent {0} does not exist: add that first")]
    NoParent(Dn),
    /// It is there already.
    #[error("it already exists: modify it, or delete it first")]
    Exists,
    /// Other objects stand below it.
    #[error("it has {count} {}, such as {example}: delete those first", if *.count == 1 { "child" } else { "children" })]
    NotLeaf {
        /// How many were seen.
        count: usize,
        /// One of them.
        example: Dn,
    },
    /// It has no such attribute.
    #[error("it has no {0} to remove")]
    NoSuchAttribute(String),
    /// The attribute has no such value.
    #[error("its {attribute} has no value {value}")]
    NoSuchValue {
        /// The attribute.
        attribute: String,
        /// The value, as text.
        value: String,
    },
    /// The attribute has that value already, or the change names it twice.
    #[error("its {attribute} already has the value {value}")]
    ValueExists {
        /// The attribute.
        attribute: String,
        /// The value, as text.
        value: String,
    },
    /// The attribute holds one value.
    #[error("{0} holds one value: replace it instead of adding to it")]
    SingleValue(String),
    /// The value is none that the attribute can hold.
    #[error("{attribute} cannot hold {value}: {why}")]
    BadValue {
        /// The attribute.
        attribute: String,
        /// The value, as text.
        value: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// An added object without a class.
    #[error("it has no objectClass: every object has one")]
    NoClass,
    /// The values of its name are its name's.
    #[error("{0} is in its name: rename it instead (changetype: modrdn)")]
    Naming(String),
    /// Only the server writes that.
    #[error("only the server sets {0}")]
    ServerOnly(String),
    /// It would stand below itself.
    #[error("it cannot be below itself")]
    BelowItself,
}

impl Refusal {
    /// The LDAP result code that a server answers with.
    pub fn code(&self) -> u32 {
        match self {
            Self::NoSuchObject | Self::NoParent(_) => 32,
            Self::Exists => 68,
            Self::NotLeaf { .. } => 66,
            Self::NoSuchAttribute(_) | Self::NoSuchValue { .. } => 16,
            Self::ValueExists { .. } => 20,
            Self::SingleValue(_) | Self::ServerOnly(_) => 19,
            Self::BadValue { .. } => 21,
            Self::NoClass => 65,
            Self::Naming(_) => 67,
            Self::BelowItself => 53,
        }
    }
}
