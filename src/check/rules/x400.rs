//! `x400`: the X.400 addresses of an object are such as Exchange can work with.

use super::{Glance, Judging, Object, Ruling};
use crate::directory::text::text_of;
use crate::exchange::address::{Written, hides_x400, split};
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
            untyped: raw.untyped,
            lower_case: raw.lower_case,
            without_terms: raw.without_terms,
            secondary: raw.secondary,
        })
    }
}

/// A value that is an X.400 address, or looks like one.
struct Address<'a> {
    text: &'a str,
    typed: bool,
    primary: bool,
}

impl Judging for X400 {
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

    fn surely_holds(&self, glance: &Glance<'_>) -> bool {
        let addresses = glance.addresses();
        let is_well = |written: &Written<'_>| match written.kind {
            // what carries no type may be one
            [] => false,
            _ => !written.is_x400 || written.is_canonical,
        };
        self.of_recipients && self.without_terms.is_empty() && addresses.in_every_place(false) && addresses.iter().all(is_well)
    }

    fn judge(&self, object: &Object<'_>) -> Option<Ruling> {
        let mut seen = 0_usize;
        let mut secondary = None;
        for name in &self.attributes {
            for value in object.entry.values(name) {
                // nearly all are of other types, which needs no reading
                if is_other(name, value) {
                    continue;
                }
                let text = std::str::from_utf8(value).map_or_else(|_| Cow::Owned(text_of(value)), Cow::Borrowed);
                let Some(address) = Address::of(name, &text) else { continue };
                seen += 1;
                let Some(fault) = self.fault(&address) else { continue };
                if address.primary {
                    return Some(Ruling::broken(Reason::Malformed, said(&address, &fault)));
                }
                secondary.get_or_insert_with(|| said(&address, &fault));
            }
        }
        if let Some(message) = secondary {
            let ruling = Ruling::broken(Reason::Malformed, message);
            return Some(match self.secondary {
                // which of several addresses Exchange takes is not documented
                Some(severity) => ruling.only(severity).inferred(),
                None => ruling,
            });
        }
        self.shown(object)?;
        Some(match seen {
            0 if hides_x400(object.entry) => Ruling::unknown(
                Reason::NotVisible,
                "shows an X.400 address inside another value: its values were not taken apart",
            ),
            0 => Ruling::nothing("has no X.400 address"),
            1 => Ruling::holds("has one X.400 address, and it is no such one"),
            many => Ruling::holds(format!("has {many} X.400 addresses, none of them such a one")),
        })
    }
}

impl X400 {
    /// Whether every place was shown that may hold an address. An object shows its proxy addresses all in one attribute, or
    /// apart in others.
    fn shown(&self, object: &Object<'_>) -> Option<()> {
        let together = object.entry.has("Proxy-Addresses");
        for name in &self.attributes {
            let is = |known: &str| name.eq_ignore_ascii_case(known);
            let in_other_form =
                if is("Proxy-Addresses") { self.attributes.len() > 1 } else { together && PLACES.into_iter().any(is) };
            if !in_other_form {
                object.values(name)?;
            }
        }
        Some(())
    }

    /// What is wrong with an address.
    fn fault(&self, address: &Address<'_>) -> Option<String> {
        if !address.typed {
            return self.untyped.then(|| "stands without its type, X400".to_owned());
        }
        let class = if self.class.is_some() || !self.without.is_empty() { class_of(address.text) } else { Class::Ok };
        if class != Class::Ok {
            let is_fault = |code: Code| self.class.is_some_and(|bound| code.class() >= bound) || self.without.contains(&code);
            if self.class.is_some_and(|bound| class >= bound) || !self.without.is_empty() {
                let problems = examine(address.text).problems;
                if let Some(problem) = problems.iter().find(|problem| is_fault(problem.code)) {
                    let message = problem.message.trim_end_matches('.');
                    return Some(format!("is {}: {message} (character {})", class.word(), problem.position));
                }
            }
        }
        if self.without_terms.is_empty() && self.lower_case.is_empty() {
            return None;
        }
        let is = |key: &str, known: &[String]| known.iter().any(|known| known.eq_ignore_ascii_case(key));
        keys(address.text).find_map(|key| match key.bytes().any(|byte| byte.is_ascii_uppercase()) {
            _ if is(key, &self.without_terms) => Some(format!("has the term {key}=")),
            true if is(key, &self.lower_case) => Some(format!("has the key {key}= in upper case")),
            _ => None,
        })
    }
}

impl<'a> Address<'a> {
    /// The X.400 address in a value of an attribute; none if it holds another address.
    fn of(attribute: &str, text: &'a str) -> Option<Self> {
        if attribute.eq_ignore_ascii_case("textEncodedORAddress") {
            return Some(Self { text, typed: true, primary: true });
        }
        let separator = if attribute.eq_ignore_ascii_case("otherMailbox") { '$' } else { ':' };
        let is_type =
            |kind: &str| !kind.is_empty() && kind.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b' '));
        match text.split_once(separator).filter(|(kind, _)| is_type(kind)) {
            // a type in upper case is that of the primary address (Q153028)
            Some((kind, text)) if kind.eq_ignore_ascii_case("X400") => Some(Self { text, typed: true, primary: kind == "X400" }),
            Some(_) => None,
            // what has a country among its terms is an X.400 address (Q257578)
            None => keys(text).any(|key| key.eq_ignore_ascii_case("c")).then_some(Self { text, typed: false, primary: true }),
        }
    }
}

