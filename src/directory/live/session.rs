//! One bound connection, used by one operation at a time, or by several reads of single objects.

use super::error::{LiveError, Lost};
use super::guard::{Guard, Limits};
use super::relay;
use super::settings::Settings;
use super::shared::Shared;
use super::time::{Limit, within};
use super::transport::Wire;
use crate::directory::source::Paging;
use ldap3::{Ldap, LdapError};
use std::cell::{Cell, RefCell};
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
    pace: Duration,
    /// How many reads may be under way at a time.
    pub(super) pipeline: usize,
    /// Entries a page; halved when the server refuses so many.
    pub(super) page_size: Cell<u32>,
    pub(super) notes: RefCell<Vec<String>>,
    /// How the server takes paged searches, as found.
    pub(super) paging: Cell<Paging>,
    /// After how many entries the server itself ended an unpaged answer.
    pub(super) stopped_at: Cell<Option<usize>>,
    /// Operations in a row without one byte of an answer.
    pub(super) silent: Cell<u32>,
    /// When the last answer ended.
    answered: Cell<Option<Instant>>,
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
        let secret = settings.bind.as_ref().map(|bind| &bind.password);
        let shared = Arc::new(Shared::new(Guard::new(limits).hiding(secret)));
        let (ldap, requests) = relay::start(wire, shared.clone()).await?;
        Ok(Self {
            ldap,
            shared,
            requests: Some(requests),
            timeout: settings.timeout,
            deadline: settings.deadline,
            pace: settings.pace,
            pipeline: settings.pipeline.max(1),
            page_size: Cell::new(settings.page_size),
            notes: RefCell::default(),
            paging: Cell::new(if settings.page_size == 0 { Paging::Off } else { Paging::Unknown }),
            stopped_at: Cell::new(None),
            silent: Cell::new(0),
            answered: Cell::new(None),
        })
    }

    /// Starts the counts and the clock of an operation.
    pub(super) fn begin(&self) -> Limit {
        self.shared.begin();
        self.limit()
    }

    /// Starts the clock of an operation.
    pub(super) fn limit(&self) -> Limit {
        Limit::new(self.timeout, self.deadline)
    }

    /// Waits until the pause after the last answer is over, or the run's time.
    pub(super) async fn pause(&self) {
        let until = self.answered.get().and_then(|answered| answered.checked_add(self.pace));
        if let Some(until) = until.filter(|_| !self.pace.is_zero()) {
            tokio::time::sleep_until(until.min(self.deadline).into()).await;
        }
    }

    /// Notes that an answer ended now.
    pub(super) fn answered(&self) {
        self.answered.set(Some(Instant::now()));
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
    pub(super) async fn abandon(&self, id: i32) {
        let limit = Limit::new(LEAVING, Instant::now() + LEAVING);
        let _ = within(limit, self.ldap.clone().abandon(id)).await;
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
