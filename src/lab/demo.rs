//! The organizations that come with the program.

use super::{Data, LabError};

/// An organization that comes with the program.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Demo {
    /// A company with three sites and five Internet Mail Services, some of them broken
    #[default]
    Example,
    /// An organization in which nothing is wrong
    Healthy,
    /// An organization in which everything that the checks look for is wrong at least once
    Everything,
}

impl Demo {
    /// Its LDIF.
    pub fn ldif(self) -> String {
        match self {
            Self::Example => include_str!("demo/demo.ldif").to_owned(),
            Self::Healthy => include_str!("demo/healthy.ldif").to_owned(),
            Self::Everything => EVERYTHING.join("\n").replace(CROWD, &crowd()),
        }
    }

    /// The organization, ready to be served.
    ///
    /// # Errors
    /// None in practice: a test reads each.
    pub fn load(self) -> Result<Data, LabError> {
        Data::load(self.ldif().as_bytes())
    }
}

impl std::fmt::Display for Demo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Example => "example",
            Self::Healthy => "healthy",
            Self::Everything => "everything",
        })
    }
}

/// The parts of the organization in which everything is wrong: a file for each folder of checks.
const EVERYTHING: [&str; 8] = [
    include_str!("demo/everything/organization.ldif"),
    include_str!("demo/everything/ims.ldif"),
    include_str!("demo/everything/connectors.ldif"),
    include_str!("demo/everything/x400.ldif"),
    include_str!("demo/everything/site.ldif"),
    include_str!("demo/everything/recipients.ldif"),
    include_str!("demo/everything/directory.ldif"),
    include_str!("demo/everything/ldap.ldif"),
];

/// What stands in the place of the members of the list with too many of them.
const CROWD: &str = "member: {5001 of them}\n";

/// The members of that list: one more than is good (Q247654).
fn crowd() -> String {
    (1..=5001).map(|number| format!("member: cn=Member {number},cn=Recipients,ou=PEOPLE,o=Everything\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::ValueEnum;

    #[test]
    fn each_loads_and_every_object_has_its_place() {
        for demo in Demo::value_variants() {
            let data = demo.load().expect("loads");
            for (_, record) in data.records() {
                let (dn, parent) = (&record.full.dn, record.full.dn.parent());
                assert!(parent.is_empty() || data.named(&parent).next().is_some(), "{demo:?}: {dn} has no parent");
                let rdn = dn.rdn().expect("a name").text();
                assert_eq!(record.full.text("rdn"), Some(rdn), "{demo:?}: {dn}");
            }
        }
    }
}
