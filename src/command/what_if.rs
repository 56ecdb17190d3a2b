//! `exaudit what-if`: what a change would break, mend and leave, before anybody makes it. Nothing is written to any server.

mod changes;

use super::failure::Failure;
use super::outputs::refuse;
use super::perform::{self, Audited};
use super::plan;
use super::targets;
use crate::check::rehearse::{Rehearsal, Rehearsed};
use crate::check::wants;
use crate::cli::WhatIfArgs;
use crate::clock;
use crate::directory::record::{About, bind_form, write_directory};
use crate::exchange::collect::Depth;
use crate::exchange::declaration::{Declaration, Hints, Recipient};
use crate::exchange::identify::identify;
use crate::exchange::questions::Questions;
use crate::exchange::rehearse::RehearseError;
use crate::exit::Exit;
use crate::output::{Destination, Digest, Json, Progress, Shape, Style, message};
use crate::report::WhatIf;
use changes::Asked;
use std::io::IsTerminal;
use std::path::Path;

pub(super) fn run(args: &WhatIfArgs) -> Result<Exit, Failure> {
    let destination = Destination::of(args.output.as_deref());
    let written = args.write.as_deref().map(|path| Destination::of(Some(path)));
    let read: Vec<&Path> = args.source.files().chain(args.change.iter().map(|path| path.as_path())).collect();
    refuse(destination.path().into_iter().chain(args.write.as_deref()), &read)?;
    for place in std::iter::once(&destination).chain(&written) {
        place.check().map_err(Failure::incomplete)?;
    }
    let files = changes::files(&args.change)?;
    let catalogue = perform::judged(&args.judge)?;
    let selected = perform::selected(&catalogue, &args.judge)?;
    let wanted = wants::of(&catalogue.with_needs(&selected)).and(changes::attributes(&files, &args.set)?);
    let hints = args.judge.hints();
    if args.source.explain_plan {
        return plan::change(&args.source, &args.judge, &wanted, Depth::Everything);
    }
    let started = perform::rfc3339(clock::now());
    let targets = targets::resolve(&args.source, &hints)?;
    let [target] = targets.as_slice() else {
        return Err(Failure::usage("what-if changes one directory; choose one with -H URI, --from FILE or --target NAME"));
    };
    let progress = Progress::new(true);
    let tell = &mut |awaited: &str, objects| progress.tell(awaited, objects);
    let Audited { questions, origin, problems, complete, warning, .. } =
        perform::audited(target, &wanted, Depth::Everything, tell)?;
    drop(progress);
    warning.iter().chain(&problems).for_each(|text| message::warning(text));

    let Asked { changes, words, notes } = changes::all(args, files, &questions)?;
    let then = instead(&target.hints, &args.set_ims_admin, &questions)?;
    let options = crate::check::engine::Options { strict: args.judge.strict, ..Default::default() };
    let rehearsal = Rehearsal { catalogue: &catalogue, selected: &selected, origin: &origin, options };
    let rehearsed = rehearsal.run(&questions, &changes, then, wanted.all()).map_err(|error| match &error {
        RehearseError::Refused(_) => Failure::usage(&error),
        RehearseError::Unseen(_) => {
            Failure::incomplete(format!("{error}; read more of the directory: another base, or more rights"))
        }
    })?;
    let Rehearsed { shifts, before, after, unseen, then } = rehearsed;
    // as the directory would be: the change itself may create who is named
    args.set_ims_admin.iter().try_for_each(|set| somebody(&set.recipient, &then))?;
    let organization = questions.organization();
    if let (Some(place), Some(path)) = (&written, &args.write) {
        let about = About {
            program: concat!("exaudit ", env!("CARGO_PKG_VERSION"), " what-if").to_owned(),
            server: origin.location.clone(),
            time: started.clone(),
            bind: bind_form(origin.bind_dn.as_deref()),
            base: questions.base().clone(),
            hidden: then.sites_and_hidden(),
            notes: vec!["No server shows this: it is the directory as a change would leave it.".into()],
        };
        save(then, &about, place, path)?;
    }
    let row = perform::row(target, origin, organization, complete, problems, None);
    let what_if = WhatIf { started, changes: words, unseen, notes, before, after, ..WhatIf::begun(row) }.with(shifts);
    let on_terminal = destination == Destination::Stdout && std::io::stdout().is_terminal();
    let bytes = match args.format {
        Shape::Json => Json::bytes(&what_if),
        Shape::Table => {
            let style = Style::detect(args.color, on_terminal, |name| std::env::var(name).ok());
            Ok(Digest { style, only_news: false }.what_if(&what_if))
        }
    };
    destination.write(&bytes.map_err(Failure::incomplete)?).map_err(Failure::incomplete)?;
    Ok(exit(&what_if, args))
}

/// What to exit with: a failure that the change causes, else what is not known.
fn exit(what_if: &WhatIf, args: &WhatIfArgs) -> Exit {
    match what_if.worst() {
        Some(worst) if args.fail_on.counts(worst) => Exit::Findings,
        _ if !what_if.unseen.is_empty() || !what_if.undecided.is_empty() || !what_if.target.complete => Exit::Incomplete,
        _ => Exit::Clean,
    }
}

/// What the operator would declare then: the new administrators in the place of those of the same services.
fn instead(hints: &Hints, set: &[Declaration], questions: &Questions) -> Result<Hints, Failure> {
    let mut then = hints.clone();
    let services = questions.services();
    for declaration in set {
        let Some(service) = services.iter().find(|service| declaration.is_for(service)) else {
            let seen: Vec<&str> = services.iter().filter_map(|service| service.server.as_deref()).take(20).collect();
            let seen = if seen.is_empty() { "none".to_owned() } else { seen.join(", ") };
            return Err(Failure::usage(format!(
                "--set-ims-admin: no Internet Mail Service on {} was found; found: {seen}",
                declaration.server
            )));
        };
        then.declared.retain(|other| !other.is_for(service));
        then.declared.push(declaration.clone());
    }
    Ok(then)
}

/// Whether an administrator is somebody: a name must lead to a recipient, while a DN may be that of one that was not seen.
fn somebody(recipient: &Recipient, then: &Questions) -> Result<(), Failure> {
    let (Recipient::Smtp(name) | Recipient::Name(name)) = recipient else { return Ok(()) };
    let (dead, living) = recipient.filter().map(|filter| then.recipients_that_match(&filter)).unwrap_or_default();
    if !dead.is_empty() || !living.is_empty() {
        return Ok(());
    }
    Err(Failure::usage(match identify(then, name) {
        Ok(dn) => format!("--set-ims-admin: {dn} is not a recipient"),
        Err(error) => format!("--set-ims-admin: {error}"),
    }))
}

/// Saves the directory as it would be.
fn save(then: Questions, about: &About, place: &Destination, path: &Path) -> Result<(), Failure> {
    let directory = then.into_directory();
    let (mut bytes, mut left_out) = (Vec::new(), Vec::new());
    let written = write_directory(&directory, about, &mut bytes, &mut left_out);
    written.map_err(|error| Failure::incomplete(format!("cannot write the directory as LDIF: {error}")))?;
    place.write(&bytes).map_err(Failure::incomplete)?;
    for name in left_out {
        message::warning(&format!("LDIF cannot hold an attribute of the name {name:?}: it is left out of {}", path.display()));
    }
    message::notice(&format!("wrote {}: the directory as the change would leave it", path.display()));
    Ok(())
}
