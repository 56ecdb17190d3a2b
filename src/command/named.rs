//! The object or the server that a change is about, as the command line names it.

use super::failure::Failure;
use crate::directory::dn::Dn;
use crate::exchange::naming;
use crate::exchange::questions::{Lookup, Questions, Seen};
use crate::exchange::selection::Selection;

/// Candidates that are named.
const MOST: usize = 5;

/// The object of that name: a DN, in either form.
///
/// # Errors
/// Usage: it is no DN, or there is no such object; objects of about that name are told.
pub(super) fn object(questions: &Questions, text: &str) -> Result<Dn, Failure> {
    let Some(dn) = naming::from_either(text) else {
        let like = like(questions, text);
        return Err(Failure::usage(format!("--object {text:?} is not a distinguished name{like}")));
    };
    match questions.object(&dn) {
        Lookup::There(seen) => Ok(seen.dn()),
        Lookup::Deleted(_) => Err(Failure::usage(format!("--object {dn} is deleted already"))),
        // an object that may be deleted is there all the same
        Lookup::Gone(..) | Lookup::Open(_) => match questions.find(&dn) {
            Some(seen) => Ok(seen.dn()),
            None => Err(Failure::usage(format!(
                "--object {dn} was not seen in {}{}",
                questions.location(),
                like(questions, &dn.leaf())
            ))),
        },
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

/// Recipients of about that name, behind a question.
fn like(questions: &Questions, name: &str) -> String {
    let wanted = name.trim().to_lowercase();
    let all = Selection::named("recipient").map(|recipients| questions.all(recipients, None));
    let is = |seen: &Seen<'_>| {
        let texts = ["uid", "cn", "mail"].into_iter().flat_map(|attribute| seen.values(attribute).texts().collect::<Vec<_>>());
        !wanted.is_empty() && texts.chain([seen.dn().leaf().into_owned()]).any(|text| text.to_lowercase().contains(&wanted))
    };
    let mut names: Vec<String> = all.iter().flat_map(|all| all.seen()).filter(is).map(|seen| seen.dn().to_string()).collect();
    names.sort_unstable();
    if names.is_empty() { String::new() } else { format!("; did you mean {}?", listed(&names)) }
}

fn listed(names: &[String]) -> String {
    let told: Vec<&str> = names.iter().take(MOST).map(String::as_str).collect();
    match names.len().saturating_sub(MOST) {
        0 => told.join("; "),
        more => format!("{} and {more} more", told.join("; ")),
    }
}
