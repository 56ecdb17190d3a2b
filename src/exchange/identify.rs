//! The object that an operator names: by a DN in either form, an SMTP address, an alias, a display name, or the name of a server or a
//! connector.
//!
//! What is nearer counts: the names that recipients, servers and connectors go by, then the directory name of any object, then the
//! computer that something runs on. Two that are equally near are told, and neither is taken.

use super::class::Kind;
use super::declaration::Recipient;
use super::questions::{Questions, Seen};
use super::selection::Selection;
use crate::directory::bounded;
use crate::directory::dn::Dn;

/// Candidates that an error lists.
const MOST_CANDIDATES: usize = 5;
/// Characters of a name in an error.
const LONGEST: usize = 300;
/// Letters of a name that is compared with others, where nothing is called like it: what is longer is no slip of a finger.
const LONGEST_WORD: usize = 64;

/// Why no object, or no single one, is meant by a name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unidentified {
    /// Nothing is named.
    #[error("no object is named: give a DN, an SMTP address, an alias, a display name, or the name of a server or connector")]
    Empty,
    /// It looks like a DN and is none.
    #[error("{text:?} is not a DN: write cn=..,ou=SITE,o=ORGANIZATION or /o=ORGANIZATION/ou=SITE/cn=..")]
    Malformed {
        /// What was given, bounded.
        text: String,
    },
    /// Nothing that was seen is called so.
    #[error(
        "nothing seen is called {text:?}, among {looked}{}; name an object that was not seen by its DN",
        listed("; similar: ", nearest)
    )]
    Unknown {
        /// What was given, bounded.
        text: String,
        /// What was looked through, in words.
        looked: String,
        /// Objects that are called nearly so.
        nearest: Vec<String>,
    },
    /// Several objects are called so.
    #[error("{text:?} is the name of {count} objects{}; name one of them by its DN", listed(": ", candidates))]
    Several {
        /// What was given, bounded.
        text: String,
        /// How many there are.
        count: usize,
        /// Some of them.
        candidates: Vec<String>,
    },
}

fn listed(before: &str, names: &[String]) -> String {
    if names.is_empty() { String::new() } else { format!("{before}{}", names.join("; ")) }
}

/// Finds the object that a text names. One that is named by its DN need not have been seen: others may refer to it all the same.
///
/// # Errors
/// Nothing, or more than one object, is called so.
pub fn identify(questions: &Questions, text: &str) -> Result<Dn, Unidentified> {
    let text = text.trim();
    let recipient = match text.parse::<Recipient>() {
        Ok(Recipient::Empty) => return Err(Unidentified::Empty),
        Ok(Recipient::Dn(dn)) if is_whole(&dn) => return Ok(questions.find(&dn).map_or(dn, |seen| seen.dn())),
        // a display name may hold a sign of a DN
        Ok(Recipient::Dn(_)) | Err(_) => {
            let name = Recipient::Name(text.to_owned());
            return one_of(questions, text, &name).map_err(|error| match error {
                Unidentified::Unknown { text, .. } => Unidentified::Malformed { text },
                other => other,
            });
        }
        Ok(recipient) => recipient,
    };
    one_of(questions, text, &recipient)
}

/// Whether a DN leads up to an organization or a site.
fn is_whole(dn: &Dn) -> bool {
    dn.rdns().last().is_some_and(|rdn| rdn.is("o") || rdn.is("ou"))
}

fn one_of(questions: &Questions, text: &str, recipient: &Recipient) -> Result<Dn, Unidentified> {
    let (dead, mut near) = recipient.filter().map(|filter| questions.recipients_that_match(&filter)).unwrap_or_default();
    let by_name = matches!(recipient, Recipient::Name(_));
    if by_name {
        near.extend(named(questions, &["server", "connector"]).filter(|seen| is_called(seen, text)));
    }
    if let Some(found) = only(text, near) {
        return found;
    }
    if by_name {
        let any = questions.living_objects().filter(|seen| is_called(seen, text)).collect();
        let on_computer = || named(questions, &["connector"]).filter(|seen| runs_on(seen, text)).collect();
        if let Some(found) = only(text, any).or_else(|| only(text, on_computer())) {
            return found;
        }
    }
    // what is left of a deleted object is named by others still
    only(text, dead).unwrap_or_else(|| Err(unknown(questions, text)))
}

