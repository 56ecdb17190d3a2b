//! A release and service pack, as articles name the version that cures a fault: `5.5 SP4`.

use super::questions::{Cause, Causes, Questions, Seen, UntoldReason};
use super::selection::Selection;
use super::version::Version;
use std::fmt;

/// A release of Exchange with a service pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Release {
    major: u32,
    minor: u32,
    /// 0: none.
    service_pack: u32,
}

impl Release {
    /// 5.0 without a service pack.
    pub const FIVE: Self = Self::new(5, 0, 0);

    /// A release and its service pack, 0 for none.
    pub const fn new(major: u32, minor: u32, service_pack: u32) -> Self {
        Self { major, minor, service_pack }
    }

    /// What a server states; none if it does not tell its service pack.
    pub fn of(version: &Version) -> Option<Self> {
        let (major, minor) = version.release.split_once('.')?;
        let (major, minor) = (major.parse().ok()?, minor.parse().ok()?);
        // later products have no build table here, and are later than any service pack of 5.5
        let service_pack = version.service_pack.or((major > 5).then_some(0))?;
        Some(Self { major, minor, service_pack })
    }
}

impl Questions {
    /// The release that counts for an object: that of the server it is of, or the oldest of the servers of its site.
    ///
    /// # Errors
    /// Why it is not known: its server is not here, or one that counts does not tell its release or may be missing.
    pub fn release_of(&self, seen: &Seen<'_>, server: Option<&str>) -> Result<Release, Causes> {
        let untold = |what: String| self.cause(Cause::Untold { reason: UntoldReason::NotVisible, what });
        let (Some(site), Some(servers)) = (seen.site_dn(), Selection::named("server")) else {
            return Err(untold(format!("the release of the server of {}", seen.dn())));
        };
        let all = self.all(servers, Some(site));
        let is = |one: &Seen<'_>, name: &str| one.dn().leaf().eq_ignore_ascii_case(name);
        let counting: Vec<Seen<'_>> = match server {
            Some(name) => all.seen().filter(|one| is(one, name)).collect(),
            None => {
                all.whole()?;
                all.seen().collect()
            }
        };
        let stated = |one: &Seen<'_>| {
            let version = one.values("serialNumber").texts().find_map(|text| Version::parse(&text));
            version.and_then(|version| Release::of(&version)).ok_or_else(|| untold(format!("the release that {} runs", one.dn())))
        };
        let all: Result<Vec<Release>, Causes> = counting.iter().map(stated).collect();
        let name = || server.map_or_else(|| format!("the servers of {site}"), |name| format!("server {name}"));
        all?.into_iter().min().ok_or_else(|| untold(format!("the release of {}", name())))
    }
}

impl std::str::FromStr for Release {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (release, pack) = match text.split_once(' ') {
            Some((release, pack)) => (release, pack.strip_prefix("SP").ok_or(())?.parse().map_err(|_| ())?),
            None => (text, 0),
        };
        let (major, minor) = release.split_once('.').ok_or(())?;
        let number = |text: &str| text.parse::<u32>().map_err(|_| ());
        Ok(Self { major: number(major)?, minor: number(minor)?, service_pack: pack })
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)?;
        if self.service_pack > 0 { write!(f, " SP{}", self.service_pack) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_in_order() {
        let release = |text: &str| text.parse::<Release>().expect(text);
        let stated = |text: &str| Release::of(&Version::parse(text).expect("version"));
        assert!(release("5.5") < release("5.5 SP1") && release("5.0 SP2") < release("5.5"));
        assert_eq!(release("5.5 SP4").to_string(), "5.5 SP4");
        assert_eq!(stated("Version 5.5 (Build 2653.23: Service Pack 4)"), Some(release("5.5 SP4")));
        assert_eq!(stated("Version 5.5 (Build 1960.5)"), Some(release("5.5")));
        assert_eq!(stated("Version 5.5"), None, "which service pack is not told");
        assert!(stated("Version 6.0 (Build 4417.5)") > Some(release("5.5 SP4")));
        for text in ["", "5", "5.5 4", "5.5 SP", "SP4", "5.5SP4"] {
            assert_eq!(text.parse::<Release>(), Err(()), "{text}");
        }
    }
}
