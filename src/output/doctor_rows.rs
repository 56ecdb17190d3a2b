//! The rows of what `exaudit doctor` says. Text of the directory is raw here.

use crate::exchange::probe::{
    BindForm, Connection, Directory, LimitState, PagingState, Server, Sight, Sights, Site, State, Visibility,
};
use crate::report::Target;

/// How a row is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// Seen, or as it should be.
    Good,
    /// Not seen.
    Missing,
    /// Something to act on.
    Bad,
    /// Not known.
    Open,
    /// Neither good nor bad.
    Plain,
}

/// One row.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) subject: &'static str,
    pub(super) mark: Mark,
    pub(super) word: &'static str,
    pub(super) found: String,
}

/// Sites that get a row.
const MOST_SITES: usize = 8;
/// Servers of a site that are named.
const MOST_NAMES: usize = 4;
/// Values of an attribute of the root entry that are written out.
const MOST_VALUES: usize = 2;

/// The rows, in the order in which they are found out.
pub(super) fn of(target: &Target, visibility: &Visibility) -> Vec<Row> {
    let mut rows = Vec::new();
    if let Some(connection) = &visibility.connection {
        rows.push(row_of_connection(connection));
        rows.push(bind(connection));
    } else {
        let found = "reading a file: it contains only what was requested".to_owned();
        rows.push(Row { subject: "Connection", mark: Mark::Plain, word: "not applicable", found });
    }
    rows.push(directory(target, visibility));
    if visibility.connection.is_some() {
        rows.push(root(visibility));
    }
    sites(visibility, &mut rows);
    if visibility.directory != Directory::ActiveDirectory {
        if visibility.connection.is_some() {
            rows.push(paging(visibility));
            rows.push(size_limit(visibility));
        }
        sights(&visibility.sees, &mut rows);
    }
    rows
}

fn row_of_connection(connection: &Connection) -> Row {
    let mut found = connection.address.clone().unwrap_or_default();
    match connection.ldap_version {
        Some(version) => found += &format!(", LDAPv{version}"),
        None => found += ", LDAP version not known",
    }
    let (mark, word) = match &connection.tls {
        Some(tls) => {
            found += &format!(", {}; certificate checked for {}, SHA-256 {}", tls.version, tls.name, tls.sha256);
            (Mark::Good, "encrypted")
        }
        None => {
            found += ", not encrypted";
            if connection.bind.form != BindForm::Anonymous {
                found += ": the password went over it in clear text";
            }
            (Mark::Plain, "plain")
        }
    };
    Row { subject: "Connection", mark, word, found }
}

fn bind(connection: &Connection) -> Row {
    let bind = &connection.bind;
    let name = bind.dn.clone().unwrap_or_default();
    let form = bind.documented_as.as_ref().map_or(String::new(), |form| format!(", in the form {form},"));
    let (mark, word, found) = match bind.form {
        BindForm::Anonymous => {
            (Mark::Bad, "anonymous", "no name was given: Exchange shows recipients then, and no settings".to_owned())
        }
        BindForm::Simple => {
            (Mark::Plain, "simple", format!("{name}{form} sees nothing hidden or deleted (no ,cn=admin at its end)"))
        }
        BindForm::AdminView => (Mark::Good, "admin view", format!("{name}{form} asks for hidden and deleted objects too")),
    };
    Row { subject: "Bind", mark, word, found }
}

fn directory(target: &Target, visibility: &Visibility) -> Row {
    let organization = target.organization.as_deref().unwrap_or("not seen");
    let base = visibility.base.as_ref().map(|base| format!(", read from {base}")).unwrap_or_default();
    let (mark, word, found) = match visibility.directory {
        Directory::Exchange => (Mark::Good, "Exchange", format!("organization {organization}{base}")),
        Directory::ActiveDirectory => {
            (Mark::Bad, "not Exchange", "Active Directory answers on this port, not the directory of Exchange 5.5".to_owned())
        }
        Directory::Unknown => {
            (Mark::Open, "unknown", "nothing here is named like an Exchange directory (ou=SITE,o=ORGANIZATION)".to_owned())
        }
    };
    Row { subject: "Directory", mark, word, found }
}

fn root(visibility: &Visibility) -> Row {
    let attributes: Vec<String> = visibility
        .root
        .iter()
        .filter(|attribute| !attribute.name.eq_ignore_ascii_case("objectClass"))
        .map(|attribute| format!("{}: {}", attribute.name, listed(&attribute.values, MOST_VALUES)))
        .collect();
    if attributes.is_empty() {
        let found = "the server shows nothing about itself; the organization was looked for by other searches".to_owned();
        return Row { subject: "Root entry", mark: Mark::Open, word: "empty", found };
    }
    Row { subject: "Root entry", mark: Mark::Good, word: "read", found: attributes.join("; ") }
}

