//! What `audit` and `checklist` share: select, collect, judge, report.

use super::failure::Failure;
use super::source;
use crate::check::catalogue::Catalogue;
use crate::check::engine::{self, Options};
use crate::cli::{JudgeArgs, SourceArgs, YesNo};
use crate::exchange::collect;
use crate::exchange::declaration::Hints;
use crate::output::message;
use crate::report::{Report, SCHEMA, Summary, Target, Tool};
use std::path::Path;

/// The built-in checks, and the operator's own.
///
/// # Errors
/// Usage, with file and line.
pub(super) fn catalogue(own: Option<&Path>) -> Result<Catalogue, Failure> {
    own.map_or_else(Catalogue::embedded, Catalogue::with_directory).map_err(Failure::usage)
}

/// Audits one source.
///
/// # Errors
/// [`Failure`] when nothing can be reported.
pub(super) fn audit(source: &SourceArgs, args: &JudgeArgs, quiet: bool) -> Result<Report, Failure> {
    let started = jiff::Timestamp::now();
    let catalogue = catalogue(args.checks.as_deref())?;
    let selected = catalogue.select(&args.only, &args.skip, &args.kb).map_err(Failure::usage)?;
    let hints = Hints {
        declared: args.ims_admin.clone(),
        admin_attribute: args.ims_admin_attribute.clone(),
        sees_hidden: args.sees_hidden.map(|answer| answer == YesNo::Yes),
    };
    let mut opened = source::open(source, quiet)?;
    let extra = engine::attributes(catalogue.checks());
    let collected = collect::collect(opened.source.as_mut(), &opened.base, hints, &extra);
    opened.source.close();
    let organization = collected.map_err(Failure::usage)?;
    let results = engine::judge(&catalogue, &selected, &organization, 0, Options { strict: args.strict });
    for problem in &organization.problems {
        message::warning(problem);
    }
    let target = Target {
        source: organization.origin.kind,
        location: organization.origin.location,
        organization: organization.name,
        complete: organization.complete,
        problems: organization.problems,
    };
    Ok(Report {
        schema: SCHEMA,
        tool: Tool { name: "exaudit", version: env!("CARGO_PKG_VERSION") },
        started: rfc3339(started),
        finished: rfc3339(jiff::Timestamp::now()),
        complete: target.complete,
        targets: vec![target],
        summary: Summary::of(&results),
        results,
    })
}

/// A time in UTC.
pub(super) fn rfc3339(time: jiff::Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
