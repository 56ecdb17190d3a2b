//! A random small organization: sites of those that come with the program, and what administrators and time do to them.

use super::dice::Dice;
use super::object::{ORGANIZATION, Object, POOL, SITES, known, renamed};

/// A random organization.
pub fn organization(dice: &mut Dice) -> Vec<Object> {
    let mut sites: Vec<&str> = Vec::new();
    if dice.percent(50) {
        sites.extend(["ou=NORTH,o=Healthy", "ou=SOUTH,o=Healthy"]);
    }
    if sites.is_empty() || dice.percent(30) {
        let first = dice.below(SITES.len());
        // sites that lead to each other stand beside each other
        let more = 1 + dice.below(if sites.is_empty() { 2 } else { 1 });
        sites.extend(SITES.iter().cycle().skip(first).take(more).copied());
    }
    let is_here = |object: &&Object| object.dn == ORGANIZATION || sites.iter().any(|site| object.site() == Some(site));
    let mut all: Vec<Object> = Vec::new();
    for object in POOL.iter().filter(is_here) {
        if !all.iter().any(|known| known.dn == object.dn) {
            all.push(object.clone());
        }
    }
    for _ in 0..dice.below(12) {
        change(&mut all, dice);
    }
    // the server makes both from the one reply address
    for object in all.iter_mut().filter(|object| object.has("rfc822Mailbox") || object.has("mail")) {
        let mail: Vec<Vec<u8>> = object.of("mail").map(<[u8]>::to_vec).collect();
        object.set("rfc822Mailbox", mail);
    }
    all
}

/// The objects that may be changed: those that hold a container together stay.
fn picked(all: &[Object], dice: &mut Dice, is: impl Fn(&Object) -> bool) -> Option<usize> {
    let can: Vec<usize> = (0..all.len()).filter(|at| is(&all[*at])).collect();
    dice.one(&can).copied()
}

fn is_leaf(all: &[Object], object: &Object) -> bool {
    all.iter().filter(|other| other.is_within(&object.dn)).count() == 1
}

fn add(all: &mut Vec<Object>, object: Object) {
    if !all.iter().any(|known| known.dn.eq_ignore_ascii_case(&object.dn)) {
        all.push(object);
    }
}

/// One change.
fn change(all: &mut Vec<Object>, dice: &mut Dice) {
    match dice.below(14) {
        0 | 1 => drop_attribute(all, dice),
        2 => {
            let Some(at) = picked(all, dice, |object| is_leaf(all, object) && object.dn.matches(',').count() > 1) else { return };
            all.remove(at);
        }
        3 => copy_to_site(all, dice),
        4 => copy_beside(all, dice),
        5 => duplicate_address(all, dice),
        6 => delete(all, dice),
        7 => {
            let Some(at) = picked(all, dice, Object::is_recipient) else { return };
            all[at].set("Hide-From-Address-Book", [b"TRUE".to_vec()]);
        }
        8 | 9 => dangle(all, dice),
        10 => cross(all, dice, true),
        11 => cross(all, dice, false),
        12 => move_recipients(all, dice),
        _ => repoint(all, dice),
    }
}

/// Objects that checks look at more than at plain containers.
fn is_worth_it(object: &Object) -> bool {
    !object.is_a("Container")
}

fn drop_attribute(all: &mut [Object], dice: &mut Dice) {
    let Some(at) = picked(all, dice, is_worth_it) else { return };
    let names: Vec<String> = all[at].names().into_iter().map(str::to_owned).collect();
    let Some(name) = dice.one(&names).filter(|name| !matches!(name.as_str(), "objectClass" | "rdn")) else { return };
    all[at].set(name, []);
}

