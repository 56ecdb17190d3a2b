//! Reading a target: whatever it is, what comes of it is one directory.

use super::failure::Failure;
use super::source::{self, Opened};
use super::targets::Target;
use crate::directory::dn::Dn;
use crate::directory::source::{Ended, Origin, SessionFacts};
use crate::directory::whole::{Directory, Source};
use crate::exchange::collect::{self, Collected, Depth};
use crate::exchange::declaration::{Hints, Server};
use crate::exchange::discover::{DiscoverError, Found};
use crate::exchange::pointer;
use crate::exchange::questions::Questions;
use crate::exchange::wanted::Wanted;

/// A target that was read.
pub(super) struct Read {
    /// Everything that was read.
    pub(super) directory: Directory,
    /// Where it is from.
    pub(super) origin: Origin,
    /// What stands at its root, and with it the base to audit.
    pub(super) found: Found,
    /// What the session knows of itself; none for files.
    pub(super) session: Option<SessionFacts>,
    /// What went wrong or was noticed, in sentences.
    pub(super) problems: Vec<String>,
    /// Whether everything asked for was answered.
    pub(super) complete: bool,
    /// What the operator should know of the connection.
    pub(super) warning: Option<String>,
}

/// Reads what is wanted of a target; `tell` is told now and then what is awaited, and how many objects came.
///
/// # Errors
/// What kept the target from being read.
pub(super) fn read(target: &Target, wanted: &Wanted, depth: Depth, tell: &mut dyn FnMut(&str, u64)) -> Result<Read, Failure> {
    match source::open(target)? {
        Opened::Files { export, given } => {
            let found = Found::in_file(given.or_else(|| export.base.clone()));
            let troubles: Vec<String> = export.directory.sources().iter().filter_map(|source| source.trouble.clone()).collect();
            let complete = export.directory.sources().iter().all(Source::is_whole);
            let told = |how: String| format!("What was read is incomplete: {how}.");
            let problems = troubles.into_iter().map(told).chain(export.notes).collect();
            Ok(Read {
                directory: export.directory,
                origin: export.origin,
                found,
                session: None,
                problems,
                complete,
                warning: None,
            })
        }
        Opened::Server { mut source, found, warning, most, .. } => {
            let origin = source.origin();
            let (directory, mut problems, mut complete) = match &found.base {
                Ok(base) => {
                    let Collected { directory, problems, complete } =
                        collect::collect(source.as_mut(), base, &target.hints, wanted, depth, most, tell);
                    (directory, problems, complete)
                }
                Err(_) => (Directory::default(), Vec::new(), false),
            };
            if let Err(error) = &found.base {
                complete = false;
                // Active Directory is a finding of its own
                if !matches!(error, DiscoverError::ActiveDirectory(_)) {
                    problems.push(format!("{error}."));
                }
            }
            let session = source.session();
            source.close();
            Ok(Read { directory, origin, found, session, problems, complete, warning })
        }
    }
}

impl Read {
    /// Where the audit starts.
    ///
    /// # Errors
    /// Why there is nowhere to start.
    pub(super) fn base(&self) -> Result<Dn, Failure> {
        self.found.base.clone().map_err(Failure::incomplete)
    }
}

/// A base that the operator gave, and at or below which nothing is, leaves nothing to judge.
///
/// # Errors
/// Says so.
pub(super) fn check_base(read: &Read, given: Option<&Dn>) -> Result<(), Failure> {
    let Some(given) = given else { return Ok(()) };
    let location = &read.origin.location;
    if read.directory.entries().any(|entry| entry.dn().is_within(given)) {
        return Ok(());
    }
    let mut searches = read.directory.sources().iter().flat_map(|source| &source.searches);
    if read.session.is_none() {
        let other = read.directory.entries().next().map(|entry| entry.dn().ancestor(1).to_string());
        return other.map_or(Ok(()), |other| {
            Err(Failure::Incomplete(format!(
                "{location} holds nothing at or below the base {given}, but objects of {other}: correct the base, or leave it out"
            )))
        });
    }
    if searches.any(|answered| answered.ended == Ended::NoSuchObject) {
        return Err(Failure::Incomplete(format!(
            "the base {given} does not exist on {location}, or this account may not see it: correct it, or leave it out"
        )));
    }
    Ok(())
}

/// Holds what the operator declares against the services that were seen.
///
/// # Errors
/// Usage: a declaration names a server without a service, or two declarations speak of the same one.
pub(super) fn check_declarations(questions: &Questions, hints: &Hints, complete: bool) -> Result<(), Failure> {
    let services = questions.services();
    let may_be_missing = !complete || (services.is_empty() && !questions.sees_any_configuration());
    for declaration in &hints.declared {
        let server = match &declaration.server {
            Server::Name(name) => name.clone(),
            Server::Dn(dn) => dn.to_string(),
        };
        if !may_be_missing && !services.iter().any(|ims| declaration.is_for(ims)) {
            let mut found: Vec<&str> = services.iter().filter_map(|ims| ims.server.as_deref()).collect();
            found.sort_unstable();
            found.truncate(20);
            let found = if found.is_empty() { "none".to_owned() } else { found.join(", ") };
            return Err(Failure::usage(format!(
                "--ims-admin names {server:?}, but no Internet Mail Service there was found; found: {found}"
            )));
        }
    }
    for ims in services.iter().filter(|ims| pointer::declared(hints, ims).is_some()) {
        if hints.declared.iter().filter(|declaration| declaration.is_for(ims)).count() > 1 {
            return Err(Failure::usage(format!("--ims-admin is given twice for {}", ims.dn)));
        }
    }
    Ok(())
}
