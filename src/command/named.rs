//! The object or the server that a change is about, as the command line names it.

use super::failure::Failure;
use crate::directory::dn::Dn;
use crate::exchange::identify::{Unidentified, identify};
use crate::exchange::naming;
use crate::exchange::questions::{Lookup, Questions};
use crate::exchange::selection::Selection;

/// Candidates that are named.
const MOST: usize = 5;

/// The object of that name: a DN in either form, an SMTP address, an alias, a display name, or the name of a server or connector.
///
/// # Errors
/// Usage: there is no such object, or several; objects of about that name are told. One that was not seen cannot be checked.
pub(super) fn object(questions: &Questions, text: &str) -> Result<Dn, Failure> {
    let dn = identify(questions, text).map_err(|error| Failure::usage(format!("--object: {error}")))?;
    match questions.object(&dn) {
        Lookup::Deleted(_) => Err(Failure::usage(format!("--object: {dn} is deleted already"))),
        Lookup::There(_) => Ok(dn),
        // an object that may be deleted is there all the same
        Lookup::Gone(..) | Lookup::Open(_) if questions.find(&dn).is_some() => Ok(dn),
        Lookup::Gone(..) | Lookup::Open(_) => {
            // what is called so elsewhere, or nearly so
            let others = match identify(questions, &dn.leaf()) {
                Ok(other) => vec![other.to_string()],
                Err(Unidentified::Several { candidates, .. }) => candidates,
                Err(Unidentified::Unknown { nearest, .. }) => nearest,
                Err(_) => Vec::new(),
            };
            let other = if others.is_empty() { String::new() } else { format!("; did you mean {}?", listed(&others)) };
            Err(Failure::usage(format!("--object: {dn} was not seen in {}{other}", questions.location())))
        }
    }
}

/// The server of that name: a computer name, or a DN in either form.
///
/// # Errors
/// Usage: there is no such server, or several; those seen are told.
pub(super) fn server(questions: &Questions, text: &str) -> Result<Dn, Failure> {
    let all = Selection::named("server").map(|servers| questions.all(servers, None));
    let servers: Vec<Dn> = all.iter().flat_map(|all| all.seen()).map(|seen| seen.dn()).collect();
    let is = |dn: &&Dn| match naming::from_either(text) {
        Some(given) => given.number() == dn.number(),
        None => dn.leaf().eq_ignore_ascii_case(text.trim()),
    };
    let found: Vec<&Dn> = servers.iter().filter(is).collect();
    match found.as_slice() {
        [one] => Ok((*one).clone()),
        [] => {
            let mut names: Vec<String> = servers.iter().map(|dn| dn.leaf().into_owned()).collect();
            names.sort_unstable();
            let seen = if names.is_empty() { "none".to_owned() } else { listed(&names) };
            Err(Failure::usage(format!("there is no server {text:?} in {}; seen: {seen}", questions.location())))
        }
        several => {
            let names: Vec<String> = several.iter().map(ToString::to_string).collect();
            Err(Failure::usage(format!("there are {} servers {text:?}; name one by its DN: {}", names.len(), names.join("; "))))
        }
    }
}

fn listed(names: &[String]) -> String {
    let told: Vec<&str> = names.iter().take(MOST).map(String::as_str).collect();
    match names.len().saturating_sub(MOST) {
        0 => told.join("; "),
        more => format!("{} and {more} more", told.join("; ")),
    }
}
