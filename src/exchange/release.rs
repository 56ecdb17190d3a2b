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

/// What the servers run that count for an object: its own, or those of its site.
#[derive(Debug, Clone, Default)]
pub struct Running {
    versions: Vec<Version>,
    /// Why there may be others.
    open: Causes,
    /// Why it is not known what service pack one of them has.
    untold: Causes,
}

impl Running {
    /// Those of which it was seen.
    pub fn seen(&self) -> &[Version] {
        &self.versions
    }

    /// Why there may be others; none if there are none.
    pub fn open(&self) -> &Causes {
        &self.open
    }

    /// The releases of those that were seen, and why there may be others.
    pub fn releases(&self) -> (Vec<Release>, Causes) {
        (self.versions.iter().filter_map(Release::of).collect(), self.open.clone().and(&self.untold))
    }

    /// A release of one of them that has a fault, which came with `from` and went with `before`; none if no server has it.
    ///
    /// # Errors
    /// Why it is not known.
    pub fn with_fault(&self, from: Release, before: Release) -> Result<Option<Release>, Causes> {
        let (seen, open) = self.releases();
        match seen.into_iter().find(|release| (from..before).contains(release)) {
            None if !open.is_empty() => Err(open),
            affected => Ok(affected),
        }
    }
}

impl Questions {
    /// What the servers run that count for an object: that of this name, or those of its site.
    pub fn running(&self, seen: &Seen<'_>, server: Option<&str>) -> Running {
        let untold = |what: String| self.cause(Cause::Untold { reason: UntoldReason::NotVisible, what });
        let (Some(site), Some(servers)) = (seen.site_dn(), Selection::named("server")) else {
            return Running { open: untold(format!("the release of the server of {}", seen.dn())), ..Running::default() };
        };
        let all = self.all(servers, Some(site));
        let is = |one: &Seen<'_>, name: &str| one.dn().leaf().eq_ignore_ascii_case(name);
        let mut running = Running::default();
        if server.is_none() {
            running.open = all.whole().err().unwrap_or_default();
        }
        for one in all.seen().filter(|one| server.is_none_or(|name| is(one, name))) {
            match one.values("serialNumber").texts().find_map(|text| Version::parse(&text)) {
                Some(version) => {
                    if Release::of(&version).is_none() {
                        running.untold = running.untold.and(&untold(format!("the service pack that {} runs", one.dn())));
                    }
                    running.versions.push(version);
                }
                None => running.open = running.open.and(&untold(format!("the release that {} runs", one.dn()))),
            }
        }
        if running.versions.is_empty() && running.open.is_empty() {
            let whose = server.map_or_else(|| format!("the servers of {site}"), |name| format!("server {name}"));
            running.open = untold(format!("the release of {whose}"));
        }
        running
    }

    /// The release that counts for an object: that of the server it is of, or the oldest of the servers of its site that `counts` says
    /// yes to.
    ///
    /// # Errors
    /// Why it is not known: its server is not here, or one that counts does not tell its release or may be missing.
    pub fn release_of(
        &self,
        seen: &Seen<'_>,
        server: Option<&str>,
        counts: impl Fn(&Version) -> bool,
    ) -> Result<Release, Causes> {
        let mut running = self.running(seen, server);
        running.versions.retain(counts);
        let (seen, open) = running.releases();
        seen.into_iter().min().filter(|_| open.is_empty()).ok_or(open)
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
