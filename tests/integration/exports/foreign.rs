//! What is no export: one line that says what it is and what to do, exit code 3, and no report of nothing.

use crate::common::run::exaudit;

/// What a file of these bytes is refused with: from a file and from standard input alike.
fn refused(bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("file.txt");
    std::fs::write(&path, bytes).expect("file");
    let path = path.display().to_string();
    let file = exaudit(["audit", "--format", "json", "--from", &path]).run();
    let stdin = exaudit(["audit", "--format", "json", "--from", "-"]).stdin(bytes).run();
    for ran in [&file, &stdin] {
        assert_eq!((ran.code, ran.stderr.lines().count()), (3, 1), "{}{}", ran.stdout, ran.stderr);
        assert_eq!(ran.json()["results"], serde_json::json!([]), "nothing is judged");
    }
    let line = file.stderr.replace(&path, "standard input");
    assert_eq!(line, stdin.stderr);
    assert_eq!(file.json()["targets"][0]["problems"].as_array().map(Vec::len), Some(1));
    line
}

#[test]
fn it_is_named() {
    let wide: Vec<u8> = ">> Dn: o=Org\r\n\t1> o: Org; \r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (bytes, words) in [
        (&b""[..], &["it is empty", "was the export written?"][..]),
        (b"\r\n\r\n", &["it is empty"]),
        (b"foo,bar\r\n1,2\r\n", &["not an Exchange export", "foo, bar", "--columns"]),
        (b"Obj-Class,Obj-Dist-Name\r\n", &["a header and no object", "was the export written?"]),
        (b"Obj-Class|Obj-Dist-Name\r\nMailbox|/o=Org/ou=S/cn=a\r\n", &["--columns '124 34 37'"]),
        (b"root:x:0:0:root:/root:/bin/bash\n", &["neither LDIF nor a table", "docs/exports.md"]),
        (b"{\n  \"schema\": 1\n}\n", &["neither LDIF nor a table"]),
        (b"# extended LDIF\n\nsearch: 2\nresult: 32 No such object\n", &["no object", "result 32 No such object"]),
        (b"Expanding base 'o=Org'...\r\nGetting 1 entries:\r\n>> Dn: o=Org\r\n\t1> o: Org; \r\n", &["LDP", "ldapsearch"]),
        (&wide, &["LDP"]),
        (b"cn=a,cn=Recipients,ou=S,o=Org\nobjectClass=Mailbox\n\n", &["University of Michigan", "-L"]),
        (b"\xff\xfed\0n\0:\0 \0o\0=\0O\0\n\0o", &["not UTF-16LE text", "line 2", "Save it as UTF-8"]),
        (
            b"Obj-Class,Obj-Container,Directory Name\r\nMailbox,Recipients,a\r\nMailbox,Recipients,b\r\n",
            &["line 2", "-b 'ou=SITE,o=ORGANIZATION'"],
        ),
    ] {
        let line = refused(bytes);
        for word in words {
            assert!(line.contains(word), "{word:?} is missing from: {line}");
        }
    }
}

#[test]
fn a_table_of_many_columns_is_refused_at_the_bound() {
    let header = format!("Obj-Class,Obj-Dist-Name{}\r\n", ",x".repeat(100_000));
    let line = refused(format!("{header}Mailbox,/o=Org/ou=S/cn=a\r\n").as_bytes());
    assert!(line.contains("line 1: more than 4096 columns"), "{line}");
    // a row alone costs no other
    let row = format!("Mailbox,/o=Org/ou=S/cn=a{}\r\n", ",x".repeat(100_000));
    let table = format!("Obj-Class,Obj-Dist-Name\r\n{row}Mailbox,/o=Org/ou=S/cn=b\r\n");
    let ran = exaudit(["audit", "--format", "json", "--from", "-"]).stdin(table).run();
    assert!(ran.stderr.contains("line 2: more than 4096 columns"), "{}", ran.stderr);
    assert_eq!(ran.json()["targets"][0]["organization"], "Org");
}
