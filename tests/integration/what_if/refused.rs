//! What is refused, with which code, and what is said of it. What slapd refuses too is tried on it by the random changes.

use crate::common::run::whole;

const SITE: &str = "ou=NORTH,o=Healthy";

#[test]
fn each_mistake_is_told_with_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let modify = |steps: &str| format!("version: 1\n\ndn: cn=Anna,cn=Recipients,{SITE}\nchangetype: modify\n{steps}\n-\n");
    let files = [
        ("gone.ldif", format!("dn: cn=Nobody,cn=Recipients,{SITE}\nchangetype: delete\n")),
        ("parent.ldif", format!("dn: cn=Recipients,{SITE}\nchangetype: delete\n")),
        ("value.ldif", modify("delete: sn\nsn: Nobody")),
        ("dn.ldif", modify("replace: Alt-Recipient\nAlt-Recipient: Bruno")),
        ("half.ldif", format!("dn: cn=Anna,cn=Recipients,{SITE}\nchangetype: delete\n\ndn: cn=Bruno")),
        ("export.ldif", format!("dn: cn=Anna,cn=Recipients,{SITE}\ncn: Anna\n")),
        (
            "second.ldif",
            format!(
                "dn: cn=Anna,cn=Recipients,{SITE}\nchangetype: delete\n\ndn: cn=Anna,cn=Recipients,{SITE}\nchangetype: delete\n"
            ),
        ),
        ("unseen.ldif", "dn: cn=x,cn=Recipients,ou=NOWHERE,o=Healthy\nchangetype: modify\nreplace: sn\nsn: x\n-\n".to_owned()),
        ("words.txt", "just words\n".to_owned()),
    ];
    for (name, text) in &files {
        std::fs::write(path(name), text).expect("written");
    }
    let anna = format!("cn=Anna,cn=Recipients,{SITE}");
    for (args, code, said) in [
        (
            vec!["--change", "gone.ldif"],
            2,
            "gone.ldif: line 1: cn=Nobody,cn=Recipients,ou=NORTH,o=Healthy: there is no such object",
        ),
        (vec!["--change", "parent.ldif"], 2, "it has 8 children, such as cn="),
        (
            vec!["--change", "value.ldif"],
            2,
            "value.ldif: line 3: cn=Anna,cn=Recipients,ou=NORTH,o=Healthy: its sn has no value Nobody",
        ),
        (vec!["--change", "dn.ldif"], 2, "Alt-Recipient cannot hold Bruno: it is not a distinguished name"),
        (vec!["--change", "half.ldif"], 2, "half.ldif: line 4: the record ends after its dn"),
        (vec!["--change", "export.ldif"], 2, "export.ldif: line 2: the record does not say what to do"),
        (
            vec!["--change", "second.ldif"],
            2,
            "second.ldif: line 4: cn=Anna,cn=Recipients,ou=NORTH,o=Healthy: there is no such object",
        ),
        (
            vec!["--change", "unseen.ldif"],
            3,
            "cn=x,cn=Recipients,ou=NOWHERE,o=Healthy was not seen, so what becomes of it is unknown",
        ),
        (vec!["--change", "words.txt"], 2, "words.txt: line 1: not an Exchange export"),
        (vec!["--change", "nofile.ldif"], 2, "there is no such file"),
        (vec!["--delete", "Postmaster"], 2, "is the name of 2 objects"),
        (vec!["--delete", "Nobody at all"], 2, "nothing seen is called \"Nobody at all\""),
        (vec!["--set", "Anna", "sn"], 2, "write ATTR=VALUE"),
        (vec!["--set", "Anna", "Is-Deleted=TRUE"], 2, "only the server sets Is-Deleted"),
        (vec!["--rename", "cn=Anna"], 2, "write the whole old DN, a =, and the whole new DN"),
        (vec!["--set-ims-admin", "WEST1=Anna"], 2, "no Internet Mail Service on WEST1 was found; found: NORTH1, SOUTH1"),
        (vec!["--set-ims-admin", "NORTH1=Nobody"], 2, "--set-ims-admin: nothing seen is called \"Nobody\", among "),
        (vec!["--set-ims-admin", "NORTH1=no@example.com"], 2, "nothing seen is called \"no@example.com\", among "),
        (vec!["--set-ims-admin", "NORTH1=SOUTH1"], 2, "ou=SOUTH,o=Healthy is not a recipient"),
        (vec![], 2, "what-if needs --change FILE"),
        (vec!["--delete", &anna, "--write", "gone.ldif", "--change", "gone.ldif"], 2, "gone.ldif"),
    ] {
        let args: Vec<String> = args
            .iter()
            .map(|arg| if arg.contains(".ldif") || arg.contains(".txt") { path(arg) } else { (*arg).to_owned() })
            .collect();
        let ran = whole(["what-if".to_owned(), "--demo=healthy".into()].into_iter().chain(args.clone())).run();
        assert!(ran.stderr.contains(said) && ran.code == code, "{args:?}: {} {}", ran.code, ran.stderr);
        assert!(ran.stdout.is_empty(), "{args:?}: nothing half told: {}", ran.stdout);
        assert!(ran.stderr.lines().count() <= 4, "{args:?}: {}", ran.stderr);
    }
}

/// Something that was not seen is taken as the change needs it, said, and is the exit code unless something breaks.
#[test]
fn what_was_not_seen_is_said_and_counts() {
    let ran = whole(["what-if", "--demo=healthy", "--delete", "cn=x,cn=Recipients,ou=NOWHERE,o=Healthy"]).run();
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(
        ran.stdout.contains("NOT SEEN: 1 thing that the change touches")
            && ran.stdout.contains("breaks nothing as far as could be seen"),
        "{}",
        ran.stdout
    );
}
