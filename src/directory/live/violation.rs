//! What a server can send that is not acceptable LDAP. Each of these ends the connection.

/// Why bytes from the server were not let through. Offsets count from the start of the message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Violation {
    /// The first byte is not the SEQUENCE every LDAP message starts with (RFC 4511 section 4.1.1).
    #[error("the server's answer is not LDAP: it begins with {}", opening(.0))]
    NotLdap(Vec<u8>),
    /// The connection ended inside a message.
    #[error("the server closed the connection in the middle of a message, after {0} bytes of it")]
    Unfinished(usize),
    /// An indefinite or reserved length form (RFC 4511 section 5.1 allows the definite form only).
    #[error("the server sent a length that LDAP does not allow, at byte {0} of a message")]
    Length(usize),
    /// A tag of more than one byte; LDAP has none.
    #[error("the server sent a tag that LDAP does not have, at byte {0} of a message")]
    Tag(usize),
    /// A message longer than is accepted.
    #[error("the server announced a message of {length} bytes; at most {limit} are accepted")]
    TooLong {
        /// As announced, bytes.
        length: u64,
        /// As accepted, bytes.
        limit: usize,
    },
    /// An element that ends outside the one that holds it.
    #[error("the server sent an element that is longer than the one around it, at byte {0} of a message")]
    Overrun(usize),
    /// Nested deeper than is accepted.
    #[error("the server sent a message nested more than {0} levels deep")]
    TooDeep(usize),
    /// More elements in one message than are accepted.
    #[error("the server sent a message of more than {0} elements")]
    TooMany(usize),
    /// More attributes in one entry than are accepted.
    #[error("the server sent an entry of more than {0} attributes")]
    TooManyAttributes(usize),
    /// The pieces are not those of the message it claims to be; the text names the piece.
    #[error("the server sent a malformed message: {0}")]
    Shape(&'static str),
    /// An operation that is no response.
    #[error("the server sent an operation that is not an LDAP response (tag 0x{0:02x})")]
    Operation(u8),
    /// An answer to a request that was not made.
    #[error("the server answered request {0}, which was not asked or is answered already")]
    NotAsked(u32),
    /// An answer of the wrong kind.
    #[error("the server answered request {id} with an operation of another kind (tag 0x{tag:02x})")]
    OtherKind {
        /// The message id.
        id: u32,
        /// The tag of the operation.
        tag: u8,
    },
    /// One operation brought more bytes than are accepted.
    #[error("the server sent more than {0} bytes in answer to one request; ask with paging (--page-size)")]
    Flood(u64),
    /// Clear text behind the answer to StartTLS, which TLS would not protect.
    #[error("the server sent clear text after its answer to StartTLS; somebody may be tampering with the connection")]
    AfterStartTls,
    /// A request this program never makes: nothing but bind, search, abandon and unbind is let out.
    #[error("a request that does not only read was held back (tag 0x{0:02x})")]
    NotReading(u8),
}

/// The first bytes in hexadecimal, as text where they are text, and what speaks like that.
fn opening(bytes: &[u8]) -> String {
    let shown = bytes.get(..4).unwrap_or(bytes);
    let hex: Vec<String> = shown.iter().map(|b| format!("{b:02x}")).collect();
    let mut text = hex.join(" ");
    if !shown.is_empty() && shown.iter().all(|b| b.is_ascii_graphic() || *b == b' ') {
        text.push_str(&format!(" (\"{}\")", String::from_utf8_lossy(shown)));
    }
    if matches!(shown, [0x15 | 0x16, 0x03, ..]) {
        text.push_str(" (TLS: use an ldaps:// URI for this port)");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_it_begins_with() {
        assert_eq!(
            Violation::NotLdap(b"HTTP/1.1 400".to_vec()).to_string(),
            "the server's answer is not LDAP: it begins with 48 54 54 50 (\"HTTP\")"
        );
        assert!(
            Violation::NotLdap(vec![0x15, 3, 1, 0]).to_string().ends_with("15 03 01 00 (TLS: use an ldaps:// URI for this port)")
        );
        assert!(Violation::NotLdap(vec![0, 255]).to_string().ends_with("00 ff"));
    }
}
