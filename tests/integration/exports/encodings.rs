//! LDIF in the encodings that tools on Windows write.

use crate::common::directory::ldif;
use crate::common::run::exaudit;
use crate::truth::case::{ADMIN, ALL_PASS, Case, GONE, ims, mailbox, verdicts};

/// The text as UTF-16.
fn wide(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

#[test]
fn utf_16_is_read_as_utf_8_is() {
    let named = mailbox("M\u{fc}ller").with("textEncodedORAddress", "c=DE;a= ;p=Org;o=S;s=Mueller;");
    for (case, expected) in [
        (Case::with([ims(ADMIN), named.clone()]), ALL_PASS),
        (Case::with([ims("/o=Org/ou=S/cn=Recipients/cn=M\u{fc}ller"), named]), ALL_PASS),
        (Case::with([ims(GONE)]), ["pass", "fail:dangling", "blocked", "blocked"]),
    ] {
        let text = ldif(&case.records);
        // as `ldapsearch ... > org.ldif` writes it in Windows PowerShell, with header and result
        let redirected = format!("# extended LDIF\n#\n# LDAPv3\n#\n\n{text}# search result\nsearch: 2\nresult: 0 Success\n")
            .replace('\n', "\r\n");
        let marked = |text: &str| ["\u{feff}", text].concat();
        for bytes in [
            text.clone().into_bytes(),
            marked(&text).into_bytes(),
            wide(&marked(&redirected), u16::to_le_bytes),
            wide(&marked(&redirected), u16::to_be_bytes),
            wide(&redirected, u16::to_le_bytes),
            wide(&text, u16::to_le_bytes),
            wide(&text, u16::to_be_bytes),
        ] {
            let stdin = exaudit(["audit", "--format", "json", "--from", "-"]).stdin(bytes.clone()).run();
            assert_eq!(verdicts(&stdin), expected, "{}{}", stdin.stdout, stdin.stderr);
            assert_eq!(stdin.json()["targets"][0]["source"], "ldif");
            let file = tempfile::NamedTempFile::new().expect("file");
            std::fs::write(file.path(), bytes).expect("file");
            let ran = exaudit(["audit", "--format", "json", "--from", &file.path().display().to_string()]).run();
            assert_eq!(verdicts(&ran), expected, "{}{}", ran.stdout, ran.stderr);
        }
    }
}

#[test]
fn a_collected_file_keeps_its_record() {
    let text = exaudit(["collect", "--demo"]).run().stdout;
    let audit = |bytes: Vec<u8>| exaudit(["audit", "--format", "json", "--from", "-"]).stdin(bytes).run();
    let [utf8, utf16] = [audit(text.clone().into_bytes()), audit(wide(&format!("\u{feff}{text}"), u16::to_le_bytes))];
    assert_eq!(utf8.json()["results"], utf16.json()["results"]);
    assert_eq!(utf16.json()["complete"], true, "{}", utf16.stderr);
}
