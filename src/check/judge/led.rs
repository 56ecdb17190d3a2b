//! Where a check's reference leads.

use super::{Context, Outcome};
use crate::check::definition::Reference;
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
use crate::exchange::naming;
use crate::exchange::pointer::State;
use crate::exchange::visibility;
use crate::report::{Reason, Verdict};

/// Where a reference leads.
pub(super) enum Led {
    /// To these objects; never empty.
    To(Vec<Dn>),
    /// Nowhere that can be named, or to nothing: what to say of it.
    Nowhere(Outcome),
}

impl Led {
    /// The objects; empty if there are none.
    pub(super) fn objects(&self) -> &[Dn] {
        match self {
            Self::To(objects) => objects,
            Self::Nowhere(_) => &[],
        }
    }
}

pub(super) fn of(context: &Context<'_>) -> Led {
    match &context.check.subject.follow {
        None => Led::To(vec![context.start.dn.clone()]),
        Some(Reference::Administrator) => administrator(context),
        Some(Reference::Attribute(name)) => match context.start.entry {
            Some(entry) => attribute(context, entry, name),
            None => Led::Nowhere(Outcome::default()),
        },
    }
}

/// The administrator of a service.
pub(super) fn administrator(context: &Context<'_>) -> Led {
    let Some((ims, pointer)) = context.start.service else { return Led::Nowhere(Outcome::default()) };
    let (reason, message) = match &pointer.state {
        State::Leads(leads) if !leads.is_empty() => return Led::To(leads.clone()),
        State::Unset(reason) => (reason.clone(), String::new()),
        State::Undecided(reason, message) | State::Unresolved(reason, message) => (reason.clone(), message.clone()),
        State::Leads(_) => (Reason::Truncated, String::new()),
    };
    let message = match message.is_empty() {
        true => "Which administrator mailbox the service has is not known here; ims-admin-set says why.".into(),
        false => message,
    };
    Led::Nowhere(Outcome {
        verdict: Verdict::Unknown,
        reason,
        message,
        confidence: pointer.locator.confidence(),
        reproduce: context.reproduce.read(&ims.dn, &[pointer.locator.attribute_name()]),
        ..Outcome::default()
    })
}

/// The objects that an attribute of an entry names.
pub(super) fn attribute(context: &Context<'_>, entry: &Entry, name: &str) -> Led {
    let organization = context.organization;
    let values: Vec<String> = entry.texts(name).collect();
    let named: Vec<Dn> = values.iter().filter_map(|value| naming::from_either(value)).collect();
    let outcome = |verdict, reason, message| {
        Led::Nowhere(Outcome {
            verdict,
            reason,
            message,
            reproduce: context.reproduce.read(&entry.dn, &[name]),
            ..Outcome::default()
        })
    };
    if named.len() < values.len() {
        let text = values.iter().find(|value| naming::from_either(value).is_none()).cloned().unwrap_or_default();
        let text: String = text.chars().take(100).collect();
        let message = format!("{}: {name} holds {text:?}, which cannot be read as the name of an object.", entry.dn);
        return outcome(Verdict::Unknown, Reason::NoPointer, message);
    }
    if !named.is_empty() {
        return Led::To(named);
    }
    match visibility::proven_unset(organization, entry, name) {
        Ok(()) => outcome(Verdict::NotApplicable, Reason::Unset, format!("{} has no {name}.", entry.dn)),
        Err(reason) => {
            let advice = context.not_shown(&reason, &[name]);
            let message = format!("{} shows no {name}: it may have been withheld or not asked for.\n{advice}", entry.dn);
            outcome(Verdict::Unknown, reason, message)
        }
    }
}

impl Context<'_> {
    /// What to do about attributes that were not shown.
    pub(super) fn not_shown(&self, reason: &Reason, attributes: &[&str]) -> String {
        match reason {
            Reason::NotRequested if self.check.subject.follow == Some(Reference::Administrator) => {
                self.reproduce.export_hint(self.organization.name.as_deref(), attributes)
            }
            Reason::NotRequested => self.reproduce.attribute_hint(self.organization.name.as_deref(), attributes),
            _ => "The attribute may be withheld (DS Site Configuration, Attributes page): bind with more rights, or look in \
                  Admin.exe."
                .into(),
        }
    }
}
