//! A name that leads to nothing is cleared: an alternate recipient, the owner of a list.

use crate::directory::dn::Dn;
use crate::directory::text::text_of;
use crate::remedy::context::{Context, take, whole};
use crate::remedy::{Form, Forms, Reason, Remedy, Table};

/// The alternate recipient of a mailbox (Q182558). Its fix offers another or none; none is what needs no choice.
pub(super) fn alternate(context: &Context<'_>) -> Result<Remedy, Reason> {
    let forms = Forms {
        ldif: Form::Written(
            "inferred: no article describes clearing an alternate recipient over LDAP, or warns against it".into(),
        ),
        table: Table::Says("documented: ~DEL clears a field (Q152854)".into()),
    };
    let mut remedy = cleared(context, "Alt-Recipient", forms)?;
    remedy.inferred.push("That no alternate recipient is wanted: the article leaves the choice to you.".into());
    Ok(remedy)
}

/// The owner of a list. Only the Administrator program keeps the Windows NT permissions of a list in step with its owner (Q230665,
/// Q242039), so there is no LDIF.
pub(super) fn owner(context: &Context<'_>) -> Result<Remedy, Reason> {
    let forms = Forms {
        ldif: Form::Withheld(
            "over LDAP the owner changes without the Windows NT permissions that go with it (Q242039, of an owner that is set)"
                .into(),
        ),
        table: Table::Says("documented: ~DEL clears a field (Q152854)".into()),
    };
    let mut remedy = cleared(context, "owner", forms)?;
    remedy.inferred.push(
        "That an import takes the permissions of the former owner away, as the program's own page does (Q230665): look at the \
         Permissions page of the list afterwards."
            .into(),
    );
    Ok(remedy)
}

fn cleared(context: &Context<'_>, attribute: &str, forms: Forms) -> Result<Remedy, Reason> {
    let seen = context.subject()?;
    let values = whole(&seen, attribute)?;
    let [value] = values.as_slice() else { return Err(format!("its {attribute} holds several values, or none")) };
    let named = Dn::parse(value).map_err(|_| format!("its {attribute} is not a DN"))?;
    if !context.is_gone(&named) {
        return Err(format!("its {attribute} names an object that exists: choose another by hand"));
    }
    let does = format!("Clears {attribute}, which is {}.", text_of(value));
    Ok(context.remedy(&seen, vec![take(attribute, vec![value.clone()])], does, forms))
}
