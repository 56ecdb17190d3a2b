//! TLS and StartTLS with a certificate of our own making.

use crate::client::{assert_no_panics, read, run, settings, with_password};
use crate::server::{Conn, EXTENDED, Server, UNBIND, done, result};
use exaudit::directory::live::{LiveError, LiveSource, Lost, Settings, StartTls, Violation};
use exaudit::directory::source::{Ended, Source};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use sha2::{Digest as _, Sha256};
use std::net::TcpStream;
use std::path::PathBuf;
use std::sync::Arc;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ServerConfig, ServerConnection, StreamOwned, crypto::ring};

/// A CA and its certificate file.
pub(crate) struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    folder: tempfile::TempDir,
}

impl Authority {
    pub(crate) fn new(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).expect("parameters");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, name);
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().expect("key")).expect("self-signed");
        let folder = tempfile::tempdir().expect("folder");
        std::fs::write(folder.path().join("ca.pem"), issuer.pem()).expect("written");
        Self { issuer, folder }
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// SHA-256 of the certificate made last.
    fn fingerprint(&self) -> String {
        let der = std::fs::read(self.folder.path().join("leaf.der")).expect("a certificate");
        Sha256::digest(der).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn server(&self, name: &str) -> Arc<ServerConfig> {
        let key = KeyPair::generate().expect("key");
        let leaf =
            CertificateParams::new(vec![name.to_owned()]).expect("parameters").signed_by(&key, &self.issuer).expect("signed");
        std::fs::write(self.folder.path().join("leaf.der"), leaf.der()).expect("written");
        config_of(leaf.der(), &key)
    }
}

fn config_of(certificate: &CertificateDer<'static>, key: &KeyPair) -> Arc<ServerConfig> {
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], PrivateKeyDer::try_from(key.serialize_der()).expect("key"))
        .expect("certificate");
    Arc::new(config)
}

fn secure(conn: Conn<TcpStream>, config: Arc<ServerConfig>) {
    let stream = conn.stream.try_clone().expect("clone");
    let tls = ServerConnection::new(config).expect("server");
    let mut conn = conn.over(StreamOwned::new(tls, stream));
    while let Some(request) = conn.request() {
        match request.op {
            crate::server::BIND => conn.send(&result(request.id, 0x61, 0, b"")),
            crate::server::SEARCH => conn.send(&done(request.id, 0)),
            _ => {}
        }
    }
}

fn ldaps(authority: &Authority, name: &str) -> Server {
    let config = authority.server(name);
    Server::run(move |conn| secure(conn, config))
}

fn start_tls(authority: &Authority, clear: &'static [u8]) -> Server {
    let config = authority.server("127.0.0.1");
    Server::run(move |mut conn| {
        let request = conn.request().expect("StartTLS");
        assert_eq!(request.op, EXTENDED);
        conn.send(&[&result(request.id, 0x78, 0, b""), clear].concat());
        secure(conn, config);
    })
}

fn trusting(authority: &Authority, uri: String) -> Settings {
    with_password(Settings { ca_file: Some(authority.file()), ..settings(&uri) })
}

fn reason(settings: Settings) -> String {
    match LiveSource::connect(settings).expect_err("refused") {
        LiveError::Tls { reason, .. } => reason,
        none @ LiveError::NoTls { .. } => none.to_string(),
        other => panic!("a TLS error expected: {other}"),
    }
}

#[test]
fn ldaps_with_a_known_ca() {
    let authority = Authority::new("ours");
    let server = ldaps(&authority, "127.0.0.1");
    let mut source = LiveSource::connect(trusting(&authority, server.uri().replace("ldap:", "ldaps:"))).expect("connected");
    assert_eq!(source.peer().tls.as_deref(), Some("TLS 1.3"));
    let facts = source.session().and_then(|session| session.tls).expect("encrypted");
    assert_eq!((facts.version.as_str(), facts.name.as_str()), ("TLS 1.3", "127.0.0.1"));
    assert_eq!(facts.sha256, authority.fingerprint());
    assert!(!source.password_in_clear());
    assert_eq!(run(&mut source, read()).1, Ended::Complete);
    source.close();
    assert_eq!(server.finish().last().map(|request| request.op), Some(UNBIND));
    assert_no_panics();
}

#[test]
fn an_unknown_ca_and_another_name_are_refused() {
    let (ours, theirs) = (Authority::new("ours"), Authority::new("theirs"));
    for (name, ca, expected) in [
        ("127.0.0.1", &theirs, "unknown CA; give that CA's certificate with --tls-ca"),
        ("mail.example.com", &ours, "for another name"),
    ] {
        let server = ldaps(&ours, name);
        let message = reason(trusting(ca, server.uri().replace("ldap:", "ldaps:")));
        assert!(message.contains(expected), "{message}");
        assert!(server.finish().is_empty(), "nothing was sent");
    }
    let server = start_tls(&ours, b"");
    let message = reason(Settings { start_tls: StartTls::Require, ..trusting(&theirs, server.uri()) });
    assert!(message.contains("unknown CA"), "{message}");
}

/// A certificate that signed itself, as `openssl req -x509` makes it, in a file.
struct Own {
    config: Arc<ServerConfig>,
    file: tempfile::NamedTempFile,
}

impl Own {
    fn made(names: &[&str], change: impl FnOnce(&mut CertificateParams)) -> Self {
        let mut params = CertificateParams::new(names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>()).expect("names");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.remove(DnType::CommonName);
        change(&mut params);
        let key = KeyPair::generate().expect("key");
        let certificate = params.self_signed(&key).expect("signed");
        let file = tempfile::NamedTempFile::new().expect("file");
        std::fs::write(file.path(), format!("\u{feff}{}", certificate.pem())).expect("written");
        Self { config: config_of(certificate.der(), &key), file }
    }

