//! Two recipients share an address, and one of them has it as a secondary one: that one loses it.

use crate::exchange::address::{ProxyAddress, proxy_addresses};
use crate::exchange::questions::{Lookup, Seen};
use crate::remedy::context::{Context, key, take, texts};
use crate::remedy::{Form, Forms, Reason, Remedy, Table};

pub(super) fn secondary(context: &Context<'_>) -> Result<Remedy, Reason> {
    let subject = context.subject()?;
    let mut changes: Vec<Remedy> = Vec::new();
    for address in proxy_addresses(&subject.shown()).iter().filter(|address| !address.kind.is_empty() && address.kind != "MBX") {
        match context.shared.holders(&address.kind, &address.value) {
            [] | [_] => {}
            [one, other] => {
                let other = if subject.is(one) { other } else { one };
                let Lookup::There(other) = context.questions.object(other) else {
                    return Err("could not confirm that the other recipient exists".into());
                };
                changes.push(decided(context, address, &subject, &other)?);
            }
            more => return Err(format!("{} recipients have the address {}", more.len(), address.value)),
        }
    }
    let mut changes = changes.into_iter();
    let Some(mut remedy) = changes.next() else {
        return Err("the addresses are the same only but for how they are written".into());
    };
    for more in changes {
        remedy.does = format!("{} {}", remedy.does, more.does);
        remedy.changes.extend(more.changes);
    }
    Ok(remedy)
}

/// Takes the address from the one of both whose primary address it is not.
fn decided(context: &Context<'_>, address: &ProxyAddress, subject: &Seen<'_>, other: &Seen<'_>) -> Result<Remedy, Reason> {
    let wanted = key(&address.kind, &address.value);
    let held = |seen: &Seen<'_>| proxy_addresses(&seen.shown()).into_iter().find(|own| key(&own.kind, &own.value) == wanted);
    let (Some(own), Some(others)) = (held(subject), held(other)) else { return Err("the address was not found again".into()) };
    let (loser, keeper, lost) = match (own.primary, others.primary) {
        (true, false) => (other, subject, others),
        (false, true) => (subject, other, own),
        (true, true) => return Err(format!("{} is the reply address of both: who keeps it is for you to decide", address.value)),
        (false, false) => {
            return Err(format!("{} is a secondary address of both: who keeps it is for you to decide", address.value));
        }
    };
    let values = texts(loser, "otherMailbox")?;
    let is_it = |text: &&String| {
        text.split_once('$').is_some_and(|(kind, value)| kind.eq_ignore_ascii_case(&lost.kind) && value == lost.value)
    };
    let value = values.iter().find(is_it).ok_or("the address is not where LDAP shows secondary ones")?;
    let does =
        format!("Takes {} from {}, which has it as a secondary address; {} keeps it.", address.value, loser.dn(), keeper.dn());
    let forms = Forms {
        ldif: Form::Written("inferred: no article describes taking an address away over LDAP, or warns against it".into()),
        table: Table::Says("documented: ~DEL<value> takes one address away (Q184536); it needs the later Dapi.dll".into()),
    };
    let mut remedy = context.remedy(loser, vec![take("otherMailbox", vec![value.clone().into_bytes()])], does, forms);
    remedy.inferred.push("That who has it as the reply address is the one to keep it.".into());
    Ok(remedy)
}
