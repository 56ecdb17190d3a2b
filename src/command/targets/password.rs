//! Where a password comes from: a file, standard input, the terminal, the environment, a systemd credential. Never the
//! command line.

use crate::cli::BindArgs;
use crate::command::failure::Failure;
use crate::directory::live::{Credentials, Secret, SecretError};
use crate::output::{message, sanitize};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// The credential that is looked for without being named.
const CREDENTIAL: &str = "exaudit.password";

/// Name and password of the command line's bind; none for an anonymous one.
///
/// # Errors
/// Usage if there is no password or it is none; otherwise what kept it from being read.
pub(super) fn credentials(args: &BindArgs, variable: impl Fn(&str) -> Option<String>) -> Result<Option<Credentials>, Failure> {
    let Some(dn) = args.bind_dn.clone() else {
        if variable("EXAUDIT_PASSWORD").is_some() {
            message::warning("EXAUDIT_PASSWORD is set, but without -D DN nobody binds with it: this is an anonymous audit");
        }
        return Ok(None);
    };
    if dn.trim().is_empty() {
        return Err(Failure::usage("-D is empty, which would be an anonymous bind; name the account, or leave -D out"));
    }
    check_name(&dn)?;
    let credential = |name: &str| credential_file(&variable, name);
    let password = if let Some(file) = &args.password_file {
        of_file(file)?
    } else if args.password_stdin {
        Secret::from_stdin(&mut std::io::stdin().lock()).map_err(unfit)?
    } else if let Some(name) = &args.credential {
        of_file(&credential(name)?)?
    } else if args.ask_password {
        ask(&dn)?
    } else if let Some(password) = variable("EXAUDIT_PASSWORD") {
        Secret::new(password)
    } else if let Some(file) = credential(CREDENTIAL).ok().filter(|file| file.exists()) {
        of_file(&file)?
    } else {
        return Err(Failure::usage(format!(
            "a bind as {dn} needs a password: use -W, -y FILE, --password-stdin, --credential NAME or EXAUDIT_PASSWORD"
        )));
    };
    Ok(Some(Credentials { dn, password }))
}

/// Refuses a name that was pasted from a page as it stands there.
pub(super) fn check_name(dn: &str) -> Result<(), Failure> {
    let words: Vec<&str> = dn.split(',').filter_map(|rdn| rdn.split_once('=')).map(|(_, word)| word.trim()).collect();
    match words.iter().any(|word| ["ACCOUNT", "DOMAIN"].contains(word)) {
        true => Err(Failure::usage(format!("-D {dn}: put your account and NT domain in place of ACCOUNT and DOMAIN"))),
        false => Ok(()),
    }
}

/// The password in a file; says so if others may read it.
pub(super) fn of_file(file: &Path) -> Result<Secret, Failure> {
    let (secret, warning) = Secret::from_file(file).map_err(unfit)?;
    warning.iter().for_each(|text| message::warning(text));
    Ok(secret)
}

/// The file of a systemd credential (systemd.exec(5), LoadCredential=).
pub(super) fn credential_file(variable: impl Fn(&str) -> Option<String>, name: &str) -> Result<PathBuf, Failure> {
    if name.is_empty() || name.contains('/') || name == ".." || name == "." {
        // it may be the password itself
        return Err(Failure::usage("this is not the name of a credential: it is that of a file, without a folder"));
    }
    match variable("CREDENTIALS_DIRECTORY") {
        Some(folder) => Ok(Path::new(&folder).join(name)),
        None => Err(Failure::usage(format!(
            "the credential {name} does not exist: CREDENTIALS_DIRECTORY is not set; in the systemd unit write LoadCredential={name}:FILE"
        ))),
    }
}

fn ask(dn: &str) -> Result<Secret, Failure> {
    if !std::io::stdin().is_terminal() {
        return Err(Failure::usage(
            "-W asks on a terminal, and there is none: use -y FILE, --password-stdin, --credential NAME or EXAUDIT_PASSWORD",
        ));
    }
    let typed = rpassword::prompt_password(format!("Password of {}: ", sanitize::visible(dn)));
    Ok(Secret::new(typed.map_err(|e| Failure::incomplete(format!("cannot read the password: {e}")))?))
}

fn unfit(error: SecretError) -> Failure {
    match &error {
        SecretError::Unfit { .. } => Failure::usage(error),
        SecretError::Unreadable { source, .. } if source.kind() == std::io::ErrorKind::NotFound => {
            Failure::Absent(error.to_string())
        }
        SecretError::Unreadable { .. } | SecretError::Stdin(_) => Failure::incomplete(error),
    }
}
