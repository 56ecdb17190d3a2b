//! `x400`: the X.400 addresses of an object are such as Exchange can work with.

use super::{Answer, Judging, Reading, Ruling};
use crate::directory::text::text_of;
use crate::exchange::address::{ATTRIBUTES, Written, split};
use crate::exchange::questions::{Causes, Object};
use crate::exchange::x400::{Class, Code, class_of, examine};
use crate::report::{Reason, Severity};
use serde::Deserialize;
use std::borrow::Cow;

/// Where recipients keep theirs (see [`crate::exchange::address`]).
const PLACES: [&str; 3] = ["textEncodedORAddress", "otherMailbox", "Proxy-Addresses"];
/// Characters of an address that a message repeats.
const SHOWN: usize = 200;

/// The rule and its parameters.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Raw")]
pub(super) struct X400 {
    attributes: Vec<String>,
    /// The attributes are those of recipients.
    of_recipients: bool,
    class: Option<Class>,
    without: Vec<Code>,
    minor: Vec<Code>,
    untyped: bool,
    lower_case: Vec<String>,
    without_terms: Vec<String>,
    secondary: Option<Severity>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Raw {
    /// The attributes that hold them, by LDAP name; those of a recipient if not given.
    #[serde(default)]
    attributes: Vec<String>,
    /// An address of this class is a fault, or of a worse one: `unusual`, `broken`.
    class: Option<String>,
    /// An address with one of these codes is a fault (docs/x400.md).
    #[serde(default)]
    without: Vec<String>,
    /// An address with one of these codes is a fault that is only worth a note; that it is one is inferred.
    #[serde(default)]
    minor: Vec<String>,
    /// Whether an address is a fault that stands without its type, `X400`, where types stand (Q257578).
    #[serde(default)]
    untyped: bool,
    /// The keys that must be in lower case.
    #[serde(default)]
    lower_case: Vec<String>,
    /// The keys that must not be there.
    #[serde(default)]
    without_terms: Vec<String>,
    /// How bad it is if only a secondary address is at fault; as bad as a primary one if not given.
    secondary: Option<Severity>,
}

impl TryFrom<Raw> for X400 {
    type Error = String;

    fn try_from(raw: Raw) -> Result<Self, String> {
        let class = match raw.class.as_deref() {
            None => None,
            Some("broken") => Some(Class::Broken),
            Some("unusual") => Some(Class::Unusual),
            Some(other) => return Err(format!("`{other}` is not a class: unusual, broken")),
        };
        let code = |word: &String| Code::ALL.iter().copied().find(|code| code.word() == word);
        let unknown = |word: &String| format!("`{word}` is not a code of an X.400 address (docs/x400.md)");
        let without = raw.without.iter().map(|word| code(word).ok_or_else(|| unknown(word))).collect::<Result<Vec<_>, _>>()?;
        let minor = raw.minor.iter().map(|word| code(word).ok_or_else(|| unknown(word))).collect::<Result<Vec<_>, _>>()?;
        let nothing = class.is_none() && without.is_empty() && raw.lower_case.is_empty() && raw.without_terms.is_empty();
        if nothing && !raw.untyped {
            return Err("one of class, without, untyped, lower-case and without-terms is needed".into());
        }
        let own = PLACES.map(str::to_owned).to_vec();
        Ok(Self {
            of_recipients: raw.attributes.is_empty(),
            attributes: if raw.attributes.is_empty() { own } else { raw.attributes },
            class,
            without,
            minor,
            untyped: raw.untyped,
            lower_case: raw.lower_case,
            without_terms: raw.without_terms,
            secondary: raw.secondary,
        })
    }
}

/// A value that is an X.400 address, or looks like one.
struct Address<'a> {
    text: Cow<'a, str>,
    typed: bool,
    primary: bool,
}

/// What was found in the addresses of an object.
#[derive(Default)]
struct Found {
    /// How many are X.400 addresses.
    count: usize,
    /// What is wrong with a primary address, in words.
    primary: Option<String>,
    /// What is wrong with a secondary one.
    secondary: Option<String>,
    /// What is only worth a note.
    minor: Option<String>,
}

impl Reading for X400 {
    fn attributes(&self) -> Vec<&str> {
        self.attributes.iter().map(String::as_str).collect()
    }

    fn expected(&self) -> String {
        let mut parts = Vec::new();
        match self.class {
            Some(Class::Broken) => parts.push("none that is broken".to_owned()),
            Some(_) => parts.push("none that Exchange would write otherwise".to_owned()),
            None => {}
        }
        if !self.without.is_empty() {
            parts.push(format!("none with {}", words(self.without.iter().map(|code| code.word()))));
        }
        if self.untyped {
            parts.push("none without its type".to_owned());
        }
        if !self.lower_case.is_empty() {
            parts.push(format!("{} in lower case", words(self.lower_case.iter().map(String::as_str))));
        }
        if !self.without_terms.is_empty() {
            parts.push(format!("no {}", words(self.without_terms.iter().map(String::as_str))));
        }
        format!("X.400 addresses, {}", parts.join(", "))
    }
}

