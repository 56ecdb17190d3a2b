//! `--explain-plan`: the searches that would be sent, as lines that a shell takes. Nothing is sent.

use super::failure::Failure;
use super::perform;
use super::targets::{self, Place, Server, Target};
use crate::check::wants;
use crate::cli::{CollectArgs, JudgeArgs, SourceArgs, UsesArgs};
use crate::directory::ldapsearch;
use crate::exchange::collect::Depth;
use crate::exchange::declaration::Hints;
use crate::exchange::plan::{self, Step};
use crate::exchange::wanted::Wanted;
use crate::exit::Exit;
use crate::lab;
use crate::output::{Destination, sanitize};

/// Prints the plan of an audit.
///
/// # Errors
/// As resolving the targets; or standard output cannot be written.
pub(super) fn audit(source: &SourceArgs, judge: &JudgeArgs) -> Result<Exit, Failure> {
    let catalogue = perform::judged(judge)?;
    let selected = perform::selected(&catalogue, judge)?;
    let wanted = wants::of(&catalogue.with_needs(&selected));
    print(source, &judge.hints(), |target| plan::audit(target.base.as_ref(), &target.hints, &wanted))
}

/// Prints the plan of a change: what its checks and its facts want, or everything, where it is rehearsed.
///
/// # Errors
/// As [`audit`].
pub(super) fn change(source: &SourceArgs, judge: &JudgeArgs, wanted: &Wanted, depth: Depth) -> Result<Exit, Failure> {
    print(source, &judge.hints(), |target| match depth {
        Depth::Everything => plan::collect(target.base.as_ref(), &target.hints, wanted, true),
        Depth::Audit | Depth::Doctor => plan::audit(target.base.as_ref(), &target.hints, wanted),
    })
}

/// Prints the plan of `exaudit collect`.
///
/// # Errors
/// As [`audit`].
pub(super) fn collect(args: &CollectArgs) -> Result<Exit, Failure> {
    super::collect::check_source(&args.source)?;
    let catalogue = perform::catalogue(args.checks.as_deref())?;
    let checks = perform::needed(&catalogue, args)?;
    let wanted = wants::of(&checks);
    print(&args.source, &args.hints(), |target| plan::collect(target.base.as_ref(), &target.hints, &wanted, args.all))
}

/// Prints the plan of `exaudit uses`.
///
/// # Errors
/// As [`audit`].
pub(super) fn uses(args: &UsesArgs) -> Result<Exit, Failure> {
    let catalogue = perform::catalogue(args.checks.as_deref())?;
    let checks = catalogue.select(&[], &[], &[]).map_err(Failure::usage)?;
    let wanted = super::uses::wanted(&checks);
    print(&args.source, &args.hints(), |target| plan::collect(target.base.as_ref(), &target.hints, &wanted, true))
}

/// Prints the plan of `exaudit doctor`.
///
/// # Errors
/// As [`audit`].
pub(super) fn doctor(source: &SourceArgs) -> Result<Exit, Failure> {
    print(source, &Hints::default(), |target| plan::doctor(target.base.as_ref()))
}

fn print(source: &SourceArgs, hints: &Hints, steps: impl Fn(&Target) -> Vec<Step>) -> Result<Exit, Failure> {
    let targets = targets::resolve(source, hints)?;
    let text: Vec<String> = targets.iter().map(|target| of(target, &steps(target))).collect();
    Destination::Stdout.write(text.join("\n").as_bytes()).map_err(Failure::incomplete)?;
    Ok(Exit::Clean)
}

fn of(target: &Target, steps: &[Step]) -> String {
    let label = sanitize::visible(&target.label());
    let (server, bind_dn, uri) = match &target.place {
        Place::Unready { why, .. } => return format!("# {label}: {}; nothing is sent\n", sanitize::visible(why)),
        Place::Files(_) => return format!("# {label}: a file; nothing is sent\n"),
        Place::Demo(_, server) => (server, Some(lab::ADMIN_DN), "ldap://127.0.0.1:3890".to_owned()),
        Place::Server(server) => (server, server.settings.bind.as_ref().map(|bind| bind.dn.as_str()), server.settings.location()),
    };
    let connection = ldapsearch::connection(&uri, bind_dn);
    let mut text = format!("# {label}: {}\n", manner(server, bind_dn.is_some()));
    for step in steps {
        let line = ldapsearch::line(&connection, &step.search, server.settings.page_size);
        text += &format!("\n# {}\n{}\n", step.why, sanitize::visible(&line));
    }
    text
}

fn manner(server: &Server, binds: bool) -> String {
    let settings = &server.settings;
    let order = match settings.pipeline {
        1 => "one request at a time".to_owned(),
        several => format!("reads of single objects up to {several} at a time"),
    };
    let pause = if settings.pace.is_zero() { String::new() } else { format!(", {} s between them", settings.pace.as_secs_f64()) };
    let bind = if binds { "one connection, a bind" } else { "one connection, no bind" };
    format!("{bind}, {order}{pause}, an unbind; at most {} s", server.deadline.as_secs())
}
