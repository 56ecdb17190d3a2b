//! The guard between a server and the client library: it knows what was asked, and lets only well-formed answers to that
//! pass. The library trusts its input (it recurses without bound, and panics on a wrong shape), so nothing else may reach it.

use super::ber;
use super::echo::{Echo, WITHHELD};
use super::error::Lost;
use super::secret::Secret;
use super::shape;
use super::violation::Violation;
use crate::directory::text::text_of;
use std::collections::{HashMap, HashSet};

/// What is accepted from a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The longest message, bytes.
    pub message: usize,
    /// The most elements in one message; the library keeps about a hundred bytes for each.
    pub elements: usize,
    /// The deepest nesting; LDAP itself needs about six levels.
    pub depth: usize,
    /// The most bytes in answer to one request.
    pub operation: u64,
    /// The most bytes of entries waiting to be taken.
    pub ahead: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { message: 16 << 20, elements: 1 << 18, depth: 32, operation: 256 << 20, ahead: 1 << 20 }
    }
}

/// What to do with a message from the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Hand it on.
    Pass,
    /// Hand it on: a part of the answer to a search.
    PassPart,
    /// Drop it: it belongs to a request that was given up, or to nobody.
    Drop,
    /// The server says that it is closing the connection, and why.
    Disconnect(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Bind,
    Search,
    Extended,
}

/// What was asked on one connection, and what may therefore come.
#[derive(Debug)]
pub struct Guard {
    limits: Limits,
    pending: HashMap<u32, Asked>,
    abandoned: HashSet<u32>,
    unbound: bool,
    echo: Echo,
}

impl Guard {
    /// For a new connection.
    pub fn new(limits: Limits) -> Self {
        Self { limits, pending: HashMap::new(), abandoned: HashSet::new(), unbound: false, echo: Echo::default() }
    }

    /// The same, and a text of the server's that holds this password is written over.
    #[must_use]
    pub fn hiding(self, secret: Option<&Secret>) -> Self {
        Self { echo: Echo::of(secret), ..self }
    }

    /// The limits it keeps.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Whether the client has taken its leave.
    pub fn is_unbound(&self) -> bool {
        self.unbound
    }

    /// Notes a StartTLS request, which is made before the library is there.
    pub(super) fn expect_extended(&mut self, id: u32) {
        self.pending.insert(id, Asked::Extended);
    }

    /// Notes a request of the client. Nothing but bind, search, abandon and unbind is let out.
    ///
    /// # Errors
    /// The request is none of these.
    pub fn request(&mut self, message: &[u8]) -> Result<(), Violation> {
        let envelope = shape::envelope(message)?;
        match envelope.op.tag {
            0x60 => drop(self.pending.insert(envelope.id, Asked::Bind)),
            0x63 => drop(self.pending.insert(envelope.id, Asked::Search)),
            0x50 => {
                let target = ber::unsigned(envelope.op.of(message)).and_then(|id| u32::try_from(id).ok());
                if let Some(id) = target.filter(|id| self.pending.remove(id).is_some()) {
                    self.abandoned.insert(id);
                }
            }
            0x42 => self.unbound = true,
            other => return Err(Violation::NotReading(other)),
        }
        Ok(())
    }

    /// Judges a whole message from the server. A text in it that holds the password is written over; bytes that are not
    /// UTF-8, in texts that must be, become `?`.
    ///
    /// # Errors
    /// A [`Violation`], after which no more may be read.
    pub fn answer(&mut self, message: &mut [u8]) -> Result<Verdict, Violation> {
        ber::check(message, self.limits.depth, self.limits.elements)?;
        let envelope = shape::envelope(message)?;
        let (id, tag) = (envelope.id, envelope.op.tag);
        if id == 0 {
            return self.unsolicited(message, &envelope);
        }
        let texts = shape::texts(message, &envelope)?;
        let part = matches!(tag, shape::ENTRY | shape::REFERENCE | shape::INTERMEDIATE);
        if self.abandoned.contains(&id) {
            if !part {
                self.abandoned.remove(&id);
            }
            return Ok(Verdict::Drop);
        }
        match (self.pending.get(&id), tag) {
            (None, _) => return Err(Violation::NotAsked(id)),
            (Some(Asked::Search), shape::SEARCH_DONE)
            | (Some(Asked::Bind), shape::BIND_RESPONSE)
            | (Some(Asked::Extended), shape::EXTENDED_RESPONSE) => drop(self.pending.remove(&id)),
            (Some(Asked::Search), _) if part => {}
            _ => return Err(Violation::OtherKind { id, tag }),
        }
        for range in texts {
            if let Some(text) = message.get_mut(range) {
                self.echo.write_over(text);
                // a reference is decoded by ourselves
                if tag != shape::REFERENCE {
                    replace_invalid(text);
                }
            }
        }
        Ok(if part { Verdict::PassPart } else { Verdict::Pass })
    }

    /// What the server sent, with nothing of the password in it, of a connection that ended.
    pub(super) fn without_echo(&self, lost: Lost) -> Lost {
        match lost {
            Lost::Violation(Violation::NotLdap(bytes)) if self.echo.is_begun_by(&bytes) => {
                Violation::NotLdap(WITHHELD.into()).into()
            }
            other => other,
        }
    }

