//! A server that does what a script says, on raw bytes.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

/// One request as it came: message id, tag of the operation, all bytes.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) id: u8,
    pub(crate) op: u8,
    pub(crate) bytes: Vec<u8>,
}

pub(crate) const BIND: u8 = 0x60;
pub(crate) const UNBIND: u8 = 0x42;
pub(crate) const SEARCH: u8 = 0x63;
pub(crate) const ABANDON: u8 = 0x50;
pub(crate) const EXTENDED: u8 = 0x77;

/// The connection, as the script sees it.
pub(crate) struct Conn<S> {
    pub(crate) stream: S,
    log: Arc<Mutex<Vec<Request>>>,
}

impl<S: Read + Write> Conn<S> {
    /// The next request; none at the end, or after five seconds.
    pub(crate) fn request(&mut self) -> Option<Request> {
        let mut bytes = vec![0; 2];
        self.stream.read_exact(&mut bytes).ok()?;
        let mut length = usize::from(bytes[1]);
        if length >= 0x80 {
            let mut digits = vec![0; length & 0x7f];
            self.stream.read_exact(&mut digits).ok()?;
            length = digits.iter().fold(0, |sum, &digit| sum << 8 | usize::from(digit));
            bytes.extend(digits);
        }
        let mut content = vec![0; length];
        self.stream.read_exact(&mut content).ok()?;
        let id_length = usize::from(content[1]);
        let request = Request { id: content[1 + id_length], op: content[2 + id_length], bytes: [bytes, content].concat() };
        self.log.lock().expect("log").push(request.clone());
        Some(request)
    }

    /// The id of the next search; answers binds on the way.
    pub(crate) fn search(&mut self) -> u8 {
        loop {
            let request = self.request().expect("a request");
            match request.op {
                BIND => self.send(&result(request.id, 0x61, 0, b"")),
                SEARCH => return request.id,
                other => panic!("a search expected, not {other:02x}"),
            }
        }
    }

    pub(crate) fn send(&mut self, bytes: &[u8]) {
        // A client that has closed already is not the script's business.
        let _ = self.stream.write_all(bytes).and_then(|()| self.stream.flush());
    }

    pub(crate) fn over<T>(self, stream: T) -> Conn<T> {
        Conn { stream, log: self.log }
    }

    /// Reads to the end, so that an Unbind is seen.
    pub(crate) fn drain(mut self) {
        while self.request().is_some() {}
    }
}

/// A running server.
pub(crate) struct Server {
    pub(crate) port: u16,
    thread: Option<JoinHandle<()>>,
    log: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// Runs the script on the first connection.
    pub(crate) fn run(script: impl FnOnce(Conn<TcpStream>) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("address").port();
        let log = Arc::new(Mutex::new(Vec::new()));
        let conn_log = log.clone();
        let thread = std::thread::spawn(move || {
            let (stream, _) = listener.accept().expect("a client");
            stream.set_read_timeout(Some(Duration::from_secs(5))).expect("timeout");
            stream.set_write_timeout(Some(Duration::from_secs(5))).expect("timeout");
            stream.set_nodelay(true).expect("nodelay");
            script(Conn { stream, log: conn_log });
        });
        Self { port, thread: Some(thread), log }
    }

    pub(crate) fn uri(&self) -> String {
        format!("ldap://127.0.0.1:{}", self.port)
    }

    /// Waits for the script's end and returns the requests it read.
    pub(crate) fn finish(mut self) -> Vec<Request> {
        self.thread.take().expect("running").join().expect("the script");
        self.log.lock().expect("log").clone()
    }
}

/// One element.
pub(crate) fn tlv(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let mut out = vec![tag, 0x84];
    out.extend(u32::try_from(content.len()).expect("short").to_be_bytes());
    out.extend(content);
    out
}

/// A message around an operation.
pub(crate) fn message(id: u8, op: &[u8]) -> Vec<u8> {
    tlv(0x30, &[&[2, 1, id], op])
}

fn result_op(op: u8, code: u8, text: &[u8]) -> Vec<u8> {
    tlv(op, &[&[10, 1, code, 4, 0], &tlv(4, &[text])])
}

/// A message with a result.
pub(crate) fn result(id: u8, op: u8, code: u8, text: &[u8]) -> Vec<u8> {
    message(id, &result_op(op, code, text))
}

/// The end of a search.
pub(crate) fn done(id: u8, code: u8) -> Vec<u8> {
    result(id, 0x65, code, b"")
}

/// The end of a page.
pub(crate) fn page_done(id: u8, code: u8, cookie: &[u8]) -> Vec<u8> {
    let value = tlv(0x30, &[&[2, 1, 0], &tlv(4, &[cookie])]);
    let control = tlv(0x30, &[&tlv(4, &[b"1.2.840.113556.1.4.319"]), &tlv(4, &[&value])]);
    tlv(0x30, &[&[2, 1, id], &result_op(0x65, code, b""), &tlv(0xa0, &[&control])])
}

/// An entry.
pub(crate) fn entry(id: u8, dn: &[u8], attributes: &[(&str, &[&[u8]])]) -> Vec<u8> {
    let blocks: Vec<Vec<u8>> = attributes
        .iter()
        .map(|(name, values)| {
            let values: Vec<u8> = values.iter().flat_map(|value| tlv(4, &[value])).collect();
            tlv(0x30, &[&tlv(4, &[name.as_bytes()]), &tlv(0x31, &[&values])])
        })
        .collect();
    message(id, &tlv(0x64, &[&tlv(4, &[dn]), &tlv(0x30, &[&blocks.concat()])]))
}