fn sites(visibility: &Visibility, rows: &mut Vec<Row>) {
    for site in visibility.sites.iter().take(MOST_SITES) {
        rows.push(Row {
            subject: "Site",
            mark: Mark::Good,
            word: "seen",
            found: format!("{}: {}", site.name, servers_of(site, visibility)),
        });
    }
    let rest = visibility.sites.len().saturating_sub(MOST_SITES);
    if rest > 0 {
        rows.push(Row {
            subject: "Site",
            mark: Mark::Good,
            word: "seen",
            found: format!("{rest} more; --format json lists them"),
        });
    }
}

/// The servers of a site, those of one version together.
fn servers_of(site: &Site, visibility: &Visibility) -> String {
    if site.servers == 0 {
        let found = if visibility.servers_complete { "no server seen" } else { "servers not known" };
        return found.to_owned();
    }
    let version = |server: &Server| match &server.version {
        Some(version) => {
            let name = version.name.strip_prefix("Exchange ").unwrap_or(&version.name);
            let build = version.build.as_ref().map(|build| format!(", build {build}")).unwrap_or_default();
            let note = version.note.as_ref().map(|note| format!("; {note}")).unwrap_or_default();
            format!("{name}{build}{note}")
        }
        None => "version not shown".to_owned(),
    };
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for server in visibility.servers.iter().filter(|server| server.site.as_deref() == Some(&site.name)) {
        let version = version(server);
        match groups.iter_mut().find(|(known, _)| *known == version) {
            Some((_, names)) => names.push(server.name.clone()),
            None => groups.push((version, vec![server.name.clone()])),
        }
    }
    let groups: Vec<String> =
        groups.iter().map(|(version, names)| format!("{} ({version})", listed(names, MOST_NAMES))).collect();
    groups.join(", ")
}

fn paging(visibility: &Visibility) -> Row {
    let (mark, word, found) = match (visibility.paging.state, visibility.paging.page_size) {
        (PagingState::Works, Some(size)) => (Mark::Good, "works", format!("long answers come in pages of {size}")),
        (PagingState::Ignored, _) => {
            (Mark::Missing, "ignored", "the server answers in one piece, as far as its limit goes".into())
        }
        (PagingState::Off, _) => (Mark::Missing, "off", "--page-size 0 asks for no pages".into()),
        _ => (Mark::Open, "unknown", "no answer showed it".into()),
    };
    Row { subject: "Paging", mark, word, found }
}

fn size_limit(visibility: &Visibility) -> Row {
    let limit = visibility.size_limit;
    let (mark, word, found) = match (limit.state, limit.entries) {
        (LimitState::Limit, Some(entries)) if visibility.paging.state == PagingState::Works => {
            (Mark::Plain, "limit", format!("{entries} entries in one answer; pages get around it"))
        }
        (LimitState::Limit, Some(entries)) => {
            (Mark::Bad, "limit", format!("{entries} entries in one answer, and no pages to get around it"))
        }
        (LimitState::NoneUpTo, Some(entries)) => (Mark::Good, "none met", format!("none up to {entries} entries")),
        _ => (Mark::Open, "unknown", "not determined".into()),
    };
    Row { subject: "Size limit", mark, word, found }
}

fn sights(sees: &Sights, rows: &mut Vec<Row>) {
    let Sights { configuration, operational_attributes, extension_data, hidden_objects, tombstones } = sees;
    for (subject, sight) in [
        ("Settings", configuration),
        ("Operational", operational_attributes),
        ("Extension-Data", extension_data),
        ("Hidden", hidden_objects),
        ("Deleted", tombstones),
    ] {
        let Sight { state, means } = sight;
        let mark = match state {
            State::Seen => Mark::Good,
            State::NotSeen => Mark::Missing,
            State::Refused => Mark::Bad,
            State::Unknown => Mark::Open,
        };
        rows.push(Row { subject, mark, word: state.word(), found: means.clone() });
    }
}

/// `A, B and 9 more`.
fn listed(values: &[String], most: usize) -> String {
    let head = values.iter().take(most).map(String::as_str).collect::<Vec<_>>().join(", ");
    let rest = values.len().saturating_sub(most);
    if rest > 0 { format!("{head} and {rest} more") } else { head }
}
