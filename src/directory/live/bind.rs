//! The simple bind, and what its refusals mean.

use super::answer::words;
use super::error::LiveError;
use super::session::{Session, Trouble};
use super::settings::Credentials;
use super::time::within;
use crate::directory::result_code::ResultCode;

impl Session {
    /// Binds with name and password.
    pub(super) async fn bind(&mut self, credentials: &Credentials, host: &str) -> Result<(), LiveError> {
        let limit = self.begin();
        tracing::info!(dn = ?credentials.dn, "bind");
        let Credentials { dn, password } = credentials;
        let bound = within(limit, self.ldap.simple_bind(dn, password.reveal())).await;
        self.answered();
        let answer = match bound {
            None => return Err(LiveError::Timeout { host: host.to_owned(), what: "the bind", limit: limit.words() }),
            Some(Ok(result)) => result,
            Some(Err(error)) => match self.trouble(&error) {
                Trouble::Lost(lost) => return Err(LiveError::Lost { host: host.to_owned(), lost }),
                Trouble::Unsendable(reason) => return Err(LiveError::Client(reason)),
            },
        };
        match ResultCode::of(answer.rc) {
            ResultCode::Success => Ok(()),
            ResultCode::InvalidCredentials => Err(LiveError::InvalidCredentials { dn: dn.clone(), next: next_to_refusal(dn) }),
            code => Err(LiveError::Bind { dn: dn.clone(), code, answer: words(code, &answer.text), next: next_step(code) }),
        }
    }
}

/// What to do about a name or password that a server refuses. Windows writes names as DOMAIN\\account, which no directory takes.
fn next_to_refusal(dn: &str) -> String {
    match dn.split_once('\\') {
        Some((domain, account)) if !dn.contains('=') => format!("write cn={account},cn={domain}"),
        _ => "check the account name, the password, and the form cn=ACCOUNT,cn=DOMAIN".to_owned(),
    }
}

fn next_step(code: ResultCode) -> &'static str {
    match code {
        ResultCode::ProtocolError => {
            "it may refuse LDAP version 3: Exchange 5.0 speaks LDAPv2 only; audit an export (--from FILE)"
        }
        ResultCode::AuthMethodNotSupported => {
            "it accepts no simple bind, as Exchange 5.0 is known to say (Q239065); audit an export (--from FILE), or search without -D"
        }
        ResultCode::StrongerAuthRequired | ResultCode::ConfidentialityRequired => {
            "it requires an encrypted connection: use ldaps:// or -ZZ"
        }
        ResultCode::InvalidDnSyntax => "write the name as cn=ACCOUNT,cn=DOMAIN (Q182507)",
        ResultCode::InappropriateAuthentication => "this account may not bind with a password; use another, or search without -D",
        ResultCode::Busy | ResultCode::Unavailable => "try again when it is less busy",
        ResultCode::UnwillingToPerform => {
            "see its event log for the reason, and check the form of the name, cn=ACCOUNT,cn=DOMAIN (Q182507)"
        }
        _ => "see its event log for the reason",
    }
}