    /// A message with id 0 (RFC 4511 section 4.4): a Notice of Disconnection, or something to ignore.
    fn unsolicited(&self, message: &[u8], envelope: &shape::Envelope) -> Result<Verdict, Violation> {
        if envelope.op.tag != shape::EXTENDED_RESPONSE {
            return Err(Violation::NotAsked(0));
        }
        let outcome = shape::result(message, &envelope.op, &mut Vec::new())?;
        // Active Directory puts the name elsewhere, so a notice without one counts too.
        if outcome.name.is_some_and(|name| name != b"1.3.6.1.4.1.1466.20036") {
            return Ok(Verdict::Drop);
        }
        let mut text = outcome.text;
        self.echo.write_over(&mut text);
        Ok(Verdict::Disconnect(super::answer::words(outcome.code, &text_of(&text))))
    }
}

/// Makes a text UTF-8 without changing its length.
fn replace_invalid(text: &mut [u8]) {
    let mut from = 0;
    while let Err(error) = std::str::from_utf8(text.get(from..).unwrap_or_default()) {
        let bad = from + error.valid_up_to();
        let end = error.error_len().map_or(text.len(), |length| bad + length);
        text.get_mut(bad..end).unwrap_or_default().fill(b'?');
        from = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SEARCH: [u8; 7] = [0x30, 5, 2, 1, 1, 0x63, 0];
    const DONE: [u8; 14] = [0x30, 12, 2, 1, 1, 0x65, 7, 10, 1, 0, 4, 0, 4, 0];
    const ENTRY: [u8; 11] = [0x30, 9, 2, 1, 1, 0x64, 4, 4, 0, 0x30, 0];

    fn asked() -> Guard {
        let mut guard = Guard::new(Limits::default());
        guard.request(&SEARCH).expect("a search");
        guard
    }

    #[test]
    fn passes_what_was_asked() {
        let mut guard = asked();
        assert_eq!(guard.answer(&mut ENTRY.clone()), Ok(Verdict::PassPart));
        assert_eq!(guard.answer(&mut DONE.clone()), Ok(Verdict::Pass));
        assert_eq!(guard.answer(&mut DONE.clone()), Err(Violation::NotAsked(1)));
    }

    #[test]
    fn refuses_other_ids_and_kinds() {
        let mut bind = DONE;
        bind[5] = 0x61;
        assert_eq!(asked().answer(&mut bind), Err(Violation::OtherKind { id: 1, tag: 0x61 }));
        bind[5] = 0x6f;
        assert_eq!(asked().answer(&mut bind), Err(Violation::Operation(0x6f)));
        let mut other = DONE;
        other[4] = 2;
        assert_eq!(asked().answer(&mut other), Err(Violation::NotAsked(2)));
        other[4] = 0;
        assert_eq!(asked().answer(&mut other), Err(Violation::NotAsked(0)));
    }

    #[test]
    fn drops_what_comes_after_an_abandon() {
        let mut guard = asked();
        guard.request(&[0x30, 6, 2, 1, 2, 0x50, 1, 1]).expect("an abandon");
        assert_eq!(guard.answer(&mut ENTRY.clone()), Ok(Verdict::Drop));
        assert_eq!(guard.answer(&mut DONE.clone()), Ok(Verdict::Drop));
        assert_eq!(guard.answer(&mut DONE.clone()), Err(Violation::NotAsked(1)));
    }

    #[test]
    fn lets_only_reading_out() {
        for (tag, fine) in [(0x60, true), (0x63, true), (0x42, true), (0x66, false), (0x68, false), (0x4a, false), (0x6c, false)]
        {
            let mut request = SEARCH;
            request[5] = tag;
            assert_eq!(Guard::new(Limits::default()).request(&request).is_ok(), fine, "{tag:02x}");
        }
    }

    #[test]
    fn reads_a_notice_of_disconnection() {
        let mut notice = vec![0x30, 16, 2, 1, 0, 0x78, 11, 10, 1, 52, 4, 0, 4, 4, b'b', b'y', b'e', 0xe9];
        assert_eq!(asked().answer(&mut notice), Ok(Verdict::Disconnect("unavailable (52): byeé".into())));
        let mut other = vec![0x30, 15, 2, 1, 0, 0x78, 10, 10, 1, 0, 4, 0, 4, 0, 0x8a, 1, b'1'];
        assert_eq!(asked().answer(&mut other), Ok(Verdict::Drop));
    }

    #[test]
    fn replaces_what_is_not_utf8_in_place() {
        let mut text = b"gr\xfc\xdfe \xc3\xa9 \xc3".to_vec();
        replace_invalid(&mut text);
        assert_eq!(text, "gr??e \u{e9} ?".as_bytes());
    }

    proptest! {
        #[test]
        fn survives_any_bytes(mut bytes in proptest::collection::vec(any::<u8>(), 0..120)) {
            let _ = asked().answer(&mut bytes);
            let _ = asked().request(&bytes);
        }

        /// What passes never surprises the library: its own parser and ours agree that the message is whole.
        #[test]
        fn survives_damaged_messages(which in 0..3_usize, at in 0..40_usize, byte: u8, cut in 0..40_usize) {
            let control = [0x30, 23, 2, 1, 1, 0x65, 7, 10, 1, 0, 4, 0, 4, 0, 0xa0, 9, 0x30, 7, 4, 1, b'1', 4, 2, 0x30, 0];
            let mut bytes = [&ENTRY[..], &DONE, &control][which].to_vec();
            if let Some(target) = bytes.get_mut(at) {
                *target = byte;
            }
            bytes.truncate(cut.max(2));
            if asked().answer(&mut bytes).is_ok() {
                prop_assert!(ldap3::asn1::parse_tag(&bytes).is_ok_and(|(rest, _)| rest.is_empty()));
            }
        }
    }
}