    /// How a connection that trusts this file ends.
    fn connect(&self, host: &str, file: &std::path::Path) -> Result<LiveSource, LiveError> {
        let config = Arc::clone(&self.config);
        let server = Server::run(move |conn| secure(conn, config));
        let uri = format!("ldaps://{host}:{}", server.port);
        LiveSource::connect(with_password(Settings { ca_file: Some(file.to_owned()), ..settings(&uri) }))
    }
}

#[test]
fn a_certificate_that_signed_itself_is_trusted_where_it_is_given() {
    let common =
        |name: &'static str| move |params: &mut CertificateParams| params.distinguished_name.push(DnType::CommonName, name);
    let as_server = |params: &mut CertificateParams| params.is_ca = IsCa::NoCa;
    for own in [
        Own::made(&["127.0.0.1"], |_| {}),
        Own::made(&["127.0.0.1"], common("relay")),
        Own::made(&["127.0.0.1"], as_server),
        // without a list of hosts the common name is the host
        Own::made(&[], common("127.0.0.1")),
    ] {
        let source = own.connect("127.0.0.1", own.file.path()).expect("trusted");
        assert_eq!(source.peer().tls.as_deref(), Some("TLS 1.3"));
    }
    let common_host = Own::made(&[], common("LocalHost"));
    common_host.connect("localhost", common_host.file.path()).expect("trusted");
}

#[test]
fn its_name_and_its_dates_count_all_the_same() {
    let common = |params: &mut CertificateParams| params.distinguished_name.push(DnType::CommonName, "127.0.0.1");
    let past = |params: &mut CertificateParams| params.not_after = rcgen::date_time_ymd(1999, 1, 1);
    let future = |params: &mut CertificateParams| params.not_before = rcgen::date_time_ymd(2999, 1, 1);
    let other = Own::made(&["127.0.0.1"], |_| {});
    for (own, given, expected) in [
        (Own::made(&["relay.example.com"], |_| {}), None, "for another name"),
        (Own::made(&["relay.example.com"], common), None, "for another name"),
        (Own::made(&[], |_| {}), None, "for another name"),
        (Own::made(&["127.0.0.1"], past), None, "has expired"),
        (Own::made(&["127.0.0.1"], future), None, "not valid yet"),
        // one that was not given vouches for nothing, whatever it calls itself
        (
            Own::made(&["127.0.0.1"], |_| {}),
            Some(&other),
            "unknown CA; give that CA's certificate with --tls-ca FILE, or its own",
        ),
    ] {
        let error = own.connect("127.0.0.1", given.unwrap_or(&own).file.path()).expect_err(expected).to_string();
        assert!(error.contains(expected) && error.lines().count() == 1 && error.len() < 400, "{error}");
    }
    assert_no_panics();
}

#[test]
fn start_tls_with_a_known_ca() {
    let authority = Authority::new("ours");
    for start in [StartTls::Try, StartTls::Require] {
        let server = start_tls(&authority, b"");
        let settings = Settings { start_tls: start, ..trusting(&authority, server.uri()) };
        let mut source = LiveSource::connect(settings).expect("connected");
        assert_eq!(source.peer().tls.as_deref(), Some("TLS 1.3"));
        assert_eq!(run(&mut source, read()).1, Ended::Complete);
    }
    assert_no_panics();
}

#[test]
fn clear_text_behind_the_start_tls_answer_is_refused() {
    let authority = Authority::new("ours");
    let server = start_tls(&authority, b"\x30\x0c\x02\x01\x01\x61\x07\x0a\x01\x00\x04\x00\x04\x00");
    let settings = Settings { start_tls: StartTls::Require, ..trusting(&authority, server.uri()) };
    let error = LiveSource::connect(settings).expect_err("refused");
    assert!(matches!(error, LiveError::Lost { lost: Lost::Violation(Violation::AfterStartTls), .. }), "{error}");
}

#[test]
fn a_plain_or_ancient_server_on_the_tls_port_is_named() {
    let authority = Authority::new("ours");
    let uri = |server: &Server| server.uri().replace("ldap:", "ldaps:");
    // A plain server hangs up, an SSL 3.0 server sends its alert 40 in its own version.
    for answer in [&b""[..], &[0x15, 3, 0, 0, 2, 2, 40], b"\x30\x0c\x02\x01\x00"] {
        let server = Server::run(move |mut conn| {
            let mut hello = [0; 5];
            std::io::Read::read_exact(&mut conn.stream, &mut hello).expect("a hello");
            assert_eq!(hello[0], 0x16);
            conn.send(answer);
        });
        let message = reason(trusting(&authority, uri(&server)));
        assert!(message.contains("relay"), "{answer:02x?}: {message}");
    }
    let none = Settings { ca_file: Some("/nonexistent/ca.pem".into()), ..settings("ldaps://127.0.0.1:1") };
    assert!(matches!(LiveSource::connect(none), Err(LiveError::CaFile { .. })));
}

#[test]
fn no_tls_hello_goes_to_a_plain_port() {
    let server = Server::run(|mut conn| {
        let id = conn.search();
        conn.send(&done(id, 0));
        conn.drain();
    });
    let mut source = LiveSource::connect(settings(&server.uri())).expect("connected");
    assert_eq!(run(&mut source, read()).1, Ended::Complete);
    source.close();
    assert!(server.finish().iter().all(|request| request.bytes[0] == 0x30));
}
