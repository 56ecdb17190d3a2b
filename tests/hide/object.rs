//! Objects of a directory as plain names and values, and the organizations that come with the program as such.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use exaudit::exchange::schema::{self, Attribute};
use exaudit::lab::Demo;
use std::sync::LazyLock;

/// The name of every organization that is made.
pub const ORGANIZATION: &str = "o=Healthy";

/// One object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    pub dn: String,
    pub values: Vec<(String, Vec<u8>)>,
}

impl Object {
    /// The values of an attribute.
    pub fn of<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a [u8]> {
        self.values.iter().filter(move |(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_slice())
    }

    /// Whether it shows an attribute.
    pub fn has(&self, name: &str) -> bool {
        self.of(name).next().is_some()
    }

    /// Whether it is of a class.
    pub fn is_a(&self, class: &str) -> bool {
        self.of("objectClass").any(|value| value.eq_ignore_ascii_case(class.as_bytes()))
    }

    /// Whether it is one that people send mail to.
    pub fn is_recipient(&self) -> bool {
        ["organizationalPerson", "groupOfNames", "Remote-Address", "Public-Folder"].iter().any(|class| self.is_a(class))
    }

    /// Whether it is hidden from the address book, or deleted.
    pub fn is_withdrawn(&self) -> bool {
        let is_true = |name: &str| self.of(name).any(|value| value.eq_ignore_ascii_case(b"TRUE"));
        is_true("Hide-From-Address-Book") || is_true("Is-Deleted")
    }

    /// Gives an attribute these values, and no other.
    pub fn set(&mut self, name: &str, values: impl IntoIterator<Item = Vec<u8>>) {
        self.values.retain(|(own, _)| !own.eq_ignore_ascii_case(name));
        self.values.extend(values.into_iter().map(|value| (name.to_owned(), value)));
    }

    /// The names of its attributes, each once.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.values.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The name of its site, `ou=NORTH,o=Healthy`.
    pub fn site(&self) -> Option<&str> {
        let at = self.dn.rfind(",ou=").map(|at| at + 1).or_else(|| self.dn.starts_with("ou=").then_some(0))?;
        self.dn.get(at..)
    }

    /// Whether it is that object, or lies below it.
    pub fn is_within(&self, dn: &str) -> bool {
        self.dn == dn || self.dn.strip_suffix(dn).is_some_and(|head| head.ends_with(','))
    }

    /// Whether it stands in the configuration of a site.
    pub fn is_configuration(&self) -> bool {
        self.dn.contains("cn=Configuration,ou=")
    }

    /// It as LDIF.
    pub fn write(&self, text: &mut String) {
        line(text, "dn", self.dn.as_bytes());
        for (name, value) in &self.values {
            line(text, name, value);
        }
        text.push('\n');
    }
}

/// What the published schema says of an attribute.
pub fn known(name: &str) -> Option<&'static Attribute> {
    schema::attribute(name).or_else(|| schema::attribute_by_exchange_name(name))
}

fn line(text: &mut String, name: &str, value: &[u8]) {
    let is_plain = value.iter().all(|byte| (b' '..=b'~').contains(byte))
        && !value.starts_with(b" ")
        && !value.starts_with(b":")
        && !value.starts_with(b"<")
        && !value.ends_with(b" ");
    *text += &match std::str::from_utf8(value) {
        Ok(plain) if is_plain => format!("{name}: {plain}\n"),
        _ => format!("{name}:: {}\n", STANDARD.encode(value)),
    };
}

/// Every object of the organizations that come with the program, as if all were of one.
pub static POOL: LazyLock<Vec<Object>> = LazyLock::new(|| {
    let demos = [(Demo::Healthy, "o=Healthy"), (Demo::Everything, "o=Everything"), (Demo::Example, "o=Example")];
    demos.iter().flat_map(|(demo, organization)| read(&demo.ldif(), organization)).collect()
});

/// The sites of the pool, neighbours beside each other.
pub static SITES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let all = POOL.iter().filter(|object| object.is_a("organizationalUnit") && object.dn.matches(',').count() == 1);
    all.map(|object| object.dn.as_str()).collect()
});

/// The objects of a text, their organization renamed.
fn read(text: &str, organization: &str) -> Vec<Object> {
    let unfolded = text.replace("\n ", "");
    let blocks = unfolded.split("\n\n").filter_map(|block| {
        let lines = block.lines().filter(|line| !line.starts_with('#') && !line.starts_with("version:"));
        let mut fields = lines.filter_map(|line| {
            let (name, value) = line.split_once(':')?;
            let bytes = match value.strip_prefix(':') {
                Some(coded) => STANDARD.decode(coded.trim()).expect("base64"),
                None => value.trim_start().as_bytes().to_vec(),
            };
            Some((name.to_owned(), renamed(&bytes, organization, ORGANIZATION)))
        });
        let (_, dn) = fields.next()?;
        Some(Object { dn: String::from_utf8(dn).expect("a name"), values: fields.collect() })
    });
    blocks.collect()
}

/// A value in which a name is replaced, wherever it stands.
pub fn renamed(value: &[u8], from: &str, to: &str) -> Vec<u8> {
    let (mut rest, mut all) = (value, Vec::with_capacity(value.len()));
    while let Some(byte) = rest.first() {
        match rest.strip_prefix(from.as_bytes()) {
            Some(after) => {
                all.extend_from_slice(to.as_bytes());
                rest = after;
            }
            None => {
                all.push(*byte);
                rest = &rest[1..];
            }
        }
    }
    all
}
