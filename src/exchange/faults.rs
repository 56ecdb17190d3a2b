//! Faults of the LDAP service that the Knowledge Base documents and that concern whoever reads a directory: whom each
//! concerns, what it means for an audit, and what this program does about it.
//!
//! A hotfix does not show in the directory (Q278518), so a fault is excluded by a service pack only.

use super::version::Version;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What ends a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fixed {
    /// This service pack of Exchange 5.5.
    Pack(u32),
    /// A hotfix after the last service pack.
    Later,
    /// No document names a fix.
    Unnamed,
    /// It is one of settings and rights: seeing what it withholds excludes it.
    Setting,
}

/// One fault.
#[derive(Debug, PartialEq, Eq)]
struct Fault {
    article: &'static str,
    fixed: Fixed,
    means: &'static str,
    done: &'static str,
}

/// The table, the worst for an audit first.
const FAULTS: [Fault; 9] = [
    Fault {
        article: "Q246567",
        fixed: Fixed::Pack(4),
        means: "a paged search whose filter names a DN returns nothing once its result exceeds a page",
        done: "filters on classes, addresses and flags only, and compares DNs itself",
    },
    Fault {
        article: "Q196491",
        fixed: Fixed::Pack(2),
        means: "attributes withheld on the Attributes page are withheld from administrators too",
        done: "takes an attribute for unset only where the same one shows elsewhere",
    },
    Fault {
        article: "Q193041",
        fixed: Fixed::Pack(2),
        means: "a filter with the DN of an object that does not exist is answered with an error",
        done: "puts no DN into a filter",
    },
    Fault {
        article: "Q221989",
        fixed: Fixed::Pack(3),
        means: "a malformed bind overruns a buffer and can stop the directory service",
        done: "sends one simple bind of the plain form and no other",
    },
    Fault {
        article: "Q222621",
        fixed: Fixed::Pack(3),
        means: "a bind name over 1 KB stops the service, and what is not LDAP is kept until the connection ends",
        done: "refuses names over 1000 bytes and sends no TLS to a plain port unless -Z asks for it",
    },
    Fault {
        article: "Q222622",
        fixed: Fixed::Pack(3),
        means: "a client that leaves without Unbind after an NTLM bind costs the server a handle",
        done: "binds without NTLM and always unbinds",
    },
    Fault {
        article: "Q303448",
        fixed: Fixed::Later,
        means: "the LDAP service can hang under load",
        done: "keeps to one connection, small pages and, unless told otherwise, one request at a time",
    },
    Fault {
        article: "Q274577",
        fixed: Fixed::Unnamed,
        means: "a search on a sub-reference object can leave the client waiting",
        done: "starts only at names that the directory or the operator gave, and waits no longer than --timeout",
    },
    Fault {
        article: "Q185475",
        fixed: Fixed::Setting,
        means: "the admin view (,cn=admin) shows nothing hidden over TLS, or if Exchange's service account is not a local \
                administrator",
        done: "counts hidden objects as visible only where one was returned",
    },
];

/// Whether a fault concerns this directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Applies {
    /// Every server seen is of a build that has it, unless a hotfix ended it there.
    Yes,
    /// It cannot be excluded: some servers have it, or the version is not known, or a hotfix or setting decides.
    Possible,
    /// No server seen has it.
    No,
}

/// A fault, and whether it concerns this directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct KnownFault {
    /// The article.
    pub article: Cow<'static, str>,
    /// What ends it, `Exchange 5.5 SP4` or `a hotfix after SP4`; none if no document names a fix, or it is one of settings.
    pub fixed_in: Option<String>,
    /// Whether it concerns this directory.
    pub applies: Applies,
    /// What it means for an audit.
    pub means: Cow<'static, str>,
    /// What this program does about it.
    pub handling: Cow<'static, str>,
}

