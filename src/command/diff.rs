//! `exaudit diff`: what changed between two reports, or two exports that are audited alike.

use super::failure::Failure;
use super::news::{Looked, unreadable};
use super::outputs::refuse;
use super::perform::{self, Outcome};
use crate::cli::{DiffArgs, SourceArgs};
use crate::exit::{Exit, FailOn};
use crate::news::{Known, compare};
use crate::output::{Destination, Digest, Format, Json, Shape, Style};
use crate::report::Report;
use std::fs::File;
use std::io::{IsTerminal, Read};
use std::path::Path;

/// Bytes at the beginning of a file that show what it is.
const START: usize = 64;

pub(super) fn run(args: &DiffArgs) -> Result<Exit, Failure> {
    let destination = Destination::of(args.output.as_deref());
    refuse(destination.path().into_iter(), &[&args.old, &args.new])?;
    destination.check().map_err(Failure::incomplete)?;
    let old = match read(&args.old, args, None)? {
        Ok(old) => old,
        Err(exit) => return Ok(exit),
    };
    let known = Known::of(&old.report);
    let Outcome { mut report, looked, .. } = match read(&args.new, args, Some(&known))? {
        Ok(new) => new,
        Err(exit) => return Ok(exit),
    };
    let is_there = |target: usize, subject: &str| looked.of(target, subject);
    compare(&known, &args.old.display().to_string(), &mut report, &is_there);
    let on_terminal = destination == Destination::Stdout && std::io::stdout().is_terminal();
    let bytes = match args.format {
        Shape::Json => Json.write(&report),
        Shape::Table => {
            let style = Style::detect(args.color, on_terminal, |name| std::env::var(name).ok());
            Digest { style, only_news: true }.write(&report)
        }
    };
    destination.write(&bytes.map_err(Failure::incomplete)?).map_err(Failure::incomplete)?;
    Ok(Exit::of(&report, FailOn::New, true))
}

/// The report in a file, or that of an audit of the export in it; only what to exit with if that could not be read, and why was told.
fn read(path: &Path, args: &DiffArgs, known: Option<&Known>) -> Result<Result<Outcome, Exit>, Failure> {
    if is_json(path)? {
        let report = Report::read(path).map_err(|error| unreadable(&error))?;
        return Ok(Ok(Outcome { report, looked: Looked::default(), unread: None }));
    }
    let source = SourceArgs { from: vec![path.to_owned()], ..SourceArgs::default() };
    let mut outcome = perform::audit(&source, &args.judge, true, known)?;
    // what is told of it is of the time when it was collected
    if let Some(taken) = outcome.report.targets.first().and_then(|target| target.taken.clone()) {
        outcome.report.started = taken;
    }
    Ok(match outcome.unread {
        Some(exit) => Err(exit),
        None => Ok(outcome),
    })
}

/// Whether a file begins as JSON does. No export does.
fn is_json(path: &Path) -> Result<bool, Failure> {
    if std::fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir()) {
        return Err(Failure::usage(format!("save {} to a file first: it must be read twice", path.display())));
    }
    let mut start = [0; START];
    let length = File::open(path).and_then(|mut file| file.read(&mut start)).map_err(|error| Failure::opening(path, &error))?;
    let first = start.iter().take(length).find(|byte| !byte.is_ascii_whitespace());
    Ok(first == Some(&b'{'))
}
