//! `exaudit collect`: what an audit reads of a directory, as LDIF, with a record of how it came to be.

use super::failure::Failure;
use super::targets::{self, Place};
use super::{perform, source};
use crate::check::{Sweeper, wants};
use crate::cli::CollectArgs;
use crate::directory::record::{Record, Recorder, bind_form};
use crate::directory::source::Source;
use crate::exchange::{collect, requests};
use crate::exit::Exit;
use crate::output::{Destination, message};

pub(super) fn run(args: &CollectArgs) -> Result<Exit, Failure> {
    let catalogue = perform::catalogue(args.checks.as_deref())?;
    let checks = perform::needed(&catalogue, args)?;
    let wanted = wants::of(&checks).and(args.ims_admin_attribute.clone());
    let mut sweeper = Sweeper::new(&checks);
    let time = jiff::Timestamp::now();
    let targets = targets::resolve(&args.source, &args.hints())?;
    let [target] = targets.as_slice() else {
        return Err(Failure::usage("collect reads one directory into one file; choose one with -H URI or --target NAME"));
    };
    if matches!(target.place, Place::Files(_)) {
        return Err(Failure::usage(
            "collect reads a server (-H URI or --demo); an export can be audited as it is, with audit --from",
        ));
    }
    let mut opened = source::open(target)?;
    opened.warning.iter().for_each(|text| message::warning(text));
    let base = opened.found.base.clone().map_err(Failure::incomplete)?;
    let origin = opened.source.origin();
    let mut recorder = Recorder::of(opened.source.as_mut());
    let collected = sweeper.watch(|watch| collect::collect_for_later(&mut recorder, &base, target.hints.clone(), &wanted, watch));
    let organization = collected.map_err(Failure::usage)?;
    let mut problems = organization.problems.clone();
    let mut complete = organization.complete;
    if args.all {
        let ended = recorder.search(requests::everything_below(&base, &wanted.all()), &mut |_| {});
        if !ended.is_complete() {
            complete = false;
            let how = ended.trouble().unwrap_or("this bind may not search there");
            problems.push(format!("The search for everything did not complete: {how}."));
        }
    }
    for name in recorder.left_out() {
        problems.push(format!("LDIF cannot hold an attribute of the name {name:?}: it is left out of the file."));
    }
    let about = Record {
        program: concat!("exaudit ", env!("CARGO_PKG_VERSION")).to_owned(),
        server: origin.location,
        time: perform::rfc3339(time),
        bind: bind_form(origin.bind_dn.as_deref()),
        base,
        hidden: organization.sites_and_hidden(),
        ..Record::default()
    };
    let mut bytes = Vec::new();
    let written = recorder.write(about, &mut bytes);
    recorder.close();
    written.map_err(|error| Failure::incomplete(format!("cannot write the directory as LDIF: {error}")))?;
    Destination::of(args.output.as_deref()).write(&bytes).map_err(Failure::incomplete)?;
    problems.iter().for_each(|problem| message::warning(problem));
    Ok(if complete { Exit::Clean } else { Exit::Incomplete })
}
