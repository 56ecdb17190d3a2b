//! An X.400 address is replaced by the same address as Exchange writes it.

use crate::exchange::questions::Seen;
use crate::exchange::x400::{Class, examine};
use crate::remedy::context::{Context, give, take, texts};
use crate::remedy::{Form, Forms, Reason, Remedy, Table};

/// `C=`, `A=` and `P=` of an administrator get lower case, and nothing else changes (Q253619).
pub(super) fn of_administrator(context: &Context<'_>) -> Result<Remedy, Reason> {
    rewritten(context, &context.object()?, lower_case, "Q253619")
}

/// An address of a recipient that is sound but for how it is written.
pub(super) fn of_recipient(context: &Context<'_>) -> Result<Remedy, Reason> {
    rewritten(context, &context.subject()?, normalized, "Q263520")
}

fn rewritten(
    context: &Context<'_>,
    seen: &Seen<'_>,
    form: fn(&str) -> Result<String, Reason>,
    article: &str,
) -> Result<Remedy, Reason> {
    let (mut steps, mut told) = (Vec::new(), Vec::new());
    for (place, prefix) in [("textEncodedORAddress", ""), ("otherMailbox", "X400$")] {
        for old in texts(seen, place)? {
            let Some(start) = old.get(..prefix.len()).filter(|start| start.eq_ignore_ascii_case(prefix)) else { continue };
            let new = format!("{start}{}", form(old.get(prefix.len()..).unwrap_or_default())?);
            if new != old {
                told.push(format!("{old} by {new}"));
                steps.push(take(place, vec![old.into_bytes()]));
                steps.push(give(place, new));
            }
        }
    }
    if steps.is_empty() {
        return Err("the address is not where LDAP shows it".into());
    }
    let forms = Forms {
        ldif: Form::Written(format!("inferred: {article} shows the form; writing it over LDAP is inferred")),
        table: Table::Says("inferred: that the primary address of a table takes the place of the one of its type".into()),
    };
    let mut remedy = context.remedy(seen, steps, format!("Replaces {}.", told.join("; ")), forms);
    remedy.inferred.push("That a server takes a value which differs only in the case of letters for another one.".into());
    Ok(remedy)
}

/// The keys that the service looks for in lower case, outside of values; a pair of `;` is one within a value.
fn lower_case(text: &str) -> Result<String, Reason> {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while !rest.is_empty() {
        let (term, after) = rest.split_at_checked(end_of_term(rest)).unwrap_or((rest, ""));
        let bare = term.trim_start();
        let (key, value) = bare.split_at_checked(1).unwrap_or((bare, ""));
        out.push_str(term.get(..term.len() - bare.len()).unwrap_or_default());
        match key {
            "C" | "A" | "P" if value.trim_start().starts_with('=') => out.push_str(&key.to_ascii_lowercase()),
            _ => out.push_str(key),
        }
        out.push_str(value);
        rest = after;
    }
    Ok(out)
}

/// Behind the `;` that ends a term.
fn end_of_term(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at += 1;
        if *byte == b';' {
            if bytes.get(at) != Some(&b';') {
                return at;
            }
            at += 1;
        }
    }
    text.len()
}

fn normalized(text: &str) -> Result<String, Reason> {
    let examined = examine(text);
    match examined.normalized {
        Some(form) if examined.class != Class::Ok => Ok(form),
        Some(_) => Ok(text.to_owned()),
        None => Err("the address is broken: the directory does not say what it was meant to be".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_keys_change() {
        for (text, expected) in [
            ("C=US; A=ADMD; P=PRMD; S=Administrator", "c=US; a=ADMD; p=PRMD; S=Administrator"),
            ("C=US;A= ;P=A;;P=B;s=C=A;", "c=US;a= ;p=A;;P=B;s=C=A;"),
            ("c=US;a= ;", "c=US;a= ;"),
            ("", ""),
            (";;;A=x", ";;;a=x"),
        ] {
            assert_eq!(lower_case(text).as_deref(), Ok(expected), "{text}");
        }
    }
}
