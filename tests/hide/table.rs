//! A view of the recipients, as the Administrator program exports them.

use super::conceal::View;
use super::object::{Object, known};
use exaudit::exchange::admin_export::columns_of;
use exaudit::exchange::schema::Syntax;

/// The classes as they are called in a table.
const CLASSES: [(&str, &str); 4] = [
    ("organizationalPerson", "Mailbox"),
    ("groupOfNames", "Dl"),
    ("Remote-Address", "Remote"),
    ("Public-Folder", "Public-Folder"),
];

/// The table of a view: what is no recipient is left out, and so are deleted objects.
pub fn table(view: &View) -> String {
    let asked = |name: &str| view.asked.iter().any(|asked| asked.eq_ignore_ascii_case(name));
    let primaries = asked("mail") && asked("textEncodedORAddress");
    let secondaries = primaries && asked("otherMailbox");
    let is_column = |name: &&String| {
        let is_address = exaudit::exchange::address::ATTRIBUTES.iter().any(|place| place.eq_ignore_ascii_case(name));
        let is_named = matches!(name.as_str(), "objectClass" | "distinguishedName" | "memberOf" | "Is-Deleted");
        // how octets are written, and whether they are, is not published
        !is_address && !is_named && known(name).is_some_and(|known| known.syntax != Syntax::Octet)
    };
    let columns: Vec<&String> = view.asked.iter().filter(is_column).collect();
    let mut header = vec!["Obj-Class", "Obj-Dist-Name"];
    header.extend(columns.iter().map(|name| if *name == "member" { "Members" } else { columns_of(name)[0] }));
    header.extend(["Proxy-Addresses"].iter().filter(|_| primaries));
    header.extend(["Secondary-Proxy-Addresses"].iter().filter(|_| secondaries));
    let mut text = header.join(",") + "\r\n";
    for object in view.objects.iter().filter(|object| object.is_recipient() && !object.has("Is-Deleted")) {
        let class = CLASSES.iter().find(|(class, _)| object.is_a(class)).map_or("", |(_, word)| word);
        let mut fields = vec![class.to_owned(), legacy(&object.dn)];
        fields.extend(columns.iter().map(|name| several(object.of(name).map(|value| plain(name, value)))));
        let (first, others) = addresses(object);
        fields.extend([several(first.into_iter())].into_iter().filter(|_| primaries));
        fields.extend([several(others.into_iter())].into_iter().filter(|_| secondaries));
        let quoted = fields.iter().map(|field| format!("\"{}\"", field.replace('"', "\"\"")));
        text += &(quoted.collect::<Vec<_>>().join(",") + "\r\n");
    }
    text
}

/// The name of an object as Exchange writes it.
fn legacy(dn: &str) -> String {
    exaudit::directory::dn::Dn::parse(dn.as_bytes()).map(|dn| exaudit::exchange::naming::to_legacy(&dn)).unwrap_or_default()
}

fn plain(name: &str, value: &[u8]) -> String {
    let text = String::from_utf8_lossy(value).into_owned();
    match known(name).is_some_and(exaudit::exchange::schema::Attribute::holds_names) {
        true => Some(legacy(&text)).filter(|name| !name.is_empty()).unwrap_or(text),
        false => text,
    }
}

fn several(values: impl Iterator<Item = String>) -> String {
    values.map(|value| value.replace('\\', "\\\\").replace('%', "\\%")).collect::<Vec<_>>().join("%")
}

/// The reply address of each type, and the others.
fn addresses(object: &Object) -> (Vec<String>, Vec<String>) {
    let of = |name: &str| object.of(name).map(|value| String::from_utf8_lossy(value).into_owned()).collect::<Vec<String>>();
    let mut first: Vec<String> = of("mail").into_iter().map(|value| format!("SMTP:{value}")).collect();
    first.extend(of("textEncodedORAddress").into_iter().map(|value| format!("X400:{value}")));
    let mut others = Vec::new();
    for value in of("otherMailbox") {
        let address = value.replacen('$', ":", 1);
        let kind = address.split(':').next().unwrap_or_default().to_owned();
        let is_new = !matches!(kind.to_uppercase().as_str(), "SMTP" | "X400")
            && !first.iter().any(|own| own.starts_with(&format!("{kind}:")));
        if is_new {
            first.push(address);
        } else {
            others.push(address);
        }
    }
    (first, others)
}
