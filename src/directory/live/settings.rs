//! What a connection needs to know, and what is refused before any byte is sent.

use super::echo::Echo;
use super::error::LiveError;
use super::secret::Secret;
use crate::directory::dn::Dn;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use url::Url;

/// A bind DN over this many bytes is not sent: over 1 KB stops the directory service before SP3 (Q222621).
const LONGEST_BIND_DN: usize = 1000;

/// Name and password of a simple bind.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// The bind DN, such as `cn=account,cn=DOMAIN` (Q182507).
    pub dn: String,
    /// The password.
    pub password: Secret,
}

/// Whether to ask for StartTLS on an `ldap://` connection. On `ldaps://` there is TLS already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StartTls {
    /// Never: an old server keeps what it cannot read until the connection ends (Q222621).
    #[default]
    No,
    /// Ask, and go on in plain if the server refuses and no password would travel.
    Try,
    /// Ask, and fail if the server refuses.
    Require,
}

/// How to reach a server.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `ldap://HOST[:PORT]` or `ldaps://HOST[:PORT]`; no host is this machine.
    pub uri: String,
    /// Name and password; none searches without a bind, which version 3 allows.
    pub bind: Option<Credentials>,
    /// Whether to ask for StartTLS.
    pub start_tls: StartTls,
    /// A PEM file of CA certificates, or of the server's own, in place of those of the system.
    pub ca_file: Option<PathBuf>,
    /// The limit of one operation as a whole: connecting, the bind, one page.
    pub timeout: Duration,
    /// When everything must be over.
    pub deadline: Instant,
    /// Entries a page; 0 asks without paging. Exchange takes fewer than 100 (field practice, 99).
    pub page_size: u32,
    /// Whether a password may travel to another machine over a connection without encryption.
    pub plaintext_password: bool,
    /// The pause between an answer and the next request.
    pub pace: Duration,
    /// How many reads of single objects may be under way at a time.
    pub pipeline: usize,
}

impl Settings {
    /// Anonymous, without StartTLS, 30 seconds for an operation and 300 for everything, pages of 99, one request
    /// at a time.
    pub fn new(uri: impl Into<String>) -> Self {
        let now = Instant::now();
        Self {
            uri: uri.into(),
            bind: None,
            start_tls: StartTls::No,
            ca_file: None,
            timeout: Duration::from_secs(30),
            deadline: now.checked_add(Duration::from_secs(300)).unwrap_or(now),
            page_size: 99,
            plaintext_password: false,
            pace: Duration::ZERO,
            pipeline: 1,
        }
    }

    /// Refuses to send a password in clear text to another machine. A connection within this one is no network, though a
    /// tunnel may begin there.
    pub(super) fn check_plaintext(&self, target: &Target, address: SocketAddr) -> Result<(), LiveError> {
        let encrypted = target.tls || self.start_tls != StartTls::No;
        match &self.bind {
            Some(bind) if !encrypted && !self.plaintext_password && !address.ip().is_loopback() => {
                Err(LiveError::PlaintextPassword { dn: bind.dn.clone(), host: target.name(), next: next_to_plaintext(&bind.dn) })
            }
            _ => Ok(()),
        }
    }

    /// The URI for people: without credentials, whatever is wrong with it.
    pub fn location(&self) -> String {
        Target::parse(&self.uri).map_or_else(|_| without_credentials(&self.uri), |target| target.location)
    }

    /// Checks the URI.
    ///
    /// # Errors
    /// [`LiveError::Uri`] says what is wrong with it.
    pub fn check_uri(&self) -> Result<(), LiveError> {
        Target::parse(&self.uri).map(|_| ())
    }

    /// What a server says of itself, or what stands in its place if the password is in it.
    pub fn without_password(&self, text: String) -> String {
        Echo::of(self.bind.as_ref().map(|bind| &bind.password)).withheld(text)
    }

