//! The fault of one connection: when it comes, and that it comes.

use super::moment::Moment;
use super::phase::Phase;
use super::{Fault, script};
use ldap3_proto::proto::LdapMsg;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use tokio::net::TcpStream;

/// A fault that waits for its moment.
#[derive(Debug)]
pub(in crate::lab) struct Armed {
    fault: Fault,
    times: u64,
    sent: Arc<AtomicU64>,
}

/// What a request is answered in place of the right answer.
#[derive(Debug)]
pub(in crate::lab) struct Hit {
    fault: Fault,
    phase: Phase,
    id: i32,
    times: u64,
    sent: Arc<AtomicU64>,
}

impl Armed {
    /// One that counts the bytes that it sends.
    pub(in crate::lab) fn new(fault: Fault, sent: Arc<AtomicU64>) -> Self {
        Self { fault, times: 0, sent }
    }

    /// A client has connected; whether the conversation begins.
    pub(in crate::lab) async fn connected(&mut self, socket: &mut TcpStream) -> bool {
        if self.fault.phase != Phase::Connect {
            return true;
        }
        let sent = Arc::clone(&self.sent);
        Hit { fault: self.fault, phase: Phase::Connect, id: 0, times: 0, sent }.play(Vec::new(), socket).await
    }

    /// Whether the fault comes with this request.
    pub(in crate::lab) fn hit(&mut self, request: &LdapMsg) -> Option<Hit> {
        let phase = Phase::of(request)?;
        let meant = if self.fault.phase == Phase::Entry { Phase::Search } else { self.fault.phase };
        let again = self.times > 0 && self.fault.known.again && matches!(phase, Phase::Search | Phase::Page);
        if !(again || (self.times == 0 && phase == meant)) {
            return None;
        }
        let sent = Arc::clone(&self.sent);
        let hit = Hit { fault: self.fault, phase: self.fault.phase, id: request.msgid, times: self.times, sent };
        self.times += 1;
        Some(hit)
    }
}

impl Hit {
    /// Answers the request; whether the conversation goes on.
    pub(in crate::lab) async fn play(self, replies: Vec<LdapMsg>, socket: &mut TcpStream) -> bool {
        let mut moment = Moment { id: self.id, replies, times: self.times };
        let before = if self.phase == Phase::Entry { moment.split() } else { Vec::new() };
        let script = (self.fault.known.deed)(moment);
        tracing::debug!(fault = %self.fault, "lab");
        script::play(before, script, socket, &self.sent).await
    }
}
