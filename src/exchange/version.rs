//! The version that a server states in `serialNumber`, as `Version 5.5 (Build 2653.23: Service Pack 4)`.
//!
//! A service pack rewrites the value, a hotfix does not, and an administrator can edit it (Q278518). The text form is that
//! of Win32::Exchange; without a service pack it is inferred. Builds: Q158530, Q166349.

use serde::{Deserialize, Serialize};

/// Characters that are looked at; the schema allows 64 (Serial-Number).
const LONGEST: usize = 200;

/// The builds of each release, without and with each service pack in turn.
const RELEASES: [(&str, &[u32]); 3] =
    [("4.0", &[837, 838, 993, 994, 995, 996]), ("5.0", &[1457, 1458, 1460]), ("5.5", &[1960, 2232, 2448, 2650, 2653])];

/// A version as a server states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Version {
    /// The value itself, bounded.
    pub text: String,
    /// `5.5`.
    pub release: String,
    /// `2653.23`; none if the text states none.
    pub build: Option<String>,
    /// The service pack, 0 for none: the lower of what the text says and what its build means; none if neither tells.
    pub service_pack: Option<u32>,
    /// `Exchange 5.5 SP4`.
    pub name: String,
    /// What a reader must know about the reading: a build that is in no table, a text that contradicts itself.
    pub note: Option<String>,
}

impl Version {
    /// Reads a value; none if it is no version.
    pub fn parse(text: &str) -> Option<Self> {
        let text: String = text.trim().chars().take(LONGEST).collect();
        let release = release(after(&text, "version")?)?;
        let build = after(&text, "build").and_then(build);
        let stated = after(&text, "service pack").and_then(|rest| number(rest).map(|(number, _)| number));
        let known = RELEASES.iter().find(|(name, _)| *name == release).map(|(_, builds)| *builds);
        let reading = known.zip(build.as_ref()).map(|(builds, (number, _))| Reading::of(builds, *number));
        let by_build = reading.and_then(Reading::service_pack);
        let service_pack = match (stated, by_build) {
            (Some(stated), Some(by_build)) => Some(stated.min(by_build)),
            (stated, by_build) => stated.or(by_build),
        };
        let note = match (reading, stated) {
            (Some(Reading::Before), _) => Some("an older build than the published ones of this release".to_owned()),
            (Some(Reading::Between(pack)), _) => {
                Some(format!("a build that is not published; taken for the nearest lower one, {}", pack_words(pack)))
            }
            (Some(Reading::Exact(pack)), Some(stated)) if pack != stated => {
                Some(format!("the text says {}, its build {}; the lower counts", pack_words(stated), pack_words(pack)))
            }
            _ => None,
        };
        let name = name(&release, known.is_some(), service_pack);
        Some(Self { text, release, build: build.map(|(_, text)| text), service_pack, name, note })
    }

    /// Whether it is Exchange 5.5.
    pub fn is_55(&self) -> bool {
        self.release == "5.5"
    }
}

/// What a build number says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// It is older than all that are published.
    Before,
    /// It is that of a service pack (0: none).
    Exact(u32),
    /// It lies behind that of a service pack.
    Between(u32),
}

impl Reading {
    fn of(builds: &[u32], build: u32) -> Self {
        let mut reading = Self::Before;
        for (pack, &known) in (0_u32..).zip(builds) {
            if build == known {
                return Self::Exact(pack);
            }
            if build > known {
                reading = Self::Between(pack);
            }
        }
        reading
    }

    fn service_pack(self) -> Option<u32> {
        match self {
            Self::Before => None,
            Self::Exact(pack) | Self::Between(pack) => Some(pack),
        }
    }
}

/// Exchange 2000 and 2003 state 6.0 and 6.5 (ExBPA); they can stand in one organization with 5.5.
fn name(release: &str, known: bool, service_pack: Option<u32>) -> String {
    match (release, service_pack) {
        ("6.0", _) => "Exchange 2000".to_owned(),
        ("6.5", _) => "Exchange 2003".to_owned(),
        (release, Some(0)) if known => format!("Exchange {release} without a service pack"),
        (release, Some(pack)) if pack > 0 => format!("Exchange {release} SP{pack}"),
        (release, _) => format!("Exchange {release}"),
    }
}

fn pack_words(pack: u32) -> String {
    if pack == 0 { "no service pack".to_owned() } else { format!("SP{pack}") }
}

/// What follows a word, in any case.
fn after<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let at = text.to_ascii_lowercase().find(word)?;
    text.get(at + word.len()..).map(str::trim_start)
}

/// `5.5`, without leading zeros.
fn release(text: &str) -> Option<String> {
    let (major, rest) = number(text)?;
    let (minor, _) = number(rest.strip_prefix('.')?)?;
    Some(format!("{major}.{minor}"))
}

/// `2653` or `2653.23`: the build, and its text.
fn build(text: &str) -> Option<(u32, String)> {
    let (build, rest) = number(text)?;
    let sub = rest.strip_prefix('.').and_then(number);
    Some((build, sub.map_or_else(|| build.to_string(), |(sub, _)| format!("{build}.{sub}"))))
}

