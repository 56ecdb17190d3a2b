//! What checks want collected: which objects, and which attributes of them.

use super::definition::{Check, Expect, Lesser, Reference};
use crate::exchange::schema;
use crate::exchange::selection::Selection;
use crate::exchange::wanted::{Followed, Wanted, add};

/// What these checks want collected.
pub fn of(checks: &[&Check]) -> Wanted {
    let mut wanted = Wanted::default();
    for check in checks {
        let each = check.subject.each;
        take(each, &mut wanted);
        // what the subject shows
        let only = check.subject.only.iter().flat_map(|only| only.attributes());
        let names: Vec<&str> = only.chain(references(check)).collect();
        names.into_iter().for_each(|name| of_subject(each, name, &mut wanted));
        // what the judged object shows: the subject, or what its reference leads to
        for name in judged(check) {
            match &check.subject.follow {
                None => of_subject(each, name, &mut wanted),
                // the services' own attributes tell an administrator apart, so they are asked of both
                Some(Reference::Administrator) => {
                    add(&mut wanted.services, name);
                    add(&mut wanted.referred, name);
                }
                Some(Reference::Attribute(_)) => {
                    add(&mut wanted.referred, name);
                    add(&mut wanted.configuration_attributes, name);
                }
            }
        }
        follow(check, &mut wanted);
        // of the object that a reference leads to, what only some binds see is proven unset only beside another such attribute
        let needs_rights =
            |name: &str| schema::attribute(name).is_some_and(|known| known.authenticated_only() && !known.withholdable());
        if check.subject.follow.is_some() && judged(check).into_iter().any(needs_rights) {
            add(&mut wanted.referred, "Object-Version");
        }
        if let Expect::Resolves { to: Some(to), .. } = &check.expect {
            to.attributes().into_iter().for_each(|name| {
                add(&mut wanted.referred, name);
                add(&mut wanted.configuration_attributes, name);
            });
        }
        if let Expect::Rule(rule) = &check.expect {
            for (selection, names) in rule.reading().beside() {
                take(selection, &mut wanted);
                names.into_iter().for_each(|name| of_subject(selection, name, &mut wanted));
            }
        }
        // what is not replicated between sites is proven unset only where something like it is seen of the same site
        let is_local = |name: &str| schema::attribute(name).is_some_and(schema::Attribute::local_to_site);
        if judged(check).into_iter().chain(check.subject.only.iter().flat_map(|only| only.attributes())).any(is_local)
            && let Some(protocol) = Selection::named("protocol")
        {
            take(protocol, &mut wanted);
            ["Port-Number", "Anonymous-Access"].into_iter().for_each(|name| add(&mut wanted.configuration_attributes, name));
        }
        // what the servers run decides how bad it is
        if (check.lesser.iter().any(Lesser::is_by_release) || !check.is_for_every_release())
            && let Some(server) = Selection::named("server")
        {
            take(server, &mut wanted);
            add(&mut wanted.configuration_attributes, "serialNumber");
            // a connector is of the server of its message transfer agent
            if each.word().ends_with("connector") {
                add(&mut wanted.configuration_attributes, "Home-MTA");
            }
        }
    }
    wanted
}

/// Whether a check reads this attribute of any object. The administrator of a service stands in its Extension-Data.
pub fn reads(check: &Check, ldap_name: &str) -> bool {
    let wanted = of(&[check]);
    let is = |name: &String| name.eq_ignore_ascii_case(ldap_name);
    let administrator = |reference: Option<&Reference>| matches!(reference, Some(Reference::Administrator));
    let is_manual = matches!(check.expect, Expect::Manual(_));
    let in_settings = !is_manual && (administrator(check.subject.follow.as_ref()) || administrator(check.expect.reference()));
    let looked_up = wanted.followed.iter().any(|followed| is(&followed.attribute)) || wanted.followed_on.iter().any(is);
    wanted.all().iter().any(is) || looked_up || (in_settings && ldap_name.eq_ignore_ascii_case("Extension-Data"))
}

/// The names that must be looked up before the check can judge.
fn follow(check: &Check, wanted: &mut Wanted) {
    let each = check.subject.each;
    let mut note = |name: &str| {
        let followed = Followed { each, only: check.subject.only.clone(), attribute: name.to_owned() };
        if !wanted.followed.contains(&followed) {
            wanted.followed.push(followed);
        }
    };
    match (&check.subject.follow, &check.expect) {
        (_, Expect::Manual(_)) => {}
        (None, Expect::Resolves { reference: Reference::Attribute(name), .. }) => note(name),
        (Some(Reference::Attribute(name)), expect) => {
            note(name);
            if let Expect::Resolves { reference: Reference::Attribute(on), .. } = expect {
                add(&mut wanted.followed_on, on);
            }
        }
        (Some(Reference::Administrator), Expect::Resolves { reference: Reference::Attribute(on), .. }) => {
            add(&mut wanted.followed_on, on);
        }
        _ => {}
    }
}

/// The attributes of the judged object that the check speaks of.
fn judged(check: &Check) -> Vec<&str> {
    let lesser = check.lesser.iter().filter_map(|lesser| lesser.filter.as_ref()).flat_map(|filter| filter.attributes());
    let own: Vec<&str> = match &check.expect {
        Expect::Filter { filter, .. } => filter.attributes(),
        Expect::Rule(rule) => rule.reading().attributes(),
        Expect::Resolves { reference: Reference::Attribute(name), .. } => vec![name],
        Expect::Resolves { .. } | Expect::Set(_) | Expect::Manual(_) => Vec::new(),
    };
    own.into_iter().chain(lesser).collect()
}

/// The attribute of the subject that the check follows.
fn references(check: &Check) -> Option<&str> {
    match &check.subject.follow {
        Some(Reference::Attribute(name)) => Some(name),
        _ => None,
    }
}

fn take(selection: &'static Selection, wanted: &mut Wanted) {
    // services are looked for in any case
    if selection.word() == "ims" {
        return;
    }
    let list = if selection.is_of_recipients() { &mut wanted.recipients } else { &mut wanted.configuration };
    if !list.contains(&selection) {
        list.push(selection);
    }
}

fn of_subject(each: &'static Selection, name: &str, wanted: &mut Wanted) {
    let list = match (each.word(), each.is_of_recipients()) {
        ("ims", _) => &mut wanted.services,
        (_, true) => &mut wanted.recipient_attributes,
        (_, false) => &mut wanted.configuration_attributes,
    };
    add(list, name);
}
