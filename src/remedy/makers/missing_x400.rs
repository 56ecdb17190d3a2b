//! A missing X.400 address.
//!
//! The documented way is a table of the recipients: an import makes what they lack, from what the directory says (Q244519). What a server
//! makes is derived here too, so that the fix can be rehearsed and written as LDIF; how Exchange derives it is inferred: the site's
//! address (SDK sch_attr_1189), and surname and given name, or the alias as the surname (Q150095), each with `?` for what X.400 does not have,
//! cut to its bound (Books Online xmt02025).

use crate::directory::dn::Dn;
use crate::exchange::naming;
use crate::exchange::questions::Seen;
use crate::exchange::selection::Selection;
use crate::exchange::x400::{self, Key, is_canonical};
use crate::remedy::context::{Context, give, texts};
use crate::remedy::{Form, Forms, Reason, Remedy, Table};

/// The bounds of a surname and a given name (X.411).
const SURNAME: usize = 40;
const GIVEN: usize = 16;

pub(super) fn of_administrator(context: &Context<'_>) -> Result<Remedy, Reason> {
    made(context, &context.object()?)
}

pub(super) fn of_recipient(context: &Context<'_>) -> Result<Remedy, Reason> {
    made(context, &context.subject()?)
}

fn made(context: &Context<'_>, seen: &Seen<'_>) -> Result<Remedy, Reason> {
    if seen.has_class("Public-Folder") {
        return Err("Q244519 is about mailboxes, lists and custom recipients: give the folder its address by hand".into());
    }
    if seen.values("Target-Address").seen().any(|target| target.to_ascii_uppercase().starts_with(b"X400:")) {
        return Err("its target is an X.400 address: no article says which other one Exchange gives it".into());
    }
    if crate::exchange::address::has_type(&seen.shown(), "X400") || seen.questions().find(&seen.dn()).is_none() {
        return Err("it has an X.400 address in another place".into());
    }
    let template = template(context, &seen.dn())?;
    let address = format!("{template}{}", name(seen)?);
    if !is_canonical(address.as_bytes()) {
        return Err(format!("the derived address would be malformed: {address}"));
    }
    if let Some(holder) = context.shared.holders("X400", &address).first() {
        return Err(format!("{holder} already has the derived address {address}; no article says what Exchange does then"));
    }
    let forms = Forms {
        ldif: Form::Written("inferred: the derived address; use it where the import does not make one".into()),
        table: Table::Names(
            "documented: importing a table of the recipients makes the X.400 addresses that they lack (Q244519)".into(),
        ),
    };
    let does = format!("The import makes the X.400 address. As derived: {address}");
    let mut remedy = context.remedy(seen, vec![give("textEncodedORAddress", address)], does, forms);
    remedy.inferred.push("How the address is derived. Compare it with that of a similar recipient of the site.".into());
    if Selection::named("recipient").is_none_or(|all| context.questions.all(all, None).whole().is_err()) {
        remedy.inferred.push("That no recipient has that address: not all of the organization was seen.".into());
    }
    Ok(remedy)
}

/// The site's own X.400 address, which those of its recipients begin with.
fn template(context: &Context<'_>, dn: &Dn) -> Result<String, Reason> {
    let site = naming::real_site_of(dn).ok_or("it belongs to no site")?;
    let selection = Selection::named("site-addressing").ok_or("no Site Addressing is known")?;
    let all = context.questions.all(selection, Some(&site)).living();
    let mut objects = all.seen();
    let (Some(addressing), None) = (objects.next(), objects.next()) else {
        return Err("the Site Addressing of its site was not seen".into());
    };
    let is_x400 = |text: &&String| text.get(..5).is_some_and(|kind| kind.eq_ignore_ascii_case("X400:"));
    if texts(&addressing, "Disabled-Gateway-Proxy")
        .is_ok_and(|off| off.iter().any(|text| text.to_ascii_uppercase().starts_with("X400")))
    {
        return Err("the site makes no X.400 addresses: the type is disabled in Site Addressing".into());
    }
    let templates = texts(&addressing, "Gateway-Proxy")?;
    let mut own = templates.iter().filter(is_x400);
    let (Some(template), None) = (own.next(), own.next()) else {
        return Err("Site Addressing has no X.400 address, or several (see gateway-proxy-x400)".into());
    };
    let template = template.get(5..).unwrap_or_default().trim_start();
    let parsed = x400::parse(template).map_err(|_| "the X.400 address of the site is malformed")?;
    match parsed.terms().last() {
        Some(last) if last.key <= Key::Unit4 => Ok(parsed.to_string()),
        _ => Err("the X.400 address of the site holds more than a site's terms".into()),
    }
}

/// The terms that name the recipient: surname and given name, or the alias as the surname (Q150095).
fn name(seen: &Seen<'_>) -> Result<String, Reason> {
    let one = |attribute: &str| texts(seen, attribute).map(|all| all.into_iter().next().unwrap_or_default());
    let (surname, given) = match seen.has_class("groupOfNames") {
        true => (String::new(), String::new()),
        false => (one("sn")?, one("givenName")?),
    };
    let (surname, given) = (part(&surname, SURNAME), part(&given, GIVEN));
    match (surname.is_empty(), given.is_empty()) {
        (false, true) => Ok(format!("s={surname};")),
        (false, false) => Ok(format!("s={surname};g={given};")),
        (true, false) => Err("it has a given name and no surname: no article says what Exchange makes of that".into()),
        (true, true) => match part(&one("uid")?, SURNAME) {
            alias if alias.is_empty() => Err("it has neither a name nor an alias".into()),
            alias => Ok(format!("s={alias};")),
        },
    }
}

/// A name as X.400 can hold it.
fn part(text: &str, most: usize) -> String {
    let is_printable = |c: char| c.is_ascii_alphanumeric() || " '()+,-./:=?".contains(c);
    let printable: String = text.chars().map(|c| if is_printable(c) { c } else { '?' }).collect();
    let words: Vec<&str> = printable.split(' ').filter(|word| !word.is_empty()).collect();
    let cut: String = words.join(" ").chars().take(most).collect();
    cut.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_made_printable_and_cut() {
        for (text, most, expected) in [
            ("Ferguson & Bardell", 16, "Ferguson ? Barde"),
            ("M\u{fc}ller", 40, "M?ller"),
            ("  a   b;c  ", 40, "a b?c"),
            ("0123456789abcde f", 16, "0123456789abcde"),
            ("\n", 5, "?"),
        ] {
            assert_eq!(part(text, most), expected, "{text}");
        }
    }
}
