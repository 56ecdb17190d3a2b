//! What a fault has at hand when it comes: the request's id and the right answer.

use super::super::frame::Frame;
use ldap3_proto::proto::{LdapMsg, LdapOp, LdapSearchResultEntry};
use tokio_util::bytes::BytesMut;
use tokio_util::codec::Encoder as _;

/// The point at which a fault comes.
#[derive(Debug)]
pub(super) struct Moment {
    /// The id of the request; 0 before there is one.
    pub(super) id: i32,
    /// The right answer.
    pub(super) replies: Vec<LdapMsg>,
    /// How often the fault came before on this connection.
    pub(super) times: u64,
}

impl Moment {
    /// Takes the first half of the entries off the answer.
    pub(super) fn split(&mut self) -> Vec<Vec<u8>> {
        let entries = self.replies.iter().filter(|reply| matches!(reply.op, LdapOp::SearchResultEntry(_))).count();
        self.replies.drain(..entries.div_ceil(2)).map(encode).collect()
    }

    /// The right answer, or what is left of it, as bytes; one for each message.
    pub(super) fn right(self) -> Vec<Vec<u8>> {
        self.replies.into_iter().map(encode).collect()
    }

    /// The first entry of the answer.
    pub(super) fn entry(&mut self) -> Option<&mut LdapSearchResultEntry> {
        self.replies.iter_mut().find_map(|reply| match &mut reply.op {
            LdapOp::SearchResultEntry(entry) => Some(entry),
            _ => None,
        })
    }

    /// The container that holds the first entry of the answer.
    pub(super) fn container(&mut self) -> String {
        let dn = self.entry().map(|entry| entry.dn.clone()).unwrap_or_default();
        // The lab's own names: a comma inside a value is escaped.
        let comma = dn.char_indices().find(|&(at, c)| c == ',' && !dn.get(..at).is_some_and(|before| before.ends_with('\\')));
        comma.and_then(|(at, _)| dn.get(at + 1..)).unwrap_or_default().to_owned()
    }

    /// The organization of the first entry of the answer.
    pub(super) fn organization(&mut self) -> String {
        let container = self.container();
        container.rsplit_once(",o=").map(|(_, name)| format!("o={name}")).unwrap_or(container)
    }
}

/// A message as bytes.
pub(super) fn encode(message: LdapMsg) -> Vec<u8> {
    let mut buffer = BytesMut::new();
    // The lab's own messages can always be written.
    let _ = Frame::default().encode(message, &mut buffer);
    buffer.to_vec()
}
