//! A live directory server as a source of entries.
//!
//! The client library (ldap3) trusts its input, so it never sees the network: it talks to one end of a local pair of
//! sockets, and the [`guard`] stands between that pair and the server's connection, on which TCP and TLS are ours.
//! Asynchronous code stays inside this module.

mod answer;
mod ber;
mod bind;
mod certificate;
pub mod decode;
mod echo;
mod ending;
mod error;
pub mod frame;
pub mod guard;
mod held;
mod page;
mod paging;
mod pipeline;
mod referral;
mod relay;
mod secret;
mod session;
mod settings;
mod shape;
mod shared;
mod time;
mod tls;
mod transport;
mod trust;
mod violation;

pub use error::{LiveError, Lost};
pub use guard::Limits;
pub use secret::{Secret, SecretError};
pub use settings::{Credentials, Settings, StartTls, asks_for_admin_view};
pub use violation::Violation;

use super::entry::Entry;
use super::source::{Ended, Kind, Origin, Search, SessionFacts, Source, TlsFacts};
use crate::stop;
use session::Session;
use std::future::Future;
use std::net::SocketAddr;
use tokio::runtime::{Builder, Handle, Runtime};

/// Who is at the other end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peer {
    /// The address that answered.
    pub address: SocketAddr,
    /// The TLS version, `TLS 1.3`; none if the connection is plain.
    pub tls: Option<String>,
    /// What is known of the encryption; none if the connection is plain.
    pub certificate: Option<TlsFacts>,
}

/// One connection to one server. Requests go out one after the other unless the settings allow more; a lost connection is not made again.
pub struct LiveSource {
    runtime: Option<Runtime>,
    session: Session,
    peer: Peer,
    origin: Origin,
    open: Option<stop::Session>,
}

impl std::fmt::Debug for LiveSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LiveSource").field("origin", &self.origin).field("peer", &self.peer).finish_non_exhaustive()
    }
}

impl LiveSource {
    /// Connects, and binds if there are credentials.
    ///
    /// # Errors
    /// See [`LiveError`]. An empty password and a bind DN that would harm the server are refused before connecting.
    pub fn connect(settings: Settings) -> Result<Self, LiveError> {
        Self::connect_with(settings, Limits::default())
    }

    /// As [`LiveSource::connect`], with other limits on what is accepted.
    ///
    /// # Errors
    /// As [`LiveSource::connect`].
    pub fn connect_with(settings: Settings, limits: Limits) -> Result<Self, LiveError> {
        let target = settings.target()?;
        if Handle::try_current().is_ok() {
            return Err(LiveError::Client("it must be used outside of asynchronous code".into()));
        }
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| LiveError::Client(error.to_string()))?;
        let started = unless_stopped(&runtime, async {
            let connected = transport::open(&settings, &target, limits).await?;
            let session = Session::start(connected.wire, &settings, limits).await?;
            *session.notes.borrow_mut() = connected.notes;
            Ok((session, connected.peer))
        });
        let (session, peer) = match started {
            Some(Ok(started)) => started,
            // nothing was said to the server that it would keep
            None => {
                stop::wait_unless_there_is_a_report();
                runtime.shutdown_background();
                return Err(LiveError::Stopped);
            }
            Some(Err(error)) => {
                // A name service that hangs must not be waited for.
                runtime.shutdown_background();
                return Err(error);
            }
        };
        let bind_dn = settings.bind.as_ref().map(|bind| bind.dn.clone());
        let origin = Origin { kind: Kind::Live, location: target.location.clone(), bind_dn, taken: None, collected: None };
        // From here on, dropping it sends the Unbind.
        let mut source = Self { runtime: Some(runtime), session, peer, origin, open: Some(stop::Session::open()) };
        if let (Some(credentials), Some(runtime)) = (&settings.bind, &source.runtime) {
            match unless_stopped(runtime, source.session.bind(credentials, &target.name())) {
                Some(bound) => bound?,
                None => {
                    source.leave();
                    return Err(LiveError::Stopped);
                }
            }
        }
        Ok(source)
    }

    /// The same source under another kind: the built-in demo is a live server too.
    #[must_use]
    pub fn with_kind(mut self, kind: Kind) -> Self {
        self.origin.kind = kind;
        self
    }

    /// The run is stopped: takes leave of the server.
    fn leave(&mut self) {
        self.close();
        stop::wait_unless_there_is_a_report();
    }

    /// Who is at the other end.
    pub fn peer(&self) -> &Peer {
        &self.peer
    }

    /// Whether the bind sent the password over a connection without encryption.
    pub fn password_in_clear(&self) -> bool {
        self.origin.bind_dn.is_some() && self.peer.tls.is_none()
    }

    /// How the connection ended, if it did.
    pub fn lost(&self) -> Option<Lost> {
        self.session.shared.lost()
    }
}

impl Source for LiveSource {
    fn origin(&self) -> Origin {
        self.origin.clone()
    }

    fn search_all(&mut self, searches: &[Search], each: &mut dyn FnMut(usize, Entry)) -> Vec<Ended> {
        let Some(runtime) = self.runtime.as_ref().filter(|_| Handle::try_current().is_err()) else {
            return searches.iter().map(|_| Ended::Cut("the session cannot be used from here".into())).collect();
        };
        let ended = unless_stopped(runtime, self.session.search_all(searches, each));
        ended.unwrap_or_else(|| {
            self.leave();
            searches.iter().map(|_| Ended::Cut("the run was stopped (SIGINT or SIGTERM)".into())).collect()
        })
    }

    /// Refused StartTLS, references that were not followed. One line each.
    fn notes(&self) -> Vec<String> {
        self.session.notes.borrow().clone()
    }

    fn session(&self) -> Option<SessionFacts> {
        Some(SessionFacts {
            address: self.peer.address.to_string(),
            tls: self.peer.certificate.clone(),
            paging: self.session.paging.get(),
            stopped_at: self.session.stopped_at.get(),
        })
    }

    fn close(&mut self) {
        if let Some(runtime) = self.runtime.as_ref().filter(|_| Handle::try_current().is_err()) {
            runtime.block_on(self.session.close());
        }
        self.open = None;
    }
}

impl Drop for LiveSource {
    fn drop(&mut self) {
        self.close();
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Waits for the work; none if the run is stopped before its end.
fn unless_stopped<T>(runtime: &Runtime, work: impl Future<Output = T>) -> Option<T> {
    runtime.block_on(async {
        tokio::select! {
            biased;
            () = stop::asked() => None,
            done = work => Some(done),
        }
    })
}
