//! Distinguished names: reading (RFC 4514, and the quoting of RFC 1779), comparing and writing (RFC 4514).
//!
//! Values are bytes: a server of 1997 may send names that are not UTF-8, and they must survive.

mod parse;

use super::text::text_of;
use std::fmt;

/// One attribute type and value, as in `cn=Administrator`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ava {
    /// The attribute type as written, `cn`.
    pub attribute: String,
    /// The value, unescaped.
    pub value: Vec<u8>,
}

/// A relative distinguished name: one attribute value, or several joined by `+`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rdn(pub Vec<Ava>);

/// A distinguished name, leaf first as in LDAP.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dn {
    rdns: Vec<Rdn>,
}

/// A form of a [`Dn`] in which two names of the same object are equal: types and values without case, no escapes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct DnKey(String);

/// Why a text is not a distinguished name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a distinguished name: {reason} at byte {at}")]
pub struct DnError {
    /// What is wrong.
    pub reason: &'static str,
    /// Byte offset into the text.
    pub at: usize,
}

impl Ava {
    /// Builds one from an attribute type and a value that needs no unescaping.
    pub fn new(attribute: &str, value: impl Into<Vec<u8>>) -> Self {
        Self { attribute: attribute.to_owned(), value: value.into() }
    }

    /// The value as text; bytes that are not UTF-8 are read as Windows-1252-like Latin-1.
    pub fn text(&self) -> String {
        text_of(&self.value)
    }

    fn is(&self, attribute: &str) -> bool {
        canonical_type(&self.attribute) == attribute
    }
}

impl Rdn {
    /// The text of the first value: the name of the object.
    pub fn text(&self) -> String {
        self.0.first().map(Ava::text).unwrap_or_default()
    }

    /// Whether this RDN is named by `attribute` (lower case, `cn`).
    pub fn is(&self, attribute: &str) -> bool {
        self.0.first().is_some_and(|ava| ava.is(attribute))
    }
}

impl Dn {
    /// Builds a name from its RDNs, leaf first.
    pub fn new(rdns: Vec<Rdn>) -> Self {
        Self { rdns }
    }

    /// Builds a name from single-valued RDNs, leaf first.
    pub fn of<'a>(avas: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self { rdns: avas.into_iter().map(|(t, v)| Rdn(vec![Ava::new(t, v)])).collect() }
    }

    /// Reads the string form of RFC 4514; `"quoted values"` and `;` as separator (RFC 1779) are accepted too.
    ///
    /// # Errors
    /// [`DnError`] with the byte at which reading stopped.
    pub fn parse(text: &[u8]) -> Result<Self, DnError> {
        parse::dn(text)
    }

    /// Reads a name that may be malformed: what cannot be parsed is kept whole, as a name of one nameless RDN.
    pub fn parse_lossy(text: &[u8]) -> Self {
        Self::parse(text).unwrap_or_else(|_| Self { rdns: vec![Rdn(vec![Ava::new("", text)])] })
    }

    /// The RDNs, leaf first.
    pub fn rdns(&self) -> &[Rdn] {
        &self.rdns
    }

    /// Whether this is the empty name (the root).
    pub fn is_empty(&self) -> bool {
        self.rdns.is_empty()
    }

    /// The leaf RDN.
    pub fn rdn(&self) -> Option<&Rdn> {
        self.rdns.first()
    }

    /// The name of the object above; the root is its own parent.
    pub fn parent(&self) -> Self {
        Self { rdns: self.rdns.iter().skip(1).cloned().collect() }
    }

    /// The last `count` RDNs: the ancestor at that depth.
    pub fn ancestor(&self, count: usize) -> Self {
        let skip = self.rdns.len().saturating_sub(count);
        Self { rdns: self.rdns.iter().skip(skip).cloned().collect() }
    }

    /// Whether this name is `other` or lies below it.
    pub fn is_within(&self, other: &Self) -> bool {
        self.rdns.len() >= other.rdns.len() && self.ancestor(other.rdns.len()).key() == other.key()
    }

    /// The key under which names of the same object are equal.
    pub fn key(&self) -> DnKey {
        let mut key = String::new();
        for (index, rdn) in self.rdns.iter().enumerate() {
            if index > 0 {
                key.push(',');
            }
            let mut avas: Vec<String> = rdn
                .0
                .iter()
                .map(|ava| {
                    let value = ava.text().to_lowercase();
                    format!("{}={}", canonical_type(&ava.attribute), escape(value.as_bytes()))
                })
                .collect();
            avas.sort();
            key.push_str(&avas.join("+"));
        }
        DnKey(key)
    }
}

impl DnKey {
    /// The key as text, for hashing.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Writes RFC 4514; control characters and bytes that are not UTF-8 come out as `\XX`.
impl fmt::Display for Dn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, rdn) in self.rdns.iter().enumerate() {
            if index > 0 {
                f.write_str(",")?;
            }
            for (index, ava) in rdn.0.iter().enumerate() {
                if index > 0 {
                    f.write_str("+")?;
                }
                if !ava.attribute.is_empty() {
                    write!(f, "{}=", ava.attribute)?;
                }
                f.write_str(&escape(&ava.value))?;
            }
        }
        Ok(())
    }
}

