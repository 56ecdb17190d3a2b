//! One bound connection, used by one operation at a time.

use super::error::{LiveError, Lost};
use super::guard::Limits;
use super::relay;
use super::settings::Settings;
use super::shared::Shared;
use super::time::{Limit, within};
use super::transport::Wire;
use crate::directory::source::Paging;
use ldap3::{Ldap, LdapError};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;

/// How long taking leave may take.
const LEAVING: Duration = Duration::from_secs(2);

/// One connection.
pub(super) struct Session {
    pub(super) ldap: Ldap,
    pub(super) shared: Arc<Shared>,
    requests: Option<JoinHandle<()>>,
    timeout: Duration,
    deadline: Instant,
    /// Entries a page; halved when the server refuses so many.
    pub(super) page_size: u32,
    pub(super) notes: Vec<String>,
    /// How the server takes paged searches, as found.
    pub(super) paging: Paging,
    /// After how many entries the server itself ended an unpaged answer.
    pub(super) stopped_at: Option<usize>,
    /// Operations in a row without one byte of an answer.
    pub(super) silent: u32,
}

/// Why the library could not do as asked.
pub(super) enum Trouble {
    /// The connection is gone.
    Lost(Lost),
    /// It would not send the request; the connection is still good.
    Unsendable(String),
}

impl Session {
    /// Starts the library behind the guard.
    pub(super) async fn start(wire: Box<dyn Wire>, settings: &Settings, limits: Limits) -> Result<Self, LiveError> {
        let shared = Arc::new(Shared::new(limits));
        let (ldap, requests) = relay::start(wire, shared.clone()).await?;
        Ok(Self {
            ldap,
            shared,
            requests: Some(requests),
            timeout: settings.timeout,
            deadline: settings.deadline,
            page_size: settings.page_size,
            notes: Vec::new(),
            paging: if settings.page_size == 0 { Paging::Off } else { Paging::Unknown },
            stopped_at: None,
            silent: 0,
        })
    }

    /// Starts the counts and the clock of an operation.
    pub(super) fn begin(&self) -> Limit {
        self.shared.begin();
        Limit::new(self.timeout, self.deadline)
    }

    /// Whether the run's time is over.
    pub(super) fn is_late(&self) -> bool {
        Instant::now() >= self.deadline
    }

    /// What an error of the library means. The relay knows best why a connection ended.
    pub(super) fn trouble(&self, error: &LdapError) -> Trouble {
        match error {
            LdapError::FilterParsing | LdapError::AdapterInit(_) => Trouble::Unsendable(error.to_string()),
            _ => Trouble::Lost(self.shared.lose(Lost::Broken(error.to_string()))),
        }
    }

    /// Gives an operation up, and tells the server.
    pub(super) async fn abandon(&mut self, id: i32) {
        let limit = Limit::new(LEAVING, Instant::now() + LEAVING);
        let _ = within(limit, self.ldap.abandon(id)).await;
    }

    /// Sends Unbind and closes the connection.
    pub(super) async fn close(&mut self) {
        let Some(requests) = self.requests.take() else { return };
        self.shared.lose(Lost::Ended);
        // The deadline may be over; leaving is owed to the server all the same.
        let limit = Limit::new(LEAVING, Instant::now() + LEAVING);
        let _ = within(limit, async {
            let _ = self.ldap.unbind().await;
            let _ = requests.await;
        })
        .await;
    }
}
