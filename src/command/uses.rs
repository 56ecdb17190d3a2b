//! `exaudit uses`: who refers to an object, and what could not be seen that may refer to it too.

use super::failure::Failure;
use super::outputs::refuse;
use super::perform::{self, rfc3339};
use super::reading::{self, Read};
use super::targets;
use crate::check::catalogue::Catalogue;
use crate::check::{Check, uses, wants};
use crate::cli::UsesArgs;
use crate::clock;
use crate::exchange::collect::Depth;
use crate::exchange::identify::{Unidentified, identify};
use crate::exchange::questions::Questions;
use crate::exchange::reference;
use crate::exchange::wanted::{Wanted, add};
use crate::exit::Exit;
use crate::output::{self, Destination, Progress, Style, message};
use crate::report::Uses;
use std::io::IsTerminal;
use std::path::Path;

pub(super) fn run(args: &UsesArgs) -> Result<Exit, Failure> {
    let destination = Destination::of(args.output.as_deref());
    let read: Vec<&Path> = args.source.files().collect();
    refuse(destination.path().into_iter(), &read)?;
    destination.check().map_err(Failure::incomplete)?;
    let catalogue = perform::catalogue(args.checks.as_deref())?;
    let checks = every(&catalogue)?;
    let wanted = wanted(&checks);
    let started = rfc3339(clock::now());
    let targets = targets::resolve(&args.source, &args.hints())?;
    let [target] = targets.as_slice() else {
        return Err(Failure::usage("uses reads one directory; choose one with -H URI, --from FILE or --target NAME"));
    };
    let progress = Progress::new(true);
    let read = reading::read(target, &wanted, Depth::Everything, &mut |awaited, objects| progress.tell(awaited, objects))?;
    drop(progress);
    read.warning.iter().for_each(|text| message::warning(text));
    reading::check_base(&read, target.base.as_ref())?;
    let base = read.base()?;
    let Read { directory, origin, problems, complete, .. } = read;
    let questions = Questions::of(directory, base, target.hints.clone(), wanted.all());
    reading::check_declarations(&questions, &target.hints, complete)?;
    let object = identify(&questions, &args.object).map_err(|error| match error {
        // it may be among what was not read
        Unidentified::Unknown { .. } if !complete => {
            problems.iter().for_each(|problem| message::warning(problem));
            Failure::incomplete(error)
        }
        error => Failure::usage(error),
    })?;
    let row = perform::row(target, origin.clone(), questions.organization(), complete, problems, None);
    let uses = uses::of(&checks, &questions, &object, &origin, row);
    let uses = Uses { started, finished: rfc3339(clock::now()), ..uses };
    let on_terminal = destination == Destination::Stdout && std::io::stdout().is_terminal();
    let style = Style::detect(args.color, on_terminal, |name| std::env::var(name).ok());
    let bytes = output::uses::write(&uses, args.format, &style).map_err(Failure::incomplete)?;
    destination.write(&bytes).map_err(Failure::incomplete)?;
    Ok(Exit::of_uses(&uses))
}

/// Every check: which of them follows a reference is told by themselves.
fn every(catalogue: &Catalogue) -> Result<Vec<&Check>, Failure> {
    catalogue.select(&[], &[], &[]).map_err(Failure::usage)
}

/// What is asked for: every attribute that may refer to something, of every object, in the one search for everything.
pub(super) fn wanted(checks: &[&Check]) -> Wanted {
    let mut names = wants::of(checks).all();
    reference::to_ask_for().for_each(|name| add(&mut names, name));
    Wanted::default().and(names)
}
