//! Bytes that are no LDAP message.

use super::moment::Moment;
use super::script::{Script, Then};
use super::{Known, Phase, wire};

const SOME: &[Phase] = &[Phase::Bind, Phase::Search, Phase::Read];
const EARLY: &[Phase] = &[Phase::Connect, Phase::Bind, Phase::Search];

pub(super) const KNOWN: &[Known] = &[
    Known::once("garbage", EARLY, |_| raw(&[0xa5; 5000]), "sends noise"),
    Known::once("http", EARLY, |_| raw(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"), "answers as a web server"),
    Known::once("tls", EARLY, |_| raw(&TLS_HELLO), "answers as a TLS server"),
    Known::once("zeros", SOME, |_| Script::send(std::iter::repeat_with(|| vec![0; 4096])), "sends zeros without end"),
    Known::once("huge-length", SOME, |_| hold(&[0x30, 0x84, 0x80, 0, 0, 0, 2, 1, 1]), "announces a message of 2 GiB"),
    Known::once(
        "eight-byte-length",
        SOME,
        |_| hold(&[0x30, 0x88, 255, 255, 255, 255, 255, 255, 255, 255]),
        "announces a message of 16 EiB",
    ),
    Known::once("indefinite-length", SOME, |_| hold(&[0x30, 0x80, 2, 1, 1]), "sends a message of indefinite length"),
    Known::once(
        "announced",
        SOME,
        |_| hold(&[0x30, 0x84, 0, 0xf0, 0, 0, 2, 1, 1]),
        "announces a message of 15 MiB and sends none",
    ),
    Known::once("deep-nesting", SOME, |_| Script::send([deep()]), "sends a message nested 200,000 levels deep"),
    Known::once("long-inner", SOME, |m| one(m, &[0x64, 0x70, 4, 0]), "sends an element longer than the one around it"),
    Known::once("empty-message", SOME, |_| raw(&[0x30, 0]), "sends a message without content"),
    Known::once("long-tag", SOME, |m| one(m, &[0x7f, 0x81, 1, 0]), "sends a tag that LDAP does not have"),
    Known::once("empty-operation", SOME, |m| one(m, &[0x65, 0]), "sends a result without a code"),
    Known::once("trailing", SOME, trailing, "puts bytes behind the result, inside the message"),
];

/// The start of a TLS 1.2 record with a ServerHello in it.
const TLS_HELLO: [u8; 16] = [0x16, 3, 3, 0, 0x2c, 2, 0, 0, 0x28, 3, 3, 1, 2, 3, 4, 5];

/// Bytes, and the end of the connection.
fn raw(bytes: &'static [u8]) -> Script {
    Script::send([bytes.to_vec()]).then(Then::Close)
}

/// Bytes, and silence.
fn hold(bytes: &'static [u8]) -> Script {
    Script::send([bytes.to_vec()]).then(Then::Stall)
}

/// A message with this operation.
fn one(moment: Moment, operation: &[u8]) -> Script {
    Script::send([wire::message(moment.id, &[operation])]).then(Then::Stall)
}

fn trailing(mut moment: Moment) -> Script {
    let last = moment.replies.pop();
    let tag =
        if matches!(last.map(|m| m.op), Some(ldap3_proto::proto::LdapOp::BindResponse(_))) { wire::BIND } else { wire::DONE };
    let bad = wire::message(moment.id, &[&wire::outcome(tag, 0, "", &[]), &[5, 0]]);
    Script::send(moment.right().into_iter().chain([bad]))
}

fn deep() -> Vec<u8> {
    const LEVELS: usize = 200_000;
    let mut bytes = Vec::with_capacity(6 * LEVELS);
    for level in 0..LEVELS {
        let inside = u32::try_from(6 * (LEVELS - level - 1)).unwrap_or(u32::MAX);
        bytes.extend([0x30, 0x84]);
        bytes.extend(inside.to_be_bytes());
    }
    bytes
}