/// The OIDs that RFC 1779 allows in place of the types Exchange names are made of.
fn canonical_type(attribute: &str) -> String {
    let lower = attribute.to_ascii_lowercase();
    match lower.strip_prefix("oid.").unwrap_or(&lower) {
        "2.5.4.3" | "commonname" => "cn".into(),
        "2.5.4.11" | "organizationalunitname" => "ou".into(),
        "2.5.4.10" | "organizationname" => "o".into(),
        "2.5.4.6" | "countryname" => "c".into(),
        other => other.into(),
    }
}

/// Escapes one attribute value (RFC 4514 section 2.4).
fn escape(value: &[u8]) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while !rest.is_empty() {
        let (good, bad) = match std::str::from_utf8(rest) {
            Ok(text) => (text, 0),
            Err(error) => {
                let (good, _) = rest.split_at(error.valid_up_to());
                (std::str::from_utf8(good).unwrap_or_default(), error.error_len().unwrap_or(rest.len() - good.len()))
            }
        };
        out.push_str(&escape_text(good, rest.len() == value.len(), good.len() + bad == rest.len() && bad == 0));
        let (invalid, after) = rest.split_at(good.len()).1.split_at(bad);
        for byte in invalid {
            out.push_str(&format!("\\{byte:02X}"));
        }
        rest = after;
    }
    out
}

fn escape_text(text: &str, at_start: bool, at_end: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let last = text.char_indices().last().map_or(0, |(index, _)| index);
    for (index, c) in text.char_indices() {
        match c {
            ',' | '+' | '"' | '\\' | '<' | '>' | ';' => {
                out.push('\\');
                out.push(c);
            }
            ' ' if (at_start && index == 0) || (at_end && index == last) => out.push_str("\\ "),
            '#' if at_start && index == 0 => out.push_str("\\#"),
            c if c.is_control() => {
                let mut buffer = [0; 4];
                for byte in c.encode_utf8(&mut buffer).bytes() {
                    out.push_str(&format!("\\{byte:02X}"));
                }
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Dn {
        Dn::parse(text.as_bytes()).expect(text)
    }

    #[test]
    fn writes_rfc_4514_whatever_was_read() {
        for (read, written) in [
            ("cn=Admin,cn=Recipients,ou=Site,o=Org", "cn=Admin,cn=Recipients,ou=Site,o=Org"),
            ("CN = \"Doe, John\" ; O=Org", "CN=Doe\\, John,O=Org"),
            ("cn=Doe\\2C John,o=Org", "cn=Doe\\, John,o=Org"),
            ("cn=a=b,o=Org", "cn=a=b,o=Org"),
            ("cn=\\ x\\ ,o=Org", "cn=\\ x\\ ,o=Org"),
            ("cn=x ,o=Org", "cn=x,o=Org"),
            ("cn=\\1B[31m,o=Org", "cn=\\1B[31m,o=Org"),
            ("cn=#04024869,o=Org", "cn=Hi,o=Org"),
            ("cn=\\#x,o=Org", "cn=\\#x,o=Org"),
            ("", ""),
        ] {
            assert_eq!(parse(read).to_string(), written, "{read}");
            assert_eq!(parse(written).key(), parse(read).key(), "{read}");
        }
    }

    #[test]
    fn names_that_are_not_utf8_survive() {
        let dn = Dn::parse(b"cn=M\xfcller,o=Org").expect("bytes are allowed");
        assert_eq!(dn.to_string(), "cn=M\\FCller,o=Org");
        assert_eq!(parse("cn=M\\FCller,o=Org"), dn);
    }

    #[test]
    fn compares_without_case_and_knows_oids() {
        assert_eq!(parse("CN=ÄÖ,OU=x,O=y").key(), parse("cn=äö, ou=X, o=Y").key());
        assert_eq!(parse("2.5.4.3=a,OID.2.5.4.10=b").key(), parse("cn=A,o=B").key());
        assert_ne!(parse("cn=a,cn=b,o=c").key(), parse("cn=a\\,cn=b,o=c").key());
        assert_eq!(parse("cn=a+ou=b,o=c").key(), parse("ou=b+cn=a,o=c").key());
    }

    #[test]
    fn refuses_what_is_no_name() {
        for text in ["cn", "=x", "cn=x,", "cn=\"x", "cn=\"x\"y", "cn=x\\", "cn=a\"b", "cn=#zz"] {
            assert!(Dn::parse(text.as_bytes()).is_err(), "{text}");
        }
    }

    #[test]
    fn knows_its_place_in_the_tree() {
        let dn = parse("cn=a,cn=Recipients,ou=S,o=O");
        assert!(dn.is_within(&parse("OU=s,O=o")));
        assert!(!dn.is_within(&parse("ou=t,o=O")));
        assert_eq!(dn.parent().to_string(), "cn=Recipients,ou=S,o=O");
        assert_eq!(dn.ancestor(2).to_string(), "ou=S,o=O");
        assert_eq!(Dn::parse_lossy(b"garbage").to_string(), "garbage");
    }
}
