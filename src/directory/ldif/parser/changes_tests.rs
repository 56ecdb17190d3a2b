use super::*;

fn read(text: &str) -> Result<Vec<Change>, String> {
    changes(text.as_bytes(), "c.ldif", Limits::default()).map_err(|error| error.to_string())
}

#[test]
fn reads_each_kind_of_change() {
    let text = "version: 1\n# a comment\ndn: cn=a,o=Org\nchangetype: add\nobjectClass: top\ncn: a\ndescription:: w6k=\ncn: b\n\n\
        dn: cn=b,o=Org\nchangetype: modify\nadd: sn\nsn: x\nsn: y\n-\ndelete: cn\n-\nreplace: uid\nuid: long\n er\n-\n\n\n\
        dn: cn=c,\n o=Org\r\nchangetype: delete\r\n\r\n\
        dn: cn=d,o=Org\nchangetype: modrdn\nnewrdn: cn=e\ndeleteoldrdn: 1\nnewsuperior: ou=S,o=Org\n";
    let read = read(text).expect("changes");
    let words: Vec<String> = read.iter().map(|change| format!("{} ({})", change.words(), change.from)).collect();
    assert_eq!(
        words,
        [
            "add cn=a,o=Org (c.ldif: line 3)",
            "modify sn, cn, uid of cn=b,o=Org (c.ldif: line 10)",
            "delete cn=c,o=Org (c.ldif: line 24)",
            "rename cn=d,o=Org to cn=e,ou=S,o=Org (c.ldif: line 28)",
        ]
    );
    let add = What::Add(vec![
        ("objectClass".into(), vec![b"top".to_vec()]),
        ("cn".into(), vec![b"a".to_vec(), b"b".to_vec()]),
        ("description".into(), vec!["\u{e9}".as_bytes().to_vec()]),
    ]);
    assert_eq!(read[0].what, add);
    let step = |action, attribute: &str, values: &[&str]| Step {
        action,
        attribute: attribute.into(),
        values: values.iter().map(|value| value.as_bytes().to_vec()).collect(),
    };
    let steps =
        vec![step(Action::Add, "sn", &["x", "y"]), step(Action::Delete, "cn", &[]), step(Action::Replace, "uid", &["longer"])];
    assert_eq!(read[1].what, What::Modify(steps));
}

#[test]
fn says_what_is_wrong_and_where() {
    let record = |lines: &str| format!("dn: cn=a,o=Org\n{lines}\n\ndn: cn=b,o=Org\nchangetype: delete\n");
    for (lines, expected) in [
        ("", "line 1: the record ends after its dn; say what to do, such as changetype: delete"),
        (
            "cn: a",
            "line 2: the record does not say what to do; a line changetype: add, modify, delete or modrdn must follow the dn",
        ),
        ("changetype: move", "line 2: changetype \"move\" is not known; add, modify, delete and modrdn are"),
        ("control: 1.2.3 true\nchangetype: delete", "line 2: a control is asked for, which cannot be rehearsed; leave it out"),
        ("changetype: delete\ncn: a", "line 3: more lines follow changetype: delete; an empty line must separate two records"),
        ("changetype: delete\ndn: cn=c,o=Org", "line 3: a dn in the middle of a record; an empty line must separate two records"),
        ("changetype: add", "line 2: the object to be added has no attributes"),
        ("changetype: add\ncn: a\n-", "line 4: a - ends a step of a modification, and this record adds an object"),
        ("changetype: modify", "line 2: the record modifies nothing"),
        ("changetype: modify\n-", "line 3: a - ends no step"),
        ("changetype: modify\ncn: a", "line 3: a step begins with add:, delete: or replace: and the name of an attribute"),
        ("changetype: modify\nadd: cn\n-", "line 4: no value of cn to add is given"),
        ("changetype: modify\nadd: cn\nsn: x\n-", "line 4: a value of sn in a step that is about cn; a line - ends a step"),
        ("changetype: modify\nadd: a b\ncn: x\n-", "line 3: \"a b\" is not an attribute name"),
        (
            "changetype: modrdn\nnewrdn: cn=x",
            "line 3: deleteoldrdn is missing: 1 takes the old name from the object, 0 leaves it as a value",
        ),
        ("changetype: modrdn\ndeleteoldrdn: 1", "line 3: newrdn is missing: the new relative name"),
        ("changetype: modrdn\ndeleteoldrdn: 2", "line 3: deleteoldrdn is 0 or 1"),
        ("changetype: modrdn\nnewrdn: cn=x,o=Org", "line 3: newrdn is one relative name, such as cn=Name"),
        ("changetype: modrdn\nnewrdn: nonsense", "line 3: the dn is not a distinguished name: `=` is missing at byte 8"),
    ] {
        let error = read(&record(lines)).expect_err(lines);
        assert_eq!(error, expected, "{lines}");
    }
    assert!(read("cn: a\n").expect_err("no dn").contains("does not start with a dn"));
    assert!(read("dn: nonsense\nchangetype: delete\n").expect_err("dn").starts_with("line 1: the dn is not"));
    assert_eq!(read(""), Ok(Vec::new()));
}
