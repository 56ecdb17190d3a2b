//! TLS on our side of the guard.

use super::echo::Echo;
use super::error::{LiveError, tame};
use super::settings::{Settings, Target};
use super::trust::Trust;
use crate::directory::input::describe;
use crate::directory::source::TlsFacts;
use sha2::{Digest as _, Sha256};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{
    AlertDescription, CertificateError, ClientConfig, Error, ProtocolVersion, RootCertStore, crypto::ring,
};

/// A file of CA certificates is read up to so many bytes.
const LONGEST_CA_FILE: u64 = 4 << 20;

/// What the server's certificate is checked with.
pub(super) fn connector(settings: &Settings) -> Result<TlsConnector, LiveError> {
    let (known, roots) = match &settings.ca_file {
        Some(path) => given(path).map_err(|reason| LiveError::CaFile { path: path.clone(), reason })?,
        None => of_system()?,
    };
    let failed = |error: &dyn std::error::Error| LiveError::Client(error.to_string());
    let provider = Arc::new(ring::default_provider());
    let trust = Trust::of(known, roots, Arc::clone(&provider)).map_err(|error| failed(&error))?;
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| failed(&error))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(trust))
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

/// Certificates, and the same as authorities.
type Known = (Vec<CertificateDer<'static>>, RootCertStore);

fn given(path: &Path) -> Result<Known, String> {
    let mut pem = Vec::new();
    let file = std::fs::File::open(path).map_err(|error| describe(&error))?;
    file.take(LONGEST_CA_FILE).read_to_end(&mut pem).map_err(|error| describe(&error))?;
    // as Notepad saves it
    let pem = pem.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&pem);
    let certificates = CertificateDer::pem_slice_iter(pem).collect::<Result<Vec<_>, _>>();
    let certificates = certificates.map_err(|_| "a certificate in it is malformed".to_owned())?;
    let mut roots = RootCertStore::empty();
    for certificate in &certificates {
        roots.add(certificate.clone()).map_err(|error| format!("a certificate in it cannot be used: {error}"))?;
    }
    if roots.is_empty() { Err("there is no certificate in it".into()) } else { Ok((certificates, roots)) }
}

fn of_system() -> Result<Known, LiveError> {
    let certificates = rustls_native_certs::load_native_certs().certs;
    let mut roots = RootCertStore::empty();
    // A store may hold certificates that are not acceptable; the others still serve.
    roots.add_parsable_certificates(certificates.iter().cloned());
    if roots.is_empty() { Err(LiveError::NoRoots) } else { Ok((certificates, roots)) }
}

/// The handshake.
pub(super) async fn wrap<S: AsyncRead + AsyncWrite + Unpin>(
    connector: &TlsConnector,
    target: &Target,
    stream: S,
    echo: &Echo,
) -> Result<TlsStream<S>, LiveError> {
    let failed = |reason: String| LiveError::Tls { host: target.name(), reason };
    let name =
        ServerName::try_from(target.host.clone()).map_err(|_| failed("the host name cannot appear in a certificate".into()))?;
    connector.connect(name, stream).await.map_err(|error| match knows_no_tls(&error) {
        true => LiveError::NoTls { host: target.name() },
        false => failed(echo.withheld(reason(&error))),
    })
}

/// The protocol version agreed on, `TLS 1.3`.
pub(super) fn version<S>(stream: &TlsStream<S>) -> String {
    match stream.get_ref().1.protocol_version() {
        Some(ProtocolVersion::TLSv1_2) => "TLS 1.2".into(),
        Some(ProtocolVersion::TLSv1_3) => "TLS 1.3".into(),
        other => format!("{other:?}"),
    }
}

/// What a reader can check of the encryption; none if the server showed no certificate.
pub(super) fn facts<S>(stream: &TlsStream<S>, target: &Target) -> Option<TlsFacts> {
    let certificate = stream.get_ref().1.peer_certificates()?.first()?;
    let sha256 = Sha256::digest(certificate.as_ref()).iter().map(|byte| format!("{byte:02x}")).collect();
    Some(TlsFacts { version: version(stream), name: target.host.clone(), sha256 })
}

/// Whether the port is a plain one, or speaks the SSL of the 1990s: what it sends is not TLS, or it hangs up.
fn knows_no_tls(error: &io::Error) -> bool {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<Error>()) {
        Some(tls) => matches!(tls, Error::InvalidMessage(_)),
        None => matches!(error.kind(), io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset),
    }
}

/// Why the handshake failed, and what to do.
fn reason(error: &io::Error) -> String {
    const TOO_OLD: &str = "the server and this program share no protocol version; servers of the 1990s speak SSL 3.0 and \
        RC4 at best, which no current library does: put a TLS-terminating relay before it, or audit an export (--from FILE)";
    let Some(tls) = error.get_ref().and_then(|inner| inner.downcast_ref::<Error>()) else {
        return tame(&error.to_string());
    };
    match tls {
        Error::InvalidCertificate(CertificateError::UnknownIssuer) => {
            "its certificate is from an unknown CA; give that CA's certificate with --tls-ca FILE, or its own if it signed itself"
                .into()
        }
        Error::InvalidCertificate(CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. }) => {
            format!(
                "its certificate is for another name ({}); use the name the certificate was issued for",
                tame(&tls.to_string())
            )
        }
        Error::InvalidCertificate(CertificateError::Expired | CertificateError::ExpiredContext { .. }) => {
            "its certificate has expired; renew it on the server".into()
        }
        Error::InvalidCertificate(CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. }) => {
            "its certificate is not valid yet; compare the clocks".into()
        }
        Error::PeerIncompatible(_)
        | Error::AlertReceived(AlertDescription::ProtocolVersion | AlertDescription::HandshakeFailure) => TOO_OLD.into(),
        Error::InvalidCertificate(other) => format!(
            "its certificate cannot be used ({}); it must be one of version 3, with a key of RSA (2048 bits or more) or ECDSA",
            tame(&format!("{other:?}"))
        ),
        other => tame(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn says_what_is_wrong_with_a_ca_file() {
        let mut file = tempfile::NamedTempFile::new().expect("temporary file");
        assert_eq!(given(file.path()).expect_err("empty"), "there is no certificate in it");
        file.write_all(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n").expect("written");
        assert!(given(file.path()).expect_err("no DER").starts_with("a certificate in it cannot be used"));
        assert!(given(Path::new("/nonexistent")).is_err());
    }
}
