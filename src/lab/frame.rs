//! Takes whole LDAP messages from a connection, and refuses early what is none.

use ldap3_proto::LdapCodec;
use ldap3_proto::proto::LdapMsg;
use std::io;
use tokio_util::bytes::BytesMut;
use tokio_util::codec::{Decoder, Encoder};
use tracing::subscriber::{NoSubscriber, with_default};

/// The largest LDAP message the lab reads.
const MAX_MESSAGE: usize = 1 << 20;

/// The codec of a connection: the one of `ldap3_proto` behind a check of the outer tag and length, so that bytes that are
/// not LDAP, or promise more than 1 MiB, end the connection at once instead of being collected. (Exchange 5.5 before SP3
/// collected them until its client went away, Q222621.)
pub(super) struct Frame(LdapCodec);

impl Default for Frame {
    fn default() -> Self {
        Self(LdapCodec::new(Some(MAX_MESSAGE), None))
    }
}

impl Decoder for Frame {
    type Item = LdapMsg;
    type Error = io::Error;

    fn decode(&mut self, buffer: &mut BytesMut) -> io::Result<Option<LdapMsg>> {
        match message_length(buffer)? {
            Some(length) if buffer.len() >= length => {
                // The decoder below logs raw requests, passwords among them; the lab logs its own summaries.
                let message = with_default(NoSubscriber::default(), || self.0.decode(buffer))?;
                message.map(Some).ok_or_else(|| invalid("a malformed LDAP message"))
            }
            _ => Ok(None),
        }
    }
}

impl Encoder<LdapMsg> for Frame {
    type Error = io::Error;

    fn encode(&mut self, message: LdapMsg, buffer: &mut BytesMut) -> io::Result<()> {
        self.0.encode(message, buffer)
    }
}

/// The length of the message at the start of the buffer with its tag and length bytes; none while those are incomplete.
fn message_length(buffer: &[u8]) -> io::Result<Option<usize>> {
    let (length, header) = match buffer {
        [] | [0x30] => return Ok(None),
        [0x30, short, ..] if *short < 0x80 => (usize::from(*short), 2),
        // RFC 4511 section 5.1: definite lengths only; more than eight bytes of length are never needed.
        [0x30, long, rest @ ..] if (0x81..=0x88).contains(long) => {
            let count = usize::from(long & 0x7f);
            let Some(bytes) = rest.get(..count) else { return Ok(None) };
            let length = bytes.iter().fold(0_u64, |sum, &byte| (sum << 8) | u64::from(byte));
            (usize::try_from(length).unwrap_or(usize::MAX), 2 + count)
        }
        _ => return Err(invalid("not an LDAP message")),
    };
    if length > MAX_MESSAGE { Err(invalid("an LDAP message larger than 1 MiB")) } else { Ok(Some(header + length)) }
}

fn invalid(reason: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(bytes: &[u8]) -> io::Result<Option<LdapMsg>> {
        Frame::default().decode(&mut BytesMut::from(bytes))
    }

    #[test]
    fn refuses_what_is_no_message_at_once() {
        for bytes in [
            &b"GET / HTTP/1.1\r\n"[..],
            b"\x16\x03\x01\x02\x00",
            b"\x30\x80",
            b"\x30\x89",
            b"\x30\x84\x7f\xff\xff\xff",
            b"\x30\x88\xff\xff\xff\xff\xff\xff\xff\xff",
            b"\x30\x00",
            b"\x30\x05\x02\x01\x01\x42\x7f",
            b"\x30\x03\x02\x01\x01",
            b"\x30\x02\x30\x7f",
        ] {
            assert!(decode(bytes).is_err(), "{bytes:02x?}");
        }
    }

    #[test]
    fn waits_for_the_rest_of_a_message() {
        let unbind = b"\x30\x05\x02\x01\x01\x42\x00";
        for length in 0..unbind.len() {
            assert!(decode(&unbind[..length]).expect("incomplete").is_none(), "{length}");
        }
        assert!(decode(unbind).expect("complete").is_some());
        assert!(decode(b"\x30\x82\x10").expect("incomplete").is_none());
    }

    #[test]
    fn deep_nesting_is_refused() {
        let mut bytes = Vec::new();
        for _ in 0..100_000 {
            let mut outer = vec![0x30, 0x83];
            outer.extend_from_slice(&u32::try_from(bytes.len()).expect("small").to_be_bytes()[1..]);
            bytes.splice(0..0, outer);
            if bytes.len() > 5_000 {
                break;
            }
        }
        assert!(decode(&bytes).is_err());
    }

    #[test]
    fn a_password_reaches_no_log() {
        use std::sync::{Arc, Mutex};
        let log = Arc::new(Mutex::new(Vec::new()));
        #[derive(Clone)]
        struct Shared(Arc<Mutex<Vec<u8>>>);
        impl io::Write for Shared {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                self.0.lock().expect("log").extend_from_slice(bytes);
                Ok(bytes.len())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let shared = Shared(Arc::clone(&log));
        let writer = move || shared.clone();
        let everything = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(writer).finish();
        with_default(everything, || {
            let bind = b"\x30\x14\x02\x01\x01\x60\x0f\x02\x01\x03\x04\x04cn=x\x80\x04pass";
            assert!(decode(bind).expect("a bind").is_some());
            tracing::debug!("after");
        });
        let text = String::from_utf8(log.lock().expect("log").clone()).expect("text");
        assert!(text.contains("after"));
        // "pass", and its bytes as the decoder would print them.
        assert!(!text.contains("pass") && !text.contains("112, 97, 115, 115"), "{text}");
    }
}
