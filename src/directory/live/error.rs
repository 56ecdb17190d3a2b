//! What can go wrong on the way to a bound connection, each with what to do next.

use super::secret::SecretError;
use super::violation::Violation;
use crate::directory::result_code::ResultCode;
use std::path::PathBuf;

/// Why no connection could be made, or the bind was refused.
#[derive(Debug, thiserror::Error)]
pub enum LiveError {
    /// The URI cannot be used.
    #[error("{uri}{reason}")]
    Uri {
        /// As given, without credentials.
        uri: String,
        /// What is wrong with it and what to do, to stand right behind it.
        reason: String,
    },
    /// A bind DN without a password would be an anonymous bind (RFC 4513 section 5.1.2).
    #[error(
        "the password for {dn} is empty: the server would take that for an anonymous bind; give one with -W or -y, or leave out -D"
    )]
    EmptyPassword {
        /// The bind DN.
        dn: String,
    },
    /// A bind DN over 1 KB stops the directory service before Service Pack 3 (Q222621).
    #[error("the bind DN is {bytes} bytes long; over 1000 is not sent, because it stops an Exchange server before SP3 (Q222621)")]
    LongBindDn {
        /// Its length.
        bytes: usize,
    },
    /// A password would travel over the network in clear text.
    #[error("the password of {dn} would go to {host} in clear text; {next}")]
    PlaintextPassword {
        /// The bind DN.
        dn: String,
        /// Host and port.
        host: String,
        /// What to do.
        next: &'static str,
    },
    /// The password could not be read.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// A signal came before anything was read.
    #[error("the run was stopped (SIGINT or SIGTERM) before anything was read; start it again")]
    Stopped,
    /// The name has no address.
    #[error("cannot find the address of {host}: {reason}; check the name, or give the IP address")]
    Resolve {
        /// The host name.
        host: String,
        /// What the resolver said.
        reason: String,
    },
    /// No address let us in.
    #[error(
        "cannot connect to {host}: {attempts}; check the port (389, ldaps 636), the firewall, and that the directory service runs"
    )]
    Connect {
        /// Host and port.
        host: String,
        /// Each address with what happened.
        attempts: String,
    },
    /// The file of certificates cannot be used.
    #[error("cannot use {}: {reason}; --tls-ca takes a PEM file of CA certificates, or of the server's own", path.display())]
    CaFile {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// This system has no CA certificates.
    #[error("this system has no CA certificates to check the server's with; give --tls-ca FILE")]
    NoRoots,
    /// TLS failed; the text says why and what to do.
    #[error("TLS with {host} failed: {reason}")]
    Tls {
        /// Host and port.
        host: String,
        /// Why, and what to do.
        reason: String,
    },
    /// What answers knows no TLS, or none of today.
    #[error(
        "{host} does not answer with TLS 1.2 or later: use ldap://, put a TLS relay before it, or audit an export (docs/servers.md)"
    )]
    NoTls {
        /// Host and port.
        host: String,
    },
    /// The server does not do StartTLS.
    #[error("the server refused StartTLS: {answer}; use ldaps://, or connect without -Z on a trusted network")]
    StartTls {
        /// Its answer.
        answer: String,
    },
    /// The server refused name and password (LDAP result 49).
    #[error("the server refused the password of {dn} (invalid credentials, 49); {next} (Q182507)")]
    InvalidCredentials {
        /// The bind DN.
        dn: String,
        /// What to do.
        next: String,
    },
    /// The server refused the bind for another reason.
    #[error("the server refused the bind as {dn}: {answer}; {next}")]
    Bind {
        /// The bind DN.
        dn: String,
        /// The LDAP result code.
        code: ResultCode,
        /// Its name and number, and the server's text.
        answer: String,
        /// What to do.
        next: &'static str,
    },
    /// The server did not answer in time.
    #[error("{host}: no answer to {what} within {limit}; check that it is an LDAP server and running; --timeout sets the limit")]
    Timeout {
        /// Host and port.
        host: String,
        /// What was asked.
        what: &'static str,
        /// How long it was waited for.
        limit: String,
    },
    /// The connection ended.
    #[error("{host}: {lost}")]
    Lost {
        /// Host and port.
        host: String,
        /// How.
        lost: Lost,
    },
    /// The client itself could not start.
    #[error("the LDAP client could not start: {0}")]
    Client(String),
}

/// How an open connection ended.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Lost {
    /// The server closed it between messages.
    #[error("the server closed the connection")]
    Closed,
    /// The server took its leave (RFC 4511 section 4.4.1).
    #[error("the server disconnected: {0}")]
    Disconnected(String),
    /// What it sent was not acceptable.
    #[error("{0}")]
    Violation(#[from] Violation),
    /// The network failed.
    #[error("the connection broke: {0}")]
    Broken(String),
    /// Two requests in a row brought not one byte: a hanging server (Q303448) is not asked again.
    #[error("the server stopped answering")]
    Silent,
    /// This side ended it.
    #[error("the session is closed")]
    Ended,
}

/// A text of the server's for a message: bounded, one line, nothing that moves a terminal's cursor.
pub(super) fn tame(text: &str) -> String {
    const LONGEST: usize = 200;
    let mut out = String::new();
    for (index, c) in text.trim_end_matches('\0').trim().chars().enumerate() {
        match c {
            _ if index == LONGEST => {
                out.push_str("...");
                break;
            }
            '\r' | '\n' | '\t' => out.push(' '),
            c if c.is_control() => out.extend(c.escape_default()),
            c => out.push(c),
        }
    }
    out
}

/// A limit in words, `30 s`.
pub(super) fn seconds(limit: std::time::Duration) -> String {
    format!("{} s", (limit.as_secs_f64() * 10.0).round() / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn tames_a_text() {
        assert_eq!(tame("a\r\nb\u{1b}[2J\0"), "a  b\\u{1b}[2J");
        assert_eq!(tame(&"x".repeat(300)).len(), 203);
    }

    #[test]
    fn writes_seconds() {
        assert_eq!([seconds(Duration::from_secs(30)), seconds(Duration::from_millis(300))], ["30 s", "0.3 s"]);
    }
}
