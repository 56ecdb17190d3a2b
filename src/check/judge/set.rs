//! `set`: the reference has a value.

use super::led::{self, Led};
use super::{Context, Outcome, bounded};
use crate::exchange::extension_data;
use crate::exchange::pointer::{Locator, Service, State};
use crate::exchange::questions::{Ground, Truth};
use crate::report::{Evidence, Reason, Verdict};

pub(super) fn judge(context: &Context<'_>) -> Outcome {
    // only a service has an administrator: what is loaded is checked for that
    let Some(service) = context.start.service else { return Outcome::default() };
    let locator = &service.pointer.locator;
    let mut outcome = match &service.pointer.state {
        State::Leads(leads) => {
            let names: Vec<String> = leads.iter().map(ToString::to_string).collect();
            let names = names.join(" or ");
            passed(format!("{names}, {}.", locator.words()), leads.first().cloned())
        }
        State::Unresolved(..) => passed("The operator declares an administrator mailbox.".into(), None),
        State::Unset(Reason::DeclaredEmpty) => {
            failed(Reason::DeclaredEmpty, "The operator declares that the Administrator's Mailbox field is empty.".into())
        }
        State::Unset(reason) => failed(
            reason.clone(),
            "No settings are stored: the service was never configured in the Administrator program (Extension-Data is empty; \
             inferred)."
                .into(),
        ),
        State::Undecided(open) => {
            let lives = service.seen.as_ref().is_none_or(|seen| matches!(seen.lives(), Truth::Yes(_)));
            let message = context.bench.words.undecided_administrator(&open.reason, lives);
            match message {
                Some(message) => Outcome { message, causes: open.causes.clone(), ..undecided(context) },
                None => undecided(context),
            }
        }
    };
    if locator.confidence() == crate::report::Confidence::Inferred {
        outcome.ground = outcome.ground.and(&Ground::inferred());
    }
    outcome.evidence = vec![evidence(context, service)];
    outcome.reproduce = context.bench.reproduce.read(&service.ims.dn, &[locator.attribute_name(), "Routing-List"]);
    outcome
}

/// What there is to say where nothing was found.
fn undecided(context: &Context<'_>) -> Outcome {
    match led::administrator(context) {
        Led::Nowhere(outcome) => *outcome,
        Led::To(_) => Outcome::default(),
    }
}

fn passed(message: String, object: Option<crate::directory::dn::Dn>) -> Outcome {
    Outcome { verdict: Verdict::Pass, reason: Reason::Met, message, object, ..Outcome::default() }
}

fn failed(reason: Reason, message: String) -> Outcome {
    Outcome { verdict: Verdict::Fail, reason, message, ..Outcome::default() }
}

fn evidence(context: &Context<'_>, service: &Service<'_>) -> Evidence {
    let locator = &service.pointer.locator;
    let hints = context.bench.questions.hints();
    let declared = crate::exchange::pointer::declared(hints, &service.ims).map(|declaration| declaration.recipient.text());
    let texts = |name: &str| -> Vec<String> {
        let values = service.seen.iter().flat_map(|seen| seen.values(name).seen());
        values.take(8).map(crate::directory::text::text_of).collect()
    };
    let observed = match locator {
        Locator::Declared => bounded(declared.into_iter()),
        Locator::ExtensionData => {
            let values = service.seen.iter().flat_map(|seen| seen.values("Extension-Data").seen());
            bounded(values.map(extension_data::describe))
        }
        Locator::Named(name) | Locator::Attribute(name) => bounded(texts(name).into_iter()),
    };
    Evidence {
        dn: service.ims.dn.clone(),
        attribute: locator.attribute().to_owned(),
        observed,
        expected: "the name of a mailbox or distribution list".into(),
    }
}
