//! Where a check's reference leads.

use super::outcome::worst;
use super::{Context, Outcome, resolves};
use crate::check::definition::{Expect, Reference};
use crate::directory::dn::Dn;
use crate::exchange::naming;
use crate::exchange::pointer::{Open, State};
use crate::exchange::questions::{Cause, Lookup, Seen};
use crate::report::{Reason, Verdict};

/// Where a reference leads.
pub(super) enum Led {
    /// To these objects; never empty.
    To(Vec<Dn>),
    /// Nowhere that can be named, or to nothing: what to say of it.
    Nowhere(Box<Outcome>),
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
    match &context.check().subject.follow {
        None => Led::To(vec![context.start.dn()]),
        Some(Reference::Administrator) => administrator(context),
        Some(Reference::Attribute(name)) => match &context.start.seen {
            Some(seen) => attribute(context, seen, name),
            None => Led::Nowhere(Box::default()),
        },
    }
}

/// The administrator of a service.
pub(super) fn administrator(context: &Context<'_>) -> Led {
    let Some(service) = context.start.service else { return Led::Nowhere(Box::default()) };
    let pointer = &service.pointer;
    let (reason, message, causes) = match &pointer.state {
        State::Leads(leads) if !leads.is_empty() => return Led::To(leads.clone()),
        State::Unset(reason) => (reason.clone(), String::new(), Default::default()),
        State::Undecided(open) | State::Unresolved(open) => {
            let Open { reason, message, causes } = open.clone();
            (reason, message, causes)
        }
        State::Leads(_) => (Reason::Truncated, String::new(), Default::default()),
    };
    let message = match message.is_empty() {
        true => "Administrator mailbox unknown: see ims-admin-set.".into(),
        false => message,
    };
    Led::Nowhere(Box::new(Outcome {
        verdict: Verdict::Unknown,
        reason,
        message,
        causes,
        ground: context.ground(),
        reproduce: context.bench.reproduce.read(&context.start.dn(), &[pointer.locator.attribute_name()]),
        ..Outcome::default()
    }))
}

/// What is said of each object that the check was led to, the worst of it.
pub(super) fn each(context: &Context<'_>, judge: impl Fn(&Seen<'_>) -> Outcome) -> Outcome {
    let objects = match of(context) {
        Led::To(objects) => objects,
        Led::Nowhere(outcome) => return *outcome,
    };
    let each = |dn: &Dn| {
        let outcome = match context.bench.questions.object(dn) {
            Lookup::There(seen) => context.lessened_as(Some(seen), judge(&seen)),
            lookup => resolves::unread(context, dn, &lookup),
        };
        match &context.check().subject.follow {
            Some(Reference::Attribute(name)) if !outcome.message.is_empty() => {
                let message = resolves::naming(&context.start.dn(), name, dn, &outcome.message);
                Outcome { message, ..outcome }
            }
            _ => outcome,
        }
    };
    let mut outcome = worst(objects.iter().map(each).collect(), context.several());
    outcome.ground = outcome.ground.and(&context.ground());
    outcome
}

/// The objects that an attribute of an object names.
pub(super) fn attribute(context: &Context<'_>, seen: &Seen<'_>, name: &str) -> Led {
    let values = seen.values(name);
    let texts: Vec<String> = values.texts().collect();
    let nowhere = |outcome: Outcome| {
        let reproduce = context.bench.reproduce.read(&seen.dn(), &[name]);
        Led::Nowhere(Box::new(Outcome { reproduce, ..outcome }))
    };
    let open = |outcome| nowhere(context.bench.words.undecided(&seen.dn(), outcome, context.is_by_administrator()));
    match values.whole() {
        Err(causes) => return open(Outcome::open(causes.clone())),
        Ok(ground) if texts.is_empty() => {
            if let Expect::Resolves { unset: Some(step), .. } = &context.check().expect {
                let (verdict, reason) = (Verdict::Manual, Reason::ByHand);
                return nowhere(Outcome { verdict, reason, message: step.clone(), ..Outcome::default() });
            }
            let message = format!("{} has no {name}.", seen.dn());
            let ground = ground.clone();
            return nowhere(Outcome {
                verdict: Verdict::NotApplicable,
                reason: Reason::Unset,
                message,
                ground,
                ..Outcome::default()
            });
        }
        Ok(_) => {}
    }
    let named: Vec<Dn> = texts.iter().filter_map(|value| naming::from_either(value)).collect();
    if named.len() < texts.len() {
        let text = texts.iter().find(|value| naming::from_either(value).is_none()).cloned().unwrap_or_default();
        let value: String = text.chars().take(100).collect();
        let cause = Cause::Unreadable { object: seen.dn().to_string(), attribute: name.to_owned(), value };
        return open(Outcome::open(context.bench.questions.cause(cause)));
    }
    Led::To(named)
}

impl Context<'_> {
    /// Whether the judged object is an administrator of a service, which can be declared.
    pub(super) fn is_by_administrator(&self) -> bool {
        self.check().subject.follow == Some(Reference::Administrator)
    }
}
