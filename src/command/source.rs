//! Opens a target.

use super::failure::Failure;
use super::targets::{Files, Place, Server, Target};
use crate::directory::dn::Dn;
use crate::directory::live::{Credentials, LiveError, LiveSource, Secret, Settings};
use crate::directory::source::{Kind, Source};
use crate::exchange::admin_export::CsvOptions;
use crate::exchange::discover::{self, Found};
use crate::exchange::export::{self, Export, FileError};
use crate::lab;
use std::sync::Arc;
use std::time::Instant;

/// What was opened.
pub(super) enum Opened {
    /// A server that answers.
    Server {
        /// The session.
        source: Box<dyn Source>,
        /// What stands at its root, and with it the base to audit.
        found: Found,
        /// What the operator should know of the connection.
        warning: Option<String>,
        /// The most bytes that what comes may take.
        most: usize,
        /// What must live as long as it is read.
        _demo: Option<lab::LabHandle>,
    },
    /// Files, which were read.
    Files {
        /// What they hold.
        export: Export,
        /// The base that the operator gave.
        given: Option<Dn>,
    },
}

/// Opens a target.
///
/// # Errors
/// Usage for what is refused before anything is sent, otherwise what kept the target from being read.
pub(super) fn open(target: &Target) -> Result<Opened, Failure> {
    let given = target.base.clone();
    match &target.place {
        Place::Files(files) => open_files(files, given, target.most),
        Place::Unready { why, .. } => Err(Failure::incomplete(why)),
        Place::Server(server) => {
            let mut live = connect(server, server.settings.clone())?;
            // who allowed it knows
            let is_told = live.password_in_clear() && !server.settings.plaintext_password;
            let warning = is_told.then(|| {
                format!("the password went to {} in clear text: the connection is not encrypted", live.origin().location)
            });
            let found = discover::look(&mut live, given);
            Ok(Opened::Server { source: Box::new(live), found, warning, most: target.most, _demo: None })
        }
        Place::Demo(demo, server) => {
            let data = demo.load().map_err(Failure::incomplete)?;
            let failed = |error| Failure::incomplete(format!("cannot start the demo server: {error}"));
            let handle = lab::start(Arc::new(data)).map_err(failed)?;
            let bind = Credentials { dn: lab::ADMIN_DN.to_owned(), password: Secret::new(lab::PASSWORD) };
            let settings = Settings { uri: handle.uri(), bind: Some(bind), ..server.settings.clone() };
            let mut live = connect(server, settings)?.with_kind(Kind::Demo);
            let found = discover::look(&mut live, given);
            Ok(Opened::Server { source: Box::new(live), found, warning: None, most: target.most, _demo: Some(handle) })
        }
    }
}

fn open_files(files: &Files, given: Option<Dn>, most: usize) -> Result<Opened, Failure> {
    let options = CsvOptions { encoding: files.encoding, separators: files.columns, base: given.clone() };
    let export = export::read(&files.paths, &options, most).map_err(|error| match &error {
        FileError::Open(open) if open.is_absent() => Failure::Absent(error.to_string()),
        _ => Failure::incomplete(error),
    })?;
    Ok(Opened::Files { export, given })
}

/// Of the time for a run, one part in so many is left for judging and writing.
const JUDGING: u32 = 10;

fn connect(server: &Server, settings: Settings) -> Result<LiveSource, Failure> {
    let now = Instant::now();
    let reading = server.deadline - server.deadline / JUDGING;
    let deadline = now.checked_add(reading).unwrap_or(now);
    LiveSource::connect_with(Settings { deadline, ..settings }, server.limits).map_err(refused)
}

/// What was wrong before anything was sent is usage; the rest is the world's.
fn refused(error: LiveError) -> Failure {
    match &error {
        LiveError::Uri { .. }
        | LiveError::EmptyPassword { .. }
        | LiveError::LongBindDn { .. }
        | LiveError::PlaintextPassword { .. } => Failure::usage(error),
        LiveError::CaFile { path, .. } if !path.exists() => Failure::Absent(error.to_string()),
        _ => Failure::incomplete(error),
    }
}
