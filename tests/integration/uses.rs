//! `exaudit uses`: who refers to an object, from each source and in each form.

use crate::common::run::{Ran, whole};
use exaudit::lab;

fn uses(object: &str, more: &[&str]) -> Ran {
    whole([&["uses", object], more].concat()).env("LANG", "C.UTF-8").env("COLUMNS", "80").run()
}

/// The demo is at another port each time.
fn without_port(text: &str) -> String {
    let (before, after) = text.split_once("127.0.0.1:").expect("a location");
    format!("{before}127.0.0.1:43890{}", after.trim_start_matches(|c: char| c.is_ascii_digit()))
}

/// An organization of two sites in which everything that may refer to a recipient is shown.
const WHOLE: &str = "\
dn: ou=S,o=Org
objectClass: organizationalUnit
Object-Version: 1

dn: cn=Recipients,ou=S,o=Org
objectClass: Container
Object-Version: 1

dn: cn=all,cn=Recipients,ou=S,o=Org
objectClass: groupOfNames
uid: all
Object-Version: 1
member: cn=john,cn=Recipients,ou=S,o=Org
owner: cn=john,cn=Recipients,ou=S,o=Org
Auth-Orig: cn=john,cn=Recipients,ou=S,o=Org
Unauth-Orig: cn=john,cn=Recipients,ou=S,o=Org
DL-Mem-Submit-Perms: cn=all,cn=Recipients,ou=S,o=Org
DL-Mem-Reject-Perms: cn=all,cn=Recipients,ou=S,o=Org
Alt-Recipient: cn=john,cn=Recipients,ou=S,o=Org
seeAlso: cn=john,cn=Recipients,ou=S,o=Org
Hide-From-Address-Book: TRUE

dn: cn=john,cn=Recipients,ou=S,o=Org
objectClass: organizationalPerson
uid: john
cn: Doe, John
Object-Version: 1
manager: cn=john,cn=Recipients,ou=S,o=Org
Public-Delegates: cn=john,cn=Recipients,ou=S,o=Org

dn: cn=nobody,cn=Recipients,ou=S,o=Org
objectClass: organizationalPerson
uid: nobody
cn: Doe, John
Object-Version: 1
";

fn of_file(text: &str, object: &str, more: &[&str]) -> Ran {
    whole([&["uses", object, "--from", "-"], more].concat()).env("COLUMNS", "80").stdin(text).run()
}

#[test]
fn the_administrator_mailbox_of_the_demo_fits_a_screen_and_the_docs_show_it() {
    let ran = uses("Postmaster", &["--demo"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (1, ""));
    assert!(ran.stdout.lines().count() < 24 && ran.stdout.lines().all(|line| line.chars().count() <= 80), "{}", ran.stdout);
    let page = std::fs::read_to_string("docs/uses.md").expect("docs/uses.md");
    let shown = page.split_once("<!-- uses -->\n```text\n").and_then(|(_, rest)| rest.split_once("\n```")).expect("the page").0;
    assert_eq!(without_port(ran.stdout.trim_end()), shown, "docs/uses.md is stale");
}

#[test]
fn a_server_of_the_demo_in_each_form() {
    for (form, format) in [("table", "table"), ("dot", "dot"), ("svg", "svg")] {
        let ran = uses("lyon1", &["--demo", "--format", format]);
        assert_eq!((ran.code, ran.stderr.as_str()), (1, ""));
        let text = if form == "table" { without_port(&ran.stdout) } else { ran.stdout };
        insta::assert_snapshot!(format!("uses_{form}"), text);
    }
    let json = uses("lyon1", &["--demo", "--format", "json"]).json();
    assert_eq!((&json["schema"], &json["complete"]), (&"exaudit.uses/1".into(), &true.into()));
    let store =
        json["references"].as_array().expect("references").iter().find(|one| one["attribute"] == "Home-MDB").expect("one");
    insta::assert_snapshot!("uses_json", serde_json::to_string_pretty(store).expect("JSON"));
}

/// What a collection of everything shows is what the server showed.
#[test]
fn a_file_answers_as_the_server_did() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("org.ldif").display().to_string();
    assert_eq!(whole(["collect", "--demo", "--all", "-o", &file]).run().code, 0);
    for object in ["Postmaster", "LYON1", "Announcements", "/o=Example/ou=LYON"] {
        let from = |more: &[&str]| {
            let json = uses(object, &[more, &["--format", "json"]].concat()).json();
            (json["references"].clone(), json["object"].clone(), json["count"].clone())
        };
        assert_eq!(from(&["--demo"]), from(&["--from", &file]), "{object}");
    }
}

