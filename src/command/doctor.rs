//! `exaudit doctor`: what a connection and its bind can see, before any verdict.

use super::failure::Failure;
use super::perform::{self, rfc3339};
use super::reading::{self, Read};
use super::side_by_side::side_by_side;
use super::targets::{self, Target};
use crate::cli::DoctorArgs;
use crate::clock;
use crate::exchange::collect::Depth;
use crate::exchange::declaration::Hints;
use crate::exchange::probe;
use crate::exchange::questions::Questions;
use crate::exchange::wanted::Wanted;
use crate::exit::Exit;
use crate::output::{Destination, Json, Shape, Style, doctor, message};
use crate::report::{self, EXAMINATION_SCHEMA, Examination, Tool};
use std::io::IsTerminal;

pub(super) fn run(args: &DoctorArgs, verbose: bool) -> Result<Exit, Failure> {
    let destination = Destination::of(args.output.as_deref());
    destination.check().map_err(Failure::incomplete)?;
    let started = clock::now();
    let targets = targets::resolve(&args.source, &Hints::default())?;
    let examined = side_by_side(&targets, examine);
    let mut rows = Vec::new();
    let mut failures = Vec::new();
    for (target, examined) in targets.iter().zip(examined) {
        let label = if targets.len() > 1 { format!("{}: ", target.label()) } else { String::new() };
        rows.push(match examined {
            Ok((row, warning)) => {
                warning.iter().for_each(|text| message::warning(&format!("{label}{text}")));
                row
            }
            Err(failure @ Failure::Usage(_)) if targets.len() == 1 => return Err(failure),
            Err(failure) => {
                message::error(&format!("{label}{failure}"));
                failures.push(failure.exit());
                perform::unread(target, &failure)
            }
        });
    }
    let examination = Examination {
        schema: EXAMINATION_SCHEMA,
        tool: Tool::this(),
        started: rfc3339(started),
        finished: rfc3339(clock::now()),
        complete: rows.iter().all(|row| row.complete),
        targets: rows,
    };
    // a page of nothing would only repeat what was told
    let unread: Option<Exit> =
        failures.iter().copied().max_by_key(|exit| exit.code()).filter(|_| failures.len() == targets.len());
    if let (Some(exit), Destination::Stdout, Shape::Table) = (unread, &destination, args.format) {
        return Ok(exit);
    }
    let on_terminal = destination == Destination::Stdout && std::io::stdout().is_terminal();
    let style = Style::detect(args.color, on_terminal, |name| std::env::var(name).ok());
    let bytes = match args.format {
        Shape::Json => Json::bytes(&examination).map_err(Failure::incomplete)?,
        Shape::Table => doctor::page(&examination, &style, verbose).into_bytes(),
    };
    destination.write(&bytes).map_err(Failure::incomplete)?;
    if let Some(exit) = unread {
        return Ok(exit);
    }
    Ok(if examination.is_of_exchange() { Exit::Clean } else { Exit::Incomplete })
}

/// The row of one target, and what the operator should know of the connection.
fn examine(target: &Target) -> Result<(report::Target, Option<String>), Failure> {
    let read = reading::read(target, &Wanted::default(), Depth::Doctor, &mut |_, _| {})?;
    let Read { directory, origin, found, session, problems, complete, warning } = read;
    let base = found.base.clone().unwrap_or_default();
    let questions = Questions::of(directory, base, Hints::default(), []);
    let mut visibility = probe::look(&questions, &found, &origin, session.as_ref(), complete);
    target.mask(&mut visibility);
    Ok((perform::row(target, origin, questions.organization(), complete, problems, Some(visibility)), warning))
}
