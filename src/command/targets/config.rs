//! The targets of a configuration file (docs/configuration.md). What stands there is all that counts: the environment adds
//! nothing, and of the command line only what it says of time and size.

use super::MOST;
use super::{Files, Place, Server, Target, base_of, password};
use crate::check::{nearest, toml_words};
use crate::cli::SourceArgs;
use crate::command::failure::Failure;
use crate::directory::live::{Credentials, Limits, Settings, StartTls};
use crate::exchange::declaration::Hints;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A longer file is not read, bytes.
const LONGEST: u64 = 1 << 20;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    targets: BTreeMap<String, Section>,
    /// Read before ([`crate::settings`]).
    #[serde(default, rename = "audit")]
    _audit: toml::Table,
}

/// One `[targets.NAME]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Section {
    uri: Option<String>,
    from: Option<OneOrMore>,
    encoding: Option<String>,
    columns: Option<String>,
    bind_dn: Option<String>,
    password_file: Option<PathBuf>,
    credential: Option<String>,
    #[serde(default)]
    allow_plaintext_password: bool,
    base: Option<String>,
    #[serde(default)]
    starttls: Words,
    tls_ca: Option<PathBuf>,
    timeout: Option<u32>,
    deadline: Option<u32>,
    page_size: Option<u16>,
    pace: Option<f64>,
    pipeline: Option<u8>,
    #[serde(default)]
    ims_admin: BTreeMap<String, String>,
    ims_admin_attribute: Option<String>,
    sees_hidden: Option<bool>,
}

/// An export, or several that are read as one directory.
#[derive(Deserialize)]
#[serde(untagged, expecting = "from takes a file, or a list of files")]
enum OneOrMore {
    One(PathBuf),
    More(Vec<PathBuf>),
}

/// Whether to ask for StartTLS.
#[derive(Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Words {
    #[default]
    No,
    Try,
    Require,
}

