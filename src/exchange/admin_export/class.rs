//! The word for a class: of the friendly mode, of the schema, in any case.

use crate::exchange::schema;

/// The LDAP name of a class; none for a word that is not known: which class a table means by it, nobody has published.
pub(super) fn known(word: &str) -> Option<String> {
    let name = ldap_name(word);
    schema::class_named(&name).or_else(|| schema::class_named(word.trim())).map(|_| name)
}

/// The LDAP name of a class; a word that is not known stays as it is.
fn ldap_name(word: &str) -> String {
    let word = word.trim();
    let friendly = match word.to_ascii_lowercase().as_str() {
        // Q146304, Q239639, Q155594
        "mailbox" => Some("organizationalPerson"),
        "dl" | "distribution-list" | "distribution list" => Some("groupOfNames"),
        "remote" | "remote-address" | "remote address" | "custom recipient" => Some("Remote-Address"),
        "public folder" => Some("Public-Folder"),
        _ => None,
    };
    // raw mode names the class as the schema does (inferred: Q146304 speaks of the four above)
    let of_schema = || schema::class_named(word).map(|class| class.ldap_name);
    friendly.or_else(of_schema).unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_words() {
        for (word, expected) in [
            ("Mailbox", "organizationalPerson"),
            ("MAILBOX", "organizationalPerson"),
            ("dl", "groupOfNames"),
            ("Distribution-List", "groupOfNames"),
            ("remote", "Remote-Address"),
            ("Public-Folder", "Public-Folder"),
            ("mail-gateway", "Mail-Gateway"),
            ("Organizational-Unit", "organizationalUnit"),
            ("organizationalPerson", "organizationalPerson"),
            ("1.2.840.113556.1.3.51", "Mail-Gateway"),
            ("Gadget", "Gadget"),
        ] {
            assert_eq!(ldap_name(word), expected, "{word}");
        }
    }
}
