//! Small directories for tests, written by hand in a short form and given to each kind of source.

use base64::Engine as _;
use std::fmt::Write as _;

/// One entry: a DN and its attributes.
#[derive(Debug, Clone)]
pub struct Record {
    pub dn: String,
    pub attributes: Vec<(String, Vec<u8>)>,
}

impl Record {
    pub fn new(dn: &str, class: &str) -> Self {
        Self { dn: dn.to_owned(), attributes: Vec::new() }.with("objectClass", class)
    }

    pub fn with(mut self, name: &str, value: impl Into<Vec<u8>>) -> Self {
        self.attributes.push((name.to_owned(), value.into()));
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.attributes.retain(|(known, _)| known != name);
        self
    }

    pub fn ldif(&self) -> String {
        let mut text = line("dn", self.dn.as_bytes());
        for (name, value) in &self.attributes {
            text += &line(name, value);
        }
        text + "\n"
    }

    /// slapd wants the naming attribute in the entry, and values of one attribute together.
    pub fn for_slapd(&self) -> String {
        let (kind, value) = self.dn.split(',').next().and_then(|rdn| rdn.split_once('=')).expect("rdn");
        let mut record = self.clone();
        record.attributes.retain(|(name, _)| !name.eq_ignore_ascii_case(kind));
        record.attributes.push((kind.to_owned(), value.into()));
        record.attributes.sort_by_key(|(name, _)| name.clone());
        record.ldif()
    }
}

pub fn ldif(records: &[Record]) -> String {
    records.iter().map(Record::ldif).collect()
}

fn line(name: &str, value: &[u8]) -> String {
    let mut text = String::new();
    let plain = value.iter().all(|b| (0x20..0x7f).contains(b)) && !value.starts_with(b" ") && !value.ends_with(b" ");
    match std::str::from_utf8(value) {
        Ok(value) if plain => _ = writeln!(text, "{name}: {value}"),
        _ => _ = writeln!(text, "{name}:: {}", base64::engine::general_purpose::STANDARD.encode(value)),
    }
    text
}
