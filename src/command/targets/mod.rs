//! What is to be audited: servers and exports, from the command line, the environment or a configuration file.

mod arguments;
mod config;
mod environment;
mod password;

use super::failure::Failure;
use crate::cli::SourceArgs;
use crate::directory::csv::{Encoding, Separators};
use crate::directory::dn::Dn;
use crate::directory::live::{Limits, Settings};
use crate::directory::source::Kind;
use crate::exchange::declaration::Hints;
use crate::exchange::naming;
use crate::exchange::probe::Visibility;
use crate::lab::Demo;
use crate::output::message;
use std::path::PathBuf;
use std::time::Duration;

/// One directory to audit.
#[derive(Debug, Clone)]
pub(super) struct Target {
    /// Its name in the configuration file.
    pub(super) name: Option<String>,
    /// Where it is.
    pub(super) place: Place,
    /// Where to start; found if not given.
    pub(super) base: Option<Dn>,
    /// What the operator knows of it.
    pub(super) hints: Hints,
    /// The most bytes that it may take in memory.
    pub(super) most: usize,
}

/// The most bytes that a directory may take, if the command line says nothing: 2048 MiB.
const MOST: usize = 2048 << 20;

impl Target {
    /// Its name, or where it is.
    pub(super) fn label(&self) -> String {
        self.name.clone().unwrap_or_else(|| self.location())
    }

    /// Where it is, without a credential.
    pub(super) fn location(&self) -> String {
        match &self.place {
            Place::Server(server) => server.settings.location(),
            Place::Files(files) => files.paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", "),
            Place::Demo(..) => "the demo organization".into(),
            Place::Unready { location, .. } => location.clone(),
        }
    }

    /// Takes the password out of what the root entry shows: that is the server speaking, not the directory.
    pub(super) fn mask(&self, visibility: &mut Visibility) {
        let Place::Server(server) = &self.place else { return };
        let root = visibility.root.iter_mut().flat_map(|attribute| &mut attribute.values);
        for text in root.chain(&mut visibility.naming_contexts) {
            *text = server.settings.without_password(std::mem::take(text));
        }
    }

    /// What kind of source it is.
    pub(super) fn kind(&self) -> Kind {
        match self.place {
            Place::Server(_) | Place::Unready { .. } => Kind::Live,
            Place::Files(_) => Kind::Ldif,
            Place::Demo(..) => Kind::Demo,
        }
    }
}

/// Where a directory is.
#[derive(Debug, Clone)]
pub(super) enum Place {
    /// On a server.
    Server(Box<Server>),
    /// In files, which are read as one directory.
    Files(Files),
    /// A built-in demo organization.
    Demo(Demo, Box<Server>),
    /// Where it is, and what of its section could not be had: a password, for one.
    Unready {
        /// The URI, without a credential.
        location: String,
        /// Why.
        why: String,
    },
}

/// Exports.
#[derive(Debug, Clone)]
pub(super) struct Files {
    /// The files; `-` is standard input.
    pub(super) paths: Vec<PathBuf>,
    /// The encoding of tables; told from their bytes if not given.
    pub(super) encoding: Option<Encoding>,
    /// What separates what in tables.
    pub(super) columns: Option<Separators>,
}

/// A server, and how it is asked.
#[derive(Debug, Clone)]
pub(super) struct Server {
    /// How to reach it; the deadline is set when it is opened.
    pub(super) settings: Settings,
    /// How long everything may take.
    pub(super) deadline: Duration,
    /// What is accepted of it.
    pub(super) limits: Limits,
}

/// All targets that the command line names, in a stable order: at least one. `hints` are what it says of them.
///
/// # Errors
/// Usage: nothing named, arguments or a file that do not fit; otherwise a password that cannot be read.
pub(super) fn resolve(source: &SourceArgs, hints: &Hints) -> Result<Vec<Target>, Failure> {
    if source.config.is_none() && !source.target.is_empty() {
        return Err(Failure::usage("--target chooses from a file of targets; give --config FILE too"));
    }
    let mut targets = match &source.config {
        Some(path) => {
            if std::env::var_os("EXAUDIT_PASSWORD").is_some() {
                message::warning("EXAUDIT_PASSWORD is not used with --config: each section names its own password");
            }
            config::targets(path, source, hints)
        }
        None => arguments::targets(source, hints, |name| std::env::var(name).ok()),
    }?;
    if let Some(mib) = source.reach.max_directory {
        targets.iter_mut().for_each(|target| target.most = usize::from(mib) << 20);
    }
    Ok(targets)
}

fn base_of(place: &str, text: &str) -> Result<Dn, Failure> {
    naming::from_either(text).ok_or_else(|| {
        Failure::usage(format!("{place} {text:?} is not a distinguished name, such as o=ORGANIZATION or ou=SITE,o=ORGANIZATION"))
    })
}