/// The targets of the file, by name.
///
/// # Errors
/// Usage, with the file and the line or the section; otherwise what cannot be read.
pub(super) fn targets(path: &Path, source: &SourceArgs, hints: &Hints) -> Result<Vec<Target>, Failure> {
    if !hints.declared.is_empty() || hints.admin_attribute.is_some() || hints.sees_hidden.is_some() {
        return Err(Failure::usage(
            "--ims-admin, --ims-admin-attribute and --sees-hidden are for one target: with --config, write them into its section",
        ));
    }
    let file = read(path)?;
    if file.targets.is_empty() {
        return Err(Failure::usage(format!(
            "{} names no target: write a section [targets.NAME] with uri or from",
            path.display()
        )));
    }
    for name in &source.target {
        if !file.targets.contains_key(name) {
            let known = file.targets.keys().map(String::as_str);
            let hint = nearest::did_you_mean(nearest::nearest(name, known));
            return Err(Failure::usage(format!("--target {name}: {} has no [targets.{name}]{hint}", path.display())));
        }
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    let chosen = file.targets.into_iter().filter(|(name, _)| source.target.is_empty() || source.target.contains(name));
    chosen
        .map(|(name, section)| {
            let wrong = |problem: String| Failure::usage(format!("{}: [targets.{name}]: {problem}", path.display()));
            let location = Settings::new(section.uri.clone().unwrap_or_default()).location();
            let mut target = match section.target(folder, &wrong) {
                // it concerns this target only
                Err(Failure::Incomplete(why) | Failure::Absent(why)) => Target {
                    name: None,
                    place: Place::Unready { location, why },
                    base: None,
                    hints: Hints::default(),
                    most: MOST,
                },
                outcome => outcome?,
            };
            target.name = Some(name.clone());
            if let Place::Server(server) = &mut target.place {
                server.pace(&source.reach);
            }
            Ok(target)
        })
        .collect()
}

fn read(path: &Path) -> Result<File, Failure> {
    let unreadable = |error: std::io::Error| Failure::opening(path, &error);
    let mut text = String::new();
    let length =
        std::fs::File::open(path).and_then(|file| file.take(LONGEST + 1).read_to_string(&mut text)).map_err(unreadable)?;
    if length as u64 > LONGEST {
        return Err(Failure::usage(format!("{}: it is longer than 1 MiB: is this a configuration file?", path.display())));
    }
    toml::from_str(&text).map_err(|error| {
        let line = toml_words::line_number(&text, error.span().unwrap_or_default().start);
        let whole = toml_words::line_text(&text, line).unwrap_or_default();
        // what stands behind the sign may be a password
        let key = whole.split_once('=').map(|(key, _)| format!(" (in: {} = ...)", key.trim())).unwrap_or_default();
        Failure::usage(format!("{}:{line}: {}{key}", path.display(), toml_words::plain(error.message(), &whole)))
    })
}

impl Section {
    fn target(self, folder: &Path, wrong: &dyn Fn(String) -> Failure) -> Result<Target, Failure> {
        let base = self.base.as_deref().map(|text| base_of("base", text)).transpose().map_err(|e| wrong(e.to_string()))?;
        let hints = self.hints(wrong)?;
        let place = match (&self.uri, &self.from) {
            (Some(uri), None) => Place::Server(Box::new(self.server(uri.clone(), folder, wrong)?)),
            (None, Some(_)) if self.speaks_of_a_server() => {
                return Err(wrong("an export (from) has no bind-dn, password, starttls, tls-ca, or pace".into()));
            }
            (None, Some(from)) => Place::Files(self.files(from, folder, wrong)?),
            _ => return Err(wrong("it needs either uri (a server) or from (an export)".into())),
        };
        Ok(Target { name: None, place, base, hints, most: MOST })
    }

    fn files(&self, from: &OneOrMore, folder: &Path, wrong: &dyn Fn(String) -> Failure) -> Result<Files, Failure> {
        let paths = match from {
            OneOrMore::One(path) => std::slice::from_ref(path),
            OneOrMore::More(paths) if paths.is_empty() => return Err(wrong("from names no file".into())),
            OneOrMore::More(paths) => paths,
        };
        Ok(Files {
            paths: paths.iter().map(|path| folder.join(path)).collect(),
            encoding: self
                .encoding
                .as_deref()
                .map(str::parse)
                .transpose()
                .map_err(|error| wrong(format!("encoding: {error}")))?,
            columns: self.columns.as_deref().map(str::parse).transpose().map_err(|error| wrong(format!("columns: {error}")))?,
        })
    }

    fn speaks_of_a_server(&self) -> bool {
        let texts = [&self.bind_dn, &self.credential].into_iter().any(Option::is_some);
        let files = [&self.password_file, &self.tls_ca].into_iter().any(Option::is_some);
        let pace = self.timeout.is_some() || self.deadline.is_some() || self.page_size.is_some();
        texts || files || pace || self.pace.is_some() || self.pipeline.is_some() || !matches!(self.starttls, Words::No)
    }

    fn hints(&self, wrong: &dyn Fn(String) -> Failure) -> Result<Hints, Failure> {
        let declared = self.ims_admin.iter().map(|(server, recipient)| format!("{server}={recipient}").parse());
        Ok(Hints {
            declared: declared
                .collect::<Result<_, crate::exchange::declaration::DeclarationError>>()
                .map_err(|error| wrong(format!("ims-admin: {error}")))?,
            admin_attribute: self.ims_admin_attribute.clone(),
            sees_hidden: self.sees_hidden,
        })
    }

    fn server(&self, uri: String, folder: &Path, wrong: &dyn Fn(String) -> Failure) -> Result<Server, Failure> {
        let within = |name, value: Option<u32>, most: u32| match value {
            Some(value) if value < 1 || value > most => Err(wrong(format!("{name} = {value} is not between 1 and {most}"))),
            value => Ok(value),
        };
        let mut settings = Settings::new(uri);
        settings.check_uri().map_err(|error| wrong(format!("uri {error}")))?;
        settings.bind = self.bind(folder, wrong)?;
        settings.plaintext_password = self.allow_plaintext_password;
        settings.start_tls = match self.starttls {
            Words::No => StartTls::No,
            Words::Try => StartTls::Try,
            Words::Require => StartTls::Require,
        };
        settings.ca_file = self.tls_ca.as_ref().map(|file| folder.join(file));
        if let Some(seconds) = within("timeout", self.timeout, 86_400)? {
            settings.timeout = Duration::from_secs(u64::from(seconds));
        }
        settings.page_size = self.page_size.map_or(settings.page_size, u32::from);
        if let Some(pace) = self.pace {
            let pause = Some(pace).filter(|pace| (0.0..=3600.0).contains(pace)).and_then(|s| Duration::try_from_secs_f64(s).ok());
            settings.pace = pause.ok_or_else(|| wrong(format!("pace = {pace} is not between 0 and 3600 seconds")))?;
        }
        if let Some(count) = within("pipeline", self.pipeline.map(u32::from), 64)? {
            if !settings.pace.is_zero() {
                return Err(wrong("pace and pipeline exclude each other".into()));
            }
            settings.pipeline = usize::try_from(count).unwrap_or(1);
        }
        let deadline = within("deadline", self.deadline, 604_800)?.unwrap_or(600);
        Ok(Server { settings, deadline: Duration::from_secs(u64::from(deadline)), limits: Limits::default() })
    }

    fn bind(&self, folder: &Path, wrong: &dyn Fn(String) -> Failure) -> Result<Option<Credentials>, Failure> {
        let in_section = |failure: Failure| match failure {
            Failure::Usage(text) => wrong(text),
            other => other,
        };
        let password = match (&self.bind_dn, &self.password_file, &self.credential) {
            (None, None, None) => return Ok(None),
            (None, ..) => return Err(wrong("a password without bind-dn".into())),
            (Some(_), Some(file), None) => password::of_file(&folder.join(file)).map_err(in_section)?,
            (Some(_), None, Some(name)) => {
                let file = password::credential_file(|name| std::env::var(name).ok(), name).map_err(in_section)?;
                password::of_file(&file).map_err(in_section)?
            }
            (Some(_), ..) => return Err(wrong("bind-dn needs either password-file or credential".into())),
        };
        Ok(self.bind_dn.clone().map(|dn| Credentials { dn, password }))
    }
}

#[cfg(test)]
#[path = "config_tests.rs"]
mod tests;
