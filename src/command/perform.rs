//! What `audit` and `checklist` share: select, collect, judge, report.

use super::failure::Failure;
use super::news::Looked;
use super::reading::{self, Read};
use super::side_by_side::side_by_side;
use super::targets::{self, Target};
use crate::check::catalogue::Catalogue;
use crate::check::engine::{self, Options};
use crate::check::{Check, unseen, wants};
use crate::cli::{CollectArgs, JudgeArgs, SourceArgs};
use crate::clock;
use crate::directory::live::Settings;
use crate::directory::source::{Kind, Origin};
use crate::exchange::chart::Chart;
use crate::exchange::collect::Depth;
use crate::exchange::declaration::Hints;
use crate::exchange::probe::{self, Visibility};
use crate::exchange::questions::Questions;
use crate::exchange::wanted::Wanted;
use crate::exit::Exit;
use crate::news::Known;
use crate::output::{self, Destination, Progress, message};
use crate::report::{self, Report, Summary};
use std::path::Path;

/// The built-in checks, and the operator's own.
///
/// # Errors
/// Usage, with file and line.
pub(super) fn catalogue(own: Option<&Path>) -> Result<Catalogue, Failure> {
    own.map_or_else(Catalogue::embedded, Catalogue::with_directory).map_err(Failure::usage)
}

/// The checks that the arguments name.
///
/// # Errors
/// Usage, with file and line.
pub(super) fn judged(args: &JudgeArgs) -> Result<Catalogue, Failure> {
    match &args.only_checks {
        Some(folder) => Catalogue::of_directory(folder).map_err(Failure::usage),
        None => catalogue(args.checks.as_deref()),
    }
}

/// Those of the catalogue that the arguments choose.
///
/// # Errors
/// Usage, if there is no such check, or none is left.
pub(super) fn selected<'a>(catalogue: &'a Catalogue, args: &JudgeArgs) -> Result<Vec<&'a Check>, Failure> {
    let chosen = catalogue.select(&args.only, &args.skip, &args.kb).map_err(Failure::usage)?;
    Catalogue::at_least(chosen, args.severity).map_err(Failure::usage)
}

/// The checks that a collection is for, and those that they need.
///
/// # Errors
/// Usage, if there is no such check.
pub(super) fn needed<'a>(catalogue: &'a Catalogue, args: &CollectArgs) -> Result<Vec<&'a Check>, Failure> {
    let selected = catalogue.select(&args.only, &args.skip, &[]).map_err(Failure::usage)?;
    Ok(catalogue.with_needs(&selected))
}

/// Audits what the arguments name: one target, or several side by side. One that cannot be read is a target that is not
/// complete, and what kept it from being read is told.
///
/// # Errors
/// Usage, if the checks cannot be read, or none is chosen.
pub(super) fn audit(source: &SourceArgs, args: &JudgeArgs, quiet: bool, known: Option<&Known>) -> Result<Outcome, Failure> {
    let catalogue = judged(args)?;
    let selected = selected(&catalogue, args)?;
    let most = usize::try_from(args.max_results).unwrap_or(usize::MAX);
    let options = Options { strict: args.strict, each: false, most };
    let run =
        Run { catalogue: &catalogue, selected: &selected, source, hints: &args.hints(), options, quiet, known, beside: None };
    Ok(run.report())
}

/// Judges the checks of a change, and lets somebody look at the directory besides.
pub(super) fn change(source: &SourceArgs, args: &JudgeArgs, quiet: bool, catalogue: &Catalogue, beside: &dyn Beside) -> Outcome {
    let selected: Vec<&Check> = catalogue.checks().iter().filter(|check| beside.asks(check)).collect();
    let most = usize::try_from(args.max_results).unwrap_or(usize::MAX);
    let options = Options { strict: args.strict, each: false, most };
    Run { catalogue, selected: &selected, source, hints: &args.hints(), options, quiet, known: None, beside: Some(beside) }
        .report()
}

/// Who looks at one directory, beside the checks.
pub(super) trait Beside {
    /// Whether it asks what this check says.
    fn asks(&self, check: &Check) -> bool;

    /// Adds what must be read for it.
    fn want(&self, wanted: &mut Wanted);

    /// How deep must be read for it.
    fn depth(&self) -> Depth;

    /// Looks.
    fn look(&self, questions: &Questions, origin: &Origin);
}

