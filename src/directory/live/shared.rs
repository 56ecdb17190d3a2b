//! What the relay and the session both know: the guard, how the connection ended, and how far the server is ahead.

use super::error::Lost;
use super::guard::{Guard, Limits, Verdict};
use super::violation::Violation;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// Shared by the two halves of the relay and the session.
#[derive(Debug)]
pub(super) struct Shared {
    state: Mutex<State>,
    room: Notify,
    limits: Limits,
}

#[derive(Debug)]
struct State {
    guard: Guard,
    lost: Option<Lost>,
    /// The sizes of the parts handed on and not yet taken. The library's own queue has no bound.
    ahead: VecDeque<usize>,
    ahead_bytes: usize,
    /// Bytes received since the operation began.
    received: u64,
}

impl Shared {
    pub(super) fn new(guard: Guard) -> Self {
        let limits = guard.limits();
        let state = State { guard, lost: None, ahead: VecDeque::new(), ahead_bytes: 0, received: 0 };
        Self { state: Mutex::new(state), room: Notify::new(), limits }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The longest message accepted, bytes.
    pub(super) fn longest_message(&self) -> usize {
        self.limits.message
    }

    /// How the connection ended, if it did.
    pub(super) fn lost(&self) -> Option<Lost> {
        self.state().lost.clone()
    }

    /// Notes how the connection ended; the first reason stands.
    pub(super) fn lose(&self, lost: Lost) -> Lost {
        let mut state = self.state();
        let lost = state.guard.without_echo(lost);
        state.lost.get_or_insert(lost).clone()
    }

    /// Starts the counts of an operation.
    pub(super) fn begin(&self) {
        let mut state = self.state();
        state.ahead.clear();
        state.ahead_bytes = 0;
        state.received = 0;
        drop(state);
        self.room.notify_one();
    }

    /// Whether the server sent anything since the operation began.
    pub(super) fn heard(&self) -> bool {
        self.state().received > 0
    }

    /// Notes that the session took one part of an answer.
    pub(super) fn taken(&self) {
        let mut state = self.state();
        let size = state.ahead.pop_front().unwrap_or(0);
        state.ahead_bytes = state.ahead_bytes.saturating_sub(size);
        drop(state);
        self.room.notify_one();
    }

    /// Waits until the session has taken enough of what came.
    pub(super) async fn room(&self) {
        while self.state().ahead_bytes > self.limits.ahead {
            self.room.notified().await;
        }
    }

    /// Judges a message of the server; whether it is to be handed on.
    pub(super) fn answer(&self, message: &mut [u8]) -> Result<bool, Lost> {
        let mut state = self.state();
        state.received = state.received.saturating_add(message.len() as u64);
        if state.received > self.limits.operation {
            return Err(Violation::Flood(self.limits.operation).into());
        }
        match state.guard.answer(message)? {
            Verdict::Pass => Ok(true),
            Verdict::PassPart => {
                state.ahead.push_back(message.len());
                state.ahead_bytes = state.ahead_bytes.saturating_add(message.len());
                Ok(true)
            }
            Verdict::Drop => Ok(false),
            Verdict::Disconnect(text) => Err(Lost::Disconnected(text)),
        }
    }

    /// Notes a request of the client.
    pub(super) fn request(&self, message: &[u8]) -> Result<(), Violation> {
        self.state().guard.request(message)
    }

    /// Whether the client has taken its leave.
    pub(super) fn is_unbound(&self) -> bool {
        self.state().guard.is_unbound()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn waits_for_room_until_parts_are_taken() {
        let shared = Arc::new(Shared::new(Guard::new(Limits { ahead: 10, ..Limits::default() })));
        shared.request(&[0x30, 5, 2, 1, 1, 0x63, 0]).expect("a search");
        let mut entry = [0x30, 9, 2, 1, 1, 0x64, 4, 4, 0, 0x30, 0];
        assert_eq!(shared.answer(&mut entry), Ok(true));
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("runtime");
        runtime.block_on(async {
            let waiting = tokio::spawn({
                let shared = shared.clone();
                async move { shared.room().await }
            });
            tokio::task::yield_now().await;
            assert!(!waiting.is_finished());
            shared.taken();
            waiting.await.expect("room");
        });
    }

    #[test]
    fn a_flood_ends_it_and_the_first_reason_stands() {
        let shared = Shared::new(Guard::new(Limits { operation: 20, ..Limits::default() }));
        shared.request(&[0x30, 5, 2, 1, 1, 0x63, 0]).expect("a search");
        let mut entry = [0x30, 9, 2, 1, 1, 0x64, 4, 4, 0, 0x30, 0];
        assert_eq!(shared.answer(&mut entry), Ok(true));
        let flood = shared.answer(&mut entry).expect_err("flood");
        assert_eq!(shared.lose(flood.clone()), flood);
        assert_eq!(shared.lose(Lost::Closed), flood);
        shared.begin();
        assert!(!shared.heard());
        assert_eq!(shared.answer(&mut entry), Ok(true));
    }
}
