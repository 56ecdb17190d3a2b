//! What a file is that is no export: what other tools show, and what holds nothing.

use super::NoExport;
use crate::exchange::admin_export::other_separator;

/// What LDP shows in its window.
const LDP: &str = "this is what LDP shows, not an export: run ldapsearch or ldifde (docs/exports.md), or exaudit collect";
/// What ldapsearch of the University of Michigan writes without `-L`, and tools after it.
const MICHIGAN: &str = "lines of the form name=value, as ldapsearch of the University of Michigan writes them; run it with -L, which \
                        writes LDIF (docs/exports.md)";
/// How many lines are looked at.
const LINES: usize = 100;

/// The first bytes of a workbook: since Excel 2007 a ZIP archive, before it a compound file of OLE (MS-CFB section 2.2).
const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"];

/// What a file is that holds no text, from its start. Text in two bytes a letter has zeros, and none else.
pub(super) fn binary(head: &[u8], is_encoded: bool) -> Option<NoExport> {
    if WORKBOOKS.iter().any(|magic| head.starts_with(magic)) {
        return Some(NoExport::Workbook);
    }
    (!is_encoded && head.contains(&0)).then_some(NoExport::Binary)
}

/// What the text of a file is, from its start, where that is known and neither LDIF nor a table.
pub(super) fn foreign(text: &str) -> Option<NoExport> {
    let text = text.trim_start_matches('\u{feff}');
    let mut lines = text.lines().map(str::trim_end).filter(|line| !line.is_empty());
    let Some(first) = lines.clone().find(|line| !line.starts_with('#')) else {
        return text.trim().is_empty().then_some(NoExport::Empty);
    };
    if lines.by_ref().take(LINES).any(is_of_ldp) {
        return Some(NoExport::Tool(LDP));
    }
    // an attribute, and no colon before it, as a name of LDIF has
    let is_name = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.');
    if first.split_once('=').is_some_and(|(name, _)| !name.trim().is_empty() && is_name(name.trim())) {
        return Some(NoExport::Tool(MICHIGAN));
    }
    other_separator(first).map(|sign| NoExport::Separator { sign })
}

/// Lines that no LDIF has: an attribute has no blank in its name.
fn is_of_ldp(line: &str) -> bool {
    let entries = |rest: &str| rest.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(" entries:");
    line.starts_with("Expanding base '")
        || line.starts_with(">> Dn: ")
        || line.starts_with("ld = ldap_")
        || line.strip_prefix("Getting ").is_some_and(entries)
}

#[cfg(test)]
mod tests {
    use super::super::{FileError, file};
    use crate::directory::input::Input;
    use crate::directory::whole::Builder;
    use crate::exchange::admin_export::CsvOptions;

    fn refused(text: &str) -> String {
        let input = Input { name: "export".into(), bytes: text.as_bytes().to_vec(), cut: None };
        match file(&mut Builder::default(), input, &CsvOptions::default()) {
            Ok(_) => "read".into(),
            Err(FileError::NoExport { why, .. }) => why.to_string(),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn names_what_it_is() {
        let ldp = "ld = ldap_open(\"server\", 389);\nEstablished connection to server.\n";
        let search = "Expanding base 'o=Org'...\nResult <0>: \nMatched DNs: \nGetting 1 entries:\n>> Dn: o=Org\n\t1> o: Org; \n";
        let old = ">> Dn: cn=a,o=Org\n\t1> cn: a; \n";
        for text in [ldp, search, old, &["-----------\n", search].concat(), "Getting 12 entries:\nDn: o=Org\n"] {
            assert!(refused(text).contains("LDP shows"), "{text}: {}", refused(text));
        }
        for text in ["cn=a, o=Org\nobjectClass=top\ncn=a\n", "dn=o=Org\n", "\no=Org\no=Org\n"] {
            assert!(
                refused(text).contains("University of Michigan") && refused(text).contains("-L"),
                "{text}: {}",
                refused(text)
            );
        }
        for text in ["", "\n \r\n", "\u{feff}"] {
            assert!(refused(text).contains("it is empty"), "{text:?}: {}", refused(text));
        }
        let table = refused("Obj-Class|Obj-Dist-Name\nMailbox|/o=Org/ou=S/cn=a\n");
        assert!(table.contains("--columns '124 34 37'"), "{table}");
        for (text, word) in [
            ("root:x:0:0:root:/root:/bin/bash\n", "neither LDIF nor a table"),
            ("{\"schema\": 1}\n", "neither LDIF nor a table"),
            ("just words\n", "neither LDIF nor a table"),
            ("# nothing\n", "it contains no objects; was the export written?"),
            ("search: 2\nresult: 32 No such object\n", "it contains no objects: the search that made it ended with result 32"),
        ] {
            assert!(refused(text).contains(word), "{text}: {}", refused(text));
        }
    }

    #[test]
    fn an_export_is_not_taken_for_something_else() {
        for text in [
            "dn: cn=a=b,o=Org\ncn: Getting 1 entries:\n",
            "# cn=a,o=Org\nversion: 1\n\ndn: o=Org\no: Org\n",
            "dn: o=Org\ndescription: x\n ld = ldap_open\n",
            "search: 2\nresult: 0 Success\n\ndn: o=Org\no: Org\n",
        ] {
            assert_eq!(refused(text), "read", "{text}");
        }
    }
}