#[test]
fn each_exit_code_is_what_the_page_says() {
    let everything = of_file(WHOLE, "nobody", &[]);
    assert_eq!((everything.code, everything.stderr.as_str()), (0, ""), "{}", everything.stdout);
    assert!(everything.stdout.ends_with("Nothing refers to it (inferred).\n"), "{}", everything.stdout);
    assert_eq!(of_file(WHOLE, "john", &[]).code, 1);
    let hidden = of_file(&WHOLE.replace("Hide-From-Address-Book: TRUE\n", ""), "nobody", &[]);
    assert!(hidden.code == 3 && hidden.stdout.contains("No hidden object of site S was seen"), "{}", hidden.stdout);
    let elsewhere = WHOLE.replace("seeAlso: cn=john,cn=Recipients,ou=S", "seeAlso: cn=x,cn=Recipients,ou=UNSEEN");
    let elsewhere = of_file(&elsewhere, "nobody", &[]);
    assert!(elsewhere.code == 3 && elsewhere.stdout.contains("UNSEEN"), "{}", elsewhere.stdout);
    let unasked = of_file(&WHOLE.replace("Alt-Recipient", "Other-Thing"), "nobody", &[]);
    assert!(unasked.code == 3 && unasked.stdout.contains("Alt-Recipient"), "{}", unasked.stdout);
    let twice = of_file(WHOLE, "doe, john", &[]);
    assert!(twice.code == 2 && twice.stderr.contains("cn=nobody,cn=Recipients,ou=S,o=Org"), "{}", twice.stderr);
    let none = of_file(WHOLE, "nobdy", &[]);
    assert!(none.code == 2 && none.stderr.contains("similar: cn=nobody"), "{}", none.stderr);
    assert_eq!((none.stdout.as_str(), none.stderr.lines().count()), ("", 1));
    // what was not seen may be a container, to which other attributes lead
    assert_eq!(of_file(WHOLE, "cn=unseen,cn=Recipients,ou=S,o=Org", &[]).code, 3);
}

#[test]
fn names_of_the_directory_stay_text() {
    let hostile = "dn:: Y249PHNjcmlwdD4iXFxuG1szMW0sY249UmVjaXBpZW50cyxvdT1TLG89T3Jn\nobjectClass: groupOfNames\nmember: cn=john,cn=Recipients,ou=S,o=Org\n";
    for format in ["table", "json", "dot", "svg"] {
        let ran = of_file(&format!("{WHOLE}\n{hostile}"), "john", &["--format", format]);
        assert_eq!(ran.code, 1, "{}", ran.stderr);
        assert!(!ran.stdout.contains('\u{1b}'), "{}", ran.stdout);
        assert!(format != "svg" || !ran.stdout.contains("<script"), "{}", ran.stdout);
    }
}

#[test]
fn a_bind_that_sees_little_says_so() {
    let lab = lab::start(lab::demo().expect("demo")).expect("lab");
    let ran = uses("cn=Postmaster,cn=Recipients,ou=LYON,o=Example", &["-H", &lab.uri()]);
    assert_eq!(ran.code, 3, "{}", ran.stdout);
    assert!(ran.stdout.contains("exaudit uses OBJECT -H") && ran.stdout.contains("not everything was seen"), "{}", ran.stdout);
}

/// What would be sent, as ldapsearch lines: everything that may refer is named, and no filter compares names.
#[test]
fn the_plan_asks_for_every_reference_and_compares_none() {
    let plan = uses("x", &["--demo", "--explain-plan"]).stdout;
    for name in ["Alt-Recipient", "DL-Mem-Submit-Perms", "Rid-Server", "KM-Server", "Bridgehead-Servers", "Extension-Data"] {
        assert!(plan.contains(name), "{name}: {plan}");
        assert!(!plan.contains(&format!("({name}=c")), "{plan}");
    }
}

#[test]
fn a_file_is_written_whole_and_never_over_what_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let (input, output) = (folder.path().join("in.ldif"), folder.path().join("out.svg"));
    std::fs::write(&input, WHOLE).expect("written");
    let (input, output) = (input.display().to_string(), output.display().to_string());
    let ran = whole(["uses", "john", "--from", &input, "--format", "svg", "-o", &output]).run();
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(std::fs::read_to_string(&output).expect("read").ends_with("</svg>\n"));
    assert_eq!(whole(["uses", "john", "--from", &input, "-o", &input]).run().code, 2);
    assert_eq!(std::fs::read_to_string(&input).expect("read"), WHOLE);
}
