//! `exaudit checklist CHANGE`: what must hold before a change, what is done, and what is looked at afterwards, with answers.

use super::checklist::layout;
use super::failure::Failure;
use super::named;
use super::news::News;
use super::outputs::Outputs;
use super::perform::{self, Beside, Outcome};
use super::{plan, uses};
use crate::check::change::{Asked, Asks, Change, Names, OnACopy, answer, unanswered};
use crate::check::engine::Options;
use crate::check::{Catalogue, Check, wants};
use crate::cli::{ChecklistArgs, ChecklistFormat};
use crate::directory::dn::Dn;
use crate::directory::source::Origin;
use crate::exchange::collect::Depth;
use crate::exchange::facts::{Facts, Named};
use crate::exchange::questions::Questions;
use crate::exchange::wanted::Wanted;
use crate::exit::{Exit, FailOn};
use crate::output::checklist::ChangeForm;
use crate::output::{Destination, Style, checks};
use crate::report::Target;
use crate::report::checklist::{CHECKLIST_SCHEMA, Checklist, Go, Item, Planned};
use std::cell::RefCell;
use std::io::IsTerminal;

/// Prints the changes, one line each.
pub(super) fn list(args: &ChecklistArgs) -> Result<Exit, Failure> {
    let catalogue = perform::judged(&args.judge)?;
    let style = Style::detect(args.report.color, std::io::stdout().is_terminal(), |name| std::env::var(name).ok());
    Destination::Stdout.write(checks::changes(&catalogue, &style).as_bytes()).map_err(Failure::incomplete)?;
    Ok(Exit::Clean)
}

/// Prints the searches that a change would need.
pub(super) fn plan(args: &ChecklistArgs, id: &str) -> Result<Exit, Failure> {
    let catalogue = perform::judged(&args.judge)?;
    let change = known(&catalogue, id)?;
    let asked: Vec<&Check> = catalogue.checks().iter().filter(|check| change.checks().any(|id| id == check.id)).collect();
    let mut wanted = wants::of(&catalogue.with_needs(&asked));
    want(&catalogue, change, &mut wanted);
    plan::change(&args.source, &args.judge, &wanted, depth(change))
}

/// Answers the checklist of a change.
pub(super) fn run(args: &ChecklistArgs, id: &str) -> Result<Exit, Failure> {
    let read: Vec<_> = args.source.files().chain(args.waivers.waivers.as_deref()).collect();
    let outputs = Outputs::of(args.report.output.as_deref(), &args.reports, &read)?;
    let catalogue = perform::judged(&args.judge)?;
    let change = known(&catalogue, id)?;
    check_named(change, args)?;
    let news = News::open(&args.waivers, None, args.report.fail_on)?;
    let look = Look {
        catalogue: &catalogue,
        change,
        name: args.object.as_deref().or(args.server.as_deref()),
        fail_on: args.report.fail_on,
        strict: args.judge.strict,
        found: RefCell::default(),
    };
    let mut outcome = perform::change(&args.source, &args.judge, args.report.quiet, &catalogue, &look);
    news.tell(&mut outcome).keep(&outcome)?;
    let found = look.found.into_inner().transpose()?;
    let list = filled(change, found, &outcome, args.report.fail_on);
    let on_terminal = |destination: &Destination| *destination == Destination::Stdout && std::io::stdout().is_terminal();
    let format = args.format.unwrap_or(match on_terminal(&outputs.main) {
        true => ChecklistFormat::Table,
        false => ChecklistFormat::Markdown,
    });
    let is_written = outcome.is_written(&outputs.main, args.report.quiet, format == ChecklistFormat::Json);
    outputs.write(is_written.then_some(format), |format, destination| {
        let style = Style::detect(args.report.color, on_terminal(destination), |name| std::env::var(name).ok());
        let form = match (layout(format), format) {
            (Some(layout), _) => ChangeForm::Told(layout, style),
            (None, ChecklistFormat::Json) => ChangeForm::Json,
            (None, _) => ChangeForm::Page,
        };
        form.write(&list).map_err(Failure::incomplete)
    })?;
    Ok(match (outcome.unread, list.decision.word) {
        (Some(exit), _) => exit,
        (None, Go::Go | Go::GoAfter) => Exit::Clean,
        (None, Go::NoGo) => Exit::Findings,
        (None, Go::NotDecided) if list.complete && args.report.no_fail_on_unknown => Exit::Clean,
        (None, Go::NotDecided) => Exit::Incomplete,
    })
}

/// The change of that name.
fn known<'c>(catalogue: &'c Catalogue, id: &str) -> Result<&'c Change, Failure> {
    catalogue.change(id).map_err(|nearest| {
        let hint = nearest.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
        Failure::usage(format!("there is no change {id:?}{hint} (exaudit checklist --list shows them)"))
    })
}

