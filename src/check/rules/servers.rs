//! What the servers of the whole organization run.

use super::site;
use crate::exchange::questions::{Cause, Causes, Object, UntoldReason};
use crate::exchange::release::Release;
use crate::exchange::selection::Selection;
use crate::exchange::version::Version;

/// What must be read beside the judged object.
pub(super) fn beside() -> Vec<(&'static Selection, Vec<&'static str>)> {
    site::beside("server", &["serialNumber"]).into_iter().chain(site::beside("site", &[])).collect()
}

/// Servers of all sites with a fault of their release.
pub(super) struct Servers {
    /// One of them: its name, and what it runs.
    pub(super) faulty: Option<(String, Version)>,
    /// Why there may be another; none if there is none.
    pub(super) open: Causes,
}

impl Servers {
    /// Those that run a release that `is_faulty`.
    pub(super) fn of(object: &Object<'_>, is_faulty: impl Fn(Release) -> bool) -> Self {
        let all = object.everywhere("server");
        let mut faulty: Option<(String, Version)> = None;
        let mut open = site::every_site_of(object, &all).err().unwrap_or_default();
        for server in all.seen().map(Object::of) {
            let version = server.seen_texts("serialNumber").find_map(|text| Version::parse(&text));
            let release = version.as_ref().and_then(Release::of);
            match (version, release) {
                (Some(version), Some(release)) if is_faulty(release) => {
                    faulty.get_or_insert_with(|| (server.dn().leaf().into_owned(), version));
                }
                (_, Some(_)) => {}
                _ => {
                    let what = format!("the service pack of {}, which its serialNumber does not show", server.dn());
                    let untold = || server.cause(Cause::Untold { reason: UntoldReason::NotVisible, what });
                    open = open.and(&server.values("serialNumber").err().unwrap_or_else(untold));
                }
            }
        }
        if all.count() == 0 {
            open = open.and(&object.cause(Cause::ConfigurationUnseen { sites: Vec::new() }));
        }
        Self { faulty, open }
    }
}
