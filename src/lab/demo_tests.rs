//! The demo organization tells the stories its head promises.

use super::data::Data;
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;

const TAG: &str = "exaudit-lab\0";
/// Flags, provider UID, version and type of a permanent entry id ([MS-OXCDATA] 2.2.5.2).
const ENTRY_ID: &[u8] = b"\0\0\0\0\xDC\xA7\x40\xC8\xC0\x42\x10\x1A\xB4\xB9\x08\x00\x2B\x2F\xE1\x82\x01\0\0\0\0\0\0\0";

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn entry<'a>(data: &'a Data, dn: &str) -> Option<&'a Entry> {
    let dn = Dn::parse(dn.as_bytes()).expect(dn);
    data.named(&dn).map(|(_, record)| &record.full).next()
}

fn ims<'a>(data: &'a Data, site: &str, server: &str) -> &'a Entry {
    let dn = format!("cn=Internet Mail Connector ({server}),cn=Connections,cn=Configuration,ou={site},o=Example");
    let found = entry(data, &dn).expect(server);
    assert!(found.text("objectClass").as_deref() == Some("Mail-Gateway") && found.has("Routing-List"), "{server}");
    assert_eq!(found.text("Computer-Name").as_deref(), Some(server));
    assert!(entry(data, &found.text("Home-MTA").expect("Home-MTA")).is_some(), "{server}");
    found
}

#[test]
fn the_five_services_point_where_they_say() {
    let data = crate::lab::demo().expect("loads");
    let ascii = |dn: &str| format!("{dn}\0").into_bytes();
    for (site, server, payload) in [
        ("LYON", "LYON1", Some(ascii("/o=Example/ou=LYON/cn=Recipients/cn=Postmaster"))),
        ("LYON", "LYON2", None),
        ("OSLO", "OSLO1", Some(utf16("/o=Example/ou=OSLO/cn=Recipients/cn=OldPostmaster\0"))),
        ("OSLO", "OSLO2", Some([ENTRY_ID, &ascii("/o=Example/ou=OSLO/cn=Recipients/cn=Berg, Kari")].concat())),
        ("KYOTO", "KYOTO1", Some(ascii("/o=Example/ou=KYOTO/cn=Recipients/cn=MailAdmins"))),
    ] {
        let expected: Vec<Vec<u8>> = payload.into_iter().map(|payload| [utf16(TAG), payload].concat()).collect();
        assert_eq!(ims(&data, site, server).values("Extension-Data"), expected, "{server}");
    }
    let recipient = |site: &str, name: &str| entry(&data, &format!("cn={name},cn=Recipients,ou={site},o=Example"));
    assert!(recipient("LYON", "Postmaster").expect("mailbox").has("textEncodedORAddress"));
    assert!(recipient("OSLO", "OldPostmaster").is_none());
    let kari = recipient("OSLO", "Berg\\, Kari").expect("mailbox");
    assert!(!kari.has("textEncodedORAddress") && kari.has("mail"));
    assert!(!kari.texts("otherMailbox").any(|value| value.to_lowercase().starts_with("x400")));
    assert!(kari.text("cn").expect("cn").contains("\u{1b}]0;"));
    let list = recipient("KYOTO", "MailAdmins").expect("list");
    assert!(list.has("textEncodedORAddress") && list.texts("objectClass").any(|class| class == "groupOfNames"));
    for member in list.texts("member").chain(list.texts("owner")) {
        assert!(entry(&data, &member).is_some(), "{member}");
    }
}

#[test]
fn every_object_has_its_place() {
    let data = crate::lab::demo().expect("loads");
    let mut without_x400 = Vec::new();
    let mut hostile = 0;
    for (_, record) in data.records() {
        let object = &record.full;
        let parent = object.dn.parent();
        assert!(parent.is_empty() || data.named(&parent).next().is_some(), "{} has no parent", object.dn);
        let leaf = object.dn.rdn().expect("a name").text();
        assert_eq!(object.text("rdn"), Some(leaf), "{}", object.dn);
        hostile += object.attributes().flat_map(|a| a.values).filter(|value| value.starts_with(b"Berg, Kari \x1b")).count();
        let recipient = parent.rdn().is_some_and(|rdn| rdn.text() == "Recipients");
        if recipient && !object.flag("Is-Deleted") && !object.has("textEncodedORAddress") {
            without_x400.push(object.dn.to_string());
        }
    }
    assert_eq!(without_x400, ["cn=Berg\\, Kari,cn=Recipients,ou=OSLO,o=Example"]);
    assert_eq!(hostile, 1);
    for site in ["LYON", "OSLO", "KYOTO"] {
        let base = Dn::parse(format!("ou={site},o=Example").as_bytes()).expect("dn");
        let hidden = |object: &Entry| object.flag("Hide-From-Address-Book") && object.dn.is_within(&base);
        assert!(data.records().any(|(_, record)| hidden(&record.full)), "{site}");
        let servers = data.records().filter(|(_, r)| r.full.dn.is_within(&base) && r.full.has("serialNumber"));
        assert!(servers.count() > 0, "{site}");
    }
    assert_eq!(data.records().filter(|(_, record)| record.full.flag("Is-Deleted")).count(), 1);
    assert_eq!(data.len(), 99, "no more than a search without pages gets (100)");
}
