//! What people and programs read of a change that was rehearsed.

use crate::common::run::{Ran, whole};

const POSTMASTER: &str = "cn=Postmaster,cn=Recipients,ou=NORTH,o=Healthy";

fn at_80(args: &[&str]) -> Ran {
    whole([&["what-if", "--demo=healthy"], args].concat()).env("LANG", "C.UTF-8").env("COLUMNS", "80").run()
}

/// The page without the port, which the system gives.
fn page(args: &[&str]) -> String {
    let text = at_80(args).stdout;
    let (before, rest) = text.split_once("ldap://127.0.0.1:").expect("where it was read");
    format!("{before}ldap://127.0.0.1:PORT{}", rest.trim_start_matches(|c: char| c.is_ascii_digit()))
}

#[test]
fn a_mailbox_that_a_service_needs() {
    insta::assert_snapshot!(page(&["--delete", POSTMASTER]));
}

/// The page shows what the program says.
#[test]
fn the_page_in_docs_is_what_it_says() {
    let page_of_docs = std::fs::read_to_string("docs/what-if.md").expect("docs/what-if.md");
    let shown = page_of_docs
        .split_once("<!-- what-if -->\n```text\n")
        .and_then(|(_, rest)| rest.split_once("\n```"))
        .expect("the page")
        .0;
    let text = page(&["--delete", "cn=Bruno,cn=Recipients,ou=NORTH,o=Healthy"]).replace("PORT", "43890");
    assert_eq!(text.trim_end(), shown, "docs/what-if.md is stale");
}

#[test]
fn several_changes_that_break_and_mend() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("change.ldif").display().to_string();
    let change = format!(
        "dn: {POSTMASTER}\nchangetype: modify\ndelete: textEncodedORAddress\n-\n\n\
         dn: cn=Bruno,cn=Recipients,ou=NORTH,o=Healthy\nchangetype: modrdn\nnewrdn: cn=Bruno2\ndeleteoldrdn: 1\n"
    );
    std::fs::write(&file, change).expect("written");
    insta::assert_snapshot!(page(&[
        "--change",
        &file,
        "--set",
        "Anna",
        "Alt-Recipient=",
        "--set-ims-admin",
        "NORTH1=Anna Adler"
    ]));
}

#[test]
fn a_server_goes_with_all_below_it() {
    let text = page(&["--delete", "NORTH1"]);
    assert!(text.replace("\n  ", " ").contains("o=Healthy, and the 8 objects below it"), "{text}");
    insta::assert_snapshot!(
        text.lines().filter(|line| line.contains("──") || line.starts_with("The change")).collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn a_change_that_harms_nothing() {
    let ran = at_80(&["--set", "Anna", "telephoneNumber=+44 20 7946 0000"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("The change breaks nothing that the checks look at."), "{}", ran.stdout);
    let asked = whole(["what-if", "--demo", "--set-ims-admin", "OSLO2=hsato@kyoto.example.com", "--check", "ims"]).run();
    assert!(
        asked.stdout.contains("What if: make hsato@kyoto.example.com the administrator mailbox on OSLO2"),
        "{}",
        asked.stdout
    );
}

/// The administrator of a service that has none is set, and what failed is mended.
#[test]
fn setting_the_administrator_mends() {
    let before = whole(["audit", "--demo", "--check", "ims-admin-set", "--format", "json"]).run().json();
    let failing =
        before["results"].as_array().expect("results").iter().find(|result| result["verdict"] == "fail").expect("one fails");
    let server = failing["subject"]["server"].as_str().expect("a server");
    let set = format!("{server}=hsato@kyoto.example.com");
    let ran = whole(["what-if", "--demo", "--check", "ims-admin-set", "--set-ims-admin", &set, "--format", "json"]).run();
    let what_if = ran.json();
    assert_eq!(what_if["mends"][0]["check"], "ims-admin-set", "{}", ran.stderr);
    assert_eq!((ran.code, what_if["breaks"].as_array().map(Vec::len)), (0, Some(0)));
}

/// What failed and then waits for another check is not mended, whoever is named.
#[test]
fn what_waits_is_not_mended() {
    let nobody = "OSLO2=cn=Nobody,cn=Recipients,ou=OSLO,o=EXAMPLE";
    let ran = whole(["what-if", "--demo", "--check", "ims", "--set-ims-admin", nobody, "--format", "json"]).run();
    let what_if = ran.json();
    assert_eq!(what_if["breaks"][0]["check"], "ims-admin-exists", "{}", ran.stderr);
    assert_eq!(what_if["mends"].as_array().map(Vec::len), Some(0), "{}", what_if["mends"]);
    assert_eq!(what_if["undecided"][0]["check"], "ims-admin-x400", "{}", what_if["undecided"]);
}

/// What is saved is the directory as it would be, marked as no server's word, and an audit of it finds what was foretold.
#[test]
fn the_directory_as_it_would_be_is_saved_and_audited() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("after.ldif").display().to_string();
    let ran = at_80(&["--delete", POSTMASTER, "--write", &file, "--format", "json"]);
    let what_if: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert!(ran.stderr.contains("the directory as the change would leave it"), "{}", ran.stderr);
    let audit = whole(["audit", "--from", &file, "--format", "json"]).run();
    assert!(audit.stderr.contains("No server shows this"), "{}", audit.stderr);
    let failing: std::collections::BTreeSet<String> = audit.json()["results"]
        .as_array()
        .expect("results")
        .iter()
        .filter(|result| result["verdict"] == "fail")
        .map(super::real::name)
        .collect();
    assert_eq!(failing, super::real::names(&what_if, "breaks"));
}

/// The JSON is as docs/what-if.schema.json says.
#[test]
fn the_json_is_as_its_schema_says() {
    let schema: serde_json::Value = serde_json::from_str(include_str!("../../../docs/what-if.schema.json")).expect("JSON");
    let mut compiler = boon::Compiler::new();
    let mut schemas = boon::Schemas::new();
    compiler.add_resource("what-if.json", schema).expect("a schema");
    let index = compiler.compile("what-if.json", &mut schemas).expect("a schema");
    for args in [&["--delete", POSTMASTER][..], &["--delete", "NORTH1"], &["--delete", "cn=x,ou=NOWHERE,o=Healthy"]] {
        let ran = at_80(&[args, &["--format", "json"]].concat());
        let value: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr));
        let told = schemas.validate(&value, index).map_err(|error| error.to_string().chars().take(300).collect::<String>());
        assert_eq!(told, Ok(()), "{args:?}");
    }
}

/// The plan asks for everything below the base, and compares no name: filters on names find nothing when paged before SP4.
#[test]
fn the_plan_of_a_rehearsal_asks_for_everything() {
    for args in [
        &["what-if", "--demo=healthy", "--delete", "Bruno", "--explain-plan"][..],
        &["checklist", "delete-mailbox", "--object", "Bruno", "--demo=healthy", "--explain-plan"],
    ] {
        let ran = whole(args).run();
        let last = ran.stdout.lines().last().expect("a search");
        assert!(ran.code == 0 && last.contains("'(objectClass=*)' '*'"), "{args:?}: {} {}", ran.stderr, ran.stdout);
    }
}