/// Whether a value carries a type that is not X400.
fn is_other(attribute: &str, value: &[u8]) -> bool {
    let separator = match attribute {
        "otherMailbox" => b'$',
        "Proxy-Addresses" => b':',
        _ => return false,
    };
    split(value, separator).is_some_and(|(kind, _)| !kind.eq_ignore_ascii_case(b"X400"))
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
    use crate::exchange::fake::entry;
    use crate::report::Verdict;

    /// The verdict on an object that shows `shown`; what it does not show is unset, or may be set all the same.
    fn verdict(parameters: &str, shown: &[(&str, &str)], unset: bool) -> Option<(Verdict, Option<Severity>)> {
        let rule: X400 = toml::from_str(parameters).expect(parameters);
        let entry = entry("cn=a,o=O", shown);
        let ruling = rule.judge(&Object::new(&entry, None, &mut |_| unset));
        ruling.map(|ruling| (ruling.verdict, ruling.severity))
    }

    #[test]
    fn each_parameter_finds_its_fault_and_no_other() {
        let good = "c=US;a= ;p=Org;o=Site;s=A;";
        let primary = |text| vec![("textEncodedORAddress", text)];
        let fail = |severity| Some((Verdict::Fail, severity));
        let pass = Some((Verdict::Pass, None));
        for (parameters, shown, expected) in [
            ("class = \"broken\"", primary(good), pass),
            ("class = \"broken\"", primary("a= ;p=Org;s=A;"), fail(None)),
            ("class = \"broken\"", primary("C=US;a= ;p=Org;s=A"), pass),
            ("class = \"unusual\"", primary("c=US;a= ;p=Org;s=A"), fail(None)),
            ("without = [\"order\"]", primary("c=US;a= ;s=A;p=Org;"), fail(None)),
            ("without = [\"order\"]", primary("c=US;a= ;p=Org;s=A"), pass),
            ("lower-case = [\"c\", \"a\"]", primary("c=US;A= ;p=Org;s=A;"), fail(None)),
            ("lower-case = [\"c\", \"a\"]", primary("c=US;a= ;p=Org;S=A;"), pass),
            ("without-terms = [\"cn\"]", primary("c=US;a= ;p=Org;CN=A;"), fail(None)),
            ("without-terms = [\"cn\"]", primary(good), pass),
            // the primary address as CSV and the extra one as LDAP show them
            ("class = \"broken\"", vec![("Proxy-Addresses", "SMTP:a@b"), ("Proxy-Addresses", "X400:c=US;s=A;")], fail(None)),
            (
                "class = \"broken\"\nsecondary = \"info\"",
                vec![("textEncodedORAddress", good), ("otherMailbox", "x400$c=US;s=A;")],
                fail(Some(Severity::Info)),
            ),
            ("class = \"broken\"", vec![("textEncodedORAddress", good), ("otherMailbox", "MS$X400/c=1;/A")], pass),
            // Q257578
            ("class = \"broken\"", vec![("otherMailbox", "G=f;S=s;O=o;P=p;A=a;C=us")], pass),
            ("untyped = true", vec![("otherMailbox", "G=f;S=s;O=o;P=p;A=a;C=us")], fail(None)),
            ("untyped = true", vec![("otherMailbox", "X400$c=us;a=a;p=p;o=o;s=s;g=f;")], pass),
            ("untyped = true", vec![("otherMailbox", "no address at all")], Some((Verdict::NotApplicable, None))),
            // other attributes
            ("class = \"broken\"\nattributes = [\"Gateway-Proxy\"]", vec![("Gateway-Proxy", "X400:a= ;p=Org;")], fail(None)),
            (
                "class = \"broken\"\nattributes = [\"Gateway-Proxy\"]",
                vec![("Gateway-Proxy", "SMTP:@a.example")],
                Some((Verdict::NotApplicable, None)),
            ),
        ] {
            assert_eq!(verdict(parameters, &shown, true), expected, "{parameters} {shown:?}");
        }
    }

    #[test]
    fn a_fault_that_is_seen_counts_and_what_was_not_shown_decides_nothing() {
        let class = "class = \"broken\"";
        assert_eq!(verdict(class, &[("otherMailbox", "X400$s=A")], false), Some((Verdict::Fail, None)));
        assert_eq!(verdict(class, &[("otherMailbox", "X400$c=US;a= ;p=O;s=A;")], false), None);
        assert_eq!(verdict(class, &[("textEncodedORAddress", "c=US;a= ;p=O;s=A;")], false), None);
        assert_eq!(verdict(class, &[("Proxy-Addresses", "X400:c=US;a= ;p=O;s=A;")], false), Some((Verdict::Pass, None)));
        assert_eq!(verdict(class, &[("otherMailbox", "MS:a|X400:c=US;a= ;p=O;s=A;")], true).map(|v| v.0), Some(Verdict::Unknown));
    }

    #[test]
    fn parameters_are_checked() {
        for wrong in ["", "class = \"ok\"", "class = \"bad\"", "without = [\"colour\"]", "klass = \"broken\""] {
            assert!(toml::from_str::<X400>(wrong).is_err(), "{wrong}");
        }
    }
}