/// Every fault, for servers of these versions: none where a server does not show it. Which of several servers answers is
/// not known, so a fault of any of them cannot be excluded. `sees_hidden`: hidden objects of every site were seen.
pub fn known(servers: &[Option<Version>], sees_hidden: bool) -> Vec<KnownFault> {
    let known = |fault: &Fault| KnownFault {
        article: fault.article.into(),
        fixed_in: match fault.fixed {
            Fixed::Pack(pack) => Some(format!("Exchange 5.5 SP{pack}")),
            Fixed::Later => Some("a hotfix after SP4".to_owned()),
            Fixed::Unnamed | Fixed::Setting => None,
        },
        applies: if fault.fixed == Fixed::Setting && sees_hidden { Applies::No } else { applies(fault.fixed, servers) },
        means: fault.means.into(),
        handling: fault.done.into(),
    };
    FAULTS.iter().map(known).collect()
}

fn applies(fixed: Fixed, servers: &[Option<Version>]) -> Applies {
    let has = |version: &Option<Version>| match (version, fixed) {
        // the articles speak of 5.5; whether another release has the fault is not said
        (Some(version), Fixed::Pack(fixed)) if version.is_55() => match version.service_pack {
            Some(pack) if pack >= fixed => Applies::No,
            Some(_) => Applies::Yes,
            None => Applies::Possible,
        },
        _ => Applies::Possible,
    };
    let mut all = servers.iter().map(has);
    let first = all.next().unwrap_or(Applies::Possible);
    if all.all(|other| other == first) { first } else { Applies::Possible }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(versions: &[&str]) -> String {
        let servers: Vec<_> = versions.iter().map(|text| Version::parse(text)).collect();
        let letter = |fault: KnownFault| match fault.applies {
            Applies::Yes => 'y',
            Applies::Possible => '?',
            Applies::No => '-',
        };
        known(&servers, false).into_iter().map(letter).collect()
    }

    #[test]
    fn the_docs_say_the_same() {
        let docs = include_str!("../../docs/doctor.md").replace('`', "");
        for fault in &FAULTS {
            let row = docs.lines().find(|line| line.starts_with(&format!("| {} |", fault.article))).expect(fault.article);
            assert!(row.contains(fault.means) && row.contains(fault.done), "docs/doctor.md is stale: {row}");
        }
    }

    /// By hand, from the articles: SP2 ends Q196491 and Q193041, SP3 ends Q221989, Q222621 and Q222622, SP4 ends Q246567; a
    /// hotfix ends Q303448; Q274577 names no fix; Q185475 is a setting.
    #[test]
    fn which_fault_concerns_which_build() {
        const ORDER: [&str; 9] =
            ["Q246567", "Q196491", "Q193041", "Q221989", "Q222621", "Q222622", "Q303448", "Q274577", "Q185475"];
        assert_eq!(known(&[], false).into_iter().map(|fault| fault.article.into_owned()).collect::<Vec<_>>(), ORDER);
        let version = |build: &str| format!("Version 5.5 (Build {build})");
        for (build, expected) in [
            ("1960.4", "yyyyyy???"),
            ("2232.9", "yyyyyy???"),
            ("2448.0", "y--yyy???"),
            ("2650.24", "y-----???"),
            ("2653.23", "------???"),
            ("2655.12", "------???"),
            ("1500", "?????????"),
        ] {
            assert_eq!(of(&[&version(build)]), expected, "{build}");
        }
        assert_eq!(of(&[]), "?????????", "no server seen");
        assert_eq!(of(&["", &version("2653.23")]), "?????????", "one version unknown");
        assert_eq!(of(&[&version("2448.0"), &version("2653.23")]), "?--??????", "two builds");
        assert_eq!(of(&["Version 5.0 (Build 1460.13: Service Pack 2)"]), "?????????");
        assert_eq!(of(&["Version 6.0 (Build 4417.5)"]), "?????????");
        let excluded: Vec<_> = known(&[], true).into_iter().filter(|fault| fault.applies == Applies::No).collect();
        assert_eq!(
            excluded.into_iter().map(|fault| fault.article.into_owned()).collect::<Vec<_>>(),
            ["Q185475"],
            "hidden objects are seen"
        );
    }
}