    /// Checks what can be checked without the server.
    pub(super) fn target(&self) -> Result<Target, LiveError> {
        if let Some(bind) = &self.bind {
            if bind.dn.len() > LONGEST_BIND_DN {
                return Err(LiveError::LongBindDn { bytes: bind.dn.len() });
            }
            if bind.password.is_empty() {
                return Err(LiveError::EmptyPassword { dn: bind.dn.clone() });
            }
        }
        Target::parse(&self.uri)
    }
}

/// Whether a bind DN asks for the admin view: it ends in `cn=admin` (SDK directry_1okp).
pub fn asks_for_admin_view(bind_dn: &str) -> bool {
    let last = Dn::parse_lossy(bind_dn.as_bytes()).rdns().last().cloned();
    last.is_some_and(|rdn| rdn.is("cn") && rdn.text().eq_ignore_ascii_case("admin"))
}

/// What to do in place of sending a password in clear text. The admin view is shown over clear text only.
fn next_to_plaintext(bind_dn: &str) -> &'static str {
    if asks_for_admin_view(bind_dn) {
        "the server shows the admin view over clear text only (Q185475): on a trusted segment give --allow-plaintext-password, or \
         audit an export (--from FILE)"
    } else {
        "use ldaps:// or -ZZ; on a trusted segment give --allow-plaintext-password; or audit an export (--from FILE)"
    }
}

/// The server a URI names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    /// The host, without the brackets of an IPv6 address.
    pub(super) host: String,
    /// The port.
    pub(super) port: u16,
    /// Whether TLS comes first.
    pub(super) tls: bool,
    /// The URI without credentials, path and query.
    pub(super) location: String,
}

impl Target {
    fn parse(uri: &str) -> Result<Self, LiveError> {
        let refuse = |reason: String| Err(LiveError::Uri { uri: without_credentials(uri), reason });
        let text = uri.trim();
        let (scheme, rest) = text.split_once("://").unwrap_or(("", text));
        if rest.split('/').next().unwrap_or_default().contains('@') {
            return refuse(": do not put a name or password in the URI; use -D and -y, with ldap://HOST[:PORT]".into());
        }
        if text.is_empty() {
            return refuse("the URI is empty; write ldap://HOST[:PORT] or ldaps://HOST[:PORT]".into());
        }
        let tls = match scheme.to_ascii_lowercase().as_str() {
            "ldap" => false,
            "ldaps" => true,
            "" => {
                // `ldap:HOST`, `ldap:/HOST`
                let (scheme, host) = ["ldaps:", "ldap:"]
                    .into_iter()
                    .find_map(|scheme| Some((scheme, text.strip_prefix(scheme)?)))
                    .unwrap_or(("ldap:", text));
                return refuse(format!(" has no scheme; did you mean {scheme}//{}?", host.trim_start_matches('/')));
            }
            other => return refuse(format!(": {other}:// is not LDAP; write ldap://HOST[:PORT] or ldaps://HOST[:PORT]")),
        };
        if text.contains(char::is_whitespace) {
            return refuse(": a URI has no blanks; for several servers repeat -H".into());
        }
        let url = match Url::parse(text) {
            Ok(url) if url.port() != Some(0) => url,
            Ok(_) | Err(url::ParseError::InvalidPort) => {
                return refuse(": the port is not a number from 1 to 65535; write ldap://HOST[:PORT]".into());
            }
            Err(_) => return refuse(": this is not the name or address of a host; write ldap://HOST[:PORT]".into()),
        };
        let host = url.host_str().filter(|host| !host.is_empty()).unwrap_or("localhost");
        let port = url.port();
        let location = format!("{}://{host}{}", url.scheme(), port.map(|port| format!(":{port}")).unwrap_or_default());
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        Ok(Self { host, port: port.unwrap_or(if tls { 636 } else { 389 }), tls, location })
    }

