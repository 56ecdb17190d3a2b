//! The targets that the command line names itself, helped by the environment.

use super::MOST;
use super::environment::Environment;
use super::{Files, Place, Server, Target, base_of, password};
use crate::cli::{ReachArgs, SourceArgs};
use crate::command::failure::Failure;
use crate::directory::live::{Credentials, Limits, Settings, StartTls};
use crate::exchange::declaration::Hints;
use std::path::PathBuf;
use std::time::Duration;

/// One target for each `-H`, or the one that `--from`, `--demo` or `LDAPURI` name.
///
/// # Errors
/// Usage: nothing is named, or arguments do not fit; otherwise a password that cannot be read.
pub(super) fn targets(
    source: &SourceArgs,
    hints: &Hints,
    variable: impl Fn(&str) -> Option<String>,
) -> Result<Vec<Target>, Failure> {
    if source.bind.password_argument.is_some() {
        return Err(Failure::usage(
            "a password on the command line is seen by everyone on the machine: use -W, -y FILE, --password-stdin or EXAUDIT_PASSWORD",
        ));
    }
    let given = source.reach.base.as_deref().map(|text| base_of("-b", text)).transpose()?;
    let one = |place, base| vec![Target { name: None, place, base, hints: hints.clone(), most: MOST }];
    if !source.from.is_empty() {
        let files = Files { paths: source.from.clone(), encoding: source.encoding, columns: source.columns };
        return Ok(one(Place::Files(files), given));
    }
    if let Some(demo) = source.demo {
        return Ok(one(Place::Demo(demo, Box::new(server(source, String::new(), None, None))), given));
    }
    let environment = Environment::read(&variable);
    let uris = match (source.uri.as_slice(), &environment.uri) {
        ([], Some(uri)) if uri.split_whitespace().count() > 1 => {
            return Err(Failure::usage(format!("LDAPURI names several servers ({uri}); choose with -H URI")));
        }
        ([], Some(uri)) => vec![uri.clone()],
        ([], None) => return Err(Failure::usage("no source: give -H URI, --from FILE, --config FILE or --demo")),
        (uris, _) => uris.to_vec(),
    };
    if uris.len() > 1 && !hints.declared.is_empty() {
        return Err(Failure::usage(
            "--ims-admin is for one server, and there are several -H: write it into a file (--config FILE, [targets.NAME.ims-admin])",
        ));
    }
    for uri in &uris {
        if std::path::Path::new(uri).is_file() {
            return Err(Failure::usage(format!("{uri} is a file, not the URI of a server: name it with --from {uri}")));
        }
        Settings::new(uri).check_uri().map_err(Failure::usage)?;
    }
    let has_tls = source.reach.start_tls > 0 || uris.iter().any(|uri| uri.to_ascii_lowercase().starts_with("ldaps:"));
    if source.reach.tls_ca.is_some() && !has_tls {
        return Err(Failure::usage("--tls-ca is for TLS, and ldap:// has none: use ldaps:// or -ZZ, or leave --tls-ca out"));
    }
    let base = match (given, &environment.base) {
        (None, Some(text)) => Some(base_of("LDAPBASE", text)?),
        (given, _) => given,
    };
    let bind = password::credentials(&source.bind, &variable)?;
    let ca_file = source.reach.tls_ca.clone().or(environment.ca_file.map(PathBuf::from));
    let target = |uri: String| {
        let place = Place::Server(Box::new(server(source, uri, bind.clone(), ca_file.clone())));
        Target { name: None, place, base: base.clone(), hints: hints.clone(), most: MOST }
    };
    Ok(uris.into_iter().map(target).collect())
}

fn server(source: &SourceArgs, uri: String, bind: Option<Credentials>, ca_file: Option<PathBuf>) -> Server {
    let start_tls = match source.reach.start_tls {
        0 => StartTls::No,
        1 => StartTls::Try,
        _ => StartTls::Require,
    };
    let plaintext_password = source.bind.allow_plaintext_password;
    let settings = Settings { bind, start_tls, ca_file, plaintext_password, ..Settings::new(uri) };
    let mut server = Server { settings, deadline: Duration::from_secs(600), limits: Limits::default() };
    server.pace(&source.reach);
    server
}

impl Server {
    /// Takes over what the command line says of time and size.
    pub(super) fn pace(&mut self, args: &ReachArgs) {
        let Self { settings, deadline, limits } = self;
        settings.timeout = args.timeout.map_or(settings.timeout, Duration::from_secs);
        *deadline = args.deadline.map_or(*deadline, Duration::from_secs);
        settings.page_size = args.page_size.unwrap_or(settings.page_size);
        // they exclude each other, and the command line has the last word
        match (args.pace, args.pipeline) {
            (Some(pace), _) => (settings.pace, settings.pipeline) = (pace, 1),
            (None, Some(several)) => (settings.pace, settings.pipeline) = (Duration::ZERO, usize::from(several)),
            (None, None) => {}
        }
        limits.message = args.max_message.map_or(limits.message, |mib| usize::from(mib) << 20);
    }
}
