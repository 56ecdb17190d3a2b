//! `exaudit doctor`: what a connection and its bind can see, before any verdict.

use super::failure::Failure;
use super::perform::rfc3339;
use super::source;
use crate::cli::DoctorArgs;
use crate::directory::source::Source;
use crate::exchange::collect;
use crate::exchange::declaration::Hints;
use crate::exchange::discover::{DiscoverError, Found};
use crate::exchange::organization::Organization;
use crate::exchange::probe::{self, Depth};
use crate::exit::Exit;
use crate::output::{Destination, FormatName, Json, Style, doctor};
use crate::report::{EXAMINATION_SCHEMA, Examination, Target, Tool};
use std::io::IsTerminal;

pub(super) fn run(args: &DoctorArgs) -> Result<Exit, Failure> {
    let started = jiff::Timestamp::now();
    let mut looked = source::look(&args.source, false)?;
    let target = examine(looked.source.as_mut(), &looked.found);
    looked.source.close();
    let examination = Examination {
        schema: EXAMINATION_SCHEMA,
        tool: Tool::this(),
        started: rfc3339(started),
        finished: rfc3339(jiff::Timestamp::now()),
        complete: target.complete,
        targets: vec![target],
    };
    let destination = Destination::of(args.output.as_deref());
    let on_terminal = destination == Destination::Stdout && std::io::stdout().is_terminal();
    let style = Style::detect(args.color, on_terminal, |name| std::env::var(name).ok());
    let bytes = match args.format {
        FormatName::Json => Json::bytes(&examination).map_err(Failure::incomplete)?,
        FormatName::Table => doctor::page(&examination, &style).into_bytes(),
    };
    destination.write(&bytes).map_err(Failure::incomplete)?;
    Ok(if examination.is_of_exchange() { Exit::Clean } else { Exit::Incomplete })
}

fn examine(source: &mut dyn Source, found: &Found) -> Target {
    let mut organization = match &found.base {
        Ok(base) => collect::survey(source, base),
        Err(_) => Organization::new(source.origin(), Hints::default()),
    };
    if let Err(error) = &found.base {
        organization.complete = false;
        // Active Directory is a finding of its own
        if !matches!(error, DiscoverError::ActiveDirectory(_)) {
            organization.problems.push(format!("{error}."));
        }
    }
    let visibility = probe::look(source, found, &organization, Depth::Doctor);
    Target {
        source: organization.origin.kind,
        location: organization.origin.location,
        organization: organization.name,
        complete: organization.complete,
        problems: organization.problems,
        visibility: Some(visibility),
    }
}