    /// Host and port for messages.
    pub(super) fn name(&self) -> String {
        let Self { host, port, .. } = self;
        if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") }
    }
}

/// The URI for an error message, whatever is wrong with it: what stands before an `@` may be a password.
fn without_credentials(uri: &str) -> String {
    match uri.rsplit_once('@') {
        Some((before, after)) => format!("{}***@{after}", before.find("//").map_or("", |at| before.get(..at + 2).unwrap_or(""))),
        None => uri.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_uris() {
        for (uri, name, tls, location) in [
            ("ldap://srv", "srv:389", false, "ldap://srv"),
            ("LDAPS://srv", "srv:636", true, "ldaps://srv"),
            ("ldap://srv:390/o=Org?cn", "srv:390", false, "ldap://srv:390"),
            ("ldap://[::1]:3890", "[::1]:3890", false, "ldap://[::1]:3890"),
            ("ldap:///", "localhost:389", false, "ldap://localhost"),
        ] {
            let target = Target::parse(uri).expect(uri);
            assert_eq!((target.name().as_str(), target.tls, target.location.as_str()), (name, tls, location));
        }
    }

    #[test]
    fn refuses_without_showing_a_password() {
        for uri in ["ldap://me:hunter2@srv", "ldap://me:hunter2@srv:99999", "http://me:hunter2@srv", "me:hunter2@srv"] {
            let message = Target::parse(uri).expect_err(uri).to_string();
            assert!(!message.contains("hunter2") && message.contains("do not put a name or password in the URI"), "{message}");
        }
        for uri in ["srv", "ldapi:///", "https://srv", "ldap:srv", ""] {
            assert!(matches!(Target::parse(uri), Err(LiveError::Uri { .. })), "{uri}");
        }
    }

    #[test]
    fn refuses_binds_that_would_harm() {
        let bind = |dn: &str, password: &str| {
            let bind = Some(Credentials { dn: dn.into(), password: Secret::new(password) });
            Settings { bind, ..Settings::new("ldap://srv") }.target()
        };
        assert!(bind("cn=a,cn=D", "pw").is_ok());
        assert!(matches!(bind("cn=a,cn=D", ""), Err(LiveError::EmptyPassword { .. })));
        assert!(matches!(bind(&"x".repeat(1001), "pw"), Err(LiveError::LongBindDn { bytes: 1001 })));
    }

    #[test]
    fn sends_a_password_in_clear_text_only_within_this_machine_or_when_told() {
        let bind = |dn: &str| Some(Credentials { dn: dn.into(), password: Secret::new("pw") });
        let plain = |uri: &str, change: fn(&mut Settings)| {
            let mut settings = Settings { bind: bind("cn=a,cn=D"), ..Settings::new(uri) };
            change(&mut settings);
            let target = settings.target().expect(uri);
            ["127.0.0.1:389", "[::1]:389", "192.0.2.1:389", "[2001:db8::1]:389"]
                .map(|address| settings.check_plaintext(&target, address.parse().expect("address")).is_ok())
        };
        assert_eq!(plain("ldap://srv", |_| ()), [true, true, false, false]);
        assert_eq!(plain("ldaps://srv", |_| ()), [true; 4]);
        assert_eq!(plain("ldap://srv", |s| s.start_tls = StartTls::Require), [true; 4]);
        assert_eq!(plain("ldap://srv", |s| s.start_tls = StartTls::Try), [true; 4], "a refusal ends it before the bind");
        assert_eq!(plain("ldap://srv", |s| s.plaintext_password = true), [true; 4]);
        assert_eq!(plain("ldap://srv", |s| s.bind = None), [true; 4]);
        for (dn, admin) in [("cn=a,cn=D,CN=Admin", true), ("cn=a, cn=D, cn=admin", true), ("cn=admin,cn=D", false), ("", false)] {
            assert_eq!(next_to_plaintext(dn).contains("Q185475"), admin, "{dn}");
        }
    }
}