/// What is told where no audit was begun, because of what it was to be compared with.
pub(super) fn not_begun(source: &SourceArgs, failure: &Failure) -> Outcome {
    message::error(&failure.to_string());
    let now = rfc3339(clock::now());
    let targets = vec![unread_source(source, failure)];
    let report = Report { started: now.clone(), finished: now, complete: false, targets, ..Report::begun() };
    Outcome { report, looked: Looked::default(), unread: Some(failure.exit()) }
}

/// Runs checks that are tried out: every object that they select is told by itself.
pub(super) fn trial(catalogue: &Catalogue, selected: &[&Check], source: &SourceArgs, hints: &Hints) -> Outcome {
    Run {
        catalogue,
        selected,
        source,
        hints,
        options: Options { each: true, ..Options::default() },
        quiet: false,
        known: None,
        beside: None,
    }
    .report()
}

/// What came of a run.
pub(super) struct Outcome {
    /// The report.
    pub(super) report: Report,
    /// Whether objects that failed before are there.
    pub(super) looked: Looked,
    /// What to exit with where nothing could be read, and the report says only that. It was told already.
    pub(super) unread: Option<Exit>,
}

impl Outcome {
    /// Whether the report is written to this place. A file gets one whatever comes, so that nobody takes the last one for this
    /// run's. On the screen a report of nothing would only repeat what was told; a program that reads it wants it all the same,
    /// unless the command line was wrong.
    pub(super) fn is_written(&self, to: &Destination, quiet: bool, for_programs: bool) -> bool {
        match (to, self.unread) {
            (Destination::File(_), _) => true,
            (Destination::Stdout, Some(exit)) => for_programs && exit != Exit::Usage,
            (Destination::Stdout, None) => !quiet || output::is_news(&self.report),
        }
    }
}

/// One run over the targets.
struct Run<'a> {
    catalogue: &'a Catalogue,
    selected: &'a [&'a Check],
    source: &'a SourceArgs,
    hints: &'a Hints,
    options: Options,
    quiet: bool,
    /// What was known before: its objects are looked for.
    known: Option<&'a Known>,
    /// Who looks besides.
    beside: Option<&'a dyn Beside>,
}

impl Run<'_> {
    fn report(&self) -> Outcome {
        let started = clock::now();
        let judged = self.catalogue.with_needs(self.selected);
        let mut wanted = wants::of(&judged);
        self.beside.iter().for_each(|beside| beside.want(&mut wanted));
        let checks = self.selected.iter().map(|check| check.checked()).collect();
        let left_out = self.catalogue.checks().len() - self.selected.len();
        let mut report = Report { started: rfc3339(started), checks, left_out, ..Report::begun() };
        let mut looked = Looked::default();
        let several = |count: usize| {
            format!("a change is checked in one directory, and {count} are named; name one, of a file of targets with --target")
        };
        let resolved = targets::resolve(self.source, self.hints);
        let targets = match resolved.and_then(|targets| match targets.len() {
            count @ 2.. if self.beside.is_some() => Err(Failure::usage(several(count))),
            _ => Ok(targets),
        }) {
            Ok(targets) => targets,
            Err(failure) => {
                message::error(&failure.to_string());
                let row = unread_source(self.source, &failure);
                let finished = rfc3339(clock::now());
                report = Report { finished, complete: false, targets: vec![row], ..report };
                return Outcome { report, looked, unread: Some(failure.exit()) };
            }
        };
        let alone = targets.len() == 1 && !self.quiet;
        let depth = self.beside.map_or(Depth::Audit, Beside::depth);
        let read = side_by_side(&targets, |target| {
            let progress = Progress::new(alone);
            audited(target, &wanted, depth, &mut |awaited, objects| progress.tell(awaited, objects))
        });
        let mut failures = Vec::new();
        for (target, read) in targets.iter().zip(read) {
            let label = if targets.len() > 1 { format!("{}: ", target.label()) } else { String::new() };
            let row = match read {
                Ok(Audited { questions, visibility, origin, problems, complete, warning }) => {
                    for text in warning.filter(|_| !self.quiet).iter().chain(&problems) {
                        message::warning(&format!("{label}{text}"));
                    }
                    let index = report.targets.len();
                    let findings = engine::judge(self.catalogue, self.selected, &questions, &origin, index, self.options);
                    let unseen = unseen::of(&findings, &questions, &origin, !problems.is_empty());
                    let shown_by_nobody = questions.shown_by_nobody();
                    self.beside.iter().for_each(|beside| beside.look(&questions, &origin));
                    // behind all that is told of what checks asked
                    if let Some(known) = self.known {
                        looked.look(known, index, &questions);
                    }
                    report.results.extend(findings);
                    let row = row(target, origin, questions.organization(), complete, problems, Some(visibility));
                    report::Target { shown_by_nobody, unseen, map: Some(Chart::of(&questions)), ..row }
                }
                Err(failure) => {
                    message::error(&format!("{label}{failure}"));
                    failures.push(failure.exit());
                    unread(target, &failure)
                }
            };
            // an export is as old as it is, and may not say how old
            let last_complete = match row.source {
                Kind::Live | Kind::Demo => row.complete.then(|| report.started.clone()),
                Kind::Ldif | Kind::Csv => row.taken.clone().filter(|_| row.complete),
            };
            report.complete &= row.complete;
            report.targets.push(report::Target { last_complete, ..row });
        }
        report.summary = Summary::of(&report.results);
        report.finished = rfc3339(clock::now());
        let all = failures.len() == targets.len();
        let unread = if failures.contains(&Exit::Incomplete) { Exit::Incomplete } else { Exit::Usage };
        Outcome { report, looked, unread: all.then_some(unread) }
    }
}