fn copy_to_site(all: &mut Vec<Object>, dice: &mut Dice) {
    let sites: Vec<String> = all.iter().filter(|object| object.site() == Some(&object.dn)).map(|site| site.dn.clone()).collect();
    let (Some(at), Some(to)) = (picked(all, dice, is_worth_it), dice.one(&sites)) else { return };
    let Some(from) = all[at].site().map(str::to_owned).filter(|from| from != to && *from != all[at].dn) else { return };
    let mut copy = all[at].clone();
    copy.dn = copy.dn.replace(&from, to);
    if dice.percent(50) {
        copy.values.iter_mut().for_each(|(_, value)| *value = renamed(value, &from, to));
    }
    let parent = copy.dn.split_once(",cn=").map(|(_, parent)| format!("cn={parent}"));
    if parent.is_some_and(|parent| all.iter().any(|object| object.dn == parent)) {
        add(all, copy);
    }
}

fn copy_beside(all: &mut Vec<Object>, dice: &mut Dice) {
    let is_one = |object: &Object| is_worth_it(object) && object.dn.starts_with("cn=") && !object.is_a("Directory-Cfg");
    let Some(at) = picked(all, dice, is_one) else { return };
    let (Some((leaf, rest)), number) = (all[at].dn.split_once(",cn="), dice.below(100)) else { return };
    // a service is known by its name, which ends with that of its server in parentheses
    let leaf = leaf.strip_suffix(')').map_or_else(|| format!("{leaf} {number}"), |start| format!("{start}{number})"));
    let rest = rest.to_owned();
    let old = all[at].dn.clone();
    let below: Vec<Object> = all.iter().filter(|object| object.is_within(&old)).cloned().collect();
    for mut copy in below {
        copy.dn = renamed_end(&copy.dn, &old, &format!("{leaf},cn={rest}"));
        if copy.dn.starts_with(&leaf) {
            copy.set("rdn", [leaf.trim_start_matches("cn=").as_bytes().to_vec()]);
        }
        if dice.percent(50) {
            copy.values.iter_mut().for_each(|(_, value)| *value = renamed(value, &old, &format!("{leaf},cn={rest}")));
        }
        add(all, copy);
    }
}

fn renamed_end(dn: &str, old: &str, new: &str) -> String {
    dn.strip_suffix(old).map_or_else(|| dn.to_owned(), |head| format!("{head}{new}"))
}

fn duplicate_address(all: &mut [Object], dice: &mut Dice) {
    let with_address = |object: &Object| object.has("mail") || object.has("textEncodedORAddress") || object.has("otherMailbox");
    let (Some(from), Some(to)) = (picked(all, dice, with_address), picked(all, dice, with_address)) else { return };
    let name = *dice.one(&["mail", "rfc822Mailbox", "textEncodedORAddress", "otherMailbox", "uid"]).expect("one");
    let values: Vec<Vec<u8>> = all[from].of(name).map(<[u8]>::to_vec).collect();
    if name == "otherMailbox" {
        all[to].values.extend(values.into_iter().map(|value| (name.to_owned(), value)));
    } else if !values.is_empty() {
        all[to].set(name, values);
    }
}

fn delete(all: &mut [Object], dice: &mut Dice) {
    let Some(at) = picked(all, dice, |object| is_worth_it(object) && is_leaf(all, object) && object.dn.contains("cn=")) else {
        return;
    };
    // a tombstone keeps little of what the object had
    let kept = |name: &str| matches!(name, "objectClass" | "rdn" | "Object-Version") || (name == "uid");
    all[at].values.retain(|(name, _)| kept(name));
    all[at].set("Is-Deleted", [b"TRUE".to_vec()]);
}

fn is_reference(name: &str) -> bool {
    known(name).is_some_and(exaudit::exchange::schema::Attribute::holds_names)
}