/// A decimal number that a u32 holds, and what follows it.
fn number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    Some((digits.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// By hand, from the tables of Q158530 and Q166349.
    #[test]
    fn reads_the_published_builds() {
        for (text, build, pack, name) in [
            ("Version 5.5 (Build 2653.23: Service Pack 4)", "2653.23", 4, "Exchange 5.5 SP4"),
            ("Version 5.5 (Build 2650.24: Service Pack 3)", "2650.24", 3, "Exchange 5.5 SP3"),
            ("Version 5.5 (Build 2448.0: Service Pack 2)", "2448.0", 2, "Exchange 5.5 SP2"),
            ("Version 5.5 (Build 2232.9: Service Pack 1)", "2232.9", 1, "Exchange 5.5 SP1"),
            ("Version 5.5 (Build 1960.4)", "1960.4", 0, "Exchange 5.5 without a service pack"),
            ("Version 5.5 (Build 1960)", "1960", 0, "Exchange 5.5 without a service pack"),
            ("Version 5.5 (Build 2653.23)", "2653.23", 4, "Exchange 5.5 SP4"),
            ("version 5.5 (build 2653.23: service pack 4)", "2653.23", 4, "Exchange 5.5 SP4"),
            ("Version 5.0 (Build 1457.10)", "1457.10", 0, "Exchange 5.0 without a service pack"),
            ("Version 5.0 (Build 1458.50: Service Pack 1)", "1458.50", 1, "Exchange 5.0 SP1"),
            ("Version 5.0 (Build 1460.13: Service Pack 2)", "1460.13", 2, "Exchange 5.0 SP2"),
            ("Version 4.0 (Build 837.10)", "837.10", 0, "Exchange 4.0 without a service pack"),
            ("Version 4.0 (Build 996: Service Pack 5)", "996", 5, "Exchange 4.0 SP5"),
        ] {
            let version = Version::parse(text).expect(text);
            assert_eq!((version.build.as_deref(), version.service_pack), (Some(build), Some(pack)), "{text}");
            assert_eq!((version.name.as_str(), version.note.as_deref()), (name, None), "{text}");
        }
    }

    #[test]
    fn says_what_is_odd_about_a_version() {
        for (text, pack, name, note) in [
            ("Version 5.5 (Build 2655.12)", Some(4), "Exchange 5.5 SP4", "nearest lower one, SP4"),
            ("Version 5.5 (Build 2600.1)", Some(2), "Exchange 5.5 SP2", "nearest lower one, SP2"),
            ("Version 5.5 (Build 1961)", Some(0), "Exchange 5.5 without a service pack", "nearest lower one, no service pack"),
            ("Version 5.5 (Build 1500)", None, "Exchange 5.5", "older build"),
            ("Version 5.5 (Build 2448.0: Service Pack 4)", Some(2), "Exchange 5.5 SP2", "says SP4, its build SP2; the lower"),
            ("Version 5.5 (Build 2653.23: Service Pack 3)", Some(3), "Exchange 5.5 SP3", "says SP3, its build SP4; the lower"),
        ] {
            let version = Version::parse(text).expect(text);
            assert_eq!((version.service_pack, version.name.as_str()), (pack, name), "{text}");
            assert!(version.note.as_deref().is_some_and(|said| said.contains(note)), "{text}: {:?}", version.note);
        }
        for (text, name, pack) in [
            ("Version 5.5", "Exchange 5.5", None),
            ("Version 5.5 (Service Pack 2)", "Exchange 5.5 SP2", Some(2)),
            ("Version 6.0 (Build 4417.5: Service Pack 2)", "Exchange 2000", Some(2)),
            ("Version 6.5 (Build 6944.4)", "Exchange 2003", None),
            ("Version 7.1 (Build 1)", "Exchange 7.1", None),
        ] {
            let version = Version::parse(text).expect(text);
            assert_eq!((version.name.as_str(), version.service_pack, version.note), (name, pack, None), "{text}");
        }
    }

    #[test]
    fn what_is_no_version_is_none() {
        for text in ["", "5.5", "Version", "Version x.5", "Version 5", "Version 99999999999.5", "Build 2653.23", "4711-0815"] {
            assert_eq!(Version::parse(text), None, "{text}");
        }
        let huge = Version::parse("Version 5.5 (Build 99999999999: Service Pack 99999999999)").expect("a version");
        assert_eq!((huge.build, huge.service_pack), (None, None));
    }

    proptest! {
        #[test]
        fn survives_any_text_and_stays_short(text in "(Version|version )?.{0,20}(5\\.5|\\PC{0,9}) ?\\(?(Build)? ?.{0,300}") {
            if let Some(version) = Version::parse(&text) {
                prop_assert!(version.text.chars().count() <= LONGEST);
                prop_assert!(version.name.len() < 80);
            }
        }

        #[test]
        fn reads_back_what_it_is_given(build in 0..9999_u32, sub in 0..99_u32, pack in 0..9_u32) {
            let version = Version::parse(&format!("Version 5.5 (Build {build}.{sub}: Service Pack {pack})")).expect("a version");
            prop_assert!(version.service_pack.is_some_and(|read| read <= pack));
            prop_assert_eq!(version.build, Some(format!("{build}.{sub}")));
            prop_assert!(version.note.is_some() || [(1960, 0), (2232, 1), (2448, 2), (2650, 3), (2653, 4)].contains(&(build, pack)));
        }
    }
}
