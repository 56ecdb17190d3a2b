//! What is told of an object at one look, with nothing written about it. Of a hundred thousand recipients nearly all pass or have
//! nothing to check, and are only counted.

use super::{Compiled, Start};
use crate::check::definition::{Check, Expect, Reference};
use crate::check::rules::Does;
use crate::directory::whole::Name;
use crate::exchange::questions::{Causes, Ground, Object, Questions, Seen, Truth};
use crate::report::{Confidence, Reason, Verdict};
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

/// What is told at one look.
pub(in crate::check) enum Glance {
    /// It passes, on this ground.
    Pass(Ground),
    /// It does not have what would be checked, on this ground.
    Nothing(Ground),
    /// It cannot be told, for these causes.
    Open(Causes),
}

/// The attribute that a check follows, or that must resolve.
#[derive(Debug)]
pub(in crate::check) struct Followed {
    name: Name,
    /// Whether it counts of which site an object is that holds a name.
    by_site: bool,
    /// Whether there is something to say of an object that holds none.
    tells_unset: bool,
    /// Names it held that led to what passes. Most objects name the same few; whom a name leads to does not depend on who holds it.
    passed: RwLock<HashMap<Vec<u8>, Ground>>,
}

/// Names that are remembered.
const MOST_PASSED: usize = 1 << 12;

impl Followed {
    /// That of a check, if any object of the directory shows it.
    pub(super) fn of(check: &Check, questions: &Questions) -> Option<Self> {
        let reference = match (&check.subject.follow, &check.expect) {
            (Some(follow), _) => follow,
            (None, Expect::Resolves { reference, .. }) => reference,
            (None, _) => return None,
        };
        let Reference::Attribute(attribute) = reference else { return None };
        let (by_site, tells_unset) = match &check.expect {
            Expect::Resolves { own_site, unset, .. } => (*own_site, unset.is_some()),
            _ => (false, false),
        };
        Some(Self { name: questions.name(attribute)?, by_site, tells_unset, passed: RwLock::default() })
    }

    /// The one name that an object holds.
    fn held<'q>(&self, seen: &Seen<'q>) -> Option<&'q [u8]> {
        let values = seen.held(self.name);
        let (mut all, whole) = (values.seen(), values.whole().is_ok());
        all.next().filter(|_| whole && all.next().is_none())
    }

    /// What is remembered of a name that an object holds.
    fn key(&self, seen: &Seen<'_>, name: &[u8]) -> Vec<u8> {
        let site = seen.site_dn().filter(|_| self.by_site).map(|site| site.number().to_be_bytes());
        site.iter().flatten().chain(name).copied().collect()
    }

    /// Notes that an object passes, on this ground.
    pub(in crate::check) fn note(&self, seen: &Seen<'_>, ground: &Ground) {
        if let Some(name) = self.held(seen)
            && let mut passed = self.passed.write().unwrap_or_else(PoisonError::into_inner)
            && passed.len() < MOST_PASSED
        {
            passed.insert(self.key(seen, name), ground.clone());
        }
    }

    fn look(&self, seen: &Seen<'_>) -> Option<Glance> {
        if let Some(name) = self.held(seen) {
            let key = self.key(seen, name);
            return self.passed.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned().map(Glance::Pass);
        }
        let values = seen.held(self.name);
        match values.whole() {
            Err(causes) => Some(Glance::Open(causes.clone())),
            Ok(ground) if values.seen().next().is_none() && !self.tells_unset => Some(Glance::Nothing(ground.clone())),
            Ok(_) => None,
        }
    }
}

/// What is told of an object at one look; none where more must be said.
pub(in crate::check) fn glance(compiled: &Compiled<'_>, start: &Start<'_>, object: Option<&Object<'_>>) -> Option<Glance> {
    let (seen, object) = (start.seen?, object?);
    if start.service.is_some() {
        return None;
    }
    if let Some(followed) = &compiled.followed {
        return followed.look(&seen);
    }
    match (&compiled.check.subject.follow, &compiled.check.expect, &compiled.expect) {
        (None, Expect::Filter { .. }, Some(condition)) => match condition.holds(&seen) {
            Truth::Yes(ground) => Some(Glance::Pass(ground)),
            Truth::No(_) => None,
            Truth::Open(causes) => Some(Glance::Open(causes)),
        },
        (None, Expect::Rule(rule), _) => {
            let Does::Judge(judging) = rule.does() else { return None };
            let object = object.again();
            match judging.judge(&object) {
                Ok(ruling) if ruling.verdict == Verdict::Pass => {
                    let own = if ruling.confidence == Confidence::Inferred { Ground::inferred() } else { Ground::documented() };
                    Some(Glance::Pass(object.ground().and(&own)))
                }
                Ok(ruling) if ruling.reason == Reason::Unset => Some(Glance::Nothing(object.ground())),
                Ok(_) => None,
                Err(causes) => Some(Glance::Open(causes)),
            }
        }
        _ => None,
    }
}