/// Holds what is named against what the change is about.
fn check_named(change: &Change, args: &ChecklistArgs) -> Result<(), Failure> {
    let given = [(Names::Object, args.object.is_some()), (Names::Server, args.server.is_some())];
    for (names, is_given) in given {
        match (change.names == Some(names), is_given) {
            (true, false) => {
                let what = if names == Names::Object { "object" } else { "server" };
                return Err(Failure::usage(format!("{} is about one {what}: name it with {}", change.id, names.option())));
            }
            (false, true) => {
                let instead = match change.names {
                    Some(other) => format!("name it with {}", other.option()),
                    None => format!("it is about every server and site that is read; leave {} out", names.option()),
                };
                return Err(Failure::usage(format!("{} takes no {}: {instead}", change.id, names.option())));
            }
            _ => {}
        }
    }
    Ok(())
}

/// What a change looks at, beside the checks.
struct Look<'a> {
    catalogue: &'a Catalogue,
    change: &'a Change,
    /// What the command line names.
    name: Option<&'a str>,
    fail_on: FailOn,
    strict: bool,
    found: RefCell<Option<Result<Found, Failure>>>,
}

/// What was found.
struct Found {
    dn: Option<Dn>,
    items: Vec<Item>,
}

impl Beside for Look<'_> {
    fn asks(&self, check: &Check) -> bool {
        self.change.checks().any(|id| id == check.id)
    }

    fn want(&self, wanted: &mut Wanted) {
        want(self.catalogue, self.change, wanted);
    }

    fn depth(&self) -> Depth {
        depth(self.change)
    }

    fn look(&self, questions: &Questions, origin: &Origin) {
        let named = match (self.change.names, self.name) {
            (Some(Names::Object), Some(text)) => named::object(questions, text).map(Some),
            (Some(Names::Server), Some(text)) => named::server(questions, text).map(Some),
            _ => Ok(None),
        };
        let found = named.map(|dn| {
            let asked = Asked { change: self.change, named: named_of(self.change, dn.as_ref()), fail_on: self.fail_on };
            let options = Options { strict: self.strict, ..Options::default() };
            let copy = OnACopy { catalogue: self.catalogue, origin, options, fail_on: self.fail_on };
            let items = answer(asked, questions, &copy);
            Found { dn, items }
        });
        self.found.replace(Some(found));
    }
}

/// How deep must be read for a change: whoever may refer to its object must be seen.
fn depth(change: &Change) -> Depth {
    if change.rehearses() { Depth::Everything } else { Depth::Audit }
}

/// Adds what must be read for the items of a change that no check answers.
fn want(catalogue: &Catalogue, change: &Change, wanted: &mut Wanted) {
    if change.rehearses() {
        let all: Vec<&Check> = catalogue.checks().iter().collect();
        *wanted = wants::of(&all).and(uses::wanted(&all).all());
    }
    let facts = change.items.iter().filter_map(|step| match step.asks {
        Asks::Facts(facts) => Some(facts),
        _ => None,
    });
    // what is named must be found
    let names = match change.names {
        Some(Names::Object) => Facts::named("object"),
        Some(Names::Server) => Facts::named("registry"),
        None => None,
    };
    facts.chain(names).for_each(|facts| facts.want(wanted));
}

fn named_of<'d>(change: &Change, dn: Option<&'d Dn>) -> Named<'d> {
    match (change.names, dn) {
        (Some(Names::Object), Some(dn)) => Named::Object(dn),
        (Some(Names::Server), Some(dn)) => Named::Server(dn),
        _ => Named::Nothing,
    }
}

/// The whole list; where nothing was read, nothing is answered.
fn filled(change: &Change, found: Option<Found>, outcome: &Outcome, fail_on: FailOn) -> Checklist {
    let report = &outcome.report;
    let Found { dn, mut items } = found.unwrap_or_else(|| Found { dn: None, items: unanswered(change) });
    let asked = Asked { change, named: named_of(change, dn.as_ref()), fail_on };
    asked.judged(&mut items, &report.results);
    let name = |names: Names| {
        dn.as_ref()
            .filter(|_| change.names == Some(names))
            .map(|dn| crate::directory::bounded::text(&dn.to_string(), crate::report::LONGEST_NAME).into_owned())
    };
    let nothing = || Target::at(crate::directory::source::Kind::Ldif, String::new());
    Checklist {
        schema: CHECKLIST_SCHEMA,
        tool: report.tool.clone(),
        started: report.started.clone(),
        finished: report.finished.clone(),
        complete: report.complete,
        change: Planned {
            id: change.id.clone(),
            title: change.title.clone(),
            about: change.about.clone(),
            kb: change.kb.clone(),
            object: name(Names::Object),
            server: name(Names::Server),
        },
        decision: asked.decide(&items, report.complete),
        // the facts tell what a map would, and exaudit doctor what is visible
        target: Target { map: None, visibility: None, ..report.targets.first().cloned().unwrap_or_else(nothing) },
        items,
    }
}