/// Lets a reference lead to somebody else, to nobody, or to what was never there.
fn dangle(all: &mut [Object], dice: &mut Dice) {
    let refers = |object: &Object| object.values.iter().any(|(name, _)| is_reference(name));
    let Some(at) = picked(all, dice, refers) else { return };
    // nothing names a container, or what is deep in one
    let is_named = |object: &Object| object.is_recipient() || object.dn.contains(",cn=Servers,cn=Configuration,");
    let Some(other) = picked(all, dice, |object| is_worth_it(object) && is_named(object)).map(|at| all[at].dn.clone()) else {
        return;
    };
    let places: Vec<usize> = (0..all[at].values.len()).filter(|place| is_reference(&all[at].values[*place].0)).collect();
    let place = *dice.one(&places).expect("it refers");
    let value = String::from_utf8_lossy(&all[at].values[place].1).into_owned();
    let to = match dice.below(5) {
        0 => other,
        1 | 2 => value.split_once(",cn=").map_or(other, |(_, rest)| format!("cn=Nobody,cn={rest}")),
        3 => format!("cn=Nobody,cn=Recipients,ou=NOWHERE,{ORGANIZATION}"),
        _ => all.iter().rev().find(|object| object.is_recipient() && object.is_withdrawn()).map_or(other, |o| o.dn.clone()),
    };
    all[at].values[place].1 = to.into_bytes();
}

/// Gives an object what another one shows, in an attribute that it has too or in one that it lacks.
fn cross(all: &mut [Object], dice: &mut Dice, lacks: bool) {
    let Some(from) = picked(all, dice, is_worth_it) else { return };
    let names: Vec<String> = all[from].names().into_iter().map(str::to_owned).collect();
    let Some(name) = dice.one(&names).filter(|name| !matches!(name.as_str(), "objectClass" | "rdn")) else { return };
    let class = all[from].of("objectClass").next().map(<[u8]>::to_vec);
    let alike = |object: &Object| object.of("objectClass").next().map(<[u8]>::to_vec) == class && object.has(name) != lacks;
    let Some(to) = picked(all, dice, alike) else { return };
    let values: Vec<Vec<u8>> = all[from].of(name).map(<[u8]>::to_vec).collect();
    all[to].set(name, values);
}

/// Moves some recipients of a site to a container of their own; what names them goes on leading where they were, or follows.
fn move_recipients(all: &mut Vec<Object>, dice: &mut Dice) {
    let Some(at) = picked(all, dice, |object| object.is_a("Container") && object.dn.starts_with("cn=Recipients,ou=")) else {
        return;
    };
    let (old, follows) = (all[at].dn.clone(), dice.percent(70));
    let new = old.replace("cn=Recipients", "cn=Others");
    let mut container = all[at].clone();
    container.dn.clone_from(&new);
    container.set("rdn", [b"Others".to_vec()]);
    add(all, container);
    for at in 0..all.len() {
        let is_right_below =
            all[at].dn.strip_suffix(&old).is_some_and(|head| head.ends_with(',') && head.matches(',').count() == 1);
        if !is_right_below || !all[at].is_recipient() || dice.percent(50) {
            continue;
        }
        let (from, to) = (all[at].dn.clone(), renamed_end(&all[at].dn, &old, &new));
        if all.iter().any(|object| object.dn == to) {
            continue;
        }
        all[at].dn.clone_from(&to);
        if follows {
            all.iter_mut().flat_map(|object| &mut object.values).for_each(|(_, value)| *value = renamed(value, &from, &to));
        }
    }
}

/// Lets a service's administrator be somebody else.
fn repoint(all: &mut [Object], dice: &mut Dice) {
    let is_service = |object: &Object| object.has("Extension-Data") && object.is_a("Mail-Gateway");
    let (Some(at), Some(to)) = (picked(all, dice, is_service), picked(all, dice, Object::is_recipient)) else { return };
    let legacy = |dn: &str| dn.split(',').rev().map(|part| format!("/{part}")).collect::<String>();
    let to = if dice.percent(25) { all[to].dn.replacen("cn=", "cn=No", 1) } else { all[to].dn.clone() };
    let names: Vec<String> = all.iter().filter(|object| object.is_recipient()).map(|object| legacy(&object.dn)).collect();
    for (name, value) in &mut all[at].values {
        if name == "Extension-Data" {
            for from in &names {
                *value = renamed(value, &format!("{from}\0"), &format!("{}\0", legacy(&to)));
            }
        }
    }
}