impl Judging for X400 {
    fn judge(&self, object: &Object<'_>) -> Answer {
        let mut found = Found::default();
        if self.of_recipients {
            object.addresses().iter().for_each(|written| self.look(written, &mut found));
        } else {
            self.look_at_attributes(object, &mut found);
        }
        if let Some(message) = found.primary {
            self.agrees(object)?;
            return Ok(Ruling::broken(Reason::Malformed, message));
        }
        if let Some(message) = found.secondary {
            self.agrees(object)?;
            let ruling = Ruling::broken(Reason::Malformed, message);
            return Ok(match self.secondary {
                // which of several addresses Exchange takes is not documented
                Some(severity) => ruling.only(severity).inferred(),
                None => ruling,
            });
        }
        self.is_whole(object, found.count)?;
        if let Some(message) = found.minor {
            self.agrees(object)?;
            return Ok(Ruling::broken(Reason::Malformed, message).only(Severity::Info).inferred());
        }
        Ok(if found.count == 0 { Ruling::nothing("has no X.400 address") } else { Ruling::holds("") })
    }
}

impl X400 {
    /// Looks at one address.
    fn look(&self, written: &Written<'_>, found: &mut Found) {
        if !written.is_x400 && !written.kind.is_empty() {
            return;
        }
        // nearly all are written as Exchange writes them, which is well but for the terms that must not be there
        if self.without_terms.is_empty() && written.is_canonical() {
            found.count += 1;
            return;
        }
        let Some(address) = Address::of(written) else { return };
        found.count += 1;
        let Some(fault) = self.fault(&address) else {
            if found.minor.is_none() && address.typed && !self.minor.is_empty() {
                found.minor =
                    self.with_code(&address.text, |code| self.minor.contains(&code)).map(|fault| said(&address, &fault));
            }
            return;
        };
        let first = if address.primary { &mut found.primary } else { &mut found.secondary };
        first.get_or_insert_with(|| said(&address, &fault));
    }

    /// Looks at the addresses in attributes that are not those of recipients.
    fn look_at_attributes(&self, object: &Object<'_>, found: &mut Found) {
        for name in &self.attributes {
            let is = |known: &str| name.eq_ignore_ascii_case(known);
            for value in object.seen().values(name).seen() {
                let separator = if is("otherMailbox") { b'$' } else { b':' };
                let typed = if is("textEncodedORAddress") { Some((&b"X400"[..], value)) } else { split(value, separator) };
                let (kind, address) = typed.unwrap_or((b"", value));
                self.look(&Written { kind, address, is_x400: kind.eq_ignore_ascii_case(b"X400") }, found);
            }
        }
    }

    /// Nothing, if the records of the object agree on the addresses.
    fn agrees(&self, object: &Object<'_>) -> Result<(), Causes> {
        match self.of_recipients {
            true => object.seen().agrees_on(&ATTRIBUTES),
            false => self.attributes.iter().try_for_each(|name| object.seen().agrees_on(&[name])),
        }
    }

    /// Nothing, if the object has no other X.400 addresses than those that it shows, which are so many.
    fn is_whole(&self, object: &Object<'_>, count: usize) -> Result<(), Causes> {
        if !self.of_recipients {
            return self.attributes.iter().try_for_each(|name| object.values(name).map(|_| ()));
        }
        match count {
            // that also tells of one that stands inside another value
            0 => object.has_address("X400").map(|_| ()),
            _ => object.whole_addresses("X400"),
        }
    }

    /// What an address has of which the code is such.
    fn with_code(&self, text: &str, is_fault: impl Fn(Code) -> bool) -> Option<String> {
        let problems = examine(text).problems;
        let problem = problems.iter().find(|problem| is_fault(problem.code))?;
        let message = problem.message.trim_end_matches('.');
        Some(format!("is {}: {message} (character {})", class_of(text).word(), problem.position))
    }

