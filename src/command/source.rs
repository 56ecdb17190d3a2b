//! Opens what the command line names as the source.

use super::failure::Failure;
use crate::cli::SourceArgs;
use crate::directory::dn::Dn;
use crate::directory::live::{Credentials, LiveError, LiveSource, Secret, SecretError, Settings, StartTls};
use crate::directory::source::{Kind, Source};
use crate::exchange::admin_export::CsvOptions;
use crate::exchange::{discover, export, naming};
use crate::lab;
use crate::output::message;
use std::io::IsTerminal;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// An open source, the base to audit, and what must live as long as it is read.
pub(super) struct Opened {
    /// The source.
    pub(super) source: Box<dyn Source>,
    /// Where to start.
    pub(super) base: Dn,
    _demo: Option<lab::LabHandle>,
}

/// Opens the source; `quiet` keeps the warning about a plain connection back.
///
/// # Errors
/// Usage for arguments that do not fit together, otherwise what kept the source from being read.
pub(super) fn open(args: &SourceArgs, quiet: bool) -> Result<Opened, Failure> {
    if args.password_argument.is_some() {
        return Err(Failure::usage(
            "a password on the command line is seen by everyone on the machine: use -W, -y FILE, --password-stdin or EXAUDIT_PASSWORD",
        ));
    }
    let given = args.base.as_deref().map(base_of).transpose()?;
    if !args.from.is_empty() {
        return open_files(args, given);
    }
    if args.demo {
        return open_demo(args, given);
    }
    let uri = args.uri.clone().ok_or_else(|| Failure::usage("no source: give -H URI, --from FILE or --demo"))?;
    let bind = credentials(args)?;
    let mut live = LiveSource::connect(settings(args, uri, bind)).map_err(refused)?;
    if live.password_in_clear() && !quiet {
        let origin = live.origin();
        message::warning(&format!(
            "the connection to {} is plain: the password went over it in clear text; use ldaps:// or -ZZ where the server can",
            origin.location
        ));
    }
    let base = discover::base(&mut live, given).map_err(Failure::incomplete)?;
    Ok(Opened { source: Box::new(live), base, _demo: None })
}

fn open_files(args: &SourceArgs, given: Option<Dn>) -> Result<Opened, Failure> {
    let site = given.as_ref().and_then(naming::site_of);
    let options = CsvOptions { encoding: args.encoding, separators: args.columns.unwrap_or_default(), site };
    let files = export::open(&args.from, &options).map_err(Failure::incomplete)?;
    let base = given.or_else(|| files.base()).unwrap_or_default();
    Ok(Opened { source: Box::new(files), base, _demo: None })
}

fn open_demo(args: &SourceArgs, given: Option<Dn>) -> Result<Opened, Failure> {
    let data = lab::demo().map_err(Failure::incomplete)?;
    let handle = lab::start(Arc::new(data)).map_err(|e| Failure::incomplete(format!("cannot start the demo server: {e}")))?;
    let bind = Credentials { dn: lab::ADMIN_DN.to_owned(), password: Secret::new(lab::PASSWORD.to_owned()) };
    let uri = format!("ldap://{}", handle.address());
    let mut live = LiveSource::connect(settings(args, uri, Some(bind))).map_err(Failure::incomplete)?.with_kind(Kind::Demo);
    let base = discover::base(&mut live, given).map_err(Failure::incomplete)?;
    Ok(Opened { source: Box::new(live), base, _demo: Some(handle) })
}

/// What was wrong before anything was sent is usage; the rest is the world's.
fn refused(error: LiveError) -> Failure {
    match error {
        LiveError::Uri { .. } | LiveError::EmptyPassword { .. } | LiveError::LongBindDn { .. } => Failure::usage(error),
        _ => Failure::incomplete(error),
    }
}

fn unfit(error: SecretError) -> Failure {
    match error {
        SecretError::Unfit { .. } => Failure::usage(error),
        SecretError::Unreadable { .. } | SecretError::Stdin(_) => Failure::incomplete(error),
    }
}

fn settings(args: &SourceArgs, uri: String, bind: Option<Credentials>) -> Settings {
    Settings {
        uri,
        bind,
        start_tls: match args.start_tls {
            0 => StartTls::No,
            1 => StartTls::Try,
            _ => StartTls::Require,
        },
        ca_file: args.tls_ca.clone(),
        timeout: Duration::from_secs(args.timeout),
        deadline: Instant::now() + Duration::from_secs(args.deadline),
        page_size: args.page_size,
    }
}

fn base_of(text: &str) -> Result<Dn, Failure> {
    naming::from_either(text).ok_or_else(|| {
        Failure::usage(format!("-b {text:?} is not a distinguished name, such as o=ORGANIZATION or ou=SITE,o=ORGANIZATION"))
    })
}

fn credentials(args: &SourceArgs) -> Result<Option<Credentials>, Failure> {
    let Some(dn) = args.bind_dn.clone().filter(|dn| !dn.is_empty()) else { return Ok(None) };
    let password = if let Some(file) = &args.password_file {
        let (secret, warning) = Secret::from_file(file).map_err(unfit)?;
        warning.iter().for_each(|text| message::warning(text));
        secret
    } else if args.password_stdin {
        Secret::from_stdin(&mut std::io::stdin().lock()).map_err(unfit)?
    } else if args.ask_password {
        if !std::io::stdin().is_terminal() {
            return Err(Failure::usage(
                "-W asks on a terminal, and there is none: use -y FILE, --password-stdin or EXAUDIT_PASSWORD",
            ));
        }
        let typed = rpassword::prompt_password(format!("Password of {}: ", crate::output::sanitize::visible(&dn)));
        Secret::new(typed.map_err(|e| Failure::incomplete(format!("cannot read the password: {e}")))?)
    } else {
        match std::env::var("EXAUDIT_PASSWORD") {
            Ok(password) => Secret::new(password),
            Err(_) => {
                return Err(Failure::usage(format!(
                    "a bind as {dn} needs a password: use -W, -y FILE, --password-stdin or EXAUDIT_PASSWORD"
                )));
            }
        }
    };
    Ok(Some(Credentials { dn, password }))
}
