//! Bytes no LDAP client sends, and connections without end.

use super::demo;
use exaudit::lab::LabHandle;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// Anonymous read of the root entry: base "", scope base, `(objectClass=*)`, `1.1`.
const ROOT_SEARCH: &[u8] = b"\x30\x2a\x02\x01\x01\x63\x25\x04\x00\x0a\x01\x00\x0a\x01\x00\x02\x01\x00\x02\x01\x00\x01\x01\x00\
                             \x87\x0bobjectClass\x30\x05\x04\x031.1";
const UNBIND: &[u8] = b"\x30\x05\x02\x01\x02\x42\x00";

fn connect(lab: &LabHandle) -> TcpStream {
    let socket = TcpStream::connect(lab.address()).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    socket
}

/// Everything the server sends until it closes; none if it leaves the connection open.
fn until_closed(mut socket: TcpStream) -> Option<Vec<u8>> {
    let mut answer = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        match socket.read(&mut buffer) {
            Ok(0) => return Some(answer),
            Ok(count) => answer.extend_from_slice(&buffer[..count]),
            Err(error) if matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) => return None,
            // What was sent and not read makes the close a reset.
            Err(_) => return Some(answer),
        }
    }
}

/// Whether the server answers a search with an entry, a result, and the end after Unbind.
fn answers(lab: &LabHandle) -> bool {
    let mut socket = connect(lab);
    // Both requests in one write: they are answered in order.
    if socket.write_all(&[ROOT_SEARCH, UNBIND].concat()).is_err() {
        return false;
    }
    until_closed(socket).is_some_and(|answer| answer.ends_with(b"\x30\x0c\x02\x01\x01\x65\x07\x0a\x01\x00\x04\x00\x04\x00"))
}

#[test]
fn malformed_messages_end_their_connection_only() {
    let lab = demo();
    let bystander = connect(&lab);
    assert!(answers(&lab));
    let mut deep = Vec::new();
    for _ in 0..2_000 {
        let length = u16::try_from(deep.len()).unwrap().to_be_bytes();
        deep.splice(0..0, [&[0x30, 0x82][..], &length].concat());
    }
    for bytes in [
        &b"\x00\xff\xfe garbage \x80\x81"[..],
        b"\x30\x00",
        b"GET / HTTP/1.1\r\nHost: lab\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"\x30\x84\x7f\xff\xff\xff\x02\x01\x01",
        b"\x30\x88\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\x30\x80\x02\x01\x01\x42\x00\x00\x00",
        // Lengths inside that reach outside, an unknown operation, a response, a bind without a name.
        b"\x30\x05\x02\x01\x01\x42\x7f",
        b"\x30\x05\x02\x01\x01\x7e\x00",
        b"\x30\x0c\x02\x01\x01\x65\x07\x0a\x01\x00\x04\x00\x04\x00",
        b"\x30\x08\x02\x01\x01\x60\x03\x02\x01\x03",
        // A filter with a value that is not UTF-8 cannot be decoded.
        b"\x30\x26\x02\x01\x01\x63\x21\x04\x00\x0a\x01\x00\x0a\x01\x00\x02\x01\x00\x02\x01\x00\x01\x01\x00\xa3\x07\x04\x02cn\x04\x01\xff\x30\x05\x04\x031.1",
        &deep,
    ] {
        let mut socket = connect(&lab);
        socket.write_all(bytes).unwrap();
        assert!(until_closed(socket).is_some(), "still open after {:02x?}", &bytes[..bytes.len().min(40)]);
        assert!(answers(&lab), "no answer after {:02x?}", &bytes[..bytes.len().min(40)]);
    }
    // Half a message, then gone.
    connect(&lab).write_all(&ROOT_SEARCH[..20]).unwrap();
    assert!(answers(&lab));
    // The connection opened first was never touched.
    let mut bystander = bystander;
    bystander.write_all(&[ROOT_SEARCH, UNBIND].concat()).unwrap();
    assert!(until_closed(bystander).is_some_and(|answer| !answer.is_empty()));
}

#[test]
fn the_sixty_fifth_connection_is_closed() {
    let lab = demo();
    let open: Vec<TcpStream> = (0..64).map(|_| connect(&lab)).collect();
    assert_eq!(until_closed(connect(&lab)).as_deref(), Some(&[][..]));
    drop(open);
    let started = Instant::now();
    while !answers(&lab) {
        assert!(started.elapsed() < Duration::from_secs(10), "places are not freed");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn stopping_does_not_wait_for_clients() {
    let lab = demo();
    let client = connect(&lab);
    let started = Instant::now();
    drop(lab);
    assert!(started.elapsed() < Duration::from_secs(2));
    assert!(until_closed(client).is_some());
}
