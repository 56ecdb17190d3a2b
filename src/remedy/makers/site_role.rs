//! A role that names a server which is gone goes to the only server of the site (Q152960). Where a site has several, the operator
//! chooses.

use crate::directory::dn::Dn;
use crate::directory::text::text_of;
use crate::exchange::naming;
use crate::exchange::questions::Lookup;
use crate::exchange::selection::Selection;
use crate::remedy::context::{Context, give, take, whole};
use crate::remedy::{Form, Forms, Reason, Remedy, Table};

pub(super) fn routing(context: &Context<'_>) -> Result<Remedy, Reason> {
    let page =
        "no article describes writing the role over LDAP; the documented way is the General page of Site Addressing (Q152960)";
    role(context, "Rid-Server", page)
}

pub(super) fn address_book(context: &Context<'_>) -> Result<Remedy, Reason> {
    let page =
        "no article describes writing the role over LDAP; the documented way is the page of DS Site Configuration (Q152960)";
    role(context, "Off-Line-AB-Server", page)
}

pub(super) fn public_store(context: &Context<'_>) -> Result<Remedy, Reason> {
    let page = "no article describes writing it over LDAP; the documented way is the General page of the private store (Q152960)";
    role(context, "Home-Public-Server", page)
}

pub(super) fn folders(context: &Context<'_>) -> Result<Remedy, Reason> {
    let page = "the value is the one that Q152960 has you type in raw mode; writing it over LDAP is inferred";
    role(context, "Site-Folder-Server", page)
}

fn role(context: &Context<'_>, attribute: &str, page: &str) -> Result<Remedy, Reason> {
    let seen = context.subject()?;
    let values = whole(&seen, attribute)?;
    let [value] = values.as_slice() else { return Err(format!("its {attribute} holds several values, or none")) };
    let named = Dn::parse(value).map_err(|_| format!("its {attribute} is not a DN"))?;
    if !context.is_gone(&named) {
        return Err(format!("its {attribute} names an object that exists: choose another by hand"));
    }
    let old = naming::server_of(&named).ok_or_else(|| format!("its {attribute} names nothing on a server"))?;
    let only = only_server(context, &seen.dn())?;
    // what the role names of a server is the same of the other: the server itself, or its public store
    let below = named.rdns().iter().take(named.depth().saturating_sub(old.depth())).cloned();
    let target = Dn::new(below.chain(only.rdns().iter().cloned()).collect());
    if !matches!(context.questions.object(&target), Lookup::There(_)) {
        return Err(format!("the only server of the site has no {}", target.leaf()));
    }
    let does = format!("Moves the role from {} to {target}, the only server of the site.", text_of(value));
    let forms = Forms {
        ldif: Form::Written(format!("inferred: {page}")),
        table: Table::Withheld("a table knows mailboxes, distribution lists and custom recipients only (Q146304)".into()),
    };
    let steps = vec![take(attribute, vec![value.clone()]), give(attribute, target.to_string())];
    let mut remedy = context.remedy(&seen, steps, does, forms);
    remedy.inferred.push(format!("That the value names of the new server what it named of the old one: {}.", target.leaf()));
    Ok(remedy)
}

/// The only server of the site that an object is in.
fn only_server(context: &Context<'_>, dn: &Dn) -> Result<Dn, Reason> {
    let site = naming::real_site_of(dn).ok_or("it belongs to no site")?;
    let servers = Selection::named("server").ok_or("no servers are known")?;
    let all = context.questions.all(servers, Some(&site)).living();
    let seen: Vec<Dn> = all.seen().map(|seen| seen.dn()).collect();
    match seen.as_slice() {
        [_, _, ..] => Err(format!("the site has {} servers: choose one", seen.len())),
        _ if all.whole().is_err() => Err("not every server of the site was seen".into()),
        [only] => Ok(only.clone()),
        [] => Err("no server of the site was seen".into()),
    }
}