    /// What is wrong with an address.
    fn fault(&self, address: &Address<'_>) -> Option<String> {
        if !address.typed {
            return self.untyped.then(|| "lacks its type, X400".to_owned());
        }
        let text = address.text.as_ref();
        let class = if self.class.is_some() || !self.without.is_empty() { class_of(text) } else { Class::Ok };
        if class != Class::Ok {
            let is_fault = |code: Code| self.class.is_some_and(|bound| code.class() >= bound) || self.without.contains(&code);
            if (self.class.is_some_and(|bound| class >= bound) || !self.without.is_empty())
                && let Some(fault) = self.with_code(text, is_fault)
            {
                return Some(fault);
            }
        }
        if self.without_terms.is_empty() && self.lower_case.is_empty() {
            return None;
        }
        let is = |key: &str, known: &[String]| known.iter().any(|known| known.eq_ignore_ascii_case(key));
        keys(text).find_map(|key| match key.bytes().any(|byte| byte.is_ascii_uppercase()) {
            _ if is(key, &self.without_terms) => Some(format!("has the term {key}=")),
            true if is(key, &self.lower_case) => Some(format!("has the key {key}= in upper case")),
            _ => None,
        })
    }
}

impl<'a> Address<'a> {
    /// The X.400 address that is written there; none if it is another address.
    fn of(written: &Written<'a>) -> Option<Self> {
        let text = std::str::from_utf8(written.address).map_or_else(|_| Cow::Owned(text_of(written.address)), Cow::Borrowed);
        if written.kind.is_empty() {
            // what has a country among its terms is an X.400 address (Q257578)
            let is_one = keys(&text).any(|key| key.eq_ignore_ascii_case("c"));
            return is_one.then_some(Self { text, typed: false, primary: true });
        }
        // a type in upper case is that of the primary address (Q153028)
        written.is_x400.then_some(Self { text, typed: true, primary: written.kind == b"X400" })
    }
}

/// The keys of the terms, as written.
fn keys(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').filter_map(|term| term.split_once('=')).map(|(key, _)| key.trim())
}

/// A fault of an address in words.
fn said(address: &Address<'_>, fault: &str) -> String {
    let kind = if address.primary { "" } else { "secondary " };
    let text: String = address.text.chars().take(SHOWN).collect();
    format!("its {kind}X.400 address {text:?} {fault}")
}

fn words<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is wrong with addresses that stand in `otherMailbox`: with a primary one, with a secondary one.
    fn faults(parameters: &str, values: &[&str]) -> (usize, bool, bool) {
        let rule: X400 = toml::from_str(parameters).expect(parameters);
        let mut found = Found::default();
        for value in values {
            let (kind, address) = split(value.as_bytes(), b'$').unwrap_or((b"", value.as_bytes()));
            let is_x400 = kind.eq_ignore_ascii_case(b"X400");
            rule.look(&Written { kind, address, is_x400 }, &mut found);
        }
        (found.count, found.primary.is_some(), found.secondary.is_some())
    }

    #[test]
    fn each_parameter_finds_its_fault_and_no_other() {
        let good = "X400$c=US;a= ;p=Org;o=Site;s=A;";
        for (parameters, values, expected) in [
            ("class = \"broken\"", &[good][..], (1, false, false)),
            ("class = \"broken\"", &["X400$a= ;p=Org;s=A;"], (1, true, false)),
            ("class = \"broken\"", &["X400$C=US;a= ;p=Org;s=A"], (1, false, false)),
            ("class = \"unusual\"", &["X400$c=US;a= ;p=Org;s=A"], (1, true, false)),
            ("without = [\"order\"]", &["X400$c=US;a= ;s=A;p=Org;"], (1, true, false)),
            ("without = [\"order\"]", &["X400$c=US;a= ;p=Org;s=A"], (1, false, false)),
            ("lower-case = [\"c\", \"a\"]", &["X400$c=US;A= ;p=Org;s=A;"], (1, true, false)),
            ("lower-case = [\"c\", \"a\"]", &["X400$c=US;a= ;p=Org;S=A;"], (1, false, false)),
            ("without-terms = [\"cn\"]", &["X400$c=US;a= ;p=Org;CN=A;"], (1, true, false)),
            ("without-terms = [\"cn\"]", &[good], (1, false, false)),
            ("class = \"broken\"", &[good, "x400$c=US;s=A;"], (2, false, true)),
            ("class = \"broken\"", &[good, "MS$X400/c=1;/A"], (1, false, false)),
            // Q257578
            ("class = \"broken\"", &["G=f;S=s;O=o;P=p;A=a;C=us"], (1, false, false)),
            ("untyped = true", &["G=f;S=s;O=o;P=p;A=a;C=us"], (1, true, false)),
            ("untyped = true", &["X400$c=us;a=a;p=p;o=o;s=s;g=f;"], (1, false, false)),
            ("untyped = true", &["no address at all"], (0, false, false)),
        ] {
            assert_eq!(faults(parameters, values), expected, "{parameters} {values:?}");
        }
    }

    #[test]
    fn parameters_are_checked() {
        for wrong in ["", "class = \"ok\"", "class = \"bad\"", "without = [\"colour\"]", "klass = \"broken\""] {
            assert!(toml::from_str::<X400>(wrong).is_err(), "{wrong}");
        }
    }
}
