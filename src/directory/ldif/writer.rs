//! Writing entries as LDIF (RFC 2849).

use super::parser::keyword;
use crate::directory::entry::Entry;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::io::{self, Write};

/// Lines are folded at this many columns.
const COLUMNS: usize = 76;

/// Writes one entry and the empty line after it. Values that are not plain text come out as base64.
///
/// # Errors
/// What `out` says; [`io::ErrorKind::InvalidInput`] if an attribute has a name that LDIF cannot hold.
pub fn write_entry(out: &mut (impl Write + ?Sized), entry: &Entry) -> io::Result<()> {
    write_value(out, "dn", entry.dn.to_string().as_bytes())?;
    for attribute in entry.attributes() {
        if !is_name(attribute.name) {
            let reason = format!("{:?} of {} is not an attribute name", attribute.name, entry.dn);
            return Err(io::Error::new(io::ErrorKind::InvalidInput, reason));
        }
        // that there are more is told as a server tells it
        let part = if entry.is_partial(attribute.name) { ";range=0-0" } else { "" };
        for value in &attribute.values {
            write_value(out, &[attribute.name, part].concat(), value)?;
        }
    }
    out.write_all(b"\n")
}

/// Whether LDIF can hold an attribute of this name.
pub fn is_name(name: &str) -> bool {
    let taken = name.eq_ignore_ascii_case("dn") || keyword(name).is_some();
    !taken && !name.is_empty() && !name.starts_with('#') && name.bytes().all(|b| b.is_ascii_graphic() && b != b':')
}

/// Writes one line of an attribute, folded, as base64 where it must be.
pub(super) fn write_value(out: &mut (impl Write + ?Sized), name: &str, value: &[u8]) -> io::Result<()> {
    let mut line = name.as_bytes().to_vec();
    if value.is_empty() {
        line.push(b':');
    } else if is_plain(value) {
        line.extend_from_slice(b": ");
        line.extend_from_slice(value);
    } else {
        line.extend_from_slice(b":: ");
        line.extend_from_slice(STANDARD.encode(value).as_bytes());
    }
    let (first, rest) = line.split_at(line.len().min(COLUMNS));
    out.write_all(first)?;
    for continued in rest.chunks(COLUMNS - 1) {
        out.write_all(b"\n ")?;
        out.write_all(continued)?;
    }
    out.write_all(b"\n")
}

/// Whether a value can be written as it is: printable ASCII (RFC 2849 SAFE-STRING, without its control characters).
fn is_plain(value: &[u8]) -> bool {
    value.iter().all(|b| matches!(b, b' '..=b'~'))
        && !matches!(value.first(), Some(b' ' | b':' | b'<'))
        && value.last() != Some(&b' ')
}

#[cfg(test)]
mod tests {
    use super::super::{Record, entries};
    use super::*;
    use crate::directory::dn::{Ava, Dn, Rdn};
    use proptest::prelude::*;

    fn written(entry: &Entry) -> String {
        let mut out = Vec::new();
        write_entry(&mut out, entry).expect("a vector takes everything");
        String::from_utf8(out).expect("LDIF is ASCII")
    }

    #[test]
    fn writes_base64_where_it_must_and_folds() {
        let mut entry = Entry::new(Dn::of([("cn", "Mü"), ("o", "Org")]));
        for value in ["plain: <x>", " x", ":x", "<x", "x ", "a\nb", "a\0", "é", "\u{1b}[31m"] {
            entry.add("cn", value);
        }
        entry.add("description", "x".repeat(140));
        let expected =
            "dn:: Y249TcO8LG89T3Jn\ncn: plain: <x>\ncn:: IHg=\ncn:: Ong=\ncn:: PHg=\ncn:: eCA=\ncn:: YQpi\ncn:: YQA=\n\
            cn:: w6k=\ncn:: G1szMW0=\ndescription: "
                .to_owned();
        let (first, second) = ("x".repeat(76 - "description: ".len()), "x".repeat(75));
        assert_eq!(written(&entry), format!("{expected}{first}\n {second}\n xx\n\n"));
        assert_eq!(written(&Entry::new(Dn::default())), "dn:\n\n");
    }

    #[test]
    fn refuses_names_it_cannot_write() {
        for name in ["a b", "a:b", "#a", "ä", "a\nb", "dn", "Control", "changetype"] {
            let mut entry = Entry::new(Dn::of([("o", "Org")]));
            entry.add(name, "x");
            let error = write_entry(&mut Vec::new(), &entry).expect_err(name);
            assert_eq!(error.kind(), io::ErrorKind::InvalidInput);
        }
    }

    fn any_dn() -> impl Strategy<Value = Dn> {
        let value = prop_oneof!["[ -~]{0,12}", "\\PC{0,6}"].prop_map(String::into_bytes);
        let value = prop_oneof![value, proptest::collection::vec(any::<u8>(), 0..8)];
        let ava = ("[a-zA-Z][a-zA-Z0-9-]{0,5}", value).prop_map(|(attribute, value)| Ava::new(&attribute, value));
        let rdn = proptest::collection::vec(ava, 1..3).prop_map(Rdn);
        proptest::collection::vec(rdn, 0..5).prop_map(Dn::new)
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            dn in any_dn(),
            values in proptest::collection::vec(
                ("x[a-zA-Z0-9-]{0,90}", prop_oneof![
                    "[ -~]{0,200}".prop_map(String::into_bytes),
                    proptest::collection::vec(any::<u8>(), 0..300),
                ]),
                0..8,
            ),
            crlf in any::<bool>(),
        ) {
            let mut entry = Entry::new(dn);
            for (name, value) in values {
                entry.add(&name, value);
            }
            let text = written(&entry);
            prop_assert!(text.is_ascii() && text.lines().all(|line| line.len() <= COLUMNS));
            let text = if crlf { text.replace('\n', "\r\n") } else { text };
            let records: Vec<_> = entries(text.as_bytes()).collect::<Result<_, _>>().expect("well-formed");
            prop_assert_eq!(records, vec![Record::Entry(entry)]);
        }
    }
}
