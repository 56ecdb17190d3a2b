//! `exaudit fix`: writes proven plans for what fails. Nothing is applied.

use super::failure::Failure;
use super::perform::{self, Audited};
use super::targets;
use crate::check::Catalogue;
use crate::check::rehearse::Rehearsal;
use crate::check::wants;
use crate::cli::{FixArgs, SourceArgs};
use crate::clock;
use crate::directory::input::describe;
use crate::directory::ldapsearch::quote;
use crate::exchange::collect::Depth;
use crate::exit::Exit;
use crate::output::remedy::{About, plan_page};
use crate::output::{Destination, Digest, Progress, Style, message};
use crate::remedy::{Plans, Tables, change_file, plans, way_back_file};
use clap::ValueEnum;
use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

/// What makers read of objects besides what checks do.
const READ: [&str; 14] = [
    "sn",
    "givenName",
    "uid",
    "Target-Address",
    "textEncodedORAddress",
    "otherMailbox",
    "Proxy-Addresses",
    "Gateway-Proxy",
    "Disabled-Gateway-Proxy",
    "Auth-Orig",
    "Unauth-Orig",
    "DL-Mem-Submit-Perms",
    "DL-Mem-Reject-Perms",
    "owner",
];

pub(super) fn run(args: &FixArgs) -> Result<Exit, Failure> {
    let folder = &args.plan;
    is_free(folder)?;
    let catalogue = perform::judged(&args.judge)?;
    let selected = perform::selected(&catalogue, &args.judge)?;
    let wanted = wants::of(&catalogue.with_needs(&selected)).and(READ.map(str::to_owned).to_vec());
    let hints = args.judge.hints();
    let started = perform::rfc3339(clock::now());
    let targets = targets::resolve(&args.source, &hints)?;
    let [target] = targets.as_slice() else {
        return Err(Failure::usage("fix plans for one directory; choose one with -H URI, --from FILE or --target NAME"));
    };
    let progress = Progress::new(true);
    let tell = &mut |awaited: &str, objects| progress.tell(awaited, objects);
    let Audited { questions, origin, problems, complete, warning, .. } =
        perform::audited(target, &wanted, Depth::Everything, tell)?;
    drop(progress);
    warning.iter().chain(&problems).for_each(|text| message::warning(text));
    let options = crate::check::engine::Options { strict: args.judge.strict, ..Default::default() };
    let rehearsal = Rehearsal { catalogue: &catalogue, selected: &selected, origin: &origin, options };
    let made = plans(&rehearsal, &questions, wanted.all());
    if made.failures > 0 {
        let about = About { location: &origin.location, read: &started };
        write(folder, &files(&made, &catalogue, about).map_err(Failure::incomplete)?)?;
    }
    let style = Style::detect(args.color, io::stdout().is_terminal(), |name| std::env::var(name).ok());
    let page = Digest { style, only_news: false }.fix(&made, folder, &same_source(&args.source));
    Destination::Stdout.write(&page).map_err(Failure::incomplete)?;
    Ok(match () {
        () if made.failures > made.planned => Exit::Findings,
        () if !complete => Exit::Incomplete,
        () => Exit::Clean,
    })
}

/// The options that name the same directory again, for a shell. Never a password: it is asked for, or read from its file.
fn same_source(source: &SourceArgs) -> String {
    let path = |option: &str, path: &Path| format!("{option} {}", quote(&path.to_string_lossy()));
    let text = |option: &str, text: &str| format!("{option} {}", quote(text));
    let mut words: Vec<String> = source.from.iter().map(|file| path("--from", file)).collect();
    words.extend(source.demo.and_then(|demo| demo.to_possible_value()).map(|demo| format!("--demo={}", demo.get_name())));
    words.extend(source.config.iter().map(|file| path("--config", file)));
    words.extend(source.target.iter().map(|name| text("--target", name)));
    words.extend(source.uri.iter().map(|uri| text("-H", uri)));
    words.extend(source.reach.base.iter().map(|base| text("-b", base)));
    words.extend(source.bind.bind_dn.iter().map(|dn| text("-D", dn)));
    words.extend(source.bind.password_file.iter().map(|file| path("-y", file)));
    let flags = [
        (source.bind.ask_password, "-W"),
        (source.bind.password_stdin, "--password-stdin"),
        (source.bind.allow_plaintext_password, "--allow-plaintext-password"),
        (source.reach.start_tls == 1, "-Z"),
        (source.reach.start_tls > 1, "-ZZ"),
    ];
    words.extend(flags.iter().filter(|(is, _)| *is).map(|(_, flag)| (*flag).to_owned()));
    words.extend(source.reach.tls_ca.iter().map(|file| path("--tls-ca", file)));
    words.join(" ")
}

/// All files of the plans, each with its name.
fn files(plans: &Plans, catalogue: &Catalogue, about: About<'_>) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut files = vec![("plan.md".to_owned(), plan_page(plans, catalogue, about))];
    for plan in &plans.plans {
        if plan.remedies.iter().all(|remedy| remedy.forms.ldif.is_written()) {
            files.push((format!("{}.ldif", plan.check), change_file(plan, catalogue)?));
            files.push((format!("{}.rollback.ldif", plan.check), way_back_file(plan, catalogue)?));
        }
        if let Ok(Tables { there, back, .. }) = &plan.tables {
            files.push((format!("{}.csv", plan.check), there.clone()));
            files.push((format!("{}.rollback.csv", plan.check), back.clone()));
        }
    }
    Ok(files)
}

/// Refuses a folder that holds anything: files of another plan among these would be taken for them.
fn is_free(folder: &Path) -> Result<(), Failure> {
    match fs::read_dir(folder) {
        Ok(mut entries) => match entries.next() {
            None => Ok(()),
            Some(_) => Err(Failure::usage(format!("{} is not empty: name a new folder", folder.display()))),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => match parent(folder).is_dir() {
            true => Ok(()),
            false => Err(Failure::usage(format!("{} cannot be created: its parent folder does not exist", folder.display()))),
        },
        Err(error) => Err(Failure::usage(format!("{}: {}", folder.display(), describe(&error)))),
    }
}

/// Writes all files beside the folder first: it appears with all of them, or not at all.
fn write(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Failure> {
    let failed = |error: &io::Error| Failure::incomplete(format!("cannot write {}: {}", folder.display(), describe(error)));
    let fresh = tempfile::Builder::new().prefix(".exaudit-").suffix(".tmp").tempdir_in(parent(folder)).map_err(|e| failed(&e))?;
    for (name, bytes) in files {
        fs::write(fresh.path().join(name), bytes).map_err(|error| failed(&error))?;
    }
    match fs::remove_dir(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(&error)),
        _ => {}
    }
    fs::rename(fresh.path(), folder).map_err(|error| failed(&error))?;
    // what it was called is gone, and must not be looked for
    let _: PathBuf = fresh.keep();
    Ok(())
}

fn parent(folder: &Path) -> PathBuf {
    folder.parent().filter(|parent| !parent.as_os_str().is_empty()).map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}
