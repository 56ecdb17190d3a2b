//! How to get a better view: steps as options of the command line, the most useful first.

use super::connection::BindForm;
use super::sights::State;
use super::{Directory, LimitState, PagingState, Visibility};
use crate::directory::source::Origin;

/// The steps.
pub(super) fn of(visibility: &Visibility, origin: &Origin, complete: bool) -> Vec<String> {
    let mut steps = Vec::new();
    match (visibility.directory, &visibility.connection) {
        (Directory::ActiveDirectory, _) => elsewhere(&origin.location, &mut steps),
        (Directory::Unknown, Some(connection)) => {
            if connection.bind.form == BindForm::Anonymous {
                steps.push(BIND.to_owned());
            }
            steps.push(
            "name the organization with -b 'o=ORGANIZATION', as the Administrator program shows it; if this is not an Exchange server, \
             another port or host in -H"
                .to_owned(),
        );
        }
        (Directory::Unknown, None) => steps.push(EXPORT.to_owned()),
        (Directory::Exchange, None) => file(visibility, &mut steps),
        (Directory::Exchange, Some(connection)) => {
            bind(visibility, connection.bind.form, connection.tls.is_some(), &mut steps);
            requests(visibility, complete, &mut steps);
        }
    }
    steps
}

const BIND: &str = "bind as an administrator with View Only Admin rights: -D 'cn=ACCOUNT,cn=DOMAIN,cn=admin' -W --allow-plaintext-password (Q182507, Q185475)";
const EXPORT: &str = "export again, with the attributes named, as docs/exports.md shows";

/// Where Exchange listens when the port is another's (Q224447, Q312501). Exchange 2000 brings a Site Replication Service on
/// 379 in place of the directory of 5.5.
fn elsewhere(location: &str, steps: &mut Vec<String>) {
    let (scheme, rest) = location.split_once("://").unwrap_or(("ldap", location));
    let host = match rest.rsplit_once(':') {
        Some((host, port)) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => host,
        _ => rest,
    };
    let scheme = if scheme == "ldaps" { "ldap" } else { scheme };
    steps.push(format!(
        "this port is Active Directory's; on a Windows 2000 domain controller Exchange 5.5 listens elsewhere (Q224447): try -H \
         {scheme}://{host}:390 and -H {scheme}://{host}:379"
    ));
    steps.push(
        "beside Exchange 2000 a Site Replication Service may answer on port 379 like 5.5 (inferred); ask there, or an \
         Exchange 5.5 server that is not a domain controller"
            .to_owned(),
    );
}

fn bind(visibility: &Visibility, form: BindForm, encrypted: bool, steps: &mut Vec<String>) {
    let sees = &visibility.sees;
    let hides =
        sees.hidden_objects.state != State::Seen || visibility.sites.iter().any(|site| site.hidden_objects != State::Seen);
    match form {
        BindForm::Anonymous => steps.push(BIND.to_owned()),
        BindForm::Simple if hides => {
            steps.push("append ,cn=admin to the name in -D, which asks for hidden and deleted objects too (Q185475)".to_owned());
        }
        BindForm::AdminView if hides && encrypted => steps.push(
            "the admin view answers over clear text only (Q185475): on a trusted segment, use -H ldap:// without -Z".to_owned(),
        ),
        BindForm::AdminView if hides => steps.push(
            "the admin view shows nothing hidden unless Exchange's service account is a local Administrator of the server \
             (Q185475); if you know that nothing is hidden, say --sees-hidden yes to the audit"
                .to_owned(),
        ),
        _ => {}
    }
    if [&sees.configuration, &sees.hidden_objects].iter().any(|sight| sight.state == State::Refused) {
        steps.push(
            "bind with an account that has the Search right, or start at a container it may search: -b DN (Q192306)".to_owned(),
        );
    }
    if form != BindForm::Anonymous && sees.configuration.state == State::NotSeen {
        steps.push("give the account View Only Admin rights on the sites, their Configuration containers included".to_owned());
    }
}

fn requests(visibility: &Visibility, complete: bool, steps: &mut Vec<String>) {
    let sees = &visibility.sees;
    if sees.configuration.state == State::Seen && sees.extension_data.state == State::NotSeen {
        steps.push("declare the administrator as the Administrator program shows it: --ims-admin 'SERVER=NAME'".to_owned());
    }
    if visibility.paging.state == PagingState::Off {
        steps.push("ask in pages: --page-size 99".to_owned());
    }
    if visibility.paging.state == PagingState::Ignored && visibility.size_limit.state == LimitState::Limit {
        steps.push(
            "the server gives no pages and limits each answer: audit site by site with -b 'ou=SITE,o=ORGANIZATION'".to_owned(),
        );
    }
    if !complete {
        steps.push("fix the problems named above, and look again".to_owned());
    }
}

fn file(visibility: &Visibility, steps: &mut Vec<String>) {
    let sees = &visibility.sees;
    if [&sees.configuration, &sees.operational_attributes, &sees.extension_data].iter().any(|s| s.state != State::Seen) {
        steps.push(EXPORT.to_owned());
    }
    if sees.hidden_objects.state != State::Seen {
        steps.push(
            "export with a bind that ends in ,cn=admin; if nothing is hidden, say --sees-hidden yes to the audit".to_owned(),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_port_of_the_same_host() {
        for (location, expected) in [
            ("ldap://dc1", "-H ldap://dc1:390 and -H ldap://dc1:379"),
            ("ldap://dc1:389", "-H ldap://dc1:390 and -H ldap://dc1:379"),
            ("ldaps://dc1:636", "-H ldap://dc1:390 and -H ldap://dc1:379"),
            ("ldap://[2001:db8::1]:389", "-H ldap://[2001:db8::1]:390 and"),
            ("ldap://[2001:db8::1]", "-H ldap://[2001:db8::1]:390 and"),
        ] {
            let mut steps = Vec::new();
            elsewhere(location, &mut steps);
            assert!(steps[0].contains(expected), "{location}: {}", steps[0]);
        }
    }
}
