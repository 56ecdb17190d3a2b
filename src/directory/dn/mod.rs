//! Distinguished names: reading (RFC 4514, and the quoting of RFC 1779), comparing and writing (RFC 4514).
//!
//! Values are bytes: a server of 1997 may send names that are not UTF-8, and they must survive.

mod hash;
mod number;
mod parse;
mod plain;

pub use hash::{Hashed, Known};

use super::text::text_of;
use plain::Plain;
use std::borrow::Cow;
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
#[derive(Clone)]
pub struct Dn(Form);

#[derive(Clone)]
enum Form {
    Plain(Plain),
    Parts(Vec<Rdn>),
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
        Self(Form::Parts(rdns))
    }

    /// Builds a name from single-valued RDNs, leaf first.
    pub fn of<'a>(avas: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self::new(avas.into_iter().map(|(t, v)| Rdn(vec![Ava::new(t, v)])).collect())
    }

    /// Reads the string form of RFC 4514; `"quoted values"` and `;` as separator (RFC 1779) are accepted too.
    ///
    /// # Errors
    /// [`DnError`] with the byte at which reading stopped.
    pub fn parse(text: &[u8]) -> Result<Self, DnError> {
        Plain::read(text).map_or_else(|| parse::dn(text).map(Self::new), |plain| Ok(Self(Form::Plain(plain))))
    }

    /// Reads a name that may be malformed: what cannot be parsed is kept whole, as a name of one nameless RDN.
    pub fn parse_lossy(text: &[u8]) -> Self {
        Self::parse(text).unwrap_or_else(|_| Self::new(vec![Rdn(vec![Ava::new("", text)])]))
    }

    /// The RDNs, leaf first.
    pub fn rdns(&self) -> &[Rdn] {
        match &self.0 {
            Form::Plain(plain) => plain.parts(),
            Form::Parts(rdns) => rdns,
        }
    }

    /// How many RDNs there are, for the asking of which the name is not taken apart.
    pub fn depth(&self) -> usize {
        match &self.0 {
            Form::Plain(plain) => plain.depth(),
            Form::Parts(rdns) => rdns.len(),
        }
    }

    /// Whether this is the empty name (the root).
    pub fn is_empty(&self) -> bool {
        self.depth() == 0
    }

    /// The leaf RDN.
    pub fn rdn(&self) -> Option<&Rdn> {
        self.rdns().first()
    }

    /// The text of the leaf RDN; empty for the root.
    pub fn leaf(&self) -> Cow<'_, str> {
        match &self.0 {
            Form::Plain(plain) => Cow::Borrowed(plain.leaf()),
            Form::Parts(rdns) => Cow::Owned(rdns.first().map(Rdn::text).unwrap_or_default()),
        }
    }

    /// The name of the object above; the root is its own parent.
    pub fn parent(&self) -> Self {
        self.ancestor(self.depth().saturating_sub(1))
    }

    /// The name of an object of that relative name right below this one.
    #[must_use]
    pub fn child(&self, rdn: Rdn) -> Self {
        Self::new(std::iter::once(rdn).chain(self.rdns().iter().cloned()).collect())
    }

    /// The last `count` RDNs: the ancestor at that depth.
    pub fn ancestor(&self, count: usize) -> Self {
        match &self.0 {
            Form::Plain(plain) => plain.ancestor(count).map(|above| Self(Form::Plain(above))).unwrap_or_default(),
            Form::Parts(rdns) => Self::new(rdns.iter().skip(rdns.len().saturating_sub(count)).cloned().collect()),
        }
    }

    /// Whether the last RDNs are named by these attributes (lower case, `["ou", "o"]`).
    pub fn ends_in(&self, attributes: &[&str]) -> bool {
        match &self.0 {
            Form::Plain(plain) => plain.ends_in(attributes),
            Form::Parts(rdns) => {
                let last = rdns.len().checked_sub(attributes.len()).and_then(|start| rdns.get(start..));
                last.is_some_and(|last| last.iter().zip(attributes).all(|(rdn, attribute)| rdn.is(attribute)))
            }
        }
    }

    /// The last `count` RDNs as they are written, where the name is written plainly: two names of which these texts are equal
    /// have that ancestor in common. Names of which they differ may have it too.
    pub fn plain_ancestor(&self, count: usize) -> Option<&str> {
        match &self.0 {
            Form::Plain(plain) => Some(plain.tail(count)),
            Form::Parts(_) => None,
        }
    }

    /// The name as it is written, where that is its key but for the case of letters.
    pub fn plain(&self) -> Option<&str> {
        self.plain_ancestor(usize::MAX)
    }

    /// About what it takes in memory when it is taken apart.
    pub(in crate::directory) fn weight(&self) -> usize {
        match &self.0 {
            Form::Plain(plain) => plain.depth() * 150 + 2 * plain.text().len(),
            Form::Parts(rdns) => {
                let avas = rdns.iter().flat_map(|rdn| &rdn.0);
                avas.map(|ava| 150 + 2 * (ava.attribute.len() + ava.value.len())).sum()
            }
        }
    }

    /// Whether this name is `other` or lies below it.
    pub fn is_within(&self, other: &Self) -> bool {
        if self.depth() < other.depth() {
            return false;
        }
        match (self.plain_ancestor(other.depth()), other.plain()) {
            (Some(own), Some(other)) => own.eq_ignore_ascii_case(other),
            _ => self.ancestor(other.depth()).key() == other.key(),
        }
    }

    /// The key under which names of the same object are equal.
    pub fn key(&self) -> DnKey {
        let mut key = String::new();
        self.write_key(&mut key);
        DnKey(key)
    }

    /// A number of this name, the same for all names of the object and for no other as far as anybody can tell (see
    /// [`hash::KeyHasher`]). It means nothing outside this process.
    pub fn number(&self) -> u128 {
        match &self.0 {
            Form::Plain(plain) => plain.number(),
            Form::Parts(_) => hash::KEYS.exact(self.key().as_str().as_bytes()),
        }
    }

    /// Writes the text of the key behind what is there already.
    pub fn write_key(&self, key: &mut String) {
        let rdns = match &self.0 {
            Form::Plain(plain) => {
                let start = key.len();
                key.push_str(plain.text());
                return key.get_mut(start..).into_iter().for_each(str::make_ascii_lowercase);
            }
            Form::Parts(rdns) => rdns,
        };
        for (index, rdn) in rdns.iter().enumerate() {
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
    }
}

impl Default for Dn {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

/// Two names are equal that are spelled alike.
impl PartialEq for Dn {
    fn eq(&self, other: &Self) -> bool {
        match (self.plain(), other.plain()) {
            (Some(own), Some(other)) => own == other,
            _ => self.rdns() == other.rdns(),
        }
    }
}

impl Eq for Dn {}

impl fmt::Debug for Dn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Dn").field(&self.rdns()).finish()
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
        if let Some(text) = self.plain() {
            return f.write_str(text);
        }
        for (index, rdn) in self.rdns().iter().enumerate() {
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
mod tests;
