//! Delivery restrictions lose the values that name nothing.
//!
//! Where that would be the last sender that is accepted there is no plan: without one, everybody may send, and whether that is wanted
//! is for the operator to say.

use crate::directory::dn::Dn;
use crate::directory::text::text_of;
use crate::exchange::questions::{Lookup, Seen};
use crate::remedy::context::{Context, take, whole};
use crate::remedy::{Form, Forms, Reason, Remedy, Table};

/// Accept From and Accept From DL: together they say who may send (Q151784).
const ACCEPTS: [&str; 2] = ["Auth-Orig", "DL-Mem-Submit-Perms"];

pub(super) fn accept_senders(context: &Context<'_>) -> Result<Remedy, Reason> {
    without_dead(context, "Auth-Orig")
}

pub(super) fn accept_lists(context: &Context<'_>) -> Result<Remedy, Reason> {
    without_dead(context, "DL-Mem-Submit-Perms")
}

pub(super) fn reject_senders(context: &Context<'_>) -> Result<Remedy, Reason> {
    without_dead(context, "Unauth-Orig")
}

pub(super) fn reject_lists(context: &Context<'_>) -> Result<Remedy, Reason> {
    without_dead(context, "DL-Mem-Reject-Perms")
}

fn without_dead(context: &Context<'_>, attribute: &str) -> Result<Remedy, Reason> {
    let seen = context.subject()?;
    let values = whole(&seen, attribute)?;
    let is_dead = |value: &Vec<u8>| Dn::parse(value).is_ok_and(|dn| context.is_gone(&dn));
    let (dead, left): (Vec<_>, Vec<_>) = values.into_iter().partition(is_dead);
    if dead.is_empty() {
        return Err("the names lead to objects of the wrong kind: select them again in the Administrator program".into());
    }
    if left.is_empty() && ACCEPTS.contains(&attribute) {
        accepts_others(context, &seen, attribute)?;
    }
    let names: Vec<String> = dead.iter().map(|value| text_of(value)).collect();
    let does = format!("Removes from {attribute} what names nothing: {}.", names.join("; "));
    let forms = Forms {
        ldif: Form::Written("inferred: no article describes writing restrictions over LDAP, or warns against it".into()),
        table: Table::Says(
            "documented: ~DEL<value> takes one value away (Q184536); it needs the later Dapi.dll, of the latest service pack"
                .into(),
        ),
    };
    let mut remedy = context.remedy(&seen, vec![take(attribute, dead)], does, forms);
    if attribute.starts_with("Unauth") || attribute.starts_with("DL-Mem-Reject") {
        remedy.inferred.push("That ~DEL<value> works in this column: the article has addresses as its example.".into());
    } else {
        remedy.inferred.push(
            "That ~DEL<value> works in this column: the article has addresses as its example; the column is that of Q151784."
                .into(),
        );
    }
    Ok(remedy)
}

/// That somebody is still accepted, by the other of both properties.
///
/// # Errors
/// That nobody is, or that this was not seen.
fn accepts_others(context: &Context<'_>, seen: &Seen<'_>, attribute: &str) -> Result<(), Reason> {
    for other in ACCEPTS.into_iter().filter(|other| *other != attribute) {
        let living = |value: &[u8]| Dn::parse(value).is_ok_and(|dn| matches!(context.questions.object(&dn), Lookup::There(_)));
        if seen.values(other).seen().any(living) {
            return Ok(());
        }
        whole(seen, other)?;
    }
    Err("no accepted sender would be left, and then everybody may send: that is for you to decide".into())
}
