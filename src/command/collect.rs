//! `exaudit collect`: what an audit reads of a directory, as LDIF, with a record of how it came to be.

use super::failure::Failure;
use super::perform;
use super::reading::{self, Read};
use super::targets::{self, Place};
use crate::check::wants;
use crate::cli::{CollectArgs, SourceArgs};
use crate::clock;
use crate::directory::record::{About, bind_form, write_directory};
use crate::exchange::collect::Depth;
use crate::exchange::questions::Questions;
use crate::exit::Exit;
use crate::output::{Destination, Progress, message};

/// A collection is made of a server.
const NO_FILES: &str = "collect reads a server (-H URI or --demo); audit an export as it is, with exaudit audit --from FILE";

/// Refuses an export as the source, before anything else is looked at.
pub(super) fn check_source(source: &SourceArgs) -> Result<(), Failure> {
    if !source.from.is_empty() {
        return Err(Failure::usage(NO_FILES));
    }
    let is_named = !source.uri.is_empty() || source.demo.is_some() || source.config.is_some();
    match is_named || std::env::var_os("LDAPURI").is_some() {
        true => Ok(()),
        false => Err(Failure::usage("no source: give -H URI, --config FILE or --demo")),
    }
}

pub(super) fn run(args: &CollectArgs) -> Result<Exit, Failure> {
    check_source(&args.source)?;
    let destination = Destination::of(args.output.as_deref());
    destination.check().map_err(Failure::incomplete)?;
    let catalogue = perform::catalogue(args.checks.as_deref())?;
    let checks = perform::needed(&catalogue, args)?;
    let wanted = wants::of(&checks).and(args.ims_admin_attribute.clone());
    let time = clock::now();
    let targets = targets::resolve(&args.source, &args.hints())?;
    let [target] = targets.as_slice() else {
        return Err(Failure::usage("collect reads one directory into one file; choose one with -H URI or --target NAME"));
    };
    if matches!(target.place, Place::Files(_)) {
        return Err(Failure::usage(NO_FILES));
    }
    let depth = if args.all { Depth::Everything } else { Depth::Audit };
    let progress = Progress::new(true);
    let read = reading::read(target, &wanted, depth, &mut |awaited, objects| progress.tell(awaited, objects))?;
    drop(progress);
    read.warning.iter().for_each(|text| message::warning(text));
    reading::check_base(&read, target.base.as_ref())?;
    let base = read.base()?;
    let Read { directory, origin, mut problems, complete, .. } = read;
    let questions = Questions::of(directory, base.clone(), target.hints.clone(), []);
    reading::check_declarations(&questions, &target.hints, complete)?;
    let about = About {
        program: concat!("exaudit ", env!("CARGO_PKG_VERSION")).to_owned(),
        server: origin.location.clone(),
        time: perform::rfc3339(time),
        bind: bind_form(origin.bind_dn.as_deref()),
        base,
        hidden: questions.sites_and_hidden(),
        notes: problems.clone(),
    };
    let directory = questions.into_directory();
    let mut left_out = Vec::new();
    let mut bytes = Vec::new();
    let written = write_directory(&directory, &about, &mut bytes, &mut left_out);
    written.map_err(|error| Failure::incomplete(format!("cannot write the directory as LDIF: {error}")))?;
    let objects = directory.len();
    drop(directory);
    destination.write(&bytes).map_err(Failure::incomplete)?;
    for name in left_out {
        problems.push(format!("LDIF cannot hold an attribute of the name {name:?}: it is left out of the file."));
    }
    problems.iter().for_each(|problem| message::warning(problem));
    if origin.is_anonymous() {
        message::warning(
            "anonymous bind: the file contains only what anyone may see, which is recipients (Q156063); bind with -D and -W",
        );
    }
    if let Some(path) = &args.output {
        let how = if complete { "read completely" } else { "NOT read completely" };
        let counted = if objects == 1 { "object" } else { "objects" };
        message::notice(&format!("wrote {}: {objects} {counted}, {how}", path.display()));
    }
    Ok(if complete { Exit::Clean } else { Exit::Incomplete })
}
