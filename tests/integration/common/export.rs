//! Small directories as the Administrator program exports them in raw mode.

use super::directory::Record;

/// The header that docs/exports.md recommends.
fn header() -> Vec<&'static str> {
    let lines = include_str!("../../../docs/exports.md").lines().map(str::trim_start);
    lines.filter(|line| line.starts_with("Obj-Class,")).map(|line| line.split(',').collect()).next().expect("a header")
}

/// A table of these records: the recommended columns, and one for each other attribute that a record has.
pub fn csv(records: &[Record]) -> String {
    let columns: Vec<String> = header().into_iter().map(str::to_owned).chain(others(records)).collect();
    let mut text = columns.join(",") + "\r\n";
    for record in records {
        let fields: Vec<String> = columns.iter().map(|column| quoted(&field(record, column))).collect();
        text += &(fields.join(",") + "\r\n");
    }
    text
}

fn others(records: &[Record]) -> Vec<String> {
    let known =
        ["objectClass", "rdn", "cn", "uid", "mail", "rfc822Mailbox", "textEncodedORAddress", "otherMailbox", "Proxy-Addresses"];
    let mut names: Vec<String> = Vec::new();
    for (name, _) in records.iter().flat_map(|record| &record.attributes) {
        // how the Administrator program writes octets is not published
        if name != "File-Version"
            && !known.contains(&name.as_str())
            && !header().contains(&name.as_str())
            && !names.contains(name)
        {
            names.push(name.clone());
        }
    }
    names
}

fn field(record: &Record, column: &str) -> String {
    let texts = |name: &str| -> Vec<String> {
        let values = record.attributes.iter().filter(|(known, _)| known == name);
        values.map(|(_, value)| String::from_utf8_lossy(value).into_owned()).collect()
    };
    let flag = |name: &str| texts(name).iter().map(|value| if value == "TRUE" { "1".into() } else { value.clone() }).collect();
    let values: Vec<String> = match column {
        "Obj-Class" => texts("objectClass").iter().map(|class| word(class).to_owned()).collect(),
        "Obj-Dist-Name" => vec![legacy(&record.dn)],
        "Common-Name" => texts("rdn"),
        "Display-Name" => texts("cn"),
        "Mail-nickname" => texts("uid"),
        "Extension-Data" => {
            let values = record.attributes.iter().filter(|(name, _)| name == column);
            values.map(|(_, value)| value.iter().map(|byte| format!("{byte:02X}")).collect()).collect()
        }
        "Proxy-Addresses" => addresses(record).into_iter().filter(|address| is_primary(address)).collect(),
        "Secondary-Proxy-Addresses" => addresses(record).into_iter().filter(|address| !is_primary(address)).collect(),
        "Hide-From-Address-Book" | "Is-Deleted" => flag(column),
        _ => texts(column),
    };
    values.iter().map(|value| value.replace('\\', "\\\\").replace('%', "\\%")).collect::<Vec<_>>().join("%")
}

/// Every address as `TYPE:address`.
fn addresses(record: &Record) -> Vec<String> {
    let mut all = Vec::new();
    for (name, value) in &record.attributes {
        let value = String::from_utf8_lossy(value).into_owned();
        match name.as_str() {
            "mail" => all.push(format!("SMTP:{value}")),
            "textEncodedORAddress" => all.push(format!("X400:{value}")),
            "otherMailbox" => all.push(value.replacen('$', ":", 1)),
            "Proxy-Addresses" => all.push(value),
            _ => {}
        }
    }
    all
}

fn is_primary(address: &str) -> bool {
    address.split(':').next().is_some_and(|kind| kind == kind.to_uppercase())
}

/// The word that the Administrator program has for a class.
fn word(class: &str) -> &str {
    match class {
        "organizationalPerson" => "Mailbox",
        "groupOfNames" => "DL",
        "Remote-Address" => "Remote",
        "organizationalUnit" => "Organizational-Unit",
        "organization" => "Organization",
        other => other,
    }
}

/// `/o=../ou=../cn=..`; test directories escape nothing in their names but a comma.
fn legacy(dn: &str) -> String {
    let parts: Vec<String> = dn.replace("\\,", "\u{1}").split(',').map(|part| part.replace('\u{1}', ",")).collect();
    parts.iter().rev().map(|part| format!("/{part}")).collect()
}

fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\r', '\n']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field.to_owned() }
}
