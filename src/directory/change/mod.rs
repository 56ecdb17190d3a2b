//! Changes to a directory, as LDAP knows them: add, modify, delete, rename (RFC 4511 sections 4.6 to 4.9). Plain data: nothing is sent.

mod refused;

pub use refused::{Refusal, Refused};

use super::dn::{Dn, Rdn};

/// One change to one object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The object.
    pub dn: Dn,
    /// What is done to it.
    pub what: What,
    /// Where it is asked for: `change.ldif: line 12`, or `--delete`.
    pub from: String,
}

/// What is done to an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// It is added, with these values.
    Add(Vec<(String, Vec<Vec<u8>>)>),
    /// It is modified, one step after the other, all or none.
    Modify(Vec<Step>),
    /// It is deleted.
    Delete,
    /// It gets another name, and with it all that stands below it.
    Rename {
        /// Its new relative name.
        rdn: Rdn,
        /// Whether the values of the old one are taken from it.
        deletes_old: bool,
        /// What it stands below from now on, if that changes.
        superior: Option<Dn>,
    },
}

/// One step of a modification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What is done to the attribute.
    pub action: Action,
    /// The attribute.
    pub attribute: String,
    /// The values; none: all that there are.
    pub values: Vec<Vec<u8>>,
}

/// What a step does to an attribute (RFC 4511 section 4.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// The values are added.
    Add,
    /// The values go, or all if none is named.
    Delete,
    /// The values take the place of those that there are.
    Replace,
}

impl Change {
    /// The name that the object has afterwards; none if it is gone then.
    pub fn renamed(&self) -> Option<Dn> {
        match &self.what {
            What::Delete => None,
            What::Add(_) | What::Modify(_) => Some(self.dn.clone()),
            What::Rename { rdn, superior, .. } => {
                let above = superior.clone().unwrap_or_else(|| self.dn.parent());
                Some(above.child(rdn.clone()))
            }
        }
    }

    /// In a few words, for a report: `delete cn=Admin,...`.
    pub fn words(&self) -> String {
        let dn = &self.dn;
        match &self.what {
            What::Add(_) => format!("add {dn}"),
            What::Modify(steps) => {
                let mut names: Vec<&str> = Vec::new();
                for step in steps {
                    if !names.iter().any(|name| name.eq_ignore_ascii_case(&step.attribute)) {
                        names.push(&step.attribute);
                    }
                }
                format!("modify {} of {dn}", names.join(", "))
            }
            What::Delete => format!("delete {dn}"),
            What::Rename { .. } => format!("rename {dn} to {}", self.renamed().unwrap_or_default()),
        }
    }
}