/// A target that was read, ready to be judged.
pub(super) struct Audited {
    /// What was read.
    pub(super) questions: Questions,
    /// What its reader can see.
    pub(super) visibility: Visibility,
    /// Where it is from.
    pub(super) origin: Origin,
    /// What went wrong or was noticed, in sentences.
    pub(super) problems: Vec<String>,
    /// Whether everything asked for was answered.
    pub(super) complete: bool,
    /// What the operator should know of the connection.
    pub(super) warning: Option<String>,
}

/// Reads a target so deep, and holds what the operator declares against it.
///
/// # Errors
/// What kept it from being read, or what is declared wrongly.
pub(super) fn audited(
    target: &Target,
    wanted: &Wanted,
    depth: Depth,
    tell: &mut dyn FnMut(&str, u64),
) -> Result<Audited, Failure> {
    let read = reading::read(target, wanted, depth, tell)?;
    reading::check_base(&read, target.base.as_ref())?;
    let base = read.base()?;
    let Read { directory, origin, found, session, mut problems, mut complete, warning } = read;
    let questions = Questions::of(directory, base, target.hints.clone(), wanted.all());
    reading::check_declarations(&questions, &target.hints, complete)?;
    complete &= questions.note_what_was_left_out(&mut problems);
    // what it finds stays beside the verdicts: it is judged by nobody
    let mut visibility = probe::look(&questions, &found, &origin, session.as_ref(), complete);
    target.mask(&mut visibility);
    Ok(Audited { questions, visibility, origin, problems, complete, warning })
}

/// The row of a target that could not be read.
pub(super) fn unread(target: &Target, failure: &Failure) -> report::Target {
    report::Target::unread(target.name.clone(), target.kind(), target.location(), failure.to_string())
}

/// The row of what the command line names, where no target came of it.
fn unread_source(source: &SourceArgs, failure: &Failure) -> report::Target {
    let paths = source.config.iter().chain(&source.from).map(|path| path.display().to_string());
    let uris = source.uri.iter().map(|uri| Settings::new(uri).location());
    let location: Vec<String> = paths.chain(uris).collect();
    let (kind, location) = match (&source.demo, source.from.is_empty()) {
        (Some(_), _) => (Kind::Demo, "the demo organization".to_owned()),
        (None, false) => (Kind::Ldif, location.join(", ")),
        (None, true) => (Kind::Live, location.join(", ")),
    };
    report::Target::unread(None, kind, location, failure.to_string())
}

/// The row of a target that was read.
pub(super) fn row(
    target: &Target,
    origin: Origin,
    organization: Option<String>,
    complete: bool,
    problems: Vec<String>,
    visibility: Option<Visibility>,
) -> report::Target {
    let taken = origin.taken;
    let read = report::Target::at(origin.kind, origin.location);
    report::Target { name: target.name.clone(), organization, complete, problems, visibility, taken, ..read }
}

/// A time in UTC.
pub(super) fn rfc3339(time: jiff::Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
