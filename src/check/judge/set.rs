//! `set`: the reference has a value.

use super::led::{self, Led};
use super::{Context, Outcome, bounded};
use crate::exchange::extension_data;
use crate::exchange::ims::Ims;
use crate::exchange::pointer::{Locator, Pointer, State};
use crate::exchange::visibility;
use crate::report::{Evidence, Reason, Verdict};

pub(super) fn judge(context: &Context<'_>) -> Outcome {
    // only a service has an administrator: what is loaded is checked for that
    let Some((ims, pointer)) = context.start.service else { return Outcome::default() };
    let locator = &pointer.locator;
    let mut outcome = match &pointer.state {
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
            "Extension-Data was asked for and is visible here, and the service has none: its property pages, which keep their \
             settings there, were never filled in (inferred)."
                .into(),
        ),
        State::Undecided(Reason::NotRequested, _) if !tells_deleted(context, ims) => Outcome {
            message: format!(
                "{} does not show whether the service is deleted: Is-Deleted was not asked for, so that it has no Extension-Data \
                 proves nothing.\n{}",
                context.organization.asked(),
                context.reproduce.export_hint(context.organization.name.as_deref(), &["Is-Deleted", "Extension-Data"])
            ),
            ..undecided(context)
        },
        State::Undecided(Reason::NotRequested, _) => Outcome {
            message: format!(
                "{} does not show that Extension-Data was asked for, so that the service has none proves nothing.\n{}",
                context.organization.asked(),
                context.reproduce.export_hint(context.organization.name.as_deref(), &["Extension-Data"])
            ),
            ..undecided(context)
        },
        State::Undecided(Reason::NotVisible, _) => Outcome {
            message:
                "This bind sees no operational attribute of the service, and Extension-Data is one.\nTo decide it, bind as an \
                      administrator (-D 'cn=ACCOUNT,cn=DOMAIN,cn=admin' -W), or declare the mailbox with --ims-admin \
                      'SERVER=MAILBOX'."
                    .into(),
            ..undecided(context)
        },
        State::Undecided(..) => undecided(context),
    };
    outcome.confidence = locator.confidence();
    outcome.evidence = vec![evidence(context, ims, pointer)];
    outcome.reproduce = context.reproduce.read(&ims.dn, &[locator.attribute_name(), "Routing-List"]);
    outcome
}

fn tells_deleted(context: &Context<'_>, ims: &Ims) -> bool {
    context.organization.object(&ims.dn).is_none_or(visibility::tells_deleted)
}

/// What there is to say where nothing was found.
fn undecided(context: &Context<'_>) -> Outcome {
    match led::administrator(context) {
        Led::Nowhere(outcome) => outcome,
        Led::To(_) => Outcome::default(),
    }
}

fn passed(message: String, object: Option<crate::directory::dn::Dn>) -> Outcome {
    Outcome { verdict: Verdict::Pass, reason: Reason::Met, message, object, ..Outcome::default() }
}

fn failed(reason: Reason, message: String) -> Outcome {
    Outcome { verdict: Verdict::Fail, reason, message, ..Outcome::default() }
}

fn evidence(context: &Context<'_>, ims: &Ims, pointer: &Pointer) -> Evidence {
    let locator = &pointer.locator;
    let entry = context.organization.object(&ims.dn);
    let declared = context.organization.hints.declared.iter().find(|d| d.is_for(ims)).map(|d| d.recipient.text());
    let observed = match locator {
        Locator::Declared => bounded(declared.into_iter()),
        Locator::ExtensionData => {
            bounded(entry.into_iter().flat_map(|e| e.values("Extension-Data")).map(extension_data::describe))
        }
        Locator::Named(name) | Locator::Attribute(name) => bounded(entry.into_iter().flat_map(|e| e.texts(name))),
    };
    Evidence {
        dn: ims.dn.clone(),
        attribute: locator.attribute().to_owned(),
        observed,
        expected: "the name of a mailbox or distribution list".into(),
    }
}
