//! Whom a TLS connection trusts: certificates of a known authority, and those that are known themselves.
//!
//! A relay before an old server often has a certificate that it signed itself. A list of authorities cannot vouch for it, but
//! the operator can, who gives that very certificate: OpenSSL, and so ldapsearch, take it, and so does this. Its name and its
//! dates count all the same.

use super::certificate::Certificate;
use std::sync::Arc;
use tokio_rustls::rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use tokio_rustls::rustls::client::{VerifierBuilderError, WebPkiServerVerifier, verify_server_name};
use tokio_rustls::rustls::crypto::CryptoProvider;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::server::ParsedCertificate;
use tokio_rustls::rustls::{CertificateError, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};

/// Checks a server's certificate.
#[derive(Debug)]
pub(super) struct Trust {
    known: Vec<CertificateDer<'static>>,
    authorities: Arc<WebPkiServerVerifier>,
}

impl Trust {
    /// Trusts these, as authorities and themselves.
    pub(super) fn of(
        known: Vec<CertificateDer<'static>>,
        roots: RootCertStore,
        provider: Arc<CryptoProvider>,
    ) -> Result<Self, VerifierBuilderError> {
        Ok(Self { known, authorities: WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider).build()? })
    }

    /// The very certificate that was given.
    fn verify_known(certificate: &CertificateDer<'_>, name: &ServerName<'_>, now: UnixTime) -> Result<(), Error> {
        let about = Certificate::read(certificate).ok_or(CertificateError::BadEncoding)?;
        let now = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
        if now < about.not_before {
            return Err(CertificateError::NotValidYet.into());
        }
        if now > about.not_after {
            return Err(CertificateError::Expired.into());
        }
        // a certificate of an older kind has its host in the common name only
        let common_name = about.common_name.filter(|_| !about.names_hosts);
        match verify_server_name(&ParsedCertificate::try_from(certificate)?, name) {
            Err(_) if common_name.is_some_and(|common| common.eq_ignore_ascii_case(&name.to_str())) => Ok(()),
            outcome => outcome,
        }
    }
}

impl ServerCertVerifier for Trust {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if self.known.iter().any(|known| known == certificate) {
            return Self::verify_known(certificate, name, now).map(|()| ServerCertVerified::assertion());
        }
        let verified = self.authorities.verify_server_cert(certificate, intermediates, name, ocsp, now);
        verified.map_err(|error| match error {
            // that it is an authority's is no fault of its own: nobody vouches for it
            Error::InvalidCertificate(CertificateError::Other(_))
                if Certificate::read(certificate).is_some_and(|about| about.is_self_issued) =>
            {
                CertificateError::UnknownIssuer.into()
            }
            other => other,
        })
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.authorities.verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.authorities.verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.authorities.supported_verify_schemes()
    }
}
