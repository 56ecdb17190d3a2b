//! Entries that are odd, oversized or not what was asked for. They come before the right answer, or in its first entry.

use super::moment::Moment;
use super::script::Script;
use super::{Known, Phase, wire};
use ldap3_proto::proto::LdapPartialAttribute;

const SEARCH: &[Phase] = &[Phase::Search];
const BOTH: &[Phase] = &[Phase::Search, Phase::Read];

pub(super) const KNOWN: &[Known] = &[
    Known::once("no-dn", BOTH, |m| first(m, |id, _| wire::message(id, &[&[wire::ENTRY, 0]])), "sends an entry without a name"),
    Known::once("empty-dn", BOTH, |m| first(m, |id, _| wire::container(id, b"")), "sends an entry with an empty name"),
    Known::once(
        "malformed-dn",
        BOTH,
        |m| first(m, |id, _| wire::container(id, b"no name, at all=")),
        "sends a name that is none",
    ),
    Known::once("non-utf8-dn", BOTH, non_utf8, "sends an object with a name in Latin-1"),
    Known::once("outside-base", BOTH, outside, "sends an object of another organization"),
    Known::once("other-object", &[Phase::Read], other, "answers a read with another object"),
    Known::once("nuls", SEARCH, nuls, "sends an object with NULs in names and values"),
    Known::once("bidi", SEARCH, bidi, "sends an object with control characters and bidirectional marks in its name"),
    Known::once("same-entry", SEARCH, same, "sends the first entry 500 times"),
    Known::once("same-large-entry", SEARCH, same_large, "sends an entry of 50,000 values three times"),
    Known::once("repeated-blocks", BOTH, blocks, "sends each value in an attribute of its own"),
    Known::once("many-values", BOTH, |m| values(m, 100_000), "sends an attribute of 100,000 values"),
    Known::once("too-many-values", BOTH, |m| values(m, 300_000), "sends an attribute of 300,000 values"),
    Known::once("many-attributes", SEARCH, |m| attributes(m, 2000, 60), "sends an entry of 2,000 attributes with 60 values each"),
    Known::once("too-many-attributes", SEARCH, |m| attributes(m, 5000, 1), "sends an entry of 5,000 attributes"),
    Known::once("large-value", BOTH, |m| value(m, "Connected-Domains", 15 << 20), "sends a value of 15 MiB"),
    Known::once("large-settings", SEARCH, |m| value(m, "Extension-Data", 15 << 20), "sends a second Extension-Data of 15 MiB"),
    Known::once("busy-settings", SEARCH, busy, "sends a second Extension-Data with nothing but beginnings of names, 8 MiB"),
    Known::once("too-large-value", BOTH, |m| value(m, "Connected-Domains", 17 << 20), "sends a value of 17 MiB"),
];

/// One entry more, before the right answer. It is made of the id and the organization's name.
fn first(mut moment: Moment, entry: fn(i32, &str) -> Vec<u8>) -> Script {
    let organization = moment.organization();
    let more = entry(moment.id, &organization);
    Script::send([more].into_iter().chain(moment.right()))
}

fn non_utf8(moment: Moment) -> Script {
    first(moment, |id, organization| wire::container(id, &[b"cn=M\xfcller,", organization.as_bytes()].concat()))
}

/// A service that would fail, if it were of this organization: without settings.
fn outside(moment: Moment) -> Script {
    first(moment, |id, _| {
        let attributes = [wire::attribute(b"objectClass", ["Mail-Gateway"]), wire::attribute(b"Routing-List", ["SMTP:*"])];
        let dn = b"cn=Internet Mail Connector (FAR),cn=Connections,cn=Configuration,ou=FAR,o=Elsewhere";
        wire::entry(id, dn, &attributes.concat())
    })
}

/// A mailbox with an X.400 address under another name than the one that was asked for.
fn other(mut moment: Moment) -> Script {
    if let Some(entry) = moment.entry() {
        entry.dn = format!("cn=Somebody else,{}", entry.dn);
    }
    Script::send(moment.right())
}

fn nuls(moment: Moment) -> Script {
    first(moment, |id, organization| {
        let attributes = [
            wire::attribute(b"objectClass", [&b"Container"[..], b"\0", b"Contai\0ner"]),
            wire::attribute(b"na\0me", [&b"\0"[..], b"", b"a\0b"]),
            wire::attribute(b"", [&b"nameless"[..]]),
        ];
        wire::entry(id, format!("cn=a\0b\\00c,{organization}").as_bytes(), &attributes.concat())
    })
}

/// A site of that name: it is spoken of, because its Connections container is not seen.
fn bidi(moment: Moment) -> Script {
    first(moment, |id, organization| {
        let name = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{202e}gnp.exe\u{2066}\r\nexaudit: all is well";
        wire::container(id, format!("cn=Recipients,ou={name},{organization}").as_bytes())
    })
}

fn same(mut moment: Moment) -> Script {
    let id = moment.id;
    let entry = moment.entry().cloned();
    let copies = entry.into_iter().flat_map(move |entry| {
        let op = ldap3_proto::proto::LdapOp::SearchResultEntry(entry);
        let bytes = super::moment::encode(ldap3_proto::proto::LdapMsg { msgid: id, op, ctrl: Vec::new() });
        std::iter::repeat_n(bytes, 500)
    });
    Script::send(copies.chain(moment.right()))
}

fn same_large(moment: Moment) -> Script {
    first(moment, |id, organization| {
        let values = (0..50_000).map(|n| format!("value {n}"));
        let attributes = [wire::attribute(b"objectClass", ["Container"]), wire::attribute(b"description", values)];
        wire::entry(id, format!("cn=Large,{organization}").as_bytes(), &attributes.concat()).repeat(3)
    })
}

/// Upper and lower case take turns: it is the same attribute all the same.
fn blocks(mut moment: Moment) -> Script {
    if let Some(entry) = moment.entry() {
        let blocks = std::mem::take(&mut entry.attributes).into_iter().flat_map(|attribute| {
            let spell = |n: usize| if n.is_multiple_of(2) { attribute.atype.clone() } else { attribute.atype.to_uppercase() };
            let one = |(n, value)| LdapPartialAttribute { atype: spell(n), vals: vec![value] };
            attribute.vals.iter().cloned().enumerate().map(one).collect::<Vec<_>>()
        });
        entry.attributes = blocks.collect();
    }
    Script::send(moment.right())
}

fn values(moment: Moment, count: usize) -> Script {
    extra(moment, "Connected-Domains", (0..count).map(|n| format!("domain{n}.example.com").into_bytes()).collect())
}

fn value(moment: Moment, name: &str, bytes: usize) -> Script {
    extra(moment, name, vec![vec![b'x'; bytes]])
}

fn busy(moment: Moment) -> Script {
    extra(moment, "Extension-Data", vec![b"cn=a,/o=b".repeat((8 << 20) / 9)])
}

/// More values in the first entry.
fn extra(mut moment: Moment, name: &str, vals: Vec<Vec<u8>>) -> Script {
    if let Some(entry) = moment.entry() {
        entry.attributes.push(LdapPartialAttribute { atype: name.to_owned(), vals });
    }
    Script::send(moment.right())
}

fn attributes(mut moment: Moment, count: usize, values: usize) -> Script {
    if let Some(entry) = moment.entry() {
        let values: Vec<Vec<u8>> = (0..values).map(|n| n.to_string().into_bytes()).collect();
        let made = (0..count).map(|n| LdapPartialAttribute { atype: format!("made-{n}"), vals: values.clone() });
        entry.attributes.extend(made);
    }
    Script::send(moment.right())
}
