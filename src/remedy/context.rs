//! What makers of fixes look at.

use super::{Reason, Remedy};
use crate::directory::change::{Action, Change, Step, What};
use crate::directory::dn::Dn;
use crate::exchange::questions::{Lookup, Questions, Seen};
use crate::exchange::selection::Selection;
use crate::exchange::x400;
use crate::report::Finding;
use std::cell::OnceCell;
use std::collections::HashMap;

/// A failure, and the directory that it is in.
pub(super) struct Context<'a> {
    pub(super) questions: &'a Questions,
    pub(super) finding: &'a Finding,
    pub(super) shared: &'a Shared<'a>,
}

/// Makes the fix of a failure.
pub(super) type Maker = fn(&Context<'_>) -> Result<Remedy, Reason>;

/// What is looked up once for all failures.
pub(super) struct Shared<'a> {
    questions: &'a Questions,
    holders: OnceCell<HashMap<String, Vec<Dn>>>,
}

impl<'a> Shared<'a> {
    pub(super) fn of(questions: &'a Questions) -> Self {
        Self { questions, holders: OnceCell::new() }
    }

    /// The recipients that hold an address of that type, as [`key`] writes it.
    pub(super) fn holders(&self, kind: &str, address: &str) -> &[Dn] {
        let all = self.holders.get_or_init(|| {
            let mut all: HashMap<String, Vec<Dn>> = HashMap::new();
            let everyone = Selection::named("recipient").map(|recipients| self.questions.all(recipients, None));
            for seen in everyone.iter().flat_map(crate::exchange::questions::Population::seen) {
                for address in crate::exchange::address::proxy_addresses(&seen.shown()) {
                    let holders = all.entry(key(&address.kind, &address.value)).or_default();
                    if holders.last().is_none_or(|last| last.number() != seen.dn().number()) {
                        holders.push(seen.dn());
                    }
                }
            }
            all
        });
        all.get(&key(kind, address)).map(Vec::as_slice).unwrap_or_default()
    }
}

/// An address in a form that is equal for the same address.
pub(super) fn key(kind: &str, address: &str) -> String {
    let form = match x400::parse(address) {
        Ok(parsed) if kind == "X400" => parsed.comparison(),
        _ => address.trim().to_lowercase(),
    };
    format!("{kind}:{form}")
}

impl<'a> Context<'a> {
    /// The object that the check was started from.
    pub(super) fn subject(&self) -> Result<Seen<'a>, Reason> {
        let subject = self.finding.subject.as_ref().ok_or("the failure is of several objects together")?;
        self.living(&subject.dn)
    }

    /// The object that the check was led to.
    pub(super) fn object(&self) -> Result<Seen<'a>, Reason> {
        let object = self.finding.object.as_ref().ok_or("the failure names no object")?;
        self.living(&object.dn)
    }

    fn living(&self, dn: &Dn) -> Result<Seen<'a>, Reason> {
        match self.questions.object(dn) {
            Lookup::There(seen) => Ok(seen),
            _ => Err("the object itself was not seen".into()),
        }
    }

    /// Whether a name leads to nothing for sure.
    pub(super) fn is_gone(&self, dn: &Dn) -> bool {
        matches!(self.questions.object(dn), Lookup::Gone(..) | Lookup::Deleted(_))
    }

    /// The fix that changes one object so.
    pub(super) fn remedy(&self, seen: &Seen<'_>, steps: Vec<Step>, does: String, forms: super::Forms) -> Remedy {
        let from = self.finding.check.clone();
        let change = Change { dn: seen.dn(), what: What::Modify(steps), from };
        Remedy { finding: self.finding.clone(), changes: vec![change], does, inferred: Vec::new(), forms }
    }
}

/// All values of an attribute.
///
/// # Errors
/// That there may be others that were not seen.
pub(super) fn whole(seen: &Seen<'_>, attribute: &str) -> Result<Vec<Vec<u8>>, Reason> {
    let values = seen.values(attribute);
    match values.whole() {
        Ok(_) => Ok(values.seen().map(<[u8]>::to_vec).collect()),
        Err(_) => Err(format!("not every value of its {attribute} was seen (collect --all asks for all)")),
    }
}

/// All values of an attribute, as text.
///
/// # Errors
/// That there may be others that were not seen.
pub(super) fn texts(seen: &Seen<'_>, attribute: &str) -> Result<Vec<String>, Reason> {
    whole(seen, attribute).map(|values| values.iter().map(|value| crate::directory::text::text_of(value)).collect())
}

/// A step that takes these values away: a server that holds others by then refuses it.
pub(super) fn take(attribute: &str, values: Vec<Vec<u8>>) -> Step {
    Step { action: Action::Delete, attribute: attribute.to_owned(), values }
}

/// A step that adds a value.
pub(super) fn give(attribute: &str, value: impl Into<Vec<u8>>) -> Step {
    Step { action: Action::Add, attribute: attribute.to_owned(), values: vec![value.into()] }
}