/// The one of these that is meant; none if there is none.
fn only(text: &str, mut found: Vec<Seen<'_>>) -> Option<Result<Dn, Unidentified>> {
    found.sort_unstable_by_key(Seen::id);
    found.dedup_by_key(|seen| seen.id());
    Some(match found.as_slice() {
        [] => return None,
        [one] => Ok(one.dn()),
        several => Err(Unidentified::Several {
            text: short(text),
            count: several.len(),
            candidates: several.iter().take(MOST_CANDIDATES).map(told).collect(),
        }),
    })
}

/// The objects of these selections, wherever an audit starts.
fn named<'q>(questions: &'q Questions, words: &'static [&'static str]) -> impl Iterator<Item = Seen<'q>> {
    let selections = words.iter().filter_map(|word| Selection::named(word));
    selections.flat_map(|selection| questions.all(selection, None).seen().collect::<Vec<_>>())
}

/// Whether that is its directory name.
fn is_called(seen: &Seen<'_>, text: &str) -> bool {
    // most names are told apart by their bytes, before they are read
    let first = text.as_bytes().first().map(u8::to_ascii_lowercase);
    let written = seen.dn_text();
    let at = written.iter().position(|byte| *byte == b'=').map_or(0, |at| at + 1);
    let begins = written.get(at).map(u8::to_ascii_lowercase);
    let may_be = begins == first || begins.is_none_or(|byte| !byte.is_ascii_alphanumeric());
    may_be && same(&seen.dn().leaf(), text)
}

fn runs_on(seen: &Seen<'_>, text: &str) -> bool {
    seen.values("Computer-Name").texts().any(|name| same(&name, text))
}

fn same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other) || one.to_lowercase() == other.to_lowercase()
}

/// An object in an error: its name, and what it is.
fn told(seen: &Seen<'_>) -> String {
    let name = short(&seen.dn().to_string());
    match seen.kind() {
        Kind::Unknown => name,
        kind => format!("{name} ({})", kind.words()),
    }
}

fn short(text: &str) -> String {
    bounded::text(text, LONGEST).into_owned()
}

/// That nothing is called so, with what was looked through, and what is called nearly so.
fn unknown(questions: &Questions, text: &str) -> Unidentified {
    let count = |word| Selection::named(word).map_or(0, |selection| questions.all(selection, None).count());
    let counted = ["recipient", "server", "connector"].map(|word| match count(word) {
        1 => format!("1 {word}"),
        many => format!("{many} {word}s"),
    });
    let [recipients, servers, connectors] = counted;
    let nearest = nearest(questions, text).iter().map(told).collect();
    Unidentified::Unknown { text: short(text), looked: format!("{recipients}, {servers} and {connectors}"), nearest }
}

/// The objects that differ from a name in no more than a third of its letters.
fn nearest<'q>(questions: &'q Questions, text: &str) -> Vec<Seen<'q>> {
    let word = text.to_lowercase();
    let letters = word.chars().count();
    if !(3..=LONGEST_WORD).contains(&letters) {
        return Vec::new();
    }
    let distance = |name: &str| {
        let close = name.len() <= 4 * LONGEST_WORD && name.chars().count().abs_diff(letters) <= letters / 3;
        close.then(|| strsim::damerau_levenshtein(&word, &name.to_lowercase())).filter(|distance| *distance <= letters / 3)
    };
    let mut near: Vec<(usize, Seen<'q>)> = named(questions, &["server", "connector", "recipient"])
        .filter_map(|seen| {
            let own: Vec<String> =
                ["uid", "cn", "mail"].into_iter().flat_map(|name| seen.values(name).texts().collect::<Vec<_>>()).collect();
            let names = own.into_iter().chain([seen.dn().leaf().into_owned()]);
            names.filter_map(|name| distance(&name)).min().map(|distance| (distance, seen))
        })
        .collect();
    near.sort_by_key(|(distance, seen)| (*distance, seen.id()));
    near.truncate(MOST_CANDIDATES);
    near.into_iter().map(|(_, seen)| seen).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::fake::questions;

    const ORGANIZATION: &str = "\
dn: cn=SRV1,cn=Servers,cn=Configuration,ou=S,o=Org
objectClass: Computer

dn: cn=Internet Mail Connector (SRV1),cn=Connections,cn=Configuration,ou=S,o=Org
objectClass: Mail-Gateway
Computer-Name: SRV1

dn: cn=Gateway,cn=Connections,cn=Configuration,ou=S,o=Org
objectClass: Mail-Gateway
Computer-Name: OTHER

dn: cn=Site-Addressing,cn=Configuration,ou=S,o=Org
objectClass: Site-Addressing

dn: cn=jdoe,cn=Recipients,ou=S,o=Org
objectClass: organizationalPerson
uid: jdoe
cn: Doe, John
mail: john.doe@example.com
otherMailbox: smtp$jd@example.com

dn: cn=double,cn=Recipients,ou=S,o=Org
objectClass: organizationalPerson
uid: twice
cn: Mary

dn: cn=other,cn=Recipients,ou=T,o=Org
objectClass: organizationalPerson
uid: other
cn: TWICE

dn: cn=odd,cn=Recipients,ou=S,o=Org
objectClass: groupOfNames
cn: a=b

dn: cn=gone,cn=Recipients,ou=S,o=Org
objectClass: organizationalPerson
uid: gone
Is-Deleted: TRUE
";

    fn found(text: &str) -> String {
        let questions = questions(ORGANIZATION);
        identify(&questions, text).map_or_else(|error| error.to_string(), |dn| dn.to_string())
    }

    #[test]
    fn every_way_to_name_an_object_leads_to_it() {
        let john = "cn=jdoe,cn=Recipients,ou=S,o=Org";
        for (text, dn) in [
            ("cn=JDOE, cn=recipients,ou=s,o=org", john),
            ("/o=ORG/ou=S/cn=Recipients/cn=jdoe", john),
            ("JD@example.com", john),
            ("john.doe@EXAMPLE.com", john),
            ("JDoe", john),
            (" doe, john ", john),
            ("a=b", "cn=odd,cn=Recipients,ou=S,o=Org"),
            ("srv1", "cn=SRV1,cn=Servers,cn=Configuration,ou=S,o=Org"),
            ("gateway", "cn=Gateway,cn=Connections,cn=Configuration,ou=S,o=Org"),
            ("other", "cn=other,cn=Recipients,ou=T,o=Org"),
            ("site-addressing", "cn=Site-Addressing,cn=Configuration,ou=S,o=Org"),
            ("gone", "cn=gone,cn=Recipients,ou=S,o=Org"),
            // one that was not seen
            ("cn=nobody,cn=Recipients,ou=U,o=Org", "cn=nobody,cn=Recipients,ou=U,o=Org"),
            ("ou=U", "ou=U"),
        ] {
            assert_eq!(found(text), dn, "{text}");
        }
    }

    #[test]
    fn what_is_called_so_twice_or_never_is_told() {
        for (text, error) in [
            (
                "",
                "no object is named: give a DN, an SMTP address, an alias, a display name, or the name of a server or connector",
            ),
            (
                "twice",
                "\"twice\" is the name of 2 objects: cn=double,cn=Recipients,ou=S,o=Org (a mailbox); \
                 cn=other,cn=Recipients,ou=T,o=Org (a mailbox); name one of them by its DN",
            ),
            (
                "jdeo",
                "nothing seen is called \"jdeo\", among 4 recipients, 1 server and 2 connectors; similar: \
                 cn=jdoe,cn=Recipients,ou=S,o=Org (a mailbox); name an object that was not seen by its DN",
            ),
            (
                "x@example.com",
                "nothing seen is called \"x@example.com\", among 4 recipients, 1 server and 2 connectors; name an object that was \
                 not seen by its DN",
            ),
            ("cn=x", "\"cn=x\" is not a DN: write cn=..,ou=SITE,o=ORGANIZATION or /o=ORGANIZATION/ou=SITE/cn=.."),
            ("/o=", "\"/o=\" is not a DN: write cn=..,ou=SITE,o=ORGANIZATION or /o=ORGANIZATION/ou=SITE/cn=.."),
        ] {
            assert_eq!(found(text), error, "{text}");
        }
        let long = found(&"\u{1b}".repeat(100_000));
        assert!(long.len() < 4000 && !long.contains('\u{1b}'), "{}", long.len());
    }

    #[test]
    fn where_only_the_computer_is_called_so_the_connector_on_it_is_meant() {
        let questions = questions(&ORGANIZATION.replace("cn=other,", "cn=another,").replace("uid: other", "uid: another"));
        let found = identify(&questions, "OTHER").map(|dn| dn.to_string());
        assert_eq!(found.as_deref(), Ok("cn=Gateway,cn=Connections,cn=Configuration,ou=S,o=Org"));
    }
}
